//! The `GuideLLM` script, for version 0.8.1: a command for each series, since it loads one model at a time.
//!
//! `GuideLLM` asks every server for `stream_options`, which Mistral once refused as an unknown field and does not need. So its own
//! switch for streams is off, and the stream is asked for among the extra fields, which it heeds all the same. Its own warm-up is not used, since it
//! leaves out one call more than it is told, and yet more where calls overlap.

use crate::core::bench::prompt::STEP;
use crate::core::bench::{Role, Schedule, Series};
use crate::core::export::{data, template};
use crate::core::json;
use crate::core::literal;
use crate::core::mistral::chat::GREEDY;

/// The script for these calls. All of them are chats.
pub(super) fn file(template: &str, schedule: &Schedule) -> String {
    let mut commands = String::new();
    for (place, series) in schedule.series().iter().enumerate() {
        if place > 0 {
            commands.push('\n');
        }
        command(&mut commands, schedule, place, series);
    }
    let [tokens, _] = data::lengths(schedule, Role::Measured);
    let mut values = data::values(schedule);
    values.extend([
        ("warm_up_calls", data::warm_ups(schedule).len().to_string()),
        ("tokens", tokens.to_string()),
        ("step", STEP.to_string()),
        ("commands", commands),
    ]);
    template::fill(template, &values)
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
    out.extend(["  --output kind=console --output kind=json,path=mistral-guidellm-", &place, ".json"]);
}

/// The commands that run the file.
pub(super) const RUN: &str = "pip install guidellm==0.8.1
export MISTRAL_API_KEY=...
sh mistral-guidellm.sh
";
