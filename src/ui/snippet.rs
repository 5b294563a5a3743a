//! A program that uses the key, to copy.

use leptos::ev::{self, Event};
use leptos::prelude::*;

use crate::core::app::{Msg, OfferedModel, SnippetMsg, SnippetView};
use crate::core::snippet::{Language, Task};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{code, div, fieldset, h2, label, legend, p, pre, section, select, span};
use crate::ui::{Handle, button, choice, model_option};

/// Task, language, model and the program.
pub(super) fn view(handle: Handle, snippet: Shown<Option<SnippetView>>) -> AnyView {
    live(move || snippet.with(|snippet| snippet.as_ref().map(|snippet| panel(handle, snippet))))
}

/// The panel: what to choose, then the program or why there is none.
fn panel(handle: Handle, snippet: &SnippetView) -> El {
    let tasks =
        Task::ALL.map(|task| (task.name(), task.label(), task == snippet.task, SnippetMsg::TaskChosen(task)));
    let languages = Language::ALL.map(|language| {
        let chosen = language == snippet.language;
        (language.name(), language.label(), chosen, SnippetMsg::LanguageChosen(language))
    });
    section().class("snippet").id("snippet").aria_labelledby("snippet-heading").child((
        h2().id("snippet-heading").tabindex("-1").child("Use it in your code"),
        choices(handle, "Task", "snippet-task", tasks.into()),
        choices(handle, "Language", "snippet-language", languages.into()),
        snippet.model.as_ref().map(|model| models(handle, &snippet.offered, model)),
        match &snippet.program {
            Ok(program) => to_copy(handle, snippet, program),
            Err(why) => p().class("state-warn").id("snippet-none").child(*why),
        },
    ))
}

/// Value, label, whether it is chosen, and what choosing it says.
type Choice = (&'static str, &'static str, bool, SnippetMsg);

/// A group of radio buttons.
fn choices(handle: Handle, words: &'static str, name: &'static str, options: Vec<Choice>) -> El {
    let choice =
        |(value, words, chosen, msg): Choice| choice(handle, name, (value, words), chosen, Msg::Snippet(msg));
    fieldset().class("choices snippet-choices").child((
        legend().class("choices-legend").child(words),
        div().class("choices-row").child(options.into_iter().map(choice)),
    ))
}

/// The choice of model.
fn models(handle: Handle, offered: &[OfferedModel], chosen: &str) -> El {
    let changed = move |event: Event| {
        handle.send(Msg::Snippet(SnippetMsg::ModelChosen(event_target_value(&event))));
    };
    let option = |model: &OfferedModel| model_option(model, model.name == chosen);
    let field = select().class("field").id("snippet-model").on(ev::change, changed);
    label().class("number").child((span().child("Model"), field.child(offered.iter().map(option))))
}

/// The program, the button that copies it, and what must be run before.
fn to_copy(handle: Handle, snippet: &SnippetView, program: &str) -> El {
    let block = |id: &'static str, label: &'static str, text: String| {
        pre().class("code").id(id).tabindex("0").role("region").aria_label(label).child(code().child(text))
    };
    let copied = match snippet.copied {
        None => ("note", ""),
        Some(true) => ("state-good", "Copied"),
        Some(false) => ("state-warn", "The browser did not allow it. Select the code and copy it by hand."),
    };
    let copy = button(handle, "button", "Copy the code", Msg::CopyPressed(snippet.kind, program.to_owned()));
    div().class("snippet-code").child((
        block("snippet-text", "The code", program.to_owned()),
        div()
            .class("panel-go")
            .child((copy.id("copy-snippet"), span().class(copied.0).id("snippet-copied").child(copied.1))),
        p().class("note").child(
            "Before it runs, once in the terminal. Its last line waits for the key: paste it, press Enter.",
        ),
        block("snippet-setup", "Commands to run before", snippet.language.setup()),
        p().class("note").id("snippet-note").child(snippet.note()),
    ))
}
