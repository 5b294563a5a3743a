//! A browser of our own for one journey: started through its driver with a fresh profile, gone afterwards.

mod capabilities;
mod control;
mod display;
mod driver;
mod limitation;
mod log;
mod warm;

use std::env;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use thirtyfour::WebDriver;
use tokio::process::Child;
use tokio::time::timeout;

use capabilities::capabilities;
use display::Display;
use driver::Driver;
pub use limitation::Limitation;
use log::Log;

/// The browsers every journey runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Chromium through `ChromeDriver`.
    Chromium,
    /// Firefox through geckodriver.
    Firefox,
    /// WebKitGTK's small browser through `WebKitWebDriver`: the engine of Safari.
    WebKit,
}

impl Kind {
    /// Those that the bench measures.
    pub const MEASURED: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// Lower-case name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    fn driver(self) -> Result<PathBuf> {
        match self {
            Self::Chromium => tool("ChromeDriver", "E2E_CHROMEDRIVER", "/usr/bin/chromedriver"),
            Self::Firefox => tool("geckodriver", "E2E_GECKODRIVER", "geckodriver"),
            Self::WebKit => tool("WebKitWebDriver", "E2E_WEBKITDRIVER", "WebKitWebDriver"),
        }
    }

    fn binary(self) -> Result<PathBuf> {
        match self {
            Self::Chromium => tool("Chromium", "E2E_CHROMIUM", "/usr/bin/chromium"),
            Self::Firefox => tool("Firefox", "E2E_FIREFOX", "firefox-esr"),
            Self::WebKit => {
                let usual = format!("/usr/lib/{}-linux-gnu/webkit2gtk-4.1/MiniBrowser", env::consts::ARCH);
                tool("WebKitGTK's MiniBrowser", "E2E_WEBKIT", &usual)
            }
        }
    }
}

/// Finds a program: the path in the environment variable `variable`, or `usual`, looked up in `PATH` when it is a bare
/// name.
///
/// # Errors
///
/// Says what is missing and how to name it.
pub fn tool(name: &str, variable: &str, usual: &str) -> Result<PathBuf> {
    let wanted = env::var_os(variable).map_or_else(|| PathBuf::from(usual), PathBuf::from);
    let found = if wanted.components().count() == 1 {
        let path = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&path).map(|folder| folder.join(&wanted)).find(|file| file.is_file())
    } else {
        wanted.is_file().then(|| wanted.clone())
    };
    found.with_context(|| {
        format!(
            "{name} is not there: looked for {}; install it or set {variable} to its path",
            wanted.display()
        )
    })
}

/// How long a driver or a browser may take to come up on a busy machine.
const TIMEOUT: Duration = Duration::from_mins(2);

/// A running browser. [`Browser::quit`] ends it properly; dropping it kills the driver.
#[derive(Debug)]
pub struct Browser {
    kind: Kind,
    driver: WebDriver,
    log: Log,
    process: Child,
    display: Option<Display>,
    profile: TempDir,
}

impl Browser {
    /// Starts `kind` behind the proxy at `proxy`.
    ///
    /// # Errors
    ///
    /// When a program is missing or does not come up in two minutes.
    pub async fn start(kind: Kind, proxy: SocketAddr) -> Result<Self> {
        let profile = tempfile::Builder::new().prefix("e2e-profile-").tempdir()?;
        let binary = kind.binary()?;
        match kind {
            Kind::Chromium => Ok(()),
            Kind::Firefox => warm::prepare(profile.path()),
            Kind::WebKit => display::prepare(profile.path()),
        }
        .context("preparing the profile")?;
        let display = if kind == Kind::WebKit { Some(Display::start().await?) } else { None };
        let Driver { process, log, port } = Driver::start(kind, profile.path(), display.as_ref()).await?;
        let capabilities = capabilities(kind, &binary, profile.path(), proxy);
        let driver = timeout(TIMEOUT, WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities))
            .await
            .with_context(|| format!("{} did not come up in {TIMEOUT:?}: {}", kind.name(), log.text()))?
            .with_context(|| format!("starting {}: {}", kind.name(), log.text()))?;
        if kind == Kind::WebKit {
            driver.set_window_rect(0, 0, 1280, 1000).await.context("the size of the window")?;
        }
        Ok(Self { kind, driver, log, process, display, profile })
    }

    /// Which browser this is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The `WebDriver` session.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Everything on the browser's console so far. See [`Limitation::Console`].
    ///
    /// # Errors
    ///
    /// When the session is gone.
    pub async fn console(&self) -> Result<String> {
        if self.kind == Kind::Chromium {
            // Reading empties the driver's list, so it is kept.
            for entry in self.driver.browser_log().await? {
                self.log.add(format!("console: {} {}", entry.level, entry.message));
            }
        }
        Ok(self.log.text())
    }

    /// Ends the browser and its driver and removes the profile.
    ///
    /// # Errors
    ///
    /// When the browser does not end, or its profile cannot be removed.
    pub async fn quit(self) -> Result<()> {
        let Self { kind, driver, mut process, display, profile, .. } = self;
        let quit = timeout(TIMEOUT, driver.quit()).await;
        process.kill().await.context("ending the driver")?;
        if let Some(display) = display {
            display.end().await?;
        }
        if kind == Kind::Firefox && matches!(quit, Ok(Ok(()))) {
            warm::keep(profile.path());
        }
        profile.close().context("removing the profile")?;
        match quit {
            Ok(quit) => quit.context("ending the browser"),
            Err(_) => bail!("the browser did not end"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tool;

    #[test]
    fn a_missing_tool_is_named_with_its_variable() {
        let error = tool("Netscape", "E2E_NETSCAPE", "/no/such/netscape").expect_err("it is not there");
        let text = error.to_string();
        for part in ["Netscape", "/no/such/netscape", "E2E_NETSCAPE"] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        assert!(tool("a shell", "E2E_SHELL_OF_THE_TEST", "sh").is_ok());
    }
}
