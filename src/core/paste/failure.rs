//! Why no answer came, by what programs print then.

use super::scan;

/// Why no answer came, or not all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The name of the host was not found.
    Dns,
    /// Nothing accepts connections there.
    Refused,
    /// The certificate was not accepted, or no encrypted connection came about.
    Tls,
    /// Too slow.
    TimedOut,
    /// The connection was cut.
    Reset,
    /// The browser kept the answer back: it lacks the headers that let a page read it.
    Cors,
    /// An extension of the browser stopped the request.
    BlockedByClient,
    /// The policy of the page forbids the request.
    Policy,
    /// The machine has no network.
    Offline,
    /// The text says only that it failed.
    Unknown,
}

/// In lower case, with `|` between. The first row that is found decides, so what names the reason stands
/// before what follows from it.
const SIGNS: [(NoAnswer, &str); 14] = [
    (NoAnswer::Policy, "content security policy|err_blocked_by_csp"),
    (NoAnswer::BlockedByClient, "err_blocked_by_client|err_blocked_by_administrator"),
    (
        NoAnswer::Cors,
        "cors policy|cross-origin request blocked|access-control-allow-origin. |\
        access-control-allow-origin’ missing|due to access control checks",
    ),
    (
        NoAnswer::Offline,
        "err_internet_disconnected|network is unreachable|enetunreach|enetdown|\
        connection appears to be offline",
    ),
    (
        NoAnswer::Tls,
        "certificate_verify_failed|certificate verify failed|unable_to_verify_leaf_signature|\
        unable_to_get_issuer_cert|self_signed_cert_in_chain|depth_zero_self_signed_cert|\
        self-signed certificate|self signed certificate|cert_has_expired|err_tls_cert|err_cert_|\
        err_ssl_|unknownissuer|ssl certificate problem|ssl: |ssl routines:|curl: (35)|curl: (60)",
    ),
    (
        NoAnswer::Dns,
        "name or service not known|nodename nor servname|temporary failure in name resolution|\
        getaddrinfo failed|no such host|enotfound|eai_again|err_name_not_resolved|dns error|\
        could not resolve host|curl: (6)",
    ),
    (
        NoAnswer::Refused,
        "connection refused|connectionrefusederror|econnrefused|actively refused|\
        err_connection_refused",
    ),
    (
        NoAnswer::TimedOut,
        "timed out|etimedout|timeouterror|readtimeout|connecttimeout|connect timeout|\
        litellm.timeout|_timed_out|curl: (28)",
    ),
    (NoAnswer::Reset, "econnreset|connection reset|socket hang up|server disconnected without|curl: (56)"),
    // From here on they tell little or nothing of the reason.
    (NoAnswer::Refused, "connect call failed"),
    (NoAnswer::Unknown, "cannot connect to host"),
    (NoAnswer::Refused, "curl: (7)"),
    (NoAnswer::Reset, "curl: (52)"),
    (
        NoAnswer::Unknown,
        "curl: (|failed to fetch|networkerror when attempting|load failed|fetch failed|\
        connection error|net::err_|error sending request",
    ),
];

/// Why no answer came, if the text says that none came.
pub(super) fn of(lower: &str) -> Option<NoAnswer> {
    scan::row(lower, &SIGNS)
}
