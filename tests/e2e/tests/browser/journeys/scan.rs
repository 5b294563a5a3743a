//! The access scan: which models a key can really call, and what finding out costs.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::{Ending, Request};
use e2e::page::{LONG_TIMEOUT, TIMEOUT};
use e2e::script::Step;
use e2e::workbench::{accepted, brisk, comes_to, ledger_shows};
use key_tester::core::sim::Scenario;
use serde_json::json;

use super::bill::{amount, cost, is_right};
use super::same;

const CHAT: &str = "POST /v1/chat/completions";

/// What the audit of a key of the free plan found on 6 October 2026: an id of a model, and what became of a call to it.
const AUDIT: [(&str, &str); 13] = [
    ("mistral-large-4", "callable"),
    ("ministral-14b-latest", "callable"),
    ("ministral-8b-latest", "callable"),
    ("ministral-3b-latest", "callable"),
    ("codestral-latest", "callable"),
    ("mistral-medium-2604", "zero-quota"),
    ("mistral-medium-3-5", "zero-quota"),
    ("mistral-small-latest", "zero-quota"),
    ("mistral-small-2603", "zero-quota"),
    ("mistral-large-latest", "tier-not-allowed"),
    ("zai-glm-5-3", "tier-not-allowed"),
    ("labs-leanstral-1-5-1", "labs-not-enabled"),
    ("labs-leanstral-1-5", "labs-not-enabled"),
];

/// What the table says of each row's model: its name, its other names, its access.
async fn table(stage: &Stage) -> Result<Vec<(String, Vec<String>, String)>> {
    let rows = "[...document.querySelectorAll('#models tr[data-model]')].map(row => [row.dataset.model, \
        row.querySelector('.model-aliases')?.textContent.split(', ') ?? [], row.dataset.access])";
    Ok(serde_json::from_value(stage.page.value(rows, &[]).await?)?)
}

/// The access of the model that answers to `id`; nothing if no row does.
async fn access(stage: &Stage, id: &str) -> Result<String> {
    let row = |(name, aliases, _): &(String, Vec<String>, String)| {
        name == id || aliases.iter().any(|own| own == id)
    };
    Ok(table(stage).await?.into_iter().find(row).map(|(_, _, access)| access).unwrap_or_default())
}

/// How many rows have each access.
async fn accesses(stage: &Stage) -> Result<BTreeMap<String, usize>> {
    let mut counts = BTreeMap::new();
    for (_, _, access) in table(stage).await? {
        *counts.entry(access).or_default() += 1;
    }
    Ok(counts)
}

pub(super) async fn the_audit_of_a_free_plan_key_is_reproduced(stage: &Stage) -> Result<()> {
    stage.harness.mock.play(Scenario::FreePlan);
    accepted(stage).await?;
    for unlisted in ["mistral-large-4", "zai-glm-5-3"] {
        same!(access(stage, unlisted).await?, "", "the row of {unlisted} before the scan");
    }
    brisk(stage).await?;
    stage.page.click("#start-scan").await?;
    comes_to(stage, "over", LONG_TIMEOUT).await?;

    for (id, found) in AUDIT {
        same!(access(stage, id).await?, found, "access to {id}");
    }
    let row = "document.querySelector('#models tr[data-model=\"mistral-large-4\"]').innerText";
    let row = stage.page.value(row, &[]).await?.to_string();
    ensure!(
        row.contains("not on this key’s list"),
        "an unlisted model that works passes for a listed one: {row}"
    );
    let posts = stage.harness.ledger.posts();
    let times = |model: &str| posts.iter().filter(|post| post.model().as_deref() == Some(model)).count();
    for (model, asked) in [
        ("mistral-medium-2604", 2),
        ("mistral-small-2603", 2),
        ("mistral-large-2512", 1),
        ("ministral-3b-2512", 1),
    ] {
        same!(times(model), asked, "calls to {model}");
    }
    is_right(stage, "#scan-spent", &posts).await?;

    // A chip leads to just these rows.
    let zero = accesses(stage).await?.get("zero-quota").copied();
    stage.page.click("[data-access-facet=zero-quota]").await?;
    stage.page.wait_for("[...document.querySelectorAll('#models tr[data-model]')].every(row => row.dataset.access === 'zero-quota')").await?;
    same!(Some(table(stage).await?.len()), zero, "rows behind the chip");
    let words = stage.page.texts("#models [data-why] > :first-child").await?;
    ensure!(
        words.len() == 2 && words.iter().all(|word| word == "zero quota"),
        "the words in the table: {words:?}"
    );
    stage.page.click("#models [data-why]").await?;
    stage.page.see("#models .answer-row .brief[data-cause=zero-quota]").await?;
    let why = stage.page.texts("#models .answer-row").await?.concat();
    ensure!(
        why.contains("a minute apart") && why.contains("another model answered"),
        "how that is known: {why}"
    );
    Ok(())
}

pub(super) async fn a_scan_costs_what_it_says(stage: &Stage) -> Result<()> {
    let ledger = &stage.harness.ledger;
    accepted(stage).await?;
    brisk(stage).await?;
    same!(ledger.posts().len(), 0, "calls that may cost, before the button was pressed");
    let worst = amount(&stage.page.texts("#scan-price b").await?.concat())?;
    stage.page.click("#start-scan").await?;
    ledger_shows(stage, "three models were asked", |posts| posts.len() >= 3).await?;

    // One does not answer, so that there is something to hang up on. Chat is what the first models of the list are for.
    // A call that is open may be one whose answer is on its way: the silence has to be taken from the queue first.
    let script = stage.harness.mock.script();
    script.push(CHAT, Step::silence());
    let open = |posts: &[Request]| {
        script.queued(CHAT) == 0 && posts.last().is_some_and(|post| post.ending == Ending::Open)
    };
    let asked = ledger_shows(stage, "a call is waited for", open).await?.len();
    stage.page.click("#stop-scan").await?;
    comes_to(stage, "stopped", TIMEOUT).await?;
    let dropped = |posts: &[Request]| posts.last().is_some_and(|post| post.ending == Ending::Dropped);
    let posts = ledger_shows(stage, "the page hangs up", dropped).await?;
    same!(posts.len(), asked, "calls after the scan was stopped");
    // The next request would have come after a quarter of a second, and the page's timers fire in order.
    stage.page.promise("new Promise(done => setTimeout(done, 500))", &[]).await?;
    same!(ledger.posts().len(), asked, "calls after the scan was stopped");
    let partly = accesses(stage).await?;
    same!(partly.get("callable").copied(), Some(asked - 1), "models that are known to answer: {partly:?}");
    ensure!(
        partly.get("unchecked").is_some_and(|open| *open > 5),
        "nothing was left to be asked: {partly:?}"
    );
    let stopped = is_right(stage, "#scan-spent", &posts).await?;
    same!(stopped.untold, 1, "calls that were taken back");

    stage.page.click("#resume-scan").await?;
    comes_to(stage, "over", LONG_TIMEOUT).await?;
    let posts = ledger.posts();
    let paid = is_right(stage, "#scan-spent", &posts).await?;
    same!(paid.at_most, stopped.at_most, "what the call that was taken back counts");
    ensure!(paid.told + paid.at_most <= worst, "{paid:?} is more than the {worst} picodollars shown before");

    let mut models: Vec<String> = posts.iter().filter_map(Request::model).collect();
    let again = posts.get(asked - 1).and_then(Request::model).context("a model")?;
    let answered = posts.iter().rfind(|post| post.model().as_ref() == Some(&again)).context("a call")?;
    ensure!(
        cost(answered, &again)? <= paid.at_most,
        "what a call to {again} counts at most is less than what it costs"
    );
    models.remove(asked - 1);
    models.sort();
    let all = models.len();
    models.dedup();
    same!(models.len(), all, "models but for the one that was taken back, each asked once");
    let whole = accesses(stage).await?;
    same!(whole.get("unchecked").copied(), Some(1), "models that no page can call: {whole:?}");
    same!(access(stage, "devstral-2512").await?, "retired", "a model that is over");
    Ok(())
}

/// The second click lands on the button that takes the place of Stop, and that one costs something.
pub(super) async fn a_double_click_on_stop_ends_the_scan(stage: &Stage) -> Result<()> {
    let (page, ledger) = (&stage.page, &stage.harness.ledger);
    accepted(stage).await?;
    brisk(stage).await?;
    page.click("#start-scan").await?;
    ledger_shows(stage, "models are asked", |posts| posts.len() >= 2).await?;
    double_click_spends_nothing_on(stage, "#stop-scan", "#resume-scan").await?;
    let asked = ledger.posts().len();
    // Four requests a second is its pace, and the page's timers fire in order.
    page.promise("new Promise(done => setTimeout(done, 1000))", &[]).await?;
    same!(ledger.posts().len(), asked, "calls after the scan was stopped");
    comes_to(stage, "stopped", TIMEOUT).await?;

    page.click("#resume-scan").await?;
    comes_to(stage, "running", TIMEOUT).await?;
    ledger_shows(stage, "it goes on", |posts| posts.len() > asked).await?;
    page.click("#stop-scan").await?;
    comes_to(stage, "stopped", TIMEOUT).await
}

/// Clicks Stop twice. Where the second click lands depends on what moves, so the button that comes is pressed besides: in the
/// moment of its coming, and later by the second half of a double click.
pub(super) async fn double_click_spends_nothing_on(stage: &Stage, stop: &str, next: &str) -> Result<()> {
    let page = &stage.page;
    let watch = "(() => { window.clicked = []; \
        document.addEventListener('click', event => window.clicked.push(event.detail), true); \
        window.hasty = new Promise(done => new MutationObserver((_, observer) => { \
            const next = document.querySelector(arguments[0]); \
            if (next) { observer.disconnect(); next.click(); done(true); } \
        }).observe(document.body, { subtree: true, childList: true, attributes: true })); return true; })()";
    page.value(watch, &[json!(next)]).await?;
    page.see(stop).await?;
    stage.browser.double_click(stop).await?;
    page.promise("window.hasty", &[]).await?;
    // On a label, a click is one of what it labels too.
    let clicked = page.value("[...new Set(window.clicked)].sort()", &[]).await?;
    same!(clicked, json!([0, 1, 2]), "clicks in a row: by script, and by the mouse");
    page.see(next).await?;
    page.consider(next).await?;
    let twice = "document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }))";
    page.value(twice, &[json!(next)]).await.map(drop)
}

pub(super) async fn a_key_revoked_half_way_halts_the_scan(stage: &Stage) -> Result<()> {
    const GOOD: usize = 4;
    let script = stage.harness.mock.script();
    let answer = json!({
        "id": "e5cc70bb28c444948073e77776eb30ef", "object": "chat.completion", "created": 1_795_420_800,
        "model": "some", "choices": [{ "index": 0, "finish_reason": "length",
            "message": { "role": "assistant", "content": "Hi", "tool_calls": null } }],
        "usage": { "prompt_tokens": 5, "completion_tokens": 1, "total_tokens": 6 },
    });
    for _ in 0..GOOD {
        script.push(CHAT, Step::json(200, &answer.to_string()));
    }
    script.always(CHAT, Step::json(401, r#"{"detail":"Invalid API Key"}"#));
    accepted(stage).await?;
    brisk(stage).await?;
    stage.page.click("#start-scan").await?;
    comes_to(stage, "halted", TIMEOUT).await?;
    let said = stage.page.texts("#scan").await?.concat();
    ensure!(
        said.contains("Stopped: Mistral no longer accepts calls with this key."),
        "what is said of it: {said}"
    );
    same!(stage.page.count("#scan .brief[data-cause=invalid-key]").await?, 1, "the refusal that halted it");

    let posts = stage.harness.ledger.posts();
    same!(posts.len(), GOOD + 1, "calls: the good ones and the refused one");
    same!(posts.last().and_then(|post| post.status), Some(401), "the last answer");
    let rows = accesses(stage).await?;
    same!(rows.get("callable").copied(), Some(GOOD), "models that answered before: {rows:?}");
    let others: usize = rows
        .iter()
        .filter(|(access, _)| *access != "callable" && *access != "unchecked")
        .map(|(_, count)| count)
        .sum();
    ensure!(others <= 1, "models of which something is known without an answer: {rows:?}");
    ensure!(rows.get("unchecked").is_some_and(|rest| *rest >= 15), "the rest is not unchecked: {rows:?}");
    is_right(stage, "#scan-spent", &posts).await?;
    Ok(())
}
