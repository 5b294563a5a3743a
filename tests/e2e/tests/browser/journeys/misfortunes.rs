//! Browsers and extensions that are not as they should be: each ends in a verdict, and the page lives on.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use serde_json::json;

use super::same;

/// What extensions have put in place of `fetch`, and what could be: none of it gives an answer.
const FETCHES: [&str; 10] = [
    "() => Promise.reject('blocked by an extension')",
    "() => Promise.reject(null)",
    "() => Promise.reject(undefined)",
    "() => Promise.reject({ message: 7 })",
    "() => { throw new Error('not allowed'); }",
    "() => { throw 'not allowed'; }",
    "() => { throw undefined; }",
    "() => undefined",
    "async () => ({ status: 'good' })",
    "() => ({ then() { throw null; } })",
];

/// Bodies that cannot be read.
const BODIES: [&str; 7] = [
    "undefined",
    "{}",
    "{ getReader() { throw null; } }",
    "{ getReader: () => undefined }",
    "{ getReader: () => ({ read: () => Promise.reject(null) }) }",
    "{ getReader: () => ({ read() { throw 'no'; } }) }",
    "{ getReader: () => ({ read: async () => ({ value: 'words', done: false }) }) }",
];

async fn lives(stage: &Stage, after: &str) -> Result<()> {
    same!(
        stage.page.count("#crash:not([hidden]), #boot-failed:not([hidden])").await?,
        0,
        "{after}: signs of a stop"
    );
    Ok(())
}

pub(super) async fn a_fetch_that_fails_in_any_way_ends_in_a_verdict(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    stage.page.value("void (window.real = window.fetch)", &[]).await?;
    for fetch in FETCHES {
        // Of the page's own files the browser itself is asked, or this would be a browser without any network.
        let replaced = format!(
            "void (window.fetch = request => request.url.startsWith(location.origin) ? window.real(request) : ({fetch})(request))"
        );
        stage.page.value(&replaced, &[]).await?;
        let verdict = stage.page.test(CANARY).await.with_context(|| fetch.to_owned())?;
        same!((verdict.verdict.as_str(), verdict.cause.as_str()), ("unreachable", "blocked"), "{fetch}");
        lives(stage, fetch).await?;
    }
    same!(stage.harness.ledger.calls().len(), 0, "calls that got through");
    stage.page.value("void (window.fetch = window.real)", &[]).await?;
    same!(stage.page.test(CANARY).await?.verdict, "works", "the browser’s own again");
    Ok(())
}

pub(super) async fn a_body_that_cannot_be_read_ends_in_a_verdict(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    stage.page.value("void (window.real = window.fetch)", &[]).await?;
    for body in BODIES {
        let fetch = format!(
            "void (window.fetch = async request => {{ const answer = await window.real(request); \
             Object.defineProperty(answer, 'body', {{ value: {body} }}); return answer; }})"
        );
        stage.page.value(&fetch, &[]).await?;
        let verdict = stage.page.test(CANARY).await.with_context(|| body.to_owned())?;
        same!((verdict.verdict.as_str(), verdict.cause.as_str()), ("unclear", "stream-incomplete"), "{body}");
        lives(stage, body).await?;
    }
    Ok(())
}

/// Chromium alone can be told to be like that before the page is there.
pub(super) async fn without_a_performance_observer_it_starts(stage: &Stage) -> Result<()> {
    for without in [
        "delete globalThis.PerformanceObserver;",
        "globalThis.PerformanceObserver = class { constructor() { throw null; } };",
    ] {
        stage.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": without })).await?;
        stage.page.open().await.with_context(|| without.to_owned())?;
        let verdict = stage.page.test(CANARY).await?;
        ensure!(verdict.verdict == "works", "{without}: {verdict:?}");
    }
    Ok(())
}
