//! The words of a text that may be JSON, a dict of Python, an object of JavaScript or the call of a function: brackets with their
//! partners, strings, separators. One pass, whatever the text is.

use std::ops::Range;

use crate::core::work;

/// A bracket's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bracket {
    /// `{}`.
    Curly,
    /// `[]`.
    Square,
    /// `()`.
    Round,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An opening bracket, and the place of its partner among the tokens; none where the text ends before.
    Open(Bracket, Option<usize>),
    /// A closing bracket.
    Close,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// An equals sign that assigns.
    Equals,
    /// A string: how many bytes its quotes take on each side, and whether parts of it are computed.
    Text {
        /// Bytes before the content: prefix and opening quotes.
        before: usize,
        /// Bytes of the closing quotes.
        behind: usize,
        /// A template or a formatted string, whose content is only known when it runs.
        computed: bool,
    },
    /// A string whose end is missing.
    Unclosed,
    /// A number, a name, a keyword.
    Word,
    /// Anything else: an operator, a character of prose.
    Other,
}

/// A token, and its place in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub what: What,
    /// Where it stands.
    pub span: Range<usize>,
}

/// The tokens of a text, without blanks and comments.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut lexer =
        Lexer { text, bytes: text.as_bytes(), at: 0, tokens: Vec::new(), open: Vec::new(), barren: 0 };
    while lexer.at < text.len() {
        lexer.step();
    }
    work::step(text.len());
    lexer.tokens
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    tokens: Vec<Token>,
    /// The brackets that are open: their kind and place among the tokens.
    open: Vec<(Bracket, usize)>,
    /// Before this place no single quote opens a string: none closes it on its line.
    barren: usize,
}

impl Lexer<'_> {
    fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or_default()
    }

    fn before(&self) -> u8 {
        self.at.checked_sub(1).and_then(|at| self.bytes.get(at)).copied().unwrap_or(b'\n')
    }

    fn push(&mut self, what: What, length: usize) {
        let end = (self.at + length).min(self.text.len());
        self.tokens.push(Token { what, span: self.at..end });
        self.at = end;
    }

    fn step(&mut self) {
        match self.byte(0) {
            b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
            b'{' => self.open(Bracket::Curly),
            b'[' => self.open(Bracket::Square),
            b'(' => self.open(Bracket::Round),
            b'}' => self.close(Bracket::Curly),
            b']' => self.close(Bracket::Square),
            b')' => self.close(Bracket::Round),
            b',' => self.push(What::Comma, 1),
            b'#' if self.before().is_ascii_whitespace() => self.skip_to(b"\n"),
            b'/' if self.byte(1) == b'/' && self.may_comment() => self.skip_to(b"\n"),
            b'/' if self.byte(1) == b'*' => {
                self.at += 2;
                self.skip_to(b"*/");
            }
            b':' if self.byte(1) == b':' => self.push(What::Other, 2),
            b':' => self.push(What::Colon, 1),
            b'=' if matches!(self.byte(1), b'=' | b'>') => self.push(What::Other, 2),
            b'=' if matches!(self.before(), b'=' | b'!' | b'<' | b'>' | b'+' | b'-') => {
                self.push(What::Other, 1);
            }
            b'=' => self.push(What::Equals, 1),
            // A fence around code.
            b'`' if self.byte(1) == b'`' && self.byte(2) == b'`' => self.push(What::Other, 3),
            quote @ (b'"' | b'\'' | b'`') => self.text(quote, 0),
            0xe2 if self.curly() => {}
            byte if is_word(byte) => self.word(),
            _ => {
                let length = self.text.get(self.at..).and_then(|rest| rest.chars().next());
                self.push(What::Other, length.map_or(1, char::len_utf8));
            }
        }
    }

    /// Two slashes are no comment in an address.
    fn may_comment(&self) -> bool {
        matches!(self.before(), b' ' | b'\t' | b'\n' | b'\r' | b',' | b'{' | b'[' | b'(' | b';')
    }

    fn skip_to(&mut self, end: &[u8]) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let found = rest.windows(end.len()).position(|window| window == end);
        self.at += found.map_or(rest.len(), |found| found + end.len());
    }

    fn open(&mut self, bracket: Bracket) {
        self.open.push((bracket, self.tokens.len()));
        self.push(What::Open(bracket, None), 1);
    }

    /// A closing bracket closes the last one of its kind, if no other kind is open inside; else it closes nothing.
    fn close(&mut self, bracket: Bracket) {
        if let Some((_, opening)) = self.open.pop_if(|(open, _)| *open == bracket) {
            let place = self.tokens.len();
            if let Some(token) = self.tokens.get_mut(opening) {
                token.what = What::Open(bracket, Some(place));
            }
        }
        self.push(What::Close, 1);
    }

    /// A string in quotes as word processors write them, where a value or a name begins.
    fn curly(&mut self) -> bool {
        let before = self.tokens.last().map(|token| token.what);
        if !matches!(before, Some(What::Open(..) | What::Comma | What::Colon | What::Equals)) {
            return false;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(content) = rest.strip_prefix(['\u{201c}', '\u{201d}']) else { return false };
        let end = content.find(['\n', '"', '\u{201c}', '\u{201d}']).unwrap_or(content.len());
        work::step(end);
        let Some(length) =
            content.get(end..).filter(|rest| rest.starts_with(['\u{201c}', '\u{201d}'])).map(|_| end)
        else {
            return false;
        };
        self.push(What::Text { before: 3, behind: 3, computed: false }, 3 + length + 3);
        true
    }

    fn word(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| is_word(**byte)).count();
        let prefix = rest
            .get(..length)
            .is_some_and(|word| word.len() <= 2 && word.iter().all(|byte| b"fFrRbBuU".contains(byte)));
        match rest.get(length) {
            Some(quote @ (b'"' | b'\'')) if prefix => self.text(*quote, length),
            _ => self.push(What::Word, length),
        }
    }

    fn text(&mut self, quote: u8, prefix: usize) {
        let rest = self.bytes.get(self.at + prefix..).unwrap_or_default();
        let triple = quote != b'`' && rest.starts_with(&[quote; 3]);
        // An apostrophe in prose opens nothing.
        if prefix == 0
            && quote == b'\''
            && !triple
            && (self.before().is_ascii_alphanumeric() || self.at < self.barren)
        {
            return self.push(What::Other, 1);
        }
        let quotes = if triple { 3 } else { 1 };
        let content = rest.get(quotes..).unwrap_or_default();
        let computed = self
            .bytes
            .get(self.at..self.at + prefix)
            .is_some_and(|prefix| prefix.iter().any(|byte| b"fF".contains(byte)));
        match closing(content, quote, triple) {
            Ok(length) => {
                let template = quote == b'`'
                    && content.get(..length).is_some_and(|text| text.windows(2).any(|two| two == b"${"));
                let what =
                    What::Text { before: prefix + quotes, behind: quotes, computed: computed || template };
                self.push(what, prefix + quotes + length + quotes);
            }
            Err(end) if quote == b'\'' && !triple => {
                self.barren = self.at + prefix + quotes + end;
                self.push(What::Other, prefix + quotes);
            }
            Err(end) => self.push(What::Unclosed, prefix + quotes + end),
        }
    }
}

/// The length of a string's content, which a quote of its kind ends; only some kinds go over lines.
///
/// # Errors
/// How far it was looked for.
fn closing(content: &[u8], quote: u8, triple: bool) -> Result<usize, usize> {
    let (mut escaped, mut end) = (false, Err(content.len()));
    for (at, &byte) in content.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'\n' if !triple && quote != b'`' => {
                end = Err(at);
                break;
            }
            _ if byte != quote => {}
            _ if triple && !content.get(at..).is_some_and(|rest| rest.starts_with(&[quote; 3])) => {}
            _ => {
                end = Ok(at);
                break;
            }
        }
    }
    let (Ok(looked_at) | Err(looked_at)) = end;
    work::step(looked_at);
    end
}

/// What a number, a name with its dots, or a spread is made of.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'_' | b'.' | b'$' | b'-' | b'+')
}
