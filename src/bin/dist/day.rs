//! The day of the build, and what the page claims that nobody has read again by then.

use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

use key_tester::core::freshness::{SHELF_LIFE, stale};
use key_tester::core::time::Date;

use super::site::Fault;

/// Seconds since 1970 in place of the clock's, so that a build can be made again:
/// <https://reproducible-builds.org/specs/source-date-epoch/>.
pub(crate) const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// Whether a page with old facts is refused. The workflow that publishes sets it.
const FRESH: &str = "KEY_TESTER_FRESH";

const DAY: u64 = 86_400;

/// Today in UTC.
pub(crate) fn today() -> Date {
    let given = env::var(EPOCH).ok().and_then(|seconds| seconds.parse().ok());
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    date(given.unwrap_or_else(clock))
}

/// Whether old facts are refused.
pub(crate) fn demanded() -> bool {
    env::var_os(FRESH).is_some_and(|value| !value.is_empty())
}

/// What to say about facts that are old on a day; a fault where they are refused.
pub(crate) fn hold(today: Date, demanded: bool) -> Result<Vec<String>, Fault> {
    let old: Vec<String> = stale(today)
        .into_iter()
        .map(|fact| format!("older than {SHELF_LIFE} days, read it again: {fact}"))
        .collect();
    if demanded && !old.is_empty() { Err(Fault::Rules(old)) } else { Ok(old) }
}

/// The first second of a day, since 1970.
pub(crate) fn first_second(date: Date) -> u64 {
    u64::from(Date::of_unix_day(0).days_until(date)) * DAY
}

/// The day of a second since 1970.
pub(crate) fn date(seconds: u64) -> Date {
    Date::of_unix_day(u32::try_from(seconds / DAY).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::{date, first_second, hold};
    use key_tester::core::time::Date;

    #[test]
    fn a_second_has_its_day() {
        for (seconds, day) in [
            (0, "1970-01-01"),
            (951_782_399, "2000-02-28"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_795_910_400, "2026-11-29"),
            (1_798_761_599, "2026-12-31"),
            (1_798_761_600, "2027-01-01"),
        ] {
            assert_eq!(date(seconds).to_string(), day, "{seconds}");
            assert_eq!(first_second(date(seconds)), seconds / 86_400 * 86_400, "{seconds}");
        }
    }

    #[test]
    fn old_facts_are_told_and_refused_where_that_is_demanded() {
        let soon = Date { year: 2026, month: 11, day: 30 };
        assert!(hold(soon, true).is_ok_and(|old| old.is_empty()));
        let late = Date { year: 2028, ..soon };
        let told = hold(late, false).expect("a warning");
        assert!(told.iter().any(|fact| fact.contains("the price of mistral-large-4")), "{told:?}");
        let refused = hold(late, true).expect_err("a fault").to_string();
        assert!(told.iter().all(|fact| refused.contains(fact.as_str())), "{refused}");
    }
}
