//! Statistics of what the bench measures. The page has its own; these are here so that they cannot be wrong together.

use std::time::Duration;

/// Microseconds in milliseconds.
pub fn milliseconds(micros: u64) -> f64 {
    Duration::from_micros(micros).as_secs_f64() * 1e3
}

/// The median; not a number of none.
pub fn median(samples: &[f64]) -> f64 {
    let sorted = sorted(samples);
    let upper = sorted.len() / 2;
    let lower = sorted.len().saturating_sub(1) / 2;
    match (sorted.get(lower), sorted.get(upper)) {
        (Some(lower), Some(upper)) => f64::midpoint(*lower, *upper),
        _ => f64::NAN,
    }
}

/// What so many of 100 keep to; not a number of none.
pub fn percentile(samples: &[f64], percent: usize) -> f64 {
    let rank = (samples.len() * percent).div_ceil(100);
    sorted(samples).get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

fn sorted(samples: &[f64]) -> Vec<f64> {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[cfg(test)]
mod tests {
    use super::{median, milliseconds, percentile};

    /// Whether two figures are the same; all of these are exact.
    fn is(left: f64, right: f64) -> bool {
        left.total_cmp(&right).is_eq()
    }

    #[test]
    fn few_samples_have_their_figures_too() {
        assert!(is(median(&[3.0, 1.0, 2.0]), 2.0) && is(median(&[4.0, 1.0]), 2.5));
        let hundred: Vec<f64> = (1..=100_u32).rev().map(f64::from).collect();
        assert!(is(percentile(&hundred, 99), 99.0) && is(percentile(&hundred, 50), 50.0));
        assert!(is(percentile(&[7.0], 99), 7.0));
        assert!(median(&[]).is_nan() && percentile(&[], 99).is_nan());
        assert!(is(milliseconds(1_500), 1.5));
    }
}
