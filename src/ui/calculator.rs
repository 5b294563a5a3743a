//! What a month would cost, model by model.

use crate::core::app::{CalculatorMsg, CalculatorView, Msg, TextField};
use crate::core::monthly_cost::{Estimate, Field};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{code, div, h2, label, li, ol, p, progress, section, span};
use crate::ui::{Handle, text_field, tick};

/// The panel: fields, the box for batches, the table. The fields stay while the table changes, or typing would lose the focus.
pub(super) fn view(handle: Handle, calculator: Shown<CalculatorView>) -> El {
    let field = |words: &'static str, which: Field| {
        let value = handle.read_once(|model| model.calculator().text(which).to_owned());
        let input = text_field(handle, TextField::Calculator(which))
            .class("field field-number")
            .inputmode("numeric")
            .value(value);
        label().class("number").child((span().child(words), input))
    };
    let fields = div().class("numbers").child((
        field("Tokens in, per request", Field::Input),
        field("Tokens out, per request", Field::Output),
        field("Requests a day", Field::Requests),
        field("Cached input, %", Field::Cached),
    ));
    section().class("calculator").id("calculator").aria_labelledby("calculator-heading").child((
        h2().id("calculator-heading").tabindex("-1").child("What a month would cost"),
        fields,
        live(move || {
            let batch = calculator.with(|calculator| calculator.batch);
            batch.map(|ticked| batch_box(handle, ticked))
        }),
        live(move || calculator.with(result)),
    ))
}

/// The box that halves the prices.
fn batch_box(handle: Handle, ticked: bool) -> El {
    let changed = move |_| handle.send(Msg::Calculator(CalculatorMsg::BatchTicked));
    tick("calc-batch", "Sent as a batch, at half the price", ticked, changed)
}

/// The table, or what is wrong with the numbers.
fn result(calculator: &CalculatorView) -> El {
    if let Some(problem) = calculator.problem {
        return p().class("state-warn").id("calc-problem").child(problem.sentence());
    }
    div().class("results-of").child((
        ol().class("estimates").id("estimates").child(calculator.estimates.iter().map(line)),
        p().class("note").child(calculator.note()),
    ))
}

/// A model with its price for the month.
fn line(estimate: &Estimate) -> El {
    let bar = progress().class("bar-of").aria_hidden(true).max("1000").value(estimate.share.to_string());
    li().class("estimate").data_estimate(estimate.model.clone()).child((
        code().child(estimate.model.clone()),
        span().class("measured").child(estimate.words()),
        bar,
    ))
}
