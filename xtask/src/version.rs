//! Version numbers: of tools, from what they print, and of packages, from Cargo.lock.

use std::fmt;

/// A dotted version number, compared number by number. Suffixes such as `esr` are dropped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(Vec<u64>);

impl Version {
    /// The first word of `text` that starts with a digit, as tools print it: `trunk 0.21.14`,
    /// `wasm-opt version 132 (version_132)`, `Mozilla Firefox 153.7.0esr`.
    pub(crate) fn first_in(text: &str) -> Option<Self> {
        let word = text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
        let mut numbers = Vec::new();
        for part in word.split('.') {
            let digits = part.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
            match digits.parse() {
                Ok(number) => numbers.push(number),
                Err(_) => break,
            }
            if digits.len() < part.len() {
                break;
            }
        }
        (!numbers.is_empty()).then_some(Self(numbers))
    }

    /// The first number, which is all that a browser and its driver have to share.
    pub(crate) fn major(&self) -> u64 {
        self.0.first().copied().unwrap_or_default()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, number) in self.0.iter().enumerate() {
            write!(f, "{}{number}", if place == 0 { "" } else { "." })?;
        }
        Ok(())
    }
}

/// The version of `package` in the text of a Cargo.lock.
pub(crate) fn locked(lock: &str, package: &str) -> Option<Version> {
    lock.split("[[package]]").find_map(|entry| {
        let field = |name: &str| {
            entry.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \"")?.strip_suffix('"'))
        };
        (field("name") == Some(package)).then(|| field("version")).flatten().and_then(Version::first_in)
    })
}

/// The `channel` that the text of a rust-toolchain.toml pins.
pub(crate) fn channel(toolchain: &str) -> Option<&str> {
    toolchain.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "channel").then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::first_in(text).expect("a version")
    }

    #[test]
    fn versions_are_read_from_what_tools_print() {
        for (printed, read) in [
            ("trunk 0.21.14\n", "0.21.14"),
            ("wasm-bindgen 0.2.130", "0.2.130"),
            ("wasm-opt version 132 (version_132)", "132"),
            ("geckodriver 0.37.1 (abc 2026-01-01)\n\nThe source code", "0.37.1"),
            ("Chromium 156.0.8078.79 built on Debian GNU/Linux 12", "156.0.8078.79"),
            ("Mozilla Firefox 153.7.0esr", "153.7.0"),
            ("trunk 0.22.0-beta.1", "0.22.0"),
        ] {
            assert_eq!(version(printed).to_string(), read);
        }
        assert_eq!(Version::first_in("command not found"), None);
        assert_eq!(Version::first_in(""), None);
    }

    #[test]
    fn versions_compare_by_number_not_by_letter() {
        assert!(version("0.9.0") < version("0.21.14"));
        assert!(version("0.21") <= version("0.21.14"));
        assert!(version("108") < version("132"));
        assert!(version("1") > version("0.21"));
        assert_eq!(version("156.0.8078.79").major(), 156);
    }

    #[test]
    fn a_locked_version_belongs_to_exactly_the_named_package() {
        let lock = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\ndependencies = [\n \"cfg-if\",\n]\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some(version("0.2.130")));
        assert_eq!(locked(lock, "wasm-bindgen-futures"), Some(version("0.4.9")));
        assert_eq!(locked(lock, "wasm"), None);
    }

    #[test]
    fn the_projects_own_lock_file_names_wasm_bindgen() {
        assert!(locked(include_str!("../../Cargo.lock"), "wasm-bindgen") > Some(version("0.2.100")));
    }

    #[test]
    fn the_channel_is_read_from_the_toolchain_file() {
        assert_eq!(channel("[toolchain]\nchannel = \"1.95.0\"\ntargets = [\"a\"]\n"), Some("1.95.0"));
        assert_eq!(channel("[toolchain]\npath = \"/x\"\n"), None);
    }
}
