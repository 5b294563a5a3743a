//! The feature checks: a line for each, with its price before, its proof after, and the raw evidence behind it.

use leptos::prelude::*;

use crate::core::app::{Checks, FeatureView, FeaturesView, Msg, Raw};
use crate::shell::runtime::Slice;
use crate::ui::demo::simulated;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, button, explanation, raw};

/// The panel, as long as there is a key that works.
pub(super) fn view(handle: Handle, features: Slice<Option<FeaturesView>>) -> AnyView {
    live(move || {
        features.with(|features| features.as_ref().map(|features| panel(handle, features).draw()).into_any())
    })
}

fn panel(handle: Handle, features: &FeaturesView) -> El {
    let title = el("DIV")
        .class("models-title")
        .el(el("H2").id("features-heading").attr("tabindex", "-1").text("What else this key can do"))
        .maybe(
            (!features.summary.is_empty())
                .then(|| el("P").class("note").id("features-summary").text(features.summary.clone())),
        )
        .maybe(features.simulated.then(simulated));
    let stop = features
        .running
        .then(|| button(handle, "button", "Stop the checks", Msg::ChecksStopped).id("stop-checks"));
    let free = button(handle, "button button-go", "Check what is free", Msg::ChecksPressed(Checks::Free))
        .id("check-free");
    let paid = button(handle, "button", "Check all of these", Msg::ChecksPressed(Checks::Paid))
        .id("check-paid")
        .attr("aria-describedby", "checks-price");
    let price = el("P")
        .class("price-tag")
        .id("checks-price")
        .text("At most ")
        .el(el("B").class("measured").text(features.price.clone()))
        .text(" for all of them. Models without a known price run alone.");
    let dropped = (!features.dropped.is_empty())
        .then(|| el("P").class("state-warn").id("checks-dropped").text(features.dropped));
    let spent = (!features.spent.is_empty())
        .then(|| el("P").class("note measured-words").id("checks-spent").text(features.spent.clone()));
    el("SECTION")
        .class("features")
        .id("features")
        .attr("aria-labelledby", "features-heading")
        .el(title)
        .el(el("P").class("panel-words").text(
            "Each check sends the smallest request that can prove a feature and looks for the proof in the answer. Nothing is created, changed or deleted.",
        ))
        .maybe(stop)
        .maybe(dropped)
        .el(el("DIV")
            .class("checks")
            .el(el("H3").class("panel-head").text("Free: what is stored"))
            .el(el("DIV").class("panel-go").el(free))
            .el(list(handle, &features.free)))
        .el(el("DIV")
            .class("checks")
            .el(el("H3").class("panel-head").text("Paid: what models do"))
            .el(el("DIV").class("panel-go").el(paid).el(price))
            .maybe(spent)
            .el(list(handle, &features.paid)))
}

fn list(handle: Handle, features: &[FeatureView]) -> El {
    el("UL").class("check-list").els(features.iter().map(|feature| line(handle, feature)))
}

fn line(handle: Handle, view: &FeatureView) -> El {
    let feature = view.feature;
    let word = if view.state == "unchecked" { "Check" } else { "Again" };
    let go = view.price.as_ref().map(|price| {
        let words = if feature.is_free() { word.to_owned() } else { format!("{word}: {price}") };
        // The name begins with the words that are seen: that is what somebody says who drives the page by voice.
        let name = format!("{words}, {}", feature.label());
        // It stays while the check is under way, or whoever pressed it would lose the place.
        button(handle, "chip", words, Msg::ChecksPressed(Checks::One(feature)))
            .attr("data-check", feature.name())
            .attr("aria-label", name)
            .attr_maybe("aria-disabled", view.busy.then_some("true"))
    });
    let name = |model: &String| el("CODE").class("check-model").text(model.clone());
    el("LI")
        .class("check")
        .attr("data-feature", feature.name())
        .attr("data-state", view.state)
        .attr_maybe("aria-busy", view.busy.then_some("true"))
        .el(el("DIV")
            .class("check-head")
            .el(el("B").text(feature.label()))
            .el(el("SPAN").class(class_of(view.state)).text(view.word))
            .maybe(view.model.as_ref().map(name))
            .maybe(go))
        .el(el("P").class("check-words").maybe(view.called.as_ref().map(name)).text(view.sentence.clone()))
        .maybe(behind(handle, view))
}

/// Why, and the raw request and answer.
fn behind(handle: Handle, view: &FeatureView) -> Option<El> {
    if view.raw == Raw::Nothing {
        return None;
    }
    let feature = view.feature;
    let why = view.explanation.as_ref().map(|explained| {
        el("DETAILS").class("fold").el(el("SUMMARY").text("Why")).el(explanation::brief(explained))
    });
    let toggled = move |open| handle.send(Msg::EvidenceToggled { feature, open });
    Some(el("DIV").class("check-behind").maybe(why).maybe(raw::view(&view.raw, toggled)))
}

fn class_of(state: &str) -> &'static str {
    match state {
        "works" => "state-good",
        "refused" => "state-bad",
        "unclear" => "state-warn",
        _ => "state-none",
    }
}
