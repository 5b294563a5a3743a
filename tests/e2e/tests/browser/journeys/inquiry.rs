//! No answer, for reasons that a browser keeps to itself: the page looks for them, without the key.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use e2e::page::Verdict;
use e2e::pages::REPOSITORY;
use e2e::proxy::{Breakage, PAGES_HOST};
use e2e::script::Step;

use super::same;

const HOST: &str = "api.mistral.ai";
const CALL: &str = "GET /v1/models";

/// What it may be, likeliest first.
async fn suspects(stage: &Stage) -> Result<Vec<String>> {
    let items = "[...document.querySelectorAll('#verdict .suspect-list li')].map(item => item.textContent)";
    Ok(serde_json::from_value(stage.page.value(items, &[]).await?)?)
}

/// Fails unless the folded evidence says `words`.
async fn because(stage: &Stage, words: &str) -> Result<()> {
    let why = stage.page.texts("#why").await?.concat();
    ensure!(why.contains(words), "the evidence does not say {words:?}: {why}");
    Ok(())
}

/// Fails unless the verdict is that no answer came, for `cause`.
fn unreachable(verdict: &Verdict, cause: &str, context: &str) -> Result<()> {
    same!((&*verdict.verdict, &*verdict.cause), ("unreachable", cause), "verdict for {context}");
    Ok(())
}

/// The calls after the first `before`: which, and whether the key was with them.
fn calls(stage: &Stage, before: usize) -> Vec<(String, bool)> {
    let calls = stage.harness.ledger.calls().into_iter().skip(before);
    calls
        .map(|call| {
            (format!("{} {}{}", call.method, call.host, call.path), call.header("authorization").is_some())
        })
        .collect()
}

fn call(what: &str, with_key: bool) -> (String, bool) {
    (what.to_owned(), with_key)
}

pub(super) async fn a_broken_way_is_blocked_not_invalid(stage: &Stage) -> Result<()> {
    for breakage in [Breakage::Refused, Breakage::Dropped, Breakage::Tls] {
        stage.harness.breakages.set(HOST, breakage);
        stage.page.open().await?;
        let own = |stage: &Stage| {
            let requests = stage.harness.ledger.requests();
            requests.iter().filter(|it| it.host == PAGES_HOST && it.path == REPOSITORY).count()
        };
        let before = own(stage);
        let verdict = stage.page.test(CANARY).await?;
        unreachable(&verdict, "blocked", &format!("{breakage:?}"))?;
        same!(own(stage), before + 1, "requests for the page itself for {breakage:?}");
        because(stage, "own site arrives").await?;
        because(stage, "answers nothing, not even a plain request without the key").await?;
        let suspects = suspects(stage).await?;
        ensure!(suspects.len() >= 3, "what it may be for {breakage:?}: {suspects:?}");
        ensure!(verdict.text.contains("What it may be"), "the card does not show it for {breakage:?}");
    }
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests that arrived");
    // With the way mended, the same page comes to a good end.
    stage.harness.breakages.clear();
    same!(stage.page.test(CANARY).await?.verdict, "works", "verdict after mending");
    Ok(())
}

pub(super) async fn an_answer_without_cors_is_blocked_not_invalid(stage: &Stage) -> Result<()> {
    for step in [Step::json(401, r#"{"detail":"Invalid API Key"}"#), Step::html(520, "An edge page")] {
        let before = stage.harness.ledger.calls().len();
        let context = format!("a hidden {}", step.status);
        stage.harness.mock.script().always(CALL, step.without_cors());
        stage.page.open().await?;
        let verdict = stage.page.test(CANARY).await?;
        unreachable(&verdict, "blocked", &context)?;
        // The host answers and the page may not read it: that is what an error page of the edge looks like.
        let first = suspects(stage).await?.into_iter().next().context("nothing is suspected")?;
        ensure!(first.contains("edge"), "suspected first for {context}: {first}");
        because(stage, "it is reachable").await?;
        because(stage, "not in a way that a page may read").await?;
        let expected = [
            call("GET api.mistral.ai/v1/models", true),
            call("GET api.mistral.ai/", false),
            call("GET api.mistral.ai/v1/models", false),
        ];
        same!(calls(stage, before), expected, "calls, and whether the key was with them");
    }
    Ok(())
}

pub(super) async fn a_refused_preflight_points_at_the_header(stage: &Stage) -> Result<()> {
    stage.harness.mock.script().always("OPTIONS /v1/models", Step::empty(400));
    stage.page.open().await?;
    let verdict = stage.page.test(CANARY).await?;
    unreachable(&verdict, "blocked", "a refused preflight")?;
    because(stage, "is answered by Mistral, with status 401, and may be read").await?;
    let suspects = suspects(stage).await?;
    ensure!(suspects.iter().any(|it| it.contains("Authorization header")), "what it may be: {suspects:?}");
    let expected = [call("GET api.mistral.ai/", false), call("GET api.mistral.ai/v1/models", false)];
    same!(calls(stage, 0), expected, "calls, and whether the key was with them");
    Ok(())
}

pub(super) async fn without_any_network_it_says_offline(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    // The browser believes to be online: the cable is out behind the router.
    for host in [HOST, PAGES_HOST] {
        stage.harness.breakages.set(host, Breakage::Refused);
    }
    let verdict = stage.page.test(CANARY).await?;
    unreachable(&verdict, "offline", "no network at all")?;
    because(stage, "Not even a file of this page’s own site arrives.").await?;
    let sure = stage.page.texts("#verdict .facts").await?.concat();
    ensure!(sure.contains("How sure this islikely"), "an inference is said to be more: {sure}");
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests that arrived");
    stage.harness.breakages.clear();
    Ok(())
}

pub(super) async fn a_policy_without_the_host_is_named(stage: &Stage) -> Result<()> {
    let mut changed = false;
    stage.harness.pages.alter(&format!("{REPOSITORY}index.html"), |bytes| {
        let page = String::from_utf8_lossy(bytes);
        let stricter = page.replacen("connect-src 'self' https://api.mistral.ai ", "connect-src 'self' ", 1);
        changed = stricter != page;
        *bytes = stricter.into_bytes();
    })?;
    ensure!(changed, "the policy was not found in the page");
    stage.page.open().await?;
    let verdict = stage.page.test(CANARY).await?;
    unreachable(&verdict, "csp", "a policy without the host")?;
    because(stage, "this page’s policy does not allow api.mistral.ai").await?;
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests that arrived");
    Ok(())
}

pub(super) async fn being_offline_is_said(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    stage.browser.set_offline(true).await?;
    // Firefox offline still talks to loopback, where our proxy is. That would be out of reach for a real one.
    stage.harness.breakages.set(HOST, Breakage::Refused);
    unreachable(&stage.page.test(CANARY).await?, "offline", "a browser that is offline")?;
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests that arrived");
    stage.harness.breakages.clear();
    stage.browser.set_offline(false).await?;
    stage.page.wait_for("navigator.onLine").await?;
    same!(stage.page.test(CANARY).await?.verdict, "works", "verdict after coming back");
    Ok(())
}
