//! The running summary below a verdict: a row a section, with what is known of it and the one thing to do next.

use super::copied::Copyable;
use super::sections::Section;
use super::words::Progress;

/// A row of the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The section that it sums up, and leads to.
    pub section: Section,
    /// What is known.
    pub known: String,
    /// What that rests on or has cost; empty if there is nothing to say.
    pub note: String,
    /// What can be done, or is.
    pub next: Next,
}

/// What can be done next about a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Next {
    /// Nothing but to look.
    #[default]
    Look,
    /// Something on a press.
    Press(Press),
    /// It waits, or is under way.
    Running {
        /// How far it is, where that can be said.
        progress: Option<Progress>,
        /// What stops it, where something can.
        stop: Option<Act>,
    },
}

/// Something that can be pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// What happens.
    pub act: Act,
    /// What the button says.
    pub words: String,
    /// The most that it costs; empty of what cannot cost anything.
    pub price: String,
    /// Whether it was not done yet.
    pub pending: bool,
}

/// What a button of the summary stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Scan the models.
    Scan,
    /// Take the scan up again.
    ResumeScan,
    /// Stop the scan.
    StopScan,
    /// Make the checks that are free.
    CheckFree,
    /// Make the checks that cost something.
    CheckPaid,
    /// Stop the checks.
    StopChecks,
    /// Measure by the plan that is chosen.
    Measure,
    /// Stop the measurement.
    StopMeasuring,
    /// Stop the search for the pace.
    StopHeadroom,
    /// Stop the test of the key and what follows from it.
    StopTest,
    /// Ask whose key it is.
    AskOwner,
    /// Copy a text.
    Copy(Copyable, String),
}

impl Act {
    /// The id of its button.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Scan => "row-scan",
            Self::ResumeScan => "row-resume-scan",
            Self::StopScan => "row-stop-scan",
            Self::CheckFree => "row-check-free",
            Self::CheckPaid => "row-check-paid",
            Self::StopChecks => "row-stop-checks",
            Self::Measure => "row-measure",
            Self::StopMeasuring => "row-stop-measuring",
            Self::StopHeadroom => "row-stop-headroom",
            Self::StopTest => "stop",
            Self::AskOwner => "row-ask-owner",
            Self::Copy(..) => "row-copy",
        }
    }
}

impl Row {
    /// A row of which nothing can be done but to look.
    pub fn of(section: Section, known: impl Into<String>) -> Self {
        Self { section, known: known.into(), note: String::new(), next: Next::Look }
    }

    /// The same with what that rests on.
    #[must_use]
    pub fn noting(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// The same with something to press.
    #[must_use]
    pub fn pressing(self, press: Press) -> Self {
        Self { next: Next::Press(press), ..self }
    }

    /// The same while it goes on.
    #[must_use]
    pub fn running(self, progress: Option<Progress>, stop: Act) -> Self {
        Self { next: Next::Running { progress, stop: Some(stop) }, ..self }
    }

    /// The same while it goes on for a moment and cannot be stopped.
    #[must_use]
    pub fn asking(self) -> Self {
        Self { next: Next::Running { progress: None, stop: None }, ..self }
    }

    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        matches!(self.next, Next::Running { .. })
    }
}

/// The number of the row whose button is the next sensible one: the first that was not pressed yet, while nothing runs.
pub(super) fn first_pending(rows: &[Row]) -> Option<usize> {
    let pending = |row: &Row| matches!(&row.next, Next::Press(press) if press.pending);
    let idle = !rows.iter().any(Row::is_running);
    rows.iter().position(pending).filter(|_| idle)
}

/// What stands in the tab while something goes on, such as `12/26 Models`.
pub(super) fn title_of(rows: &[Row]) -> Option<String> {
    rows.iter().find_map(|row| match &row.next {
        Next::Running { progress: Some(so_far), .. } => {
            Some(format!("{}/{} {}", so_far.settled, so_far.total, row.section.label()))
        }
        _ => None,
    })
}
