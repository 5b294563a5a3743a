//! Texts that people really pasted in public, each with what a person who knows the API would answer.
//!
//! `tests/fixtures/field/cases.json` names for each text its kind, what is expected and where its form was seen; keys,
//! ids, hosts and names in them are made up. `expect` holds causes, of which any will do; `say:a|b` and `unsay:x` are
//! about the sentences of the page; of a key `works-as:`, `sendable` or a cause; of code `state:id`, `no:id` and `only`.

use super::explain;
use key_tester::core::time::Date;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// What is wrong with the answers to the texts of a folder, a line each.
fn wrong(folder: &Path) -> (usize, Vec<String>) {
    let cases = fs::read_to_string(folder.join("cases.json")).expect("a list of cases");
    let cases: Vec<Value> = serde_json::from_str(&cases).expect("JSON");
    let today = Date::parse("2026-11-29").expect("a day");
    let mut wrong = Vec::new();
    for case in &cases {
        let file = case["file"].as_str().expect("a file");
        let text = fs::read_to_string(folder.join(file)).expect("a text");
        let expected = strings(&case["expect"]);
        let faults = match case["kind"].as_str() {
            Some("doctor") => of_error(&explain::error(&text).1, &expected, case),
            Some("key") => of_key(&explain::key(&text).1, &expected),
            Some("code") => of_code(&explain::code(&text, today).1, &expected),
            other => vec![format!("no such kind: {other:?}")],
        };
        wrong.extend(faults.into_iter().map(|fault| format!("{file} ({}): {fault}", case["what"])));
    }
    (cases.len(), wrong)
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn of_error(told: &Value, expected: &[&str], text: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let cause = told["cause"].as_str().expect("a cause");
    let said = strings(&told["said"]).join(" ");
    let lower = said.to_lowercase();
    let causes: Vec<_> = expected.iter().filter(|wanted| !wanted.contains(':')).collect();
    if !causes.is_empty() && !causes.contains(&&cause) {
        faults.push(format!("{cause}, not {causes:?}"));
    }
    for wanted in expected {
        if let Some(words) = wanted.strip_prefix("say:")
            && !words.split('|').any(|word| lower.contains(&word.to_lowercase()))
        {
            faults.push(format!("does not say {words}"));
        }
        if let Some(words) = wanted.strip_prefix("unsay:")
            && lower.contains(&words.to_lowercase())
        {
            faults.push(format!("says {words}"));
        }
    }
    let masked = told["masked"].as_str().expect("the text");
    for secret in strings(&text["hidden"]) {
        let pieces = secret.as_bytes().windows(6).map(|piece| std::str::from_utf8(piece).expect("ASCII"));
        let left = pieces.into_iter().find(|piece| masked.contains(piece) || said.contains(piece));
        faults.extend(left.map(|piece| format!("leaves {piece} of a secret")));
    }
    let lost = strings(&text["kept"]).into_iter().filter(|kept| !masked.contains(kept));
    faults.extend(lost.map(|kept| format!("masks {kept}")));
    faults
}

fn of_key(told: &Value, expected: &[&str]) -> Vec<String> {
    let fits = |wanted: &str| {
        if let Some(key) = wanted.strip_prefix("works-as:") {
            return told["cleaned"] == key;
        }
        if let Some(shape) = wanted.strip_prefix("shape:") {
            return told["shape"] == shape;
        }
        if wanted == "sendable" { told["cause"].is_null() } else { told["cause"] == wanted }
    };
    let unmet = expected.iter().filter(|wanted| !wanted.split('|').any(fits));
    unmet.map(|wanted| format!("{} and {}, not {wanted}", told["cause"], told["cleaned"])).collect()
}

fn of_code(told: &Value, expected: &[&str]) -> Vec<String> {
    let models = told["models"].as_array().expect("a list");
    let state = |id: &str| models.iter().find(|model| model["id"] == id).map(|model| &model["state"]);
    let mut faults = Vec::new();
    let mut named = Vec::new();
    for wanted in expected {
        if let Some(id) = wanted.strip_prefix("no:") {
            faults.extend(state(id).map(|state| format!("{id} is taken for a model: {state}")));
        } else if *wanted != "only" {
            let pairs: Vec<_> = wanted.split('|').filter_map(|pair| pair.split_once(':')).collect();
            named.extend(pairs.iter().map(|(_, id)| *id));
            if !pairs.iter().any(|(name, id)| state(id).is_some_and(|state| state == name)) {
                faults.push(format!("{wanted}: {models:?}"));
            }
        }
    }
    if expected.contains(&"only") {
        let others = models.iter().filter(|model| !named.iter().any(|id| model["id"] == *id));
        faults.extend(others.map(|model| format!("{} is too much", model["id"])));
    }
    faults
}

fn all_are_answered(folder: &Path) -> usize {
    let (count, wrong) = wrong(folder);
    assert!(wrong.is_empty(), "{} of {count} texts:\n{}", wrong.len(), wrong.join("\n"));
    count
}

#[test]
fn every_text_that_was_found_is_answered_rightly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/field");
    assert!(all_are_answered(&folder) > 100);
}

/// More such texts are not part of this tree. Where they lie beside it, they are answered rightly too.
#[test]
#[allow(clippy::print_stderr, reason = "a test that did nothing must say so")]
fn every_text_beside_the_tree_is_answered_rightly() {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/field");
    if !folder.join("cases.json").exists() {
        eprintln!("skipped: no texts at ../shared/field");
        return;
    }
    assert!(all_are_answered(&folder) > 0);
}
