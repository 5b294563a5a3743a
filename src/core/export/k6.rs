//! The k6 script. k6 is no package of a registry that the tests use, so they run the script's own code with a stand-in for k6.

use crate::core::bench::prompt::{FRAME, STEP, TASK};
use crate::core::bench::{OnLimit, Role, Schedule};
use crate::core::export::data;
use crate::core::json;
use crate::core::literal;
use crate::core::mistral::chat::GREEDY;

/// The script for these calls.
pub(super) fn file(schedule: &Schedule) -> String {
    let mut out = String::from(HEAD);
    out.push_str("const SERIES = ");
    data::series(&mut out, schedule);
    out.push_str(
        ";\n// One call of one token for each host and model. It is not counted.\nconst WARM_UPS = ",
    );
    data::numbers(&mut out, data::warm_ups(schedule).into_iter().map(|place| place as u64));
    out.push_str(";\n// Then these series in turn, so many times.\nconst ROUNDS = ");
    data::rounds(&mut out, schedule);
    for (name, role) in [("WARM_UP", Role::WarmUp), ("MEASURED", Role::Measured)] {
        out.extend([";\nconst ", name, " = "]);
        data::numbers(&mut out, data::lengths(schedule, role));
    }
    out.push_str("; // tokens of a prompt, about; most tokens of its answer\n");
    let (span, paced) = data::pace(schedule);
    for (name, value, why) in [
        ("SEED", u64::from(schedule.workload().seed), "of the prompts and of the models' sampling"),
        ("PAUSE", span.as_micros(), "microseconds"),
        ("FRAME", u64::from(FRAME), "tokens of what stands before the words"),
    ] {
        out.extend(["const ", name, " = "]);
        json::number(&mut out, value);
        out.extend(["; // ", why, "\n"]);
    }
    // At a pace of no time at all, calls follow each other as in a closed loop without a pause.
    out.extend(["const PACED = ", if paced && span.as_micros() > 0 { "true" } else { "false" }]);
    out.push_str("; // whether the pause is from start to start; else it is from an end to the next start\n");
    let stop = schedule.on_limit() == OnLimit::Stop;
    out.extend(["const STOP_AT_LIMIT = ", if stop { "true" } else { "false" }]);
    out.push_str("; // whether a 429 ends the test; it is a failure anyway\nconst STEP = ");
    data::numbers(&mut out, [STEP >> 32, STEP & 0xffff_ffff]);
    out.push_str("; // of the SplitMix64 generator, in halves of 32 bits\nconst TASK = ");
    literal::quoted(&mut out, TASK);
    out.push_str(";\nconst WORDS = ");
    data::words(&mut out);
    out.push_str(".split(' ');\n");
    out.push_str(&REST.replace("GREEDY", GREEDY));
    out
}

/// The commands that run the file: once for each number of calls at once, since k6 starts what it holds at the same time.
pub(super) fn run(schedule: &Schedule) -> String {
    let mut levels: Vec<u8> = schedule.series().iter().map(|series| series.at_once).collect();
    levels.dedup();
    let mut out = String::from("export MISTRAL_API_KEY=...\n");
    for place in 0..levels.len() {
        out.push_str("k6 run ");
        if levels.len() > 1 {
            out.extend(["-e MISTRAL_LEVEL=", &place.to_string(), " "]);
        }
        out.push_str("mistral-k6.js\n");
    }
    out
}

const HEAD: &str = r"// Times calls to Mistral's models with k6: the workload of a run in the browser.
//
// What it measures, for each series below by its place in the list:
//   series_0_first_byte  from sending a call to the first byte of its answer
//   series_0_duration    from sending a call to the last byte
//   series_0_failed      the share that failed: any status but 2xx, 429 among them, or no answer
// k6 reads an answer as a whole, so it cannot tell when the first token came. Locust can.
//
// What differs from a browser:
//   - no preflight, which a browser sends before calls to another site, and none of its limits on connections;
//   - each virtual user opens its connections in its first calls; opening them is in none of these times;
//   - at a fixed pace a call that finds no user free is dropped (dropped_iterations) rather than late.
//
// Environment:
//   MISTRAL_API_KEY   the key. It stands nowhere in this file
//   MISTRAL_BASE_URL  another server in place of Mistral's hosts, such as http://localhost:8000
//   MISTRAL_SCALE     so many times the calls, so many times as many of them at once; 1 if absent
//   MISTRAL_LEVEL     which of several numbers of calls at once is tested, from 0
import http from 'k6/http';
import exec from 'k6/execution';
import { sleep } from 'k6';
import { Rate, Trend } from 'k6/metrics';

";

const REST: &str = r"
const BASE = (__ENV.MISTRAL_BASE_URL || '').replace(/\/+$/, '');
const SCALE = Math.max(1, Math.floor(Number(__ENV.MISTRAL_SCALE || 1)) || 1);

// The calls that are counted, by the page's numbers.
const order = ROUNDS.flatMap(([block, times]) => Array.from({ length: times }, () => block).flat());
const levels = [...new Set(SERIES.map((series) => series.at_once))];
const atOnce = levels[Number(__ENV.MISTRAL_LEVEL || 0)];
const total = WARM_UPS.length + order.length;
const runs = order
  .map((series, index) => ({ series, number: WARM_UPS.length + index }))
  .filter((run) => SERIES[run.series].at_once === atOnce)
  .flatMap((run) => Array.from({ length: SCALE }, (_, copy) => ({ ...run, number: run.number + copy * total })));

export const options = {
  scenarios: {
    calls: PACED
      ? {
          executor: 'constant-arrival-rate',
          rate: SCALE,
          timeUnit: `${PAUSE}us`,
          duration: `${(PAUSE * runs.length) / SCALE}us`,
          preAllocatedVUs: atOnce * SCALE,
          gracefulStop: '2m',
        }
      : {
          executor: 'shared-iterations',
          vus: Math.min(atOnce * SCALE, runs.length),
          iterations: runs.length,
          maxDuration: '24h',
        },
  },
  setupTimeout: '10m',
  summaryTrendStats: ['count', 'min', 'med', 'avg', 'p(95)', 'max'],
};

const measures = SERIES.map((_, place) => ({
  firstByte: new Trend(`series_${place}_first_byte`, true),
  duration: new Trend(`series_${place}_duration`, true),
  failed: new Rate(`series_${place}_failed`),
}));

// 64-bit numbers are pairs of halves: not every k6 has BigInt.
function product([ah, al], [bh, bl]) {
  const [a0, a1, b0, b1] = [al & 0xffff, al >>> 16, bl & 0xffff, bl >>> 16];
  const low = a0 * b0;
  const middle = a1 * b0 + (low >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  const high = a1 * b1 + (middle >>> 16) + (other >>> 16);
  return [(high + Math.imul(ah, bl) + Math.imul(al, bh)) >>> 0, ((other << 16) | (low & 0xffff)) >>> 0];
}

function shifted([high, low], by) {
  return [(high ^ (high >>> by)) >>> 0, (low ^ ((low >>> by) | (high << (32 - by)))) >>> 0];
}

// The output of SplitMix64 for a state.
function mixed(state) {
  const once = product(shifted(state, 30), [0xbf58476d, 0x1ce4e5b9]);
  return shifted(product(shifted(once, 27), [0x94d049bb, 0x133111eb]), 31);
}

// A prompt like no other, for Mistral caches the beginnings of prompts. The page's call of this number has the same.
function prompt(tokens, number) {
  let state = [SEED, number];
  const words = [mixed(state).map((half) => half.toString(16).padStart(8, '0')).join('') + TASK];
  for (let token = FRAME; token < tokens; token += 1) {
    const low = state[1] + STEP[1];
    state = [(state[0] + STEP[0] + (low > 0xffffffff ? 1 : 0)) >>> 0, low >>> 0];
    words.push(WORDS[mixed(state)[1] % 64]);
  }
  return words.join(' ');
}

// What a call sends.
function body({ model, path }, [tokens, answer], number) {
  const text = prompt(tokens, number);
  const limits = { max_tokens: answer, GREEDY, random_seed: SEED };
  if (path.endsWith('/chat/completions')) {
    return { model, messages: [{ role: 'user', content: text }], stream: true, ...limits };
  }
  return path.endsWith('/fim/completions') ? { model, prompt: text, ...limits } : { model, input: text };
}

function call(place, lengths, number) {
  const series = SERIES[place];
  const headers = { Authorization: `Bearer ${__ENV.MISTRAL_API_KEY}`, 'Content-Type': 'application/json' };
  // The name keeps k6 from counting each URL apart.
  const settings = { headers, timeout: '600s', redirects: 0, tags: { name: series.path } };
  return http.post((BASE || series.host) + series.path, JSON.stringify(body(series, lengths, number)), settings);
}

export function setup() {
  if (!__ENV.MISTRAL_API_KEY) {
    throw new Error('Set MISTRAL_API_KEY to your key.');
  }
  WARM_UPS.forEach((place, number) => {
    call(place, WARM_UP, number);
    if (!PACED) {
      sleep(PAUSE / 1e6);
    }
  });
}

let failures = 0;

export default function () {
  const run = runs[exec.scenario.iterationInTest];
  if (run === undefined) {
    return;
  }
  const answer = call(run.series, MEASURED, run.number);
  const failed = !(answer.status >= 200 && answer.status < 300);
  const measure = measures[run.series];
  measure.failed.add(failed);
  if (!failed) {
    measure.firstByte.add(answer.timings.waiting);
    measure.duration.add(answer.timings.duration);
  }
  failures = failed ? failures + 1 : 0;
  if ([401, 402].includes(answer.status) || (answer.status === 429 && STOP_AT_LIMIT) || failures >= 3) {
    exec.test.abort(`No further calls: the last one ended with ${answer.status || 'no answer'}.`);
  }
  if (!PACED) {
    sleep(PAUSE / 1e6);
  }
}
";
