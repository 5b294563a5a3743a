//! The ways in which code in a page could send something away, as far as they can be tried without harm.

/// A way that is tried. Each is tried with a key that is made up, towards a host that no network knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// `fetch`.
    Fetch,
    /// `XMLHttpRequest`.
    Xhr,
    /// `navigator.sendBeacon`.
    Beacon,
    /// `WebSocket`.
    WebSocket,
    /// `EventSource`.
    EventSource,
    /// The address of a picture.
    Image,
    /// A style sheet.
    Stylesheet,
    /// A font.
    Font,
    /// A recording.
    Audio,
    /// A frame.
    Frame,
    /// A plug-in's `object`.
    Object,
    /// A form that is sent.
    Form,
    /// A script of another host.
    Script,
    /// A script in the page.
    InlineScript,
    /// A listener in an attribute.
    InlineHandler,
    /// A style in an attribute.
    InlineStyle,
    /// An address that is a program.
    ScriptAddress,
    /// `eval`.
    Eval,
    /// `new Function`.
    Function,
    /// A worker, which no policy of the page binds.
    Worker,
    /// A worker that several pages share.
    SharedWorker,
    /// A service worker, which could keep requests.
    ServiceWorker,
    /// Another place for all names of files.
    Base,
}

/// What came of making an attempt, as far as whoever made it sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The browser took it.
    Taken,
    /// The browser threw an error.
    Threw,
    /// The browser has no such thing.
    Absent,
}

/// When an attempt is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// When the browser is likely to have refused it, with all that it says of that.
    Early,
    /// When it has had its time.
    Late,
}

/// What the browser says of something that a policy refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The address that was asked for, or a word such as `inline` or `eval`.
    pub blocked: String,
    /// The rule that refused it.
    pub directive: String,
}

/// Whatever is tried goes here. Names that end in `invalid` belong to nobody, by RFC 2606.
const HOST: &str = "leak-test.invalid";

/// The rule by which a text becomes no code.
const TRUSTED_TYPES: &str = "require-trusted-types-for";

impl Attempt {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Self; 23] = [
        Self::Fetch,
        Self::Xhr,
        Self::Beacon,
        Self::WebSocket,
        Self::EventSource,
        Self::Image,
        Self::Stylesheet,
        Self::Font,
        Self::Audio,
        Self::Frame,
        Self::Object,
        Self::Form,
        Self::Script,
        Self::InlineScript,
        Self::InlineHandler,
        Self::InlineStyle,
        Self::ScriptAddress,
        Self::Eval,
        Self::Function,
        Self::Worker,
        Self::SharedWorker,
        Self::ServiceWorker,
        Self::Base,
    ];

    /// Its stable name, which begins the address that it is for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Xhr => "xhr",
            Self::Beacon => "beacon",
            Self::WebSocket => "websocket",
            Self::EventSource => "eventsource",
            Self::Image => "image",
            Self::Stylesheet => "stylesheet",
            Self::Font => "font",
            Self::Audio => "audio",
            Self::Frame => "frame",
            Self::Object => "object",
            Self::Form => "form",
            Self::Script => "script",
            Self::InlineScript => "inline-script",
            Self::InlineHandler => "inline-handler",
            Self::InlineStyle => "inline-style",
            Self::ScriptAddress => "script-address",
            Self::Eval => "eval",
            Self::Function => "function",
            Self::Worker => "worker",
            Self::SharedWorker => "shared-worker",
            Self::ServiceWorker => "service-worker",
            Self::Base => "base",
        }
    }

    /// What it is, for a reader of the page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Fetch => "fetch to another host",
            Self::Xhr => "XMLHttpRequest to another host",
            Self::Beacon => "sendBeacon to another host",
            Self::WebSocket => "WebSocket to another host",
            Self::EventSource => "EventSource to another host",
            Self::Image => "an image (<img>) of another host",
            Self::Stylesheet => "a style sheet of another host",
            Self::Font => "a font of another host",
            Self::Audio => "<audio> of another host",
            Self::Frame => "<iframe> of another host",
            Self::Object => "<object> of another host",
            Self::Form => "a form sent to another host",
            Self::Script => "<script> of another host",
            Self::InlineScript => "an inline <script>",
            Self::InlineHandler => "an onclick attribute",
            Self::InlineStyle => "a style attribute",
            Self::ScriptAddress => "a javascript: link",
            Self::Eval => "eval",
            Self::Function => "new Function",
            Self::Worker => "a worker",
            Self::SharedWorker => "a shared worker",
            Self::ServiceWorker => "a service worker",
            Self::Base => "<base> to another host",
        }
    }

    /// The address that it is for, the made-up key in it. A worker has to be of this site, or a browser refuses it for that: its file
    /// is one that no site has.
    pub fn address(self) -> String {
        if matches!(self, Self::Worker | Self::SharedWorker | Self::ServiceWorker) {
            return format!("./leak-test-{}.js?key=made-up", self.name());
        }
        let scheme = if self == Self::WebSocket { "wss" } else { "https" };
        format!("{scheme}://{}.{HOST}/?key=made-up", self.name())
    }

    /// Whether a request of the page in this folder is one of these attempts, which a browser may list although it refused it.
    pub(super) fn is_at(address: &str, base: &str) -> bool {
        Self::ALL.into_iter().any(|attempt| match attempt.address().strip_prefix("./") {
            Some(own) => address.strip_prefix(base) == Some(own),
            None => address == attempt.address(),
        })
    }

    /// Whether the browser speaks of this attempt: by its address, or, where it tells none, by a rule that only this one breaks while
    /// it is the one that is made.
    pub(super) fn is_meant_by(self, violation: &Violation) -> bool {
        let blocked = violation.blocked.as_str();
        if blocked.contains(HOST) {
            let host = blocked.split("://").nth(1).unwrap_or_default();
            return host.strip_prefix(self.name()).is_some_and(|rest| rest.starts_with('.'));
        }
        // Where a browser tells no address, it tells the kind of code, or the scheme alone.
        let (words, rules): (&[&str], &[&str]) = match self {
            Self::Fetch | Self::Xhr | Self::Beacon | Self::EventSource => (&["https"], &["connect-src"]),
            Self::WebSocket => (&["wss"], &["connect-src"]),
            Self::Font => (&["https"], &["font-src", "default-src"]),
            Self::InlineStyle => (&["inline"], &["style-src"]),
            Self::Script | Self::Object => (&["trusted-types-sink"], &[TRUSTED_TYPES]),
            Self::InlineScript | Self::InlineHandler | Self::ScriptAddress => {
                (&["inline", "trusted-types-sink"], &["script-src", TRUSTED_TYPES])
            }
            Self::Eval | Self::Function => (&["eval", "trusted-types-sink"], &["script-src", TRUSTED_TYPES]),
            Self::Worker | Self::SharedWorker | Self::ServiceWorker => {
                let own = format!("/leak-test-{}.js", self.name());
                let is_own = blocked.contains(&own)
                    || ["trusted-types-sink", "blob", "https", "file"].contains(&blocked);
                let rules = ["worker-src", "script-src", TRUSTED_TYPES];
                return is_own && rules.iter().any(|rule| violation.directive.starts_with(rule));
            }
            Self::Image | Self::Stylesheet | Self::Audio | Self::Frame | Self::Form | Self::Base => {
                (&[], &[])
            }
        };
        words.contains(&blocked) && rules.iter().any(|rule| violation.directive.starts_with(rule))
    }
}
