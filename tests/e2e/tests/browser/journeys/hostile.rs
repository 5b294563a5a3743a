//! Answers that are made to keep the page busy, or that quote the key: the page stays what it is.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use e2e::script::Step;
use serde_json::json;

use super::same;

const CALL: &str = "GET /v1/models";

/// A list of one model that works, and of this besides.
fn listing(more: &str) -> String {
    format!(
        r#"{{"object":"list","data":[{{"id":"ministral-3b-2512","capabilities":{{"completion_chat":true}}}},{more}]}}"#
    )
}

/// Tests a key that lists this, and opens what can be opened of it.
async fn opened(stage: &Stage, more: &str, context: &str) -> Result<()> {
    stage.harness.mock.script().always(CALL, Step::json(200, &listing(more)));
    stage.page.open().await?;
    let verdict = stage.page.test(CANARY).await.with_context(|| context.to_owned())?;
    same!(verdict.verdict, "works", "{context}");
    stage.page.samples().await?;
    stage.page.click("#raw > summary").await?;
    stage.page.see("#raw .raw-text").await.with_context(|| context.to_owned())?;
    stage.page.see("#models tr[data-model]").await.with_context(|| context.to_owned())?;
    Ok(())
}

pub(super) async fn what_is_too_much_is_left_out_and_said(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    let names: Vec<String> = (0..50_000).map(|number| format!("\"alias-{number:05}\"")).collect();
    let aliases = format!(r#"{{"id":"mistral-small-2603","aliases":[{}]}}"#, names.join(","));
    opened(stage, &aliases, "names").await?;
    page.click("#models tr[data-model='mistral-small-2603'] .model-also summary").await?;
    let told = page.texts("#models tr[data-model='mistral-small-2603'] .model-aliases").await?;
    ensure!(told.iter().any(|words| words.ends_with("alias-00011 … and 49\u{202f}988 more")), "{told:?}");
    // The raw answer is shown by its beginning, and on a press as far as a browser likes it.
    let shown = "document.querySelectorAll('#raw .raw-text')[1].textContent.length";
    let beginning = page.value(shown, &[]).await?.as_u64().unwrap_or_default();
    ensure!((60_000..200_000).contains(&beginning), "{beginning} characters of the beginning");
    page.click("#raw .raw-more").await?;
    page.wait_for(&format!("{shown} > 700000 && !document.querySelector('#raw .raw-more')")).await?;

    let pile = format!(r#"{{"id":"a{}"}}"#, "\u{301}".repeat(500_000));
    opened(stage, &pile, "marks").await?;
    same!(
        page.texts("#models-left-out").await?,
        ["1 entry of the list is left out: it has no id that this page can call."],
        "what is said"
    );
    let raw = page.value("document.querySelectorAll('#raw .raw-text')[1].textContent", &[]).await?;
    ensure!(raw.as_str().is_some_and(|raw| raw.contains("characters that pile up on others, not shown")));
    Ok(())
}

/// The search at the end looks through the document, its attributes among it.
pub(super) async fn a_key_in_the_names_of_models_does_not_come_into_the_page(stage: &Stage) -> Result<()> {
    let [upper, piece] = [CANARY.to_uppercase(), CANARY[..16].to_owned()];
    let cards = [
        format!(r#"{{"id":"ft:{CANARY}:1"}}"#),
        format!(r#"{{"id":"ft:{upper}:2"}}"#),
        format!(
            r#"{{"id":"mistral-small-2603","aliases":["of-{CANARY}"],"owned_by":"{CANARY}","description":"{piece}"}}"#
        ),
    ];
    opened(stage, &cards.join(","), "quoted").await?;
    let page = stage.page.value("document.documentElement.outerHTML.toLowerCase()", &[]).await?;
    let page = page.as_str().unwrap_or_default();
    ensure!(!page.contains(&piece.to_lowercase()), "a piece of the key stands in the page");
    same!(
        stage.page.texts("#models-left-out").await?,
        ["2 entries of the list are left out: they have no id that this page can call."],
        "what is said"
    );
    Ok(())
}

pub(super) async fn a_held_enter_submits_once(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    stage.page.type_key(CANARY).await?;
    let taken = "document.querySelector('#api-key').dispatchEvent(new KeyboardEvent('keydown', \
        { key: 'Enter', repeat: arguments[0], bubbles: true, cancelable: true }))";
    same!(stage.page.value(taken, &[json!(false)]).await?, json!(true), "the first stroke is the browser's");
    same!(stage.page.value(taken, &[json!(true)]).await?, json!(false), "a repeated one is nobody's");
    Ok(())
}
