//! What a finished program must not carry: names for debuggers, the paths of the machine that built it or a hash of one, and the
//! guide, which the page has already.

use wasmparser::{Encoding, Parser, Payload};

/// Why a file is not a program we publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It is no WebAssembly module, or its sections do not add up.
    Malformed,
    /// It has a section of function names, about 120 kB: wasm-opt did not run.
    Names,
    /// The start of a path below somebody's home folder.
    Path(String),
    /// A splitter's mark with the hash of a path: a build in another home folder would give other bytes.
    Marker(String),
    /// A sentence of the guide: every visitor would download it twice.
    Prose(&'static str),
}

/// Every flaw of the module. `home` is the home folder of whoever builds, if known.
pub(crate) fn flaws(module: &[u8], home: Option<&str>) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    match custom_sections(module) {
        None => flaws.push(Flaw::Malformed),
        Some(names) if names.contains(&"name") => flaws.push(Flaw::Names),
        Some(_) => {}
    }
    let usual = ["/home/", "/Users/", "/root/"];
    let home = home.filter(|home| home.len() > 1);
    if let Some(found) = usual.into_iter().chain(home).find_map(|path| path_from(module, path)) {
        flaws.push(Flaw::Path(found));
    }
    flaws.extend(foreign_markers(module));
    flaws
}

/// The name that the splitter's macros give a symbol of theirs, followed by [`DIGITS`] hex digits: a hash of the path at which
/// the builder's cargo keeps them.
const MARKER: &[u8] = b"_WASM_SPLIT_MARKER_";

const DIGITS: usize = 16;

/// What stands in place of the digits.
const FIXED: u8 = b'0';

/// The compiled program with the same marker wherever it is built. It stays as long as it was, so nothing moves.
pub(crate) fn with_fixed_marker(module: &[u8]) -> Vec<u8> {
    let mut fixed = module.to_vec();
    for at in markers(module) {
        let digits = fixed.get_mut(at..at + DIGITS).unwrap_or_default();
        if digits.iter().all(u8::is_ascii_hexdigit) {
            digits.fill(FIXED);
        }
    }
    fixed
}

/// Every marker of a file but the fixed one.
pub(crate) fn foreign_markers(file: &[u8]) -> impl Iterator<Item = Flaw> {
    markers(file).filter_map(|at| {
        let digits = file.get(at..at + DIGITS).unwrap_or_default();
        let is_fixed = digits.len() == DIGITS && digits.iter().all(|digit| *digit == FIXED);
        let name = || String::from_utf8_lossy(&[MARKER, digits].concat()).into_owned();
        (!is_fixed).then(|| Flaw::Marker(name()))
    })
}

/// Where the digits of each marker begin.
fn markers(file: &[u8]) -> impl Iterator<Item = usize> {
    file.windows(MARKER.len())
        .enumerate()
        .filter(|(_, window)| *window == MARKER)
        .map(|(at, _)| at + MARKER.len())
}

/// Which of these sentences the module carries.
pub(crate) fn carried(module: &[u8], sentences: impl Iterator<Item = &'static str>) -> Vec<Flaw> {
    // What is no text becomes something that no sentence has in it.
    let module = String::from_utf8_lossy(module);
    sentences.filter(|sentence| module.contains(sentence)).map(Flaw::Prose).collect()
}

/// The names of the module's custom sections, or nothing if it is not a well-formed module.
fn custom_sections(module: &[u8]) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload.ok()? {
            Payload::Version { encoding: Encoding::Component, .. } => return None,
            Payload::CustomSection(section) => names.push(section.name()),
            _ => {}
        }
    }
    Some(names)
}

/// The first path in the module that starts so, for showing.
fn path_from(module: &[u8], start: &str) -> Option<String> {
    let at = module.windows(start.len()).position(|window| window == start.as_bytes())?;
    let path: Vec<u8> = module.get(at..)?.iter().copied().take(80).take_while(u8::is_ascii_graphic).collect();
    Some(String::from_utf8_lossy(&path).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(sections: &[(u8, &[u8])]) -> Vec<u8> {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        for (id, content) in sections {
            module.push(*id);
            // A number may be written longer than it need be; linkers do.
            let size = u8::try_from(content.len()).unwrap();
            module.extend([size | 0x80, 0x00]);
            module.extend(*content);
        }
        module
    }

    #[test]
    fn a_clean_program_has_no_flaw() {
        let module = module(&[(1, &[0]), (0, b"\x09producers"), (11, b"/dep/leptos/src/lib.rs")]);
        assert_eq!(flaws(&module, Some("/srv/ada")), []);
    }

    #[test]
    fn names_are_found() {
        assert_eq!(flaws(&module(&[(1, &[0]), (0, b"\x04name...")]), None), [Flaw::Names]);
        assert_eq!(flaws(&module(&[(11, b"\x04name...")]), None), [], "data, not a section");
    }

    #[test]
    fn builder_paths_are_found() {
        let module = module(&[(11, b"\0/srv/ada/x/src/lib.rs\0")]);
        assert_eq!(flaws(&module, Some("/srv/ada")), [Flaw::Path("/srv/ada/x/src/lib.rs".to_owned())]);
        assert_eq!(flaws(&module, None), []);
        assert_eq!(flaws(&module, Some("/")), []);
    }

    #[test]
    fn the_marker_is_the_same_in_every_home_and_any_other_is_found() {
        let marked = |digits: &str| module(&[(7, format!("\x23_WASM_SPLIT_MARKER_{digits}").as_bytes())]);
        let [one, other] = ["732e786d2a082da8", "82995d38729ca7ce"].map(marked);
        let [found] = &flaws(&one, None)[..] else { panic!("one flaw") };
        assert_eq!(*found, Flaw::Marker("_WASM_SPLIT_MARKER_732e786d2a082da8".to_owned()));
        assert_eq!(with_fixed_marker(&one), with_fixed_marker(&other));
        assert_eq!(flaws(&with_fixed_marker(&one), None), []);
        // What the macros may come to write one day is not touched, and stops the build.
        for digits in ["732e786d2a082d", "732e786d2a082d_v2", ""] {
            let fixed = with_fixed_marker(&marked(digits));
            assert_eq!(fixed, marked(digits));
            assert!(matches!(&flaws(&fixed, None)[..], [Flaw::Marker(_)]), "{digits}");
        }
        let glue = b"wasm._WASM_SPLIT_MARKER_732e786d2a082da8; wasm._WASM_SPLIT_MARKER_0000000000000000;";
        assert_eq!(foreign_markers(glue).count(), 1);
    }

    #[test]
    fn sentences_are_found_between_what_is_no_text() {
        let module = module(&[(11, "\u{1}“Wait.” Then go on.".as_bytes()), (12, b"\xe2\x80 Or not.\xff")]);
        let found = |sentence| carried(&module, std::iter::once(sentence));
        assert_eq!(found("“Wait.” Then go on."), [Flaw::Prose("“Wait.” Then go on.")]);
        assert_eq!(found("Or not."), [Flaw::Prose("Or not.")]);
        assert_eq!(found("Go on."), []);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        for bytes in [&b""[..], b"<!doctype html>", b"\0asm\x01\0\0\0\x01", b"\0asm\x01\0\0\0\x01\x05ab"] {
            assert_eq!(flaws(bytes, None), [Flaw::Malformed], "{bytes:?}");
        }
    }
}
