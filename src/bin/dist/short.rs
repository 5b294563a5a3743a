//! Short names between the program and its glue code. wasm-bindgen's are 40 letters long, and half of them a hash that does not
//! compress.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

use super::program::bytes;
use super::site::Fault;

/// The name of the glue, to the program.
const GLUE: &str = "g";

/// The glue and the program with short names for what the one imports from the other.
pub(crate) fn shorten(glue: &str, wasm: &[u8]) -> Result<(String, Vec<u8>), Fault> {
    let long = imports(wasm).map_err(|error| fault(&error))?;
    let short: BTreeMap<&str, String> =
        long.iter().enumerate().map(|(number, (_, name))| (name.as_str(), word(number))).collect();
    let mut text = String::with_capacity(glue.len());
    let mut named = 0;
    for line in glue.lines() {
        let key = line.split_once(": ").and_then(|(key, value)| Some((short.get(key.trim_start())?, value)));
        if let Some((word, value)) = key {
            text.extend([word, ": ", value]);
            named += 1;
        } else if let Some((value, _)) =
            line.split_once("_bg.js\": ").and_then(|(_, value)| value.split_once(','))
        {
            text.extend(["\"", GLUE, "\": ", value, ","]);
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    if named != long.len() || (named > 0 && !text.contains(&format!("\"{GLUE}\": "))) {
        return Err(fault(&format!("{} imports, of which the glue names {named}", long.len())));
    }
    let wasm = rename(wasm, &short).map_err(|error| fault(&error))?;
    Ok((text, wasm))
}

fn fault(what: &dyn std::fmt::Display) -> Fault {
    Fault::Tool("shortening of names".to_owned(), what.to_string())
}

/// What the program imports from its glue, not from the loader of parts.
fn imports(wasm: &[u8]) -> wasmparser::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let import = import?;
                if is_glue(import.module) {
                    found.push((import.module.to_owned(), import.name.to_owned()));
                }
            }
        }
    }
    Ok(found)
}

fn is_glue(module: &str) -> bool {
    module.ends_with("_bg.js")
}

/// The program with these names in its imports. Every other section stays as it is.
fn rename(wasm: &[u8], short: &BTreeMap<&str, String>) -> Result<Vec<u8>, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(|error| text(&error))?;
        if let Payload::ImportSection(section) = payload {
            let mut imports = ImportSection::new();
            for import in section.into_imports() {
                let import = import.map_err(|error| text(&error))?;
                let kind = RoundtripReencoder.entity_type(import.ty).map_err(|error| text(&error))?;
                match short.get(import.name).filter(|_| is_glue(import.module)) {
                    Some(word) => imports.import(GLUE, word, kind),
                    None => imports.import(import.module, import.name, kind),
                };
            }
            module.section(&imports);
        } else if let Some((id, range)) = payload.as_section() {
            module.section(&RawSection { id, data: bytes(wasm, &range) });
        }
    }
    Ok(module.finish())
}

/// The shortest words in order: a … z, A … Z, aa, ba, …
fn word(mut number: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut word = String::new();
    loop {
        word.extend(LETTERS.get(number % LETTERS.len()).map(|letter| char::from(*letter)));
        number /= LETTERS.len();
        if number == 0 {
            return word;
        }
        number -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use wasm_encoder::{EntityType, TypeSection};

    fn program(imports: &[(&str, &str)]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut section = ImportSection::new();
        for (module, name) in imports {
            section.import(module, name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&section);
        module.section(&RawSection { id: 11, data: &[0] });
        module.finish()
    }

    const GLUE_BEFORE: &str = "\
        function __wbg_get_imports() {\n    const import0 = {\n        __proto__: null,\n        \
        __wbg_a_0123456789abcdef: function(arg0) {\n            __wbg_a_0123456789abcdef;\n        },\n        \
        __wbindgen_b: function() {},\n    };\n    return {\n        __proto__: null,\n        \
        \"./x_bg.js\": import0,\n        \"./split.js\": import1,\n    };\n}\n";

    #[test]
    fn both_sides_get_the_same_short_names_and_the_loaders_keep_theirs() {
        let before = program(&[
            ("./x_bg.js", "__wbg_a_0123456789abcdef"),
            ("./split.js", "__wasm_split_load_rest"),
            ("./x_bg.js", "__wbindgen_b"),
        ]);
        let (glue, wasm) = shorten(GLUE_BEFORE, &before).unwrap();
        let after = program(&[("g", "a"), ("./split.js", "__wasm_split_load_rest"), ("g", "b")]);
        assert_eq!(wasm, after);
        assert!(glue.contains("\na: function(arg0) {\n            __wbg_a_0123456789abcdef;\n"), "{glue}");
        assert!(glue.contains("\nb: function() {},\n"), "{glue}");
        assert!(glue.contains("\"g\": import0,\n        \"./split.js\": import1,\n"), "{glue}");
    }

    #[test]
    fn a_name_that_the_glue_lacks_stops_the_build() {
        for wasm in [program(&[("./x_bg.js", "__wbg_c")]), b"no program".to_vec()] {
            assert!(shorten(GLUE_BEFORE, &wasm).is_err());
        }
    }

    #[test]
    fn a_program_without_imports_stays_as_it_is() {
        let program = program(&[]);
        assert_eq!(shorten("f();\n", &program).unwrap(), ("f();\n".to_owned(), program));
    }

    #[test]
    fn words_are_short_and_never_the_same() {
        let words: Vec<String> = (0..3_000).map(word).collect();
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        assert_eq!((words[0].as_str(), words[51].as_str(), words[52].as_str()), ("a", "Z", "aa"));
        assert!(words[..2_756].iter().all(|word| word.len() < 3));
    }
}
