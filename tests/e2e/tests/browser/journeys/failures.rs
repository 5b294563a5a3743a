//! An answer that comes late, or only its beginning. None of this may be called an invalid key.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::{CANARY, Ending};
use e2e::script::{Step, Tail};
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
        let deadline = Instant::now() + e2e::page::PATIENCE;
        while stage.harness.ledger.calls().len() == before {
            ensure!(Instant::now() < deadline, "the call never arrived ({context})");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        stage.page.click("#stop").await?;
        let verdict = stage.page.verdict().await?;
        same!(verdict.cause, "stopped", "cause ({context})");
        while stage.harness.ledger.calls().last().map(|call| call.ending) != Some(Ending::Dropped) {
            ensure!(Instant::now() < deadline, "the page did not hang up ({context})");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
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
    stage.page.click("#test-key").await?;
    let start = Instant::now();
    let verdict = stage.page.verdict_within(Duration::from_secs(30)).await?;
    let waited = start.elapsed();
    same!((&*verdict.verdict, &*verdict.cause), ("unreachable", "timed-out"), "verdict");
    ensure!((18..25).contains(&waited.as_secs()), "the verdict came after {waited:?}");
    same!(stage.page.value("document.querySelector('#stop')", &[]).await?, json!(null), "Stop");
    Ok(())
}
