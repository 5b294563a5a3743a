//! The tools around the table: the check of code, the calculator, long lists; and all of it by the keyboard alone.

use key_tester::core::app::PAGE;

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use e2e::listing;
use e2e::page::{LONG_TIMEOUT, TIMEOUT};
use e2e::script::Step;
use e2e::workbench::{accepted, checked, comes_to, ledger_shows};
use serde_json::{Value, json};
use thirtyfour::Key;

use super::same;

/// A program that names a retired model twice, one that moves, one in order, and one that nobody knows.
const CODE: &str = "from mistralai import Mistral\n\
    BIG = \"mistral-large-2411\"\n\
    client.chat.complete(model=\"mistral-small-latest\")\n\
    client.chat.complete(model=\"mistral-large-2411\")\n\
    EDGE = \"ministral-3b-2512\"\n\
    ODD = \"mistral-small-9912\"\n";

/// What the page found in the code: id, state, lines.
async fn findings(stage: &Stage) -> Result<Vec<(String, String, String)>> {
    let found = "[...document.querySelectorAll('#code-findings [data-code-model]')].map(one => \
        [one.dataset.codeModel, one.dataset.codeState, one.querySelector('.measured-words').textContent])";
    Ok(serde_json::from_value(stage.page.value(found, &[]).await?)?)
}

pub(super) async fn pasted_code_is_read_here_and_sent_nowhere(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    let driver = stage.browser.driver();
    page.open().await?;
    e2e::clipboard::put(driver, CODE).await?;
    // The clipboard has a page of its own, so what comes after it is what counts.
    let before = stage.harness.ledger.requests().len();
    let field = page.see("#code-text").await?;
    field.scroll_into_view().await?;
    field.click().await?;
    field.send_keys(Key::Control + "v").await?;
    page.see("#code-findings [data-code-model]").await?;
    let found = findings(stage).await?;
    let line =
        |id: &str| found.iter().find(|(own, ..)| own == id).map(|(_, state, lines)| (&**state, &**lines));
    same!(line("mistral-large-2411"), Some(("retired", "lines 2, 4")), "the retired model");
    same!(line("mistral-small-latest"), Some(("moving", "line 3")), "the name that moves");
    same!(line("mistral-small-9912"), Some(("unknown", "line 6")), "the model that nobody knows");
    same!(line("ministral-3b-2512"), Some(("known", "line 5")), "the model in service");
    same!(found.first().map(|(id, ..)| &**id), Some("mistral-large-2411"), "what comes first");
    let advice =
        page.texts("#code-findings [data-code-model='mistral-large-2411'] .check-words").await?.concat();
    ensure!(advice.contains("mistral-medium-3-5"), "what to use instead: {advice}");
    same!(stage.harness.ledger.requests().len(), before, "requests of any kind since the paste");

    // With a key, the same text is held against what it lists.
    page.test(CANARY).await?;
    page.samples().await?;
    page.wait_for(
        "document.querySelector('[data-code-model=ministral-3b-2512]')?.dataset.codeState === 'fine'",
    )
    .await?;
    ensure!(page.count("#pointers .pointer").await? > 3, "where names point is not shown");
    same!(stage.harness.ledger.calls().len(), 6, "calls: those of the key's test alone");
    Ok(())
}

/// The models of the calculator with their amounts, in the order shown.
async fn estimates(stage: &Stage) -> Result<Vec<(String, String)>> {
    let lines = "[...document.querySelectorAll('#estimates [data-estimate]')].map(line => \
        [line.dataset.estimate, line.querySelector('.measured').textContent])";
    Ok(serde_json::from_value(stage.page.value(lines, &[]).await?)?)
}

/// Types over what is in a field, a key at a time.
async fn type_over(stage: &Stage, css: &str, text: &str) -> Result<()> {
    let field = stage.page.see(css).await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys(text).await?;
    let focused =
        format!("document.activeElement?.matches('{css}') && document.activeElement.value === '{text}'");
    same!(stage.page.value(&focused, &[]).await?, json!(true), "{text} stands in {css}, which has the focus");
    Ok(())
}

pub(super) async fn the_calculator_follows_each_key(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    let calls = stage.harness.ledger.calls().len();
    let of = |lines: &[(String, String)], model: &str| {
        let place = lines.iter().position(|(own, _)| own == model);
        place
            .and_then(|place| Some((place, lines.get(place)?.1.clone())))
            .with_context(|| format!("{model} is missing"))
    };
    // 1000 in, 300 out, 1000 a day, 30 days: 30 M tokens in, 9 M out.
    let first = estimates(stage).await?;
    same!(of(&first, "ministral-3b-2512")?.1, "$3.90", "a month of Ministral 3B");
    same!(of(&first, "mistral-medium-2604")?.1, "$112.50", "a month of Medium");
    let codestral = of(&first, "codestral-2508")?;
    let devstral = of(&first, "ministral-14b-2512")?;
    ensure!(codestral.0 > devstral.0, "the dearer comes first: {first:?}");

    // What is answered weighs more now: models that charge more for it move down.
    page.click("#calc-output").await?;
    type_over(stage, "#calc-output", "0").await?;
    page.wait_for(
        "document.querySelector('[data-estimate=ministral-3b-2512] .measured').textContent === '$3.00'",
    )
    .await?;
    let second = estimates(stage).await?;
    same!(of(&second, "mistral-medium-2604")?.1, "$45.00", "Medium without answers");
    let order = |lines: &[(String, String)]| lines.iter().map(|(model, _)| model.clone()).collect::<Vec<_>>();
    ensure!(order(&first) != order(&second), "the order does not follow: {:?}", order(&second));

    type_over(stage, "#calc-output", "many").await?;
    page.see("#calc-problem").await?;
    same!(page.count("#estimates").await?, 0, "amounts for what is no number");
    type_over(stage, "#calc-output", "300").await?;
    page.wait_for(
        "document.querySelector('[data-estimate=ministral-3b-2512] .measured')?.textContent === '$3.90'",
    )
    .await?;
    page.click("#calc-batch").await?;
    page.wait_for(
        "document.querySelector('[data-estimate=ministral-3b-2512] .measured').textContent === '$1.95'",
    )
    .await?;
    same!(stage.harness.ledger.calls().len(), calls, "calls of the calculator");
    Ok(())
}

pub(super) async fn five_thousand_models_are_no_trouble(stage: &Stage) -> Result<()> {
    const MODELS: usize = 5_000;
    let page = &stage.page;
    stage.harness.mock.script().always("GET /v1/models", Step::json(200, &listing::models(MODELS)));
    accepted(stage).await?;
    let rows =
        |count: usize| format!("document.querySelectorAll('#models tr[data-model]').length === {count}");
    page.wait_for(&rows(PAGE)).await.context("the first rows")?;
    same!(page.texts("#models-count").await?, ["5000 listed"], "the count");
    same!(
        page.texts("#more-models").await?,
        [format!("Show more: {} are not drawn", MODELS - PAGE)],
        "the button for more"
    );
    page.click("#more-models").await?;
    page.wait_for(&rows(2 * PAGE)).await.context("as many rows more")?;

    page.see("#filter").await?.send_keys(listing::TENTH).await?;
    page.wait_for("document.querySelector('#models-count').textContent === '500 of 5000 listed'").await?;
    page.wait_for(&rows(PAGE)).await.context("rows of what is looked for")?;
    type_over(stage, "#filter", "ministral-small-0000-tenth").await?;
    page.wait_for(&rows(1)).await.context("the one row")?;
    type_over(stage, "#filter", "vision 0007").await?;
    page.wait_for("document.querySelector('#models tr[data-model]')?.dataset.model.includes('0007')").await?;

    page.see("#start-scan").await?;
    page.click("#scan-options > summary").await?;
    page.click("#scan-unpriced").await?;
    page.wait_for("/[56][0-9]{3} requests/.test(document.querySelector('#scan-price').textContent)").await?;
    same!(stage.harness.ledger.posts().len(), 0, "calls that may cost");
    Ok(())
}

/// Counts the frames in a row in which nothing has the focus: the page moves it a frame after it drew.
const WATCH: &str = "(() => { window.lost = { now: 0, most: 0, at: '' }; const look = () => { \
    const body = document.activeElement === document.body || !document.activeElement; \
    window.lost.now = body ? window.lost.now + 1 : 0; \
    if (window.lost.now > window.lost.most) { window.lost.most = window.lost.now; \
        window.lost.at = document.querySelector('#scan-heading')?.textContent ?? ''; } \
    requestAnimationFrame(look); }; look(); return true; })()";

/// Frames without focus that a user cannot notice.
const MOMENT: u64 = 3;

pub(super) async fn press(stage: &Stage, key: Key) -> Result<()> {
    if matches!(key, Key::Enter | Key::Space) {
        stage.page.consider(":focus").await?;
    }
    stage.browser.driver().action_chain().send_keys(key + "").perform().await?;
    Ok(())
}

/// Goes on with Tab until what `css` finds has the focus.
pub(super) async fn tab_to(stage: &Stage, css: &str, most: usize) -> Result<()> {
    let there = "document.activeElement?.matches(arguments[0]) ?? false";
    let name = "document.activeElement?.id || document.activeElement?.outerHTML.slice(0, 80)";
    let mut passed = Vec::new();
    while stage.page.value(there, &[json!(css)]).await? != json!(true) {
        ensure!(passed.len() <= most, "{most} times Tab does not lead to {css}: {passed:?}");
        press(stage, Key::Tab).await?;
        passed.push(stage.page.value(name, &[]).await?);
    }
    Ok(())
}

pub(super) async fn focus_is_on(stage: &Stage, css: &str) -> Result<()> {
    stage
        .page
        .wait_for(&format!("document.activeElement?.matches({})", Value::from(css)))
        .await
        .with_context(|| format!("the focus is not on {css}"))?;
    Ok(())
}

pub(super) async fn the_keyboard_runs_the_workbench(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open().await?;
    tab_to(stage, "#api-key", 12).await?;
    stage.browser.driver().action_chain().send_keys(CANARY).perform().await?;
    press(stage, Key::Enter).await?;
    same!(page.verdict().await?.verdict, "works", "verdict");
    page.samples().await?;
    focus_is_on(stage, "#verdict *").await?;
    page.value(WATCH, &[]).await?;

    tab_to(stage, "#row-models", 10).await?;
    press(stage, Key::Enter).await?;
    focus_is_on(stage, "#models-heading").await?;
    tab_to(stage, "#scan-options > summary", 20).await?;
    press(stage, Key::Enter).await?;
    tab_to(stage, "#scan-options [data-pace=brisk]", 5).await?;
    press(stage, Key::Space).await?;
    page.wait_for("document.activeElement.matches('[data-pace=brisk][aria-pressed=true]')").await?;
    let driver = stage.browser.driver();
    for _ in 0..5 {
        if page.value("document.activeElement?.id", &[]).await? == json!("start-scan") {
            break;
        }
        driver
            .action_chain()
            .key_down(Key::Shift)
            .send_keys(Key::Tab + "")
            .key_up(Key::Shift)
            .perform()
            .await?;
    }
    focus_is_on(stage, "#start-scan").await?;
    press(stage, Key::Enter).await?;
    comes_to(stage, "running", TIMEOUT).await?;
    focus_is_on(stage, "#scan-heading").await?;
    ledger_shows(stage, "models are asked", |posts| posts.len() >= 2).await?;
    tab_to(stage, "#stop-scan", 15).await?;
    press(stage, Key::Enter).await?;
    comes_to(stage, "stopped", TIMEOUT).await?;
    focus_is_on(stage, "#scan-heading").await?;
    tab_to(stage, "#resume-scan", 20).await?;
    press(stage, Key::Space).await?;
    focus_is_on(stage, "#scan-heading").await?;
    // Somebody who waits on the button that stops it must not lose the place when the scan ends by itself.
    tab_to(stage, "#stop-scan", 15).await?;
    comes_to(stage, "over", LONG_TIMEOUT).await?;
    page.wait_for("document.querySelector('#scan').contains(document.activeElement)").await?;

    page.reach("#check-free").await?;
    focus_is_on(stage, "#features-heading").await?;
    tab_to(stage, "#check-free", 5).await?;
    press(stage, Key::Enter).await?;
    checked(stage, 6).await?;
    page.wait_for("document.querySelector('#features').contains(document.activeElement)").await?;
    tab_to(stage, "[data-check=files]", 15).await?;
    press(stage, Key::Enter).await?;
    page.wait_for("!document.querySelector('#stop-checks')").await?;
    page.wait_for("document.querySelector('#features').contains(document.activeElement)").await?;
    page.reach("#ask-whose").await?;
    focus_is_on(stage, "#key-heading").await?;
    tab_to(stage, "#ask-whose", 10).await?;
    press(stage, Key::Enter).await?;
    page.wait_for("document.querySelector('#whose').dataset.whose === 'answered'").await?;
    focus_is_on(stage, "#ask-whose").await?;

    let lost = page.value("window.lost", &[]).await?;
    ensure!(lost["most"].as_u64().is_some_and(|most| most <= MOMENT), "the focus was lost: {lost}");
    Ok(())
}
