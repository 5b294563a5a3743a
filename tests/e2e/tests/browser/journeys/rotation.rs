//! Two keys, for rotation: compared, the old one deleted and seen to be, both gone.

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::lab::saved_by;
use e2e::ledger::{CANARY, NEW_CANARY, Request, has_canary};
use e2e::script::Step;
use e2e::workbench::{accepted, compared, until, watched};
use serde_json::json;
use thirtyfour::Key;

use super::same;
use super::workbench::press;

const LIST: &str = "GET /v1/models";
const OWNER: &str = r#"{"workspace":{"id":"w1","name":"Looms"},"api_key":{"id":"k1","name":"night shift"}}"#;

/// The key of each of these calls: `old`, `new`, or what else.
fn keys(calls: &[Request]) -> Vec<&'static str> {
    let key =
        |call: &Request| match call.header("authorization").and_then(|value| value.strip_prefix("Bearer ")) {
            Some(CANARY) => "old",
            Some(NEW_CANARY) => "new",
            _ => "none of them",
        };
    calls.iter().map(key).collect()
}

/// The calls since there were so many.
fn since(stage: &Stage, before: usize) -> Vec<Request> {
    stage.harness.ledger.calls().split_off(before)
}

pub(super) async fn two_keys_are_compared_and_the_deletion_is_seen(stage: &Stage) -> Result<()> {
    let (page, script) = (&stage.page, stage.harness.mock.script());
    accepted(stage).await?;
    let before = stage.harness.ledger.calls().len();
    page.value("location.hash = 'rotate'", &[]).await?;
    page.wait_for("document.activeElement?.id === 'rotate-heading'").await?;
    let field = page.see("#rotation-key").await?;
    field.send_keys(CANARY).await?;
    field.send_keys(Key::Enter + "").await?;
    page.wait_for("document.querySelector('#rotation-key-hint').textContent.startsWith('This is the key that is tested already')")
        .await?;
    same!(since(stage, before).len(), 0, "calls for the same key");
    field.send_keys(Key::Control + "a").await?;
    field.send_keys(format!(" Bearer {NEW_CANARY}")).await?;
    page.wait_for(
        "/the older Mistral format/.test(document.querySelector('#rotation-key-hint').textContent)",
    )
    .await?;
    field.send_keys(Key::Enter + "").await?;
    page.see("#rotate[data-state=compared] #rotation-lines").await?;
    same!(page.count("#rotation-key").await?, 0, "fields for a third key");
    same!(keys(&since(stage, before)), ["old", "new"], "whose lists were asked for");
    let lines = page.texts("#rotation-lines").await?.concat();
    ensure!(lines.contains("Yes: both list the same") && lines.contains("Not asked."), "{lines}");

    for path in ["GET /v1/users/me", "GET /v1/whoami"] {
        script.always(path, Step::json(200, OWNER));
    }
    page.click("#rotation-owner").await?;
    page.wait_for("/^At most 6/.test(document.querySelector('#again-price')?.textContent)").await?;
    page.click("#compare-again").await?;
    page.wait_for("/Yes: “Looms”/.test(document.querySelector('#rotation-lines')?.textContent)").await?;
    same!(
        keys(&since(stage, before)[2..]),
        ["old", "new", "old", "old", "new", "new"],
        "who was asked about with the box ticked"
    );
    let table = page.texts("#rotation-table").await?.concat();
    ensure!(table.contains("night shift") && table.contains("••••") && !has_canary(&table), "{table}");

    watched(stage).await?;
    script.delete_key(CANARY);
    page.see("#rotation-watch[data-state=seen]").await?;
    let seen = "/^Mistral refused the old key at \\d\\d:\\d\\d:\\d\\d .*UTC.* after you pressed/.test(document.querySelector('#rotation-watch').textContent)";
    page.wait_for(seen).await?;
    let calls = since(stage, before);
    same!(keys(&calls).split_off(calls.len() - 2), ["old", "new"], "the refusal, and its proof");
    same!(calls.last().and_then(|call| call.status), Some(200), "what the new key is answered");
    let asked = calls.len();

    page.click("#forget-old").await?;
    page.wait_for("/wiped/.test(document.querySelector('#rotation-table')?.textContent)").await?;
    same!(
        page.value("document.querySelector('#api-key').value", &[]).await?,
        json!(""),
        "the field of the old key"
    );
    same!(since(stage, before).len(), asked, "calls since");
    page.click("#test-other").await?;
    same!(page.verdict().await?.verdict, "works", "verdict of the new key");
    page.samples().await?;
    let keys = keys(&since(stage, before)[asked..]);
    same!(keys, ["new"; 6], "whose test that was");
    page.click("#rotate-anew").await?;
    page.see("#rotation-key").await?;
    Ok(())
}

pub(super) async fn what_is_no_deletion_is_not_taken_for_one(stage: &Stage) -> Result<()> {
    let (page, script) = (&stage.page, stage.harness.mock.script());
    accepted(stage).await?;
    compared(stage).await?;
    watched(stage).await?;
    let before = stage.harness.ledger.calls().len();
    script.push(LIST, Step::json(401, r#"{"detail":"Invalid API Key"}"#));
    script.push(LIST, Step::json(401, r#"{"detail":"Invalid API Key"}"#));
    page.wait_for(
        "/the new one too: that is no proof/.test(document.querySelector('#rotation-watch')?.textContent)",
    )
    .await?;
    same!(keys(&since(stage, before)), ["old", "new"], "who was asked about");
    same!(page.count("#rotation-watch[data-state=running]").await?, 1, "watches that go on");
    press(stage, Key::Escape).await?;
    page.see("#rotation-watch[data-state=stopped]").await?;
    page.see("#start-watch").await?;
    Ok(())
}

pub(super) async fn both_keys_are_gone_after_forget(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    compared(stage).await?;
    watched(stage).await?;
    let live = page.texts("#live").await?.concat();
    ensure!(!has_canary(&live), "{live}");
    page.click("#forget-key").await?;
    page.wait_for("!document.querySelector('#verdict') && !document.querySelector('#rotation-table')")
        .await?;
    let asked = stage.harness.ledger.calls().len();
    same!(page.value("document.querySelector('#api-key').value", &[]).await?, json!(""), "the field");
    // Longer than the pause between two questions of a watch.
    page.promise("new Promise(done => setTimeout(done, 6000))", &[]).await?;
    same!(stage.harness.ledger.calls().len(), asked, "calls since");
    same!(page.test(CANARY).await?.verdict, "works", "verdict");
    page.samples().await?;
    page.see("#rotation-key").await?;
    let field = "document.querySelector('#rotation-key').value";
    same!(page.value(field, &[]).await?, json!(""), "the field of the new key");
    // A text that was typed and not compared goes too.
    page.see("#rotation-key").await?.send_keys(NEW_CANARY).await?;
    page.click("#forget-key").await?;
    page.wait_for("!document.querySelector('#rotation-key')").await?;
    until("both keys were sent", || {
        let calls = stage.harness.ledger.calls();
        let keys = keys(&calls);
        keys.contains(&"old") && keys.contains(&"new")
    })
    .await
}

pub(super) async fn the_next_rotation_is_saved_as_a_file(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    compared(stage).await?;
    let file = saved_by(page, "#save-rotation").await?;
    same!(file.name, "rotate-mistral-key.ics", "name of the file");
    ensure!(!has_canary(&file.text) && !file.text.contains("••"), "{}", file.text);
    ensure!(
        file.text.starts_with("BEGIN:VCALENDAR\r\n") && file.text.ends_with("END:VCALENDAR\r\n"),
        "{}",
        file.text
    );
    let day = "(() => { const day = new Date(); day.setDate(day.getDate() + 90); \
        return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map(part => String(part).padStart(2, '0')).join(''); })()";
    let day = page.value(day, &[]).await?;
    let line = format!("DTSTART;VALUE=DATE:{}\r\n", day.as_str().unwrap_or_default());
    ensure!(file.text.contains(&line), "{line} is not in {}", file.text);
    let days = page.see("#rotation-days").await?;
    days.send_keys(Key::Control + "a").await?;
    days.send_keys("soon").await?;
    page.wait_for("/1 to 3650/.test(document.querySelector('#rotation-day')?.textContent)").await?;
    let paste = "(() => { const field = document.querySelector('#rotation-days'); field.value = arguments[0]; \
        field.dispatchEvent(new InputEvent('input', { bubbles: true })); return field.value; })";
    let left = page.value(&format!("({paste})(arguments[0])"), &[json!(NEW_CANARY)]).await?;
    same!(left, json!(""), "what is left of a key in a field for a number");
    Ok(())
}
