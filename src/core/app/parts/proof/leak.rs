//! "Try to leak": every attempt is made, one after the other, and what the browser says to it is kept.

use super::Step;
use super::attempt::{Attempt, Look, Tried, Violation};
use crate::core::app::effect::Effect;
use crate::core::app::words::counted;
use crate::core::time::Span;

/// When an attempt is looked at. Browsers may say in two ways that they refuse it, so the next one waits even then.
const LOOKS: [Span; 2] = [Span::from_millis(120), Span::from_millis(800)];

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Result {
    /// The browser refused it, by this rule of the policy.
    Refused(String),
    /// The browser threw an error, and named no rule.
    Threw,
    /// The browser has no such thing.
    Absent,
    /// The browser did not refuse it.
    NotRefused,
}

impl Result {
    /// Its stable name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Threw => "threw",
            Self::Absent => "absent",
            Self::NotRefused => "not-refused",
        }
    }

    /// What it comes to, in a few words.
    fn words(&self) -> String {
        match self {
            Self::Refused(rule) => format!("refused by {}", line_of_policy(rule)),
            Self::Threw => "refused with an error, without a rule".to_owned(),
            Self::Absent => "this browser has none".to_owned(),
            Self::NotRefused => "not refused".to_owned(),
        }
    }
}

/// The lines of the policy that a refusal can rest on, by their names.
const LINES: [&str; 7] =
    ["script-src", "style-src", "img-src", "connect-src", "worker-src", "form-action", "base-uri"];

/// The line of the policy that a rule rests on: browsers name finer rules, for which another line stands in.
fn line_of_policy(rule: &str) -> &str {
    if rule.starts_with("require-trusted") {
        return "require-trusted-types-for";
    }
    LINES.into_iter().find(|line| rule.starts_with(line)).unwrap_or("default-src")
}

/// A line of what was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeakRow {
    /// The attempt.
    pub attempt: Attempt,
    /// What came of it; none before it was made.
    pub result: Option<Result>,
    /// What is said of that.
    pub words: String,
}

/// What is shown of the attempts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeakView {
    /// What came of all of them; empty before.
    pub headline: String,
    /// The word on the button.
    pub press: &'static str,
    /// Whether something was not refused.
    pub leaks: bool,
    /// Whether they are being made.
    pub running: bool,
    /// Each attempt; none before the first press.
    pub rows: Vec<LeakRow>,
}

/// The attempts so far.
#[derive(Debug, Default)]
pub(super) struct Leak {
    begun: bool,
    /// What came of the attempts that were made, in their order.
    results: Vec<Result>,
    /// The rule by which the attempt that is being made was refused.
    refusal: Option<String>,
}

impl Leak {
    /// The attempt that is being made.
    fn current(&self) -> Option<Attempt> {
        Attempt::ALL.get(self.results.len()).copied().filter(|_| self.begun)
    }

    pub(super) fn has_begun(&self) -> bool {
        self.begun
    }

    pub(super) fn is_running(&self) -> bool {
        self.current().is_some()
    }

    /// Begins anew, unless attempts are being made.
    pub(super) fn begin(&mut self) -> Step {
        if self.is_running() {
            return Step::quiet();
        }
        *self = Self { begun: true, ..Self::default() };
        self.next()
    }

    fn next(&self) -> Step {
        match self.current() {
            Some(attempt) => {
                Step::default().effect(Effect::TryLeak { attempt, address: attempt.address(), looks: LOOKS })
            }
            None => Step::default().say_of_real(self.headline()),
        }
    }

    /// The browser has refused something.
    pub(super) fn refused(&mut self, violation: Violation) -> Step {
        if self.current().is_some_and(|attempt| attempt.is_meant_by(&violation)) && self.refusal.is_none() {
            self.refusal = Some(violation.directive);
        }
        Step::quiet()
    }

    /// The browser had some time to refuse an attempt.
    pub(super) fn tried(&mut self, attempt: Attempt, tried: Tried, look: Look) -> Step {
        if self.current() != Some(attempt) || (look == Look::Early && self.refusal.is_none()) {
            return Step::quiet();
        }
        self.results.push(match (self.refusal.take(), tried) {
            (Some(rule), _) => Result::Refused(rule),
            (None, Tried::Taken) => Result::NotRefused,
            (None, Tried::Threw) => Result::Threw,
            (None, Tried::Absent) => Result::Absent,
        });
        self.next()
    }

    fn headline(&self) -> String {
        let through = self.results.iter().filter(|result| **result == Result::NotRefused).count();
        let all = Attempt::ALL.len();
        if self.is_running() {
            format!("{} of {all} tried", self.results.len())
        } else if !self.begun {
            String::new()
        } else if through == 0 {
            format!("{all} ways tried. Your browser let none through.")
        } else {
            format!(
                "{all} ways tried. Your browser did not refuse {}.",
                counted(through, "of them", "of them")
            )
        }
    }

    pub(super) fn view(&self) -> LeakView {
        let rows = Attempt::ALL.into_iter().enumerate().map(|(place, attempt)| {
            let result = self.results.get(place).cloned();
            let words = result.as_ref().map(Result::words).unwrap_or_default();
            LeakRow { attempt, result, words }
        });
        LeakView {
            headline: self.headline(),
            press: match (self.is_running(), self.begun) {
                (true, _) => "Trying…",
                (false, false) => "Try to leak",
                (false, true) => "Try again",
            },
            leaks: self.results.contains(&Result::NotRefused),
            running: self.is_running(),
            rows: if self.begun { rows.collect() } else { Vec::new() },
        }
    }
}
