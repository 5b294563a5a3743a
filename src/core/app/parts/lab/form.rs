//! What can be timed, and at what price.

use crate::core::app::calls::Owner;
use crate::core::app::facts::Facts;
use crate::core::app::offered::{OfferedModel, offered, refusal};
use crate::core::app::turns::{Turns, starts_after};
use crate::core::app::words::{about, counted};
use crate::core::bench::{ASSUMPTION, Estimate, MOST_SUBJECTS, Pacing, PlanKind, Schedule, Subject};
use crate::core::models::ModelRow;
use crate::core::monthly_cost::grouped;

use super::{Choice, Lab, NO_SUCH_MODEL, round_trips};

/// The form as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabForm {
    /// What it is good for.
    pub lead: &'static str,
    /// What the user chose.
    pub choice: Choice,
    /// The models that the plan takes.
    pub chosen: Vec<String>,
    /// Which of them are not timed, since they do not answer; a sentence each.
    pub refused: Vec<String>,
    /// The models to choose from; empty where there are too many for a list, and an id is typed instead.
    pub offered: Vec<OfferedModel>,
    /// Whether another model can be chosen.
    pub room: bool,
    /// The most that it can cost; empty where nothing can be started.
    pub price: String,
    /// Why there is nothing to choose from, or what was typed is no model; empty otherwise.
    pub trouble: &'static str,
    /// Requests and time.
    pub facts: String,
    /// Why nothing can be started, and what to do.
    pub problem: Option<String>,
    /// What else is to be known before, a sentence each.
    pub notes: Vec<String>,
    /// What has to end first.
    pub waits: Option<&'static str>,
    /// Whether it goes on.
    pub running: bool,
    /// Whether the same was measured before.
    pub again: bool,
}

/// What the lab is good for.
pub(super) const LEAD: &str = "Is a model fast enough for chat, voice, autocomplete or agents? Measured from your browser, with your key.";

/// The most models of a list to choose from.
const LISTED: usize = 200;

/// Said where no further model can be chosen.
const NO_ROOM: &str = "Six models at most. Remove one to add another.";

impl Lab {
    /// The form, as long as there are models.
    pub fn form(&self, facts: &Facts, turns: &Turns) -> Option<LabForm> {
        let estimate = self.estimate?;
        if facts.rows_shown.is_empty() {
            return None;
        }
        let room = self.chosen.len() < MOST_SUBJECTS || !self.choice.plan.takes_several();
        let mut form = LabForm {
            lead: LEAD,
            choice: self.choice.clone(),
            chosen: self.chosen.clone(),
            refused: self.refusals(facts),
            offered: if room { self.offered(facts) } else { Vec::new() },
            trouble: match (room, self.unknown) {
                (false, _) => NO_ROOM,
                (true, true) => NO_SUCH_MODEL,
                (true, false) => "",
            },
            room,
            price: String::new(),
            facts: String::new(),
            problem: None,
            notes: Vec::new(),
            waits: if facts.key_was_wiped() {
                Some(facts.key_is_gone())
            } else {
                turns.taken_by_other(Owner::Lab).map(starts_after)
            },
            running: self.is_running(),
            again: self.repeats(),
        };
        match estimate {
            Ok(estimate) => {
                form.price = estimate.worst.rounded_up();
                form.facts = requests_and_time(estimate);
                form.notes = self.notes(facts, estimate);
            }
            Err(unready) => form.problem = Some(unready.sentence()),
        }
        Some(form)
    }

    /// The models to choose from.
    fn offered(&self, facts: &Facts) -> Vec<OfferedModel> {
        if facts.rows_shown.len() > LISTED {
            return Vec::new();
        }
        let several = self.choice.plan.takes_several();
        let free =
            |row: &ModelRow| Subject::of(row).is_some() && !(several && self.chosen.contains(&row.name));
        offered(facts, free, LISTED)
    }

    /// Which models of a plan that takes several are not timed, and why. Of one that takes one this is why nothing can be started.
    fn refusals(&self, facts: &Facts) -> Vec<String> {
        if !self.choice.plan.takes_several() {
            return Vec::new();
        }
        let refused = |row: &ModelRow| {
            refusal(facts.access(row)).map(|why| format!("{} is not timed: {why}.", row.name))
        };
        self.chosen_rows(facts).filter_map(refused).collect()
    }

    fn notes(&self, facts: &Facts, estimate: Estimate) -> Vec<String> {
        let mut notes = match self.schedule(facts, 0) {
            Ok(schedule) => self.notes_on_calls(&schedule),
            Err(_) => Vec::new(),
        };
        notes.push(format!(
            "First, {} calls without a key time the round trip to each host. Mistral refuses them at once; they are free.",
            round_trips::CALLS
        ));
        notes.push(
            "The first call to each model and host opens the connection and is not counted.".to_owned(),
        );
        notes.push(format!(
            "At most {} tokens are used. The duration is an estimate: it holds {ASSUMPTION}.",
            grouped(estimate.tokens)
        ));
        notes
    }

    fn notes_on_calls(&self, schedule: &Schedule) -> Vec<String> {
        let workload = schedule.workload();
        let streams = schedule.series().iter().any(|series| series.subject.call.streams());
        let asks =
            if streams { format!(" and asks for up to {} tokens", workload.answer) } else { String::new() };
        let mut notes = vec![
            format!(
                "Each call sends a new prompt of about {}, so that no cache helps,{asks}. Temperature 0.",
                workload.prompt.label(),
            ),
            workload.pacing.sentence().to_owned(),
        ];
        if !streams {
            notes.push("These models do not stream, so only the whole answer is timed.".to_owned());
        }
        if let Pacing::Closed { pause } = workload.pacing
            && pause.as_millis() < 1_000
            && self.choice.plan != PlanKind::Load
        {
            notes.push("The free plan allows one call a second; this pause is shorter.".to_owned());
        }
        notes
    }
}

fn requests_and_time(estimate: Estimate) -> String {
    let mut words = format!(
        "{}, and {} without a key to each host; about {}.",
        counted(estimate.requests, "request", "requests"),
        round_trips::CALLS,
        about(estimate.duration)
    );
    if estimate.unpriced > 0 {
        words.extend([
            " ",
            &counted(estimate.unpriced, "call goes", "calls go"),
            " to a model whose price is unknown; its cost is not included.",
        ]);
    }
    words
}
