//! The access scan above the model table: what it would do and cost, how far it is, what came of it.

use leptos::prelude::*;

use crate::core::access::Pace;
use crate::core::app::{ModelTableMsg, Msg, Offering, Resume, ScanMsg, ScanView, Tick};
use crate::core::models::Access;
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{b, details, div, h3, li, p, section, span, summary, ul};
use crate::ui::{Handle, bar, button, button_at, explanation, spent, tick};

/// The panel, as long as there are models.
pub(super) fn view(handle: Handle, scan: Shown<Option<ScanView>>) -> AnyView {
    live(move || scan.with(|scan| scan.as_ref().map(|scan| panel(handle, scan))))
}

/// The panel, from what the scan is about to what can be pressed.
fn panel(handle: Handle, scan: &ScanView) -> El {
    let heading = h3()
        .class("panel-head")
        .id("scan-heading")
        .tabindex("-1")
        .data_scan_summary("")
        .child(scan.headline.clone());
    section().class("panel").id("scan").aria_labelledby("scan-heading").data_scan(scan.phase).child((
        heading,
        scan.progress.as_ref().map(|so_far| bar("Models checked", "scan-left", so_far)),
        p().class("panel-words").child(scan.sentence.clone()),
        spent("scan-spent", &scan.spent),
        scan.halt.as_ref().map(explanation::brief),
        (!scan.zero_token_probe.is_empty())
            .then(|| p().class("note").id("scan-zero-token-probe").child(scan.zero_token_probe)),
        parts(handle, scan),
        if scan.phase == "running" { stop(handle, scan) } else { offer(handle, scan) },
    ))
}

/// A chip for each kind of outcome: shows only these models.
fn parts(handle: Handle, scan: &ScanView) -> Option<El> {
    let chip = |(access, count): &(Access, usize)| {
        button(handle, "chip", access.label(), Msg::ModelTable(ModelTableMsg::AccessToggled(*access)))
            .data_access_facet(access.name())
            .aria_pressed(scan.chosen == Some(*access))
            .child((" ", span().class("chip-count").child(count.to_string())))
    };
    (!scan.parts.is_empty()).then(|| {
        div()
            .class("chips")
            .role("group")
            .aria_label("Show only models that are")
            .child(scan.parts.iter().map(chip))
    })
}

/// The button that ends the scan, and its pace.
fn stop(handle: Handle, scan: &ScanView) -> El {
    div().class("panel-go").child((
        button(handle, "button", "Stop the scan", Msg::Scan(ScanMsg::Stopped)).id("stop-scan"),
        pace(handle, scan.offer.choice.pace),
    ))
}

/// The button with its price, and what can be chosen before it is pressed.
fn offer(handle: Handle, scan: &ScanView) -> El {
    let Offering { requests, price, notes, unpriced, unlisted, choice, waits } = &scan.offer;
    let again = scan.phase != "ready";
    let word = if again { "Scan all again" } else { "Scan the models" };
    let class = if again { "button" } else { "button button-go" };
    let price_tag = p().class("price-tag").id("scan-price").child((
        "At most ",
        b().class("measured").child(price.clone()),
        " in all. ",
        requests.clone(),
        ".",
    ));
    let boxed = |words: &Option<String>, id, ticked, which| {
        words
            .clone()
            .map(|words| tick(id, words, ticked, move |_| handle.send(Msg::Scan(ScanMsg::BoxTicked(which)))))
    };
    let options = details().class("fold").id("scan-options").child((
        summary().child("Pace and options"),
        div().class("options").child((
            pace(handle, choice.pace),
            boxed(unlisted, "scan-unlisted", choice.unlisted, Tick::Unlisted),
            boxed(unpriced, "scan-unpriced", choice.unpriced, Tick::Unpriced),
            boxed(
                &Some(
                    "Ask chat models without generating anything (max_tokens −1): free if Mistral still \
                     refuses such calls last of all"
                        .to_owned(),
                ),
                "scan-zero",
                choice.zero_tokens,
                Tick::ZeroTokens,
            ),
            ul().class("notes").child(notes.iter().map(|note| li().child(note.clone()))),
        )),
    ));
    div().class("panel-offer").child((
        scan.resume.as_ref().map(|resume| go_on(handle, resume)),
        div().class("panel-go").child((
            button_at(handle, class, word, price, Msg::Scan(ScanMsg::Pressed))
                .id("start-scan")
                .aria_describedby("scan-price")
                .aria_disabled(waits.map(|_| true)),
            price_tag,
        )),
        waits.map(|waits| p().class("state-warn").id("scan-waits").child(waits)),
        options,
    ))
}

/// Taking the scan up again, with its price.
fn go_on(handle: Handle, resume: &Resume) -> El {
    let press = button(handle, "button button-go", resume.words.clone(), Msg::Scan(ScanMsg::Resumed))
        .id("resume-scan")
        .aria_describedby("resume-price");
    let price = p().class("price-tag").id("resume-price").child((
        "At most ",
        b().class("measured").child(resume.worst.rounded_up()),
        " more, a token for each.",
    ));
    div().class("panel-go").child((press, price))
}

/// The choice of pace.
fn pace(handle: Handle, chosen: Pace) -> El {
    let chip = |pace: Pace| {
        button(handle, "chip", pace.label(), Msg::Scan(ScanMsg::PaceChosen(pace)))
            .data_pace(pace.name())
            .aria_pressed(chosen == pace)
    };
    div()
        .class("chips choose")
        .role("group")
        .aria_label("Requests")
        .child((span().class("note").child("Requests:"), Pace::ALL.map(chip)))
}
