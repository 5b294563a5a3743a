//! The error doctor: a field for an error that happened somewhere else, and its explanation. Nothing is sent.

use leptos::prelude::*;

use crate::core::app::{Copyable, DoctorMsg, DoctorView, ExcerptLine, Model, Msg, Piece, TextField, ToCopy};
use crate::core::doctor::examples::Example;
use crate::core::explain::Explanation;
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{code, div, h2, h3, label, li, mark, ol, p, section, span};
use crate::ui::{Handle, button, copy_word, examples, explanation, paste_field, tick};

/// Field and diagnosis: side by side where there is room, with the marked text below the field.
pub(super) fn view(handle: Handle, doctor: Shown<DoctorView>) -> El {
    let field = paste_field(handle, TextField::Doctor, Model::doctor_is_masked)
        .rows("6")
        .aria_describedby("doctor-hint")
        .placeholder("Error code: 429 - {'object': 'error', 'message': 'Rate limit exceeded', …}");
    let example =
        |example: Example| (example.name(), example.label(), Msg::Doctor(DoctorMsg::ExampleChosen(example)));
    let pasted = div().class("pasted").child((
        label().class("key-label").r#for("error-text").child("The error, as it was printed"),
        field,
        div().class("paste-tools").child((
            span().class("note").child("Examples:"),
            examples(handle, "Examples of errors", Example::ALL.map(example)),
            live(move || doctor.with(|doctor| doctor.text.as_ref().map(|text| done(handle, text)))),
        )),
        live(move || doctor.with(|doctor| excerpt(&doctor.excerpt))),
    ));
    section().class("doctor").aria_labelledby("doctor-heading").child((
        h2().id("doctor-heading").tabindex("-1").child("Error doctor"),
        p().class("note").id("doctor-hint").child(
            "Your own program shows an error? Paste it: a status and body, a stack trace, a log line, or all \
             that curl -i prints. The text is read in this page and sent nowhere. Keys in it are masked at \
             once.",
        ),
        div()
            .class("paste-and-meaning")
            .child((pasted, live(move || doctor.with(|doctor| findings(handle, doctor))))),
    ))
}

/// What can be done with a text that is there.
fn done(handle: Handle, text: &ToCopy) -> El {
    let word = copy_word(text.copied, "Copy the masked text");
    let copy = Msg::CopyPressed(Copyable::MaskedText, text.text.words().to_owned());
    span().class("paste-done").child((
        button(handle, "link", word, copy).id("copy-masked"),
        button(handle, "link", "Clear", Msg::Doctor(DoctorMsg::Cleared)).id("clear-error"),
    ))
}

/// The lines around the words that decided, which are marked.
fn excerpt(lines: &[ExcerptLine]) -> Option<El> {
    let line = |line: &ExcerptLine| {
        let pieces = line.pieces.iter().map(|piece| match piece {
            Piece::Plain(words) => span().child(words.words().to_owned()),
            Piece::Marked(words) => mark().child(words.words().to_owned()),
            Piece::Gap => span().class("excerpt-gap").child("…"),
        });
        let class = if line.follows_gap { "excerpt-line excerpt-after-gap" } else { "excerpt-line" };
        li().class(class).value(line.number.to_string()).child(code().child(pieces.collect::<Vec<_>>()))
    };
    (!lines.is_empty()).then(|| {
        div().class("excerpt").id("doctor-marked").child((
            h3().class("next-head").child("What decided"),
            ol().class("excerpt-lines").child(lines.iter().map(line).collect::<Vec<_>>()),
        ))
    })
}

/// What was masked, what there is to say, and the diagnosis.
fn findings(handle: Handle, doctor: &DoctorView) -> El {
    let changes = (!doctor.changes.is_empty())
        .then(|| p().class("note").id("doctor-masked").child(doctor.changes.clone()));
    let sentence =
        (!doctor.sentence.is_empty()).then(|| p().class("note").id("doctor-sentence").child(doctor.sentence));
    let explained = doctor.explanation.as_ref().zip(doctor.markdown.as_ref());
    div().class("findings").child((
        changes,
        sentence,
        doctor.limit_persists.map(|ticked| limit_box(handle, ticked)),
        explained.map(|(explained, markdown)| diagnosis(handle, explained, markdown)),
    ))
}

/// The box that tells a limit that lasts from one that passes.
fn limit_box(handle: Handle, ticked: bool) -> El {
    tick(
        "limit-persists",
        "Another model answers, and this one is refused even a minute later.",
        ticked,
        move |event| handle.send(Msg::Doctor(DoctorMsg::LimitPersists(event_target_checked(&event)))),
    )
}

/// The card of a diagnosis, built like a verdict's.
fn diagnosis(handle: Handle, explained: &Explanation, markdown: &ToCopy) -> El {
    let entry = explained.entry();
    let word = copy_word(markdown.copied, "Copy the explanation");
    let copy = Msg::CopyPressed(Copyable::Explanation, markdown.text.words().to_owned());
    let body = div().class("verdict-body").child((
        explanation::title(explained, entry.verdict, "diagnosis-heading"),
        explanation::advice(explained),
        explanation::facts(explained),
        div().class("verdict-footer").child((
            explanation::why(explained),
            button(handle, "link", word, copy).id("copy-explanation"),
            explanation::guide(explained),
        )),
    ));
    explanation::frame(explained, entry.verdict, "diagnosis", "diagnosis-heading", body)
}
