//! The address that the page is published at, which only its publisher knows.

use std::env;

use super::site::Fault;

/// The environment variable that holds it.
pub(crate) const VARIABLE: &str = "KEY_TESTER_SITE";

/// An absolute address of a folder, such as `https://name.github.io/repo/`. Safe in HTML and XML as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address(String);

impl Address {
    /// What the environment says; nothing if it is silent.
    pub(crate) fn from_environment() -> Result<Option<Self>, Fault> {
        match env::var_os(VARIABLE) {
            None => Ok(None),
            Some(text) => Self::parse(&text.to_string_lossy()).map(Some).ok_or(Fault::Usage(
                "KEY_TESTER_SITE has to be the https address of the page’s folder, ending with /: \
                 https://name.github.io/repo/ (http only for 127.0.0.1 and localhost)",
            )),
        }
    }

    /// Reads an address; nothing if it is no https folder (or http on this machine) without query and fragment.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (authority, path) = rest.split_once('/')?;
        let (host, port) =
            authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
        let scheme_fits = scheme == "https" || scheme == "http" && matches!(host, "127.0.0.1" | "localhost");
        let host_fits = host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok());
        let path_fits = (path.is_empty() || path.ends_with('/'))
            && path.split_terminator('/').all(|part| !matches!(part, "" | "." | ".."))
            && path.chars().all(|c| c.is_ascii_alphanumeric() || "/-._~%".contains(c));
        (scheme_fits && host_fits && port_fits && path_fits).then(|| Self(text.to_owned()))
    }

    /// The folder itself.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// A file in it.
    pub(crate) fn of(&self, file: &str) -> String {
        format!("{}{file}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_folders_and_this_machine_are_addresses() {
        for text in [
            "https://a.github.io/b/",
            "https://example.org/",
            "http://127.0.0.1:8080/x/y/",
            "http://localhost/",
        ] {
            assert_eq!(Address::parse(text).map(|address| address.of("a")), Some(format!("{text}a")));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "/",
            "https://",
            "https:///",
            "https://a.b",
            "https://a.b/c",
            "http://a.b/",
            "ftp://a.b/",
            "https://u@a.b/",
            "https://a.b/?c/",
            "https://a.b/#/",
            "https://a.b/\"/",
            "https://a.b/ /",
            "https://a.b//",
            "https://a.b/../",
            "https://a.b:x/",
            "https://a.b/<i>/",
            "http://127.0.0.1.a.b/",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }
}
