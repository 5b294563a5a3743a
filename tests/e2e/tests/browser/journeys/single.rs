//! The page in one file: opened from a disk it does what it does in a site, but for what it says that it cannot.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use e2e::axe::{Axe, Rules};
use e2e::harness::Stage;
use e2e::lab::{CHAT, Lab, MODEL, custom, saved_by, short};
use e2e::ledger::CANARY;
use e2e::page::LONG_TIMEOUT;
use e2e::proxy::Breakage;
use e2e::workbench::LISTS;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::same;

/// The file, as the site offers it.
const FILE: &str = "mistral-key-tester.html";

/// A name that nothing but the address of the page may hold.
const OWNER: &str = "of-ada-lovelace";

/// The file on a disk.
struct Disk {
    folder: TempDir,
}

impl Disk {
    /// Downloads it.
    fn with_file(stage: &Stage) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix(OWNER).tempdir()?;
        let page = stage.harness.pages.text(FILE).context("the site has no such file")?;
        std::fs::write(folder.path().join(FILE), page)?;
        Ok(Self { folder })
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join(FILE)
    }
}

/// That nobody was asked but Mistral.
fn no_site_was_asked(stage: &Stage) -> Result<()> {
    let mistral = stage.harness.ledger.to_mistral().len();
    same!(stage.harness.ledger.requests().len(), mistral, "requests in all, and those to Mistral");
    Ok(())
}

pub(super) async fn a_file_from_a_disk_tests_a_key(stage: &Stage) -> Result<()> {
    let (page, disk) = (&stage.page, Disk::with_file(stage)?);
    page.open_file(&disk.path()).await?;
    no_site_was_asked(stage)?;
    let verdict = page.test(CANARY).await?;
    same!((&*verdict.verdict, &*verdict.cause), ("works", "works"), "verdict");
    same!(page.samples().await?, 5, "samples of the round trip");
    page.wait_for(LISTS).await?;
    ensure!(page.count("#models tr[data-model]").await? > 10, "models");

    let calls = stage.harness.ledger.to_mistral();
    ensure!(calls.len() > 6, "calls and preflights: {}", calls.len());
    for call in calls {
        same!(call.header("origin"), Some("null"), "the origin of {} {}", call.method, call.path);
    }
    page.value("location.hash = 'proof'", &[]).await?;
    page.see("#sent-headline").await?;
    let headline = page.texts("#sent-headline").await?.concat();
    same!(
        headline,
        "6 requests to api.mistral.ai, all with your key. Nothing went anywhere else.",
        "what it says that it sent"
    );
    page.see("#limits-of-copy").await?;
    let found = Axe::load()?.violations(page, Rules::All).await?;
    ensure!(found.is_empty(), "axe finds in the file: {found}");
    same!(page.count("#check-files").await?, 0, "what would compare files");
    no_site_was_asked(stage)?;

    // What is handed over does not tell whose disk it was.
    page.value("location.hash = 'test'", &[]).await?;
    page.click("#copy-summary").await?;
    page.wait_for("document.querySelector('#copy-summary').textContent.trim() === 'Copied'").await?;
    let summary = e2e::clipboard::read(stage.browser.driver()).await?;
    page.click("#report-summary").await?;
    let report = saved_by(page, "#save-key-report").await?;
    for text in [summary, report.text] {
        ensure!(text.contains("••••") || text.contains("f5Jc"), "no report: {text}");
        ensure!(!text.contains(OWNER) && !text.contains("file:"), "it tells where the file lies: {text}");
    }
    let shown = page.value("document.body.textContent.includes(arguments[0])", &[json!(OWNER)]).await?;
    same!(shown, json!(false), "the page shows where it lies");
    Ok(())
}

pub(super) async fn a_file_from_a_disk_needs_nothing_else(stage: &Stage) -> Result<()> {
    let (page, disk) = (&stage.page, Disk::with_file(stage)?);
    page.open_file(&disk.path()).await?;
    // The error doctor, by its address.
    page.value("location.hash = 'doctor'", &[]).await?;
    let field = page.see("#error-text").await?;
    field.send_keys("HTTP/1.1 401 Unauthorized {\"detail\":\"Unauthorized\"}").await?;
    page.see("#doctor [data-cause]").await?;
    // The demo.
    page.value("location.hash = 'demo'", &[]).await?;
    ensure!(page.verdict().await?.simulated, "the demo");
    page.samples().await?;
    page.wait_for(LISTS).await?;
    // Every way that is tried is refused by this policy too.
    page.value("location.hash = 'proof'", &[]).await?;
    page.click("#try-leak").await?;
    let ended = "!document.querySelector('#try-leak[aria-disabled=true]') && document.querySelectorAll('[data-attempt]').length";
    let ways = page.wait_longer(ended, LONG_TIMEOUT).await?;
    let rows = "[...document.querySelectorAll('[data-attempt]')].map(row => [row.dataset.attempt, row.dataset.state, row.lastChild.textContent])";
    let rows = page.value(rows, &[]).await?;
    let through = |row: &&Value| !matches!(row[1].as_str(), Some("refused" | "threw" | "absent"));
    let through: Vec<&Value> = rows.as_array().into_iter().flatten().filter(through).collect();
    ensure!(through.is_empty(), "not refused: {through:?}");
    let headline = page.texts("#leak-headline").await?.concat();
    same!(headline, format!("{ways} ways tried. Your browser let none through."), "headline");
    same!(page.count("#sent-strangers").await?, 0, "what was refused is no request");
    same!(stage.harness.ledger.requests().len(), 0, "requests to anybody");
    Ok(())
}

pub(super) async fn a_file_from_a_disk_makes_files_for_engines(stage: &Stage) -> Result<()> {
    let (page, disk) = (&stage.page, Disk::with_file(stage)?);
    page.open_file(&disk.path()).await?;
    same!(page.test(CANARY).await?.verdict, "works", "verdict");
    page.samples().await?;
    let lab = Lab::of(page);
    lab.custom(MODEL, custom(2)).await?;
    stage.harness.mock.script().always(CHAT, short(10));
    lab.start().await?;
    lab.comes_to("over", LONG_TIMEOUT).await?;
    page.click("#lab-export > summary").await?;
    for (engine, text) in [("locust", "from locust import"), ("k6", "import http from 'k6/http'")] {
        page.click(&format!("[data-engine={engine}]")).await?;
        page.see(&format!("[data-engine={engine}][aria-pressed=true]")).await?;
        page.see("#lab-export-text").await?;
        let file = page.texts("#lab-export-text").await?.concat();
        ensure!(file.contains(text) && file.contains(MODEL) && !file.contains("{{"), "{engine}: {file}");
    }
    no_site_was_asked(stage)
}

pub(super) async fn a_file_from_a_disk_asks_no_site_why_no_answer_came(stage: &Stage) -> Result<()> {
    let (page, disk) = (&stage.page, Disk::with_file(stage)?);
    page.open_file(&disk.path()).await?;
    stage.harness.breakages.set("api.mistral.ai", Breakage::Refused);
    let verdict = page.test(CANARY).await?;
    same!((&*verdict.verdict, &*verdict.cause), ("unreachable", "blocked"), "verdict");
    ensure!(verdict.text.contains("no connection to the internet"), "{}", verdict.text);
    let card = page.value("document.querySelector('#tool').textContent", &[]).await?.to_string();
    ensure!(!card.contains("page’s own site"), "it has none: {card}");
    no_site_was_asked(stage)
}

pub(super) async fn the_copy_that_is_offered_has_the_hash_that_is_shown(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open().await?;
    page.value("location.hash = 'proof'", &[]).await?;
    page.see("#keep-copy").await?;
    let hash = "fetch(document.querySelector('#keep-copy').href).then(answer => answer.arrayBuffer()) \
        .then(bytes => crypto.subtle.digest('SHA-256', bytes)) \
        .then(hash => [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join(''))";
    let hash = page.promise(hash, &[]).await?;
    same!(
        hash,
        json!(page.texts("#copy-hash").await?.concat()),
        "the hash of what is served, and the one that is shown"
    );
    let list = stage.harness.pages.text("SHA256SUMS").context("no list")?;
    let line = format!("{}  {FILE}", hash.as_str().unwrap_or_default());
    ensure!(list.lines().any(|listed| listed == line), "{line} is not in the list");
    Ok(())
}
