//! What holds for money and key, in whatever order things are pressed and answered.

use crate::money::{amount, spent};
use crate::talk::KEY;
use crate::talk::calls::{ANSWER, list_of};
use key_tester::core::app::{
    Checks, Effect, Environment, FeaturesMsg, HeadroomMsg, KeyFormMsg, Model, Msg, Owner, Pasted, Reply,
    RequestId, RequestMsg, ScanMsg, update,
};
use key_tester::core::headroom::MOST_IN_FLIGHT;
use key_tester::core::http::{HttpEvent, HttpRequest, Method, TransportFailure};
use key_tester::core::key::ApiKey;
use key_tester::core::policy::{Origin, Packaging};
use key_tester::core::prices::Dollars;
use key_tester::core::time::{Date, Span, Timestamp};
use proptest::prelude::*;

#[path = "spending/steps.rs"]
mod steps;

use steps::{Step, step};

/// A second key, for noticing that the first one is still used.
const OTHER: &str = "mstrl_AnotherBirdInAnotherMine0000000000_Two22";

/// Models with prices, one without.
const MODELS: [&str; 4] =
    ["mistral-small-2603", "ministral-3b-2512", "mistral-large-4", "some-model-of-next-year"];

/// The page, and what was promised about it.
struct Stage {
    model: Model,
    now: Timestamp,
    /// What is under way; no request of it in the demo.
    live: Vec<(RequestId, Option<HttpRequest>)>,
    ticks: Vec<(RequestId, Timestamp)>,
    /// Whether a press allowed calls that cost money, since the last key.
    allowed: bool,
    /// The key that was handed in last.
    key: Option<&'static str>,
    /// The most that the scan was said to cost, with each time that it was taken up again.
    scan: Dollars,
    /// The same of one that waits for its turn.
    next_scan: Option<Dollars>,
    /// The most that the checks were said to cost.
    checks: Dollars,
    /// The same of the repaired request that was sent last.
    request: Dollars,
    /// The most that the search for the pace was said to cost, and how many requests it still may make.
    headroom: Dollars,
    headroom_left: usize,
    /// The same of one that has sent nothing yet: till then the one before stands there.
    next_headroom: Option<Dollars>,
}

impl Stage {
    /// A key that works and lists the models.
    fn new() -> Self {
        let today = Date { year: 2026, month: 11, day: 23 };
        let mut stage = Self {
            model: Model::new(Environment {
                barrier: None,
                origin: Origin::Own,
                packaging: Packaging::Site,
                utc_offset: 0,
                today,
            }),
            now: Timestamp::from_micros(1_000_000),
            live: Vec::new(),
            ticks: Vec::new(),
            allowed: false,
            key: None,
            scan: Dollars::ZERO,
            next_scan: None,
            checks: Dollars::ZERO,
            request: Dollars::ZERO,
            headroom: Dollars::ZERO,
            headroom_left: 0,
            next_headroom: None,
        };
        stage.tell(Msg::KeyForm(KeyFormMsg::Submitted(Pasted::new(KEY.to_owned())))).expect("a fresh page");
        stage.answer(0, 200, &String::from_utf8_lossy(&list_of(MODELS))).expect("a list");
        stage
    }

    /// What a press was said to cost, before it.
    fn offer(&mut self, msg: &Msg) {
        let view = self.model.features_view();
        match msg {
            // While another key is tested none begins, and what is shown is that of the key before.
            Msg::Scan(ScanMsg::Pressed) if self.model.facts().caller().is_some() => {
                self.next_scan = self.model.scan_estimate().map(|estimate| estimate.worst);
            }
            Msg::Scan(ScanMsg::Resumed) => {
                let resume = self.model.scan_view().and_then(|view| view.resume);
                self.scan = self.scan + resume.map(|resume| resume.worst).unwrap_or_default();
            }
            Msg::Features(FeaturesMsg::Pressed(Checks::Paid)) => {
                self.checks = self.checks + if view.offered { amount(&view.price) } else { Dollars::ZERO };
            }
            Msg::Features(FeaturesMsg::Pressed(Checks::One(feature))) => {
                let view = view.paid.into_iter().find(|one| one.feature == *feature);
                let price = view.and_then(|view| view.price).filter(|price| price.contains('$'));
                self.checks = self.checks + price.map(|price| amount(&price)).unwrap_or_default();
            }
            Msg::Request(RequestMsg::SendPressed) => {
                if let Some(price) = self.model.request_view().repair.and_then(|repair| repair.trial.price) {
                    (self.request, self.allowed) = (amount(&price), true);
                }
            }
            Msg::Headroom(msg) if self.model.facts().caller().is_some() => self.offer_headroom(msg),
            _ => {}
        }
    }

    /// The price and the number of requests beside the buttons of the search for the pace, if it can begin.
    fn offer_headroom(&mut self, msg: &HeadroomMsg) {
        let form = self.model.headroom_form();
        let Some(form) = form.filter(|form| form.waits.is_none() && !form.running) else { return };
        let hold = self.model.headroom_view().and_then(|view| view.hold);
        let (price, facts) = match (msg, hold) {
            (HeadroomMsg::Pressed, _) if form.problem.is_none() => (form.price, form.facts),
            (HeadroomMsg::HoldPressed, Some(hold)) => (hold.price, hold.facts),
            _ => return,
        };
        let digits: String = facts.chars().take_while(char::is_ascii_digit).collect();
        (self.next_headroom, self.headroom_left) =
            (Some(amount(&price)), digits.parse().expect("a number of requests"));
    }

    fn tell(&mut self, msg: Msg) -> Result<(), TestCaseError> {
        self.offer(&msg);
        match &msg {
            Msg::Scan(ScanMsg::Pressed) => self.allowed = true,
            Msg::Features(FeaturesMsg::Pressed(checks)) => self.allowed |= *checks != Checks::Free,
            Msg::KeyForm(KeyFormMsg::Submitted(pasted)) => {
                let known = [KEY, OTHER].into_iter().find(|key| is(pasted, key));
                (self.key, self.allowed, self.headroom_left) = (known, false, 0);
            }
            Msg::KeyForgotten | Msg::DemoEntered(_) | Msg::DemoLeft => {
                (self.key, self.allowed, self.headroom_left) = (None, false, 0);
            }
            Msg::Reply { id, reply: Reply::Http(HttpEvent::Closed | HttpEvent::Failed(_)), .. } => {
                self.live.retain(|(other, _)| other != id);
            }
            _ => {}
        }
        let effects = update(&mut self.model, msg).effects;
        let mut frames = 0;
        for effect in effects {
            match effect {
                Effect::Send { id, request } => self.sent(id, request)?,
                Effect::Play { id, .. } | Effect::Probe { id, .. } => self.live.push((id, None)),
                Effect::Tick { id, after } => {
                    // With this one a scan begins; or goes on, which none does while another one waits.
                    if id.owner() == Owner::Scan && after == Span::ZERO {
                        self.scan = self.next_scan.take().unwrap_or(self.scan);
                    }
                    self.ticks.push((id, self.now + after));
                }
                Effect::Abort(id) => self.live.retain(|(other, _)| *other != id),
                Effect::AwaitFrame => frames += 1,
                _ => {}
            }
        }
        if self.model.scan_view().is_none_or(|scan| scan.headline != "The scan waits") {
            self.next_scan = None;
        }
        for _ in 0..frames {
            self.tell(Msg::FrameShown)?;
        }
        // No measurement is begun here, and all others but the search for the pace share one line.
        let most =
            if self.live.iter().all(|(id, _)| id.owner() == Owner::Headroom) { MOST_IN_FLIGHT } else { 1 };
        prop_assert!(self.live.len() <= most, "{most} requests at a time: {:?}", self.live);
        self.check()
    }

    fn sent(&mut self, id: RequestId, request: HttpRequest) -> Result<(), TestCaseError> {
        if id.owner() == Owner::Headroom {
            prop_assert!(self.headroom_left > 0, "more requests than were announced");
            self.headroom_left -= 1;
            self.headroom = self.next_headroom.take().unwrap_or(self.headroom);
        } else if request.method == Method::Post {
            prop_assert!(self.allowed, "nobody pressed for {}", request.path);
        }
        if let Some(key) = &request.key {
            let bearer = key.bearer();
            let expected = self.key.unwrap_or("YOUR_API_KEY");
            prop_assert!(bearer.ends_with(expected), "another key than the last one is sent");
        }
        self.live.push((id, Some(request)));
        Ok(())
    }

    /// What is shown holds what was promised.
    fn check(&self) -> Result<(), TestCaseError> {
        let model = &self.model;
        let (scan, features) = (model.scan_view(), model.features_view());
        let shown = format!(
            "{scan:?} {features:?} {:?} {:?} {:?} {:?} {:?} {}",
            model.request_view(),
            model.headroom_view(),
            model.identity_view(),
            model.limits_view(),
            model.lifecycle_view(),
            model.announcement()
        );
        prop_assert!(!names_a_key(&shown), "a key is shown: {shown}");
        if let Some(scan) = scan {
            prop_assert!(spent(&scan.spent) <= self.scan, "{} of {:?}", scan.spent, self.scan);
        }
        if let Some(repair) = model.request_view().repair.filter(|repair| repair.trial.state == "taken") {
            let said = &repair.trial.sentence;
            prop_assert!(amount(said) <= self.request, "{said} of {:?}", self.request);
        }
        if let Some(found) = model.headroom_view() {
            prop_assert!(spent(&found.spent) <= self.headroom, "{} of {:?}", found.spent, self.headroom);
        }
        prop_assert!(spent(&features.spent) <= self.checks, "{} of {:?}", features.spent, self.checks);
        Ok(())
    }

    fn answer(&mut self, which: usize, status: u16, body: &str) -> Result<(), TestCaseError> {
        let Some((id, request)) = self.live.get(which) else { return Ok(()) };
        // A server can quote no key but the one that it was sent.
        let key = request.as_ref().and_then(|request| request.key.as_ref()).map(ApiKey::bearer);
        let quoted = key.as_ref().and_then(|bearer| bearer.strip_prefix("Bearer ")).unwrap_or_default();
        let body = body.replace(KEY, quoted).into_bytes();
        let (id, events) = (*id, [HttpEvent::Opened { status, headers: Vec::new() }, HttpEvent::Chunk(body)]);
        self.tell(Msg::Reply { id, at: self.now, reply: Reply::Http(HttpEvent::Sent) })?;
        for event in events {
            self.now = self.now + Span::from_millis(60);
            self.tell(Msg::Reply { id, at: self.now, reply: Reply::Http(event) })?;
        }
        self.tell(Msg::Reply { id, at: self.now, reply: Reply::Http(HttpEvent::Closed) })
    }

    fn step(&mut self, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Tell(msg) => self.tell(msg),
            Step::Answer(which, status, body) => self.answer(which, status, &body),
            Step::Lost(which, online) => {
                let Some((id, _)) = self.live.get(which) else { return Ok(()) };
                let failure = TransportFailure { message: "Failed to fetch".to_owned(), online };
                self.tell(Msg::Reply {
                    id: *id,
                    at: self.now,
                    reply: Reply::Http(HttpEvent::Failed(failure)),
                })
            }
            Step::TimeOver(which) => {
                let Some((id, _)) = self.live.get(which) else { return Ok(()) };
                self.tell(Msg::Reply { id: *id, at: self.now, reply: Reply::TimeLimit })
            }
            Step::Wake(late) => {
                let due = self.ticks.iter().map(|(_, at)| *at).max().unwrap_or(self.now);
                self.now = self.now.max(due) + Span::from_millis(late);
                for (id, _) in std::mem::take(&mut self.ticks) {
                    self.tell(Msg::Reply { id, at: self.now, reply: Reply::Tick })?;
                }
                Ok(())
            }
            Step::Echo(owner, id) => {
                let event = HttpEvent::Chunk(ANSWER.as_bytes().to_vec());
                self.tell(Msg::Reply {
                    id: RequestId::new(owner, id),
                    at: self.now,
                    reply: Reply::Http(event),
                })?;
                self.tell(Msg::Reply { id: RequestId::new(owner, id), at: self.now, reply: Reply::Tick })
            }
        }
    }
}

/// Whether a text has the beginning of one of the two keys in it.
fn names_a_key(text: &str) -> bool {
    text.contains("CanaryThat") || text.contains("AnotherBird")
}

/// Whether that is what was pasted; a pasted text itself cannot be looked at.
fn is(pasted: &Pasted, key: &str) -> bool {
    let mut model = Model::new(Environment {
        barrier: None,
        origin: Origin::Own,
        packaging: Packaging::Site,
        utc_offset: 0,
        today: Date { year: 2026, month: 11, day: 23 },
    });
    let sent = update(&mut model, Msg::KeyForm(KeyFormMsg::Submitted(pasted.clone())))
        .effects
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Send { request, .. } => request.key,
            _ => None,
        });
    sent.is_some_and(|sent| sent.bearer().ends_with(key))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_spent_without_a_press_nor_more_than_was_offered(steps in prop::collection::vec(step(), 0..120)) {
        let mut stage = Stage::new();
        for step in steps {
            stage.step(step)?;
        }
        let state = format!("{:?}", stage.model);
        prop_assert!(!names_a_key(&state), "a key is in the state");
    }
}
