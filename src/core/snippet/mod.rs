//! A key that works, put to use: the shortest program for a task, in the language of the user's choice.
//!
//! No function here takes a key. Every program reads it from the environment, names the model and the host that were chosen,
//! and sends no field that Mistral refuses.

mod frame;

use crate::core::fact::Fact;
use crate::core::mistral::{CHAT, EMBEDDINGS, Endpoint, FIM};

/// The day on which the programs were last run with the newest packages, and Mistral's two with older ones: those before npm
/// 2.5.0 and `PyPI` 2.7.0 know one server, name it `eu`, and mean the global host.
pub const READ: Fact = Fact::read("the packages that the snippets need", 2026, 11, 29);

/// What a program is written in, and with which package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// A command for the shell.
    Curl,
    /// Python with Mistral's own package.
    #[default]
    Python,
    /// TypeScript with Mistral's own package.
    TypeScript,
    /// Python with the package of `OpenAI`, sent to Mistral.
    OpenAi,
    /// Rust with plain HTTP: there is no package of Mistral's.
    Rust,
    /// Python with `LangChain`.
    LangChain,
    /// Python with `LiteLLM`.
    LiteLlm,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Curl,
        Self::Python,
        Self::TypeScript,
        Self::OpenAi,
        Self::Rust,
        Self::LangChain,
        Self::LiteLlm,
    ];

    /// The stable name used in the DOM.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Python => "python",
            Self::TypeScript => "typescript",
            Self::OpenAi => "openai",
            Self::Rust => "rust",
            Self::LangChain => "langchain",
            Self::LiteLlm => "litellm",
        }
    }

    /// The word on the button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Python => "Python",
            Self::TypeScript => "TypeScript",
            Self::OpenAi => "OpenAI SDK",
            Self::Rust => "Rust",
            Self::LangChain => "LangChain",
            Self::LiteLlm => "LiteLLM",
        }
    }

    /// The command that installs what the program needs; empty where nothing is to be installed.
    pub const fn install(self) -> &'static str {
        match self {
            Self::Curl => "",
            Self::Python => "pip install \"mistralai>=3\"",
            Self::TypeScript => "npm install \"@mistralai/mistralai@^2.5.0\"",
            Self::OpenAi => "pip install openai",
            Self::Rust => "cargo add serde_json && cargo add reqwest --features blocking,json",
            Self::LangChain => "pip install langchain-mistralai",
            Self::LiteLlm => "pip install litellm",
        }
    }

    /// What a terminal needs once: the package, and the key where the program reads it. Typed unseen, so that it stands in no
    /// history of the shell.
    pub fn setup(self) -> String {
        let key = "read -rs MISTRAL_API_KEY && export MISTRAL_API_KEY";
        match self.install() {
            "" => key.to_owned(),
            install => [install, "\n", key].concat(),
        }
    }

    /// What is to be known before it is run, in a sentence.
    pub const fn note(self) -> &'static str {
        match self {
            Self::Curl => "For bash and zsh.",
            Self::Python => {
                "For version 3 of Mistral’s package, and Python 3.10 or newer. Below 2.7.0, “eu” is the global host and no error says so."
            }
            Self::TypeScript => {
                "For version 2.5.0 of Mistral’s package or newer: below, “eu” is the global host and no error says so. An ES module: a file that ends in .mts, or “type”: “module” in package.json. Type checks need @types/node."
            }
            Self::OpenAi => {
                "The Python package of OpenAI, pointed at Mistral. Fields that only OpenAI knows, such as max_completion_tokens, are refused with 422."
            }
            Self::Rust => "Plain HTTP with reqwest: Mistral has no package for Rust.",
            Self::LangChain => {
                "It reads MISTRAL_API_KEY by itself. For embeddings it also asks Hugging Face for a tokenizer, and warns where it gets none."
            }
            Self::LiteLlm => {
                "It reads MISTRAL_API_KEY by itself, and fetches a list of prices from GitHub when it starts. What is before the slash says whose the model is."
            }
        }
    }
}

/// What a program does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Task {
    /// Asks a question and prints the answer.
    #[default]
    Chat,
    /// The same, printed as it arrives.
    Stream,
    /// Turns a text into numbers.
    Embeddings,
    /// Completes code between a prompt and a suffix.
    Fim,
}

impl Task {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Chat, Self::Stream, Self::Embeddings, Self::Fim];

    /// The stable name used in the DOM.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Stream => "stream",
            Self::Embeddings => "embeddings",
            Self::Fim => "fim",
        }
    }

    /// The word on the button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Chat => "Chat",
            Self::Stream => "Streaming",
            Self::Embeddings => "Embeddings",
            Self::Fim => "Fill-in-the-middle",
        }
    }

    /// Where Mistral does it.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Chat | Self::Stream => CHAT,
            Self::Embeddings => EMBEDDINGS,
            Self::Fim => FIM,
        }
    }
}

/// The program for a task. `model` may be any text a server gives out: it cannot leave its quotes.
///
/// # Errors
///
/// A sentence that says why there is none.
pub fn snippet(
    language: Language,
    task: Task,
    model: &str,
    endpoint: Endpoint,
) -> Result<String, &'static str> {
    match (language, task) {
        (Language::OpenAi, Task::Fim) => Err(
            "OpenAI’s package has no call for fill-in-the-middle. Take curl, or Mistral’s own package for Python or TypeScript.",
        ),
        (Language::LangChain, Task::Fim) => Err(
            "LangChain’s package for Mistral has nothing for fill-in-the-middle. Take curl, or Mistral’s own package for Python or TypeScript.",
        ),
        _ => Ok(frame::program(language, task, model, endpoint)),
    }
}

#[cfg(test)]
mod tests;
