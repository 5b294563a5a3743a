//! The lifecycle's place in the page: what moves, what ends, and what becomes of the models that a program names.

use std::sync::Arc;

use crate::core::app::{Effect, Model, Pasted};
use crate::core::lifecycle::{Checked, Pointer, aliases, check, retiring};
use crate::core::models::{Access, ModelRow};
use crate::core::time::Date;

/// What becomes of models.
#[derive(Debug, Default)]
pub struct Lifecycle {
    /// Where the names that move point today.
    pointers: Arc<[Pointer]>,
    /// The models whose end is settled, a sentence each.
    endings: Arc<[String]>,
    /// The text in the field, for looking again when the models change. It may hold a key, so it is kept like one.
    text: Pasted,
    /// Shared, for a large text may name thousands.
    checked: Option<Arc<Checked>>,
    /// The models that it was held against besides those that are listed.
    answering: Vec<String>,
}

/// The lifecycle as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecycleView {
    /// Where the names that move point today; none without a key that works.
    pub pointers: Arc<[Pointer]>,
    /// The models whose end is settled, a sentence each.
    pub endings: Arc<[String]>,
    /// What was found in the text; none without one.
    pub checked: Option<Arc<Checked>>,
    /// What the text was held against.
    pub against: &'static str,
    /// Today, which decides how far off an end is.
    pub today: Date,
}

pub(super) fn typed(model: &mut Model, pasted: Pasted) -> Vec<Effect> {
    let before = model.lifecycle.checked.as_deref().map(summary);
    model.lifecycle.text = pasted;
    look(model);
    // Said once, however much is typed. Never "simulated": what was pasted is real.
    if let Some(words) =
        model.lifecycle.checked.as_deref().map(summary).filter(|words| before.as_ref() != Some(words))
    {
        model.announcement = words;
    }
    Vec::new()
}

/// Forgets the text, and has the field emptied of it.
pub(super) fn forget(model: &mut Model) -> Option<Effect> {
    let Lifecycle { text, checked, .. } = &mut model.lifecycle;
    *checked = None;
    (!std::mem::take(text).expose().is_empty()).then_some(Effect::ClearCode)
}

/// The models have changed.
pub(super) fn listed(model: &mut Model) {
    let today = model.environment.today;
    model.lifecycle.pointers = aliases(&model.rows).into();
    model.lifecycle.endings =
        retiring(&model.rows, today).iter().map(|ending| ending.sentence(today)).collect();
    look(model);
}

/// Models that the list leaves out and that answered the scan.
fn answering(model: &Model) -> impl Iterator<Item = &ModelRow> {
    model.access.unlisted.iter().filter(|row| model.access.access(row) == Access::Callable)
}

/// Looks again if the scan has found out which models answer besides those that are listed.
pub(super) fn follow(model: &mut Model) {
    if !answering(model).map(|row| &row.name).eq(&model.lifecycle.answering) {
        look(model);
    }
}

fn look(model: &mut Model) {
    let text = model.lifecycle.text.expose();
    let rows = model.rows.iter().chain(answering(model));
    let checked = (!text.trim().is_empty()).then(|| check(text, rows, model.environment.today));
    let answering = answering(model).map(|row| row.name.clone()).collect();
    model.lifecycle.checked = checked.map(Arc::new);
    model.lifecycle.answering = answering;
}

/// What was found, in numbers.
pub(super) fn summary(checked: &Checked) -> String {
    let count = |wanted: &str| checked.findings.iter().filter(|found| found.state.name() == wanted).count();
    match checked.findings.len() {
        0 => "No Mistral model is named in it.".to_owned(),
        all => format!(
            "{} named: {} retired, {} retiring, {} not known.",
            super::present::counted(all, "model", "models"),
            count("retired"),
            count("retiring"),
            count("unknown")
        ),
    }
}

impl Model {
    /// The lifecycle. The field is there without a key as well.
    pub fn lifecycle_view(&self) -> LifecycleView {
        let Lifecycle { pointers, endings, checked, answering, .. } = &self.lifecycle;
        LifecycleView {
            pointers: Arc::clone(pointers),
            endings: Arc::clone(endings),
            checked: checked.clone(),
            against: if self.rows_shown.is_empty() {
                "Held against the models that this page knows. With a tested key: against the models that it lists."
            } else if answering.is_empty() {
                "Held against the models that the tested key lists."
            } else {
                "Held against the models that the tested key lists, and those that answered the scan all the same."
            },
            today: self.environment.today,
        }
    }
}
