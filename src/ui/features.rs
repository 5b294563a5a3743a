//! The feature checks: a line for each, with its price before, its proof after, and the raw evidence behind it.

use leptos::prelude::*;

use crate::core::app::{Checks, FeatureView, FeaturesMsg, FeaturesPress, FeaturesView, Msg, Progress, Raw};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{b, code, details, div, h2, h3, li, p, progress, section, span, summary, ul};
use crate::ui::{Handle, button, button_at, explanation, raw, spent};

/// The panel; without a key that works, what each check would do.
pub(super) fn view(handle: Handle, features: Shown<FeaturesView>) -> AnyView {
    live(move || features.with(|features| panel(handle, features)))
}

/// The panel: what is free, then what is paid.
fn panel(handle: Handle, features: &FeaturesView) -> El {
    let title = div().class("models-title").child((
        h2().id("features-heading").tabindex("-1").child("Feature checks"),
        (!features.summary.is_empty())
            .then(|| p().class("note").id("features-summary").child(features.summary.clone())),
    ));
    let free =
        button(handle, class_of_go(features.free_press), features.free_press.words, pressed(Checks::Free))
            .id("check-free");
    let paid = button_at(
        handle,
        class_of_go(features.paid_press),
        features.paid_press.words,
        &features.price,
        pressed(Checks::Paid),
    )
    .id("check-paid")
    .aria_describedby("checks-price");
    let price = p().class("price-tag").id("checks-price").child((
        "At most ",
        b().class("measured").child(features.price.clone()),
        " for all of them. Models without a known price run alone.",
    ));
    let dropped = (!features.dropped.is_empty())
        .then(|| p().class("state-warn").id("checks-dropped").child(features.dropped));
    section().class("features").aria_labelledby("features-heading").child((
        title,
        p().class("panel-words").child(
            "Each check sends the smallest request that can prove a feature and looks for the proof in the \
             answer. Nothing is created, changed or deleted.",
        ),
        (!features.offered)
            .then(|| p().class("panel-words").child("Test a key to run them. The demo runs them simulated.")),
        features.progress.as_ref().map(|so_far| under_way(handle, so_far)),
        dropped,
        div().class("checks").child((
            h3().class("panel-head").child("Free checks"),
            features.offered.then(|| div().class("panel-go").child(free)),
            list(handle, &features.free),
        )),
        div().class("checks").child((
            h3().class("panel-head").child("Paid checks"),
            features.offered.then(|| div().class("panel-go").child((paid, price))),
            spent("checks-spent", &features.spent),
            list(handle, &features.paid),
        )),
    ))
}

/// How far the checks are, and the button that stops them.
fn under_way(handle: Handle, so_far: &Progress) -> El {
    let stop = button(handle, "button", "Stop the checks", Msg::Features(FeaturesMsg::Stopped));
    div().class("panel-progress").child((
        progress()
            .class("bar-of")
            .max(so_far.total.to_string())
            .value(so_far.settled.to_string())
            .aria_label("Checks made"),
        span().class("measured").id("checks-count").child(format!("{} of {}", so_far.settled, so_far.total)),
        stop.id("stop-checks"),
    ))
}

const fn pressed(checks: Checks) -> Msg {
    Msg::Features(FeaturesMsg::Pressed(checks))
}

const fn class_of_go(press: FeaturesPress) -> &'static str {
    if press.primary { "button button-go" } else { "button" }
}

/// The checks of one kind.
fn list(handle: Handle, features: &[FeatureView]) -> El {
    ul().class("check-list").child(features.iter().map(|feature| line(handle, feature)))
}

/// A check: what became of it, and the button that starts it.
fn line(handle: Handle, view: &FeatureView) -> El {
    let feature = view.feature;
    let word = if view.state == "unchecked" { "Check" } else { "Again" };
    let go = view.price.as_ref().map(|price| {
        // The name begins with the words that are seen: that is what somebody says who drives the page by voice.
        let name = format!("{word}, {}, {price}", feature.label());
        // It stays while the check is under way, or whoever pressed it would lose the place.
        let press = button_at(handle, "chip", word, &name, pressed(Checks::One(feature)))
            .data_check(feature.name())
            .aria_label(name)
            .aria_disabled(view.busy.then_some(true));
        let price = (!feature.is_free()).then(|| span().class("check-price").child(price.clone()));
        div().class("check-go").child((price, press))
    });
    let name = |model: &str| code().class("check-model").child(model.to_owned());
    let next = view.next().map(|model| p().class("check-words").child(("Again: with ", name(model))));
    li().class("check")
        .data_feature(feature.name())
        .data_state(view.state)
        .aria_busy(view.busy.then_some(true))
        .child((
            div().class("check-head").child((
                div().class("check-what").child((
                    b().child(feature.label()),
                    (!view.word.is_empty()).then(|| span().class(class_of(view.state)).child(view.word)),
                    view.named().map(name),
                )),
                go,
            )),
            p().class("check-words").child(view.sentence.clone()),
            next,
            behind(handle, view),
        ))
}

/// Why, and the raw request and answer.
fn behind(handle: Handle, view: &FeatureView) -> Option<El> {
    if view.raw == Raw::Nothing {
        return None;
    }
    let feature = view.feature;
    let why = view.explanation.as_ref().map(|explained| {
        details().class("fold").child((summary().child("Why"), explanation::brief(explained)))
    });
    let toggled = move |open| handle.send(Msg::Features(FeaturesMsg::EvidenceToggled { feature, open }));
    Some(
        div().class("check-behind").child((
            why,
            raw::view(handle, &view.raw, toggled, Msg::Features(FeaturesMsg::EvidenceExtended)),
        )),
    )
}

/// The class of a state's word.
fn class_of(state: &str) -> &'static str {
    match state {
        "works" => "state-good",
        "refused" => "state-bad",
        "unclear" => "state-warn",
        _ => "state-none",
    }
}
