//! The fingerprint of a key in a report: it tells whoever holds the key that the report is about it, and nobody else anything.

use sha2::{Digest, Sha256};

use super::ApiKey;

/// Of a shorter key too little is unknown: whoever tries all of them would find it by its fingerprint.
const LEAST: usize = 20;

impl ApiKey {
    /// The first eight hexadecimal digits of SHA-256 over `salt` and the key, as `sha256sum` prints them; `None` of a short key, and of
    /// one that was wiped.
    pub fn fingerprint(&self, salt: &str) -> Option<String> {
        let key = self.text();
        if key.len() < LEAST {
            return None;
        }
        let hash = Sha256::new().chain_update(salt).chain_update(key.as_bytes()).finalize();
        Some(hex(hash.iter().take(4).copied()))
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: impl IntoIterator<Item = u8>) -> String {
    let digits = bytes.into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::{ApiKey, hex};

    fn key(text: &str) -> ApiKey {
        ApiKey::parse(text).expect("a key").key
    }

    #[test]
    fn it_is_what_the_command_of_a_report_prints() {
        // printf %s "00ffmstrl_CanaryThatSingsInTheMine00000000_Sing42" | sha256sum | cut -c1-8
        let canary = key("mstrl_CanaryThatSingsInTheMine00000000_Sing42");
        assert_eq!(canary.fingerprint("00ff").as_deref(), Some("da496176"));
        assert_ne!(canary.fingerprint("00fe"), canary.fingerprint("00ff"));
    }

    #[test]
    fn there_is_none_of_a_short_key_or_of_one_that_is_gone() {
        assert_eq!(key("nineteen-characters").fingerprint("00"), None);
        let gone = key("CanaryThatSingsInTheMine00000000");
        assert!(gone.fingerprint("00").is_some());
        gone.wipe();
        assert_eq!(gone.fingerprint("00"), None);
    }

    #[test]
    fn bytes_are_two_digits_each() {
        assert_eq!(hex([0, 15, 16, 255]), "000f10ff");
    }
}
