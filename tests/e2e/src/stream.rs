//! A streamed chat answer whose every chunk has its time.

use std::fmt::Write as _;
use std::time::Duration;

use bytes::Bytes;

/// Tokens that the prompt is said to have.
const PROMPT_TOKENS: u32 = 9;

/// What such an answer looks like: a chunk that only names the role, half-way to the first one with text; then chunks with a
/// word each, which is one token each; in the last one the reason to finish and the usage, as Mistral does; a gap later
/// `[DONE]`, which ends it.
///
/// The length is what it says here, whatever the request asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paced {
    /// From the arrival of the request to the first chunk with text.
    pub first: Duration,
    /// From chunk to chunk.
    pub gap: Duration,
    /// Chunks with text.
    pub chunks: u32,
    /// How much later than that each chunk is sent, over and over; empty for an even stream. A clock that ticks as often as
    /// chunks come would otherwise look better than it is.
    pub jitter: Vec<Duration>,
}

/// One event of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// Its bytes, the blank line included.
    pub(crate) bytes: Bytes,
    /// Whether it has text.
    pub(crate) text: bool,
}

impl Paced {
    /// An even stream.
    pub fn new(first: Duration, gap: Duration, chunks: u32) -> Self {
        Self { first, gap, chunks, jitter: Vec::new() }
    }

    /// The same with this [`Paced::jitter`].
    #[must_use]
    pub fn jittered(self, jitter: &[Duration]) -> Self {
        Self { jitter: jitter.to_vec(), ..self }
    }

    /// When a chunk is due, from the arrival of the request; the first one has the number 0.
    fn due(&self, number: u32) -> Duration {
        let place = usize::try_from(number).unwrap_or_default().checked_rem(self.jitter.len());
        let late = place.and_then(|place| self.jitter.get(place)).copied().unwrap_or_default();
        self.first + self.gap * number + late
    }

    /// All events with their times.
    pub(crate) fn events(&self) -> Vec<(Duration, Event)> {
        let event = |text, delta: &str, more: &str| {
            let data = format!(
                "data: {{\"id\":\"e5cc70bb28c444948073e77776eb30ef\",\"object\":\"chat.completion.chunk\",\
                 \"created\":1795420800,\"model\":\"paced\",\"choices\":[{{\"index\":0,\"delta\":{{{delta}}},{more}}}\n\n"
            );
            Event { bytes: data.into(), text }
        };
        let role = event(false, "\"role\":\"assistant\",\"content\":\"\"", "\"finish_reason\":null}]");
        let mut events = vec![(self.first / 2, role)];
        let last = self.chunks.saturating_sub(1);
        for number in 0..self.chunks {
            let mut more = String::from("\"finish_reason\":null}]");
            if number == last {
                let (sent, answered) = (PROMPT_TOKENS, self.chunks);
                more = format!(
                    "\"finish_reason\":\"length\"}}],\"usage\":{{\"prompt_tokens\":{sent},\
                     \"completion_tokens\":{answered},\"total_tokens\":{}}}",
                    sent + answered
                );
            }
            // The padding has any length, so that the number of bytes tells nobody the text.
            let _ = write!(more, ",\"p\":\"{:.*}\"", padding(number), "abcdefghijklmnopqrstuvwxyz");
            events.push((self.due(number), event(true, "\"content\":\" word\"", &more)));
        }
        let done = Event { bytes: Bytes::from_static(b"data: [DONE]\n\n"), text: false };
        events.push((self.due(self.chunks).max(self.due(last)), done));
        events
    }
}

fn padding(number: u32) -> usize {
    usize::try_from(number % 23).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::Paced;

    const MS: Duration = Duration::from_millis(1);

    fn data(bytes: &[u8]) -> Value {
        let text = std::str::from_utf8(bytes).expect("text");
        let data = text.strip_prefix("data: ").and_then(|text| text.strip_suffix("\n\n")).expect("an event");
        serde_json::from_str(data).expect("JSON")
    }

    #[test]
    fn it_is_the_stream_that_mistral_sends() {
        let events = Paced::new(200 * MS, 20 * MS, 3).events();
        let times: Vec<u128> = events.iter().map(|(due, _)| due.as_millis()).collect();
        assert_eq!(times, [100, 200, 220, 240, 260]);
        let [role, first, second, last, done] = &events[..] else { panic!("five events") };
        assert_eq!(data(&role.1.bytes)["choices"][0]["delta"], json!({ "role": "assistant", "content": "" }));
        for (_, event) in [first, second, last] {
            assert!(event.text);
            assert_eq!(data(&event.bytes)["choices"][0]["delta"], json!({ "content": " word" }));
        }
        assert_eq!(data(&second.1.bytes)["choices"][0]["finish_reason"], Value::Null);
        assert_eq!(data(&last.1.bytes)["choices"][0]["finish_reason"], "length");
        let usage = json!({ "prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12 });
        assert_eq!(data(&last.1.bytes)["usage"], usage);
        assert_eq!(&done.1.bytes[..], b"data: [DONE]\n\n");
        assert!(!role.1.text && !done.1.text);
    }

    #[test]
    fn jitter_is_late_by_a_pattern_and_does_not_add_up() {
        let stream = Paced::new(100 * MS, 10 * MS, 5).jittered(&[Duration::ZERO, 3 * MS]);
        let times: Vec<u128> = stream.events()[1..].iter().map(|(due, _)| due.as_millis()).collect();
        assert_eq!(times, [100, 113, 120, 133, 140, 153]);
    }
}
