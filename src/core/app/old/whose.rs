//! Whose key is this: asked on a press alone, because the answer is about a person.

use crate::core::app::call::{self, Call};
use crate::core::app::{Effect, Focus, Model, session};
use crate::core::exchange::Exchange;
use crate::core::explain::{Cause, judge_completion};
use crate::core::http::{HttpEvent, RequestId};
use crate::core::identity::{Fact, Identity, ME, WHOAMI, read};
use crate::core::time::Timestamp;

/// The question and what is known.
#[derive(Debug, Default)]
pub enum Whose {
    /// It was not asked.
    #[default]
    Unasked,
    /// A call is under way.
    Asking(Asking),
    /// Both calls are over.
    Answered(Answered),
}

/// A call under way.
#[derive(Debug)]
pub struct Asking {
    call: Call,
    so_far: Answered,
}

/// What the two calls came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// What they told.
    pub identity: Identity,
    /// Why a call told nothing: its path and the cause.
    pub silent: Vec<(&'static str, Cause)>,
}

/// The question as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoseView {
    /// `unasked`, `asking` or `answered`.
    pub state: &'static str,
    /// What is known.
    pub lines: Vec<(Fact, String)>,
    /// What could not be found out, and why: a sentence each.
    pub sentences: Vec<String>,
    /// The same for a terminal, where a page may not read the answer; and whether it was copied.
    pub command: Option<(String, Option<bool>)>,
    /// Whether this is the demo.
    pub simulated: bool,
}

pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    if matches!(model.whose, Whose::Asking(_)) {
        return Vec::new();
    }
    if model.lab.is_running() {
        model.announce("The measurement goes first. Stop it, or wait for its end.");
        return Vec::new();
    }
    let effects = call(model, ME, Answered::default());
    if matches!(model.whose, Whose::Asking(_)) {
        model.announce("Asking whose key this is.");
    }
    effects
}

fn call(model: &mut Model, path: &'static str, so_far: Answered) -> Vec<Effect> {
    let Some(caller) = model.caller() else { return session::without_key(model) };
    let (call, effects) = call::begin(model, caller.get(path));
    model.whose = Whose::Asking(Asking { call, so_far });
    effects.into()
}

pub(super) fn waits_for(model: &Model, id: RequestId) -> bool {
    matches!(&model.whose, Whose::Asking(asking) if asking.call.id == id)
}

pub(super) fn http(model: &mut Model, at: Timestamp, event: HttpEvent) -> Vec<Effect> {
    let Whose::Asking(asking) = &mut model.whose else { return Vec::new() };
    match asking.call.record(at, event) {
        Some(exchange) => call_ended(model, &exchange),
        None => Vec::new(),
    }
}

pub(super) fn time_limit(model: &mut Model, at: Timestamp) -> Vec<Effect> {
    let Whose::Asking(Asking { call, so_far }) = std::mem::take(&mut model.whose) else { return Vec::new() };
    let abort = Effect::Abort(call.id);
    let exchange = call.clone().ended(Some(at), model.transport.ending_at_limit());
    model.whose = Whose::Asking(Asking { call, so_far });
    let mut effects = vec![abort];
    effects.extend(call_ended(model, &exchange));
    effects
}

fn call_ended(model: &mut Model, exchange: &Exchange) -> Vec<Effect> {
    let Whose::Asking(Asking { mut so_far, .. }) = std::mem::take(&mut model.whose) else {
        return Vec::new();
    };
    let first = so_far == Answered::default();
    let path = if first { ME } else { WHOAMI };
    let told = model.caller().and_then(|caller| read(&exchange.without(&caller.key).answer()?.body));
    match (judge_completion(exchange), told) {
        (Ok(()), Some(identity)) => so_far.identity = so_far.identity.merge(identity),
        (Ok(()), None) => so_far.silent.push((path, Cause::NotMistral)),
        (Err(finding), _) => so_far.silent.push((path, finding.cause)),
    }
    if first {
        return call(model, WHOAMI, so_far);
    }
    model.announce(if so_far.identity.lines().is_empty() {
        "It could not be found out whose key this is."
    } else {
        "It is known whose key this is."
    });
    model.whose = Whose::Answered(so_far);
    // Whoever asked may be elsewhere by now: each of the two calls may take its time.
    vec![Effect::Refocus(Focus::Whose)]
}

/// Takes back the call under way.
pub(super) fn end(model: &mut Model) -> Option<Effect> {
    let Whose::Asking(Asking { call, .. }) = &model.whose else { return None };
    let abort = Effect::Abort(call.id);
    model.whose = Whose::Unasked;
    Some(abort)
}

impl Model {
    /// The question, as long as there is a key that works.
    pub fn whose_view(&self) -> Option<WhoseView> {
        if self.rows_shown.is_empty() {
            return None;
        }
        let mut view = WhoseView {
            state: "unasked",
            lines: Vec::new(),
            sentences: Vec::new(),
            command: None,
            simulated: self.transport.shown().is_some(),
        };
        match &self.whose {
            Whose::Unasked => {}
            Whose::Asking(_) => view.state = "asking",
            Whose::Answered(answered) => {
                view.state = "answered";
                view.lines = answered.identity.lines();
                view.sentences = answered.silent.iter().map(|silent| silence(*silent)).collect();
                let hidden = answered.silent.iter().any(|(_, cause)| *cause == Cause::Blocked);
                let caller = self.caller().filter(|_| hidden);
                view.command = caller.map(|caller| self.command(&caller.get(ME)));
            }
        }
        Some(view)
    }
}

/// Why a call told nothing.
fn silence((path, cause): (&'static str, Cause)) -> String {
    match cause {
        Cause::Blocked => format!(
            "{path}: no answer reached this page. Mistral may not let pages of other sites read this call (the browser’s rule for that is called CORS); it says nothing about the key."
        ),
        Cause::NotMistral => format!("{path}: the answer tells nothing about the key’s owner."),
        Cause::NoRoute | Cause::NotFound => format!("{path}: this host does not have this call."),
        cause => format!("{path}: {}", cause.entry().headline),
    }
}
