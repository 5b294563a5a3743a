//! Whether the page stays smooth under a thousand chunks a second: no animation frame of Chromium may take longer than
//! [`LIMIT`], watched from inside.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Kind;
use e2e::harness::{self, Stage};
use e2e::stream::Paced;

use super::bare;
use super::latency::{CHAT, FIRST, run, set_up, warm_up};

/// Chunks, one each millisecond.
const CHUNKS: u32 = 10_000;

/// What a frame may take, milliseconds. Chromium tells of those that take longer, and of no other.
const LIMIT: f64 = 50.0;

/// Watches from now on: the longest animation frame that the browser itself tells of, and the longest time from one frame to
/// the next.
const WATCH: &str = "(() => {
    const seen = { told: 0, between: 0, frames: 0 };
    const observer = new PerformanceObserver(list => {
        for (const entry of list.getEntries()) seen.told = Math.max(seen.told, entry.duration);
    });
    observer.observe({ type: 'long-animation-frame' });
    let last, on = true;
    const frame = at => {
        if (last !== undefined) seen.between = Math.max(seen.between, at - last);
        seen.frames += 1;
        last = at;
        if (on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    window.watched = () => new Promise(done => {
        on = false;
        // What the observer is told of the last frame comes after it.
        setTimeout(() => { observer.disconnect(); done(seen); }, 200);
    });
    return true;
})()";

/// What was watched.
struct Frames {
    /// The longest frame that the browser told of, milliseconds; 0 if it told of none.
    told: f64,
    /// The longest time between two frames, milliseconds.
    between: f64,
    /// Frames in all.
    count: u64,
}

/// Measures in Chromium; Firefox has no such observer.
pub(super) fn measure() -> Result<()> {
    println!("Animation frames while {CHUNKS} chunks arrive in ten seconds, live plots on (ms)");
    println!(
        "{:<9} {:<6} {:>7} {:>13} {:>16}",
        "browser", "reader", "frames", "longest told", "longest between"
    );
    let mut seen = None;
    let journey = async |stage: &Stage| {
        let stream = Paced::new(FIRST, Duration::from_millis(1), CHUNKS);
        stage.page.open().await?;
        warm_up(stage.harness.mock.script());
        bare::read(stage).await?;
        stage.harness.mock.script().always(CHAT, stream.clone());
        stage.page.value(WATCH, &[]).await?;
        bare::read(stage).await?;
        watched(stage).await?.print("bare");
        let lab = set_up(stage, &stream, 1).await?;
        stage.page.value(WATCH, &[]).await?;
        run(lab, &stream, 1).await?;
        let frames = watched(stage).await?;
        frames.print("lab");
        let chunks: usize = lab.report().await?.arrived(0)?.iter().map(|stream| stream.chunks.len()).sum();
        ensure!(chunks == usize::try_from(CHUNKS)?, "{chunks} chunks were measured");
        seen = Some(frames);
        Ok(())
    };
    harness::runtime()?.block_on(harness::perform(Kind::Chromium, "chromium-frames-bench", journey))?;
    let Frames { told, between, .. } = seen.context("nothing was watched")?;
    ensure!(told.max(between) <= LIMIT, "a frame took {:.1} ms; the limit is {LIMIT} ms", told.max(between));
    println!("The limit is {LIMIT} ms for each frame: kept.");
    Ok(())
}

/// Ends the watch.
async fn watched(stage: &Stage) -> Result<Frames> {
    let seen = stage.page.promise("window.watched()", &[]).await?;
    let number = |name: &str| seen[name].as_f64().with_context(|| format!("no {name} in {seen}"));
    let count = seen["frames"].as_u64().unwrap_or_default();
    ensure!(count > 100, "only {count} frames were drawn, which proves nothing");
    Ok(Frames { told: number("told")?, between: number("between")?, count })
}

impl Frames {
    fn print(&self, reader: &str) {
        let Self { told, between, count } = self;
        let told = if *told > 0.0 { format!("{told:.1}") } else { "none".to_owned() };
        println!("{:<9} {reader:<6} {count:>7} {told:>13} {between:>16.1}", "chromium");
    }
}
