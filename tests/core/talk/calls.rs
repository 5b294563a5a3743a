//! Calls behind the verdict, whatever they ask for, and the pauses between them.

use key_tester::core::app::{
    Checks, FeatureView, FeaturesMsg, FeaturesView, KeyTestMsg, Msg, Reply, ScanView, Strip,
};
use key_tester::core::features::Feature;
use key_tester::core::http::{Body, HttpRequest, Method};
use key_tester::core::key::ApiKey;
use key_tester::core::models::Access;
use key_tester::core::sim::{Call, Reply as Answer, Simulator};
use key_tester::core::time::{Span, Timestamp};
use serde_json::Value;

use super::{KEY, MODELS, Talk, due, model_list};

/// Another well-formed key that opens nothing: the new one of a rotation.
pub const NEW_KEY: &str = "mstrl_SecondBirdSingsInTheShaft0000000_Tune77";

/// A chat answer of one token, with its usage.
pub const ANSWER: &str = r#"{"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"OK"},"finish_reason":"length"}],"usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}}"#;
/// What Mistral answers while a limit is used up, or where there never was one.
pub const LIMITED: &str = r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300","raw_status_code":429}"#;
/// What Mistral answers to a key that it does not know.
pub const BAD_KEY: &str = r#"{"detail":"Invalid API Key"}"#;

/// A list of chat models of these names.
pub fn list_of<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<u8> {
    let card = |name: &str| {
        let name = Value::from(name);
        format!(
            r#"{{"id":{name},"name":{name},"max_context_length":1000,"capabilities":{{"completion_chat":true}}}}"#
        )
    };
    let cards: Vec<String> = names.into_iter().map(card).collect();
    format!(r#"{{"object":"list","data":[{}]}}"#, cards.join(",")).into_bytes()
}

/// A press for one check alone.
pub fn one(feature: Feature) -> Msg {
    Msg::Features(FeaturesMsg::Pressed(Checks::One(feature)))
}

/// The model that a request names; empty where it names none.
pub fn model_in(request: &HttpRequest) -> String {
    match &request.body {
        None => String::new(),
        Some(Body::Json(json)) => {
            let json: Value = serde_json::from_str(json).expect("JSON");
            json["model"].as_str().expect("a model").to_owned()
        }
        Some(Body::Form(form)) => {
            let text = String::from_utf8_lossy(form);
            let (_, rest) = text.split_once("name=\"model\"\r\n\r\n").expect("a model");
            rest.split("\r\n").next().unwrap_or_default().to_owned()
        }
    }
}

impl Talk {
    // Whole scenes.

    /// A key that lists this, its round trip called off.
    pub fn listing(list: impl AsRef<[u8]>) -> Self {
        let mut talk = Self::asked();
        talk.answer(200, &[], list).expect_send(MODELS).tell(Msg::KeyTest(KeyTestMsg::Stopped));
        talk.take_effects();
        talk
    }

    /// A key that lists these chat models.
    pub fn with_models(names: &[&str]) -> Self {
        Self::listing(list_of(names.iter().copied()))
    }

    /// A key that lists all of Mistral's models.
    pub fn with_all_models() -> Self {
        Self::listing(model_list())
    }

    // The pauses.

    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Lets the clock run to the next time that is to be told, and tells it; whether there was one.
    pub fn next_tick(&mut self) -> bool {
        let Some(at) = self.ticks.iter().map(|(_, at)| *at).min() else { return false };
        self.wait(at.since(self.now));
        for (id, _) in due(&mut self.ticks, self.now) {
            self.tell(Msg::Reply { id, at: self.now, reply: Reply::Tick });
        }
        true
    }

    /// Tells all that is to be told of the clock, this much too late: a page that was asleep.
    pub fn sleep(&mut self, span: Span) -> &mut Self {
        self.wait(span);
        for (id, _) in due(&mut self.ticks, self.now) {
            self.tell(Msg::Reply { id, at: self.now, reply: Reply::Tick });
        }
        self
    }

    /// Waits as long as need be for the next request, and takes it up, whatever it asks for; whether one came. It goes to
    /// the host of the test, with [`KEY`], and with a body if that is what its method is for.
    pub fn take_up(&mut self) -> bool {
        while self.sent.is_empty() && self.next_tick() {}
        let at = self.model.facts().tested_at.origin();
        assert!(self.sent.iter().all(|(_, request)| request.endpoint.origin() == at), "{:?}", self.sent);
        self.take_up_anywhere()
    }

    /// The same, at whichever of Mistral's hosts.
    pub fn take_up_anywhere(&mut self) -> bool {
        while self.sent.is_empty() && self.next_tick() {}
        assert!(self.sent.len() < 2, "one request at a time: {:?}", self.sent);
        let Some((id, request)) = self.sent.pop_front() else { return false };
        assert_eq!(request.url(), format!("{}{}", request.endpoint.origin(), request.path));
        assert_eq!(request.method == Method::Post, request.body.is_some());
        let bearer = request.key.as_ref().map(ApiKey::bearer);
        assert!(bearer.is_some_and(|bearer| bearer.ends_with(KEY)), "the key that was tested");
        self.current = Some((id, request));
        true
    }

    /// Whether a request waits to be taken up; of a measurement there may be several.
    pub fn is_asked(&self) -> bool {
        !self.sent.is_empty()
    }

    /// Takes up the first request that waits.
    pub fn take_first(&mut self) -> &mut Self {
        self.current = self.sent.pop_front();
        self
    }

    /// Tells all that is to be told of the clock by now.
    pub fn due_ticks(&mut self) -> &mut Self {
        for (id, _) in due(&mut self.ticks, self.now) {
            self.tell(Msg::Reply { id, at: self.now, reply: Reply::Tick });
        }
        self
    }

    /// Waits for the next request and takes it up: this one.
    pub fn expect_call(&mut self, method: Method, path: &str) -> &mut Self {
        assert!(self.take_up(), "a request is to be sent");
        let request = self.request();
        assert_eq!((request.method, request.path), (method, path));
        self
    }

    /// Waits for the next request and takes it up: one that asks this model.
    pub fn expect_model(&mut self, model: &str) -> &mut Self {
        assert!(self.take_up(), "{model} is to be asked");
        assert_eq!(model_in(self.request()), model);
        self
    }

    /// Nothing is sent any more, however long one waits.
    pub fn expect_end(&mut self) -> &mut Self {
        assert!(!self.take_up(), "nothing more is to be sent: {:?}", self.request());
        self
    }

    /// A whole answer without headers.
    pub fn reply(&mut self, status: u16, body: impl AsRef<[u8]>) -> &mut Self {
        self.answer(status, &[], body)
    }

    /// Answers every request until no further one comes.
    pub fn answer_all<B: AsRef<[u8]>>(
        &mut self,
        mut answer: impl FnMut(&HttpRequest) -> (u16, B),
    ) -> &mut Self {
        while self.take_up() {
            let (status, body) = answer(self.request());
            self.reply(status, body);
        }
        self
    }

    /// Has a simulated Mistral answer the current request, with the one header that matters.
    pub fn answered_by(&mut self, simulator: &mut Simulator) -> &mut Self {
        let request = self.request();
        let authorization = request.key.as_ref().map(ApiKey::bearer);
        let reply = simulator.answer(&Call {
            method: request.method,
            path: request.path,
            authorization: authorization.as_ref().map(|value| value.as_str()),
            body: request.body.as_ref().map_or(&[], Body::bytes),
        });
        let Answer::Answer(answer) = reply else { panic!("the simulator has no network") };
        let kind = answer.headers.iter().find(|(name, _)| *name == "content-type");
        let headers: Vec<(&str, &str)> = kind.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let body: Vec<u8> = answer.frames.iter().flat_map(|frame| frame.bytes.clone()).collect();
        self.answer(answer.status, &headers, body)
    }

    /// Plays the demo to the end, with its pauses.
    pub fn play_on(&mut self) -> &mut Self {
        loop {
            self.play();
            if !self.next_tick() {
                return self;
            }
        }
    }

    // What there is to see.

    pub fn strip(&self) -> Strip {
        self.outcome().strip.expect("a round trip")
    }

    /// The value of a figure, its unbreakable blank as a plain one.
    pub fn figure(&self, name: &str) -> String {
        let figures = self.outcome().figures;
        let figure = figures.iter().find(|figure| figure.name == name);
        figure.unwrap_or_else(|| panic!("no figure {name} in {figures:?}")).value.replace('\u{a0}', " ")
    }

    // Whole scenes.

    /// How many models the scan could tell more about.
    pub fn open(&self) -> usize {
        self.scan().resume.map_or(0, |resume| resume.open)
    }

    /// How many models are listed.
    pub fn models(&self) -> usize {
        self.model.facts().rows.len()
    }

    pub fn scan(&self) -> ScanView {
        self.model.scan_view().expect("a scan that is offered")
    }

    pub fn features(&self) -> FeaturesView {
        self.model.features_view()
    }

    pub fn feature(&self, feature: Feature) -> FeatureView {
        let view = self.features();
        let mut all = view.free.into_iter().chain(view.paid);
        all.find(|one| one.feature == feature).expect("every feature is there")
    }

    /// What is known of the access to a model, under any of its names.
    pub fn access(&self, model: &str) -> Access {
        let table = self.model.table();
        let mut all = table.rows.iter().chain(table.unlisted.iter());
        all.find(|row| row.answers_to(model)).map_or(Access::Unchecked, |row| table.access(row))
    }
}
