//! The lab alone, without a parent: what it asks for, what it tells, what it offers.

use crate::core::app::calls::{Calls, Owner, Reply, RequestId};
use crate::core::app::effect::Effect;
use crate::core::app::facts::Facts;
use crate::core::app::parts::test_facts::learnt;
use crate::core::app::step::{Draw, Said};
use crate::core::app::text_field::LabField;
use crate::core::app::turns::Turns;
use crate::core::bench::PlanKind;
use crate::core::explain::Cause;
use crate::core::http::HttpEvent;
use crate::core::key::ApiKey;
use crate::core::mistral::wire::{ModelCard, ModelKind};
use crate::core::models::{Access, Capabilities, Capability, ModelRow, rows};
use crate::core::time::{Date, Span, Timestamp};

use super::{Event, Lab, LabForm, Msg, Step};

mod models;

const KEY: &str = "mstrl_ThisIsTheDemoKeyItOpensNothing00_0demo0";
const LARGE: &str = "mistral-large-latest";
const SMALL: &str = "mistral-small-latest";
const TINY: &str = "ministral-3b-latest";

/// The lab with what it is handed.
struct Bench {
    lab: Lab,
    facts: Facts,
    calls: Calls,
    turns: Turns,
    at: Timestamp,
    /// The requests that were sent and not taken back, oldest first.
    sent: Vec<RequestId>,
    effects: Vec<Effect>,
    said: Option<Said>,
    draw: Draw,
    events: Vec<Event>,
}

fn model(name: &str) -> ModelRow {
    let card = ModelCard {
        id: name.to_owned(),
        name: Some(name.to_owned()),
        aliases: Vec::new(),
        capabilities: Capabilities::NONE.with(Capability::Chat),
        context: None,
        description: None,
        retires: None,
        replacement: None,
        owner: None,
        kind: ModelKind::Base,
    };
    rows(&[card]).pop().expect("a row")
}

fn key() -> ApiKey {
    ApiKey::parse(KEY).expect("a key").key
}

impl Bench {
    fn new(plan: PlanKind) -> Self {
        let mut facts = Facts::new(Date::parse("2026-11-30").expect("a day"), None);
        facts.test_key(key());
        facts.list([LARGE, SMALL, TINY].into_iter().map(model).collect());
        facts.show();
        let mut bench = Self {
            lab: Lab::default(),
            facts,
            calls: Calls::default(),
            turns: Turns::default(),
            at: Timestamp::from_micros(1_000_000),
            sent: Vec::new(),
            effects: Vec::new(),
            said: None,
            draw: Draw::Nothing,
            events: Vec::new(),
        };
        bench.lab.follow(&bench.facts);
        bench.tell(Msg::PlanChosen(plan));
        bench
    }

    fn take(&mut self, step: Step) -> &mut Self {
        for effect in &step.effects {
            match effect {
                Effect::Send { id, .. } => self.sent.push(*id),
                Effect::Abort(id) => self.sent.retain(|sent| sent != id),
                _ => {}
            }
        }
        (self.effects, self.said, self.draw, self.events) = (step.effects, step.said, step.draw, step.events);
        self
    }

    fn tell(&mut self, msg: Msg) -> &mut Self {
        let step = self.lab.update(msg, &self.facts, &mut self.calls);
        self.take(step)
    }

    fn reply(&mut self, id: RequestId, reply: Reply) -> &mut Self {
        self.at = self.at + Span::from_millis(10);
        let step = self.lab.reply(id, self.at, reply, &mut self.calls);
        self.take(step)
    }

    fn http(&mut self, id: RequestId, event: HttpEvent) -> &mut Self {
        self.reply(id, Reply::Http(event))
    }

    /// Answers the oldest request.
    fn answer(&mut self, status: u16, body: &str) -> &mut Self {
        let id = self.sent.remove(0);
        self.http(id, HttpEvent::Sent)
            .http(id, HttpEvent::Opened { status, headers: Vec::new() })
            .http(id, HttpEvent::Chunk(body.as_bytes().to_vec()))
            .http(id, HttpEvent::Closed)
    }

    /// Answers every request, and lets all timers run down, until the measurement is over.
    fn answer_all(&mut self, status: u16, body: &str) -> usize {
        let mut ended = 0;
        while self.lab.is_running() {
            if self.sent.is_empty() {
                let timer = self.effects.iter().find_map(|effect| match effect {
                    Effect::Tick { id, after } => Some((*id, *after)),
                    _ => None,
                });
                let (id, after) = timer.expect("something is due");
                self.at = self.at + after;
                self.reply(id, Reply::Tick);
            } else {
                self.answer(status, body);
            }
            ended += self.events.iter().filter(|event| **event == Event::Ended).count();
        }
        ended
    }

    fn press(&mut self) -> RequestId {
        self.tell(Msg::Pressed);
        assert_eq!(self.events, [Event::Ready]);
        let step = self.lab.go(&self.facts, &mut self.calls);
        self.take(step);
        let [Effect::ReadClock(id)] = self.effects.as_slice() else {
            panic!("the clock is read: {:?}", self.effects)
        };
        *id
    }

    /// Begins a measurement; its round trips are over.
    fn begin(&mut self) -> &mut Self {
        let id = self.press();
        self.tell(Msg::ClockRead { id, at: self.at, wall: 1_000, step: Span::from_micros(100) });
        for _ in 0..super::round_trips::CALLS {
            self.answer(401, "{}");
        }
        self
    }

    fn learn(&mut self, row: ModelRow, access: Access) {
        learnt(&mut self.facts, row, access);
        self.lab.follow(&self.facts);
    }

    fn form(&self) -> LabForm {
        self.lab.form(&self.facts, &self.turns).expect("a form")
    }
}

#[test]
fn a_press_wants_the_line_and_then_the_clock() {
    let mut bench = Bench::new(PlanKind::Quick);
    let id = bench.press();
    assert_eq!(id.owner(), Owner::Lab);
    assert!(bench.lab.is_running() && bench.form().running);
    bench.tell(Msg::Pressed);
    assert!(bench.events.is_empty() && bench.effects.is_empty(), "a second press does nothing");
    bench.tell(Msg::ClockRead {
        id: RequestId::new(Owner::Lab, 99),
        at: bench.at,
        wall: 0,
        step: Span::ZERO,
    });
    assert!(bench.sent.is_empty(), "another one asked for the clock");
    bench.tell(Msg::ClockRead { id, at: bench.at, wall: 0, step: Span::ZERO });
    assert_eq!(bench.sent.len(), 1, "the first round trip");
    assert!(bench.effects.iter().any(|effect| matches!(effect, Effect::Ticker(_))));
}

#[test]
fn what_cannot_be_planned_is_not_begun() {
    let mut bench = Bench::new(PlanKind::Custom);
    bench.tell(Msg::Typed(LabField::Rounds, "many".to_owned())).tell(Msg::Pressed);
    assert!(bench.events.is_empty() && bench.form().problem.is_some());
}

#[test]
fn without_the_key_it_ends_where_it_would_begin() {
    let mut bench = Bench::new(PlanKind::Quick);
    let id = bench.press();
    bench.facts.drop_key();
    bench.tell(Msg::ClockRead { id, at: bench.at, wall: 0, step: Span::ZERO });
    assert_eq!((bench.events.as_slice(), bench.lab.is_running()), ([Event::Ended].as_slice(), false));
    let step = bench.lab.go(&bench.facts, &mut bench.calls);
    bench.take(step);
    assert_eq!((bench.events.as_slice(), bench.lab.is_running()), ([Event::Ended].as_slice(), false));
}

#[test]
fn a_line_that_is_taken_is_said_and_shown() {
    let mut bench = Bench::new(PlanKind::Quick);
    assert_eq!(bench.form().waits, None);
    let _ = bench.turns.ask(Owner::Scan);
    bench.take(Lab::refused(Owner::Scan));
    let words = bench.said.take().expect("said").words;
    assert!(words.contains("when the scan has ended"), "{words}");
    assert_eq!(bench.form().waits, Some(words.as_str()));
    assert!(!bench.lab.is_running());
}

#[test]
fn a_stop_takes_everything_back_once() {
    let mut bench = Bench::new(PlanKind::Quick);
    bench.begin();
    let id = *bench.sent.first().expect("a call");
    bench.http(id, HttpEvent::Sent);
    assert_eq!(bench.draw, Draw::Nothing, "an answer on its way shows nothing");
    bench.tell(Msg::Stopped);
    assert_eq!(bench.events, [Event::Ended]);
    assert!(bench.sent.is_empty() && !bench.lab.is_running());
    assert_eq!(bench.lab.progress(&bench.facts).map(|progress| progress.phase), Some("stopped"));
    bench.tell(Msg::Stopped);
    assert!(bench.events.is_empty() && bench.said.is_none());
    bench.http(id, HttpEvent::Closed);
    assert!(bench.effects.is_empty() && bench.events.is_empty(), "what comes late is ignored");
    assert_eq!(bench.draw, Draw::Nothing);
}

#[test]
fn an_end_is_silent_and_takes_back_what_waits_for_the_clock() {
    let mut bench = Bench::new(PlanKind::Quick);
    let id = bench.press();
    assert!(bench.lab.end().is_empty() && !bench.lab.is_running());
    bench.tell(Msg::ClockRead { id, at: bench.at, wall: 0, step: Span::ZERO });
    assert!(bench.sent.is_empty() && bench.effects.is_empty());
    bench.begin();
    assert_eq!(bench.lab.end().len(), 1, "a call was under way");
    bench.lab.clear();
    assert!(bench.lab.progress(&bench.facts).is_none() && !bench.lab.watches_frames());
}

#[test]
fn an_end_is_told_once() {
    for (status, body) in [(200, "data: [DONE]\n\n"), (401, r#"{"detail":"Unauthorized"}"#), (500, "")] {
        let mut bench = Bench::new(PlanKind::Quick);
        bench.begin();
        assert_eq!(bench.answer_all(status, body), 1, "{status}");
    }
}

#[test]
fn a_call_over_its_time_is_taken_back() {
    let mut bench = Bench::new(PlanKind::Quick);
    bench.begin();
    let id = *bench.sent.first().expect("a call");
    bench.reply(id, Reply::TimeLimit);
    assert!(matches!(bench.effects.first(), Some(Effect::Abort(taken)) if *taken == id));
    bench.reply(id, Reply::TimeLimit);
    assert!(bench.effects.is_empty());
}

#[test]
fn a_limit_of_zero_is_not_waited_for() {
    let limited = r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","code":"1300"}"#;
    let mut bench = Bench::new(PlanKind::Load);
    bench.begin().answer_all(429, limited);
    let halt = |bench: &Bench| bench.lab.progress(&bench.facts).and_then(|progress| progress.halt);
    assert_eq!(halt(&bench).map(|halt| halt.cause), Some(Cause::RateLimited));
    bench.learn(model(SMALL), Access::ZeroQuota);
    assert_eq!(halt(&bench).map(|halt| halt.cause), Some(Cause::ZeroQuota));
}

#[test]
fn the_key_is_cut_out_before_it_goes() {
    let mut bench = Bench::new(PlanKind::Quick);
    let body = format!(r#"{{"detail":"No such key: {KEY}","message":"No such key: {KEY}"}}"#);
    bench.begin().answer_all(403, &body);
    bench.lab.redact(&key());
    bench.facts.drop_key();
    let shown = format!("{:?} {:?}", bench.lab.results(&bench.facts), bench.lab.progress(&bench.facts));
    assert!(shown.contains("No such key") && !shown.contains("ItOpensNothing"), "{shown}");
}

#[test]
fn a_secret_is_taken_out_of_the_field_for_a_model() {
    let mut bench = Bench::new(PlanKind::Quick);
    bench.tell(Msg::ModelChosen(KEY.into()));
    assert_eq!(bench.events, [Event::TakeOut]);
    bench.tell(Msg::ModelChosen("no-such-model".into()));
    assert!(bench.events.is_empty() && !bench.form().trouble.is_empty());
}

#[test]
fn refusals_are_explained_once_and_by_what_the_scan_knows() {
    let limited = r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","code":"1300"}"#;
    let mut bench = Bench::new(PlanKind::Quick);
    bench.learn(model(TINY), Access::Callable);
    bench.begin().answer_all(429, limited);
    let errors = |bench: &Bench| bench.lab.results(&bench.facts).map(|results| results.errors);
    let [first] = errors(&bench).expect("results").try_into().expect("one cause");
    assert_eq!(first.cause, Cause::RateLimited);
    assert!(first.why.is_none(), "it ended the measurement, and stands above");
    let count = bench.lab.measurement.as_ref().map(|it| it.lab.ended_calls().count()).expect("a measurement");
    assert!(first.words.starts_with(&format!("{count} calls failed.")), "{}", first.words);
    bench.learn(model(SMALL), Access::ZeroQuota);
    let [first] = errors(&bench).expect("results").try_into().expect("one cause");
    assert_eq!(first.cause, Cause::ZeroQuota);
    let halt = bench.lab.progress(&bench.facts).and_then(|progress| progress.halt).expect("an explanation");
    assert_eq!(halt.cause, Cause::ZeroQuota);
}

#[test]
fn results_say_what_they_are_of() {
    let mut bench = Bench::new(PlanKind::Quick);
    let title = |bench: &Bench| bench.lab.progress(&bench.facts).map(|progress| progress.title);
    assert_eq!((title(&bench).as_deref(), bench.form().again), (Some(""), false));
    bench.begin().answer_all(500, "");
    assert_eq!(title(&bench), Some(format!("Quick, {SMALL}")));
    assert!(bench.form().again);
    bench.tell(Msg::PlanChosen(PlanKind::Compare));
    assert_eq!(title(&bench), Some(format!("Earlier result: Quick, {SMALL}")));
    assert!(!bench.form().again);
    bench.tell(Msg::PlanChosen(PlanKind::Quick)).tell(Msg::ModelChosen(LARGE.into()));
    assert!(!bench.form().again, "another model was never measured");
    assert!(title(&bench).is_some_and(|title| title.starts_with("Earlier result")));
}
