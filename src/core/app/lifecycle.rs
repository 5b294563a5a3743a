//! The lifecycle's place in the page: what moves, what ends, and what becomes of the models that a program names.

use std::sync::Arc;

use crate::core::app::{Effect, Model, Pasted};
use crate::core::lifecycle::{Checked, Pointer, aliases, check, retiring};

/// What becomes of models.
#[derive(Debug, Default)]
pub struct Lifecycle {
    /// Where the names that move point today.
    pointers: Arc<[Pointer]>,
    /// The models whose end is settled, a sentence each.
    endings: Arc<[String]>,
    /// The text in the field, for looking again when the models change. It may hold a key, so it is kept like one.
    text: Pasted,
    checked: Option<Checked>,
}

/// The lifecycle as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecycleView {
    /// Where the names that move point today; none without a key that works.
    pub pointers: Arc<[Pointer]>,
    /// The models whose end is settled, a sentence each.
    pub endings: Arc<[String]>,
    /// What was found in the text; none without one.
    pub checked: Option<Checked>,
    /// What the text was held against.
    pub against: &'static str,
}

pub(super) fn typed(model: &mut Model, pasted: Pasted) -> Vec<Effect> {
    let before = model.lifecycle.checked.as_ref().map(summary);
    model.lifecycle.text = pasted;
    look(model);
    // Said once, however much is typed. Never "simulated": what was pasted is real.
    if let Some(words) =
        model.lifecycle.checked.as_ref().map(summary).filter(|words| before.as_ref() != Some(words))
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

fn look(model: &mut Model) {
    let text = model.lifecycle.text.expose();
    let checked = (!text.trim().is_empty()).then(|| check(text, &model.rows, model.environment.today));
    model.lifecycle.checked = checked;
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
        let Lifecycle { pointers, endings, checked, .. } = &self.lifecycle;
        LifecycleView {
            pointers: Arc::clone(pointers),
            endings: Arc::clone(endings),
            checked: checked.clone(),
            against: if self.rows.is_empty() {
                "Held against the models that this page knows. With a tested key: against the models that it lists."
            } else {
                "Held against the models that the tested key lists."
            },
        }
    }
}
