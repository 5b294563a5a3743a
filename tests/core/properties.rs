//! What holds for any answer and for any order of events.

use key_tester::core::access::Pace;
use key_tester::core::app::{
    Barrier, CalculatorMsg, Card, Checks, Copyable, DoctorMsg, Draw, Effect, Environment, FeaturesMsg,
    IdentityMsg, KeyFormMsg, KeyTestMsg, Model, ModelTableMsg, Msg, Owner, Pasted, Reply, RequestId,
    RotationMsg, ScanMsg, SnippetMsg, TextField, Tick, update,
};
use key_tester::core::explain::{Cause, Verdict};
use key_tester::core::features::Feature;
use key_tester::core::http::{HttpEvent, Method, TransportFailure};
use key_tester::core::mistral::Endpoint;
use key_tester::core::models::{Access, Capability, Column};
use key_tester::core::monthly_cost::Field;
use key_tester::core::policy::{Origin, Packaging};
use key_tester::core::sim::Scenario;
use key_tester::core::snippet::{Language, Task};
use key_tester::core::time::{Date, Span, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

use crate::talk::calls::NEW_KEY;
use crate::talk::{KEY, Talk, model_list};

/// No files with failed cases.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// The ways in which an exchange ends.
#[derive(Clone, Copy, Debug)]
enum Ending {
    Closed,
    Failed { online: bool },
    TimedOut,
    Stopped,
}

fn ending() -> impl Strategy<Value = Ending> {
    select(vec![
        Ending::Closed,
        Ending::Failed { online: true },
        Ending::Failed { online: false },
        Ending::TimedOut,
        Ending::Stopped,
    ])
}

/// Random bytes seldom look like an answer, so pieces of answers are among them.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        select(vec![
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\"message\":",
            "\"detail\"",
            "\"data\":[",
            "\"id\":\"m\"",
            "null",
            "Invalid API Key",
            "<html>",
            "<title>",
            "</title>",
            "\u{feff}",
            "1300",
            "\\u00",
            KEY,
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn http_event() -> impl Strategy<Value = HttpEvent> {
    prop_oneof![
        Just(HttpEvent::Sent),
        (select(vec![200, 200, 401, 429, 500]), "[a-z-]{0,9}")
            .prop_map(|(status, name)| HttpEvent::Opened { status, headers: vec![(name, KEY.to_owned())] }),
        body().prop_map(HttpEvent::Chunk),
        Just(HttpEvent::Chunk(model_list())),
        Just(HttpEvent::Closed),
        any::<bool>()
            .prop_map(|online| HttpEvent::Failed(TransportFailure { message: "Failed".to_owned(), online })),
    ]
}

/// Any id. Numbers stay low, so that many name the request that is under way.
fn id() -> impl Strategy<Value = RequestId> {
    (select(Owner::ALL.to_vec()), 0..12_u64).prop_map(|(owner, number)| RequestId::new(owner, number))
}

/// Any press in the table that is about rows and columns.
fn of_table() -> impl Strategy<Value = Msg> {
    let name = || select(vec!["mistral-small-2603", "ministral-3b-2512", "nobody"]).prop_map(str::to_owned);
    let press = select(vec![
        ModelTableMsg::ChosenCleared,
        ModelTableMsg::TimePressed,
        ModelTableMsg::UsePressed,
        ModelTableMsg::SavePressed,
    ]);
    prop_oneof![
        name().prop_map(ModelTableMsg::RowTicked),
        select(Column::ALL.to_vec()).prop_map(ModelTableMsg::ColumnToggled),
        (name(), any::<bool>()).prop_map(|(model, open)| ModelTableMsg::AliasesToggled { model, open }),
        press,
    ]
    .prop_map(Msg::ModelTable)
}

/// Any message.
fn msg() -> impl Strategy<Value = Msg> {
    let pasted = select(vec![KEY, "", "YOUR_API_KEY", "sk-ant-api03-9fK2mQ7wRt5Yb1Lc8Vd3Xg6", "vögel"])
        .prop_map(|text| Pasted::new(text.to_owned()));
    let moment = any::<u64>().prop_map(Timestamp::from_micros);
    let http = (id(), moment, http_event()).prop_map(|(id, at, event)| Msg::Reply {
        id,
        at,
        reply: Reply::Http(event),
    });
    prop_oneof![
        12 => http,
        3 => pasted.clone().prop_map(|it| Msg::KeyForm(KeyFormMsg::Submitted(it))),
        2 => select(Scenario::ALL.to_vec()).prop_map(Msg::DemoEntered),
        2 => select(Cause::ALL.to_vec()).prop_map(Msg::ExhibitChosen),
        2 => (id(), any::<u64>())
            .prop_map(|(id, at)| Msg::Reply { id, at: Timestamp::from_micros(at), reply: Reply::Tick }),
        2 => select(Endpoint::ALL.to_vec()).prop_map(|it| Msg::KeyTest(KeyTestMsg::TestedAt(it))),
        1 => select(Endpoint::ALL.to_vec())
            .prop_map(|endpoint| Msg::KeyTest(KeyTestMsg::PolicyViolated { blocked: endpoint.origin().to_owned() })),
        1 => pasted.clone().prop_map(|text| Msg::Typed(TextField::Doctor, text)),
        1 => any::<bool>().prop_map(|it| Msg::Doctor(DoctorMsg::LimitPersists(it))),
        1 => pasted.clone().prop_map(|text| Msg::Typed(TextField::Key, text)),
        1 => pasted.prop_map(|text| Msg::Typed(TextField::Code, text)),
        3 => behind(),
        1 => id().prop_map(|id| Msg::Reply { id, at: Timestamp::from_micros(9), reply: Reply::TimeLimit }),
        1 => id().prop_map(|id| Msg::Reply { id, at: Timestamp::from_micros(9), reply: Reply::Slow }),
        1 => ".{0,8}".prop_map(|text| Msg::Typed(TextField::Filter, text.into())),
        1 => ".{0,8}".prop_map(|text| Msg::CopyPressed(Copyable::ModelId, text)),
        1 => any::<bool>().prop_map(|succeeded| Msg::CopyEnded { succeeded }),
        1 => select(Endpoint::ALL.to_vec()).prop_map(|it| Msg::KeyForm(KeyFormMsg::EndpointChosen(it))),
        1 => select(Capability::ALL.to_vec()).prop_map(|it| Msg::ModelTable(ModelTableMsg::FacetToggled(it))),
        1 => select(Column::ALL.to_vec()).prop_map(|it| Msg::ModelTable(ModelTableMsg::SortPressed(it))),
        1 => of_table(),
        4 => select(vec![
            Msg::KeyForm(KeyFormMsg::Focused), Msg::KeyForm(KeyFormMsg::RevealToggled), Msg::KeyTest(KeyTestMsg::SendAnyway), Msg::KeyTest(KeyTestMsg::Stopped), Msg::KeyForgotten, Msg::DemoLeft,
            Msg::FrameShown, Msg::FrameShown, Msg::KeyTest(KeyTestMsg::RawToggled { open: true }), Msg::KeyTest(KeyTestMsg::RetestPressed), Msg::KeyTest(KeyTestMsg::RetestPressed),
        ]),
    ]
}

/// What is pressed behind a verdict.
fn behind() -> impl Strategy<Value = Msg> {
    let feature = || select(Feature::ALL.to_vec());
    prop_oneof![
        select(vec![
            Msg::Scan(ScanMsg::Pressed),
            Msg::Scan(ScanMsg::Pressed),
            Msg::Scan(ScanMsg::Stopped),
            Msg::Scan(ScanMsg::Resumed),
            Msg::Features(FeaturesMsg::Stopped),
            Msg::Identity(IdentityMsg::Pressed),
            Msg::Rotation(RotationMsg::Submitted(Pasted::new(NEW_KEY.to_owned()))),
            Msg::Rotation(RotationMsg::WatchPressed),
            Msg::Rotation(RotationMsg::OtherTested),
            Msg::Rotation(RotationMsg::OldForgotten),
            Msg::Typed(TextField::NewKey, Pasted::new(NEW_KEY.to_owned())),
            Msg::Calculator(CalculatorMsg::BatchTicked),
            Msg::ModelTable(ModelTableMsg::MoreRowsPressed),
            Msg::Features(FeaturesMsg::Pressed(Checks::Free)),
            Msg::Features(FeaturesMsg::Pressed(Checks::Paid)),
        ]),
        feature().prop_map(|feature| Msg::Features(FeaturesMsg::Pressed(Checks::One(feature)))),
        (feature(), any::<bool>())
            .prop_map(|(feature, open)| Msg::Features(FeaturesMsg::EvidenceToggled { feature, open })),
        select(Pace::ALL.to_vec()).prop_map(|it| Msg::Scan(ScanMsg::PaceChosen(it))),
        (select(Language::ALL.to_vec()), select(Task::ALL.to_vec()), any::<bool>()).prop_map(
            |(language, task, which)| {
                Msg::Snippet(if which {
                    SnippetMsg::TaskChosen(task)
                } else {
                    SnippetMsg::LanguageChosen(language)
                })
            }
        ),
        select(vec![Tick::Unpriced, Tick::Unlisted, Tick::ZeroTokens])
            .prop_map(|it| Msg::Scan(ScanMsg::BoxTicked(it))),
        select(Access::ALL.to_vec()).prop_map(|it| Msg::ModelTable(ModelTableMsg::AccessToggled(it))),
        select(vec!["mistral-large-2512", "m"])
            .prop_map(|name| Msg::ModelTable(ModelTableMsg::AnswerPressed(name.to_owned()))),
        (select(vec![Field::Input, Field::Cached]), ".{0,8}")
            .prop_map(|(field, text)| Msg::Typed(TextField::Calculator(field), text.into())),
    ]
}

fn model(barrier: Option<Barrier>) -> Model {
    Model::new(Environment {
        barrier,
        origin: Origin::Own,
        packaging: Packaging::Site,
        utc_offset: 0,
        today: Date { year: 2026, month: 11, day: 23 },
    })
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn every_answer_is_explained(status in 100_u16..=999, body in body(), ending in ending(), opened in any::<bool>()) {
        let mut talk = Talk::asked();
        talk.event(HttpEvent::Sent);
        if opened {
            talk.opened(status, &[]).event(HttpEvent::Chunk(body));
        }
        match ending {
            Ending::Closed => talk.event(HttpEvent::Closed),
            Ending::Failed { online } => talk.fail("Failed to fetch", online),
            Ending::TimedOut => talk.time_passes(Span::from_secs(20)),
            Ending::Stopped => talk.tell(Msg::KeyTest(KeyTestMsg::Stopped)),
        };
        talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
        let (outcome, cause) = (talk.outcome(), talk.cause());
        prop_assert!(!outcome.explanation.entry().headline.is_empty());
        let shown = format!("{outcome:?}");
        prop_assert!(!shown.contains(KEY), "the key is shown");
        if !opened {
            prop_assert!(matches!(cause, Cause::Blocked | Cause::Offline | Cause::TimedOut | Cause::Stopped));
        }
        if outcome.explanation.entry().verdict == Verdict::Works {
            prop_assert!(opened && (200..300).contains(&status) && matches!(ending, Ending::Closed));
        }
        if outcome.explanation.entry().verdict == Verdict::Refused {
            prop_assert!(opened && status == 401);
        }
    }

    #[test]
    fn no_order_of_events_breaks_the_rules(messages in prop::collection::vec(msg(), 0..60)) {
        let mut model = model(None);
        let (mut under_way, mut last) = (Vec::new(), 0_u64);
        // Whether the verdict on the screen is that of another key.
        let mut another = false;
        // Whether something that may cost money was pressed since the last key.
        let mut pressed = false;
        for msg in messages {
            match &msg {
                Msg::KeyForm(KeyFormMsg::Submitted(_)) | Msg::KeyForgotten | Msg::DemoEntered(_) | Msg::DemoLeft => pressed = false,
                Msg::Scan(ScanMsg::Pressed) | Msg::Features(FeaturesMsg::Pressed(Checks::Paid | Checks::One(_))) => pressed = true,
                _ => {}
            }
            if let Msg::Reply { id, reply: Reply::Http(HttpEvent::Closed | HttpEvent::Failed(_)), .. } = &msg {
                under_way.retain(|other| other != id);
            }
            for effect in update(&mut model, msg).effects {
                let simulated = model.facts().simulated;
                if let Effect::Send { request, .. } = &effect {
                    prop_assert!(request.method == Method::Get || pressed, "nobody pressed for {}", request.path);
                }
                match effect {
                    Effect::Send { id, .. } | Effect::Play { id, .. } | Effect::Probe { id, .. } => {
                        prop_assert_eq!(matches!(effect, Effect::Play { .. }), simulated, "the demo sends nothing");
                        prop_assert!(id.number() > last, "no id is used twice");
                        last = id.number();
                        under_way.push(id);
                    }
                    Effect::Abort(id) => under_way.retain(|other| *other != id),
                    _ => {}
                }
            }
            // No measurement is begun here, and all others share one line.
            prop_assert!(under_way.len() <= 1, "one request at a time: {:?}", under_way);
            let (form, doctor, code) = (model.form_view(), model.doctor_view(), model.lifecycle_view());
            let (scan, checks, whose) = (model.scan_view(), model.features_view(), model.identity_view());
            let shown = format!(
                "{form:?} {:?} {:?} {doctor:?} {code:?} {scan:?} {checks:?} {whose:?} {:?} {}",
                model.card(),
                model.rotation_view(),
                model.limits_view(),
                model.announcement()
            );
            // To another key's request, this one is a word like any other.
            if !model.facts().testing {
                another = model.facts().key().is_some_and(|key| !key.bearer().ends_with(KEY));
            } else if !matches!(model.card(), Some(Card::Outcome(_))) {
                another = false;
            }
            prop_assert!(another || !shown.contains(KEY), "the key is shown");
            prop_assert!(!shown.contains(NEW_KEY), "the new key is shown");
            prop_assert!(model.facts().secrets().count() <= 2, "more than two keys");
            if matches!(model.card(), Some(Card::Outcome(outcome)) if outcome.explanation.entry().verdict == Verdict::Works) {
                continue;
            }
            prop_assert!(model.facts().rows.is_empty(), "there are models without a key that works");
        }
    }

    #[test]
    fn once_a_worker_controls_the_page_no_key_is_taken_or_sent(
        before in prop::collection::vec(msg(), 0..40),
        after in prop::collection::vec(msg(), 0..40),
    ) {
        let mut model = model(None);
        for msg in before {
            update(&mut model, msg);
        }
        update(&mut model, Msg::WorkerTookOver);
        for msg in after {
            for effect in update(&mut model, msg).effects {
                let with_key = matches!(&effect, Effect::Send { request, .. } if request.key.is_some());
                prop_assert!(!with_key, "{effect:?}");
            }
            prop_assert!(!model.form_view().held, "a key is held");
        }
    }

    #[test]
    fn a_framed_page_never_does_anything(messages in prop::collection::vec(msg(), 0..40)) {
        let mut model = model(Some(Barrier::Framed));
        let before = format!("{model:?}");
        for msg in messages {
            let asked = update(&mut model, msg);
            prop_assert!(asked.effects.is_empty() && asked.draw == Draw::Nothing);
        }
        prop_assert_eq!(format!("{model:?}"), before);
    }
}
