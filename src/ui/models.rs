//! The model table: one row per model, its other names below it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::core::app::Msg;
use crate::core::models::{self, Column, Direction, ModelRow, Retirement};
use crate::core::time::Date;
use crate::ui::Handle;

/// Filter, chips and table.
#[component]
pub(super) fn Models(
    /// The running page.
    handle: Handle,
) -> impl IntoView {
    let rows = handle.slice(|model| Arc::clone(&model.rows));
    move || (!rows.read().is_empty()).then(|| table(handle))
}

fn table(handle: Handle) -> impl IntoView {
    let listed = handle.slice(|model| (Arc::clone(&model.rows), model.query.clone()));
    let count_shown = move || listed.with(|(rows, query)| models::select(rows, query).len());
    let today = handle.read_once(|model| model.environment.today);
    let total = handle.read_once(|model| model.rows.len());
    let count = move || {
        let shown = count_shown();
        if shown == total { format!("{total} models") } else { format!("{shown} of {total} models") }
    };
    let body = move || {
        listed.with(|(rows, query)| {
            models::select(rows, query).into_iter().map(|row| model_row(handle, row, today)).collect_view()
        })
    };
    view! {
        <section class="models" id="models" aria-labelledby="models-heading">
            <div class="models-title">
                <h2 id="models-heading">"Models it lists"</h2>
                <p class="note" id="models-count">{count}</p>
            </div>
            <div class="models-tools">
                <input
                    class="field"
                    id="filter"
                    type="search"
                    placeholder="Filter: small, vision, 2512…"
                    aria-label="Filter models"
                    autocomplete="off"
                    on:input:target=move |event| handle.send(Msg::FilterTyped(event.target().value()))
                />
                <Facets handle=handle/>
            </div>
            <div class="models-scroll">
                <table class="table">
                    <thead>
                        <tr>
                            {[Column::Model, Column::Family, Column::Context, Column::Retirement]
                                .map(|column| view! { <Head handle=handle column=column/> })}
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
            <p class="empty" hidden=move || count_shown() > 0>
                "No model matches. Clear the filter or press the chosen chip again."
            </p>
        </section>
    }
}

/// One chip per capability that some model has, with how many have it.
#[component]
fn Facets(handle: Handle) -> impl IntoView {
    let chosen = handle.slice(|model| model.query.capability);
    let chip = move |(capability, count): (models::Capability, usize)| {
        view! {
            <button
                class="chip"
                type="button"
                data-facet=capability.label()
                aria-pressed=move || if chosen.get() == Some(capability) { "true" } else { "false" }
                on:click=move |_| handle.send(Msg::FacetToggled(capability))
            >
                {capability.label()}
                " "
                <span class="chip-count">{count}</span>
            </button>
        }
    };
    let facets = handle.read_once(|model| models::facets(&model.rows));
    view! { <div class="chips" role="group" aria-label="Filter by capability">{facets.into_iter().map(chip).collect_view()}</div> }
}

/// A column head that sorts.
#[component]
fn Head(handle: Handle, column: Column) -> impl IntoView {
    let sort = handle.slice(move |model| {
        (model.query.sort.column == column).then_some(match model.query.sort.direction {
            Direction::Ascending => "ascending",
            Direction::Descending => "descending",
        })
    });
    view! {
        <th class=format!("col-{}", column.name()) scope="col" aria-sort=move || sort.get()>
            <button
                class="sort"
                type="button"
                data-sort=column.name()
                on:click=move |_| handle.send(Msg::SortPressed(column))
            >
                {column.label()}
            </button>
        </th>
    }
}

fn model_row(handle: Handle, row: &ModelRow, today: Date) -> impl IntoView + use<> {
    let others = row.ids.iter().filter(|id| **id != row.name).cloned().collect::<Vec<_>>().join(", ");
    let abilities = row.capabilities.iter().map(models::Capability::label).collect::<Vec<_>>().join(", ");
    let context = row.context.map_or_else(|| "–".to_owned(), models::context_label);
    view! {
        <tr data-model=row.name.clone()>
            <th class="col-model" scope="row">
                <span class="model-name">
                    <code>{row.name.clone()}</code>
                    <CopyButton handle=handle text=row.name.clone()/>
                </span>
                <small class="model-aliases">{others}</small>
            </th>
            <td class="col-family">
                {row.family.label()}
                <small class="model-can">{abilities}</small>
            </td>
            <td class="col-context">{context}</td>
            <td class="col-retirement">{row.retirement.as_ref().map(|retirement| retirement_note(retirement, today))}</td>
        </tr>
    }
}

fn retirement_note(retirement: &Retirement, today: Date) -> impl IntoView + use<> {
    view! {
        <span class="state state-warn">{retirement.sentence(today)}</span>
        {retirement.replacement.as_ref().map(|id| view! { <small>{format!("use {id}")}</small> })}
    }
}

/// Copies a model's id, and says whether that worked.
#[component]
fn CopyButton(handle: Handle, text: String) -> impl IntoView {
    let label = format!("Copy {text}");
    let own = text.clone();
    let word = handle.slice(move |model| match &model.copied {
        Some(copied) if copied.text == own => match copied.succeeded {
            Some(true) => "Copied",
            Some(false) => "Not allowed",
            None => "Copy",
        },
        _ => "Copy",
    });
    let id = text.clone();
    view! {
        <button
            class="copy"
            type="button"
            data-copy=id
            aria-label=label
            on:click=move |_| handle.send(Msg::CopyPressed(text.clone()))
        >
            {word}
        </button>
    }
}
