//! The k6 script. k6 is no package of a registry that the tests use, so they run the script's own code with a stand-in for k6.

use crate::core::bench::prompt::STEP;
use crate::core::bench::{OnLimit, Schedule};
use crate::core::export::{data, template};

/// The script for these calls.
pub(super) fn file(template: &str, schedule: &Schedule) -> String {
    let truth = |holds| if holds { "true" } else { "false" }.to_owned();
    let (span, paced) = data::pace(schedule);
    let mut values = data::values(schedule);
    values.extend([
        // At a pace of no time at all, calls follow each other as in a closed loop without a pause.
        ("paced", truth(paced && span.as_micros() > 0)),
        ("stop_at_limit", truth(schedule.on_limit() == OnLimit::Stop)),
        ("step", data::written(|out| data::numbers(out, [STEP >> 32, STEP & 0xffff_ffff]))),
    ]);
    template::fill(template, &values)
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
