//! Measurements: the clock that is read, the beats that go through them, answers that stream.

use key_tester::core::app::{LabForm, LabMsg, LabProgress, LabResults, Msg, RequestId};
use key_tester::core::chart::{Kind, Plot};
use key_tester::core::http::HttpEvent;
use key_tester::core::time::{Span, Timestamp};

use super::Talk;

/// The time of day at the page's time origin, in milliseconds.
pub(super) const ORIGIN: u64 = 1_795_420_800_000;

/// What a round trip takes.
pub const TRIP: Span = Span::from_millis(40);

/// The step of the clock.
pub const STEP: Span = Span::from_micros(100);

pub(super) fn millis(at: Timestamp) -> u64 {
    at.since(Timestamp::default()).as_millis()
}

impl Talk {
    /// Something happens in the lab. If it begins a measurement, the calls that time the round trip are answered.
    pub fn lab(&mut self, msg: LabMsg) -> &mut Self {
        self.tell(Msg::Lab(msg));
        while self.takes_keyless() {
            self.answer_after(TRIP, 401, &[], br#"{"detail":"Unauthorized"}"#);
        }
        self
    }

    /// Takes up a request without the key, whatever else was sent and taken back since; whether there was one.
    pub fn takes_keyless(&mut self) -> bool {
        let place = self.sent.iter().position(|(_, request)| request.key.is_none());
        let taken = place.and_then(|place| self.sent.remove(place));
        let any = taken.is_some();
        self.current = taken.or_else(|| self.current.take());
        any
    }

    pub(super) fn read_clock(&mut self, id: RequestId) {
        let (at, wall) = (self.now, ORIGIN + millis(self.now));
        self.tell(Msg::Lab(LabMsg::ClockRead { id, at, wall, step: STEP }));
    }

    /// Moves the clock, with all beats on the way.
    pub(super) fn beat_until(&mut self, until: Timestamp) {
        while let Some(at) = self.beat.filter(|at| *at <= until) {
            (self.now, self.beat) = (self.now.max(at), None);
            let (at, wall) = (self.now, ORIGIN + millis(self.now));
            self.lab(LabMsg::Ticker { at, wall });
        }
        self.now = self.now.max(until);
    }

    /// Moves the clock, and no beat comes through until then: the page was busy, or the time of day was set by so many
    /// milliseconds.
    pub fn stall(&mut self, span: Span, set: u64) -> &mut Self {
        self.now = self.now + span;
        self.beat = None;
        let (at, wall) = (self.now, ORIGIN + millis(self.now) + set);
        self.lab(LabMsg::Ticker { at, wall })
    }

    /// Answers the current request with a stream: tokens one a chunk, the first one after `first` milliseconds.
    pub fn stream(&mut self, first: u64, gap: u64, tokens: u64) -> &mut Self {
        self.stream_begun(first);
        self.stream_on(gap, tokens)
    }

    /// The stream as far as its first event, and the time until the first token.
    pub fn stream_begun(&mut self, first: u64) -> &mut Self {
        self.event(HttpEvent::Sent).wait(Span::from_millis(first / 2));
        self.opened(200, &[("content-type", "text/event-stream; charset=utf-8")]);
        self.chunk(
            r#"{"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}"#,
        );
        self.wait(Span::from_millis(first - first / 2))
    }

    /// The rest of the stream.
    pub fn stream_on(&mut self, gap: u64, tokens: u64) -> &mut Self {
        for token in 1..tokens {
            self.chunk(r#"{"choices":[{"index":0,"delta":{"content":" word"},"finish_reason":null}]}"#);
            self.wait(Span::from_millis(gap));
            if token + 1 == tokens {
                break;
            }
        }
        self.chunk(&format!(
            r#"{{"choices":[{{"index":0,"delta":{{"content":" end"}},"finish_reason":"length"}}],"usage":{{"prompt_tokens":100,"completion_tokens":{tokens},"total_tokens":{}}}}}"#,
            100 + tokens
        ));
        self.chunk("[DONE]").event(HttpEvent::Closed)
    }

    fn chunk(&mut self, data: &str) -> &mut Self {
        self.event(HttpEvent::Chunk(format!("data: {data}\n\n").into_bytes()))
    }

    /// Whether a call without the key waits to be answered.
    pub fn asks_without_key(&self) -> bool {
        self.sent.front().is_some_and(|(_, request)| request.key.is_none())
    }

    // What there is to see.

    pub fn lab_form(&self) -> LabForm {
        self.model.lab_form().expect("a lab that is offered")
    }

    pub fn lab_progress(&self) -> LabProgress {
        self.model.lab_progress().expect("a lab that is offered")
    }

    pub fn lab_results(&self) -> LabResults {
        self.model.lab_results().expect("results")
    }

    /// A figure of a series, its unbreakable blank as a plain one.
    pub fn lab_figure(&self, series: usize, name: &str) -> String {
        let results = self.lab_results();
        let cells = &results.lines.get(series).expect("a series").cells;
        let cell = cells.iter().find(|(other, ..)| *other == name);
        cell.unwrap_or_else(|| panic!("no {name} in {cells:?}")).2.replace('\u{a0}', " ")
    }

    pub fn lab_plot(&self, kind: Kind) -> Option<Plot> {
        let plots = self.model.lab_plots().plots.into_iter().chain(self.model.lab_stream());
        plots.map(|(plot, _)| plot).find(|plot| plot.kind == kind)
    }
}
