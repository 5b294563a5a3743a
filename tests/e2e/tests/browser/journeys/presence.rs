//! Whether somebody is there: the two keys that work everywhere, and the key that goes when nobody is.

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use e2e::page::TIMEOUT;
use e2e::workbench::{accepted, comes_to, idle};
use serde_json::json;
use thirtyfour::Key;

use super::same;
use super::workbench::{focus_is_on, press, tab_to};

/// Nothing on the page may leave a keyboard without a place to go on from.
async fn focus_is_somewhere(stage: &Stage, after: &str) -> Result<()> {
    let lost = "!document.activeElement || document.activeElement === document.body";
    same!(stage.page.value(lost, &[]).await?, json!(false), "the focus is lost after {after}");
    Ok(())
}

pub(super) async fn the_page_works_by_keyboard_alone(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open().await?;
    tab_to(stage, "#try-demo", 16).await?;
    press(stage, Key::Enter).await?;
    same!(page.verdict().await?.verdict, "works", "verdict");
    page.samples().await?;
    focus_is_somewhere(stage, "the verdict").await?;

    tab_to(stage, "#row-models", 10).await?;
    press(stage, Key::Enter).await?;
    focus_is_on(stage, "#models-heading").await?;
    tab_to(stage, "#start-scan", 10).await?;
    press(stage, Key::Enter).await?;
    comes_to(stage, "running", TIMEOUT).await?;
    focus_is_somewhere(stage, "the start of the scan").await?;
    tab_to(stage, "#stop-scan", 15).await?;
    press(stage, Key::Escape).await?;
    comes_to(stage, "stopped", TIMEOUT).await?;
    focus_is_on(stage, "#scan-heading").await?;

    // Where nothing runs, it does nothing.
    press(stage, Key::Escape).await?;
    same!(page.texts("#scan").await?.is_empty(), false, "the scan stays");
    focus_is_on(stage, "#scan-heading").await?;

    let typed = "document.querySelector('#filter').value";
    tab_to(stage, "#filter", 40).await?;
    stage.browser.driver().action_chain().send_keys("a/b").perform().await?;
    same!(page.value(typed, &[]).await?, json!("a/b"), "a slash in a field is a slash");
    focus_is_on(stage, "#filter").await?;
    tab_to(stage, "[data-facet], .chip", 4).await?;
    stage.browser.driver().action_chain().send_keys("/").perform().await?;
    focus_is_on(stage, "#api-key").await?;
    same!(page.value("document.querySelector('#api-key').value", &[]).await?, json!(""), "the key field");
    Ok(())
}

pub(super) async fn a_key_that_nobody_uses_is_wiped(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    ensure!(page.texts("#key-kept").await?.concat().contains("15 idle minutes"), "nothing says so before");
    let calls = stage.harness.ledger.calls().len();
    idle(stage).await?;
    page.wait_for("document.querySelector('#key-hint').textContent.startsWith('Key wiped after 15 minutes')")
        .await?;
    same!(page.count("#key-kept").await?, 0, "lines that say a key is held");
    ensure!(page.texts("#live").await?.concat().starts_with("Key wiped"), "nobody hears of it");
    focus_is_somewhere(stage, "the wipe").await?;
    // What was learnt stays, and what needs the key sends nothing.
    ensure!(page.count("#models tr[data-model]").await? > 0, "the models are gone");
    page.click("#start-scan").await?;
    focus_is_on(stage, "#api-key").await?;
    same!(stage.harness.ledger.calls().len(), calls, "calls since");
    same!(page.test(CANARY).await?.verdict, "works", "verdict of the key that was pasted again");
    Ok(())
}
