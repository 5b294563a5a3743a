//! Schedules carried out: the test plays Mistral and the clock.

use super::{at, key, opened, steady, subject};
use crate::core::bench::{
    Custom, Due, Halt, Mark, Measure, Pacing, Phase, Plan, Role, Runner, ScheduledCall, Slot, Workload,
};
use crate::core::explain::Cause;
use crate::core::http::{Body, HttpEvent, HttpRequest, TransportFailure};
use crate::core::mistral::Endpoint;
use crate::core::time::{Span, Timestamp};

/// What comes back.
#[derive(Clone, Copy, Debug)]
enum Reply {
    /// 50 tokens: the first after 200 ms, the others 20 ms apart; 1.18 s in all.
    Stream,
    /// A refusal after 100 ms.
    Status(u16, &'static str),
    /// No network, after 100 ms.
    Offline,
}

const LIMITED: Reply =
    Reply::Status(429, r#"{"object":"error","message":"Rate limit exceeded","code":"1300"}"#);

struct Stage {
    runner: Runner,
    now: u64,
    /// Microseconds, call, event: in order.
    coming: Vec<(u64, Slot, HttpEvent)>,
    /// When each call was sent, in milliseconds, and how many were under way then.
    sent: Vec<(u64, usize, HttpRequest)>,
}

impl Stage {
    fn new(plan: Plan, cap: Option<u64>) -> Self {
        let schedule = plan.schedule(Endpoint::Global, 7).expect("a plan");
        Self { runner: Runner::begin(schedule, key(), cap), now: 0, coming: Vec::new(), sent: Vec::new() }
    }

    /// Goes on to the end, or to `until` milliseconds; `reply` answers the calls by their number.
    fn play(&mut self, until: u64, reply: impl Fn(usize) -> Reply) {
        loop {
            let wake = match self.runner.due(at(self.now)) {
                Due::Nothing => return,
                Due::Answer => None,
                Due::Wait(span) => Some(self.now + span.as_micros()),
                Due::Send(requests) => {
                    for (slot, request) in requests {
                        self.answer(slot, reply(self.sent.len()));
                        let under_way = self.runner.under_way().count();
                        self.sent.push((self.now / 1_000, under_way, request));
                    }
                    continue;
                }
            };
            let next = self.coming.first().map(|(time, ..)| *time);
            let Some(time) = [wake, next].into_iter().flatten().min() else { panic!("nothing will happen") };
            if time > until * 1_000 {
                return;
            }
            self.now = time;
            while self.coming.first().is_some_and(|(time, ..)| *time == self.now) {
                let (time, slot, event) = self.coming.remove(0);
                self.runner.record(slot, at(time), &event);
            }
        }
    }

    fn answer(&mut self, slot: Slot, reply: Reply) {
        self.runner.record(slot, at(self.now), &HttpEvent::Sent);
        let late = self.now + 100_000;
        match reply {
            Reply::Stream => {
                self.coming.push((late, slot, opened()));
                let reads = steady(self.now, 200_000, 20_000, 50);
                let end = reads.last().map_or(late, |(time, _)| *time);
                self.coming.extend(
                    reads.into_iter().map(|(time, text)| (time, slot, HttpEvent::Chunk(text.into()))),
                );
                self.coming.push((end, slot, HttpEvent::Closed));
            }
            Reply::Status(status, body) => {
                self.coming.push((late, slot, HttpEvent::Opened { status, headers: Vec::new() }));
                self.coming.push((late, slot, HttpEvent::Chunk(body.into())));
                self.coming.push((late, slot, HttpEvent::Closed));
            }
            Reply::Offline => {
                let failure = TransportFailure { message: "Failed to fetch".into(), online: false };
                self.coming.push((late, slot, HttpEvent::Failed(failure)));
            }
        }
        self.coming.sort_by_key(|(time, ..)| *time);
    }

    fn times(&self) -> Vec<u64> {
        self.sent.iter().map(|(time, ..)| *time).collect()
    }

    fn ended(&self) -> Vec<(ScheduledCall, bool)> {
        self.runner.ended_calls().map(|(scheduled, sample)| (scheduled, sample.timing.is_ok())).collect()
    }
}

fn plan(models: &[&str], rounds: u32, at_once: u8, pacing: Pacing) -> Plan {
    let subjects = models.iter().map(|model| subject(model)).collect();
    Plan::Custom(Custom { subjects, rounds, at_once, workload: Workload { pacing, ..Workload::default() } })
}

const NO_PAUSE: Pacing = Pacing::Closed { pause: Span::ZERO };
const END: u64 = u64::MAX / 1_000;

#[test]
fn calls_follow_each_other_after_a_pause() {
    let mut stage = Stage::new(Plan::Quick(subject("ministral-3b-2512")), None);
    stage.play(END, |_| Reply::Stream);
    assert_eq!(stage.times(), [0, 2_180, 4_360, 6_540, 8_720, 10_900]);
    assert_eq!(stage.runner.phase(), &Phase::Over);
    assert_eq!(stage.runner.measured(0).count(), 5, "the warm-up does not count");
    for (_, sample) in stage.runner.measured(0) {
        assert_eq!(sample.span(Measure::FirstToken), Some(Span::from_millis(200)));
        assert_eq!(sample.span(Measure::MeanGap), Some(Span::from_millis(20)));
    }
    let charge = stage.runner.charge();
    assert_eq!((charge.told.as_picodollars(), charge.untold), (6 * 70 * 100_000, 0));
    assert_eq!(stage.runner.tokens(), 6 * 70);
}

#[test]
fn no_more_calls_are_under_way_than_stated() {
    let mut stage = Stage::new(plan(&["a"], 9, 3, NO_PAUSE), None);
    stage.play(END, |_| Reply::Stream);
    assert_eq!(stage.times(), [0, 1_180, 1_180, 1_180, 2_360, 2_360, 2_360, 3_540, 3_540, 3_540]);
    assert!(stage.sent.iter().all(|(_, under_way, _)| *under_way <= 3));
}

#[test]
fn a_load_goes_up_by_levels_and_ends_at_the_first_limit() {
    let mut stage = Stage::new(Plan::Load { subject: subject("a"), most: None }, None);
    stage.play(END, |_| Reply::Stream);
    assert_eq!((stage.runner.phase(), stage.sent.len()), (&Phase::Over, 37));
    let at_once = |time| stage.sent.iter().filter(|(sent, ..)| *sent == time).count();
    assert_eq!([1_180, 8_260, 11_800, 14_160].map(at_once), [1, 2, 4, 8]);

    let mut stage = Stage::new(Plan::Load { subject: subject("a"), most: None }, None);
    stage.play(END, |call| if call == 14 { LIMITED } else { Reply::Stream });
    let Phase::Halted(Halt::Limited(failure)) = stage.runner.phase() else { panic!("it was limited") };
    assert_eq!(failure.finding.cause, Cause::RateLimited);
    assert_eq!(stage.sent.len(), 17, "the four at once were already sent");
    assert_eq!(stage.runner.measured(2).filter(|(_, sample)| sample.timing.is_ok()).count(), 3);
    assert_eq!(stage.runner.errors(2), [(Cause::RateLimited, 1)]);
    assert!(stage.runner.errors(1).is_empty());
}

#[test]
fn errors_are_counted_and_no_samples() {
    let mut stage = Stage::new(plan(&["a", "b"], 4, 1, NO_PAUSE), None);
    let busy = Reply::Status(500, "{}");
    stage.play(END, |call| {
        [Reply::Stream, Reply::Stream, busy, Reply::Stream, LIMITED]
            .get(call)
            .copied()
            .unwrap_or(Reply::Stream)
    });
    assert_eq!(stage.runner.phase(), &Phase::Over);
    assert_eq!(stage.runner.errors(0), [(Cause::ServerError, 1), (Cause::RateLimited, 1)]);
    assert_eq!(stage.runner.errors(1), []);
    assert_eq!(stage.ended().len(), 10);
}

#[test]
fn what_would_meet_every_call_ends_it() {
    for (reply, refused) in [
        (Reply::Status(401, r#"{"detail":"Invalid API Key"}"#), true),
        (Reply::Status(402, r#"{"object":"error","message":"Payment required"}"#), true),
        (Reply::Offline, false),
    ] {
        let mut stage = Stage::new(plan(&["a"], 9, 1, NO_PAUSE), None);
        stage.play(END, |call| if call < 3 { Reply::Stream } else { reply });
        assert_eq!(stage.sent.len(), 4);
        assert_eq!(stage.runner.measured(0).filter(|(_, sample)| sample.timing.is_ok()).count(), 2);
        assert_eq!(matches!(stage.runner.phase(), Phase::Halted(Halt::Refused(_))), refused);
    }
    let mut stage = Stage::new(plan(&["a"], 9, 1, NO_PAUSE), None);
    stage.play(END, |_| LIMITED);
    assert!(matches!(stage.runner.phase(), Phase::Halted(Halt::Failing(_))));
    assert_eq!(stage.sent.len(), 3);
}

#[test]
fn a_model_whose_warm_up_is_refused_is_left_out() {
    let mut stage = Stage::new(plan(&["a", "b"], 2, 1, NO_PAUSE), None);
    let missing = Reply::Status(403, r#"{"object":"error","message":"Not in your tier","code":"1910"}"#);
    stage.play(END, |call| if call == 0 { missing } else { Reply::Stream });
    assert_eq!(stage.runner.phase(), &Phase::Over);
    let ended: Vec<(usize, Role)> =
        stage.ended().iter().map(|(scheduled, _)| (scheduled.series, scheduled.role)).collect();
    assert_eq!(ended, [(0, Role::WarmUp), (1, Role::WarmUp), (1, Role::Measured), (1, Role::Measured)]);
}

#[test]
fn a_stop_keeps_what_was_measured() {
    let mut stage = Stage::new(plan(&["ministral-3b-2512"], 9, 1, NO_PAUSE), None);
    stage.play(3_000, |_| Reply::Stream);
    let told = stage.runner.charge();
    assert_eq!(stage.runner.stop(), [Slot(2)]);
    assert_eq!((stage.runner.phase(), stage.runner.measured(0).count()), (&Phase::Stopped, 1));
    assert_eq!(stage.runner.charge().untold, told.untold + 1, "it may have run all the same");
    assert_eq!(stage.runner.left(), Span::ZERO);
    // What still arrives is ignored.
    stage.runner.record(Slot(2), at(9_000_000), &HttpEvent::Closed);
    assert_eq!(stage.runner.ended_calls().count(), 2);
    assert!(matches!(stage.runner.due(at(9_000_000)), Due::Nothing));
    assert!(stage.runner.stop().is_empty());
}

#[test]
fn the_token_cap_holds_before_a_call_is_sent() {
    // A call counts as 1 163 tokens while it can still use them, and as the 70 it used once it has ended.
    let mut stage = Stage::new(plan(&["a"], 9, 1, NO_PAUSE), Some(3 * 70 + 1_163));
    stage.play(END, |_| Reply::Stream);
    assert_eq!(stage.runner.phase(), &Phase::Halted(Halt::TokenCap));
    assert_eq!(stage.runner.measured(0).count(), 3);
    // Several at once wait for room rather than give up.
    let mut stage = Stage::new(plan(&["a"], 9, 3, NO_PAUSE), Some(1_163 + 9 * 70));
    stage.play(END, |_| Reply::Stream);
    assert_eq!((stage.runner.phase(), stage.runner.measured(0).count()), (&Phase::Over, 9));
    assert!(stage.sent.iter().all(|(_, under_way, _)| *under_way == 1));
}

#[test]
fn a_fixed_pace_measures_from_the_intended_start() {
    // A call takes 1.18 s and one is due each second: each waits 180 ms longer than the one before.
    let mut stage = Stage::new(plan(&["a"], 4, 1, Pacing::Paced { every: Span::from_secs(1) }), None);
    stage.play(END, |_| Reply::Stream);
    assert_eq!(stage.times(), [0, 1_180, 2_360, 3_540, 4_720]);
    let firsts: Vec<u64> = stage
        .runner
        .measured(0)
        .filter_map(|(_, sample)| sample.span(Measure::FirstToken))
        .map(Span::as_millis)
        .collect();
    assert_eq!(firsts, [200, 380, 560, 740]);
    // With room for two, none waits.
    let mut stage = Stage::new(plan(&["a"], 4, 2, Pacing::Paced { every: Span::from_secs(1) }), None);
    stage.play(END, |_| Reply::Stream);
    assert_eq!(stage.times(), [0, 1_180, 2_180, 3_180, 4_180]);
}

#[test]
fn marks_fall_on_the_calls_of_their_time() {
    let mut stage = Stage::new(plan(&["a"], 3, 1, NO_PAUSE), None);
    stage.play(4_000, |_| Reply::Stream);
    let millis = |millis: u64| Timestamp::from_micros(millis * 1_000);
    stage.runner.mark(millis(2_000), millis(2_060), Mark::BusyPage);
    stage.runner.mark(millis(3_900), millis(3_950), Mark::HiddenTab);
    stage.play(END, |_| Reply::Stream);
    let marked: Vec<Vec<Mark>> =
        stage.runner.measured(0).map(|(_, sample)| sample.marks.iter().collect()).collect();
    assert_eq!(marked, [vec![Mark::BusyPage], vec![], vec![Mark::HiddenTab]]);
}

#[test]
fn a_call_that_never_ends_times_out() {
    let mut stage = Stage::new(plan(&["a"], 1, 1, NO_PAUSE), None);
    let Due::Send(requests) = stage.runner.due(at(0)) else { panic!("the warm-up is due") };
    let (slot, request) = requests.into_iter().next().expect("one call");
    assert!(matches!(&request.body, Some(Body::Json(json)) if json.contains("\"max_tokens\":1,")));
    stage.runner.time_out(slot, at(60_000_000), Span::from_secs(60));
    let (_, sample) = stage.runner.ended_calls().next().expect("the warm-up");
    assert_eq!(sample.timing.as_ref().expect_err("no answer").finding.cause, Cause::TimedOut);
    assert!(matches!(stage.runner.due(at(60_000_000)), Due::Send(_)), "it may pass");
}
