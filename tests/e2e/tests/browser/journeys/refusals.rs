//! Answers that are no success. The key decides nothing here: the mock is told what to say.

use anyhow::{Context, Result, ensure};
use e2e::browser::Kind;
use e2e::harness::Stage;
use e2e::ledger::{CANARY, has_canary};
use e2e::mock::Manners;
use e2e::script::Step;

use super::answers::{Case, cases};
use super::same;

const CALL: &str = "GET /v1/models";

pub(super) async fn each_refusal_has_its_cause(stage: &Stage) -> Result<()> {
    for Case { step, verdict, cause, exposed } in cases() {
        let context = format!("{} {}", step.status, String::from_utf8_lossy(&step.body));
        stage.harness.mock.behave(Manners { expose_headers: exposed, ..Manners::default() });
        // Chromium itself asks once more after a 408.
        let asks = if step.status == 408 && stage.browser.kind() == Kind::Chromium { 1..=2 } else { 1..=1 };
        stage.harness.mock.script().always(CALL, step);
        stage.page.open().await?;
        let before = stage.harness.ledger.calls().len();
        let seen = stage.page.test(CANARY).await?;
        same!((&*seen.verdict, &*seen.cause), (verdict, cause), "verdict for {context}");
        ensure!(!seen.text.trim().is_empty(), "the card says nothing about {context}");
        ensure!(!stage.page.texts("#verdict .next-steps li").await?.is_empty(), "no next step for {context}");
        let calls = stage.harness.ledger.calls().len() - before;
        ensure!(asks.contains(&calls), "a refusal is not asked about again, but {calls} times: {context}");
        same!(
            stage.page.value(e2e::workbench::LISTS, &[]).await?,
            serde_json::json!(false),
            "lists for {context}"
        );
        // The raw exchange shows the answer, and not the key even when the answer repeats it.
        let raw = raw(stage).await.with_context(|| format!("the raw exchange for {context}"))?;
        ensure!(!has_canary(&raw), "the raw exchange shows the key for {context}");
    }
    Ok(())
}

/// Opens the raw view; gives what it shows.
async fn raw(stage: &Stage) -> Result<String> {
    stage.page.click("#raw > summary").await?;
    stage.page.wait_for("document.querySelector('#raw').textContent.includes('/v1/models')").await?;
    Ok(stage.page.texts("#raw").await?.concat())
}

/// Whoever sits in between can send as much of anything as they like. That the work of it has an end is counted in the core.
pub(super) async fn an_enormous_body_is_no_hang(stage: &Stage) -> Result<()> {
    const SIZE: usize = 12_000_000;
    let quoted = format!(r#"{{"detail":"{}"}}"#, "Invalid API Key ".repeat(SIZE / 16));
    let many = r#"{"id":"some-model","object":"model"},"#.repeat(SIZE / 37);
    let list = format!(r#"{{"object":"list","data":[{many}"#);
    for (step, cause, what) in [
        (Step::json(200, &"[".repeat(SIZE)), "not-mistral", "12 MB of brackets"),
        (Step::json(500, &"x".repeat(SIZE)), "edge-error", "12 MB of text"),
        // Of an error only the first megabyte is read, and half a body gives no reason.
        (Step::json(401, &quoted), "unauthorized", "12 MB of words"),
        (Step::json(200, &list), "stream-incomplete", "12 MB of a list that breaks off"),
    ] {
        stage.harness.mock.script().push(CALL, step);
        stage.page.open().await?;
        stage.page.type_key(CANARY).await?;
        stage.page.click("#test-key").await?;
        let seen = stage.page.verdict().await.context(what)?;
        same!(seen.cause, cause, "cause of {what}");
        let shown = raw(stage).await.with_context(|| format!("the raw exchange for {what}"))?;
        ensure!(shown.len() < 4_000_000, "{what}: the raw exchange shows {} bytes", shown.len());
    }
    Ok(())
}
