//! What a browser is told to be: without a network, dark, narrow; each knows it under another name.

use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use axum::http::Method;
use serde_json::{Value, json};
use thirtyfour::By;
use thirtyfour::common::command::{Command, ExtensionCommand};

use super::{Browser, Kind, Limitation};

impl Browser {
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
            Kind::WebKit => bail!(Limitation::Offline.reason()),
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
            Kind::WebKit => {
                ensure!(!dark, Limitation::Dark.reason());
                Ok(())
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
            Kind::WebKit => self.set_window(width, height).await,
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
        if self.kind != Kind::Chromium {
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
    /// When the browser refuses, as the others do.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<()> {
        self.extension("/goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// Gives the window the size at which its page has this one.
    async fn set_window(&self, width: u32, height: u32) -> Result<()> {
        let around = self.driver.execute("return outerHeight - innerHeight;", vec![]).await?;
        let around = u32::try_from(around.json().as_u64().unwrap_or_default())?;
        self.driver.set_window_rect(0, 0, width, height + around).await?;
        // The window has its new size before the page in it does.
        let done = "const done = arguments[arguments.length - 1]; const look = () => \
            innerWidth === arguments[0] && innerHeight === arguments[1] ? done() : setTimeout(look, 10); look();";
        let sized = self.driver.execute_async(done, vec![json!(width), json!(height)]).await;
        sized.map(drop).with_context(|| format!("changing the size of the page to {width} × {height}"))
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
        self.driver.cmd(Command::ExtensionCommand(Box::new(command))).await?;
        Ok(())
    }
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
