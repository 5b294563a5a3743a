//! Which of a text's groups of named values is the body of a request: the one with most of the names that bodies have.

use super::function::of_function;
use super::tokens::{Bracket, Token, What};
use super::unquote::unquoted;

/// Names that bodies of requests have, and how much each says.
const NAMES: [(&str, u32); 24] = [
    ("messages", 4),
    ("model", 3),
    ("prompt", 3),
    ("input", 3),
    ("inputs", 3),
    ("document", 3),
    ("texts", 2),
    ("agent_id", 2),
    ("suffix", 2),
    ("max_tokens", 1),
    ("max_completion_tokens", 1),
    ("temperature", 1),
    ("top_p", 1),
    ("stream", 1),
    ("stop", 1),
    ("tools", 1),
    ("tool_choice", 1),
    ("response_format", 1),
    ("random_seed", 1),
    ("seed", 1),
    ("safe_prompt", 1),
    ("n", 1),
    ("reasoning_effort", 1),
    ("store", 1),
];

/// From this on a group is taken for a body.
const LEAST: u32 = 3;

/// Names that say what a request is about: without one of them a group is a configuration.
const CONTENT: [&str; 7] = ["messages", "prompt", "input", "inputs", "texts", "document", "agent_id"];

/// Names that answers have, and no bodies.
const OF_ANSWERS: [&str; 5] = ["loc", "msg", "detail", "choices", "error"];

/// The best group.
#[derive(Clone, Copy, Debug)]
pub struct Best {
    /// Its opening bracket among the tokens.
    pub open: usize,
    /// How much its names say.
    pub score: u32,
}

/// What was found.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The best group that is complete.
    pub best: Option<Best>,
    /// Whether a group that would be one breaks off.
    pub cut: bool,
}

/// A group that is open.
struct Open {
    at: usize,
    bracket: Bracket,
    closes: bool,
    score: u32,
    has_content: bool,
    is_answer: bool,
}

impl Open {
    /// Notes a name in it.
    fn names(&mut self, name: &str) {
        self.score += NAMES.iter().find(|(known, _)| *known == name).map_or(0, |(_, weight)| *weight);
        self.has_content |= CONTENT.contains(&name);
        self.is_answer |= OF_ANSWERS.contains(&name);
    }

    fn new(at: usize, bracket: Bracket, closes: bool) -> Self {
        Self { at, bracket, closes, score: 0, has_content: false, is_answer: false }
    }
}

/// Finds it, in one pass.
///
/// `all`: a group counts though it names nothing that a request is about.
pub fn find(text: &str, tokens: &[Token], all: bool) -> Found {
    let (mut open, mut found): (Vec<Open>, Found) = (Vec::new(), Found { best: None, cut: false });
    let mut closings: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        while closings.last() == Some(&at) {
            closings.pop();
            if let Some(group) = open.pop() {
                weigh(text, tokens, &group, all, &mut found);
            }
        }
        match token.what {
            What::Open(bracket, close) => {
                // What never closes would hold all that follows.
                if let Some(close) = close {
                    open.push(Open::new(at, bracket, true));
                    closings.push(close);
                } else if bracket == Bracket::Curly && closings.is_empty() {
                    open.push(Open::new(at, bracket, false));
                    closings.push(usize::MAX);
                }
            }
            What::Text { .. } | What::Word => {
                let Some(group) = open.last_mut() else { continue };
                let begins = tokens
                    .get(at.wrapping_sub(1))
                    .is_none_or(|before| matches!(before.what, What::Comma | What::Open(..)));
                let separator = tokens.get(at + 1).map(|next| next.what);
                let named = match group.bracket {
                    Bracket::Curly => separator == Some(What::Colon) || is_shorthand(token, separator),
                    Bracket::Round => separator == Some(What::Equals),
                    Bracket::Square => false,
                };
                if begins && named {
                    group.names(&name(text, token));
                }
            }
            _ => {}
        }
    }
    while let Some(group) = open.pop() {
        weigh(text, tokens, &group, all, &mut found);
    }
    found
}

/// A variable that gives a member its name and its value.
fn is_shorthand(token: &Token, separator: Option<What>) -> bool {
    token.what == What::Word && matches!(separator, Some(What::Comma | What::Close))
}

fn weigh(text: &str, tokens: &[Token], group: &Open, all: bool, found: &mut Found) {
    if group.score < LEAST || group.is_answer || !(all || group.has_content) {
        return;
    }
    // Of the arguments of a function only those of a known one are a body.
    let is_call =
        || called(text, tokens, group.at).is_some_and(|name| name == "dict" || of_function(&name).is_some());
    if group.bracket == Bracket::Round && !is_call() {
        return;
    }
    if !group.closes {
        found.cut = true;
    } else if found.best.is_none_or(|best| group.score > best.score) {
        found.best = Some(Best { open: group.at, score: group.score });
    }
}

/// The name that a token is; empty if it is none.
fn name(text: &str, token: &Token) -> String {
    let written = text.get(token.span.clone()).unwrap_or_default();
    match token.what {
        What::Text { before, behind, computed: false } if written.len() <= 32 => {
            unquoted(written.get(before..written.len() - behind).unwrap_or_default())
        }
        What::Word => written.to_owned(),
        _ => String::new(),
    }
}

/// The dotted name of the function whose arguments a group is, or whose only argument.
pub fn called(text: &str, tokens: &[Token], open: usize) -> Option<String> {
    let bracket =
        |at: usize| matches!(tokens.get(at).map(|token| token.what), Some(What::Open(Bracket::Round, _)));
    let round = if bracket(open) { open } else { open.checked_sub(1).filter(|at| bracket(*at))? };
    let before = tokens.get(round.checked_sub(1)?)?;
    let name = text.get(before.span.clone())?;
    (before.what == What::Word).then(|| name.to_owned())
}
