//! The verdict card.

use crate::core::app::{Card, Figure, KeyFate, Msg, Outcome, Part};
use crate::ui::demo::simulated;
use crate::ui::element::{El, el};
use crate::ui::{Handle, button, explanation, offer, raw, round_trip};

/// The card: waiting, or an outcome.
pub(super) fn view(handle: Handle, card: &Card) -> El {
    match card {
        Card::Running { asking, simulated } => waiting(handle, asking, *simulated),
        Card::Outcome(outcome) => outcome_card(handle, outcome),
    }
}

fn waiting(handle: Handle, asking: &'static str, simulated: bool) -> El {
    let embers = el("DIV").class("embers embers-busy").attr("aria-hidden", "true").els([
        el("I"),
        el("I"),
        el("I"),
        el("I"),
    ]);
    el("SECTION")
        .class("verdict verdict-waiting")
        .id("verdict")
        .attr("aria-busy", "true")
        .attr_maybe("data-simulated", simulated.then_some("true"))
        .el(embers)
        .el(el("H2").class("verdict-head").text("Asking ").text(asking).text("…"))
        .el(stop(handle))
}

/// The one button that stops whatever is under way.
pub(super) fn stop(handle: Handle) -> El {
    button(handle, "button", "Stop", Msg::StopPressed).id("stop")
}

fn outcome_card(handle: Handle, outcome: &Outcome) -> El {
    let explained = &outcome.explanation;
    let entry = explained.entry();
    let body = el("DIV")
        .class("verdict-body")
        .el(explanation::title(explained, "verdict-heading").maybe(outcome.simulated.then(simulated)))
        .maybe(outcome.searching.then(searching))
        .maybe(tested(&outcome.key))
        .el(explanation::advice(explained))
        .maybe((outcome.key == KeyFate::HeldBack).then(|| send_anyway(handle)))
        .maybe(offer::view(handle, &outcome.offers))
        .maybe(outcome.retest.as_ref().map(|retest| offer::countdown(handle, retest)))
        .maybe(explanation::facts(explained))
        .maybe(figures(&outcome.figures))
        .maybe(outcome.lack.map(|lack| el("P").class("state-warn").id("lack").text(lack)))
        .maybe(outcome.strip.as_ref().map(|strip| round_trip::view(handle, strip)))
        .maybe(contents(&outcome.contents))
        .maybe(outcome.settled.then(|| foot(handle, outcome)));
    explanation::frame(entry, "verdict", "verdict-heading", body)
        .attr_maybe("data-searching", outcome.searching.then_some("true"))
        .attr_maybe("data-simulated", outcome.simulated.then_some("true"))
}

/// Shown while the probes are made.
fn searching() -> El {
    el("P").class("note searching").id("searching").text("Looking for the reason, without the key…")
}

/// Leads to what stands below.
fn contents(parts: &[Part]) -> Option<El> {
    let link = |part: &Part| el("A").attr("href", format!("#{}", part.id)).text(part.label);
    let nav = el("NAV").class("contents").attr("aria-label", "What is below");
    (!parts.is_empty()).then(|| nav.els(parts.iter().map(link)))
}

/// Evidence, raw text, the guide and the way out.
fn foot(handle: Handle, outcome: &Outcome) -> El {
    el("DIV")
        .class("verdict-foot")
        .el(explanation::why(&outcome.explanation).id("why"))
        .maybe(
            raw::view(&outcome.raw, move |open| handle.send(Msg::RawToggled { open }))
                .map(|raw| raw.id("raw")),
        )
        .maybe(explanation::guide(&outcome.explanation))
        .maybe(forget(handle, &outcome.key))
}

fn tested(key: &KeyFate) -> Option<El> {
    let KeyFate::Tested(which) = key else { return None };
    Some(el("P").class("verdict-tested").text(which.clone()))
}

fn forget(handle: Handle, key: &KeyFate) -> Option<El> {
    let held = matches!(key, KeyFate::HeldBack | KeyFate::Tested(_));
    held.then(|| button(handle, "link", "Forget this key", Msg::KeyForgotten).id("forget-key"))
}

fn send_anyway(handle: Handle) -> El {
    el("P").el(button(handle, "button", "It is a Mistral key: send it", Msg::SendAnyway).id("send-anyway"))
}

fn figures(figures: &[Figure]) -> Option<El> {
    let figure = |figure: &Figure| {
        el("DIV")
            .class("figure")
            .el(el("DT").class("figure-label").text(figure.label.clone()))
            .el(el("DD").class("figure-value").attr("data-figure", figure.name).text(figure.value.clone()))
    };
    (!figures.is_empty()).then(|| el("DL").class("figures").els(figures.iter().map(figure)))
}
