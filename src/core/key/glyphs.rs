//! Characters as they arrive by copy and paste: blanks of all kinds, invisible ones, twins of ASCII, masks.

/// What blanks and line breaks have become once characters are sorted.
pub(super) const BLANKS: [char; 2] = [' ', '\n'];

/// What is to become of a pasted character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glyph {
    /// It stays.
    Keep,
    /// Cannot be seen: removed.
    Invisible,
    /// A blank of some kind.
    Blank,
    /// A line or page break of some kind.
    LineBreak,
    /// Looks like this ASCII character.
    Twin(char),
}

/// Sorts one character.
pub(super) fn classify(character: char) -> Glyph {
    match character {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Glyph::LineBreak,
        // Braille blank and Hangul filler: empty to the eye, letters to Unicode.
        '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{115f}' | '\u{1160}' => Glyph::Blank,
        _ if character.is_whitespace() => Glyph::Blank,
        _ if character.is_control() || is_invisible(character) => Glyph::Invisible,
        _ if character.is_ascii() => Glyph::Keep,
        _ => twin(character).map_or(Glyph::Keep, Glyph::Twin),
    }
}

fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A quote of any kind, also typographic ones and the primes and accents that stand in for them.
pub(super) fn is_quote(character: char) -> bool {
    matches!(character,
        '"' | '\'' | '`' | '\u{ab}' | '\u{bb}' | '\u{b4}' | '\u{2018}'..='\u{201f}' | '\u{2032}'..='\u{2037}'
        | '\u{2039}' | '\u{203a}' | '\u{300c}'..='\u{300f}' | '\u{301d}'..='\u{301f}')
}

/// A character that stands for hidden ones and that no header can carry.
pub(super) fn is_mask(character: char) -> bool {
    matches!(
        character,
        '•' | '●'
            | '∙'
            | '·'
            | '⋅'
            | '⬤'
            | '⚫'
            | '◦'
            | '○'
            | '▪'
            | '■'
            | '█'
            | '▒'
            | '░'
            | '…'
            | '⋯'
            | '‥'
            | '∗'
            | '⁎'
            | '✱'
            | '✻'
            | '×'
    )
}

/// Twins that no arithmetic gives, each an ASCII character and those that look like it.
const TWINS: [(char, &str); 53] = [
    ('A', "АΑᎪ"),
    ('B', "ВΒᏴ"),
    ('C', "СϹᏟ"),
    ('D', "Ꭰ"),
    ('E', "ЕΕᎬ"),
    ('F', "Ϝ"),
    ('G', "Ԍ"),
    ('H', "НΗᎻ"),
    ('I', "ІΙӀ"),
    ('J', "ЈͿᎫ"),
    ('K', "КΚᏦ"),
    ('L', "Ꮮ"),
    ('M', "МΜᎷ"),
    ('N', "Ν"),
    ('O', "ОΟՕ"),
    ('P', "РΡᏢ"),
    ('Q', "Ԛ"),
    ('R', "Ꭱ"),
    ('S', "ЅՏᏚ"),
    ('T', "ТΤᎢ"),
    ('U', "Ս"),
    ('V', "ѴᏙ"),
    ('W', "ԜᎳ"),
    ('X', "ХΧ"),
    ('Y', "ҮΥ"),
    ('Z', "ΖᏃ"),
    ('a', "аαɑ"),
    ('b', "Ь"),
    ('c', "сϲ"),
    ('d', "ԁ"),
    ('e', "еҽ"),
    ('f', "ſ"),
    ('g', "ɡց"),
    ('h', "һհ"),
    ('i', "іιı"),
    ('j', "јϳ"),
    ('k', "κ"),
    ('l', "ӏ"),
    ('n', "ո"),
    ('o', "оοօσ"),
    ('p', "рρ"),
    ('q', "ԛզ"),
    ('r', "г"),
    ('s', "ѕ"),
    ('u', "սυ"),
    ('v', "νѵ"),
    ('w', "ԝѡ"),
    ('x', "хχ"),
    ('y', "уγү"),
    ('z', "ᴢ"),
    ('-', "‐‑‒–—―−﹘﹣˗⁃"),
    ('_', "﹍﹎﹏"),
    ('~', "∼˜"),
];

/// The ASCII character that this one looks like.
fn twin(character: char) -> Option<char> {
    let code = u32::from(character);
    // Full-width forms run parallel to ASCII, and so do the mathematical alphabets of 52 letters each.
    let parallel = match code {
        0xFF01..=0xFF5E => Some(code - 0xFEE0),
        0x1_D400..=0x1_D6A3 => match (code - 0x1_D400) % 52 {
            letter @ 0..=25 => Some(u32::from('A') + letter),
            letter => Some(u32::from('a') + letter - 26),
        },
        0x1_D7CE..=0x1_D7FF => Some(u32::from('0') + (code - 0x1_D7CE) % 10),
        _ => None,
    };
    match parallel {
        Some(code) => char::from_u32(code),
        None => TWINS.iter().find(|(_, twins)| twins.contains(character)).map(|&(ascii, _)| ascii),
    }
}

/// Letters of Western Europe with what they are without their accents. What has two letters there has the first.
const ACCENTS: [(char, &str); 9] = [
    ('a', "áàâäãåæÁÀÂÄÃÅÆ"),
    ('c', "çÇ"),
    ('e', "éèêëÉÈÊË"),
    ('i', "íìîïÍÌÎÏ"),
    ('n', "ñÑ"),
    ('o', "óòôöõøœÓÒÔÖÕØŒ"),
    ('s', "ß"),
    ('u', "úùûüÚÙÛÜ"),
    ('y', "ýÿÝ"),
];

/// A character without its accent; itself if it is ASCII. `None` for what is neither, such as an accent alone.
pub(super) fn without_accent(character: char) -> Option<char> {
    if character.is_ascii() {
        return Some(character);
    }
    ACCENTS.iter().find(|(_, accented)| accented.contains(character)).map(|&(letter, _)| letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn twins_are_not_ascii_and_have_one_meaning() {
        let mut seen = BTreeSet::new();
        for (ascii, twins) in TWINS {
            assert!(ascii.is_ascii_graphic());
            for twin in twins.chars() {
                assert!(!twin.is_ascii(), "{twin} of {ascii} is ASCII");
                assert!(seen.insert(twin), "{twin} is listed twice");
                assert_eq!(classify(twin), Glyph::Twin(ascii));
            }
        }
    }

    #[test]
    fn ascii_that_a_header_carries_stays() {
        for byte in 0x21..=0x7E_u8 {
            assert_eq!(classify(char::from(byte)), Glyph::Keep);
        }
    }

    #[test]
    fn full_width_and_mathematical_letters_are_twins() {
        for (pasted, ascii) in
            [('Ａ', 'A'), ('ｚ', 'z'), ('９', '9'), ('＿', '_'), ('𝐀', 'A'), ('𝚣', 'z'), ('𝟎', '0')]
        {
            assert_eq!(classify(pasted), Glyph::Twin(ascii), "{pasted}");
        }
    }

    #[test]
    fn quotes_and_masks_are_kept_for_later_steps() {
        for character in ['“', '’', '«', '•', '…', '×'] {
            assert_eq!(classify(character), Glyph::Keep, "{character}");
        }
    }
}
