//! How far the rest of the page is, where it will stand: on its way while something waits for it, or missing.

use leptos::prelude::*;

use crate::core::app::{LoadingView, Missing, Msg};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{div, p};
use crate::ui::{Handle, button};

/// Nothing as long as nobody would miss anything.
pub(super) fn view(handle: Handle, loading: Shown<LoadingView>) -> AnyView {
    live(move || {
        let state = match *loading.read() {
            LoadingView::Quiet | LoadingView::Over => return None,
            LoadingView::Awaited => {
                p().class("note").id("rest-awaited").child("Loading the rest of this page…")
            }
            LoadingView::Missing(why) => missing(handle, why),
        };
        Some(div().id("rest-state").tabindex("-1").child(state))
    })
}

/// What does not come, and what to do.
fn missing(handle: Handle, why: Missing) -> El {
    let again = why.may_come().then(|| button(handle, "button", "Try again", Msg::RestAsked).id("load-rest"));
    let words = (p().child(why.sentence()), p().child(why.meanwhile()));
    div().class("notice").id("rest-missing").child((words, again))
}
