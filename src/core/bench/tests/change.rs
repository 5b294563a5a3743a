//! Changes held against scipy, against the published table, and against every order there is.

use proptest::prelude::*;

use crate::core::bench::change::Pairs;
use crate::core::bench::mann_whitney::interval_ranks;
use crate::core::bench::paired::ZERO;
use crate::core::bench::{Decision, Figure, Resolution, TooFew, compare_unpaired};
use crate::core::time::Span;

/// Two groups, and their difference and interval. The difference is numpy's `median` of `subtract.outer(now, before)`. The ends are where
/// the test of scipy 1.17.1, `mannwhitneyu(now - difference, before, method="exact")`, changes sides: a quarter of a microsecond
/// inside of either end its p is above 5 %, as much outside of it below.
struct Golden {
    before: &'static [u64],
    now: &'static [u64],
    difference: f64,
    ends: (i64, i64),
}

const GOLDEN: [Golden; 5] = [
    Golden {
        before: &[416_262, 322_599, 300_471, 382_117],
        now: &[616_851, 424_635, 845_804, 242_214],
        difference: 162_376.5,
        ends: (-174_048, 545_333),
    },
    Golden {
        before: &[160_973, 364_235, 719_096, 399_942, 488_120],
        now: &[703_079, 387_159, 612_361, 478_633, 431_846],
        difference: 78_691.0,
        ends: (-240_463, 338_844),
    },
    Golden {
        before: &[
            826_214, 602_374, 179_823, 448_832, 334_595, 357_872, 598_823, 289_969, 856_804, 786_947,
            334_181, 705_259,
        ],
        now: &[
            318_398, 674_216, 473_410, 655_909, 601_334, 242_666, 383_304, 879_996, 425_272, 792_206,
            916_865, 327_746,
        ],
        difference: 33_103.0,
        ends: (-182_588, 245_449),
    },
    Golden {
        before: &[553_168, 227_067, 538_370, 636_171, 852_714, 589_581, 675_405],
        now: &[
            608_151, 740_656, 845_854, 282_304, 627_333, 558_676, 756_456, 396_884, 306_925, 696_987,
            229_235, 365_099, 389_413, 904_363, 708_076, 420_113, 369_389, 508_096, 219_319, 505_909,
        ],
        difference: -79_490.0,
        ends: (-266_782, 142_322),
    },
    Golden {
        before: &[
            610_438, 508_212, 875_464, 604_906, 878_995, 155_249, 895_049, 375_760, 821_133, 838_502,
            211_170, 422_251, 300_459, 730_998, 504_555, 778_533, 843_021, 163_952, 374_146, 716_696,
            512_775, 782_740, 397_353, 446_211, 350_063, 394_141, 715_888, 180_035, 371_153, 541_054,
        ],
        now: &[
            241_302, 247_410, 536_761, 271_819, 279_289, 950_540, 503_035, 488_892, 509_677, 562_132,
            406_513, 256_600, 712_125, 447_534, 600_270, 194_418, 951_526, 235_525, 510_878, 256_012,
            812_008, 262_277, 926_105, 319_411, 806_655,
        ],
        difference: -68_477.0,
        ends: (-204_909, 83_458),
    },
];

fn spans(micros: &[u64]) -> Vec<Span> {
    micros.iter().copied().map(Span::from_micros).collect()
}

#[test]
fn shifts_and_intervals_are_those_of_scipy() {
    for golden in GOLDEN {
        let (before, now) = (spans(golden.before), spans(golden.now));
        let doubled = Pairs::of(&before, &now).doubled_median().cast_signed() - 2 * ZERO.cast_signed();
        let exact = f64::from(i32::try_from(doubled).expect("a few seconds")) / 2.0;
        assert!((exact - golden.difference).abs() <= 1e-9 * golden.difference.abs(), "{exact}");
        let change = compare_unpaired(&before, &now).expect("four or more");
        let ends = (change.interval.low.as_micros(), change.interval.high.as_micros());
        assert_eq!(ends, golden.ends, "{} and {}", golden.before.len(), golden.now.len());
        assert_eq!((change.before, change.now), (golden.before.len(), golden.now.len()));
        assert_eq!(change.decision, Decision::NotDecided);
    }
}

#[test]
fn the_ranks_are_those_of_the_published_table() {
    // The usual table of critical values of U, two-sided at 5 %: 0, 2, 3, 5, 13, 23, 37, 64, 127; the rank is one more. The
    // confidence is exact, by counting in whole numbers of any size.
    for (before, now, rank, coverage) in [
        (4, 4, 1, 971),
        (5, 5, 3, 968),
        (5, 6, 4, 969),
        (4, 10, 6, 964),
        (8, 8, 14, 950),
        (10, 10, 24, 956),
        (12, 12, 38, 955),
        (15, 15, 65, 954),
        (20, 20, 128, 950),
        (40, 25, 355, 950),
        (59, 59, 1_377, 950),
        (16, 100, 556, 950),
    ] {
        let found = interval_ranks(before, now).expect("four or more");
        assert_eq!((found.rank, found.coverage), (rank, coverage), "{before} and {now}");
        assert_eq!(interval_ranks(now, before), Some(found));
    }
    assert_eq!([(3, 3), (3, 4), (2, 7), (0, 9)].map(|(before, now)| interval_ranks(before, now)), [None; 4]);
}

/// Of all orders of two groups, how many have each number of differences below zero: counted one by one.
fn one_by_one(before: u32, now: u32) -> Vec<u64> {
    let mut counts = vec![0; usize::try_from(before * now + 1).expect("a few")];
    for places in 0_u32..1 << (before + now) {
        if places.count_ones() == now {
            // Each sample of now, a bit that is set, lies below the bits above it that are not.
            let below: u32 = (0..before + now)
                .filter(|bit| places >> bit & 1 == 1)
                .map(|bit| (bit..before + now).filter(|above| places >> above & 1 == 0).count())
                .map(|count| u32::try_from(count).expect("a few"))
                .sum();
            counts[usize::try_from(below).expect("a few")] += 1;
        }
    }
    counts
}

#[test]
fn ranks_are_as_narrow_as_all_orders_allow() {
    for (before, now) in [(4, 4), (4, 7), (5, 5), (6, 9), (7, 7), (8, 6)] {
        let counts = one_by_one(before, now);
        let all: u64 = counts.iter().sum();
        let size = |size: u32| usize::try_from(size).expect("a few");
        let found = interval_ranks(size(before), size(now)).expect("four or more");
        let tail = |rank: u64| counts.iter().take(usize::try_from(rank).expect("a few")).sum::<u64>();
        assert!(40 * tail(found.rank) <= all, "{before} and {now}: too narrow");
        assert!(40 * tail(found.rank + 1) > all, "{before} and {now}: too wide");
        assert_eq!(u64::from(found.coverage), (all - 2 * tail(found.rank)) * 1_000 / all);
    }
}

/// Sizes whose orders are too many to be counted in 128 bits, and their exact ranks: counted in whole numbers of any size.
const APPROXIMATED: [(usize, usize, u64); 7] = [
    (17, 1_000, 6_152),
    (20, 1_000, 7_449),
    (62, 62, 1_530),
    (80, 50, 1_591),
    (120, 120, 6_147),
    (200, 200, 17_735),
    (60, 1_000, 25_489),
];

#[test]
fn the_approximation_goes_on_where_counting_ends() {
    for (before, now, exact) in APPROXIMATED {
        let found = interval_ranks(before, now).expect("many");
        assert!((exact - 6..=exact).contains(&found.rank), "{before} and {now}: {} for {exact}", found.rank);
        assert_eq!(found.coverage, 950);
    }
    assert!(interval_ranks(1_000, 1_000).is_some_and(|found| found.rank == 474_691));
    assert!(interval_ranks(usize::MAX, usize::MAX).is_some(), "any number is taken");
}

#[test]
fn a_change_is_decided_when_its_interval_leaves_zero_out() {
    let millis = |all: &[u64]| -> Vec<Span> { all.iter().copied().map(Span::from_millis).collect() };
    let before = millis(&[200, 210, 205, 195, 203]);
    let now = millis(&[240, 251, 244, 236, 246]);
    let slower = compare_unpaired(&before, &now).expect("five each");
    assert_eq!((slower.decision, slower.difference.as_micros()), (Decision::Slower, 41_000));
    assert_eq!(
        slower.words(Resolution::of(Span::from_micros(100))).replace('\u{a0}', " "),
        "slower than before by 41 ms (95 % interval 31 ms to 51 ms)"
    );
    let faster = compare_unpaired(&now, &before).expect("five each");
    assert_eq!(
        faster.words(Resolution::of(Span::from_micros(100))).replace('\u{a0}', " "),
        "faster than before by 41 ms (95 % interval 31 ms to 51 ms)"
    );
    let same = compare_unpaired(&before, &before).expect("five each");
    assert_eq!((same.decision, same.difference.as_micros()), (Decision::NotDecided, 0));
    assert_eq!(
        same.words(Resolution::of(Span::from_micros(100))).replace('\u{a0}', " "),
        "too close to call: ±0 ms (95 % interval −10 ms to +10 ms)"
    );
}

#[test]
fn fewer_than_four_of_either_say_nothing() {
    let (three, four) = (spans(&[1, 2, 3]), spans(&[1, 2, 3, 4]));
    let error = TooFew { figure: Figure::Change, have: 3 };
    assert_eq!(compare_unpaired(&three, &four), Err(error));
    assert_eq!(compare_unpaired(&four, &three), Err(error));
    assert!(error.sentence().contains("takes 4 samples"));
    assert!(compare_unpaired(&four, &four).is_ok());
}

proptest! {
    #[test]
    fn property_ranks_select_as_a_sorted_list_does(
        before in prop::collection::vec(0_u64..400, 4..24),
        now in prop::collection::vec(0_u64..400, 4..24),
    ) {
        let (old, new) = (spans(&before), spans(&now));
        let change = compare_unpaired(&old, &new).expect("four or more");
        let list = now.iter().flat_map(|now| before.iter().map(|old| now.cast_signed() - old.cast_signed()));
        let mut list: Vec<i64> = list.collect();
        list.sort_unstable();
        let (low, high) = change.interval.ranks;
        prop_assert_eq!(change.interval.low.as_micros(), list[low - 1]);
        prop_assert_eq!(change.interval.high.as_micros(), list[high - 1]);
        prop_assert_eq!(low + high, list.len() + 1);
        let doubled = list[(list.len() - 1) / 2] + list[list.len() / 2];
        prop_assert!((2 * change.difference.as_micros() - doubled).abs() <= 1);
    }

    #[test]
    fn property_any_samples_are_compared(
        before in prop::collection::vec(any::<u64>(), 0..90),
        now in prop::collection::vec(any::<u64>(), 0..90),
    ) {
        match (compare_unpaired(&spans(&before), &spans(&now)), compare_unpaired(&spans(&now), &spans(&before))) {
            (Ok(there), Ok(back)) => {
                prop_assert_eq!(there.interval.low.as_micros(), -back.interval.high.as_micros());
                prop_assert!(there.interval.low <= there.difference && there.difference <= there.interval.high);
                prop_assert!(there.interval.coverage >= 950 && !there.words(Resolution::of(Span::from_micros(100))).is_empty());
            }
            (Err(there), Err(back)) => prop_assert_eq!(there, back),
            _ => prop_assert!(false, "one way only"),
        }
    }
}
