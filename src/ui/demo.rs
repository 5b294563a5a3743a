//! The demo's entrance, its row of scenarios and the failure gallery.

use crate::core::app::{Msg, Shown};
use crate::core::explain::Cause;
use crate::core::guide;
use crate::core::sim::Scenario;
use crate::ui::element::{El, el};
use crate::ui::{Handle, aria, button};

/// "Try the demo", and once tried, what to choose from.
pub(super) fn view(handle: Handle, shown: Option<Shown>) -> El {
    let Some(shown) = shown else {
        let door = button(handle, "link", "Try the demo", Msg::DemoEntered(Scenario::Works)).id("try-demo");
        return el("P")
            .class("demo-door")
            .text("No key at hand? ")
            .el(door)
            .text(": the whole tool and every error, simulated inside this page.");
    };
    let choice = |each: Scenario| {
        button(handle, "chip", each.label(), Msg::DemoEntered(each))
            .attr("data-scenario", each.name())
            .attr("aria-pressed", aria(shown == Shown::Scenario(each)))
    };
    let blurb = match shown {
        Shown::Scenario(scenario) => scenario.blurb(),
        Shown::Exhibit(cause) => cause.entry().headline,
    };
    let words =
        el("P").class("demo-words").el(simulated()).text(" ").text(blurb).text(" Nothing is sent anywhere.");
    let leave = button(handle, "link", "Leave the demo", Msg::DemoLeft).id("leave-demo");
    el("SECTION")
        .class("demo")
        .attr("aria-label", "Demo")
        .el(words)
        .el(el("DIV").class("demo-row").els(Scenario::ALL.map(choice)).el(leave))
        .el(gallery(handle, shown))
}

/// Every cause there is, to be seen without a bad key.
fn gallery(handle: Handle, shown: Shown) -> El {
    let exhibit = |cause: Cause| {
        button(handle, "chip chip-name", cause.entry().name, Msg::ExhibitChosen(cause))
            .attr("data-exhibit", cause.entry().name)
            .attr("title", cause.entry().headline)
            .attr("aria-pressed", aria(shown == Shown::Exhibit(cause)))
    };
    let group = |heading: &'static str, causes: &[Cause]| {
        el("DIV")
            .class("exhibits")
            .el(el("H2").class("exhibits-head").text(heading))
            .el(el("DIV").class("demo-row").els(causes.iter().copied().map(exhibit)))
    };
    el("DETAILS")
        .class("fold gallery")
        .id("gallery")
        .el(el("SUMMARY").text("Failure gallery: every error, explained"))
        .el(group("Before anything is sent", &guide::HELD_BACK))
        .els(guide::SECTIONS.iter().map(|section| group(section.heading, section.causes)))
        .el(group("No error", &guide::IN_BETWEEN))
}

/// The label on everything that is not real.
pub(super) fn simulated() -> El {
    el("STRONG").class("tag").text("Simulated")
}
