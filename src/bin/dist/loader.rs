//! The glue's part in loading parts: it fetches each file by its hash and lets it meet the others in the first part's memory.

use std::collections::BTreeMap;

/// What the splitter has the glue import loaders from.
pub(crate) const LOADERS: &str = "./split.js";

/// The parts, each with its files and their hashes.
pub(crate) type Parts = BTreeMap<String, Vec<(String, String)>>;

/// How the line begins that holds them.
const TABLE: &str = "const PARTS = ";

/// How the files of a part come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// From the site.
    Published,
    /// They stand in the script itself, and the function `unpack` gives one.
    Embedded,
}

/// What asks for a part is told whether it came. The address of a file that did not stands at `#tool`, with the status that asking
/// once more for it had, where what says so in the page looks for it.
const FETCH: &str = r"
const got = new Map();
const failed = new Set();
function piece([name, integrity]) {
  if (!got.has(name)) {
    const url = new URL(name, import.meta.url);
    // What a cache holds failed before, or nothing did.
    const cache = failed.has(name) ? 'reload' : 'default';
    const fail = async (why) => {
      failed.add(name);
      // With a hash, an answer that is none fails without its status.
      const status = await fetch(url, { method: 'HEAD', cache: 'no-store' }).then((answer) => answer.status, () => '');
      const tool = document.getElementById('tool');
      tool?.setAttribute('data-missing', url);
      tool?.setAttribute('data-missing-status', status);
      throw why;
    };
    // On the slowest line in use it takes a minute; after two, asking anew is the better chance.
    const coming = fetch(url, { integrity, cache, credentials: 'same-origin', signal: AbortSignal.timeout(120000) })
      .then((answer) => answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status))
      .then((bytes) => WebAssembly.instantiate(bytes, { __wasm_split: shared() }))
      .catch(fail);
    coming.catch(() => got.delete(name));
    got.set(name, coming);
  }
  return got.get(name);
}
";

/// The same of files that stand in the script.
const UNPACK: &str = r"
const got = new Map();
function piece([name]) {
  if (!got.has(name)) {
    got.set(name, unpack(name).then((bytes) => WebAssembly.instantiate(bytes, { __wasm_split: shared() })));
  }
  return got.get(name);
}
";

/// What the splitter's part of the program calls.
const LOAD: &str = r"const load = (part) => async (callback, data) => {
  const arrived = await Promise.all(PARTS[part].map(piece)).then(() => true, () => false);
  wasm.__indirect_function_table.get(callback)(data, arrived);
};
const parts = Object.fromEntries(Object.keys(PARTS).map((part) => ['__wasm_split_load_' + part, load(part)]));
";

/// Puts the loader into the glue, in place of the imports of the one that the splitter wrote: that one knows no hashes.
///
/// # Errors
/// What the glue lacks.
pub(crate) fn insert(
    glue: &str,
    parts: &Parts,
    canaries: &[String],
    delivery: Delivery,
) -> Result<String, String> {
    let mut text = String::with_capacity(glue.len() + 2048);
    let mut found = false;
    for line in glue.lines() {
        let import = line.strip_prefix("import * as ").and_then(|rest| rest.split_once(" from "));
        let name = import.filter(|(_, from)| from.trim_matches([';', '"', '\'']) == LOADERS);
        if let Some((name, _)) = name {
            if !found {
                text.push_str(&code(parts, canaries, delivery));
            }
            text.extend(["const ", name, " = parts;"]);
            found = true;
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    if found { Ok(text) } else { Err(format!("the glue imports no {LOADERS}")) }
}

fn code(parts: &Parts, canaries: &[String], delivery: Delivery) -> String {
    let table = serde_json::to_string(parts).unwrap_or_default();
    let shared = if canaries.is_empty() {
        "wasm".to_owned()
    } else {
        // The value that the splitter gives a canary.
        let canaries: Vec<String> = canaries.iter().map(|name| format!("{name}: ~0xdead")).collect();
        format!("({{ ...wasm, {} }})", canaries.join(", "))
    };
    let piece = match delivery {
        Delivery::Published => FETCH,
        Delivery::Embedded => UNPACK,
    };
    format!("{TABLE}{table};\nconst shared = () => {shared};{piece}{LOAD}")
}

/// The parts that a glue loads, as [`insert`] wrote them; none where it did not.
pub(crate) fn parts(glue: &str) -> Parts {
    let table = glue.lines().find_map(|line| line.strip_prefix(TABLE)?.strip_suffix(';'));
    table.and_then(|table| serde_json::from_str(table).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Parts {
        let file = |name: &str| (format!("{name}.wasm"), format!("sha384-{name}"));
        let parts = [("rest", vec![file("a"), file("b")]), ("verdict", vec![file("a")])];
        parts.map(|(part, files)| (part.to_owned(), files)).into()
    }

    #[test]
    fn the_loader_takes_the_place_of_the_splitters() {
        let glue =
            "import * as import1 from \"./split.js\"\nimport * as import2 from \"./split.js\"\nlet wasm;\n";
        let text = insert(glue, &some(), &[], Delivery::Published).unwrap();
        assert!(!text.contains("from \"./split.js\""), "{text}");
        assert_eq!(text.matches("const got").count(), 1);
        assert!(text.contains("const import1 = parts;\nconst import2 = parts;\nlet wasm;\n"), "{text}");
        assert!(text.contains("const shared = () => wasm;"), "{text}");
        assert_eq!(parts(&text), some());
        assert!(insert("let wasm;\n", &some(), &[], Delivery::Published).is_err());
    }

    #[test]
    fn a_development_build_has_its_canary() {
        let text = code(&some(), &["__canary_7".to_owned()], Delivery::Published);
        assert!(text.contains("const shared = () => ({ ...wasm, __canary_7: ~0xdead });"), "{text}");
    }
}
