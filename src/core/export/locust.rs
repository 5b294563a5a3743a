//! The Locust file. A test runs it, distributed, with Locust 2.47.0.
//!
//! Locust's users know nothing of each other, while the page has one order of calls, one number of them under way and one pace.
//! So one process, the master or the only one, hands the calls out, and the users ask for them.

use crate::core::bench::prompt::{FRAME, STEP, TASK};
use crate::core::bench::{OnLimit, Role, Schedule};
use crate::core::export::data;
use crate::core::json;
use crate::core::literal;
use crate::core::mistral::chat::GREEDY;

/// The file for these calls.
pub(super) fn file(schedule: &Schedule) -> String {
    let mut out = String::from(HEAD);
    out.push_str("SERIES = ");
    data::series(&mut out, schedule);
    out.push('\n');
    let number = |out: &mut String, name: &str, value: u64, why: &str| {
        out.extend([name, " = "]);
        json::number(out, value);
        out.extend(["  # ", why, "\n"]);
    };
    out.push_str("# One call of one token for each host and model. It is not counted.\nWARM_UPS = ");
    data::numbers(&mut out, data::warm_ups(schedule).into_iter().map(|place| place as u64));
    out.push_str("\n# Then these series in turn, so many times.\nROUNDS = ");
    data::rounds(&mut out, schedule);
    out.push('\n');
    for (name, role) in [("WARM_UP", Role::WarmUp), ("MEASURED", Role::Measured)] {
        out.extend([name, " = "]);
        data::numbers(&mut out, data::lengths(schedule, role));
        out.push_str("  # tokens of the prompt, about; most tokens of the answer\n");
    }
    number(
        &mut out,
        "SEED",
        u64::from(schedule.workload().seed),
        "of the prompts and of the models' sampling",
    );
    let (span, paced) = data::pace(schedule);
    number(&mut out, "PAUSE", span.as_micros(), "microseconds");
    out.extend(["PACED = ", if paced { "True" } else { "False" }]);
    out.push_str("  # whether the pause is from start to start; else it is from an end to the next start\n");
    let stop = schedule.on_limit() == OnLimit::Stop;
    out.extend(["STOP_AT_LIMIT = ", if stop { "True" } else { "False" }]);
    out.push_str("  # whether a 429 ends the test; it is a failure anyway\n\nTASK = ");
    literal::quoted(&mut out, TASK);
    out.push_str("\nWORDS = (\n    ");
    data::words(&mut out);
    out.push_str("\n).split()\n");
    number(&mut out, "FRAME", u64::from(FRAME), "tokens of what stands before the words");
    number(&mut out, "STEP", STEP, "of the SplitMix64 generator");
    out.push_str(&REST.replace("GREEDY", GREEDY));
    out
}

/// The commands that run the file.
pub(super) const RUN: &str = r"pip install locust
export MISTRAL_API_KEY=...   # on each machine that makes calls

# On one machine:
locust -f mistral-locustfile.py --headless --csv mistral

# On several: the master makes no calls and needs no key.
locust -f mistral-locustfile.py --headless --csv mistral --master --expect-workers 2
# On each of two others:
locust -f mistral-locustfile.py --worker --master-host MASTER
";

const HEAD: &str = r#""""Times calls to Mistral's models with Locust: the workload of a run in the browser, from as many machines as you like.

What it measures, for each model:
  POST   from sending a call to the last byte of its answer
  TTFT   from sending a call to the first text of its streamed answer
  TOKEN  the time from the first to the last text, by each token after the first, where the answer tells its tokens
At a fixed pace POST and TTFT count from when the call should have started. A call fails by any status but 2xx, 429 among them,
by a stream that breaks off, and by a connection that does.

What differs from a browser:
  - no preflight, which a browser sends before calls to another site, and none of its limits on connections;
  - HTTP/1.1, one connection for each user and host, opened by a GET without a key before its first call;
  - the clock is this machine's, not coarsened for a page.

Environment:
  MISTRAL_API_KEY   the key. It stands nowhere in this file, and is needed only where calls are made
  MISTRAL_BASE_URL  another server in place of Mistral's hosts, such as http://localhost:8000
  MISTRAL_SCALE     so many times the calls, so many times as many of them at once. Set it in the master; 1 if absent
"""

import json
import os
import time
from collections import deque

import gevent
import requests
from gevent.event import AsyncResult, Event
from locust import LoadTestShape, User, events, task
from locust.runners import STATE_MISSING, MasterRunner, WorkerRunner

"#;

const REST: &str = r#"
KEY = os.environ.get("MISTRAL_API_KEY", "").strip()
BASE = os.environ.get("MISTRAL_BASE_URL", "").rstrip("/")
SCALE = max(1, int(os.environ.get("MISTRAL_SCALE", "1")))
MOST_AT_ONCE = SCALE * max(series["at_once"] for series in SERIES)
CONNECT, SILENCE = 10, 120  # seconds that a connection may take, and that a server may be silent
MAX_CONSECUTIVE_FAILURES = 3  # failures in a row that end the test


def mixed(state):
    """The output of SplitMix64 for a state."""
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    state = (state ^ (state >> 27)) * 0x94D049BB133111EB % 2**64
    return state ^ (state >> 31)


def prompt(tokens, number):
    """A prompt like no other, for Mistral caches the beginnings of prompts. The page's call of this number has the same."""
    state = SEED << 32 | number
    words = [f"{mixed(state):016x}{TASK}"]
    for _ in range(FRAME, tokens):
        state = (state + STEP) % 2**64
        words.append(WORDS[mixed(state) % 64])
    return " ".join(words)


def body(run):
    """What a call sends."""
    series = SERIES[run["series"]]
    tokens, answer = WARM_UP if run["warm_up"] else MEASURED
    text = prompt(tokens, run["number"])
    path = series["path"]
    if path.endswith("/chat/completions"):
        sent = {"model": series["model"], "messages": [{"role": "user", "content": text}], "stream": True}
    elif path.endswith("/fim/completions"):
        sent = {"model": series["model"], "prompt": text}
    else:
        return {"model": series["model"], "input": text}
    return {**sent, "max_tokens": answer, GREEDY, "random_seed": SEED}


def all_runs():
    """The calls in their order, by the page's numbers. Scaled ones follow the call that they are copies of."""
    order = [(place, True) for place in WARM_UPS]
    order += [(place, False) for block, times in ROUNDS for _ in range(times) for place in block]
    for number, (place, warm_up) in enumerate(order):
        for copy in range(1 if warm_up else SCALE):
            yield {"number": number + copy * len(order), "series": place, "warm_up": warm_up}


class Dealer:
    """Hands the calls out, in one process only. It keeps the order, how many are under way at once, and the pace."""

    def __init__(self, runner):
        self.runner = runner
        self.changed = Event()
        self.begin()

    def begin(self):
        self.queue = deque(all_runs())
        self.users = deque()  # who asks for a call: worker and user
        self.in_flight = {}  # calls under way by number, with the machine of each
        self.rests = []  # when those that ended make room
        self.left_out = set()  # models at hosts that refuse to be called
        self.at_once, self.intended, self.failed, self.measured, self.over = 1, None, 0, 0, False

    def ask(self, environment, msg, **_):
        self.users.append((msg.node_id, msg.data))
        self.changed.set()

    def end(self, environment, msg, **_):
        """A call ended: its number, its status (0 without an answer) and whether it failed."""
        number, status, failed = msg.data
        run, _ = self.in_flight.pop(number, (None, None))
        if run is None:
            return
        self.measured += not run["warm_up"]
        if not PACED:
            self.rests.append(time.monotonic() + PAUSE / 1e6)
        self.failed = self.failed + 1 if failed else 0
        refused = 400 <= status < 500 and status not in (401, 402, 408, 429)
        if failed and run["warm_up"] and refused:
            self.left_out.add((SERIES[run["series"]]["host"], SERIES[run["series"]]["model"]))
            self.failed = 0
        elif status in (401, 402) or (status == 429 and STOP_AT_LIMIT) or self.failed >= MAX_CONSECUTIVE_FAILURES:
            print(f"No further calls: the last one ended with {status or 'no answer'}.")
            self.queue.clear()
        self.changed.set()

    def gone(self, worker):
        """Whether a machine no longer answers the master."""
        if not isinstance(self.runner, MasterRunner):
            return False
        return worker not in self.runner.clients or self.runner.clients[worker].state == STATE_MISSING

    def report_loss(self, what):
        """Says what is missing, in the exit status as well."""
        print(what)
        self.runner.environment.process_exit_code = 1

    def deal(self):
        """Hands out what is due, and tells how many seconds to wait for more."""
        now = time.monotonic()
        self.rests = [rest for rest in self.rests if rest > now]
        for number, (run, worker) in list(self.in_flight.items()):
            if self.gone(worker):
                self.report_loss(f"Call {number} is lost with its machine.")
                del self.in_flight[number]
        while self.queue:
            asker = next((asker for asker in self.users if not self.gone(asker[0])), None)
            if asker is None:
                break
            run = self.queue[0]
            series = SERIES[run["series"]]
            if (series["host"], series["model"]) in self.left_out:
                self.queue.popleft()
                continue
            at_once = 1 if run["warm_up"] else SCALE * series["at_once"]
            if at_once != self.at_once:  # other numbers at once wait until all before have ended and rested
                if self.in_flight or self.rests:
                    return max(self.rests, default=now + 1) - now
                self.at_once = at_once
            if len(self.in_flight) + len(self.rests) >= at_once:
                return min(self.rests, default=now + 1) - now
            late = 0
            if PACED and not run["warm_up"]:
                self.intended = self.intended or now
                if self.intended > now:
                    return self.intended - now
                late = now - self.intended
                self.intended += PAUSE / 1e6 / SCALE
            self.queue.popleft()
            self.users.remove(asker)
            worker, user = asker
            self.in_flight[run["number"]] = (run, worker)
            self.runner.send_message("mistral_run", {**run, "user": user, "late": late}, worker)
        return 1

    def work(self):
        while self.queue or self.in_flight:
            wait = self.deal()
            self.changed.wait(min(max(wait, 0.0005), 1))
            self.changed.clear()
        # Workers report what they measured every few seconds.
        until = time.monotonic() + 30
        entries = self.runner.stats.entries
        while time.monotonic() < until:
            if sum(entry.num_requests for entry in list(entries.values()) if entry.method == "POST") >= self.measured:
                break
            gevent.sleep(0.1)
        else:
            self.report_loss("Calls of a lost machine are missing in the table.")
        gevent.sleep(1.5)  # --csv writes once a second, and not at the end
        self.over = True


DEALER = None  # in the master or the only process
ASKING = {}  # users of this process that wait for a call


@events.init.add_listener
def on_init(environment, runner, **_):
    global DEALER
    if not isinstance(runner, MasterRunner):
        if not KEY:
            raise SystemExit("Set MISTRAL_API_KEY to your key.")
        runner.register_message("mistral_run", on_run)
    if not isinstance(runner, WorkerRunner):
        DEALER = Dealer(runner)
        runner.register_message("mistral_ask", DEALER.ask)
        runner.register_message("mistral_end", DEALER.end)


@events.test_start.add_listener
def on_start(environment, **_):
    if DEALER:
        DEALER.begin()
        DEALER.greenlet = gevent.spawn(DEALER.work)


@events.test_stop.add_listener
def on_stop(environment, **_):
    if DEALER:
        DEALER.greenlet.kill()
        DEALER.over = False


def on_run(environment, msg, **_):
    user = ASKING.pop(msg.data["user"], None)
    if user:
        user.set(msg.data)
    else:  # stopped meanwhile
        environment.runner.send_message("mistral_end", [msg.data["number"], 0, True])


class AllCalls(LoadTestShape):
    """As many users as calls are made at once, and one a machine at least. The end of the last call ends the test."""

    def tick(self):
        users = max(MOST_AT_ONCE, self.runner.worker_count)
        return None if DEALER.over else (users, users)


class Caller(User):
    """Makes the calls that are handed out to it, over connections of its own."""

    def on_start(self):
        self.session = requests.Session()
        self.opened = set()

    @task
    def call(self):
        granted = ASKING[id(self)] = AsyncResult()
        self.environment.runner.send_message("mistral_ask", id(self))
        try:
            run = granted.get()
        finally:
            ASKING.pop(id(self), None)
        series = SERIES[run["series"]]
        origin = BASE or series["host"]
        status, failed = 0, True
        try:
            self.open(origin)
            status, failed = self.timed(run, series["name"], origin + series["path"])
        finally:
            self.environment.runner.send_message("mistral_end", [run["number"], status, failed])

    def open(self, origin):
        """Opens the connection, which is no part of a call's time."""
        if origin not in self.opened:
            self.opened.add(origin)
            try:
                self.session.get(f"{origin}/v1/models", timeout=(CONNECT, SILENCE))
            except requests.RequestException:
                pass  # the call will tell

    def timed(self, run, name, url):
        """Makes a call and tells Locust its times. Only the names of failures are told, never what a server says."""
        headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
        sent = json.dumps(body(run))
        status, size, texts, tokens, failure = 0, 0, [], None, None
        limits = {"timeout": (CONNECT, SILENCE), "allow_redirects": False}
        started = time.perf_counter()
        try:
            with self.session.post(url, data=sent, headers=headers, stream=True, **limits) as answer:
                status = answer.status_code
                if "text/event-stream" in answer.headers.get("content-type", ""):
                    size, texts, tokens, done = read(answer)
                    failure = None if done else "the stream broke off"
                else:
                    size = len(answer.content)
                if not 200 <= status < 300:
                    failure = f"HTTP {status}"
        except Exception as error:  # whatever a server sends, the call has an end
            failure = type(error).__name__
        ended = time.perf_counter()
        if not run["warm_up"]:
            self.tell("POST", name, run["late"] + ended - started, size, failure)
            if texts and not failure:
                self.tell("TTFT", name, run["late"] + texts[0] - started)
                # What arrives in one burst was held back on the way, and tells nothing of the model.
                if (tokens or 0) > 1 and texts[-1] - texts[0] >= 0.01:
                    self.tell("TOKEN", name, (texts[-1] - texts[0]) / (tokens - 1))
        return status, failure is not None

    def tell(self, kind, name, seconds, size=0, failure=None):
        self.environment.events.request.fire(
            request_type=kind, name=name, response_time=seconds * 1000, response_length=size, context={},
            exception=RuntimeError(failure) if failure else None,
        )


def read(answer):
    """Reads a stream as it arrives: its bytes, the times of its texts, the tokens that it tells, whether it came to its end."""
    size, texts, tokens, done, rest = 0, [], None, False, b""
    for part in answer.iter_content(chunk_size=None):
        now = time.perf_counter()
        size += len(part)
        *lines, rest = (rest + part).split(b"\n")
        for line in lines:
            data = line[5:].strip() if line.startswith(b"data:") else b""
            if data == b"[DONE]":
                done = True
            elif data:
                chunk = json.loads(data)
                tokens = (chunk.get("usage") or {}).get("completion_tokens", tokens)
                if any(choice.get("delta", {}).get("content") for choice in chunk.get("choices", [])):
                    texts.append(now)
    return size, texts, tokens, done
"#;
