//! What the page can do next about a verdict, on a press: ask another host, test again by itself, show a command.

use super::KeyTest;
use super::retest::{Countdown, Phase};
use crate::core::app::copied::{self, Copied};
use crate::core::app::facts::Facts;
use crate::core::app::words::minutes;
use crate::core::explain::{Cause, Retest};
use crate::core::mistral::{self, Endpoint};

/// Something that can be pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Test the same key at another host.
    TestAt(Endpoint),
    /// Test again by itself for a while. What the button says.
    Retest(String),
    /// A command for the terminal that shows what a browser hides, and whether it was copied.
    Command {
        /// The command. The key is taken from the environment.
        text: String,
        /// `None` before it was copied.
        copied: Option<bool>,
    },
}

/// A countdown in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetestView {
    /// Minutes and seconds that are left, such as `4:31`; empty once it is over.
    pub left: String,
    /// What is going on, or what it came to.
    pub sentence: String,
    /// Whether it can be stopped.
    pub running: bool,
}

impl KeyTest {
    /// What is offered with the verdict on the screen.
    pub(super) fn offers(&self, facts: &Facts, copied: Option<&Copied>) -> Vec<Offer> {
        let Some(done) = self.done() else { return Vec::new() };
        let mut offers = Vec::new();
        let running = done.retest.as_ref().is_some_and(Countdown::is_running);
        if let (Some(plan), false, true) =
            (done.explanation.retest, running, done.request.path == mistral::MODELS)
        {
            offers.push(Offer::Retest(retest_label(plan)));
        }
        // What was wiped can be sent nowhere.
        if facts.key_was_wiped() {
            offers.clear();
        }
        // In the demo every host is the same simulated one.
        if facts.simulated {
            return offers;
        }
        if asks_elsewhere(done.explanation.cause) && !facts.key_was_wiped() {
            let untested = |endpoint: &Endpoint| !self.history.was_tested_at(*endpoint);
            offers.extend(Endpoint::ALL.into_iter().filter(untested).map(Offer::TestAt));
        }
        if hides_something(done.explanation.cause) {
            let (text, copied) = copied::command(copied, &done.request);
            offers.push(Offer::Command { text, copied });
        }
        offers
    }

    /// The countdown of the verdict on the screen.
    pub(super) fn retest_view(&self) -> Option<RetestView> {
        let retest = self.done()?.retest.as_ref()?;
        let tests = match retest.tests {
            0 => "not tested again yet".to_owned(),
            1 => "tested again once, with no other verdict".to_owned(),
            n => format!("tested again {n} times, with no other verdict"),
        };
        let during = minutes(retest.during());
        let (left, sentence) = match retest.phase {
            Phase::Starting => (during, format!("Testing again by itself: {tests}.")),
            Phase::Running { left, .. } => (minutes(left), format!("Testing again by itself: {tests}.")),
            Phase::Stopped => (String::new(), format!("Stopped: {tests}.")),
            Phase::Over => (String::new(), format!("The time is over: {tests}.")),
        };
        Some(RetestView { left, sentence, running: retest.is_running() })
    }
}

/// Whether another host's answer would tell something.
const fn asks_elsewhere(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::InvalidKey
            | Cause::Unauthorized
            | Cause::NoRoute
            | Cause::NotFound
            | Cause::EdgeError
            | Cause::Blocked
            | Cause::TimedOut
    )
}

/// Whether a terminal shows more than a browser: headers, or why there is no answer.
const fn hides_something(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::Unauthorized
            | Cause::RateLimited
            | Cause::ZeroQuota
            | Cause::RequestsPerSecond
            | Cause::Capacity
            | Cause::MonthQuota
            | Cause::Timeout
            | Cause::ServerError
            | Cause::Unavailable
            | Cause::GatewayTimeout
            | Cause::EdgeError
            | Cause::StreamIncomplete
            | Cause::NotMistral
            | Cause::Blocked
            | Cause::Csp
            | Cause::TimedOut
    )
}

fn retest_label(plan: Retest) -> String {
    if plan.during <= plan.every {
        let seconds = plan.every.as_millis() / 1_000;
        let unit = if seconds == 1 { "second" } else { "seconds" };
        return format!("Test again in {seconds} {unit}");
    }
    let during = plan.during.as_millis() / 1_000;
    if during.is_multiple_of(60) {
        let unit = if during == 60 { "minute" } else { "minutes" };
        return format!("Keep testing for {} {unit}", during / 60);
    }
    format!("Keep testing for {during} seconds")
}
