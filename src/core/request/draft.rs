//! A text under repair: which pieces of it still stand as they were, and what was put between them.

use std::ops::Range;

/// A change to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes; empty where something is only put in.
    pub span: Range<usize>,
    /// What comes in its place.
    pub with: String,
    /// Which of the reasons it has.
    pub reason: usize,
}

/// A piece of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// What stands as it stood in the original, there.
    Kept(Range<usize>),
    /// What was put in, and why.
    Added(String, usize),
    /// What was taken out of the original, and why.
    Removed(Range<usize>, usize),
}

/// A text under repair.
#[derive(Clone, Debug)]
pub struct Draft {
    original: String,
    text: String,
    pieces: Vec<Piece>,
}

impl Draft {
    /// A text in which nothing was changed yet.
    pub fn new(original: &str) -> Self {
        let pieces = vec![Piece::Kept(0..original.len())];
        Self { original: original.to_owned(), text: original.to_owned(), pieces }
    }

    /// The text as it stands now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as it was.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// What it is made of, and what was taken out, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Makes changes at once. They are in the order of the text; what overlaps one before is left out. Returns how many were made.
    pub fn apply(&mut self, edits: &[Edit]) -> usize {
        let mut made =
            Made { out: Vec::new(), text: String::with_capacity(self.text.len()), original: &self.original };
        let (mut count, mut from) = (0, 0);
        let mut pieces = std::mem::take(&mut self.pieces).into_iter();
        let mut rest = pieces.next();
        for edit in edits {
            let fits = edit.span.start >= from
                && edit.span.end >= edit.span.start
                && edit.span.end <= self.text.len();
            let whole =
                self.text.is_char_boundary(edit.span.start) && self.text.is_char_boundary(edit.span.end);
            if !fits || !whole {
                continue;
            }
            made.pass(edit.span.start - from, None, &mut rest, &mut pieces);
            made.pass(edit.span.len(), Some(edit.reason), &mut rest, &mut pieces);
            made.add(&edit.with, edit.reason);
            (count, from) = (count + 1, edit.span.end);
        }
        made.pass(usize::MAX, None, &mut rest, &mut pieces);
        (self.pieces, self.text) = (made.out, made.text);
        count
    }
}

/// A draft in the making.
struct Made<'o> {
    out: Vec<Piece>,
    text: String,
    original: &'o str,
}

impl Made<'_> {
    fn add(&mut self, words: &str, reason: usize) {
        if !words.is_empty() {
            self.text.push_str(words);
            self.out.push(Piece::Added(words.to_owned(), reason));
        }
    }

    /// Passes so many bytes of the text: keeps them, or takes them out for a reason.
    fn pass(
        &mut self,
        mut length: usize,
        out_for: Option<usize>,
        rest: &mut Option<Piece>,
        pieces: &mut impl Iterator<Item = Piece>,
    ) {
        while let Some(piece) = rest.take() {
            if length == 0 && !matches!(piece, Piece::Removed(..)) {
                *rest = Some(piece);
                return;
            }
            match piece {
                Piece::Removed(..) => self.out.push(piece),
                Piece::Kept(span) => {
                    let taken = span.len().min(length);
                    let (head, tail) = (span.start..span.start + taken, span.start + taken..span.end);
                    self.kept(head, out_for);
                    length = length.saturating_sub(taken);
                    if !tail.is_empty() {
                        *rest = Some(Piece::Kept(tail));
                        return;
                    }
                }
                Piece::Added(words, reason) => {
                    let taken = words.floor_char_boundary(words.len().min(length));
                    let (head, tail) = words.split_at_checked(taken).unwrap_or((&words, ""));
                    if out_for.is_none() {
                        self.add(head, reason);
                    }
                    length = length.saturating_sub(taken);
                    if !tail.is_empty() {
                        *rest = Some(Piece::Added(tail.to_owned(), reason));
                        return;
                    }
                }
            }
            *rest = pieces.next();
        }
    }

    fn kept(&mut self, span: Range<usize>, out_for: Option<usize>) {
        if span.is_empty() {
            return;
        }
        if let Some(reason) = out_for {
            return self.out.push(Piece::Removed(span, reason));
        }
        self.text.push_str(self.original.get(span.clone()).unwrap_or_default());
        self.out.push(Piece::Kept(span));
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Edit, Piece};
    use proptest::prelude::*;

    fn edit(span: std::ops::Range<usize>, with: &str) -> Edit {
        Edit { span, with: with.to_owned(), reason: 0 }
    }

    #[test]
    fn changes_of_changes_are_told_from_what_was_kept() {
        let mut draft = Draft::new("one two three");
        assert_eq!(draft.apply(&[edit(0..3, "1"), edit(4..7, "zwei"), edit(5..6, "no")]), 2);
        assert_eq!(draft.text(), "1 zwei three");
        assert_eq!(draft.apply(&[edit(2..3, ""), edit(7..8, "T")]), 2);
        assert_eq!(draft.text(), "1 wei Three");
        assert_eq!(draft.pieces().first(), Some(&Piece::Removed(0..3, 0)));
    }

    proptest! {
        #[test]
        fn property_pieces_add_up_to_both_texts(rounds in proptest::collection::vec(
            proptest::collection::vec((0_usize..40, 0_usize..6, "[a-c]{0,3}"), 0..5), 0..4)
        ) {
            let mut draft = Draft::new("a text that is long enough to be changed");
            for round in rounds {
                let mut edits: Vec<Edit> =
                    round.into_iter().map(|(at, length, with)| edit(at..at + length, &with)).collect();
                edits.sort_by_key(|edit| edit.span.start);
                let (mut expected, mut from) = (String::new(), 0);
                for it in &edits {
                    if it.span.start >= from && it.span.end <= draft.text().len() {
                        expected.push_str(&draft.text()[from..it.span.start]);
                        expected.push_str(&it.with);
                        from = it.span.end;
                    }
                }
                expected.push_str(&draft.text()[from..]);
                draft.apply(&edits);
                prop_assert_eq!(draft.text(), expected);
            }
            let (mut before, mut now) = (String::new(), String::new());
            for piece in draft.pieces() {
                match piece {
                    Piece::Kept(span) => {
                        before.push_str(&draft.original()[span.clone()]);
                        now.push_str(&draft.original()[span.clone()]);
                    }
                    Piece::Added(words, _) => now.push_str(words),
                    Piece::Removed(span, _) => before.push_str(&draft.original()[span.clone()]),
                }
            }
            prop_assert_eq!((before.as_str(), now.as_str()), (draft.original(), draft.text()));
        }
    }
}
