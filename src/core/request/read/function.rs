//! Functions of Mistral's and `OpenAI`'s packages, and the calls they make.

use crate::core::request::schema::Call;

/// Endings of functions in Mistral's and `OpenAI`'s packages, and the call each makes.
const FUNCTIONS: [(&str, Call); 18] = [
    ("agents.complete", Call::Agents),
    ("agents.stream", Call::Agents),
    ("chat.complete", Call::Chat),
    ("chat.complete_async", Call::Chat),
    ("chat.stream", Call::Chat),
    ("chat.stream_async", Call::Chat),
    ("chat.completions.create", Call::Chat),
    ("chat.completions.parse", Call::Chat),
    ("fim.complete", Call::Fim),
    ("fim.stream", Call::Fim),
    ("embeddings.create", Call::Embeddings),
    ("embeddings.create_async", Call::Embeddings),
    ("classifiers.moderate", Call::Moderations),
    ("classifiers.moderate_chat", Call::ChatModerations),
    ("classifiers.classify", Call::Classifications),
    ("moderations.create", Call::Moderations),
    ("ocr.process", Call::Ocr),
    ("speech.complete", Call::Speech),
];

/// The call that a function makes.
pub fn of_function(name: &str) -> Option<Call> {
    FUNCTIONS.into_iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, call)| call)
}
