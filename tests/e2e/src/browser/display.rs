//! A display of its own for a browser that cannot do without one: nobody else has its focus or its clipboard.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::{TIMEOUT, tool};

/// What makes the buttons around the page so small that a window can be as narrow as a phone.
const STYLE: &str = "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border: 0; font-size: 1px; }\n";

/// An X server without a screen. It ends when the last of its windows has gone; dropping it kills it, and with it all that have
/// windows there.
#[derive(Debug)]
pub(super) struct Display {
    name: String,
    server: Child,
}

impl Display {
    /// Starts one under a number that is free.
    ///
    /// # Errors
    ///
    /// When there is no Xvfb, or it does not come up.
    pub(super) async fn start() -> Result<Self> {
        let mut command = Command::new(tool("Xvfb", "E2E_XVFB", "Xvfb")?);
        command.args(["-displayfd", "1", "-screen", "0", "1600x1300x24", "-nolisten", "tcp", "-terminate"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut server = command.spawn().context("starting Xvfb")?;
        let mut number = String::new();
        if let Some(stdout) = server.stdout.take() {
            let mut stdout = BufReader::new(stdout);
            timeout(TIMEOUT, stdout.read_line(&mut number)).await.context("Xvfb does not come up")??;
        }
        let number = number.trim();
        ensure!(!number.is_empty(), "Xvfb found no display");
        Ok(Self { name: format!(":{number}"), server })
    }

    /// Its name, as `DISPLAY` has it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Waits for its end, which a browser's own brings about; ends it where that does not come.
    ///
    /// # Errors
    ///
    /// When it cannot be ended.
    pub(super) async fn end(mut self) -> Result<()> {
        if timeout(TIMEOUT, self.server.wait()).await.is_err() {
            self.server.kill().await.context("ending Xvfb")?;
        }
        Ok(())
    }
}

/// Puts into the profile how the windows there look.
pub(super) fn prepare(profile: &Path) -> std::io::Result<()> {
    let folder = profile.join("gtk-3.0");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("gtk.css"), STYLE)
}
