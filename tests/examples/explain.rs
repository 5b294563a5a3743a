//! What the page would say of a text, asked from a terminal: `explain -- error|key|code < FILE` prints one JSON object.
//!
//! Exits with 0; with 1 if nothing was recognised; with 2 if it was called wrongly. `--today YYYY-MM-DD` sets the day that
//! retirements are held against.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks on the terminal")]

use std::io::Read;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use key_tester::core::doctor::{Diagnosed, diagnose};
use key_tester::core::explain::Explanation;
use key_tester::core::key::ApiKey;
use key_tester::core::lifecycle::{State, check};
use key_tester::core::paste::secrets::mask;
use key_tester::core::time::Date;
use serde_json::{Value, json};

const USAGE: &str = "usage: explain error|key|code [--today YYYY-MM-DD] < FILE";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (kind, today) = match arguments[..] {
        [kind] => (kind, Some(today())),
        [kind, "--today", day] | ["--today", day, kind] => (kind, Date::parse(day)),
        _ => ("", None),
    };
    let mut bytes = Vec::new();
    let read = std::io::stdin().read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    let (recognised, said) = match (kind, today, read) {
        ("error", Some(_), Ok(_)) => error(&text),
        ("key", Some(_), Ok(_)) => key(&text),
        ("code", Some(today), Ok(_)) => code(&text, today),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    println!("{said}");
    if recognised { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The text is masked first, as the page does it.
pub(crate) fn error(text: &str) -> (bool, Value) {
    let masked = mask(text).text;
    let (cause, explanation) = match diagnose(&masked, false) {
        Diagnosed::Explained(explanation) => (explanation.entry().name, Some(explanation)),
        Diagnosed::NothingWrong => ("nothing-wrong", None),
        Diagnosed::NotEnough => ("not-enough", None),
    };
    let said = explanation.as_ref().map(Explanation::sentences).unwrap_or_default();
    let steps: Vec<String> = explanation.iter().flat_map(Explanation::steps).collect();
    let told = json!({
        "cause": cause,
        "verdict": explanation.as_ref().map(|told| told.entry().verdict.name()),
        "certainty": explanation.as_ref().map(|told| told.certainty.name()),
        "headline": explanation.as_ref().map(|told| &told.headline),
        "said": said,
        "steps": steps,
        "masked": masked,
    });
    (cause != "not-enough", told)
}

pub(crate) fn key(text: &str) -> (bool, Value) {
    let explanation = Explanation::of_text(text);
    let mut said = explanation.as_ref().map(Explanation::sentences).unwrap_or_default();
    let cause = explanation.map(|explanation| explanation.entry().name);
    let Ok(parsed) = ApiKey::parse(text) else {
        return (
            false,
            json!({ "cause": cause, "cleaned": null, "repairs": [], "doubts": [], "said": said }),
        );
    };
    let reading = parsed.reading;
    said.push(reading.sentence());
    said.extend(reading.repairs.iter().map(|repair| repair.sentence().to_owned()));
    let told = json!({
        "cause": cause,
        "cleaned": parsed.key.bearer().strip_prefix("Bearer "),
        "shape": kebab(&format!("{:?}", reading.shape)),
        "repairs": reading.repairs.iter().map(|repair| kebab(&format!("{repair:?}"))).collect::<Vec<_>>(),
        "doubts": reading.doubt.iter().map(|doubt| kebab(&format!("{doubt:?}"))).collect::<Vec<_>>(),
        "said": said,
    });
    (true, told)
}

pub(crate) fn code(text: &str, today: Date) -> (bool, Value) {
    let checked = check(text, [], today);
    let models = checked.findings.iter().map(|found| {
        let replacement = match &found.state {
            State::Retired { replacement, .. } | State::Retiring { replacement, .. } => replacement.as_deref(),
            _ => None,
        };
        json!({ "id": found.id, "lines": found.lines, "state": found.state.name(), "replacement": replacement })
    });
    (!checked.findings.is_empty(), json!({ "models": models.collect::<Vec<_>>() }))
}

/// A variant's name as a stable name: `LegacyOdd` becomes `legacy-odd`, `OtherVendor(Google)` becomes `other-vendor`.
fn kebab(variant: &str) -> String {
    let name = variant.split('(').next().unwrap_or_default();
    let dashed =
        name.chars().flat_map(|c| c.is_uppercase().then_some('-').into_iter().chain(c.to_lowercase()));
    dashed.collect::<String>().trim_start_matches('-').to_owned()
}

/// The day by this machine's clock, in UTC.
fn today() -> Date {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs() / 86_400);
    Date::of_unix_day(u32::try_from(days).unwrap_or(u32::MAX))
}
