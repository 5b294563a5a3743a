//! How soon a key is asked about on a slow line, by a visitor who is there for the first time and presses at once.
//!
//! Chromium plays the line and the processor. A script that runs before any of the page's types and presses in the very moment
//! in which the form takes input, and notes when; nobody's fingers are quicker. All moments count from the start of the
//! navigation, by the page's clock. The one in which the mock has the request with the key is stamped by the mock, with the time
//! of day from which the page's clock goes on. What Chromium plays of a line is its throughput and a wait for each answer to the
//! page. Connections and preflights cost nothing here; on a real line they come to some four waits more.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use e2e::browser::Kind;
use e2e::figures::median;
use e2e::harness::{self, Stage};
use e2e::ledger::CANARY;
use e2e::pages::REPOSITORY;
use e2e::proxy::PAGES_HOST;
use serde_json::{Value, json};

/// Visits of each page with each processor; each by a browser of its own, so nothing is in a cache.
const VISITS: usize = 5;

/// The line: bits a second both ways, and milliseconds until an answer begins.
const BITS: u32 = 1_600_000;
const LATENCY: u32 = 150;

/// How many times slower the page's processor is, what that is called, and the most that the request may take, milliseconds.
const PROCESSORS: [(u32, &str, f64); 2] = [(1, "as it is", 1_500.0), (4, "4 × slower", 2_600.0)];

/// The moments of a visit, in their order: the document is there; the form takes input and is pressed; the program's first file
/// is there; the page asks; the mock has the key; the card is in the page.
const MOMENTS: [&str; 6] = ["document", "pressed", "program", "asked", "arrived", "card"];
const ARRIVED: usize = 4;

/// Types and presses as soon as the form takes input, and watches for the card.
const HASTY: &str = "(() => {
    const moments = window.moments = {};
    const observer = new MutationObserver(() => {
        if (moments.pressed === undefined) {
            const key = document.getElementById('api-key'), button = document.getElementById('test-key');
            if (!key || !button || key.closest('[inert]')) return;
            moments.pressed = performance.now();
            key.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
            key.focus();
            key.value = KEY;
            key.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
            button.click();
        } else if (document.querySelector('#verdict[data-verdict]:not([aria-busy=true])')) {
            moments.card = performance.now();
            observer.disconnect();
        }
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
})()";

/// The moments, once all are known. A request is told of when it is over.
const TOLD: &str = "(() => {
    const end = list => list.map(entry => entry.responseEnd).sort((a, b) => a - b)[0];
    const loaded = performance.getEntriesByType('resource');
    const asked = loaded.find(entry => new URL(entry.name).host === 'api.mistral.ai');
    if (!asked || !window.moments?.card) return null;
    return { ...window.moments, origin: performance.timeOrigin, asked: asked.startTime,
        document: end(performance.getEntriesByType('navigation')),
        program: end(loaded.filter(entry => entry.name.endsWith('.wasm'))) };
})()";

/// A page that is measured: what it is called, and its folder if it is not the one of the harness.
type Built = (&'static str, Option<PathBuf>);

/// Measures in Chromium, the page of `E2E_OLD_DIST` in turn with this one if that is named; fails when this one misses a limit.
pub(super) fn measure() -> Result<()> {
    let mut pages: Vec<Built> = vec![("this", None)];
    pages.extend(env::var_os("E2E_OLD_DIST").map(|folder| ("old", Some(folder.into()))));
    println!(
        "A first visit over {BITS} bit/s with {LATENCY} ms, a key pressed at once \
         (ms from the start of the navigation, medians of {VISITS} in Chromium)"
    );
    print!("{:<11} {:<6}", "processor", "page");
    println!("{}", MOMENTS.map(|moment| format!(" {moment:>9}")).concat());
    let mut missed = Vec::new();
    for (slower, name, limit) in PROCESSORS {
        let mut visits = vec![Vec::new(); pages.len()];
        // In turn, so that a drift of the machine falls on both alike.
        for _ in 0..VISITS {
            for (page, visits) in pages.iter().zip(&mut visits) {
                visits.push(visit(page, slower)?);
            }
        }
        let medians = visits.iter().map(|visits| middle(visits)).collect::<Vec<_>>();
        for ((page, _), row) in pages.iter().zip(&medians) {
            println!("{name:<11} {page:<6}{}", row.map(|at| format!(" {at:>9.0}")).concat());
        }
        let (Some(this), old) = (medians.first(), medians.get(1)) else { continue };
        if let Some(old) = old {
            let cells = old.iter().zip(this).map(|(old, this)| format!(" {:>9.2}", old / this));
            println!("{name:<11} {:<6}{}", "ratio", cells.collect::<String>());
        }
        let arrived = this[ARRIVED];
        let word = if arrived <= limit { "kept" } else { "missed" };
        let line = format!("The limit for the request is {limit} ms, the processor {name}: {word}.");
        println!("{line}");
        if arrived > limit {
            missed.push(format!("{line} It arrives after {arrived:.0} ms."));
        }
    }
    ensure!(missed.is_empty(), "{}", missed.join("\n"));
    Ok(())
}

/// The medians of each moment.
fn middle(visits: &[[f64; MOMENTS.len()]]) -> [f64; MOMENTS.len()] {
    std::array::from_fn(|moment| median(&visits.iter().map(|visit| visit[moment]).collect::<Vec<_>>()))
}

/// One visit, by a browser that has never been anywhere.
fn visit((name, folder): &Built, slower: u32) -> Result<[f64; MOMENTS.len()]> {
    let mut seen = None;
    let journey = async |stage: &Stage| {
        if let Some(folder) = folder {
            stage.harness.pages.change_to(folder)?;
        }
        seen = Some(moments(stage, slower).await?);
        Ok(())
    };
    let name = format!("chromium-line-bench-{name}");
    harness::runtime()?.block_on(harness::perform(Kind::Chromium, &name, journey))?;
    seen.context("nothing was seen")
}

async fn moments(stage: &Stage, slower: u32) -> Result<[f64; MOMENTS.len()]> {
    let browser = &stage.browser;
    let bytes = BITS / 8;
    let line = json!({ "offline": false, "latency": LATENCY, "downloadThroughput": bytes, "uploadThroughput": bytes });
    let hasty = HASTY.replace("KEY", &json!(CANARY).to_string());
    browser.devtools("Network.enable", json!({})).await?;
    browser.devtools("Page.enable", json!({})).await?;
    browser.devtools("Network.emulateNetworkConditions", line).await?;
    browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": slower })).await?;
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": hasty })).await?;
    stage.page.visit(PAGES_HOST, REPOSITORY).await?;
    let told = stage.page.wait_for(TOLD).await.context("no verdict for a key that was pressed at once")?;
    ensure!(stage.page.verdict().await?.verdict == "works", "the test of the key failed");
    browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await?;

    let calls = stage.harness.ledger.calls();
    let call = calls.iter().find(|call| call.header("authorization").is_some()).context("no call")?;
    let at = |name: &str| told[name].as_f64().with_context(|| format!("no {name} in {told}"));
    let since = Value::from(call.at).as_f64().unwrap_or(f64::NAN) / 1e3 - at("origin")?;
    let mut moments = [f64::NAN; MOMENTS.len()];
    for (moment, name) in moments.iter_mut().zip(MOMENTS) {
        *moment = if name == MOMENTS[ARRIVED] { since } else { at(name)? };
    }
    Ok(moments)
}
