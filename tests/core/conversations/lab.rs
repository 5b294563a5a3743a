//! The latency lab: what it would send and cost, what it measures, what it says of it.

use key_tester::core::app::{
    Checks, Draw, FeaturesMsg, Focus, LabField, LabMsg, Msg, ScanMsg, Section, TextField,
};
use key_tester::core::bench::{Measure, PlanKind, PromptSize};
use key_tester::core::chart::Kind;
use key_tester::core::http::{HttpEvent, Method};
use key_tester::core::mistral::{CHAT, Endpoint};
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::talk::Talk;
use crate::talk::calls::{ANSWER, model_in};

const SMALL: &str = "mistral-small-latest";
const LARGE: &str = "mistral-large-latest";
const LIMITED: &str =
    r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","code":"1300"}"#;

/// Two models, a plan chosen.
fn with_plan(plan: PlanKind) -> Talk {
    let mut talk = Talk::with_models(&[SMALL, LARGE]);
    talk.lab(LabMsg::PlanChosen(plan));
    talk
}

/// Answers every call by a stream; gives the models in the order in which they were asked.
fn streamed(talk: &mut Talk, first: impl Fn(&str, usize) -> u64) -> Vec<String> {
    let mut asked = Vec::new();
    while talk.take_up() {
        let model = model_in(talk.request());
        let first = first(&model, asked.len());
        talk.stream(first, 20, 50);
        asked.push(model);
    }
    asked
}

#[test]
fn nothing_is_sent_before_the_press_and_the_price_stands_before_it() {
    let unpriced = Talk::with_models(&[SMALL, LARGE]).lab_form();
    assert!(unpriced.facts.contains("6 calls go to a model whose price is unknown"), "{}", unpriced.facts);
    let mut talk = Talk::with_all_models();
    let form = talk.lab_form();
    assert_eq!((form.chosen.len(), form.problem.as_ref()), (1, None));
    assert!(form.price.starts_with("$0.00"), "{}", form.price);
    assert!(
        form.facts.starts_with("6 requests, and 6 without a key to each host; about 1"),
        "{}",
        form.facts
    );
    assert_eq!(talk.lab_progress().phase, "ready");
    for plan in PlanKind::ALL {
        talk.lab(LabMsg::PlanChosen(plan));
        assert_eq!(talk.lab_form().problem, None, "{plan:?}");
    }
    talk.lab(LabMsg::Stopped).lab(LabMsg::SavePressed).expect_end();
    assert!(talk.model.lab_results().is_none() && talk.lab_plot(Kind::Strip).is_none());
}

#[test]
fn a_steady_stream_reads_what_the_server_was_set_to() {
    let mut talk = with_plan(PlanKind::Quick);
    talk.lab(LabMsg::Pressed);
    assert_eq!(talk.focused(), Some(Focus::Row(Section::Speed)));
    let asked = streamed(&mut talk, |_, _| 200);
    assert_eq!(asked, [SMALL; 6], "one that opens the connection, five that count");
    assert_eq!(talk.lab_progress().phase, "over");
    for (figure, value) in [
        (Measure::FirstToken.name(), "200 ms"),
        ("network-adjusted", "160 ms"),
        (Measure::MeanGap.name(), "20 ms"),
        (Measure::Whole.name(), "1.18 s"),
        ("decode-rate", "50.0 tok/s"),
        ("end-to-end-rate", "42.4 tok/s"),
    ] {
        assert_eq!(talk.lab_figure(0, figure), value, "{figure}");
    }
    let results = talk.lab_results();
    assert!(results.left.is_none() && results.errors.is_empty() && results.comparisons.is_empty());
    let note =
        results.notes.iter().find(|note| note.starts_with("Not counted: the first call")).expect("said");
    assert!(note.contains("api.mistral.ai"), "{note}");
    assert!(results.clock.contains("0.1\u{a0}ms"));
    let row = results.statistics.rows.first().expect("a row");
    assert_eq!(row.get(1..3).map(<[String]>::to_vec).expect("cells"), ["5", "200\u{a0}ms"]);
    assert_eq!(row.get(6..).expect("percentiles"), ["–", "–", "–"]);
    assert!(results.statistics.note.contains("p90 needs 10 samples; there are 5"));
    assert!(
        talk.model.announcement().contains(": 200\u{a0}ms to first token"),
        "{}",
        talk.model.announcement()
    );
    assert!(talk.lab_progress().spent.contains("spent"));
    for kind in [Kind::Strip, Kind::Timeline, Kind::Parts] {
        assert!(talk.lab_plot(kind).is_some(), "{kind:?}");
    }
    assert!(talk.lab_plot(Kind::Load).is_none());
}

#[test]
fn the_round_trip_is_timed_by_calls_without_the_key() {
    let mut talk = with_plan(PlanKind::Endpoints);
    talk.tell(Msg::Lab(LabMsg::Pressed));
    let mut hosts = Vec::new();
    // The first host answers slower and slower, the second not at all, the third in no time.
    for call in 0.. {
        if !talk.asks_without_key() {
            break;
        }
        talk.expect_keyless();
        let endpoint = talk.request().endpoint;
        hosts.push(endpoint);
        match endpoint {
            Endpoint::Global => talk.answer_after(Span::from_millis(100 + 10 * call), 401, &[], b"{}"),
            Endpoint::Eu => talk.fail("Failed to fetch", true),
            Endpoint::Us => talk.answer_after(Span::ZERO, 401, &[], b"{}"),
        };
    }
    let count = |endpoint| hosts.iter().filter(|host| **host == endpoint).count();
    assert_eq!(Endpoint::ALL.map(count), [6, 1, 6], "a host that does not answer is not asked again");
    assert!(talk.take_up_anywhere(), "then what they are for begins");
    talk.lab(LabMsg::Stopped).expect_end();
}

#[test]
fn models_are_compared_round_by_round() {
    let mut talk = with_plan(PlanKind::Compare);
    assert_eq!(talk.lab_form().chosen, [SMALL, LARGE], "two to begin with");
    talk.lab(LabMsg::Pressed);
    // Both drift by as much; only their difference stays.
    let asked = streamed(&mut talk, |model, call| if model == SMALL { 100 } else { 140 } + 10 * call as u64);
    assert_eq!(asked.len(), 2 + 24);
    assert_eq!(asked.get(..6).expect("calls"), [SMALL, LARGE, SMALL, LARGE, SMALL, LARGE]);
    let [difference] = talk.lab_results().comparisons.try_into().expect("one difference");
    let difference = difference.replace('\u{a0}', " ");
    assert_eq!(
        difference,
        format!(
            "{LARGE} is slower than {SMALL} by 50 ms (50 ms to 50 ms with 95 % confidence, by 12 rounds)."
        )
    );
    talk.lab(LabMsg::MeasureChosen(Measure::MeanGap));
    assert!(talk.lab_results().comparisons.iter().all(|words| words.contains("too close to call")));
}

#[test]
fn what_cannot_be_planned_says_why_and_does_not_start() {
    let mut talk = with_plan(PlanKind::Compare);
    talk.lab(LabMsg::ModelDropped(LARGE.to_owned()));
    assert_eq!(talk.lab_form().problem.as_deref(), Some("Choose 2 to 6 models; 1 chosen."));
    talk.lab(LabMsg::Pressed).expect_end();
    talk.lab(LabMsg::ModelChosen(LARGE.into()));
    assert_eq!(talk.lab_form().problem, None);
    talk.lab(LabMsg::PlanChosen(PlanKind::Custom));
    for (field, bad) in [
        (LabField::Rounds, "0"),
        (LabField::Rounds, "many"),
        (LabField::AtOnce, "17"),
        (LabField::AtOnce, "300"),
        (LabField::Answer, "4001"),
        (LabField::Pause, "700000"),
        (LabField::Cap, "lots"),
    ] {
        let good = talk.model.lab_choice().field(field).to_owned();
        talk.tell(Msg::Typed(TextField::Lab(field), bad.into()));
        assert!(talk.lab_form().problem.is_some(), "{field:?} {bad}");
        talk.tell(Msg::Typed(TextField::Lab(field), good.into()));
        assert_eq!(talk.lab_form().problem, None, "{field:?}");
    }
}

#[test]
fn the_custom_plan_sends_what_was_typed_and_keeps_to_its_cap() {
    let mut talk = with_plan(PlanKind::Custom);
    for (field, text) in
        [(LabField::Rounds, "20"), (LabField::Answer, "7"), (LabField::Pause, "0"), (LabField::Cap, "2500")]
    {
        talk.tell(Msg::Typed(TextField::Lab(field), text.into()));
    }
    talk.lab(LabMsg::PromptChosen(PromptSize::Short)).lab(LabMsg::Pressed);
    let mut bodies = Vec::new();
    while talk.take_up() {
        let request = talk.request();
        assert_eq!((request.method, request.path), (Method::Post, CHAT));
        bodies.push(format!("{:?}", request.body));
        talk.stream(50, 5, 7);
    }
    assert!(
        bodies.iter().skip(1).all(
            |body| body.contains(r#"\"max_tokens\":7,\"temperature\": 0, \"top_p\": 1,\"random_seed\":"#)
        )
    );
    let distinct: std::collections::BTreeSet<&String> = bodies.iter().collect();
    assert_eq!(distinct.len(), bodies.len(), "no two prompts are alike");
    let progress = talk.lab_progress();
    assert_eq!(progress.phase, "halted");
    assert!(progress.sentence.contains("your token limit"), "{}", progress.sentence);
    // A call may use 600 bytes, 512 of template, 8 of answer, and used 107.
    assert!((10..20).contains(&bodies.len()), "{}", bodies.len());
}

#[test]
fn a_stop_keeps_what_was_measured() {
    let mut talk = with_plan(PlanKind::Quick);
    talk.lab(LabMsg::Pressed).expect_model(SMALL).stream(100, 20, 5);
    talk.expect_model(SMALL).stream(100, 20, 5);
    talk.expect_model(SMALL).stream_begun(100);
    let id = talk.id();
    talk.lab(LabMsg::Stopped);
    assert!(talk.aborted(id), "what is under way is taken back");
    assert_eq!((talk.lab_progress().phase, talk.focused()), ("stopped", Some(Focus::Row(Section::Speed))));
    assert_eq!(talk.lab_figure(0, Measure::FirstToken.name()), "100 ms");
    talk.stream_on(20, 5).expect_end();
    assert_eq!(
        talk.lab_results().lines.first().expect("a line").calls,
        "1 call",
        "what comes late is ignored"
    );
}

#[test]
fn a_load_ends_at_the_first_limit() {
    let mut talk = with_plan(PlanKind::Load);
    talk.lab(LabMsg::Pressed);
    let mut calls = 0;
    while calls < 6 && talk.take_up() {
        talk.stream(100, 20, 5);
        calls += 1;
    }
    talk.expect_model(SMALL).reply(429, LIMITED).expect_end();
    let progress = talk.lab_progress();
    assert_eq!(progress.phase, "halted");
    assert!(progress.sentence.contains("first call that met a limit"), "{}", progress.sentence);
    assert!(progress.halt.is_some());
    let results = talk.lab_results();
    assert_eq!(results.errors.len(), 1, "an error is no sample");
    assert_eq!(results.lines.first().expect("a line").calls, "5 calls");
}

#[test]
fn doubtful_samples_are_left_out_unless_wanted() {
    for (what, words) in
        [("stall", "busy"), ("clock", "clock jumped"), ("frame", "busy"), ("hidden", "hidden")]
    {
        let mut talk = with_plan(PlanKind::Quick);
        talk.lab(LabMsg::Pressed).expect_model(SMALL).stream(100, 20, 5);
        talk.expect_model(SMALL).stream_begun(100);
        let from = talk.now();
        match what {
            "stall" => talk.stall(Span::from_millis(200), 0),
            "clock" => talk.stall(Span::from_millis(30), 3_600_000),
            "frame" => talk.lab(LabMsg::LongFrame { from, to: from + Span::from_millis(60) }),
            _ => {
                talk.lab(LabMsg::Visibility { hidden: true, at: from });
                talk.lab(LabMsg::Visibility { hidden: false, at: from + Span::from_millis(10) })
            }
        };
        talk.stream_on(20, 5);
        streamed(&mut talk, |_, _| 300);
        let results = talk.lab_results();
        let left = results.left.unwrap_or_else(|| panic!("{what}: a sample is left out"));
        assert!(
            left.words.starts_with("1 sample may be late: ") && left.words.contains(words),
            "{}",
            left.words
        );
        assert_eq!(results.lines.first().expect("a line").calls, "4 calls", "{what}");
        talk.lab(LabMsg::DoubtfulTicked);
        assert_eq!(talk.lab_results().lines.first().expect("a line").calls, "5 calls", "{what}");
    }
}

#[test]
fn a_stream_is_drawn_once_in_four_seconds_at_most() {
    let mut talk = with_plan(PlanKind::Quick);
    talk.lab(LabMsg::Pressed).expect_model(SMALL).stream(100, 20, 5);
    talk.expect_model(SMALL).stream_begun(100);
    talk.draws.clear();
    // A thousand chunks, ten milliseconds apart.
    talk.stream_on(10, 1_000);
    let drawn = std::mem::take(&mut talk.draws).iter().filter(|draw| **draw == Draw::Measurement).count();
    assert!((2..=3).contains(&drawn), "{drawn} drawings in ten seconds");
    talk.event(HttpEvent::Chunk(Vec::new()));
    assert_eq!(talk.draws.last(), Some(&Draw::Nothing), "and none by the chunks themselves");
}

#[test]
fn scan_checks_and_measurement_do_not_disturb_each_other() {
    let mut talk = with_plan(PlanKind::Quick);
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert!(talk.take_up());
    talk.lab(LabMsg::Pressed);
    assert!(talk.lab_form().waits.is_some_and(|waits| waits.contains("scan")));
    assert!(talk.model.announcement().contains("scan"));
    talk.reply(200, ANSWER).answer_all(|_| (200, ANSWER));
    assert_eq!(talk.lab_form().waits, None);
    talk.lab(LabMsg::Pressed).tell(Msg::Features(FeaturesMsg::Pressed(Checks::Free)));
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert_eq!(talk.model.announcement(), "The scan waits for the measurement to end.");
    assert_eq!(talk.scan().sentence, "It waits for the measurement to end.");
    let first = streamed_until_other(&mut talk);
    assert_eq!(first, (6, Method::Get), "the checks come after the last call of the measurement");
    assert_eq!(talk.scan().sentence, "It waits for the checks to end.");
}

/// Answers calls of the measurement until one of something else comes; gives how many there were.
fn streamed_until_other(talk: &mut Talk) -> (usize, Method) {
    let mut calls = 0;
    while talk.take_up() {
        if talk.request().method == Method::Get {
            return (calls, Method::Get);
        }
        talk.stream(50, 5, 5);
        calls += 1;
    }
    (calls, Method::Post)
}

#[test]
fn a_new_test_ends_the_measurement_and_takes_its_results_away() {
    let mut talk = with_plan(PlanKind::Quick);
    talk.lab(LabMsg::Pressed).expect_model(SMALL).stream_begun(100);
    let id = talk.id();
    talk.tell(Msg::KeyForgotten);
    assert!(talk.aborted(id));
    assert!(talk.model.lab_form().is_none() && talk.model.lab_progress().is_none());
    assert!(talk.model.lab_results().is_none() && talk.lab_plot(Kind::Strip).is_none());
    talk.expect_end();
}

#[test]
fn the_demo_measures_too_and_costs_nothing() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play_on();
    talk.lab(LabMsg::PlanChosen(PlanKind::Compare)).lab(LabMsg::Pressed).play_on();
    assert_eq!((talk.lab_progress().phase, talk.sends), ("over", 0));
    assert!(talk.model.announcement().starts_with("Simulated: "));
    let results = talk.lab_results();
    assert_eq!(results.lines.len(), 2);
    assert!(results.fast_enough.is_some() && !results.comparisons.is_empty());
    talk.lab(LabMsg::PlanChosen(PlanKind::Load)).lab(LabMsg::Pressed).play_on();
    assert!(talk.lab_plot(Kind::Load).is_some(), "{:?}", talk.lab_progress());
}
