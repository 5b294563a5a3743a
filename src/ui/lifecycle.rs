//! What moves, what ends, and what becomes of the models that a program names.

use crate::core::app::{LifecycleView, TextField};
use crate::core::lifecycle::{Checked, Finding, Pointer};
use crate::shell::field_id;
use crate::shell::runtime::Slice;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, keep_masked, typed};

/// A megabyte can name 50 000 models, and a browser takes seconds to draw as many.
const MOST_DRAWN: usize = 100;

/// The field is there without a key as well.
pub(super) fn view(handle: Handle, lifecycle: Slice<LifecycleView>) -> El {
    let field = el("TEXTAREA")
        .class("doctor-field")
        .id(field_id(TextField::Code))
        .attr("rows", "5")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("aria-describedby", "lifecycle-hint")
        .attr("placeholder", "model = \"mistral-large-2411\"")
        .on("beforeinput", keep_masked(handle, |model| model.lifecycle.masked > 0))
        .on("input", typed(handle, TextField::Code));
    el("SECTION")
        .class("doctor")
        .id("lifecycle")
        .attr("aria-labelledby", "lifecycle-heading")
        .el(el("H2").id("lifecycle-heading").text("Do your models still exist?"))
        .el(el("P").class("note").id("lifecycle-hint").text(
            "Paste code or configuration: every Mistral model in it is listed with its lines and what becomes of it. It is read in this page and sent nowhere; keys in it are masked at once.",
        ))
        .el(el("LABEL").class("key-label").attr("for", "code-text").text("Code or configuration"))
        .el(field)
        .child(live(move || lifecycle.with(|lifecycle| found(lifecycle).draw())))
        .child(live(move || lifecycle.with(|lifecycle| moving(lifecycle).draw())))
}

fn found(lifecycle: &LifecycleView) -> El {
    let Some(checked) = &lifecycle.checked else { return el("DIV") };
    let Checked { findings, lines, cut } = checked.as_ref();
    let more = findings.len().checked_sub(MOST_DRAWN).filter(|more| *more > 0);
    let more = more.map(|more| {
        let words = format!("The first {MOST_DRAWN}, the most pressing first. {more} more are not drawn.");
        el("P").class("note").id("more-findings").text(words)
    });
    let cut = cut
        .then(|| el("P").class("note").text("Only the first megabyte is looked at; the rest was dropped."));
    let masked = (!lifecycle.changes.is_empty())
        .then(|| el("P").class("note").id("code-masked").text(lifecycle.changes.clone()));
    let words = if findings.is_empty() {
        format!("No Mistral model is named in these {lines} lines.")
    } else {
        lifecycle.against.to_owned()
    };
    el("DIV")
        .class("findings")
        .id("code-findings")
        .maybe(masked)
        .el(el("UL").class("check-list").els(findings.iter().take(MOST_DRAWN).map(finding)))
        .maybe(more)
        .el(el("P").class("note").text(words))
        .maybe(cut)
}

fn finding(finding: &Finding) -> El {
    let class = match finding.state.name() {
        "retired" => "state-bad",
        "retiring" | "unknown" => "state-warn",
        "fine" => "state-good",
        _ => "state-none",
    };
    let numbers: Vec<String> = finding.lines.iter().map(u32::to_string).collect();
    let more =
        if usize::try_from(finding.count).is_ok_and(|count| count > numbers.len()) { ", …" } else { "" };
    let word = if finding.count == 1 { "line" } else { "lines" };
    el("LI")
        .class("check")
        .attr("data-code-model", finding.id.clone())
        .attr("data-code-state", finding.state.name())
        .el(el("DIV")
            .class("check-head")
            .el(el("CODE").text(finding.id.clone()))
            .el(el("SPAN").class(class).text(finding.state.name()))
            .el(el("SPAN").class("note measured-words").text(format!("{word} {}{more}", numbers.join(", ")))))
        .el(el("P").class("check-words").text(finding.sentence.clone()))
}

/// Where names point today, and which models end; of the key's list.
fn moving(lifecycle: &LifecycleView) -> El {
    let pointer = |pointer: &Pointer| {
        let end = pointer.retirement.as_ref();
        let ends = end.map(|end| el("SPAN").class("state-warn").text(end.sentence(lifecycle.today)));
        let replacement = end.and_then(|end| end.replacement.as_ref());
        let replacement = replacement.map(|id| el("SPAN").class("note").text(format!("use {id}")));
        el("LI")
            .class("pointer")
            .el(el("CODE").text(pointer.alias.clone()))
            .el(el("SPAN").class("note").text("→"))
            .el(el("CODE").text(pointer.model.clone()))
            .maybe(ends)
            .maybe(replacement)
    };
    if lifecycle.pointers.is_empty() && lifecycle.endings.is_empty() {
        return el("DIV");
    }
    el("DIV")
        .class("panels")
        .el(el("DIV")
            .class("panel")
            .id("pointers")
            .el(el("H3").class("panel-head").text("Where each “-latest” points today"))
            .el(el("UL").class("pointers").els(lifecycle.pointers.iter().map(pointer))))
        .el(el("DIV")
            .class("panel")
            .id("endings")
            .el(el("H3").class("panel-head").text("Models that end"))
            .els(lifecycle.endings.iter().map(|words| el("P").text(words.clone())))
            .maybe(
                lifecycle
                    .endings
                    .is_empty()
                    .then(|| el("P").class("note").text("None of the listed models has a date for its end.")),
            ))
}
