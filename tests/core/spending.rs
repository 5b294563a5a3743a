//! What holds for money and key, in whatever order things are pressed and answered.

use key_tester::core::access::Pace;
use key_tester::core::app::{
    CalculatorMsg, Checks, Effect, Environment, FeaturesMsg, HeadroomMsg, IdentityMsg, KeyFormMsg,
    KeyTestMsg, LabMsg, Model, ModelTableMsg, Msg, Owner, Pasted, Press, Reply, RequestId, RequestMsg,
    ScanMsg, TextField, Tick, update,
};
use key_tester::core::features::Feature;
use key_tester::core::headroom::{Ceiling, MOST_IN_FLIGHT};
use key_tester::core::http::{HttpEvent, HttpRequest, Method, TransportFailure};
use key_tester::core::key::ApiKey;
use key_tester::core::mistral::Endpoint;
use key_tester::core::models::Access;
use key_tester::core::monthly_cost::Field;
use key_tester::core::policy::{Origin, Packaging};
use key_tester::core::prices::Dollars;
use key_tester::core::sim::Scenario;
use key_tester::core::time::{Date, Span, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

use crate::money::{amount, spent};
use crate::talk::KEY;
use crate::talk::calls::{ANSWER, BAD_KEY, LIMITED, list_of};

/// A second key, for noticing that the first one is still used.
const OTHER: &str = "mstrl_AnotherBirdInAnotherMine0000000000_Two22";

/// Models with prices, one without.
const MODELS: [&str; 4] =
    ["mistral-small-2603", "ministral-3b-2512", "mistral-large-4", "some-model-of-next-year"];

/// What a test of money does next.
#[derive(Clone, Debug)]
enum Step {
    /// The user does something.
    Tell(Msg),
    /// A request that is under way, counted from the oldest, is answered.
    Answer(usize, u16, String),
    /// It gets no answer.
    Lost(usize, bool),
    /// Its time is over.
    TimeOver(usize),
    /// The clock is told, this many milliseconds after all that is asked for is due.
    Wake(u64),
    /// Something happens to a request that was once made.
    Echo(Owner, u64),
}

fn reply() -> impl Strategy<Value = (u16, String)> {
    let absurd =
        r#"{"choices":[],"usage":{"prompt_tokens":99999999999,"completion_tokens":18446744073709551615}}"#;
    let list = String::from_utf8(list_of(MODELS)).expect("text");
    select(vec![
        (200, ANSWER.to_owned()),
        (200, ANSWER.to_owned()),
        (200, ANSWER.to_owned()),
        (200, list.clone()),
        (200, list),
        (200, ANSWER.replace("OK", KEY)),
        (200, ANSWER.replace("OK", &format!("{}{KEY}", "x".repeat(40)))),
        (200, "{}".to_owned()),
        (200, absurd.to_owned()),
        (200, r#"{"usage":{"prompt_tokens":512,"completion_tokens":1}}"#.to_owned()),
        (200, r#"{"items":[{"id":"a-voice"}]}"#.to_owned()),
        (200, r#"{"data":[]}"#.to_owned()),
        (200, format!(r#"{{"email":"{KEY}","api_key":{{"name":"{KEY}"}}}}"#)),
        (200, "<html>Sign in</html>".to_owned()),
        (429, LIMITED.to_owned()),
        (429, LIMITED.to_owned()),
        (403, format!(r#"{{"message":"No to {KEY}"}}"#)),
        (400, r#"{"message":"Invalid model: X","type":"invalid_model","code":"1500"}"#.to_owned()),
        (
            422,
            r#"{"detail":[{"type":"greater_than_equal","loc":["body","max_tokens"],"msg":"m","input":-1}]}"#
                .to_owned(),
        ),
        (401, BAD_KEY.to_owned()),
        (500, String::new()),
    ])
}

/// A request that fails, with the key in its words.
fn request(model: &str) -> String {
    format!(
        r#"curl https://api.mistral.ai/v1/chat/completions -H "x-api-key: {KEY}" -d '{{"model":"{model}","store":1,"messages":[{{"role":"user","content":"a"}}]}}'"#
    )
}

fn press() -> impl Strategy<Value = Msg> {
    let feature = || select(Feature::ALL.to_vec());
    let pasted = |text: &str| Pasted::new(text.to_owned());
    prop_oneof![
        6 => select(vec![Msg::Scan(ScanMsg::Pressed), Msg::Scan(ScanMsg::Resumed), Msg::Scan(ScanMsg::Stopped), Msg::Features(FeaturesMsg::Stopped), Msg::Identity(IdentityMsg::Pressed),
            Msg::Request(RequestMsg::SendPressed), Msg::Request(RequestMsg::SendPressed), Msg::Request(RequestMsg::Stopped), Msg::Request(RequestMsg::Cleared)]),
        4 => prop_oneof![
            Just(Checks::Free), Just(Checks::Paid), feature().prop_map(Checks::One)
        ].prop_map(|it| Msg::Features(FeaturesMsg::Pressed(it))),
        3 => select(vec![
            HeadroomMsg::Pressed, HeadroomMsg::Pressed, HeadroomMsg::HoldPressed, HeadroomMsg::Stopped, HeadroomMsg::Hidden,
            HeadroomMsg::CeilingChosen(Ceiling::One), HeadroomMsg::CeilingChosen(Ceiling::Twenty),
            HeadroomMsg::ModelChosen(MODELS[0].to_owned()), HeadroomMsg::ModelChosen(MODELS[2].to_owned()),
        ]).prop_map(Msg::Headroom),
        1 => select(vec![Tick::Unpriced, Tick::Unlisted, Tick::ZeroTokens]).prop_map(|it| Msg::Scan(ScanMsg::BoxTicked(it))),
        1 => select(Pace::ALL.to_vec()).prop_map(|it| Msg::Scan(ScanMsg::PaceChosen(it))),
        1 => (feature(), any::<bool>()).prop_map(|(feature, open)| Msg::Features(FeaturesMsg::EvidenceToggled { feature, open })),
        1 => select(Access::ALL.to_vec()).prop_map(|it| Msg::ModelTable(ModelTableMsg::AccessToggled(it))),
        1 => select(vec![
            Msg::KeyForm(KeyFormMsg::Submitted(pasted(KEY))), Msg::KeyForm(KeyFormMsg::Submitted(pasted(OTHER))), Msg::KeyForm(KeyFormMsg::Submitted(pasted("YOUR_API_KEY"))),
            Msg::KeyTest(KeyTestMsg::SendAnyway), Msg::KeyForgotten, Msg::KeyTest(KeyTestMsg::Stopped), Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Eu)), Msg::KeyTest(KeyTestMsg::RetestPressed),
            Msg::DemoEntered(Scenario::FreePlan), Msg::DemoLeft, Msg::KeyTest(KeyTestMsg::RawToggled { open: true }), Msg::ModelTable(ModelTableMsg::MoreRowsPressed),
            Msg::Typed(TextField::Code, pasted(&format!("key = {KEY}\nmodel = mistral-large-2411"))),
            Msg::Typed(TextField::Request, pasted(&request(MODELS[0]))), Msg::Typed(TextField::Request, pasted(&request(MODELS[2]))), Msg::Typed(TextField::Request, pasted(&request(MODELS[3]))),
            Msg::Typed(TextField::Calculator(Field::Input), "1 k".into()), Msg::Calculator(CalculatorMsg::BatchTicked),
        ]),
    ]
}

/// A press that was meant for something else, of a button that spends: it allows nothing.
fn mistake() -> impl Strategy<Value = Msg> {
    let paid = select(vec![
        Msg::Scan(ScanMsg::Pressed),
        Msg::Scan(ScanMsg::Resumed),
        Msg::Features(FeaturesMsg::Pressed(Checks::Paid)),
        Msg::Request(RequestMsg::SendPressed),
        Msg::Lab(LabMsg::Pressed),
        Msg::Headroom(HeadroomMsg::Pressed),
        Msg::Headroom(HeadroomMsg::HoldPressed),
    ]);
    let how = prop_oneof![(2..4_u32, 0..5_000_u64), (0..2_u32, 0..500_u64)];
    (paid, how).prop_map(|(msg, (clicks, shown))| {
        let press = Press { clicks, shown: Span::from_millis(shown), at: Timestamp::from_micros(9) };
        Msg::Pressed(press, Box::new(msg))
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => press().prop_map(Step::Tell),
        1 => mistake().prop_map(Step::Tell),
        8 => (0..3_usize, reply()).prop_map(|(which, (status, body))| Step::Answer(which, status, body)),
        1 => (0..3_usize, any::<bool>()).prop_map(|(which, online)| Step::Lost(which, online)),
        1 => (0..3_usize).prop_map(Step::TimeOver),
        6 => select(vec![0, 500, 60_000, 3_600_000]).prop_map(Step::Wake),
        1 => (select(Owner::ALL.to_vec()), 0..40_u64).prop_map(|(owner, number)| Step::Echo(owner, number)),
    ]
}

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
        (self.headroom, self.headroom_left) = (amount(&price), digits.parse().expect("a number of requests"));
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
