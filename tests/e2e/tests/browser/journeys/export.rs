//! Files for bigger engines: what they are made from comes on the first press for one, or does not.

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::lab::{CHAT, Lab, MODEL, custom, short};
use e2e::page::LONG_TIMEOUT;
use e2e::proxy::{Breakage, PAGES_HOST};
use e2e::workbench::{accepted, until};

use super::same;

/// The file that they are made from.
const FILE: &str = "/engines-";

/// Measures something, and unfolds the engines.
async fn measured(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    let lab = Lab::of(page);
    lab.custom(MODEL, custom(2)).await?;
    stage.harness.mock.script().always(CHAT, short(10));
    lab.start().await?;
    lab.comes_to("over", LONG_TIMEOUT).await?;
    page.click("#lab-export > summary").await
}

/// How often the file was asked for. Nothing of the user's goes with that.
fn asked(stage: &Stage) -> Result<usize> {
    let requests = stage.harness.ledger.requests();
    let asked: Vec<_> = requests.iter().filter(|it| it.method == "GET" && it.path.contains(FILE)).collect();
    for request in &asked {
        ensure!(request.body.is_empty() && request.header("authorization").is_none(), "{}", request.path);
    }
    Ok(asked.len())
}

async fn shown(stage: &Stage, text: &str) -> Result<()> {
    stage.page.see("#lab-export-text").await?;
    let file = stage.page.texts("#lab-export-text").await?.concat();
    ensure!(
        file.contains(text) && file.contains(MODEL) && !file.contains("{{"),
        "no file with {text}:\n{file}"
    );
    Ok(())
}

pub(super) async fn a_file_for_an_engine_comes_on_a_press_and_is_asked_for_once(stage: &Stage) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    measured(stage).await?;
    same!(asked(stage)?, 0, "requests before a press");
    pages.hold(FILE);
    page.click("[data-engine=locust]").await?;
    page.see("#templates-coming").await?;
    page.click("[data-engine=k6]").await?;
    page.see("[data-engine=k6][aria-pressed=true]").await?;
    pages.release();
    shown(stage, "import http from 'k6/http'").await?;
    for (engine, text) in [("locust", "from locust import"), ("guidellm", "guidellm run")] {
        page.click(&format!("[data-engine={engine}]")).await?;
        page.see(&format!("[data-engine={engine}][aria-pressed=true]")).await?;
        shown(stage, text).await?;
    }
    same!(asked(stage)?, 1, "requests for all engines");
    Ok(())
}

/// No network, another byte, gone with a new publication: each is told, the measurement stays, and a press asks anew.
pub(super) async fn a_file_for_an_engine_that_does_not_come_is_told_and_asked_for_again(
    stage: &Stage,
) -> Result<()> {
    let (page, pages) = (&stage.page, &stage.harness.pages);
    measured(stage).await?;
    stage.browser.set_offline(true).await?;
    // Firefox offline still talks to loopback, where our proxy is.
    stage.harness.breakages.set(PAGES_HOST, Breakage::Refused);
    page.click("[data-engine=locust]").await?;
    page.see("#templates-missing").await?;
    let words = page.texts("#templates-missing").await?.concat();
    ensure!(words.contains("Check your connection"), "{words}");
    stage.harness.breakages.clear();
    stage.browser.set_offline(false).await?;
    page.wait_for("navigator.onLine").await?;

    let mut published = Vec::new();
    let path = pages.alter(FILE, |bytes| {
        published.clone_from(bytes);
        bytes.push(b'\n');
    })?;
    let before = asked(stage)?;
    page.click("#load-templates").await?;
    until("it is asked for again", || asked(stage).is_ok_and(|now| now > before)).await?;
    let said = |words| format!("/{words}/.test(document.querySelector('#templates-missing')?.textContent)");
    page.wait_for(&said("is not the one that was published")).await?;
    page.wait_for("document.activeElement?.id === 'lab-export-state'").await?;

    pages.remove(FILE)?;
    page.click("#load-templates").await?;
    page.wait_for(&said("Save the report")).await?;
    same!(page.count("#load-templates").await?, 0, "buttons that cannot help");
    same!(page.count("#lab-export-text").await?, 0, "files out of what was not published");
    page.see("#save-report").await?;

    pages.put(PAGES_HOST, &path, published)?;
    page.click("[data-engine=k6]").await?;
    shown(stage, "import http from 'k6/http'").await
}
