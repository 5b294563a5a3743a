//! The demo: the whole tool without a key and without a network.

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::lab::{Lab, reading};
use e2e::page::LONG_TIMEOUT;
use e2e::workbench::LISTS;

use super::same;

pub(super) async fn each_scenario_plays_without_a_network(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    let contacts = mistral_contacts(stage);
    let requests = stage.harness.ledger.requests().len();
    stage.browser.set_offline(true).await?;
    stage.page.click("#try-demo").await?;
    for (scenario, verdict, cause, models) in [
        ("works", "works", "works", true),
        ("revoked", "refused", "invalid-key", false),
        ("free-plan", "works", "works", true),
        ("rate-limited", "limited", "rate-limited", false),
        ("down", "unclear", "server-error", false),
        ("offline", "unreachable", "offline", false),
    ] {
        stage.page.click(&format!("[data-scenario={scenario}]")).await?;
        let wanted = format!(
            "(() => {{ const card = document.querySelector('#verdict'); return \
             document.querySelector('[data-scenario={scenario}]').ariaPressed === 'true' && \
             card?.dataset.verdict === '{verdict}' && card.dataset.cause === '{cause}'; }})()"
        );
        stage.page.wait_for(&wanted).await?;
        let seen = stage.page.verdict().await?;
        ensure!(seen.simulated, "{scenario} is not labelled for machines");
        says_so(stage).await?;
        // The table comes and goes a frame after the verdict.
        stage.page.wait_for(&format!("({LISTS}) === {models}")).await?;
        if models {
            same!(stage.page.samples().await?, 5, "samples in {scenario}");
        }
    }
    same!(mistral_contacts(stage), contacts, "connections to Mistral's hosts");
    same!(stage.harness.ledger.requests().len(), requests, "requests to anyone");
    stage.browser.set_offline(false).await?;
    Ok(())
}

/// Wherever one looks at the tool, the demo says that it is one.
pub(super) async fn says_so(stage: &Stage) -> Result<()> {
    let words = stage.page.texts(".demo-strip").await?.concat();
    ensure!(words.starts_with("Demo: nothing here is real."), "what says that it is a demo: {words}");
    let top = "document.querySelector('.demo-strip').getBoundingClientRect()";
    let seen =
        format!("(() => {{ const {{ top, bottom }} = {top}; return top >= 0 && bottom <= innerHeight; }})()");
    same!(stage.page.value(&seen, &[]).await?, serde_json::json!(true), "whether that is on the screen");
    Ok(())
}

pub(super) async fn leaving_the_demo_leaves_nothing_of_it(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    stage.page.click("#try-demo").await?;
    same!(stage.page.verdict().await?.verdict, "works", "verdict");
    stage.page.click("#leave-demo").await?;
    stage.page.wait_for(&format!("!document.querySelector('#verdict') && !{LISTS}")).await?;
    stage.page.see("#try-demo").await?;
    ensure!(stage.page.count("[data-simulated]").await? == 0, "a label of the demo stays");
    // What comes next is the real thing.
    let verdict = stage.page.test(e2e::ledger::CANARY).await?;
    ensure!(verdict.verdict == "works" && !verdict.simulated, "the demo goes on: {verdict:?}");
    Ok(())
}

/// Only what the page offers by itself is pressed, as by someone who sees it for the first time. The core's own test of the
/// same walk holds how long it takes.
pub(super) async fn the_demo_is_walked_by_what_it_offers(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open().await?;
    page.click("#try-demo").await?;
    same!(page.verdict().await?.verdict, "works", "verdict");
    page.see("#models tr[data-model]").await?;
    page.samples().await?;
    page.click("#start-scan").await?;
    e2e::workbench::comes_to(stage, "over", LONG_TIMEOUT).await?;
    let lab = Lab::of(page);
    lab.start().await?;
    let figure = "document.querySelector('#lab [data-lab-plot]') && /[0-9]/.test(document.querySelector(\
                  '#lab [data-series] [data-measure=first-token]')?.textContent)";
    page.wait_longer(figure, LONG_TIMEOUT).await?;
    let first_token = lab.cell(0, "first-token").await?;
    ensure!(reading(&first_token)? > 0.0, "no figure beside the plot: {first_token}");
    Ok(())
}

/// Connections opened towards Mistral, with or without a request: the demo must not even warm one.
pub(super) fn mistral_contacts(stage: &Stage) -> usize {
    stage.harness.ledger.contacts().iter().filter(|contact| contact.host.ends_with("mistral.ai")).count()
}
