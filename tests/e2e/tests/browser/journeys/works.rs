//! The main path: a good key goes in, a verdict with models and round trip comes out.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use e2e::script::Step;
use e2e::workbench::LISTS;
use serde_json::json;
use thirtyfour::Key;

use super::same;

/// Models by name that the simulated Mistral lists.
const MODELS: usize = 22;

pub(super) async fn a_good_key_works_and_lists_its_models(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    let verdict = stage.page.test(CANARY).await?;
    same!((&*verdict.verdict, &*verdict.cause), ("works", "works"), "verdict");
    ensure!(!verdict.simulated, "a real answer is labelled simulated");
    same!(stage.page.samples().await?, 5, "samples of the round trip");
    same!(stage.page.count("#models tr[data-model]").await?, MODELS, "rows");
    stage.page.click("#trip > summary").await?;
    for figure in ["median", "first"] {
        let texts = stage.page.texts(&format!("[data-figure={figure}]")).await?;
        ensure!(texts.len() == 1 && texts[0].ends_with("ms"), "figure {figure}: {texts:?}");
    }
    let figures = stage.page.texts("#trip dl").await?.concat().replace('\u{a0}', " ");
    ensure!(figures.contains("median of 5 warm calls"), "what the median is taken of: {figures}");
    let said = stage.page.texts("#live").await?.concat();
    ensure!(!said.is_empty(), "nothing is announced");

    let calls = stage.harness.ledger.calls();
    same!(calls.len(), 6, "calls: one for the verdict, five for the round trip");
    for call in &calls {
        same!((&*call.host, &*call.method, &*call.path), ("api.mistral.ai", "GET", "/v1/models"), "call");
        same!(call.authored_headers(), ["authorization"], "headers of the page's making");
        same!(call.header("authorization"), Some(&*format!("Bearer {CANARY}")), "key");
        same!(call.header("origin"), Some("https://pages.test"), "origin");
        same!(call.body.len(), 0, "body");
    }
    let preflights: Vec<_> =
        stage.harness.ledger.to_mistral().into_iter().filter(|request| request.method == "OPTIONS").collect();
    ensure!(!preflights.is_empty(), "no preflight was made");
    for preflight in preflights {
        same!(
            preflight.header("access-control-request-headers"),
            Some("authorization"),
            "what the preflight asks"
        );
        same!(preflight.header("authorization"), None, "a preflight carries no key");
    }
    Ok(())
}

pub(super) async fn a_key_pasted_with_its_wrapping_is_cleaned(stage: &Stage) -> Result<()> {
    let driver = stage.browser.driver();
    stage.page.open().await?;
    e2e::clipboard::put(driver, &format!("\"Authorization: Bearer {CANARY}\"\n")).await?;
    let field = stage.page.see("#api-key").await?;
    field.click().await?;
    field.send_keys(Key::Control + "v").await?;
    // Nothing of ours may stay in the clipboard, or the search at the end would find it there.
    e2e::clipboard::put(driver, "something else").await?;
    stage.page.wait_for("document.querySelector('#api-key').value.length > 40").await?;
    let hint = stage.page.texts("#key-hint").await?.concat().to_lowercase();
    ensure!(
        hint.contains("bearer") && hint.contains("quot"),
        "the hint does not say what was removed: {hint}"
    );
    stage.page.click("#test-key").await?;
    same!(stage.page.verdict().await?.verdict, "works", "verdict");
    let call = stage.harness.ledger.calls().into_iter().next().context("no call was made")?;
    same!(call.header("authorization"), Some(&*format!("Bearer {CANARY}")), "what was sent");
    Ok(())
}

pub(super) async fn the_chosen_endpoint_is_the_only_one_asked(stage: &Stage) -> Result<()> {
    for (name, host) in [("eu", "api.eu.mistral.ai"), ("us", "api.us.mistral.ai")] {
        stage.page.open().await?;
        let before = stage.harness.ledger.calls().len();
        // The radio button itself may be drawn by its label.
        let radio = format!("document.querySelector('input[name=endpoint][value={name}]')");
        stage.page.value(&format!("({radio}.labels[0] ?? {radio}).click()"), &[]).await?;
        same!(stage.page.value(&format!("{radio}.checked"), &[]).await?, json!(true), "{name} is chosen");
        same!(stage.page.test(CANARY).await?.verdict, "works", "verdict at {name}");
        stage.page.samples().await?;
        let hosts: Vec<String> =
            stage.harness.ledger.calls().into_iter().skip(before).map(|call| call.host).collect();
        same!(hosts, vec![host.to_owned(); 6], "hosts asked for {name}");
    }
    Ok(())
}

/// On whatever screen: nobody scrolls for the answer.
pub(super) async fn the_verdict_is_on_the_screen(stage: &Stage) -> Result<()> {
    let (page, script) = (&stage.page, stage.harness.mock.script());
    let word = "document.querySelector('#test-key').innerText";
    let in_place = "(() => { const top = document.querySelector('#verdict[data-verdict]')?.getBoundingClientRect().top; \
        return top >= 0 && top <= innerHeight / 3 && document.activeElement.id === 'verdict-heading'; })()";
    for (width, height) in [(390, 844), (360, 640), (1366, 640)] {
        stage.browser.set_viewport(width, height).await?;
        page.open().await?;
        let size = page.value("[innerWidth, innerHeight]", &[]).await?;
        same!(size, json!([width, height]), "the screen");
        script.push("GET /v1/models", Step::silence());
        page.type_key(CANARY).await?;
        page.click("#test-key").await?;
        page.see("#stop").await?;
        same!(page.value(word, &[]).await?, json!("Testing…"), "what the button says meanwhile");
        page.click("#stop").await?;
        same!(page.verdict().await?.cause, "stopped", "cause");
        same!(page.value(word, &[]).await?, json!("Test key"), "what the button says afterwards");

        script.push("GET /v1/models", Step::json(401, r#"{"detail":"Unauthorized"}"#));
        for expected in ["refused", "works"] {
            page.value("scrollTo(0, 0)", &[]).await?;
            same!(page.test(CANARY).await?.verdict, expected, "verdict");
            page.wait_for(in_place).await.with_context(|| format!("{expected} at {width} × {height}"))?;
        }
        page.samples().await?;
        same!(page.value(in_place, &[]).await?, json!(true), "in place when all is drawn");
        page.type_key(CANARY).await?;
        page.see("#api-key").await?.send_keys(Key::Enter + "").await?;
        page.wait_for(in_place).await.with_context(|| format!("by keyboard at {width} × {height}"))?;
        page.samples().await?;
    }
    Ok(())
}

pub(super) async fn the_keyboard_is_enough(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    let driver = stage.browser.driver();
    let mut stops = 0;
    while stage.page.value("document.activeElement?.id === 'api-key'", &[]).await? != json!(true) {
        stops += 1;
        ensure!(stops <= 12, "twelve times Tab does not lead to the key field");
        driver.action_chain().send_keys(Key::Tab + "").perform().await?;
    }
    driver.action_chain().send_keys(CANARY).perform().await?;
    driver.action_chain().send_keys(Key::Enter + "").perform().await?;
    same!(stage.page.verdict().await?.verdict, "works", "verdict");
    // Whoever cannot see the card must be taken to it.
    stage.page.wait_for("document.querySelector('#verdict').contains(document.activeElement)").await?;
    stage.page.samples().await?;
    let mut seen = Vec::new();
    while stage.page.value("document.activeElement?.id === 'row-key'", &[]).await? != json!(true) {
        let outline = "(() => { const style = getComputedStyle(document.activeElement); \
                       return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; })()";
        let here = "document.activeElement.id || document.activeElement.outerHTML.slice(0, 80)";
        let here = stage.page.value(here, &[]).await?;
        if !seen.is_empty() {
            same!(stage.page.value(outline, &[]).await?, json!(true), "the focus shows on {here}");
        }
        seen.push(here);
        ensure!(seen.len() <= 20, "twenty times Tab does not lead through the summary: {seen:?}");
        driver.action_chain().send_keys(Key::Tab + "").perform().await?;
    }
    Ok(())
}

pub(super) async fn a_forgotten_key_is_gone(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    stage.page.test(CANARY).await?;
    stage.page.samples().await?;
    stage.page.click("#forget-key").await?;
    stage.page.wait_for("!document.querySelector('#verdict')").await?;
    same!(stage.page.value("document.querySelector('#api-key').value", &[]).await?, json!(""), "the field");
    // The table goes a frame after the verdict.
    stage.page.wait_for(&format!("!{LISTS}")).await?;
    same!(stage.harness.ledger.calls().len(), 6, "calls");
    Ok(())
}
