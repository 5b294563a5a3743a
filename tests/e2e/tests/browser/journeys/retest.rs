//! What the card offers after a verdict: test again by itself, ask another host, a command for the terminal.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::{CANARY, has_canary};
use e2e::page::LONG_TIMEOUT;
use e2e::script::Step;
use serde_json::json;

use super::same;

const CALL: &str = "GET /v1/models";
const INVALID: &str = r#"{"detail":"Invalid API Key"}"#;

/// A refused key, and the countdown begun.
async fn begin(stage: &Stage) -> Result<()> {
    stage.harness.mock.script().push(CALL, Step::json(401, INVALID));
    stage.page.open().await?;
    same!(stage.page.test(CANARY).await?.cause, "invalid-key", "cause");
    stage.page.wait_for("document.activeElement?.id === 'verdict-heading'").await?;
    stage.page.click("#retest").await?;
    stage.page.see("#countdown[data-running=true]").await?;
    same!(stage.page.count("#retest").await?, 0, "buttons for what goes on already");
    Ok(())
}

pub(super) async fn a_key_that_comes_alive_is_noticed(stage: &Stage) -> Result<()> {
    begin(stage).await?;
    let left = "document.querySelector('.countdown-left').textContent";
    let first = stage.page.value(left, &[]).await?;
    stage.page.wait_for(&format!("{left} !== {first}")).await.context("the countdown does not run")?;
    same!(stage.harness.ledger.calls().len(), 1, "calls before the time has come");
    let works = "document.querySelector('#verdict')?.dataset.verdict === 'works'";
    stage.page.wait_longer(works, LONG_TIMEOUT).await?;
    stage.page.wait_for("!document.querySelector('#countdown')").await?;
    stage.page.samples().await?;
    same!(stage.harness.ledger.calls().len(), 7, "calls: the refused one, the good one, five warm ones");
    Ok(())
}

pub(super) async fn the_countdown_stops_on_demand(stage: &Stage) -> Result<()> {
    begin(stage).await?;
    // The button that was pressed is gone. The one that takes it back is nearest to it.
    stage.page.wait_for("document.activeElement?.id === 'stop'").await?;
    let spoken = stage.page.texts("#live").await?.concat();
    ensure!(spoken.contains("again by itself"), "what is said: {spoken}");
    stage.page.click("#countdown #stop").await?;
    stage.page.wait_for("!document.querySelector('#countdown[data-running=true]')").await?;
    stage.page.wait_for("document.activeElement?.id === 'verdict-heading'").await?;
    stage.page.see("#retest").await?;
    same!(stage.harness.ledger.calls().len(), 1, "calls");
    Ok(())
}

pub(super) async fn another_host_is_asked_on_demand(stage: &Stage) -> Result<()> {
    stage.harness.mock.script().push(CALL, Step::json(401, INVALID));
    stage.page.open().await?;
    same!(stage.page.test(CANARY).await?.cause, "invalid-key", "cause");
    stage.page.click("[data-test-at=eu]").await?;
    stage.page.wait_for("document.querySelector('#verdict')?.dataset.verdict === 'works'").await?;
    stage.page.samples().await?;
    let hosts: Vec<String> = stage.harness.ledger.calls().into_iter().map(|call| call.host).collect();
    same!(hosts.first().map(String::as_str), Some("api.mistral.ai"), "the first host");
    same!(hosts.get(1..), Some(&vec!["api.eu.mistral.ai".to_owned(); 6][..]), "the hosts after");
    let chosen = "document.querySelector('input[name=endpoint][value=global]').checked";
    same!(stage.page.value(chosen, &[]).await?, json!(true), "the next key is tested where it was chosen");
    Ok(())
}

pub(super) async fn the_command_is_copied_without_the_key(stage: &Stage) -> Result<()> {
    stage.harness.mock.script().push(CALL, Step::json(429, r#"{"message":"Requests rate limit exceeded"}"#));
    stage.page.open().await?;
    same!(stage.page.test(CANARY).await?.cause, "requests-per-second", "cause");
    stage.page.click("#copy-command").await?;
    stage.page.wait_for("document.querySelector('#copy-command').textContent.trim() === 'Copied'").await?;
    let command = e2e::clipboard::read(stage.browser.driver()).await?;
    ensure!(command.starts_with("curl -i https://api.mistral.ai/v1/models "), "the command: {command}");
    ensure!(command.contains("$MISTRAL_API_KEY") && !has_canary(&command), "the key in {command}");
    Ok(())
}
