//! The ledger as it is shown: a sentence, what the browser says to it, and each request for whoever looks.

use crate::core::app::calls::Owner;
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
            headline: headline(ledger, ledger.browser_tells() == Some(true) && strangers.is_empty()),
            cost: if spent.most() == Dollars::ZERO { String::new() } else { spent.sentence() },
            agreement: match (ledger.browser_tells(), strangers.is_empty()) {
                (None, _) => "",
                (Some(false), _) => {
                    "This browser does not tell a page what it has loaded: the list rests on the page’s own record."
                }
                (Some(true), true) => "Your browser’s own list of this tab shows no other request.",
                (Some(true), false) => {
                    "Your browser lists requests that this page did not make. An extension may have made them; otherwise close this tab."
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

/// What was sent where; that nothing went elsewhere is said only where the browser says so too.
fn headline(ledger: &Ledger, agrees: bool) -> String {
    let to =
        |endpoint: Endpoint| ledger.sent().iter().filter(move |sent| sent.site == Site::Mistral(endpoint));
    let hosts: Vec<&str> =
        Endpoint::ALL.into_iter().filter(|endpoint| to(*endpoint).count() > 0).map(Endpoint::host).collect();
    let to_mistral = Endpoint::ALL.into_iter().flat_map(to);
    let (times, with_key) =
        to_mistral.fold((0, 0), |(times, with), sent| (times + sent.times, with + sent.with_key));
    let elsewhere = if agrees { " Nothing went anywhere else." } else { "" };
    if times == 0 {
        return format!("This page has sent nothing to Mistral so far.{elsewhere}");
    }
    let requests = counted(times, "request", "requests");
    let key = match times - with_key {
        0 if times > 1 && has_rotated(ledger) => "all with your keys".to_owned(),
        0 if times > 1 => "all with your key".to_owned(),
        0 => "with your key".to_owned(),
        count => format!("{with_key} with your key, {count} without it"),
    };
    let own: usize = ledger.sent().iter().filter(|sent| sent.site == Site::Own).map(|sent| sent.times).sum();
    let own = if own == 0 { String::new() } else { format!(", and {own} to this site") };
    format!("{requests} to {}, {key}{own}.{elsewhere}", listed(&hosts))
}

/// Whether two keys were asked about: the first request of a comparison is for the old one, the next for the new one.
fn has_rotated(ledger: &Ledger) -> bool {
    let of_rotation = |entry: &&Entry| entry.asked.purpose == Owner::Rotation.purpose();
    ledger.entries().iter().filter(of_rotation).nth(1).is_some()
}

fn files(own: &[OwnFile]) -> String {
    let bytes: u64 = own.iter().map(|file| file.bytes).sum();
    match own.len() {
        0 => String::new(),
        count => {
            let files = counted(count, "file", "files");
            format!("Besides, the browser has loaded {files} of this site: {} over the network.", size(bytes))
        }
    }
}

fn row(entry: &Entry) -> LedgerRow {
    let asked = &entry.asked;
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
        request: match asked.site {
            Site::Mistral(endpoint) => format!("{} {}{}", asked.method.as_str(), endpoint.host(), asked.path),
            Site::Own => format!("{} {} of this site", asked.method.as_str(), asked.path),
        },
        with_key: asked.with_key,
        sent: if asked.bytes == 0 {
            "–".to_owned()
        } else {
            size(u64::try_from(asked.bytes).unwrap_or(u64::MAX))
        },
        answer,
        purpose: asked.purpose,
        cost: match (most == Dollars::ZERO, entry.charge.at_most == Dollars::ZERO) {
            (true, _) => String::new(),
            (false, true) => most.to_string(),
            // The answer did not tell what was used.
            (false, false) => format!("at most {most}"),
        },
    }
}

fn stranger(stranger: &Stranger) -> String {
    let times = if stranger.times == 1 { String::new() } else { format!(", {} times", stranger.times) };
    format!("{} ({}, at {}{times})", stranger.address, stranger.initiator, moment(stranger.at))
}

/// A moment since the page was opened, to a tenth of a second: `4.2 s`, `12 min 4 s`.
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
        100_000..1_000_000 => format!("{}\u{a0}kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{}\u{a0}MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
