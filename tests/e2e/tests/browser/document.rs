//! The page as a document: what a reader without JavaScript gets, and what GitHub Pages hands out.

use anyhow::{Context, Result, ensure};
use e2e::harness::{Harness, runtime};

/// The words of `html` outside tags, scripts and styles.
fn words(html: &str) -> usize {
    html.split('<')
        .filter(|piece| !piece.starts_with("script") && !piece.starts_with("style"))
        .filter_map(|piece| piece.split_once('>'))
        .map(|(_, text)| text.split_whitespace().count())
        .sum()
}

#[test]
fn it_reads_without_javascript() -> Result<()> {
    let page = runtime()?.block_on(async {
        let harness = Harness::start().await?;
        harness.pages.text("index.html").context("index.html is there")
    })?;
    for part in ["<noscript", "<h1", "Not affiliated with Mistral AI"] {
        ensure!(page.contains(part), "{part} is missing");
    }
    let words = words(&page);
    ensure!(words > 150, "only {words} words are there without JavaScript");
    let policy = page.find("http-equiv").context("no policy")?;
    for later in ["<link", "<script", "<title"] {
        ensure!(page.find(later).is_some_and(|place| place > policy), "{later} stands before the policy");
    }
    Ok(())
}
