//! What the browser tells of the requests that the page made, sorted by where they went.

use crate::core::endpoint::Endpoint;
use crate::core::time::Timestamp;

/// A request that the browser tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its whole address.
    pub address: String,
    /// The browser's word for what made it, such as `fetch` or `img`.
    pub initiator: String,
    /// When it began.
    pub at: Timestamp,
    /// Bytes of the body as they came over the line; 0 where the browser does not tell, or took them from its cache.
    pub bytes: u64,
}

/// A file of this site that the browser has loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFile {
    /// Its name; empty for the page itself.
    pub name: String,
    /// How often it was asked for.
    pub times: usize,
    /// Bytes over the line, all times together.
    pub bytes: u64,
}

/// A request that no entry of the ledger stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// Its address, cut to a line.
    pub address: String,
    /// What made it.
    pub initiator: String,
    /// When the last of them began.
    pub at: Timestamp,
    /// How many there were.
    pub times: usize,
}

/// Strangers and files that are kept. A page that makes more has worse troubles than a list that ends.
pub const MOST_STRANGERS: usize = 100;

/// Characters of an address that are shown.
const SHOWN: usize = 160;

/// What a browser has told so far.
#[derive(Debug, Default)]
pub(super) struct Observed {
    /// The address of the folder that the page is in.
    base: String,
    tells: Option<bool>,
    own: Vec<OwnFile>,
    to_mistral: Vec<(Endpoint, Stranger)>,
    strangers: Vec<Stranger>,
}

impl Observed {
    pub(super) fn begin(&mut self, base: String, tells: bool) {
        (self.base, self.tells) = (base, Some(tells));
    }

    pub(super) fn tells(&self) -> Option<bool> {
        self.tells
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn own_files(&self) -> &[OwnFile] {
        &self.own
    }

    pub(super) fn take(&mut self, seen: &Seen) {
        // What stands in the page itself went nowhere.
        if ["data:", "blob:", "about:"].iter().any(|scheme| seen.address.starts_with(scheme)) {
            return;
        }
        if let Some(name) = self.own_name(&seen.address) {
            return note_file(&mut self.own, name, seen.bytes);
        }
        let endpoint = Endpoint::ALL.into_iter().find_map(|endpoint| {
            let path = seen.address.strip_prefix(endpoint.origin())?;
            path.starts_with('/').then_some((endpoint, path))
        });
        if let Some((endpoint, path)) = endpoint {
            let is = |(other, known): &(Endpoint, Stranger)| *other == endpoint && known.address == path;
            let new = || (endpoint, stranger(path.to_owned(), seen));
            note(&mut self.to_mistral, is, |(_, known)| again(known, seen), new);
        } else {
            let address = shown(&seen.address);
            let is = |known: &Stranger| known.address == address;
            let new = || stranger(address.clone(), seen);
            note(&mut self.strangers, is, |known| again(known, seen), new);
        }
    }

    /// The name of a file below the folder that the page is in; nothing for what is elsewhere. Only the page's own address may have a
    /// question behind its name: that of a file would tell the site's server something.
    fn own_name<'a>(&self, address: &'a str) -> Option<&'a str> {
        let below = address.strip_prefix(self.base.as_str()).filter(|_| !self.base.is_empty())?;
        let name = below.split(['?', '#']).next()?;
        (name.is_empty() || !below.contains('?')).then_some(name)
    }

    /// What no entry stands for; `entered` tells how many there are to this host and path.
    pub(super) fn strangers(&self, entered: impl Fn(Endpoint, &str) -> usize) -> Vec<Stranger> {
        let more = self.to_mistral.iter().filter_map(|(endpoint, seen)| {
            let times = seen.times.saturating_sub(entered(*endpoint, &seen.address));
            let address = shown(&format!("{}{}", endpoint.origin(), seen.address));
            (times > 0).then(|| Stranger { address, times, ..seen.clone() })
        });
        self.strangers.iter().cloned().chain(more).collect()
    }
}

fn note_file(files: &mut Vec<OwnFile>, name: &str, bytes: u64) {
    let again = |file: &mut OwnFile| {
        file.times += 1;
        file.bytes = file.bytes.saturating_add(bytes);
    };
    note(files, |file| file.name == name, again, || OwnFile { name: name.to_owned(), times: 1, bytes });
}

/// Notes one more of what is known, or something new while there is room for it.
fn note<T>(all: &mut Vec<T>, is: impl Fn(&T) -> bool, again: impl FnOnce(&mut T), new: impl FnOnce() -> T) {
    let full = all.len() >= MOST_STRANGERS;
    match all.iter_mut().find(|one| is(one)) {
        Some(known) => again(known),
        None if full => {}
        None => all.push(new()),
    }
}

fn again(known: &mut Stranger, seen: &Seen) {
    known.times += 1;
    known.at = known.at.max(seen.at);
}

fn stranger(address: String, seen: &Seen) -> Stranger {
    Stranger { address, initiator: shown(&seen.initiator), at: seen.at, times: 1 }
}

/// As much of an address as a line takes.
fn shown(address: &str) -> String {
    match address.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", address.get(..end).unwrap_or_default()),
        None => address.to_owned(),
    }
}
