//! Takes a picture of every state of the page, at three widths, in light and in dark: `cargo xtask shots`.
#![allow(clippy::print_stdout, reason = "it says where the pictures are")]

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use e2e::browser::Kind;
use e2e::harness::{self, Stage};
use e2e::tour::Tour;
use serde_json::json;

/// A phone, a tablet and a desk, in CSS pixels.
const WIDTHS: [u32; 3] = [360, 768, 1440];

/// Higher than this Chromium draws nothing.
const HIGHEST: u64 = 16_000;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/shots"))
}

/// The window, so wide and so high.
async fn size(stage: &Stage, width: u32, height: u64) -> Result<()> {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    stage.browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await
}

/// Takes the pictures of a state: the window is made as high as the page, so that all of it is drawn.
async fn shoot(stage: &Stage, folder: &Path, name: &str) -> Result<()> {
    for width in WIDTHS {
        for (dark, colours) in [(false, "light"), (true, "dark")] {
            stage.browser.set_dark(dark).await?;
            size(stage, width, 900).await?;
            let drawn = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => \
                done(document.scrollingElement.scrollHeight))))";
            // What is far from the screen has no height of its own until it is drawn.
            let mut height = 0;
            for _ in 0..5 {
                let now = stage.page.promise(drawn, &[]).await?.as_u64().context("the page's height")?;
                if now == height {
                    break;
                }
                height = now.min(HIGHEST);
                size(stage, width, height).await?;
            }
            let picture = stage.browser.driver().screenshot_as_png().await?;
            fs::write(folder.join(format!("{name}-{width}-{colours}.png")), picture)?;
        }
    }
    stage.browser.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await
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
