//! Narrow screens and fingers: nothing to be scrolled sideways, nothing too small to be hit. Chromium alone can be told to be a
//! phone.

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::script::Step;
use serde_json::{Value, json};

use super::accepted;

/// The narrowest screen in use, in CSS pixels.
const WIDTH: u32 = 320;

/// The least height of what is touched, in CSS pixels.
const TOUCH: u32 = 44;

async fn becomes_a_phone(stage: &Stage) -> Result<()> {
    let metrics = json!({ "width": WIDTH, "height": 640, "deviceScaleFactor": 2, "mobile": true });
    stage.browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
    let touch = json!({ "enabled": true, "maxTouchPoints": 1 });
    stage.browser.devtools("Emulation.setTouchEmulationEnabled", touch).await?;
    stage.page.wait_for("matchMedia('(pointer: coarse)').matches").await?;
    Ok(())
}

/// What is wider than the screen, and what is too low to be touched: two lists that are to be empty.
async fn fits(stage: &Stage, seen: &str) -> Result<()> {
    let wide = "(() => { const width = arguments[0]; if (document.scrollingElement.scrollWidth <= width) return []; \
        return [...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > width + 1) \
        .slice(0, 8).map(one => one.outerHTML.slice(0, 100)); })()";
    let wide = stage.page.value(wide, &[json!(WIDTH)]).await?;
    ensure!(wide == Value::Array(Vec::new()), "{seen}: wider than {WIDTH} px: {wide:#}");
    // A link in a sentence cannot be higher than its line; a box is hit by its label.
    let low = "[...document.querySelectorAll('#tool :is(button, summary, select, textarea, .tick, .choice), \
        #tool input:not([type=checkbox], [type=radio], [type=file])')] \
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < arguments[0] - 0.5) \
        .slice(0, 8).map(one => Math.round(one.getBoundingClientRect().height) + ' px: ' + one.outerHTML.slice(0, 100))";
    let low = stage.page.value(low, &[json!(TOUCH)]).await?;
    ensure!(low == Value::Array(Vec::new()), "{seen}: lower than {TOUCH} px: {low:#}");
    Ok(())
}

pub(super) async fn a_phone_shows_every_state(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open().await?;
    becomes_a_phone(stage).await?;
    fits(stage, "the form").await?;
    accepted(stage).await?;
    fits(stage, "a key that works").await?;
    let body = format!(r#"{{"detail":"{}"}}"#, "Invalid".repeat(60));
    stage.harness.mock.script().push("GET /v1/models", Step::json(401, &body));
    page.test(e2e::ledger::CANARY).await?;
    page.value("document.querySelectorAll('#verdict details').forEach(one => { one.open = true; })", &[])
        .await?;
    fits(stage, "a key that was refused with a long word").await?;

    page.open().await?;
    page.click("#try-demo").await?;
    page.verdict().await?;
    page.samples().await?;
    page.value("document.querySelectorAll('#tool details').forEach(one => { one.open = true; })", &[])
        .await?;
    fits(stage, "the demo, all unfolded").await?;
    page.click("#start-scan").await?;
    super::scan::comes_to(stage, "running", e2e::page::PATIENCE).await?;
    fits(stage, "a scan").await?;
    page.click("#stop-scan").await?;
    super::scan::comes_to(stage, "stopped", e2e::page::PATIENCE).await?;
    page.click("#start-lab").await?;
    page.see("#stop-lab").await?;
    fits(stage, "a measurement").await?;
    page.click("#stop-lab").await?;
    page.wait_for("!document.querySelector('#stop-lab')").await?;
    fits(stage, "what was measured").await?;
    Ok(())
}
