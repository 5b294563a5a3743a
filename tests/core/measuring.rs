//! What holds for the money of measurements, whatever is pressed, twice, and whenever: no call without a press beside its price,
//! and no more of them than were announced there.

use key_tester::core::app::{Checks, FeaturesMsg, LabMsg, ModelTableMsg, Msg, Owner, Press, ScanMsg};
use key_tester::core::bench::PlanKind;
use key_tester::core::http::Method;
use key_tester::core::time::Span;
use proptest::prelude::*;
use proptest::sample::select;

use crate::money::{amount, spent};
use crate::talk::Talk;
use crate::talk::calls::{ANSWER, LIMITED};

/// Models with prices.
const MODELS: [&str; 3] = ["mistral-small-2603", "ministral-3b-2512", "mistral-large-4"];

#[derive(Clone, Debug)]
enum Step {
    /// A press that is meant: the button had been there for a second.
    Press(Msg),
    /// The second click of a double click, or one on a button that has only just come.
    Mistake(Msg, u32, u64),
    /// Stop, and the second click of it on what took its place.
    DoubleStop(Msg, Msg),
    /// So many requests that are under way are answered.
    Answer(u8, u16, String),
    /// Time passes, in milliseconds.
    Wait(u64),
}

/// Every press that may send what costs money.
fn paid() -> impl Strategy<Value = Msg> {
    select(vec![
        Msg::Lab(LabMsg::Pressed),
        Msg::Lab(LabMsg::Pressed),
        Msg::Scan(ScanMsg::Pressed),
        Msg::Scan(ScanMsg::Resumed),
        Msg::Features(FeaturesMsg::Pressed(Checks::Paid)),
    ])
}

fn stop() -> impl Strategy<Value = Msg> {
    select(vec![Msg::Lab(LabMsg::Stopped), Msg::Scan(ScanMsg::Stopped), Msg::Features(FeaturesMsg::Stopped)])
}

/// Every press that sends nothing.
fn free() -> impl Strategy<Value = Msg> {
    let name = || select(MODELS.to_vec()).prop_map(str::to_owned);
    prop_oneof![
        select(PlanKind::ALL.to_vec()).prop_map(|plan| Msg::Lab(LabMsg::PlanChosen(plan))),
        name().prop_map(|name| Msg::ModelTable(ModelTableMsg::RowTicked(name))),
        Just(Msg::ModelTable(ModelTableMsg::TimePressed)),
        Just(Msg::ModelTable(ModelTableMsg::UsePressed)),
        name().prop_map(|name| Msg::Lab(LabMsg::ModelDropped(name))),
        Just(Msg::Lab(LabMsg::DoubtfulTicked)),
    ]
}

fn answer() -> impl Strategy<Value = (u16, String)> {
    let absurd = r#"{"choices":[],"usage":{"prompt_tokens":18446744073709551615,"completion_tokens":18446744073709551615}}"#;
    select(vec![
        (200, ANSWER.to_owned()),
        (200, ANSWER.to_owned()),
        (200, absurd.to_owned()),
        (200, "{}".to_owned()),
        (429, LIMITED.to_owned()),
        (500, String::new()),
    ])
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => paid().prop_map(Step::Press),
        2 => stop().prop_map(Step::Press),
        3 => free().prop_map(Step::Press),
        2 => (paid(), 2..4_u32, 0..5_000_u64).prop_map(|(msg, clicks, shown)| Step::Mistake(msg, clicks, shown)),
        1 => (paid(), 0..2_u32, 0..500_u64).prop_map(|(msg, clicks, shown)| Step::Mistake(msg, clicks, shown)),
        2 => (stop(), paid()).prop_map(|(stop, next)| Step::DoubleStop(stop, next)),
        6 => (1..6_u8, answer()).prop_map(|(count, (status, body))| Step::Answer(count, status, body)),
        2 => select(vec![100, 2_000, 60_000]).prop_map(Step::Wait),
    ]
}

/// The page, and what was announced beside each press.
struct Stage {
    talk: Talk,
    /// Calls of measurements that were announced, and those that were made.
    announced: usize,
    made: usize,
    /// The most that the measurement on the screen was said to cost.
    price: String,
    /// Whether a press allowed calls of the scan, and of the checks.
    scan: bool,
    checks: bool,
}

impl Stage {
    /// Tells what is pressed beside a price, and notes what that says.
    fn press(&mut self, msg: &Msg) {
        match msg {
            Msg::Lab(LabMsg::Pressed) => {
                let form = self.talk.model.lab_form();
                if let Some(form) =
                    form.filter(|form| !form.price.is_empty() && !form.running && form.waits.is_none())
                {
                    let digits: String = form.facts.chars().take_while(char::is_ascii_digit).collect();
                    self.announced += digits.parse::<usize>().expect("a number of requests");
                    self.price = form.price;
                }
            }
            Msg::Scan(ScanMsg::Pressed | ScanMsg::Resumed) => self.scan = true,
            Msg::Features(FeaturesMsg::Pressed(_)) => self.checks = true,
            _ => {}
        }
        self.told(msg.clone());
    }

    fn told(&mut self, msg: Msg) {
        match msg {
            Msg::Lab(msg) => self.talk.lab(msg),
            msg => self.talk.tell(msg),
        };
    }

    fn press_as(&mut self, clicks: u32, shown: u64, msg: Msg) {
        let press = Press { clicks, shown: Span::from_millis(shown), at: self.talk.now() };
        self.told(Msg::Pressed(press, Box::new(msg)));
        while self.talk.takes_keyless() {
            self.talk.reply(401, "{}");
        }
    }

    fn step(&mut self, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Press(msg) => self.press(&msg),
            Step::Mistake(msg, clicks, shown) => self.press_as(clicks, shown, msg),
            Step::DoubleStop(first, second) => {
                self.press(&first);
                self.press_as(2, 100, second);
            }
            Step::Answer(count, status, body) => {
                for _ in 0..count {
                    if !self.talk.is_asked() {
                        break;
                    }
                    self.talk.take_first();
                    self.sent()?;
                    self.talk.reply(status, &body);
                }
            }
            Step::Wait(millis) => {
                self.talk.wait(Span::from_millis(millis));
                self.talk.due_ticks();
            }
        }
        let spent = self.talk.model.lab_progress().map(|progress| spent(&progress.spent)).unwrap_or_default();
        prop_assert!(spent <= amount(&self.price), "{spent:?} of {}", self.price);
        Ok(())
    }

    /// A request went out: somebody pressed for it.
    fn sent(&mut self) -> Result<(), TestCaseError> {
        if self.talk.request().method != Method::Post {
            return Ok(());
        }
        match self.talk.id().owner() {
            Owner::Lab => {
                self.made += 1;
                prop_assert!(self.made <= self.announced, "{} calls of {}", self.made, self.announced);
            }
            Owner::Scan => prop_assert!(self.scan, "nobody pressed for a scan"),
            Owner::Features => prop_assert!(self.checks, "nobody pressed for a check"),
            owner => prop_assert!(false, "{owner:?} sends what costs money"),
        }
        Ok(())
    }
}

#[test]
fn a_press_sends_the_calls_that_were_announced_and_a_mistake_none() {
    let talk = Talk::with_models(&MODELS);
    let mut stage = Stage { talk, announced: 0, made: 0, price: String::new(), scan: false, checks: false };
    stage.step(Step::Mistake(Msg::Lab(LabMsg::Pressed), 2, 5_000)).expect("nothing is sent");
    assert!(!stage.talk.is_asked());
    stage.step(Step::Press(Msg::Lab(LabMsg::Pressed))).expect("it was announced");
    stage.step(Step::Answer(1, 200, ANSWER.to_owned())).expect("it was announced");
    assert!(stage.made == 1 && stage.announced > 1, "{} of {}", stage.made, stage.announced);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_call_of_a_measurement_goes_without_a_press_beside_its_price(steps in prop::collection::vec(step(), 0..80)) {
        let talk = Talk::with_models(&MODELS);
        let mut stage = Stage { talk, announced: 0, made: 0, price: String::new(), scan: false, checks: false };
        for step in steps {
            stage.step(step)?;
        }
        while stage.talk.is_asked() {
            stage.talk.take_first();
            stage.sent()?;
        }
    }
}
