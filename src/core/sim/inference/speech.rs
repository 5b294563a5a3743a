//! `POST /v1/audio/speech`.

use serde_json::Value;

use super::request::{self, Fields};
use super::{admit, prose, recording};
use crate::core::json;
use crate::core::sim::{Answer, Exchange, Frame, account, answers, base64, catalogue};
use crate::core::time::Span;

struct Asked {
    prompt_tokens: usize,
    audio: Vec<u8>,
    stream: bool,
}

/// Answers a request to read text aloud. What is heard is silence; of the compressed formats, only the beginning of a
/// file comes.
pub(super) fn speak(exchange: &mut Exchange<'_>) -> Result<Answer, Answer> {
    let fields = request::object(exchange.body)?;
    let model = request::string(&fields, "model")?;
    let (admission, asked) = admit(exchange, model, |entry| entry.can(catalogue::SPEECH), read(&fields))?;
    let work = Span::from_micros(exchange.random.between(150_000, 300_000));
    let mut audio = String::from("\"audio_data\":");
    json::text(&mut audio, &base64::encode(&asked.audio));
    if !asked.stream {
        return Ok(admission.mark(answers::reply(200, format!("{{{audio}}}"), work)));
    }
    let tokens = asked.prompt_tokens;
    let usage =
        format!("\"usage\":{{\"prompt_tokens\":{tokens},\"completion_tokens\":0,\"total_tokens\":{tokens}}}");
    let frames = [("speech.audio.delta", audio), ("speech.audio.done", usage)].map(|(name, member)| Frame {
        gap: Span::from_millis(40),
        bytes: format!("event: {name}\ndata: {{\"type\":\"{name}\",{member}}}\n\n").into_bytes(),
    });
    Ok(admission.mark(answers::stream(frames.into(), work)))
}

fn read(fields: &Fields) -> Result<Asked, Answer> {
    let input = request::string(fields, "input")?;
    let stream = request::flag(fields, "stream")?;
    let audio = match request::optional_string(fields, "response_format")?.unwrap_or("mp3") {
        "wav" => [recording::HEAD.as_slice(), &recording::SAMPLES].concat(),
        "pcm" => recording::SAMPLES.to_vec(),
        "mp3" => b"ID3\x04\0\0\0\0\0\0".to_vec(),
        "flac" => b"fLaC".to_vec(),
        "opus" => b"OggS".to_vec(),
        other => {
            let message = "Input should be 'pcm', 'wav', 'mp3', 'flac' or 'opus'";
            return Err(request::invalid("enum", &["body", "response_format"], message, &Value::from(other)));
        }
    };
    // A recording of somebody will do in place of a voice that is known.
    if request::optional_string(fields, "ref_audio")?.is_none() {
        let voice = request::string(fields, "voice_id")?;
        if !account::has_voice(voice) {
            let message = "Value error, there is no such voice";
            return Err(request::invalid("value_error", &["body", "voice_id"], message, &Value::from(voice)));
        }
    }
    Ok(Asked { prompt_tokens: prose::tokens(input).len(), audio, stream })
}
