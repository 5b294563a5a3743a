//! The addresses of APIs that a text names, with what each is for.

use std::ops::Range;

use super::tokens::{Bracket, Token, What};
use crate::core::paste::secrets::marker_length;
use crate::core::work;

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The request goes there.
    Call,
    /// A client puts the paths of its calls behind it, `/v1` included in it.
    BaseWithVersion,
    /// A client puts the paths of its calls behind it, which begin with `/v1`.
    BaseAlone,
}

/// An address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Where it stands.
    pub span: Range<usize>,
    /// What stands there.
    pub text: String,
    /// What it is for.
    pub purpose: Purpose,
}

/// The hosts whose addresses are looked at: Mistral's own and those that are put in their place.
const HOSTS: [&str; 4] = ["mistral.ai", "mistral.com", "api.openai.com", "api.anthropic.com"];

/// Names of what takes a base address: with the version in it, as clients of `OpenAI` want it.
const WITH_VERSION: [&str; 4] = ["base_url", "baseurl", "api_base", "openai_api_base"];

/// The same without: Mistral's own clients.
const ALONE: [&str; 3] = ["server_url", "serverurl", "endpoint"];

/// How much of an address, and of what stands before it, is looked at.
const MOST: usize = 300;

/// The most addresses that are looked at.
const MOST_ADDRESSES: usize = 100;

/// The addresses, but for those in the body.
pub fn addresses(text: &str, body: Option<&Range<usize>>) -> Vec<Address> {
    work::step(text.len());
    let outside = text.match_indices("http").filter(|(at, _)| !body.is_some_and(|body| body.contains(at)));
    outside.filter_map(|(at, _)| address(text, at)).take(MOST_ADDRESSES).collect()
}

/// Whether the request goes to the API of somebody else: an address of one, and none of Mistral's or in its place.
pub fn is_elsewhere(text: &str, body: Option<&Range<usize>>) -> bool {
    let outside = text.match_indices("http").filter(|(at, _)| !body.is_some_and(|body| body.contains(at)));
    let of_api = |(at, _): (usize, &str)| {
        let (written, host) = written(text, at)?;
        let path = written.split_once("://")?.1;
        let calls = ["/v1", "/api", "/chat", "/completions"].iter().any(|part| path.contains(part));
        (calls && !is_known(&host)).then_some(())
    };
    outside.take(MOST_ADDRESSES).any(|found| of_api(found).is_some())
}

fn is_known(host: &str) -> bool {
    let is = |known: &str| host.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    HOSTS.into_iter().any(is)
}

fn address(text: &str, at: usize) -> Option<Address> {
    let (address, host) = written(text, at)?;
    let span = at..at + address.len();
    is_known(&host).then(|| Address {
        purpose: purpose(text.get(..at).unwrap_or_default()),
        span,
        text: address.to_owned(),
    })
}

/// The address that stands at a place, and its host in lower case.
fn written(text: &str, at: usize) -> Option<(&str, String)> {
    let rest = text.get(at..)?;
    let rest = rest.get(..rest.floor_char_boundary(MOST))?;
    let behind = ["http://", "https://"].iter().find_map(|scheme| rest.strip_prefix(scheme))?;
    let ends = |c: char| c.is_whitespace() || "'\"`<>()[]{},\\;|".contains(c);
    let mut length = 0;
    // What masks a secret is a part of the address that it stands in.
    loop {
        let rest = behind.get(length..).unwrap_or_default();
        length += rest.find(ends).unwrap_or(rest.len());
        match marker_length(behind.get(length..).unwrap_or_default()) {
            0 => break,
            marker => length += marker,
        }
    }
    let host = behind.get(..length)?.split(['/', '?', ':', '#']).next()?.to_ascii_lowercase();
    let length = rest.len() - behind.len() + length;
    Some((rest.get(..length)?, host))
}

/// What an address is for: the name before it says so.
fn purpose(before: &str) -> Purpose {
    let near = before.get(before.ceil_char_boundary(before.len().saturating_sub(40))..).unwrap_or_default();
    let near = near.trim_end_matches(['"', '\'', '`', ' ']);
    let Some(named) = near.strip_suffix(['=', ':']) else { return Purpose::Call };
    let name = named.trim_end_matches([' ', '"', '\'']).to_ascii_lowercase();
    let is = |names: &[&str]| names.iter().any(|known| name.ends_with(known));
    if is(&WITH_VERSION) {
        Purpose::BaseWithVersion
    } else if is(&ALONE) {
        Purpose::BaseAlone
    } else {
        Purpose::Call
    }
}

/// Where a client of `OpenAI`'s is made without an address, and what would give it one.
pub fn homeless(text: &str, tokens: &[Token]) -> Option<(usize, String)> {
    let word = |at: usize| text.get(tokens.get(at)?.span.clone());
    let closes = |at: usize| match tokens.get(at).map(|token| token.what) {
        Some(What::Open(bracket, Some(close))) => Some((bracket, close)),
        _ => None,
    };
    let made = (0..tokens.len()).find(|at| {
        let client = word(*at).is_some_and(|name| matches!(name, "OpenAI" | "AsyncOpenAI" | "openai.OpenAI"));
        client && closes(at + 1).is_some_and(|(bracket, _)| bracket == Bracket::Round)
    })?;
    let (_, round) = closes(made + 1)?;
    let named =
        |at: usize| word(at).is_some_and(|name| WITH_VERSION.contains(&name.to_ascii_lowercase().as_str()));
    if (made + 2..round).any(named) {
        return None;
    }
    // In JavaScript the arguments are an object.
    let (inside, close, words) = match closes(made + 2) {
        Some((Bracket::Curly, curly)) => (made + 3, curly, "baseURL: \"https://api.mistral.ai/v1\""),
        _ => (made + 2, round, "base_url=\"https://api.mistral.ai/v1\""),
    };
    let last = tokens.get(close.checked_sub(1)?)?;
    let comma = if inside < close && last.what != What::Comma { ", " } else { "" };
    Some((last.span.end, format!("{comma}{words}")))
}

#[cfg(test)]
mod tests {
    use super::{Purpose, addresses};

    #[test]
    fn an_address_is_read_with_its_purpose() {
        for (text, expected) in [
            (
                "curl 'https://api.mistral.ai/v1/chat/completions' -d",
                Some(("https://api.mistral.ai/v1/chat/completions", Purpose::Call)),
            ),
            (
                "OpenAI(base_url=\"https://api.mistral.ai\")",
                Some(("https://api.mistral.ai", Purpose::BaseWithVersion)),
            ),
            (
                "{ baseURL: 'http://api.openai.com/v1' }",
                Some(("http://api.openai.com/v1", Purpose::BaseWithVersion)),
            ),
            (
                "Mistral(server_url=\"https://api.mistral.ai/v1\",",
                Some(("https://api.mistral.ai/v1", Purpose::BaseAlone)),
            ),
            ("see https://errors.pydantic.dev/2.6/v/missing", None),
            ("https://notmistral.ai/v1", None),
        ] {
            let found = addresses(text, None);
            let found = found.first().map(|found| (found.text.as_str(), found.purpose));
            assert_eq!(found, expected, "{text}");
        }
        let text = "{\"a\":\"https://api.mistral.ai\"}";
        assert!(addresses(text, Some(&(0..text.len()))).is_empty());
    }
}
