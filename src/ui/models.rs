//! The model table: one row per model, its other names below it.

use leptos::prelude::*;

use crate::core::access::Outcome;
use crate::core::app::{Copyable, ModelTableMsg, Msg, ScanView, Table, TextField};
use crate::core::mistral::Endpoint;
use crate::core::models::{self, Access, Capability, Column, Direction, ModelRow, Query, Retirement};
use crate::core::prices::{AS_OF, Price, known};
use crate::core::time::Date;
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{
    code, details, div, h2, li, p, section, small, span, summary, tbody, td, th, thead, tr, ul,
};
use crate::ui::{Handle, button, explanation, html, link_out, scan, text_field};

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
    let tools = div().class("models-tools").child((filter, of_table(facets)));
    // Not drawn anew with the table: it is long, and only the host matters to it.
    let endpoint = Memo::new(move |_| {
        table.with(|table| table.as_ref().map(|table| table.endpoint).unwrap_or_default())
    });
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
        scan::view(handle, scan),
        tools,
        of_table(rows),
        price_note(),
        live(move || price_sources(endpoint.get())),
    ))
}

/// Where each price was read: what stands in a title alone, neither a keyboard nor a finger reaches.
fn price_sources(endpoint: Endpoint) -> El {
    let line = |(ids, price): (&'static [&'static str], Price)| {
        let price = price.at(endpoint);
        let amount = [price.amount(), price.terms()].join(" ");
        let words = format!(": {} – {}", amount.trim_end(), price.source.place);
        li().child((code().child(ids.join(", ")), words))
    };
    let note = format!(
        "For the endpoint that was tested, as read on {AS_OF}. A price counts for these names of a model \
         alone."
    );
    details().class("fold").id("price-sources").child((
        summary().child("Where these prices are from"),
        p().class("note").child(note),
        ul().class("notes").child(known().map(line)),
    ))
}

/// What the prices are, and what they are not.
fn price_note() -> El {
    let page = link_out("https://docs.mistral.ai/inference/pricing");
    p().class("note").id("price-note").child((
        "Prices in US dollars as public lists had them on ",
        AS_OF.to_string(),
        ", for the endpoint that was tested; ≈ where they disagree, – where none is known. Cached input \
         tokens cost a tenth or what is said, batches half; the EU and US endpoints a tenth more. What \
         counts is ",
        page.child("Mistral’s own page"),
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

/// The table, or that nothing matches.
fn rows(handle: Handle, table: &Table) -> El {
    let shown = table.found();
    if shown.is_empty() {
        return p()
            .class("empty")
            .child("No model matches. Clear the filter, or press the chosen chip again.");
    }
    let heads =
        [Column::Model, Column::Family, Column::Context, Column::Price, Column::Access, Column::Retirement]
            .map(|column| head(handle, column, &table.query));
    let more = shown.len().checked_sub(table.most).filter(|more| *more > 0);
    let rows = shown.into_iter().take(table.most).flat_map(|row| {
        let answer = table.outcome(row).filter(|_| table.opened.as_deref() == Some(&*row.name));
        [Some(model_row(handle, row, table)), answer.and_then(answer_row)].into_iter().flatten()
    });
    let lines = html::table()
        .class("table")
        .aria_labelledby("models-heading")
        .child((thead().child(tr().child(heads)), tbody().child(rows)));
    div().class("models-rows").child((lines, more.map(|more| show_more(handle, more))))
}

/// The button that draws more rows.
fn show_more(handle: Handle, more: usize) -> El {
    let words = format!("Show more: {more} are not drawn");
    button(handle, "button", words, Msg::ModelTable(ModelTableMsg::MoreRowsPressed)).id("more-models")
}

/// A column head that sorts.
fn head(handle: Handle, column: Column, query: &Query) -> El {
    let sorted = (query.sort.column == column).then_some(match query.sort.direction {
        Direction::Ascending => "ascending",
        Direction::Descending => "descending",
    });
    let sort = button(handle, "sort", column.label(), Msg::ModelTable(ModelTableMsg::SortPressed(column)))
        .data_sort(column.name());
    th().class(class_of(column)).scope("col").aria_sort(sorted).child(sort)
}

/// The class of a column's cells.
const fn class_of(column: Column) -> &'static str {
    match column {
        Column::Model => "col-model",
        Column::Family => "col-family",
        Column::Context => "col-context",
        Column::Price => "col-price",
        Column::Access => "col-access",
        Column::Retirement => "col-retirement",
    }
}

/// A model with its other names, what it can do and what it costs.
fn model_row(handle: Handle, row: &ModelRow, table: &Table) -> El {
    let word = match table.copied(row) {
        Some(true) => "Copied",
        Some(false) => "Not allowed",
        None => "Copy",
    };
    let copy = button(handle, "copy", word, Msg::CopyPressed(Copyable::ModelId, row.name.clone()))
        .data_copy(row.name.clone())
        .aria_label(format!("{word} {}", row.name));
    let name = span().class("model-name").child((code().child(row.name.clone()), copy));
    let abilities = row.capabilities.iter().map(Capability::label).collect::<Vec<_>>().join(", ");
    let context = row.context.map_or_else(|| "–".to_owned(), models::context_label);
    tr().data_model(row.name.clone()).data_access(table.access(row).name()).child((
        th().class(class_of(Column::Model)).scope("row").child((
            name,
            small().class("model-aliases").child(row.aliases().join(", ")),
            (!row.listed).then(|| small().child("not on this key’s list")),
        )),
        td().class(class_of(Column::Family)).child((row.family.label(), small().child(abilities))),
        td().class(class_of(Column::Context)).child(context),
        price(row.price, table.endpoint),
        access(handle, row, table),
        retirement(row.retirement.as_ref(), table.today),
    ))
}

/// The cell of the price; its title names the source.
fn price(price: Option<Price>, endpoint: Endpoint) -> El {
    let cell = td().class(class_of(Column::Price));
    match price.map(|price| price.at(endpoint)) {
        None => cell.child("–"),
        Some(price) => cell
            .title(format!("Source: {}", price.source.place))
            .child((span().class("price").child(price.amount()), small().child(price.terms()))),
    }
}

/// The state by shape, colour and words; where there is more to say of it, as a button that shows it.
fn access(handle: Handle, row: &ModelRow, table: &Table) -> El {
    let access = table.access(row);
    let cell = td().class(class_of(Column::Access));
    let word = span().class(class_of_access(access)).child(access.label());
    let Some(outcome) = table.outcome(row) else { return cell.child(word) };
    if outcome.explanation.is_none() {
        return cell.child((word, small().child(outcome.note.clone())));
    }
    let open = table.opened.as_deref() == Some(&*row.name);
    let why =
        button(handle, "why-button", "", Msg::ModelTable(ModelTableMsg::AnswerPressed(row.name.clone())))
            .aria_expanded(open)
            .data_why(row.name.clone())
            .child((word, span().class("unseen").child(", why")));
    cell.child(why)
}

/// Why a model cannot be called, below its row.
fn answer_row(outcome: &Outcome) -> Option<El> {
    let explained = outcome.explanation.as_ref()?;
    let note = (!outcome.note.is_empty()).then(|| p().class("brief-note").child(outcome.note.clone()));
    let cell = td().colspan("6").child((note, explanation::brief(explained)));
    Some(tr().class("answer-row").child(cell))
}

/// The class of a state's word.
const fn class_of_access(access: Access) -> &'static str {
    match access {
        Access::Callable => "state-good",
        Access::TierNotAllowed
        | Access::LabsNotEnabled
        | Access::ZeroQuota
        | Access::Retired
        | Access::NotFound
        | Access::Forbidden => "state-bad",
        Access::RateLimited | Access::Capacity => "state-warn",
        Access::Unclear | Access::Unchecked => "state-none",
    }
}

/// The cell of the end, with what to use instead.
fn retirement(retirement: Option<&Retirement>, today: Date) -> El {
    let cell = td().class(class_of(Column::Retirement));
    let Some(retirement) = retirement else { return cell };
    let replacement = retirement.replacement.as_ref().map(|id| small().child(format!("use {id}")));
    cell.child((span().class("state-warn").child(retirement.sentence(today)), replacement))
}
