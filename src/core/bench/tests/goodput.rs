//! Shares of calls that were fast enough.

use super::{steady, streamed};
use crate::core::bench::{Fitness, Goodput, Preset, Rate, Sample, Watch};

fn stream(first: u64, gap: u64) -> Sample {
    streamed(0, &steady(0, first * 1_000, gap * 1_000, 20))
}

#[test]
fn a_call_must_keep_to_both_limits() {
    let samples = [stream(400, 20), stream(401, 20), stream(400, 21), Watch::new().finish()];
    let of = |preset| Goodput::of(preset, &samples);
    assert_eq!(of(Preset::Autocomplete), Goodput { met: 1, calls: 3 }, "what failed says nothing of speed");
    assert_eq!(of(Preset::Voice).met, 2);
    assert_eq!(of(Preset::Agent).met, 3);
}

#[test]
fn tokens_are_counted_where_they_are_told() {
    assert_eq!(Preset::Autocomplete.limits().least_rate(), Rate::from_thousandths(50_000));
    // Twenty chunks that hold two tokens each come at half the pace of the tokens.
    let mut reads = steady(0, 300_000, 40_000, 20);
    if let Some((_, last)) = reads.last_mut() {
        *last = last.replace("\"completion_tokens\":20", "\"completion_tokens\":40");
    }
    assert_eq!(Goodput::of(Preset::Autocomplete, &[streamed(0, &reads)]).met, 1);
    assert_eq!(Goodput::of(Preset::Autocomplete, &[stream(300, 40)]).met, 0);
}

#[test]
fn text_in_one_chunk_has_no_gap_to_be_too_long() {
    let whole = [streamed(0, &steady(0, 300_000, 0, 1))];
    assert_eq!(Goodput::of(Preset::Autocomplete, &whole).met, 1);
}

#[test]
fn a_use_is_judged_only_by_enough_calls() {
    for (met, calls, fitness) in [
        (0, 0, Fitness::TooFew),
        (4, 4, Fitness::TooFew),
        (5, 5, Fitness::Fast),
        (4, 5, Fitness::TooFew),
        (2, 5, Fitness::TooSlow),
        (0, 5, Fitness::TooSlow),
        (18, 19, Fitness::TooFew),
        (19, 20, Fitness::Fast),
        (18, 20, Fitness::TooSlow),
        (95, 100, Fitness::Fast),
        (94, 100, Fitness::TooSlow),
    ] {
        assert_eq!(Goodput { met, calls }.fitness(), fitness, "{met} of {calls}");
    }
}

#[test]
fn every_limit_says_where_it_comes_from() {
    for preset in Preset::ALL {
        let source = preset.limits().source;
        assert!(source.starts_with("MLPerf") || source.starts_with("Our choice"), "{}", preset.name());
    }
}
