//! A browser of our own for one journey: started through its driver with a fresh profile, gone afterwards.

mod capabilities;
mod log;
mod warm;

use std::env;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::http::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::common::command::ExtensionCommand;
use thirtyfour::{By, WebDriver};
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use tokio::time::timeout;

use capabilities::capabilities;
use log::Log;

/// The browsers every journey runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Chromium through `ChromeDriver`.
    Chromium,
    /// Firefox through geckodriver.
    Firefox,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// Lower-case name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    fn driver(self) -> Result<PathBuf> {
        match self {
            Self::Chromium => tool("ChromeDriver", "E2E_CHROMEDRIVER", "/usr/bin/chromedriver"),
            Self::Firefox => tool("geckodriver", "E2E_GECKODRIVER", "geckodriver"),
        }
    }

    fn binary(self) -> Result<PathBuf> {
        match self {
            Self::Chromium => tool("Chromium", "E2E_CHROMIUM", "/usr/bin/chromium"),
            Self::Firefox => tool("Firefox", "E2E_FIREFOX", "firefox-esr"),
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
        if kind == Kind::Firefox {
            warm::prepare(profile.path()).context("preparing the profile")?;
        }
        let (process, log, port) = start_driver(kind).await?;
        let capabilities = capabilities(kind, &binary, profile.path(), proxy);
        let driver = timeout(TIMEOUT, WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities))
            .await
            .with_context(|| format!("{} did not come up in {TIMEOUT:?}: {}", kind.name(), log.text()))?
            .with_context(|| format!("starting {}: {}", kind.name(), log.text()))?;
        Ok(Self { kind, driver, log, process, profile })
    }

    /// Which browser this is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The `WebDriver` session.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Everything on the browser's console so far.
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

    /// Takes the machine off the network as far as the browser can tell, or puts it back.
    ///
    /// # Errors
    ///
    /// When the browser refuses.
    pub async fn set_offline(&self, offline: bool) -> Result<()> {
        match self.kind {
            Kind::Chromium => {
                let conditions = json!({ "offline": offline, "latency": 0, "throughput": -1 });
                self.extension("/chromium/network_conditions", json!({ "network_conditions": conditions }))
                    .await
            }
            Kind::Firefox => {
                // Left to itself, Firefox goes back online as soon as it sees a network.
                let set = format!(
                    "Services.io.manageOfflineStatus = {}; Services.io.offline = {offline};",
                    !offline
                );
                self.privileged(set).await.context("switching Firefox to offline")
            }
        }
    }

    /// Has pages drawn for those who prefer dark colours, or light ones.
    ///
    /// # Errors
    ///
    /// When the browser refuses.
    pub async fn set_dark(&self, dark: bool) -> Result<()> {
        match self.kind {
            Kind::Chromium => {
                let scheme = if dark { "dark" } else { "light" };
                let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
                let command =
                    json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "features": features } });
                self.extension("/goog/cdp/execute", command).await
            }
            Kind::Firefox => {
                let name = "layout.css.prefers-color-scheme.content-override";
                let set = format!("Services.prefs.setIntPref('{name}', {});", i32::from(!dark));
                self.privileged(set).await.context("changing the colours in Firefox")
            }
        }
    }

    /// Gives pages a screen of this size, in CSS pixels. A window cannot be as narrow as a phone.
    ///
    /// # Errors
    ///
    /// When the browser refuses.
    pub async fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        match self.kind {
            Kind::Chromium => {
                let metrics =
                    json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
                self.devtools("Emulation.setDeviceMetricsOverride", metrics).await
            }
            Kind::Firefox => {
                let set = format!(
                    "Object.assign(Services.wm.getMostRecentWindow('navigator:browser').gBrowser.selectedBrowser.style, \
                     {{ flex: 'none', minWidth: '0', minHeight: '0', width: '{width}px', height: '{height}px' }});"
                );
                self.privileged(set).await.context("changing the size of the page in Firefox")
            }
        }
    }

    /// Clicks what `css` finds twice in a row, and wherever the first click leads. It has to be on the screen.
    ///
    /// # Errors
    ///
    /// When it is not there.
    pub async fn double_click(&self, css: &str) -> Result<()> {
        let element = self.driver.find(By::Css(css)).await.with_context(|| format!("no {css}"))?;
        element.scroll_into_view().await?;
        if self.kind == Kind::Firefox {
            let twice = self.driver.action_chain().move_to_element_center(&element).double_click();
            return twice.perform().await.with_context(|| format!("clicking {css} twice"));
        }
        // Its driver goes by the clock: on a busy machine it would make two single clicks of them.
        let at = "const box = document.querySelector(arguments[0]).getBoundingClientRect(); \
            return { x: box.x + box.width / 2, y: box.y + box.height / 2 };";
        let at = self.driver.execute(at, vec![json!(css)]).await?.json().clone();
        for (count, kind) in
            [(1, "mousePressed"), (1, "mouseReleased"), (2, "mousePressed"), (2, "mouseReleased")]
        {
            let event =
                json!({ "type": kind, "x": at["x"], "y": at["y"], "button": "left", "clickCount": count });
            self.devtools("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }

    /// Gives Chromium a command of its developer tools.
    ///
    /// # Errors
    ///
    /// When the browser refuses, as Firefox does.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<()> {
        self.extension("/goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// Runs a script with the rights of Firefox itself.
    async fn privileged(&self, script: String) -> Result<()> {
        self.extension("/moz/context", json!({ "context": "chrome" })).await?;
        let done = self.driver.execute(script, vec![]).await;
        self.extension("/moz/context", json!({ "context": "content" })).await?;
        done.map(drop)?;
        Ok(())
    }

    async fn extension(&self, endpoint: &'static str, parameters: Value) -> Result<()> {
        let command = Extension { endpoint, parameters };
        self.driver.cmd(thirtyfour::common::command::Command::ExtensionCommand(Box::new(command))).await?;
        Ok(())
    }

    /// Ends the browser and its driver and removes the profile.
    ///
    /// # Errors
    ///
    /// When the browser does not end, or its profile cannot be removed.
    pub async fn quit(self) -> Result<()> {
        let Self { kind, driver, mut process, profile, .. } = self;
        let quit = timeout(TIMEOUT, driver.quit()).await;
        process.kill().await.context("ending the driver")?;
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

/// Starts the driver on a free port; gives that port.
async fn start_driver(kind: Kind) -> Result<(Child, Log, u16)> {
    let program = kind.driver()?;
    let mut said = String::new();
    // ChromeDriver picks a port that is free for IPv6 and gives up when IPv4 has it in use.
    for _ in 0..5 {
        let mut command = Command::new(&program);
        match kind {
            Kind::Chromium => command.arg("--port=0"),
            Kind::Firefox => command.args(["--port", "0", "--websocket-port", "0", "--allow-system-access"]),
        };
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut process = command.spawn().with_context(|| format!("starting {}", program.display()))?;
        let log = Log::default();
        let (tell, told) = oneshot::channel();
        if let (Some(stdout), Some(stderr)) = (process.stdout.take(), process.stderr.take()) {
            tokio::spawn(log.clone().follow(stdout, Some(tell)));
            tokio::spawn(log.clone().follow(stderr, None));
        }
        if let Ok(Ok(port)) = timeout(TIMEOUT, told).await {
            return Ok((process, log, port));
        }
        said = log.text();
    }
    bail!("{} names no port: {said}", program.display())
}

#[derive(Debug)]
struct Extension {
    endpoint: &'static str,
    parameters: Value,
}

impl ExtensionCommand for Extension {
    fn parameters_json(&self) -> Option<Value> {
        Some(self.parameters.clone())
    }

    fn method(&self) -> Method {
        Method::POST
    }

    fn endpoint(&self) -> Arc<str> {
        self.endpoint.into()
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
