//! A stream with known figures, five times, by the plan Quick: the page must read these figures off it.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use e2e::browser::Kind;
use e2e::figures::{median, milliseconds};
use e2e::harness::{self, Stage};
use e2e::lab::{Lab, reading};
use e2e::ledger::CANARY;
use e2e::stream::Paced;
use serde_json::Value;

use super::latency::{CHAT, FIRST, MODEL, warm_up};

/// Between the chunks.
const GAP: Duration = Duration::from_millis(20);

/// Tokens, of which each chunk holds one.
const TOKENS: u32 = 50;

/// A figure of the lab, as its cell is called; from what to what it may be read; its unit.
const FIGURES: [(&str, f64, f64, &str); 4] = [
    ("first-token", 200.0, 205.0, "ms"),
    ("mean-gap", 20.0, 20.6, "ms"),
    ("decode-rate", 48.0, 50.0, "tok/s"),
    ("end-to-end-rate", 40.0, 42.0, "tok/s"),
];

/// Measures in both browsers; fails when a figure is read wrong.
pub(super) fn measure() -> Result<()> {
    println!(
        "What the page reads off {TOKENS} tokens, the first after {FIRST:?}, one each {GAP:?} (medians of five runs)"
    );
    println!("{:<9} {:<16} {:>10} {:>9}  shown", "browser", "figure", "must be", "reported");
    let mut wrong = Vec::new();
    for kind in Kind::MEASURED {
        let journey = async |stage: &Stage| {
            wrong.extend(read(stage).await?);
            Ok(())
        };
        harness::runtime()?.block_on(harness::perform(
            kind,
            &format!("{}-golden-bench", kind.name()),
            journey,
        ))?;
    }
    ensure!(wrong.is_empty(), "figures are read wrong:\n{}", wrong.join("\n"));
    println!("All are read right, to the tenth that the page shows.");
    Ok(())
}

/// Prints what is read; a line for each figure that is wrong.
async fn read(stage: &Stage) -> Result<Vec<String>> {
    let page = &stage.page;
    page.open().await?;
    ensure!(page.test(CANARY).await?.verdict == "works", "the test of the key failed");
    page.samples().await?;
    let lab = Lab::of(page);
    lab.plan("quick").await?;
    lab.choose(MODEL).await?;
    warm_up(stage.harness.mock.script());
    stage.harness.mock.script().always(CHAT, Paced::new(FIRST, GAP, TOKENS));
    lab.start().await?;
    lab.comes_to("over", Duration::from_secs(30)).await?;
    let samples = lab.report().await?.samples(0)?;
    ensure!(samples.len() == 5, "{} samples", samples.len());
    let mut wrong = Vec::new();
    for (name, least, most, unit) in FIGURES {
        let reported = samples.iter().map(|sample| figure(sample, name)).collect::<Result<Vec<_>>>()?;
        let reported = median(&reported);
        let shown = lab.cell(0, name).await?;
        let browser = stage.browser.kind().name();
        let range = format!("{least}–{most}");
        println!("{browser:<9} {name:<16} {range:>10} {reported:>9.3}  {shown}");
        for (where_from, value) in [("the report", reported), ("the page", reading(&shown)?)] {
            // Without the clock's own error, 50 tokens a second are read as 50.004 as often as 49.996.
            let tenth = (value * 10.0).round() / 10.0;
            if !(least..=most).contains(&tenth) {
                wrong.push(format!("{browser}: {name} is {value:.3} {unit} in {where_from}, not {range}"));
            }
        }
    }
    Ok(wrong)
}

/// A figure of one sample, in the unit of [`FIGURES`].
fn figure(sample: &Value, name: &str) -> Result<f64> {
    let number = |field: &str| {
        sample[field].as_u64().with_context(|| format!("no {field} in a sample that was answered: {sample}"))
    };
    Ok(match name {
        "first-token" => milliseconds(number("first_token_us")?),
        "mean-gap" => milliseconds(number("decoding_us")?) / f64::from(TOKENS - 1),
        // Thousandths of a token are to tokens as microseconds are to milliseconds.
        "decode-rate" => milliseconds(number("decode_rate_thousandths")?),
        "end-to-end-rate" => milliseconds(number("end_to_end_rate_thousandths")?),
        _ => bail!("no figure {name}"),
    })
}
