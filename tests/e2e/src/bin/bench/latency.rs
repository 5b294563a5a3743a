//! Whether the lab's times are right: the same streams by the page's clock and by the stamps of the server that sent them.
//!
//! Both clocks are the system's: the mock stamps with the time of day, and a page adds the time of day at which it began to
//! what its own clock counts from there. How far a browser's two clocks are apart is told in the table and taken off
//! nothing. The first lines of a browser are of a bare reader in the same page: what is worse than that is the lab's own.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::accuracy::Accuracy;
use e2e::browser::Kind;
use e2e::figures::{median, percentile};
use e2e::harness::{self, Stage};
use e2e::lab::{Custom, Lab};
use e2e::ledger::CANARY;
use e2e::script::Script;
use e2e::stamp;
use e2e::stream::Paced;

use super::bare;

/// The call that streams.
pub(super) const CHAT: &str = "POST /v1/chat/completions";

/// The model that the lab calls.
pub(super) const MODEL: &str = "ministral-3b-2512";

/// To the first chunk with text.
pub(super) const FIRST: Duration = Duration::from_millis(200);

/// Chunks a second, and how many of them a stream has.
const RATES: [(u32, u32); 3] = [(20, 200), (100, 500), (300, 900)];

/// Streams at each rate.
const RUNS: u32 = 5;

/// How late chunks are, in turn, microseconds: a browser whose clock ticks in whole milliseconds would be right about even gaps for the
/// wrong reason.
const JITTER: [u64; 7] = [0, 730, 210, 1_170, 480, 940, 60];

/// By how many microseconds the page's clock is ahead of the time of day, by the median of what it shows when that ticks.
const OFFSET: &str = "(() => {
    const ahead = [];
    while (ahead.length < 101) {
        const before = Date.now();
        let now = before;
        while (now === before) now = Date.now();
        ahead.push(performance.timeOrigin + performance.now() - now);
    }
    return Math.round(ahead.sort((a, b) => a - b)[50] * 1000);
})()";

/// What a browser must keep to; milliseconds, and percent for the rate.
struct Limits {
    first: f64,
    gap: f64,
    gap_p99: f64,
    rate: f64,
}

const fn limits(kind: Kind) -> Limits {
    match kind {
        Kind::Chromium => Limits { first: 1.0, gap: 0.3, gap_p99: 3.0, rate: 0.2 },
        // Their clocks tick once a millisecond.
        Kind::Firefox | Kind::WebKit => Limits { first: 1.0, gap: 1.0, gap_p99: f64::INFINITY, rate: 0.2 },
    }
}

/// Who measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// A few lines of JavaScript.
    Bare,
    /// The page.
    Lab,
}

/// A line of the table.
struct Row {
    kind: Kind,
    reader: Reader,
    rate: u32,
    accuracy: Accuracy,
    offset: i64,
}

/// Measures in both browsers; fails when the lab misses a limit.
pub(super) fn measure() -> Result<()> {
    println!("What is measured of streams, against the stamps of who sent them, live plots on (ms)");
    println!(
        "{:<9} {:<6} {:>8} {:>6} {:>6} {:>7} {:>7} {:>7} {:>7} {:>7} {:>8}",
        "browser",
        "reader",
        "chunks/s",
        "chunks",
        "TTFT",
        "signed",
        "gap p50",
        "gap p99",
        "rate %",
        "merged",
        "offset"
    );
    let mut missed = Vec::new();
    for kind in Kind::MEASURED {
        let mut rows = Vec::new();
        let journey = async |stage: &Stage| {
            bare_streams(stage, &mut rows).await?;
            lab_streams(stage, &mut rows).await
        };
        let outcome = harness::runtime()?.block_on(harness::perform(
            kind,
            &format!("{}-latency-bench", kind.name()),
            journey,
        ));
        for row in &rows {
            row.print();
            missed.extend(row.missed());
        }
        if let Err(error) = outcome {
            missed.push(format!("{}: {error:#}", kind.name()));
        }
    }
    println!("The system's clock was moved by {} µs meanwhile.", stamp::drift());
    ensure!(missed.is_empty(), "limits are missed:\n{}", missed.join("\n"));
    println!("The limits are kept.");
    Ok(())
}

async fn bare_streams(stage: &Stage, rows: &mut Vec<Row>) -> Result<()> {
    let mock = &stage.harness.mock;
    stage.page.open().await?;
    warm_up(mock.script());
    bare::read(stage).await?;
    for (rate, chunks) in RATES {
        mock.script().always(CHAT, stream(rate, chunks));
        let before = mock.sends().len();
        let mut arrived = Vec::new();
        for _ in 0..RUNS {
            arrived.push(bare::read(stage).await?);
        }
        let sent = mock.sends();
        let accuracy = Accuracy::of(&sent[before..], &arrived)?;
        rows.push(row(stage, Reader::Bare, rate, accuracy).await?);
    }
    Ok(())
}

async fn lab_streams(stage: &Stage, rows: &mut Vec<Row>) -> Result<()> {
    for (rate, chunks) in RATES {
        let before = stage.harness.mock.sends().len();
        let stream = stream(rate, chunks);
        let lab = set_up(stage, &stream, RUNS).await?;
        run(lab, &stream, RUNS).await?;
        let arrived = lab.report().await?.arrived(0)?;
        let sent = stage.harness.mock.sends();
        // The first stream of the lab is its warm-up.
        let accuracy = Accuracy::of(sent.get(before + 1..).unwrap_or_default(), &arrived)?;
        rows.push(row(stage, Reader::Lab, rate, accuracy).await?);
    }
    Ok(())
}

/// Makes a fresh page ready to measure `runs` streams, by a plan of the user's own; the mock sends no other.
pub(super) async fn set_up<'a>(stage: &'a Stage, stream: &Paced, runs: u32) -> Result<Lab<'a>> {
    let page = &stage.page;
    page.open().await?;
    ensure!(page.test(CANARY).await?.verdict == "works", "the test of the key failed");
    page.samples().await?;
    let lab = Lab::of(page);
    // No pause: what happens between answers is not measured here.
    lab.custom(MODEL, Custom { rounds: runs, at_once: 1, answer: 4_000, pause: 0 }).await?;
    let script = stage.harness.mock.script();
    warm_up(script);
    script.always(CHAT, stream.clone());
    Ok(lab)
}

/// Has it measure them.
pub(super) async fn run(lab: Lab<'_>, stream: &Paced, runs: u32) -> Result<()> {
    lab.start().await?;
    // To ask the page whether it is there yet would keep it from measuring.
    tokio::time::sleep((stream.first + stream.gap * stream.chunks) * runs).await;
    lab.comes_to("over", Duration::from_secs(30)).await
}

/// The next stream is a short one. It pays for the connection and the preflight.
pub(super) fn warm_up(script: &Script) {
    script.push(CHAT, Paced::new(Duration::from_millis(20), Duration::from_millis(1), 1));
}

fn stream(rate: u32, chunks: u32) -> Paced {
    Paced::new(FIRST, Duration::from_secs(1) / rate, chunks).jittered(&JITTER.map(Duration::from_micros))
}

async fn row(stage: &Stage, reader: Reader, rate: u32, accuracy: Accuracy) -> Result<Row> {
    let offset = stage.page.value(OFFSET, &[]).await?;
    let offset = offset.as_i64().with_context(|| format!("{offset} is no offset"))?;
    Ok(Row { kind: stage.browser.kind(), reader, rate, accuracy, offset })
}

impl Row {
    /// The median of the errors of the first chunks, whichever way they are wrong.
    fn first(&self) -> f64 {
        let errors: Vec<f64> = self.accuracy.first.iter().map(|error| error.abs()).collect();
        median(&errors)
    }

    fn print(&self) {
        let Accuracy { first, gaps, chunks, shared, .. } = &self.accuracy;
        let reader = match self.reader {
            Reader::Bare => "bare",
            Reader::Lab => "lab",
        };
        println!(
            "{:<9} {reader:<6} {:>8} {chunks:>6} {:>6.2} {:>+7.2} {:>7.2} {:>7.2} {:>7.3} {shared:>7} {:>+5} µs",
            self.kind.name(),
            self.rate,
            self.first(),
            median(first),
            median(gaps),
            percentile(gaps, 99),
            self.accuracy.rate(),
            self.offset,
        );
    }

    /// A line for each limit that the lab misses.
    fn missed(&self) -> Vec<String> {
        if self.reader == Reader::Bare {
            return Vec::new();
        }
        let gaps = &self.accuracy.gaps;
        let Limits { first, gap, gap_p99, rate } = limits(self.kind);
        let lines = [
            ("median error of the time to first token", self.first(), first),
            ("median error of gaps", median(gaps), gap),
            ("99th percentile of the errors of gaps", percentile(gaps, 99), gap_p99),
            ("error of the mean rate", self.accuracy.rate(), rate),
        ];
        // Not a number is no success either.
        let missed = lines.into_iter().filter(|(_, value, limit)| value.is_nan() || value > limit);
        let place = format!("{} at {} chunks a second", self.kind.name(), self.rate);
        missed.map(|(what, value, limit)| format!("{place}: {what} {value:.3}, limit {limit}")).collect()
    }
}
