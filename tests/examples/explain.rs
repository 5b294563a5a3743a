//! What the page would say of a text, asked from a terminal: `explain -- error|key|code|request < FILE` prints one JSON object.
//! Exits with 1 if nothing was recognised, with 2 if it was called wrongly. `--today YYYY-MM-DD` is the day for ends of models.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks on the terminal")]

use std::{io::Read, process::ExitCode, time::SystemTime};

use key_tester::core::doctor::{Diagnosed, diagnose};
use key_tester::core::explain::Explanation;
use key_tester::core::key::{ApiKey, KeyReading};
use key_tester::core::lifecycle::{State, check};
use key_tester::core::paste::{MOST_BYTES, secrets::mask};
use key_tester::core::request::schema::Call;
use key_tester::core::request::{Known, Outcome, repair};
use key_tester::core::time::Date;
use serde_json::{Value, json};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (kind, today) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
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
        ("request", Some(today), Ok(_)) => request(&text, today),
        _ => {
            eprintln!("usage: explain error|key|code|request [--today YYYY-MM-DD] < FILE");
            return ExitCode::from(2);
        }
    };
    println!("{said}");
    if recognised { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The text is cut and masked first, as the page does it.
pub(crate) fn error(text: &str) -> (bool, Value) {
    let masked = mask(text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default()).text;
    let diagnosed = diagnose(&masked, false);
    let told = if let Diagnosed::Explained(told) = &diagnosed { Some(told) } else { None };
    let otherwise = if diagnosed == Diagnosed::NothingWrong { "nothing-wrong" } else { "not-enough" };
    let sentence = || diagnosed.sentence().into_iter().map(str::to_owned).collect();
    let said = json!({
        "cause": told.map_or(otherwise, |told| told.entry().name),
        "verdict": told.map(|told| told.entry().verdict.name()),
        "certainty": told.map(|told| told.certainty.name()),
        "headline": told.map(|told| &told.headline),
        "said": told.map_or_else(sentence, Explanation::sentences),
        "steps": told.into_iter().flat_map(Explanation::steps).collect::<Vec<_>>(),
        "masked": masked,
    });
    (diagnosed != Diagnosed::NotEnough, said)
}

pub(crate) fn key(text: &str) -> (bool, Value) {
    let explanation = Explanation::of_text(text);
    let cause = explanation.as_ref().map(|explanation| explanation.entry().name);
    let parsed = ApiKey::parse(text).ok();
    let reading = parsed.as_ref().map(|parsed| &parsed.reading);
    let repairs = || reading.iter().flat_map(|reading| &reading.repairs);
    let mut said = explanation.as_ref().map(Explanation::sentences).unwrap_or_default();
    said.extend(reading.map(KeyReading::sentence).filter(|sentence| !said.contains(sentence)));
    said.extend(repairs().map(|repair| repair.sentence().to_owned()));
    let told = json!({
        "cause": cause,
        "cleaned": parsed.as_ref().map(|parsed| parsed.key.bearer().replacen("Bearer ", "", 1)),
        "shape": reading.map(|reading| kebab(reading.shape)),
        "repairs": repairs().map(kebab).collect::<Vec<_>>(),
        "doubts": reading.iter().filter_map(|reading| reading.doubt).map(kebab).collect::<Vec<_>>(),
        "said": said,
    });
    (parsed.is_some() || cause.is_some(), told)
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

/// Secrets are masked first, as the page does it.
pub(crate) fn request(text: &str, today: Date) -> (bool, Value) {
    let masked = mask(text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default()).text;
    match repair(&masked, Known { rows: &[], today }) {
        Outcome::None => (false, json!({ "said": [] })),
        Outcome::Unread(why) => (false, json!({ "said": [why] })),
        Outcome::Read(repair) => {
            let why = repair.reasons.iter().map(|reason| json!({ "what": reason.what, "why": reason.why }));
            let said = json!({
                "call": repair.call.map(Call::path),
                "repaired": repair.text,
                "changes": why.collect::<Vec<_>>(),
                "left": repair.faults,
                "said": repair.notes,
            });
            (true, said)
        }
    }
}

/// A variant's name as a stable name: `LegacyOdd` becomes `legacy-odd`, `OtherVendor(Google)` becomes `other-vendor`.
fn kebab(variant: impl std::fmt::Debug) -> String {
    let name = format!("{variant:?}").split('(').next().unwrap_or_default().to_owned();
    let dashed =
        name.chars().flat_map(|c| c.is_uppercase().then_some('-').into_iter().chain(c.to_lowercase()));
    dashed.collect::<String>().trim_start_matches('-').to_owned()
}

fn today() -> Date {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs());
    Date::of_unix_day(u32::try_from(seconds / 86_400).unwrap_or(u32::MAX))
}
