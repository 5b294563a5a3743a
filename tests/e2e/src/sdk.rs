//! Mistral's official Python package as a judge of requests: whether its own models could have sent a body.

use std::io::{Seek as _, Write as _};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::browser::tool;

/// Whether the package accepts the body on each line: `{"call": "/v1/chat/completions", "name": "…", "body": {…}}`. It judges which
/// fields there are and what they hold, not ranges and not the order of messages.
///
/// # Errors
/// The names of the bodies that it refuses, each with why; or what keeps it from running.
pub fn accepts(lines: &str) -> Result<(), String> {
    judge(lines).map_err(|error| format!("{error:#}"))
}

fn judge(lines: &str) -> Result<()> {
    let python = tool("Python with the package `mistralai`", "E2E_PYTHON", "python3")?;
    // From a file: a pipe would be full before all is read.
    let mut input = tempfile::tempfile()?;
    input.write_all(lines.as_bytes())?;
    input.rewind()?;
    let output = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/sdk/accepts.py"))
        .stdin(Stdio::from(input))
        .output()
        .context("the official package does not run")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{said}");
    let count = lines.lines().filter(|line| !line.trim().is_empty()).count();
    let accepted = String::from_utf8_lossy(&output.stdout);
    ensure!(accepted.trim() == format!("accepted: {count}"), "{count} bodies, but {accepted}{said}");
    Ok(())
}
