//! What a test of money does, in any order.

use crate::talk::KEY;
use crate::talk::calls::{ANSWER, BAD_KEY, LIMITED, list_of};
use key_tester::core::access::Pace;
use key_tester::core::app::{
    CalculatorMsg, Checks, FeaturesMsg, HeadroomMsg, IdentityMsg, KeyFormMsg, KeyTestMsg, LabMsg,
    ModelTableMsg, Msg, Owner, Pasted, Press, RequestMsg, ScanMsg, TextField, Tick,
};
use key_tester::core::features::Feature;
use key_tester::core::headroom::Ceiling;
use key_tester::core::mistral::Endpoint;
use key_tester::core::models::Access;
use key_tester::core::monthly_cost::Field;
use key_tester::core::sim::Scenario;
use key_tester::core::time::{Span, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

use super::{MODELS, OTHER};

/// What a test of money does next.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// The user does something.
    Tell(Msg),
    /// A request that is under way, counted from the oldest, is answered.
    Answer(usize, u16, String),
    /// It gets no answer.
    Lost(usize, bool),
    /// Its time is over.
    TimeOver(usize),
    /// The clock is told, this many milliseconds after all that is asked for is due.
    Wake(u64),
    /// Something happens to a request that was once made.
    Echo(Owner, u64),
}

fn reply() -> impl Strategy<Value = (u16, String)> {
    let absurd =
        r#"{"choices":[],"usage":{"prompt_tokens":99999999999,"completion_tokens":18446744073709551615}}"#;
    let list = String::from_utf8(list_of(MODELS)).expect("text");
    select(vec![
        (200, ANSWER.to_owned()),
        (200, ANSWER.to_owned()),
        (200, ANSWER.to_owned()),
        (200, list.clone()),
        (200, list),
        (200, ANSWER.replace("OK", KEY)),
        (200, ANSWER.replace("OK", &format!("{}{KEY}", "x".repeat(40)))),
        (200, "{}".to_owned()),
        (200, absurd.to_owned()),
        (200, r#"{"usage":{"prompt_tokens":512,"completion_tokens":1}}"#.to_owned()),
        (200, r#"{"items":[{"id":"a-voice"}]}"#.to_owned()),
        (200, r#"{"data":[]}"#.to_owned()),
        (200, format!(r#"{{"email":"{KEY}","api_key":{{"name":"{KEY}"}}}}"#)),
        (200, "<html>Sign in</html>".to_owned()),
        (429, LIMITED.to_owned()),
        (429, LIMITED.to_owned()),
        (403, format!(r#"{{"message":"No to {KEY}"}}"#)),
        (400, r#"{"message":"Invalid model: X","type":"invalid_model","code":"1500"}"#.to_owned()),
        (
            422,
            r#"{"detail":[{"type":"greater_than_equal","loc":["body","max_tokens"],"msg":"m","input":-1}]}"#
                .to_owned(),
        ),
        (401, BAD_KEY.to_owned()),
        (500, String::new()),
    ])
}

/// A request that fails, with the key in its words.
fn request(model: &str) -> String {
    format!(
        r#"curl https://api.mistral.ai/v1/chat/completions -H "x-api-key: {KEY}" -d '{{"model":"{model}","store":1,"messages":[{{"role":"user","content":"a"}}]}}'"#
    )
}

fn press() -> impl Strategy<Value = Msg> {
    let feature = || select(Feature::ALL.to_vec());
    let pasted = |text: &str| Pasted::new(text.to_owned());
    prop_oneof![
        6 => select(vec![Msg::Scan(ScanMsg::Pressed), Msg::Scan(ScanMsg::Resumed), Msg::Scan(ScanMsg::Stopped), Msg::Features(FeaturesMsg::Stopped), Msg::Identity(IdentityMsg::Pressed),
            Msg::Request(RequestMsg::SendPressed), Msg::Request(RequestMsg::SendPressed), Msg::Request(RequestMsg::Stopped), Msg::Request(RequestMsg::Cleared)]),
        4 => prop_oneof![
            Just(Checks::Free), Just(Checks::Paid), feature().prop_map(Checks::One)
        ].prop_map(|it| Msg::Features(FeaturesMsg::Pressed(it))),
        3 => select(vec![
            HeadroomMsg::Pressed, HeadroomMsg::Pressed, HeadroomMsg::HoldPressed, HeadroomMsg::Stopped, HeadroomMsg::Hidden,
            HeadroomMsg::CeilingChosen(Ceiling::One), HeadroomMsg::CeilingChosen(Ceiling::Twenty),
            HeadroomMsg::ModelChosen(MODELS[0].to_owned()), HeadroomMsg::ModelChosen(MODELS[2].to_owned()),
        ]).prop_map(Msg::Headroom),
        1 => select(vec![Tick::Unpriced, Tick::Unlisted, Tick::ZeroTokens]).prop_map(|it| Msg::Scan(ScanMsg::BoxTicked(it))),
        1 => select(Pace::ALL.to_vec()).prop_map(|it| Msg::Scan(ScanMsg::PaceChosen(it))),
        1 => (feature(), any::<bool>()).prop_map(|(feature, open)| Msg::Features(FeaturesMsg::EvidenceToggled { feature, open })),
        1 => select(Access::ALL.to_vec()).prop_map(|it| Msg::ModelTable(ModelTableMsg::AccessToggled(it))),
        1 => select(vec![
            Msg::KeyForm(KeyFormMsg::Submitted(pasted(KEY))), Msg::KeyForm(KeyFormMsg::Submitted(pasted(OTHER))), Msg::KeyForm(KeyFormMsg::Submitted(pasted("YOUR_API_KEY"))),
            Msg::KeyTest(KeyTestMsg::SendAnyway), Msg::KeyForgotten, Msg::KeyTest(KeyTestMsg::Stopped), Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Eu)), Msg::KeyTest(KeyTestMsg::RetestPressed),
            Msg::DemoEntered(Scenario::FreePlan), Msg::DemoLeft, Msg::KeyTest(KeyTestMsg::RawToggled { open: true }), Msg::ModelTable(ModelTableMsg::MoreRowsPressed),
            Msg::Typed(TextField::Code, pasted(&format!("key = {KEY}\nmodel = mistral-large-2411"))),
            Msg::Typed(TextField::Request, pasted(&request(MODELS[0]))), Msg::Typed(TextField::Request, pasted(&request(MODELS[2]))), Msg::Typed(TextField::Request, pasted(&request(MODELS[3]))),
            Msg::Typed(TextField::Calculator(Field::Input), "1 k".into()), Msg::Calculator(CalculatorMsg::BatchTicked),
        ]),
    ]
}

/// A press that was meant for something else, of a button that spends: it allows nothing.
fn mistake() -> impl Strategy<Value = Msg> {
    let paid = select(vec![
        Msg::Scan(ScanMsg::Pressed),
        Msg::Scan(ScanMsg::Resumed),
        Msg::Features(FeaturesMsg::Pressed(Checks::Paid)),
        Msg::Request(RequestMsg::SendPressed),
        Msg::Lab(LabMsg::Pressed),
        Msg::Headroom(HeadroomMsg::Pressed),
        Msg::Headroom(HeadroomMsg::HoldPressed),
    ]);
    let how = prop_oneof![(2..4_u32, 0..5_000_u64), (0..2_u32, 0..500_u64)];
    (paid, how).prop_map(|(msg, (clicks, shown))| {
        let press = Press { clicks, shown: Span::from_millis(shown), at: Timestamp::from_micros(9) };
        Msg::Pressed(press, Box::new(msg))
    })
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => press().prop_map(Step::Tell),
        1 => mistake().prop_map(Step::Tell),
        8 => (0..3_usize, reply()).prop_map(|(which, (status, body))| Step::Answer(which, status, body)),
        1 => (0..3_usize, any::<bool>()).prop_map(|(which, online)| Step::Lost(which, online)),
        1 => (0..3_usize).prop_map(Step::TimeOver),
        6 => select(vec![0, 500, 60_000, 3_600_000]).prop_map(Step::Wake),
        1 => (select(Owner::ALL.to_vec()), 0..40_u64).prop_map(|(owner, number)| Step::Echo(owner, number)),
    ]
}
