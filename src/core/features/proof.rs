//! The proof in an answer: what the feature is for, not the status.

use crate::core::exchange::Exchange;
use crate::core::features::requests::{COLOURS, TOOL};
use crate::core::features::{Feature, lists};
use crate::core::mistral::stream::StreamSummary;
use crate::core::mistral::wire::{printable, read_json};
use crate::core::monthly_cost::grouped;
use crate::core::samples::{PAGE_NUMBER, SQUARE_COLOUR};
use serde_json::Value;

/// Longest part of an answer that is quoted, in characters.
const QUOTED: usize = 60;

/// A sentence about the proof that came, or about what came instead.
type Proof = Result<String, String>;

/// Looks for the proof in a 2xx that is no error.
pub(super) fn of(feature: Feature, exchange: &Exchange) -> Proof {
    if let (Feature::Streaming, Some(stream)) = (feature, exchange.stream()) {
        return streamed(stream);
    }
    let body = exchange.answer().map_or(&[][..], |answer| &answer.body);
    let json = read_json(body).map_err(|_| "The answer is not JSON.")?;
    match feature {
        Feature::Chat => Ok(format!("Answered {}.", quote(&said(&json)?))),
        Feature::Streaming => Err("Answered in one piece, not as a stream.".to_owned()),
        Feature::Tools => called(&json),
        Feature::JsonSchema => fits_schema(&said(&json)?),
        Feature::Vision => seen(&said(&json)?),
        Feature::Fim => Ok(format!("Completed with {}.", quote(&said(&json)?))),
        Feature::Embeddings => embedded(&json),
        Feature::Moderation => moderated(&json),
        Feature::Ocr => page_read(&json),
        Feature::Transcription => transcribed(&json),
        Feature::Speech => spoken(&json),
        Feature::Files
        | Feature::Batch
        | Feature::Agents
        | Feature::Conversations
        | Feature::Libraries
        | Feature::Voices => lists::proof(feature, &json),
    }
}

fn quote(words: &str) -> String {
    format!("“{}”", printable(words, QUOTED).unwrap_or_default())
}

/// The text of a content: a string, or the parts of a list that are no thoughts.
fn text_of(content: Option<&Value>) -> String {
    match content {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            let spoken = parts.iter().filter(|part| part.get("thinking").is_none());
            spoken.filter_map(|part| part.get("text")?.as_str()).collect()
        }
        _ => String::new(),
    }
}

fn message(json: &Value) -> Result<&Value, String> {
    Ok(json.pointer("/choices/0/message").ok_or("Answered without a message.")?)
}

/// Returns the model's words; never blank.
fn said(json: &Value) -> Proof {
    let content = message(json)?.get("content");
    let text = text_of(content);
    if !text.trim().is_empty() {
        return Ok(text);
    }
    let thoughts = content.and_then(Value::as_array).is_some_and(|parts| !parts.is_empty());
    Err(if thoughts { "Thought, but said nothing." } else { "Answered, but with an empty message." }
        .to_owned())
}

fn streamed(stream: &StreamSummary) -> Proof {
    match (stream.chunks, stream.finish) {
        (0, _) => Err("Got a stream without text.".to_owned()),
        (1, _) => Err("The answer came in one piece only.".to_owned()),
        (_, None) => Err("The answer came in pieces, but never said that it was finished.".to_owned()),
        (chunks, Some(_)) => Ok(format!("The answer came in {} pieces.", grouped(chunks))),
    }
}

fn called(json: &Value) -> Proof {
    let calls = message(json)?.get("tool_calls").and_then(Value::as_array);
    let call = calls.and_then(|calls| calls.first()).ok_or("Answered, but called no tool.")?;
    let name = call.pointer("/function/name").and_then(Value::as_str).unwrap_or_default();
    if name != TOOL {
        return Err(format!("Called {}, a tool that it was not offered.", quote(name)));
    }
    // The specification allows an object besides the text that comes.
    let arguments = match call.pointer("/function/arguments") {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
        other => other.cloned().unwrap_or_default(),
    };
    if !arguments.is_object() {
        return Err("Called the tool, but its arguments are not JSON.".to_owned());
    }
    match arguments.get("city").and_then(Value::as_str).filter(|city| !city.trim().is_empty()) {
        Some(city) => Ok(format!("Called {TOOL} with the city {}.", quote(city))),
        None => Err("Called the tool, but named no city.".to_owned()),
    }
}

/// Holds the text against the schema that was sent.
fn fits_schema(text: &str) -> Proof {
    let json: Value = serde_json::from_str(text)
        .map_err(|_| format!("Answered {}, which is not JSON by itself.", quote(text)))?;
    let colour = json.get("colour").and_then(Value::as_str).is_some_and(|colour| COLOURS.contains(&colour));
    // To the schema, 6.0 is an integer.
    let legs = json.get("legs").and_then(Value::as_f64).is_some_and(|legs| legs - legs.trunc() == 0.0);
    let alone = json.as_object().is_some_and(|fields| fields.len() == 2);
    if colour && legs && alone {
        Ok(format!("Answered {}, which fits the schema.", quote(text)))
    } else {
        Err(format!("Answered {}, which does not fit the schema.", quote(text)))
    }
}

fn seen(text: &str) -> Proof {
    let named = text.split(|c: char| !c.is_alphabetic()).any(|word| word.eq_ignore_ascii_case(SQUARE_COLOUR));
    if named {
        Ok(format!("Named the colour: {}.", quote(text)))
    } else {
        Err(format!("Answered {}, but the square is {SQUARE_COLOUR}.", quote(text)))
    }
}

fn embedded(json: &Value) -> Proof {
    let data = json.get("data").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let [one, other] = data else {
        return Err("Answered, but not with two vectors for two texts.".to_owned());
    };
    let numbers = |entry: &Value| -> Option<Vec<f64>> {
        entry.get("embedding")?.as_array()?.iter().map(Value::as_f64).collect()
    };
    let (Some(one), Some(other)) = (numbers(one), numbers(other)) else {
        return Err("Answered, but not with lists of numbers.".to_owned());
    };
    if one.is_empty() || one.len() != other.len() {
        return Err("The two vectors are empty or differ in length.".to_owned());
    }
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let along = product(&one, &other);
    // The square of the cosine: the last digits of a batch may differ, the direction may not.
    if along > 0.0 && along * along >= 0.999 * product(&one, &one) * product(&other, &other) {
        let length = grouped(u64::try_from(one.len()).unwrap_or(u64::MAX));
        Ok(format!("{length} numbers each; the same text gave the same vector."))
    } else {
        Err("The same text gave two different vectors.".to_owned())
    }
}

fn moderated(json: &Value) -> Proof {
    let of_first = |name: &str| json.pointer("/results/0")?.get(name)?.as_object();
    let categories = of_first("categories").or_else(|| of_first("category_scores"));
    match categories.map_or(0, serde_json::Map::len) {
        0 => Err("Answered, but judged no kind of harm.".to_owned()),
        1 => Ok("Judged 1 kind of harm.".to_owned()),
        kinds => Ok(format!("Judged {kinds} kinds of harm.")),
    }
}

fn page_read(json: &Value) -> Proof {
    let pages = json.get("pages").and_then(Value::as_array).ok_or("Answered without pages.")?;
    let mut texts = pages.iter().filter_map(|page| page.get("markdown")?.as_str());
    if texts.any(|text| text.contains(PAGE_NUMBER)) {
        Ok(format!("Read the number {PAGE_NUMBER} on the page."))
    } else {
        Err(format!("The number on the page, {PAGE_NUMBER}, is not in the text that came."))
    }
}

fn transcribed(json: &Value) -> Proof {
    let text = json.get("text").and_then(Value::as_str).ok_or("Answered without a transcript.")?;
    Ok(if text.trim().is_empty() {
        "Got an empty transcript, which is right for a tone.".to_owned()
    } else {
        format!("Got a transcript: {}.", quote(text))
    })
}

fn spoken(json: &Value) -> Proof {
    // The first bytes of a WAV file, RIFF, in base64; other formats are told by length only.
    const RIFF: &str = "UklGR";
    const LEAST: usize = 100;
    let data = json.get("audio_data").and_then(Value::as_str).ok_or("Answered without audio.")?;
    let is_base64 =
        data.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
    if !is_base64 || (!data.starts_with(RIFF) && data.len() < LEAST) {
        return Err("Answered, but not with audio.".to_owned());
    }
    let bytes = grouped(u64::try_from(data.len() / 4 * 3).unwrap_or(u64::MAX));
    Ok(format!("Got {bytes} bytes of audio."))
}
