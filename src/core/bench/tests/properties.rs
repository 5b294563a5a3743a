//! What holds for any input.

use super::{at, opened, steady};
use crate::core::bench::interval::middle_ranks;
use crate::core::bench::{Ordered, Percentile, Rate, Sample, Watch, compare};
use crate::core::http::HttpEvent;
use crate::core::time::Span;
use proptest::prelude::*;

/// A stream cut at these places, all pieces arriving at once or `apart` µs after each other.
fn cut(bytes: &[u8], cuts: &[usize], apart: u64) -> Sample {
    let mut places: Vec<usize> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).collect();
    places.extend([0, bytes.len()]);
    places.sort_unstable();
    let mut watch = Watch::new();
    watch.record(at(0), &HttpEvent::Sent);
    watch.record(at(0), &opened());
    let mut now = 0;
    for pair in places.windows(2) {
        now += apart;
        watch.record(at(now), &HttpEvent::Chunk(bytes[pair[0]..pair[1]].to_vec()));
    }
    watch.record(at(now), &HttpEvent::Closed);
    watch.finish()
}

/// All that does not depend on when something came.
fn timeless(sample: Sample) -> impl PartialEq + std::fmt::Debug {
    sample
        .timing
        .map(|timing| {
            let has = [timing.first_event, timing.first_thinking, timing.first_token, timing.first_answer];
            (
                timing.usage,
                timing.finish,
                timing.chunks,
                timing.bytes,
                timing.gaps.len(),
                has.map(|it| it.is_some()),
            )
        })
        .map_err(|failure| (failure.finding, failure.exchange.stream().copied()))
}

/// Pieces of streams, whole and broken, and any bytes.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(super::ROLE.as_bytes().to_vec()),
        Just(super::chunk("\"é — ok\"").into_bytes()),
        Just(super::chunk(r#"[{"type":"thinking","thinking":[{"type":"text","text":"x"}]}]"#).into_bytes()),
        Just(super::chunk("null").into_bytes()),
        Just(super::last("\"a\"", 3).into_bytes()),
        Just(b"data: {\"usage\":\r\ndata: {\"prompt_tokens\":1}}\r\n\r\n".to_vec()),
        Just(b"data: {\"object\":\"error\"}\n\n".to_vec()),
        Just(b": ping\n\n".to_vec()),
        prop::collection::vec(any::<u8>(), 0..40),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn property_cuts_between_reads_change_no_result_but_times(
        bytes in pieces(),
        cuts in prop::collection::vec(any::<usize>(), 0..40),
    ) {
        let whole = timeless(cut(&bytes, &[], 7));
        prop_assert_eq!(&whole, &timeless(cut(&bytes, &cuts, 0)));
        prop_assert_eq!(&whole, &timeless(cut(&bytes, &cuts, 5_000)));
    }

    #[test]
    fn property_what_is_kept_judges_like_the_whole(bytes in pieces(), cuts in prop::collection::vec(any::<usize>(), 0..9)) {
        use crate::core::{exchange::Exchange, explain::judge_completion};
        let mut exchange = Exchange::default();
        for event in [opened(), HttpEvent::Chunk(bytes.clone()), HttpEvent::Closed] {
            exchange.record(at(0), event);
        }
        let sample = cut(&bytes, &cuts, 1);
        prop_assert_eq!(judge_completion(&exchange).err(), sample.timing.err().map(|failure| failure.finding));
    }

    #[test]
    fn property_a_steady_stream_reads_exactly(first in 1_u64..5_000_000, gap in 210_u64..200_000, tokens in 50_u64..200) {
        let timing = super::streamed(3, &steady(3, first, gap, tokens)).timing.expect("an answer");
        prop_assert_eq!(timing.first_token, Some(Span::from_micros(first)));
        prop_assert_eq!(timing.mean_gap(), Some(Span::from_micros(gap)));
        prop_assert!(timing.gaps.iter().all(|each| *each == Span::from_micros(gap)));
        prop_assert_eq!(timing.decode_rate.ok(), Rate::of(1, Span::from_micros(gap)));
        prop_assert_eq!(timing.end_to_end_rate.ok(), Rate::of(tokens, Span::from_micros(first + (tokens - 1) * gap)));
    }

    #[test]
    fn property_statistics_take_any_samples(
        one in prop::collection::vec(any::<u64>(), 0..130),
        other in prop::collection::vec(any::<u64>(), 0..130),
    ) {
        let spans = |micros: &[u64]| -> Vec<Span> { micros.iter().copied().map(Span::from_micros).collect() };
        let ordered = Ordered::of(spans(&one));
        let (range, median) = (ordered.range(), ordered.median());
        prop_assert_eq!(range.is_err(), one.is_empty());
        let mut last = Span::ZERO;
        for percentile in Percentile::ALL {
            match ordered.percentile(percentile) {
                Ok(span) => {
                    prop_assert!(span >= last && range.is_ok_and(|(low, high)| low <= span && span <= high));
                    last = span;
                }
                Err(why) => prop_assert!(one.len() < why.needs() && !why.sentence().is_empty()),
            }
        }
        if let (Ok(interval), Ok(median)) = (ordered.median_interval(), median) {
            prop_assert!(interval.low <= median && median <= interval.high && interval.coverage >= 950);
        }
        prop_assert_eq!(ordered.deviation().is_ok(), !one.is_empty());
        let rounds = |micros: &[u64]| -> Vec<(u32, Span)> { (0..).zip(spans(micros)).collect() };
        let (one, other) = (rounds(&one), rounds(&other));
        match (compare(&one, &other), compare(&other, &one)) {
            (Ok(there), Ok(back)) => {
                prop_assert_eq!(there.interval.low.as_micros(), -back.interval.high.as_micros());
                prop_assert!(there.interval.low <= there.median && there.median <= there.interval.high);
            }
            (Err(there), Err(back)) => prop_assert_eq!(there, back),
            _ => prop_assert!(false, "one way only"),
        }
    }

    #[test]
    fn property_ranks_grow_with_the_samples_and_stay_inside(count in 6_usize..5_000) {
        let ranks = middle_ranks(count).expect("six or more");
        prop_assert!(1 <= ranks.low && ranks.low < ranks.high && ranks.high <= count);
        prop_assert!((0.95..1.0).contains(&ranks.coverage));
        prop_assert!(middle_ranks(count + 1).is_some_and(|more| more.low >= ranks.low));
    }
}
