//! What is timed, at what price.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::core::app::{LabField, LabForm, LabMsg, Msg, Pasted, TextField};
use crate::core::bench::{PlanKind, PromptSize};
use crate::shell::field_id;
use crate::shell::runtime::Slice;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, aria, button, text_field};

/// Plan, models, fields and the button. The fields stay while the rest is drawn anew, or typing would lose the focus.
pub(super) fn view(handle: Handle, form: Slice<Option<LabForm>>) -> AnyView {
    let custom = Memo::new(move |_| {
        form.with(|form| form.as_ref().is_some_and(|form| form.choice.plan == PlanKind::Custom))
    });
    let part = move |draw: fn(Handle, &LabForm) -> El| {
        live(move || form.with(|form| form.as_ref().map(|form| draw(handle, form).draw()).into_any()))
    };
    let parts = el("DIV")
        .class("lab-form")
        .child(part(plans))
        .child(part(models))
        .child(live(move || if custom.get() { fields(handle).draw() } else { ().into_any() }))
        .child(part(workload))
        .child(part(go));
    parts.draw()
}

fn plans(handle: Handle, form: &LabForm) -> El {
    let chip = |plan: PlanKind| {
        button(handle, "chip", plan.label(), Msg::Lab(LabMsg::PlanChosen(plan)))
            .attr("data-plan", plan.name())
            .attr("aria-pressed", aria(form.choice.plan == plan))
    };
    el("DIV")
        .class("lab-plan")
        .el(el("DIV")
            .class("chips")
            .attr("role", "group")
            .attr("aria-label", "What is to be measured")
            .els(PlanKind::ALL.map(chip)))
        .el(el("P").class("panel-words").text(form.choice.plan.sentence()))
}

/// The models that are chosen, and the list to choose from.
fn models(handle: Handle, form: &LabForm) -> El {
    let several = form.choice.plan.takes_several();
    let chosen = move |event: Event| {
        handle.send(Msg::Lab(LabMsg::ModelChosen(Pasted::new(event_target_value(&event)))));
    };
    let label = if several { "Add a model" } else { "Model" };
    let field = if form.offered.is_empty() {
        text_field(handle, TextField::LabModel)
            .class("field")
            .attr("type", "text")
            .attr("spellcheck", "false")
            .attr("placeholder", "Type a model’s id")
            .on("change", chosen)
    } else {
        let option = |name: &String| {
            let here = !several && form.chosen.first() == Some(name);
            el("OPTION").attr("value", name.clone()).selected(here).text(name.clone())
        };
        let none = several.then(|| el("OPTION").attr("value", "").text("Choose…"));
        el("SELECT")
            .class("field")
            .id(field_id(TextField::LabModel))
            .on("change", chosen)
            .maybe(none)
            .els(form.offered.iter().map(option))
    };
    let dropped = |name: &String| {
        button(handle, "chip", name.clone(), Msg::Lab(LabMsg::ModelDropped(name.clone())))
            .attr("data-lab-chosen", name.clone())
            .attr("aria-label", format!("Leave out {name}"))
            .el(el("SPAN").class("chip-count").attr("aria-hidden", "true").text("×"))
    };
    let list = several.then(|| {
        el("DIV")
            .class("chips")
            .attr("role", "group")
            .attr("aria-label", "Models to be timed")
            .els(form.chosen.iter().map(dropped))
    });
    let typed = (form.offered.is_empty() && !several).then(|| {
        el("P").class("note").text(format!("Chosen: {}", form.chosen.first().map_or("none", String::as_str)))
    });
    let choose = form.room.then(|| el("LABEL").class("number").el(el("SPAN").text(label)).el(field));
    let trouble = (!form.trouble.is_empty()).then(|| el("P").class("state-warn").text(form.trouble));
    el("DIV").class("lab-models").maybe(choose).maybe(trouble).maybe(list).maybe(typed)
}

/// The numbers of the custom plan.
fn fields(handle: Handle) -> El {
    let choice = handle.read_once(|model| model.lab.choice.clone());
    let field = |label: &'static str, which: LabField| {
        let input = text_field(handle, TextField::Lab(which))
            .class("field field-number")
            .attr("inputmode", "numeric")
            .attr("value", choice.field(which).to_owned());
        el("LABEL").class("number").el(el("SPAN").text(label)).el(input)
    };
    el("DIV")
        .class("numbers")
        .el(field("Runs of each model", LabField::Rounds))
        .el(field("Calls at once", LabField::AtOnce))
        .el(field("Tokens of an answer, at most", LabField::Answer))
        .el(field("Milliseconds between calls", LabField::Pause))
        .el(field("Stop before this many tokens", LabField::Cap))
        .el(field("Seed, empty for a new one", LabField::Seed))
}

/// The rest of the custom plan.
fn workload(handle: Handle, form: &LabForm) -> El {
    let size = |size: PromptSize| {
        button(handle, "chip", size.label(), Msg::Lab(LabMsg::PromptChosen(size)))
            .attr("data-prompt", size.name())
            .attr("aria-pressed", aria(form.choice.prompt == size))
    };
    let pacing = |(paced, name, label): (bool, &'static str, &'static str)| {
        button(handle, "chip", label, Msg::Lab(LabMsg::PacedChosen(paced)))
            .attr("data-pacing", name)
            .attr("aria-pressed", aria(form.choice.paced == paced))
    };
    let group = |label: &'static str, chips: Vec<El>| {
        el("DIV")
            .class("chips")
            .attr("role", "group")
            .attr("aria-label", label)
            .el(el("SPAN").class("note").text(label))
            .els(chips)
    };
    let custom = form.choice.plan == PlanKind::Custom;
    el("DIV")
        .class("lab-workload")
        .maybe(custom.then(|| group("Prompts of about", PromptSize::ALL.map(size).into())))
        .maybe(custom.then(|| {
            let pacings = [(false, "closed", "one after the other"), (true, "paced", "at a fixed pace")];
            group("Calls start", pacings.map(pacing).into())
        }))
}

/// The button with its price, or Stop.
fn go(handle: Handle, form: &LabForm) -> El {
    if form.running {
        return el("DIV").class("panel-go").el(button(
            handle,
            "button",
            "Stop measuring",
            Msg::Lab(LabMsg::Stopped),
        )
        .id("stop-lab"));
    }
    let words = if form.again { "Measure again" } else { "Measure" };
    let blocked = form.problem.is_some() || form.waits.is_some();
    let press = button(handle, "button button-go", words, Msg::Lab(LabMsg::Pressed))
        .id("start-lab")
        .attr("aria-describedby", if form.waits.is_some() { "lab-price lab-waits" } else { "lab-price" })
        .attr_maybe("aria-disabled", blocked.then_some("true"));
    let price = match &form.problem {
        Some(problem) => el("P").class("price-tag state-warn").id("lab-price").text(problem.clone()),
        None => el("P")
            .class("price-tag")
            .id("lab-price")
            .text("At most ")
            .el(el("B").class("measured").text(form.price.clone()))
            .text(" in all. ")
            .text(form.facts.clone()),
    };
    let waits = form.waits.map(|waits| el("P").class("state-warn").id("lab-waits").text(waits));
    let notes = (!form.notes.is_empty()).then(|| {
        el("DETAILS")
            .class("fold")
            .id("lab-notes")
            .el(el("SUMMARY").text("What is sent, and what is not counted"))
            .el(el("UL").class("notes").els(form.notes.iter().map(|note| el("LI").text(note.clone()))))
    });
    el("DIV")
        .class("panel-offer")
        .el(el("DIV").class("panel-go").el(press).el(price))
        .maybe(waits)
        .maybe(notes)
}
