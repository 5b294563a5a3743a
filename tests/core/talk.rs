//! A scripted conversation with the core. The test plays the user, the network, the clock and the frames of the screen.

#[path = "talk/calls.rs"]
pub mod calls;
#[path = "talk/presence.rs"]
pub mod presence;
#[path = "talk/streams.rs"]
pub mod streams;

use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::LazyLock;

use key_tester::core::app::{
    Barrier, Card, Draw, Effect, Environment, Focus, KeyFormMsg, Model, Msg, Outcome, Reply, RequestId,
    TextField, update,
};
use key_tester::core::explain::{Cause, Probe, Verdict};
use key_tester::core::http::{HttpEvent, HttpRequest, Method, TimedEvent, TransportFailure};
use key_tester::core::key::ApiKey;
use key_tester::core::policy::{Origin, Packaging};
use key_tester::core::sim::{Call, Reply as Answer, Scenario, Simulator};
use key_tester::core::time::{Date, Span, Timestamp};

/// A well-formed key that opens nothing.
pub const KEY: &str = "mstrl_CanaryThatSingsInTheMine00000000_Sing42";

/// The path of the only call there is.
pub const MODELS: &str = "/v1/models";

/// The state of the page with everything around it.
pub struct Talk {
    /// In a box: many conversations stand beside each other.
    pub model: Box<Model>,
    now: Timestamp,
    /// What stands in the key field.
    field: String,
    /// Requests that were sent and that no script has taken up yet.
    sent: VecDeque<(RequestId, HttpRequest)>,
    /// Simulated exchanges that were not played yet.
    plays: VecDeque<(RequestId, Vec<TimedEvent>)>,
    /// Time limits that run.
    limits: Vec<(RequestId, Timestamp)>,
    /// Probes that were asked for and not yet answered.
    probes: VecDeque<(RequestId, Probe)>,
    /// When the next beat of a measurement is to be told.
    beat: Option<Timestamp>,
    /// Looks at the clock for how long the key was not used.
    looks: Vec<(RequestId, Timestamp)>,
    /// How far the time of day has run ahead of the page's clock, which sleeps with the machine; in milliseconds.
    slept: u64,
    /// Seconds of a countdown that are to be told.
    ticks: Vec<(RequestId, Timestamp)>,
    /// Requests that may take a while without a sign of it.
    slow: Vec<(RequestId, Timestamp)>,
    /// The request that the script speaks about.
    current: Option<(RequestId, HttpRequest)>,
    /// How many frames are awaited.
    frames: usize,
    /// Whether frames are shown only by [`Talk::show_frame`].
    pub hidden: bool,
    /// How many requests were sent in all.
    pub sends: usize,
    /// Effects other than requests and time limits, until [`Talk::take_effects`].
    effects: Vec<Effect>,
    /// What each message had drawn.
    pub draws: Vec<Draw>,
    /// `Debug` of every message and effect.
    pub log: String,
}

impl Talk {
    pub fn new() -> Self {
        Self::of(None, Packaging::Site)
    }

    fn of(barrier: Option<Barrier>, packaging: Packaging) -> Self {
        let today = Date { year: 2026, month: 11, day: 23 };
        Self {
            model: Box::new(Model::new(Environment {
                barrier,
                origin: Origin::Own,
                packaging,
                utc_offset: 60,
                today,
            })),
            now: Timestamp::from_micros(1_000_000),
            field: String::new(),
            sent: VecDeque::new(),
            plays: VecDeque::new(),
            limits: Vec::new(),
            probes: VecDeque::new(),
            beat: None,
            looks: Vec::new(),
            slept: 0,
            ticks: Vec::new(),
            slow: Vec::new(),
            draws: Vec::new(),
            current: None,
            frames: 0,
            hidden: false,
            sends: 0,
            effects: Vec::new(),
            log: String::new(),
        }
    }

    /// Gives one message to the core and sorts what it asks for. Frames take no time and are
    /// shown at once, unless the page is hidden.
    pub fn tell(&mut self, msg: Msg) -> &mut Self {
        writeln!(self.log, "{msg:?}").expect("a string takes all");
        let asked = update(&mut self.model, msg);
        self.draws.push(asked.draw);
        for effect in asked.effects {
            writeln!(self.log, "{effect:?}").expect("a string takes all");
            match effect {
                Effect::Send { id, request } => {
                    self.sends += 1;
                    self.sent.push_back((id, request));
                }
                Effect::Play { id, events } => self.plays.push_back((id, events)),
                Effect::StartTimeLimit { id, limit } => self.limits.push((id, self.now + limit)),
                Effect::ReportIfSlow { id, after } => self.slow.push((id, self.now + after)),
                Effect::AwaitFrame => self.frames += 1,
                Effect::Probe { id, probe, .. } => self.probes.push_back((id, probe)),
                Effect::Tick { id, after } => self.ticks.push((id, self.now + after)),
                Effect::TellTime { id, after } => self.looks.push((id, self.now + after)),
                Effect::Ticker(after) => self.beat = Some(self.now + after),
                Effect::ReadClock(id) => {
                    self.read_clock(id);
                }
                Effect::ReadTime(id) => {
                    self.read_time(id);
                }
                other => {
                    if let Effect::Abort(id) = other {
                        self.plays.retain(|(play, _)| *play != id);
                    }
                    self.effects.push(other);
                }
            }
        }
        while self.frames > 0 && !self.hidden {
            self.frames -= 1;
            self.tell(Msg::FrameShown);
        }
        self
    }

    /// Shows one frame to a page that is hidden otherwise.
    pub fn show_frame(&mut self) -> &mut Self {
        self.frames = self.frames.checked_sub(1).expect("a frame is awaited");
        self.tell(Msg::FrameShown)
    }

    // The user.

    pub fn paste(&mut self, text: &str) -> &mut Self {
        text.clone_into(&mut self.field);
        self.tell(Msg::KeyForm(KeyFormMsg::Focused)).tell(Msg::Typed(TextField::Key, text.into()))
    }

    pub fn submit(&mut self) -> &mut Self {
        self.tell(Msg::KeyForm(KeyFormMsg::Submitted(self.field.as_str().into())))
    }

    // The network.

    /// Takes up the one request that was sent since the last one: `GET` of this path with [`KEY`].
    pub fn expect_send(&mut self, path: &str) -> &mut Self {
        assert_eq!(self.sent.len(), 1, "exactly one request is to be sent: {:?}", self.sent);
        let (id, request) = self.sent.pop_front().expect("one request");
        assert_eq!(request.path, path);
        // The host that was chosen, or that of the verdict on the screen.
        let hosts = [self.model.form_view().endpoint, self.model.facts().tested_at];
        assert!(hosts.map(|host| format!("{}{path}", host.origin())).contains(&request.url()), "{path}");
        assert_eq!((request.method, &request.body), (Method::Get, &None));
        let bearer = request.key.as_ref().map(ApiKey::bearer).expect("a request with a key");
        assert_eq!(bearer.strip_prefix("Bearer "), Some(self.key().as_str()));
        self.current = Some((id, request));
        self
    }

    /// The cleaned key that the field holds.
    fn key(&self) -> String {
        let parsed = ApiKey::parse(&self.field).expect("a sendable key in the field");
        parsed.key.bearer().trim_start_matches("Bearer ").to_owned()
    }

    pub fn expect_no_send(&mut self) -> &mut Self {
        assert!(self.sent.is_empty(), "nothing is to be sent: {:?}", self.sent);
        self
    }

    /// The request that the script speaks about.
    pub fn request(&self) -> &HttpRequest {
        &self.current.as_ref().expect("a request was expected before").1
    }

    pub fn id(&self) -> RequestId {
        self.current.as_ref().expect("a request was expected before").0
    }

    /// Something happens to the current request.
    pub fn event(&mut self, event: HttpEvent) -> &mut Self {
        let (id, at) = (self.id(), self.now);
        self.tell(Msg::Reply { id, at, reply: Reply::Http(event) })
    }

    pub fn opened(&mut self, status: u16, headers: &[(&str, &str)]) -> &mut Self {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.event(HttpEvent::Opened { status, headers: headers.collect() })
    }

    /// A whole answer, its headers after 120 ms and its body in two pieces.
    pub fn answer(&mut self, status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> &mut Self {
        self.answer_after(Span::from_millis(120), status, headers, body.as_ref())
    }

    pub fn answer_after(
        &mut self,
        delay: Span,
        status: u16,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> &mut Self {
        let (front, back) = body.split_at(body.len() / 2);
        self.event(HttpEvent::Sent).wait(delay).opened(status, headers);
        for piece in [front, back] {
            self.wait(Span::from_millis(1)).event(HttpEvent::Chunk(piece.to_vec()));
        }
        self.event(HttpEvent::Closed)
    }

    /// `fetch` fails, in the browser's words.
    pub fn fail(&mut self, message: &str, online: bool) -> &mut Self {
        let failure = TransportFailure { message: message.to_owned(), online };
        self.event(HttpEvent::Failed(failure))
    }

    /// Takes up the one probe that was asked for, and answers it or not.
    pub fn probed(&mut self, expected: Probe, answered: bool) -> &mut Self {
        let (id, probe) = self.probes.pop_front().expect("a probe was asked for");
        assert_eq!(probe, expected);
        let at = self.now;
        self.tell(Msg::Reply { id, at, reply: Reply::Http(HttpEvent::Sent) });
        self.now = self.now + Span::from_millis(20);
        let at = self.now;
        if answered {
            self.tell(Msg::Reply {
                id,
                at,
                reply: Reply::Http(HttpEvent::Opened { status: 0, headers: Vec::new() }),
            });
            return self.tell(Msg::Reply { id, at, reply: Reply::Http(HttpEvent::Closed) });
        }
        let failure = TransportFailure { message: "Failed to fetch".to_owned(), online: true };
        self.tell(Msg::Reply { id, at, reply: Reply::Http(HttpEvent::Failed(failure)) })
    }

    /// How many probes wait to be answered.
    pub fn probes(&self) -> usize {
        self.probes.len()
    }

    /// Takes up the one request that was sent since the last one: the model list without a key.
    pub fn expect_keyless(&mut self) -> &mut Self {
        assert_eq!(self.sent.len(), 1, "exactly one request is to be sent: {:?}", self.sent);
        let (id, request) = self.sent.pop_front().expect("one request");
        assert_eq!((request.path, request.key.is_none(), &request.body), (MODELS, true, &None));
        self.current = Some((id, request));
        self
    }

    // Time.

    /// Lets the seconds of a countdown pass, one after the other.
    pub fn tick(&mut self, seconds: u64) -> &mut Self {
        for _ in 0..seconds {
            self.wait(Span::from_secs(1));
            for (id, _) in due(&mut self.ticks, self.now) {
                self.tell(Msg::Reply { id, at: self.now, reply: Reply::Tick });
            }
        }
        self
    }

    /// Whether a countdown asks to be told the time.
    pub fn ticks(&self) -> bool {
        !self.ticks.is_empty()
    }

    /// Moves the clock, and reports which requests are slow by then; time limits are held back.
    pub fn wait(&mut self, span: Span) -> &mut Self {
        self.beat_until(self.now + span);
        for (id, at) in due(&mut self.slow, self.now) {
            self.tell(Msg::Reply { id, at, reply: Reply::Slow });
        }
        self
    }

    /// Moves the clock and reports the time limits that it passes.
    pub fn time_passes(&mut self, span: Span) -> &mut Self {
        self.wait(span);
        for (id, at) in due(&mut self.limits, self.now) {
            self.tell(Msg::Reply { id, at, reply: Reply::TimeLimit });
        }
        self
    }

    /// Plays all simulated exchanges in virtual time, those included that follow from them.
    pub fn play(&mut self) -> &mut Self {
        while let Some((id, events)) = self.plays.pop_front() {
            let start = self.now;
            self.tell(Msg::Reply { id, at: start, reply: Reply::Http(HttpEvent::Sent) });
            for TimedEvent { after, event } in events {
                let aborted = self.aborted(id);
                if !aborted {
                    self.beat_until(start + after);
                    self.tell(Msg::Reply { id, at: self.now, reply: Reply::Http(event) });
                }
            }
        }
        self
    }

    // What there is to see.

    /// How many simulated exchanges wait to be played.
    pub fn plays(&self) -> usize {
        self.plays.len()
    }

    pub fn aborted(&self, id: RequestId) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Abort(other) if *other == id))
    }

    pub fn focused(&self) -> Option<Focus> {
        let focus = |effect: &Effect| if let Effect::Focus(focus) = effect { Some(*focus) } else { None };
        self.effects.iter().rev().find_map(focus)
    }

    /// The effects since the last call; requests, time limits and frames are not among them.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    pub fn outcome(&self) -> Outcome {
        match self.model.card() {
            Some(Card::Outcome(outcome)) => outcome,
            other => panic!("there is no outcome but {other:?}"),
        }
    }

    pub fn verdict(&self) -> Verdict {
        self.outcome().verdict
    }

    pub fn cause(&self) -> Cause {
        self.outcome().explanation.cause
    }

    /// Pastes [`KEY`], submits it and takes up the request.
    pub fn asked() -> Self {
        let mut talk = Self::new();
        talk.paste(KEY).submit().expect_send(MODELS);
        talk
    }

    /// A key that works, its first warm call under way.
    pub fn accepted() -> Self {
        let mut talk = Self::asked();
        talk.answer(200, &[], model_list()).expect_send(MODELS);
        talk
    }
}

/// Takes out the timers that have run down.
fn due(timers: &mut Vec<(RequestId, Timestamp)>, now: Timestamp) -> Vec<(RequestId, Timestamp)> {
    timers.extract_if(.., |(_, at)| *at <= now).collect()
}

/// A model list as the real one: 22 models, and one card for each of their names.
pub fn model_list() -> Vec<u8> {
    static LIST: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let call = Call { method: Method::Get, path: MODELS, authorization: Some("Bearer any"), body: &[] };
        match Simulator::new(Scenario::Works, 1).answer(&call) {
            Answer::Answer(answer) => answer.frames.into_iter().flat_map(|frame| frame.bytes).collect(),
            Answer::NoAnswer(_) => panic!("the simulator has no network"),
        }
    });
    LIST.clone()
}
