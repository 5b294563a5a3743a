//! The latency lab as a user handles it, and the report that the page saves.

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use thirtyfour::Key;
use thirtyfour::components::SelectElement;

use crate::accuracy::Arrived;
use crate::page::Page;
use crate::stamp::Micros;
use crate::stream::Paced;

/// The call that is timed.
pub const CHAT: &str = "POST /v1/chat/completions";

/// The model that is timed where it does not matter which.
pub const MODEL: &str = "ministral-3b-2512";

/// A stream that is soon over, with so many milliseconds to its first chunk.
pub fn short(first: u64) -> Paced {
    Paced::new(Duration::from_millis(first), Duration::from_millis(5), 10)
}

/// A stream that goes on for a minute.
pub fn endless() -> Paced {
    Paced::new(Duration::from_millis(60), Duration::from_millis(50), 1_200)
}

/// A plan of so many calls, one right after the other.
pub fn custom(rounds: u32) -> Custom {
    Custom { rounds, at_once: 1, answer: 50, pause: 0 }
}

/// A report as a file.
///
/// # Errors
///
/// When it cannot be written.
pub fn saved(report: &Report) -> Result<NamedTempFile> {
    on_disk(&report.text)
}

/// A text as a file of JSON.
///
/// # Errors
///
/// When it cannot be written.
pub fn on_disk(text: &str) -> Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().suffix(".json").tempfile()?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}

/// A file that the page has saved.
#[derive(Clone, Debug)]
pub struct File {
    /// Its text.
    pub text: String,
    /// What it was to be called.
    pub name: String,
}

/// Presses a button that saves a file, and gives the file.
///
/// # Errors
///
/// When none is saved.
pub async fn saved_by(page: &Page, button: &str) -> Result<File> {
    page.value(CATCH, &[]).await?;
    page.click(button).await?;
    let saved = page.promise("window.saved", &[]).await.with_context(|| format!("{button} saved no file"))?;
    let part = |name: &str| saved[name].as_str().unwrap_or_default().to_owned();
    Ok(File { text: part("text"), name: part("name") })
}

/// Catches the next file that the page saves, and keeps it from landing on the disk: its bytes and its name.
const CATCH: &str = "(() => {
    const make = URL.createObjectURL, click = HTMLElement.prototype.click;
    window.saved = new Promise(done => {
        let text;
        URL.createObjectURL = blob => { text = blob.text(); return make.call(URL, blob); };
        HTMLElement.prototype.click = function () {
            if (!this.download) return click.call(this);
            URL.createObjectURL = make;
            HTMLElement.prototype.click = click;
            text.then(text => done({ text, name: this.download }));
        };
    });
    return true;
})()";

/// The lab in a page.
#[derive(Clone, Copy, Debug)]
pub struct Lab<'a> {
    page: &'a Page,
}

/// A plan of the user's own, as the fields of the form want it.
#[derive(Clone, Copy, Debug)]
pub struct Custom {
    /// Rounds.
    pub rounds: u32,
    /// Calls at once.
    pub at_once: u32,
    /// Most tokens of an answer.
    pub answer: u32,
    /// Milliseconds between calls.
    pub pause: u32,
}

/// A saved report.
#[derive(Clone, Debug)]
pub struct Report {
    /// The file as it was saved.
    pub text: String,
    /// What it was to be called.
    pub name: String,
    /// What it says.
    pub json: Value,
    /// When the clock of its page started.
    origin: Micros,
}

impl Report {
    /// The samples of a series, by when they were started.
    ///
    /// # Errors
    ///
    /// When there is no such series.
    pub fn samples(&self, series: usize) -> Result<Vec<Value>> {
        let samples = self.json["series"][series]["samples"].as_array();
        let mut samples = samples.with_context(|| format!("no series {series} in {}", self.text))?.clone();
        samples.sort_by_key(|sample| sample["started_us"].as_u64());
        Ok(samples)
    }

    /// When the chunks of each sample of a series came.
    ///
    /// # Errors
    ///
    /// When one of them has no times, for it failed.
    pub fn arrived(&self, series: usize) -> Result<Vec<Arrived>> {
        let times = |sample: &Value| {
            Arrived::sample(self.origin, sample).with_context(|| format!("a sample without times: {sample}"))
        };
        self.samples(series)?.iter().map(times).collect()
    }
}

impl<'a> Lab<'a> {
    /// The lab of a page that is open and has tested a key.
    pub fn of(page: &'a Page) -> Self {
        Self { page }
    }

    /// Chooses a plan.
    ///
    /// # Errors
    ///
    /// When it cannot be chosen.
    pub async fn plan(&self, plan: &str) -> Result<()> {
        self.press_chip(&format!("#lab [data-plan={plan}]")).await
    }

    /// Presses a chip unless it is pressed.
    async fn press_chip(&self, chip: &str) -> Result<()> {
        self.page.see(chip).await?;
        if self.page.count(&format!("{chip}[aria-pressed=true]")).await? == 0 {
            self.page.click(chip).await?;
        }
        self.page.see(&format!("{chip}[aria-pressed=true]")).await.map(drop)
    }

    /// Chooses a model: the one of a plan for one model, one more of a plan for several.
    ///
    /// # Errors
    ///
    /// When it is not on the list.
    pub async fn choose(&self, model: &str) -> Result<()> {
        if self.page.count(&chosen(model)).await? > 0 {
            return Ok(());
        }
        let list = SelectElement::new(&self.page.see("#lab-model").await?).await?;
        list.select_by_value(model).await.with_context(|| format!("choosing {model}"))
    }

    /// Sets up a plan of the user's own for one model, with short prompts and no fixed pace.
    ///
    /// # Errors
    ///
    /// When the form does not take it.
    pub async fn custom(&self, model: &str, plan: Custom) -> Result<()> {
        self.plan("custom").await?;
        self.choose(model).await?;
        self.page.see(&chosen(model)).await?;
        loop {
            let others = format!("#lab [data-lab-chosen]:not([data-lab-chosen={}])", json!(model));
            let left = self.page.count(&others).await?;
            if left == 0 {
                break;
            }
            self.page.click(&others).await?;
            let fewer = format!("document.querySelectorAll(arguments[0]).length < {left}");
            let gone = self.page.value(&fewer, &[json!(others)]).await?;
            ensure!(gone == json!(true), "a model that was taken off the plan is still on it");
        }
        self.press_chip("#lab [data-prompt=short]").await?;
        self.press_chip("#lab [data-pacing=closed]").await?;
        for (field, value) in [
            ("#lab-rounds", plan.rounds),
            ("#lab-at-once", plan.at_once),
            ("#lab-answer", plan.answer),
            ("#lab-pause", plan.pause),
        ] {
            self.fill(field, &value.to_string()).await?;
        }
        Ok(())
    }

    /// Types into a field, in place of what is there.
    ///
    /// # Errors
    ///
    /// When there is no such field.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.page.see(css).await?;
        field.scroll_into_view().await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(Key::Backspace + "").await?;
        field.send_keys(text).await.with_context(|| format!("typing into {css}"))
    }

    /// Starts the plan.
    ///
    /// # Errors
    ///
    /// When it does not start.
    pub async fn start(&self) -> Result<()> {
        self.page.click("#start-lab").await?;
        let started = "document.querySelector('#lab').dataset.lab !== 'ready'";
        self.page.wait_for(started).await.context("the lab does not start").map(drop)
    }

    /// Waits until the lab is `running`, `stopped`, `halted` or `over`.
    ///
    /// # Errors
    ///
    /// When it does not get there in time.
    pub async fn comes_to(&self, state: &str, within: Duration) -> Result<()> {
        let there = format!("document.querySelector('#lab')?.dataset.lab === {}", json!(state));
        self.page
            .wait_longer(&there, within)
            .await
            .with_context(|| format!("the lab is not {state}"))
            .map(drop)
    }

    /// Has the page count the samples, too, that it holds for doubtful: on a busy machine they can be most of them.
    ///
    /// # Errors
    ///
    /// When it does not.
    pub async fn count_doubtful(&self) -> Result<()> {
        if self.page.count("#count-doubtful:not(:checked)").await? > 0 {
            self.page.click("#count-doubtful").await?;
            self.page.wait_for("document.querySelector('#count-doubtful')?.checked").await?;
        }
        Ok(())
    }

    /// What the page shows of a series: the value of a cell such as `first-token`.
    ///
    /// # Errors
    ///
    /// When there is no such cell.
    pub async fn cell(&self, series: usize, measure: &str) -> Result<String> {
        let cell = format!("#lab [data-series=\"{series}\"] [data-measure={measure}]");
        let texts = self.page.texts(&cell).await?;
        texts.into_iter().next().with_context(|| format!("{cell} is not there"))
    }

    /// Gives the page a report that was saved before.
    ///
    /// # Errors
    ///
    /// When there is no field for it.
    pub async fn compare_with(&self, report: &Path) -> Result<()> {
        let field = self.page.see("#lab-before").await?;
        field.send_keys(report.to_string_lossy()).await.context("choosing a file")
    }

    /// Has the page save its report.
    ///
    /// # Errors
    ///
    /// When it saves none, or what it saves is no JSON.
    pub async fn report(&self) -> Result<Report> {
        let File { text, name } = saved_by(self.page, "#save-report").await?;
        let json: Value = serde_json::from_str(&text).with_context(|| format!("no JSON: {text}"))?;
        let origin = self.page.value("Math.round(performance.timeOrigin * 1000)", &[]).await?;
        let origin = origin.as_u64().with_context(|| format!("{origin} is no time"))?;
        Ok(Report { text, name, json, origin })
    }
}

fn chosen(model: &str) -> String {
    format!("#lab [data-lab-chosen={}]", json!(model))
}

/// The first figure in a text that the page shows, without its unit: of a time, milliseconds; of a rate, tokens a second.
///
/// # Errors
///
/// When there is none.
pub fn reading(text: &str) -> Result<f64> {
    let begin = text.find(|letter: char| letter.is_ascii_digit());
    let rest = &text[begin.with_context(|| format!("no figure in {text:?}"))?..];
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
    let (figure, unit) = rest.split_at(end);
    let unit = unit.trim_start().split(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
    let figure: f64 = figure.trim_end_matches('.').parse()?;
    Ok(match unit.trim_end_matches([',', '.', ';']) {
        "s" => figure * 1e3,
        "µs" => figure / 1e3,
        _ => figure,
    })
}

#[cfg(test)]
mod tests {
    use super::reading;

    #[test]
    fn a_figure_is_read_as_it_is_shown() {
        let is = |text: &str, figure: f64| {
            let read = reading(text).expect("a figure");
            assert!((read - figure).abs() < 1e-9, "{text}: {read}");
        };
        is("201 ms", 201.0);
        is("20.1\u{a0}ms (19.9 to 20.3 ms)", 20.1);
        is("≈ 1.2 s", 1_200.0);
        is("48.8\u{a0}tok/s", 48.8);
        is("200.4 ms, 5 runs", 200.4);
        assert!(reading("–").is_err());
    }
}
