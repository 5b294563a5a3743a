//! The latency lab: figures that are right, a price beforehand, and what is left of a measurement.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Kind;
use e2e::figures::{median, milliseconds};
use e2e::harness::Stage;
use e2e::lab::{CHAT, Lab, MODEL, custom, endless, reading, saved, short};
use e2e::ledger::{CANARY, Ending, Request, has_canary};
use e2e::page::{LONG_TIMEOUT, TIMEOUT};
use e2e::stream::Paced;
use e2e::workbench::{accepted, ledger_shows};
use serde_json::{Value, json};
use thirtyfour::Key;

use super::bill::{amount, is_right};
use super::same;
use super::scan::double_click_spends_nothing_on;
use super::workbench::{focus_is_on, press, tab_to};

/// Times of the known stream, and the least that they can be: nothing is read before it is sent. How much later it is read
/// depends on the machine; `cargo xtask bench` holds the page to that.
const TIMES: [(&str, f64); 3] = [("first-token", 199.0), ("mean-gap", 19.9), ("whole", 1_199.0)];

/// Its rates, and the most that they can be.
const RATES: [(&str, f64); 2] = [("decode-rate", 50.3), ("end-to-end-rate", 41.8)];

/// Most tokens that a call asks for.
fn asked(call: &Request) -> Option<u64> {
    serde_json::from_slice::<Value>(&call.body).ok()?["max_tokens"].as_u64()
}

pub(super) async fn the_figures_of_a_known_stream_are_read(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    let lab = Lab::of(page);
    lab.plan("quick").await?;
    lab.choose(MODEL).await?;
    let worst = amount(&page.texts("#lab-price b").await?.concat())?;
    same!(stage.harness.ledger.posts().len(), 0, "calls that may cost, before the button was pressed");

    let script = stage.harness.mock.script();
    // One that is not counted: its slowness must be in no figure.
    script.push(CHAT, Paced::new(Duration::from_millis(900), Duration::from_millis(1), 1));
    script.always(CHAT, Paced::new(Duration::from_millis(200), Duration::from_millis(20), 50));
    lab.start().await?;
    lab.comes_to("over", LONG_TIMEOUT).await?;

    let posts = stage.harness.ledger.posts();
    same!(
        posts.iter().map(asked).collect::<Vec<_>>(),
        [1, 50, 50, 50, 50, 50].map(Some),
        "most tokens of answers"
    );
    let all = stage.harness.ledger.to_mistral();
    let preflight = |request: &&Request| request.method == "OPTIONS" && CHAT.ends_with(&request.path);
    same!(
        all.iter().filter(preflight).count(),
        1,
        "preflights: that of the warm-up, and none that a figure holds"
    );
    let of_lists = |method: &str| {
        let lists = all.iter().filter(|request| request.path == "/v1/models" && request.method == method);
        lists.filter(|request| method == "OPTIONS" || request.header("authorization").is_some()).count()
    };
    same!(of_lists("GET"), 6, "lists for the verdict and its round trip");
    // What is not to be kept is preflighted each time, but not by WebKit.
    let preflights = if stage.browser.kind() == Kind::WebKit { 1 } else { 6 };
    same!(of_lists("OPTIONS"), preflights, "preflights: of these, and none for the calls without the key");
    let bodies: BTreeSet<_> = posts.iter().map(|post| post.body.clone()).collect();
    same!(bodies.len(), posts.len(), "prompts unlike all others");
    let spent = is_right(stage, "#lab-spent", &posts).await?;
    ensure!(
        spent.told <= worst && spent.untold == 0,
        "{spent:?} where at most {worst} picodollars were shown"
    );
    let words = page.texts("#lab").await?.concat();
    ensure!(words.contains("Not counted: the first call to"), "the warm-up is not spoken of: {words}");
    lab.count_doubtful().await?;
    for (name, least) in TIMES {
        let shown = lab.cell(0, name).await?;
        ensure!(reading(&shown)? >= least, "{name} is {shown}, less than {least}");
    }
    for (name, most) in RATES {
        let shown = lab.cell(0, name).await?;
        let rate = reading(&shown)?;
        ensure!(rate > 0.0 && rate <= most, "{name} is {shown}, more than {most}");
    }
    page.click("#lab-method > summary").await?;
    page.see("#lab-clock").await?;
    let clock = page.texts("#lab-clock").await?.concat();
    ensure!(clock.contains("ms") || clock.contains("µs"), "the clock's resolution is not stated: {clock}");

    let report = lab.report().await?;
    ensure!(!has_canary(&report.text), "the report holds the key");
    same!(Path::new(&report.name).extension(), Some("json".as_ref()), "extension of the report");
    same!(report.json["schema"], json!("mistral-key-tester/report/1"), "schema of the report");
    ensure!(report.json["series"][0]["warm_up"].is_object(), "the report has no warm-up: {}", report.text);
    let samples = report.samples(0)?;
    same!(samples.len(), 5, "samples in the report");
    let (mut apart, mut first) = (Vec::new(), Vec::new());
    for sample in &samples {
        same!(sample["chunks"], json!(50), "chunks of a sample");
        let time = |name: &str| sample[name].as_u64().with_context(|| format!("no {name} in {sample}"));
        apart.push(time("first_token_us")? - time("first_event_us")?);
        first.push(milliseconds(time("first_token_us")?));
    }
    // They are sent 100 ms apart. A busy machine may read both at once, but not each time.
    ensure!(
        apart.iter().any(|micros| *micros > 50_000),
        "the first event, which has no text, counts as the first token: {apart:?}"
    );
    let (shown, measured) = (reading(&lab.cell(0, "first-token").await?)?, median(&first));
    let rounding = 1.0 + measured / 100.0;
    ensure!((shown - measured).abs() <= rounding, "{shown} is shown of {first:?}");
    Ok(())
}

pub(super) async fn stopping_keeps_what_was_measured(stage: &Stage) -> Result<()> {
    let (page, ledger) = (&stage.page, &stage.harness.ledger);
    accepted(stage).await?;
    let lab = Lab::of(page);
    lab.custom(MODEL, custom(10)).await?;
    let script = stage.harness.mock.script();
    for _ in 0..3 {
        script.push(CHAT, short(60));
    }
    script.always(CHAT, endless());
    lab.start().await?;
    let fourth_is_open = |posts: &[Request]| posts.len() == 4 && posts[3].ending == Ending::Open;
    ledger_shows(stage, "the warm-up, two calls and a third that goes on", fourth_is_open).await?;
    page.wait_for("/an answer is arriving/.test(document.querySelector('#lab').textContent)").await?;
    page.click("#stop-lab").await?;
    lab.comes_to("stopped", TIMEOUT).await?;
    let dropped = |posts: &[Request]| posts.last().is_some_and(|post| post.ending == Ending::Dropped);
    ledger_shows(stage, "the page hangs up", dropped).await?;
    // Calls followed each other without a pause, and the page's timers fire in order.
    page.promise("new Promise(done => setTimeout(done, 500))", &[]).await?;
    let posts = ledger.posts();
    same!(posts.len(), 4, "calls after the lab was stopped");
    same!(is_right(stage, "#lab-spent", &posts).await?.untold, 1, "calls that were taken back");

    lab.count_doubtful().await?;
    let first = reading(&lab.cell(0, "first-token").await?)?;
    ensure!(first >= 58.0, "what was measured is gone: {first}");
    let report = lab.report().await?;
    same!(report.samples(0)?.len(), 2, "samples in the report");
    ensure!(!has_canary(&report.text), "the report holds the key");
    Ok(())
}

/// The second click lands on the button that takes the place of Stop, and that one costs something.
pub(super) async fn a_double_click_on_stop_ends_the_measurement(stage: &Stage) -> Result<()> {
    let (page, ledger) = (&stage.page, &stage.harness.ledger);
    accepted(stage).await?;
    let lab = Lab::of(page);
    lab.custom(MODEL, custom(10)).await?;
    stage.harness.mock.script().always(CHAT, endless());
    lab.start().await?;
    ledger_shows(stage, "a call goes on", |posts| !posts.is_empty()).await?;
    double_click_spends_nothing_on(stage, "#stop-lab", "#start-lab").await?;
    let asked = ledger.to_mistral().len();
    page.promise("new Promise(done => setTimeout(done, 1000))", &[]).await?;
    same!(ledger.to_mistral().len(), asked, "calls after the lab was stopped");
    lab.comes_to("stopped", TIMEOUT).await
}

pub(super) async fn a_saved_report_is_compared_with(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    let script = stage.harness.mock.script();
    let measured = async |first| {
        accepted(stage).await?;
        let lab = Lab::of(page);
        // Four samples without a doubt are enough, but a busy machine leaves no more of many.
        lab.custom(MODEL, custom(40)).await?;
        script.always(CHAT, short(first));
        lab.start().await?;
        lab.comes_to("over", LONG_TIMEOUT).await?;
        anyhow::Ok(lab)
    };
    let before = saved(&measured(60).await?.report().await?)?;
    let lab = measured(160).await?;
    same!(page.count("#lab-compared").await?, 0, "comparisons without a report");
    let calls = stage.harness.ledger.to_mistral().len();
    lab.compare_with(before.path()).await?;
    page.see("#lab-compared").await?;
    let said = page.texts("#lab-compared").await?.concat();
    ensure!(said.contains("slower than before by"), "100 ms more are not noticed: {said}");

    let own = saved(&lab.report().await?)?;
    lab.compare_with(own.path()).await?;
    page.wait_for("!document.querySelector('#lab-compared').textContent.includes('slower')").await?;

    let mut other = tempfile::Builder::new().suffix(".json").tempfile()?;
    other.write_all(b"{\"schema\":\"something else\"}")?;
    lab.compare_with(other.path()).await?;
    page.see("#lab-compared .state-warn").await?;
    same!(stage.harness.ledger.to_mistral().len(), calls, "requests that comparing makes");
    Ok(())
}

pub(super) async fn the_keyboard_runs_the_lab(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    let script = stage.harness.mock.script();
    accepted(stage).await?;
    script.always(CHAT, short(60));
    let type_text = async |text: &str| {
        stage.browser.driver().action_chain().send_keys(text).perform().await.context("typing")
    };
    page.reach("#lab-heading").await?;
    focus_is_on(stage, "#lab-heading").await?;
    tab_to(stage, "[data-plan=custom]", 8).await?;
    press(stage, Key::Space).await?;
    page.see("#lab-rounds").await?;
    focus_is_on(stage, "[data-plan=custom][aria-pressed=true]").await?;
    for (field, text) in [("#lab-rounds", "4"), ("#lab-pause", "0")] {
        tab_to(stage, field, 12).await?;
        // What is in a field is selected when the keyboard comes to it.
        type_text(text).await?;
        let there = format!("document.querySelector('{field}').value === '{text}'");
        page.wait_for(&there).await?;
        focus_is_on(stage, field).await?;
    }
    tab_to(stage, "#start-lab", 12).await?;
    press(stage, Key::Enter).await?;
    let lab = Lab::of(page);
    lab.comes_to("over", TIMEOUT).await?;
    page.wait_for("document.querySelector('#lab').contains(document.activeElement)").await?;
    same!(stage.harness.ledger.posts().len(), 5, "calls: the warm-up and four");

    for _ in 0..2 {
        script.push(CHAT, short(60));
    }
    script.always(CHAT, endless());
    page.value("document.querySelector('#start-lab').focus()", &[]).await?;
    press(stage, Key::Enter).await?;
    lab.comes_to("running", TIMEOUT).await?;
    // Of the warm-up alone there would be nothing to save.
    ledger_shows(stage, "the warm-up, a call and one that goes on", |posts| posts.len() == 8).await?;
    page.wait_for("document.querySelector('#lab').contains(document.activeElement)").await?;
    page.reach("#lab-heading").await?;
    focus_is_on(stage, "#lab-heading").await?;
    tab_to(stage, "#stop-lab", 20).await?;
    press(stage, Key::Enter).await?;
    lab.comes_to("stopped", TIMEOUT).await?;
    page.wait_for("document.querySelector('#lab').contains(document.activeElement)").await?;
    tab_to(stage, "#save-report", 40).await?;
    tab_to(stage, "#lab-before", 3).await?;
    let text = page.value("document.body.innerText", &[]).await?.to_string();
    ensure!(!text.contains(CANARY), "the page shows the key");
    Ok(())
}
