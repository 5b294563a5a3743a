//! The error doctor: explains what was printed elsewhere, masks the keys in it, and asks nobody.

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::{CANARY, has_canary};
use e2e::listing;
use e2e::script::Step;
use e2e::workbench::{accepted, idle};
use serde_json::json;
use thirtyfour::Key;

use super::same;

/// Pastes `text` into the error doctor's field, over what is there, as a user does.
async fn paste(stage: &Stage, text: &str) -> Result<()> {
    paste_into(stage, "#error-text", text).await
}

pub(super) async fn paste_into(stage: &Stage, css: &str, text: &str) -> Result<()> {
    let driver = stage.browser.driver();
    e2e::clipboard::put(driver, text).await?;
    let field = stage.page.see(css).await?;
    field.scroll_into_view().await?;
    field.click().await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys(Key::Control + "v").await?;
    // Nothing of ours may stay in the clipboard, or the search at the end would find it there.
    e2e::clipboard::put(driver, "something else").await
}

async fn cause_is(stage: &Stage, cause: &str) -> Result<()> {
    stage
        .page
        .wait_for(&format!("document.querySelector('#diagnosis')?.dataset.cause === '{cause}'"))
        .await?;
    Ok(())
}

/// What is in the error doctor's field.
async fn field(stage: &Stage) -> Result<String> {
    text_in(stage, "#error-text").await
}

pub(super) async fn text_in(stage: &Stage, css: &str) -> Result<String> {
    let value = stage.page.value("document.querySelector(arguments[0]).value", &[json!(css)]).await?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

pub(super) async fn a_pasted_key_is_masked_on_sight(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    let before = stage.harness.ledger.requests().len();
    let said = format!(
        "$ curl -i https://api.mistral.ai/v1/chat/completions -H \"Authorization: Bearer {CANARY}\"\n\
         HTTP/2 429\ndate: Tue, 17 Nov 2026 10:04:11 GMT\ncontent-type: application/json\n\
         x-ratelimit-limit-req-minute: 0\nx-ratelimit-remaining-req-minute: 0\n\n\
         {{\"object\":\"error\",\"message\":\"Rate limit exceeded\",\"type\":\"rate_limited\",\"param\":null,\"code\":\"1300\"}}\n"
    );
    paste(stage, &said).await?;
    cause_is(stage, "zero-quota").await?;
    let text = field(stage).await?;
    ensure!(!has_canary(&text), "the key stays in the field: {text}");
    ensure!(
        text.contains("HTTP/2 429") && text.contains("rate_limited"),
        "more than the key is gone: {text}"
    );
    let masked = stage.page.texts("#doctor-masked").await?.concat();
    ensure!(masked.contains("masked"), "it is not said that something was masked: {masked}");
    // Taking the paste back must not bring the key up again either.
    stage.page.see("#error-text").await?.send_keys(Key::Control + "z").await?;
    stage.page.promise("new Promise(done => setTimeout(done, 150))", &[]).await?;
    let text = field(stage).await?;
    ensure!(!has_canary(&text), "undo brings the key back: {text}");
    // Before the paste the tabs of the clipboard were opened; of the page itself nothing is asked.
    let asked: Vec<_> = stage.harness.ledger.requests().split_off(before);
    let asked: Vec<_> = asked.iter().filter(|it| !it.path.starts_with(e2e::clipboard::PATH)).collect();
    ensure!(asked.is_empty(), "something was requested: {asked:?}");
    Ok(())
}

/// What was masked comes back by none of the keys that undo and redo, whatever was typed before and after.
pub(super) async fn no_undo_brings_a_secret_back(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    for (css, note) in [
        ("#error-text", "#doctor-masked"),
        ("#code-text", "#code-masked"),
        ("#request-text", "#request-masked"),
    ] {
        let field = stage.page.see(css).await?;
        let texts = [
            CANARY.to_owned(),
            format!("model = \"mistral-large-2411\"\nHTTP/2 401\napi_key = \"{CANARY}\"\nend"),
        ];
        for text in texts {
            paste_into(stage, css, &text).await?;
            let kept = text_in(stage, css).await?;
            ensure!(!has_canary(&kept) && kept.contains("[key …"), "{css} holds {kept}");
            let said = stage.page.texts(note).await?.concat();
            ensure!(said.contains("masked"), "{note} says {said}");
            for keys in ["z", "z", "y", "Z", "x", "z", "y", "Z"] {
                let modified = if keys == "x" { keys.into() } else { Key::Control + keys };
                field.send_keys(modified).await?;
                let now = text_in(stage, css).await?;
                ensure!(!has_canary(&now), "{keys} in {css} brings the key back: {now}");
                ensure!(now.starts_with(&kept), "{keys} in {css} changes the text: {now}");
            }
            field.send_keys(Key::Control + "a").await?;
            field.send_keys(Key::Backspace + "").await?;
            for keys in ["z", "z", "z", "y", "Z"] {
                field.send_keys(Key::Control + keys).await?;
                let now = text_in(stage, css).await?;
                ensure!(!has_canary(&now), "{keys} in {css}, emptied, brings the key back: {now}");
            }
        }
    }
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests to Mistral");
    Ok(())
}

/// A key that is pasted into the wrong field is gone from it at once, and Undo does not bring it back.
pub(super) async fn no_field_but_the_keys_keeps_a_key(stage: &Stage) -> Result<()> {
    let (page, driver) = (&stage.page, stage.browser.driver());
    // So many that the model to be timed is typed and not chosen from a list.
    stage.harness.mock.script().always("GET /v1/models", Step::json(200, &listing::models(300)));
    accepted(stage).await?;
    page.click("[data-plan=custom]").await?;
    page.see("#lab-seed").await?;
    let posts = stage.harness.ledger.posts().len();
    e2e::clipboard::put(driver, CANARY).await?;
    let fields = "#filter #calc-input #calc-output #calc-requests #calc-cached #lab-rounds #lab-at-once \
        #lab-answer #lab-pause #lab-cap #lab-seed #lab-model";
    for css in fields.split_whitespace() {
        let field = page.see(css).await?;
        field.scroll_into_view().await?;
        field.click().await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(Key::Control + "v").await?;
        same!(text_in(stage, css).await?, "", "what is left in {css}");
        let heard = page.texts("#live").await?.concat();
        ensure!(heard.contains("looked like a key"), "{css}: what is heard is {heard}");
        for keys in ["z", "z", "y", "Z"] {
            field.send_keys(Key::Control + keys).await?;
            same!(text_in(stage, css).await?, "", "{keys} in {css}");
        }
    }
    same!(page.texts("#models-count").await?, ["300 listed"], "the count of an empty filter");
    same!(stage.harness.ledger.posts().len(), posts, "calls that run a model");

    page.see("#filter").await?.send_keys("small").await?;
    paste_into(stage, "#error-text", "HTTP/2 504\n\n").await?;
    cause_is(stage, "gateway-timeout").await?;
    idle(stage).await?;
    for css in ["#filter", "#error-text"] {
        same!(text_in(stage, css).await?, "", "what is left in {css} when the key is wiped");
    }
    page.wait_for("!document.querySelector('#diagnosis')").await.map(drop)
}

pub(super) async fn an_error_of_another_program_is_explained(stage: &Stage) -> Result<()> {
    let trace = "Traceback (most recent call last):\n  File \"app.py\", line 12, in <module>\n    \
                 answer = client.chat.complete(model=\"mistral-large-latest\", messages=messages)\n\
                 mistralai.client.errors.sdkerror.SDKError: API error occurred: Status 401. Body: {\"detail\":\"Unauthorized\"}\n";
    let limit = "openai.RateLimitError: Error code: 429 - {'object': 'error', 'message': 'Rate limit exceeded', \
                 'type': 'rate_limited', 'param': None, 'code': '1300'}";
    let success = "HTTP/2 200\ncontent-type: application/json\n\n\
                   {\"object\":\"list\",\"data\":[{\"id\":\"ministral-3b-latest\",\"object\":\"model\"}]}\n";
    stage.page.open().await?;
    paste(stage, trace).await?;
    cause_is(stage, "unauthorized").await?;
    ensure!(!stage.page.texts("#diagnosis .next-steps li").await?.is_empty(), "no next step");
    let live = stage.page.texts("#live").await?.concat();
    let heading = stage.page.texts("#diagnosis-heading").await?.concat();
    same!(live, heading, "what is said");

    paste(stage, success).await?;
    stage.page.wait_for("!document.querySelector('#diagnosis')").await?;
    let sentence = stage.page.texts("#doctor-sentence").await?.concat();
    ensure!(sentence.contains("success"), "what is said of a success: {sentence}");

    paste(stage, limit).await?;
    cause_is(stage, "rate-limited").await?;
    stage.page.click("#limit-persists").await?;
    cause_is(stage, "zero-quota").await?;
    same!(
        stage.page.value("document.querySelector('#limit-persists').checked", &[]).await?,
        json!(true),
        "tick"
    );
    stage.page.click("#limit-persists").await?;
    cause_is(stage, "rate-limited").await?;

    paste(stage, "It does not work, please help.").await?;
    let field = stage.page.see("#error-text").await?;
    stage.page.wait_for("!document.querySelector('#diagnosis')").await?;
    ensure!(
        !stage.page.texts("#doctor-sentence").await?.concat().is_empty(),
        "nothing is said of a vague text"
    );
    field.send_keys(Key::Control + "a").await?;
    field.send_keys(Key::Backspace + "").await?;
    stage.page.wait_for("!document.querySelector('#doctor-sentence, #diagnosis')").await?;
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests to Mistral");
    // What was pasted is no test: there is no verdict on a key.
    same!(stage.page.count("#verdict").await?, 0, "cards");
    Ok(())
}

/// A press explains an example and marks what decided; another empties the field again. So with code, whose correction is copied.
pub(super) async fn an_example_is_read_and_cleared(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open().await?;
    page.click("#doctor [data-example=unknown-field]").await?;
    cause_is(stage, "unknown-field").await?;
    ensure!(field(stage).await?.contains("store"), "the example is not in the field");
    let marked = page.texts("#doctor-marked mark").await?;
    same!(marked, ["422", "store", "Extra inputs are not permitted"], "marked words");
    page.click("#copy-explanation").await?;
    page.wait_for("document.querySelector('#copy-explanation').textContent.trim() === 'Copied'").await?;
    page.click("#clear-error").await?;
    page.wait_for("!document.querySelector('#diagnosis, #doctor-marked, #clear-error')").await?;
    same!(field(stage).await?, "", "what is left in the field");
    page.wait_for("document.activeElement.id === 'error-text'").await?;

    page.click("#lifecycle [data-example=python]").await?;
    page.see("[data-code-model=mistral-large-2411][data-code-state=retired]").await?;
    page.click("#copy-corrected").await?;
    page.wait_for("document.querySelector('#copy-corrected').textContent.trim() === 'Copied'").await?;
    page.click("#clear-code").await?;
    page.wait_for("!document.querySelector('#corrected, #clear-code')").await?;
    same!(text_in(stage, "#code-text").await?, "", "what is left of the code");
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests to Mistral");
    Ok(())
}
