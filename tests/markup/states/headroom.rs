//! The search for the pace: on its way, at each of its ends, and its settings.

use key_tester::core::app::{HeadroomMsg, Msg};
use key_tester::core::headroom::Client;
use key_tester::core::sim::Scenario;

use super::super::talk::Talk;
use super::super::talk::calls::{ANSWER, BAD_KEY, LIMITED};
use super::behind::ODD;
use super::{demo, with};

fn told(talk: Talk, msg: HeadroomMsg) -> Talk {
    with(talk, |talk| {
        talk.tell(Msg::Headroom(msg));
    })
}

/// So many requests are answered, and then one is like this.
pub fn ended(answers: usize, status: u16, body: &str) -> Talk {
    with(told(Talk::with_all_models(), HeadroomMsg::Pressed), |talk| {
        for sent in 0.. {
            while !talk.is_asked() && talk.next_tick() {}
            if !talk.is_asked() {
                break;
            }
            talk.take_first();
            if sent < answers {
                talk.reply(200, ANSWER)
            } else {
                talk.reply(status, body)
            };
        }
    })
}

/// Some are answered, and it goes on.
pub fn under_way() -> Talk {
    with(told(Talk::with_all_models(), HeadroomMsg::Pressed), |talk| {
        for _ in 0..7 {
            while !talk.is_asked() && talk.next_tick() {}
            talk.take_first().reply(200, ANSWER);
        }
    })
}

pub fn states() -> Vec<(&'static str, Talk)> {
    let limited = || ended(40, 429, LIMITED);
    vec![
        ("headroom, begun", told(Talk::with_all_models(), HeadroomMsg::Pressed)),
        ("headroom, under way", under_way()),
        ("headroom, stopped", told(under_way(), HeadroomMsg::Stopped)),
        ("headroom, hidden", told(under_way(), HeadroomMsg::Hidden)),
        ("headroom, limited", limited()),
        ("headroom, limited at once", ended(0, 429, LIMITED)),
        ("headroom, refused", ended(3, 401, BAD_KEY)),
        ("headroom, a table", told(limited(), HeadroomMsg::TableToggled { open: true })),
        ("headroom, Rust", told(limited(), HeadroomMsg::ClientChosen(Client::Rust))),
        ("headroom, waiting to hold", told(limited(), HeadroomMsg::HoldPressed)),
        ("headroom, odd names", Talk::with_models(&ODD)),
        (
            "headroom, demo",
            with(demo(Scenario::Works), |talk| {
                talk.tell(Msg::Headroom(HeadroomMsg::Pressed)).play_on();
            }),
        ),
    ]
}
