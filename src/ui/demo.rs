//! The demo's entrance, its row of scenarios and the failure gallery.

use leptos::prelude::*;

use crate::core::app::{Msg, Shown};
use crate::core::explain::Cause;
use crate::core::guide;
use crate::core::sim::Scenario;
use crate::ui::element::El;
use crate::ui::html::{details, div, h2, p, section, strong, summary};
use crate::ui::{Handle, button};

/// "Try the demo", and once tried, what to choose from.
pub(super) fn view(handle: Handle, shown: Option<Shown>) -> AnyView {
    let Some(shown) = shown else {
        let door = button(handle, "link", "Try the demo", Msg::DemoEntered(Scenario::Works)).id("try-demo");
        return p()
            .class("demo-door")
            .child((
                "No key at hand? ",
                door,
                ": the whole tool and every error, simulated inside this page.",
            ))
            .into_any();
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
    let leave = button(handle, "link", "Leave", Msg::DemoLeft).id("leave-demo").aria_label("Leave the demo");
    let strip = p().class("demo-strip").child((strong().child("Demo: nothing here is real."), " ", leave));
    // Not inside of the section: it stays on the screen as long as anything of the tool does.
    let choices = section().class("demo").aria_label("Demo").child((
        div()
            .class("chips choose")
            .role("group")
            .aria_label("What the demo shows")
            .child(Scenario::ALL.map(choice)),
        p().class("demo-words").child((blurb, " Nothing is sent anywhere.")),
        gallery(handle, shown),
    ));
    (strip.into_any(), choices.into_any()).into_any()
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
