//! What the page says at a glance: the rows below the verdict of a key that works, and what stands in the tab.

use super::Model;
use super::effect::{Effect, Focus};
use super::parts::tab_history::TabHistoryView;
use super::request_id::Owner;
use super::sections::Section;
use super::summary::{Row, first_pending, title_of};

/// What stands in the tab at first; `index.html` has the same.
const TITLE: &str = "Mistral API key tester – does your key work, and if not, why?";

/// The name of the page behind what stands in the tab.
const NAME: &str = "Mistral key tester";

/// The rows below the verdict of a key that works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryView {
    /// A row for each section that the key is good for, in the order of the page.
    pub rows: Vec<Row>,
    /// The number of the row whose button is the next sensible one.
    pub primary: Option<usize>,
    /// The section that is open.
    pub open: Option<Section>,
}

impl Model {
    /// An effect with its focus where it can be seen: the heading of a section that is not open has its row in its place.
    pub(super) fn in_sight(&self, effect: Effect) -> Effect {
        let seen = |focus: Focus| match focus.section() {
            Some(section) if self.open != Some(section) => Focus::Row(section),
            _ => focus,
        };
        match effect {
            Effect::Focus(focus) => Effect::Focus(seen(focus)),
            Effect::Refocus(focus) => Effect::Refocus(seen(focus)),
            other => other,
        }
    }

    /// Whether a key or the demo has led to anything, or is about to.
    pub(super) fn has_something_to_show(&self) -> bool {
        self.facts.simulated || self.facts.testing || self.key_test.has_verdict() || self.facts.holds_key()
    }

    /// The rows below the verdict of a key that works. Until the rest of the page is there, they are named.
    pub fn summary(&self) -> Option<SummaryView> {
        // Of a key that lists no model there is nothing to do, but its warm calls can be stopped.
        if self.facts.rows.is_empty() || !self.facts.has_models() {
            let row = self.key_test.round_trip_row()?;
            return Some(SummaryView { rows: vec![row], primary: None, open: self.open });
        }
        let mut rows = match self.loading.rest() {
            Some(rest) => (rest.rows)(self),
            None => Section::OF_KEY.map(|section| Row::of(section, self.loading().words())).into(),
        };
        let round_trip = self.key_test.round_trip_row();
        if let (Some(row), Some(speed)) =
            (round_trip, rows.iter_mut().find(|row| row.section == Section::Speed))
        {
            *speed = row;
        }
        // One orange button at a time: an open section has its own, and so has the form.
        let alone = self.open.is_none() && self.key_form.is_folded();
        let primary = first_pending(&rows).filter(|_| alone);
        Some(SummaryView { rows, primary, open: self.open })
    }

    /// The tests of keys since the page was opened.
    pub fn tab_history_view(&self) -> TabHistoryView {
        self.tab_history.view()
    }

    /// What stands in the tab: what goes on, or what came of the test.
    pub fn title(&self) -> String {
        let runs = Owner::ALL.into_iter().any(|owner| self.is_running(owner));
        let running = if runs { self.summary() } else { None };
        let running = running.and_then(|summary| title_of(&summary.rows));
        match running.or_else(|| self.key_test.headline(&self.facts)) {
            Some(words) if self.facts.simulated => format!("Demo: {words} – {NAME}"),
            Some(words) => format!("{words} – {NAME}"),
            None => TITLE.to_owned(),
        }
    }
}
