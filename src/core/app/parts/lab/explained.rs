//! What the lab is for, where there is no model to time yet.

use crate::core::app::facts::Facts;
use crate::core::bench::{Call, Plan, Subject};
use crate::core::mistral::Endpoint;
use crate::core::prices::Price;

use super::form::LEAD;
use super::{Lab, round_trips};
use crate::core::app::words::about;

/// The model that a Quick run is priced with, where none is listed.
const EXAMPLE: &str = "ministral-3b-2512";

/// What the lab would do with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabExplained {
    /// What it is good for.
    pub lead: &'static str,
    /// What is measured, and what that means.
    pub measures: [(&'static str, &'static str); 3],
    /// What one Quick run sends and costs.
    pub quick: String,
    /// How it is tried.
    pub demo: &'static str,
}

impl Lab {
    /// What it would do, as long as there are no models.
    pub fn explained(&self, facts: &Facts) -> Option<LabExplained> {
        let offered = !facts.rows_shown.is_empty() && self.estimate.is_some();
        (!offered).then(|| LabExplained {
            lead: LEAD,
            measures: [
                ("Time to first token", "How long until the first words arrive."),
                ("Tokens per second", "How fast the rest of the answer follows."),
                ("Round trip", "How much of the time is the network, by calls without a key."),
            ],
            quick: quick(),
            demo: "Test a key to measure. The demo runs it with simulated answers and costs nothing.",
        })
    }
}

fn quick() -> String {
    let subject =
        Subject { model: EXAMPLE.to_owned(), call: Call::Chat, price: Price::of(&[EXAMPLE.to_owned()]) };
    let Ok(schedule) = Plan::Quick(subject).schedule(Endpoint::default(), 0) else { return String::new() };
    let estimate = schedule.estimate();
    format!(
        "One Quick run sends {} short requests and {} without a key, takes about {} and costs at most {} with {EXAMPLE}.",
        estimate.requests,
        round_trips::CALLS,
        about(estimate.duration),
        estimate.worst.rounded_up()
    )
}
