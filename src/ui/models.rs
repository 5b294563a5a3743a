//! The model table: one row per model, its other names below it.

use leptos::prelude::*;

use crate::core::access::Outcome;
use crate::core::app::{Msg, ScanView, Table, TextField};
use crate::core::mistral::Endpoint;
use crate::core::models::{self, Access, Capability, Column, Direction, ModelRow, Query, Retirement};
use crate::core::prices::{AS_OF, Price, known};
use crate::core::time::Date;
use crate::shell::runtime::Slice;
use crate::ui::demo::simulated;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, aria, button, explanation, link_out, scan, text_field};

/// Filter, chips and table, as long as there are models.
pub(super) fn view(handle: Handle, table: Slice<Table>, scan: Slice<Option<ScanView>>) -> AnyView {
    // The section with its filter field stays while rows come and go, or typing would lose the focus.
    let section = move || section(handle, table, scan).draw();
    let listed = Memo::new(move |_| table.with(|table| !table.rows.is_empty()));
    live(move || if listed.get() { section() } else { ().into_any() })
}

fn section(handle: Handle, table: Slice<Table>, scan: Slice<Option<ScanView>>) -> El {
    let filter = text_field(handle, TextField::Filter)
        .class("field")
        .attr("type", "search")
        .attr("placeholder", "Filter: small, vision, 2512…")
        .attr("aria-label", "Filter models");
    let title = el("DIV")
        .class("models-title")
        .el(el("H2").id("models-heading").attr("tabindex", "-1").text("Models this key lists"))
        .child(live(move || table.with(count).draw()));
    let tools = el("DIV")
        .class("models-tools")
        .el(filter)
        .child(live(move || table.with(|table| facets(handle, table)).draw()));
    // Not drawn anew with the table: it is long, and only the host matters to it.
    let global = Memo::new(move |_| table.with(|table| table.endpoint == Endpoint::Global));
    el("SECTION")
        .class("models")
        .id("models")
        .attr("aria-labelledby", "models-heading")
        .el(title)
        .child(scan::view(handle, scan))
        .el(tools)
        .child(live(move || table.with(|table| rows(handle, table)).draw()))
        .el(price_note())
        .child(live(move || price_sources(global.get()).draw()))
}

/// Where each price was read: what stands in a title alone, neither a keyboard nor a finger reaches.
fn price_sources(global: bool) -> El {
    // The two others cost the same.
    let endpoint = if global { Endpoint::Global } else { Endpoint::Eu };
    let line = |(ids, price): (&'static [&'static str], Price)| {
        let price = price.at(endpoint);
        let amount = [price.amount(), price.terms()].join(" ");
        let words = format!(": {} – {}", amount.trim_end(), price.source.place);
        el("LI").el(el("CODE").text(ids.join(", "))).text(words)
    };
    let note = format!(
        "For the endpoint that was tested, as read on {AS_OF}. A price counts for these names of a model alone."
    );
    el("DETAILS")
        .class("fold")
        .id("price-sources")
        .el(el("SUMMARY").text("Where these prices are from"))
        .el(el("P").class("note").text(note))
        .el(el("UL").class("notes").els(known().map(line)))
}

/// What the prices are, and what they are not.
fn price_note() -> El {
    let page = link_out("https://docs.mistral.ai/inference/pricing");
    el("P")
        .class("note")
        .id("price-note")
        .text("Prices in US dollars as public lists had them on ")
        .text(AS_OF.to_string())
        .text(", for the endpoint that was tested; ≈ where they disagree, – where none is known. Cached input tokens cost a tenth or what is said, batches half; the EU and US endpoints a tenth more. What counts is ")
        .el(page.text("Mistral’s own page"))
        .text(".")
}

fn count(table: &Table) -> El {
    let count = el("P").class("note").id("models-count").text(table.summary());
    if table.simulated { count.text(" ").el(simulated()) } else { count }
}

/// One chip per capability that some model has: shows only the models with it.
fn facets(handle: Handle, table: &Table) -> El {
    let chip = |(capability, count): (Capability, usize)| {
        button(handle, "chip", capability.label(), Msg::FacetToggled(capability))
            .attr("data-facet", capability.label())
            .attr("aria-pressed", aria(table.query.capability == Some(capability)))
            .text(" ")
            .el(el("SPAN").class("chip-count").text(count.to_string()))
    };
    el("DIV")
        .class("chips")
        .attr("role", "group")
        .attr("aria-label", "Filter by ability")
        .els(table.facets().into_iter().map(chip))
}

fn rows(handle: Handle, table: &Table) -> El {
    let shown = table.found();
    if shown.is_empty() {
        return el("P")
            .class("empty")
            .text("No model matches. Clear the filter, or press the chosen chip again.");
    }
    let heads =
        [Column::Model, Column::Family, Column::Context, Column::Price, Column::Access, Column::Retirement]
            .map(|column| head(handle, column, &table.query));
    let more = shown.len().checked_sub(table.most).filter(|more| *more > 0);
    let rows = shown.into_iter().take(table.most).flat_map(|row| {
        let answer = table.outcome(row).filter(|_| table.opened.as_deref() == Some(&*row.name));
        [Some(model_row(handle, row, table)), answer.and_then(answer_row)].into_iter().flatten()
    });
    let table = el("TABLE")
        .class("table")
        .attr("aria-labelledby", "models-heading")
        .el(el("THEAD").el(el("TR").els(heads)))
        .el(el("TBODY").els(rows));
    el("DIV").class("models-rows").el(table).maybe(more.map(|more| show_more(handle, more)))
}

fn show_more(handle: Handle, more: usize) -> El {
    let words = format!("Show more: {more} are not drawn");
    button(handle, "button", words, Msg::MoreRowsPressed).id("more-models")
}

/// A column head that sorts.
fn head(handle: Handle, column: Column, query: &Query) -> El {
    let sorted = (query.sort.column == column).then_some(match query.sort.direction {
        Direction::Ascending => "ascending",
        Direction::Descending => "descending",
    });
    let sort =
        button(handle, "sort", column.label(), Msg::SortPressed(column)).attr("data-sort", column.name());
    el("TH").class(class_of(column)).attr("scope", "col").attr_maybe("aria-sort", sorted).el(sort)
}

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

fn model_row(handle: Handle, row: &ModelRow, table: &Table) -> El {
    let copied = table.copied.as_ref().filter(|copied| copied.text == row.name);
    let word = match copied.and_then(|copied| copied.succeeded) {
        Some(true) => "Copied",
        Some(false) => "Not allowed",
        None => "Copy",
    };
    let copy = button(handle, "copy", word, Msg::CopyPressed(row.name.clone()))
        .attr("data-copy", row.name.clone())
        .attr("aria-label", format!("{word} {}", row.name));
    let name = el("SPAN").class("model-name").el(el("CODE").text(row.name.clone())).el(copy);
    let abilities = row.capabilities.iter().map(Capability::label).collect::<Vec<_>>().join(", ");
    let context = row.context.map_or_else(|| "–".to_owned(), models::context_label);
    el("TR")
        .attr("data-model", row.name.clone())
        .attr("data-access", table.access(row).name())
        .el(el("TH")
            .class(class_of(Column::Model))
            .attr("scope", "row")
            .el(name)
            .el(el("SMALL").class("model-aliases").text(row.aliases().join(", ")))
            .maybe((!row.listed).then(|| el("SMALL").text("not on this key’s list"))))
        .el(el("TD").class(class_of(Column::Family)).text(row.family.label()).el(el("SMALL").text(abilities)))
        .el(el("TD").class(class_of(Column::Context)).text(context))
        .el(price(row.price, table.endpoint))
        .el(access(handle, row, table))
        .el(retirement(row.retirement.as_ref(), table.today))
}

fn price(price: Option<Price>, endpoint: Endpoint) -> El {
    let cell = el("TD").class(class_of(Column::Price));
    match price.map(|price| price.at(endpoint)) {
        None => cell.text("–"),
        Some(price) => cell
            .attr("title", format!("Source: {}", price.source.place))
            .el(el("SPAN").class("price").text(price.amount()))
            .el(el("SMALL").text(price.terms())),
    }
}

/// The state by shape, colour and words; where there is more to say of it, as a button that shows it.
fn access(handle: Handle, row: &ModelRow, table: &Table) -> El {
    let access = table.access(row);
    let cell = el("TD").class(class_of(Column::Access));
    let word = el("SPAN").class(class_of_access(access)).text(access.label());
    let Some(outcome) = table.outcome(row) else { return cell.el(word) };
    if outcome.explanation.is_none() {
        return cell.el(word).el(el("SMALL").text(outcome.note.clone()));
    }
    let open = table.opened.as_deref() == Some(&*row.name);
    let why = button(handle, "why-button", "", Msg::AnswerPressed(row.name.clone()))
        .attr("aria-expanded", aria(open))
        .attr("data-why", row.name.clone())
        .el(word)
        .el(el("SPAN").class("unseen").text(", why"));
    cell.el(why)
}

/// Why a model cannot be called, below its row.
fn answer_row(outcome: &Outcome) -> Option<El> {
    let explained = outcome.explanation.as_ref()?;
    let note = (!outcome.note.is_empty()).then(|| el("P").class("brief-note").text(outcome.note.clone()));
    let cell = el("TD").attr("colspan", "6").maybe(note).el(explanation::brief(explained));
    Some(el("TR").class("answer-row").el(cell))
}

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

fn retirement(retirement: Option<&Retirement>, today: Date) -> El {
    let cell = el("TD").class(class_of(Column::Retirement));
    let Some(retirement) = retirement else { return cell };
    let replacement = retirement.replacement.as_ref().map(|id| el("SMALL").text(format!("use {id}")));
    cell.el(el("SPAN").class("state-warn").text(retirement.sentence(today))).maybe(replacement)
}
