//! HTTP heads as curl prints them: bare with `-i`, behind `< ` with `-v`.

use super::{PastedBody, body, scan, status};
use std::mem;

/// The last HTTP head of a text and what follows it.
pub(super) struct Head {
    /// `None` when the head is no answer yet: a proxy's consent or a `100 Continue`.
    pub(super) status: Option<u16>,
    pub(super) headers: Vec<(String, String)>,
    /// Lines that tell of the connection are among the answer's.
    pub(super) verbose: bool,
    /// What follows the head, without those lines.
    text: String,
}

/// How curl marks what is neither head nor body.
const MARKS: &str = "* |> |< |{ [|} [";

/// The last head that is no success, else the last, if there is one.
pub(super) fn last(text: &str) -> Option<Head> {
    let mut head: Option<Head> = None;
    let mut inside = false;
    let mut rest = text;
    while !rest.is_empty() {
        let (line, behind) = scan::line(rest);
        rest = behind;
        let marked = line.strip_prefix('<').filter(|rest| rest.is_empty() || rest.starts_with(' '));
        let bare = marked.unwrap_or(line).trim();
        if let Some((status, answers)) = status_line(bare) {
            // Of a refusal and a success, the refusal is what the text was pasted for.
            let refused = head.as_ref().is_some_and(|head| head.status.is_some_and(|status| status >= 400));
            if refused && answers && (200..300).contains(&status) {
                break;
            }
            let verbose = marked.is_some() || head.is_some_and(|head| head.verbose);
            let status = answers.then_some(status);
            head = Some(Head { status, headers: Vec::new(), verbose, text: String::new() });
            inside = true;
            continue;
        }
        let Some(head) = &mut head else { continue };
        if inside && head.verbose && marked.is_none() && line.starts_with("* ") {
            continue;
        }
        if inside && let Some((name, value)) = header(bare) {
            head.headers.push((name.to_ascii_lowercase(), value.to_owned()));
            continue;
        }
        let ends_head = mem::take(&mut inside) && bare.is_empty();
        let of_curl = head.verbose && scan::begins(line, MARKS);
        if !ends_head && !of_curl {
            head.text.push_str(line);
            head.text.push('\n');
        }
    }
    head
}

/// The status in `HTTP/2 401`, and whether it is an answer's and not of what only precedes one.
fn status_line(line: &str) -> Option<(u16, bool)> {
    let (_, rest) = scan::leading(line.strip_prefix("HTTP/")?, false, "0123456789.");
    let status = status::number(rest.strip_prefix(' ')?)?;
    let preliminary = status < 200 || rest.to_ascii_lowercase().contains("connection established");
    Some((status, !preliminary))
}

fn header(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = scan::leading(line, true, "-_");
    let value = rest.strip_prefix(':').filter(|_| !name.is_empty())?;
    Some((name, value.trim()))
}

impl Head {
    /// What follows the head, without what curl tells of the connection.
    pub(super) fn body(&self) -> PastedBody {
        let Some(status) = self.status else { return PastedBody::Unknown };
        // Without a line break of its own, a body runs into what curl prints next.
        let text = scan::before(scan::before(&self.text, "* Connection #"), "\ncurl: (").trim();
        let none = self.headers.iter().any(|(name, value)| name == "content-length" && value == "0");
        if none || matches!(status, 204 | 304) {
            return PastedBody::Empty;
        }
        if text.is_empty() || text.starts_with("curl: (") {
            return PastedBody::Unknown;
        }
        PastedBody::Bytes(body::of_answer(text))
    }
}
