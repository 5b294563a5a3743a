//! The glossary of `ARCHITECTURE.md`: each of its terms stands in the file that it leads to, and no name says in other words
//! what has a term.

use super::Finding;
use super::source::{self, Source};

const GLOSSARY: &str = "ARCHITECTURE.md";
const HEADING: &str = "## Glossary";

/// Words that no name in `src` and `style` holds, each with the one to say instead.
pub(crate) const SAY: [(&str, &str); 18] = [
    ("access_map", "scan"),
    ("beat", "ticker"),
    ("beats", "ticker"),
    ("embers", "flame_bar"),
    ("ended_runs", "ended_calls"),
    ("errand", "purpose"),
    ("fate", "key_state"),
    ("flights", "in_flight"),
    ("invention", "schema_filler"),
    ("lack", "empty_list_hint"),
    ("patience", "timeout, slow_after or max_consecutive_failures"),
    ("pulse", "live"),
    ("pulsing", "live"),
    ("shift_words", "difference_words"),
    ("silence", "no_answer"),
    ("take_in", "dispatch, record or handle"),
    ("theory", "zero_token_probe"),
    ("witness", "control_call"),
];

/// Every name of a file, its own among them, that holds a word with a term to say instead.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    let path = source.path.as_str();
    let text = match source::extension(path) {
        "rs" if path.starts_with("src/") => &source.with_tests,
        "css" if path.starts_with("style/") => &source.text,
        _ => return Vec::new(),
    };
    let say = SAY.map(|(word, term)| (word, words(word), term));
    let mut findings = Vec::new();
    let own = path.rsplit('/').next().map(|name| (1, name)).into_iter();
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    for (line, names) in own.chain(lines) {
        for name in names.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-') {
            let words = words(name);
            for (word, wanted, term) in &say {
                if holds(&words, wanted) {
                    let reason = format!("`{name}` says “{word}”: the term is {term}");
                    findings.push(Finding::new("glossary", path, line, reason));
                }
            }
        }
    }
    findings
}

/// Every row of the glossary whose term does not stand in its file, and a glossary that is not there.
pub(crate) fn check_table(sources: &[Source]) -> Vec<Finding> {
    let Some(glossary) = sources.iter().find(|source| source.path == GLOSSARY) else { return Vec::new() };
    let mut findings = Vec::new();
    let mut find = |line, reason| findings.push(Finding::new("glossary", GLOSSARY, line, reason));
    let rows = rows(&glossary.text);
    if rows.is_empty() {
        find(1, format!("no row below “{HEADING}”"));
    }
    for (line, term, place) in rows {
        match sources.iter().find(|source| source.path == place) {
            None => find(line, format!("there is no {place}")),
            Some(source) if [term.to_owned(), format!("{term}s")].iter().any(|form| says(source, form)) => {}
            Some(_) => find(line, format!("{place} does not say “{term}”")),
        }
    }
    findings
}

/// The rows of the glossary: line, term and file.
fn rows(text: &str) -> Vec<(usize, &str, &str)> {
    let lines = text.lines().enumerate().skip_while(|(_, line)| *line != HEADING).skip(1);
    let lines = lines.take_while(|(_, line)| !line.starts_with("## "));
    let cells = lines.filter_map(|(index, line)| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let (term, _, place) = (cells.next()?, cells.next()?, cells.next()?);
        let place = place.trim_end_matches(['|', ' ']).strip_prefix('`')?.strip_suffix('`')?;
        Some((index + 1, term, place))
    });
    cells.collect()
}

/// The words of a text in lower case: `TimeToFirst_token` has four.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.chars() {
        let goes_on = before.is_alphanumeric() && !(before.is_lowercase() && c.is_uppercase());
        if c.is_alphanumeric() {
            if !goes_on {
                words.push(String::new());
            }
            words.last_mut().expect("one was begun").extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

/// Whether a term stands in a file, whatever its form.
fn says(source: &Source, term: &str) -> bool {
    holds(&words(&source.text), &words(term))
}

/// Whether these words stand side by side among others.
fn holds(words: &[String], wanted: &[String]) -> bool {
    words.windows(wanted.len().max(1)).any(|side_by_side| side_by_side == wanted)
}

#[test]
fn names_and_sentences_have_the_same_words() {
    for text in
        ["time to first token", "TimeToFirstToken", "TIME_TO_FIRST_TOKEN", "the time-to\n/// first token."]
    {
        assert!(holds(&words(text), &words("time to first token")), "{text}");
    }
    assert!(!holds(&words("preflight"), &words("flight")) && !holds(&words("first to"), &words("to first")));
}
