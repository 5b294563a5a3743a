//! What can happen in the latency lab.

use crate::core::app::calls::RequestId;
use crate::core::app::missing::Missing;
use crate::core::app::pasted::Pasted;
use crate::core::app::text_field::LabField;
use crate::core::bench::{Measure, PlanKind, PromptSize};
use crate::core::chart::Kind;
use crate::core::export::Engine;
use crate::core::report::Unreadable;
use crate::core::time::{Span, Timestamp};

/// A message of the latency lab.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A plan was chosen.
    PlanChosen(PlanKind),
    /// A model was chosen, by its name in the table or any id it answers to.
    ModelChosen(Pasted),
    /// Another part of the page hands over models to be compared, by the names of their rows. Nothing is sent.
    CompareChosen(Vec<String>),
    /// A model that was chosen is to be left out.
    ModelDropped(String),
    /// The length of prompts was chosen.
    PromptChosen(PromptSize),
    /// Calls are to start at a fixed pace, or each after the one before.
    PacedChosen(bool),
    /// The text of a field of the custom plan changed. No secret is in it.
    Typed(LabField, String),
    /// The measurement is to begin; its price was shown beside the button.
    Pressed,
    /// It is to stop.
    Stopped,
    /// The clock was read, as was asked for.
    ClockRead {
        /// Who asked.
        id: RequestId,
        /// When it was read.
        at: Timestamp,
        /// The time of day then, in milliseconds since the Unix epoch.
        wall: u64,
        /// Its step.
        step: Span,
    },
    /// The time is over that the ticker was set to.
    Ticker {
        /// When.
        at: Timestamp,
        /// The time of day then, in milliseconds since the Unix epoch.
        wall: u64,
    },
    /// A frame of the page took longer than 50 ms.
    LongFrame {
        /// When it began.
        from: Timestamp,
        /// When it was over.
        to: Timestamp,
    },
    /// The tab was hidden, or is seen again.
    Visibility {
        /// Whether it is hidden now.
        hidden: bool,
        /// Since when.
        at: Timestamp,
    },
    /// Another time is to be shown in the strip plot.
    MeasureChosen(Measure),
    /// Doubtful samples are to count too, or no longer.
    DoubtfulTicked,
    /// The table of a plot was opened or closed.
    TableToggled {
        /// The plot.
        plot: Kind,
        /// Whether it is open now.
        open: bool,
    },
    /// The report is to be saved.
    SavePressed,
    /// Its samples are to be saved as a table.
    SaveSamplesPressed,
    /// A saved report was chosen or dropped in.
    ReportChosen,
    /// The saved report was read, or could not be.
    ReportRead(Result<String, Unreadable>),
    /// The comparison with a saved report is to go.
    ReportDropped,
    /// The workload is to be shown for an engine, or no longer.
    EnginePressed(Engine),
    /// The texts of files for engines are to be loaded once more.
    TemplatesPressed,
    /// They came, or did not.
    TemplatesRead(Result<String, Missing>),
}
