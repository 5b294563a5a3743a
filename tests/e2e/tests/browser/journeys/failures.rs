//! An answer that comes late, or only its beginning. None of this may be called an invalid key.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::{CANARY, Ending};
use e2e::script::{Step, Tail};
use e2e::workbench::until;
use serde_json::json;

use super::same;

const CALL: &str = "GET /v1/models";

pub(super) async fn a_broken_off_answer_is_no_success(stage: &Stage) -> Result<()> {
    let body = r#"{"object":"list","data":[{"id":"some-model","object":"model"}]}"#;
    stage.harness.mock.script().push(CALL, Step::json(200, body).ending(Tail::Cut(30)));
    stage.page.open().await?;
    let verdict = stage.page.test(CANARY).await?;
    ensure!(verdict.verdict != "works", "half a list passed as a success");
    same!(verdict.cause, "stream-incomplete", "cause");
    Ok(())
}

pub(super) async fn stop_hangs_up(stage: &Stage) -> Result<()> {
    let stalled = Step::json(200, r#"{"object":"list","data":[]}"#).ending(Tail::Stall(8));
    for (step, context) in [(Step::silence(), "before the headers"), (stalled, "in the body")] {
        stage.harness.mock.script().push(CALL, step);
        stage.page.open().await?;
        stage.page.type_key(CANARY).await?;
        let before = stage.harness.ledger.calls().len();
        stage.page.click("#test-key").await?;
        let arrived = || stage.harness.ledger.calls().len() > before;
        until(&format!("the call arrives ({context})"), arrived).await?;
        stage.page.click("#stop").await?;
        let verdict = stage.page.verdict().await?;
        same!(verdict.cause, "stopped", "cause ({context})");
        let dropped = || stage.harness.ledger.calls().last().map(|call| call.ending) == Some(Ending::Dropped);
        until(&format!("the page hangs up ({context})"), dropped).await?;
    }
    Ok(())
}

pub(super) async fn stop_ends_the_round_trip(stage: &Stage) -> Result<()> {
    // The call for the verdict and two warm ones are answered, the third is not.
    for _ in 0..3 {
        stage.harness.mock.script().push(CALL, Step::json(200, r#"{"object":"list","data":[]}"#));
    }
    stage.harness.mock.script().always(CALL, Step::silence());
    stage.page.open().await?;
    same!(stage.page.test(CANARY).await?.verdict, "works", "verdict");
    stage.page.wait_for("document.querySelectorAll('#round-trip [data-sample]').length === 2").await?;
    stage.page.click("#stop").await?;
    stage.page.wait_for("!document.querySelector('#stop')?.checkVisibility()").await?;
    same!(stage.page.count("#round-trip [data-sample]").await?, 2, "samples that stay");
    same!(stage.page.verdict().await?.verdict, "works", "verdict after stopping");
    Ok(())
}

pub(super) async fn a_slow_answer_is_waited_for(stage: &Stage) -> Result<()> {
    let list = r#"{"object":"list","data":[]}"#;
    stage.harness.mock.script().push(CALL, Step::json(200, list).after(Duration::from_millis(1_500)));
    stage.page.open().await?;
    stage.page.type_key(CANARY).await?;
    stage.page.click("#test-key").await?;
    stage.page.see("#verdict[aria-busy=true] #stop").await?;
    same!(stage.page.verdict().await?.verdict, "works", "verdict");
    Ok(())
}

pub(super) async fn twenty_seconds_are_the_limit(stage: &Stage) -> Result<()> {
    stage.harness.mock.script().push(CALL, Step::silence());
    stage.page.open().await?;
    stage.page.type_key(CANARY).await?;
    // The page's timers fire in order, however late: this one was set before the page's own.
    let timer = "setTimeout(() => { window.nineteen = true; }, 19_000)";
    stage.page.value(timer, &[]).await?;
    stage.page.click("#test-key").await?;
    let verdict = stage.page.verdict().await?;
    same!(
        stage.page.value("window.nineteen === true", &[]).await?,
        json!(true),
        "whether 19 seconds are over"
    );
    same!((&*verdict.verdict, &*verdict.cause), ("unreachable", "timed-out"), "verdict");
    let shown = stage.page.texts("#verdict").await?.concat();
    ensure!(shown.contains("within 20.00\u{a0}s"), "the limit is not told: {shown}");
    // The last call is no longer this one: the page has looked for the reason.
    let dropped = || stage.harness.ledger.calls().iter().any(|call| call.ending == Ending::Dropped);
    until("the page hangs up", dropped).await?;
    same!(stage.page.value("document.querySelector('#stop')", &[]).await?, json!(null), "Stop");
    Ok(())
}
