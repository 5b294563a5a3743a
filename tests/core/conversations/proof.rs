//! The list of what was sent: each request of the core, when it was asked for, and nothing that was not.

use key_tester::core::app::{
    Effect, Environment, HeadroomMsg, LabMsg, LedgerView, Model, Msg, Place, ProofMsg, RotationMsg, ScanMsg,
};
use key_tester::core::features::Feature;
use key_tester::core::http::HttpEvent;
use key_tester::core::ledger::Seen;
use key_tester::core::policy::{Origin, Packaging};
use key_tester::core::sim::Scenario;
use key_tester::core::time::{Date, Timestamp};

use super::super::talk::calls::{NEW_KEY, one};
use super::super::talk::{KEY, MODELS, Talk, model_list};

fn list(talk: &Talk) -> LedgerView {
    talk.model.ledger_view()
}

fn opened() -> Talk {
    let mut talk = Talk::new();
    talk.tell(Msg::Addressed(Place::Proof));
    let base = "https://pages.test/mistral-key-tester/".to_owned();
    talk.tell(Msg::Proof(ProofMsg::Watched { base, tells: true }));
    talk
}

#[test]
fn before_a_key_nothing_was_sent() {
    let talk = opened();
    let list = list(&talk);
    assert!(list.rows.is_empty() && list.open);
    assert_eq!(list.headline, "This page has sent nothing to Mistral so far. Nothing went anywhere else.");
    assert_eq!(list.agreement, "Your browser’s own list of this tab shows no other request.");
}

#[test]
fn a_test_of_a_key_is_on_the_list_before_it_is_answered() {
    let mut talk = opened();
    talk.paste(KEY).submit().expect_send(MODELS);
    let [row] = list(&talk).rows.try_into().expect("one request");
    assert_eq!(
        (row.request.as_str(), row.with_key, row.purpose),
        ("GET api.mistral.ai/v1/models", true, "key test")
    );
    assert_eq!(row.answer, "not sent", "the browser was only asked");
    talk.event(HttpEvent::Sent);
    assert_eq!(list(&talk).rows[0].answer, "under way");
    talk.reply(401, "{}");
    let view = list(&talk);
    assert_eq!((view.rows[0].answer.as_str(), view.cost.as_str()), ("401, 2\u{a0}B", ""));
    assert_eq!(view.headline, "1 request to api.mistral.ai, with your key. Nothing went anywhere else.");
    assert!(!format!("{view:?}").contains(KEY));
}

#[test]
fn the_list_is_made_for_those_who_look() {
    let mut talk = opened();
    talk.paste(KEY).submit().expect_send(MODELS).reply(401, "{}");
    talk.tell(Msg::Proof(ProofMsg::ListToggled { open: false }));
    assert!(list(&talk).rows.is_empty());
    assert!(list(&talk).headline.starts_with("1 request "));
}

#[test]
fn what_the_browser_has_seen_besides_is_told() {
    let mut talk = opened();
    talk.paste(KEY).submit().expect_send(MODELS).reply(401, "{}");
    let seen = |address: &str| Seen {
        address: address.to_owned(),
        initiator: "fetch".to_owned(),
        at: Timestamp::from_micros(61_500_000),
        bytes: 0,
    };
    let tell = |talk: &mut Talk, address: &str| {
        talk.tell(Msg::Proof(ProofMsg::Seen(vec![seen(address)])));
    };
    tell(&mut talk, "https://api.mistral.ai/v1/models");
    tell(&mut talk, "https://pages.test/mistral-key-tester/boot.js");
    assert!(list(&talk).strangers.is_empty());
    tell(&mut talk, "https://api.mistral.ai/v1/models");
    tell(&mut talk, "https://evil.test/?k");
    let view = list(&talk);
    assert_eq!(
        view.strangers,
        [
            "https://evil.test/?k (fetch, at 1\u{a0}min 1\u{a0}s)",
            "https://api.mistral.ai/v1/models (fetch, at 1\u{a0}min 1\u{a0}s)"
        ]
    );
    assert!(
        view.agreement.starts_with("Your browser lists requests that this page did not make"),
        "{}",
        view.agreement
    );
    assert_eq!(view.headline, "1 request to api.mistral.ai, with your key.", "nothing is said of elsewhere");
}

#[test]
fn the_demo_sends_nothing_and_costs_nothing() {
    let mut talk = opened();
    talk.tell(Msg::DemoEntered(Scenario::Works));
    talk.play();
    let view = list(&talk);
    assert!(view.rows.is_empty() && view.cost.is_empty(), "{view:?}");
}

#[test]
fn the_address_of_the_list_opens_it() {
    let mut talk = Talk::new();
    assert!(!list(&talk).open);
    talk.tell(Msg::Addressed(Place::Proof));
    assert!(list(&talk).open);
    assert!(talk.take_effects().iter().any(|effect| matches!(effect, Effect::Focus(_))));
}

#[test]
fn what_a_scan_costs_stands_with_its_requests_and_in_the_sum() {
    const ANSWER: &str =
        r#"{"choices":[{"message":{"content":"a"}}],"usage":{"prompt_tokens":4,"completion_tokens":1}}"#;
    let names = ["ministral-3b-2512", "ministral-8b-2512"];
    let mut talk = Talk::with_models(&names);
    talk.tell(Msg::Addressed(Place::Proof)).tell(Msg::Scan(ScanMsg::Pressed));
    for name in names {
        talk.expect_model(name).reply(200, ANSWER);
        talk.next_tick();
    }
    let view = list(&talk);
    let paid = view.rows.iter().filter(|row| row.purpose == "scan" && !row.cost.is_empty());
    assert_eq!(paid.map(|row| row.cost.as_str()).collect::<Vec<_>>(), ["$0.00000075", "$0.0000005"]);
    assert_eq!(view.cost, "$0.00000125 spent, by the usage in Mistral’s answers.");
    assert_eq!(view.cost, talk.scan().spent, "the list says what the scan says");
}

#[test]
fn what_a_call_taken_back_may_have_cost_stays_in_the_sum() {
    let begins = [
        ("scan", Msg::Scan(ScanMsg::Pressed)),
        ("feature check", one(Feature::Chat)),
        ("headroom", Msg::Headroom(HeadroomMsg::Pressed)),
        ("measurement", Msg::Lab(LabMsg::Pressed)),
    ];
    let ends =
        [Msg::KeyForgotten, Msg::DemoEntered(Scenario::Works), Msg::Rotation(RotationMsg::OtherTested)];
    for (name, begin) in begins {
        for end in &ends {
            let mut talk = Talk::with_models(&["ministral-3b-2512"]);
            talk.tell(Msg::Rotation(RotationMsg::Submitted(NEW_KEY.into())));
            for _ in 0..2 {
                talk.take_first().reply(200, model_list());
            }
            talk.tell(Msg::Addressed(Place::Proof));
            match begin.clone() {
                Msg::Lab(msg) => talk.lab(msg),
                msg => talk.tell(msg),
            };
            while !talk.is_asked() && talk.next_tick() {}
            assert!(talk.is_asked(), "{name}");
            let id = talk.take_first().id();
            talk.event(HttpEvent::Sent).tell(end.clone());
            assert!(talk.aborted(id), "{name}: {end:?}");
            let cost = list(&talk).cost;
            assert!(cost.contains("1 call that told no usage"), "{name}: {end:?}: {cost}");
        }
    }
}

#[test]
fn no_press_sends_a_probe_while_the_pace_is_searched_for() {
    for press in [ProofMsg::LeakPressed, ProofMsg::CheckPressed] {
        let mut talk = Talk::with_models(&["ministral-3b-2512"]);
        talk.tell(Msg::Headroom(HeadroomMsg::Pressed)).take_effects();
        talk.tell(Msg::Proof(press.clone()));
        assert!(talk.model.announcement().starts_with("The search for the pace is under way."), "{press:?}");
        assert!(talk.take_effects().is_empty(), "{press:?}");
    }
}

#[test]
fn an_address_that_is_shared_is_told() {
    let model = |origin| {
        let today = Date { year: 2026, month: 11, day: 30 };
        Model::new(Environment { barrier: None, origin, packaging: Packaging::Site, utc_offset: 0, today })
    };
    assert_eq!(model(Origin::Own).ledger_view().shared_origin, "");
    assert!(
        model(Origin::Shared)
            .ledger_view()
            .shared_origin
            .starts_with("All pages of one account share this address")
    );
}
