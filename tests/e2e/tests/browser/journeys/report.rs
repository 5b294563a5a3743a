//! The report: a verdict is handed over as a summary and as a file, and the file shows it again.

use anyhow::{Context, Result, ensure};
use e2e::axe::{Axe, Rules};
use e2e::harness::Stage;
use e2e::lab::{on_disk, saved_by};
use e2e::ledger::{CANARY, has_canary};
use e2e::page::LONG_TIMEOUT;
use e2e::script::Step;
use e2e::workbench::{accepted, brisk, comes_to};
use serde_json::{Value, json};

use super::same;

/// Copies the summary, by the button on the card.
async fn summary(stage: &Stage) -> Result<String> {
    stage.page.click("#copy-summary").await?;
    stage.page.wait_for("document.querySelector('#copy-summary').textContent.trim() === 'Copied'").await?;
    let text = e2e::clipboard::read(stage.browser.driver()).await?;
    ensure!(!has_canary(&text), "the summary holds the key: {text}");
    Ok(text)
}

/// Unfolds what can be done with a report, and has it saved.
async fn saved(stage: &Stage) -> Result<(String, Value)> {
    if stage.page.count("#report[open]").await? == 0 {
        stage.page.click("#report-summary").await?;
    }
    let file = saved_by(&stage.page, "#save-key-report").await?;
    same!(file.name, "mistral-key-report.json", "name of the report");
    ensure!(!has_canary(&file.text), "the report holds the key: {}", file.text);
    let json = serde_json::from_str(&file.text).with_context(|| format!("no JSON: {}", file.text))?;
    Ok((file.text, json))
}

pub(super) async fn an_outcome_is_handed_over_and_shown_again(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    page.click("#row-models").await?;
    brisk(stage).await?;
    page.click("#start-scan").await?;
    comes_to(stage, "over", LONG_TIMEOUT).await?;
    page.click(".tab-back").await?;

    let text = summary(stage).await?;
    for words in [
        "**This key works",
        "- Key: `••••",
        "- Models: ",
        "callable",
        "- Browser: `Mozilla/5.0",
        "Why we think so:",
    ] {
        ensure!(text.contains(words), "{words} is not in the summary:\n{text}");
    }
    let lines = text.lines().count();
    ensure!((15..=30).contains(&lines), "{lines} lines:\n{text}");

    let (text, json) = saved(stage).await?;
    same!(json["schema"], json!("mistral-key-tester/report/1"), "schema");
    same!(json["simulated"], json!(false), "simulated");
    same!(json["cause"], json!("works"), "cause");
    ensure!(json["models"].as_array().is_some_and(|models| models.len() > 10), "models: {text}");
    ensure!(json["key"]["fingerprint"].as_str().is_some_and(|print| print.len() == 8), "fingerprint: {text}");
    ensure!(json.get("owner").is_none(), "nobody has ticked the box");
    let table = saved_by(page, "#save-report-models").await?;
    ensure!(table.text.starts_with("Model,") && !has_canary(&table.text), "{}", table.text);

    // Shown to somebody who has tested nothing, and dropped anywhere on the page.
    let calls = stage.harness.ledger.to_mistral().len();
    page.open().await?;
    page.click("#report-summary").await?;
    let file = on_disk(&text)?;
    page.see("#report-file").await?.send_keys(file.path().to_string_lossy()).await?;
    page.see("#shown-report").await?;
    let shown = "document.querySelector('#shown-report').dataset.cause";
    same!(page.value(shown, &[]).await?, json!("works"), "cause of the report that is shown");
    let heading = page.texts("#shown-heading").await?.concat();
    ensure!(heading.starts_with("Report of ") && heading.ends_with(" UTC"), "{heading}");
    page.wait_for("document.activeElement?.id === 'shown-heading'").await?;
    same!(page.count("#shown-changes").await?, 0, "comparisons with nothing");
    page.click("#close-report").await?;
    page.wait_for("!document.querySelector('#shown-report')").await?;
    let drop = "(() => {
        const files = new DataTransfer();
        files.items.add(new File([arguments[0]], 'report.json', { type: 'application/json' }));
        const event = new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true });
        document.querySelector('h1').dispatchEvent(event);
        return event.defaultPrevented;
    })";
    let dropped = page.value(&format!("({drop})(arguments[0])"), &[json!(text)]).await?;
    same!(dropped, json!(true), "whether the page takes what is dropped on it");
    page.see("#shown-report").await?;
    same!(stage.harness.ledger.to_mistral().len(), calls, "requests that showing makes");

    // Compared with what the same key comes to now.
    stage.harness.mock.script().push("GET /v1/models", Step::json(401, r#"{"detail":"Invalid API Key"}"#));
    same!(page.test(CANARY).await?.cause, "invalid-key", "cause");
    page.see("#shown-changes").await?;
    let found = Axe::load()?.violations(page, Rules::All).await?;
    ensure!(found.is_empty(), "axe finds in a report that is shown: {found}");
    let changes = page.texts("#shown-changes").await?.concat();
    ensure!(changes.contains("It is the same key.") && changes.contains("and now is refused"), "{changes}");
    e2e::clipboard::put(stage.browser.driver(), "something else").await
}

pub(super) async fn a_refusal_is_handed_over_too(stage: &Stage) -> Result<()> {
    let quoted = format!(r#"{{"message":"Unknown key {CANARY} @everyone"}}"#);
    stage.harness.mock.script().push("GET /v1/models", Step::json(401, &quoted));
    stage.page.open().await?;
    same!(stage.page.test(CANARY).await?.verdict, "refused", "verdict");
    let text = summary(stage).await?;
    ensure!(text.contains("verdict `refused`"), "{text}");
    let (text, json) = saved(stage).await?;
    same!(json["verdict"], json!("refused"), "verdict of the report");
    ensure!(text.contains("[key …"), "the key is cut out of what quotes it: {text}");
    Ok(())
}
