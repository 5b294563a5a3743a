//! What is said of a program that got no answer. It says more of the reason than a browser does.

use super::explained;
use crate::core::explain::Certainty::{Certain, Likely, Possible};
use crate::core::explain::{Cause, Certainty, Explanation, Step, Suspect, likely, possible};
use crate::core::paste::{Form, NoAnswer};

const NO_NAME: &[Suspect] = &[
    likely("The machine has no network, or its name server does not answer."),
    possible("A typing error in the base address."),
    possible("A container or a company network without access to outside names."),
];
const REFUSED: &[Suspect] = &[
    likely("The base address names a local server or a proxy that is not running."),
    possible("A firewall that refuses connections to this host."),
];
const NO_TRUST: &[Suspect] = &[
    likely(
        "A company proxy or virus scanner that opens encrypted connections with a certificate of its own.",
    ),
    possible("A clock that is wrong, or outdated root certificates."),
];
const WRONG_NAME: &[Suspect] = &[
    likely(
        "Something else answers at this address: a proxy, the sign-in page of a network, an entry in a hosts file.",
    ),
    possible("The base address names a server by a number, or by a name that is not in its certificate."),
];
const DAMAGED: &[Suspect] = &[
    likely("A proxy, a virus scanner or a faulty router that changes what passes through it."),
    possible("A port or a proxy that speaks plain HTTP where the program expects encryption."),
    possible("A fault in the program’s TLS library, or in the machine’s memory."),
];
const NO_HANDSHAKE: &[Suspect] = &[
    likely("A proxy or firewall that ends encrypted connections."),
    possible("A TLS version or library that is too old."),
    possible("A certificate that is not trusted: the program does not say."),
];
const NO_WAY: &[Suspect] = &[
    likely(
        "A container or server without a way out, or without IPv6 where the address in the text is one in brackets.",
    ),
    possible("A firewall that turns the host away."),
    possible("The machine has no network at the moment."),
];
const PROXIED: &[Suspect] = &[
    likely("A proxy that does not allow this host, or wants a sign-in."),
    possible("A proxy setting that is out of date: HTTPS_PROXY, or the settings of the container."),
];
const NO_ADDRESS: &[Suspect] = &[
    likely("A base address without https:// before it, or an empty one."),
    possible("A tool that puts its own path before or behind the address."),
];
const CUT: &[Suspect] = &[
    likely("A proxy, firewall or virus scanner that cuts connections."),
    possible("A connection that was idle too long, or a restart on Mistral’s side."),
];
const WITHHELD: &[Suspect] = &[
    likely(
        "The page sends a header that Mistral does not allow: Authorization and Content-Type pass, x-api-key and the x-stainless headers of SDKs do not.",
    ),
    possible("An error page of Mistral’s edge, which the browser may not show to other sites."),
    possible("An address that browsers may not call at all."),
];
const EXTENSION: &[Suspect] = &[likely("An ad or privacy blocker.")];
const SOMEWHERE: &[Suspect] = &[
    possible("A firewall or proxy that does not let this host through."),
    possible("A base address with a typing error, or of a server that is not running."),
    possible("A network or a name server with a fault."),
];
const SOMEWHERE_IN_BROWSER: &[Suspect] = &[
    possible("An ad or privacy blocker in the browser."),
    possible("A header that Mistral does not allow from web pages, such as x-api-key or those of SDKs."),
    possible("A proxy, a firewall or a virus scanner that does not let this host through."),
];

/// What to do about a program that reaches nobody. A browser's own pages are told otherwise.
const REACH: &[Step] = &[
    Step::Do("Compare the base address with https://api.mistral.ai/v1, letter by letter."),
    Step::Do(
        "On the same machine, run: curl -i https://api.mistral.ai/v1/models. Any answer, a 401 too, means that the way is free.",
    ),
    Step::Do(
        "Look whether a proxy is set where the program runs: HTTPS_PROXY, or the settings of the container.",
    ),
];
const LOOK_UP: &[Step] = &[
    Step::Do(
        "On the same machine, look up another name, such as example.org: if that fails too, its name server is the reason.",
    ),
    Step::Do("Compare the name in the base address with api.mistral.ai, letter by letter."),
    Step::Do("In a container or a company network, ask for access to outside names."),
];
const PASS: &[Step] = &[
    Step::Do("Sign in to the proxy, or unset HTTPS_PROXY where the program runs if none is needed."),
    Step::Do("Ask whoever runs the network to let api.mistral.ai through."),
];
const TRY_AGAIN: &[Step] = &[
    Step::Do("Send it again: connections break now and then."),
    Step::Do(
        "If it comes back, try another network, for example a phone’s hotspot: if it works there, this network cuts it.",
    ),
    Step::Do("For long answers, turn streaming on: a connection without traffic is cut sooner."),
];
const FIND_A_WAY: &[Step] = &[
    Step::Do(
        "On the same machine, run: curl -4 -i https://api.mistral.ai/v1/models. If that answers, switch IPv6 off for the program.",
    ),
    Step::Do("Look whether the container or server may reach outside addresses at all."),
];
const RAISE_LIMIT: &[Step] = &[
    Step::Do(
        "Raise the program’s time limit, and turn streaming on: long answers take minutes, and the first token comes sooner.",
    ),
    Step::Do(
        "On the same machine, run: curl -i https://api.mistral.ai/v1/models. An answer within a second means that the way is free.",
    ),
    Step::Do("Look whether a proxy is set where the program runs."),
];
const TRUST: &[Step] = &[
    Step::Do("Give the program the certificate of your company’s proxy, or ask who runs the network for it."),
    Step::Do("Correct the clock, and update the program’s root certificates."),
];
const LOOK_WHO: &[Step] = &[
    Step::Do(
        "On the same machine, run: curl -v https://api.mistral.ai/v1/models. It prints whose certificate answers.",
    ),
    Step::Do("Try another network, for example a phone’s hotspot."),
];
const AGAIN: &[Step] = &[
    Step::Do("Send it again: a connection that was damaged once may be whole the next time."),
    Step::Do("If it comes back, try without proxy, VPN and virus scanner, or on another network."),
];
const ADDRESS: &[Step] = &[
    Step::Do("Set the base address to https://api.mistral.ai/v1, with https:// and nothing behind it."),
    Step::Do("In a tool with fields for host and path, look that no field is empty."),
];
const ALLOW: &[Step] = &[
    Step::Do("In a page of your own, send no headers but Authorization and Content-Type."),
    Step::Do("Never publish a page that holds your key: let a server of yours call Mistral instead."),
];

/// What is known of a reason why no answer came.
struct Reading {
    cause: Cause,
    certainty: Certainty,
    because: &'static str,
    /// What it may be in particular; where it is empty, the cause's own list holds.
    suspects: &'static [Suspect],
    /// What to do; where it is empty, the cause's own list holds.
    next: &'static [Step],
}

const fn blocked(
    certainty: Certainty,
    because: &'static str,
    suspects: &'static [Suspect],
    next: &'static [Step],
) -> Reading {
    Reading { cause: Cause::Blocked, certainty, because, suspects, next }
}

const fn sure(cause: Cause, because: &'static str) -> Reading {
    Reading { cause, certainty: Certain, because, suspects: &[], next: &[] }
}

static DNS: Reading = blocked(Likely, "The name of the host could not be looked up.", NO_NAME, LOOK_UP);
static REFUSAL: Reading =
    blocked(Likely, "Something answered at once that it takes no connection.", REFUSED, REACH);
static CERTIFICATE: Reading = blocked(
    Likely,
    "The encrypted connection was not accepted, because its certificate is not trusted.",
    NO_TRUST,
    TRUST,
);
static CERTIFICATE_NAME: Reading =
    blocked(Likely, "The certificate that answered is another host’s.", WRONG_NAME, LOOK_WHO);
static GARBLED: Reading = blocked(
    Likely,
    "What arrived on the encrypted connection was damaged on its way, or not encrypted at all. No certificate is to blame.",
    DAMAGED,
    AGAIN,
);
static HANDSHAKE: Reading =
    blocked(Likely, "The encrypted connection could not be set up.", NO_HANDSHAKE, LOOK_WHO);
static PROXY: Reading = blocked(Likely, "A proxy on the way did not let the request through.", PROXIED, PASS);
static BAD_ADDRESS: Reading = blocked(
    Certain,
    "The address that the program called is not complete, so nothing was sent.",
    NO_ADDRESS,
    ADDRESS,
);
static NO_WAY_OUT: Reading =
    blocked(Likely, "The machine has no way to the address of the host.", NO_WAY, FIND_A_WAY);
static TIMED_OUT: Reading = Reading {
    next: RAISE_LIMIT,
    ..sure(Cause::TimedOut, "The program’s time limit passed without an answer.")
};
static RESET: Reading =
    blocked(Likely, "The connection was cut before the answer was complete.", CUT, TRY_AGAIN);
static CORS: Reading =
    blocked(Likely, "The browser withheld the request or its answer from the page (CORS).", WITHHELD, ALLOW);
static CLIENT: Reading =
    blocked(Certain, "The browser says that one of its extensions stopped the request.", EXTENSION, &[]);
static POLICY: Reading = sure(Cause::Csp, "The browser says that the page’s own policy forbids the request.");
static OFFLINE: Reading = sure(Cause::Offline, "The text says that the machine has no network.");
static UNKNOWN: Reading =
    blocked(Possible, "The text says that no answer came, and not why.", SOMEWHERE, REACH);
static UNKNOWN_IN_BROWSER: Reading =
    blocked(Possible, "The text says that no answer came, and not why.", SOMEWHERE_IN_BROWSER, ALLOW);

const fn reading(failure: NoAnswer, form: Form) -> &'static Reading {
    match failure {
        NoAnswer::Dns => &DNS,
        NoAnswer::Refused => &REFUSAL,
        NoAnswer::Certificate => &CERTIFICATE,
        NoAnswer::CertificateName => &CERTIFICATE_NAME,
        NoAnswer::Garbled => &GARBLED,
        NoAnswer::Handshake => &HANDSHAKE,
        NoAnswer::Proxy => &PROXY,
        NoAnswer::BadAddress => &BAD_ADDRESS,
        NoAnswer::TimedOut => &TIMED_OUT,
        NoAnswer::Reset => &RESET,
        NoAnswer::Cors => &CORS,
        NoAnswer::BlockedByClient => &CLIENT,
        NoAnswer::Policy => &POLICY,
        NoAnswer::Offline => &OFFLINE,
        NoAnswer::NoWay => &NO_WAY_OUT,
        NoAnswer::Unknown if matches!(form, Form::Browser) => &UNKNOWN_IN_BROWSER,
        NoAnswer::Unknown => &UNKNOWN,
    }
}

/// Explains a program's network error; `form` is whose text told of it.
pub(super) fn explain(failure: NoAnswer, form: Form, mut evidence: Vec<String>) -> Explanation {
    let reading = reading(failure, form);
    evidence.push(reading.because.to_owned());
    let mut explanation = explained(reading.cause, Some(reading.certainty), evidence);
    if !reading.suspects.is_empty() {
        explanation.suspects = reading.suspects.to_vec();
    }
    if !reading.next.is_empty() {
        explanation.next = reading.next.to_vec();
    }
    explanation
}
