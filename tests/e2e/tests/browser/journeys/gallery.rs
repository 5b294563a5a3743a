//! The failure gallery: every cause there is can be seen without a bad key and without a network.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use key_tester::core::explain::Cause;

use super::demo::mistral_contacts;
use super::same;

pub(super) async fn every_cause_is_on_show(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open().await?;
    page.click("#try-demo").await?;
    page.verdict().await?;
    page.samples().await?;
    page.click("#gallery > summary").await?;
    let contacts = mistral_contacts(stage);
    let requests = stage.harness.ledger.requests().len();
    same!(page.count("[data-exhibit]").await?, Cause::ALL.len(), "exhibits");
    for cause in Cause::ALL {
        let (name, verdict) = (cause.entry().name, cause.entry().verdict.name());
        page.click(&format!("[data-exhibit={name}]")).await.with_context(|| format!("exhibit {name}"))?;
        let wanted = format!(
            "(() => {{ const card = document.querySelector('#verdict'); return \
             document.querySelector('[data-exhibit={name}]').ariaPressed === 'true' && \
             !card?.dataset.searching && card?.dataset.cause === '{name}'; }})()"
        );
        page.wait_for(&wanted).await?;
        let seen = page.verdict().await?;
        same!((&*seen.verdict, seen.simulated), (verdict, true), "verdict and label of {name}");
        let steps = page.texts("#verdict .next-steps li").await?;
        ensure!(cause == Cause::Works || !steps.is_empty(), "{name} says nothing of what to do");
        same!(page.count("#gallery[open]").await?, 1, "open galleries after {name}");
    }
    super::demo::says_so(stage).await?;
    same!(mistral_contacts(stage), contacts, "connections to Mistral's hosts");
    same!(stage.harness.ledger.requests().len(), requests, "requests to anyone");
    // The real thing is not mixed up with it.
    page.click("#leave-demo").await?;
    page.wait_for("!document.querySelector('#verdict, #gallery, [data-simulated]')").await?;
    let verdict = page.test(e2e::ledger::CANARY).await?;
    ensure!(verdict.verdict == "works" && !verdict.simulated, "the gallery goes on: {verdict:?}");
    Ok(())
}
