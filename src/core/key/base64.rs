//! Takes a key out of Base64, as Kubernetes stores it under `data:` of a secret.

use super::recognise;
use zeroize::Zeroizing;

/// Characters that a complete key of either format takes in Base64, at most: one of 45 characters and a line feed.
const LONGEST: usize = 64;

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
