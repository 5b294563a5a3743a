//! A run in words.

use crate::core::app::copied::{self, Copied};
use crate::core::app::facts::Facts;
use crate::core::app::sections::Section;
use crate::core::app::summary::{Act, Row};
use crate::core::app::turns::Turns;
use crate::core::app::words::{Progress, about, counted, minutes};
use crate::core::chart::{Grid, Plot, pace_grid};
use crate::core::explain::Explanation;
use crate::core::headroom::{Client, Halt, MARGIN, Outcome, Phase, Settings, pace_words};
use crate::core::time::Span;

use super::offer::{requests_and_time, waits};
use super::plot::CLOCK;
use super::{Going, Headroom};

/// A run as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadroomView {
    /// Its stable name in the DOM: `ready`, `running`, `over`, `limited`, `stopped`, `halted`.
    pub phase: &'static str,
    /// How far it is, or what came of it; empty before.
    pub headline: String,
    /// What that rests on, a sentence each.
    pub sentences: Vec<String>,
    /// How far it is, while it goes on.
    pub bar: Option<Progress>,
    /// What was spent; empty before the first request.
    pub spent: String,
    /// What ended it too early, if an answer did.
    pub halt: Option<Explanation>,
    /// The refusal that it went on for: the first one that was told to wait, after others were answered.
    pub limit: Option<Explanation>,
    /// The plot, with its table if that is open.
    pub plot: Option<(Plot, Option<Grid>)>,
    /// Holding the pace for a minute.
    pub hold: Option<HoldOffer>,
    /// Settings for clients.
    pub settings: Option<SettingsView>,
}

/// A pace that can be held for a minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldOffer {
    /// What the button says.
    pub words: String,
    /// The most that it can cost.
    pub price: String,
    /// Requests and time.
    pub facts: String,
    /// Whether something has to end first.
    pub blocked: bool,
}

/// Settings to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsView {
    /// What they keep to, and why.
    pub sentence: String,
    /// The clients, and which is shown.
    pub clients: Vec<(Client, bool)>,
    /// The program.
    pub program: String,
    /// What a terminal needs once.
    pub setup: String,
    /// Whether the program was copied.
    pub copied: Option<bool>,
}

impl Headroom {
    /// The run, as long as there are models.
    pub fn view(&self, facts: &Facts, turns: &Turns, copied: Option<&Copied>) -> Option<HeadroomView> {
        if facts.rows_shown.is_empty() || self.estimate.is_none() {
            return None;
        }
        let Some(going) = &self.going else { return Some(HeadroomView::ready()) };
        let levels = going.levels();
        let running = going.run.is_running();
        let plot = going.plot(&levels).filter(|_| !going.tells_nothing());
        let refusal = going.halted_by.clone();
        let (limit, halt) = if going.has_met_the_limit() { (refusal, None) } else { (None, refusal) };
        Some(HeadroomView {
            phase: going.phase(),
            headline: if running { going.progress_words() } else { going.headline() },
            sentences: if running { going.now_words() } else { self.found_words(going) },
            bar: running.then(|| going.bar()),
            spent: going.spent(),
            halt,
            limit,
            plot: plot.map(|plot| (plot, self.table.then(|| pace_grid(&levels, CLOCK)))),
            hold: going.hold(waits(facts, turns).is_some()),
            settings: if running { None } else { going.settings(self.client, copied) },
        })
    }

    /// What a result rests on; first, that the run after it sent nothing, if that is so.
    fn found_words(&self, going: &Going) -> Vec<String> {
        let unsent = self.unsent.iter().map(|words| format!("The next run sent nothing. {words}"));
        unsent.chain(going.sentences()).collect()
    }

    /// The row of the summary while a run goes on; none otherwise.
    pub fn row(&self) -> Option<Row> {
        let going = self.going.as_ref().filter(|going| going.run.is_running())?;
        let row = Row::of(Section::Speed, going.progress_words());
        Some(row.running(Some(going.bar()), Act::StopHeadroom))
    }
}

impl HeadroomView {
    /// Nothing was tried yet.
    fn ready() -> Self {
        Self {
            phase: "ready",
            headline: String::new(),
            sentences: Vec::new(),
            bar: None,
            spent: String::new(),
            halt: None,
            limit: None,
            plot: None,
            hold: None,
            settings: None,
        }
    }
}

impl Going {
    /// Requests whose answer is known.
    fn settled(&self) -> usize {
        self.run.requests().iter().filter(|request| request.outcome != Outcome::Open).count()
    }

    fn bar(&self) -> Progress {
        let plan = self.run.plan();
        let passed = self.run.begun().map(|begun| self.now.since(begun)).unwrap_or_default();
        let waits = self.run.begun().map(|begun| begun.since(self.now)).unwrap_or_default();
        Progress {
            settled: self.settled(),
            total: usize::try_from(plan.requests()).unwrap_or(usize::MAX),
            left: minutes(plan.duration() - passed + waits),
        }
    }

    /// `Step 3 of 10: 1.5 requests a second`.
    fn progress_words(&self) -> String {
        let levels = self.run.plan().levels();
        let place = self.run.requests().last().map_or(0, |request| request.level);
        let words = levels.get(place).map(|level| pace_words(level.per_minute())).unwrap_or_default();
        match levels.len() {
            1 => format!("Holding {words}"),
            all => format!("Step {} of {all}: {words}", place + 1),
        }
    }

    /// What is to be known while it goes on.
    fn now_words(&self) -> Vec<String> {
        let waits = self.run.begun().map(|begun| begun.since(self.now)).unwrap_or_default();
        if waits > Span::ZERO {
            return vec![format!(
                "It begins in {}: a limit counted by the minute would still count the requests before.",
                about(waits)
            )];
        }
        match self.run.phase() {
            Phase::Running => vec![format!("Each request asks {} for one token.", self.model)],
            _ => vec!["Nothing more is sent. The last answers are awaited.".to_owned()],
        }
    }

    /// What came of it, in a sentence or two.
    pub(super) fn headline(&self) -> String {
        let carried = self.run.carried().map(|(_, level)| {
            format!("This key carried {} with {}.", in_both_units(level.per_minute()), self.model)
        });
        let limited = self.run.limited_at().map(|(place, level)| {
            let pace = in_both_units(level.per_minute());
            let after = self.run.requests().iter().filter(|request| request.answered_after().is_some());
            match (place, self.run.plan().holds()) {
                (_, true) => format!(
                    "{} was told to wait at {pace} after {}.",
                    self.model,
                    counted(after.count(), "answer", "answers")
                ),
                (0, false) => format!("Told to wait at the first step, {pace} with {}.", self.model),
                (_, false) => format!("At {pace} it was told to wait."),
            }
        });
        let otherwise = match self.run.phase() {
            Phase::Halted(Halt::Refused) => Some("Stopped: a request was refused, or not answered."),
            Phase::Halted(Halt::Late) => {
                Some("Stopped: this page’s timers stood still, so the pace was not kept.")
            }
            Phase::Halted(Halt::Busy) => {
                Some("Stopped: answers take so long that the pace could not be kept.")
            }
            Phase::Halted(Halt::Hidden) => Some("Stopped: the tab was hidden."),
            Phase::Halted(Halt::Cap) => Some("Stopped: the next request could cost more than was announced."),
            Phase::Stopped if !self.tells_nothing() => Some("Stopped."),
            Phase::Stopped if self.run.plan().holds() => {
                Some("Stopped before the minute ended. That says nothing about the limit.")
            }
            Phase::Stopped => Some("Stopped before the first step ended. That says nothing about the limit."),
            Phase::Halted(Halt::Limited) | Phase::Running | Phase::Over => None,
        };
        let none = (carried.is_none() && limited.is_none() && otherwise.is_none())
            .then_some("No step was completed.");
        let parts = [carried, limited, otherwise.map(str::to_owned), none.map(str::to_owned)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Whether it was stopped before anything was found out.
    fn tells_nothing(&self) -> bool {
        let found = self.run.carried().or_else(|| self.run.limited_at());
        *self.run.phase() == Phase::Stopped && found.is_none()
    }

    /// Whether it ended as it is meant to: a request was told to wait after others were answered.
    fn has_met_the_limit(&self) -> bool {
        let answered = self.run.requests().iter().any(|request| request.answered_after().is_some());
        answered && *self.run.phase() == Phase::Halted(Halt::Limited)
    }

    /// What the result rests on, and what it does not say.
    fn sentences(&self) -> Vec<String> {
        let (minute, tokens) = self.run.busiest_minute();
        let mut sentences = Vec::new();
        if self.tells_nothing() {
            return sentences;
        }
        if let Some((_, level)) = self.run.carried() {
            let held = if self.run.plan().holds() {
                "Held for a minute.".to_owned()
            } else {
                format!(
                    "It carried that for {} seconds only. A limit counted by the minute may be lower.",
                    level.window.as_millis() / 1_000
                )
            };
            sentences.push(held);
        }
        if *self.run.phase() == Phase::Over {
            sentences.push(
                "No request was told to wait, so the limit lies higher, or was not met in this time."
                    .to_owned(),
            );
        }
        if minute > 0 {
            let answered = counted(usize::try_from(minute).unwrap_or(usize::MAX), "request", "requests");
            sentences.push(format!(
                "The busiest minute had {answered} with an answer, and {tokens} tokens. Longer requests may meet a limit of tokens first."
            ));
            sentences.push("Other programs of your workspace share the limit.".to_owned());
        }
        let told = self.run.told().sentence();
        if !told.is_empty() {
            sentences.push(format!("Mistral’s headers told: {told}. No step goes above it."));
        }
        sentences.extend(self.slower());
        sentences
    }

    /// That answers took longer at a higher pace, if they took twice as long.
    fn slower(&self) -> Option<String> {
        let (last, _) = self.run.carried().filter(|(place, _)| *place > 0)?;
        let (slow, high) = (self.run.median(0)?, self.run.median(last)?);
        (high.as_micros() >= slow.as_micros().saturating_mul(2)).then(|| {
            format!(
                "Answers took longer at the higher pace: a median of {}, against {} at first.",
                CLOCK.words(high),
                CLOCK.words(slow)
            )
        })
    }

    fn spent(&self) -> String {
        if self.settled() == 0 { String::new() } else { self.run.charge().sentence() }
    }

    fn hold(&self, blocked: bool) -> Option<HoldOffer> {
        let (plan, worst) = self.to_hold()?;
        let level = plan.levels().first()?;
        Some(HoldOffer {
            words: format!("Hold {} for a minute", pace_words(level.per_minute())),
            price: worst.rounded_up(),
            facts: requests_and_time(&plan),
            blocked,
        })
    }

    fn settings(&self, client: Client, copied: Option<&Copied>) -> Option<SettingsView> {
        let per_minute = self.run.advised()?;
        let settings = Settings { per_minute, model: self.model.clone(), endpoint: self.caller.endpoint };
        let (minute, _) = self.run.busiest_minute();
        let found = match self.run.carried() {
            Some((_, level)) if level.per_minute() <= minute => {
                format!("The key carried {}.", in_both_units(level.per_minute()))
            }
            _ => {
                let minute = counted(usize::try_from(minute).unwrap_or(usize::MAX), "request", "requests");
                format!("The key answered {minute} in its busiest minute.")
            }
        };
        let higher = match self.run.carried() {
            Some((_, level)) if level.per_minute() > minute => {
                " For a higher number, hold the pace for a minute first."
            }
            _ => "",
        };
        let program = settings.program(client);
        Some(SettingsView {
            sentence: format!(
                "{found} These programs send {MARGIN} % of that: {per_minute} a minute, {} at once. They wait longer after each 429.{higher}",
                settings.at_once(),
            ),
            clients: Client::ALL.map(|other| (other, other == client)).into(),
            setup: client.setup(),
            copied: copied::outcome(copied, &program),
            program,
        })
    }
}

/// `90 requests a minute (1.5 a second)`; a minute alone where tenths of a second's pace are not exact.
fn in_both_units(per_minute: u32) -> String {
    let requests = counted(usize::try_from(per_minute).unwrap_or(usize::MAX), "request", "requests");
    let seconds = match (per_minute / 60, per_minute % 60 / 6, per_minute % 6) {
        (whole, 0, 0) => format!(" ({whole} a second)"),
        (whole, tenths, 0) => format!(" ({whole}.{tenths} a second)"),
        _ => String::new(),
    };
    format!("{requests} a minute{seconds}")
}
