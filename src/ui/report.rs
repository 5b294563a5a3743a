//! What can be done with a report, and a saved one that is shown.

use leptos::ev;

use crate::core::app::{LabMsg, ModelTableMsg, Msg, OwnerBox, ReportMsg, ReportView, ShownReport};
use crate::core::report::Told;
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::glyph::glyph;
use crate::ui::html::{
    code, dd, details, div, dl, dt, h2, h3, input, label, li, p, section, span, summary, ul,
};
use crate::ui::{Handle, button};

/// What did not leave the page, the fold, and below it the saved report. Fold and file field stay while all around changes: a browser
/// opens the one and fills the other.
pub(super) fn view(handle: Handle, report: Shown<ReportView>) -> El {
    div().class("report").child((
        live(move || report.with(|report| report.kept_back.clone().map(kept_back))),
        details().class("fold").id("report").child((
            summary().id("report-summary").child(live(move || report.with(|report| name(report.offered)))),
            live(move || report.with(|report| report.offered.then(|| presses(handle, report)))),
            drop_zone(handle),
        )),
        live(move || report.with(|report| report.shown.as_ref().map(|shown| saved(handle, shown)))),
    ))
}

/// What the fold is called.
const fn name(offered: bool) -> &'static str {
    if offered { "Report" } else { "Show a saved report" }
}

/// Why a text did not leave the page.
fn kept_back(why: String) -> El {
    div().class("notice").id("kept-back").child(p().class("state-warn").child(why))
}

/// What can be done with the outcome on the screen.
fn presses(handle: Handle, report: &ReportView) -> El {
    let press = |id: &'static str, words: &'static str, msg: Msg| button(handle, "button", words, msg).id(id);
    let (known, ticked) = match report.owner {
        OwnerBox::Unknown => (false, false),
        OwnerBox::Known { ticked } => (true, ticked),
    };
    let words =
        if known { "Include whose key it is" } else { "Include whose key it is (ask first, under Key)" };
    let tick = input()
        .r#type("checkbox")
        .id("report-owner")
        .checked(ticked)
        .disabled(!known)
        .on(ev::change, move |_| handle.send(Msg::Report(ReportMsg::OwnerTicked)));
    let owner = label().class("tick").child((tick, span().child(words)));
    div().class("panel-offer").child((
        if ticked {
            p().class("state-warn").child("Summary and report now name the owner of the key. Think before you post them.")
        } else {
            p().class("note").child(
                "Summary and report are safe to post: the key is in them only by its last four characters and a salted fingerprint.",
            )
        },
        owner,
        div().class("panel-go").child((
            press("save-key-report", "Save report (JSON)", Msg::Report(ReportMsg::SavePressed)),
            report.has_models.then(|| {
                press("save-report-models", "Save models (CSV)", Msg::ModelTable(ModelTableMsg::SavePressed))
            }),
            report.has_samples.then(|| {
                press("save-report-samples", "Save samples (CSV)", Msg::Lab(LabMsg::SaveSamplesPressed))
            }),
        )),
    ))
}

/// A field for a file that fills a box of its own, so that a file can be dropped anywhere in it.
fn drop_zone(handle: Handle) -> El {
    let file = input()
        .id("report-file")
        .r#type("file")
        .accept(".json,application/json")
        .on(ev::change, move |_| handle.send(Msg::Report(ReportMsg::FileChosen)));
    label().class("lab-drop").child((
        span().class("lab-drop-words").child("Drop a saved report here, or choose a file"),
        span().class("note").child("Shows it again. The file is read here and not uploaded."),
        file,
    ))
}

/// A saved report, or why it cannot be shown.
fn saved(handle: Handle, shown: &ShownReport) -> El {
    let close =
        button(handle, "button", "Close the report", Msg::Report(ReportMsg::Closed)).id("close-report");
    let frame = section().class("panel").id("shown-report").aria_labelledby("shown-heading");
    let heading = h2().class("panel-head").id("shown-heading").tabindex("-1");
    match shown {
        ShownReport::Unreadable(why) => frame.child((
            heading.child("This file cannot be shown"),
            p().class("state-warn").child(why.clone()),
            close,
        )),
        ShownReport::Read {
            title,
            simulated,
            verdict,
            cause,
            headline,
            meaning,
            told,
            evidence,
            changes,
        } => frame
            .data_verdict(verdict.name())
            .data_cause(*cause)
            .data_simulated(simulated.then_some(true))
            .child((
                heading.child(title.clone()),
                simulated.then(|| {
                    p().class("note").child("It was made in the demo: the answers in it are simulated.")
                }),
                div()
                    .class("verdict-title")
                    .child((glyph(*verdict), h3().class("verdict-head").child(*headline))),
                p().class("panel-words").child(*meaning),
                dl().class("facts").child(told.iter().map(fact)),
                list("Why we think so", "shown-evidence", evidence),
                list("Compared with what is on the screen now", "shown-changes", changes),
                close,
            )),
    }
}

/// A line of a report: words of others as code, then the page's own.
fn fact(told: &Told) -> El {
    let quoted = told.quoted.iter().map(|words| (code().child(words.clone()), " "));
    div()
        .class("fact")
        .child((dt().child(told.label), dd().child((quoted.collect::<Vec<_>>(), told.words.clone()))))
}

/// Sentences under a heading, if there are any.
fn list(heading: &'static str, id: &'static str, sentences: &[String]) -> Option<El> {
    (!sentences.is_empty()).then(|| {
        let lines = sentences.iter().map(|sentence| li().child(sentence.clone()));
        div().child((h3().class("next-head").child(heading), ul().class("evidence").id(id).child(lines)))
    })
}
