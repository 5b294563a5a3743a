//! The running summary below the verdict of a key that works: a row a section, and the way to each.

use leptos::prelude::*;

use crate::core::app::{Act, Msg, Next, Row, RowPress, Section, SummaryView};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{a, div, li, nav, progress, span, ul};
use crate::ui::{Handle, button};

/// The rows, as long as there are any.
pub(super) fn rows(handle: Handle, summary: Shown<Option<SummaryView>>) -> AnyView {
    live(move || summary.with(|summary| summary.as_ref().map(|summary| list(handle, summary))))
}

fn list(handle: Handle, summary: &SummaryView) -> El {
    let rows = summary.rows.iter().enumerate();
    ul().class("summary")
        .id("summary")
        .aria_label("What is known of this key")
        .child(rows.map(|(place, row)| line(handle, row, summary.primary == Some(place), summary.open)))
}

/// A row: where it leads, what is known, what can be done.
fn line(handle: Handle, row: &Row, primary: bool, open: Option<Section>) -> El {
    let (section, next) = (row.section, &row.next);
    let way = a()
        .class("row-way")
        .id(section.row())
        .href(anchor(section))
        .aria_current((open == Some(section)).then_some("true"))
        .child(section.label());
    let known = div().class("row-known").child((
        span().child(row.known.clone()),
        (!row.note.is_empty()).then(|| span().class("note").child(row.note.clone())),
        match next {
            Next::Running { progress: Some(so_far), .. } => Some(
                progress()
                    .class("bar-of")
                    .max(so_far.total.to_string())
                    .value(so_far.settled.to_string())
                    .aria_label(row.known.clone()),
            ),
            _ => None,
        },
    ));
    let act = match next {
        Next::Look => None,
        Next::Press(press) => Some(offer(handle, press, primary)),
        Next::Running { stop, .. } => {
            stop.as_ref().map(|stop| pressing(handle, "button", "Stop".to_owned(), stop))
        }
    };
    li().class("row").data_row(section.id()).data_running(row.is_running()).child((
        way,
        known,
        div().class("row-act").child(act),
    ))
}

/// The button of a row, with its price.
fn offer(handle: Handle, press: &RowPress, primary: bool) -> El {
    let class = if primary { "button button-go" } else { "button" };
    let words = match press.price.as_str() {
        "" => press.words.clone(),
        price => format!("{} · {price}", press.words),
    };
    pressing(handle, class, words, &press.act)
}

fn pressing(handle: Handle, class: &'static str, words: String, act: &Act) -> El {
    button(handle, class, words, Msg::from(act)).id(act.id())
}

/// The bar that leads from one section to the next, and back to the summary.
pub(super) fn bar(summary: Shown<Option<SummaryView>>) -> AnyView {
    live(move || summary.with(|summary| summary.as_ref().and_then(tabs)))
}

fn tabs(summary: &SummaryView) -> Option<El> {
    let open = summary.open?;
    let tab = |row: &Row| {
        let here = row.section == open;
        a().class("tab")
            .href(anchor(row.section))
            .aria_current(here.then_some("true"))
            .child(row.section.label())
    };
    let back = a()
        .class("tab tab-back")
        .href("#summary")
        .child((span().aria_hidden(true).child("‹"), span().class("tab-word").child("Summary")));
    Some(nav().class("tabs").aria_label("Sections").child((back, summary.rows.iter().map(tab))))
}

/// The address of a section.
fn anchor(section: Section) -> String {
    format!("#{}", section.id())
}
