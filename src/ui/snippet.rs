//! A program that uses the key, to copy.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::core::app::{Msg, SnippetMsg, SnippetView};
use crate::core::snippet::{Language, Task};
use crate::shell::runtime::Slice;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, button};

/// Task, language, model and the program, as long as there are models.
pub(super) fn view(handle: Handle, snippet: Slice<Option<SnippetView>>) -> AnyView {
    live(move || snippet.with(|snippet| snippet.as_ref().map(|it| section(handle, it).draw()).into_any()))
}

fn section(handle: Handle, snippet: &SnippetView) -> El {
    let tasks =
        Task::ALL.map(|task| (task.name(), task.label(), task == snippet.task, SnippetMsg::TaskChosen(task)));
    let languages = Language::ALL.map(|language| {
        let chosen = language == snippet.language;
        (language.name(), language.label(), chosen, SnippetMsg::LanguageChosen(language))
    });
    el("SECTION")
        .class("snippet")
        .id("snippet")
        .attr("aria-labelledby", "snippet-heading")
        .el(el("H2").id("snippet-heading").text("Use it in your code"))
        .el(choices(handle, "Task", "snippet-task", tasks.into()))
        .el(choices(handle, "Language", "snippet-language", languages.into()))
        .maybe(snippet.model.as_ref().map(|model| models(handle, &snippet.offered, model)))
        .el(match &snippet.program {
            Ok(program) => code(handle, snippet, program),
            Err(why) => el("P").class("state-warn").id("snippet-none").text(*why),
        })
}

/// Value, label, whether it is chosen, and what choosing it says.
type Choice = (&'static str, &'static str, bool, SnippetMsg);

fn choices(handle: Handle, legend: &'static str, name: &'static str, options: Vec<Choice>) -> El {
    let choice = |(value, label, chosen, msg): Choice| {
        let radio = el("INPUT")
            .class("choice-input")
            .attr("type", "radio")
            .attr("name", name)
            .attr("value", value)
            .checked(chosen)
            .on("change", move |_| handle.send(Msg::Snippet(msg.clone())));
        el("LABEL").class("choice").el(radio).el(el("SPAN").class("choice-word").text(label))
    };
    el("FIELDSET")
        .class("choices snippet-choices")
        .el(el("LEGEND").class("choices-legend").text(legend))
        .el(el("DIV").class("choices-row").els(options.into_iter().map(choice)))
}

fn models(handle: Handle, offered: &[String], chosen: &str) -> El {
    let changed = move |event: Event| {
        handle.send(Msg::Snippet(SnippetMsg::ModelChosen(event_target_value(&event))));
    };
    let option =
        |name: &String| el("OPTION").attr("value", name.clone()).selected(name == chosen).text(name.clone());
    let field = el("SELECT").class("field").id("snippet-model").on("change", changed);
    el("LABEL").class("number").el(el("SPAN").text("Model")).el(field.els(offered.iter().map(option)))
}

fn code(handle: Handle, snippet: &SnippetView, program: &str) -> El {
    let block = |id: &'static str, label: &'static str, text: String| {
        el("PRE")
            .class("code")
            .id(id)
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", label)
            .el(el("CODE").text(text))
    };
    let copied = match snippet.copied {
        None => ("note", ""),
        Some(true) => ("state-good", "Copied"),
        Some(false) => ("state-warn", "The browser did not allow it. Select the code and copy it by hand."),
    };
    let copy = button(handle, "button", "Copy the code", Msg::CopyPressed(program.to_owned()));
    el("DIV")
        .class("snippet-code")
        .el(block("snippet-text", "The code", program.to_owned()))
        .el(el("DIV")
            .class("panel-go")
            .el(copy.id("copy-snippet"))
            .el(el("SPAN").class(copied.0).id("snippet-copied").text(copied.1)))
        .el(el("P").class("note").text(
            "Before it runs, once in the terminal. Its last line waits for the key: paste it, press Enter.",
        ))
        .el(block("snippet-setup", "Commands to run before", snippet.language.setup()))
        .el(el("P").class("note").id("snippet-note").text(snippet.note()))
}
