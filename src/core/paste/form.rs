//! Whose text it is.

use super::head::Head;
use super::scan;
use crate::core::sse;

/// A kind of text, for “Read as …”.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An HTTP head and what follows, as `curl -i` prints them.
    CurlHead,
    /// What `curl -v` prints.
    CurlVerbose,
    /// What curl says when it fails.
    CurlError,
    /// JSON and nothing else.
    Json,
    /// A web page.
    Html,
    /// Events of a stream.
    EventStream,
    /// An error of one of Mistral's own clients; which one cannot be told.
    MistralSdk,
    /// An error of Mistral's client for Python.
    MistralPython,
    /// An error of Mistral's client for TypeScript.
    MistralTypeScript,
    /// An error of `OpenAI`'s client for Python.
    OpenAiPython,
    /// An error of `OpenAI`'s client for Node.
    OpenAiNode,
    /// An error of `LangChain`.
    LangChain,
    /// An error of `LiteLLM`.
    LiteLlm,
    /// The console of a browser.
    Browser,
    /// An error of a Python program.
    Python,
    /// An error of a Node program.
    Node,
    /// An error of a Rust program.
    Rust,
    /// An error of Mistral's own command line program, Vibe.
    Vibe,
    /// An error of Vercel's AI SDK.
    AiSdk,
    /// An error of a Go program.
    Go,
    /// An error of a program in Java or Kotlin.
    Java,
    /// An error of a .NET program.
    DotNet,
    /// An error of a PHP program.
    Php,
    /// An error of a Ruby program.
    Ruby,
    /// An error of a Dart program.
    Dart,
    /// An error of a Swift program.
    Swift,
    /// A line of a log in JSON.
    Log,
    /// None of these.
    Text,
}

impl Form {
    /// What to call it, to follow “Read as”.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CurlHead => "output of curl -i",
            Self::CurlVerbose => "output of curl -v",
            Self::CurlError => "an error of curl",
            Self::Json => "a JSON body",
            Self::Html => "a web page",
            Self::EventStream => "events of a stream",
            Self::MistralSdk => "an error of Mistral’s client",
            Self::MistralPython => "an error of Mistral’s Python client",
            Self::MistralTypeScript => "an error of Mistral’s TypeScript client",
            Self::OpenAiPython => "an error of OpenAI’s Python client",
            Self::OpenAiNode => "an error of OpenAI’s Node client",
            Self::LangChain => "an error of LangChain",
            Self::LiteLlm => "an error of LiteLLM",
            Self::Browser => "the console of a browser",
            Self::Python => "an error of a Python program",
            Self::Node => "an error of a Node program",
            Self::Rust => "an error of a Rust program",
            Self::Vibe => "an error of Vibe",
            Self::AiSdk => "an error of Vercel’s AI SDK",
            Self::Go => "an error of a Go program",
            Self::Java => "an error of a Java or Kotlin program",
            Self::DotNet => "an error of a .NET program",
            Self::Php => "an error of a PHP program",
            Self::Ruby => "an error of a Ruby program",
            Self::Dart => "an error of a Dart program",
            Self::Swift => "an error of a Swift program",
            Self::Log => "a line of a log",
            Self::Text => "text",
        }
    }
}

/// In lower case, with `|` between. The first row that is found decides: what wraps others stands before them.
const SIGNS: &[(Form, &str)] = &[
    (Form::Vibe, "api error from mistral (model|llm backend error ["),
    (Form::AiSdk, "ai_apicallerror|ai_retryerror|ai_nooutput|ai_loadapikey"),
    (Form::LiteLlm, "litellm|mistralexception - "),
    (Form::LangChain, "langchain| while fetching http"),
    (
        Form::MistralPython,
        "mistralai.client.|mistralai.models.|mistralai/client/|sdkerror('|sdkerror(message=|\
        httpvalidationerror(",
    ),
    (Form::MistralTypeScript, "@mistralai/mistralai|sdkerror: api error occurred|api error occurred: {"),
    (Form::MistralSdk, "api error occurred: status"),
    (Form::OpenAiPython, "openai/_base_client|openai.api|error code: "),
    (Form::OpenAiNode, "status code (no body)|openai/client.|openai.makerequest|requestid: "),
    (
        Form::Browser,
        "net::err_|cors policy|cross-origin request blocked|content security policy|\
        failed to fetch|networkerror when attempting|failed to load resource|load failed|\
        due to access control checks",
    ),
    (
        Form::Python,
        "traceback (most recent call last)|[errno |<response [|urlopen error|clientresponseerror|\
        cannot connect to host|client error '|server error '| for url: http|, message='|\
        connectionpool(|httperror",
    ),
    (Form::Java, ".java:|.kt:|exception in thread|springframework|java.net|java.io|javax.|okhttp|io.ktor"),
    (Form::DotNet, "system.net.|system.clientmodel|httprequestexception|   at system."),
    (Form::Dart, "dioexception|clientexception with|i/flutter|.dart:"),
    (Form::Swift, "nsurlerrordomain|nslocalizeddescription"),
    (Form::Php, "guzzle|.php:|.php(|curl error |php fatal"),
    (Form::Ruby, "faraday::|net::open|net::read|net::http|.rb:|rubyllm|ruby_llm"),
    (Form::Go, "dial tcp|context deadline exceeded|x509: |tls: |level=error|panic: |.go:|goroutine "),
    (Form::Node, "node:internal|econn|enotfound|fetch failed|axioserror"),
    (Form::Rust, "for url (http"),
];

/// The kind of a text; `json` if all of it is one JSON value.
pub(super) fn of(lower: &str, head: Option<&Head>, json: bool) -> Form {
    match head {
        Some(head) if head.verbose => return Form::CurlVerbose,
        Some(_) => return Form::CurlHead,
        None if lower.contains("curl: (") => return Form::CurlError,
        None if json => return Form::Json,
        None => {}
    }
    if scan::begins(lower, "<!doctype|<html") {
        return Form::Html;
    }
    if sse::begins(lower.as_bytes()) {
        return Form::EventStream;
    }
    scan::row(lower, SIGNS).unwrap_or(Form::Text)
}
