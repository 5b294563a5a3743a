//! The `GuideLLM` script, for version 0.8.1: a command for each series, since it loads one model at a time.
//!
//! `GuideLLM` asks every server for `stream_options`, which Mistral once refused as an unknown field and does not need. So its own
//! switch for streams is off, and the stream is asked for among the extra fields, which it heeds all the same. Its own warm-up is not used, since it
//! leaves out one call more than it is told, and yet more where calls overlap.

use crate::core::bench::prompt::{FRAME, STEP, TASK};
use crate::core::bench::{Role, Schedule, Series};
use crate::core::export::data;
use crate::core::json;
use crate::core::literal;
use crate::core::mistral::chat::GREEDY;

/// The script for these calls. All of them are chats.
pub(super) fn file(schedule: &Schedule) -> String {
    let mut out = String::from(HEAD);
    out.push_str("python3 - \"$folder\" <<'END'\nimport json, sys\n\nWARM_UPS = ");
    json::number(&mut out, data::warm_ups(schedule).len() as u64);
    out.push_str("\nROUNDS = ");
    data::rounds(&mut out, schedule);
    for (name, value) in [
        ("TOKENS", data::lengths(schedule, Role::Measured)[0]),
        ("SEED", u64::from(schedule.workload().seed)),
        ("FRAME", u64::from(FRAME)),
        ("STEP", STEP),
    ] {
        out.extend(["\n", name, " = "]);
        json::number(&mut out, value);
    }
    out.push_str("\nTASK = ");
    literal::quoted(&mut out, TASK);
    out.push_str("\nWORDS = ");
    data::words(&mut out);
    out.push_str(".split()\n");
    out.push_str(PROMPTS);
    for (place, series) in schedule.series().iter().enumerate() {
        command(&mut out, schedule, place, series);
    }
    out
}

/// The command of a series.
fn command(out: &mut String, schedule: &Schedule, place: usize, series: &Series) {
    let [_, answer] = data::lengths(schedule, Role::Measured);
    let calls: u64 = data::blocks(schedule)
        .iter()
        .map(|block| block.times * block.series.iter().filter(|other| **other == place).count() as u64)
        .sum();
    let mut backend = String::from("{\"kind\": \"openai_http\", \"validate_backend\": false, \"model\": ");
    // The word around it is a shell's, so no quote in it needs thought but the shell's own.
    literal::quoted(&mut backend, &series.subject.model);
    backend.push_str(
        ", \"stream\": false, \"extras\": {\"stream\": true, \"body\": {\"stream\": true, \"max_tokens\": ",
    );
    json::number(&mut backend, answer);
    backend.extend([", ", GREEDY, ", \"random_seed\": "]);
    json::number(&mut backend, u64::from(schedule.workload().seed));
    backend.push_str("}}}");
    let at_once = u64::from(series.at_once);
    let (pause, paced) = data::pace(schedule);
    // Millionths of a call a second: decimals without floating-point numbers.
    let rate = 1_000_000_000_000_u64.checked_div(pause.as_micros()).filter(|rate| paced && *rate > 0);
    let profile = match rate {
        Some(rate) => format!(
            "{{\"kind\": \"constant\", \"rate\": {}.{:06}, \"max_concurrency\": {at_once}}}",
            rate / 1_000_000,
            rate % 1_000_000
        ),
        None => format!("{{\"kind\": \"concurrent\", \"streams\": {at_once}}}"),
    };
    let place = place.to_string();
    out.extend([
        "\nGUIDELLM__SPEC__BACKEND__TARGET=${MISTRAL_BASE_URL:-",
        series.endpoint.origin(),
        "} \\\n",
    ]);
    out.extend(["guidellm run \\\n  --backend ", &literal::shell(&backend), " \\\n"]);
    out.extend(["  --profile ", &literal::shell(&profile), " \\\n"]);
    out.extend(["  --data \"kind=json_file,path=$folder/", &place, ".jsonl\" \\\n"]);
    out.extend(["  --constraint kind=max_requests,count=", &calls.to_string(), " \\\n"]);
    out.push_str("  --tokenizer \"kind=huggingface_auto,model=${TOKENIZER:-mistralai/Mistral-Nemo-Instruct-2407}\" \\\n");
    out.extend(["  --output kind=console --output kind=json,path=mistral-guidellm-", &place, ".json\n"]);
}

/// The commands that run the file.
pub(super) const RUN: &str = "pip install guidellm==0.8.1
export MISTRAL_API_KEY=...
sh mistral-guidellm.sh
";

const HEAD: &str = r#"#!/bin/sh
# Times calls to Mistral's chat models with GuideLLM 0.8.1: the workload of a run in the browser, one model after the other.
#
# It measures the time to the first token, the time between tokens and that of the whole answer, from this machine.
# What differs from a browser:
#   - no preflight, which a browser sends before calls to another site, and none of its limits on connections;
#   - models are not called in turn, and there is no pause from an end to the next start;
#   - a message is sent as a list of one text, which is the same to Mistral;
#   - there is no warm-up: the first call of each connection opens it, and is counted.
#
# Environment:
#   MISTRAL_API_KEY   the key. It stands nowhere in this file, nor in the command lines
#   MISTRAL_BASE_URL  another server in place of Mistral's hosts, such as http://localhost:8000
#   TOKENIZER         a tokenizer of Hugging Face for what Mistral does not count itself; a model's name or a folder
set -eu
export GUIDELLM__SPEC__BACKEND__API_KEY="${MISTRAL_API_KEY:?Set MISTRAL_API_KEY to your key.}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The prompts, one file for each command. They are those of the page, none like another, for Mistral caches the beginnings
# of prompts.
"#;

const PROMPTS: &str = r#"

def mixed(state):
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    state = (state ^ (state >> 27)) * 0x94D049BB133111EB % 2**64
    return state ^ (state >> 31)


def prompt(number):
    state = SEED << 32 | number
    words = [f"{mixed(state):016x}{TASK}"]
    for _ in range(FRAME, TOKENS):
        state = (state + STEP) % 2**64
        words.append(WORDS[mixed(state) % 64])
    return " ".join(words)


order = [place for block, times in ROUNDS for _ in range(times) for place in block]
for place in set(order):
    numbers = [WARM_UPS + index for index, other in enumerate(order) if other == place]
    with open(f"{sys.argv[1]}/{place}.jsonl", "w") as file:
        for number in numbers:
            file.write(json.dumps({"prompt": prompt(number)}) + "\n")
END
"#;
