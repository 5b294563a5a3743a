//! A completion as a stream of events: `chat.completion.chunk`, one per frame.

use super::completion::Completion;
use crate::core::json;
use crate::core::sim::random::Random;
use crate::core::sim::{Answer, Frame, answers};
use crate::core::time::Span;

/// Where padding is cut from.
const PADDING: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// The completion as server-sent events: the role alone, the text in pieces of a token or two, the reason and the
/// usage together with the last piece, `[DONE]`. A call of a tool is always one piece.
pub(super) fn stream(completion: &Completion<'_>, work: Span, random: &mut Random) -> Answer {
    let mut frames =
        vec![Frame { gap: Span::from_micros(random.between(200, 900)), bytes: opening(completion) }];
    let pieces = match completion.tool {
        Some(_) => vec![String::new()],
        None => pieces(&completion.tokens, random),
    };
    let last = pieces.len().saturating_sub(1);
    for (position, piece) in pieces.iter().enumerate() {
        let bytes = event(completion, piece, position == last, random);
        frames.push(Frame { gap: Span::from_micros(random.between(14_000, 26_000)), bytes });
    }
    frames.push(Frame {
        gap: Span::from_micros(random.between(100, 500)),
        bytes: b"data: [DONE]\n\n".to_vec(),
    });
    answers::stream(frames, work)
}

/// The texts of the chunks: mostly one token each, now and then two, because counting chunks must not pass for
/// counting tokens. Never empty, so that there is a last one to carry the reason.
fn pieces(tokens: &[String], random: &mut Random) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for token in tokens {
        match pieces.last_mut() {
            Some(piece) if random.between(1, 8) == 1 => piece.push_str(token),
            _ => pieces.push(token.clone()),
        }
    }
    if pieces.is_empty() {
        pieces.push(String::new());
    }
    pieces
}

/// The first event, which says who speaks and nothing else.
fn opening(completion: &Completion<'_>) -> Vec<u8> {
    let mut out = String::from("data: ");
    completion.write_head(&mut out, "chat.completion.chunk");
    out.push_str(
        "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n",
    );
    out.into_bytes()
}

/// An event with a piece of the answer.
fn event(completion: &Completion<'_>, piece: &str, last: bool, random: &mut Random) -> Vec<u8> {
    let mut out = String::from("data: ");
    completion.write_head(&mut out, "chat.completion.chunk");
    out.push_str("{\"index\":0,\"delta\":{");
    if let Some(tool) = completion.tool {
        out.push_str("\"tool_calls\":");
        completion.write_call(&mut out, tool);
    } else {
        out.push_str("\"content\":");
        json::text(&mut out, piece);
    }
    out.push_str("},\"finish_reason\":");
    json::text_or_null(&mut out, last.then_some(completion.finish_reason));
    out.push_str("}]");
    if last {
        completion.write_usage(&mut out);
    }
    out.push_str(",\"p\":");
    let width = usize::try_from(random.between(1, 36)).unwrap_or(1);
    json::text(&mut out, PADDING.get(..width).unwrap_or(PADDING));
    out.push_str("}\n\n");
    out.into_bytes()
}
