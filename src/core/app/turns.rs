//! Who may use the line: one rule for all that send calls behind a verdict.
//!
//! A measurement is alone, for calls at the same time would add to each other's times, and so is the search for a pace, which they would
//! count against. The scan, the checks, the question whose
//! key it is and the warm calls go one after another, for two at once would be twice the pace that was chosen. Whoever finds the line
//! taken waits and is told when its turn has come; only these two do not wait, since what they would send and what that
//! costs may change meanwhile. The test of a key ends all of them before it begins.

use std::collections::VecDeque;

use super::request_id::Owner;

/// Who uses the line, and who waits for it.
#[derive(Debug, Default)]
pub struct Turns {
    holder: Option<Owner>,
    waiting: VecDeque<Owner>,
}

/// The answer to who asks for the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The line is free, and now taken.
    Go,
    /// It waits until whoever this is has ended.
    Wait(Owner),
    /// Nothing can begin before whoever this is has ended.
    Refused(Owner),
}

impl Turns {
    /// Asks for the line.
    pub fn ask(&mut self, owner: Owner) -> Answer {
        match self.holder {
            None => {
                self.holder = Some(owner);
                Answer::Go
            }
            Some(holder) if holder == owner => Answer::Go,
            Some(holder) if !waits(owner) => Answer::Refused(holder),
            Some(holder) => {
                if !self.waiting.contains(&owner) {
                    self.waiting.push_back(owner);
                }
                Answer::Wait(holder)
            }
        }
    }

    /// Gives the line up, or a place among those who wait for it; tells whose turn it is now, if that changes.
    pub fn pass(&mut self, owner: Owner) -> Option<Owner> {
        self.waiting.retain(|other| *other != owner);
        if self.holder != Some(owner) {
            return None;
        }
        self.holder = self.waiting.pop_front();
        self.holder
    }

    /// Takes the line from all of them.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whom this one waits for, if it does.
    pub fn waits_for(&self, owner: Owner) -> Option<Owner> {
        self.holder.filter(|_| self.waiting.contains(&owner))
    }

    /// Who keeps this one from beginning at once.
    pub fn taken_by_other(&self, owner: Owner) -> Option<Owner> {
        self.holder.filter(|holder| *holder != owner)
    }
}

/// Whether it can wait for its turn.
const fn waits(owner: Owner) -> bool {
    !matches!(owner, Owner::Lab | Owner::Headroom)
}

/// What has to end before a turn comes: the rest of a sentence that begins with what waits.
pub(super) const fn until(holder: Owner) -> &'static str {
    match holder {
        Owner::Scan => "for the scan to end",
        Owner::Features => "for the checks to end",
        Owner::Lab => "for the measurement to end",
        Owner::Headroom => "for the search for the pace to end",
        Owner::Identity => "until it is known whose key this is",
        Owner::Rotation => "for an answer about the two keys",
        Owner::RoundTrip => "until the round trip has been measured",
        Owner::Request => "until the repaired request is answered",
        Owner::KeyTest | Owner::Inquiry | Owner::Retest | Owner::Session => "for the test of the key to end",
    }
}

/// What is heard when something waits; none of what nobody asked for.
pub(super) fn waiting_sentence(owner: Owner, holder: Owner) -> Option<String> {
    let waits = match owner {
        Owner::Scan => "The scan waits",
        Owner::Features => "The checks wait",
        Owner::Identity => "The question waits",
        Owner::Request => "The request waits",
        Owner::Rotation => "The two keys wait",
        _ => return None,
    };
    Some(format!("{waits} {}.", until(holder)))
}

/// What has to end before a measurement can start: calls at the same time would add to each other's times.
pub(super) const fn starts_after(holder: Owner) -> &'static str {
    match holder {
        Owner::Scan => "It can start when the scan has ended: its calls would disturb the times.",
        Owner::Features => "It can start when the checks have ended: their calls would disturb the times.",
        Owner::Identity => "It can start when it is known whose key this is.",
        Owner::Rotation => "It can start when the answer about the two keys has come.",
        Owner::RoundTrip => "It can start when the round trip has been measured.",
        Owner::Lab => "It can start when the measurement before has ended.",
        Owner::Request => "It can start when the repaired request is answered.",
        Owner::Headroom => "It can start when the search for the pace has ended.",
        Owner::KeyTest | Owner::Inquiry | Owner::Retest | Owner::Session => {
            "It can start when the test of the key has ended."
        }
    }
}

/// What waits, in a word or two of a row.
pub(super) const fn waits_for(holder: Option<Owner>) -> &'static str {
    match holder {
        Some(Owner::Scan) => "waits for the scan",
        Some(Owner::Lab) => "waits for the measurement",
        Some(Owner::Headroom) => "waits for the search",
        Some(Owner::RoundTrip) => "waits for the round trip",
        Some(Owner::Identity) => "waits for the owner",
        Some(Owner::Rotation) => "waits for the two keys",
        _ => "waits",
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Turns};
    use crate::core::app::calls::Owner;

    #[test]
    fn whoever_waits_is_told_in_the_order_of_asking() {
        let mut turns = Turns::default();
        assert_eq!(turns.ask(Owner::Scan), Answer::Go);
        assert_eq!(turns.ask(Owner::Features), Answer::Wait(Owner::Scan));
        assert_eq!(turns.ask(Owner::Identity), Answer::Wait(Owner::Scan));
        assert_eq!(turns.ask(Owner::Features), Answer::Wait(Owner::Scan));
        assert_eq!(turns.pass(Owner::Scan), Some(Owner::Features));
        assert_eq!(turns.waits_for(Owner::Identity), Some(Owner::Features));
        assert_eq!(turns.pass(Owner::Features), Some(Owner::Identity));
        assert_eq!(turns.pass(Owner::Identity), None);
        assert_eq!(turns.holder, None);
    }

    #[test]
    fn a_measurement_does_not_wait_and_others_wait_for_it() {
        let mut turns = Turns::default();
        assert_eq!(turns.ask(Owner::RoundTrip), Answer::Go);
        assert_eq!(turns.ask(Owner::Lab), Answer::Refused(Owner::RoundTrip));
        assert_eq!(turns.pass(Owner::RoundTrip), None);
        assert_eq!(turns.ask(Owner::Lab), Answer::Go);
        assert_eq!(turns.ask(Owner::Scan), Answer::Wait(Owner::Lab));
    }

    #[test]
    fn whoever_gives_up_its_place_gets_no_turn() {
        let mut turns = Turns::default();
        assert_eq!(turns.ask(Owner::Scan), Answer::Go);
        assert_eq!(turns.ask(Owner::Identity), Answer::Wait(Owner::Scan));
        assert_eq!(turns.pass(Owner::Identity), None);
        assert_eq!(turns.holder, Some(Owner::Scan));
        assert_eq!(turns.pass(Owner::Scan), None);
    }
}
