//! The verdict card.

use leptos::prelude::*;

use crate::core::app::{Card, Figure, Model, Msg, Outcome};
use crate::core::explain::Step;
use crate::ui::Handle;
use crate::ui::glyph::glyph;
use crate::ui::raw::Raw;
use crate::ui::round_trip::RoundTrip;

/// The card: absent, waiting, or an outcome.
#[component]
pub(super) fn Verdict(
    /// The running page.
    handle: Handle,
) -> impl IntoView {
    let card = handle.slice(Model::card);
    move || {
        card.get().map(|card| match card {
            Card::Running { asking, simulated } => waiting(handle, &asking, simulated).into_any(),
            Card::Outcome(outcome) => outcome_card(handle, outcome).into_any(),
        })
    }
}

fn waiting(handle: Handle, asking: &str, simulated: bool) -> impl IntoView {
    view! {
        <section class="verdict verdict-waiting" id="verdict" aria-busy="true" data-simulated=simulated.then_some("true")>
            <div class="embers embers-busy" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
            <h2 class="verdict-head">{format!("Asking {asking}…")}</h2>
            <button class="button" id="stop" type="button" on:click=move |_| handle.send(Msg::StopPressed)>"Stop"</button>
        </section>
    }
}

fn outcome_card(handle: Handle, outcome: Outcome) -> impl IntoView {
    let Outcome { verdict, cause, simulated, headline, meaning, certainty, evidence, next, .. } = outcome;
    let figures = handle.slice(Model::figures);
    view! {
        <section
            class="verdict"
            id="verdict"
            aria-labelledby="verdict-heading"
            data-verdict=verdict.name()
            data-cause=cause
            data-simulated=simulated.then_some("true")
        >
            <div class="verdict-side" aria-hidden="true"></div>
            <div class="verdict-body">
                <div class="verdict-title">
                    {glyph(verdict)}
                    <h2 class="verdict-head" id="verdict-heading" tabindex="-1">{headline}</h2>
                    {simulated.then(|| view! { <strong class="tag">"Simulated"</strong> })}
                </div>
                <p class="verdict-meaning">{meaning}</p>
                {next_steps(next)}
                {outcome
                    .may_send_anyway
                    .then(|| {
                        view! {
                            <p>
                                <button
                                    class="button"
                                    id="send-anyway"
                                    type="button"
                                    on:click=move |_| handle.send(Msg::SendAnyway)
                                >
                                    "It is a Mistral key: send it"
                                </button>
                            </p>
                        }
                    })}
                {move || {
                    let figures = figures.get();
                    (!figures.is_empty())
                        .then(|| view! { <dl class="figures">{figures.into_iter().map(figure).collect_view()}</dl> })
                }}
                <RoundTrip handle=handle/>
                <div class="verdict-foot">
                    <details class="fold" id="why">
                        <summary>"Why we think so"</summary>
                        <ul class="evidence">
                            {evidence.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                            <li>{format!("How sure this is: {certainty}.")}</li>
                        </ul>
                    </details>
                    {outcome.has_exchange.then(|| view! { <Raw handle=handle/> })}
                    <button
                        class="link"
                        id="forget-key"
                        type="button"
                        on:click=move |_| handle.send(Msg::KeyForgotten)
                    >
                        "Forget this key"
                    </button>
                </div>
            </div>
        </section>
    }
}

fn figure(figure: Figure) -> impl IntoView {
    view! {
        <div class="figure">
            <dt class="figure-label">{figure.label}</dt>
            <dd class="figure-value" data-figure=figure.name>{figure.value}</dd>
        </div>
    }
}

fn next_steps(steps: &'static [Step]) -> Option<impl IntoView> {
    let step = |step: &'static Step| match step {
        Step::Do(text) => view! { <li>{*text}</li> }.into_any(),
        Step::Visit(text, link) => view! {
            <li>
                {*text} " "
                <a href=link.address target="_blank" rel="noopener noreferrer">{link.label}</a>
            </li>
        }
        .into_any(),
    };
    (!steps.is_empty()).then(|| {
        view! {
            <div class="next">
                <h3 class="next-head">"What to do"</h3>
                <ol class="next-steps">{steps.iter().map(step).collect_view()}</ol>
            </div>
        }
    })
}
