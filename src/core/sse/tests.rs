//! The rules of the format, and that the cuts between pieces mean nothing.

use super::{Decoder, Event, MAX_EVENT, MAX_LINE, MAX_NAME, begins, forms, line};
use crate::core::work::{grows_with_size, steps_of};
use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

fn event(name: Option<&str>, data: &str) -> Event {
    Event { name: name.map(str::to_owned), data: data.to_owned(), cut: false }
}

/// All events of a stream that comes in pieces of one length, and whether something is left at the end.
fn in_pieces(bytes: &[u8], size: usize) -> (Vec<Event>, bool) {
    let mut decoder = Decoder::default();
    let events = bytes.chunks(size).flat_map(|piece| decoder.push(piece)).collect();
    (events, decoder.unfinished())
}

/// As above, and the same for every length of the pieces.
fn read(bytes: &[u8]) -> (Vec<Event>, bool) {
    let whole = in_pieces(bytes, bytes.len().max(1));
    for size in 1..bytes.len() {
        assert_eq!(in_pieces(bytes, size), whole, "pieces of {size}: {}", bytes.escape_ascii());
    }
    whole
}

#[test]
fn the_rules_of_the_format() {
    type Case = (&'static str, &'static [(Option<&'static str>, &'static str)], bool);
    let cases: [Case; 31] = [
        ("", &[], false),
        ("data: a\n\n", &[(None, "a")], false),
        ("data: a\r\n\r\n", &[(None, "a")], false),
        ("data: a\r\r", &[(None, "a")], false),
        ("data: a\r\n\ndata: b\n\r\ndata: c\n\r", &[(None, "a"), (None, "b"), (None, "c")], false),
        // One blank is dropped, and no more.
        ("data:a\n\n", &[(None, "a")], false),
        ("data:  a \n\n", &[(None, " a ")], false),
        ("data:\ta\n\n", &[(None, "\ta")], false),
        // Lines are joined; one without a value counts.
        ("data: a\ndata: b\n\n", &[(None, "a\nb")], false),
        ("data\n\ndata\ndata\n\ndata:", &[(None, ""), (None, "\n")], true),
        ("data: a\ndata\ndata:\ndata: b\n\n", &[(None, "a\n\n\nb")], false),
        // Names
        ("event: add\ndata: 1\n\ndata: 2\n\n", &[(Some("add"), "1"), (None, "2")], false),
        ("data: 1\nevent: a\nevent:b\n\n", &[(Some("b"), "1")], false),
        ("event: a\nevent\ndata: 1\n\n", &[(None, "1")], false),
        // Without data there is no event, and the name does not stay for the next one.
        ("event: a\n\ndata: 1\n\n", &[(None, "1")], false),
        ("\n\n\r\n\n", &[], false),
        // Comments and fields that mean nothing
        (": ping\n\n:\ndata: 1\n: data: 2\n\n", &[(None, "1")], false),
        ("id: 7\nretry: 10\nfoo: bar\nfoo\nDATA: x\n data: y\ndata : z\n\n", &[], false),
        ("id: 7\nretry: 10\ndata: 1\n\n", &[(None, "1")], false),
        ("data: a: b:c\n\n", &[(None, "a: b:c")], false),
        // A byte order mark counts as nothing in front of everything, and as text elsewhere.
        ("\u{feff}data: a\n\n", &[(None, "a")], false),
        ("\u{feff}\n\u{feff}data: a\n\n", &[], false),
        ("\u{feff}\u{feff}data: a\n\n", &[], false),
        ("\n\u{feff}data: a\n\ndata: \u{feff}\n\n", &[(None, "\u{feff}")], false),
        // What has not ended
        ("data: a", &[], true),
        ("data: a\n", &[], true),
        ("data: a\r\n", &[], true),
        ("event: a\n", &[], true),
        ("data: a\n\nda", &[(None, "a")], true),
        ("id: 7\n", &[], false),
        // Letters of more than one byte, and line ends that are none
        ("data: é\u{85}\u{2028}\u{b}𝄞\0\n\n", &[(None, "é\u{85}\u{2028}\u{b}𝄞\0")], false),
    ];
    for (stream, events, unfinished) in cases {
        let events: Vec<Event> = events.iter().map(|(name, data)| event(*name, data)).collect();
        assert_eq!(read(stream.as_bytes()), (events, unfinished), "{stream:?}");
    }
}

#[test]
fn every_legal_form_has_the_same_events_and_begins_as_a_stream() {
    let data = ["{\"a\":1}", "[DONE]"];
    for written in forms::all(&data) {
        let read: Vec<String> = read(written.as_bytes()).0.into_iter().map(|event| event.data).collect();
        let solid: Vec<String> = read.iter().map(|data| data.replace('\n', "")).collect();
        assert_eq!(solid, data, "{written:?}");
        assert!(begins(written.as_bytes()), "{written:?}");
    }
    for text in ["", "\n", ": ping\n", "id: 1\nprose", "data", "a\ndata: b", " data: a"] {
        assert!(!begins(text.as_bytes()), "{text:?}");
    }
}

#[test]
fn a_line_ends_in_three_ways() {
    for text in ["a\r\nb", "a\nb", "a\rb"] {
        assert_eq!(line(text.as_bytes()), (b"a".as_slice(), b"b".as_slice()), "{text:?}");
    }
    assert_eq!(line(b"a\n\rb"), (b"a".as_slice(), b"\rb".as_slice()));
    assert_eq!(line(b"a"), (b"a".as_slice(), b"".as_slice()));
}

#[test]
fn bytes_that_are_not_utf_8_cost_themselves_only() {
    let (events, unfinished) = read(b"event: \xff\ndata: a\xf0\x9d\ndata: \xc3\xa9\x80\n\n");
    assert_eq!(events, [event(Some("\u{fffd}"), "a\u{fffd}\né\u{fffd}")]);
    assert!(!unfinished);
}

#[test]
fn an_event_that_is_too_long_is_cut() {
    let at_the_limit = "x".repeat(MAX_EVENT);
    let fits = format!("\u{feff}data: {at_the_limit}\n\ndata: next\n\n");
    let over = format!("data: {at_the_limit}y\ndata: z\n\ndata: next\n\n");
    let in_lines = format!("{}data: y\n\ndata: next\n\n", "data: xxxxxxx\n".repeat(MAX_EVENT / 8));
    let far_over = format!("data: {}\n\ndata: next\n\n", "x".repeat(3 * MAX_EVENT));
    for (stream, cut) in [(fits, false), (over, true), (in_lines, true), (far_over, true)] {
        for size in [1 << 30, 1 << 16, 4_999] {
            let (events, _) = in_pieces(stream.as_bytes(), size);
            let [long, next] = events.as_slice() else { panic!("{} events", events.len()) };
            assert_eq!((long.data.len(), long.cut), (MAX_EVENT, cut));
            assert_eq!(*next, event(None, "next"), "the next one is not touched");
        }
    }
}

#[test]
fn a_name_that_is_too_long_is_cut() {
    for (length, cut) in [(MAX_NAME, false), (MAX_NAME + 1, true), (2 * MAX_LINE, true)] {
        let stream = format!("event: {}\ndata: 1\n\ndata: 2\n\n", "n".repeat(length));
        let (events, _) = in_pieces(stream.as_bytes(), 4_999);
        let expected = Event { name: Some("n".repeat(MAX_NAME)), data: "1".to_owned(), cut };
        assert_eq!(events, [expected, event(None, "2")], "{length}");
    }
}

#[test]
fn what_is_kept_does_not_grow() {
    let mut decoder = Decoder::default();
    let much = "x".repeat(5 << 16);
    for start in ["data: ", "data: x\ndata: ", ": ", "event: ", "nonsense"] {
        let _ = decoder.push(start.as_bytes());
        for _ in 0..16 {
            assert!(decoder.push(much.as_bytes()).is_empty());
        }
        let data = decoder.data.as_ref().map_or(0, Vec::len);
        assert!(decoder.line.len() <= MAX_LINE && data <= MAX_EVENT && decoder.name.len() <= MAX_NAME);
        let _ = decoder.push(b"\n\n");
        assert!(!decoder.unfinished());
    }
}

/// A stream of so many bytes.
type Stream = fn(usize) -> String;

/// A decoder that goes over what it has once more with each piece does half a million times the work.
#[test]
fn work_goes_with_length_whatever_the_pieces() {
    const EVENT: &str = "data: {\"id\":\"0\",\"choices\":[{\"delta\":{\"content\":\"word\"}}]}\n\n";
    let streams: [Stream; 4] = [
        |size| EVENT.repeat(size / EVENT.len()),
        |size| format!("data: {}\n\n", "x".repeat(size)),
        |size| "\n".repeat(size),
        |size| "data\n".repeat(size / 5),
    ];
    for (number, stream) in streams.into_iter().enumerate() {
        for piece in [1, 7, 1 << 10, 1 << 30] {
            let steps = |size| {
                let bytes = stream(size);
                steps_of(|| in_pieces(bytes.as_bytes(), piece))
            };
            assert_eq!(grows_with_size(1 << 14, steps), Ok(()), "stream {number} in pieces of {piece}");
            let most = 6 * (1 << 20);
            assert!(steps(1 << 20) < most, "stream {number} in pieces of {piece}: {} steps", steps(1 << 20));
        }
    }
}

/// A stream of 100 MB of events, in pieces as they come off a network, of which nothing is kept: no piece is more work than
/// the first.
#[test]
fn a_hundred_megabytes_take_linear_work_and_constant_room() {
    let piece =
        "data: {\"id\":\"0\",\"choices\":[{\"delta\":{\"content\":\"word\"}}],\"p\":\"abcdefgh\"}\n\n"
            .repeat(800);
    let (mut decoder, mut events, mut bytes) = (Decoder::default(), 0, 0);
    let mut half = || {
        for part in std::iter::repeat_n(piece.as_bytes(), 50_000_000 / piece.len() + 1) {
            // Cut within an event, so that something has to be kept.
            let (front, back) = part.split_at(part.len() / 2 + 5);
            events += decoder.push(front).len() + decoder.push(back).len();
            bytes += part.len();
            assert!(decoder.line.capacity() < 1 << 10 && !decoder.unfinished());
        }
    };
    let steps = [steps_of(&mut half), steps_of(&mut half)];
    assert!(bytes > 100_000_000 && events == bytes / piece.len() * 800);
    assert_eq!(steps[1], steps[0]);
    assert!(steps[0] > 50_000_000, "{steps:?}: nobody counts");
}

/// Pieces of streams, so that lines, names and ends meet in every order.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let word: prop::sample::Select<&[u8]> = prop::sample::select(vec![
        b"data: ".as_slice(),
        b"data:",
        b"data",
        b"event: a",
        b"id: 1",
        b":",
        b" ",
        b"\n",
        b"\n",
        b"\r",
        b"\r\n",
        b"\n\n",
        b"\xef\xbb\xbf",
        b"\xef",
        b"\xc3\xa9",
        b"[DONE]",
    ]);
    let piece = prop_oneof![
        6 => word.prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..5),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_cuts_give_the_same_events(bytes in stream(), cuts in prop::collection::vec(0..12_usize, 0..40)) {
        let whole = in_pieces(&bytes, usize::MAX);
        let mut decoder = Decoder::default();
        let (mut events, mut rest) = (Vec::new(), bytes.as_slice());
        for cut in cuts {
            let (piece, later) = rest.split_at(cut.min(rest.len()));
            events.extend(decoder.push(piece));
            rest = later;
        }
        events.extend(decoder.push(rest));
        prop_assert_eq!((events, decoder.unfinished()), whole);
    }

    #[test]
    fn two_line_feeds_end_everything(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut decoder = Decoder::default();
        for event in decoder.push(&bytes) {
            prop_assert!(!event.cut && event.name.is_none_or(|name| !name.is_empty()));
        }
        let _ = decoder.push(b"\n\n");
        prop_assert!(!decoder.unfinished());
    }

    #[test]
    fn what_is_written_is_read(lines in prop::collection::vec("[^\r\n]{0,20}", 1..5), name in "[a-z]{0,9}") {
        let data = lines.join("\n");
        let written = format!("event: {name}\ndata: {}\n\n", lines.join("\ndata: "));
        let name = Some(name.as_str()).filter(|name| !name.is_empty());
        prop_assert_eq!(in_pieces(written.as_bytes(), 3), (vec![event(name, &data)], false));
    }
}

#[test]
fn a_blank_line_where_nothing_waits_for_one_is_one_step() {
    for blank in ["\n", "\r", "\r\n"] {
        let text = blank.repeat(100_000);
        let steps = steps_of(|| Decoder::default().push(text.as_bytes()));
        assert!(steps <= text.len() as u64 + 10, "{steps} steps for {} bytes", text.len());
    }
}
