//! What somebody wants to know before a key is pasted: where it goes, what is kept, what was sent so far.

use leptos::prelude::*;

use crate::core::app::{FormView, Island};
use crate::core::policy::Origin;
use crate::shell::Shown;
use crate::ui::Handle;
use crate::ui::element::{El, live};
use crate::ui::html::{a, aside, code, dd, div, dl, dt, h2};

/// The box beside the form.
pub(super) fn view(handle: Handle, form: Shown<FormView>) -> El {
    let sent = handle.island(Island::sent());
    let shared = handle.read_once(|model| model.facts().origin == Origin::Shared);
    let host = live(move || code().child(form.read().endpoint.host()));
    let sent = live(move || sent.read().as_ref().clone());
    let line = |name: &'static str, words: AnyView| div().child((dt().child(name), dd().child(words)));
    aside().class("before").aria_labelledby("before-heading").child((
        h2().id("before-heading").child("Before you paste"),
        dl().child((
            line("Goes to", host),
            line("Stored", "nothing".into_any()),
            line("Sent so far", sent),
            shared.then(|| line("Address", "shared with other pages of its account".into_any())),
        )),
        a().href("#proof").child("What happens to your key"),
    ))
}
