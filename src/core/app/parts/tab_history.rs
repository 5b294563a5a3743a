//! The history of the tab: when and where keys were tested since the page was opened, and what came of each. It is gone with the tab.

use crate::core::explain::{Cause, Verdict};
use crate::core::mistral::Endpoint;

/// The most tests that are kept: the latest.
const MOST: usize = 100;

/// What stands in place of a key that was wiped, and of a time that was not told.
const NOTHING: &str = "–";

/// Tests of keys, oldest first.
#[derive(Debug, Default)]
pub struct TabHistory {
    /// How far the clocks here are ahead of UTC, in minutes.
    utc_offset: i16,
    tests: Vec<Test>,
}

/// A test of a key at Mistral.
#[derive(Debug)]
struct Test {
    /// The time of day, in milliseconds since the Unix epoch.
    wall: Option<u64>,
    endpoint: Endpoint,
    /// The last four characters of the key, empty of a short one; none once the key was wiped.
    tail: Option<String>,
    cause: Cause,
}

/// A test, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestRow {
    /// The time of day where the user is, as `14:05:09`.
    pub time: String,
    /// The host that was asked.
    pub host: &'static str,
    /// The key, all but its last four characters masked.
    pub key: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict in a word or two.
    pub word: &'static str,
    /// The stable name of the cause.
    pub cause: &'static str,
    /// Why, in a sentence.
    pub headline: &'static str,
}

/// The history as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabHistoryView {
    /// The latest test first; none without a test.
    pub rows: Vec<TestRow>,
}

impl TabHistory {
    /// A history without a test, on a machine whose clocks are so many minutes ahead of UTC.
    pub fn new(utc_offset: i16) -> Self {
        Self { utc_offset, tests: Vec::new() }
    }

    /// Enters a test: the time of day, the host, the last four characters of the key, what came of it.
    pub fn enter(&mut self, wall: Option<u64>, endpoint: Endpoint, tail: &str, cause: Cause) {
        if self.tests.len() == MOST {
            self.tests.remove(0);
        }
        self.tests.push(Test { wall, endpoint, tail: Some(tail.to_owned()), cause });
    }

    /// The last test has another cause than was entered.
    pub fn explain(&mut self, cause: Cause) {
        if let Some(test) = self.tests.last_mut() {
            test.cause = cause;
        }
    }

    /// Forgets every test.
    pub fn forget(&mut self) {
        self.tests.clear();
    }

    /// Forgets which keys were tested. What came of the tests stays.
    pub fn forget_keys(&mut self) {
        for test in &mut self.tests {
            test.tail = None;
        }
    }

    /// Forgets that the key with these last four characters was tested. What came of the tests stays.
    pub fn forget_key(&mut self, tail: &str) {
        for test in self.tests.iter_mut().filter(|test| test.tail.as_deref() == Some(tail)) {
            test.tail = None;
        }
    }

    /// The history as it is shown.
    pub fn view(&self) -> TabHistoryView {
        TabHistoryView { rows: self.tests.iter().rev().map(|test| self.row(test)).collect() }
    }

    fn row(&self, test: &Test) -> TestRow {
        let entry = test.cause.entry();
        TestRow {
            time: test.wall.map_or_else(|| NOTHING.to_owned(), |wall| self.time_of_day(wall)),
            host: test.endpoint.host(),
            key: test.tail.as_ref().map_or_else(|| NOTHING.to_owned(), |tail| format!("••••{tail}")),
            verdict: entry.verdict,
            word: word(entry.verdict),
            cause: entry.name,
            headline: entry.headline,
        }
    }

    fn time_of_day(&self, wall: u64) -> String {
        const DAY: i64 = 24 * 60 * 60;
        let seconds = i64::try_from(wall / 1_000).unwrap_or_default();
        let of_day = (seconds + i64::from(self.utc_offset) * 60).rem_euclid(DAY);
        format!("{:02}:{:02}:{:02}", of_day / 3_600, of_day / 60 % 60, of_day % 60)
    }
}

/// A verdict in a word or two.
const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Works => "Works",
        Verdict::Limited => "Limited",
        Verdict::Refused => "Refused",
        Verdict::Unclear => "Unclear",
        Verdict::Unreachable => "No answer",
        Verdict::NotSent => "Not sent",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_are_those_where_the_user_is() {
        // 30 November 2026, 23:59:58 UTC.
        let wall = 1_796_083_198_999;
        for (offset, time) in
            [(0, "23:59:58"), (60, "00:59:58"), (-330, "18:29:58"), (345, "05:44:58"), (840, "13:59:58")]
        {
            let mut history = TabHistory::new(offset);
            history.enter(Some(wall), Endpoint::default(), "1aB9", Cause::Works);
            assert_eq!(history.view().rows[0].time, time, "{offset}");
        }
        let mut early = TabHistory::new(-720);
        early.enter(Some(0), Endpoint::default(), "", Cause::Works);
        early.enter(None, Endpoint::default(), "", Cause::Works);
        let times: Vec<String> = early.view().rows.into_iter().map(|row| row.time).collect();
        assert_eq!(times, [NOTHING, "12:00:00"]);
    }

    #[test]
    fn a_wiped_key_leaves_what_came_of_its_tests() {
        let mut history = TabHistory::default();
        history.enter(Some(1_000), Endpoint::Eu, "1aB9", Cause::InvalidKey);
        history.forget_keys();
        history.enter(Some(2_000), Endpoint::Us, "", Cause::Blocked);
        history.explain(Cause::Offline);
        let view = history.view();
        let told: Vec<_> = view.rows.iter().map(|row| (row.host, row.key.as_str(), row.word)).collect();
        assert_eq!(
            told,
            [("api.us.mistral.ai", "••••", "No answer"), ("api.eu.mistral.ai", NOTHING, "Refused")]
        );
        assert_eq!(view.rows[0].cause, Cause::Offline.entry().name);
        history.forget();
        assert_eq!(history.view(), TabHistoryView::default());
    }

    proptest! {
        /// The latest hundred, the last one first, each as it was entered.
        #[test]
        fn the_latest_are_kept_in_their_order(count in 0_usize..250) {
            let mut history = TabHistory::default();
            for number in 0..count {
                history.enter(Some(number as u64 * 1_000), Endpoint::default(), &format!("{number:04}"), Cause::Works);
            }
            let keys: Vec<String> = history.view().rows.into_iter().map(|row| row.key).collect();
            let expected = (0..count).rev().take(MOST).map(|number| format!("••••{number:04}"));
            prop_assert_eq!(keys, expected.collect::<Vec<_>>());
        }
    }
}
