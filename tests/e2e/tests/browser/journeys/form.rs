//! The key form: what is held back, what is sent on demand, what shows.

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use serde_json::json;

use super::same;

pub(super) async fn what_is_no_key_is_not_sent(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    for (text, cause) in [
        ("", "empty"),
        ("   ", "empty"),
        ("pässwörd-with-ümlauts-of-a-length", "unsendable"),
        ("HQSx...Ug6Y", "masked"),
        ("your_api_key_here", "placeholder"),
        ("sk-ant-api03-Qx7Lw2Vn9Rt4Kp6Zs8Md3Hf5Jc1Gb0Ty2Uv4Wx6Ya8", "other-vendor"),
        ("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", "other-vendor"),
    ] {
        stage.page.open().await?;
        let verdict = stage.page.test(text).await?;
        same!((&*verdict.verdict, &*verdict.cause), ("not-sent", cause), "verdict for {text:?}");
    }
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests that arrived");
    Ok(())
}

pub(super) async fn a_doubtful_key_is_sent_on_demand(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    let doubtful = format!("sk-{CANARY}");
    let verdict = stage.page.test(&doubtful).await?;
    same!((&*verdict.verdict, &*verdict.cause), ("not-sent", "other-vendor"), "verdict");
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests before the consent");
    stage.page.click("#send-anyway").await?;
    stage.page.wait_for("document.querySelector('#verdict')?.dataset.verdict === 'works'").await?;
    stage.page.samples().await?;
    let calls = stage.harness.ledger.calls();
    same!(calls.len(), 6, "calls");
    same!(calls[0].header("authorization"), Some(&*format!("Bearer {doubtful}")), "what was sent");
    Ok(())
}

pub(super) async fn the_key_shows_on_demand_only(stage: &Stage) -> Result<()> {
    let kind = "document.querySelector('#key').type";
    stage.page.open().await?;
    stage.page.type_key(CANARY).await?;
    same!(stage.page.value(kind, &[]).await?, json!("password"), "type of the field");
    stage.page.click("#reveal").await?;
    stage.page.wait_for("document.querySelector('#key').type === 'text'").await?;
    same!(
        stage.page.value("document.querySelector('#reveal').ariaLabel", &[]).await?,
        json!("Hide key"),
        "name of #reveal"
    );
    stage.page.click("#test-key").await?;
    stage.page.verdict().await?;
    // A screen that is shared to show the verdict must not show the key with it.
    same!(stage.page.value(kind, &[]).await?, json!("password"), "type of the field after the test");
    let hint = stage.page.texts("#key-hint").await?.concat();
    ensure!(!hint.is_empty(), "the hint says nothing of a good key");
    Ok(())
}
