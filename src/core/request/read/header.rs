//! The headers of a request that say who calls and of what kind the body is.

use std::ops::Range;

use super::shell::Word;
use super::tokens::{Token, What};
use super::unquote::unquoted;

/// A header, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name, in lower case.
    pub name: String,
    /// Where the name stands, without quotes.
    pub named: Range<usize>,
    /// Its value; none where only the program knows it.
    pub value: Option<String>,
    /// Where the value stands, without quotes.
    pub valued: Range<usize>,
    /// Where the words of a command stand that were to be one header, and the value they were to have.
    pub apart: Option<(Range<usize>, String)>,
}

/// The headers that are looked for.
const NAMES: [&str; 6] =
    ["authorization", "x-api-key", "api-key", "apikey", "mistral-api-key", "content-type"];

fn known(name: &str) -> Option<String> {
    let name = name.trim().to_ascii_lowercase();
    NAMES.contains(&name.as_str()).then_some(name)
}

/// The headers of a command.
pub fn of_command(words: &[Word]) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(mut header) = of_word(word) else { continue };
        if let (Some(""), [scheme, key, ..]) =
            (header.value.as_deref(), words.get(at + 1..).unwrap_or_default())
            && scheme.layer.text == "Bearer"
        {
            let value = format!("Bearer {}", key.layer.text);
            header.apart = Some((word.span.start..key.span.end, value));
        }
        headers.push(header);
    }
    headers
}

fn of_word(word: &Word) -> Option<Header> {
    let (layer, own) = (&word.layer, word.layer.text.as_str());
    let start = ["--header=", "-H"].iter().find_map(|option| own.strip_prefix(option)).unwrap_or(own);
    let start = own.len() - start.trim_start().len();
    let colon = start + own.get(start..)?.get(..64).or_else(|| own.get(start..))?.find(':')?;
    let name = known(own.get(start..colon)?)?;
    let value = own.get(colon + 1..)?;
    let from = colon + 1 + value.len() - value.trim_start().len();
    Some(Header {
        name,
        named: layer.span_outside(&(start..colon)),
        value: Some(value.trim().to_owned()),
        valued: layer.span_outside(&(from..own.len())),
        apart: None,
    })
}

/// The headers of a program: the named values of a group that is called so.
pub fn of_program(text: &str, tokens: &[Token]) -> Vec<Header> {
    let (mut headers, mut ends) = (Vec::new(), 0);
    for (at, token) in tokens.iter().enumerate() {
        match token.what {
            What::Open(_, Some(close)) if at >= ends && is_called_headers(text, tokens, at) => ends = close,
            _ if at < ends => headers.extend(of_tokens(text, tokens.get(at..at + 3).unwrap_or_default())),
            _ => {}
        }
    }
    headers
}

/// Whether a group is the value of something called `headers`, or what `Headers` is made from.
fn is_called_headers(text: &str, tokens: &[Token], open: usize) -> bool {
    let before = |back: usize| tokens.get(open.checked_sub(back)?);
    let ends_so = |token: &Token| {
        let written = text.get(token.span.clone()).unwrap_or_default().trim_end_matches(['"', '\'']);
        let start = written.ceil_char_boundary(written.len().saturating_sub(7));
        written.get(start..).is_some_and(|end| end.eq_ignore_ascii_case("headers"))
    };
    match before(1).map(|token| token.what) {
        Some(What::Colon | What::Equals) => before(2).is_some_and(ends_so),
        Some(What::Word) => before(1).is_some_and(ends_so),
        _ => false,
    }
}

fn of_tokens(text: &str, three: &[Token]) -> Option<Header> {
    let content = |token: &Token| match token.what {
        What::Text { before, behind, computed } => {
            Some((token.span.start + before..token.span.end - behind, computed))
        }
        _ => None,
    };
    let [name, separator, value] = three else { return None };
    let bare = name.what == What::Word;
    let named = if bare { name.span.clone() } else { content(name)?.0 };
    if separator.what != What::Colon || named.len() > 32 {
        return None;
    }
    let name = known(&unquoted(text.get(named.clone())?))?;
    let (valued, value) = match content(value) {
        // Of a template the beginning is known, and that says how the key is sent.
        Some((valued, _)) => (valued.clone(), Some(text.get(valued)?.to_owned())),
        None => (value.span.clone(), None),
    };
    Some(Header { name, named, value, valued, apart: None })
}

#[cfg(test)]
mod tests {
    use super::{of_command, of_program};
    use crate::core::request::read::{shell, tokens::tokens};

    #[test]
    fn headers_are_found_with_their_places() {
        let text = "curl -H 'x-api-key: abc' -H\"Authorization:  Bearer $KEY\" --header='Accept: */*'";
        let (_, words, _) = shell::curl(text).expect("a command");
        let headers = of_command(&words);
        let told: Vec<_> = headers.iter().map(|it| (it.name.as_str(), it.value.as_deref())).collect();
        assert_eq!(told, [("x-api-key", Some("abc")), ("authorization", Some("Bearer $KEY"))]);
        for header in &headers {
            assert_eq!(text.get(header.valued.clone()), header.value.as_deref());
        }
        let text = "headers = {'X-API-Key': key, \"Authorization\": f\"Bearer {key}\", Accept: 'x'}";
        let headers = of_program(text, &tokens(text));
        let told: Vec<_> = headers.iter().map(|it| (it.name.as_str(), it.value.as_deref())).collect();
        assert_eq!(told, [("x-api-key", None), ("authorization", Some("Bearer {key}"))]);
    }
}
