//! The error doctor: a field for an error that happened somewhere else, and its explanation. Nothing is sent.

use leptos::prelude::*;

use crate::core::app::{DoctorView, Msg, TextField};
use crate::core::explain::Explanation;
use crate::shell::field_id;
use crate::shell::runtime::Slice;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, explanation, keep_masked, tick, typed};

/// Field and diagnosis.
pub(super) fn view(handle: Handle, doctor: Slice<DoctorView>) -> El {
    let field = el("TEXTAREA")
        .class("doctor-field")
        .id(field_id(TextField::Doctor))
        .attr("rows", "6")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("aria-describedby", "doctor-hint")
        .attr("placeholder", "Error code: 429 - {'object': 'error', 'message': 'Rate limit exceeded', …}")
        .on("beforeinput", keep_masked(handle, |model| model.doctor.masked > 0))
        .on("input", typed(handle, TextField::Doctor));
    el("SECTION")
        .class("doctor")
        .id("doctor")
        .attr("aria-labelledby", "doctor-heading")
        .el(el("H2").id("doctor-heading").text("Error doctor"))
        .el(el("P").class("note").id("doctor-hint").text(
            "An error in your own program? Paste it: a status and body, a stack trace, a log line, or all that curl -i \
             prints. It is read in this page and sent nowhere; keys in it are masked at once.",
        ))
        .el(el("LABEL").class("key-label").attr("for", "error-text").text("The error, as it was printed"))
        .el(field)
        .child(live(move || doctor.with(|doctor| findings(handle, doctor).draw())))
}

fn findings(handle: Handle, doctor: &DoctorView) -> El {
    let changes = (!doctor.changes.is_empty())
        .then(|| el("P").class("note").id("doctor-masked").text(doctor.changes.clone()));
    let sentence = (!doctor.sentence.is_empty())
        .then(|| el("P").class("note").id("doctor-sentence").text(doctor.sentence));
    el("DIV")
        .class("findings")
        .maybe(changes)
        .maybe(sentence)
        .maybe(doctor.limit_persists.map(|ticked| limit_box(handle, ticked)))
        .maybe(doctor.explanation.as_ref().map(diagnosis))
}

fn limit_box(handle: Handle, ticked: bool) -> El {
    tick(
        "limit-persists",
        "It was the first call of this model, a minute later the answer is the same, and another model answers.",
        ticked,
        move |event| handle.send(Msg::LimitPersists(event_target_checked(&event))),
    )
}

fn diagnosis(explained: &Explanation) -> El {
    let entry = explained.entry();
    let body = el("DIV")
        .class("verdict-body")
        .el(explanation::title(explained, "diagnosis-heading"))
        .el(explanation::advice(explained))
        .maybe(explanation::facts(explained))
        .el(el("DIV")
            .class("verdict-foot")
            .el(explanation::why(explained))
            .maybe(explanation::guide(explained)));
    explanation::frame(entry, "diagnosis", "diagnosis-heading", body)
}
