//! The demo's entrance and its row of scenarios.

use crate::core::app::Msg;
use crate::core::sim::Scenario;
use crate::ui::element::{El, el};
use crate::ui::{Handle, aria, button};

/// "Try the demo", and once tried, the scenarios to choose from.
pub(super) fn view(handle: Handle, scenario: Option<Scenario>) -> El {
    let Some(scenario) = scenario else {
        let door = button(handle, "link", "Try the demo", Msg::DemoEntered(Scenario::Works)).id("try-demo");
        return el("P")
            .class("demo-door")
            .text("No key at hand? ")
            .el(door)
            .text(": the whole tool, simulated inside this page.");
    };
    let choice = |each: Scenario| {
        button(handle, "chip", each.label(), Msg::DemoEntered(each))
            .attr("data-scenario", each.name())
            .attr("aria-pressed", aria(each == scenario))
    };
    let words = el("P")
        .class("demo-words")
        .el(simulated())
        .text(" ")
        .text(scenario.blurb())
        .text(" Nothing is sent anywhere.");
    let leave = button(handle, "link", "Leave the demo", Msg::DemoLeft).id("leave-demo");
    el("SECTION")
        .class("demo")
        .attr("aria-label", "Demo")
        .el(words)
        .el(el("DIV").class("demo-row").els(Scenario::ALL.map(choice)).el(leave))
}

/// The label on everything that is not real.
pub(super) fn simulated() -> El {
    el("STRONG").class("tag").text("Simulated")
}
