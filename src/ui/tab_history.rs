//! The history of the tab, folded: a row for each test of a key.

use crate::core::app::{TabHistoryView, TestRow};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{b, code, details, div, p, summary, table, tbody, td, th, thead, tr};

/// What is said below the rows.
const KEPT: &str = "This list is kept in this tab only and goes with it. The demo’s tests are not listed. “Forget this key” empties it. \
    After 15 idle minutes the last four characters of the keys go too.";

/// The fold, once there is a test. It stays while its rows change, open or not.
pub(super) fn view(history: Shown<TabHistoryView>) -> El {
    let empty = move || history.with(|history| history.rows.is_empty());
    let name = move || history.with(|history| format!("Tests in this tab ({})", history.rows.len()));
    div().class("tab-history").data_empty(empty).child(details().class("fold").id("tab-history").child((
        summary().child(live(name)),
        live(move || history.with(|history| (!history.rows.is_empty()).then(|| rows(&history.rows)))),
        p().class("note").child(KEPT),
    )))
}

fn rows(rows: &[TestRow]) -> El {
    let heads = ["Time", "Verdict", "Host", "Key"].map(|head| th().scope("col").child(head));
    table()
        .class("lab-table proof-table")
        .id("tab-history-table")
        .child((thead().child(tr().child(heads)), tbody().child(rows.iter().map(row))))
}

fn row(row: &TestRow) -> El {
    let cell = |label: &'static str, words: String| {
        td().data_label(label).data_unknown((words == "–").then_some(true)).child(words)
    };
    tr().data_verdict(row.verdict.name()).data_cause(row.cause).child((
        cell("Time", row.time.clone()),
        th().scope("row").child((b().child(row.word), " ", row.headline)),
        cell("Host", row.host.to_owned()),
        td().data_label("Key").child(code().child(row.key.clone())),
    ))
}
