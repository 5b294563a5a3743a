//! The smallest requests that can prove a feature, and the most that each can use.
//!
//! Nothing of the user's is in them, nothing is stored by them, and each field is one that the endpoint's closed schema has.

use crate::core::features::Feature;
use crate::core::http::Body;
use crate::core::json;
use crate::core::mistral::chat::{Ask, Content};
use crate::core::mistral::usage::Usage;
use crate::core::mistral::{CHAT, EMBEDDINGS, FIM, MODERATIONS, OCR, SPEECH, TRANSCRIPTIONS};
use crate::core::samples;

/// The function that the model has to call.
pub(super) const TOOL: &str = "get_weather";

/// The colours that the answer by schema may name.
pub(super) const COLOURS: [&str; 3] = ["red", "green", "blue"];

/// The text that is spoken.
const SPOKEN: &str = "Hi";

/// Most tokens that the template around a text adds. Those on record add under 20; a model that is served with instructions of
/// its own adds a few hundred.
const TEMPLATE: u64 = 512;

/// Most tokens that a small image counts.
const IMAGE: u64 = 2_000;

/// Seconds of audio that a second may count. Whether there is a minimum is not on record; if there is, a minute is the
/// unit of the price.
const AUDIO_SECONDS: u64 = 60;

/// Most tokens that a second of audio, or a transcript of it, counts.
const AUDIO_TOKENS: u64 = 1_000;

/// Returns the path of a feature's request; `None` for what reads a list.
pub(super) const fn path(feature: Feature) -> Option<&'static str> {
    Some(match feature {
        Feature::Chat | Feature::Streaming | Feature::Tools | Feature::JsonSchema | Feature::Vision => CHAT,
        Feature::Fim => FIM,
        Feature::Embeddings => EMBEDDINGS,
        Feature::Moderation => MODERATIONS,
        Feature::Ocr => OCR,
        Feature::Transcription => TRANSCRIPTIONS,
        Feature::Speech => SPEECH,
        Feature::Files
        | Feature::Batch
        | Feature::Agents
        | Feature::Conversations
        | Feature::Libraries
        | Feature::Voices => return None,
    })
}

/// Builds the body of the request to `model`; for speech, with a voice.
pub(super) fn body(feature: Feature, model: &str, voice: &str) -> Body {
    if feature == Feature::Transcription {
        return samples::recording(model, &samples::tone());
    }
    if let Some((most, content, more)) = asked(feature) {
        let stream = feature == Feature::Streaming;
        return Ask { stream, more, ..Ask::of(model, content, most) }.body();
    }
    let [before, quoted, after] = rest(feature, voice);
    let (model, quoted) = (json::quoted(model), json::quoted(quoted));
    Body::Json(format!("{{\"model\":{model},{before}{quoted}{after}}}"))
}

/// Returns the most that the request can use. No text has more tokens than bytes.
pub(super) fn bound(feature: Feature, model: &str) -> Usage {
    let none = Usage::default();
    match feature {
        Feature::Ocr => Usage { pages: 1, ..none },
        Feature::Transcription => Usage {
            audio_seconds: AUDIO_SECONDS,
            input: AUDIO_TOKENS + TEMPLATE,
            output: AUDIO_TOKENS,
            ..none
        },
        Feature::Speech => {
            Usage { characters: u64::try_from(SPOKEN.chars().count()).unwrap_or(u64::MAX), ..none }
        }
        _ => {
            let bytes = u64::try_from(body(feature, model, "").bytes().len()).unwrap_or(u64::MAX);
            let image = if feature == Feature::Vision { IMAGE } else { 0 };
            let output = asked(feature).map_or(0, |(most, ..)| most.unsigned_abs() + 1);
            Usage { input: bytes.saturating_add(TEMPLATE + image), output, ..none }
        }
    }
}

/// Of what is answered with text: the limit of the answer in tokens, what the model is given, and further fields.
fn asked(feature: Feature) -> Option<(i64, Content<'static>, &'static str)> {
    // A call took 18 tokens, an object 29; some models write blanks in between.
    Some(match feature {
        Feature::Chat => (4, Content::Message("Answer with the word OK."), ""),
        Feature::Streaming => (16, Content::Message("Count from one to five, in words."), ""),
        Feature::Tools => (
            64,
            Content::Message("What is the weather in Paris?"),
            r#","tool_choice":"any","tools":[{"type":"function","function":{"name":"get_weather",
"description":"Tells the weather in a city.","parameters":{"type":"object",
"properties":{"city":{"type":"string"}},"required":["city"]}}}]"#,
        ),
        Feature::JsonSchema => (
            64,
            Content::Message("Which colour is a ladybird, and how many legs has it?"),
            r#","response_format":{"type":"json_schema","json_schema":{"name":"insect","strict":true,
"schema":{"type":"object","properties":{"colour":{"type":"string","enum":["red","green","blue"]},
"legs":{"type":"integer"}},"required":["colour","legs"],"additionalProperties":false}}}"#,
        ),
        Feature::Vision => {
            (8, Content::Picture("What basic colour is this square? One word.", samples::SQUARE), "")
        }
        Feature::Fim => (4, Content::Code("def add(a, b):\n    return a +"), ""),
        _ => return None,
    })
}

/// The fields after the model of everything else, with one text in the middle that is yet to be quoted.
fn rest(feature: Feature, voice: &str) -> [&str; 3] {
    match feature {
        Feature::Embeddings => [r#""input":["Bonjour","#, "Bonjour", "]"],
        Feature::Ocr => [r#""document":{"type":"image_url","image_url":"#, samples::PAGE, "}"],
        Feature::Speech => [r#""input":"Hi","response_format":"wav","voice_id":"#, voice, ""],
        // What reads a list sends nothing, and a recording is no JSON.
        _ => [r#""input":"#, "The weather is fine today.", ""],
    }
}
