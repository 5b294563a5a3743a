//! The bar of what can be done with the rows that are ticked.

use crate::core::app::{ChosenBar, Copyable, ModelTableMsg, Msg};
use crate::ui::element::El;
use crate::ui::html::{b, div, span};
use crate::ui::{Handle, button, copy_word};

/// The bar: how many rows there are, and a button for each use of them.
pub(super) fn view(handle: Handle, bar: &ChosenBar) -> El {
    let press = |words: &'static str, msg| button(handle, "button", words, Msg::ModelTable(msg));
    let time = bar.can_time.then(|| press("Time them", ModelTableMsg::TimePressed).id("time-chosen"));
    let copy = button(
        handle,
        "button",
        copy_word(bar.copied, "Copy ids"),
        Msg::CopyPressed(Copyable::ModelIds, bar.ids.clone()),
    );
    div().class("chosen-bar").id("chosen-models").role("group").aria_label("Chosen models").child((
        b().child(bar.count.clone()),
        time,
        press("Use in code", ModelTableMsg::UsePressed).id("use-chosen"),
        copy.id("copy-chosen"),
        press("Clear", ModelTableMsg::ChosenCleared).id("clear-chosen"),
        (!bar.note.is_empty()).then(|| span().class("note").child(bar.note.clone())),
    ))
}
