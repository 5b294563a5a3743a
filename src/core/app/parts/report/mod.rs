//! The report of what is on the screen: copied as a summary, saved as a file; and one that was saved before, shown again.

mod assembled;
mod view;

pub use assembled::{Findings, Surroundings};
pub use view::{OwnerBox, ReportView, ShownReport, There};

use crate::core::app::effect::{Effect, FileField, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::step::Step;
use crate::core::report::{KeyReport, Unreadable};

/// What a saved report is called.
const FILE: &str = "mistral-key-report.json";

/// The report, as far as the user has to do with it.
#[derive(Debug, Default)]
pub struct Report {
    /// Whether it tells whose key it is.
    with_owner: bool,
    /// What it is made for, until the browser has told what only it knows.
    wanted: Option<Wanted>,
    /// A saved report that is shown, or why it cannot be.
    shown: Option<Result<Box<KeyReport>, Unreadable>>,
    /// Why a text was kept back, of those that were to leave the page last.
    kept_back: Option<String>,
}

/// What a report is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// To be copied as a summary.
    Summary,
    /// To be saved as a file.
    File,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A summary is to be copied.
    CopyPressed,
    /// A file is to be saved.
    SavePressed,
    /// The box for whose key it is was ticked or unticked.
    OwnerTicked,
    /// The browser has told what only it knows, as was asked for.
    SurroundingsRead(Surroundings),
    /// A file was chosen, or dropped on the page.
    FileChosen,
    /// The file was read, or could not be.
    FileRead(Result<String, Unreadable>),
    /// The saved report is to go.
    Closed,
}

/// What its parent has to know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// This summary is to be copied.
    Copy(String),
}

impl Report {
    /// Handles a message; with what the other parts have found out, where [`Report::awaits_findings`] says so.
    pub fn update(&mut self, msg: Msg, facts: &Facts, findings: Option<Findings>) -> Step<Event> {
        match msg {
            Msg::CopyPressed => self.want(Wanted::Summary),
            Msg::SavePressed => self.want(Wanted::File),
            Msg::OwnerTicked => {
                self.with_owner = !self.with_owner;
                Step::default()
            }
            Msg::SurroundingsRead(surroundings) => {
                match (self.wanted.take(), findings) {
                    (Some(wanted), Some(findings)) => {
                        let report = assembled::report(findings, &surroundings, facts, self.with_owner);
                        match wanted {
                            Wanted::Summary => Step::default().event(Event::Copy(report.markdown())),
                            Wanted::File => Step::default()
                                .say("Report saved. It holds no key.")
                                .effect(Effect::Save { name: FILE, text: report.json() }),
                        }
                    }
                    // The verdict is gone since.
                    _ => Step::quiet(),
                }
            }
            Msg::FileChosen => Step::quiet().effect(Effect::ReadReport(FileField::Shown)),
            Msg::FileRead(text) => {
                let read = text.and_then(|text| KeyReport::read(&text)).map(Box::new);
                let words = match &read {
                    Ok(report) => format!("Report of {}.", report.made.in_words()),
                    Err(why) => why.sentence(),
                };
                self.shown = Some(read);
                // What is said is of a file, whoever answers now.
                Step::default().say_of_real(words).effect(Effect::Focus(Focus::Report))
            }
            Msg::Closed => {
                self.shown = None;
                Step::default().effect(Effect::Refocus(Focus::ReportFold))
            }
        }
    }

    fn want(&mut self, wanted: Wanted) -> Step<Event> {
        self.wanted = Some(wanted);
        Step::quiet().effect(Effect::ReadSurroundings)
    }

    /// Whether a message needs what the other parts have found out.
    pub fn awaits_findings(&self, msg: &Msg) -> bool {
        self.wanted.is_some() && matches!(msg, Msg::SurroundingsRead(_))
    }

    /// The saved report that is shown.
    pub fn shown(&self) -> Option<&KeyReport> {
        self.shown.as_ref()?.as_deref().ok()
    }

    /// Notes why a text did not leave the page; none if the last one did.
    pub fn note_kept_back(&mut self, why: Option<String>) {
        self.kept_back = why;
    }

    /// What the report is about is gone. A saved one stays: it has nothing to do with the key that was here.
    pub fn clear(&mut self) {
        *self = Self { shown: self.shown.take(), ..Self::default() };
    }

    /// The saved report goes as well.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}
