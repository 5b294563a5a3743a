//! The request doctor in words.

use std::sync::Arc;

use super::trial::{self, State};
use super::{Found, Kept, Request};
use crate::core::app::calls::Owner;
use crate::core::app::copied::{Copied, Copyable, outcome};
use crate::core::app::facts::Facts;
use crate::core::app::pasted::MaskedText;
use crate::core::app::turns::{Turns, until};
use crate::core::app::words::{counted, masked_words};
use crate::core::explain::Explanation;
use crate::core::request::schema::READ;
use crate::core::request::{Hunk, Part, Repair};

/// The request doctor as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestView {
    /// What was done to the text: secrets masked, the rest of a long one dropped.
    pub changes: String,
    /// What is said of a text that holds no request, or none that can be read.
    pub sentence: &'static str,
    /// A request that was read.
    pub repair: Option<RepairView>,
    /// Whether there is a text.
    pub has_text: bool,
}

/// A repaired request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairView {
    /// `repaired`, `right` or `left`: changed, nothing to change, or something left that is not right.
    pub state: &'static str,
    /// What came of it, in a few words.
    pub headline: String,
    /// What it was read as.
    pub read_as: String,
    /// The changes; each with its reasons.
    pub hunks: Arc<[HunkView]>,
    /// How many more there are.
    pub more: usize,
    /// What is left that is not right: a sentence each.
    pub faults: Vec<String>,
    /// What was left alone: a sentence each.
    pub notes: Vec<String>,
    /// The repaired text, to copy; none where nothing was changed.
    pub text: Option<Arc<MaskedText>>,
    /// What the button for that says, before it was pressed.
    pub copy: &'static str,
    /// Whether it was copied.
    pub copied: Option<bool>,
    /// Whether the user has to put a key in: one was masked.
    pub masked: bool,
    /// The day of the document that fields and values are held against.
    pub read_on: String,
    /// The trial.
    pub trial: TrialView,
}

/// A change with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HunkView {
    /// The number of its first line, counted from 1.
    pub line: u32,
    /// The lines as they were.
    pub before: Vec<Vec<Part>>,
    /// The lines as they are.
    pub after: Vec<Vec<Part>>,
    /// What was changed and why, each once.
    pub reasons: Vec<(String, String)>,
}

/// The trial of the repaired request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrialView {
    /// `untried`, `waiting`, `asking`, `stopped`, `taken` or `refused`.
    pub state: &'static str,
    /// The most that it costs, beside the button; none where it is not offered.
    pub price: Option<String>,
    /// What the button says.
    pub press: &'static str,
    /// Whether it waits or is under way.
    pub running: bool,
    /// Why it is not offered, what it waits for, or what came of it.
    pub sentence: String,
    /// Why Mistral did not take it.
    pub explanation: Option<Arc<Explanation>>,
}

/// The most changes that are drawn.
const MOST_DRAWN: usize = 60;

/// What a repair comes to, in a few words.
pub(super) fn headline(repair: &Repair) -> String {
    let changes = repair.reasons.len();
    match (changes, repair.is_legal()) {
        (0, true) => "Nothing here is known to be wrong.".to_owned(),
        (0, false) => "Something here is wrong, and what it should be is not known.".to_owned(),
        (_, true) => format!("Repaired, with {}.", counted(changes, "change", "changes")),
        (_, false) => {
            let wrong = counted(repair.faults.len(), "thing is", "things are");
            format!("{} made. {wrong} still wrong.", counted(changes, "change", "changes"))
        }
    }
}

impl Request {
    /// The request doctor.
    pub fn view(&self, facts: &Facts, turns: &Turns, copied: Option<&Copied>) -> RequestView {
        let mut changes = masked_words(self.masked);
        if self.cut {
            changes.push_str("Only the first megabyte was read. The rest was dropped.");
        }
        let sentence = if let Found::Sentence(sentence) = self.found { sentence } else { "" };
        let repair = match &self.found {
            Found::Repaired(kept) => Some(self.repair_view(kept, facts, turns, copied)),
            _ => None,
        };
        RequestView { changes, sentence, repair, has_text: !self.text().is_empty() }
    }

    fn repair_view(&self, kept: &Kept, facts: &Facts, turns: &Turns, copied: Option<&Copied>) -> RepairView {
        let Kept { repair, text, hunks, .. } = kept;
        let copied = copied.filter(|copied| copied.kind == Copyable::Request);
        let call = repair.call.map(|call| format!(" for {}", call.path())).unwrap_or_default();
        RepairView {
            state: match (repair.reasons.is_empty(), repair.is_legal()) {
                (_, false) => "left",
                (true, true) => "right",
                (false, true) => "repaired",
            },
            headline: headline(repair),
            read_as: format!("Read as {}{call}.", repair.form.label()),
            hunks: Arc::clone(hunks),
            more: repair.hunks.len().saturating_sub(MOST_DRAWN),
            faults: repair.faults.clone(),
            notes: repair.notes.clone(),
            copy: if repair.is_legal() {
                "Copy the repaired request"
            } else {
                "Copy what was changed so far"
            },
            copied: outcome(copied, text.words()),
            text: (!repair.reasons.is_empty()).then(|| Arc::clone(text)),
            masked: self.masked > 0,
            read_on: READ.on.in_words(),
            trial: self.trial_view(kept, facts, turns),
        }
    }

    fn trial_view(&self, kept: &Kept, facts: &Facts, turns: &Turns) -> TrialView {
        let plan = trial::plan(&kept.draft, facts);
        let mut view = TrialView { state: "untried", press: "Send it once", ..TrialView::default() };
        match &plan {
            Ok(plan) => view.price = Some(plan.offer()),
            Err(why) => (*why).clone_into(&mut view.sentence),
        }
        let what = if kept.repair.reasons.is_empty() { "the request" } else { "the repaired request" };
        let who = if facts.simulated { "The simulated Mistral" } else { "Mistral" };
        view.running = self.is_running();
        let state = self.trial.state();
        if matches!(state, State::Stopped | State::Taken(_) | State::Refused(_)) {
            view.press = "Send it again";
        }
        match state {
            State::Untried => {}
            State::Waiting => {
                view.state = "waiting";
                let holder = turns.waits_for(Owner::Request);
                view.sentence =
                    holder.map(|holder| format!("It waits {}.", until(holder))).unwrap_or_default();
            }
            State::Asking => (view.state, view.sentence) = ("asking", "The request is under way.".to_owned()),
            State::Stopped => {
                (view.state, view.sentence) =
                    ("stopped", "Stopped. Mistral may have counted the request.".to_owned());
            }
            State::Taken(cost) => {
                let spent = !cost.is_empty() && !facts.simulated;
                let cost = if spent { format!(" It {cost}.") } else { String::new() };
                (view.state, view.sentence) = ("taken", format!("{who} took {what}.{cost}"));
            }
            State::Refused(explanation) => {
                let headline = &explanation.headline;
                (view.state, view.sentence) = ("refused", format!("{who} did not take {what}. {headline}"));
                view.explanation = Some(explanation);
            }
        }
        view
    }
}

/// The changes as they are drawn, of many the first.
pub(super) fn hunks(repair: &Repair) -> Arc<[HunkView]> {
    repair.hunks.iter().take(MOST_DRAWN).map(|hunk| hunk_view(hunk, repair)).collect()
}

/// Places that are named for one reason.
const MOST_PLACES: usize = 6;

/// Parts of a line that are drawn.
const MOST_PARTS: usize = 120;

fn hunk_view(hunk: &Hunk, repair: &Repair) -> HunkView {
    // The same reason for several places is told once.
    let mut reasons: Vec<(Vec<&str>, String)> = Vec::new();
    for reason in hunk.reasons.iter().filter_map(|at| repair.reasons.get(*at)) {
        match reasons.iter_mut().find(|(_, known)| *known == reason.why) {
            Some((places, _)) => places.push(&reason.what),
            None => reasons.push((vec![&reason.what], reason.why.to_string())),
        }
    }
    let told = |(mut places, why): (Vec<&str>, String)| {
        places.dedup();
        let more = places.len().saturating_sub(MOST_PLACES);
        places.truncate(MOST_PLACES);
        let mut what = places.join(", ");
        if more > 0 {
            what.extend([" and ", &more.to_string(), " more"]);
        }
        (what, why)
    };
    let drawn = |lines: &[Vec<Part>]| lines.iter().map(|line| drawn_line(line)).collect();
    HunkView {
        line: hunk.line,
        before: drawn(&hunk.before),
        after: drawn(&hunk.after),
        reasons: reasons.into_iter().take(MOST_PLACES).map(told).collect(),
    }
}

fn drawn_line(line: &[Part]) -> Vec<Part> {
    let mut drawn: Vec<Part> = line.iter().take(MOST_PARTS).cloned().collect();
    if line.len() > MOST_PARTS {
        drawn.push(Part::Gap);
    }
    drawn
}
