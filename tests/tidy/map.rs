//! The code map of `ARCHITECTURE.md` leads to what is there, and past nothing of the core.

use std::collections::BTreeSet;

use super::Finding;
use super::floors::core_module;
use super::source::Source;

const MAP: &str = "ARCHITECTURE.md";
const HEADING: &str = "## Code map";

/// Every place of the map that is not there, and every module of the core that it does not name.
pub(crate) fn check(sources: &[Source]) -> Vec<Finding> {
    let Some(map) = sources.iter().find(|source| source.path == MAP) else { return Vec::new() };
    let places = places(&map.text);
    let mut findings = Vec::new();
    let mut find = |line, reason| findings.push(Finding::new("code-map", MAP, line, reason));
    for (line, place) in &places {
        let is_there = |source: &Source| match place.strip_suffix('/') {
            Some(_) => source.path.starts_with(place.as_str()),
            None => source.path == *place,
        };
        if !sources.iter().any(is_there) {
            find(*line, format!("there is no {place}"));
        }
    }
    let named: BTreeSet<&str> = places.iter().filter_map(|(_, place)| core_module(place)).collect();
    let modules: BTreeSet<&str> = sources.iter().filter_map(|source| core_module(&source.path)).collect();
    let line = map.text.lines().position(|line| line == HEADING).map_or(1, |index| index + 1);
    for module in modules.difference(&named) {
        find(line, format!("src/core/{module} is missing"));
    }
    findings
}

/// The paths in the first column of the map, with their lines. One that does not begin at the root lies beside the first of
/// its row.
fn places(text: &str) -> Vec<(usize, String)> {
    let lines = text.lines().enumerate().skip_while(|(_, line)| *line != HEADING).skip(1);
    let lines = lines.take_while(|(_, line)| !line.starts_with("## "));
    let mut places = Vec::new();
    for (index, line) in lines.filter(|(_, line)| line.starts_with("| `")) {
        let cell = line.split('|').nth(1).unwrap_or_default();
        let mut beside = "";
        for place in cell.split('`').skip(1).step_by(2) {
            let rooted = ["src/", "tests/", "xtask/"].iter().any(|root| place.starts_with(root));
            if beside.is_empty() {
                let folder = place.trim_end_matches('/').rfind('/').map_or(0, |at| at + 1);
                beside = place.get(..folder).unwrap_or_default();
            }
            let place = if rooted { place.to_owned() } else { format!("{beside}{place}") };
            places.push((index + 1, place));
        }
    }
    places
}
