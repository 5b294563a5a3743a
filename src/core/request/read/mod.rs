//! Reads a pasted request: a command of curl, JSON, a dict or a call of Python, an object or a call of JavaScript. Whatever is
//! read keeps its place in the text.

mod address;
mod function;
mod group;
mod header;
mod layer;
mod shell;
mod tokens;
mod tree;
mod unquote;

pub use address::{Address, Purpose};
pub use function::of_function;
pub use header::Header;
pub use layer::Layer;
pub use tree::{Member, Node, Object, Unreadable, Written, number, snake};

use std::ops::Range;
use std::rc::Rc;

use crate::core::work;
use group::Best;
use shell::Word;
use tokens::{Bracket, What};

/// What a request is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A command of curl.
    Curl,
    /// JSON alone.
    #[default]
    Json,
    /// Python.
    Python,
    /// JavaScript or TypeScript.
    JavaScript,
}

impl Form {
    /// What the page calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Curl => "a curl command",
            Self::Json => "JSON",
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
        }
    }
}

/// A request as it was pasted.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// What it is written in.
    pub form: Form,
    /// Its body; none where none was found.
    pub body: Option<Body>,
    /// Why a body that is there was not read.
    pub unreadable: Option<Unreadable>,
    /// The addresses of APIs in it.
    pub addresses: Vec<Address>,
    /// Whether it goes to the API of somebody else.
    pub is_elsewhere: bool,
    /// The headers that say who calls, and of what kind the body is.
    pub headers: Vec<Header>,
    /// Where further words of the command can stand: behind the one with the body, or the last.
    pub command_end: Option<usize>,
    /// Where a client of `OpenAI`'s is made without an address, and what would give it one.
    pub homeless: Option<(usize, String)>,
    /// The method of the function that is called with the body as arguments, such as `chat.complete`.
    pub called: Option<String>,
}

/// The body of a request.
#[derive(Clone, Debug)]
pub struct Body {
    /// The text in which it is written.
    pub layer: Layer,
    /// Its value; places are those in the layer.
    pub root: Node,
    /// Whether it is written as the named arguments of a call.
    pub arguments: bool,
    /// The language of its constants.
    pub literals: Form,
    /// Whether its names are written as Mistral's package for TypeScript has them: `maxTokens`.
    pub camel: bool,
}

impl Body {
    /// Where it stands in the text.
    pub fn span(&self) -> Range<usize> {
        self.layer.span_outside(&self.root.span)
    }
}

/// Reads a text.
pub fn read(text: &str) -> Request {
    let mut request = Request::default();
    match shell::curl(text) {
        None => of_program(text, &mut request),
        Some((start, words, cut)) => {
            // A command that a program's texts quote is none of the request's.
            let quoted = text.get(..start).is_some_and(|before| before.contains('{'));
            if quoted {
                of_program(text, &mut request);
            }
            if !request.body.as_ref().is_some_and(|body| body.span().contains(&start)) {
                request = Request::default();
                of_command(text, &words, cut, &mut request);
            }
        }
    }
    let body = request.body.as_ref().map(Body::span);
    request.addresses = address::addresses(text, body.as_ref());
    request.is_elsewhere = request.addresses.is_empty() && address::is_elsewhere(text, body.as_ref());
    request
}

/// The options of curl that carry a body.
const DATA: [&str; 6] = ["--data-raw", "--data-binary", "--data-ascii", "--data", "--json", "-d"];

fn of_command(text: &str, words: &[Word], cut: bool, request: &mut Request) {
    request.form = Form::Curl;
    request.headers = header::of_command(words);
    request.command_end = words.last().map(|word| word.span.end);
    let mut before = "";
    for word in words {
        let own = word.layer.text.as_str();
        let attached = DATA.iter().find_map(|option| {
            let rest = own.strip_prefix(option)?;
            Some(own.len() - rest.strip_prefix('=').unwrap_or(rest).len()).filter(|_| !rest.is_empty())
        });
        let from = if DATA.contains(&before) { Some(0) } else { attached };
        before = own;
        let Some(from) = from.filter(|_| request.body.is_none()) else { continue };
        if own.get(from..).is_some_and(|data| data.trim_start().starts_with('{')) {
            take(Form::Json, word.layer.clone(), request, text);
            request.command_end = Some(word.span.end);
        }
    }
    if cut && request.body.is_none() && text.contains('{') {
        request.unreadable = Some(Unreadable::Cut);
    }
}

/// Whether a function takes its fields written like `maxTokens`: one of Mistral's package for TypeScript. Its name for embeddings is
/// that of `OpenAI`'s.
fn is_camel(called: &str, text: &str) -> bool {
    let shared = called.ends_with("embeddings.create");
    let named = text.contains("@mistralai") || text.contains("Mistral(");
    !called.contains("completions") && of_function(called).is_some() && (named || !shared)
}

/// Takes the body that stands in a text, with the best group of names in it.
fn take(literals: Form, layer: Layer, request: &mut Request, text: &str) {
    let tokens = tokens::tokens(&layer.text);
    let group::Found { best, cut } = group::find(&layer.text, &tokens, request.form == Form::Curl);
    let Some(Best { open, .. }) = best else {
        if cut {
            request.unreadable = Some(Unreadable::Cut);
        }
        return;
    };
    let arguments = tokens.get(open).is_some_and(|token| matches!(token.what, What::Open(Bracket::Round, _)));
    match tree::read(&layer.text, &tokens, open) {
        Ok(mut root) => {
            let called = group::called(&layer.text, &tokens, open);
            // Mistral's package for TypeScript writes fields in its own way.
            let camel = !arguments && called.as_deref().is_some_and(|name| is_camel(name, text));
            if camel {
                tree::to_snake(&mut root);
            }
            // The packages' name for it, since `schema` is taken there.
            if called.as_deref().is_some_and(|name| of_function(name).is_some()) {
                tree::rename(&mut root, "schema_definition", "schema");
            }
            request.called = called;
            request.body = Some(Body { layer, root, arguments, literals, camel });
        }
        Err(why) => request.unreadable = Some(why),
    }
}

fn of_program(text: &str, request: &mut Request) {
    let tokens = tokens::tokens(text);
    request.headers = header::of_program(text, &tokens);
    let found = group::find(text, &tokens, false);
    let language = language(text, &tokens);
    request.form = language;
    request.homeless = address::homeless(text, &tokens);
    // A string that holds JSON counts by what is in it.
    let around: Rc<str> = text.into();
    let mut inside: Option<(u32, Layer)> = None;
    for token in &tokens {
        let What::Text { before, behind, computed: false } = token.what else { continue };
        let content = token.span.start + before..token.span.end - behind;
        let Some(words) = text.get(content.clone()).filter(|words| words.trim_start().starts_with('{'))
        else {
            continue;
        };
        work::step(words.len());
        let quote = text.get(..content.start).and_then(|before| before.chars().next_back()).unwrap_or('"');
        let layer = Layer::string(&around, &content, quote);
        let tokens = tokens::tokens(&layer.text);
        let score = group::find(&layer.text, &tokens, false).best.map_or(0, |best| best.score);
        if score > inside.as_ref().map_or(0, |(most, _)| *most) {
            inside = Some((score, layer));
        }
    }
    let outer = found.best.as_ref().map_or(0, |best| best.score);
    match inside.filter(|(score, _)| *score > outer) {
        Some((_, layer)) => take(Form::Json, layer, request, text),
        None if found.best.is_some() || found.cut => take(language, Layer::plain(text), request, text),
        None => {}
    }
}

/// The language of a text: by what only one of them has.
fn language(text: &str, tokens: &[tokens::Token]) -> Form {
    let words = || {
        let words = tokens.iter().filter(|token| token.what == What::Word);
        words.filter_map(|token| text.get(token.span.clone()))
    };
    let python = ["True", "False", "None", "import", "def", "print", "json.dumps", "dict"];
    let script = ["const", "await", "let", "fetch", "JSON.stringify", "undefined", "console.log", "new"];
    if words().any(|word| script.contains(&word)) {
        return Form::JavaScript;
    }
    if words()
        .any(|word| python.contains(&word) || word.starts_with("requests.") || word.starts_with("client."))
    {
        return Form::Python;
    }
    let single = tokens.iter().any(|token| {
        let written = text.get(token.span.clone()).unwrap_or_default();
        matches!(token.what, What::Text { .. }) && written.starts_with('\'')
    });
    let assigned = tokens.iter().any(|token| token.what == What::Equals);
    let bare = tokens
        .windows(2)
        .any(|pair| matches!(pair, [name, colon] if name.what == What::Word && colon.what == What::Colon));
    if single || assigned {
        Form::Python
    } else if bare {
        Form::JavaScript
    } else {
        Form::Json
    }
}
