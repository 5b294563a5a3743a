//! The ledger as it is shown: a sentence, what the browser says to it, and each request for whoever looks.

use crate::core::app::words::{counted, listed};
use crate::core::ledger::{Entry, Ledger, OwnFile, Site, Stage, Stranger};
use crate::core::mistral::Endpoint;
use crate::core::policy::Origin;
use crate::core::prices::Dollars;
use crate::core::time::Timestamp;

/// Requests that are shown. A table of more is no longer read.
const MOST_ROWS: usize = 100;

/// What it means that pages of others may have this address.
const SHARED_ORIGIN: &str = "All pages of one account share this address, and browsers keep pages apart by address alone. Another page of that \
    account can open this one and read what is typed here; its service worker can see each request. Trust that account, or use a copy at \
    an address of its own.";

/// A request, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// When, since the page was opened.
    pub at: String,
    /// Method, host and path.
    pub request: String,
    /// Whether it carried the key.
    pub with_key: bool,
    /// Bytes that were sent, without the headers.
    pub sent: String,
    /// What came back.
    pub answer: String,
    /// What it was for.
    pub purpose: &'static str,
    /// What it cost; empty where nothing.
    pub cost: String,
}

/// What is shown of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerView {
    /// What was sent where, in a sentence.
    pub headline: String,
    /// What it cost; empty where nothing.
    pub cost: String,
    /// What the browser's own record says to it.
    pub agreement: &'static str,
    /// Requests that no entry stands for, each in a line.
    pub strangers: Vec<String>,
    /// Files of this site, in a sentence.
    pub files: String,
    /// What it means that pages of others may have this address; empty where none has.
    pub shared_origin: &'static str,
    /// Whether the list is looked at.
    pub open: bool,
    /// The latest requests first; none while nobody looks.
    pub rows: Vec<LedgerRow>,
    /// How many there are before those.
    pub earlier: usize,
}

impl LedgerView {
    pub(super) fn of(ledger: &Ledger, origin: Origin, open: bool) -> Self {
        let entries = ledger.entries();
        let strangers: Vec<String> = ledger.strangers().iter().map(stranger).collect();
        let rows = entries.iter().rev().take(if open { MOST_ROWS } else { 0 }).map(row).collect();
        let spent = ledger.spent();
        Self {
            headline: headline(entries),
            cost: if spent.most() == Dollars::ZERO { String::new() } else { spent.sentence() },
            agreement: match (ledger.browser_tells(), strangers.is_empty()) {
                (None, _) => "",
                (Some(false), _) => {
                    "This browser does not tell a page what it has loaded: the list rests on the page’s own record."
                }
                (Some(true), true) => "Your browser’s own record of this tab agrees.",
                (Some(true), false) => {
                    "Your browser’s record has more than the page’s. An extension may have sent it; otherwise close this tab and tell us."
                }
            },
            strangers,
            files: files(ledger.own_files()),
            shared_origin: if origin == Origin::Shared { SHARED_ORIGIN } else { "" },
            open,
            rows,
            earlier: entries.len().saturating_sub(MOST_ROWS),
        }
    }
}

/// What was sent where.
fn headline(entries: &[Entry]) -> String {
    let hosts: Vec<&str> = Endpoint::ALL
        .into_iter()
        .filter(|endpoint| entries.iter().any(|entry| entry.asked.site == Site::Mistral(*endpoint)))
        .map(Endpoint::host)
        .collect();
    let to_mistral = entries.iter().filter(|entry| entry.asked.site != Site::Own).count();
    let with_key = entries.iter().filter(|entry| entry.asked.with_key).count();
    if to_mistral == 0 {
        return "Nothing was sent to Mistral so far, and nothing anywhere else.".to_owned();
    }
    let requests = counted(to_mistral, "request", "requests");
    let keyless = match to_mistral - with_key {
        0 => String::new(),
        count => format!(", {count} without it"),
    };
    format!(
        "{requests} to {}: {with_key} with your key{keyless}. Nothing went anywhere else.",
        listed(&hosts)
    )
}

fn files(own: &[OwnFile]) -> String {
    let bytes: u64 = own.iter().map(|file| file.bytes).sum();
    let times: usize = own.iter().map(|file| file.times).sum();
    match times {
        0 => String::new(),
        _ => format!(
            "Besides, the browser has read {} of this site, {} over the line.",
            counted(times, "file", "files"),
            size(bytes)
        ),
    }
}

fn row(entry: &Entry) -> LedgerRow {
    let asked = &entry.asked;
    let host = match asked.site {
        Site::Mistral(endpoint) => endpoint.host(),
        Site::Own => "this site",
    };
    let answer = match (entry.stage, entry.status) {
        (Stage::TakenBack, _) => "taken back".to_owned(),
        (Stage::Failed, _) => "no answer".to_owned(),
        (Stage::Open, _) if entry.sent.is_none() => "not sent".to_owned(),
        (Stage::Open, None) => "under way".to_owned(),
        (Stage::Open, Some(status)) => format!("{status}, under way"),
        (Stage::Answered, status) => {
            let status = status.map_or_else(|| "answered".to_owned(), |status| status.to_string());
            format!("{status}, {}", size(u64::try_from(entry.received).unwrap_or(u64::MAX)))
        }
    };
    let most = entry.charge.most();
    LedgerRow {
        at: entry.sent.map_or_else(|| "–".to_owned(), moment),
        request: format!("{} {host}{}", asked.method.as_str(), asked.path),
        with_key: asked.with_key,
        sent: if asked.bytes == 0 {
            "–".to_owned()
        } else {
            size(u64::try_from(asked.bytes).unwrap_or(u64::MAX))
        },
        answer,
        purpose: asked.purpose,
        cost: if most == Dollars::ZERO { String::new() } else { most.to_string() },
    }
}

fn stranger(stranger: &Stranger) -> String {
    let times = if stranger.times == 1 { String::new() } else { format!(", {} times", stranger.times) };
    format!("{} ({}, at {}{times})", stranger.address, stranger.initiator, moment(stranger.at))
}

/// A moment since the page was opened: `4.2 s`, `12 min 4 s`.
fn moment(at: Timestamp) -> String {
    let tenths = at.since(Timestamp::default()).as_millis() / 100;
    match tenths / 600 {
        0 => format!("{}.{}\u{a0}s", tenths / 10, tenths % 10),
        minutes => format!("{minutes}\u{a0}min {}\u{a0}s", tenths / 10 % 60),
    }
}

/// A size as a person says it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes}\u{a0}B"),
        1_000..100_000 => format!("{}.{}\u{a0}kB", bytes / 1_000, bytes / 100 % 10),
        _ => format!("{}\u{a0}kB", bytes.div_ceil(1_000)),
    }
}
