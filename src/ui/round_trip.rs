//! The round trip as a strip: every sample a square at its place, in HTML rather than SVG so that its text stays
//! readable on a phone.

use leptos::prelude::*;

use crate::core::app::{Mark, Model, Msg};
use crate::core::time::Span;
use crate::ui::Handle;

/// The strip plot, with Stop while it is being drawn.
#[component]
pub(super) fn RoundTrip(
    /// The running page.
    handle: Handle,
) -> impl IntoView {
    let strip = handle.slice(Model::strip);
    move || {
        strip.get().map(|strip| {
            let stop = strip.running.then(|| {
                view! {
                    <button class="button" id="stop" type="button" on:click=move |_| handle.send(Msg::StopPressed)>
                        "Stop"
                    </button>
                }
            });
            view! {
                <figure class="strip" id="round-trip" aria-busy=strip.running.then_some("true")>
                    <figcaption class="strip-caption">
                        <b>"Round trip from here"</b>
                        <span>{strip.caption}</span>
                        {stop}
                    </figcaption>
                    <div class="strip-row">
                        <span class="strip-name">"first"</span>
                        <ul class="strip-track">{strip.first.map(|mark| square("strip-mark strip-first", mark))}</ul>
                    </div>
                    <div class="strip-row">
                        <span class="strip-name">"warm"</span>
                        <ul class="strip-track">
                            {strip.samples.into_iter().map(sample).collect_view()}
                            {strip.median.map(|mark| square("strip-median", mark))}
                        </ul>
                    </div>
                    <div class="strip-axis" aria-hidden="true">
                        <span>"0"</span>
                        <span>{half(strip.scale).to_string()}</span>
                        <span>{strip.scale.to_string()}</span>
                    </div>
                </figure>
            }
        })
    }
}

fn half(scale: Span) -> Span {
    Span::from_micros(scale.as_micros() / 2)
}

fn sample(mark: Mark) -> impl IntoView {
    view! {
        <li class="strip-mark" data-sample style:left=percent(mark)>
            <span class="unseen">{mark.value.to_string()}</span>
        </li>
    }
}

fn square(class: &'static str, mark: Mark) -> impl IntoView {
    let name = if class == "strip-median" { "median " } else { "" };
    view! {
        <li class=class style:left=percent(mark)>
            <span class="unseen">{format!("{name}{}", mark.value)}</span>
        </li>
    }
}

fn percent(mark: Mark) -> String {
    format!("{}.{}%", mark.place / 10, mark.place % 10)
}
