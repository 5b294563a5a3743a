//! Moments and durations as data. The shell stamps, the core subtracts; nothing here reads a clock.
//!
//! Whole microseconds, because formatting floating-point numbers would cost the page 19 kB of wasm and a browser's
//! clock is coarser than that anyway (100 µs in Chromium, 1 ms in Firefox).

use std::fmt;
use std::ops::{Add, Sub};

/// A moment: microseconds since the page's time origin (`performance.now()`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The moment `micros` microseconds after the time origin.
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// Whole microseconds since the time origin.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// How long ago `earlier` was; zero when it lies ahead.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Span> for Timestamp {
    type Output = Self;

    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

/// A duration in microseconds. It prints as a person would say it: `143 ms`, `4.2 ms`, `1.24 s`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(u64);

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A span of `micros` microseconds.
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// A span of `millis` milliseconds.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// A span of `seconds` seconds.
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// Whole microseconds.
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// Whole milliseconds, rounded down.
    pub const fn as_millis(self) -> u64 {
        self.0 / 1_000
    }
}

impl Add for Span {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Span {
    /// Two or three digits that mean something: tenths below 10 ms, whole milliseconds below one second,
    /// hundredths of a second above. The spaces do not break.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.0.saturating_add(50) / 100;
        let millis = self.0.saturating_add(500) / 1_000;
        if tenths < 100 {
            write!(f, "{}.{}\u{a0}ms", tenths / 10, tenths % 10)
        } else if millis < 1_000 {
            write!(f, "{millis}\u{a0}ms")
        } else {
            let hundredths = self.0.saturating_add(5_000) / 10_000;
            write!(f, "{}.{:02}\u{a0}s", hundredths / 100, hundredths % 100)
        }
    }
}

/// A calendar day in the user's time zone, for comparing with Mistral's retirement dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year of the Gregorian calendar.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl Date {
    /// Reads the day off an ISO 8601 date or time such as `2026-08-31T12:00:00Z`; `None` for anything else.
    pub fn parse(iso: &str) -> Option<Self> {
        let mut parts = iso.get(..10)?.split('-');
        let date = Self {
            year: parts.next()?.parse().ok()?,
            month: parts.next()?.parse().ok()?,
            day: parts.next()?.parse().ok()?,
        };
        let plausible =
            parts.next().is_none() && (1..=12).contains(&date.month) && (1..=31).contains(&date.day);
        plausible.then_some(date)
    }

    /// The day that begins `days` days after 1 January 1970; days of the Gregorian calendar, as in `number`.
    pub fn of_unix_day(days: u32) -> Self {
        // Days since 1 March of the year 0, in eras of 400 years.
        let days = days.saturating_add(719_468);
        let (era, day) = (days / 146_097, days % 146_097);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let (month_number, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        let number = |value: u32| u8::try_from(value).unwrap_or(1);
        Self {
            year: u16::try_from(era * 400 + year + next).unwrap_or(u16::MAX),
            month: number(month_number),
            day: number(day - (153 * month + 2) / 5 + 1),
        }
    }

    /// The day as a sentence says it: `31 Aug 2026`.
    pub fn in_words(self) -> String {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let month = MONTHS.get(usize::from(self.month).saturating_sub(1)).copied().unwrap_or_default();
        format!("{} {month} {}", self.day, self.year)
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        let epoch = Self { year: 1970, month: 1, day: 1 };
        Self::of_unix_day(epoch.days_until(self).saturating_add(days))
    }

    /// How many days `later` lies ahead; zero when it does not.
    pub fn days_until(self, later: Self) -> u32 {
        later.number().saturating_sub(self.number())
    }

    /// A number that is larger the later the day.
    pub fn rank(self) -> u128 {
        u128::from(self.number())
    }

    /// Days since a day long before any that matters. Years are counted from March, so that leap days come last.
    fn number(self) -> u32 {
        let (year, month) = (u32::from(self.year), u32::from(self.month));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year.saturating_sub(1), month + 9) };
        let leap_days = year / 4 - year / 100 + year / 400;
        // 153 days are five months, whichever of March to July or August to December.
        year * 365 + leap_days + (153 * month + 2) / 5 + u32::from(self.day)
    }
}

impl fmt::Display for Date {
    /// ISO 8601, `2026-08-31`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A second of the time of day, in UTC: seconds since 1 January 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct UtcSecond(u64);

impl UtcSecond {
    /// The last second that four digits of a year can tell.
    const LAST: u64 = 253_402_300_799;

    /// The second that a clock showed, in milliseconds since 1970.
    pub const fn of_unix_millis(millis: u64) -> Self {
        let seconds = millis / 1_000;
        Self(if seconds < Self::LAST { seconds } else { Self::LAST })
    }

    /// Reads `2026-11-30T14:02:11Z`; `None` for anything else, and for a day that is not in the calendar.
    pub fn parse(iso: &str) -> Option<Self> {
        let (day, time) = iso.strip_suffix('Z')?.split_once('T')?;
        let day = Date::parse(day).filter(|_| day.len() == 10)?;
        let mut parts = time.split(':');
        let mut next = |end: u64| -> Option<u64> {
            let part = parts.next().filter(|part| part.len() == 2)?;
            part.parse().ok().filter(|value| *value < end && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let (hours, minutes, seconds) = (next(24)?, next(60)?, next(60)?);
        let days = u64::from(Date { year: 1970, month: 1, day: 1 }.days_until(day));
        let second = Self(days * 86_400 + hours * 3_600 + minutes * 60 + seconds);
        (parts.next().is_none() && second.day() == day).then_some(second)
    }

    /// Its day.
    pub fn day(self) -> Date {
        Date::of_unix_day(u32::try_from(self.0 / 86_400).unwrap_or(u32::MAX))
    }

    /// The time of day: `14:02:11`.
    pub fn time_of_day(self) -> String {
        let seconds = self.0 % 86_400;
        format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }

    /// As a sentence says it: `30 Nov 2026 14:02 UTC`.
    pub fn in_words(self) -> String {
        let minutes = self.0 % 86_400 / 60;
        format!("{} {:02}:{:02} UTC", self.day().in_words(), minutes / 60, minutes % 60)
    }
}

impl fmt::Display for UtcSecond {
    /// ISO 8601, `2026-11-30T14:02:11Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}Z", self.day(), self.time_of_day())
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Span, Timestamp, UtcSecond};

    #[test]
    fn a_second_is_written_and_read_alike() {
        for (millis, iso, words) in [
            (0, "1970-01-01T00:00:00Z", "1 Jan 1970 00:00 UTC"),
            (1_796_047_331_999, "2026-11-30T14:02:11Z", "30 Nov 2026 14:02 UTC"),
            (u64::MAX, "9999-12-31T23:59:59Z", "31 Dec 9999 23:59 UTC"),
        ] {
            let second = UtcSecond::of_unix_millis(millis);
            assert_eq!((second.to_string().as_str(), second.in_words().as_str()), (iso, words));
            assert_eq!(UtcSecond::parse(iso), Some(second));
        }
        for bad in [
            "",
            "2026-11-30",
            "2026-11-30T14:02:11",
            "2026-11-30T24:00:00Z",
            "2026-11-30T14:02Z",
            "2026-02-30T14:02:11Z",
            "2026-11-30T+4:02:11Z",
            "2026-11-30T14:02:11:00Z",
            "1960-01-01T00:00:00Z",
        ] {
            assert_eq!(UtcSecond::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_is_said_with_the_name_of_its_month() {
        for (iso, words) in
            [("2026-08-31", "31 Aug 2026"), ("2027-01-01", "1 Jan 2027"), ("2025-12-09", "9 Dec 2025")]
        {
            assert_eq!(Date::parse(iso).map(Date::in_words).as_deref(), Some(words));
        }
    }

    #[test]
    fn a_span_prints_as_a_person_would_say_it() {
        for (micros, text) in [
            (0, "0.0 ms"),
            (449, "0.4 ms"),
            (9_949, "9.9 ms"),
            (9_950, "10 ms"),
            (142_600, "143 ms"),
            (999_499, "999 ms"),
            (999_500, "1.00 s"),
            (1_236_000, "1.24 s"),
            (61_000_000, "61.00 s"),
        ] {
            assert_eq!(Span::from_micros(micros).to_string().replace('\u{a0}', " "), text, "{micros} µs");
        }
        assert!(!Span::from_micros(u64::MAX).to_string().is_empty());
    }

    #[test]
    fn a_clock_that_runs_backwards_gives_no_negative_time() {
        let (early, late) = (Timestamp::from_micros(5), Timestamp::from_micros(9));
        assert_eq!(early.since(late), Span::ZERO);
        assert_eq!(late.since(early), Span::from_micros(4));
    }

    #[test]
    fn days_are_counted_across_months_and_leap_years() {
        let date = |text: &str| Date::parse(text).expect("a date");
        for (from, to, days) in [
            ("2026-11-24", "2026-11-24", 0),
            ("2026-11-24", "2026-11-25", 1),
            ("2026-11-24", "2026-12-31", 37),
            ("2026-12-31", "2027-01-01", 1),
            ("2026-11-24", "2027-11-24", 365),
            ("2028-02-28", "2028-03-01", 2),
            ("2027-02-28", "2027-03-01", 1),
            ("2000-01-01", "2400-01-01", 146_097),
            ("2026-11-24", "2026-08-31", 0),
        ] {
            assert_eq!(date(from).days_until(date(to)), days, "{from} to {to}");
        }
    }

    #[test]
    fn days_since_1970_are_days_of_the_calendar() {
        let start = Date { year: 1970, month: 1, day: 1 };
        for days in (0..80_000).step_by(7).chain([58, 59, 364, 365, 11_016, 11_017, 20_787]) {
            let date = Date::of_unix_day(days);
            assert_eq!(start.days_until(date), days, "{date}");
            assert_eq!(Date::parse(&date.to_string()), Some(date));
        }
        assert_eq!(Date::of_unix_day(20_787).to_string(), "2026-11-30");
        let _ = Date::of_unix_day(u32::MAX);
    }

    #[test]
    fn a_date_is_read_off_an_iso_time_or_refused() {
        let date = Date::parse("2026-08-31T12:00:00Z").expect("a well-formed date");
        assert_eq!(date.to_string(), "2026-08-31");
        assert!(date < Date { year: 2026, month: 11, day: 23 });
        for bad in
            ["", "soon", "2026-13-01", "2026-00-10", "2026-01-32", "20260831T12", "2026-8-31", "é026-08-31"]
        {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }
}
