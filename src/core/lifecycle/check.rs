//! The check of a program or a configuration: the models that it asks for, and their state. The text stays in the page, and
//! nothing of it is kept but ids and the numbers of lines.

use super::mention::{Told, is_weights, is_word, looks_like_an_id, mentions, root};
use super::{LATEST, days_left, target};
use crate::core::fact::Fact;
use crate::core::models::retired::end;
use crate::core::models::{ModelRow, Retirement, announced};
use crate::core::order::sorted;
use crate::core::paste::MOST_BYTES;
use crate::core::prices::Price;
use crate::core::time::Date;

/// Numbers of lines that are kept of each id.
pub const MOST_LINES: usize = 20;

/// The day on which `IN_SERVICE` was last held against its sources.
pub const READ: Fact = Fact::read("names of models in service", 2026, 11, 29);

/// Names of models in service that say nothing by their looks, or only that they move; what has a price is in that table. From
/// Mistral's list of models of August 2026 and its specification; the three of transcription from Mistral's documentation,
/// `LiteLLM` 1.110.2 and `@ai-sdk/mistral` 4.0.87.
#[rustfmt::skip]
pub(super) const IN_SERVICE: [&str; 27] = [
    "codestral-latest", "magistral-medium-latest", "magistral-small-latest", "ministral-14b-latest",
    "ministral-3b-latest", "ministral-8b-latest", "mistral-code-fim-latest", "mistral-code-latest",
    "mistral-embed", "mistral-large-latest", "mistral-medium", "mistral-medium-3",
    "mistral-medium-latest", "mistral-ocr-latest", "mistral-small-latest",
    "mistral-vibe-cli-fast", "mistral-vibe-cli-latest", "mistral-vibe-cli-with-tools", "voxtral-mini-latest",
    "voxtral-mini-realtime-latest", "voxtral-mini-transcribe-latest", "voxtral-mini-transcribe-realtime-latest",
    "voxtral-mini-tts-latest", "voxtral-small-latest", "voxtral-small-transcribe-latest", "zai-glm-5", "zai-glm-latest",
];

/// The result of a checked text: the ids found, and what they were checked against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// The ids in it, each once: retired, retiring, unknown, moving, known, fine; then by id.
    pub findings: Vec<Finding>,
    /// Lines that were looked at.
    pub lines: u32,
    /// The text is longer than [`MOST_BYTES`], and what lies behind was not looked at.
    pub cut: bool,
}

/// An id in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id.
    pub id: String,
    /// Numbers of the first lines that have it, counted from 1, each once; at most [`MOST_LINES`].
    pub lines: Vec<u32>,
    /// The number of lines with the id.
    pub count: u32,
    /// The lifecycle state of the id.
    pub state: State,
    /// The state in words, which follow the id and do not repeat it.
    pub sentence: String,
}

impl Finding {
    /// Where it stands: `line 3`, `lines 1, 4`, with `, …` if there are more.
    pub fn place(&self) -> String {
        let numbers: Vec<String> = self.lines.iter().map(u32::to_string).collect();
        let more = usize::try_from(self.count).is_ok_and(|count| count > numbers.len());
        let word = if self.count == 1 { "line" } else { "lines" };
        format!("{word} {}{}", numbers.join(", "), if more { ", …" } else { "" })
    }
}

/// The lifecycle state of an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// A retired model: its day has passed.
    Retired {
        /// The last day on which it was sure to answer, if that is on record.
        on: Option<Date>,
        /// The replacement that Mistral advises.
        replacement: Option<String>,
    },
    /// A model whose last day is settled, and is today or lies ahead.
    Retiring {
        /// The last day on which it is sure to answer.
        date: Date,
        /// Days that are left, today not counted.
        days: u32,
        /// The replacement that Mistral advises.
        replacement: Option<String>,
    },
    /// A word that looks like an id of Mistral's, and is not where it was looked for.
    Unknown(Against),
    /// A name that answers, and that Mistral points to another model every few months.
    Moving {
        /// The model that it means today; `None` if no list was there, or no id of the model says more.
        to: Option<String>,
    },
    /// A model in service, but no list was there that says whether the key can name it.
    Known,
    /// The key can name it.
    Fine,
}

/// Where an id was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// In the list of the key that was tested.
    List,
    /// In what this program knows, because no key was tested.
    Tables,
}

impl State {
    /// The stable name used in the DOM.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Retired { .. } => "retired",
            Self::Retiring { .. } => "retiring",
            Self::Unknown(_) => "unknown",
            Self::Moving { .. } => "moving",
            Self::Known => "known",
            Self::Fine => "fine",
        }
    }

    /// Returns the word for it on the page.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Retired { .. } => "retired",
            Self::Retiring { .. } => "due to retire",
            Self::Unknown(_) => "unknown",
            Self::Moving { .. } => "alias",
            Self::Known => "current",
            Self::Fine => "available",
        }
    }

    /// Returns the id to write in place of this one, where one is known: what Mistral advises, or what an alias means today.
    pub fn replacement(&self) -> Option<&str> {
        match self {
            Self::Retired { replacement, .. } | Self::Retiring { replacement, .. } => replacement.as_deref(),
            Self::Moving { to } => to.as_deref(),
            Self::Unknown(_) | Self::Known | Self::Fine => None,
        }
    }

    /// Returns the rank for sorting: the more pressing, the earlier.
    const fn rank(&self) -> u8 {
        match self {
            Self::Retired { .. } => 0,
            Self::Retiring { .. } => 1,
            Self::Unknown(_) => 2,
            Self::Moving { .. } => 3,
            Self::Known => 4,
            Self::Fine => 5,
        }
    }
}

/// Returns the part of a text that is looked at, and whether the text is longer. Half a word at the end could be the beginning of another
/// id.
pub fn within_limit(text: &str) -> (&str, bool) {
    let kept = text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default();
    let cut = kept.len() < text.len();
    (if cut { kept.trim_end_matches(is_word) } else { kept }, cut)
}

/// Finds every id of Mistral's in a text of any kind and length. `rows` are the models of the tested key, listed or known
/// to answer all the same, without any if none was tested.
pub fn check<'r>(text: &str, rows: impl IntoIterator<Item = &'r ModelRow>, today: Date) -> Checked {
    let (kept, cut) = within_limit(text);
    let (mentions, lines) = mentions(kept);
    // Of one id the first lines come first.
    let mentions = sorted(mentions, Ord::cmp);
    let service = Service::new(rows, today);
    let findings: Vec<Finding> = mentions
        .chunk_by(|mention, other| mention.id == other.id)
        .filter_map(|mentions| {
            let id: &str = &mentions.first()?.id;
            let told = mentions.iter().map(|mention| mention.told).max()?;
            let (state, sentence) = service.judge(id, told)?;
            let mut named: Vec<u32> = mentions.iter().map(|mention| mention.line).collect();
            named.dedup();
            let count = u32::try_from(named.len()).unwrap_or(u32::MAX);
            named.truncate(MOST_LINES);
            Some(Finding { id: id.to_owned(), lines: named, count, state, sentence })
        })
        .collect();
    // Ids stay in their order.
    let findings = sorted(findings, |a, b| a.state.rank().cmp(&b.state.rank()));
    Checked { findings, lines, cut }
}

/// The models in service.
struct Service<'r> {
    /// Every id that the key can name with its model, in the order of ids: a text may name a hundred thousand.
    listed: Vec<(&'r str, &'r ModelRow)>,
    today: Date,
}

impl<'r> Service<'r> {
    fn new(rows: impl IntoIterator<Item = &'r ModelRow>, today: Date) -> Self {
        let named = |row: &'r ModelRow| row.ids.iter().map(move |id| (id.as_str(), row));
        let listed: Vec<(&str, &ModelRow)> = rows.into_iter().flat_map(named).collect();
        Self { listed: sorted(listed, |(a, _), (b, _)| a.cmp(b)), today }
    }

    /// Returns the state of an id, and its words; `None` for a word that is no id of Mistral's. The list of the key
    /// has the first word, for Mistral may give an old name to a new model.
    fn judge(&self, id: &str, told: Told) -> Option<(State, String)> {
        let found = self.listed.binary_search_by_key(&id, |(listed, _)| *listed);
        if let Some((_, row)) = found.ok().and_then(|at| self.listed.get(at)) {
            return Some(self.of_listed(id, row));
        }
        if is_weights(id) {
            return None;
        }
        // That the key's list lacks a model says more than a day that lies ahead.
        let tested = !self.listed.is_empty();
        if let Some(end) = end(id).filter(|end| !tested || end.has_passed(self.today)) {
            let replacement = end.replacement.map(str::to_owned);
            let undated = || {
                let sentence = "Retired before 2026.".to_owned();
                (State::Retired { on: None, replacement }, sentence)
            };
            return Some(Retirement::of(end).map_or_else(undated, |retirement| self.of_end(&retirement, "")));
        }
        let in_service = IN_SERVICE.contains(&id) || Price::of(&[id.to_owned()]).is_some();
        let based = || root(id).is_some_and(|root| end(root).is_some() || looks_like_an_id(root));
        let is_id = match told {
            Told::Constant => false,
            Told::Shape => looks_like_an_id(id) || based(),
            Told::Line => true,
        };
        if !in_service && !is_id {
            return None;
        }
        let (state, sentence) = match (tested, in_service) {
            (false, true) if id.ends_with(LATEST) => return Some(moving(None)),
            (false, true) => (State::Known, "In service. Test a key to see whether it may use this model."),
            (false, false) => (
                State::Unknown(Against::Tables),
                "Not a name this page knows. Test a key to look it up in that key’s list.",
            ),
            (true, true) => (State::Unknown(Against::List), "Not on this key’s list."),
            (true, false) => (
                State::Unknown(Against::List),
                "Not a name this page knows, and not on this key’s list either.",
            ),
        };
        Some((state, sentence.to_owned()))
    }

    fn of_listed(&self, id: &str, row: &ModelRow) -> (State, String) {
        // An end that Mistral tells is that of all the model's names. One from a list is that of the names it has: the others
        // move on.
        let of_this_name = |end: &&Retirement| end.source.is_none() || announced::end(id).is_some();
        if let Some(retirement) = row.retirement.as_ref().filter(of_this_name) {
            let still = if row.listed { ", but still on this key’s list" } else { ", but still answers" };
            return self.of_end(retirement, still);
        }
        if id.ends_with(LATEST) {
            return moving(target(row));
        }
        let sentence =
            if row.listed { "On this key’s list." } else { "Not on this key’s list, but it answers." };
        (State::Fine, sentence.to_owned())
    }

    /// Returns the state of a model with an end; `still` is added to an end that has passed.
    fn of_end(&self, retirement: &Retirement, still: &str) -> (State, String) {
        let days = days_left(retirement.date, self.today);
        let words = retirement.sentence(self.today);
        let sentence = [capital(&words).as_str(), if days.is_none() { still } else { "" }, "."].concat();
        let Retirement { date, replacement, .. } = retirement.clone();
        let state = match days {
            Some(days) => State::Retiring { date, days, replacement },
            None => State::Retired { on: Some(date), replacement },
        };
        (state, sentence)
    }
}

/// Returns words with a capital at their beginning.
fn capital(words: &str) -> String {
    let (first, rest) = words.split_at_checked(1).unwrap_or_default();
    [&first.to_ascii_uppercase(), rest].concat()
}

fn moving(to: Option<&str>) -> (State, String) {
    let words = match to {
        Some(to) => format!("Alias of {to} today. Pin the dated id to avoid surprises."),
        None => "An alias: Mistral points it to newer models. Pin a dated id to avoid surprises.".to_owned(),
    };
    (State::Moving { to: to.map(str::to_owned) }, words)
}
