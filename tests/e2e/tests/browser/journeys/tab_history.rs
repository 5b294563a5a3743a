//! The history of the tab: two keys, one after the other, and nothing once the key is forgotten.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use e2e::script::Step;
use serde_json::json;

use super::same;

/// A key that works as any other does, of somebody else.
const OTHER: &str = "otherKeyOfTheSameUser00000000Wx9";

pub(super) async fn the_tests_of_a_tab_are_listed_until_the_key_is_forgotten(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open().await?;
    page.see("#report-summary").await?;
    same!(page.count(".tab-history[data-empty=false]").await?, 0, "before any test");
    stage.harness.mock.script().push("GET /v1/models", Step::json(401, r#"{"detail":"Unauthorized"}"#));
    same!(page.test(CANARY).await?.verdict, "refused", "the first key");
    page.click("#tab-history > summary").await?;
    same!(page.count("#tab-history-table tbody tr").await?, 1, "rows");
    same!(page.test(OTHER).await?.verdict, "works", "the second key");
    page.samples().await?;
    // It is still unfolded, and has both.
    page.see("#tab-history-table").await?;
    let rows = "[...document.querySelectorAll('#tab-history-table tbody tr')].map(row => [row.dataset.verdict, \
        ...['Host', 'Key', 'Time'].map(name => row.querySelector(`[data-label=${name}]`).textContent)])";
    let rows = page.value(rows, &[]).await?;
    let rows = rows.as_array().context("rows")?;
    let of = |verdict: &str, tail: &str| json!([verdict, "api.mistral.ai", format!("••••{tail}")]);
    let without_time: Vec<_> = rows.iter().filter_map(|row| Some(json!(row.as_array()?.get(..3)?))).collect();
    same!(without_time, [of("works", "0Wx9"), of("refused", "f5Jc")], "the latest first");
    for row in rows {
        let time = row[3].as_str().unwrap_or_default();
        let parts: Vec<u8> = time.split(':').filter_map(|part| part.parse().ok()).collect();
        ensure!(time.len() == 8 && matches!(parts[..], [0..24, 0..60, 0..60]), "a time of day: {time}");
    }
    same!(page.texts("#tab-history > summary").await?.concat(), "Tests in this tab (2)", "the fold");

    // The demo's tests are not among them, and take none away.
    page.click("#another-key").await?;
    page.click("#try-demo").await?;
    ensure!(page.verdict().await?.simulated, "the demo");
    same!(page.count("#tab-history-table tbody tr").await?, 2, "rows beside the demo");
    page.click("#leave-demo").await?;
    page.test(CANARY).await?;
    page.samples().await?;
    same!(page.count("#tab-history-table tbody tr").await?, 3, "rows");

    page.click("#forget-key").await?;
    page.wait_for("!document.querySelector('#verdict')").await?;
    same!(page.count(".tab-history[data-empty=false]").await?, 0, "after the key is forgotten");
    same!(page.count("#tab-history-table").await?, 0, "tables");
    let left =
        "['f5Jc', '0Wx9'].filter(tail => document.querySelector('#tool').textContent.includes(tail)).length";
    same!(page.value(left, &[]).await?, json!(0), "ends of keys");
    Ok(())
}
