//! The part alone: what it asks for, what it tells, what it offers.

use crate::core::app::calls::{Calls, Owner, Reply, RequestId};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::parts::test_facts::{found, listing, nothing};
use crate::core::app::step::{Draw, Said};
use crate::core::app::turns::Turns;
use crate::core::headroom::{Ceiling, Client};
use crate::core::http::HttpEvent;
use crate::core::models::Access;
use crate::core::time::{Span, Timestamp};

use super::{Event, Headroom, HeadroomForm, HeadroomView, Msg, Step};

const TINY: &str = "ministral-3b-2512";
const SMALL: &str = "mistral-small-2603";
const ANSWER: &str =
    r#"{"choices":[{"message":{"content":"A"}}],"usage":{"prompt_tokens":5,"completion_tokens":1}}"#;

/// The part with what it is handed.
struct Bench {
    headroom: Headroom,
    facts: Facts,
    calls: Calls,
    turns: Turns,
    at: Timestamp,
    sent: Vec<RequestId>,
    made: usize,
    ticks: Vec<(RequestId, Timestamp)>,
    said: Option<Said>,
    draw: Draw,
    focus: Option<Focus>,
    events: Vec<Event>,
}

impl Bench {
    fn of(facts: Facts) -> Self {
        let mut bench = Self {
            headroom: Headroom::default(),
            facts,
            calls: Calls::default(),
            turns: Turns::default(),
            at: Timestamp::from_micros(1_000_000),
            sent: Vec::new(),
            made: 0,
            ticks: Vec::new(),
            said: None,
            draw: Draw::Nothing,
            focus: None,
            events: Vec::new(),
        };
        bench.headroom.follow(&bench.facts);
        bench
    }

    fn take(&mut self, step: Step) -> &mut Self {
        self.focus = None;
        for effect in &step.effects {
            match effect {
                Effect::Send { id, .. } => {
                    self.sent.push(*id);
                    self.made += 1;
                }
                Effect::Abort(id) => self.sent.retain(|sent| sent != id),
                Effect::Tick { id, after } => self.ticks.push((*id, self.at + *after)),
                Effect::Focus(focus) | Effect::Refocus(focus) => self.focus = Some(*focus),
                _ => {}
            }
        }
        (self.said, self.draw, self.events) = (step.said, step.draw, step.events);
        self
    }

    fn tell(&mut self, msg: Msg) -> &mut Self {
        let step = self.headroom.update(msg, &self.facts);
        self.take(step)
    }

    fn reply(&mut self, id: RequestId, reply: Reply) -> &mut Self {
        let step = self.headroom.reply(id, self.at, reply, &self.facts, &mut self.calls);
        self.take(step)
    }

    fn answer(&mut self, status: u16, body: &str) -> &mut Self {
        let id = self.sent.remove(0);
        self.reply(id, Reply::Http(HttpEvent::Sent));
        self.at = self.at + Span::from_millis(20);
        self.reply(id, Reply::Http(HttpEvent::Opened { status, headers: Vec::new() }));
        self.reply(id, Reply::Http(HttpEvent::Chunk(body.as_bytes().to_vec())));
        self.reply(id, Reply::Http(HttpEvent::Closed))
    }

    /// Presses, and is given the line.
    fn press(&mut self, msg: Msg) -> &mut Self {
        self.tell(msg);
        assert_eq!(self.events, [Event::Ready]);
        let step = self.headroom.go(&mut self.calls);
        self.take(step)
    }

    /// Lets the next timer run down.
    fn tick(&mut self) -> &mut Self {
        let place = (0..self.ticks.len()).min_by_key(|place| self.ticks[*place].1).expect("a timer");
        let (id, at) = self.ticks.remove(place);
        self.at = self.at.max(at);
        self.reply(id, Reply::Tick)
    }

    /// Answers each request in turn by what `status` says of its number, to the end.
    fn run(&mut self, status: impl Fn(usize) -> u16) -> &mut Self {
        while self.headroom.is_running() {
            if self.sent.is_empty() {
                self.tick();
            } else {
                let number = self.made - self.sent.len();
                let (status, refusal) = (status(number), r#"{"detail":"Invalid API Key"}"#);
                self.answer(status, if status == 200 { ANSWER } else { refusal });
            }
        }
        self
    }

    fn form(&self) -> HeadroomForm {
        self.headroom.form(&self.facts, &self.turns).expect("a form")
    }

    fn view(&self) -> HeadroomView {
        self.headroom.view(&self.facts, &self.turns, None).expect("a view")
    }
}

fn plain(words: &str) -> String {
    words.replace('\u{a0}', " ")
}

#[test]
fn without_models_there_is_nothing_to_press() {
    let mut bench = Bench::of(nothing());
    assert!(bench.headroom.form(&bench.facts, &bench.turns).is_none());
    assert!(bench.headroom.view(&bench.facts, &bench.turns, None).is_none());
    bench.tell(Msg::Pressed);
    assert_eq!((bench.events.len(), bench.headroom.is_running()), (0, false));
}

#[test]
fn the_cheapest_model_that_answers_is_taken_unless_another_one_is_chosen() {
    let mut bench = Bench::of(listing(&[SMALL, TINY, "mistral-large-4", "some-model-of-next-year"]));
    assert_eq!(bench.form().chosen, TINY);
    assert!(
        bench.form().offered.iter().all(|model| model.name != "some-model-of-next-year"),
        "without a price"
    );
    found(&mut bench.facts, TINY, Access::TierNotAllowed);
    bench.headroom.follow(&bench.facts);
    assert_eq!(bench.form().chosen, SMALL);
    bench.tell(Msg::ModelChosen(TINY.to_owned()));
    let form = bench.form();
    assert!(form.problem.expect("it is refused").contains("not in your plan") && form.price.is_empty());
    bench.tell(Msg::Pressed);
    assert!(bench.events.is_empty(), "nothing can be started");
    assert_eq!(Bench::of(listing(&["some-model-of-next-year"])).form().chosen, "");
}

#[test]
fn requests_and_price_stand_there_before_the_press() {
    let mut bench = Bench::of(listing(&[TINY]));
    let form = bench.form();
    assert_eq!(
        plain(&form.facts),
        "275 requests in 10 steps of 10 s: 1 min 40 s, unless one is told to wait."
    );
    assert_eq!(form.price, "$0.015", "275 times 513 tokens, rounded up");
    bench.tell(Msg::CeilingChosen(Ceiling::One));
    assert!(bench.form().facts.starts_with("55 requests in"));
    assert_eq!((bench.made, bench.view().phase), (0, "ready"));
}

#[test]
fn a_pace_that_rises_ends_at_the_first_429_and_gives_settings() {
    let mut bench = Bench::of(listing(&[TINY]));
    bench.press(Msg::Pressed);
    assert_eq!(bench.focus, Some(Focus::Headroom));
    bench.run(|number| if number == 40 { 429 } else { 200 });
    assert_eq!((bench.made, bench.events.as_slice()), (41, [Event::Ended].as_slice()));
    let view = bench.view();
    assert_eq!(view.phase, "limited");
    let headline = "This key carried 90 requests a minute (1.5 a second) with ministral-3b-2512. At 120 requests a minute (2 a second) it was told to wait.";
    assert_eq!(view.headline, headline);
    assert_eq!(bench.said.as_ref().map(|said| said.words.as_str()), Some(headline));
    assert!(
        view.sentences.iter().any(|words| words.contains("40 requests with an answer, and 240 tokens")),
        "{view:?}"
    );
    assert!(view.spent.starts_with("$0.000024 spent"), "{}", view.spent);
    let settings = view.settings.expect("settings");
    assert!(settings.program.contains("PER_MINUTE = 32"), "{}", settings.program);
    assert_eq!(
        settings.sentence,
        "The key answered 40 requests in its busiest minute. These programs send 80 % of that: 32 a minute, 6 at once. They wait longer after each 429. For a higher number, hold the pace for a minute first."
    );
    assert!(view.halt.is_none() && view.limit.is_some(), "the end that was meant is no accident");
    assert_eq!(
        view.sentences[0],
        "It carried that for 10 seconds only. A limit counted by the minute may be lower."
    );
    bench.tell(Msg::ClientChosen(Client::Rust));
    assert!(bench.view().settings.expect("settings").program.contains("PER_MINUTE: u64 = 32"));
    let (plot, grid) = view.plot.expect("a plot");
    assert_eq!((plot.rows.len(), grid), (2, None));
    bench.tell(Msg::TableToggled { open: true });
    let (_, grid) = bench.view().plot.expect("a plot");
    assert_eq!(grid.expect("a table").rows.len(), 4, "three steps, and the one that was cut short");
}

#[test]
fn what_is_refused_otherwise_ends_it_with_its_cause() {
    for (status, cause) in [(401, "invalid-key"), (402, "payment-required"), (503, "unavailable")] {
        let mut bench = Bench::of(listing(&[TINY]));
        bench.press(Msg::Pressed).run(|number| if number == 2 { status } else { 200 });
        let view = bench.view();
        assert_eq!((view.phase, bench.made), ("halted", 3));
        assert_eq!(view.halt.expect("an explanation").entry().name, cause, "{status}");
        assert!(view.headline.starts_with("Stopped: a request was refused"), "{}", view.headline);
        assert!(view.settings.is_none(), "three answers say nothing of a limit");
    }
}

#[test]
fn a_limit_at_the_very_first_request_is_explained() {
    let mut bench = Bench::of(listing(&[TINY]));
    bench.press(Msg::Pressed).run(|_| 429);
    let view = bench.view();
    assert_eq!((view.phase, bench.made), ("limited", 1));
    assert!(view.halt.is_some() && view.limit.is_none(), "{view:?}");
}

#[test]
fn the_plot_of_the_first_step_tells_of_no_rise() {
    let mut bench = Bench::of(listing(&[TINY]));
    bench.press(Msg::Pressed).tick().answer(200, ANSWER);
    assert_eq!(bench.view().sentences, ["Each request asks ministral-3b-2512 for one token."]);
    let (plot, _) = bench.view().plot.expect("a plot");
    assert!(plot.caption.starts_with("It began at 30 requests a minute."), "{}", plot.caption);
}

#[test]
fn a_hidden_tab_ends_it_and_says_so() {
    let mut bench = Bench::of(listing(&[TINY]));
    bench.tell(Msg::Hidden);
    assert_eq!(bench.draw, Draw::Nothing, "nothing goes on");
    bench.press(Msg::Pressed).tick();
    assert_eq!(bench.made, 1);
    bench.tell(Msg::Hidden);
    assert!(bench.headroom.is_running(), "an answer is awaited");
    bench.answer(200, ANSWER);
    assert_eq!((bench.events.as_slice(), bench.made), ([Event::Ended].as_slice(), 1));
    assert!(bench.view().headline.contains("the tab was hidden"));
}

#[test]
fn stop_takes_back_what_is_in_flight_and_counts_it() {
    let mut bench = Bench::of(listing(&[TINY]));
    bench.press(Msg::Pressed).tick();
    bench.tell(Msg::Stopped);
    assert_eq!((bench.events.as_slice(), bench.sent.len()), ([Event::Ended].as_slice(), 0));
    assert_eq!((bench.view().phase, bench.headroom.is_running()), ("stopped", false));
    assert_eq!(
        bench.view().headline,
        "Stopped before the first step ended. That says nothing about the limit."
    );
    assert!(bench.view().plot.is_none() && bench.view().sentences.is_empty());
    assert!(bench.view().spent.contains("for 1 call that told no usage"), "{}", bench.view().spent);
    while !bench.ticks.is_empty() {
        bench.tick();
    }
    assert_eq!(bench.made, 1, "no timer sends anything after");
    bench.tell(Msg::Stopped);
    assert!(bench.events.is_empty());
}

#[test]
fn the_pace_is_held_for_a_minute_on_a_press_a_minute_later() {
    let mut bench = Bench::of(listing(&[TINY]));
    bench.tell(Msg::CeilingChosen(Ceiling::One)).press(Msg::Pressed).run(|_| 200);
    let view = bench.view();
    assert_eq!(view.headline, "This key carried 60 requests a minute (1 a second) with ministral-3b-2512.");
    assert!(view.sentences.iter().any(|words| words.starts_with("No request was told to wait, ")));
    let offer = view.hold.expect("an offer");
    assert_eq!(offer.words, "Hold 1 request a second for a minute");
    assert_eq!(
        (offer.facts.as_str(), offer.price.as_str()),
        ("60 requests in a minute, after a pause of up to a minute.", "$0.0031")
    );
    let (made, before) = (bench.made, bench.at);
    bench.press(Msg::HoldPressed).tick();
    let waits = bench.view();
    assert!(waits.sentences[0].starts_with("It begins in "), "{waits:?}");
    assert!(waits.settings.is_none() && waits.hold.is_none());
    while bench.made == made {
        bench.tick();
    }
    assert!(
        bench.at.since(before) >= Span::from_secs(58),
        "a minute after the last request of the run before"
    );
    bench.run(|_| 200);
    assert_eq!(bench.made - made, 60);
    let view = bench.view();
    assert!(view.hold.is_none() && view.sentences[0] == "Held for a minute.", "{view:?}");
    let settings = view.settings.expect("settings");
    assert!(settings.program.contains("PER_MINUTE = 48"), "{}", settings.program);
    assert_eq!(
        settings.sentence,
        "The key carried 60 requests a minute (1 a second). These programs send 80 % of that: 48 a minute, 8 at once. They wait longer after each 429."
    );
}

#[test]
fn a_run_that_ends_before_its_first_request_leaves_what_was_found_out() {
    for end in [Msg::Stopped, Msg::Hidden] {
        let mut bench = Bench::of(listing(&[TINY]));
        bench.tell(Msg::CeilingChosen(Ceiling::One)).press(Msg::Pressed).run(|_| 200);
        let (found, charge, made, last) = (bench.view(), bench.headroom.charge(), bench.made, bench.at);
        bench.press(Msg::HoldPressed).tick();
        assert_eq!((bench.view().phase, bench.headroom.charge()), ("running", charge));
        bench.tell(end.clone());
        assert_eq!((bench.events.as_slice(), bench.made), ([Event::Ended].as_slice(), made), "{end:?}");
        let view = bench.view();
        assert!(view.sentences[0].starts_with("The next run sent nothing. Stopped"), "{view:?}");
        assert!(found.hold.is_some() && found.settings.is_some() && found.plot.is_some());
        assert_eq!(HeadroomView { sentences: found.sentences.clone(), ..view }, found, "{end:?}");
        assert_eq!(bench.headroom.charge(), charge, "nothing is spent twice");
        bench.press(Msg::Pressed);
        while bench.made == made {
            bench.tick();
        }
        assert!(bench.at.since(last) >= Span::from_secs(58), "the minute is waited for all the same");
        bench.tell(Msg::Stopped);
        assert_eq!((bench.view().phase, bench.view().settings), ("stopped", None), "it has sent something");
    }
}

#[test]
fn a_line_that_is_taken_is_said_and_nothing_waits() {
    let mut bench = Bench::of(listing(&[TINY]));
    assert_eq!(bench.turns.ask(Owner::Scan), crate::core::app::turns::Answer::Go);
    assert_eq!(bench.form().waits.as_deref(), Some("To start, wait for the scan to end."));
    bench.tell(Msg::Pressed);
    let step = bench.headroom.refused(Owner::Scan);
    bench.take(step);
    assert_eq!(
        bench.said.as_ref().map(|said| said.words.as_str()),
        Some("To start, wait for the scan to end.")
    );
    assert!(!bench.headroom.is_running());
}

#[test]
fn it_is_drawn_once_a_second_and_not_at_each_answer() {
    let mut bench = Bench::of(listing(&[TINY]));
    bench.tell(Msg::CeilingChosen(Ceiling::Twenty)).press(Msg::Pressed);
    let mut drawn = 0;
    for _ in 0..100 {
        if bench.sent.is_empty() {
            bench.tick();
        } else {
            bench.answer(200, ANSWER);
        }
        drawn += usize::from(bench.draw == Draw::Page);
    }
    let seconds = usize::try_from(bench.at.as_micros() / 1_000_000).expect("small");
    assert!(drawn <= seconds + 1, "{drawn} drawings in {seconds} s");
}

#[test]
fn what_was_found_out_goes_with_the_key_and_the_choice_stays() {
    let mut bench = Bench::of(listing(&[TINY]));
    bench.tell(Msg::CeilingChosen(Ceiling::One)).press(Msg::Pressed).tick();
    let aborts = bench.headroom.end();
    assert_eq!(aborts.len(), 1);
    bench.headroom.clear();
    bench.headroom.follow(&bench.facts);
    assert_eq!((bench.view().phase, bench.form().ceiling), ("ready", Ceiling::One));
}
