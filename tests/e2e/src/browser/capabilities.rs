//! With what each browser is started.

use std::net::SocketAddr;
use std::path::Path;

use serde_json::{Map, Value, json};
use thirtyfour::Capabilities;

use super::Kind;

/// What `kind` is started with.
pub(super) fn capabilities(kind: Kind, binary: &Path, profile: &Path, proxy: SocketAddr) -> Capabilities {
    let proxy = proxy.to_string();
    let mut wanted = Map::new();
    wanted.insert("acceptInsecureCerts".to_owned(), json!(true));
    if kind != Kind::WebKit {
        let manual = json!({ "proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy });
        wanted.insert("proxy".to_owned(), manual);
    }
    match kind {
        Kind::Chromium => {
            let mut arguments: Vec<String> = [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--disable-quic",
                "--window-size=1280,1000",
                // Pages of its own, behind the address bar that nobody sees: half of its start.
                "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
                // A page that called this machine would otherwise get past the proxy.
                "--proxy-bypass-list=<-loopback>",
            ]
            .map(str::to_owned)
            .into();
            arguments.push(format!("--user-data-dir={}", profile.display()));
            // The start page is a web page otherwise, that of the search engine Debian chose.
            let preferences =
                json!({ "session": { "restore_on_startup": 4, "startup_urls": ["about:blank"] } });
            wanted.insert("browserName".to_owned(), json!("chrome"));
            wanted.insert(
                "goog:chromeOptions".to_owned(),
                json!({ "binary": binary, "args": arguments, "prefs": preferences }),
            );
            wanted.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        }
        Kind::Firefox => {
            let preferences = json!({
                // Its own pages and extensions, which no test looks at, took half of its start.
                "browser.startup.page": 0,
                "browser.newtab.preload": false,
                "extensions.enabledScopes": 0,
                "dom.ipc.processPrelaunch.enabled": false,
                "network.proxy.allow_hijacking_localhost": true,
                // The page's console goes to the driver's output, where the journeys read it.
                "devtools.console.stdout.content": true,
                "browser.dom.window.dump.enabled": true,
            });
            let mut arguments =
                ["-headless", "-width", "1280", "-height", "1000", "-profile"].map(Value::from).to_vec();
            arguments.push(json!(profile));
            wanted.insert("browserName".to_owned(), json!("firefox"));
            wanted.insert(
                "moz:firefoxOptions".to_owned(),
                json!({ "binary": binary, "args": arguments, "prefs": preferences }),
            );
        }
        Kind::WebKit => {
            // It would speak TLS to what a capability names for HTTPS, and not at all to what one names for HTTP.
            let arguments = json!(["--automation", format!("--proxy=http://{proxy}")]);
            let options = json!({ "binary": binary, "args": arguments });
            wanted.insert("webkitgtk:browserOptions".to_owned(), options);
        }
    }
    wanted.into()
}
