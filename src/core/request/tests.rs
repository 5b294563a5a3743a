//! Single rules of the request doctor, and the examples that the page offers.

use super::{Hunk, Known, Outcome, Part, Repair, examples::Example, repair};
use crate::core::time::Date;

const TODAY: Date = Date { year: 2026, month: 11, day: 30 };

fn repaired(text: &str) -> Repair {
    match repair(text, Known { rows: &[], today: TODAY }) {
        Outcome::Read(repair) => *repair,
        other => panic!("{other:?} of {text}"),
    }
}

/// A line of a diff in one text; what changed stands between `«` and `»`.
fn told(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Same(words) => words.clone(),
        Part::Changed(words) => format!("«{words}»"),
        Part::Gap => "…".to_owned(),
    };
    parts.iter().map(part).collect()
}

fn lines(hunks: &[Hunk]) -> Vec<String> {
    let of_one = |hunk: &Hunk| {
        let before = hunk.before.iter().map(|line| format!("-{}", told(line))).collect::<Vec<_>>();
        let after = hunk.after.iter().map(|line| format!("+{}", told(line))).collect::<Vec<_>>();
        [before, after].concat()
    };
    hunks.iter().flat_map(of_one).collect()
}

#[test]
fn every_example_is_repaired_and_nothing_is_left() {
    for example in Example::ALL {
        let repair = repaired(example.text());
        assert!(repair.reasons.len() >= 3, "{example:?}: {:?}", repair.reasons);
        assert!(repair.is_legal(), "{example:?}: {:?}", repair.faults);
        assert!(repaired(&repair.text).reasons.is_empty(), "{example:?}");
    }
}

#[test]
fn a_change_is_shown_by_its_lines_with_its_reasons() {
    let repair =
        repaired("{\n  \"model\": \"m\",\n  \"store\": false,\n  \"messages\": [],\n  \"seed\": 1\n}");
    let expected = ["-  «\"store\": false,»", "-  «\"seed\"»: 1", "+  «\"random_seed\"»: 1"];
    assert_eq!(lines(&repair.hunks), expected);
    assert_eq!(repair.hunks.iter().map(|hunk| hunk.line).collect::<Vec<_>>(), [3, 5]);
    let why: Vec<&str> = repair.reasons.iter().map(|reason| reason.what.as_str()).collect();
    assert_eq!(why, ["store", "seed"]);
    assert_eq!(repair.faults, ["messages: a conversation has at least one message."]);
}

#[test]
fn a_long_line_is_shown_around_its_changes() {
    let words = "word ".repeat(100);
    let repair = repaired(&format!(
        r#"{{"model":"m","messages":[{{"role":"user","content":"{words}","name":"a"}}],"seed":1}}"#
    ));
    let [before, after] = lines(&repair.hunks).try_into().expect("a line before and one after");
    assert!(before.starts_with("-…d word word") && before.len() < 250, "{before}");
    assert!(after.ends_with("«\"random_seed\"»:1}"), "{after}");
}

#[test]
fn the_language_of_a_request_is_kept() {
    for (from, to) in [
        (
            "client.chat.complete(model=\"m\", messages=[{'role': 'user', 'content': x}], stream='true')",
            "stream=True",
        ),
        (
            "OpenAI(base_url=u).chat.completions.create(model='m', messages=m, seed=7)",
            "extra_body={\"random_seed\": 7}",
        ),
        (
            "new Mistral({}).chat.complete({ model: 'm', messages: m, maxCompletionTokens: 5 })",
            "maxTokens: 5",
        ),
        ("body: '{\"model\":\"m\",\"messages\":[],\"seed\":7}'", "\"random_seed\":7}'"),
        (
            "data = \"{\\\"model\\\":\\\"m\\\",\\\"messages\\\":[],\\\"seed\\\":7}\"",
            "\\\"random_seed\\\":7}\"",
        ),
    ] {
        let repair = repaired(from);
        assert!(repair.text.contains(to), "{}", repair.text);
        assert_eq!(repair.reasons.len(), 1, "{from}: {:?}", repair.reasons);
    }
}

#[test]
fn what_only_the_program_knows_is_left_alone() {
    let text = "requests.post(url, json={'model': MODEL, 'messages': history, 'temperature': t, **more})";
    let repair = repaired(text);
    assert_eq!((repair.text.as_str(), repair.body.is_none()), (text, true));
    assert!(repair.is_legal() && !repair.notes.is_empty(), "{:?}", repair.notes);
}

#[test]
fn settings_of_models_are_held_against_what_is_on_record() {
    let of = |fields: &str| {
        let text = format!(r#"{{"messages":[{{"role":"user","content":"a"}}],{fields}}}"#);
        let repair = repaired(&text);
        repair
            .text
            .split_once("}],")
            .map(|(_, rest)| rest.trim_end_matches('}').to_owned())
            .unwrap_or_default()
    };
    for (from, to) in [
        (
            r#""model":"mistral-large-4","reasoning_effort":"none""#,
            r#""model":"mistral-large-4","reasoning_effort":"low""#,
        ),
        (
            r#""model":"mistral-small-2603","reasoning_effort":"medium""#,
            r#""model":"mistral-small-2603","reasoning_effort":"high""#,
        ),
        (
            r#""model":"mistral-large-4","temperature":0"#,
            r#""model":"mistral-large-4","temperature":0,"top_p":1"#,
        ),
        (
            r#""model":"mistral-small-2603","temperature":0"#,
            r#""model":"mistral-small-2603","temperature":0"#,
        ),
        (r#""model":"m","temperature":0,"top_p":0.5"#, r#""model":"m","temperature":0,"top_p":1"#),
    ] {
        assert_eq!(of(from), to);
    }
}
