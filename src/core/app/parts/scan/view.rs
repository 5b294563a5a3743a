//! The access scan in words.

use super::{Estimate, Run, Scan};
use crate::core::access::{self, Choice, Halt, Pace, Phase, Summary};
use crate::core::app::calls::Owner;
use crate::core::app::facts::Facts;
use crate::core::app::sections::Section;
use crate::core::app::summary::{Act, Press, Row};
use crate::core::app::turns::{Turns, until};
use crate::core::app::words::{self, Progress, counted, minutes};
use crate::core::explain::Explanation;
use crate::core::models::Access;
use crate::core::prices::Dollars;

/// The scan as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanView {
    /// Its stable name in the DOM: `ready`, `running`, `stopped`, `halted`, `over`.
    pub phase: &'static str,
    /// What it is about, how far it is, or what came of it.
    pub headline: String,
    /// The same at length.
    pub sentence: String,
    /// What was spent; empty before the first call.
    pub spent: String,
    /// How far it is, while it goes on.
    pub progress: Option<Progress>,
    /// What stopped it, if it stopped by itself.
    pub halt: Option<Explanation>,
    /// How many models in the table came to what.
    pub parts: Vec<(Access, usize)>,
    /// Which of them the table shows.
    pub chosen: Option<Access>,
    /// What the zero-token probe has shown; empty where there is none.
    pub zero_token_probe: &'static str,
    /// What the next scan would do.
    pub offer: Offering,
    /// What another try would do; none while it goes on, or where it could tell no more.
    pub resume: Option<Resume>,
}

/// A scan that can be taken up again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resume {
    /// How many models would be asked.
    pub open: usize,
    /// What the button says.
    pub words: String,
    /// The most it adds to what was spent.
    pub worst: Dollars,
}

/// A scan that can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offering {
    /// Number of requests and time, at the chosen pace.
    pub requests: String,
    /// The most it can cost.
    pub price: String,
    /// What is left out and why, a sentence each.
    pub notes: Vec<String>,
    /// The words of the box for models without a price; none if there are none.
    pub unpriced: Option<String>,
    /// The words of the box for known models that are not listed; none if there are none.
    pub unlisted: Option<String>,
    /// What the user chose.
    pub choice: Choice,
    /// What has to end first.
    pub waits: Option<&'static str>,
}

/// What a scan is for, before one was made.
const PURPOSE: &str = "A listed model may still be blocked: your plan can exclude it or give it no quota. The scan sends each model the smallest possible request.";

impl Scan {
    /// The scan, as long as there are models to be asked; `chosen` is the access that the table of models is filtered by.
    pub fn view(&self, facts: &Facts, turns: &Turns, chosen: Option<Access>) -> Option<ScanView> {
        let estimate = self.estimate?;
        if facts.rows_shown.is_empty() {
            return None;
        }
        let base = ScanView {
            phase: "ready",
            headline: "Which models can this key really call?".to_owned(),
            sentence: PURPOSE.to_owned(),
            spent: String::new(),
            progress: None,
            halt: None,
            parts: Vec::new(),
            chosen,
            zero_token_probe: "",
            offer: Offering {
                waits: facts.key_was_wiped().then(|| facts.key_is_gone()),
                ..offering(estimate, self.choice)
            },
            resume: None,
        };
        let view = match &self.run {
            None => base,
            Some(run) => of_run(run, &Summary::of(facts.shown().map(|row| facts.access(row))), base),
        };
        Some(match turns.waits_for(Owner::Scan) {
            Some(holder) => waiting(view, holder),
            None => view,
        })
    }

    /// The row of the summary: how many models there are, or how many answer.
    pub fn row(&self, facts: &Facts, turns: &Turns) -> Row {
        if let Some(holder) = turns.waits_for(Owner::Scan) {
            let words = format!("The scan waits {}", until(holder));
            return Row::of(Section::Models, words).running(None, Act::StopScan);
        }
        let Some(Run { scan, now, .. }) = &self.run else {
            let listed = counted(facts.rows_shown.len(), "model", "models");
            let row = Row::of(Section::Models, format!("{listed} listed, access not checked"));
            return self.offered(row, "Scan all", true, facts);
        };
        if *scan.phase() == Phase::Running {
            let (settled, total) = (scan.settled(), scan.total());
            let progress = Progress { settled, total, left: minutes(scan.left(*now)) };
            let words = format!("{settled} of {} checked", counted(total, "model", "models"));
            return Row::of(Section::Models, words).running(Some(progress), Act::StopScan);
        }
        let summary = Summary::of(facts.shown().map(|row| facts.access(row)));
        let row = Row::of(Section::Models, summary.sentence()).noting(scan.charge().cost());
        if *scan.phase() == Phase::Over || scan.open() == 0 || facts.key_was_wiped() {
            return row;
        }
        row.pressing(Press {
            act: Act::ResumeScan,
            words: format!("Ask the other {}", scan.open()),
            price: format!("at most {}", scan.worst_left().rounded_up()),
            pending: true,
        })
    }

    /// A row with the button for the next scan, as long as one can be made.
    fn offered(&self, row: Row, words: &str, pending: bool, facts: &Facts) -> Row {
        // What has no known price is started where that is said.
        let priced = self.estimate.filter(|estimate| estimate.unpriced == 0);
        let Some(estimate) = priced.filter(|_| !facts.key_was_wiped()) else { return row };
        let price = format!("at most {}", estimate.worst.rounded_up());
        row.pressing(Press { act: Act::Scan, words: words.to_owned(), price, pending })
    }

    /// What came of it, for a screen reader.
    pub(super) fn headline(&self, facts: &Facts) -> Option<String> {
        let view = self.view(facts, &Turns::default(), None)?;
        Some(format!("{}. {}", view.headline, view.sentence))
    }
}

/// A scan that waits for its turn, over what the last one has found out.
fn waiting(view: ScanView, holder: Owner) -> ScanView {
    ScanView {
        phase: "running",
        headline: "The scan waits".to_owned(),
        sentence: format!("It waits {}.", until(holder)),
        spent: String::new(),
        progress: None,
        halt: None,
        resume: None,
        ..view
    }
}

fn of_run(Run { scan, now, .. }: &Run, summary: &Summary, base: ScanView) -> ScanView {
    let (settled, total, waiting) = (scan.settled(), scan.total(), scan.waiting());
    let (phase, sentence) = match scan.phase() {
        Phase::Running => ("running", running(scan, waiting)),
        Phase::Over => ("over", "Scan finished. Select an underlined result to see the reason.".to_owned()),
        Phase::Stopped => ("stopped", "Stopped. Earlier results are kept.".to_owned()),
        Phase::Halted(Halt::Refused(_)) => (
            "halted",
            "Stopped: Mistral no longer accepts calls with this key. Earlier results are kept.".to_owned(),
        ),
        Phase::Halted(Halt::NoAnswer(_)) => (
            "halted",
            "Stopped: no usable answer came. Earlier results are kept, and the scan can go on later."
                .to_owned(),
        ),
    };
    let halt = match scan.phase() {
        Phase::Halted(halt) => Some(halt.explanation().clone()),
        _ => None,
    };
    let running = *scan.phase() == Phase::Running;
    ScanView {
        phase,
        headline: if running {
            format!("{settled} of {} checked", counted(total, "model", "models"))
        } else {
            summary.sentence()
        },
        sentence,
        spent: scan.charge().sentence(),
        progress: running.then(|| Progress { settled, total, left: minutes(scan.left(*now)) }),
        halt,
        parts: parts(summary, base.chosen),
        zero_token_probe: scan.zero_token_probe().sentence(),
        resume: (!running && scan.open() > 0).then(|| Resume {
            open: scan.open(),
            words: match scan.open() {
                1 => "Ask again the one without a clear answer".to_owned(),
                open => format!("Ask again the {open} without a clear answer"),
            },
            worst: scan.worst_left(),
        }),
        ..base
    }
}

/// What the chips say. The one that is pressed is there even if nothing is left of it, or it could not be released.
fn parts(summary: &Summary, chosen: Option<Access>) -> Vec<(Access, usize)> {
    let counts = Access::ALL.map(|access| (access, summary.count(access)));
    counts.into_iter().filter(|(access, count)| *count > 0 || chosen == Some(*access)).collect()
}

fn running(scan: &access::Scan, waiting: usize) -> String {
    let now = match scan.asking() {
        Some(model) => format!("{model} is asked."),
        None if waiting > 0 && waiting + scan.settled() == scan.total() => String::new(),
        None => "The next one is asked in a moment.".to_owned(),
    };
    if waiting == 0 {
        return now;
    }
    let limited = counted(waiting, "model was limited and is", "models were limited and are");
    format!("{now} {limited} asked again after a minute: that tells a used-up limit from none at all.")
        .trim_start()
        .to_owned()
}

fn offering(estimate: Estimate, choice: Choice) -> Offering {
    let mut notes = vec![
        "A limited model is asked again after a minute. A limited call costs nothing, so the amount stays."
            .to_owned(),
    ];
    if estimate.without_call > 0 {
        let left = counted(estimate.without_call, "model is", "models are");
        notes.push(format!("{left} left out: no browser can call them."));
    }
    if estimate.unpriced > 0 {
        let not = counted(estimate.unpriced, "model has", "models have");
        notes.push(format!("{not} no known price: what calling them costs is not in this amount."));
    }
    if choice.zero_tokens {
        notes.push("Calls without a token are tested first and given up at the first surprise. Should one run after all, it could cost as much as the longest answer of the dearest model; that is in this amount.".to_owned());
    }
    let unpriced = estimate.without_price + estimate.unpriced;
    Offering {
        requests: format!(
            "{}, {}: about {}",
            counted(estimate.requests, "request", "requests"),
            pace_words(choice.pace),
            words::about(estimate.duration)
        ),
        price: estimate.worst.rounded_up(),
        notes,
        unpriced: (unpriced > 0)
            .then(|| format!("Ask {} without a known price too", counted(unpriced, "model", "models"))),
        unlisted: (estimate.not_listed > 0).then(|| {
            let known = counted(estimate.not_listed, "known model", "known models");
            format!("Ask {known} that the list leaves out too: some work all the same")
        }),
        choice,
        waits: None,
    }
}

const fn pace_words(pace: Pace) -> &'static str {
    match pace {
        Pace::Gentle => "one in two seconds",
        Pace::Normal => "one a second",
        Pace::Brisk => "four a second",
    }
}
