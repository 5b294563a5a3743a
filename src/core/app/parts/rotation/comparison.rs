//! Two keys side by side: what each came to, and what follows from both.

use crate::core::app::facts::{Facts, Which};
use crate::core::app::words::counted;
use crate::core::exchange::Exchange;
use crate::core::explain::{Cause, Verdict, judge, judge_completion};
use crate::core::identity::{Fact, Identity as Told, ME, WHOAMI, Workspace, read};
use crate::core::mistral::MODELS;
use crate::core::models::{self, Access};
use crate::core::order::sorted;
use crate::core::work;

/// A question to Mistral: with which key, and for what.
pub(super) type Question = (Which, &'static str);

/// What is asked, one after the other; the lists of models come first.
const QUESTIONS: [Question; 6] = [
    (Which::Old, MODELS),
    (Which::New, MODELS),
    (Which::Old, ME),
    (Which::Old, WHOAMI),
    (Which::New, ME),
    (Which::New, WHOAMI),
];

/// The most names of models that a sentence tells.
const MOST_NAMES: usize = 12;

/// Both keys, as far as they were asked about.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    old: Side,
    new: Side,
    /// Whether it was asked whose keys they are.
    with_owner: bool,
    /// How many questions were asked, or left out.
    done: usize,
    /// The models that answered a scan with the old key, in order.
    answered: Names,
}

/// Names of models, in order.
type Names = Vec<String>;

/// What is known of one key.
#[derive(Debug, Default)]
struct Side {
    /// The models that it lists, or why it lists none; none before it was asked.
    models: Option<Result<Names, Cause>>,
    /// What Mistral told of its owner. Of a person nothing of it is shown.
    owner: Told,
    /// Why a call about the owner told nothing.
    untold: Vec<Cause>,
}

/// What is thought of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// It is as it has to be before the old key goes.
    Good,
    /// It is not.
    Bad,
    /// It is not known.
    #[default]
    Unknown,
}

/// A question about both keys, and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The question.
    pub question: &'static str,
    /// What is thought of the answer.
    pub mark: Mark,
    /// The answer.
    pub answer: String,
}

impl Comparison {
    /// One of which nothing is known yet. What the scan of the old key has found stays.
    pub(super) fn begin(with_owner: bool, before: Option<&Self>) -> Self {
        let answered = before.map(|before| before.answered.clone()).unwrap_or_default();
        Self { with_owner, answered, ..Self::default() }
    }

    /// What is to be asked next. Whose key it is, is not asked with one that is refused.
    pub(super) fn next(&mut self) -> Option<Question> {
        let most = if self.with_owner { QUESTIONS.len() } else { 2 };
        let left = QUESTIONS.iter().enumerate().take(most).skip(self.done);
        let next = left.into_iter().find(|(_, (which, path))| *path == MODELS || self.accepts(*which));
        self.done = next.map_or(most, |(place, _)| place);
        next.map(|(_, question)| *question)
    }

    /// Whether Mistral accepted a key.
    pub(super) fn accepts(&self, which: Which) -> bool {
        matches!(self.side(which).models, Some(Ok(_)))
    }

    fn side(&self, which: Which) -> &Side {
        match which {
            Which::Old => &self.old,
            Which::New => &self.new,
        }
    }

    /// Takes the answer to a question.
    pub(super) fn take(&mut self, (which, path): Question, exchange: &Exchange) {
        self.done += 1;
        let side = match which {
            Which::Old => &mut self.old,
            Which::New => &mut self.new,
        };
        if path == MODELS {
            let listed = judge(exchange).map_err(|finding| finding.cause);
            side.models = Some(listed.map(|listing| {
                let (rows, _) = models::listed(&listing.read());
                work::step(rows.len());
                sorted(rows.into_iter().map(|row| row.name).collect(), String::cmp)
            }));
            return;
        }
        let told = exchange.answer().and_then(|answer| read(&answer.body));
        match (judge_completion(exchange), told) {
            (Ok(()), Some(told)) => side.owner = std::mem::take(&mut side.owner).merge(told),
            (Ok(()), None) => side.untold.push(Cause::NotMistral),
            (Err(finding), _) => side.untold.push(finding.cause),
        }
    }

    /// Notes which models have answered the old key, as long as that is the one that is held.
    pub(super) fn note_answered(&mut self, facts: &Facts) {
        if facts.held_of_pair() == Some(Which::Old) {
            self.answered = callable(facts);
        }
    }

    /// What each key came to, for the table.
    pub(super) fn cells(&self) -> Vec<(&'static str, [String; 2])> {
        let of = |cell: fn(&Side) -> Option<String>| [&self.old, &self.new].map(cell);
        let mut cells = vec![("Mistral said", of(|side| side.models.as_ref().map(verdict)))];
        if self.accepts(Which::Old) || self.accepts(Which::New) {
            let count = |side: &Side| match &side.models {
                Some(Ok(names)) => Some(names.len().to_string()),
                _ => None,
            };
            cells.push(("Models listed", of(count)));
        }
        for fact in [Fact::Workspace, Fact::Organization, Fact::KeyName, Fact::KeyExpires] {
            let told = [&self.old, &self.new].map(|side| {
                let told = side.owner.lines().into_iter().find(|(told, _)| *told == fact);
                told.map(|(_, value)| value)
            });
            if told.iter().any(Option::is_some) {
                cells.push((fact.label(), told));
            }
        }
        let filled = |cell: Option<String>| cell.unwrap_or_else(|| "–".to_owned());
        cells.into_iter().map(|(label, cells)| (label, cells.map(filled))).collect()
    }

    /// What follows from both.
    pub(super) fn lines(&self, facts: &Facts) -> Vec<Line> {
        let line = |question, (mark, answer)| Line { question, mark, answer };
        vec![
            line("Same workspace?", self.same_workspace()),
            line("Same models?", self.same_models()),
            line("Works where the old one did?", self.works_alike(facts)),
        ]
    }

    /// The answer that counts most, for those who hear it.
    pub(super) fn spoken(&self) -> String {
        format!("The keys are compared. Same models? {}", self.same_models().1)
    }

    fn same_workspace(&self) -> (Mark, String) {
        if !self.with_owner {
            return (Mark::Unknown, "Not asked. Tick the box and compare again.".to_owned());
        }
        let [old, new] = [&self.old, &self.new].map(|side| side.owner.workspace.as_ref());
        if let (Some(Workspace { id: Some(old), name }), Some(Workspace { id: Some(new), .. })) = (old, new) {
            let words = name.as_ref().map(|name| format!(": “{name}”")).unwrap_or_default();
            return if old == new {
                (Mark::Good, format!("Yes{words}."))
            } else {
                let no = "No. Each workspace has its own limits, budget and files.";
                (Mark::Bad, no.to_owned())
            };
        }
        let named = |side: Option<&Workspace>| side.and_then(|side| side.name.clone());
        let words = match (named(old), named(new)) {
            (Some(old), Some(new)) => {
                format!("Cannot be told: Mistral gave names without ids, “{old}” and “{new}”.")
            }
            _ if [&self.old, &self.new].iter().any(|side| side.untold.contains(&Cause::Blocked)) => {
                "Cannot be told: no answer about the owner reached this page. Mistral may not let pages of other sites read it (CORS)."
                    .to_owned()
            }
            _ => "Cannot be told: Mistral named no workspace for both.".to_owned(),
        };
        (Mark::Unknown, words)
    }

    fn same_models(&self) -> (Mark, String) {
        let (Some(Ok(old)), Some(Ok(new))) = (&self.old.models, &self.new.models) else {
            return (Mark::Unknown, "Cannot be told: not both keys list models.".to_owned());
        };
        work::step(old.len() + new.len());
        let (lost, won) = (without(old, new), without(new, old));
        if lost.is_empty() && won.is_empty() {
            let count = counted(old.len(), "model", "models");
            return (Mark::Good, format!("Yes: both list the same {count}."));
        }
        let told = |which: Which, names: &[&str]| match names {
            [] => String::new(),
            names => format!(" Only the {} one lists {}.", which.word(), named(names)),
        };
        let mark = if lost.is_empty() { Mark::Good } else { Mark::Bad };
        (mark, format!("No.{}{}", told(Which::Old, &lost), told(Which::New, &won)))
    }

    /// Whether the new key works where the old one did, by the scans that the page has made: reading a list runs nothing.
    fn works_alike(&self, facts: &Facts) -> (Mark, String) {
        let held = facts.held_of_pair();
        let now = callable(facts);
        let answered = if held == Some(Which::Old) { &now } else { &self.answered };
        match &self.new.models {
            Some(Ok(_)) => {}
            Some(Err(cause)) if cause.entry().verdict == Verdict::Refused => {
                return (Mark::Bad, "No: Mistral refuses it.".to_owned());
            }
            _ => return (Mark::Unknown, "Cannot be told: the new key got no list.".to_owned()),
        }
        if answered.is_empty() {
            let both = if self.accepts(Which::Old) { "Both keys list models. Scan" } else { "Scan" };
            return (Mark::Unknown, format!("Not tried. {both} with each to see which models answer."));
        }
        let count = counted(answered.len(), "model", "models");
        if held == Some(Which::Old) || facts.outcomes.is_empty() {
            let listed = match &self.new.models {
                Some(Ok(names)) => answered.len() - without(answered, names).len(),
                _ => 0,
            };
            return (
                Mark::Unknown,
                format!(
                    "Not tried. {count} answered the old key, and the new one lists {listed} of them. To try, test the new key and scan."
                ),
            );
        }
        let alike = answered.len() - without(answered, &now).len();
        let refused = answered.iter().filter(|name| facts.is_refused(name)).count();
        let words = format!("Of {count} that answered the old key, {alike} have answered the new one.");
        match (alike == answered.len(), refused) {
            (true, _) => (Mark::Good, format!("Yes. {words}")),
            (false, 0) => (Mark::Unknown, format!("Not all tried. {words}")),
            (false, refused) => (Mark::Bad, format!("No. {words} It is refused {refused}.")),
        }
    }
}

/// The models that have answered a scan, in order.
fn callable(facts: &Facts) -> Names {
    work::step(facts.outcomes.len());
    let answers = facts.outcomes.iter().filter(|(_, outcome)| outcome.access == Access::Callable);
    answers.map(|(name, _)| name.clone()).collect()
}

/// The names that are not among others, which are in order.
fn without<'n>(names: &'n [String], others: &[String]) -> Vec<&'n str> {
    names.iter().filter(|name| others.binary_search(name).is_err()).map(String::as_str).collect()
}

/// What a list of models, or none, says of a key.
fn verdict(models: &Result<Names, Cause>) -> String {
    match models {
        Ok(_) => "Accepted".to_owned(),
        Err(cause) => cause.entry().headline.to_owned(),
    }
}

/// Names as a sentence lists them.
fn named(names: &[&str]) -> String {
    let (first, more) = names.split_at(names.len().min(MOST_NAMES));
    let words = first.join(", ");
    if more.is_empty() { words } else { format!("{words} and {} more", more.len()) }
}

#[cfg(test)]
mod tests;
