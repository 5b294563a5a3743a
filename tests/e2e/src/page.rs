//! The page as a user handles it: find, act, and wait for a state. Nothing here sleeps in place of a state.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};
use thirtyfour::{By, Key, WebDriver, WebElement};

use crate::browser::{Browser, Kind};
use crate::pages::REPOSITORY;
use crate::proxy::PAGES_HOST;

/// How long a state is waited for that comes about at once: on a busy machine too, it is there long before.
pub const TIMEOUT: Duration = Duration::from_mins(1);

/// How long a state is waited for that takes a while, such as the end of a scan.
pub const LONG_TIMEOUT: Duration = Duration::from_mins(5);

/// The buttons that have something sent with the key. What is pressed within half a second of their coming is held for a press
/// of what stood there before.
const SENDING: &str = "#start-scan, #resume-scan, #check-free, #check-paid, [data-check], #start-lab, #start-headroom, #hold-headroom, #ask-whose, #retest, \
    #compare-again, #test-other, #start-watch, [data-test-at], #send-anyway, #try-request, [data-row] button";

/// Finds an element and the section that it is in, which is opened by its address unless it is open.
const REACH: &str = "const found = document.querySelector(CSS); const part = found?.closest('[data-part]'); \
    if (part && !part.checkVisibility()) { location.hash = part.id; window.looksForFocus = 25; }";

/// Whether the section that was opened has not taken the focus yet, which keys that are typed at once would fall between. For half a
/// second at most: without the program nothing takes it.
const UNSETTLED: &str = "const unsettled = window.looksForFocus > 0 && !part?.contains(document.activeElement); \
    window.looksForFocus = unsettled ? window.looksForFocus - 1 : 0;";

/// Looks whether an expression is true, for two seconds: in the page, since to ask from outside each time costs more of the machine
/// than the page does.
const WATCH: &str = "
    const done = arguments[arguments.length - 1];
    let looks = 0;
    const look = () => {
        let value;
        try { value = (EXPRESSION); } catch (error) { done({ error: String(error) }); return; }
        looks += 1;
        if (value !== null && value !== undefined && value !== false) done({ value });
        else if (looks < 100) setTimeout(look, 20);
        else done(null);
    };
    look();";

/// Waits until an element stays where it is for three frames: a click of WebKit's driver goes to where it was.
const STANDS: &str = "new Promise(done => {
    let [before, same] = ['', 0];
    const look = () => {
        const box = document.querySelector(arguments[0])?.getBoundingClientRect();
        const now = box ? `${box.x} ${box.y}` : '';
        same = now === before ? same + 1 : 0;
        before = now;
        if (same === 3) done(true); else requestAnimationFrame(look);
    };
    look();
})";

/// How long a document that has gone is given to be followed by another one.
const PAUSE: Duration = Duration::from_millis(20);

/// Whether a script came to no end because the document it ran in has gone.
fn is_gone(error: &anyhow::Error) -> bool {
    let said = format!("{error:#}").to_lowercase();
    ["unload", "navigat", "detached", "context"].iter().any(|sign| said.contains(sign))
}

/// The page under test in one browser.
#[derive(Clone, Debug)]
pub struct Page {
    driver: WebDriver,
    kind: Kind,
}

/// What the verdict card says to machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// `data-verdict`.
    pub verdict: String,
    /// `data-cause`, empty when the card has none.
    pub cause: String,
    /// Whether the card says that it is simulated.
    pub simulated: bool,
    /// All its text.
    pub text: String,
}

impl Page {
    /// The page in a browser.
    pub fn new(browser: &Browser) -> Self {
        Self { driver: browser.driver().clone(), kind: browser.kind() }
    }

    /// Loads the page and waits until the tool takes input.
    ///
    /// # Errors
    ///
    /// When it does not come up.
    pub async fn open(&self) -> Result<()> {
        self.visit(PAGES_HOST, REPOSITORY).await?;
        self.wait_for("document.querySelector('#api-key') && !document.querySelector('#still')").await?;
        Ok(())
    }

    /// Opens a page from the disk and waits until the tool takes input.
    ///
    /// # Errors
    ///
    /// When it does not come up.
    pub async fn open_file(&self, path: &Path) -> Result<()> {
        self.driver.goto(format!("file://{}", path.display())).await.context("opening a file")?;
        self.wait_for("document.querySelector('#api-key') && !document.querySelector('#still')").await?;
        Ok(())
    }

    /// Loads any path of the test sites.
    ///
    /// # Errors
    ///
    /// When the browser cannot load it.
    pub async fn visit(&self, host: &str, path: &str) -> Result<()> {
        self.driver
            .goto(format!("https://{host}{path}"))
            .await
            .with_context(|| format!("loading {host}{path}"))
    }

    /// The value of a JavaScript expression, with `arguments` at hand.
    ///
    /// # Errors
    ///
    /// When it throws.
    pub async fn value(&self, expression: &str, arguments: &[Value]) -> Result<Value> {
        let answer = self.driver.execute(format!("return ({expression});"), arguments.to_vec()).await;
        Ok(answer.with_context(|| format!("evaluating {expression}"))?.json().clone())
    }

    /// The value a promise resolves to.
    ///
    /// # Errors
    ///
    /// When it is rejected or takes too long.
    pub async fn promise(&self, expression: &str, arguments: &[Value]) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1]; \
             ({expression}).then(value => done({{ value }}), error => done({{ error: String(error) }}));"
        );
        let answer = self.driver.execute_async(script, arguments.to_vec()).await;
        let answer = answer.with_context(|| format!("awaiting {expression}"))?.json().clone();
        ensure!(answer.get("error").is_none(), "{expression} fails: {answer}");
        Ok(answer.get("value").cloned().unwrap_or_default())
    }

    /// What a whole script calls its last argument with.
    ///
    /// # Errors
    ///
    /// When it throws or takes too long.
    pub async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.driver.execute_async(script, vec![]).await?.json().clone())
    }

    /// Waits until a JavaScript expression is true; gives its value.
    ///
    /// # Errors
    ///
    /// When that does not happen within [`TIMEOUT`].
    pub async fn wait_for(&self, expression: &str) -> Result<Value> {
        self.wait_longer(expression, TIMEOUT).await
    }

    /// The same with another deadline.
    ///
    /// # Errors
    ///
    /// When that does not happen in time.
    pub async fn wait_longer(&self, expression: &str, within: Duration) -> Result<Value> {
        let deadline = Instant::now() + within;
        loop {
            let (value, gone) = match self.run(&WATCH.replace("EXPRESSION", expression)).await {
                Ok(watched) => (watched, None),
                // Its document has given way to another one, or to none: a driver says much the same of a lost window.
                Err(error) if is_gone(&error) => {
                    tokio::time::sleep(PAUSE).await;
                    (Value::Null, Some(error))
                }
                Err(error) => return Err(error.context(format!("evaluating {expression}"))),
            };
            ensure!(value.get("error").is_none(), "evaluating {expression}: {value}");
            if let Some(value) = value.get("value") {
                return Ok(value.clone());
            }
            if Instant::now() >= deadline {
                let late = format!("not within {within:?}: {expression}");
                return Err(match gone {
                    Some(gone) => gone.context(late),
                    None => anyhow!(late),
                });
            }
        }
    }

    /// Opens the section that `css` finds something in, by its address; where that is nothing or open, nothing happens.
    ///
    /// # Errors
    ///
    /// When it does not open.
    pub async fn reach(&self, css: &str) -> Result<()> {
        self.wait_for(
            &format!("(() => {{ {REACH} return !part || part.checkVisibility(); }})()")
                .replace("CSS", &json!(css).to_string()),
        )
        .await
        .with_context(|| format!("the section of {css} does not open"))
        .map(drop)
    }

    /// Waits until `css` finds a visible element; opens the section that it is in.
    ///
    /// # Errors
    ///
    /// When none shows up.
    pub async fn see(&self, css: &str) -> Result<WebElement> {
        let seen = format!(
            "(() => {{ {REACH} {UNSETTLED} return (found?.checkVisibility() ?? false) && !unsettled; }})()"
        );
        self.wait_for(&seen.replace("CSS", &json!(css).to_string()))
            .await
            .with_context(|| format!("{css} is not to be seen"))?;
        Ok(self.driver.find(By::Css(css)).await?)
    }

    /// How many elements `css` finds.
    ///
    /// # Errors
    ///
    /// When the session is gone.
    pub async fn count(&self, css: &str) -> Result<usize> {
        let count = self.value("document.querySelectorAll(arguments[0]).length", &[json!(css)]).await?;
        Ok(usize::try_from(count.as_u64().unwrap_or(0))?)
    }

    /// The texts of all visible elements that `css` finds, in the section of the first.
    ///
    /// # Errors
    ///
    /// When the session is gone.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        self.reach(css).await?;
        let script = "[...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).map(e => e.textContent.trim())";
        let texts = self.value(script, &[json!(css)]).await?;
        Ok(serde_json::from_value(texts)?)
    }

    /// Lets a user's time pass before a press of what `css` finds, if that sends something: half a second, by the page's own
    /// timers.
    ///
    /// # Errors
    ///
    /// When the session is gone.
    pub async fn consider(&self, css: &str) -> Result<()> {
        let considered = "document.querySelector(arguments[0])?.matches(arguments[1]) \
            ? new Promise(done => setTimeout(done, 550)) : Promise.resolve()";
        self.promise(considered, &[json!(css), json!(SENDING)]).await.map(drop)
    }

    /// Clicks what `css` finds, once it shows.
    ///
    /// # Errors
    ///
    /// When it does not show or something covers it.
    pub async fn click(&self, css: &str) -> Result<()> {
        let element = self.see(css).await?;
        self.consider(css).await?;
        element.scroll_into_view().await?;
        if self.kind == Kind::WebKit {
            self.promise(STANDS, &[json!(css)])
                .await
                .with_context(|| format!("{css} does not stand still"))?;
        }
        element.click().await.with_context(|| format!("clicking {css}"))
    }

    /// Types `key` into the key field, in place of what is there; unfolds the form first, as the bar in its place offers.
    ///
    /// # Errors
    ///
    /// When there is no field.
    pub async fn type_key(&self, key: &str) -> Result<()> {
        if self.value("document.querySelector('#another-key')?.checkVisibility() ?? false", &[]).await?
            == true
        {
            self.click("#another-key").await?;
        }
        let field = self.see("#api-key").await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(Key::Backspace + "").await?;
        if !key.is_empty() {
            field.send_keys(key).await?;
        }
        Ok(())
    }

    /// Types `key`, presses the button and waits for the verdict.
    ///
    /// # Errors
    ///
    /// When no verdict comes.
    pub async fn test(&self, key: &str) -> Result<Verdict> {
        self.type_key(key).await?;
        let again = self.count("#verdict[data-verdict]").await? > 0;
        self.click("#test-key").await?;
        if again {
            // The page keeps the verdict before for up to 100 ms. Its timers fire in order: after this one the old
            // verdict has given way to the new one or to the sign that the page waits.
            self.promise("new Promise(done => setTimeout(done, 150))", &[]).await?;
        }
        self.verdict().await
    }

    /// Waits for a verdict; where no answer came, until the page has looked for the reason.
    ///
    /// # Errors
    ///
    /// When none comes within [`TIMEOUT`].
    pub async fn verdict(&self) -> Result<Verdict> {
        self.verdict_within(TIMEOUT).await
    }

    /// The same with another deadline.
    ///
    /// # Errors
    ///
    /// When none comes in time.
    pub async fn verdict_within(&self, within: Duration) -> Result<Verdict> {
        let card = self.wait_longer(
            "(() => { const card = document.querySelector('#verdict[data-verdict]'); \
             return card && card.getAttribute('aria-busy') !== 'true' && !card.dataset.searching && card.checkVisibility() ? \
             { verdict: card.dataset.verdict, cause: card.dataset.cause ?? '', \
               simulated: card.dataset.simulated === 'true', text: card.innerText } : null; })()",
            within,
        );
        let card = card.await.context("no verdict")?;
        let text = |name: &str| card[name].as_str().unwrap_or_default().to_owned();
        Ok(Verdict {
            verdict: text("verdict"),
            cause: text("cause"),
            simulated: card["simulated"] == true,
            text: text("text"),
        })
    }

    /// Waits until the whole test is over: verdict, models and round trip.
    ///
    /// # Errors
    ///
    /// When the five samples do not come.
    pub async fn samples(&self) -> Result<usize> {
        self.wait_for("document.querySelectorAll('#round-trip [data-sample]').length >= 5 && !document.querySelector('#stop')?.checkVisibility()")
            .await
            .context("the round trip does not come to its end")?;
        self.count("#round-trip [data-sample]").await
    }
}
