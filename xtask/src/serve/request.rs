//! What a browser asks for: the request line and the few headers that matter, and the file that a target names.

use std::io::{self, Read};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Longest request head that is read, bytes. Browsers send less than one kilobyte.
const LONGEST_HEAD: usize = 16 * 1024;
/// A head that dribbles in for longer is given up.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// What is to be sent back of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Head,
}

/// A request, as far as a server of files reads it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Request {
    File {
        method: Method,
        target: String,
        gzip: bool,
    },
    /// A method that changes something.
    OtherMethod,
    /// Not HTTP/1.
    Unreadable,
}

/// Reads up to the empty line. `None` when the browser closed or never finished.
pub(super) fn read_head(mut connection: impl Read) -> io::Result<Option<String>> {
    let started = Instant::now();
    let mut head = Vec::new();
    let mut part = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let length = connection.read(&mut part)?;
        head.extend(part.iter().take(length));
        if length == 0 || head.len() > LONGEST_HEAD || started.elapsed() > LONGEST_WAIT {
            return Ok(None);
        }
    }
    Ok(Some(String::from_utf8_lossy(&head).into_owned()))
}

impl Request {
    pub(super) fn parse(head: &str) -> Self {
        let mut lines = head.split("\r\n");
        let words: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
        let [method, target, version] = words[..] else { return Self::Unreadable };
        if !version.starts_with("HTTP/1.") {
            return Self::Unreadable;
        }
        let method = match method {
            "GET" => Method::Get,
            "HEAD" => Method::Head,
            _ => return Self::OtherMethod,
        };
        let gzip = lines
            .filter_map(|line| line.split_once(':'))
            .any(|(name, value)| name.eq_ignore_ascii_case("accept-encoding") && accepts_gzip(value));
        Self::File { method, target: target.to_owned(), gzip }
    }
}

/// RFC 9110 §12.5.3, without the weights between codings: gzip is named and not with `q=0`.
fn accepts_gzip(value: &str) -> bool {
    value.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name == "*");
        let refused = parts
            .any(|weight| weight.strip_prefix("q=").is_some_and(|q| q.trim_matches(['0', '.']).is_empty()));
        is_gzip && !refused
    })
}

/// The file below the served folder that a request target names. `None` for anything that could lead out of it, and
/// for hidden files, which no page links to.
pub(super) fn file_named(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let mut file = PathBuf::new();
    for segment in path.split('/') {
        let segment = percent_decoded(segment)?;
        if segment.starts_with('.') || segment.contains(['/', '\\', '\0']) {
            return None;
        }
        // An empty segment adds nothing but a slash at the end, which a folder has.
        file.push(segment);
    }
    Some(file)
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => hex(bytes.next()?)? * 16 + hex(bytes.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_as_far_as_it_matters() {
        let get = |gzip| Request::File { method: Method::Get, target: "/a?b".into(), gzip };
        assert_eq!(Request::parse("GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n"), get(false));
        assert_eq!(Request::parse("GET /a?b HTTP/1.1\r\naccept-encoding: br, GZIP;q=0.8\r\n\r\n"), get(true));
        assert_eq!(
            Request::parse("GET /a?b HTTP/1.0\r\nAccept-Encoding: gzip;q=0.0, br\r\n\r\n"),
            get(false)
        );
        assert_eq!(Request::parse("POST / HTTP/1.1\r\n\r\n"), Request::OtherMethod);
        for unreadable in ["", "GET /\r\n\r\n", "GET / HTTP/2\r\n\r\n", "\u{16}\u{3}\u{1}"] {
            assert_eq!(Request::parse(unreadable), Request::Unreadable, "{unreadable:?}");
        }
    }

    #[test]
    fn targets_name_files() {
        for (target, file) in [
            ("/", ""),
            ("/index.html", "index.html"),
            ("/guide/keys.html?x=1#y", "guide/keys.html"),
            ("/a%20b.css", "a b.css"),
            ("/%C3%A9", "é"),
        ] {
            assert_eq!(file_named(target), Some(PathBuf::from(file)), "{target}");
        }
    }

    #[test]
    fn no_target_leads_out_of_the_folder() {
        for target in [
            "/../Cargo.toml",
            "/a/../../b",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "/a%2F..%2F..%2Fb",
            "/..\\b",
            "/%00",
            "/%",
            "/%zz",
            "/%+1",
            "/%ff",
            "/.trunk-lock",
            "/./a",
            "Cargo.toml",
            "http://elsewhere/",
            "*",
        ] {
            assert_eq!(file_named(target), None, "{target}");
        }
        // A second slash does not make the path absolute.
        assert_eq!(file_named("//etc/passwd"), Some(PathBuf::from("etc/passwd")));
    }

    #[test]
    fn a_head_ends_with_an_empty_line() {
        let read = |text: &str| read_head(text.as_bytes()).expect("memory can be read");
        assert_eq!(read("GET / HTTP/1.1\r\n\r\n").as_deref(), Some("GET / HTTP/1.1\r\n\r\n"));
        assert_eq!(read("GET / HTTP/1.1\r\n"), None);
        assert_eq!(read(&"x".repeat(40_000)), None);
    }
}
