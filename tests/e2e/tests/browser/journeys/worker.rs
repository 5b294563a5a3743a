//! A service worker of another project at the same address: it sees each request and stores what it sees, as the everyday
//! offline worker does. No key may come near it.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use e2e::pages::REPOSITORY;
use e2e::proxy::PAGES_HOST;
use e2e::workbench::{accepted, brisk, comes_to, ledger_shows};
use serde_json::{Value, json};

use super::same;

/// Network first, and a copy of each answer. It is taken from widespread tutorials.
const OFFLINE: &str = "addEventListener('install', () => skipWaiting());
addEventListener('fetch', event => {
  if (event.request.method !== 'GET') return;
  event.respondWith((async () => {
    const answer = await fetch(event.request);
    const cache = await caches.open('offline');
    await cache.put(event.request, answer.clone());
    return answer;
  })());
});
";

/// What has it control the pages, too, that were open before.
const CLAIM: &str = "addEventListener('activate', event => event.waitUntil(clients.claim()));\n";

/// A page of the other project.
const OTHER: &str = "/other/";

/// Puts the other project beside the page.
fn settle(stage: &Stage) -> Result<()> {
    let pages = &stage.harness.pages;
    let html = "<!DOCTYPE html><title>Another project</title><link rel=icon href='data:,'>";
    pages.put(PAGES_HOST, &format!("{OTHER}index.html"), html)?;
    pages.put(PAGES_HOST, "/offline.js", OFFLINE)?;
    pages.put(PAGES_HOST, "/claiming.js", format!("{OFFLINE}{CLAIM}"))
}

/// Visits the other project, which leaves its worker.
async fn leave_worker(stage: &Stage, script: &str) -> Result<()> {
    stage.page.visit(PAGES_HOST, OTHER).await?;
    let register = "navigator.serviceWorker.register(arguments[0]).then(() => navigator.serviceWorker.ready).then(() => true)";
    stage.page.promise(register, &[json!(script)]).await.context("no worker is registered").map(drop)
}

/// The same in another tab, while the page is open in this one.
async fn is_claimed(stage: &Stage) -> Result<()> {
    let driver = stage.browser.driver();
    let (here, there) = (driver.window().await?, driver.new_tab().await?);
    driver.switch_to_window(there).await?;
    leave_worker(stage, "/claiming.js").await?;
    driver.close_window().await?;
    driver.switch_to_window(here).await?;
    stage.page.wait_for("Boolean(navigator.serviceWorker.controller)").await.map(drop)
}

/// What the worker has stored: addresses, each with the `Authorization` that was sent there.
async fn stored(stage: &Stage) -> Result<Vec<(String, Option<String>)>> {
    let all = "(async () => { const found = []; for (const name of await caches.keys()) \
        for (const request of await (await caches.open(name)).keys()) \
        found.push([request.url, request.headers.get('authorization')]); return found; })()";
    Ok(serde_json::from_value(stage.page.promise(all, &[]).await?)?)
}

async fn nothing_of_mistral_is_stored(stage: &Stage) -> Result<()> {
    for (address, authorization) in stored(stage).await? {
        ensure!(!address.contains("mistral.ai"), "the worker has stored an answer of {address}");
        same!(authorization, None::<String>, "what was sent to {address}");
    }
    Ok(())
}

/// Rids the browser of the worker and of all that it stored.
async fn remove_worker(stage: &Stage) -> Result<()> {
    let remove = "(async () => { for (const worker of await navigator.serviceWorker.getRegistrations()) \
        await worker.unregister(); for (const name of await caches.keys()) await caches.delete(name); return true; })()";
    stage.page.promise(remove, &[]).await.map(drop)
}

/// There is no key form, and it is said why.
async fn takes_no_key(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.see("#controlled").await?;
    same!(page.count("#api-key, #test-key, input[type=password]").await?, 0, "key fields");
    let said = page.texts("#controlled").await?.concat();
    for words in ["service worker", "private window", "unregister", "address of its own", "site’s own"] {
        ensure!(said.contains(words), "{words} is missing in what is said: {said}");
    }
    Ok(())
}

pub(super) async fn under_a_worker_it_takes_no_key(stage: &Stage) -> Result<()> {
    let (page, pages, ledger) = (&stage.page, &stage.harness.pages, &stage.harness.ledger);
    settle(stage)?;
    leave_worker(stage, "/offline.js").await?;
    // That it is of the kind that stores what it sees, a header with it.
    page.visit(PAGES_HOST, OTHER).await?;
    page.wait_for("Boolean(navigator.serviceWorker.controller)").await?;
    let ask = "fetch('https://api.mistral.ai/v1/models', { headers: { Authorization: 'Bearer somebody' }, \
        referrerPolicy: 'no-referrer', cache: 'no-store' }).then(answer => answer.status)";
    same!(page.promise(ask, &[]).await?, json!(200), "the answer to somebody’s key");
    let kept = ("https://api.mistral.ai/v1/models".to_owned(), Some("Bearer somebody".to_owned()));
    ensure!(stored(stage).await?.contains(&kept), "this worker does not store what the journey is about");
    remove_worker(stage).await?;
    leave_worker(stage, "/offline.js").await?;
    let calls = ledger.to_mistral().len();

    pages.hold(".wasm");
    page.visit(PAGES_HOST, REPOSITORY).await?;
    page.wait_for("Boolean(navigator.serviceWorker.controller)").await?;
    page.wait_for("document.querySelector('#tool') && !document.querySelector('#still')").await?;
    same!(
        page.count("#api-key, #test-key, input[type=password]").await?,
        0,
        "key fields before the program runs"
    );
    pages.release();
    takes_no_key(stage).await?;

    page.see("#error-text").await?.send_keys("HTTP/2 504\n").await?;
    page.see("#diagnosis[data-cause=gateway-timeout]").await?;
    page.click("#try-demo").await?;
    let verdict = page.verdict().await?;
    same!((&*verdict.verdict, verdict.simulated), ("works", true), "the demo");
    same!(ledger.to_mistral().len(), calls, "requests to Mistral");
    nothing_of_mistral_is_stored(stage).await?;

    remove_worker(stage).await?;
    accepted(stage).await?;
    same!(page.value("navigator.serviceWorker.controller", &[]).await?, Value::Null, "the worker");
    Ok(())
}

pub(super) async fn a_worker_that_takes_over_finds_no_key(stage: &Stage) -> Result<()> {
    let (page, ledger) = (&stage.page, &stage.harness.ledger);
    settle(stage)?;
    accepted(stage).await?;
    brisk(stage).await?;
    page.click("#start-scan").await?;
    ledger_shows(stage, "models are asked", |posts| posts.len() >= 2).await?;
    page.value("window.field = document.querySelector('#api-key')", &[]).await?;
    is_claimed(stage).await?;
    takes_no_key(stage).await?;
    comes_to(stage, "stopped", e2e::page::TIMEOUT).await?;
    same!(page.value("window.field.value", &[]).await?, json!(""), "what is left in the field");
    let heard = page.texts("#live").await?.concat();
    ensure!(heard.contains("service worker") && heard.contains("no key is kept"), "what is heard: {heard}");

    let calls = ledger.to_mistral().len();
    page.click("#resume-scan").await?;
    page.wait_for("document.activeElement?.id === 'barrier-heading'").await?;
    // Four requests a second was its pace, and the page's timers fire in order.
    page.promise("new Promise(done => setTimeout(done, 1000))", &[]).await?;
    same!(ledger.to_mistral().len(), calls, "requests to Mistral after the worker came");
    nothing_of_mistral_is_stored(stage).await?;
    remove_worker(stage).await
}

/// A browser puts a page aside when its user goes on to another one, and tells it nothing until it comes back. Which pages it
/// puts aside while a worker comes, each browser decides for itself, so what the page sees then is put before it.
pub(super) async fn a_page_that_is_shown_again_looks_again(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    let shown = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))";
    page.value(shown, &[]).await?;
    same!(page.count("#api-key").await?, 1, "key fields where no worker came");
    // A function will do: the page asks whether there is anything.
    let came = "(() => { window.field = document.querySelector('#api-key'); \
        const container = (window.wrappedJSObject ?? window).navigator.serviceWorker, some = () => 0; \
        if (window.wrappedJSObject) exportFunction(some, container, { defineAs: 'controller' }); \
        else Object.defineProperty(container, 'controller', { value: some }); return true; })()";
    page.value(came, &[]).await?;
    same!(page.count("#api-key").await?, 1, "key fields before the page is shown");
    page.value(shown, &[]).await?;
    takes_no_key(stage).await?;
    same!(page.value("window.field.value", &[]).await?, json!(""), "what is left in the field");
    Ok(())
}

pub(super) async fn what_was_typed_early_is_gone_when_a_worker_comes(stage: &Stage) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    settle(stage)?;
    pages.hold(".wasm");
    page.visit(PAGES_HOST, REPOSITORY).await?;
    page.wait_for("window.early = document.querySelector('#still:not([inert]) #api-key')").await?;
    page.type_key(CANARY).await?;
    page.click("#test-key").await?;
    is_claimed(stage).await?;
    page.wait_for("!document.querySelector('#still')").await?;
    same!(page.value("window.early.value", &[]).await?, json!(""), "what is left in the field");
    pages.release();
    takes_no_key(stage).await?;
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests to Mistral");
    remove_worker(stage).await
}
