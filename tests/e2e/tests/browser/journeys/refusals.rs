//! Answers that are no success. The key decides nothing here: the mock is told what to say.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::{CANARY, has_canary};
use e2e::script::Step;

use super::same;

const CALL: &str = "GET /v1/models";

/// Answer, verdict and cause that must follow.
fn cases() -> Vec<(Step, &'static str, &'static str)> {
    let rate = r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300","raw_status_code":429}"#;
    let broken = r#"{"object":"error","message":"Service unavailable.","type":"internal_server_error","param":null,"code":"1000"}"#;
    let echo = format!(r#"{{"detail":"Invalid API Key {CANARY}"}}"#);
    vec![
        (Step::json(401, r#"{"detail":"Invalid API Key"}"#), "refused", "invalid-key"),
        (Step::json(401, &echo), "refused", "invalid-key"),
        (Step::json(401, r#"{"detail":"Unauthorized"}"#), "refused", "unauthorized"),
        (
            Step::json(401, r#"{"message":"Unauthorized","request_id":"0b5c9f0e6a1d4c7f8e2b3a4d5c6f7081"}"#),
            "refused",
            "unauthorized",
        ),
        (Step::empty(403), "limited", "forbidden"),
        (
            Step::json(
                404,
                r#"{"message":"no Route matched with those values","request_id":"7e1f5a3c9b2d4860a1c2e3f405162738"}"#,
            ),
            "unclear",
            "no-route",
        ),
        (Step::json(429, rate), "limited", "rate-limited"),
        (Step::json(500, broken), "unclear", "server-error"),
        (Step::empty(504), "unclear", "gateway-timeout"),
        (
            Step::html(520, "mistral.ai | 520: Web server is returning an unknown error"),
            "unclear",
            "edge-error",
        ),
        (Step::html(200, "Welcome to the hotel's network"), "unclear", "not-mistral"),
        (Step::json(200, r#"{"object":"list","data":"#), "unclear", "not-mistral"),
    ]
}

pub(super) async fn each_refusal_has_its_cause(stage: &Stage) -> Result<()> {
    for (step, verdict, cause) in cases() {
        let context = format!("{} {}", step.status, step.body);
        stage.harness.mock.script().push(CALL, step);
        stage.page.open().await?;
        let before = stage.harness.ledger.calls().len();
        let seen = stage.page.test(CANARY).await?;
        same!((&*seen.verdict, &*seen.cause), (verdict, cause), "verdict for {context}");
        ensure!(!seen.text.trim().is_empty(), "the card says nothing about {context}");
        same!(
            stage.harness.ledger.calls().len() - before,
            1,
            "a refusal is not asked about again: {context}"
        );
        same!(stage.page.count("#models tr[data-model]").await?, 0, "rows for {context}");
        // The raw exchange shows the answer, and not the key even when the answer repeats it.
        stage.page.click("#raw > summary").await?;
        let shown = "document.querySelector('#raw').textContent.includes('/v1/models')";
        stage.page.wait_for(shown).await.with_context(|| format!("the raw request for {context}"))?;
        let raw = stage.page.texts("#raw").await?.concat();
        ensure!(!has_canary(&raw), "the raw exchange shows the key for {context}");
    }
    Ok(())
}
