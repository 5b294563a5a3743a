//! The demo's entrance, its row of scenarios and the failure gallery.

use crate::core::app::{Msg, Shown};
use crate::core::explain::Cause;
use crate::core::guide;
use crate::core::sim::Scenario;
use crate::ui::element::El;
use crate::ui::html::{details, div, h2, p, section, strong, summary};
use crate::ui::{Handle, button};

/// "Try the demo", and once tried, what to choose from.
pub(super) fn view(handle: Handle, shown: Option<Shown>) -> El {
    let Some(shown) = shown else {
        let door = button(handle, "link", "Try the demo", Msg::DemoEntered(Scenario::Works)).id("try-demo");
        return p().class("demo-door").child((
            "No key at hand? ",
            door,
            ": the whole tool and every error, simulated inside this page.",
        ));
    };
    let choice = |each: Scenario| {
        button(handle, "chip", each.label(), Msg::DemoEntered(each))
            .data_scenario(each.name())
            .aria_pressed(shown == Shown::Scenario(each))
    };
    let blurb = match shown {
        Shown::Scenario(scenario) => scenario.blurb(),
        Shown::Exhibit(cause) => cause.entry().headline,
    };
    let words = p().class("demo-words").child((simulated(), " ", blurb, " Nothing is sent anywhere."));
    let leave = button(handle, "link", "Leave the demo", Msg::DemoLeft).id("leave-demo");
    section().class("demo").aria_label("Demo").child((
        words,
        div().class("demo-row").child((Scenario::ALL.map(choice), leave)),
        gallery(handle, shown),
    ))
}

/// Every cause there is, to be seen without a bad key.
fn gallery(handle: Handle, shown: Shown) -> El {
    let exhibit = |cause: Cause| {
        button(handle, "chip chip-name", cause.entry().name, Msg::ExhibitChosen(cause))
            .data_exhibit(cause.entry().name)
            .title(cause.entry().headline)
            .aria_pressed(shown == Shown::Exhibit(cause))
    };
    let group = |heading: &'static str, causes: &[Cause]| {
        div().class("exhibits").child((
            h2().class("exhibits-head").child(heading),
            div().class("demo-row").child(causes.iter().copied().map(exhibit)),
        ))
    };
    details().class("fold gallery").id("gallery").child((
        summary().child("Failure gallery: every error, explained"),
        group("Before anything is sent", &guide::HELD_BACK),
        guide::SECTIONS.iter().map(|section| group(section.heading, section.causes)),
        group("No error", &guide::IN_BETWEEN),
    ))
}

/// The label on everything that is not real.
pub(super) fn simulated() -> El {
    strong().class("tag").child("Simulated")
}
