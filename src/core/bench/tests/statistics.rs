//! Figures held against numpy and against the exact binomial distribution.

use crate::core::bench::interval::middle_ranks;
use crate::core::bench::{Decision, Figure, Ordered, Percentile, TooFew, compare};
use crate::core::time::Span;

/// Samples, and what numpy 2 makes of them: `percentile(x, [50, 90, 95, 99])`, whose method is `linear`, and
/// `median(abs(x - median(x)))`.
struct Golden {
    micros: &'static [u64],
    percentiles: [f64; 4],
    deviation: f64,
}

const GOLDEN: [Golden; 5] = [
    Golden {
        micros: &[653_092, 753_752, 166_989, 755_955, 501_638],
        percentiles: [653_092.0, 755_073.8, 755_514.4, 755_866.88],
        deviation: 102_863.0,
    },
    Golden {
        micros: &[536_494, 622_675, 364_351, 884_642, 190_448, 358_442, 437_526, 578_388, 456_354, 248_295],
        percentiles: [446_940.0, 648_871.7, 766_756.849_999_999_7, 861_064.970_000_000_1],
        deviation: 110_501.0,
    },
    Golden {
        micros: &[
            183_956, 150_761, 186_568, 261_611, 899_382, 293_236, 639_276, 712_694, 325_882, 361_678,
            476_210, 347_428, 880_639, 283_291, 823_258, 748_266, 783_173, 236_797, 444_303, 621_022,
        ],
        percentiles: [402_990.5, 828_996.100_000_000_1, 881_576.15, 895_820.83],
        deviation: 217_227.0,
    },
    Golden {
        micros: &[
            519_767, 649_399, 657_517, 647_194, 195_602, 869_324, 566_697, 827_633, 353_588, 421_138,
            809_738, 290_176, 198_160, 430_429, 659_386, 241_685, 802_566, 405_790, 320_488, 558_337,
            821_586, 812_949, 804_146, 379_851, 163_887, 733_607, 680_621, 728_232, 150_899, 178_394,
            527_522, 401_365, 477_500, 848_477, 302_439, 545_985, 393_706,
        ],
        percentiles: [527_522.0, 816_403.799_999_999_9, 831_801.799_999_999_9, 861_819.08],
        deviation: 200_710.0,
    },
    Golden {
        micros: &[
            371_224, 754_661, 264_914, 387_339, 239_090, 261_778, 360_760, 673_883, 584_658, 486_408,
            277_161, 749_204, 749_840, 326_637, 194_778, 389_838, 259_503, 749_909, 539_662, 530_301,
            367_920, 529_788, 875_594, 327_145, 726_048, 160_902, 385_353, 849_917, 803_447, 214_369,
            782_279, 783_695, 489_959, 425_910, 885_286, 863_267, 657_914, 449_568, 307_659, 852_331,
            351_591, 567_119, 655_984, 330_101, 386_369, 706_066, 298_058, 655_792, 858_438, 663_153,
            634_642, 497_868, 875_920, 316_416, 416_882, 630_705, 641_072, 230_317, 271_705, 669_166,
            780_524, 626_540, 850_126, 432_384, 397_291, 748_892, 180_816, 295_519, 294_673, 442_844,
            267_670, 748_450, 784_915, 435_356, 172_000, 684_943, 230_810, 609_388, 278_310, 855_750,
            658_155, 893_757, 612_703, 692_757, 431_982, 756_632, 234_711, 264_648, 420_198, 684_667,
            514_118, 785_718, 856_117, 450_919, 467_967, 564_937, 634_102, 509_615, 601_586, 868_892,
        ],
        percentiles: [530_044.5, 850_346.5, 863_548.25, 885_370.710_000_000_1],
        deviation: 197_973.5,
    },
];

fn spans(micros: &[u64]) -> Vec<Span> {
    micros.iter().copied().map(Span::from_micros).collect()
}

fn is_close(hundredths: Option<u64>, expected: f64) -> bool {
    let exact = u32::try_from(hundredths.expect("samples")).map(f64::from).expect("below 43 s") / 100.0;
    (exact - expected).abs() <= 1e-9 * expected.abs()
}

#[test]
fn percentiles_are_those_of_numpy() {
    for golden in GOLDEN {
        let ordered = Ordered::of(spans(golden.micros));
        for (percentile, expected) in Percentile::ALL.into_iter().zip(golden.percentiles) {
            assert!(is_close(ordered.hundredths(percentile.percent()), expected), "{expected}");
        }
        assert!(is_close(ordered.deviation_hundredths(), golden.deviation), "{}", golden.deviation);
    }
}

#[test]
fn a_percentile_is_shown_only_where_the_samples_carry_it() {
    for (percentile, needs) in Percentile::ALL.into_iter().zip([1, 10, 20, 100]) {
        let enough = Ordered::of(vec![Span::from_millis(5); needs]);
        assert_eq!(enough.percentile(percentile), Ok(Span::from_millis(5)));
        let short = Ordered::of(vec![Span::from_millis(5); needs - 1]);
        let error = TooFew { figure: Figure::Percentile(percentile), have: needs - 1 };
        assert_eq!(short.percentile(percentile), Err(error));
    }
    let nineteen = Ordered::of(vec![Span::from_millis(5); 19]).percentile(Percentile::P95);
    assert_eq!(nineteen.expect_err("too few").sentence(), "p95 needs 20 samples; there are 19.");
}

#[test]
fn median_range_and_spread_of_a_handful() {
    let ordered = Ordered::of(spans(&[7, 1, 2, 100]));
    assert_eq!(ordered.median(), Ok(Span::from_micros(5)), "4.5, rounded");
    assert_eq!(ordered.range(), Ok((Span::from_micros(1), Span::from_micros(100))));
    assert_eq!(ordered.deviation(), Ok(Span::from_micros(3)), "of 2.5, 2.5, 3.5 and 95.5: 3");
    let none = Ordered::default();
    assert!(none.is_empty() && none.median().is_err() && none.range().is_err() && none.deviation().is_err());
    assert_eq!(none.median().expect_err("none").sentence(), "There are no samples.");
}

#[test]
fn the_ranks_of_intervals_are_those_of_published_tables() {
    // The ranks of the usual tables; confidence by scipy: 1 - 2 * binom.cdf(low - 1, n, 0.5).
    for (count, low, high, coverage) in [
        (6, 1, 6, 0.968_75),
        (7, 1, 7, 0.984_375),
        (8, 1, 8, 0.992_187_5),
        (9, 2, 8, 0.960_937_5),
        (10, 2, 9, 0.978_515_625),
        (11, 2, 10, 0.988_281_25),
        (12, 3, 10, 0.961_425_781_25),
        (15, 4, 12, 0.964_843_75),
        (20, 6, 15, 0.958_610_534_667_968_8),
        (25, 8, 18, 0.956_714_749_336_242_7),
        (30, 10, 21, 0.957_226_054_742_932_3),
        (40, 14, 27, 0.961_522_691_715_799_7),
        (50, 18, 33, 0.967_160_862_435_731_5),
        (64, 24, 41, 0.967_234_240_901_176_8),
        (100, 40, 61, 0.964_799_799_782_295_1),
        (200, 86, 115, 0.959_962_808_386_600_4),
        (1_000, 469, 532, 0.953_708_802_639_501_9),
        (2_000, 956, 1_045, 0.953_447_179_508_216_4),
    ] {
        let ranks = middle_ranks(count).expect("six or more");
        assert_eq!((ranks.low, ranks.high), (low, high), "{count}");
        assert!((ranks.coverage - coverage).abs() < 1e-9, "{count}: {}", ranks.coverage);
    }
    assert!((0..6).all(|count| middle_ranks(count).is_none()));
}

/// Row `count` of Pascal's triangle.
fn coefficients(count: usize) -> Vec<u128> {
    let mut row = vec![1_u128];
    for _ in 0..count {
        let next = row.windows(2).map(|pair| pair[0] + pair[1]);
        row = [1].into_iter().chain(next).chain([1]).collect();
    }
    row
}

#[test]
fn ranks_are_as_narrow_as_the_exact_binomial_allows() {
    for count in 6..=100 {
        let row = coefficients(count);
        let missed = |low: usize| 2 * row[..low].iter().sum::<u128>();
        let ranks = middle_ranks(count).expect("six or more");
        // 5 % of 2ⁿ.
        assert!(20 * missed(ranks.low) <= 1 << count, "{count}: too narrow");
        assert!(20 * missed(ranks.low + 1) > 1 << count, "{count}: too wide");
    }
}

#[test]
fn an_interval_reaches_from_sample_to_sample() {
    let ordered = Ordered::of((1..=10).rev().map(Span::from_millis));
    let interval = ordered.median_interval().expect("ten");
    assert_eq!((interval.low, interval.high), (Span::from_millis(2), Span::from_millis(9)));
    assert_eq!((interval.ranks, interval.coverage), ((2, 9), 978));
    let five = Ordered::of(vec![Span::ZERO; 5]).median_interval();
    assert_eq!(five.expect_err("five").sentence().matches("6 samples").count(), 1);
}

fn rounds(millis: &[u64]) -> Vec<(u32, Span)> {
    (0..).zip(millis.iter().copied().map(Span::from_millis)).collect()
}

#[test]
fn a_difference_is_decided_when_its_interval_leaves_zero_out() {
    // Drift that is larger than the difference: only pairs show it.
    let slow = rounds(&[110, 210, 312, 411, 509, 613, 711]);
    let fast = rounds(&[100, 200, 300, 400, 500, 600, 700]);
    let found = compare(&slow, &fast).expect("seven rounds");
    assert_eq!((found.pairs, found.decision), (7, Decision::Slower));
    assert_eq!((found.median.as_micros(), found.interval.low.as_micros()), (11_000, 9_000));
    let turned = compare(&fast, &slow).expect("seven rounds");
    assert_eq!((turned.decision, turned.median.as_micros()), (Decision::Faster, -11_000));
    assert_eq!(turned.median.to_string(), "−11\u{a0}ms");
    assert_eq!(found.interval.high.to_string(), "+13\u{a0}ms");
}

#[test]
fn a_difference_around_zero_is_not_decided() {
    let one = rounds(&[100, 200, 300, 400, 500, 600]);
    let other = rounds(&[101, 199, 301, 399, 501, 599]);
    let found = compare(&one, &other).expect("six rounds");
    assert_eq!((found.decision, found.median.to_string().as_str()), (Decision::NotDecided, "±0.0\u{a0}ms"));
    assert_eq!(found.decision.words(), "too close to call");
    // Equal samples decide nothing either.
    assert_eq!(compare(&one, &one).map(|found| found.decision), Ok(Decision::NotDecided));
}

#[test]
fn rounds_with_one_sample_are_left_out() {
    let one = rounds(&[1, 2, 3, 4, 5, 6]);
    let other: Vec<(u32, Span)> = one.iter().skip(1).copied().collect();
    let error = compare(&one, &other).expect_err("five rounds");
    assert_eq!(error, TooFew { figure: Figure::Difference, have: 5 });
    assert_eq!(error.sentence(), "5 complete rounds; it takes 6 to tell which is faster.");
}
