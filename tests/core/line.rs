//! Who may use the line beside whom, in whatever order things are pressed and answered: nobody; and nobody waits in vain.

use std::collections::BTreeSet;

use key_tester::core::app::{
    Card, Checks, Clock, Effect, Environment, FeaturesMsg, HeadroomMsg, IdentityMsg, KeyFormMsg, KeyTestMsg,
    LabMsg, Model, Moment, Msg, Owner, Pasted, Reply, RequestId, RotationMsg, RotationPress, ScanMsg,
    SessionMsg, Shortcut, update,
};
use key_tester::core::bench::PlanKind;
use key_tester::core::features::Feature;
use key_tester::core::http::{HttpEvent, TransportFailure};
use key_tester::core::mistral::Endpoint;
use key_tester::core::policy::{Origin, Packaging};
use key_tester::core::sim::Scenario;
use key_tester::core::time::{Date, Span, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

use crate::talk::KEY;
use crate::talk::calls::{ANSWER, BAD_KEY, LIMITED, NEW_KEY, list_of};

const MODELS: [&str; 3] = ["mistral-small-2603", "ministral-3b-2512", "mistral-large-2512"];

/// The time between two moments of a conversation that is wound up.
const SECOND: Span = Span::from_secs(1);

/// What happens next.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// The user does something.
    Tell(Msg),
    /// A call that is under way, counted from the oldest, is answered.
    Answer(usize, u16, &'static str),
    /// It gets no answer.
    Lost(usize),
    /// Its time is over.
    TimeOver(usize),
    /// The timers that run down within so many milliseconds do.
    Wait(u64),
    /// Something comes back under an id that nobody may wait for.
    Echo(Owner, u64),
}

fn press() -> impl Strategy<Value = Msg> {
    let feature = select(Feature::ALL.to_vec());
    prop_oneof![
        8 => select(vec![
            Msg::Scan(ScanMsg::Pressed),
            Msg::Scan(ScanMsg::Resumed),
            Msg::Features(FeaturesMsg::Pressed(Checks::Free)),
            Msg::Features(FeaturesMsg::Pressed(Checks::Paid)),
            Msg::Identity(IdentityMsg::Pressed),
            Msg::Lab(LabMsg::Pressed),
            Msg::Headroom(HeadroomMsg::Pressed),
            Msg::Headroom(HeadroomMsg::HoldPressed),
        ]),
        2 => feature.prop_map(|feature| Msg::Features(FeaturesMsg::Pressed(Checks::One(feature)))),
        3 => select(vec![
            Msg::Scan(ScanMsg::Stopped),
            Msg::Features(FeaturesMsg::Stopped),
            Msg::Lab(LabMsg::Stopped),
            Msg::Headroom(HeadroomMsg::Stopped),
            Msg::Headroom(HeadroomMsg::Hidden),
            Msg::KeyTest(KeyTestMsg::Stopped),
            Msg::ShortcutPressed(Shortcut::Stop),
        ]),
        2 => select(vec![
            Msg::KeyForm(KeyFormMsg::Submitted(Pasted::new(KEY.to_owned()))),
            Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Eu)),
            Msg::KeyTest(KeyTestMsg::RetestPressed),
            Msg::KeyTest(KeyTestMsg::PolicyViolated { blocked: Endpoint::Global.origin().to_owned() }),
            Msg::DemoEntered(Scenario::Works),
            Msg::KeyForgotten,
            Msg::WorkerTookOver,
        ]),
        3 => select(vec![
            Msg::Rotation(RotationMsg::Submitted(Pasted::new(NEW_KEY.to_owned()))),
            Msg::Rotation(RotationMsg::ComparedAgain),
            Msg::Rotation(RotationMsg::OwnerTicked),
            Msg::Rotation(RotationMsg::WatchPressed),
            Msg::Rotation(RotationMsg::OtherTested),
            Msg::Rotation(RotationMsg::NewForgotten),
            Msg::Rotation(RotationMsg::OldForgotten),
            Msg::Rotation(RotationMsg::StartedOver),
            Msg::Rotation(RotationMsg::Stopped),
        ]),
        1 => select(PlanKind::ALL.to_vec()).prop_map(|plan| Msg::Lab(LabMsg::PlanChosen(plan))),
    ]
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let answer = select(vec![
        (200, ANSWER),
        (200, ANSWER),
        (200, r#"{"data":[]}"#),
        (
            200,
            r#"{"object":"list","data":[{"id":"mistral-small-2603","capabilities":{"completion_chat":true}}]}"#,
        ),
        (401, BAD_KEY),
        (403, ""),
        (429, LIMITED),
        (503, "busy"),
    ]);
    prop_oneof![
        4 => press().prop_map(Step::Tell),
        8 => (0..4_usize, answer).prop_map(|(which, (status, body))| Step::Answer(which, status, body)),
        1 => (0..4_usize).prop_map(Step::Lost),
        1 => (0..4_usize).prop_map(Step::TimeOver),
        4 => select(vec![0, 1_000, 70_000]).prop_map(Step::Wait),
        1 => (select(Owner::ALL.to_vec()), 0..60_u64).prop_map(|(owner, number)| Step::Echo(owner, number)),
    ]
}

/// The page and the other end of the line.
pub(crate) struct Line {
    pub(crate) model: Model,
    /// All that it was told.
    pub(crate) told: Vec<Msg>,
    /// All that it has asked for.
    pub(crate) asked: Vec<Effect>,
    /// Whether it is told the time when it asks for it.
    clock: bool,
    now: Timestamp,
    /// Calls under way.
    live: Vec<RequestId>,
    timers: Vec<(RequestId, Timestamp)>,
    /// Requests that are reported if they are slow.
    slow: Vec<(RequestId, Timestamp)>,
}

impl Line {
    /// A key that works and lists some models.
    fn new() -> Self {
        let today = Date { year: 2026, month: 11, day: 30 };
        let mut line = Self::fresh(Environment {
            barrier: None,
            origin: Origin::Own,
            packaging: Packaging::Site,
            utc_offset: 0,
            today,
        });
        line.clock = true;
        line.tell(Msg::KeyForm(KeyFormMsg::Submitted(Pasted::new(KEY.to_owned())))).expect("a fresh page");
        line.answer(0, 200, &String::from_utf8_lossy(&list_of(MODELS))).expect("a list");
        line
    }

    /// A page to which nothing was done, and which is not told the time.
    pub(crate) fn fresh(environment: Environment) -> Self {
        Self {
            model: Model::new(environment),
            told: Vec::new(),
            asked: Vec::new(),
            clock: false,
            now: Timestamp::from_micros(1_000_000),
            live: Vec::new(),
            timers: Vec::new(),
            slow: Vec::new(),
        }
    }

    fn tell(&mut self, msg: Msg) -> Result<(), TestCaseError> {
        if let Msg::Reply { id, reply: Reply::Http(HttpEvent::Closed | HttpEvent::Failed(_)), .. } = &msg {
            self.live.retain(|other| other != id);
        }
        let mut after = Vec::new();
        self.told.push(msg.clone());
        for effect in update(&mut self.model, msg).effects {
            self.asked.push(effect.clone());
            match effect {
                Effect::Send { id, .. } | Effect::Play { id, .. } | Effect::Probe { id, .. } => {
                    self.live.push(id);
                }
                Effect::Abort(id) => self.live.retain(|other| *other != id),
                Effect::Tick { id, after } => self.timers.push((id, self.now + after)),
                // The clock is told at once when a key comes; later looks at it are the user's.
                Effect::TellTime { id, after: Span::ZERO } if self.clock => {
                    after.push(Msg::Session(SessionMsg::Time { id, now: moment(0) }));
                }
                Effect::ReportIfSlow { id, after } => self.slow.push((id, self.now + after)),
                Effect::AwaitFrame => after.push(Msg::FrameShown),
                Effect::ReadClock(id) => {
                    let (at, step) = (self.now, Span::from_micros(100));
                    after.push(Msg::Lab(LabMsg::ClockRead { id, at, wall: 1_795_420_800_000, step }));
                }
                Effect::ReadTime(id) => {
                    let now = Moment { at: self.now, wall: 1_795_420_800_000 };
                    after.push(Msg::Rotation(RotationMsg::ClockRead(Clock { id, now, ahead: 0 })));
                }
                _ => {}
            }
        }
        let owners: BTreeSet<Owner> = self.live.iter().map(|id| id.owner()).collect();
        prop_assert!(owners.len() <= 1, "calls of two owners are under way: {:?}", self.live);
        let several = owners.contains(&Owner::Lab) || owners.contains(&Owner::Headroom);
        prop_assert!(several || self.live.len() <= 1, "one call at a time: {:?}", self.live);
        after.into_iter().try_for_each(|msg| self.tell(msg))
    }

    fn reply(&mut self, id: RequestId, reply: Reply) -> Result<(), TestCaseError> {
        self.tell(Msg::Reply { id, at: self.now, reply })
    }

    fn answer(&mut self, which: usize, status: u16, body: &str) -> Result<(), TestCaseError> {
        let Some(id) = self.live.get(which).copied() else { return Ok(()) };
        self.now = self.now + Span::from_millis(60);
        self.reply(id, Reply::Http(HttpEvent::Sent))?;
        self.reply(id, Reply::Http(HttpEvent::Opened { status, headers: Vec::new() }))?;
        self.reply(id, Reply::Http(HttpEvent::Chunk(body.as_bytes().to_vec())))?;
        self.reply(id, Reply::Http(HttpEvent::Closed))
    }

    /// Lets the timers run down that are due by then.
    fn wait(&mut self, span: Span) -> Result<(), TestCaseError> {
        self.now = self.now + span;
        let now = self.now;
        let slow: Vec<_> = self.slow.extract_if(.., |(_, at)| *at <= now).collect();
        slow.into_iter().try_for_each(|(id, _)| self.reply(id, Reply::Slow))?;
        let due: Vec<_> = self.timers.extract_if(.., |(_, at)| *at <= now).collect();
        due.into_iter().try_for_each(|(id, _)| self.reply(id, Reply::Tick))
    }

    pub(crate) fn step(&mut self, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Tell(msg) => self.tell(msg),
            Step::Answer(which, status, body) => self.answer(which, status, body),
            Step::Lost(which) => {
                let Some(id) = self.live.get(which).copied() else { return Ok(()) };
                let failure = TransportFailure { message: "Failed to fetch".to_owned(), online: true };
                self.reply(id, Reply::Http(HttpEvent::Failed(failure)))
            }
            Step::TimeOver(which) => {
                let Some(id) = self.live.get(which).copied() else { return Ok(()) };
                self.reply(id, Reply::TimeLimit)?;
                prop_assert!(!self.live.contains(&id), "what has taken too long is aborted");
                Ok(())
            }
            Step::Wait(millis) => self.wait(Span::from_millis(millis)),
            Step::Echo(owner, number) if self.live.iter().all(|id| id.number() != number) => {
                let id = RequestId::new(owner, number);
                self.reply(id, Reply::Http(HttpEvent::Closed))?;
                self.reply(id, Reply::TimeLimit)
            }
            Step::Echo(..) => Ok(()),
        }
    }

    /// What goes on, or waits for its turn.
    fn running(&self) -> Vec<&'static str> {
        let scan = self.model.scan_view().is_some_and(|scan| scan.phase == "running");
        let features = self.model.features_view().running;
        let identity = matches!(self.model.identity_view().state, "waiting" | "asking");
        let lab = self.model.lab_progress().is_some_and(|lab| lab.phase == "running");
        let headroom = self.model.headroom_view().is_some_and(|found| found.phase == "running");
        let trip = match self.model.card() {
            Some(Card::Outcome(outcome)) => {
                outcome.strip.is_some_and(|strip| strip.running)
                    || outcome.retest.is_some_and(|retest| retest.running)
            }
            Some(Card::Running { .. }) => true,
            None => false,
        };
        let rotation = self.model.rotation_view().presses.contains(&RotationPress::Stop);
        let all = [
            (scan, "scan"),
            (features, "checks"),
            (identity, "identity"),
            (rotation, "rotation"),
            (lab, "lab"),
            (headroom, "headroom"),
            (trip, "trip"),
        ];
        all.into_iter().filter_map(|(runs, name)| runs.then_some(name)).collect()
    }
}

/// So many minutes after the page was opened.
fn moment(minutes: u64) -> Moment {
    Moment { at: Timestamp::from_micros(minutes * 60_000_000), wall: minutes * 60_000 }
}

/// The user does something then.
fn active(minutes: u64) -> Msg {
    Msg::Session(SessionMsg::Active(moment(minutes)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 384, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_two_of_those_who_use_the_line_ever_have_calls_under_way(
        steps in prop::collection::vec(step(), 0..60),
    ) {
        let mut line = Line::new();
        for step in steps {
            line.step(step)?;
        }
    }

    #[test]
    fn whoever_waits_for_the_line_gets_it_and_comes_to_an_end(
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let mut line = Line::new();
        for step in steps {
            line.step(step)?;
        }
        // The other end answers everything from now on, and time passes.
        for _ in 0..3_000 {
            if line.running().is_empty() {
                break;
            }
            if line.live.is_empty() {
                line.wait(SECOND)?;
            } else {
                line.answer(0, 200, ANSWER)?;
            }
        }
        prop_assert!(line.running().is_empty(), "{:?} still wait for something: {:?}", line.running(), line.timers);
    }

    #[test]
    fn whatever_takes_the_key_away_ends_every_call(
        steps in prop::collection::vec(step(), 0..40),
        how in select(vec![Msg::KeyForgotten, Msg::WorkerTookOver, Msg::DemoLeft, active(16)]),
    ) {
        let mut line = Line::new();
        line.tell(active(0))?;
        for step in steps {
            line.step(step)?;
        }
        // In the demo there is no key of the user's, and neither a worker nor time takes anything away.
        let leaves = matches!(how, Msg::WorkerTookOver | Msg::Session(_));
        let simulated = line.model.facts().simulated && leaves;
        line.tell(how)?;
        prop_assert!(simulated || line.live.is_empty(), "{:?}", line.live);
        for _ in 0..20 {
            line.wait(Span::from_secs(70))?;
            prop_assert!(simulated || line.live.is_empty(), "{:?}", line.live);
        }
    }
}

#[test]
fn a_key_that_is_wiped_for_want_of_use_ends_every_call() {
    let mut line = Line::new();
    line.tell(Msg::Scan(ScanMsg::Pressed)).expect("a press");
    line.tell(Msg::Features(FeaturesMsg::Pressed(Checks::Free))).expect("a press");
    assert!(!line.live.is_empty());
    for minutes in [0, 16] {
        line.tell(active(minutes)).expect("a sign of the user");
    }
    assert!(line.live.is_empty() && line.running().is_empty(), "{:?}", line.running());
}
