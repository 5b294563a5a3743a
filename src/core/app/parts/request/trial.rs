//! The trial of a repaired request: it is sent with the smallest answer, on a press, and its price is known before.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Event;
use crate::core::app::calls::{Call, Calls, Ended, Owner, Reply, RequestId};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::step::Step;
use crate::core::app::words::listed;
use crate::core::exchange::Exchange;
use crate::core::explain::{Circumstances, Explanation, judge_completion};
use crate::core::http::{Body, HttpRequest};
use crate::core::json;
use crate::core::mistral::usage::Usage;
use crate::core::prices::{Charge, Dollars, Price, Terms};
use crate::core::request::Repair;
use crate::core::request::schema;
use crate::core::time::Timestamp;

/// What is to be sent, and what that costs at most.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    path: &'static str,
    body: String,
    model: String,
    left_out: Vec<&'static str>,
    terms: Terms,
}

impl Plan {
    /// What is sent and costs at most, for beside the button.
    pub(super) fn offer(&self) -> String {
        let worst = self.terms.worst().map(Dollars::rounded_up).unwrap_or_default();
        let without = match listed(&self.left_out) {
            names if names.is_empty() => names,
            names => format!(" and without {names}"),
        };
        format!("One request to {} with max_tokens 1{without}, at most {worst}.", self.model)
    }
}

/// How far a trial has come, and what trials have cost.
#[derive(Debug, Default)]
pub(super) struct Trial {
    stage: Stage,
    charge: Charge,
}

#[derive(Debug, Default)]
enum Stage {
    /// None was made of this text.
    #[default]
    Untried,
    /// It waits for its turn.
    Waiting(Plan),
    /// The call is under way.
    Asking(Box<(Call, HttpRequest, Plan)>),
    /// The user stopped the call.
    Stopped,
    /// Mistral took the request, or did not.
    Over(Result<(), Arc<Explanation>>, Charge),
}

/// What a view tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Untried,
    Waiting,
    Asking,
    Stopped,
    Taken(String),
    Refused(Arc<Explanation>),
}

/// Tokens that a template adds to what was sent, at most. Templates on record add under 20.
const MOST_ADDED: u64 = 512;

/// Fields that would make the answer longer, come in pieces or cost more; a trial goes without them.
const LEFT_OUT: [&str; 6] = ["stream", "stream_options", "n", "prediction", "service_tier", "min_tokens"];

/// What a trial of a request would send, whoever sends it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    path: &'static str,
    body: String,
    model: String,
    /// The fields that it goes without.
    left_out: Vec<&'static str>,
}

/// Drafts the trial of a request.
///
/// # Errors
/// Why it cannot be made here, in a sentence.
pub(super) fn draft(repair: &Repair, masked: usize) -> Result<Draft, &'static str> {
    const CALLS: &str = "Only chat and code completion can be tried here.";
    let path = match repair.call {
        Some(call @ (schema::Call::Chat | schema::Call::Fim)) => call.path(),
        _ => return Err(CALLS),
    };
    if !repair.is_legal() {
        return Err("Mend what is still wrong; then it can be tried here.");
    }
    let body = repair
        .body
        .as_ref()
        .ok_or("It cannot be tried here: some values are known to your program alone.")?;
    if masked > 0 && holds_marker(body) {
        return Err("It cannot be tried here: secrets in the body were masked.");
    }
    if !is_plain(body) {
        return Err(
            "It cannot be tried here: pictures, sound, documents and tools that search have prices of their own.",
        );
    }
    let model = body.get("model").and_then(Value::as_str).ok_or("It names no model.")?.to_owned();
    let left_out = LEFT_OUT.into_iter().filter(|name| body.get(name).is_some()).collect();
    Ok(Draft { path, body: smallest(body), model, left_out })
}

/// What the trial would send with the key that is held, and what that costs at most.
///
/// # Errors
/// Why it cannot be made, in a sentence.
pub(super) fn plan(draft: &Result<Draft, &'static str>, facts: &Facts) -> Result<Plan, &'static str> {
    let Draft { path, body, model, left_out } = draft.as_ref().map_err(|why| *why)?;
    let caller = facts.caller().ok_or("To try it, test a key first.")?;
    let listed = facts.known().find(|row| row.ids.contains(model));
    let ids = listed.map_or_else(|| vec![model.clone()], |row| row.ids.clone());
    let price = Price::of(&ids).ok_or("It cannot be tried here: the price of its model is not known.")?;
    let input = u64::try_from(body.len()).unwrap_or(u64::MAX).saturating_add(MOST_ADDED);
    let bound = Usage { input, output: 1, ..Terms::FREE.bound };
    let terms = Terms { price: Some(price.at(caller.endpoint)), bound };
    Ok(Plan { path, body: body.clone(), model: model.clone(), left_out: left_out.clone(), terms })
}

/// Whether what masks a secret stands in a body.
fn holds_marker(body: &Value) -> bool {
    let mut text = String::new();
    json::value(&mut text, body);
    crate::core::paste::secrets::marked(&text) > 0
}

/// Whether a body holds text alone, and tools that are functions.
fn is_plain(body: &Value) -> bool {
    let list =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let kind_is = |value: &Value, kind: &str| value.get("type").is_none_or(|told| told == kind);
    let tools = list(body, "tools").iter().all(|tool| kind_is(tool, "function"));
    let messages = list(body, "messages");
    let chunks = messages.iter().flat_map(|message| list(message, "content"));
    tools && chunks.into_iter().all(|chunk| kind_is(&chunk, "text") || kind_is(&chunk, "thinking"))
}

/// The body with the smallest answer.
fn smallest(body: &Value) -> String {
    let mut body = body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.retain(|name, _| !LEFT_OUT.contains(&name.as_str()));
        fields.insert("max_tokens".to_owned(), json!(1));
    }
    let mut text = String::new();
    json::value(&mut text, &body);
    text
}

impl Trial {
    pub(super) fn begin(&mut self, plan: Plan) -> Step<Event> {
        if self.is_running() {
            return Step::default();
        }
        self.stage = Stage::Waiting(plan);
        Step::default().effect(Effect::Refocus(Focus::Trial)).event(Event::Ready)
    }

    pub(super) fn go(&mut self, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        match (std::mem::take(&mut self.stage), facts.caller()) {
            (Stage::Waiting(plan), Some(caller)) => {
                let request = caller.post(plan.path, Body::Json(plan.body.clone()));
                let (call, effects) = calls.begin(Owner::Request, request.clone());
                self.stage = Stage::Asking(Box::new((call, request, plan)));
                let focus = Effect::Refocus(Focus::Trial);
                Step::default().effects(effects).effect(focus).say("Sending the request.")
            }
            (Stage::Waiting(_), None) => Step::default().event(Event::Ended),
            (stage, _) => {
                self.stage = stage;
                let step = Step::quiet();
                if self.is_running() { step } else { step.event(Event::Ended) }
            }
        }
    }

    pub(super) fn reply(&mut self, id: RequestId, at: Timestamp, reply: Reply, facts: &Facts) -> Step<Event> {
        let Stage::Asking(asking) = &mut self.stage else { return Step::quiet() };
        let (call, request, plan) = asking.as_mut();
        let Some(Ended { exchange, abort }) = call.record(id, at, reply) else { return Step::quiet() };
        let charge = plan.terms.charge(&exchange);
        let outcome = outcome(&exchange, request, facts);
        self.charge = self.charge + charge;
        let words = match &outcome {
            Ok(()) => "Mistral took the request.".to_owned(),
            Err(explanation) => format!("Mistral did not take the request. {}", explanation.spoken()),
        };
        self.stage = Stage::Over(outcome, charge);
        Step::default().effects(abort).say(words).effect(Effect::Refocus(Focus::Trial)).event(Event::Ended)
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self.stage, Stage::Waiting(_) | Stage::Asking(_))
    }

    pub(super) fn charge(&self) -> Charge {
        self.charge
    }

    /// Takes back what is under way. A call that was aborted may have run all the same.
    pub(super) fn abort(&mut self) -> Option<Effect> {
        if !self.is_running() {
            return None;
        }
        let Stage::Asking(asking) = std::mem::take(&mut self.stage) else { return None };
        let (call, _, plan) = *asking;
        let (exchange, abort) = call.stopped();
        self.charge = self.charge + plan.terms.charge(&exchange);
        self.stage = Stage::Stopped;
        Some(abort)
    }

    /// The same without what came of this text.
    pub(super) fn without_result(&self) -> Self {
        Self { stage: Stage::Untried, charge: self.charge }
    }

    pub(super) fn state(&self) -> State {
        match &self.stage {
            Stage::Untried => State::Untried,
            Stage::Waiting(_) => State::Waiting,
            Stage::Asking(_) => State::Asking,
            Stage::Stopped => State::Stopped,
            Stage::Over(Ok(()), charge) => State::Taken(charge.cost()),
            Stage::Over(Err(explanation), _) => State::Refused(Arc::clone(explanation)),
        }
    }
}

/// Whether Mistral took the request; else why not.
fn outcome(exchange: &Exchange, request: &HttpRequest, facts: &Facts) -> Result<(), Arc<Explanation>> {
    judge_completion(exchange).map_err(|finding| {
        let circumstances = Circumstances { endpoint: Some(request.endpoint), ..Circumstances::default() };
        let asked = facts.answerer(request.endpoint);
        Arc::new(Explanation::of_exchange(finding, exchange, asked, request.key.as_ref(), &circumstances))
    })
}
