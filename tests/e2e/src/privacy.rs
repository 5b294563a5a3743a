//! Where a key must never turn up, searched at the end of every journey.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::clipboard;
use crate::harness::Stage;
use crate::ledger::has_canary;

/// Everything about a document that outlives or leaves it, by name. The key field's live value is not among it: that
/// is where the user put the key. That of any other field is: a key that is pasted there with an error is masked at once.
/// A document from a disk has no workers, and Chromium fails the question for them.
const PLACES: &str = "(async () => ({
    document: document.documentElement.outerHTML,
    cookie: document.cookie,
    localStorage: JSON.stringify({ ...localStorage }),
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    databases: JSON.stringify((await indexedDB.databases()).map(database => database.name)),
    caches: JSON.stringify(await caches.keys()),
    workers: JSON.stringify((location.protocol === 'file:' ? [] : await navigator.serviceWorker.getRegistrations())
        .map(worker => worker.scope)),
    fields: [...document.querySelectorAll('input:not(#api-key), textarea, select')].map(field => field.value).join(),
    address: location.href,
    title: document.title,
    name: window.name,
    history: JSON.stringify(history.state),
    resources: JSON.stringify(performance.getEntries().map(entry => entry.name)),
}))()";

/// Places that must not only be free of the key but empty, and how that reads.
const EMPTY: [(&str, &str); 6] = [
    ("cookie", ""),
    ("localStorage", "{}"),
    ("sessionStorage", "{}"),
    ("databases", "[]"),
    ("caches", "[]"),
    ("workers", "[]"),
];

/// Fails when the key is anywhere but in `Authorization` headers to Mistral, when anything was stored, or when a host
/// was asked for that is none of the page's.
///
/// # Errors
///
/// Names every such place.
pub async fn inspect(stage: &Stage) -> Result<()> {
    let places = stage.page.promise(PLACES, &[]).await?;
    let mut faults: Vec<String> = Vec::new();
    for (place, text) in places.as_object().into_iter().flatten() {
        if text.as_str().is_some_and(has_canary) {
            faults.push(format!("the key stands in: {place}"));
        }
    }
    for (place, empty) in EMPTY {
        if places.get(place).and_then(Value::as_str) != Some(empty) {
            faults.push(format!("{place} is not empty: {}", places[place]));
        }
    }
    // Of WebKit, what is to be had are the words of its driver: see `Limitation::Console`.
    if has_canary(&stage.browser.console().await?) {
        faults.push("the key stands in: the console".to_owned());
    }
    if has_canary(&clipboard::read(stage.browser.driver()).await?) {
        faults.push("the key stands in: the clipboard".to_owned());
    }
    faults.extend(stage.harness.ledger.leaks());
    faults.extend(
        stage.harness.ledger.strangers().iter().map(|host| format!("a stranger was contacted: {host}")),
    );
    for request in stage.harness.ledger.to_mistral() {
        for name in ["cookie", "referer"] {
            if request.header(name).is_some() {
                faults.push(format!("{name} was sent with {} {}", request.method, request.path));
            }
        }
    }
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}
