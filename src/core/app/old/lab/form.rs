//! What can be timed, and at what price.

use crate::core::app::features::scan_runs;
use crate::core::app::lab::{Choice, NO_SUCH_MODEL, trips};
use crate::core::app::offer::minutes;
use crate::core::app::present::counted;
use crate::core::app::{Check, Done, Model, Whose};
use crate::core::bench::{ASSUMPTION, Estimate, MOST_SUBJECTS, Pacing, PlanKind, Subject};
use crate::core::models::ModelRow;

/// The form as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabForm {
    /// What the user chose.
    pub choice: Choice,
    /// The models that are going to be timed.
    pub chosen: Vec<String>,
    /// The models that can be chosen; empty where there are too many for a list, and an id is typed instead.
    pub offered: Vec<String>,
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
    /// Whether there is something from before.
    pub again: bool,
}

/// The most models of a list to choose from.
const LISTED: usize = 200;

impl Model {
    /// The form, as long as there are models.
    pub fn lab_form(&self) -> Option<LabForm> {
        let estimate = self.lab.estimate?;
        if self.rows_shown.is_empty() {
            return None;
        }
        let choice = &self.lab.choice;
        let chosen: Vec<String> = self.lab_rows().into_iter().map(|row| row.name.clone()).collect();
        let timed = |row: &&ModelRow| Subject::of(row).is_some();
        let many = self.rows_shown.len() > LISTED;
        let room = chosen.len() < MOST_SUBJECTS || !choice.plan.takes_several();
        let free =
            |row: &&ModelRow| timed(row) && !(choice.plan.takes_several() && chosen.contains(&row.name));
        let offered = self.rows_shown.iter().filter(|row| !many && room && free(row));
        let offered = offered.map(|row| row.name.clone()).collect();
        let (price, facts, problem, notes) = match estimate {
            Ok(estimate) => (estimate.worst.rounded_up(), facts(estimate), None, self.lab_notes(estimate)),
            Err(unready) => (String::new(), String::new(), Some(unready.sentence()), Vec::new()),
        };
        Some(LabForm {
            choice: choice.clone(),
            chosen,
            offered,
            trouble: if !room {
                "Six models are the most. Leave one out to add another."
            } else if self.lab.unknown {
                NO_SUCH_MODEL
            } else {
                ""
            },
            room,
            price,
            facts,
            problem,
            notes,
            waits: self.lab_waits(),
            running: self.lab.is_running(),
            again: self.lab.run.is_some(),
        })
    }

    /// What has to end before something can be timed: calls at the same time would add to each other's times.
    pub(super) fn lab_waits(&self) -> Option<&'static str> {
        if self.key_was_wiped() {
            Some(self.key_is_gone())
        } else if scan_runs(self) {
            Some("It can start when the scan has ended: its calls would disturb the times.")
        } else if self.features.is_running() {
            Some("It can start when the checks have ended: their calls would disturb the times.")
        } else if matches!(self.whose, Whose::Asking(_)) {
            Some("It can start when it is known whose key this is.")
        } else if matches!(&self.check, Check::Done(Done { round_trip: Some(trip), .. }) if trip.wants_more())
        {
            Some("It can start when the round trip has been measured.")
        } else {
            None
        }
    }

    fn lab_notes(&self, estimate: Estimate) -> Vec<String> {
        let mut notes = Vec::new();
        if let Ok(schedule) = self.lab_schedule(0) {
            let workload = schedule.workload();
            let streams = schedule.series().iter().any(|series| series.subject.call.streams());
            notes.push(format!(
                "Each call sends a prompt of about {}, unlike all others so that no cache flatters{}, temperature 0.",
                workload.prompt.label(),
                if streams {
                    format!(", and asks for up to {} tokens", workload.answer)
                } else {
                    String::new()
                },
            ));
            notes.push(workload.pacing.sentence().to_owned());
            if !streams {
                notes.push(
                    "These models answer at once and not token by token, so only the whole answer is timed."
                        .to_owned(),
                );
            }
            if let Pacing::Closed { pause } = workload.pacing
                && pause.as_millis() < 1_000
                && self.lab.choice.plan != PlanKind::Load
            {
                notes.push("Less than a second between calls is more than the free plan allows.".to_owned());
            }
        }
        notes.push(format!(
            "Before, {} calls without the key time the round trip to each host: Mistral refuses them at once, and they cost nothing.",
            trips::CALLS
        ));
        notes.push(
            "One call for each model and host comes first and is not counted: it opens the connection."
                .to_owned(),
        );
        notes.push(format!(
            "No more than {} tokens can be used. The time is right {ASSUMPTION}.",
            grouped(estimate.tokens)
        ));
        notes
    }
}

fn facts(estimate: Estimate) -> String {
    let requests = counted(estimate.requests, "request", "requests");
    let mut facts = format!(
        "{requests}, and {} without the key to each host; about {}.",
        trips::CALLS,
        minutes(estimate.duration)
    );
    if estimate.unpriced > 0 {
        let calls = counted(estimate.unpriced, "call goes", "calls go");
        facts.extend([
            " ",
            &calls,
            " to a model without a known price: what that costs is not in the amount.",
        ]);
    }
    facts
}

/// A number with a thin blank between groups of three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}
