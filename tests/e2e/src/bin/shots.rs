//! Takes a picture of every state of the page, at three widths, in light and in dark: `cargo xtask shots`.
#![allow(clippy::print_stdout, reason = "it says where the pictures are")]

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use e2e::browser::Kind;
use e2e::harness::{self, Stage};
use e2e::tour::Tour;
use serde_json::json;

/// A phone, a tablet and a desk, in CSS pixels.
const WIDTHS: [u32; 3] = [360, 768, 1440];

/// Higher than this Chromium draws nothing.
const HIGHEST: u64 = 16_000;

/// How often the height may change before it is taken for one that never settles.
const TRIES: u32 = 20;

/// Draws what is far from the screen too, which otherwise has a guessed height. A sheet that a script makes is not a
/// matter of the page's policy.
const DRAW_ALL: &str = "(() => { const sheet = new CSSStyleSheet(); \
    sheet.replaceSync('* { content-visibility: visible !important; scroll-behavior: auto !important }'); \
    document.adoptedStyleSheets = [sheet]; return true; })()";

/// The height of the page once two frames have been drawn.
const HEIGHT: &str = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => \
    done(document.scrollingElement.scrollHeight))))";

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/shots"))
}

/// The window, so wide and so high.
async fn size(stage: &Stage, width: u32, height: u64) -> Result<()> {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    stage.browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await
}

/// Takes the pictures of a state, in colours and widths. The window is made as high as the page, so that all of it is
/// drawn; what a window cannot hold is on a picture of its own.
async fn shoot(stage: &Stage, folder: &Path, name: &str) -> Result<()> {
    stage.browser.driver().enter_default_frame().await?;
    stage.browser.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await?;
    stage.page.value(DRAW_ALL, &[]).await?;
    for width in WIDTHS {
        for (dark, colours) in [(false, "light"), (true, "dark")] {
            stage.browser.set_dark(dark).await?;
            let height = settled_height(stage, width).await?;
            for part in 0..height.div_ceil(HIGHEST) {
                let top = part * HIGHEST;
                size(stage, width, (height - top).min(HIGHEST)).await?;
                stage.page.value(&format!("scrollTo(0, {top})"), &[]).await?;
                stage.page.promise(HEIGHT, &[]).await?;
                let picture = stage.browser.driver().screenshot_as_png().await?;
                let part = if part == 0 { String::new() } else { format!("-{}", part + 1) };
                fs::write(folder.join(format!("{name}-{width}-{colours}{part}.png")), picture)?;
            }
        }
    }
    // The page goes on as the tour left it.
    stage.page.value("(document.adoptedStyleSheets = [], scrollTo(0, 0))", &[]).await?;
    stage.browser.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await
}

/// The page's height at a width, once it no longer changes.
async fn settled_height(stage: &Stage, width: u32) -> Result<u64> {
    size(stage, width, 900).await?;
    let mut before = 0;
    for _ in 0..TRIES {
        let now = stage.page.promise(HEIGHT, &[]).await?.as_u64().context("the page's height")?;
        if now == before {
            return Ok(now);
        }
        before = now;
    }
    bail!("the page's height does not settle at {width} px")
}

fn main() -> Result<()> {
    let folder = folder();
    // Pictures of states that are no more would be taken for current ones.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    harness::runtime()?.block_on(async {
        for tour in Tour::ALL {
            harness::perform(Kind::Chromium, tour.name(), async |stage| {
                tour.take(stage, &mut async |state| shoot(stage, &folder, state).await).await
            })
            .await?;
        }
        anyhow::Ok(())
    })?;
    let pictures = fs::read_dir(&folder)?.count();
    ensure!(pictures > 0, "no state was seen");
    let folder = folder.canonicalize()?;
    println!("{pictures} pictures in {}", folder.display());
    Ok(())
}
