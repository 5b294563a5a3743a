//! The lifecycle's place in the page: what moves, what ends, and what becomes of the models that a program names.

use std::sync::Arc;

use crate::core::app::doctor::masked_words;
use crate::core::app::{Effect, Model, Pasted, TextField, field};
use crate::core::lifecycle::{Checked, Pointer, aliases, check, retiring, within_limit};
use crate::core::models::{Access, ModelRow};
use crate::core::paste::secrets::{self, Masked};
use crate::core::time::Date;

/// What becomes of models.
#[derive(Debug, Default)]
pub struct Lifecycle {
    /// Where the names that move point today.
    pointers: Arc<[Pointer]>,
    /// The models whose end is settled, a sentence each.
    endings: Arc<[String]>,
    /// The text in the field, its secrets masked, for looking again when the models change. What is masked can only be known
    /// by its looks, so the text is kept like a key all the same.
    text: Pasted,
    /// How many secrets are masked in it.
    pub masked: usize,
    /// Whether what was pasted was longer than what is looked at.
    cut: bool,
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
    /// What was done to the text: secrets masked.
    pub changes: String,
    /// What the text was held against.
    pub against: &'static str,
    /// Today, which decides how far off an end is.
    pub today: Date,
}

pub(super) fn typed(model: &mut Model, pasted: &Pasted) -> Vec<Effect> {
    let before = model.lifecycle.checked.as_deref().map(summary);
    let (kept, cut) = within_limit(pasted.expose());
    let Masked { text, count } = field::masked(model, kept);
    // What is not looked at is not masked either, so it does not stay.
    let fill = (count > 0 || cut).then_some(Effect::Fill(TextField::Code));
    let Lifecycle { text: known, masked, cut: was_cut, .. } = &mut model.lifecycle;
    // The field comes back with what was put into it, and then both still hold.
    *was_cut = cut || (*was_cut && known.expose() == text);
    *masked = secrets::marked(&text);
    *known = Pasted::new(text);
    look(model);
    // Said once, however much is typed. Never "simulated": what was pasted is real.
    if let Some(words) =
        model.lifecycle.checked.as_deref().map(summary).filter(|words| before.as_ref() != Some(words))
    {
        model.announcement = words;
    }
    fill.into_iter().collect()
}

/// Forgets the text; whether there was one.
pub(super) fn forget(model: &mut Model) -> bool {
    let Lifecycle { text, checked, masked, .. } = &mut model.lifecycle;
    (*checked, *masked) = (None, 0);
    !std::mem::take(text).expose().is_empty()
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
    let checked = checked.map(|checked| Checked { cut: checked.cut || model.lifecycle.cut, ..checked });
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

impl Lifecycle {
    /// What may stand in the field for code and configuration: what was pasted, its secrets masked.
    pub(super) fn text(&self) -> &str {
        self.text.expose()
    }
}

impl Model {
    /// The lifecycle. The field is there without a key as well.
    pub fn lifecycle_view(&self) -> LifecycleView {
        let Lifecycle { pointers, endings, checked, answering, masked, .. } = &self.lifecycle;
        LifecycleView {
            pointers: Arc::clone(pointers),
            endings: Arc::clone(endings),
            checked: checked.clone(),
            changes: masked_words(*masked),
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
