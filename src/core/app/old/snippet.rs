//! What the key is good for in one's own code: which program is shown, and for which model.

use crate::core::app::{Effect, Model};
use crate::core::mistral::Endpoint;
use crate::core::models::{Capability, ModelRow};
use crate::core::snippet::{Language, Task, snippet};

/// What the user chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SnippetChoice {
    /// The language.
    pub language: Language,
    /// The task.
    pub task: Task,
    /// Names of rows, the latest first: those that were chosen here, and those whose id was copied in the table.
    pub models: Vec<String>,
}

/// Something was chosen.
#[derive(Clone, Debug)]
pub enum SnippetMsg {
    /// Another language.
    LanguageChosen(Language),
    /// Another task.
    TaskChosen(Task),
    /// Another model, by the name of its row.
    ModelChosen(String),
}

/// The panel as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetView {
    /// The language.
    pub language: Language,
    /// The task.
    pub task: Task,
    /// The models to choose from.
    pub offered: Vec<String>,
    /// The one that the program names.
    pub model: Option<String>,
    /// The program, or why there is none.
    pub program: Result<String, &'static str>,
    /// Whether it was copied; `None` before the browser has answered.
    pub copied: Option<bool>,
    /// Where it sends the key.
    pub endpoint: Endpoint,
    /// Whether the models are those of the demo.
    pub simulated: bool,
    /// Whether there are more models than are offered.
    pub more: bool,
}

/// The most models of a list to choose from.
const LISTED: usize = 200;

/// So many choices are remembered: enough for one of each task.
const REMEMBERED: usize = 8;

/// Models that many use and that cost little, for each task: what the program names unless something else is chosen.
const fn preferred(task: Task) -> &'static [&'static str] {
    match task {
        Task::Chat | Task::Stream => &["ministral-3b-latest", "mistral-small-latest"],
        Task::Embeddings => &["mistral-embed"],
        Task::Fim => &["codestral-latest"],
    }
}

const fn needs(task: Task) -> Capability {
    match task {
        Task::Chat | Task::Stream => Capability::Chat,
        Task::Embeddings => Capability::Embeddings,
        Task::Fim => Capability::Fim,
    }
}

/// Why there is no program where no model is left.
const LACKING: &str =
    "This key has no model for it: none is listed, or the scan found that none of them answers.";

pub(super) fn update(model: &mut Model, msg: SnippetMsg) -> Vec<Effect> {
    match msg {
        SnippetMsg::LanguageChosen(language) => model.snippet.language = language,
        SnippetMsg::TaskChosen(task) => model.snippet.task = task,
        SnippetMsg::ModelChosen(name) => chosen(model, name),
    }
    Vec::new()
}

/// A text was copied. The id of a model in the table is a choice of this model.
pub(super) fn copied(model: &mut Model, text: &str) {
    if model.rows.iter().chain(model.access.unlisted.iter()).any(|row| row.name == text) {
        chosen(model, text.to_owned());
    }
}

fn chosen(model: &mut Model, name: String) {
    let models = &mut model.snippet.models;
    models.retain(|other| *other != name);
    models.insert(0, name);
    models.truncate(REMEMBERED);
}

impl Model {
    /// The panel, as long as there are models.
    pub fn snippet_view(&self) -> Option<SnippetView> {
        if self.rows_shown.is_empty() {
            return None;
        }
        let SnippetChoice { language, task, models } = &self.snippet;
        let fits = |row: &&ModelRow| {
            row.capabilities.has(needs(*task)) && self.access.access(row).may_answer() && !row.is_archived()
        };
        let rows: Vec<&ModelRow> =
            self.rows_shown.iter().chain(self.access.unlisted.iter()).filter(fits).collect();
        let chosen = models.iter().find_map(|name| rows.iter().find(|row| row.name == *name));
        let usual = || preferred(*task).iter().find_map(|id| rows.iter().find(|row| row.answers_to(id)));
        let model = chosen.or_else(usual).or(rows.first()).map(|row| row.name.clone());
        let mut offered: Vec<String> = rows.iter().take(LISTED).map(|row| row.name.clone()).collect();
        let beyond = model.iter().find(|name| !offered.contains(name)).cloned();
        offered.extend(beyond);
        let endpoint = self.tested_at();
        let program = snippet(*language, *task, model.as_deref().unwrap_or_default(), endpoint);
        let program = if model.is_some() { program } else { program.and(Err(LACKING)) };
        let copied = self.copied.as_ref().filter(|copied| program.as_ref() == Ok(&copied.text));
        Some(SnippetView {
            language: *language,
            task: *task,
            more: rows.len() > LISTED,
            offered,
            model,
            copied: copied.and_then(|copied| copied.succeeded),
            program,
            endpoint,
            simulated: self.transport.shown().is_some(),
        })
    }
}

impl SnippetView {
    /// What is to be known of the program, in a few sentences.
    pub fn note(&self) -> String {
        let mut note = [
            self.language.note(),
            " The key is read from the environment and stands nowhere in the code. It goes to ",
            self.endpoint.host(),
            if self.simulated { "." } else { ", where it was tested." },
        ]
        .concat();
        if self.simulated {
            note.push_str(" The models are those of the demo: a key of your own may have others.");
        }
        if self.more {
            note.push_str(
                " There are more models than the list holds: copy an id in the table, and it is chosen here.",
            );
        }
        note
    }
}
