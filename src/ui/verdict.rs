//! The verdict card.

use leptos::prelude::*;

use crate::core::app::{Card, Figure, Msg, Outcome, Raw};
use crate::core::explain::Step;
use crate::ui::glyph::glyph;
use crate::ui::{Handle, press, round_trip};

/// The card: waiting, or an outcome.
pub(super) fn view(handle: Handle, card: &Card) -> AnyView {
    match card {
        Card::Running { asking, simulated } => waiting(handle, asking, *simulated).into_any(),
        Card::Outcome(outcome) => outcome_card(handle, outcome).into_any(),
    }
}

fn waiting(handle: Handle, asking: &'static str, simulated: bool) -> impl IntoView + use<> {
    view! {
        <section
            class="verdict verdict-waiting"
            id="verdict"
            aria-busy="true"
            data-simulated=simulated.then_some("true")
        >
            <div class="embers embers-busy" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
            <h2 class="verdict-head">"Asking " {asking} "…"</h2>
            <button class="button" id="stop" type="button" on:click=press(handle, Msg::StopPressed)>"Stop"</button>
        </section>
    }
}

fn outcome_card(handle: Handle, outcome: &Outcome) -> impl IntoView + use<> {
    let entry = outcome.entry;
    let evidence: Vec<_> = outcome.evidence.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    view! {
        <section
            class="verdict"
            id="verdict"
            aria-labelledby="verdict-heading"
            data-verdict=entry.verdict.name()
            data-cause=entry.name
            data-simulated=outcome.simulated.then_some("true")
        >
            <div class="verdict-side" aria-hidden="true"></div>
            <div class="verdict-body">
                <div class="verdict-title">
                    {glyph(entry.verdict)}
                    <h2 class="verdict-head" id="verdict-heading" tabindex="-1">{entry.headline}</h2>
                    {outcome.simulated.then(|| view! { <strong class="tag">"Simulated"</strong> })}
                </div>
                <p class="verdict-meaning">{entry.meaning}</p>
                {next_steps(entry.next)}
                {outcome.may_send_anyway.then(|| send_anyway(handle))}
                {figures(&outcome.figures)}
                {outcome.strip.as_ref().map(|strip| round_trip::view(handle, strip))}
                <div class="verdict-foot">
                    <details class="fold" id="why">
                        <summary>"Why we think so"</summary>
                        <ul class="evidence">
                            {evidence}
                            <li>"How sure this is: " {entry.certainty.label()} "."</li>
                        </ul>
                    </details>
                    {raw(handle, &outcome.raw)}
                    <button
                        class="link"
                        id="forget-key"
                        type="button"
                        on:click=press(handle, Msg::KeyForgotten)
                    >
                        "Forget this key"
                    </button>
                </div>
            </div>
        </section>
    }
}

fn send_anyway(handle: Handle) -> impl IntoView {
    view! {
        <p>
            <button class="button" id="send-anyway" type="button" on:click=press(handle, Msg::SendAnyway)>
                "It is a Mistral key: send it"
            </button>
        </p>
    }
}

fn next_steps(steps: &'static [Step]) -> Option<impl IntoView> {
    let step = |step: &'static Step| {
        let (text, link) = match step {
            Step::Do(text) => (*text, None),
            Step::Visit(text, link) => (*text, Some(link)),
        };
        let link = link.map(|link| {
            view! { <a href=link.address target="_blank" rel="noopener noreferrer">{link.label}</a> }
        });
        view! { <li>{text} " " {link}</li> }
    };
    (!steps.is_empty()).then(|| {
        view! {
            <div class="next">
                <h3 class="next-head">"What to do"</h3>
                <ol class="next-steps">{steps.iter().map(step).collect::<Vec<_>>()}</ol>
            </div>
        }
    })
}

fn figures(figures: &[Figure]) -> Option<impl IntoView + use<>> {
    let figure = |figure: &Figure| {
        view! {
            <div class="figure">
                <dt class="figure-label">{figure.label.clone()}</dt>
                <dd class="figure-value" data-figure=figure.name>{figure.value.clone()}</dd>
            </div>
        }
    };
    (!figures.is_empty())
        .then(|| view! { <dl class="figures">{figures.iter().map(figure).collect::<Vec<_>>()}</dl> })
}

/// Request and answer as they went over the wire; written out only while they are looked at, for an answer may be
/// megabytes long.
fn raw(handle: Handle, raw: &Raw) -> Option<impl IntoView + use<>> {
    let text = match raw {
        Raw::Nothing => return None,
        Raw::Closed => None,
        Raw::Open { request, answer } => Some(view! {
            <h4 class="raw-head">"Sent"</h4>
            <pre class="raw-text" tabindex="0" role="region" aria-label="Request">{request.clone()}</pre>
            <h4 class="raw-head">"Came back"</h4>
            <pre class="raw-text" tabindex="0" role="region" aria-label="Answer">{answer.clone()}</pre>
            <p class="note">"Only headers that the browser lets a page read are shown. The key is left out."</p>
        }),
    };
    Some(view! {
        <details class="fold" id="raw" on:toggle=move |_| handle.send(Msg::RawToggled)>
            <summary>"Raw request and answer"</summary>
            {text}
        </details>
    })
}
