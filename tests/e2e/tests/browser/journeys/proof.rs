//! What the page says it has sent, what it cannot send, and what it runs from: each compared with what the other side saw.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::page::LONG_TIMEOUT;
use e2e::workbench::{accepted, brisk, comes_to, idle};
use serde_json::{Value, json};
use std::time::Duration;

use super::same;

/// The lines of the list, oldest first: method, host and path, and whether the key went along.
async fn listed(stage: &Stage) -> Result<Vec<(String, bool)>> {
    let rows = "[...document.querySelectorAll('#sent-table tbody tr')].reverse().map(row => \
        [row.querySelector('code').textContent, row.querySelector('[data-label=Key]').textContent])";
    let rows = stage.page.value(rows, &[]).await?;
    let row = |row: &Value| Some((row[0].as_str()?.to_owned(), row[1] == "with the key"));
    rows.as_array().and_then(|rows| rows.iter().map(row).collect()).context("rows of the list")
}

/// What arrived at Mistral's hosts, but for what a browser asks before a call.
fn arrived(stage: &Stage) -> Vec<(String, bool)> {
    let requests = stage.harness.ledger.to_mistral().into_iter().filter(|it| it.method != "OPTIONS");
    requests
        .map(|it| (format!("{} {}{}", it.method, it.host, it.path), it.header("authorization").is_some()))
        .collect()
}

/// Opens the list by its address.
async fn look(stage: &Stage) -> Result<()> {
    stage.page.value("location.hash = 'proof'", &[]).await?;
    stage.page.see("#sent-headline").await?;
    stage.page.wait_for("document.querySelector('#sent-list[open]')").await?;
    Ok(())
}

pub(super) async fn the_list_is_what_arrived(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open().await?;
    look(stage).await?;
    let headline = page.texts("#sent-headline").await?.concat();
    same!(
        headline,
        "This page has sent nothing to Mistral so far. Nothing went anywhere else.",
        "before a key"
    );
    accepted(stage).await?;
    page.samples().await?;
    brisk(stage).await?;
    page.click("#start-scan").await?;
    comes_to(stage, "over", LONG_TIMEOUT).await?;
    idle(stage).await?;
    look(stage).await?;
    let arrived = arrived(stage);
    let (calls, count) = (arrived.len(), page.texts("#sent-count").await?.concat());
    ensure!(calls > 10, "{calls} calls are no scan");
    same!(listed(stage).await?, arrived, "the list, and what arrived");
    same!(count, format!("{calls} requests"), "the count in the header");
    let headline = page.texts("#sent-headline").await?.concat();
    ensure!(
        headline
            == format!("{calls} requests to api.mistral.ai, all with your key. Nothing went anywhere else."),
        "{headline}"
    );
    page.wait_for("document.querySelector('#sent-agreement')?.textContent.endsWith('no other request.')")
        .await?;
    same!(page.count("#sent-strangers").await?, 0, "strangers");
    // The sum is that of the scan, which the bill of the journeys holds against the usage in the answers.
    let spent = page.texts("#sent-cost").await?.concat();
    page.value("location.hash = 'models'", &[]).await?;
    same!(page.texts("#scan-spent").await?.concat(), spent, "what was spent");
    Ok(())
}

pub(super) async fn what_the_page_has_not_sent_is_shown(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    page.samples().await?;
    look(stage).await?;
    page.wait_for("document.querySelector('#sent-agreement')?.textContent.endsWith('no other request.')")
        .await?;
    // As an extension would, in the page's own name.
    page.promise("fetch('https://api.mistral.ai/v1/files').then(() => 1, () => 1)", &[]).await?;
    page.see("#sent-strangers").await?;
    let strangers = page.texts("#sent-strangers li").await?;
    same!(strangers.len(), 1, "strangers");
    ensure!(strangers[0].starts_with("https://api.mistral.ai/v1/files (fetch, at "), "{strangers:?}");
    let agreement = page.texts("#sent-agreement").await?.concat();
    let headline = page.texts("#sent-headline").await?.concat();
    ensure!(!headline.contains("Nothing went anywhere else"), "{headline}");
    ensure!(agreement.starts_with("Your browser lists requests that this page did not make."), "{agreement}");
    Ok(())
}

pub(super) async fn nothing_leaks_by_any_way_that_is_tried(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open().await?;
    look(stage).await?;
    page.click("#try-leak").await?;
    let ended = "!document.querySelector('#try-leak[aria-disabled=true]') && document.querySelectorAll('[data-attempt]').length";
    let ways = page.wait_longer(ended, Duration::from_secs(40)).await?;
    let rows = "[...document.querySelectorAll('[data-attempt]')].map(row => [row.dataset.attempt, row.dataset.state, row.lastChild.textContent])";
    let rows = page.value(rows, &[]).await?;
    let through = |row: &&Value| !matches!(row[1].as_str(), Some("refused" | "threw" | "absent"));
    let through: Vec<&Value> = rows.as_array().into_iter().flatten().filter(through).collect();
    ensure!(through.is_empty(), "not refused: {through:?}");
    let by_policy = rows.as_array().into_iter().flatten().filter(|row| row[1] == json!("refused")).count();
    ensure!(by_policy >= 18, "only {by_policy} of {ways} name the rule: {rows}");
    let headline = page.texts("#leak-headline").await?.concat();
    same!(headline, format!("{ways} ways tried. Your browser let none through."), "headline");
    // The page has not become another one by it: it tests a key, with the glue of its own site.
    same!(page.value("document.baseURI.startsWith(location.origin)", &[]).await?, json!(true), "base");
    accepted(stage).await?;
    same!(page.count("#sent-strangers").await?, 0, "what was refused is no request");
    Ok(())
}

/// Checks the files; gives what comes of it.
async fn check(stage: &Stage) -> Result<String> {
    stage.page.open().await?;
    look(stage).await?;
    stage.page.click("#check-files").await?;
    let ended = "!document.querySelector('#check-files[aria-disabled=true]') && document.querySelector('#files-headline')";
    stage.page.wait_longer(ended, Duration::from_secs(20)).await?;
    Ok(stage.page.texts("#files-headline").await?.concat())
}

pub(super) async fn the_files_are_those_of_the_list(stage: &Stage) -> Result<()> {
    let files = stage.harness.pages.text("SHA256SUMS").context("the list")?.lines().count();
    same!(check(stage).await?, format!("All {files} files are what the list says."), "as published");
    same!(stage.page.count("[data-file][data-state=same]").await?, files, "each has its line");
    Ok(())
}

pub(super) async fn a_file_with_another_byte_is_shown(stage: &Stage) -> Result<()> {
    stage.harness.pages.alter("/icon-512", |bytes| {
        if let Some(last) = bytes.last_mut() {
            *last ^= 1;
        }
    })?;
    let headline = check(stage).await?;
    ensure!(headline.starts_with("1 file is not what the list says."), "{headline}");
    let row = stage.page.texts("[data-file='icon-512.png']").await?.concat();
    ensure!(row.contains("differs: here it is "), "{row}");
    Ok(())
}
