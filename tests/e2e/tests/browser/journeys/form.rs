//! The key form: what is held back, what is sent on demand, what shows.

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use e2e::pages::REPOSITORY;
use e2e::proxy::PAGES_HOST;
use e2e::workbench::until;
use serde_json::json;

use super::same;

pub(super) async fn what_is_no_key_is_not_sent(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    for (text, cause) in [
        ("", "empty"),
        ("   ", "empty"),
        ("Qx7Lw2Vn9Rt4ü8Zs8Md3Hf5Jc1Gb0Ty2", "unsendable"),
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
    let kind = "document.querySelector('#api-key').type";
    stage.page.open().await?;
    stage.page.type_key(CANARY).await?;
    same!(stage.page.value(kind, &[]).await?, json!("password"), "type of the field");
    stage.page.click("#reveal").await?;
    stage.page.wait_for("document.querySelector('#api-key').type === 'text'").await?;
    same!(
        stage.page.value("document.querySelector('#reveal').ariaLabel", &[]).await?,
        json!("Hide key"),
        "name of #reveal"
    );
    stage.page.click("#test-key").await?;
    stage.page.verdict().await?;
    // A screen that is shared to show the verdict must not show the key with it.
    same!(stage.page.value(kind, &[]).await?, json!("password"), "type of the field after the test");
    stage.page.click("#another-key").await?;
    let hint = stage.page.texts("#key-hint").await?.concat();
    ensure!(!hint.is_empty(), "the hint says nothing of a good key");
    Ok(())
}

/// The form stands in the document before the program runs: what is done with it then is done once it does.
pub(super) async fn what_comes_early_is_handed_over(stage: &Stage) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    pages.hold(".wasm");
    page.visit(PAGES_HOST, REPOSITORY).await?;
    page.wait_for("document.querySelector('#still') && !document.querySelector('#still').inert").await?;
    page.see("#error-text").await?.send_keys("Error code: 401 - {\"detail\":\"Invalid API Key\"}").await?;
    page.click("input[name=endpoint][value=eu]").await?;
    page.type_key(CANARY).await?;
    page.click("#test-key").await?;
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests before the program runs");
    pages.release();
    let verdict = page.verdict().await?;
    same!((&*verdict.verdict, page.count("#api-key").await?), ("works", 1), "verdict, and key fields");
    page.samples().await?;
    let calls = stage.harness.ledger.calls();
    ensure!(calls.iter().all(|call| call.host == "api.eu.mistral.ai"), "another host than the chosen one");
    page.wait_for("document.querySelector('#diagnosis')?.dataset.cause === 'invalid-key'").await?;
    Ok(())
}

/// The program is large; a key that is pressed while it is on its way has left by then, and leaves once.
pub(super) async fn a_key_pressed_early_does_not_wait_for_the_program(stage: &Stage) -> Result<()> {
    let (page, pages, ledger) = (&stage.page, &stage.harness.pages, &stage.harness.ledger);
    pages.hold("/verdict-");
    page.visit(PAGES_HOST, REPOSITORY).await?;
    page.wait_for("document.querySelector('#still') && !document.querySelector('#still').inert").await?;
    page.click("input[name=endpoint][value=us]").await?;
    page.type_key(CANARY).await?;
    page.click("#test-key").await?;
    until("the key is sent", || !ledger.calls().is_empty()).await?;
    same!(page.count("#verdict").await?, 0, "verdicts before the program is there");
    pages.release();
    same!(page.verdict().await?.verdict, "works", "verdict");
    page.samples().await?;
    let calls = ledger.calls();
    same!(calls.len(), 6, "calls: one for the verdict, which was sent early, and five warm ones");
    ensure!(calls.iter().all(|call| call.host == "api.us.mistral.ai"), "another host than the chosen one");
    Ok(())
}

/// Whatever is done to the form after an early press takes the press back, but for looking at what was typed.
pub(super) async fn a_change_after_an_early_press_takes_it_back(stage: &Stage) -> Result<()> {
    let (page, pages, ledger) = (&stage.page, &stage.harness.pages, &stage.harness.ledger);
    pages.hold("/verdict-");
    page.visit(PAGES_HOST, REPOSITORY).await?;
    page.wait_for("document.querySelector('#still') && !document.querySelector('#still').inert").await?;
    page.type_key("mstrl_AnotherBirdInAnotherMine0000000000_Two22").await?;
    page.click("#test-key").await?;
    until("the first key is sent", || !ledger.calls().is_empty()).await?;
    page.type_key(CANARY).await?;
    pages.release();
    page.wait_for("!document.querySelector('#still')").await?;
    same!(
        (page.count("#verdict").await?, ledger.calls().len()),
        (0, 1),
        "verdicts and calls nobody asked for"
    );
    page.click("#test-key").await?;
    same!(page.verdict().await?.verdict, "works", "verdict of the key that stands there");
    page.samples().await?;
    same!(ledger.calls().len(), 7, "calls in all");
    Ok(())
}

/// Enter presses the button too, and what was typed may be looked at meanwhile.
pub(super) async fn a_key_sent_early_by_enter_may_be_looked_at(stage: &Stage) -> Result<()> {
    let (page, pages, ledger) = (&stage.page, &stage.harness.pages, &stage.harness.ledger);
    pages.hold("/verdict-");
    page.visit(PAGES_HOST, REPOSITORY).await?;
    page.wait_for("document.querySelector('#still') && !document.querySelector('#still').inert").await?;
    page.click("input[name=endpoint][value=eu]").await?;
    page.wait_for("document.querySelector('#still .choices-host').textContent === 'api.eu.mistral.ai'")
        .await?;
    page.type_key(&format!("{CANARY}\u{e007}")).await?;
    until("the key is sent", || !ledger.calls().is_empty()).await?;
    page.click("#reveal").await?;
    pages.release();
    same!(page.verdict().await?.verdict, "works", "verdict");
    page.samples().await?;
    let calls = ledger.calls();
    same!((calls.len(), &*calls[0].host), (6, "api.eu.mistral.ai"), "calls, and where the first one went");
    Ok(())
}

/// The program's own file is not the one that was published.
pub(super) async fn a_program_that_does_not_come_is_told_and_keeps_nothing(stage: &Stage) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    pages.alter("/verdict-", |bytes| bytes.push(0))?;
    pages.hold("/verdict-");
    page.visit(PAGES_HOST, REPOSITORY).await?;
    page.wait_for("window.early = document.querySelector('#still:not([inert]) #api-key')").await?;
    page.type_key(CANARY).await?;
    page.click("#test-key").await?;
    until("the key is sent", || !stage.harness.ledger.calls().is_empty()).await?;
    pages.release();
    page.see("#boot-failed").await?;
    page.see("[data-boot-reason=changed]").await?;
    page.see("[data-boot-sent=true]").await?;
    same!(
        page.value("window.early.value + document.querySelectorAll('#api-key').length", &[]).await?,
        json!("0"),
        "what is left"
    );
    Ok(())
}

/// What was typed for a program that does not come is not left in the page.
pub(super) async fn a_start_that_fails_keeps_nothing(stage: &Stage) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    pages.alter(&pages.first_part()?, |bytes| bytes.push(0))?;
    pages.hold(".wasm");
    page.visit(PAGES_HOST, REPOSITORY).await?;
    page.wait_for("window.early = document.querySelector('#still:not([inert]) #api-key')").await?;
    page.type_key(CANARY).await?;
    same!(page.value("window.early.value.length", &[]).await?, json!(CANARY.len()), "letters in the field");
    pages.release();
    page.see("#boot-failed").await?;
    page.see("[data-boot-sent=false]").await?;
    same!(
        page.value("window.early.value + document.querySelectorAll('#api-key').length", &[]).await?,
        json!("0"),
        "what is left"
    );
    Ok(())
}
