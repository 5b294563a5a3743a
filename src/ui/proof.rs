//! What the page has sent, what it cannot send, and the files it runs from: the live parts of the section on what happens to a key.

use leptos::ev;
use leptos::prelude::*;

use crate::core::app::{
    Attempt, FileRow, FilesView, Island, LeakResult, LeakRow, LeakView, LedgerRow, LedgerView, Msg, ProofMsg,
};
use crate::ui::element::{El, live};
use crate::ui::html::{code, details, div, h3, li, p, span, summary, table, tbody, td, th, thead, tr, ul};
use crate::ui::{Handle, button, raw};

/// All three, each drawn anew when it changes.
pub(super) fn view(handle: Handle) -> AnyView {
    let (ledger, leak, files) =
        (handle.island(Island::ledger()), handle.island(Island::leak()), handle.island(Island::files()));
    let parts = div().class("proof").child((
        live(move || ledger.with(|view| sent(handle, view))),
        div().class("columns").child((
            live(move || leak.with(|view| attempts(handle, view))),
            live(move || files.with(|view| view.as_ref().map(|view| checked(handle, view)))),
        )),
    ));
    parts.into_any()
}

/// Every request of this tab.
fn sent(handle: Handle, view: &LedgerView) -> El {
    let toggled = move |event| handle.send(Msg::Proof(ProofMsg::ListToggled { open: raw::is_open(&event) }));
    let agreement = if view.strangers.is_empty() { "note" } else { "state-bad" };
    let earlier = (view.earlier > 0)
        .then(|| p().class("note").child(format!("{} earlier requests are not shown.", view.earlier)));
    let list = details().class("fold").id("sent-list").open(view.open).on(ev::toggle, toggled).child((
        summary().child("Every request"),
        (!view.rows.is_empty()).then(|| requests(&view.rows)),
        (view.open && view.rows.is_empty()).then(|| p().class("note").child("There is none yet.")),
        earlier,
    ));
    div().class("ledger").id("sent-so-far").child((
        h3().child("What this tab has sent"),
        p().id("sent-headline").child(view.headline.clone()),
        (!view.shared_origin.is_empty())
            .then(|| p().class("state-warn").id("shared-origin").child(view.shared_origin)),
        (!view.cost.is_empty()).then(|| p().id("sent-cost").child(view.cost.clone())),
        (!view.agreement.is_empty()).then(|| p().class(agreement).id("sent-agreement").child(view.agreement)),
        (!view.strangers.is_empty()).then(|| {
            let stranger = |line: &String| li().class("state-bad").child(line.clone());
            ul().id("sent-strangers").child(view.strangers.iter().map(stranger))
        }),
        (!view.files.is_empty()).then(|| p().class("note").child(view.files.clone())),
        list,
    ))
}

fn requests(rows: &[LedgerRow]) -> El {
    let heads = ["At", "Request", "Key", "Body", "Answer", "For", "Cost"];
    let heads = tr().child(heads.map(|head| th().scope("col").child(head)));
    let cell = |label: &'static str, words: String| {
        td().data_label(label).data_unknown((words == "–").then_some(true)).child(words)
    };
    let row = |row: &LedgerRow| {
        let key = if row.with_key { "with the key" } else { "without" };
        let cost = if row.cost.is_empty() { "–" } else { row.cost.as_str() };
        tr().child((
            cell("At", row.at.clone()),
            th().scope("row").child(code().child(row.request.clone())),
            cell("Key", key.to_owned()),
            cell("Body", row.sent.clone()),
            cell("Answer", row.answer.clone()),
            cell("For", row.purpose.to_owned()),
            cell("Cost", cost.to_owned()),
        ))
    };
    table()
        .class("lab-table proof-table")
        .id("sent-table")
        .child((thead().child(heads), tbody().child(rows.iter().map(row))))
}

/// The button that begins something, which does nothing while that goes on.
fn go(handle: Handle, id: &'static str, words: &'static str, running: bool, msg: ProofMsg) -> El {
    let go = button(handle, "button", words, Msg::Proof(msg)).id(id);
    div().class("panel-go").child(go.aria_disabled(running.then_some(true)))
}

/// How far it is, or what came of it.
fn outcome(id: &'static str, words: &str, running: bool, bad: bool) -> Option<El> {
    let class = match (running, bad) {
        (true, _) => "note",
        (false, true) => "state-bad",
        (false, false) => "state-good",
    };
    (!words.is_empty()).then(|| p().class(class).id(id).child(words.to_owned()))
}

/// The attempts to send something elsewhere.
fn attempts(handle: Handle, view: &LeakView) -> El {
    let go = go(handle, "try-leak", view.press, view.running, ProofMsg::LeakPressed);
    let headline = outcome("leak-headline", &view.headline, view.running, view.leaks);
    let rows = (!view.rows.is_empty()).then(|| {
        details().class("fold").id("leak-list").child((
            summary().child("Every way"),
            ul().class("proof-list").child(view.rows.iter().map(attempt)),
        ))
    });
    div().class("ledger").child((
        h3().child("Try to leak"),
        p().child(format!(
            "On a press, this page tries {} ways to send a key elsewhere or to run foreign code. The key is made up, and the host belongs to nobody.",
            Attempt::ALL.len()
        )),
        go,
        headline,
        rows,
    ))
}

fn attempt(row: &LeakRow) -> El {
    let (class, name) = match &row.result {
        None => ("state-none", "untried"),
        Some(LeakResult::NotRefused) => ("state-bad", LeakResult::NotRefused.name()),
        Some(LeakResult::Absent) => ("state-none", LeakResult::Absent.name()),
        Some(refused) => ("state-good", refused.name()),
    };
    line(row.attempt.name(), name, class, span().child(row.attempt.words()), row.words.clone())
}

fn line(name: &'static str, state: &'static str, class: &'static str, what: El, words: String) -> El {
    li().data_attempt(name).data_state(state).child((what, span().class(class).child(words)))
}

/// The files, compared with the list.
fn checked(handle: Handle, view: &FilesView) -> El {
    let go = go(handle, "check-files", view.press, view.running, ProofMsg::CheckPressed);
    let headline = outcome("files-headline", &view.headline, view.running, view.differs);
    let list = (!view.list.is_empty()).then(|| {
        let hash = code().id("list-hash").child(view.list.clone());
        p().class("proof-hash").child(("The list itself has the SHA-256 ", hash))
    });
    let rows = (!view.rows.is_empty()).then(|| {
        details().class("fold").id("files-list").open(view.differs).child((
            summary().child("Every file"),
            ul().class("proof-list").child(view.rows.iter().map(file)),
        ))
    });
    div().class("ledger").child((
        h3().child("Check the files"),
        p().child((
            "This page compares the browser’s copy of every file with ",
            code().child("SHA256SUMS"),
            ", the list that was published with it. The list comes from this site too: compare its SHA-256 with that of your own build.",
        )),
        go,
        headline,
        list,
        rows,
    ))
}

fn file(row: &FileRow) -> El {
    let (class, state) = match row.same {
        None => ("state-none", "unread"),
        Some(true) => ("state-good", "same"),
        Some(false) => ("state-bad", "differs"),
    };
    let what = span().child((
        code().child(row.name.clone()),
        " ",
        span().class("note").child(row.published.clone()),
    ));
    li().data_file(row.name.clone())
        .data_state(state)
        .child((what, span().class(class).child(row.words.clone())))
}
