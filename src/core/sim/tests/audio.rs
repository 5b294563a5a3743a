//! Transcription and speech.

use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{KEY, SPEECH, TRANSCRIPTIONS, ask, body, get, parsed, post, sent};
use crate::core::http::Method;
use crate::core::sim::{Answer, Call, Scenario, base64};

/// A WAV file with a chunk of odd length before its sound.
fn wav(per_second: u32, sound: usize) -> Vec<u8> {
    let length = u32::try_from(sound).expect("a short recording");
    let mut wav = b"RIFF\0\0\0\0WAVEjunk\x01\0\0\0xxfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0".to_vec();
    wav.extend(per_second.to_le_bytes());
    wav.extend(b"\x02\0\x10\0data");
    wav.extend(length.to_le_bytes());
    wav.extend(vec![0; sound]);
    wav
}

fn form(parts: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, content) in parts {
        let file = if *name == "file" { "; filename=\"a.wav\"\r\nContent-Type: audio/wav" } else { "" };
        body.extend(
            format!("------Border7\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes(),
        );
        body.extend([content, &b"\r\n"[..]].concat());
    }
    body.extend(b"------Border7--\r\n");
    let call = Call { method: Method::Post, path: TRANSCRIPTIONS, authorization: KEY, body: &body };
    ask(Scenario::Works, &call)
}

#[test]
fn a_recording_is_written_down_and_its_seconds_are_counted() {
    for (sound, seconds) in [(16_000, 1), (16_001, 2), (8_000, 1), (0, 0)] {
        let answer = form(&[("model", b"voxtral-mini-latest"), ("file", &wav(16_000, sound))]);
        let said = parsed(&answer);
        assert_eq!(answer.status, 200, "{said}");
        let fields: Vec<_> = said.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(fields, ["language", "model", "segments", "text", "usage"]);
        assert_eq!((&said["model"], &said["language"]), (&json!("voxtral-mini-latest"), &Value::Null));
        let usage = &said["usage"];
        assert_eq!(usage["prompt_audio_seconds"], seconds);
        let count = |name: &str| usage[name].as_u64().expect("a count");
        assert_eq!(count("total_tokens"), count("prompt_tokens") + count("completion_tokens"));
    }
    let file = wav(16_000, 99);
    let english = form(&[("file", &file), ("language", b"en"), ("model", b"voxtral-mini-2602")]);
    assert_eq!(parsed(&english)["language"], "en");
}

#[test]
fn what_is_no_recording_is_refused() {
    let model = ("model", &b"voxtral-mini-latest"[..]);
    let file = wav(16_000, 9);
    for (parts, status, pointer, expected) in [
        (vec![model], 422, "/detail/0/loc", json!(["body", "file"])),
        (vec![("file", &file[..])], 422, "/detail/0/loc", json!(["body", "model"])),
        (vec![("model", b"voxtral-small-latest"), ("file", &file)], 400, "/code", json!("1500")),
        (vec![model, ("file", b"ID3")], 400, "/code", json!("3310")),
        (vec![model, ("file", &wav(0, 9))], 400, "/code", json!("3310")),
        (vec![model, ("file", &file[..40])], 400, "/code", json!("3310")),
        (vec![], 422, "/detail/0/type", json!("missing")),
    ] {
        let answer = form(&parts);
        assert_eq!((answer.status, parsed(&answer).pointer(pointer)), (status, Some(&expected)));
    }
    let (status, said) = sent(TRANSCRIPTIONS, &json!({"model": "voxtral-mini-latest"}));
    assert_eq!((status, &said["detail"][0]["loc"]), (422, &json!(["body", "model"])));
}

#[test]
fn text_becomes_a_file_of_the_format_that_was_asked_for() {
    let voices = parsed(&ask(Scenario::Works, &get("/v1/audio/voices?limit=1")));
    let voice = &voices["items"][0]["id"];
    let ask_for = |format: &Value| json!({"model": "voxtral-mini-tts-latest", "input": "Hello.", "voice_id": voice, "response_format": format});
    for (format, start) in [
        (json!("wav"), &b"RIFF"[..]),
        (json!("mp3"), b"ID3"),
        (json!(null), b"ID3"),
        (json!("flac"), b"fLaC"),
        (json!("opus"), b"OggS"),
        (json!("pcm"), &[128, 128]),
    ] {
        let (status, answer) = sent(SPEECH, &ask_for(&format));
        assert_eq!((status, answer.as_object().map(serde_json::Map::len)), (200, Some(1)), "{format}");
        let audio = STANDARD.decode(answer["audio_data"].as_str().expect("text")).expect("base64");
        assert!(audio.starts_with(start), "{format}");
        if format == "wav" {
            let size = u32::from_le_bytes([audio[4], audio[5], audio[6], audio[7]]);
            assert_eq!(usize::try_from(size), Ok(audio.len() - 8));
            let heard = form(&[("model", b"voxtral-mini-latest"), ("file", &audio)]);
            assert_eq!(parsed(&heard)["usage"]["prompt_audio_seconds"], 1);
        }
    }
    let mut streamed = ask_for(&json!("wav"));
    streamed["stream"] = json!(true);
    let stream = body(&ask(Scenario::Works, &post(SPEECH, &streamed.to_string())));
    let events: Vec<_> = stream.lines().filter_map(|line| line.strip_prefix("event: ")).collect();
    assert_eq!(events, ["speech.audio.delta", "speech.audio.done"]);
    let data: Vec<Value> = stream
        .lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert!(data[0]["audio_data"].is_string() && data[1]["usage"]["total_tokens"].is_u64());
}

#[test]
fn speech_needs_a_voice_a_format_and_a_model_that_speaks() {
    let voice = "0199d1f0-5b1e-7a30-9c41-2f6d8e0a1b01";
    let model = "voxtral-mini-tts-2603";
    for (request, status, pointer, expected) in [
        (json!({"model": model, "input": "x"}), 422, "/detail/0/loc/1", "voice_id"),
        (json!({"model": model, "input": "x", "voice_id": "nobody"}), 422, "/detail/0/type", "value_error"),
        (json!({"model": model, "voice_id": voice}), 422, "/detail/0/loc/1", "input"),
        (
            json!({"model": model, "input": "x", "voice_id": voice, "response_format": "ogg"}),
            422,
            "/detail/0/type",
            "enum",
        ),
        (json!({"model": "mistral-small-latest", "input": "x", "voice_id": voice}), 400, "/code", "1500"),
    ] {
        let (got, answer) = sent(SPEECH, &request);
        let said = answer.pointer(pointer).and_then(Value::as_str);
        assert_eq!((got, said), (status, Some(expected)), "{request}");
    }
    let own = json!({"model": model, "input": "x", "ref_audio": "UklGRg=="});
    assert_eq!(sent(SPEECH, &own).0, 200);
}

proptest! {
    #[test]
    fn base64_is_the_one_that_everyone_uses(bytes in proptest::collection::vec(any::<u8>(), 0..40), text in ".{0,9}") {
        let encoded = base64::encode(&bytes);
        prop_assert_eq!(&encoded, &STANDARD.encode(&bytes));
        prop_assert_eq!(base64::decode(encoded.trim_end_matches('=')), Some(bytes.clone()));
        prop_assert_eq!(base64::decode(&encoded), Some(bytes));
        if let Ok(bytes) = STANDARD.decode(&text) {
            prop_assert_eq!(base64::decode(&text), Some(bytes));
        }
    }

    #[test]
    fn a_form_may_hold_anything(
        content in proptest::collection::vec(any::<u8>(), 0..80),
        cut in 0_usize..60,
    ) {
        let file = [wav(16_000, 4), content.clone()].concat();
        let file = file.get(..cut).unwrap_or(&file);
        for file in [&content[..], file] {
            let answer = form(&[("model", b"voxtral-mini-latest"), ("file", file)]);
            prop_assert!(matches!(answer.status, 200 | 400));
        }
    }
}
