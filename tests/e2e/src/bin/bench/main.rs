//! How quick the page is, in both browsers: `cargo run -p e2e --bin bench`. Fails when Chromium misses a limit: see
//! [`verdict`] and [`filter`].
#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

mod filter;
mod verdict;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut missed = false;
    // Both are always measured: who made one worse wants to see the other.
    for measure in [verdict::compare, filter::measure] {
        if let Err(error) = measure() {
            println!("bench: {error:#}");
            missed = true;
        }
        println!();
    }
    if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
