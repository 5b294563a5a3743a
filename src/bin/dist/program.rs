//! The program as it is published: glue code, the part that starts, and parts that are fetched when they are needed.

use std::collections::BTreeMap;
use std::ops::Range;

use wasm_encoder::{Module, RawSection};
use wasmparser::{Parser, Payload};

use super::loader::{self, Delivery};
use super::notices;
use super::site::{Fault, Site, hashed_name, integrity};

/// What a source that is split imports, in place of what a part exports.
const PLACEHOLDER: &str = "__wasm_split_placeholder__";

/// A program that is ready to be published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Program {
    /// The JavaScript around it.
    pub(crate) glue: String,
    /// The part that starts.
    pub(crate) first: Vec<u8>,
    /// The files of the other parts, by the names that the splitter gave them.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The parts, each with its files. Several may share one.
    pub(crate) parts: BTreeMap<String, Vec<String>>,
    /// Whose work is in it.
    pub(crate) notices: String,
}

/// The files that the page itself names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Published {
    /// The glue code: its name and its hash.
    pub(crate) glue: (String, String),
    /// The part that starts: its name and its hash.
    pub(crate) first: (String, String),
}

impl Program {
    /// Writes every file that runs under a name that follows its content. The glue names the files of the parts with their hashes, and the
    /// page names glue and first part, so the page stands for every byte.
    pub(crate) fn publish(&self, site: &Site) -> Result<Published, Fault> {
        let published = self.published();
        for (file, bytes) in &self.files {
            if let Some((name, _)) = published.get(file.as_str()) {
                site.write(name, bytes)?;
            }
        }
        let glue = self.loading_glue(&published, Delivery::Published)?;
        let glue = (hashed_name("tester", "js", glue.as_bytes()), glue.into_bytes());
        let first = self.first_name();
        site.write(&glue.0, &glue.1)?;
        site.write(&first.0, &self.first)?;
        site.write(notices::FILE, self.notices.as_bytes())?;
        Ok(Published { glue: (glue.0, integrity(&glue.1)), first })
    }

    /// The name and the hash of the part that starts.
    pub(crate) fn first_name(&self) -> (String, String) {
        (hashed_name("tester", "wasm", &self.first), integrity(&self.first))
    }

    /// The files of the other parts with the names and hashes that they are published under.
    pub(crate) fn published(&self) -> BTreeMap<&str, (String, String)> {
        let mut published = BTreeMap::new();
        for (file, bytes) in &self.files {
            published.insert(file.as_str(), (hashed_name(stem(file), "wasm", bytes), integrity(bytes)));
        }
        published
    }

    /// The glue with what loads the parts, of which these are the files.
    pub(crate) fn loading_glue(
        &self,
        published: &BTreeMap<&str, (String, String)>,
        delivery: Delivery,
    ) -> Result<String, Fault> {
        let parts: loader::Parts = self
            .parts
            .iter()
            .map(|(part, files)| {
                (
                    part.clone(),
                    files.iter().filter_map(|file| published.get(file.as_str()).cloned()).collect(),
                )
            })
            .collect();
        if parts.is_empty() {
            return Ok(self.glue.clone());
        }
        loader::insert(&self.glue, &parts, &self.canaries(), delivery).map_err(Fault::Page)
    }

    /// What a development build's parts import so that they fit no other program.
    fn canaries(&self) -> Vec<String> {
        let mut found: Vec<String> = self.files.values().flat_map(|file| imports(file)).collect();
        found.retain(|name| name.starts_with("__canary"));
        found.sort();
        found.dedup();
        found
    }
}

/// The splitter's `split_verdict` is `verdict`, its `chunk_3` is `shared`: its numbers count up with the parts.
fn stem(file: &str) -> &str {
    file.strip_prefix("split_").unwrap_or(if file.starts_with("chunk_") { "shared" } else { file })
}

/// Whether the source of this program says where it is to be cut.
pub(crate) fn is_split(wasm: &[u8]) -> bool {
    Parser::new(0).parse_all(wasm).map_while(Result::ok).any(|payload| match payload {
        Payload::ImportSection(section) => {
            section.into_imports().map_while(Result::ok).any(|import| import.module == PLACEHOLDER)
        }
        _ => false,
    })
}

/// The program without what only the splitter reads: which function uses what.
pub(crate) fn without_relocations(wasm: &[u8]) -> Vec<u8> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        let relocations = matches!(&payload, Payload::CustomSection(section)
            if matches!(section.name(), "linking" | "__wasm_split_unstable") || section.name().starts_with("reloc."));
        if let Some((id, range)) = payload.as_section().filter(|_| !relocations) {
            module.section(&RawSection { id, data: bytes(wasm, &range) });
        }
    }
    module.finish()
}

/// A stretch of a module.
pub(crate) fn bytes<'a>(wasm: &'a [u8], range: &Range<u64>) -> &'a [u8] {
    let place = usize::try_from(range.start).ok().zip(usize::try_from(range.end).ok());
    place.and_then(|(start, end)| wasm.get(start..end)).unwrap_or_default()
}

/// The names of what the module imports.
fn imports(wasm: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        if let Payload::ImportSection(section) = payload {
            let imports = section.into_imports().map_while(Result::ok);
            names.extend(imports.map(|import| import.name.to_owned()));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CustomSection, EntityType, ImportSection, TypeSection};

    #[test]
    fn a_split_program_is_known_by_what_it_imports() {
        let importing = |from: &str| {
            let (mut types, mut imports, mut module) =
                (TypeSection::new(), ImportSection::new(), Module::new());
            types.ty().function([], []);
            imports.import(from, "__canary_1", EntityType::Function(0));
            module.section(&types).section(&imports);
            module.finish()
        };
        assert!(is_split(&importing(PLACEHOLDER)));
        assert!(!is_split(&importing("__wbindgen_placeholder__")));
        assert!(!is_split(b"no program"));
        assert_eq!(imports(&importing("x")), ["__canary_1"]);
    }

    #[test]
    fn relocations_go_and_all_else_stays() {
        let module = |names: &[&str]| {
            let mut module = Module::new();
            module.section(&TypeSection::new());
            for name in names {
                module.section(&CustomSection { name: (*name).into(), data: [1].as_slice().into() });
            }
            module.finish()
        };
        let before = module(&["linking", "name", "reloc.CODE", "target_features", "__wasm_split_unstable"]);
        assert_eq!(without_relocations(&before), module(&["name", "target_features"]));
    }

    #[test]
    fn files_are_named_after_what_they_are() {
        let names = ["split_verdict", "chunk_3", "other"].map(stem);
        assert_eq!(names, ["verdict", "shared", "other"]);
    }
}
