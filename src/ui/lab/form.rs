//! What is timed, at what price.

use leptos::ev::{self, Event};
use leptos::prelude::*;

use crate::core::app::{LabField, LabForm, LabMsg, Msg, OfferedModel, Pasted, TextField};
use crate::core::bench::{PlanKind, PromptSize};
use crate::shell::Shown;
use crate::shell::field_id;
use crate::ui::element::{El, live};
use crate::ui::html::{b, details, div, label, li, option, p, select, span, summary, ul};
use crate::ui::{Handle, button, button_at, model_option, text_field};

/// Plan, models, fields and the button. The fields stay while the rest is drawn anew, or typing would lose the focus.
pub(super) fn view(handle: Handle, form: Shown<Option<LabForm>>) -> El {
    let custom = Memo::new(move |_| {
        form.with(|form| form.as_ref().is_some_and(|form| form.choice.plan == PlanKind::Custom))
    });
    let part = move |draw: fn(Handle, &LabForm) -> El| {
        live(move || form.with(|form| form.as_ref().map(|form| draw(handle, form))))
    };
    div().class("lab-form").child((
        part(plans),
        part(models),
        live(move || custom.get().then(|| fields(handle))),
        part(workload),
        part(go),
    ))
}

/// The choice of plan.
fn plans(handle: Handle, form: &LabForm) -> El {
    let chip = |plan: PlanKind| {
        button(handle, "chip", plan.label(), Msg::Lab(LabMsg::PlanChosen(plan)))
            .data_plan(plan.name())
            .aria_pressed(form.choice.plan == plan)
    };
    div().class("lab-plan").child((
        p().class("panel-words lab-lead").child(form.lead),
        div()
            .class("chips choose")
            .role("group")
            .aria_label("What to measure")
            .child(PlanKind::ALL.map(chip)),
        p().class("panel-words").child(form.choice.plan.sentence()),
    ))
}

/// The models that are chosen, and the list to choose from.
fn models(handle: Handle, form: &LabForm) -> El {
    let several = form.choice.plan.takes_several();
    let chosen = move |event: Event| {
        handle.send(Msg::Lab(LabMsg::ModelChosen(Pasted::new(event_target_value(&event)))));
    };
    let words = if several { "Add a model" } else { "Model" };
    let field = if form.offered.is_empty() {
        text_field(handle, TextField::LabModel)
            .class("field")
            .r#type("text")
            .spellcheck("false")
            .placeholder("Type a model’s id")
            .on(ev::change, chosen)
    } else {
        let offered =
            |model: &OfferedModel| model_option(model, !several && form.chosen.first() == Some(&model.name));
        let none = several.then(|| option().value("").child("Choose…"));
        select()
            .class("field")
            .id(field_id(TextField::LabModel))
            .on(ev::change, chosen)
            .child((none, form.offered.iter().map(offered)))
    };
    let dropped = |name: &String| {
        button(handle, "chip", name.clone(), Msg::Lab(LabMsg::ModelDropped(name.clone())))
            .data_lab_chosen(name.clone())
            .aria_label(format!("Remove {name}"))
            .child(span().class("chip-count").aria_hidden(true).child("×"))
    };
    let list = several.then(|| {
        div().class("chips").role("group").aria_label("Models to time").child(form.chosen.iter().map(dropped))
    });
    let typed = (form.offered.is_empty() && !several).then(|| {
        p().class("note").child(format!("Chosen: {}", form.chosen.first().map_or("none", String::as_str)))
    });
    let choose = form.room.then(|| label().class("number").child((span().child(words), field)));
    let trouble = (!form.trouble.is_empty()).then(|| p().class("state-warn").child(form.trouble));
    let refused = form.refused.iter().map(|words| p().class("state-warn").child(words.clone()));
    div().class("lab-models").child((choose, trouble, list, typed, refused.collect::<Vec<_>>()))
}

/// The numbers of the custom plan.
fn fields(handle: Handle) -> El {
    let choice = handle.read_once(|model| model.lab_choice().clone());
    let field = |words: &'static str, which: LabField| {
        let input = text_field(handle, TextField::Lab(which))
            .class("field field-number")
            .inputmode("numeric")
            .value(choice.field(which).to_owned());
        label().class("number").child((span().child(words), input))
    };
    div().class("numbers").child((
        field("Calls to each model", LabField::Rounds),
        field("Parallel calls", LabField::AtOnce),
        field("Tokens an answer, at most", LabField::Answer),
        field("Milliseconds between calls", LabField::Pause),
        field("Token limit, all calls", LabField::Cap),
        field("Seed (empty: a new one)", LabField::Seed),
    ))
}

/// The rest of the custom plan.
fn workload(handle: Handle, form: &LabForm) -> El {
    let size = |size: PromptSize| {
        button(handle, "chip", size.label(), Msg::Lab(LabMsg::PromptChosen(size)))
            .data_prompt(size.name())
            .aria_pressed(form.choice.prompt == size)
    };
    let pacing = |(paced, name, label): (bool, &'static str, &'static str)| {
        button(handle, "chip", label, Msg::Lab(LabMsg::PacedChosen(paced)))
            .data_pacing(name)
            .aria_pressed(form.choice.paced == paced)
    };
    let group = |label: &'static str, chips: Vec<El>| {
        div()
            .class("chips choose")
            .role("group")
            .aria_label(label)
            .child((span().class("note").child(label), chips))
    };
    let custom = form.choice.plan == PlanKind::Custom;
    div().class("lab-workload").child((
        custom.then(|| group("Prompt length", PromptSize::ALL.map(size).into())),
        custom.then(|| {
            let pacings = [(false, "closed", "one after the other"), (true, "paced", "at a fixed pace")];
            group("Calls start", pacings.map(pacing).into())
        }),
    ))
}

/// The button with its price, or Stop.
fn go(handle: Handle, form: &LabForm) -> El {
    if form.running {
        return div()
            .class("panel-go")
            .child(button(handle, "button", "Stop measuring", Msg::Lab(LabMsg::Stopped)).id("stop-lab"));
    }
    let words = if form.again { "Measure again" } else { "Measure" };
    let blocked = form.problem.is_some() || form.waits.is_some();
    let press = button_at(handle, "button button-go", words, &form.price, Msg::Lab(LabMsg::Pressed))
        .id("start-lab")
        .aria_describedby(if form.waits.is_some() { "lab-price lab-waits" } else { "lab-price" })
        .aria_disabled(blocked.then_some(true));
    let price = match &form.problem {
        Some(problem) => p().class("price-tag state-warn").id("lab-price").child(problem.clone()),
        None => p().class("price-tag").id("lab-price").child((
            "At most ",
            b().class("measured").child(form.price.clone()),
            " in all. ",
            form.facts.clone(),
        )),
    };
    let waits = form.waits.map(|waits| p().class("state-warn").id("lab-waits").child(waits));
    let notes = (!form.notes.is_empty()).then(|| {
        details().class("fold").id("lab-notes").child((
            summary().child("What is sent"),
            ul().class("notes").child(form.notes.iter().map(|note| li().child(note.clone()))),
        ))
    });
    div().class("panel-offer").child((div().class("panel-go").child((press, price)), waits, notes))
}
