//! What the key is good for in one's own code: which program is shown, and for which model.

use crate::core::app::copied::{self, Copied, Copyable};
use crate::core::app::facts::Facts;
use crate::core::app::offered::{OfferedModel, offered, refusal};
use crate::core::app::sections::Section;
use crate::core::app::step::Step;
use crate::core::app::summary::{Act, Press, Row};
use crate::core::mistral::Endpoint;
use crate::core::models::{Capability, ModelRow};
use crate::core::snippet::{Language, Task, snippet};

/// What the user chose.
#[derive(Clone, Debug, Default)]
pub struct Snippet {
    language: Language,
    task: Task,
    /// Names of rows, the latest first: those that were chosen here, and those whose id was copied in the table.
    models: Vec<String>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
#[allow(
    clippy::enum_variant_names,
    reason = "a message says what happened, and each time something was chosen"
)]
pub enum Msg {
    /// Another language was chosen.
    LanguageChosen(Language),
    /// Another task was chosen.
    TaskChosen(Task),
    /// Another model was chosen, by the name of its row.
    ModelChosen(String),
}

/// What its parent has to know: nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {}

/// Whose models are on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of the key that was tested.
    Key,
    /// Those of the demo.
    Demo,
    /// Those that the page itself knows: no key has listed any.
    Catalogue,
}

/// The panel as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetView {
    /// The language.
    pub language: Language,
    /// The task.
    pub task: Task,
    /// The models to choose from.
    pub offered: Vec<OfferedModel>,
    /// The one that the program names.
    pub model: Option<String>,
    /// The program, or why there is none.
    pub program: Result<String, &'static str>,
    /// What kind of text the program is.
    pub kind: Copyable,
    /// Whether it was copied; `None` before the browser has answered.
    pub copied: Option<bool>,
    /// Where it sends the key.
    pub endpoint: Endpoint,
    /// Whose models these are.
    pub whose: Whose,
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
        Task::Chat | Task::Stream => &["ministral-3b-latest", "ministral-3b-2512", "mistral-small-latest"],
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

impl Snippet {
    /// Handles a message.
    pub fn update(&mut self, msg: Msg, facts: &Facts) -> Step<Event> {
        match msg {
            Msg::LanguageChosen(language) => self.language = language,
            Msg::TaskChosen(task) => self.task = task,
            Msg::ModelChosen(name) => {
                self.take_a_task_for(&name, facts);
                self.choose(name);
            }
        }
        Step::default()
    }

    /// A text was copied. The id of a model in the table is a choice of this model.
    pub fn copied(&mut self, text: &str, facts: &Facts) {
        if facts.known().any(|row| row.name == text) {
            self.choose(text.to_owned());
        }
    }

    /// What was chosen goes.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Where the model is made for another task than the one that is shown, shows that one.
    fn take_a_task_for(&mut self, name: &str, facts: &Facts) {
        let Some(row) = facts.shown().find(|row| row.name == name) else { return };
        let able = |task: &Task| row.capabilities.has(needs(*task));
        if !able(&self.task) {
            self.task = Task::ALL.into_iter().find(able).unwrap_or(self.task);
        }
    }

    fn choose(&mut self, name: String) {
        self.models.retain(|other| *other != name);
        self.models.insert(0, name);
        self.models.truncate(REMEMBERED);
    }

    /// Whether a program for the task can name a model, as far as what it is made for goes.
    fn fits(&self, row: &ModelRow) -> bool {
        row.capabilities.has(needs(self.task)) && !row.is_archived()
    }

    /// The model that the program names: what was chosen, else a usual one that answered, else a usual one that may answer, else
    /// the first that is offered. Never one that is known not to answer.
    fn model(&self, facts: &Facts, offered: &[OfferedModel]) -> Option<String> {
        let usable = |row: &&ModelRow| self.fits(row) && facts.access(row).may_answer();
        let rows: Vec<&ModelRow> = facts.shown().filter(usable).collect();
        // Whoever chooses one that only may not answer has it.
        let choosable = |row: &&ModelRow| self.fits(row) && refusal(facts.access(row)).is_none();
        let known: Vec<&ModelRow> = facts.shown().filter(choosable).collect();
        let chosen = self.models.iter().find_map(|name| known.iter().find(|row| row.name == *name));
        let usual = |answered: bool| {
            let fits = |row: &&&ModelRow| !answered || facts.is_callable(row) == Some(true);
            preferred(self.task).iter().find_map(|id| rows.iter().filter(fits).find(|row| row.answers_to(id)))
        };
        let row = chosen.or_else(|| usual(true)).or_else(|| usual(false));
        let first = || offered.iter().find(|model| model.refused.is_none()).map(|model| &model.name);
        row.map(|row| &row.name).or_else(first).cloned()
    }

    /// The row of the summary: the program that is shown, to be copied.
    pub fn row(&self, facts: &Facts, copied: Option<&Copied>) -> Row {
        let view = self.view(facts, copied);
        let model = view.model.as_deref().unwrap_or("no model for it");
        let row = Row::of(Section::Code, format!("{}, {model}", view.language.label()));
        let Ok(program) = view.program else { return row };
        let words = match view.copied {
            None => "Copy",
            Some(true) => "Copied",
            Some(false) => "Copying failed",
        };
        let act = Act::Copy(view.kind, program);
        row.pressing(Press { act, words: words.to_owned(), price: String::new(), pending: false })
    }

    /// The panel, as long as there are models.
    pub fn view(&self, facts: &Facts, copied: Option<&Copied>) -> SnippetView {
        let (language, task, endpoint) = (self.language, self.task, facts.tested_at);
        let mut offered = offered(facts, |row| self.fits(row), LISTED + 1);
        let more = offered.len() > LISTED;
        offered.truncate(LISTED);
        let model = self.model(facts, &offered);
        let beyond = model.iter().find(|name| !offered.iter().any(|model| model.name == **name)).cloned();
        offered.extend(beyond.map(|name| OfferedModel { name, refused: None }));
        let program = snippet(language, task, model.as_deref().unwrap_or_default(), endpoint);
        let program = if model.is_some() { program } else { program.and(Err(LACKING)) };
        let copied = program.as_ref().ok().and_then(|program| copied::outcome(copied, program));
        let kind = if language == Language::Curl { Copyable::Command } else { Copyable::Code };
        let whose = match (facts.has_models(), facts.simulated) {
            (false, _) => Whose::Catalogue,
            (true, true) => Whose::Demo,
            (true, false) => Whose::Key,
        };
        SnippetView { language, task, offered, model, program, kind, copied, endpoint, whose, more }
    }
}

impl SnippetView {
    /// What is to be known of the program, in a few sentences.
    pub fn note(&self) -> String {
        let mut note = [
            self.language.note(),
            " The key is read from the environment and stands nowhere in the code. It goes to ",
            self.endpoint.host(),
            if self.whose == Whose::Key { ", where it was tested." } else { "." },
        ]
        .concat();
        match self.whose {
            Whose::Key => {}
            Whose::Demo => {
                note.push_str(" The models are those of the demo: a key of your own may have others.");
            }
            Whose::Catalogue => {
                note.push_str(" The models are those that this page knows: test a key for its own.");
            }
        }
        if self.more {
            note.push_str(
                " There are more models than the list holds: copy an id in the table, and it is chosen here.",
            );
        }
        note
    }
}

#[cfg(test)]
mod tests {
    use super::{Msg, Snippet, SnippetView, Whose};
    use crate::core::app::copied::{Copied, Copyable};
    use crate::core::app::facts::Facts;
    use crate::core::app::parts::test_facts::{found, listing, nothing};
    use crate::core::models::Access;
    use crate::core::snippet::Task;

    fn view(snippet: &Snippet, facts: &Facts) -> SnippetView {
        snippet.view(facts, None)
    }

    fn named(snippet: &Snippet, facts: &Facts) -> String {
        view(snippet, facts).model.unwrap_or_default()
    }

    #[test]
    fn a_refused_model_is_offered_with_the_reason_and_never_named() {
        let mut facts = listing(&["mistral-small-latest", "ministral-3b-latest", "codestral-2508"]);
        let mut snippet = Snippet::default();
        let without_key = snippet.view(&nothing(), None);
        assert_eq!(
            (without_key.whose, without_key.model.as_deref()),
            (Whose::Catalogue, Some("ministral-3b-2512"))
        );
        assert_eq!(named(&snippet, &facts), "ministral-3b-latest");
        let _ = snippet.update(Msg::ModelChosen("codestral-2508".to_owned()), &facts);
        assert_eq!(named(&snippet, &facts), "codestral-2508");
        found(&mut facts, "codestral-2508", Access::TierNotAllowed);
        found(&mut facts, "ministral-3b-latest", Access::ZeroQuota);
        assert_eq!(named(&snippet, &facts), "mistral-small-latest");
        let offered = view(&snippet, &facts).offered;
        let refused: Vec<_> = offered.iter().filter_map(|model| model.refused).collect();
        assert_eq!((offered[0].name.as_str(), refused.len()), ("mistral-small-latest", 2));
        assert!(refused.contains(&Access::ZeroQuota.label()));
        found(&mut facts, "mistral-small-latest", Access::Forbidden);
        let none = view(&snippet, &facts);
        assert!(none.model.is_none() && none.program.is_err() && none.offered.len() == 3);
    }

    #[test]
    fn a_model_that_answers_without_being_listed_is_offered_and_can_be_chosen() {
        let mut facts = listing(&["mistral-small-latest"]);
        let mut snippet = Snippet::default();
        snippet.copied("mistral-large-4", &facts);
        found(&mut facts, "mistral-large-4", Access::Callable);
        assert_eq!(view(&snippet, &facts).offered[0].name, "mistral-large-4");
        assert_eq!(named(&snippet, &facts), "mistral-small-latest", "it was no model when it was copied");
        snippet.copied("mistral-large-4", &facts);
        assert_eq!(named(&snippet, &facts), "mistral-large-4");
        snippet.clear();
        assert_eq!(named(&snippet, &facts), "mistral-small-latest");
    }

    #[test]
    fn a_copy_is_reported_beside_the_program_that_was_copied() {
        let facts = listing(&["mistral-small-latest"]);
        let mut snippet = Snippet::default();
        let text = view(&snippet, &facts).program.expect("a program");
        let copied = Copied { text, kind: Copyable::Code, succeeded: Some(true) };
        assert_eq!(snippet.view(&facts, Some(&copied)).copied, Some(true));
        let _ = snippet.update(Msg::TaskChosen(Task::Stream), &facts);
        assert_eq!(snippet.view(&facts, Some(&copied)).copied, None);
    }
}
