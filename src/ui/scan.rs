//! The access scan above the model table: what it would do and cost, how far it is, what came of it.

use leptos::prelude::*;

use crate::core::access::Pace;
use crate::core::app::{Msg, Offering, Progress, Resume, ScanView, Tick};
use crate::core::models::Access;
use crate::shell::runtime::Slice;
use crate::ui::demo::simulated;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, aria, button, explanation, tick};

/// The panel, as long as there are models.
pub(super) fn view(handle: Handle, scan: Slice<Option<ScanView>>) -> AnyView {
    live(move || scan.with(|scan| scan.as_ref().map(|scan| panel(handle, scan).draw()).into_any()))
}

fn panel(handle: Handle, scan: &ScanView) -> El {
    let heading = el("H3")
        .class("panel-head")
        .id("scan-heading")
        .attr("tabindex", "-1")
        .attr("data-scan-summary", "")
        .text(scan.headline.clone());
    let title = el("DIV").class("panel-title").el(heading).maybe(scan.simulated.then(simulated));
    el("SECTION")
        .class("panel")
        .id("scan")
        .attr("aria-labelledby", "scan-heading")
        .attr("data-scan", scan.phase)
        .el(title)
        .maybe(scan.progress.as_ref().map(bar))
        .el(el("P").class("panel-words").text(scan.sentence.clone()))
        .maybe(spent(&scan.spent))
        .maybe(scan.halt.as_ref().map(explanation::brief))
        .maybe((!scan.theory.is_empty()).then(|| el("P").class("note").id("scan-theory").text(scan.theory)))
        .maybe(parts(handle, scan))
        .el(if scan.phase == "running" { stop(handle, scan) } else { offer(handle, scan) })
}

fn bar(progress: &Progress) -> El {
    el("DIV")
        .class("panel-progress")
        .el(el("PROGRESS")
            .class("bar-of")
            .attr("max", progress.total.to_string())
            .attr("value", progress.settled.to_string())
            .attr("aria-label", "Models checked"))
        .el(el("SPAN").class("measured").id("scan-left").text(progress.left.clone()))
        .el(el("SPAN").class("note").text("left"))
}

fn spent(words: &str) -> Option<El> {
    (!words.is_empty()).then(|| el("P").class("note measured-words").id("scan-spent").text(words.to_owned()))
}

/// A chip for each kind of outcome: shows only these models.
fn parts(handle: Handle, scan: &ScanView) -> Option<El> {
    let chip = |(access, count): &(Access, usize)| {
        button(handle, "chip", access.label(), Msg::AccessToggled(*access))
            .attr("data-access-facet", access.name())
            .attr("aria-pressed", aria(scan.chosen == Some(*access)))
            .text(" ")
            .el(el("SPAN").class("chip-count").text(count.to_string()))
    };
    (!scan.parts.is_empty()).then(|| {
        el("DIV")
            .class("chips")
            .attr("role", "group")
            .attr("aria-label", "Show only models that are")
            .els(scan.parts.iter().map(chip))
    })
}

fn stop(handle: Handle, scan: &ScanView) -> El {
    el("DIV")
        .class("panel-go")
        .el(button(handle, "button", "Stop the scan", Msg::ScanStopped).id("stop-scan"))
        .el(pace(handle, scan.offer.choice.pace))
}

/// The button with its price, and what can be chosen before it is pressed.
fn offer(handle: Handle, scan: &ScanView) -> El {
    let Offering { requests, price, notes, unpriced, unlisted, choice, waits } = &scan.offer;
    let again = scan.phase != "ready";
    let word = if again { "Scan all again" } else { "Scan the models" };
    let class = if again { "button" } else { "button button-go" };
    let price = el("P")
        .class("price-tag")
        .id("scan-price")
        .text("At most ")
        .el(el("B").class("measured").text(price.clone()))
        .text(" in all. ")
        .text(requests.clone())
        .text(".");
    let boxed = |words: &Option<String>, id, ticked, which| {
        words.clone().map(|words| tick(id, words, ticked, move |_| handle.send(Msg::ScanBoxTicked(which))))
    };
    let options =
        el("DETAILS").class("fold").id("scan-options").el(el("SUMMARY").text("Pace and options")).el(el(
            "DIV",
        )
        .class("options")
        .el(pace(handle, choice.pace))
        .maybe(boxed(unlisted, "scan-unlisted", choice.unlisted, Tick::Unlisted))
        .maybe(boxed(unpriced, "scan-unpriced", choice.unpriced, Tick::Unpriced))
        .maybe(boxed(
            &Some(
                "Ask chat models without generating anything (max_tokens −1): free if Mistral still refuses such calls last of all"
                    .to_owned(),
            ),
            "scan-zero",
            choice.zero_tokens,
            Tick::ZeroTokens,
        ))
        .el(el("UL").class("notes").els(notes.iter().map(|note| el("LI").text(note.clone())))));
    el("DIV")
        .class("panel-offer")
        .maybe(scan.resume.as_ref().map(|resume| go_on(handle, resume)))
        .el(el("DIV")
            .class("panel-go")
            .el(button(handle, class, word, Msg::ScanPressed)
                .id("start-scan")
                .attr("aria-describedby", "scan-price")
                .attr_maybe("aria-disabled", waits.map(|_| "true")))
            .el(price))
        .maybe(waits.map(|waits| el("P").class("state-warn").id("scan-waits").text(waits)))
        .el(options)
}

/// Taking the scan up again, with its price.
fn go_on(handle: Handle, resume: &Resume) -> El {
    let press = button(handle, "button button-go", resume.words.clone(), Msg::ScanResumed)
        .id("resume-scan")
        .attr("aria-describedby", "resume-price");
    let price = el("P")
        .class("price-tag")
        .id("resume-price")
        .text("At most ")
        .el(el("B").class("measured").text(resume.worst.rounded_up()))
        .text(" more, a token for each.");
    el("DIV").class("panel-go").el(press).el(price)
}

/// The choice of pace.
fn pace(handle: Handle, chosen: Pace) -> El {
    let chip = |pace: Pace| {
        button(handle, "chip", pace.label(), Msg::PaceChosen(pace))
            .attr("data-pace", pace.name())
            .attr("aria-pressed", aria(chosen == pace))
    };
    el("DIV")
        .class("chips")
        .attr("role", "group")
        .attr("aria-label", "Requests")
        .el(el("SPAN").class("note").text("Requests:"))
        .els(Pace::ALL.map(chip))
}
