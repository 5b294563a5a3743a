//! What stands in place of the key form where no key is taken: why, and what can be done about it.

use crate::core::app::Barrier;
use crate::ui::element::El;
use crate::ui::html::{div, h2, li, p, ul};
use crate::ui::link_out;

/// The notice.
pub(super) fn view(barrier: Barrier) -> El {
    match barrier {
        Barrier::Framed => framed(),
        Barrier::Worker => controlled(),
    }
}

/// What stands there inside a frame.
fn framed() -> El {
    let link = link_out("./");
    div().class("notice").id("framed").role("alert").child((
        h2().child("Open this page on its own to test a key."),
        p().child((
            "Another page shows this one inside itself and could watch or cover the key field, so there is \
             no key field here. ",
            link.child("Open the tester in a tab of its own"),
        )),
    ))
}

/// It is not announced by itself: where it comes while the page is used, the live region tells more.
fn controlled() -> El {
    let ways = [
        "Open this page in a private window.",
        "Or clear this site’s data in the browser’s settings, or unregister the worker in the developer \
         tools, and load the page again.",
        "Or use a copy of this page at an address of its own.",
    ];
    div().class("notice").id("controlled").child((
        h2().id("barrier-heading")
            .tabindex("-1")
            .child("A service worker controls this page, so it takes no key."),
        p().child(
            "The worker is this site’s own: another page at this address left it in your browser. Every \
             request passes through it, the key included, and it may store what it sees. Nothing is sent, \
             and no key is kept.",
        ),
        ul().class("notes").child(ways.map(|way| li().child(way))),
        p().child("The demo, the error doctor, the check of model names and the guide go on working."),
    ))
}
