//! What a series is called.

use crate::core::bench;

/// What a series is called: what tells it from the others.
pub(super) fn name_of(lab: &bench::Runner, series: usize) -> String {
    let all = lab.schedule().series();
    let Some(one) = all.get(series) else { return String::new() };
    let first = all.first().unwrap_or(one);
    if all.iter().any(|other| other.endpoint != first.endpoint) {
        format!("{} at {}", one.subject.model, one.endpoint.label())
    } else if all.iter().any(|other| other.at_once != first.at_once) {
        format!("{} at once", one.at_once)
    } else {
        one.subject.model.clone()
    }
}
