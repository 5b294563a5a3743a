//! The latency lab's calls for bigger engines: a browser is one client, these are as many as there are machines.
//!
//! An exported file makes the calls of a [`Schedule`]: the same models, hosts and bodies, and prompts that are the page's own for
//! the same seed and number. The file reads the key from the environment, and is made without one.

mod data;
mod guidellm;
mod k6;
mod locust;
mod template;

#[cfg(test)]
mod tests;

pub use template::{TEMPLATES, telling_lines};

use crate::core::bench::{Call, Schedule};

/// A load engine that carries the calls out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Locust, in Python: a master and workers on any number of machines.
    Locust,
    /// k6, in JavaScript: many calls from one machine.
    K6,
    /// `GuideLLM`, in Python: the statistics of people who serve models.
    GuideLlm,
}

/// Why there is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotExported {
    /// The engine times chats only, and another model is among these: choose chat models or another engine.
    OnlyChat,
}

impl NotExported {
    /// Returns the reason, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::OnlyChat => {
                "GuideLLM times chats: leave out the models that do something else, or take Locust or k6."
            }
        }
    }
}

impl Engine {
    /// Every variant.
    pub const ALL: [Self; 3] = [Self::Locust, Self::K6, Self::GuideLlm];

    /// Returns the stable name, for attributes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Locust => "locust",
            Self::K6 => "k6",
            Self::GuideLlm => "guidellm",
        }
    }

    /// Returns the name that the page shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Locust => "Locust",
            Self::K6 => "k6",
            Self::GuideLlm => "GuideLLM",
        }
    }

    /// The name that the commands of [`how_to_run`] give the file.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Locust => "mistral-locustfile.py",
            Self::K6 => "mistral-k6.js",
            Self::GuideLlm => "mistral-guidellm.sh",
        }
    }
}

/// Why an engine cannot make these calls; nothing where it can.
pub fn refusal(engine: Engine, schedule: &Schedule) -> Option<NotExported> {
    let only_chat = || schedule.series().iter().all(|series| series.subject.call == Call::Chat);
    (engine == Engine::GuideLlm && !only_chat()).then_some(NotExported::OnlyChat)
}

/// The file that makes these calls, out of the texts that are published as [`TEMPLATES`].
///
/// # Errors
/// The engine cannot make them.
pub fn export(engine: Engine, schedule: &Schedule, templates: &str) -> Result<String, NotExported> {
    if let Some(reason) = refusal(engine, schedule) {
        return Err(reason);
    }
    let template = template::of(engine, templates);
    Ok(match engine {
        Engine::Locust => locust::file(template, schedule),
        Engine::K6 => k6::file(template, schedule),
        Engine::GuideLlm => guidellm::file(template, schedule),
    })
}

/// The commands that run the file, for a shell.
pub fn how_to_run(engine: Engine, schedule: &Schedule) -> String {
    match engine {
        Engine::Locust => locust::RUN.to_owned(),
        Engine::K6 => k6::run(schedule),
        Engine::GuideLlm => guidellm::RUN.to_owned(),
    }
}
