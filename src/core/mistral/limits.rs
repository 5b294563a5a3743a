//! Rate limits as response headers tell them: two generations of names, and `retry-after`.
//!
//! A page of another origin may not read them unless Mistral exposes them, which no recorded answer does; the output of
//! `curl -i` mostly has them: one of October 2026 for ministral-3b had none.

/// One limit, as far as the headers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The measure: what is counted, over which time.
    pub measure: Measure,
    /// The number allowed.
    pub limit: Option<u64>,
    /// The number left.
    pub remaining: Option<u64>,
}

/// The measure of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Requests in a minute.
    RequestsPerMinute,
    /// Tokens in a minute.
    TokensPerMinute,
    /// Tokens in a month.
    TokensPerMonth,
    /// Tokens or characters, over a time the header does not name.
    Size,
}

impl Measure {
    /// Returns the name for a sentence.
    pub const fn label(self) -> &'static str {
        match self {
            Self::RequestsPerMinute => "requests per minute",
            Self::TokensPerMinute => "tokens per minute",
            Self::TokensPerMonth => "tokens per month",
            Self::Size => "size of requests",
        }
    }
}

/// The header names, newest generation first: since 2026, until 2025, and the oldest.
const NAMES: [(Measure, &str, &str); 6] = [
    (Measure::RequestsPerMinute, "x-ratelimit-limit-req-minute", "x-ratelimit-remaining-req-minute"),
    (Measure::TokensPerMinute, "x-ratelimit-limit-tokens-minute", "x-ratelimit-remaining-tokens-minute"),
    (Measure::TokensPerMonth, "x-ratelimit-limit-tokens-month", "x-ratelimit-remaining-tokens-month"),
    (Measure::TokensPerMinute, "x-ratelimitbysize-limit-minute", "x-ratelimitbysize-remaining-minute"),
    (Measure::TokensPerMonth, "x-ratelimitbysize-limit-month", "x-ratelimitbysize-remaining-month"),
    (Measure::Size, "ratelimitbysize-limit", "ratelimitbysize-remaining"),
];

/// The rate limits that the headers of an answer tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateLimits {
    /// The limits that are named, each measure once.
    pub limits: Vec<Limit>,
    /// `retry-after`, or the seconds until a limit starts again; in seconds, at most a day.
    pub retry_after: Option<u64>,
}

impl RateLimits {
    /// Reads them off headers with lower-case names. Values that are no whole numbers count as absent.
    pub fn read(headers: &[(String, String)]) -> Self {
        let number = |wanted: &str| {
            let (_, value) = headers.iter().find(|(name, _)| name == wanted)?;
            value.trim().parse::<u64>().ok()
        };
        let mut limits: Vec<Limit> = Vec::new();
        for (measure, limit, remaining) in NAMES {
            let found = Limit { measure, limit: number(limit), remaining: number(remaining) };
            let known = limits.iter().any(|limit| limit.measure == measure);
            if !known && (found.limit.is_some() || found.remaining.is_some()) {
                limits.push(found);
            }
        }
        let retry_after = number("retry-after").or_else(|| number("ratelimitbysize-reset"));
        Self { limits, retry_after: retry_after.map(|seconds| seconds.min(86_400)) }
    }

    /// The limits in words, such as `60 requests per minute, 59 left; 50000 tokens per minute`.
    pub fn sentence(&self) -> String {
        let words = self.limits.iter().map(|limit| {
            let label = limit.measure.label();
            match (limit.limit, limit.remaining) {
                (Some(all), Some(left)) => format!("{all} {label}, {left} left"),
                (Some(all), None) => format!("{all} {label}"),
                (None, left) => format!("{} of {label} left", left.unwrap_or_default()),
            }
        });
        words.collect::<Vec<_>>().join("; ")
    }

    /// Returns whether the headers tell nothing.
    pub fn is_empty(&self) -> bool {
        self.limits.is_empty() && self.retry_after.is_none()
    }

    /// The measure whose limit itself is zero: no call ever gets through.
    pub fn zero(&self) -> Option<Measure> {
        self.limits.iter().find(|limit| limit.limit == Some(0)).map(|limit| limit.measure)
    }

    /// The measure of which nothing is left, the longest-lasting first.
    pub fn used_up(&self) -> Option<Measure> {
        let up =
            |measure| self.limits.iter().any(|limit| limit.measure == measure && limit.remaining == Some(0));
        [Measure::TokensPerMonth, Measure::TokensPerMinute, Measure::RequestsPerMinute, Measure::Size]
            .into_iter()
            .find(|measure| up(*measure))
    }
}

#[cfg(test)]
mod tests {
    use super::{Limit, Measure, RateLimits};

    fn read(headers: &[(&str, &str)]) -> RateLimits {
        let headers: Vec<_> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        RateLimits::read(&headers)
    }

    #[test]
    fn both_generations_of_names_are_read() {
        let new = read(&[
            ("x-ratelimit-limit-req-minute", "60"),
            ("x-ratelimit-remaining-req-minute", "0"),
            ("x-ratelimit-limit-tokens-month", "4000000"),
            ("x-ratelimit-remaining-tokens-month", "12"),
        ]);
        assert_eq!(
            new.limits,
            [
                Limit { measure: Measure::RequestsPerMinute, limit: Some(60), remaining: Some(0) },
                Limit { measure: Measure::TokensPerMonth, limit: Some(4_000_000), remaining: Some(12) },
            ]
        );
        assert_eq!((new.used_up(), new.zero()), (Some(Measure::RequestsPerMinute), None));
        let old = read(&[("x-ratelimitbysize-remaining-month", "0"), ("ratelimitbysize-reset", "21")]);
        assert_eq!((old.used_up(), old.retry_after), (Some(Measure::TokensPerMonth), Some(21)));
    }

    #[test]
    fn a_limit_of_zero_is_told_from_one_that_is_used_up() {
        let none = read(&[("x-ratelimit-limit-req-minute", "0"), ("x-ratelimit-remaining-req-minute", "0")]);
        assert_eq!(none.zero(), Some(Measure::RequestsPerMinute));
    }

    #[test]
    fn what_is_no_number_is_absent() {
        let odd = read(&[("x-ratelimit-limit-req-minute", "many"), ("retry-after", "Tue, 24 Nov 2026")]);
        assert!(odd.is_empty());
        assert_eq!(read(&[("retry-after", "99999999999")]).retry_after, Some(86_400));
    }
}
