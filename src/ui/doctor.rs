//! The error doctor: a field for an error that happened somewhere else, and its explanation. Nothing is sent.

use leptos::prelude::*;

use crate::core::app::{DoctorMsg, DoctorView, Model, Msg, TextField};
use crate::core::explain::Explanation;
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{div, h2, label, p, section};
use crate::ui::{Handle, explanation, paste_field, tick};

/// Field and diagnosis.
pub(super) fn view(handle: Handle, doctor: Shown<DoctorView>) -> El {
    let field = paste_field(handle, TextField::Doctor, Model::doctor_is_masked)
        .rows("6")
        .aria_describedby("doctor-hint")
        .placeholder("Error code: 429 - {'object': 'error', 'message': 'Rate limit exceeded', …}");
    section().class("doctor").aria_labelledby("doctor-heading").child((
        h2().id("doctor-heading").tabindex("-1").child("Error doctor"),
        p().class("note").id("doctor-hint").child(
            "An error in your own program? Paste it: a status and body, a stack trace, a log line, or all \
             that curl -i prints. It is read in this page and sent nowhere; keys in it are masked at once.",
        ),
        label().class("key-label").r#for("error-text").child("The error, as it was printed"),
        field,
        live(move || doctor.with(|doctor| findings(handle, doctor))),
    ))
}

/// What was masked, what there is to say, and the diagnosis.
fn findings(handle: Handle, doctor: &DoctorView) -> El {
    let changes = (!doctor.changes.is_empty())
        .then(|| p().class("note").id("doctor-masked").child(doctor.changes.clone()));
    let sentence =
        (!doctor.sentence.is_empty()).then(|| p().class("note").id("doctor-sentence").child(doctor.sentence));
    div().class("findings").child((
        changes,
        sentence,
        doctor.limit_persists.map(|ticked| limit_box(handle, ticked)),
        doctor.explanation.as_ref().map(diagnosis),
    ))
}

/// The box that tells a limit that lasts from one that passes.
fn limit_box(handle: Handle, ticked: bool) -> El {
    tick(
        "limit-persists",
        "It was the first call of this model, a minute later the answer is the same, and another model \
         answers.",
        ticked,
        move |event| handle.send(Msg::Doctor(DoctorMsg::LimitPersists(event_target_checked(&event)))),
    )
}

/// The card of a diagnosis, built like a verdict's.
fn diagnosis(explained: &Explanation) -> El {
    let entry = explained.entry();
    let body = div().class("verdict-body").child((
        explanation::title(explained, entry.verdict, "diagnosis-heading"),
        explanation::advice(explained),
        explanation::facts(explained),
        div().class("verdict-footer").child((explanation::why(explained), explanation::guide(explained))),
    ));
    explanation::frame(explained, entry.verdict, "diagnosis", "diagnosis-heading", body)
}
