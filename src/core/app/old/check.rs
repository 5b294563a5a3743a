//! The test of a key: one call for the verdict, then the warm calls of the round trip.

use std::sync::Arc;

use crate::core::app::inquiry::{self, Inquiry};
use crate::core::app::msg::Pasted;
use crate::core::app::present::counted;
use crate::core::app::retest::{self, Countdown};
use crate::core::app::{
    AccessMap, Effect, Focus, History, Model, PAGE, Reading, Transport, access, features, lab, lifecycle,
    session, warm, whose,
};
use crate::core::exchange::{Ending, Exchange};
use crate::core::explain::{Cause, Explanation, Finding, judge, judge_completion};
use crate::core::http::{HttpEvent, HttpRequest, RequestId};
use crate::core::key::ApiKey;
use crate::core::mistral::{self, Endpoint, wire::Listing};
use crate::core::models::{self, Query};
use crate::core::round_trip::{Progress, RoundTrip};
use crate::core::time::{Span, Timestamp};

/// How long a call may take. Mistral's model list takes well under a second; a user has left after this long.
pub(super) const TIME_LIMIT: Span = Span::from_secs(20);

/// How long the verdict before stays on the screen when a new test starts. Most answers come sooner, and a page that
/// draws nothing in between neither flickers nor competes with them for the processor.
const PATIENCE: Span = Span::from_millis(100);

/// The test, as far as it has come.
#[derive(Debug, Default)]
#[allow(clippy::large_enum_variant, reason = "there is one of it")]
pub enum Check {
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
pub struct Held {
    /// Why not.
    pub explanation: Explanation,
    /// The key, if the user may have it sent all the same.
    pub key: Option<ApiKey>,
}

/// A call under way.
#[derive(Debug)]
pub struct Running {
    /// What was asked.
    pub request: HttpRequest,
    /// The verdict before, until patience is over.
    pub before: Option<Box<Done>>,
    /// Whether the browser reported that the page's policy held a request to the host back.
    pub(super) policy_violated: bool,
    id: RequestId,
    exchange: Exchange,
}

/// A verdict and what belongs to it.
#[derive(Debug)]
pub struct Done {
    /// The verdict and its reasons.
    pub explanation: Explanation,
    /// What was asked.
    pub request: HttpRequest,
    /// What came back.
    pub exchange: Exchange,
    /// The round trip, if the key works.
    pub round_trip: Option<RoundTrip>,
    /// The search for the reason why no answer came.
    pub inquiry: Option<Inquiry>,
    /// The countdown in which the page tests again by itself.
    pub retest: Option<Countdown>,
    /// The models it lists, until the verdict is on the screen and they are made into rows.
    pub listed: Option<Listing>,
    pub(super) warm: Option<(RequestId, Exchange)>,
}

pub(super) fn submitted(model: &mut Model, pasted: &Pasted) -> Vec<Effect> {
    let before = match (&model.transport, std::mem::take(&mut model.check)) {
        (Transport::Network, Check::Done(done)) => Some(done),
        (_, other) => {
            model.check = other;
            None
        }
    };
    let mut effects: Vec<Effect> = match &before {
        Some(done) => done.under_way().map(Effect::Abort).into_iter().chain(behind(model)).collect(),
        None => abandon(model),
    };
    model.transport = Transport::Network;
    model.form.revealed = false;
    match ApiKey::parse(pasted.expose()) {
        Err(problem) => {
            model.form.reading = Reading::Problem(problem);
            effects.extend(hold(model, Explanation::of_problem(problem), None));
            effects.push(Effect::Focus(Focus::KeyField));
        }
        Ok(parsed) => {
            if let Some(doubt) = parsed.reading.doubt {
                let explanation = Explanation::of_doubt(doubt, parsed.reading.sentence());
                effects.extend(hold(model, explanation, Some(parsed.key)));
            } else {
                let request = mistral::list_models(model.form.endpoint, parsed.key);
                effects.extend(start(model, request, before));
            }
        }
    }
    effects
}

pub(super) fn hold(model: &mut Model, explanation: Explanation, key: Option<ApiKey>) -> Vec<Effect> {
    let doubtful = key.is_some();
    if !doubtful {
        // It holds the key before, and the card has no button to forget that one.
        model.history = History::default();
    }
    model.announce(explanation.spoken());
    model.check = Check::Held(Held { explanation, key });
    clear_findings(model);
    clear_choices(model);
    let focus = doubtful.then_some(Effect::Focus(Focus::Verdict));
    focus.into_iter().chain([Effect::AwaitFrame]).collect()
}

pub(super) fn send_anyway(model: &mut Model) -> Vec<Effect> {
    match std::mem::take(&mut model.check) {
        Check::Held(Held { key: Some(key), .. }) => {
            let request = mistral::list_models(model.form.endpoint, key);
            start(model, request, None)
        }
        other => {
            model.check = other;
            Vec::new()
        }
    }
}

/// Tests the key that was tested last at another host. The answers of two hosts tell more than that of one.
pub(super) fn test_at(model: &mut Model, endpoint: Endpoint) -> Vec<Effect> {
    let Check::Done(Done { request: HttpRequest { key: Some(key), .. }, .. }) = &model.check else {
        return Vec::new();
    };
    if key.is_wiped() {
        return session::without_key(model);
    }
    let request = mistral::list_models(endpoint, key.clone());
    let mut effects = abandon(model);
    model.form.endpoint = endpoint;
    effects.extend(start(model, request, None));
    effects
}

/// Makes the call that the verdict rests on.
pub(super) fn start(model: &mut Model, request: HttpRequest, before: Option<Done>) -> Vec<Effect> {
    let id = model.next_request();
    let patience = before.is_some().then_some(Effect::StartPatience { id, patience: PATIENCE });
    let before = before.map(Box::new);
    model.check = Check::Running(Running {
        request: request.clone(),
        before,
        policy_violated: false,
        id,
        exchange: Exchange::default(),
    });
    let asked = model.transport.answerer(request.endpoint);
    model.announce(format!("{asked} is asked."));
    let send = model.transport.send(id, request);
    let limit = model.transport.time_limit();
    [send, Effect::StartTimeLimit { id, limit }].into_iter().chain(patience).collect()
}

/// The answer takes its time: away with what was known before, and show that the page waits.
pub(super) fn patience_over(model: &mut Model, id: RequestId) -> Vec<Effect> {
    if let Check::Running(running) = &mut model.check
        && running.id == id
    {
        running.before = None;
        clear_findings(model);
        clear_choices(model);
        model.rows_shown = Arc::default();
    }
    Vec::new()
}

pub(super) fn http(model: &mut Model, id: RequestId, at: Timestamp, event: HttpEvent) -> Vec<Effect> {
    match &mut model.check {
        Check::Running(running) if running.id == id => {
            running.exchange.record(at, event);
            if running.exchange.ending().is_some() { conclude(model) } else { Vec::new() }
        }
        Check::Done(Done { warm: Some((warm, exchange)), .. }) if *warm == id => {
            exchange.record(at, event);
            if exchange.ending().is_some() { warm::call_ended(model) } else { Vec::new() }
        }
        Check::Done(done) if done.inquiry.as_ref().is_some_and(|inquiry| inquiry.waits_for(id)) => {
            inquiry::http(model, at, event)
        }
        Check::Done(done) if done.retest.as_ref().is_some_and(|retest| retest.waits_for(id)) => {
            retest::http(model, at, event)
        }
        _ => Vec::new(),
    }
}

pub(super) fn time_limit(model: &mut Model, id: RequestId, at: Timestamp) -> Vec<Effect> {
    let mut effects = match &mut model.check {
        Check::Running(running) if running.id == id => {
            running.exchange.end(Some(at), model.transport.ending_at_limit());
            conclude(model)
        }
        Check::Done(Done { warm: Some((warm, exchange)), .. }) if *warm == id => {
            exchange.end(Some(at), Ending::TimedOut(TIME_LIMIT));
            warm::call_ended(model)
        }
        Check::Done(done) if done.inquiry.as_ref().is_some_and(|inquiry| inquiry.waits_for(id)) => {
            inquiry::time_limit(model)
        }
        Check::Done(done) if done.retest.as_ref().is_some_and(|retest| retest.waits_for(id)) => {
            retest::time_limit(model, at)
        }
        _ => return Vec::new(),
    };
    effects.insert(0, Effect::Abort(id));
    effects
}

pub(super) fn stop(model: &mut Model) -> Vec<Effect> {
    match &mut model.check {
        Check::Running(running) => {
            let id = running.id;
            running.exchange.end(None, Ending::Stopped);
            let mut effects = conclude(model);
            effects.insert(0, Effect::Abort(id));
            effects
        }
        // Between the verdict and the first warm call there is nothing to take back, but something to call off.
        Check::Done(Done { warm, round_trip: Some(trip), .. }) if trip.wants_more() => {
            trip.progress = Progress::Stopped;
            let abort = warm.take().map(|(id, _)| Effect::Abort(id));
            model.announce("Stopped. What was measured so far stays.");
            // The button that was pressed goes, and would take the focus with it.
            abort.into_iter().chain([Effect::Focus(Focus::Verdict)]).collect()
        }
        Check::Done(Done { retest: Some(_), .. }) => retest::stop(model),
        _ => Vec::new(),
    }
}

/// Drops the test with its key and results, and takes back what is still under way.
pub(super) fn abandon(model: &mut Model) -> Vec<Effect> {
    let behind = behind(model);
    clear_findings(model);
    clear_choices(model);
    let under_way = match std::mem::take(&mut model.check) {
        Check::Running(running) => Some(running.id),
        Check::Done(done) => done.under_way(),
        _ => None,
    };
    under_way.map(Effect::Abort).into_iter().chain(behind).chain([Effect::AwaitFrame]).collect()
}

impl Done {
    /// The request that goes on behind the verdict: a warm call, a probe or a retest; never two at a time.
    fn under_way(&self) -> Option<RequestId> {
        let warm = self.warm.as_ref().map(|(id, _)| *id);
        let probe = self.inquiry.as_ref().and_then(Inquiry::under_way);
        warm.or(probe).or_else(|| self.retest.as_ref().and_then(Countdown::under_way))
    }
}

/// Takes back what goes on behind the verdict: the scan, the checks, the question whose key it is. What they found out stays
/// as long as the verdict does: to take it off the screen takes time, which the next verdict would wait for.
pub(super) fn behind(model: &mut Model) -> Vec<Effect> {
    let scan = access::end(model);
    scan.into_iter().chain(features::end(model)).chain(whose::end(model)).chain(lab::end(model)).collect()
}

fn clear_findings(model: &mut Model) {
    model.rows = Arc::default();
    clear_behind(model);
    model.copied = None;
}

/// What was found out behind the verdict goes.
pub(super) fn clear_behind(model: &mut Model) {
    model.access = AccessMap { choice: model.access.choice, ..AccessMap::default() };
    model.features = super::Features::default();
    model.lab = model.lab.cleared();
    model.whose = super::Whose::default();
    lifecycle::listed(model);
}

/// What the user chose to see, for when card and table go. As long as they stay on the screen the choices stay too: the
/// filter field keeps its text and the raw view stays unfolded, whatever the model says.
fn clear_choices(model: &mut Model) {
    model.query = Query::default();
    model.most_rows = PAGE;
    model.snippet = super::SnippetChoice::default();
    model.raw_open = false;
}

/// The exchange is over: judge it, show it, and go on from there.
fn conclude(model: &mut Model) -> Vec<Effect> {
    let Check::Running(Running { request, exchange, policy_violated, .. }) = std::mem::take(&mut model.check)
    else {
        return Vec::new();
    };
    settle(model, request, exchange);
    let mut effects = vec![Effect::Focus(Focus::Verdict), Effect::AwaitFrame];
    effects.extend(inquiry::begin(model, policy_violated));
    effects
}

/// What a finished exchange came to; with the models, if those were asked for.
pub(super) fn judged(request: &HttpRequest, exchange: &Exchange) -> Result<Option<Listing>, Finding> {
    if request.path == mistral::MODELS {
        judge(exchange).map(Some)
    } else {
        judge_completion(exchange).map(|()| None)
    }
}

/// Judges a finished exchange and puts the verdict up.
pub(super) fn settle(model: &mut Model, request: HttpRequest, exchange: Exchange) {
    // What is behind the verdict goes a frame later, with the table.
    model.rows = Arc::default();
    model.copied = None;
    let judged = judged(&request, &exchange);
    let asked = model.transport.answerer(request.endpoint);
    let circumstances = model.history.circumstances(&request);
    let explanation = match &judged {
        Ok(_) => Explanation::of_success(&exchange, asked),
        Err(finding) => {
            Explanation::of_exchange(*finding, &exchange, asked, request.key.as_ref(), &circumstances)
        }
    };
    if matches!(model.transport, Transport::Network) {
        model.history.note(&request, explanation.cause);
    }
    model.announce(explanation.spoken());
    let listed = judged.ok().flatten();
    let round_trip = listed.is_some().then(|| RoundTrip::new(exchange.round_trip()));
    if listed.is_none() {
        model.query = Query::default();
    }
    let (inquiry, retest, warm) = (None, None, None);
    model.check =
        Check::Done(Done { explanation, request, exchange, round_trip, inquiry, retest, listed, warm });
}

/// The verdict is drawn first, in the next frame what follows from it, and only then is measured: a busy page would add
/// its own time to the samples.
pub(super) fn frame_shown(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Check::Done(done) = &mut model.check {
        if let Some(listing) = done.listed.take() {
            model.rows = models::rows(&listing.read().cards).into();
            clear_behind(model);
            // A chip that is not offered could not be pressed again.
            let offered = |wanted| model.rows.iter().any(|row| row.capabilities.has(wanted));
            model.query.capability = model.query.capability.filter(|wanted| offered(*wanted));
            model.query.access = None;
            access::estimate(model);
            features::estimate(model);
            lab::estimate(model);
            lifecycle::listed(model);
            let headline = Cause::Works.entry().headline;
            model.announce(format!("{headline} It lists {}.", counted(model.rows.len(), "model", "models")));
            effects.push(Effect::AwaitFrame);
        } else if done.warm.is_none() {
            effects = warm::next_call(model);
        }
    }
    if model.rows.is_empty() && !model.rows_shown.is_empty() {
        clear_behind(model);
    }
    model.rows_shown = Arc::clone(&model.rows);
    effects
}
