//! What holds for any report and any file.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::report;
use crate::core::bench::{
    Call, Finish, FirstChunk, Mark, Marks, NoRate, Pacing, PlanKind, PromptSize, Rate, Resolution, Timing,
    Workload,
};
use crate::core::explain::Cause;
use crate::core::mistral::Endpoint;
use crate::core::mistral::usage::Usage;
use crate::core::report::{Facts, Report, SavedSample, SavedSeries, matched};
use crate::core::time::{Date, Span, Timestamp};

fn span() -> impl Strategy<Value = Span> {
    any::<u64>().prop_map(Span::from_micros)
}

fn rate() -> impl Strategy<Value = Result<Rate, NoRate>> {
    prop_oneof![
        any::<u64>().prop_map(|all| Ok(Rate::from_thousandths(all))),
        select(NoRate::ALL.to_vec()).prop_map(Err)
    ]
}

fn usage() -> impl Strategy<Value = Usage> {
    any::<[u64; 3]>().prop_map(|[input, cached, output]| Usage { input, cached, output, ..Usage::default() })
}

fn first_chunk() -> impl Strategy<Value = FirstChunk> {
    prop_oneof![Just(FirstChunk::OneToken), any::<u64>().prop_map(FirstChunk::ByLength)]
}

fn timing() -> impl Strategy<Value = Timing> {
    let firsts = [(); 4].map(|()| option::of(span()));
    let told = (option::of(usage()), option::of(select(Finish::ALL.to_vec())), option::of(first_chunk()));
    let gaps = prop::collection::vec(span(), 0..5);
    let spans = [(); 4].map(|()| span());
    (spans, firsts, told, gaps, [rate(), rate()], any::<[u64; 4]>()).prop_map(
        |(spans, firsts, (usage, finish, first_chunk), gaps, rates, counts)| {
            let ([delay, headers, whole, decoding], [chunks, shared, reads, bytes]) = (spans, counts);
            let [first_event, first_thinking, first_token, first_answer] = firsts;
            let [decode_rate, end_to_end_rate] = rates;
            Timing {
                delay,
                headers,
                first_event,
                first_thinking,
                first_token,
                first_answer,
                whole,
                gaps,
                decoding,
                usage,
                finish,
                decode_rate,
                first_chunk,
                end_to_end_rate,
                chunks,
                shared,
                reads,
                bytes,
            }
        },
    )
}

fn sample() -> impl Strategy<Value = SavedSample> {
    let outcome = prop_oneof![3 => timing().prop_map(Ok), 1 => select(Cause::ALL.to_vec()).prop_map(Err)];
    let marks = prop::collection::vec(select(Mark::ALL.to_vec()), 0..3);
    (any::<u32>(), any::<u64>(), outcome, marks).prop_map(|(round, started, outcome, all)| {
        let mut marks = Marks::default();
        for mark in all {
            marks.insert(mark);
        }
        SavedSample { round, started: Timestamp::from_micros(started), outcome, marks }
    })
}

fn series() -> impl Strategy<Value = SavedSeries> {
    let samples = prop::collection::vec(sample(), 1..7);
    let kinds = (select(Call::ALL.to_vec()), select(Endpoint::ALL.to_vec()));
    ("[a-z][a-zA-Z0-9é…😀:/\"\\\\ -]{0,20}", kinds, any::<u8>(), option::of(sample()), samples).prop_map(
        |(model, (call, endpoint), at_once, warm_up, samples)| SavedSeries {
            model,
            call,
            endpoint,
            at_once,
            warm_up,
            samples,
        },
    )
}

fn pacing() -> impl Strategy<Value = Pacing> {
    let closed = span().prop_map(|pause| Pacing::Closed { pause });
    prop_oneof![closed, span().prop_map(|every| Pacing::Paced { every })]
}

fn any_report() -> impl Strategy<Value = Report> {
    let date = (0_u16..=9_999, 1_u8..=12, 1_u8..=31).prop_map(|(year, month, day)| Date { year, month, day });
    let facts = (any::<bool>(), span(), select(PlanKind::ALL.to_vec()), date, option::of(span())).prop_map(
        |(simulated, clock, plan, made, round_trip)| Facts { simulated, clock, plan, made, round_trip },
    );
    let workload = (select(PromptSize::ALL.to_vec()), any::<u32>(), pacing(), any::<u32>())
        .prop_map(|(prompt, answer, pacing, seed)| Workload { prompt, answer, pacing, seed });
    (facts, workload, prop::collection::vec(series(), 1..5)).prop_map(|(facts, workload, series)| Report {
        facts,
        workload,
        series,
    })
}

/// Whatever is read is written and read alike, and can be compared.
fn check(text: &str) -> Result<(), TestCaseError> {
    match Report::read(text) {
        Ok(report) => {
            let again = Report::read(&report.json());
            prop_assert_eq!(again.as_ref(), Ok(&report));
            prop_assert!(matched(&report, &report).is_ok_and(|all| all.len() == report.series.len()));
        }
        Err(why) => prop_assert!(!why.sentence().is_empty() && why.sentence().len() < 300),
    }
    Ok(())
}

proptest! {
    #[test]
    fn property_a_report_is_read_as_it_was(report in any_report()) {
        let text = report.json();
        prop_assert_eq!(Report::read(&text), Ok(report.clone()));
        check(&text)?;
        let samples: usize = report.series.iter().map(|series| series.samples.len()).sum();
        prop_assert_eq!(text.lines().filter(|line| line.starts_with("{\"round\"")).count(), samples);
    }

    #[test]
    fn property_any_text_is_read_or_refused(text in ".{0,200}") {
        check(&text)?;
    }

    #[test]
    fn property_a_report_with_changes_is_read_or_refused(
        all in any_report(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), piece(), any::<bool>()), 1..6),
    ) {
        let mut text: Vec<char> = all.json().chars().collect();
        for (place, piece, cut) in changes {
            let at = place.index(text.len());
            let piece: Vec<char> = piece.chars().collect();
            if cut {
                let end = (at + piece.len()).min(text.len());
                text.splice(at..end, piece);
            } else {
                text.splice(at..at, piece);
            }
        }
        check(&text.into_iter().collect::<String>())?;
    }

    #[test]
    fn property_numbers_of_any_size_are_compared(samples in prop::collection::vec((timing(), timing()), 4..9)) {
        let of = |timings: Vec<Timing>| {
            let mut saved = super::series("a", &vec![1; timings.len()]);
            for (sample, timing) in saved.samples.iter_mut().zip(timings) {
                sample.outcome = Ok(timing);
            }
            report(vec![saved])
        };
        let (before, now) = samples.into_iter().unzip();
        let found = matched(&of(before), &of(now)).expect("alike");
        prop_assert!(found[0].changes[2].1.is_ok_and(|change| !change.words(Resolution::of(Span::from_micros(100))).is_empty()));
    }
}

/// Pieces of files.
fn piece() -> impl Strategy<Value = String> {
    let known = select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "null",
        "-1",
        "1e999",
        "18446744073709551616",
        "0",
        "é",
        "\\",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => ".{0,4}"]
}
