//! What moves, what ends, and what becomes of the models that a program names.

use crate::core::app::{Copyable, CorrectedView, LifecycleMsg, LifecycleView, Model, Msg, TextField};
use crate::core::lifecycle::examples::Example;
use crate::core::lifecycle::{Checked, Ending, Finding, Pointer, Replaced};
use crate::core::time::Date;
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{code, details, div, h2, h3, label, li, p, section, span, summary, ul};
use crate::ui::{Handle, button, copy_word, examples, paste_field};

/// A megabyte can name 50 000 models, and a browser takes seconds to draw as many.
const MOST_DRAWN: usize = 100;

/// Replaced ids that are drawn.
const MOST_REPLACED: usize = 20;

/// The field is there without a key as well.
pub(super) fn view(handle: Handle, lifecycle: Shown<LifecycleView>) -> El {
    let field = paste_field(handle, TextField::Code, Model::code_is_masked)
        .rows("5")
        .aria_describedby("lifecycle-hint")
        .placeholder("model = \"mistral-large-2411\"");
    let example = |example: Example| {
        (example.name(), example.label(), Msg::Lifecycle(LifecycleMsg::ExampleChosen(example)))
    };
    section().class("doctor").aria_labelledby("lifecycle-heading").child((
        h2().id("lifecycle-heading").tabindex("-1").child("Check the models in your code"),
        p().class("note").id("lifecycle-hint").child(
            "Paste code or configuration. Every Mistral model in it is listed with its lines and its state. \
             The text is read in this page and sent nowhere. Keys in it are masked at once.",
        ),
        label().class("key-label").r#for("code-text").child("Code or configuration"),
        field,
        div().class("paste-tools").child((
            span().class("note").child("Examples:"),
            examples(handle, "Examples of code", Example::ALL.map(example)),
            live(move || lifecycle.with(|lifecycle| lifecycle.has_text.then(|| clear(handle)))),
        )),
        live(move || lifecycle.with(|lifecycle| found(handle, lifecycle))),
        live(move || lifecycle.with(|lifecycle| moving(handle, lifecycle))),
    ))
}

/// The button that empties the field.
fn clear(handle: Handle) -> El {
    button(handle, "link", "Clear", Msg::Lifecycle(LifecycleMsg::Cleared)).id("clear-code")
}

/// What the pasted text names, and what was not looked at.
fn found(handle: Handle, lifecycle: &LifecycleView) -> El {
    let Some(checked) = &lifecycle.checked else { return div() };
    let Checked { findings, cut, .. } = checked.as_ref();
    let more = findings.len().checked_sub(MOST_DRAWN).filter(|more| *more > 0);
    let more = more.map(|more| {
        let words = format!("The first {MOST_DRAWN}, the most pressing first. {more} more are not drawn.");
        p().class("note").id("more-findings").child(words)
    });
    let cut = cut.then(|| p().class("note").child("Only the first megabyte was read. The rest was dropped."));
    let masked = (!lifecycle.changes.is_empty())
        .then(|| p().class("note").id("code-masked").child(lifecycle.changes.clone()));
    let listed = findings.iter().take(MOST_DRAWN).map(|found| finding(handle, lifecycle, found));
    div().class("findings").id("code-findings").child((
        masked,
        ul().class("check-list").child(listed.collect::<Vec<_>>()),
        more,
        p().class("note").child(lifecycle.against.clone()),
        cut,
        lifecycle.corrected.as_ref().map(|text| corrected(handle, text)),
    ))
}

/// A model that the text names, with its lines and its state.
fn finding(handle: Handle, lifecycle: &LifecycleView, finding: &Finding) -> El {
    let class = match finding.state.name() {
        "retired" => "state-bad",
        "retiring" | "unknown" => "state-warn",
        "fine" => "state-good",
        _ => "state-none",
    };
    let better = finding.state.replacement().map(|id| replacement(handle, lifecycle, id));
    li().class("check").data_code_model(finding.id.clone()).data_code_state(finding.state.name()).child((
        div().class("check-head").child((
            code().class("model-id").child(finding.id.clone()),
            span().class(class).child(finding.state.label()),
            span().class("note measured-words").child(finding.place()),
        )),
        p().class("check-words").child(finding.sentence.clone()),
        better,
    ))
}

/// The id to write instead, and a button that copies it.
fn replacement(handle: Handle, lifecycle: &LifecycleView, id: &str) -> El {
    let copied = lifecycle.copied_id.as_ref().filter(|(copied, _)| copied == id);
    let word = copy_word(copied.map(|(_, succeeded)| *succeeded), "Copy");
    let copy = button(handle, "copy", word, Msg::CopyPressed(Copyable::ModelId, id.to_owned()));
    p().class("check-words replacement").child((
        "Use ",
        code().class("model-id").child(id.to_owned()),
        copy.aria_label(format!("{word} {id}")),
    ))
}

/// The text with better ids in it, to copy, and what was replaced.
fn corrected(handle: Handle, corrected: &CorrectedView) -> El {
    let word = copy_word(corrected.copied, "Copy the corrected code");
    let copy = Msg::CopyPressed(Copyable::MaskedText, corrected.text.words().to_owned());
    let more = corrected.replaced.len().checked_sub(MOST_REPLACED).filter(|more| *more > 0);
    let replaced = |replaced: &Replaced| {
        li().class("pointer").child((
            span().class("note measured-words").child(format!("line {}", replaced.line)),
            code().class("model-id").child(replaced.from.clone()),
            span().class("note").child("→"),
            code().class("model-id").child(replaced.to.clone()),
        ))
    };
    div().class("panel").id("corrected").child((
        h3().class("panel-head").child("Your code with these ids replaced"),
        ul().class("pointers").child(corrected.replaced.iter().take(MOST_REPLACED).map(replaced)),
        more.map(|more| p().class("note").child(format!("{more} more are replaced as well."))),
        div().class("panel-go").child(button(handle, "button", word, copy).id("copy-corrected")),
    ))
}

/// Where names point today, and which models end: of the key's list, or all that is known.
fn moving(handle: Handle, lifecycle: &LifecycleView) -> El {
    let endings = || {
        let ending = |end: &Ending| ending(handle, lifecycle, end);
        ul().class("endings").child(lifecycle.endings.iter().map(ending).collect::<Vec<_>>())
    };
    if !lifecycle.is_listed {
        return details().class("fold").id("endings").child((
            summary().child("When models retire"),
            p().class("note").child("Models that are due to retire come first, then those that have."),
            endings(),
        ));
    }
    let none = || p().class("note").child("No listed model has a retirement date.");
    div().class("panels").child((
        div().class("panel").id("pointers").child((
            h3().class("panel-head").child("What each “-latest” name means today"),
            ul().class("pointers")
                .child(lifecycle.pointers.iter().map(|alias| pointer(alias, lifecycle.today))),
        )),
        div().class("panel").id("endings").child((
            h3().class("panel-head").child("When models retire"),
            if lifecycle.endings.is_empty() { none() } else { endings() },
        )),
    ))
}

/// An alias, the model it means, and when that ends.
fn pointer(pointer: &Pointer, today: Date) -> El {
    let end = pointer.retirement.as_ref();
    let ends = end.map(|end| span().class("state-warn").child(end.sentence(today)));
    let replacement = end.and_then(|end| end.replacement.as_ref());
    let replacement = replacement.map(|id| span().class("note").child(format!("use {id}")));
    li().class("pointer").child((
        code().class("model-id").child(pointer.alias.clone()),
        span().class("note").child("→"),
        code().class("model-id").child(pointer.model.clone()),
        ends,
        replacement,
    ))
}

/// Models that end alike: when, which, and what to use instead.
fn ending(handle: Handle, lifecycle: &LifecycleView, end: &Ending) -> El {
    let class = if end.is_ahead(lifecycle.today) { "state-warn" } else { "state-none" };
    let names = end.names.iter().map(|name| code().class("model-id").child(name.clone()));
    li().class("ending").child((
        span().class(class).child(end.words(lifecycle.today)),
        div().class("ending-names").child(names.collect::<Vec<_>>()),
        end.replacement.as_deref().map(|id| replacement(handle, lifecycle, id)),
    ))
}
