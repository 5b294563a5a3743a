//! The verdict card.

use crate::core::app::{Card, Figure, KeyState, KeyTestMsg, Msg, Outcome, ReportMsg, Strip};
use crate::ui::element::El;
use crate::ui::html::{dd, details, div, dl, dt, h2, i, p, section, summary as fold};
use crate::ui::{Handle, button, copy_word, explanation, offer, raw, round_trip, stop};

/// The card: waiting, or an outcome.
pub(super) fn view(handle: Handle, card: &Card) -> El {
    match card {
        Card::Running { asking, simulated } => waiting(handle, asking, *simulated),
        Card::Outcome(outcome) => outcome_card(handle, outcome),
    }
}

/// The card until there is an answer.
fn waiting(handle: Handle, asking: &'static str, simulated: bool) -> El {
    let flame_bar = div().class("flame-bar flame-bar-busy").aria_hidden(true).child([i(), i(), i(), i()]);
    section()
        .class("verdict verdict-waiting")
        .id("verdict")
        .aria_busy(true)
        .data_simulated(simulated.then_some(true))
        .child((flame_bar, h2().class("verdict-head").child(("Asking ", asking, "…")), stop(handle)))
}

/// The card of an outcome.
fn outcome_card(handle: Handle, outcome: &Outcome) -> El {
    let explained = &outcome.explanation;
    let body = div().class("verdict-body").child((
        explanation::title(explained, outcome.verdict, "verdict-heading"),
        outcome.searching.then(searching),
        explanation::advice(explained),
        (outcome.key == KeyState::HeldBack).then(|| send_anyway(handle)),
        offer::view(handle, &outcome.offers),
        outcome.retest.as_ref().map(|retest| offer::countdown(handle, retest)),
        explanation::facts(explained),
        outcome.empty_list_hint.map(|hint| p().class("state-warn").id("empty-list-hint").child(hint)),
        (!outcome.is_summed_up()).then(|| outcome.settled.then(|| card_footer(handle, outcome))).flatten(),
    ));
    explanation::frame(explained, outcome.verdict, "verdict", "verdict-heading", body)
        .data_searching(outcome.searching.then_some(true))
        .data_simulated(outcome.simulated.then_some(true))
}

/// Shown while the probes are made.
fn searching() -> El {
    p().class("note searching").id("searching").child("Looking for the reason, without the key…")
}

/// What stands behind the summary of a key that works: the rows come first.
pub(super) fn behind_summary(handle: Handle, card: &Card) -> Option<El> {
    match card {
        Card::Outcome(outcome) if outcome.is_summed_up() && outcome.settled => {
            Some(card_footer(handle, outcome))
        }
        Card::Outcome(_) | Card::Running { .. } => None,
    }
}

/// Evidence, raw text, the guide and the way out.
fn card_footer(handle: Handle, outcome: &Outcome) -> El {
    let copy = button(
        handle,
        "button",
        copy_word(outcome.copied, "Copy summary"),
        Msg::Report(ReportMsg::CopyPressed),
    );
    div().class("verdict-footer").child((
        copy.id("copy-summary"),
        explanation::why(&outcome.explanation).id("why"),
        outcome.strip.as_ref().map(|strip| trip(strip, &outcome.figures)),
        raw::view(
            handle,
            &outcome.raw,
            move |open| handle.send(Msg::KeyTest(KeyTestMsg::RawToggled { open })),
            Msg::KeyTest(KeyTestMsg::RawExtended),
        )
        .map(|raw| raw.id("raw")),
        explanation::guide(&outcome.explanation),
        forget(handle, &outcome.key),
    ))
}

/// The way out, as long as there is a key.
fn forget(handle: Handle, key: &KeyState) -> Option<El> {
    let held = matches!(key, KeyState::HeldBack | KeyState::Tested(_));
    held.then(|| button(handle, "link", "Forget this key", Msg::KeyForgotten).id("forget-key"))
}

/// The button that sends what does not look like a key.
fn send_anyway(handle: Handle) -> El {
    p().child(
        button(handle, "button", "Send it anyway", Msg::KeyTest(KeyTestMsg::SendAnyway)).id("send-anyway"),
    )
}

/// The round trip, folded: the summary has its median.
fn trip(strip: &Strip, of_it: &[Figure]) -> El {
    details().class("fold").id("trip").child((
        fold().child("Round trip"),
        figures(of_it),
        round_trip::view(strip),
    ))
}

/// The figures of a key that works.
fn figures(figures: &[Figure]) -> Option<El> {
    let figure = |figure: &Figure| {
        div().class("figure").child((
            dt().class("figure-label").child(figure.label.clone()),
            dd().class("figure-value").data_figure(figure.name).child(figure.value.clone()),
        ))
    };
    (!figures.is_empty()).then(|| dl().class("figures").child(figures.iter().map(figure)))
}
