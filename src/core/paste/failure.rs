//! Why no answer came, by what programs print then.

use super::scan;
use std::ops::Range;

/// Why no answer came, or not all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The name of the host was not found.
    Dns,
    /// Nothing accepts connections there.
    Refused,
    /// The certificate was not accepted: it is signed by somebody who is not trusted, or out of date.
    Certificate,
    /// The certificate is another host's.
    CertificateName,
    /// What arrived of the encrypted connection was damaged, or was not encrypted at all.
    Garbled,
    /// No encrypted connection came about, and the text does not say why.
    Handshake,
    /// A proxy did not let the request through.
    Proxy,
    /// The address that was called is no complete one.
    BadAddress,
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
    /// The machine has no way to the address of the host.
    NoWay,
    /// The text says only that it failed.
    Unknown,
}

/// In lower case, with `|` between. The first row that is found decides, so what names the reason stands
/// before what follows from it. Of curl, Python, Node, Go, Java, Kotlin, .NET, Dart, Swift, PHP, Ruby, Rust and browsers.
const SIGNS: &[(NoAnswer, &str)] = &[
    (
        NoAnswer::Policy,
        "following content security policy|content security policy directive|settings blocked the loading|err_blocked_by_csp",
    ),
    (NoAnswer::BlockedByClient, "err_blocked_by_client|err_blocked_by_administrator"),
    (
        NoAnswer::Cors,
        "cors policy|cross-origin request blocked|access-control-allow-origin. |\
        access-control-allow-origin’ missing|due to access control checks|access-control-allow-headers",
    ),
    (
        NoAnswer::Offline,
        "err_internet_disconnected|enetdown|connection appears to be offline|nsurlerrordomain code=-1009|network is down",
    ),
    (NoAnswer::NoWay, "network is unreachable|enetunreach|no route to host|ehostunreach"),
    (
        NoAnswer::CertificateName,
        "hostname mismatch|err_cert_common_name_invalid|err_tls_cert_altname_invalid|ssl_error_bad_cert_domain|\
        no alternative certificate subject name|does not match certificate|' doesn't match |certificate is valid for|\
        certificate for a different|remotecertificatenamemismatch|no subject alternative|not verified:|notvalidforname",
    ),
    (
        NoAnswer::Garbled,
        "bad record mac|bad_record_mac|bad_record|decryption failed|decrypt_error|record layer failure|record overflow|\
        wrong version number|wrong_version_number|packet length too long|rx_record_too_long|unknown protocol|\
        first record does not look like a tls|unsupported or unrecognized ssl message|corrupted frame|err_ssl_protocol_error|\
        unexpected packet format|plaintext connection|http request to an https|invalidmessage|corrupt message",
    ),
    (
        NoAnswer::Certificate,
        "certificate_verify_failed|certificate verify failed|unable_to_verify_leaf_signature|unable_to_get_issuer_cert|\
        self_signed_cert_in_chain|depth_zero_self_signed_cert|self-signed certificate|self signed certificate|\
        cert_has_expired|certificate has expired|err_tls_cert|err_cert_|unknownissuer|unknown issuer|\
        ssl certificate problem|curl: (60)|curl error 60|pkix path|certpathbuilder|certificateexception|\
        signed by unknown authority|certificate is not trusted|failed to verify certificate|unable to get local issuer|\
        unable to get issuer|remotecertificatechainerrors|remote certificate is invalid|certificate_unknown|certificate unknown|\
        certificate authority|trust anchor for certification path|trustanchor|nsurlerrordomain code=-1202|\
        badcertificate|bad_certificate|sslcertverificationerror|x509: |certificate chain|certificate is not yet valid",
    ),
    (
        NoAnswer::Dns,
        "name or service not known|nodename nor servname|name resolution|getaddrinfo|no such host|enotfound|eai_again|\
        err_name_not_resolved|dns error|could not resolve host|couldn't resolve host|curl: (6)|curl error 6:|host lookup|\
        unknownhostexception|unable to resolve host|no address associated with hostname|name does not resolve|\
        unresolvedaddressexception|no such host is known|nsurlerrordomain code=-1003|hostname could not be found|nxdomain|\
        failed to lookup address|no se pudo resolver|failed to resolve|name resolution failed|server misbehaving|dns_probe",
    ),
    (
        NoAnswer::Proxy,
        "proxyerror|proxy error|tunnel connection failed|tunneling socket|proxyconnect|proxy connect aborted|connect tunnel failed|\
        err_proxy|err_tunnel|unable to tunnel|curl: (5)|curl: (97)|curl error 5:|proxy authentication required|proxyexception|\
        cannot connect to proxy|unsupportedproxy",
    ),
    (
        NoAnswer::Refused,
        "connection refused|connectionrefused|econnrefused|actively refused|err_connection_refused|nsurlerrordomain code=-1004",
    ),
    (
        NoAnswer::TimedOut,
        "timed out|timedout|etimedout|timeouterror|readtimeout|connecttimeout|connect timeout|writetimeout|pooltimeout|\
        litellm.timeout|_timed_out|curl: (28)|curl error 28|deadline exceeded|client.timeout|timeoutexception|\
        headers timeout|headerstimeout|bodytimeout|body timeout|und_err_connect_timeout|net::opentimeout|net::readtimeout|\
        request timeout|read timeout|timeout awaiting|httpclient.timeout|nsurlerrordomain code=-1001|\
        receive timeout|connection timeout|ms exceeded|took longer than|operation was aborted due to timeout|reason: :timeout|\
        transporterror) timeout|i/o timeout|zeitüberschreitung|délai d'attente|délai d’attente|délai dépassé|tiempo de espera",
    ),
    (
        NoAnswer::Reset,
        "econnreset|connection reset|socket hang up|server disconnected|curl: (56)|curl: (52)|curl error 56|curl error 52|\
        remoteprotocolerror|remotedisconnected|remote end closed|readerror|writeerror|connection closed|connection aborted|\
        broken pipe|epipe|unexpected eof|eofexception|eoferror|incomplete chunked|incompleteread|peer closed connection|\
        connection was closed|other side closed|premature close|premature end|prematurely|closed unexpectedly|forcibly closed|\
        und_err_socket|connection lost|network connection was lost|nsurlerrordomain code=-1005|closed before|\
        response ended prematurely|empty reply|\": eof|clientpayloaderror|protocol error: unexpected|goaway|stream was reset|typeerror: terminated",
    ),
    (
        NoAnswer::Handshake,
        "curl: (35)|curl error 35|ssl: |ssl routines:|err_ssl_|ssl handshake|sslhandshake|handshake failure|handshake_failure|\
        handshake failed|tlsv1 alert|sslv3 alert|secure connection failed|ssl connection could not be established|sslerror|\
        sslexception|handshakeexception|nsurlerrordomain code=-1200|tls error|remote error: tls|could not create ssl",
    ),
    (
        NoAnswer::BadAddress,
        "invalid url|only absolute urls|failed to parse url|unsupported protocol scheme|err_invalid_url|unsupportedprotocol|\
        missing an 'http://'|no scheme supplied|missingschema|relative url without a base|invalid uri|malformedurl|url using bad|\
        curl: (3)|curl: (1)|nsurlerrordomain code=-1002",
    ),
    // From here on they tell little or nothing of the reason.
    (NoAnswer::Refused, "connect call failed"),
    (NoAnswer::Unknown, "cannot connect to host"),
    (NoAnswer::Refused, "curl: (7)|curl error 7:|failed to connect to|could not connect to the server"),
    (NoAnswer::Unknown, "dial tcp|connecterror|connectexception|connection error|network error|networkerror"),
    (NoAnswer::Unknown, "apiconnectionerror|connectionfailed|connection failed|socketexception|socketerror"),
    (
        NoAnswer::Unknown,
        "failed to fetch|load failed|fetch failed|net::err_|error sending request|unable to make request",
    ),
    (
        NoAnswer::Unknown,
        "httprequestexception|an error occurred while sending the request|i/o error on| ioexception|.ioexception",
    ),
    (
        NoAnswer::Unknown,
        "unable to connect|could not connect|cannot connect|can't connect|connection could not",
    ),
    (
        NoAnswer::Unknown,
        "curl: (|curl error |urlopen error|urlerror|nsurlerrordomain|req.transporterror|mint.transporterror",
    ),
    (
        NoAnswer::Unknown,
        "connexion impossible|erreur de connexion|verbindungsfehler|error de conexión|连接失败|连接错误",
    ),
];

/// Why no answer came, if the text says that none came.
pub(super) fn of(lower: &str) -> Option<NoAnswer> {
    scan::row(lower, SIGNS)
}

/// The place of the words that say so.
pub(super) fn place(lower: &str) -> Option<Range<usize>> {
    let words = SIGNS.iter().flat_map(|(_, words)| words.split('|'));
    words
        .into_iter()
        .find_map(|word| Some((scan::find(lower, word, 0)?, word)))
        .map(|(at, word)| at..at + word.len())
}
