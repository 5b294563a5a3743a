//! Takes a key out of Base64, as Kubernetes stores it under `data:` of a secret.

use super::recognise;
use crate::core::work;
use zeroize::Zeroizing;

/// Characters that a complete key of either format takes in Base64, at most: one of 45 characters and a line feed.
const LONGEST: usize = 64;

/// Digits of Base64 that are those of a key by no chance.
const LEAST: usize = 12;

/// The complete Mistral key that a text is in Base64, without a line feed behind it; `None` for any other text.
pub(super) fn key(text: &str) -> Option<Zeroizing<String>> {
    let digits = text.trim_end_matches('=');
    if !(40..=LONGEST).contains(&text.len()) || recognise::is_mistral(text) {
        return None;
    }
    // Sized beforehand: a string that grows leaves unwiped copies behind.
    let mut decoded = Zeroizing::new(String::with_capacity(LONGEST));
    let (mut bits, mut count) = (0_u16, 0);
    for byte in digits.bytes() {
        bits = bits << 6 | u16::from(value(byte)?);
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push(char::from(u8::try_from(bits >> count & 0xFF).ok()?));
            bits &= (1 << count) - 1;
        }
    }
    let length = decoded.trim_end_matches('\n').len();
    decoded.truncate(length);
    recognise::is_mistral(&decoded).then_some(decoded)
}

/// Whether a text holds a key in Base64, wherever in the encoded text the key begins.
pub(super) fn shows(key: &str, text: &str) -> bool {
    (0..3).any(|before| {
        let mut bytes = Zeroizing::new(Vec::with_capacity(key.len() + 3));
        bytes.extend(std::iter::repeat_n(0, before));
        bytes.extend(key.bytes());
        // Digits that hold bits of what stands before or behind are not the key's alone.
        let whole = bytes.len() / 3 * 4;
        let first = (before * 8).div_ceil(6);
        let mut digits = Zeroizing::new(String::with_capacity(whole));
        for three in bytes.chunks_exact(3) {
            let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
            digits.extend([18, 12, 6, 0].map(|shift| digit(bits >> shift & 63)));
        }
        work::step(text.len());
        digits.get(first..).is_some_and(|own| own.len() >= LEAST && text.contains(own))
    })
}

/// The digit of six bits.
fn digit(six: u32) -> char {
    let at = |first: char, offset: u32| char::from_u32(u32::from(first) + six - offset).unwrap_or('=');
    match six {
        0..=25 => at('A', 0),
        26..=51 => at('a', 26),
        52..=61 => at('0', 52),
        62 => '+',
        _ => '/',
    }
}

const fn value(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::shows;
    use base64::{Engine, engine::general_purpose::STANDARD};

    #[test]
    fn a_key_is_found_wherever_it_begins() {
        let key = "mstrl_CanaryThatSingsInTheMine00000000_Sing42";
        for before in ["", "a", "ab", "abc", "Bearer ", "user:"] {
            for behind in ["", "\n", ":x", "…"] {
                let text = STANDARD.encode(format!("{before}{key}{behind}"));
                assert!(shows(key, &format!("data: {text}")), "{before:?} {behind:?}");
            }
        }
        assert!(!shows(key, key) && !shows("short", &STANDARD.encode("short")));
    }
}
