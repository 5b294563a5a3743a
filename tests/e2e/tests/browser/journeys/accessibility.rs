//! What the page is to people who do not see it or do not see it well.

use std::fmt::Write as _;

use anyhow::{Result, ensure};
use e2e::axe::Axe;
use e2e::harness::Stage;
use e2e::lab::Lab;
use e2e::ledger::{CANARY, Ending, Request};
use e2e::listing;
use e2e::page::PATIENCE;
use e2e::proxy::Breakage;
use e2e::script::Step;
use key_tester::core::sim::Scenario;
use serde_json::json;

use super::lab::{CHAT, MODEL, custom, endless, saved, short};
use super::{accepted, checks, same, scan};

const CALL: &str = "GET /v1/models";
const INVALID: &str = r#"{"detail":"Invalid API Key"}"#;

/// What axe finds in each state of the page, collected, so that one run shows all of it.
struct Findings<'a> {
    axe: Axe,
    stage: &'a Stage,
    text: String,
}

impl Findings<'_> {
    /// Looks at the page as it is, in light and in dark colours.
    async fn look(&mut self, state: &str) -> Result<()> {
        for (dark, colours) in [(true, "dark"), (false, "light")] {
            self.stage.browser.set_dark(dark).await?;
            let scheme = format!("matchMedia('(prefers-color-scheme: {colours})').matches");
            self.stage.page.wait_for(&scheme).await?;
            let found = self.axe.violations(&self.stage.page).await?;
            if !found.is_empty() {
                let _ = write!(self.text, "{state}, {colours}:\n{found}");
            }
        }
        Ok(())
    }
}

pub(super) async fn axe_finds_nothing(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    let mut findings = Findings { axe: Axe::load()?, stage, text: String::new() };
    page.open().await?;
    findings.look("nothing tested yet").await?;

    page.test(CANARY).await?;
    page.samples().await?;
    page.click("#raw > summary").await?;
    page.see("#raw pre").await?;
    findings.look("a key that works, with models").await?;

    stage.harness.mock.script().push(CALL, Step::json(401, INVALID));
    page.open().await?;
    page.test(CANARY).await?;
    page.click("#why > summary").await?;
    page.click("#retest").await?;
    page.see("#countdown").await?;
    findings.look("a refused key, with a countdown").await?;

    stage.harness.breakages.set("api.mistral.ai", Breakage::Refused);
    page.open().await?;
    page.test(CANARY).await?;
    page.see("#verdict .suspect-list").await?;
    findings.look("no answer, with suspects").await?;
    stage.harness.breakages.clear();

    page.open().await?;
    page.click("#try-demo").await?;
    page.samples().await?;
    page.click("#gallery > summary").await?;
    page.see("[data-exhibit]").await?;
    findings.look("the demo with its gallery").await?;

    page.open().await?;
    page.see("#error-text")
        .await?
        .send_keys("Error code: 429 - {'type': 'rate_limited', 'code': '1300'}")
        .await?;
    page.see("#limit-persists").await?;
    findings.look("the error doctor with a diagnosis").await?;

    ensure!(findings.text.is_empty(), "axe finds fault:\n{}", findings.text);
    Ok(())
}

pub(super) async fn axe_finds_nothing_in_the_workbench(stage: &Stage) -> Result<()> {
    let (page, script) = (&stage.page, stage.harness.mock.script());
    let mut findings = Findings { axe: Axe::load()?, stage, text: String::new() };
    stage.harness.mock.play(Scenario::FreePlan);
    accepted(stage).await?;
    scan::brisk(stage).await?;
    findings.look("a scan on offer, with its options").await?;
    page.click("#start-scan").await?;
    scan::ledger_shows(stage, "models are asked", |posts| posts.len() >= 6).await?;
    script.always(CHAT, Step::silence());
    let open = |posts: &[Request]| posts.last().is_some_and(|post| post.ending == Ending::Open);
    scan::ledger_shows(stage, "a call is waited for", open).await?;
    findings.look("a scan under way").await?;
    page.click("#stop-scan").await?;
    scan::comes_to(stage, "stopped", PATIENCE).await?;
    page.click("#models [data-why]").await?;
    page.see("#models .answer-row .brief").await?;
    findings.look("a scan that was stopped, with an answer unfolded").await?;

    page.click("#check-free").await?;
    checks::checked(stage, 6).await?;
    for fold in [":first-child", ":last-child"] {
        page.click(&format!("[data-feature=libraries] .check-behind > details{fold} > summary")).await?;
    }
    page.see("[data-feature=libraries] pre").await?;
    findings.look("checks, one of them refused and unfolded").await?;
    script.always("GET /v1/users/me", Step::empty(200).without_cors());
    page.click("#ask-whose").await?;
    page.see("#whose .command").await?;
    page.click("#calc-output").await?;
    page.see("#calc-output").await?.send_keys("x").await?;
    page.see("#calc-problem").await?;
    page.see("#code-text").await?.send_keys("model = \"mistral-large-2411\"").await?;
    page.see("[data-code-state=retired]").await?;
    findings.look("whose key, a field that cannot be read, code that was read").await?;

    script.always(CHAT, Step::json(401, INVALID));
    page.click("#resume-scan").await?;
    scan::comes_to(stage, "halted", PATIENCE).await?;
    findings.look("a scan that halted by itself").await?;

    script.clear();
    script.always("GET /v1/models", Step::json(200, &listing::models(150)));
    accepted(stage).await?;
    page.see("#more-models").await?;
    page.see("#estimates, #calculator").await?;
    findings.look("more models than are drawn").await?;
    ensure!(findings.text.is_empty(), "axe finds fault:\n{}", findings.text);
    Ok(())
}

pub(super) async fn axe_finds_nothing_in_the_lab(stage: &Stage) -> Result<()> {
    let (page, script) = (&stage.page, stage.harness.mock.script());
    let mut findings = Findings { axe: Axe::load()?, stage, text: String::new() };
    accepted(stage).await?;
    let lab = Lab::of(page);
    for plan in ["quick", "compare", "endpoints", "load"] {
        lab.plan(plan).await?;
        findings.look(&format!("the lab with the plan {plan}")).await?;
    }
    lab.custom(MODEL, custom(20)).await?;
    findings.look("the lab with the plan custom").await?;
    script.always(CHAT, short(60));
    lab.start().await?;
    scan::ledger_shows(stage, "calls are made", |posts| posts.len() >= 6).await?;
    script.always(CHAT, endless());
    page.see("#lab [data-lab-plot=timeline]").await?;
    findings.look("the lab while it measures").await?;
    page.click("#stop-lab").await?;
    lab.comes_to("stopped", PATIENCE).await?;
    let file = saved(&lab.report().await?)?;
    lab.compare_with(file.path()).await?;
    page.see("#lab-compared").await?;
    page.value("document.querySelectorAll('#lab details').forEach(fold => { fold.open = true; })", &[])
        .await?;
    page.see("#lab [data-lab-plot=strip]").await?;
    findings.look("the lab with figures, unfolded, and a report from before").await?;
    ensure!(findings.text.is_empty(), "axe finds fault:\n{}", findings.text);
    Ok(())
}

/// Collects what the live region says: a text for each time that it changes.
const LISTEN: &str = "(() => { const live = document.querySelector('#live'); window.heard = []; \
    new MutationObserver(() => { const text = live.textContent.trim(); \
    if (text && text !== window.heard.at(-1)) window.heard.push(text); }) \
    .observe(live, { childList: true, characterData: true, subtree: true }); return true; })()";

pub(super) async fn one_sentence_is_heard(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    stage.harness.mock.script().push(CALL, Step::json(401, INVALID));
    page.open().await?;
    same!(page.texts("[role=status], [role=alert], [aria-live]").await?.len(), 1, "live regions");
    // A status is polite of itself; to be pushy would take an attribute.
    let polite = "(() => { const live = document.querySelector('#live'); \
                  return live.role === 'status' && [null, 'polite'].includes(live.getAttribute('aria-live')); })()";
    same!(page.value(polite, &[]).await?, json!(true), "the live region is polite");
    page.value(LISTEN, &[]).await?;
    page.test(CANARY).await?;
    page.wait_for("document.activeElement?.id === 'verdict-heading'").await?;
    let headline = page.texts("#verdict-heading").await?.concat();
    same!(
        page.value("window.heard", &[]).await?,
        json!(["api.mistral.ai is asked.", headline]),
        "what is heard of a refused key"
    );
    Ok(())
}

/// The card is drawn anew while the reason is looked for. Whoever was taken to it must not be thrown off.
pub(super) async fn the_focus_stays_while_the_card_changes(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    stage.harness.breakages.set("api.mistral.ai", Breakage::Refused);
    page.open().await?;
    page.value(LISTEN, &[]).await?;
    page.test(CANARY).await?;
    page.see("#verdict .suspect-list").await?;
    page.wait_for("document.activeElement?.id === 'verdict-heading'").await?;
    let headline = page.texts("#verdict-heading").await?.concat();
    same!(
        page.value("window.heard", &[]).await?,
        json!(["api.mistral.ai is asked.", headline]),
        "what is heard when no answer comes"
    );
    Ok(())
}
