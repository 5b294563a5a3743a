//! What ends when: of the models that a key lists, or of all that this program knows.

use crate::core::lifecycle::days_left;
use crate::core::models::{ModelRow, Retirement, announced, retired};
use crate::core::order::sorted;
use crate::core::time::Date;
use std::cmp::Ordering;

/// The end of one or several models that end alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The names; `*` stands for any ending.
    pub names: Vec<String>,
    /// The last day on which they are sure to answer, if that is on record.
    pub on: Option<Date>,
    /// The model that Mistral advises instead.
    pub replacement: Option<String>,
    /// Who says so, where it is not Mistral.
    pub source: Option<&'static str>,
}

impl Ending {
    /// Returns whether the last day is today or lies ahead.
    pub fn is_ahead(&self, today: Date) -> bool {
        self.on.is_some_and(|on| days_left(on, today).is_some())
    }

    /// Returns the end in words, such as `due to retire 30 Apr 2027, in 152 days`.
    pub fn words(&self, today: Date) -> String {
        match self.on {
            Some(date) => Retirement { date, replacement: None, source: self.source }.sentence(today),
            None => "retired before 2026".to_owned(),
        }
    }
}

/// Returns the ends of the models of a list that have one: what ends next, then what ended last.
pub fn retiring(rows: &[ModelRow], today: Date) -> Vec<Ending> {
    let ending = |row: &ModelRow| {
        let end = row.retirement.clone()?;
        let names = vec![row.name.clone()];
        Some(Ending { names, on: Some(end.date), replacement: end.replacement, source: end.source })
    };
    in_order(rows.iter().filter_map(ending).collect(), today)
}

/// Returns every end on record, in the same order.
pub fn on_record(today: Date) -> Vec<Ending> {
    let ending = |(names, end): (&[&str], retired::End)| Ending {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        on: end.on,
        replacement: end.replacement.map(str::to_owned),
        source: end.source,
    };
    in_order(announced::all().chain(retired::all()).map(ending).collect(), today)
}

/// Ends ahead come first, the next one first of all; of those behind, the last one. What has no day comes at the end.
fn in_order(endings: Vec<Ending>, today: Date) -> Vec<Ending> {
    sorted(endings, |a, b| match (a.is_ahead(today), b.is_ahead(today)) {
        (true, true) => a.on.cmp(&b.on),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => b.on.cmp(&a.on),
    })
}

#[cfg(test)]
mod tests {
    use super::{on_record, retiring};
    use crate::core::mistral::wire::parse_models;
    use crate::core::models::{retired, rows};
    use crate::core::time::Date;

    const TODAY: Date = Date { year: 2026, month: 8, day: 30 };

    #[test]
    fn what_ends_next_comes_first_and_what_ended_last_follows() {
        let list = r#"{"data":[{"id":"c-1","deprecation":"2027-01-31"},{"id":"b-1"},
            {"id":"a-1","deprecation":"2026-08-31","deprecation_replacement_model":"b-1"},
            {"id":"d-1","deprecation":"2026-05-31"},{"id":"e-1","deprecation":"2026-06-30"}]}"#;
        let endings = retiring(&rows(&parse_models(list.as_bytes()).expect("a list").cards), TODAY);
        let told: Vec<(&str, String, Option<&str>)> = endings
            .iter()
            .map(|end| (end.names[0].as_str(), end.words(TODAY), end.replacement.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("a-1", "retires tomorrow".to_owned(), Some("b-1")),
                ("c-1", "due to retire 31 Jan 2027, in 154 days".to_owned(), None),
                ("e-1", "retired 30 Jun 2026".to_owned(), None),
                ("d-1", "retired 31 May 2026".to_owned(), None),
            ]
        );
        assert!(retiring(&[], TODAY).is_empty());
    }

    #[test]
    fn the_record_has_every_name_of_both_tables_once() {
        for today in [TODAY, Date { year: 2026, month: 11, day: 29 }, Date { year: 2027, month: 6, day: 1 }] {
            let endings = on_record(today);
            let ahead = endings.iter().take_while(|end| end.is_ahead(today)).count();
            assert!(endings.iter().skip(ahead).all(|end| !end.is_ahead(today)), "what is ahead comes first");
            let mut names: Vec<&String> = endings.iter().flat_map(|end| &end.names).collect();
            let all = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), all, "each name once");
            for end in &endings {
                for name in &end.names {
                    let known = retired::end(name.trim_end_matches('*')).expect(name);
                    assert_eq!((known.on, known.replacement), (end.on, end.replacement.as_deref()), "{name}");
                }
            }
        }
        assert_eq!(
            on_record(TODAY).last().map(|end| end.words(TODAY)).as_deref(),
            Some("retired before 2026")
        );
    }
}
