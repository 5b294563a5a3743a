//! The error doctor's place in the page: a field for a text, and what is found in it.

use crate::core::app::msg::Pasted;
use crate::core::app::{Effect, Model, TextField, field};
use crate::core::doctor::{Diagnosed, diagnose};
use crate::core::explain::{Cause, Explanation};
use crate::core::paste::{MOST_BYTES, secrets};

/// The error doctor.
#[derive(Debug, Default)]
pub struct Doctor {
    /// The text, its secrets masked; empty without one. What is masked can only be known by its looks, so it is kept like a
    /// key all the same.
    text: Pasted,
    /// How many secrets were masked in what was pasted.
    pub masked: usize,
    /// Whether what was pasted was longer than what is looked at.
    pub cut: bool,
    /// The user says that the limit persists although another model answers.
    pub limit_persists: bool,
    /// What the text comes to; none without a text.
    pub diagnosis: Option<Diagnosed>,
}

impl Doctor {
    /// What may stand in the field: what was pasted, its secrets masked.
    pub(super) fn text(&self) -> &str {
        self.text.expose()
    }

    /// Whether the user can tell something that decides between two causes.
    fn asks_about_limit(&self) -> bool {
        matches!(
            &self.diagnosis,
            Some(Diagnosed::Explained(explanation))
                if matches!(explanation.cause, Cause::RateLimited) || (self.limit_persists && explanation.cause == Cause::ZeroQuota)
        )
    }
}

pub(super) fn edited(model: &mut Model, pasted: &Pasted) -> Vec<Effect> {
    let text = pasted.expose();
    let text = text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default();
    let secrets::Masked { text: masked, count } = field::masked(model, text);
    let doctor = &mut model.doctor;
    let cut = text.len() < pasted.expose().len();
    // What is not looked at is not masked either, so it does not stay.
    let fill = (count > 0 || cut).then_some(Effect::Fill(TextField::Doctor));
    if masked.trim().is_empty() {
        *doctor = Doctor::default();
        return fill.into_iter().collect();
    }
    // The field comes back with what was put into it, and then both still hold.
    let known = doctor.text() == masked;
    doctor.cut = cut || (known && doctor.cut);
    doctor.masked = secrets::marked(&masked);
    doctor.text = Pasted::new(masked);
    doctor.limit_persists = false;
    look(model);
    fill.into_iter().collect()
}

/// Forgets the text and what was found in it; whether there was one.
pub(super) fn forget(model: &mut Model) -> bool {
    let Doctor { text, .. } = std::mem::take(&mut model.doctor);
    !text.expose().is_empty()
}

pub(super) fn limit_persists(model: &mut Model, persists: bool) -> Vec<Effect> {
    model.doctor.limit_persists = persists;
    look(model);
    Vec::new()
}

fn look(model: &mut Model) {
    let doctor = &mut model.doctor;
    let known = doctor.diagnosis.take();
    let diagnosis = diagnose(doctor.text(), doctor.limit_persists);
    let found = words(&diagnosis);
    // Said once, however much is typed. Never "simulated": what was pasted is real.
    if known.as_ref().map(words).as_ref() != Some(&found) {
        model.announcement = found;
    }
    doctor.diagnosis = Some(diagnosis);
}

/// What a diagnosis says in one sentence.
fn words(diagnosis: &Diagnosed) -> String {
    match diagnosis {
        Diagnosed::Explained(explanation) => explanation.spoken(),
        other => other.sentence().unwrap_or_default().to_owned(),
    }
}

/// What is said of the secrets in a text that were masked.
pub(super) fn masked_words(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "One secret in it was masked. ".to_owned(),
        count => format!("{count} secrets in it were masked. "),
    }
}

/// The error doctor as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoctorView {
    /// What was done to the text: secrets masked, the rest of a long one dropped.
    pub changes: String,
    /// An error that is explained.
    pub explanation: Option<Explanation>,
    /// What is said where nothing is explained.
    pub sentence: &'static str,
    /// The box that decides between two causes, and whether it is ticked.
    pub limit_persists: Option<bool>,
}

impl Model {
    /// The error doctor.
    pub fn doctor_view(&self) -> DoctorView {
        let doctor = &self.doctor;
        let (explanation, sentence) = match doctor.diagnosis.as_ref() {
            Some(Diagnosed::Explained(explanation)) => (Some(explanation.clone()), ""),
            other => (None, other.and_then(Diagnosed::sentence).unwrap_or_default()),
        };
        let mut changes = masked_words(doctor.masked);
        if doctor.cut {
            changes.push_str("Only the first megabyte is looked at; the rest was dropped.");
        }
        let limit_persists = doctor.asks_about_limit().then_some(doctor.limit_persists);
        DoctorView { changes, explanation, sentence, limit_persists }
    }
}
