//! The test of a key: one call for the verdict, then what follows from it: the warm calls of the round trip, the search for
//! the reason of a silence, the countdown in which the page tests again.

mod card;
mod history;
mod inquiry;
mod msg;
mod offers;
mod reported;
mod retest;
mod round_trip;

pub use card::{Card, Figure, KeyState, Mark, Outcome, Strip};
pub use msg::{Event, Msg, Start};
pub use offers::{Offer, RetestView};

use crate::core::app::calls::{Call, Calls, Ended, Owner, Reply, RequestId};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::step::Step;
use crate::core::app::words::counted;
use crate::core::exchange::Exchange;
use crate::core::explain::{Cause, Explanation, Finding, judge, judge_completion};
use crate::core::http::HttpRequest;
use crate::core::key::ApiKey;
use crate::core::mistral::{self, Endpoint, wire::Listing};
use crate::core::models;
use crate::core::raw::Extent;
use crate::core::round_trip::{Progress, RoundTrip};
use crate::core::time::{Span, Timestamp};
use history::History;
use inquiry::Inquiry;
use retest::Countdown;

/// How long the verdict before stays on the screen when a new test starts. Most answers come sooner, and a page that
/// draws nothing in between neither flickers nor competes with them for the processor.
const SLOW_AFTER: Span = Span::from_millis(100);

/// The test of a key.
#[derive(Debug, Default)]
pub struct KeyTest {
    stage: Stage,
    /// What the key that is tested came to so far, host by host.
    history: History,
    /// How much of the raw request and answer is looked at; none while they are folded.
    raw: Option<Extent>,
}

/// The test, as far as it has come.
#[derive(Debug, Default)]
#[allow(clippy::large_enum_variant, reason = "there is one of it")]
enum Stage {
    /// Nothing was tested yet.
    #[default]
    Idle,
    /// Nothing was sent, and the explanation says why.
    Held(Held),
    /// The call for the verdict is under way.
    Running(Running),
    /// There is a verdict.
    Done(Done),
}

/// A text that was not sent.
#[derive(Debug)]
struct Held {
    /// Why not.
    explanation: Explanation,
    /// Whether the user may have it sent all the same.
    doubtful: bool,
}

/// A call under way.
#[derive(Debug)]
struct Running {
    /// What was asked, without the key.
    request: HttpRequest,
    /// The verdict before, until the call is slow.
    before: Option<Box<Done>>,
    /// Whether the browser reported that the page's policy held a request to the host back.
    policy_violated: bool,
    /// Whether it is about another key than the tests before.
    other_key: bool,
    call: Call,
}

/// A verdict and what belongs to it.
#[derive(Debug)]
struct Done {
    /// The verdict and its reasons.
    explanation: Explanation,
    /// What was asked, without the key.
    request: HttpRequest,
    /// The last four characters of the key, which stay when it is wiped; empty of a short one.
    tail: String,
    /// What came back.
    exchange: Exchange,
    /// The round trip, if the key works.
    round_trip: Option<RoundTrip>,
    /// The search for the reason why no answer came.
    inquiry: Option<Inquiry>,
    /// The countdown in which the page tests again by itself.
    retest: Option<Countdown>,
    /// The models it lists, until the verdict is on the screen and they are made into rows.
    listed: Option<Listing>,
    /// The warm call under way.
    warm: Option<Call>,
}

impl KeyTest {
    /// Handles a message of the user.
    pub fn update(&mut self, msg: Msg, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        match msg {
            Msg::SendAnyway if self.is_held_back() => Step::default().event(Event::Test(None)),
            Msg::TestedAt(endpoint) if self.has_verdict() => {
                Step::default().event(Event::Test(Some(endpoint)))
            }
            Msg::SendAnyway | Msg::TestedAt(_) => Step::default(),
            Msg::Stopped => self.stop(facts, calls),
            Msg::RetestPressed => self.begin_countdown(calls),
            Msg::PolicyViolated { blocked } => self.policy_violated(&blocked),
            Msg::RawToggled { open } => {
                // Drawn anew, it tells that it is open, and what is seen of it stays.
                self.raw = open.then(|| self.raw.unwrap_or_default());
                Step::default()
            }
            Msg::RawExtended => {
                self.raw = self.raw.and(Some(Extent::Whole));
                // The button that was pressed goes.
                Step::default().effect(Effect::Refocus(Focus::Verdict))
            }
        }
    }

    /// Handles a reply.
    pub fn reply(
        &mut self,
        id: RequestId,
        at: Timestamp,
        reply: Reply,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step<Event> {
        match id.owner() {
            Owner::RoundTrip => self.warm_reply(id, at, reply, facts, calls),
            Owner::Inquiry => self.probe_reply(id, at, reply, calls),
            Owner::Retest => self.retest_reply(id, at, reply, facts, calls),
            _ => self.verdict_reply(id, at, reply, facts, calls),
        }
    }

    /// Says why a text is not sent. A doubtful one may be sent all the same.
    pub fn hold(&mut self, explanation: Explanation, doubtful: bool) -> Step<Event> {
        let step = Step::default()
            .say(explanation.spoken())
            .effects(doubtful.then_some(Effect::Focus(Focus::Verdict)));
        self.stage = Stage::Held(Held { explanation, doubtful });
        step.effect(Effect::AwaitFrame)
    }

    /// Makes the call that the verdict rests on. The verdict before stays on the screen until it is slow, if it is to be kept.
    pub fn start(&mut self, start: Start, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let Start { request, keep_verdict, other_key } = start;
        let before = match std::mem::take(&mut self.stage) {
            Stage::Done(done) if keep_verdict => Some(Box::new(done)),
            _ => None,
        };
        let asked = facts.answerer(request.endpoint);
        let (call, effects) = calls.begin(Owner::KeyTest, request.clone());
        let slow = before.is_some().then_some(Effect::ReportIfSlow { id: call.id(), after: SLOW_AFTER });
        let request = HttpRequest { key: None, ..request };
        self.stage = Stage::Running(Running { request, before, policy_violated: false, other_key, call });
        Step::default().say(format!("{asked} is asked.")).effects(effects).effects(slow)
    }

    fn verdict_reply(
        &mut self,
        id: RequestId,
        at: Timestamp,
        reply: Reply,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step<Event> {
        let Stage::Running(running) = &mut self.stage else { return Step::quiet() };
        if running.call.is(id) && matches!(reply, Reply::Slow) {
            running.before = None;
            return Step::default().event(Event::Slow);
        }
        let Some(Ended { exchange, abort }) = running.call.record(id, at, reply) else {
            return Step::quiet();
        };
        Step::default().effects(abort).then(self.conclude(exchange, facts, calls))
    }

    /// The exchange is over: judge it, show it, and go on from there.
    fn conclude(&mut self, exchange: Exchange, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let Stage::Running(Running { request, policy_violated, other_key, .. }) =
            std::mem::take(&mut self.stage)
        else {
            return Step::default();
        };
        // What another key came to says nothing about this one, and until now it belonged to the verdict on the screen.
        if other_key {
            self.history.begin();
        }
        self.settle(request, exchange, facts)
            .effects([Effect::Focus(Focus::Verdict), Effect::AwaitFrame])
            .then(self.begin_inquiry(policy_violated, facts, calls))
    }

    /// Judges a finished exchange and puts the verdict up.
    fn settle(&mut self, request: HttpRequest, exchange: Exchange, facts: &Facts) -> Step<Event> {
        let judged = judged(&request, &exchange);
        let asked = facts.answerer(request.endpoint);
        let circumstances = self.history.circumstances(request.endpoint, facts.key());
        let explanation = match &judged {
            Ok(_) => Explanation::of_success(&exchange, asked),
            Err(finding) => Explanation::of_exchange(*finding, &exchange, asked, facts.key(), &circumstances),
        };
        if !facts.simulated {
            self.history.note(request.endpoint, explanation.cause);
        }
        let listed = judged.ok().flatten();
        let event = Event::Judged { cause: explanation.cause, lists: listed.is_some() };
        let step = Step::default().say(explanation.spoken()).event(event);
        self.stage = Stage::Done(Done {
            explanation,
            request,
            tail: facts.key().and_then(ApiKey::last_four).unwrap_or_default().to_owned(),
            round_trip: listed.is_some().then(|| RoundTrip::new(exchange.round_trip())),
            exchange,
            inquiry: None,
            retest: None,
            listed,
            warm: None,
        });
        step
    }

    /// The verdict is drawn first, in the next frame what follows from it, and only then is measured: a busy page would add
    /// its own time to the samples.
    pub fn frame_shown(&mut self) -> Step<Event> {
        let Stage::Done(done) = &mut self.stage else { return Step::default() };
        if let Some(listing) = done.listed.take() {
            let (rows, left_out) = models::listed(&listing.read());
            let headline = Cause::Works.entry().headline;
            let listed = rows.len() + left_out.beyond;
            let words = format!("{headline} It lists {}.", counted(listed, "model", "models"));
            let event = Event::Listed { rows: rows.into(), left_out };
            return Step::default().say(words).event(event).effect(Effect::AwaitFrame);
        }
        let wanted = done.round_trip.as_ref().is_some_and(RoundTrip::wants_more) && done.warm.is_none();
        if wanted { Step::default().event(Event::Ready) } else { Step::default() }
    }

    /// The user stops what is under way.
    pub fn stop(&mut self, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        match &mut self.stage {
            Stage::Running(running) => {
                let (exchange, abort) = running.call.clone().stopped();
                Step::default().effect(abort).then(self.conclude(exchange, facts, calls))
            }
            // Between the verdict and the first warm call there is nothing to take back, but something to call off.
            Stage::Done(Done { warm, round_trip: Some(trip), .. }) if trip.wants_more() => {
                trip.progress = Progress::Stopped;
                Step::default()
                    .effects(warm.take().map(|call| call.abort()))
                    .say("Stopped. What was measured so far stays.")
                    // The button that was pressed goes, and would take the focus with it.
                    .effect(Effect::Focus(Focus::Verdict))
                    .event(Event::Ended)
            }
            Stage::Done(Done { retest: Some(retest), .. }) => retest.stop(),
            _ => Step::quiet(),
        }
    }

    /// What aborts the calls under way. Whoever is told of it by nobody else goes on waiting for them in vain.
    pub fn abort(&self) -> Option<Effect> {
        match &self.stage {
            Stage::Running(running) => Some(running.call.abort()),
            Stage::Done(done) => done.under_way().map(Call::abort),
            _ => None,
        }
    }

    /// Drops the verdict. What the key came to so far is remembered.
    pub fn clear(&mut self) {
        self.stage = Stage::Idle;
    }

    /// Folds the raw request and answer.
    pub fn close_raw(&mut self) {
        self.raw = None;
    }

    /// Forgets what the key came to so far.
    pub fn forget_history(&mut self) {
        self.history = History::default();
    }

    /// Lets a text go that was held back, since the field holds another one; whether there was one.
    pub fn let_go(&mut self) -> bool {
        let held = matches!(self.stage, Stage::Held(_));
        if held {
            self.stage = Stage::Idle;
        }
        held
    }

    /// Cuts the key out of the answer: it is about to be wiped.
    pub fn redact(&mut self, key: &ApiKey) {
        if let Stage::Done(done) = &mut self.stage {
            done.exchange = done.exchange.without(key);
        }
    }

    /// Whether a doubtful key waits to be sent or not.
    pub fn is_held_back(&self) -> bool {
        matches!(self.stage, Stage::Held(Held { doubtful: true, .. }))
    }

    /// Whether there is a verdict.
    pub fn has_verdict(&self) -> bool {
        matches!(self.stage, Stage::Done(_))
    }

    /// Whether the call for a verdict is under way.
    pub fn is_testing(&self) -> bool {
        matches!(self.stage, Stage::Running(_))
    }

    /// Whether something goes on that the user started, or that follows from it.
    pub fn is_running(&self) -> bool {
        match &self.stage {
            Stage::Running(_) => true,
            Stage::Done(Done { round_trip, retest, .. }) => {
                round_trip.as_ref().is_some_and(RoundTrip::wants_more)
                    || retest.as_ref().is_some_and(Countdown::is_running)
            }
            _ => false,
        }
    }

    /// The round trip to the host, if the verdict is that the key works.
    pub fn round_trip(&self) -> Option<&RoundTrip> {
        self.done()?.round_trip.as_ref()
    }

    /// The host of the verdict on the screen.
    pub fn tested_at(&self) -> Option<Endpoint> {
        self.done().map(|done| done.request.endpoint)
    }

    /// The verdict on the screen: this test's, or the one before while the new one is only just under way.
    fn done(&self) -> Option<&Done> {
        match &self.stage {
            Stage::Done(done) => Some(done),
            Stage::Running(Running { before, .. }) => before.as_deref(),
            _ => None,
        }
    }
}

impl Done {
    /// The call that goes on behind the verdict: a warm call, a probe or a retest; never two at a time.
    fn under_way(&self) -> Option<&Call> {
        let probe = self.inquiry.as_ref().and_then(Inquiry::under_way);
        self.warm.as_ref().or(probe).or_else(|| self.retest.as_ref().and_then(Countdown::under_way))
    }

    /// The same request once more, with the key.
    fn again(&self, facts: &Facts) -> HttpRequest {
        HttpRequest { key: facts.key().cloned(), ..self.request.clone() }
    }
}

/// What a finished exchange came to; with the models, if those were asked for.
fn judged(request: &HttpRequest, exchange: &Exchange) -> Result<Option<Listing>, Finding> {
    if request.path == mistral::MODELS {
        judge(exchange).map(Some)
    } else {
        judge_completion(exchange).map(|()| None)
    }
}
