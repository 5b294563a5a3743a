//! The one script of the page in one file: the files of the program, packed, what unpacks them, the glue, and what starts it.

use std::collections::BTreeMap;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, GzBuilder};

use super::super::loader::Delivery;
use super::super::page_source::BOOT;
use super::super::program::Program;
use super::super::site::Fault;

/// How the lines begin that only the page of a site has, and those after them.
const SITE_ALONE: [&str; 2] = ["// From here on the page of a site", "// From here on both.\n"];

/// Base64 of gzip is half as long as base64 alone.
const UNPACK: &str = "\
/** A file of the program, which stands in this script. */
async function unpack(name) {
  const packed = Uint8Array.from(atob(FILES[name]), (character) => character.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}
";

/// The script. What is one of its parts is a name of it: each stands for the same bytes as the file of that name in the page of a
/// site.
pub(super) fn script(program: &Program) -> Result<String, Fault> {
    let (first, _) = program.first_name();
    let files = program.published();
    let mut packed = BTreeMap::from([(first.clone(), pack(&program.first))]);
    for (file, bytes) in &program.files {
        packed.extend(files.get(file.as_str()).map(|(name, _)| (name.clone(), pack(bytes))));
    }
    let glue = program.loading_glue(&files, Delivery::Embedded)?;
    let (glue, start) = without_exports(&glue)
        .ok_or_else(|| Fault::Page("the glue exports nothing that starts the program".to_owned()))?;
    let table = serde_json::to_string(&packed).unwrap_or_default();
    let boot = boot(&first, &start)?;
    Ok(format!("const FILES = {table};\n{UNPACK}{glue}{{\n{boot}}}\n"))
}

/// What starts it, in a block of its own: names of the glue stay the glue's.
fn boot(first: &str, start: &str) -> Result<String, Fault> {
    let [begin, end] = SITE_ALONE;
    let parts = BOOT.split_once(begin).and_then(|(before, rest)| Some((before, rest.split_once(end)?.1)));
    let (before, after) = parts.ok_or_else(|| Fault::Page("boot.js lacks its marks".to_owned()))?;
    Ok(format!(
        "{before}const loading = \"Unpacking the tester…\";
const glue = async () => ({{ default: {start} }});
const program = async () => WebAssembly.compile(await unpack(\"{first}\"));
const missing = async () => new BootError(\"start\", \"A part of this file cannot be read.\");
{after}"
    ))
}

/// The glue without its exports, which nobody can import, and the name of the function that starts the program.
fn without_exports(glue: &str) -> Option<(String, String)> {
    let mut start = None;
    let mut text = String::with_capacity(glue.len());
    for line in glue.lines() {
        let exported = match (line.strip_prefix("export default "), line.strip_prefix("export {")) {
            (Some(name), _) => Some(name.trim_end_matches(';').trim()),
            (None, Some(names)) => {
                names.split([',', '}']).find_map(|name| name.trim().strip_suffix(" as default"))
            }
            (None, None) => {
                text.push_str(line.strip_prefix("export ").unwrap_or(line));
                text.push('\n');
                continue;
            }
        };
        start = start.or(exported.map(str::to_owned));
    }
    Some((text, start?))
}

/// A file, packed as text. The same bytes give the same text: the header has neither name nor time.
fn pack(bytes: &[u8]) -> String {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    // Writing into memory does not fail.
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default();
    STANDARD.encode(packed)
}

#[cfg(test)]
mod tests {
    use super::super::super::loader;
    use super::*;

    #[test]
    fn the_glue_is_no_module_that_others_import() {
        let glue = "let wasm;\nexport function a() {}\nexport { initSync, __wbg_init as default };\n";
        let (text, start) = without_exports(glue).unwrap();
        assert_eq!((text.as_str(), start.as_str()), ("let wasm;\nfunction a() {}\n", "__wbg_init"));
        assert_eq!(without_exports("export default f;\n").unwrap().1, "f");
        assert_eq!(without_exports("let wasm;\n"), None);
    }

    #[test]
    fn it_asks_no_site_and_makes_no_policy() {
        let program = Program {
            glue: "export default f;\n".to_owned(),
            first: b"\0asm".to_vec(),
            ..Program::default()
        };
        let text = script(&program).unwrap();
        for way in ["fetch(", "createPolicy", "import(", "import.meta", "dataset.js", "integrity"] {
            assert!(!text.contains(way), "{way}: {text}");
        }
        assert!(
            text.contains("const glue = async () => ({ default: f });") && text.contains("handOver"),
            "{text}"
        );
        assert_eq!(script(&program).unwrap(), text);
    }

    #[test]
    fn a_part_stands_in_it_once() {
        let files = [("chunk_3".to_owned(), vec![1; 50]), ("split_rest".to_owned(), vec![2; 50])];
        let parts = [("rest".to_owned(), vec!["chunk_3".to_owned(), "split_rest".to_owned()])];
        let program = Program {
            glue: "import * as import1 from \"./split.js\"\nlet wasm;\nexport default f;\n".to_owned(),
            first: b"\0asm".to_vec(),
            files: files.into(),
            parts: parts.into(),
            ..Program::default()
        };
        let text = script(&program).unwrap();
        let table: BTreeMap<String, String> = serde_json::from_str(
            text.lines().next().unwrap().trim_start_matches("const FILES = ").trim_end_matches(';'),
        )
        .unwrap();
        let names: Vec<&str> = table.keys().filter_map(|name| name.split('-').next()).collect();
        assert_eq!(names, ["rest", "shared", "tester"]);
        assert!(
            table.values().all(|packed| packed.starts_with("H4sIAAAAAAAC")),
            "gzip without a time: {table:?}"
        );
        let loaded = loader::parts(&text);
        assert!(loaded["rest"].iter().all(|(name, _)| table.contains_key(name)), "{loaded:?}");
    }
}
