//! What the page can do next about a verdict, and the countdown that follows from it.

use crate::core::app::{Copyable, KeyTestMsg, Msg, Offer, RetestView};
use crate::ui::element::El;
use crate::ui::html::{code, div, p, span};
use crate::ui::{Handle, button, copy_word, stop};

/// The buttons, and the command for the terminal.
pub(super) fn view(handle: Handle, offers: &[Offer]) -> Option<El> {
    let press = |offer: &Offer| match offer {
        Offer::Retest(label) => Some(
            button(handle, "button", label.clone(), Msg::KeyTest(KeyTestMsg::RetestPressed)).id("retest"),
        ),
        Offer::TestAt(endpoint) => Some(
            button(
                handle,
                "button",
                format!("Test at {}", endpoint.host()),
                Msg::KeyTest(KeyTestMsg::TestedAt(*endpoint)),
            )
            .data_test_at(endpoint.name()),
        ),
        Offer::Command { .. } => None,
    };
    let command = |offer: &Offer| match offer {
        Offer::Command { text, copied } => Some(command(handle, "copy-command", TERMINAL, text, *copied)),
        Offer::Retest(_) | Offer::TestAt(_) => None,
    };
    (!offers.is_empty()).then(|| {
        div().class("offers").child((
            div().class("offer-row").child(offers.iter().filter_map(press)),
            offers.iter().filter_map(command),
        ))
    })
}

/// What is said beside the command of a verdict.
const TERMINAL: &str = "A terminal shows what a browser hides. Set MISTRAL_API_KEY to the key, run this, and paste what it prints into the error doctor:";

/// A command for the terminal, with a button that copies it; `id` is the button's.
pub(super) fn command(
    handle: Handle,
    id: &'static str,
    words: &'static str,
    text: &str,
    copied: Option<bool>,
) -> El {
    let word = copy_word(copied, "Copy");
    div().class("command").child((
        p().class("note").child(words),
        div().class("command-row").child((
            code().class("command-text").child(text.to_owned()),
            button(handle, "copy command-copy", word, Msg::CopyPressed(Copyable::Command, text.to_owned()))
                .id(id)
                .aria_label(format!("{word}: the curl command")),
        )),
    ))
}

/// The countdown. It is not read aloud every second; the live region says when it begins and what it comes to.
pub(super) fn countdown(handle: Handle, retest: &RetestView) -> El {
    let stop = retest.running.then(|| stop(handle));
    div().class("countdown").id("countdown").data_running(retest.running).child((
        span().class("countdown-left").child(retest.left.clone()),
        span().class("countdown-words").child(retest.sentence.clone()),
        stop,
    ))
}
