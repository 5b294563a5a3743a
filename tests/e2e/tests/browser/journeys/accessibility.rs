//! What the page is to people who do not see it or do not see it well.

use std::fmt::Write as _;

use anyhow::{Result, ensure};
use e2e::axe::{Axe, Rules};
use e2e::browser::Kind;
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use e2e::proxy::Breakage;
use e2e::script::Step;
use e2e::tour::Tour;
use serde_json::json;

use super::same;

const CALL: &str = "GET /v1/models";
const INVALID: &str = r#"{"detail":"Invalid API Key"}"#;

/// What axe finds in each state of the page, collected, so that one run shows all of it.
struct Findings<'a> {
    axe: Axe,
    stage: &'a Stage,
    text: String,
}

impl Findings<'_> {
    /// Looks at the page as it is, in light and in dark colours. Of the dark ones only the colours count: the style says nothing
    /// else of them.
    async fn look(&mut self, state: &str) -> Result<()> {
        for (dark, colours, rules) in [(true, "dark", Rules::OfColours), (false, "light", Rules::All)] {
            // See `Limitation::Dark`.
            if dark && self.stage.browser.kind() == Kind::WebKit {
                continue;
            }
            self.stage.browser.set_dark(dark).await?;
            let scheme = format!("matchMedia('(prefers-color-scheme: {colours})').matches");
            self.stage.page.wait_for(&scheme).await?;
            let found = self.axe.violations(&self.stage.page, rules).await?;
            if !found.is_empty() {
                let _ = write!(self.text, "{state}, {colours}:\n{found}");
            }
        }
        Ok(())
    }
}

/// A journey that takes axe on a tour, and fails with all that it found.
macro_rules! axe_on {
    ($($name:ident: $tour:expr;)*) => {$(
        pub(super) async fn $name(stage: &Stage) -> Result<()> {
            let mut findings = Findings { axe: Axe::load()?, stage, text: String::new() };
            $tour.take(stage, &mut async |state| findings.look(state).await).await?;
            ensure!(findings.text.is_empty(), "axe finds fault:\n{}", findings.text);
            Ok(())
        }
    )*};
}

axe_on! {
    axe_finds_nothing_in_the_verdicts: Tour::Verdicts;
    axe_finds_nothing_without_a_key: Tour::WithoutKey;
    axe_finds_nothing_in_the_workbench: Tour::Workbench;
    axe_finds_nothing_in_the_lab: Tour::Lab;
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
