//! The pasted text around the words that decided: few lines, none of them long.

use std::ops::Range;

use crate::core::app::pasted::MaskedText;
use crate::core::work;

/// A line of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcerptLine {
    /// Its number, counted from 1.
    pub number: usize,
    /// Whether lines before it are left out.
    pub follows_gap: bool,
    /// Its words in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words that did not decide.
    Plain(MaskedText),
    /// Words that decided.
    Marked(MaskedText),
    /// Words that are left out, for the line is long.
    Gap,
}

/// The most lines.
pub const MOST_LINES: usize = 40;

/// Lines that are shown before and behind one with marked words.
const AROUND: usize = 2;

/// The most bytes of a line without marked words, and of what stands between a mark and a gap.
const LONGEST: usize = 160;
const BESIDE: usize = 60;

/// Returns the lines of a text around its marked words, `marks`, which are in order and apart; none without any.
pub fn excerpt(text: &str, marks: &[Range<usize>]) -> Vec<ExcerptLine> {
    if marks.is_empty() {
        return Vec::new();
    }
    work::step(text.len());
    let mut lines: Vec<(Range<usize>, Vec<Range<usize>>)> = Vec::new();
    let (mut begins, mut rest) = (0, marks);
    for whole in text.split_inclusive('\n') {
        let line = begins..begins + whole.trim_end_matches(['\n', '\r']).len();
        begins += whole.len();
        // A mark may go on in the next line.
        let own = rest.iter().take_while(|mark| mark.start < begins);
        let own: Vec<Range<usize>> = own
            .map(|mark| mark.start.max(line.start)..mark.end.min(line.end))
            .filter(|mark| mark.start < mark.end)
            .collect();
        let over = rest.iter().take_while(|mark| mark.end <= begins).count();
        rest = rest.get(over..).unwrap_or_default();
        lines.push((line, own));
    }
    let near = |place: usize| {
        let from = place.saturating_sub(AROUND);
        lines.iter().skip(from).take(place - from + AROUND + 1).any(|(_, own)| !own.is_empty())
    };
    let all = lines.len() <= MOST_LINES;
    let mut shown: Vec<ExcerptLine> = Vec::new();
    for (place, (line, own)) in lines.iter().enumerate() {
        if shown.len() < MOST_LINES && (all || near(place)) {
            let number = place + 1;
            let follows_gap = shown.last().map_or(0, |last| last.number) + 1 < number;
            shown.push(ExcerptLine { number, follows_gap, pieces: pieces(text, line, own) });
        }
    }
    shown
}

/// The pieces of a line. Of a long one, what is far from every marked word is left out.
fn pieces(text: &str, line: &Range<usize>, marks: &[Range<usize>]) -> Vec<Piece> {
    let words = |range: Range<usize>| MaskedText::new(text.get(range).unwrap_or_default().to_owned());
    let mut pieces = Vec::new();
    let plain = |range: Range<usize>, pieces: &mut Vec<Piece>| {
        if !range.is_empty() {
            pieces.push(Piece::Plain(words(range)));
        }
    };
    let whole = line.len() <= LONGEST;
    if marks.is_empty() {
        let end = if whole { line.end } else { text.floor_char_boundary(line.start + LONGEST) };
        plain(line.start..end, &mut pieces);
        pieces.extend((end < line.end).then_some(Piece::Gap));
        return pieces;
    }
    let mut at = line.start;
    for mark in marks {
        // Behind the mark before, and before this one.
        let behind = if at == line.start { at } else { text.floor_char_boundary(at + BESIDE) };
        let before = text.ceil_char_boundary(mark.start.saturating_sub(BESIDE)).max(behind);
        if whole || before <= behind {
            plain(at..mark.start, &mut pieces);
        } else {
            plain(at..behind, &mut pieces);
            pieces.push(Piece::Gap);
            plain(before..mark.start, &mut pieces);
        }
        pieces.push(Piece::Marked(words(mark.clone())));
        at = mark.end;
    }
    let end = if whole { line.end } else { text.floor_char_boundary(at + BESIDE).clamp(at, line.end) };
    plain(at..end, &mut pieces);
    pieces.extend((end < line.end).then_some(Piece::Gap));
    pieces
}

#[cfg(test)]
mod tests {
    use super::{ExcerptLine, LONGEST, MOST_LINES, Piece, Range, excerpt};
    use crate::core::work::{grows_with_size, steps_of};
    use proptest::prelude::*;

    fn one(mark: Range<usize>) -> Vec<Range<usize>> {
        std::iter::once(mark).collect()
    }

    /// A line as it would be read: marked words in brackets, gaps as dots.
    fn read(line: &ExcerptLine) -> String {
        let words = line.pieces.iter().map(|piece| match piece {
            Piece::Plain(words) => words.words().to_owned(),
            Piece::Marked(words) => format!("<{}>", words.words()),
            Piece::Gap => "…".to_owned(),
        });
        words.collect()
    }

    #[test]
    fn a_short_text_is_shown_whole_with_its_marked_words() {
        let text = "HTTP/2 401\r\n\r\n{\"detail\":\"No\"}\n";
        let shown = excerpt(text, &[7..10, 25..27]);
        let lines: Vec<(usize, bool, String)> =
            shown.iter().map(|line| (line.number, line.follows_gap, read(line))).collect();
        assert_eq!(
            lines,
            [
                (1, false, "HTTP/2 <401>".to_owned()),
                (2, false, String::new()),
                (3, false, "{\"detail\":\"<No>\"}".to_owned())
            ]
        );
        assert!(excerpt(text, &[]).is_empty());
    }

    #[test]
    fn of_a_long_text_what_is_near_the_marked_words_is_shown() {
        let text = format!("{}429\n{}500", "a\n".repeat(100), "b\n".repeat(100));
        let shown = excerpt(&text, &[200..203, 404..407]);
        let numbers: Vec<usize> = shown.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [99, 100, 101, 102, 103, 200, 201, 202]);
        let gaps: Vec<bool> = shown.iter().map(|line| line.follows_gap).collect();
        assert_eq!(gaps, [true, false, false, false, false, true, false, false]);
    }

    #[test]
    fn of_a_long_line_what_is_near_the_marked_words_is_shown() {
        let text = format!("{}429{}é500{}", "a".repeat(300), "b".repeat(300), "c".repeat(300));
        let shown = excerpt(&text, &[300..303, 605..608]);
        let (a, b, c) = ("a".repeat(60), "b".repeat(60), "c".repeat(60));
        assert_eq!(read(&shown[0]), format!("…{a}<429>{b}…{}é<500>{c}…", "b".repeat(58)));
        let shown = excerpt(&format!("429\n{}", "a".repeat(1_000)), &one(0..3));
        assert_eq!(read(&shown[1]), format!("{}…", "a".repeat(LONGEST)));
    }

    #[test]
    fn twice_the_text_is_twice_the_work() {
        for line in ["a\n", "\n", "é"] {
            let steps = |size: usize| {
                let text = ["429\n", &line.repeat(size / line.len())].concat();
                steps_of(|| excerpt(&text, &one(0..3)))
            };
            assert_eq!(grows_with_size(8_000, steps), Ok(()), "{line:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_short_and_has_every_marked_word_that_fits(
            lines in prop::collection::vec("[a-zé]{0,400}", 1..60),
            places in prop::collection::vec((0_usize..9_000, 1_usize..40), 0..6),
        ) {
            let text = lines.join("\n");
            let (mut marks, mut end) = (Vec::new(), 0);
            let mut places = places;
            places.sort_unstable();
            for (start, length) in places {
                let start = text.ceil_char_boundary(start.max(end).min(text.len()));
                let stop = text.ceil_char_boundary((start + length).min(text.len()));
                if start < stop && text[start..stop].trim().len() == stop - start {
                    marks.push(start..stop);
                    end = stop;
                }
            }
            let shown = excerpt(&text, &marks);
            prop_assert!(shown.len() <= MOST_LINES);
            let marked: String = shown.iter().flat_map(|line| &line.pieces).filter_map(|piece| match piece {
                Piece::Marked(words) => Some(words.words()),
                Piece::Plain(_) | Piece::Gap => None,
            }).collect();
            let expected: String = marks.iter().flat_map(|mark| text[mark.clone()].split('\n')).collect();
            prop_assert!(expected.starts_with(&marked), "{} of {}", marked, expected);
            prop_assert!(marked == expected || shown.len() == MOST_LINES);
            for line in &shown {
                prop_assert!(read(line).len() <= LONGEST + 6 * (40 + 2 * 60 + 6) + 60);
            }
        }
    }
}
