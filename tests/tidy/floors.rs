//! The modules of the core as floors of a house: each may import only what lies below it.

use std::collections::BTreeSet;

use super::Finding;
use super::parting::module_in;
use super::paths;
use super::source::Source;

/// Every module of the core, from the ground up.
pub(crate) const FLOORS: [&str; 43] = [
    "work",
    "time",
    "json",
    "csv",
    "calendar",
    "literal",
    "marks",
    "endpoint",
    "fact",
    "order",
    "sse",
    "round_trip",
    "key",
    "http",
    "mistral",
    "exchange",
    "raw",
    "samples",
    "policy",
    "identity",
    "paste",
    "snippet",
    "prices",
    "models",
    "monthly_cost",
    "ledger",
    "lifecycle",
    "explain",
    "sim",
    "gallery",
    "doctor",
    "request",
    "guide",
    "freshness",
    "pacing",
    "access",
    "bench",
    "chart",
    "export",
    "features",
    "headroom",
    "report",
    "app",
];

/// Every import of a file that leads up, or to a module that has no floor.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    let Some(module) = core_module(&source.path) else { return Vec::new() };
    let floor = |name: &str| FLOORS.iter().position(|other| *other == name);
    // What has no floor is a finding of the list's.
    let Some(own) = floor(module) else { return Vec::new() };
    let mut findings = Vec::new();
    for (line, found) in paths::named(source) {
        let Some(other) = found.strip_prefix("core::").and_then(|rest| rest.split("::").next()) else {
            continue;
        };
        let is_above = floor(other).is_some_and(|floor| floor > own);
        if is_above {
            let reason = format!("core::{module} lies below core::{other} and must not import it");
            findings.push(Finding::new("floors", &source.path, line, reason));
        }
    }
    findings
}

/// Modules that a list of floors leaves out, and floors without a module.
pub(crate) fn check_list(sources: &[Source], floors: &[&str]) -> Vec<Finding> {
    let modules: BTreeSet<&str> = sources.iter().filter_map(|source| core_module(&source.path)).collect();
    let find = |what: &str| Finding::new("floors", "tests/tidy/floors.rs", 1, what.to_owned());
    let unlisted = modules.iter().filter(|module| !floors.contains(module));
    let unlisted = unlisted.map(|module| find(&format!("core::{module} has no floor")));
    let empty = floors.iter().filter(|floor| !modules.contains(*floor));
    unlisted.chain(empty.map(|floor| find(&format!("there is no module core::{floor}")))).collect()
}

/// The module of the core that a file belongs to. `src/core/mod.rs` belongs to none.
pub(crate) fn core_module(path: &str) -> Option<&str> {
    module_in(path, "src/core/")
}
