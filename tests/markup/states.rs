//! Every state of the page, reached the way a user reaches it.

#[path = "states/behind.rs"]
pub mod behind;
#[path = "states/headroom.rs"]
pub mod headroom;
#[path = "states/lab.rs"]
pub mod lab;
#[path = "states/report.rs"]
pub mod report;
#[path = "states/rotation.rs"]
pub mod rotation;

use std::sync::LazyLock;

use super::html::Page;
use super::talk::{KEY, MODELS, Talk, model_list};
use key_tester::core::app::{
    Copyable, DoctorMsg, KeyFormMsg, KeyTestMsg, LifecycleMsg, ModelTableMsg, Msg, Pasted, RequestMsg,
    TextField,
};
use key_tester::core::doctor::examples::Example as ErrorExample;
use key_tester::core::explain::{Cause, Probe};
use key_tester::core::lifecycle::examples::Example as CodeExample;
use key_tester::core::models::Capability;
use key_tester::core::request::examples::Example as RequestExample;
use key_tester::core::sim::Scenario;
use key_tester::shell::Handle;
use leptos::prelude::{Owner, RenderHtml};

/// A state and how it is drawn.
pub struct State {
    pub name: String,
    /// What a screen reader was told last.
    pub announcement: String,
    pub page: Page,
}

/// All states, drawn once for all tests.
pub fn drawn() -> &'static [State] {
    static DRAWN: LazyLock<Vec<State>> = LazyLock::new(|| {
        let drawn = |(name, talk): (String, Talk)| {
            let announcement = talk.model.announcement().to_owned();
            State { name, announcement, page: page(talk) }
        };
        states().into_iter().map(drawn).collect()
    });
    &DRAWN
}

/// The page as HTML.
pub fn page(talk: Talk) -> Page {
    let html = Owner::new().with(|| key_tester::ui::tool(Handle::still(*talk.model)).to_html());
    Page::read(html)
}

/// A key that works, measured to the end.
pub fn measured() -> Talk {
    let mut talk = Talk::asked();
    let list = model_list();
    talk.answer(200, &[], &list);
    for _ in 0..5 {
        talk.expect_send(MODELS).answer(200, &[], &list);
    }
    talk.expect_no_send();
    talk
}

/// A key that was answered like this.
pub fn after(status: u16, body: &str) -> Talk {
    let mut talk = Talk::asked();
    talk.answer(status, &[("content-type", "application/json")], body);
    talk
}

/// A scenario of the demo, played to the end.
pub fn demo(scenario: Scenario) -> Talk {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(scenario)).play();
    talk
}

/// What the page does not say which of several reasons it has.
pub const UNAUTHORIZED: &str = r#"{"detail":"Unauthorized"}"#;
/// What a program prints of a limit.
pub const LIMIT: &str = "Error code: 429 - {'object': 'error', 'message': 'Rate limit exceeded', 'type': 'rate_limited', 'code': '1300'}";
/// The command that the card offers.
pub const CURL: &str =
    "curl -i https://api.mistral.ai/v1/models \\\n  -H \"Authorization: Bearer $MISTRAL_API_KEY\"";

/// A call without an answer, and an inquiry that found the host out of reach.
pub fn unanswered() -> Talk {
    with(Talk::asked(), |talk| {
        talk.fail("Failed to fetch", true).probed(Probe::OwnSite, true).probed(Probe::Host, false);
    })
}

/// A text in the error doctor.
pub fn doctor(text: &str) -> Talk {
    told(Talk::new(), Msg::Typed(TextField::Doctor, Pasted::new(text.to_owned())))
}

/// A request that no repair makes right.
fn left() -> String {
    format!(
        "curl https://api.mistral.ai/v1/chat/completions -H 'x-api-key: {KEY}' -d '{{\"model\":\"gpt-4o\",\"messages\":[],\"n\":0}}'"
    )
}

/// A repaired request beside a key of the demo.
fn to_be_tried() -> Talk {
    told(demo(Scenario::Works), Msg::Request(RequestMsg::ExampleChosen(RequestExample::Fields)))
}

fn with(mut talk: Talk, change: impl FnOnce(&mut Talk)) -> Talk {
    change(&mut talk);
    talk
}

fn pasted(text: &str) -> Talk {
    with(Talk::new(), |talk| {
        talk.paste(text);
    })
}

/// A state after one more message.
pub fn told(talk: Talk, msg: Msg) -> Talk {
    with(talk, |talk| {
        talk.tell(msg);
    })
}

fn submitted(text: &str) -> Talk {
    with(pasted(text), |talk| {
        talk.submit();
    })
}

/// Those of the request doctor.
fn of_requests() -> Vec<(&'static str, Talk)> {
    vec![
        (
            "request: an example",
            told(Talk::new(), Msg::Request(RequestMsg::ExampleChosen(RequestExample::Tools))),
        ),
        ("request: none", told(Talk::new(), Msg::Typed(TextField::Request, "It does not work.".into()))),
        (
            "request: something is left, and a secret was masked",
            told(Talk::new(), Msg::Typed(TextField::Request, Pasted::new(left()))),
        ),
        ("request: to be tried", to_be_tried()),
        (
            "request: taken",
            with(to_be_tried(), |talk| {
                talk.tell(Msg::Request(RequestMsg::SendPressed)).play();
            }),
        ),
    ]
}

/// All of them, with a name each.
fn states() -> Vec<(String, Talk)> {
    let mut states = vec![
        ("untouched", Talk::new()),
        ("good key typed", pasted(KEY)),
        ("doubtful key typed", pasted("YOUR_API_KEY")),
        ("unsendable key typed", pasted("mstrl_Kanarienvögel")),
        ("key revealed", told(pasted(KEY), Msg::KeyForm(KeyFormMsg::RevealToggled))),
        ("nothing submitted", submitted("")),
        ("doubtful key submitted", submitted("YOUR_API_KEY")),
        ("unsendable key submitted", submitted("mstrl_Kanarienvögel")),
        ("running", Talk::asked()),
        ("stopped", told(Talk::asked(), Msg::KeyTest(KeyTestMsg::Stopped))),
        ("measuring", Talk::accepted()),
        ("measured", measured()),
        ("measuring stopped", told(Talk::accepted(), Msg::KeyTest(KeyTestMsg::Stopped))),
        ("raw list open", told(measured(), Msg::KeyTest(KeyTestMsg::RawToggled { open: true }))),
        ("filtered", told(measured(), Msg::Typed(TextField::Filter, "small".into()))),
        ("filtered to nothing", told(measured(), Msg::Typed(TextField::Filter, "no such model".into()))),
        ("chip pressed", told(measured(), Msg::ModelTable(ModelTableMsg::FacetToggled(Capability::Vision)))),
        ("copied", told(measured(), Msg::CopyPressed(Copyable::ModelId, "codestral-2508".into()))),
        ("empty list", after(200, r#"{"data":[]}"#)),
        ("forgotten", told(measured(), Msg::KeyForgotten)),
        ("demo running", told(Talk::new(), Msg::DemoEntered(Scenario::Works))),
        ("demo left", told(demo(Scenario::Works), Msg::DemoLeft)),
        ("framed", Talk::framed()),
        ("controlled", Talk::controlled()),
        ("taken over", told(measured(), Msg::WorkerTookOver)),
        ("no answer, reason found", unanswered()),
        (
            "testing again",
            with(after(401, UNAUTHORIZED), |talk| {
                talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tick(3);
            }),
        ),
        (
            "testing again, stopped",
            with(after(401, UNAUTHORIZED), |talk| {
                talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed))
                    .tick(3)
                    .tell(Msg::KeyTest(KeyTestMsg::Stopped));
            }),
        ),
        (
            "command copied",
            with(after(401, UNAUTHORIZED), |talk| {
                talk.tell(Msg::CopyPressed(Copyable::Command, CURL.to_owned()))
                    .tell(Msg::CopyEnded { succeeded: true });
            }),
        ),
        ("doctor: a limit", doctor(LIMIT)),
        ("doctor: a limit that persists", told(doctor(LIMIT), Msg::Doctor(DoctorMsg::LimitPersists(true)))),
        ("doctor: a secret", doctor(&format!("HTTP/2 401\nauthorization: Bearer {KEY}\n\n{UNAUTHORIZED}"))),
        (
            "doctor: an example",
            told(Talk::new(), Msg::Doctor(DoctorMsg::ExampleChosen(ErrorExample::UnknownField))),
        ),
        (
            "code: an example",
            told(Talk::new(), Msg::Lifecycle(LifecycleMsg::ExampleChosen(CodeExample::Python))),
        ),
        ("doctor: a success", doctor("HTTP/2 200\ncontent-type: application/json\n\n{\"object\":\"list\"}")),
        ("doctor: nothing to tell", doctor("It does not work.")),
        (
            "doctor beside a verdict",
            with(after(401, UNAUTHORIZED), |talk| {
                talk.tell(Msg::Typed(TextField::Doctor, Pasted::new(LIMIT.to_owned())));
            }),
        ),
    ]
    .into_iter()
    .chain(of_requests())
    .chain(behind::states())
    .chain(lab::states())
    .chain(headroom::states())
    .chain(report::states())
    .chain(rotation::states())
    .map(|(name, talk)| (name.to_owned(), talk))
    .collect::<Vec<_>>();
    for status in [400, 401, 402, 403, 404, 408, 429, 500, 503, 504] {
        let body = format!(r#"{{"message":"No to {KEY}"}}"#);
        states.push((
            format!("status {status}"),
            told(after(status, &body), Msg::KeyTest(KeyTestMsg::RawToggled { open: true })),
        ));
    }
    for online in [true, false] {
        let failed = with(Talk::asked(), |talk| {
            talk.fail("Failed to fetch", online);
        });
        states.push((format!("failed, online {online}"), failed));
    }
    states.extend(Cause::ALL.map(|cause| {
        let exhibited = with(Talk::new(), |talk| {
            talk.tell(Msg::ExhibitChosen(cause)).play();
        });
        (format!("exhibit {}", cause.entry().name), exhibited)
    }));
    states.extend(Scenario::ALL.map(|scenario| (format!("demo {}", scenario.name()), demo(scenario))));
    states
}
