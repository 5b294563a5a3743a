//! How quick the page is and how right its times are, in both browsers: `cargo run -p e2e --bin bench`, or with the names of
//! some measurements for these alone. Fails when a limit is missed: see [`verdict`], [`mod@line`], [`filter`], [`latency`], [`golden`]
//! and [`frames`].
#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

mod bare;
mod filter;
mod frames;
mod golden;
mod latency;
mod line;
mod verdict;

use std::process::ExitCode;

use anyhow::Result;

/// Measures, prints, and fails when a limit is missed.
type Measure = fn() -> Result<()>;

/// What is measured, by name.
const MEASUREMENTS: [(&str, Measure); 6] = [
    ("verdict", verdict::compare),
    ("line", line::measure),
    ("filter", filter::measure),
    ("latency", latency::measure),
    ("golden", golden::measure),
    ("frames", frames::measure),
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let known = |name: &String| MEASUREMENTS.iter().any(|(known, _)| known == name);
    if let Some(name) = wanted.iter().find(|name| !known(name)) {
        println!("bench: there is no measurement `{name}`");
        return ExitCode::FAILURE;
    }
    let mut missed = false;
    // All are always measured: who made one worse wants to see the others.
    for (name, measure) in MEASUREMENTS {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        if let Err(error) = measure() {
            println!("bench: {error:#}");
            missed = true;
        }
        println!();
    }
    if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
