//! What goes on behind a verdict: the scan, the checks, whose key it is, the calculator, the lifecycle.

use key_tester::core::access::Pace;
use key_tester::core::app::{
    CalculatorMsg, Checks, FeaturesMsg, IdentityMsg, ModelTableMsg, Msg, Pasted, ScanMsg, SnippetMsg,
    TextField, Tick,
};
use key_tester::core::features::Feature;
use key_tester::core::models::Access;
use key_tester::core::monthly_cost::Field;
use key_tester::core::sim::{Scenario, Simulator};
use key_tester::core::snippet::{Language, Task};

use super::super::talk::calls::{ANSWER, BAD_KEY, LIMITED, list_of, model_in};
use super::super::talk::{KEY, Talk};
use super::{demo, doctor, told, with};

/// Four models, of which each answers differently.
pub const FOUR: [&str; 4] =
    ["mistral-large-2512", "mistral-small-2603", "ministral-3b-2512", "some-model-of-next-year"];
/// Names that could be taken for markup.
pub const ODD: [&str; 3] = ["<img src=x onerror=alert(1)>", "\"><b>bold</b>", "a&amp;b"];
/// A program that names models, and has a key in it.
const CODE: &str = "client.chat(model=\"mistral-large-2411\")\nfast = \"mistral-small-latest\"\nkey = \"mstrl_CanaryThatSingsInTheMine00000000_Sing42\"\n";

/// A key with four models, and a scan of these four.
pub fn scanning() -> Talk {
    with(Talk::with_models(&FOUR), |talk| {
        talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)))
            .tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unpriced)));
        talk.tell(Msg::Scan(ScanMsg::Pressed));
    })
}

/// One model answered, one is limited and waits, one is asked.
pub fn half_way() -> Talk {
    with(scanning(), |talk| {
        assert!(talk.take_up());
        talk.reply(429, LIMITED);
        assert!(talk.take_up());
        talk.reply(200, ANSWER);
        assert!(talk.take_up());
    })
}

/// Every model was asked.
pub fn scanned() -> Talk {
    with(scanning(), |talk| {
        talk.answer_all(|request| match model_in(request).as_str() {
            "mistral-large-2512" => {
                (403, format!(r#"{{"message":"No to {KEY}","type":"tier_not_allowed"}}"#))
            }
            "mistral-small-2603" => (429, LIMITED.to_owned()),
            "ministral-3b-2512" => (200, ANSWER.to_owned()),
            _ => (404, r#"{"message":"Model x is deprecated."}"#.to_owned()),
        });
    })
}

/// Unlisted models answered too.
pub fn more_than_listed() -> Talk {
    with(Talk::with_models(&FOUR), |talk| {
        talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|_| (200, ANSWER));
    })
}

/// All checks asked for, the first one under way.
pub fn checking() -> Talk {
    told(
        told(Talk::with_all_models(), Msg::Features(FeaturesMsg::Pressed(Checks::Free))),
        Msg::Features(FeaturesMsg::Pressed(Checks::Paid)),
    )
}

/// All checks asked for, the first one refused with the key.
pub fn dropped() -> Talk {
    with(checking(), |talk| {
        assert!(talk.take_up());
        talk.reply(401, BAD_KEY);
    })
}

/// All checks made: one is refused, one unclear, the others work.
pub fn checked() -> Talk {
    let mut simulator = Simulator::new(Scenario::Works, 1);
    with(checking(), |talk| {
        for check in 0.. {
            if !talk.take_up() {
                break;
            }
            match check {
                1 => talk.reply(403, format!(r#"{{"message":"No to {KEY}"}}"#)),
                2 => talk.reply(200, ANSWER.replace("OK", KEY)),
                _ => talk.answered_by(&mut simulator),
            };
        }
    })
}

/// The question whose key it is, its two calls answered like this; `None` is no answer.
pub fn whose(answers: [Option<&str>; 2]) -> Talk {
    with(told(Talk::with_all_models(), Msg::Identity(IdentityMsg::Pressed)), |talk| {
        for answer in answers {
            assert!(talk.take_up());
            match answer {
                Some(body) => talk.reply(200, body),
                None => talk.fail("Failed to fetch", true),
            };
        }
    })
}

/// Five thousand models.
pub fn many() -> Talk {
    let names: Vec<String> = (0..5_000).map(|number| format!("mistral-number-{number:04}")).collect();
    Talk::listing(list_of(names.iter().map(String::as_str)))
}

fn code(talk: Talk) -> Talk {
    told(talk, Msg::Typed(TextField::Code, Pasted::new(CODE.to_owned())))
}

fn ticked(boxes: &[Tick]) -> Talk {
    with(Talk::with_models(&FOUR), |talk| {
        for which in boxes {
            talk.tell(Msg::Scan(ScanMsg::BoxTicked(*which)));
        }
        talk.tell(Msg::Scan(ScanMsg::PaceChosen(Pace::Gentle)));
    })
}

/// A program that the user copied, or tried to.
pub fn copied(succeeded: bool) -> Talk {
    with(told(Talk::with_all_models(), Msg::Snippet(SnippetMsg::LanguageChosen(Language::Curl))), |talk| {
        let shown = talk.model.snippet_view();
        talk.tell(Msg::CopyPressed(shown.kind, shown.program.expect("a program")))
            .tell(Msg::CopyEnded { succeeded });
    })
}

/// A task that no listed model is made for.
pub fn no_program() -> Talk {
    told(Talk::with_models(&FOUR), Msg::Snippet(SnippetMsg::TaskChosen(Task::Embeddings)))
}

pub fn states() -> Vec<(&'static str, Talk)> {
    let owner = format!(
        r#"{{"first_name":"<b>Ada</b>","last_name":"Lovelace","email":"ada@example.com","api_key":{{"name":"{KEY}"}}}}"#
    );
    let open =
        |talk: Talk, feature| told(talk, Msg::Features(FeaturesMsg::EvidenceToggled { feature, open: true }));
    vec![
        ("scan ready", Talk::with_all_models()),
        ("scan with every option", ticked(&[Tick::Unpriced, Tick::ZeroTokens])),
        ("scan with no option", ticked(&[Tick::Unlisted])),
        ("scan begun", scanning()),
        ("scan running", half_way()),
        (
            "scan running on a zero-token probe",
            with(told(ticked(&[Tick::ZeroTokens]), Msg::Scan(ScanMsg::Pressed)), |talk| {
                assert!(talk.take_up());
            }),
        ),
        ("scan stopped", told(half_way(), Msg::Scan(ScanMsg::Stopped))),
        (
            "scan halted by a refusal",
            with(half_way(), |talk| {
                talk.reply(401, BAD_KEY);
            }),
        ),
        (
            "scan halted without a network",
            with(half_way(), |talk| {
                talk.fail("Failed to fetch", false);
            }),
        ),
        ("scan over", scanned()),
        (
            "scan over, one access chosen",
            told(scanned(), Msg::ModelTable(ModelTableMsg::AccessToggled(Access::ZeroQuota))),
        ),
        (
            "scan over, an access chosen that is not there",
            told(scanned(), Msg::ModelTable(ModelTableMsg::AccessToggled(Access::Capacity))),
        ),
        (
            "scan over, an answer open",
            told(scanned(), Msg::ModelTable(ModelTableMsg::AnswerPressed(FOUR[0].to_owned()))),
        ),
        ("scan over, more than listed", more_than_listed()),
        (
            "limits in headers",
            with(scanning(), |talk| {
                assert!(talk.take_up());
                talk.answer(200, &[("x-ratelimit-limit-req-minute", "60")], ANSWER);
            }),
        ),
        ("checks running", checking()),
        ("checks stopped", told(checking(), Msg::Features(FeaturesMsg::Stopped))),
        ("checks dropped", dropped()),
        ("checks that wait for a scan", told(half_way(), Msg::Features(FeaturesMsg::Pressed(Checks::Free)))),
        ("checks made", checked()),
        ("evidence of a refusal open", open(checked(), Feature::Batch)),
        ("evidence with an echo open", open(checked(), Feature::Agents)),
        ("checks without a model or a price", Talk::with_models(&[FOUR[3]])),
        ("whose key, asking", told(Talk::with_all_models(), Msg::Identity(IdentityMsg::Pressed))),
        ("whose key, answered", whose([Some(&owner), Some("{}")])),
        ("whose key, blocked", whose([None, None])),
        (
            "calculator with a problem",
            told(Talk::with_all_models(), Msg::Typed(TextField::Calculator(Field::Input), "1,5".into())),
        ),
        (
            "calculator with a batch",
            told(Talk::with_all_models(), Msg::Calculator(CalculatorMsg::BatchTicked)),
        ),
        ("code pasted", code(Talk::new())),
        ("code pasted beside a key", code(Talk::with_all_models())),
        (
            "code without a model",
            told(Talk::new(), Msg::Typed(TextField::Code, Pasted::new("nothing".into()))),
        ),
        ("code beside the doctor", code(doctor(super::LIMIT))),
        ("program copied", copied(true)),
        ("program not copied", copied(false)),
        ("program that does not exist", no_program()),
        ("odd names", Talk::with_models(&ODD)),
        ("five thousand models", many()),
        ("five thousand models, more shown", told(many(), Msg::ModelTable(ModelTableMsg::MoreRowsPressed))),
        ("demo, scanned and checked", demo_of_all(Scenario::FreePlan)),
    ]
}

/// All there is to see in the demo.
pub fn demo_of_all(scenario: Scenario) -> Talk {
    with(demo(scenario), |talk| {
        for msg in [
            Msg::Scan(ScanMsg::Pressed),
            Msg::Features(FeaturesMsg::Pressed(Checks::Free)),
            Msg::Features(FeaturesMsg::Pressed(Checks::Paid)),
            Msg::Identity(IdentityMsg::Pressed),
        ] {
            talk.tell(msg).play_on();
        }
    })
}
