//! Everything one journey needs, brought up and taken down.

use std::env;
use std::num::NonZero;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::thread;

use anyhow::{Context, Result, anyhow};
use futures_util::FutureExt;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;

use crate::browser::{Browser, Kind};
use crate::ledger::Ledger;
use crate::mock::Mock;
use crate::page::Page;
use crate::pages::Pages;
use crate::proxy::{Breakages, PAGES_HOST, Proxy};
use crate::{clipboard, evidence, privacy};

/// Browsers at a time: one more than there are processors, for now and then all of the others wait for a pause of the page to end.
/// More of them make each other slow.
static SEATS: LazyLock<Semaphore> = LazyLock::new(|| {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    Semaphore::new(processors + 1)
});

/// The world outside the browser.
pub struct Harness {
    /// What it saw.
    pub ledger: Ledger,
    /// Mistral.
    pub mock: Mock,
    /// The static host.
    pub pages: Pages,
    /// Ways that are broken on purpose.
    pub breakages: Breakages,
    /// The only way out of the browser.
    pub proxy: Proxy,
}

impl Harness {
    /// Starts it, serving the page in `E2E_DIST` (otherwise `dist` in the workspace).
    ///
    /// # Errors
    ///
    /// When there is no built page or no free port.
    pub async fn start() -> Result<Self> {
        let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/../../dist");
        let dist = env::var_os("E2E_DIST").map_or_else(|| PathBuf::from(workspace), PathBuf::from);
        let ledger = Ledger::default();
        let mock = Mock::new(ledger.clone());
        let pages = Pages::load(&dist, ledger.clone())?;
        pages.put(PAGES_HOST, &format!("{}index.html", clipboard::PATH), clipboard::HTML)?;
        let breakages = Breakages::default();
        let proxy = Proxy::start(mock.router(), pages.router(), ledger.clone(), breakages.clone()).await?;
        Ok(Self { ledger, mock, pages, breakages, proxy })
    }
}

/// A harness with a browser in front of it.
pub struct Stage {
    /// The world outside.
    pub harness: Harness,
    /// The browser.
    pub browser: Browser,
    /// The page in it. Not loaded yet.
    pub page: Page,
}

/// Runs `journey` in a fresh browser, then looks for the key where it must not be. A failure leaves its evidence in
/// `target/e2e-failures`.
///
/// # Panics
///
/// When the journey fails: this is a test's whole body.
pub fn run(kind: Kind, name: &str, journey: impl AsyncFnOnce(&Stage) -> Result<()>) {
    let name = format!("{}-{}", kind.name(), name.rsplit("::").next().unwrap_or(name));
    let failure = runtime().and_then(|runtime| runtime.block_on(perform(kind, &name, journey)));
    if let Err(failure) = failure {
        panic!("{name}: {failure:#}");
    }
}

/// A runtime whose servers go on while a test waits.
///
/// # Errors
///
/// When the system gives no threads.
pub fn runtime() -> Result<Runtime> {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().context("starting the runtime")
}

/// The same for a program that goes on after a failure: runs `journey`, named `name`, in a fresh browser.
///
/// # Errors
///
/// When the journey fails or panics, and when the key turns up where it must not be.
pub async fn perform(kind: Kind, name: &str, journey: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
    let _seat = SEATS.acquire().await?;
    // Evidence of an earlier run would be mistaken for this one's.
    let _ = std::fs::remove_dir_all(evidence::folder(name));
    let harness = Harness::start().await?;
    // See `Limitation::Refusal`.
    if kind == Kind::WebKit {
        harness.breakages.never_refuse();
    }
    let browser = Browser::start(kind, harness.proxy.address()).await?;
    let page = Page::new(&browser);
    let stage = Stage { harness, browser, page };
    let all = async {
        journey(&stage).await?;
        privacy::inspect(&stage).await
    };
    let outcome = AssertUnwindSafe(all).catch_unwind().await;
    let outcome = outcome.unwrap_or_else(|panic| Err(anyhow!("{}", message(&*panic))));
    let outcome = match outcome {
        Ok(()) => Ok(()),
        Err(failure) => {
            let text = format!("{failure:#}");
            let folder = evidence::save(name, &stage.browser, &stage.harness.ledger, &text).await;
            Err(failure.context(format!("evidence is in {}", folder.display())))
        }
    };
    let quit = stage.browser.quit().await;
    outcome.and(quit)
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without words")
}
