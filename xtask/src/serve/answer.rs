//! The answer to a request: a file of the page with the headers that a static host sends.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::request::{Method, Request, file_named};

/// Shorter bodies grow by compression.
const SHORTEST_GZIP: usize = 256;

/// A whole HTTP answer.
#[derive(Debug)]
pub(super) struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    method: Method,
}

/// Answers a request from the files in `folder`, which must be a canonical path.
pub(super) fn to(request: &Request, folder: &Path) -> Answer {
    match request {
        Request::File { method, target, gzip } => file(*method, target, *gzip, folder),
        Request::OtherMethod => {
            let answer = Answer::text("405 Method Not Allowed", "This server only reads: GET and HEAD.\n");
            answer.with("Allow", "GET, HEAD".into())
        }
        Request::Unreadable => Answer::text("400 Bad Request", "This is not an HTTP/1 request.\n"),
    }
}

fn file(method: Method, target: &str, gzip: bool, folder: &Path) -> Answer {
    let named = file_named(target).map(|name| folder.join(name));
    // A symbolic link may point anywhere: what counts is where the file really is.
    let inside = named.and_then(|path| path.canonicalize().ok()).filter(|path| path.starts_with(folder));
    let answer = match inside {
        Some(path) if path.is_dir() => {
            let place = target.split(['?', '#']).next().unwrap_or_default();
            if place.ends_with('/') {
                read("200 OK", &path.join("index.html"), gzip)
            } else {
                // Without the slash the page's relative links would miss. One slash in front, or it names a host.
                let place = format!("/{}/", place.trim_start_matches('/'));
                let answer = Answer::text("301 Moved Permanently", "The folder has a slash at its end.\n");
                Some(answer.with("Location", place))
            }
        }
        Some(path) => read("200 OK", &path, gzip),
        None => None,
    };
    let missing = || Answer::text("404 Not Found", "There is no such file on this page.\n");
    let answer =
        answer.or_else(|| read("404 Not Found", &folder.join("404.html"), gzip)).unwrap_or_else(missing);
    Answer { method, ..answer }
}

fn read(status: &'static str, path: &Path, gzip: bool) -> Option<Answer> {
    let body = fs::read(path).ok()?;
    let media = xtask::media(path);
    let answer = Answer { status, headers: Vec::new(), body, method: Method::Get };
    let answer = answer.with("Content-Type", media.name.into());
    if !media.compressible {
        return Some(answer);
    }
    let answer = answer.with("Vary", "Accept-Encoding".into());
    if !gzip || answer.body.len() < SHORTEST_GZIP {
        return Some(answer);
    }
    let body = xtask::gzip(&answer.body).ok()?;
    Some(Answer { body, ..answer.with("Content-Encoding", "gzip".into()) })
}

impl Answer {
    fn text(status: &'static str, text: &str) -> Self {
        let answer = Self { status, headers: Vec::new(), body: text.into(), method: Method::Get };
        answer.with("Content-Type", "text/plain; charset=utf-8".into())
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Sends the answer; the connection ends with it.
    pub(super) fn write(&self, mut connection: impl Write) -> io::Result<()> {
        let mut bytes = format!("HTTP/1.1 {}\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            write!(bytes, "{name}: {value}\r\n")?;
        }
        let length = self.body.len();
        write!(bytes, "Content-Length: {length}\r\nCache-Control: no-store\r\n")?;
        write!(bytes, "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n")?;
        if self.method == Method::Get {
            bytes.extend(&self.body);
        }
        connection.write_all(&bytes)?;
        connection.flush()
    }
}
