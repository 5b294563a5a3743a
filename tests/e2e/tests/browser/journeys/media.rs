//! Narrow screens and fingers: nothing to be scrolled sideways, nothing too small to be hit. Chromium alone can be told to be a
//! phone.

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::tour::Tour;
use serde_json::{Value, json};

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
    let low = "[...document.querySelectorAll('#tool :is(button, select, textarea, .tick, .choice), summary, nav a, \
        #tool input:not([type=checkbox], [type=radio], [type=file])')] \
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < arguments[0] - 0.5) \
        .slice(0, 8).map(one => Math.round(one.getBoundingClientRect().height) + ' px: ' + one.outerHTML.slice(0, 100))";
    let low = stage.page.value(low, &[json!(TOUCH)]).await?;
    ensure!(low == Value::Array(Vec::new()), "{seen}: lower than {TOUCH} px: {low:#}");
    // What is chosen is a whole box, not a part of one.
    let partly = "[...document.querySelectorAll('.choice')].filter(one => one.checkVisibility() \
        && one.clientHeight - one.querySelector('.choice-word').offsetHeight > 1).map(one => one.textContent)";
    let partly = stage.page.value(partly, &[]).await?;
    ensure!(partly == Value::Array(Vec::new()), "{seen}: boxes that are filled in part: {partly:#}");
    Ok(())
}

/// A journey that goes on a tour with a phone.
macro_rules! phone_on {
    ($($name:ident: $tour:expr;)*) => {$(
        pub(super) async fn $name(stage: &Stage) -> Result<()> {
            stage.page.open().await?;
            becomes_a_phone(stage).await?;
            $tour.take(stage, &mut async |state| fits(stage, state).await).await
        }
    )*};
}

phone_on! {
    a_phone_shows_the_verdicts: Tour::Verdicts;
    a_phone_shows_what_needs_no_key: Tour::WithoutKey;
    a_phone_shows_the_workbench: Tour::Workbench;
    a_phone_shows_the_lab: Tour::Lab;
}
