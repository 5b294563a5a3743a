//! The rows of the table, and its heads.

use leptos::ev;

use crate::core::access::Outcome;
use crate::core::app::{AccessCell, Cell, Copyable, ModelLine, ModelTableMsg, Msg, Table};
use crate::core::models::{Access, Column, Direction, ModelRow};
use crate::ui::element::El;
use crate::ui::html::{
    code, details, div, input, label, p, small, span, summary, table as table_of, tbody, td, th, thead, tr,
};
use crate::ui::raw::is_open;
use crate::ui::{Handle, button, explanation};

/// The table, or that nothing matches.
pub(super) fn view(handle: Handle, table: &Table) -> El {
    let shown = table.found();
    if shown.is_empty() {
        return p()
            .class("empty")
            .child("No model matches. Clear the filter, or press the chosen chip again.");
    }
    let heads = table.columns.iter().map(|column| head(handle, *column, table)).collect::<Vec<_>>();
    let more = shown.len().checked_sub(table.most).filter(|more| *more > 0);
    let rows = shown.into_iter().take(table.most).flat_map(|row| {
        let answer = table.outcome(row).filter(|_| table.opened.as_deref() == Some(&*row.name));
        let answer = answer.and_then(|outcome| answer_row(outcome, table.columns.len()));
        [Some(model_row(handle, row, table)), answer].into_iter().flatten()
    });
    let lines = table_of()
        .class("table")
        .aria_labelledby("models-heading")
        .child((thead().child(tr().child(heads)), tbody().child(rows)));
    div()
        .class("models-rows")
        .child((div().class("models-scroll").child(lines), more.map(|more| show_more(handle, more))))
}

/// The button that draws more rows.
fn show_more(handle: Handle, more: usize) -> El {
    let words = format!("Show more: {more} are not drawn");
    button(handle, "button", words, Msg::ModelTable(ModelTableMsg::MoreRowsPressed)).id("more-models")
}

/// A column head that sorts.
fn head(handle: Handle, column: Column, table: &Table) -> El {
    let sort = table.query.sort;
    let sorted = (sort.column == column).then_some(match sort.direction {
        Direction::Ascending => "ascending",
        Direction::Descending => "descending",
    });
    let press = button(handle, "sort", column.label(), Msg::ModelTable(ModelTableMsg::SortPressed(column)))
        .data_sort(column.name());
    th().class(class_of(column)).scope("col").aria_sort(sorted).child(press)
}

/// The class of a column's cells.
const fn class_of(column: Column) -> &'static str {
    match column {
        Column::Model => "col-model",
        Column::Family => "col-family",
        Column::Access => "col-access",
        Column::Price => "col-price",
        Column::Context => "col-context",
        Column::FirstToken => "col-first",
        Column::Rate => "col-rate",
        Column::Monthly => "col-monthly",
        Column::Retirement => "col-ends",
    }
}

/// A model with what is known of it.
fn model_row(handle: Handle, row: &ModelRow, table: &Table) -> El {
    let line = table.line(row);
    let cell = |column: &Column| match column {
        Column::Model => name(handle, &line),
        Column::Access => access(handle, &line),
        column => td_of(*column, table.cell(row, *column)),
    };
    let cells: Vec<El> = table.columns.iter().map(cell).collect();
    tr().data_model(line.name.clone()).data_access(line.access.access.name()).child(cells)
}

/// The cell of the name: a box to tick, the id with its copy button, the other names behind a fold.
fn name(handle: Handle, line: &ModelLine) -> El {
    let word = match line.copied {
        Some(true) => "Copied",
        Some(false) => "Not allowed",
        None => "Copy",
    };
    let copy = button(handle, "copy", word, Msg::CopyPressed(Copyable::ModelId, line.name.clone()))
        .data_copy(line.name.clone())
        .aria_label(format!("{word} {}", line.name));
    let ticked = line.name.clone();
    let tick = input()
        .r#type("checkbox")
        .aria_label(line.name.clone())
        .checked(line.ticked)
        .on(ev::change, move |_| handle.send(Msg::ModelTable(ModelTableMsg::RowTicked(ticked.clone()))));
    th().class(class_of(Column::Model)).scope("row").child(div().class("model-cell").child(
        (
            label().class("row-tick").child(tick),
            span().class("model-name").child(code().child(line.name.clone())),
            copy,
            div().class("model-more").child((
                others(handle, line),
                (!line.listed).then(|| small().child("not on this key’s list")),
            )),
        ),
    ))
}

/// The other names of a model.
fn others(handle: Handle, line: &ModelLine) -> Option<El> {
    let model = line.name.clone();
    let toggled = move |event| {
        let (model, open) = (model.clone(), is_open(&event));
        handle.send(Msg::ModelTable(ModelTableMsg::AliasesToggled { model, open }));
    };
    (!line.also.is_empty()).then(|| {
        details().class("model-also").open(line.unfolded).on(ev::toggle, toggled).child((
            summary().child((
                span().class("also-words").child(line.also.clone()),
                span().class("also-count").child(line.others.clone()),
            )),
            small().class("model-aliases").child(line.aliases.clone()),
        ))
    })
}

/// A cell of words.
fn td_of(column: Column, cell: Cell) -> El {
    let words = span().class(if cell.warns { "state-warn" } else { "cell-words" }).child(cell.words);
    let below = (!cell.more.is_empty()).then(|| small().child(cell.more));
    let title = (!cell.title.is_empty()).then_some(cell.title);
    td().class(class_of(column))
        .title(title)
        .data_unknown(cell.unknown.then_some(true))
        .data_sorted(cell.sorted.then_some(true))
        .child((words, below))
}

/// The state by shape, colour and words; where there is more to say of it, as a button that shows it.
fn access(handle: Handle, line: &ModelLine) -> El {
    let AccessCell { access, after, note, why } = &line.access;
    let cell = td().class(class_of(Column::Access));
    let word = span().class(class_of_access(*access)).child(access.label());
    if let Some(open) = why {
        let name = line.name.clone();
        let why =
            button(handle, "why-button", "", Msg::ModelTable(ModelTableMsg::AnswerPressed(name.clone())))
                .aria_expanded(*open)
                .data_why(name)
                .child((word, span().class("unseen").child(", why")));
        return cell.child(why);
    }
    let after = (!after.is_empty()).then(|| span().class("access-after").child(format!(" {after}")));
    cell.child((word, after, (!note.is_empty()).then(|| small().child(note.clone()))))
}

/// Why a model cannot be called, below its row.
fn answer_row(outcome: &Outcome, columns: usize) -> Option<El> {
    let explained = outcome.explanation.as_ref()?;
    let note = (!outcome.note.is_empty()).then(|| p().class("brief-note").child(outcome.note.clone()));
    let cell = td().colspan(columns.to_string()).child((note, explanation::brief(explained)));
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
