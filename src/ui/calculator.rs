//! What a month would cost, model by model.

use leptos::prelude::*;

use crate::core::app::{Calculator, CalculatorView, Msg, TextField};
use crate::core::prices::calculator::{Estimate, Field, words};
use crate::core::prices::{AS_OF, Dollars};
use crate::shell::runtime::Slice;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, text_field, tick};

/// Fields and table, as long as there are models. The fields stay while the table changes, or typing would lose the focus.
pub(super) fn view(handle: Handle, calculator: Slice<Option<CalculatorView>>) -> AnyView {
    let there = Memo::new(move |_| calculator.with(Option::is_some));
    live(move || if there.get() { section(handle, calculator).draw() } else { ().into_any() })
}

fn section(handle: Handle, calculator: Slice<Option<CalculatorView>>) -> El {
    let start = handle.read_once(|model| model.calculator.clone());
    let Calculator { input, output, requests, cached, .. } = start;
    let field = |label: &'static str, which: Field, value: String| {
        let input = text_field(handle, TextField::Calculator(which))
            .class("field field-number")
            .attr("inputmode", "numeric")
            .attr("value", value);
        el("LABEL").class("number").el(el("SPAN").text(label)).el(input)
    };
    let fields = el("DIV")
        .class("numbers")
        .el(field("Tokens in, per request", Field::Input, input))
        .el(field("Tokens out, per request", Field::Output, output))
        .el(field("Requests a day", Field::Requests, requests))
        .el(field("Of the tokens in, cached %", Field::Cached, cached));
    el("SECTION")
        .class("calculator")
        .id("calculator")
        .attr("aria-labelledby", "calculator-heading")
        .el(el("H2").id("calculator-heading").text("What a month would cost"))
        .el(fields)
        .child(live(move || {
            let batch = calculator.with(|calculator| calculator.as_ref().and_then(|it| it.batch));
            batch.map(|ticked| batch_box(handle, ticked).draw()).into_any()
        }))
        .child(live(move || {
            calculator.with(|calculator| calculator.as_ref().map(|it| result(it).draw()).into_any())
        }))
}

fn batch_box(handle: Handle, ticked: bool) -> El {
    let changed = move |_| handle.send(Msg::BatchTicked);
    tick("calc-batch", "Sent as a batch, at half the price", ticked, changed)
}

fn result(calculator: &CalculatorView) -> El {
    if let Some(problem) = calculator.problem {
        return el("P").class("state-warn").id("calc-problem").text(problem.sentence());
    }
    let most = calculator.estimates.iter().filter_map(|estimate| estimate.monthly).max().unwrap_or_default();
    let note = format!(
        "{} A month has 30 days. Prices as of {AS_OF}, for the endpoint that was tested; ≈ where sources disagree.",
        calculator.about
    );
    el("DIV")
        .class("results-of")
        .el(el("OL")
            .class("estimates")
            .id("estimates")
            .els(calculator.estimates.iter().map(|one| line(one, most))))
        .el(el("P").class("note").text(note))
}

fn line(estimate: &Estimate, most: Dollars) -> El {
    let monthly = estimate.monthly.unwrap_or_default();
    let rough = if estimate.approximate { "≈ " } else { "" };
    let bar = el("PROGRESS")
        .class("bar-of")
        .attr("aria-hidden", "true")
        .attr("max", "1000")
        .attr("value", monthly.thousandths_of(most).to_string());
    el("LI")
        .class("estimate")
        .attr("data-estimate", estimate.model.clone())
        .el(el("CODE").text(estimate.model.clone()))
        .el(el("SPAN").class("measured").text(format!("{rough}{}", words(monthly))))
        .el(bar)
}
