//! What a user does with a key that works, as steps of journeys and of the [`crate::tour`].

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use thirtyfour::Key;

use crate::harness::Stage;
use crate::ledger::{CANARY, NEW_CANARY, Request};
use crate::page::{LONG_TIMEOUT, TIMEOUT};

/// Opens the page and has it test a good key to the end; what the page does of its own accord is over then.
///
/// # Errors
///
/// When the key does not work.
pub async fn accepted(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    let verdict = stage.page.test(CANARY).await?;
    ensure!(verdict.verdict == "works", "a good key is {}: {}", verdict.verdict, verdict.text);
    stage.page.samples().await.map(drop)
}

/// Enters the new key of a rotation and has it compared with the one that was tested.
///
/// # Errors
///
/// When they are not compared.
pub async fn compared(stage: &Stage) -> Result<()> {
    stage.page.see("#rotation-key").await?.send_keys(NEW_CANARY).await?;
    stage.page.click("#compare-keys").await?;
    stage.page.see("#rotate[data-state=compared] #rotation-lines").await.map(drop)
}

/// Begins the watch of a rotation, and waits until the old key was asked about.
///
/// # Errors
///
/// When it was not.
pub async fn watched(stage: &Stage) -> Result<()> {
    stage.page.click("#start-watch").await?;
    let asked = "/still accepts the old key/.test(document.querySelector('#rotation-watch')?.textContent)";
    stage.page.wait_for(asked).await.map(drop)
}

/// Whether the table shows the models of a key, as an expression; without one it shows those that the page knows.
pub const LISTS: &str = "/listed/.test(document.querySelector('#models-count')?.textContent)";

/// Chooses four requests a second for the scan: the page's clock is the real one here.
///
/// # Errors
///
/// When that is not on offer.
pub async fn brisk(stage: &Stage) -> Result<()> {
    stage.page.click("#scan-options > summary").await?;
    stage.page.click("#scan-options [data-pace=brisk]").await?;
    let chosen = "document.querySelector('#scan-options [data-pace=brisk]').ariaPressed === 'true'";
    stage.page.wait_for(chosen).await.map(drop)
}

/// Waits until the scan has come to `phase`.
///
/// # Errors
///
/// When it does not in time.
pub async fn comes_to(stage: &Stage, phase: &str, within: Duration) -> Result<()> {
    let there = format!("document.querySelector('#scan')?.dataset.scan === '{phase}'");
    stage.page.wait_longer(&there, within).await.with_context(|| format!("the scan is not {phase}"))?;
    Ok(())
}

/// Waits until the ledger's calls that may cost are as they should be; gives them.
///
/// # Errors
///
/// When that does not happen within [`TIMEOUT`].
pub async fn ledger_shows(
    stage: &Stage,
    what: &str,
    is: impl Fn(&[Request]) -> bool,
) -> Result<Vec<Request>> {
    until(what, || is(&stage.harness.ledger.posts())).await?;
    Ok(stage.harness.ledger.posts())
}

/// Waits until something outside of the page is so.
///
/// # Errors
///
/// When that does not happen within [`TIMEOUT`].
pub async fn until(what: &str, is: impl Fn() -> bool) -> Result<()> {
    let deadline = Instant::now() + TIMEOUT;
    while !is() {
        ensure!(Instant::now() < deadline, "not within {TIMEOUT:?}: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}

/// Waits until no check is under way and `count` features are known.
///
/// # Errors
///
/// When that takes longer than [`LONG_TIMEOUT`].
pub async fn checked(stage: &Stage, count: usize) -> Result<()> {
    let known = format!(
        "!document.querySelector('#stop-checks') && !document.querySelector('#features [aria-busy]') && \
         document.querySelectorAll('#features li[data-feature]:not([data-state=unchecked]):not([data-state=skipped])').length === {count}"
    );
    stage.page.wait_longer(&known, LONG_TIMEOUT).await.context("the checks do not come to their end")?;
    Ok(())
}

/// Comes back after sixteen idle minutes, as after a sleep of the machine: the time of day has gone on, and no timer has
/// come. Waits until the key is wiped.
///
/// # Errors
///
/// When it stays.
pub async fn idle(stage: &Stage) -> Result<()> {
    let later = "(() => { const clock = (window.wrappedJSObject ?? window).Date; const now = Date.now() + 16 * 60 * 1000; \
        const told = () => now; clock.now = window.wrappedJSObject ? exportFunction(told, window) : told; return true; })()";
    stage.page.value(later, &[]).await?;
    stage.browser.driver().action_chain().send_keys(Key::Shift + "").perform().await?;
    stage
        .page
        .wait_for("document.querySelector('#api-key').value === ''")
        .await
        .context("the key stays")
        .map(drop)
}
