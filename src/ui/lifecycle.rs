//! What moves, what ends, and what becomes of the models that a program names.

use crate::core::app::{LifecycleView, Model, TextField};
use crate::core::lifecycle::{Checked, Finding, Pointer};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{code, div, h2, h3, label, li, p, section, span, ul};
use crate::ui::{Handle, paste_field};

/// A megabyte can name 50 000 models, and a browser takes seconds to draw as many.
const MOST_DRAWN: usize = 100;

/// The field is there without a key as well.
pub(super) fn view(handle: Handle, lifecycle: Shown<LifecycleView>) -> El {
    let field = paste_field(handle, TextField::Code, Model::code_is_masked)
        .rows("5")
        .aria_describedby("lifecycle-hint")
        .placeholder("model = \"mistral-large-2411\"");
    section().class("doctor").aria_labelledby("lifecycle-heading").child((
        h2().id("lifecycle-heading").tabindex("-1").child("Do your models still exist?"),
        p().class("note").id("lifecycle-hint").child(
            "Paste code or configuration: every Mistral model in it is listed with its lines and what \
             becomes of it. It is read in this page and sent nowhere; keys in it are masked at once.",
        ),
        label().class("key-label").r#for("code-text").child("Code or configuration"),
        field,
        live(move || lifecycle.with(found)),
        live(move || lifecycle.with(moving)),
    ))
}

/// What the pasted text names, and what was not looked at.
fn found(lifecycle: &LifecycleView) -> El {
    let Some(checked) = &lifecycle.checked else { return div() };
    let Checked { findings, cut, .. } = checked.as_ref();
    let more = findings.len().checked_sub(MOST_DRAWN).filter(|more| *more > 0);
    let more = more.map(|more| {
        let words = format!("The first {MOST_DRAWN}, the most pressing first. {more} more are not drawn.");
        p().class("note").id("more-findings").child(words)
    });
    let cut =
        cut.then(|| p().class("note").child("Only the first megabyte is looked at; the rest was dropped."));
    let masked = (!lifecycle.changes.is_empty())
        .then(|| p().class("note").id("code-masked").child(lifecycle.changes.clone()));
    div().class("findings").id("code-findings").child((
        masked,
        ul().class("check-list").child(findings.iter().take(MOST_DRAWN).map(finding)),
        more,
        p().class("note").child(lifecycle.against.clone()),
        cut,
    ))
}

/// A model that the text names, with its lines and what becomes of it.
fn finding(finding: &Finding) -> El {
    let class = match finding.state.name() {
        "retired" => "state-bad",
        "retiring" | "unknown" => "state-warn",
        "fine" => "state-good",
        _ => "state-none",
    };
    li().class("check").data_code_model(finding.id.clone()).data_code_state(finding.state.name()).child((
        div().class("check-head").child((
            code().child(finding.id.clone()),
            span().class(class).child(finding.state.name()),
            span().class("note measured-words").child(finding.place()),
        )),
        p().class("check-words").child(finding.sentence.clone()),
    ))
}

/// Where names point today, and which models end; of the key's list.
fn moving(lifecycle: &LifecycleView) -> El {
    let pointer = |pointer: &Pointer| {
        let end = pointer.retirement.as_ref();
        let ends = end.map(|end| span().class("state-warn").child(end.sentence(lifecycle.today)));
        let replacement = end.and_then(|end| end.replacement.as_ref());
        let replacement = replacement.map(|id| span().class("note").child(format!("use {id}")));
        li().class("pointer").child((
            code().child(pointer.alias.clone()),
            span().class("note").child("→"),
            code().child(pointer.model.clone()),
            ends,
            replacement,
        ))
    };
    if lifecycle.pointers.is_empty() && lifecycle.endings.is_empty() {
        return div();
    }
    div().class("panels").child((
        div().class("panel").id("pointers").child((
            h3().class("panel-head").child("Where each “-latest” points today"),
            ul().class("pointers").child(lifecycle.pointers.iter().map(pointer)),
        )),
        div().class("panel").id("endings").child((
            h3().class("panel-head").child("Models that end"),
            lifecycle.endings.iter().map(|words| p().child(words.clone())),
            lifecycle
                .endings
                .is_empty()
                .then(|| p().class("note").child("None of the listed models has a date for its end.")),
        )),
    ))
}
