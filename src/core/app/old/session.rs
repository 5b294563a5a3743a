//! How a key leaves the page: on a press, with all that it led to; or because nobody has used it for fifteen minutes, and then
//! what was learnt by it stays.
//!
//! What a user has started counts as use for as long as the page is seen: a scan of a slow plan takes longer than that, and
//! whoever watches it need not touch anything. In a hidden tab it does not, for nobody may be there any more.
//!
//! Timers are not trusted. A machine that sleeps stops them, and may stop the page's clock as well, so the time of day is
//! read with it and the longer of both counts. Whatever comes first after a sleep, a timer or a key press, finds the time over.

use crate::core::app::barrier::BARRED;
use crate::core::app::{
    Check, Countdown, Done, Effect, Focus, Form, History, Model, Reading, TextField, Transport, Whose, check,
    features, field, lab,
};
use crate::core::http::{HttpRequest, RequestId};
use crate::core::key::ApiKey;
use crate::core::round_trip::RoundTrip;
use crate::core::time::{Span, Timestamp};

/// How long a key is held without use.
const LIMIT: Span = Span::from_secs(15 * 60);

/// The longest time between two looks at the clock: after a sleep of the machine the key goes within this.
const MINUTE: Span = Span::from_secs(60);

/// What the user sees and hears of it.
pub(super) const WIPED: &str = "Key wiped after 15 minutes without use. Paste it again to go on.";

/// What is said where something would be sent with the key that is gone.
const GONE: &str = "The key that this was found out with was wiped. Test it again to go on.";

/// A moment on both clocks: one that never goes back, and one that goes on while the machine sleeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The page's clock.
    pub at: Timestamp,
    /// The time of day, in milliseconds since the Unix epoch.
    pub wall: u64,
}

impl Moment {
    fn since(self, earlier: Self) -> Span {
        let by_day = Span::from_millis(self.wall.saturating_sub(earlier.wall));
        self.at.since(earlier.at).max(by_day)
    }
}

/// What is reported of the user's presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionMsg {
    /// The user did something, whatever it was.
    Active(Moment),
    /// The tab was hidden, or is seen again.
    Visibility {
        /// Whether it is hidden now.
        hidden: bool,
        /// When.
        now: Moment,
    },
    /// The clock, which `Effect::TellTime` asked for.
    Time {
        /// Who asked.
        id: RequestId,
        /// What it says.
        now: Moment,
    },
}

/// Something that the user started, as it stood at the last message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Work {
    /// There is none.
    #[default]
    None,
    /// It is under way.
    Running,
    /// It has ended, and the clock was not told since.
    Ended,
}

/// The use of the key.
#[derive(Debug, Default)]
pub struct Session {
    /// When it was last used, as far as that is known.
    last: Option<Moment>,
    /// Who waits for the clock.
    timer: Option<RequestId>,
    /// Whether the tab is hidden.
    hidden: bool,
    /// What the user started.
    work: Work,
    /// Whether the last key was wiped, and no other text was pasted since.
    pub(super) wiped: bool,
}

pub(super) fn update(model: &mut Model, msg: SessionMsg) -> Vec<Effect> {
    let (now, used) = match msg {
        SessionMsg::Active(now) => (now, true),
        SessionMsg::Visibility { hidden, now } => {
            model.session.hidden = hidden;
            (now, true)
        }
        SessionMsg::Time { id, now } => {
            if model.session.timer != Some(id) {
                return Vec::new();
            }
            model.session.timer = None;
            let used = model.session.work != Work::None && !model.session.hidden;
            if model.session.work == Work::Ended {
                model.session.work = Work::None;
            }
            (now, used)
        }
    };
    // Held against the time before anything counts as use: the first press after a night comes too late.
    let last = *model.session.last.get_or_insert(now);
    if now.since(last) >= LIMIT && model.holds_key() {
        return wipe(model);
    }
    if used {
        model.session.last = Some(now);
    }
    Vec::new()
}

/// After every message: has the clock told as long as there is a key, and at once when work has ended.
pub(super) fn follow(model: &mut Model) -> Option<Effect> {
    if !model.holds_key() {
        let Session { hidden, wiped, .. } = model.session;
        model.session = Session { hidden, wiped, ..Session::default() };
        return None;
    }
    let ended = model.session.work == Work::Running && !model.works();
    if model.works() {
        model.session.work = Work::Running;
    } else if ended {
        // It was use until now, which the clock is about to tell.
        model.session.work = Work::Ended;
    }
    if model.session.timer.is_some() && !ended {
        return None;
    }
    let first = model.session.last.is_none();
    let id = model.next_request();
    model.session.timer = Some(id);
    Some(Effect::TellTime { id, after: if first || ended { Span::ZERO } else { MINUTE } })
}

/// The key leaves the page, and so do pasted texts, which may hold it too. What was learnt by it stays.
pub(super) fn wipe(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    // What the demo shows was not learnt by this key, but what stands in the field is one.
    if matches!(model.transport, Transport::Network) {
        effects = release(model);
    }
    model.form.reading = Reading::Nothing;
    model.form.revealed = false;
    effects.push(Effect::Fill(TextField::Key));
    effects.extend(field::forget(model));
    model.session = Session { hidden: model.session.hidden, wiped: true, ..Session::default() };
    // Never "simulated": the key that is gone was real.
    WIPED.clone_into(&mut model.announcement);
    effects.push(Effect::DrawAll);
    effects
}

/// The key leaves memory and what it led to stays, as far as it has come: what is under way is taken back. Whatever quotes an
/// answer is redacted first, since nothing could find the key in it afterwards.
fn release(model: &mut Model) -> Vec<Effect> {
    model.history = History::default();
    if !matches!(model.check, Check::Done(_)) {
        return check::abandon(model);
    }
    let mut effects = check::behind(model);
    // Nobody pressed Stop, so the focus stays where it is, unless it was on a button that goes.
    effects.extend(check::stop(model).into_iter().filter(|effect| !matches!(effect, Effect::Focus(_))));
    effects.push(Effect::Refocus(Focus::Verdict));
    if model.rows.is_empty() {
        // The frame that clears away what an earlier key led to has not come.
        check::clear_behind(model);
    }
    let Check::Done(Done { request: HttpRequest { key: Some(key), .. }, exchange, .. }) = &mut model.check
    else {
        return effects;
    };
    *exchange = exchange.without(key);
    features::redact(&mut model.features, key);
    lab::redact(&mut model.lab, key);
    key.wipe();
    effects
}

/// The key leaves the page: from the field, from memory, with everything that was learnt by it. Pasted texts may hold it too.
pub(super) fn forget(model: &mut Model) -> Vec<Effect> {
    let emptied = field::forget(model);
    let mut effects = check::abandon(model);
    model.transport = Transport::Network;
    model.history = History::default();
    model.form = Form { endpoint: model.form.endpoint, ..Form::default() };
    model.session.wiped = false;
    let texts = |effect: &Effect| matches!(effect, Effect::Fill(TextField::Doctor | TextField::Code));
    model.announce(if emptied.iter().any(texts) {
        "The key is forgotten, and the pasted text with it."
    } else {
        "The key is forgotten."
    });
    effects.extend(emptied);
    effects.extend([Effect::Fill(TextField::Key), Effect::Focus(model.entrance())]);
    effects
}

/// Says that the key is gone to whoever presses what needs it, and leads to where it can be pasted again.
pub(super) fn without_key(model: &mut Model) -> Vec<Effect> {
    if !model.key_was_wiped() {
        return Vec::new();
    }
    model.announce(model.key_is_gone());
    vec![Effect::Focus(model.entrance())]
}

impl Model {
    /// What is said where something would be sent with the key that is gone.
    pub(super) fn key_is_gone(&self) -> &'static str {
        if self.environment.barrier.is_some() { BARRED } else { GONE }
    }

    /// Whether a key is in this tab: in the field, tested, or held back. The demo's is none.
    pub(super) fn holds_key(&self) -> bool {
        let tested = match &self.check {
            Check::Idle => false,
            Check::Held(held) => held.key.is_some(),
            Check::Running(_) => true,
            Check::Done(done) => done.request.key.as_ref().is_some_and(|key| !key.is_wiped()),
        };
        self.form.reading != Reading::Nothing || tested && matches!(self.transport, Transport::Network)
    }

    /// The key that is tested or was, as long as it is held; none in the demo, whose key is no secret.
    pub(super) fn held_key(&self) -> Option<&ApiKey> {
        let request = match &self.check {
            Check::Running(running) => &running.request,
            Check::Done(done) => &done.request,
            Check::Idle | Check::Held(_) => return None,
        };
        request.key.as_ref().filter(|_| matches!(self.transport, Transport::Network))
    }

    /// Whether the key was wiped that led to the results on the screen.
    pub(super) fn key_was_wiped(&self) -> bool {
        self.done().and_then(|done| done.request.key.as_ref()).is_some_and(ApiKey::is_wiped)
    }

    /// Whether something that the user started is under way.
    fn works(&self) -> bool {
        let tests = match &self.check {
            Check::Running(_) => true,
            Check::Done(Done { round_trip, retest, .. }) => {
                round_trip.as_ref().is_some_and(RoundTrip::wants_more)
                    || retest.as_ref().is_some_and(Countdown::is_running)
            }
            _ => false,
        };
        tests
            || features::scan_runs(self)
            || self.features.is_running()
            || self.lab.is_running()
            || matches!(self.whose, Whose::Asking(_))
    }
}
