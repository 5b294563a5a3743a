//! Every state of the page, each told once: what judges see, what a phone shows, and what `cargo xtask shots` takes
//! pictures of.
//!
//! A tour takes a visitor from state to state. It needs a stage of its own, since what it scripts stays.

use anyhow::{Context, Result};
use key_tester::core::sim::Scenario;
use thirtyfour::{By, Key};

use crate::harness::Stage;
use crate::lab::{self as latency, Lab};
use crate::ledger::{CANARY, Ending, Request};
use crate::listing;
use crate::page::TIMEOUT;
use crate::pages::REPOSITORY;
use crate::proxy::{Breakage, PAGES_HOST};
use crate::script::Step;
use crate::workbench::{accepted, brisk, checked, comes_to, compared, idle, ledger_shows, watched};

const LIST: &str = "GET /v1/models";
const INVALID: &str = r#"{"detail":"Invalid API Key"}"#;
/// A body whose one word is longer than a narrow screen.
const LONG: &str =
    r#"{"detail":"InvalidInvalidInvalidInvalidInvalidInvalidInvalidInvalidInvalidInvalidInvalid"}"#;
const LIMITED: &str =
    r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300"}"#;
/// Where the page says which program it expects.
const EXPECTED: &str = "data-wasm-integrity=\"sha384-";
const NO_MODELS: &str = r#"{"object":"list","data":[]}"#;

/// A walk through the states of one part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tour {
    /// The form and the verdicts: what one key after the other leads to.
    Verdicts,
    /// What needs no key, and what goes wrong with the page itself.
    WithoutKey,
    /// What a key that works is used for: scan, checks, whose key, code, calculator.
    Workbench,
    /// The latency lab: each plan, a measurement, and what came of it.
    Lab,
}

impl Tour {
    /// All of them: together, every state.
    pub const ALL: [Self; 4] = [Self::Verdicts, Self::WithoutKey, Self::Workbench, Self::Lab];

    /// For names of journeys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verdicts => "tour_of_the_verdicts",
            Self::WithoutKey => "tour_without_a_key",
            Self::Workbench => "tour_of_the_workbench",
            Self::Lab => "tour_of_the_lab",
        }
    }

    /// Has `look` look at each state, by its name: a word that a file can be called.
    ///
    /// # Errors
    ///
    /// When a state does not come about, and what `look` says.
    pub async fn take(
        self,
        stage: &Stage,
        look: &mut impl AsyncFnMut(&'static str) -> Result<()>,
    ) -> Result<()> {
        match self {
            Self::Verdicts => verdicts(stage, look).await,
            Self::WithoutKey => without_key(stage, look).await,
            Self::Workbench => workbench(stage, look).await,
            Self::Lab => lab(stage, look).await,
        }
    }
}

async fn verdicts(stage: &Stage, look: &mut impl AsyncFnMut(&'static str) -> Result<()>) -> Result<()> {
    let (page, script) = (&stage.page, stage.harness.mock.script());
    page.open().await?;
    look("nothing-tested").await?;
    page.test("your_api_key_here").await?;
    look("held-back").await?;
    page.open().await?;
    script.push(LIST, Step::silence());
    page.type_key(CANARY).await?;
    page.click("#test-key").await?;
    page.see("#stop").await?;
    look("waiting").await?;
    page.click("#stop").await?;
    page.verdict().await?;
    look("stopped").await?;

    accepted(stage).await?;
    page.click("#raw > summary").await?;
    page.see("#raw pre").await?;
    page.click("#tab-history > summary").await?;
    page.see("#tab-history-table").await?;
    look("works").await?;
    page.click("input[name=snippet-language][value=typescript]").await?;
    page.click("input[name=snippet-task][value=stream]").await?;
    page.see("#filter").await?.send_keys("no such model").await?;
    page.wait_for("document.querySelectorAll('#models tr[data-model]').length === 0").await?;
    look("works-filter-without-match").await?;
    idle(stage).await?;
    look("key-wiped").await?;
    page.open().await?;
    page.test(CANARY).await?;
    page.samples().await?;
    page.click("#forget-key").await?;
    page.wait_for("!document.querySelector('#verdict')").await?;
    look("key-forgotten").await?;
    script.push(LIST, Step::json(200, NO_MODELS));
    page.test(CANARY).await?;
    page.samples().await?;
    look("works-without-models").await?;

    script.push(LIST, Step::json(401, LONG));
    page.open().await?;
    page.test(CANARY).await?;
    page.click("#why > summary").await?;
    page.click("#retest").await?;
    page.see("#countdown").await?;
    look("refused").await?;
    for (state, answer) in [
        ("forbidden", Step::json(403, r#"{"detail":"Forbidden"}"#)),
        ("limited", Step::json(429, LIMITED)),
        ("edge-error", Step::html(520, "Web server is returning an unknown error")),
    ] {
        script.push(LIST, answer);
        page.open().await?;
        page.test(CANARY).await?;
        look(state).await?;
    }
    no_answer(stage, look).await
}

async fn no_answer(stage: &Stage, look: &mut impl AsyncFnMut(&'static str) -> Result<()>) -> Result<()> {
    let (page, harness) = (&stage.page, &stage.harness);
    harness.breakages.set("api.mistral.ai", Breakage::Refused);
    page.open().await?;
    // It first looks whether the page's own site can be reached.
    harness.pages.hold(REPOSITORY);
    page.type_key(CANARY).await?;
    page.click("#test-key").await?;
    page.see("#verdict[data-searching] #searching").await?;
    look("no-answer-searching").await?;
    harness.pages.release();
    // While somebody looked, that may have taken too long to count.
    page.open().await?;
    page.test(CANARY).await?;
    page.see("#verdict .suspect-list").await?;
    look("no-answer").await?;
    harness.breakages.clear();
    Ok(())
}

async fn without_key(stage: &Stage, look: &mut impl AsyncFnMut(&'static str) -> Result<()>) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    page.open().await?;
    page.click("#try-demo").await?;
    page.samples().await?;
    look("demo").await?;
    page.click("#gallery > summary").await?;
    page.see("[data-exhibit]").await?;
    look("demo-gallery").await?;
    page.value("document.querySelectorAll('#tool details').forEach(one => { one.open = true; })", &[])
        .await?;
    look("demo-unfolded").await?;
    page.click("[data-exhibit=model-retired]").await?;
    page.verdict().await?;
    look("demo-exhibit").await?;
    page.open().await?;
    let error = "Error code: 429 - {'type': 'rate_limited', 'code': '1300'}";
    page.see("#error-text").await?.send_keys(error).await?;
    page.see("#limit-persists").await?;
    look("doctor").await?;
    page.click("[data-example=tools]").await?;
    page.see("#request-diff").await?;
    look("request").await?;
    page.open().await?;
    page.value("document.querySelectorAll('main details').forEach(one => { one.open = true; })", &[]).await?;
    look("guide-unfolded").await?;
    page.value("document.querySelector('#crash').hidden = false", &[]).await?;
    look("crashed").await?;

    let frame = format!(
        "<!DOCTYPE html><html lang=en><title>A page around</title><main><h1>A page around</h1>\
         <iframe title=tester src='https://{PAGES_HOST}{REPOSITORY}' width=300 height=600></iframe></main>"
    );
    // Of the same site: a frame of another one would be a process of its own, which is not told that it is a phone.
    pages.put(PAGES_HOST, "/around/index.html", frame)?;
    page.visit(PAGES_HOST, "/around/").await?;
    let driver = stage.browser.driver();
    driver.find(By::Css("iframe")).await?.enter_frame().await?;
    page.see("#framed").await?;
    look("framed").await?;
    driver.enter_default_frame().await?;
    pages.put(PAGES_HOST, "/worker.js", "// Whatever it does, it controls the pages of its origin.")?;
    let come = "navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready).then(() => true)";
    page.promise(come, &[]).await?;
    page.visit(PAGES_HOST, REPOSITORY).await?;
    page.see("#controlled").await?;
    look("controlled").await?;
    let go = "navigator.serviceWorker.getRegistration().then(worker => worker.unregister())";
    page.promise(go, &[]).await?;
    page.visit(PAGES_HOST, &format!("{REPOSITORY}404.html")).await?;
    look("not-found").await?;
    // Last, for the page stays altered: another program is expected than the one that the browser may still hold. The
    // address is one that it does not hold.
    pages.alter(&format!("{REPOSITORY}index.html"), |bytes| {
        if let Some(place) = bytes.windows(EXPECTED.len()).position(|part| part == EXPECTED.as_bytes()) {
            bytes[place + EXPECTED.len()..][..4].copy_from_slice(b"AAAA");
        }
    })?;
    page.visit(PAGES_HOST, &format!("{REPOSITORY}?anew")).await?;
    page.see("#boot-failed").await?;
    look("could-not-start").await
}

async fn workbench(stage: &Stage, look: &mut impl AsyncFnMut(&'static str) -> Result<()>) -> Result<()> {
    let (page, script) = (&stage.page, stage.harness.mock.script());
    stage.harness.mock.play(Scenario::FreePlan);
    accepted(stage).await?;
    brisk(stage).await?;
    look("scan-offered").await?;
    page.click("#start-scan").await?;
    ledger_shows(stage, "models are asked", |posts| posts.len() >= 6).await?;
    script.always(latency::CHAT, Step::silence());
    let open = |posts: &[Request]| posts.last().is_some_and(|post| post.ending == Ending::Open);
    ledger_shows(stage, "a call is waited for", open).await?;
    look("scan-running").await?;
    page.click("#stop-scan").await?;
    comes_to(stage, "stopped", TIMEOUT).await?;
    page.click("#models [data-why]").await?;
    page.see("#models .answer-row .brief").await?;
    look("scan-stopped").await?;

    page.click("#check-free").await?;
    checked(stage, 6).await?;
    for fold in [":first-child", ":last-child"] {
        page.click(&format!("[data-feature=libraries] .check-behind > details{fold} > summary")).await?;
    }
    page.see("[data-feature=libraries] pre").await?;
    look("checks").await?;
    script.always("GET /v1/users/me", Step::empty(200).without_cors());
    page.click("#ask-whose").await?;
    page.see("#whose .command").await?;
    page.click("#calc-output").await?;
    page.see("#calc-output").await?.send_keys("x").await?;
    page.see("#calc-problem").await?;
    page.see("#code-text").await?.send_keys("model = \"mistral-large-2411\"").await?;
    page.see("[data-code-state=retired]").await?;
    look("whose-calculator-code").await?;

    page.click("#rotation-key").await?;
    page.see("#rotation-key").await?.send_keys("vögel").await?;
    look("rotation-entry").await?;
    page.see("#rotation-key").await?.send_keys(Key::Control + "a").await?;
    page.see("#rotation-key").await?.send_keys(Key::Backspace + "").await?;
    page.click("#rotation-owner").await?;
    compared(stage).await?;
    look("rotation-compared").await?;
    watched(stage).await?;
    look("rotation-watching").await?;
    script.delete_key(CANARY);
    page.see("#rotation-watch[data-state=seen]").await?;
    look("rotation-seen").await?;
    script.clear();

    script.always(latency::CHAT, Step::json(401, INVALID));
    page.click("#resume-scan").await?;
    comes_to(stage, "halted", TIMEOUT).await?;
    look("scan-halted").await?;

    script.clear();
    script.always(LIST, Step::json(200, &listing::models(150)));
    accepted(stage).await?;
    page.see("#more-models").await?;
    look("many-models").await
}

async fn lab(stage: &Stage, look: &mut impl AsyncFnMut(&'static str) -> Result<()>) -> Result<()> {
    let (page, script) = (&stage.page, stage.harness.mock.script());
    accepted(stage).await?;
    let lab = Lab::of(page);
    for (plan, state) in [
        ("quick", "lab-quick"),
        ("compare", "lab-compare"),
        ("endpoints", "lab-endpoints"),
        ("load", "lab-load"),
    ] {
        lab.plan(plan).await?;
        look(state).await?;
    }
    lab.custom(latency::MODEL, latency::custom(20)).await?;
    look("lab-custom").await?;
    script.always(latency::CHAT, latency::short(60));
    lab.start().await?;
    ledger_shows(stage, "calls are made", |posts| posts.len() >= 6).await?;
    script.always(latency::CHAT, latency::endless());
    page.see("#lab [data-lab-plot=timeline]").await?;
    look("lab-measuring").await?;
    page.click("#stop-lab").await?;
    lab.comes_to("stopped", TIMEOUT).await?;
    let file = latency::saved(&lab.report().await?)?;
    lab.compare_with(file.path()).await?;
    page.see("#lab-compared").await?;
    let unfold = "document.querySelectorAll('#lab details').forEach(fold => { fold.open = true; })";
    page.value(unfold, &[]).await.context("unfolding the figures")?;
    page.see("#lab [data-lab-plot=strip]").await?;
    look("lab-compared").await?;
    let (path, templates) = stage.harness.pages.remove("/engines-")?;
    page.click("[data-engine=locust]").await?;
    page.see("#templates-missing").await?;
    look("lab-export-missing").await?;
    stage.harness.pages.put(PAGES_HOST, &path, templates)?;
    page.click("[data-engine=k6]").await?;
    page.see("#lab-export-text").await?;
    look("lab-export").await?;
    headroom(stage, look).await
}

/// The search for the pace: ended by a refusal, and waiting for a minute to be over.
async fn headroom(stage: &Stage, look: &mut impl AsyncFnMut(&'static str) -> Result<()>) -> Result<()> {
    let (page, script) = (&stage.page, stage.harness.mock.script());
    let comes_to = async |phase: &str| {
        page.wait_for(&format!("document.querySelector('#headroom').dataset.headroom === '{phase}'")).await
    };
    script.clear();
    page.click("[data-ceiling=twenty]").await?;
    page.click("#headroom-notes > summary").await?;
    page.click("#start-headroom").await?;
    page.see("#headroom [data-lab-plot=pace]").await?;
    // Nobody looks while requests are due: a judge that keeps the page busy for seconds would end the search.
    script.always(latency::CHAT, Step::json(429, LIMITED));
    comes_to("limited").await?;
    page.click("#headroom .plot details > summary").await?;
    page.see("#headroom .plot-table").await?;
    look("headroom-limited").await?;
    page.click("#hold-headroom").await?;
    comes_to("running").await?;
    look("headroom-waiting").await?;
    page.click("#stop-headroom").await?;
    comes_to("limited").await.map(drop)
}
