//! The model table: one row per model, its other names below it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::core::app::{Copied, Msg};
use crate::core::models::{self, Capability, Column, Direction, ModelRow, Query, Retirement};
use crate::core::time::Date;
use crate::ui::{Handle, aria, press};

/// What the table is drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// All models; shared, so that comparing it with the last one is free.
    pub(super) rows: Arc<[ModelRow]>,
    /// Filter and order.
    pub(super) query: Query,
    /// What was copied last.
    pub(super) copied: Option<Copied>,
    /// Today, for retirement dates.
    pub(super) today: Date,
}

/// Filter, chips and table.
pub(super) fn view(handle: Handle, table: &Table) -> impl IntoView + use<> {
    let shown = models::select(&table.rows, &table.query);
    let (some, all) = (shown.len(), table.rows.len());
    let count = if some == all { format!("{all} models") } else { format!("{some} of {all} models") };
    let rows: Vec<_> = shown.into_iter().map(|row| model_row(handle, row, table)).collect();
    let facets: Vec<_> = models::facets(&table.rows)
        .into_iter()
        .map(|(capability, count)| facet(handle, capability, count, table.query.capability))
        .collect();
    let heads = [Column::Model, Column::Family, Column::Context, Column::Retirement]
        .map(|column| head(handle, column, &table.query));
    let empty = (some == 0).then(|| {
        view! { <p class="empty">"No model matches. Clear the filter, or press the chosen chip again."</p> }
    });
    view! {
        <section class="models" id="models" aria-labelledby="models-heading">
            <div class="models-title">
                <h2 id="models-heading">"Models this key lists"</h2>
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
                <div class="chips" role="group" aria-label="Filter by ability">{facets}</div>
            </div>
            <table class="table" aria-labelledby="models-heading">
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {empty}
        </section>
    }
}

/// A chip: shows only the models with this capability.
fn facet(handle: Handle, capability: Capability, count: usize, chosen: Option<Capability>) -> impl IntoView {
    view! {
        <button
            class="chip"
            type="button"
            data-facet=capability.label()
            aria-pressed=aria(chosen == Some(capability))
            on:click=press(handle, Msg::FacetToggled(capability))
        >
            {capability.label()}
            " "
            <span class="chip-count">{count.to_string()}</span>
        </button>
    }
}

/// A column head that sorts.
fn head(handle: Handle, column: Column, query: &Query) -> impl IntoView + use<> {
    let sorted = (query.sort.column == column).then_some(match query.sort.direction {
        Direction::Ascending => "ascending",
        Direction::Descending => "descending",
    });
    view! {
        <th class=column_class(column) scope="col" aria-sort=sorted>
            <button
                class="sort"
                type="button"
                data-sort=column.name()
                on:click=press(handle, Msg::SortPressed(column))
            >
                {column.label()}
            </button>
        </th>
    }
}

const fn column_class(column: Column) -> &'static str {
    match column {
        Column::Model => "col-model",
        Column::Family => "col-family",
        Column::Context => "col-context",
        Column::Retirement => "col-retirement",
    }
}

fn model_row(handle: Handle, row: &ModelRow, table: &Table) -> impl IntoView + use<> {
    let abilities = row.capabilities.iter().map(Capability::label).collect::<Vec<_>>().join(", ");
    let context = row.context.map_or_else(|| "–".to_owned(), models::context_label);
    let copied = table.copied.as_ref().filter(|copied| copied.text == row.name);
    let copy = match copied.and_then(|copied| copied.succeeded) {
        Some(true) => "Copied",
        Some(false) => "Not allowed",
        None => "Copy",
    };
    view! {
        <tr data-model=row.name.clone()>
            <th class=column_class(Column::Model) scope="row">
                <span class="model-name">
                    <code>{row.name.clone()}</code>
                    <button
                        class="copy"
                        type="button"
                        data-copy=row.name.clone()
                        aria-label=format!("{copy} {}", row.name)
                        on:click=press(handle, Msg::CopyPressed(row.name.clone()))
                    >
                        {copy}
                    </button>
                </span>
                <small class="model-aliases">{row.aliases().join(", ")}</small>
            </th>
            <td class=column_class(Column::Family)>{row.family.label()} <small>{abilities}</small></td>
            <td class=column_class(Column::Context)>{context}</td>
            <td class=column_class(Column::Retirement)>
                {row.retirement.as_ref().map(|retirement| retirement_note(retirement, table.today))}
            </td>
        </tr>
    }
}

fn retirement_note(retirement: &Retirement, today: Date) -> impl IntoView + use<> {
    let replacement = retirement.replacement.as_ref().map(|id| format!("use {id}")).unwrap_or_default();
    view! {
        <span class="state-warn">{retirement.sentence(today)}</span>
        <small>{replacement}</small>
    }
}
