//! Shares of calls that were fast enough.

use super::{steady, streamed};
use crate::core::bench::{Goodput, Preset, Sample, Watch};

fn stream(first: u64, gap: u64) -> Sample {
    streamed(0, &steady(0, first * 1_000, gap * 1_000, 20))
}

#[test]
fn a_call_must_keep_to_both_limits() {
    let samples = [stream(400, 20), stream(401, 20), stream(400, 21), Watch::new().finish()];
    let of = |preset| Goodput::of(preset, &samples);
    assert_eq!(of(Preset::Autocomplete), Goodput { met: 1, calls: 4 });
    assert_eq!(of(Preset::Voice).met, 2);
    assert_eq!(of(Preset::Agent).met, 3);
    assert_eq!(of(Preset::Chat).thousandths(), Some(750), "what failed was not fast enough");
    assert_eq!(Goodput::of(Preset::Chat, []).thousandths(), None);
}

#[test]
fn text_in_one_chunk_has_no_gap_to_be_too_long() {
    let whole = [streamed(0, &steady(0, 300_000, 0, 1))];
    assert_eq!(Goodput::of(Preset::Autocomplete, &whole).met, 1);
}

#[test]
fn every_limit_says_where_it_comes_from() {
    for preset in Preset::ALL {
        let source = preset.limits().source;
        assert!(source.starts_with("MLPerf") || source.starts_with("Our choice"), "{}", preset.name());
    }
}
