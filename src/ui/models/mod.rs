//! The model table: one row per model, with what any part of the page has learnt of it.

mod chosen;
mod rows;
mod scatter;

use leptos::ev::{self, Event};
use leptos::prelude::*;

use crate::core::app::{ModelTableMsg, Msg, ScanView, Table, TextField};
use crate::core::mistral::Endpoint;
use crate::core::models::{Capability, Column, Direction};
use crate::core::prices::{AS_OF, Price, known};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{
    a, code, details, div, fieldset, h2, input, label, legend, li, option, p, section, select, span, summary,
    ul,
};
use crate::ui::{Handle, button, link_out, scan, text_field};

/// Filter, chips and table, as long as there are models.
pub(super) fn view(handle: Handle, table: Shown<Option<Table>>, scan: Shown<Option<ScanView>>) -> AnyView {
    // The panel with its filter field stays while rows come and go, or typing would lose the focus.
    let listed = Memo::new(move |_| table.with(Option::is_some));
    live(move || listed.get().then(|| panel(handle, table, scan)))
}

/// The panel: title, scan, filter and chips, rows, prices.
fn panel(handle: Handle, table: Shown<Option<Table>>, scan: Shown<Option<ScanView>>) -> El {
    let filter = text_field(handle, TextField::Filter)
        .class("field")
        .r#type("search")
        .placeholder("Filter: small, vision, 2512…")
        .aria_label("Filter models");
    let of_table = move |draw: fn(Handle, &Table) -> El| {
        live(move || table.with(|table| table.as_ref().map(|table| draw(handle, table))))
    };
    let title = div().class("models-title").child((
        of_table(|_, table| h2().id("models-heading").tabindex("-1").child(table.heading())),
        of_table(|_, table| count(table)),
    ));
    let tools = div().class("models-tools").child((filter, of_table(facets), of_table(controls)));
    let of_bar =
        live(move || table.with(|table| table.as_ref()?.bar.as_ref().map(|bar| chosen::view(handle, bar))));
    // Not drawn anew with the table: it is long, and only the host matters to it.
    let endpoint = Memo::new(move |_| {
        table.with(|table| table.as_ref().map(|table| table.endpoint).unwrap_or_default())
    });
    let host = Memo::new(move |_| table.with(|table| table.as_ref().map_or("", Table::at_host)));
    section().class("models").aria_labelledby("models-heading").child((
        title,
        live(move || {
            table.with(|table| {
                table
                    .as_ref()
                    .and_then(Table::of_catalogue)
                    .map(|words| p().class("panel-words").child(words))
            })
        }),
        live(move || {
            table.with(|table| {
                let words = table.as_ref().and_then(Table::of_left_out);
                words.map(|words| p().class("panel-words").id("models-left-out").child(words))
            })
        }),
        scan::view(handle, scan),
        tools,
        of_table(rows::view),
        of_bar,
        live(move || {
            table.with(|table| table.as_ref().and_then(Table::scatter).map(|plot| scatter::view(&plot)))
        }),
        live(move || price_note(host.get())),
        live(move || price_sources(endpoint.get(), host.get())),
    ))
}

/// Where each price was read: what stands in a title alone, neither a keyboard nor a finger reaches.
fn price_sources(endpoint: Endpoint, host: &str) -> El {
    let line = |(ids, price): (&'static [&'static str], Price)| {
        let price = price.at(endpoint);
        let amount = [price.amount(), price.terms()].join(" ");
        let words = format!(": {} – {}", amount.trim_end(), price.source.place);
        li().child((code().child(ids.join(", ")), words))
    };
    let note =
        format!("As read on {}{host}. A price counts for these names of a model alone.", AS_OF.in_words());
    details().class("fold").id("price-sources").child((
        summary().child("Where these prices are from"),
        p().class("note").child(note),
        ul().class("notes").child(known().map(line)),
    ))
}

/// What the prices are, and what they are not.
fn price_note(host: &'static str) -> El {
    let page = link_out("https://docs.mistral.ai/inference/pricing");
    p().class("note").id("price-note").child((
        "Prices in US dollars for a million tokens in and out, or for what stands below, as public lists had \
         them on ",
        AS_OF.in_words(),
        host,
        "; ≈ where they disagree, – where none is known. Cached input costs a tenth or what is said, batches \
         half; the EU and US endpoints cost a tenth more. ",
        page.child("Mistral’s pricing page"),
        " is authoritative. The month uses the numbers of ",
        a().href("#cost").child("Cost"),
        ".",
    ))
}

/// How many models there are, and how many of them are shown.
fn count(table: &Table) -> El {
    p().class("note").id("models-count").child(table.summary())
}

/// One chip per capability that some model has: shows only the models with it.
fn facets(handle: Handle, table: &Table) -> El {
    let chip = |(capability, count): (Capability, usize)| {
        button(handle, "chip", capability.label(), Msg::ModelTable(ModelTableMsg::FacetToggled(capability)))
            .data_facet(capability.label())
            .aria_pressed(table.query.capability == Some(capability))
            .child((" ", span().class("chip-count").child(count.to_string())))
    };
    div()
        .class("chips")
        .role("group")
        .aria_label("Filter by ability")
        .child(table.facets().into_iter().map(chip))
}

/// The order, where there are no heads to press; the columns; the file.
fn controls(handle: Handle, table: &Table) -> El {
    let save = button(handle, "chip", "CSV", Msg::ModelTable(ModelTableMsg::SavePressed)).id("save-models");
    div().class("models-controls").child((order(handle, table), columns(handle, table), save))
}

/// The order as a list to choose from, and its direction.
fn order(handle: Handle, table: &Table) -> El {
    let sort = table.query.sort;
    let chosen = move |event: Event| {
        if let Some(column) = Column::by_name(&event_target_value(&event)) {
            handle.send(Msg::ModelTable(ModelTableMsg::SortChosen(column)));
        }
    };
    let column =
        |column: Column| option().value(column.name()).selected(column == sort.column).child(column.label());
    let list = select().class("field").id("sort-models").on(ev::change, chosen);
    let direction = match sort.direction {
        Direction::Ascending => "Ascending",
        Direction::Descending => "Descending",
    };
    let turn = button(handle, "chip", direction, Msg::ModelTable(ModelTableMsg::SortPressed(sort.column)))
        .id("turn-models");
    div().class("models-order").child((
        label().class("note").r#for("sort-models").child("Sort by"),
        list.child(table.sortable().map(column).collect::<Vec<_>>()),
        turn,
    ))
}

/// A box for each column that can be left out.
fn columns(handle: Handle, table: &Table) -> El {
    let boxed = |(column, shown): (Column, bool)| {
        let changed = move |_| handle.send(Msg::ModelTable(ModelTableMsg::ColumnToggled(column)));
        let tick = input()
            .r#type("checkbox")
            .id(format!("column-{}", column.name()))
            .checked(shown)
            .on(ev::change, changed);
        label().class("tick").child((tick, span().child(column.label())))
    };
    details().class("fold").id("model-columns").child((
        summary().child("Columns"),
        fieldset().class("options").child((
            legend().class("unseen").child("Columns of the table"),
            table.optional_columns().map(boxed).collect::<Vec<_>>(),
        )),
    ))
}
