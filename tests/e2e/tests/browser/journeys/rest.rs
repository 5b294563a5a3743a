//! The rest of the page, whose program comes after that of the verdict: late, not at all, not as it was published, or after the key
//! was forgotten.

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use e2e::pages::REPOSITORY;
use e2e::proxy::PAGES_HOST;
use e2e::workbench::until;
use serde_json::json;

use super::same;

/// The file of the rest.
const FILE: &str = "/rest-";

/// Opens the page as far as it takes to test a key.
async fn open_first(stage: &Stage) -> Result<()> {
    stage.page.visit(PAGES_HOST, REPOSITORY).await?;
    stage
        .page
        .wait_for("document.querySelector('#api-key') && !document.querySelector('#still #api-key')")
        .await?;
    Ok(())
}

/// Tests a key while the rest is not there.
async fn a_key_is_tested(stage: &Stage) -> Result<()> {
    same!(stage.page.test(CANARY).await?.verdict, "works", "verdict without the rest");
    stage.page.see("#summary .row").await?;
    same!(stage.page.count(".parts:not([data-comes])").await?, 0, "the rest");
    Ok(())
}

/// The hash tells, the test goes on, and a press loads what is there then.
async fn what_was_not_published_is_told(stage: &Stage, change: fn(&mut Vec<u8>)) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    let mut published = Vec::new();
    let path = pages.alter(FILE, |bytes| {
        published.clone_from(bytes);
        change(bytes);
    })?;
    open_first(stage).await?;
    page.see("#rest-missing").await?;
    a_key_is_tested(stage).await?;
    let asked = || {
        let requests = stage.harness.ledger.requests();
        requests.iter().filter(|it| it.method == "GET" && it.path.contains(FILE)).count()
    };
    let before = asked();
    page.click("#load-rest").await?;
    until("it is asked for again", || asked() > before).await?;
    page.see("#rest-missing").await?;
    pages.put(PAGES_HOST, &path, published)?;
    // What is pressed twice is loaded once.
    let before = asked();
    stage.browser.double_click("#load-rest").await?;
    page.wait_for("document.querySelector('.parts:not([data-comes])')").await?;
    page.see("#scan").await?;
    same!((asked() - before, page.count("#calculator").await?), (1, 1), "loads, and calculators");
    page.wait_for("!document.querySelector('#rest-missing, #still')").await?;
    page.samples().await?;
    Ok(())
}

pub(super) async fn a_rest_that_is_cut_short_is_told_and_asked_for_again(stage: &Stage) -> Result<()> {
    what_was_not_published_is_told(stage, |bytes| bytes.truncate(bytes.len() / 2)).await
}

pub(super) async fn a_rest_with_another_byte_is_told_and_asked_for_again(stage: &Stage) -> Result<()> {
    what_was_not_published_is_told(stage, |bytes| {
        if let Some(last) = bytes.last_mut() {
            *last ^= 1;
        }
    })
    .await
}

/// A tab that was opened before a publication asks for files that are there no more.
pub(super) async fn a_rest_that_is_gone_asks_for_a_reload_and_keeps_what_was_typed(
    stage: &Stage,
) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    let (path, published) = pages.remove(FILE)?;
    open_first(stage).await?;
    page.see("#rest-missing").await?;
    let words = page.texts("#rest-missing").await?.concat();
    ensure!(words.contains("A new version of this page was published"), "{words}");
    ensure!(words.contains("Reload the page."), "{words}");
    same!(page.count("#load-rest").await?, 0, "buttons that cannot help");
    page.see("#error-text").await?.send_keys("Error code: 401").await?;
    a_key_is_tested(stage).await?;
    let kept = page.value("document.querySelector('#error-text').value", &[]).await?;
    same!(kept, json!("Error code: 401"), "what was typed");
    pages.put(PAGES_HOST, &path, published)?;
    page.open().await?;
    same!(page.count("#verdict, #rest-missing").await?, 0, "what the reload left");
    Ok(())
}

/// What is pressed and typed while it is on its way happens when it comes, and a second press is none.
pub(super) async fn a_press_waits_for_the_rest(stage: &Stage) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    pages.hold(FILE);
    open_first(stage).await?;
    same!(page.count("#rest-awaited, #rest-missing").await?, 0, "words about what nobody waits for");
    page.see("#error-text").await?.send_keys("Error code: 401 - {\"detail\":\"Invalid API Key\"}").await?;
    page.wait_for("document.querySelector('#error-text').value.endsWith('}')").await?;
    page.click("#try-demo").await?;
    page.see("#rest-awaited").await?;
    page.click("#try-demo").await?;
    same!(page.count("#verdict").await?, 0, "verdicts before the demo is there");
    pages.release();
    page.see("#leave-demo").await?;
    page.wait_for("document.querySelector('#verdict')?.dataset.verdict === 'works'").await?;
    page.wait_for("document.querySelector('#diagnosis')?.dataset.cause === 'invalid-key'").await?;
    same!(page.count("#rest-awaited, #still").await?, 0, "what waited for the rest");
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests of a demo");
    // The page is in the order in which it stood before.
    let order = "[...document.querySelector('#tool > .tool').children].findIndex(part => part.matches('.parts')) \
                 > [...document.querySelector('#tool > .tool').children].findIndex(part => part.querySelector('#api-key'))";
    same!(page.value(order, &[]).await?, json!(true), "whether the results stand below the form");
    Ok(())
}

/// The network goes away after what it takes to test a key. Firefox answers from its cache then.
pub(super) async fn without_a_network_the_rest_is_told_and_comes_with_it(stage: &Stage) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    let (path, published) = pages.remove(FILE)?;
    pages.put(PAGES_HOST, &path, "")?;
    open_first(stage).await?;
    page.see("#rest-missing").await?;
    pages.put(PAGES_HOST, &path, published)?;
    stage.browser.set_offline(true).await?;
    page.click("#load-rest").await?;
    page.wait_for("document.querySelector('#rest-missing')?.textContent.includes('Check your connection')")
        .await?;
    stage.browser.set_offline(false).await?;
    page.click("#load-rest").await?;
    page.wait_for("!document.querySelector('#rest-missing, #still')").await?;
    page.click("#try-demo").await?;
    page.see("#leave-demo").await?;
    Ok(())
}

/// What was pressed before "Forget this key" does not happen after it, and what was pasted is gone.
pub(super) async fn a_rest_that_comes_after_the_key_was_forgotten_finds_nothing(stage: &Stage) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    pages.hold(FILE);
    open_first(stage).await?;
    a_key_is_tested(stage).await?;
    page.samples().await?;
    page.see("#error-text").await?.send_keys(CANARY).await?;
    page.click("#try-demo").await?;
    page.click("#forget-key").await?;
    page.wait_for("document.querySelector('#error-text').value === ''").await?;
    pages.release();
    page.wait_for("!document.querySelector('#still')").await?;
    same!(page.count("#verdict, #leave-demo, #diagnosis").await?, 0, "what came of it");
    let left =
        "[...document.querySelectorAll('input, textarea')].some(field => field.value.includes(arguments[0]))";
    same!(page.value(left, &[json!(CANARY)]).await?, json!(false), "the key in a field");
    Ok(())
}
