//! What a failed journey leaves behind.

use std::fs;
use std::path::PathBuf;

use crate::browser::Browser;
use crate::ledger::Ledger;

/// Where the evidence of journey `name` goes.
pub fn folder(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/e2e-failures")).join(name)
}

/// Saves screenshot, DOM, console and ledger. What cannot be had is left out: the failure itself matters more.
pub async fn save(name: &str, browser: &Browser, ledger: &Ledger, failure: &str) -> PathBuf {
    let folder = folder(name);
    let _ = fs::create_dir_all(&folder);
    let write = |file: &str, content: &[u8]| {
        let _ = fs::write(folder.join(file), content);
    };
    write("failure.txt", failure.as_bytes());
    write("ledger.txt", ledger.report().as_bytes());
    if let Ok(screenshot) = browser.driver().screenshot_as_png().await {
        write("screenshot.png", &screenshot);
    }
    if let Ok(dom) = browser.driver().source().await {
        write("dom.html", dom.as_bytes());
    }
    if let Ok(console) = browser.console().await {
        write("console.txt", console.as_bytes());
    }
    folder
}
