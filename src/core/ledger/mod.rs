//! The ledger of what the page has sent: every request to Mistral, and whether the browser's own record knows of others.
//!
//! The core enters a request before it asks the browser to send it, so an entry rests on no observation. What the browser tells of
//! afterwards, its list of loaded resources, is held against the entries: a request that no entry stands for is a stranger.

mod observed;
#[cfg(test)]
mod tests;

pub use observed::{MOST_STRANGERS, OwnFile, Seen, Stranger};

use observed::Observed;

use crate::core::endpoint::Endpoint;
use crate::core::http::{HttpEvent, HttpRequest, Method};
use crate::core::prices::Charge;
use crate::core::time::Timestamp;
use crate::core::work;

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// One of Mistral's hosts.
    Mistral(Endpoint),
    /// The site that the page came from.
    Own,
}

/// A request as it is entered: all that is told of it, and nothing of its key or its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whether something is read or run.
    pub method: Method,
    /// Where it goes.
    pub site: Site,
    /// The path there.
    pub path: &'static str,
    /// Bytes of its body.
    pub bytes: usize,
    /// Whether it carries the key.
    pub with_key: bool,
    /// What it is sent for, in a few words.
    pub purpose: &'static str,
}

impl Asked {
    /// What is told of a request to Mistral.
    pub fn of(request: &HttpRequest, purpose: &'static str) -> Self {
        Self {
            method: request.method,
            site: Site::Mistral(request.endpoint),
            path: request.path,
            bytes: request.body.as_ref().map_or(0, |body| body.bytes().len()),
            with_key: request.key.is_some(),
            purpose,
        }
    }
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is under way, or was never sent.
    Open,
    /// The answer is complete.
    Answered,
    /// The browser gave up.
    Failed,
    /// The page took it back.
    TakenBack,
}

/// A request and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, which no other has.
    pub number: u64,
    /// What was asked.
    pub asked: Asked,
    /// When the browser was asked to send it; `None` before, and where it never was.
    pub sent: Option<Timestamp>,
    /// The status of the answer.
    pub status: Option<u16>,
    /// Bytes of the answer's body.
    pub received: usize,
    /// How far it has come.
    pub stage: Stage,
    /// What it cost.
    pub charge: Charge,
}

/// All requests of this tab, in the order in which they were asked for.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    /// What all of them cost.
    charge: Charge,
    /// How many were sent to each place, with the key and in all: counted as they come, so that looking costs no walk through all.
    sent: Vec<Sent>,
    /// How many were given up before they were sent.
    unsent: usize,
    observed: Observed,
}

/// How many requests were sent to one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Where they went.
    pub site: Site,
    /// The path there.
    pub path: &'static str,
    /// How many there were.
    pub times: usize,
    /// How many of them carried the key.
    pub with_key: usize,
}

impl Ledger {
    /// Enters a request under a number that is greater than those before.
    pub fn enter(&mut self, number: u64, asked: Asked) {
        self.entries.push(Entry {
            number,
            asked,
            sent: None,
            status: None,
            received: 0,
            stage: Stage::Open,
            charge: Charge::default(),
        });
    }

    /// Counts a request that was sent.
    fn count(&mut self, site: Site, path: &'static str, with_key: bool) {
        work::step(1);
        let known = self.sent.iter_mut().find(|sent| sent.site == site && sent.path == path);
        match known {
            Some(sent) => {
                sent.times += 1;
                sent.with_key += usize::from(with_key);
            }
            None => self.sent.push(Sent { site, path, times: 1, with_key: usize::from(with_key) }),
        }
    }

    /// Enters a request to Mistral that was sent before the program was there, and taken back. It stands behind those before it.
    pub fn enter_taken_back(&mut self, sent: Timestamp, endpoint: Endpoint, path: &'static str) {
        let asked = Asked {
            method: Method::Get,
            site: Site::Mistral(endpoint),
            path,
            bytes: 0,
            with_key: true,
            purpose: "key test, taken back",
        };
        let entry = Entry {
            number: 0,
            asked,
            sent: Some(sent),
            status: None,
            received: 0,
            stage: Stage::TakenBack,
            charge: Charge::default(),
        };
        let place = self.entries.partition_point(|entry| entry.number == 0);
        self.entries.insert(place, entry);
        self.count(Site::Mistral(endpoint), path, true);
    }

    /// Notes what happened to a request; nothing where none has this number.
    pub fn hear(&mut self, number: u64, at: Timestamp, event: &HttpEvent) {
        // What comes after the page took it back is the browser's answer to that.
        let Some(entry) = self.entry(number).filter(|entry| entry.stage == Stage::Open) else { return };
        match event {
            HttpEvent::Sent if entry.sent.is_some() => {}
            HttpEvent::Sent => {
                entry.sent = Some(at);
                let Asked { site, path, with_key, .. } = entry.asked;
                self.count(site, path, with_key);
            }
            HttpEvent::Opened { status, .. } => entry.status = Some(*status),
            HttpEvent::Chunk(bytes) => entry.received = entry.received.saturating_add(bytes.len()),
            HttpEvent::Closed => entry.stage = Stage::Answered,
            HttpEvent::Failed(_) => {
                entry.stage = Stage::Failed;
                self.unsent += usize::from(entry.sent.is_none());
            }
        }
    }

    /// Notes that the page took a request back.
    pub fn take_back(&mut self, number: u64) {
        if let Some(entry) = self.entry(number).filter(|entry| entry.stage == Stage::Open) {
            entry.stage = Stage::TakenBack;
            self.unsent += usize::from(entry.sent.is_none());
        }
    }

    /// How many requests were sent, or are about to be.
    pub fn count_of_sent(&self) -> usize {
        self.entries.len() - self.unsent
    }

    /// Notes what was spent: by the request of this number, or by several that were taken back together.
    pub fn charge(&mut self, number: Option<u64>, charge: Charge) {
        self.charge = self.charge + charge;
        if let Some(entry) = number.and_then(|number| self.entry(number)) {
            entry.charge = entry.charge + charge;
        }
    }

    /// The entry of this number: numbers grow, so it is found by halves.
    fn entry(&mut self, number: u64) -> Option<&mut Entry> {
        let looked = |entry: &Entry| {
            work::step(1);
            entry.number.cmp(&number)
        };
        let place = self.entries.binary_search_by(looked).ok()?;
        self.entries.get_mut(place).filter(|_| number > 0)
    }

    /// Takes what the browser tells of a request that the page made.
    pub fn observe(&mut self, seen: &Seen) {
        self.observed.take(seen);
    }

    /// Notes from where the page came; `tells` says whether this browser tells of requests at all.
    pub fn watched(&mut self, base: String, tells: bool) {
        self.observed.begin(base, tells);
    }

    /// The entries, oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What all of them cost.
    pub fn spent(&self) -> Charge {
        self.charge
    }

    /// Whether the browser tells of requests; `None` before that is known.
    pub fn browser_tells(&self) -> Option<bool> {
        self.observed.tells()
    }

    /// The address of the folder that the page is in; empty before that is known.
    pub fn base(&self) -> &str {
        self.observed.base()
    }

    /// The files of this site that the browser has loaded.
    pub fn own_files(&self) -> &[OwnFile] {
        self.observed.own_files()
    }

    /// How many requests were sent where.
    pub fn sent(&self) -> &[Sent] {
        &self.sent
    }

    /// Requests that the browser tells of and that the page has not sent.
    pub fn strangers(&self) -> Vec<Stranger> {
        self.observed.strangers(|endpoint, path| {
            let is_it = |sent: &&Sent| sent.path == path && sent.site == Site::Mistral(endpoint);
            self.sent.iter().find(is_it).map_or(0, |sent| sent.times)
        })
    }
}
