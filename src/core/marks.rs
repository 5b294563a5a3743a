//! Characters that are drawn over the one before, or not at all. A browser takes a minute to lay out a text of nothing else.

use crate::core::work;

/// The most of them in a row that a name or a sentence needs.
pub const MOST_IN_A_ROW: usize = 8;

/// Counts them, character by character.
#[derive(Clone, Copy, Debug, Default)]
pub struct Run(usize);

impl Run {
    /// Takes the next character; whether it is one too many.
    pub fn is_full(&mut self, c: char) -> bool {
        self.0 = if is_mark(c) { self.0 + 1 } else { 0 };
        self.0 > MOST_IN_A_ROW
    }
}

/// A text without what is too much of them, and how many characters that was.
pub fn thinned(text: &str) -> (String, usize) {
    let mut run = Run::default();
    let mut left_out = 0;
    work::step(text.len());
    let kept = text.chars().filter(|c| {
        let full = run.is_full(*c);
        left_out += usize::from(full);
        !full
    });
    (kept.collect(), left_out)
}

/// Whether a text has too many of them anywhere.
pub fn overloads(text: &str) -> bool {
    let mut run = Run::default();
    work::step(text.len());
    text.chars().any(|c| run.is_full(c))
}

/// Whether a character combines with the one before, joins it or turns its direction: the blocks of Unicode that are for
/// nothing else, and within the scripts of India and its neighbours the places that their blocks share.
const fn is_mark(c: char) -> bool {
    match c {
        '\0'..='\u{2ff}' => false,
        '\u{900}'..='\u{d7f}' => {
            matches!(c as u32 & 0x7f, 0..=3 | 0x3c | 0x3e..=0x4d | 0x51..=0x57 | 0x62 | 0x63)
        }
        _ => matches!(
            c,
            '\u{300}'..='\u{36f}'
                | '\u{483}'..='\u{489}'
                | '\u{591}'..='\u{5bd}'
                | '\u{5bf}'..='\u{5c7}'
                | '\u{610}'..='\u{61a}'
                | '\u{64b}'..='\u{65f}'
                | '\u{670}'
                | '\u{6d6}'..='\u{6ed}'
                | '\u{730}'..='\u{74a}'
                | '\u{7a6}'..='\u{7b0}'
                | '\u{7eb}'..='\u{7f3}'
                | '\u{816}'..='\u{82d}'
                | '\u{859}'..='\u{85b}'
                | '\u{897}'..='\u{89f}'
                | '\u{8ca}'..='\u{8ff}'
                | '\u{dca}'..='\u{ddf}'
                | '\u{e31}'
                | '\u{e34}'..='\u{e3a}'
                | '\u{e47}'..='\u{e4e}'
                | '\u{eb1}'
                | '\u{eb4}'..='\u{ebc}'
                | '\u{ec8}'..='\u{ece}'
                | '\u{f18}'..='\u{f19}'
                | '\u{f35}'..='\u{f39}'
                | '\u{f71}'..='\u{f87}'
                | '\u{f8d}'..='\u{fbc}'
                | '\u{102b}'..='\u{103e}'
                | '\u{17b4}'..='\u{17d3}'
                | '\u{1ab0}'..='\u{1aff}'
                | '\u{1dc0}'..='\u{1dff}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{20d0}'..='\u{20ff}'
                | '\u{2de0}'..='\u{2dff}'
                | '\u{302a}'..='\u{302f}'
                | '\u{3099}'..='\u{309a}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{fe20}'..='\u{fe2f}'
                | '\u{feff}'
                | '\u{1f3fb}'..='\u{1f3ff}'
                | '\u{e0000}'..='\u{e01ef}'
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_IN_A_ROW, overloads, thinned};
    use crate::core::work;

    #[test]
    fn what_people_write_stays_as_it_is() {
        for text in ["", "plain", "é e\u{301}", "ที่นี่", "हिन्दी में", "עִבְרִית", "tiếng Việt", "👨‍👩‍👧‍👦 👍🏽", "བོད་ཡིག"]
        {
            assert_eq!(thinned(text), (text.to_owned(), 0));
            assert!(!overloads(text), "{text}");
        }
    }

    #[test]
    fn a_pile_of_marks_is_taken_down() {
        for mark in [
            '\u{301}',
            '\u{489}',
            '\u{e49}',
            '\u{f74}',
            '\u{94d}',
            '\u{fe0f}',
            '\u{200d}',
            '\u{202e}',
            '\u{e0100}',
        ] {
            let pile = |count: usize| std::iter::repeat_n(mark, count).collect::<String>();
            let (text, left_out) = thinned(&format!("a{}b{}", pile(1_000), pile(MOST_IN_A_ROW)));
            assert_eq!(left_out, 1_000 - MOST_IN_A_ROW, "{mark:?}");
            assert_eq!(text, format!("a{}b{}", pile(MOST_IN_A_ROW), pile(MOST_IN_A_ROW)), "{mark:?}");
            assert!(overloads(&pile(MOST_IN_A_ROW + 1)) && !overloads(&pile(MOST_IN_A_ROW)), "{mark:?}");
        }
    }

    #[test]
    fn the_work_grows_with_the_text() {
        let steps = |size: usize| work::steps_of(|| thinned(&"\u{301}".repeat(size)));
        work::grows_with_size(1_000, steps).expect("in proportion");
    }
}
