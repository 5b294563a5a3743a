//! What a repair changes, line by line.

use std::ops::Range;

use super::draft::{Draft, Piece};
use crate::core::work;

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What stands in both.
    Same(String),
    /// What stands in this one only.
    Changed(String),
    /// Words that are left out of a long line.
    Gap,
}

/// Lines that belong together, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The number of the first line before, counted from 1.
    pub line: u32,
    /// The lines as they were.
    pub before: Vec<Vec<Part>>,
    /// The lines as they are.
    pub after: Vec<Vec<Part>>,
    /// Why, by their places in the list of reasons.
    pub reasons: Vec<usize>,
}

/// A part of a line that is being gathered.
enum Raw<'d> {
    Kept(Range<usize>),
    Changed(&'d str),
}

/// The changes, in the order of the text.
pub fn hunks(draft: &Draft) -> Vec<Hunk> {
    let mut walk = Walk {
        original: draft.original(),
        before: vec![Vec::new()],
        after: vec![Vec::new()],
        ..Walk::default()
    };
    for piece in draft.pieces() {
        match piece {
            Piece::Kept(span) => walk.kept(span.clone()),
            Piece::Removed(span, reason) => {
                walk.because(*reason);
                walk.lines_before += walk.original.get(span.clone()).map_or(0, lines);
                changed(&mut walk.before, walk.original.get(span.clone()).unwrap_or_default());
            }
            Piece::Added(words, reason) => {
                walk.because(*reason);
                changed(&mut walk.after, words);
            }
        }
    }
    walk.flush();
    walk.hunks
}

fn lines(text: &str) -> u32 {
    work::step(text.len());
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

fn changed<'d>(lines: &mut Vec<Vec<Raw<'d>>>, words: &'d str) {
    for (at, line) in words.split('\n').enumerate() {
        if at > 0 {
            lines.push(Vec::new());
        }
        if let Some(last) = lines.last_mut().filter(|_| !line.is_empty()) {
            last.push(Raw::Changed(line));
        }
    }
}

#[derive(Default)]
struct Walk<'d> {
    original: &'d str,
    /// The number of the line before that is gathered first, counted from 0.
    line: u32,
    /// The lines before that were passed since, in what was taken out.
    lines_before: u32,
    before: Vec<Vec<Raw<'d>>>,
    after: Vec<Vec<Raw<'d>>>,
    reasons: Vec<usize>,
    hunks: Vec<Hunk>,
}

impl Walk<'_> {
    /// What was kept goes on in both; at the end of a line both go on with a new one.
    fn kept(&mut self, span: Range<usize>) {
        let text = self.original.get(span.clone()).unwrap_or_default();
        work::step(text.len());
        let mut from = span.start;
        for line in text.split_inclusive('\n') {
            let end = from + line.len();
            let own = from..end - usize::from(line.ends_with('\n'));
            for side in [&mut self.before, &mut self.after] {
                if let Some(last) = side.last_mut().filter(|_| !own.is_empty()) {
                    last.push(Raw::Kept(own.clone()));
                }
            }
            if line.ends_with('\n') {
                self.flush();
            }
            from = end;
        }
    }

    /// Notes why the lines that are gathered change. Changes for one reason stand side by side mostly.
    fn because(&mut self, reason: usize) {
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }

    fn flush(&mut self) {
        let (before, after) = (std::mem::take(&mut self.before), std::mem::take(&mut self.after));
        let reasons = std::mem::take(&mut self.reasons);
        if !reasons.is_empty() {
            let told = |lines: Vec<Vec<Raw<'_>>>| -> Vec<Vec<Part>> {
                let lines = lines.into_iter().map(|line| self.told(&line));
                lines.filter(|line| !line.iter().all(is_blank)).collect()
            };
            let (mut before, mut after) = (told(before), told(after));
            // What stands in both lines alike was only moved along with what changed.
            while before.last() == after.last() && before.pop().is_some() {
                after.pop();
            }
            let hunk = Hunk { line: self.line + 1, before, after, reasons };
            self.hunks.push(hunk);
        }
        self.line += self.lines_before + 1;
        self.lines_before = 0;
        (self.before, self.after) = (vec![Vec::new()], vec![Vec::new()]);
    }

    fn told(&self, line: &[Raw<'_>]) -> Vec<Part> {
        let mut parts = Vec::new();
        for (at, raw) in line.iter().enumerate() {
            match raw {
                Raw::Changed(words) => {
                    // Nobody looks for a change in the blanks before a line.
                    let blanks = if at == 0 { words.len() - words.trim_start().len() } else { 0 };
                    let (before, words) = words.split_at_checked(blanks).unwrap_or(("", words));
                    parts.extend((!before.is_empty()).then(|| Part::Same(before.to_owned())));
                    parts.extend((!words.is_empty()).then(|| Part::Changed(words.to_owned())));
                }
                Raw::Kept(span) => {
                    let words = self.original.get(span.clone()).unwrap_or_default();
                    clipped(words, at > 0, at + 1 < line.len(), &mut parts);
                }
            }
        }
        parts
    }
}

fn is_blank(part: &Part) -> bool {
    matches!(part, Part::Same(words) | Part::Changed(words) if words.trim().is_empty())
}

/// How much of a line is shown beside a change.
const NEAR: usize = 48;

/// What is shown of words that did not change: those beside a change.
fn clipped(words: &str, before: bool, behind: bool, parts: &mut Vec<Part>) {
    let limit = NEAR * (usize::from(before) + usize::from(behind)).max(1);
    if words.len() <= limit + 8 {
        return parts.push(Part::Same(words.to_owned()));
    }
    let head = words.get(..words.floor_char_boundary(NEAR)).unwrap_or_default();
    let tail = words.get(words.ceil_char_boundary(words.len() - NEAR)..).unwrap_or_default();
    match (before, behind) {
        (true, true) => parts.extend([Part::Same(head.to_owned()), Part::Gap, Part::Same(tail.to_owned())]),
        (false, true) => parts.extend([Part::Gap, Part::Same(tail.to_owned())]),
        _ => parts.extend([Part::Same(head.to_owned()), Part::Gap]),
    }
}
