//! The two keys of a rotation, as they are drawn.

use super::comparison::{Comparison, Line};
use super::watch::{MOST_REQUESTS, MOST_TIME, Watch, WatchView};
use super::{ALL_THE_SAME, Rotation, SAME};
use crate::core::app::calls::Owner;
use crate::core::app::facts::{Facts, Which};
use crate::core::app::reading::Tone;
use crate::core::app::turns::{Turns, until};
use crate::core::app::words::about;
use crate::core::key::ApiKey;

/// What is said below the field while it is empty.
const EMPTY: &str = "The new key stays in this tab, like the old one. Nothing is sent until you press.";

/// The two keys of a rotation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RotationView {
    /// `untested`, `demo`, `entry`, `waiting`, `comparing`, `compared`, `watching` or `watched`.
    pub state: &'static str,
    /// What can be done, where it cannot be done at once; or what goes on.
    pub note: Option<String>,
    /// What is said below the field, and how.
    pub hint: String,
    /// How that is meant.
    pub tone: Tone,
    /// Whether the field shows its text.
    pub revealed: bool,
    /// Whether it is to be asked whose keys they are.
    pub with_owner: bool,
    /// What a comparison sends and costs.
    pub requests: &'static str,
    /// The two keys, by what may be shown of them and how they stand; none before there are two.
    pub keys: Option<[(String, &'static str); 2]>,
    /// What each key came to.
    pub cells: Vec<(&'static str, [String; 2])>,
    /// What follows from both.
    pub lines: Vec<Line>,
    /// What can be pressed.
    pub presses: Vec<Press>,
    /// The watch, under way or over.
    pub watch: Option<WatchView>,
    /// What a watch sends at most.
    pub watch_most: String,
    /// What is said of the file for the calendar, or what is wrong with the days.
    pub next: String,
    /// Whether no number of days stands in the field.
    pub unreadable: bool,
}

/// Something that can be pressed about two keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Stop what goes on.
    Stop,
    /// Compare again.
    CompareAgain,
    /// Test this key, so that it takes the place of the other.
    Test(Which),
    /// Forget this key.
    Forget(Which),
    /// Begin another rotation.
    StartOver,
    /// Watch until the old key is refused.
    Watch,
}

impl Rotation {
    /// What can be pressed, in the order of the panel.
    pub(super) fn presses(&self, facts: &Facts) -> Vec<Press> {
        let Some(held) = facts.held_of_pair() else { return Vec::new() };
        let there = |which| facts.caller_of_pair(which).is_some();
        let seen = self.watch.as_ref().is_some_and(Watch::has_seen);
        let idle = !self.is_running() && facts.caller().is_some();
        let asks = idle && there(Which::Old) && there(Which::New) && !seen;
        let accepted = self.comparison.as_ref().is_some_and(|it| it.accepts(Which::Old));
        // The one that is held is forgotten as any other key is, but for the old one at the end.
        let forgotten = if held == Which::New || seen { Which::Old } else { Which::New };
        let over = !there(Which::Old) && (held == Which::New || !there(Which::New));
        let all = [
            (Press::Stop, self.is_running()),
            (Press::CompareAgain, asks),
            (Press::Test(held.other()), there(held.other()) && !facts.testing),
            (Press::Forget(forgotten), there(forgotten)),
            (Press::StartOver, over && !self.is_running()),
            (Press::Watch, asks && accepted),
        ];
        all.into_iter().filter_map(|(press, offered)| offered.then_some(press)).collect()
    }

    /// The two keys, as they are drawn.
    pub fn view(&self, facts: &Facts, turns: &Turns) -> RotationView {
        let (hint, tone) = match self.reading.words() {
            _ if self.same => (SAME.to_owned(), Tone::Doubtful),
            Some((words, tone)) if self.doubted.is_some() => (format!("{words} {ALL_THE_SAME}"), tone),
            Some(words) => words,
            None => (EMPTY.to_owned(), Tone::Plain),
        };
        let known = self.comparison.as_ref();
        RotationView {
            state: self.state(facts),
            note: self.note(facts, turns),
            hint,
            tone,
            revealed: self.revealed,
            with_owner: self.with_owner,
            requests: if self.with_owner { "At most 6 requests, free." } else { "2 requests, free." },
            keys: facts.held_of_pair().map(|_| [Which::Old, Which::New].map(|which| name(facts, which))),
            cells: self.cells(),
            lines: known.map(|known| known.lines(facts)).unwrap_or_default(),
            presses: self.presses(facts),
            watch: self.watch.as_ref().map(Watch::view),
            watch_most: format!("At most {MOST_REQUESTS} requests in {}, free.", about(MOST_TIME)),
            next: self.days.words(facts.today),
            unreadable: self.days.after(facts.today).is_none(),
        }
    }

    /// What each key came to; of the old one what the watch has seen since.
    fn cells(&self) -> Vec<(&'static str, [String; 2])> {
        let mut cells = self.comparison.as_ref().map(Comparison::cells).unwrap_or_default();
        let refused = self.watch.as_ref().and_then(Watch::refused_since);
        if let (Some(refused), Some((_, [old, _]))) = (refused, cells.first_mut()) {
            *old = format!("Refused since {} UTC", refused.time_of_day());
        }
        cells
    }

    fn state(&self, facts: &Facts) -> &'static str {
        match (&self.comparing, &self.watch) {
            (Some(comparing), _) if comparing.call.is_none() => "waiting",
            (Some(_), _) => "comparing",
            (None, Some(watch)) if watch.is_running() => "watching",
            (None, Some(_)) => "watched",
            (None, None) if self.comparison.is_some() => "compared",
            (None, None) if Self::is_offered(facts) => "entry",
            (None, None) if facts.simulated => "demo",
            (None, None) => "untested",
        }
    }

    fn note(&self, facts: &Facts, turns: &Turns) -> Option<String> {
        let waits = turns.waits_for(Owner::Rotation).filter(|_| self.is_running());
        if let Some(holder) = waits {
            return Some(format!("It waits {}.", until(holder)));
        }
        let words = match self.state(facts) {
            "demo" => "The demo has one key. Test a key of your own to compare it with another one.",
            "untested" if facts.held_of_pair().is_some() => return None,
            "untested" => {
                "Test the old key first, while it still works. Then the new one can be entered here."
            }
            "comparing" => "Comparing…",
            _ => return None,
        };
        Some(words.to_owned())
    }
}

/// What may be shown of a key, and how it stands.
fn name(facts: &Facts, which: Which) -> (String, &'static str) {
    let key = facts.key_of_pair(which);
    let tail = key.and_then(ApiKey::last_four).map(|tail| format!("••••{tail}"));
    let words = match key {
        Some(key) if key.is_wiped() => "wiped",
        _ if facts.held_of_pair() == Some(which) => "tested above",
        _ => "",
    };
    (tail.unwrap_or_default(), words)
}
