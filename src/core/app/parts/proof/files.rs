//! The check of the files: what the browser holds of this page, held against the list that was published with it.

use sha2::{Digest, Sha256};

use super::Step;
use crate::core::app::effect::Effect;
use crate::core::app::words::counted;
use crate::core::key::hex;
use crate::core::ledger::{Ledger, OwnFile};

/// The list, with which the page is published: a line a file, as `sha256sum` writes it.
pub const LIST: &str = "SHA256SUMS";

/// The page itself, which the browser knows without a name.
const PAGE: &str = "index.html";

/// Said of a tab that is older than what is published.
const NEWER: &str =
    "A newer version of this page was published since this tab was opened. Reload the page and check again.";

/// Files of a list that is read.
const MOST_FILES: usize = 100;

/// A SHA-256 in hexadecimal digits.
type Hash = String;

/// A file of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    name: String,
    published: Hash,
    here: Here,
}

/// What a file is here.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Here {
    /// It was not read yet.
    Unread,
    /// It could not be read.
    Missing,
    /// It was read, and has this hash.
    Read(Hash),
}

/// How far the check is.
#[derive(Debug, Default)]
pub(super) enum Files {
    /// Nobody has asked for it.
    #[default]
    Unasked,
    /// The list is read.
    Listing,
    /// There is no list, or none that can be read.
    NoList(&'static str),
    /// The files are read, one after the other.
    Checking {
        /// The hash of the list itself.
        list: Hash,
        files: Vec<Listed>,
        /// What the site has by now in place of the page, where the page is not the published one.
        page: Page,
    },
}

/// What the site has in place of a page that is not the published one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// Nobody has looked.
    Unasked,
    /// It is looked at.
    Asked,
    /// The published one: it is newer than this tab.
    Newer,
    /// Another one, too.
    Other,
}

/// A file, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Its name.
    pub name: String,
    /// The first digits of its hash in the list.
    pub published: String,
    /// Whether it is here what the list says; none before it was read.
    pub same: Option<bool>,
    /// What is said of it.
    pub words: String,
}

/// What is shown of the check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesView {
    /// What came of it; empty before.
    pub headline: String,
    /// The word on the button.
    pub press: &'static str,
    /// Whether something is not what was published.
    pub differs: bool,
    /// Whether it goes on.
    pub running: bool,
    /// The hash of the list, to be held against another copy of it.
    pub list: String,
    /// Each file.
    pub rows: Vec<FileRow>,
}

impl Files {
    fn is_running(&self) -> bool {
        match self {
            Self::Unasked | Self::NoList(_) => false,
            Self::Listing => true,
            Self::Checking { files, page, .. } => {
                *page == Page::Asked || files.iter().any(|file| file.here == Here::Unread)
            }
        }
    }

    /// Begins anew, unless it goes on.
    pub(super) fn begin(&mut self) -> Step {
        if self.is_running() {
            return Step::quiet();
        }
        *self = Self::Listing;
        // The list may be newer than what the browser keeps; the files must not be.
        Step::default().effect(Effect::ReadFile {
            name: LIST.to_owned(),
            address: LIST.to_owned(),
            fresh: true,
        })
    }

    /// Takes a file that was read.
    pub(super) fn read(&mut self, name: &str, bytes: Option<&[u8]>, ledger: &Ledger) -> Step {
        match self {
            Self::Listing if name == LIST => *self = Self::of_list(bytes),
            Self::Checking { files, page, .. } => {
                let again = *page == Page::Asked;
                let waiting = |file: &&mut Listed| file.name == name && (again || file.here == Here::Unread);
                let Some(file) = files.iter_mut().find(waiting) else { return Step::quiet() };
                if again {
                    let published = bytes.is_some_and(|bytes| hash(bytes) == file.published);
                    *page = if published { Page::Newer } else { Page::Other };
                } else {
                    file.here = bytes.map_or(Here::Missing, |bytes| Here::Read(hash(bytes)));
                }
            }
            Self::Unasked | Self::Listing | Self::NoList(_) => return Step::quiet(),
        }
        match self.next() {
            Some((name, fresh)) => {
                let address = if name == PAGE { String::new() } else { name.clone() };
                Step::default().effect(Effect::ReadFile { name, address, fresh })
            }
            None => Step::default().say_of_real(self.headline(self.unlisted(ledger).count())),
        }
    }

    /// The file that is read next, and whether it is asked for anew.
    fn next(&mut self) -> Option<(String, bool)> {
        let Self::Checking { files, page, .. } = self else { return None };
        if let Some(file) = files.iter().find(|file| file.here == Here::Unread) {
            return Some((file.name.clone(), false));
        }
        // A tab that was opened before a publication holds what was published before.
        let differs = files.iter().any(|file| file.name == PAGE && file.is_same() == Some(false));
        if differs && *page == Page::Unasked {
            *page = Page::Asked;
            return Some((PAGE.to_owned(), true));
        }
        None
    }

    /// What the browser has loaded of this site and the list has not.
    fn unlisted<'a>(&'a self, ledger: &'a Ledger) -> impl Iterator<Item = &'a OwnFile> {
        let files = match self {
            Self::Checking { files, .. } => files.as_slice(),
            _ => &[],
        };
        ledger.own_files().iter().filter(move |loaded| {
            let is_listed = files.iter().any(|file| file.name == loaded.name);
            !files.is_empty() && !loaded.name.is_empty() && loaded.name != LIST && !is_listed
        })
    }

    fn of_list(bytes: Option<&[u8]>) -> Self {
        let Some(bytes) = bytes else {
            return Self::NoList("This copy has no list of its files, or it did not come.");
        };
        match listed(bytes) {
            Some(files) => Self::Checking { list: hash(bytes), files, page: Page::Unasked },
            None => {
                Self::NoList("The list of this copy’s files cannot be read: it is no list of SHA-256 sums.")
            }
        }
    }

    /// What came of it; so many files were loaded that are not in the list.
    fn headline(&self, unlisted: usize) -> String {
        match self {
            Self::Unasked => String::new(),
            Self::Listing => "Reading the list…".to_owned(),
            Self::NoList(why) => (*why).to_owned(),
            Self::Checking { page: Page::Newer, .. } => NEWER.to_owned(),
            Self::Checking { files, .. } => {
                let count = |is: fn(&Listed) -> bool| files.iter().filter(|file| is(file)).count();
                let (all, read) = (files.len(), count(|file| file.here != Here::Unread));
                let others = count(|file| file.is_same() == Some(false)) + unlisted;
                if read < all {
                    format!("{read} of {all} files checked")
                } else if others == 0 {
                    format!("All {all} files are what the list says.")
                } else {
                    let files = counted(others, "file is", "files are");
                    format!(
                        "{files} not what the list says. Reload without the cache; if that stays, paste no key here."
                    )
                }
            }
        }
    }

    pub(super) fn view(&self, ledger: &Ledger) -> FilesView {
        let (list, files) = match self {
            Self::Checking { list, files, .. } => (list.clone(), files.as_slice()),
            _ => (String::new(), &[][..]),
        };
        let newer = matches!(self, Self::Checking { page: Page::Newer, .. });
        let mut rows: Vec<FileRow> = files.iter().map(Listed::row).collect();
        let unlisted = self.unlisted(ledger);
        rows.extend(unlisted.map(|file| FileRow {
            name: file.name.clone(),
            published: String::new(),
            same: Some(false),
            words: "loaded, and not in the list".to_owned(),
        }));
        FilesView {
            headline: self.headline(self.unlisted(ledger).count()),
            press: match self {
                Self::Unasked => "Check the files",
                _ if self.is_running() => "Checking…",
                _ => "Check again",
            },
            differs: matches!(self, Self::NoList(_))
                || !newer && rows.iter().any(|row| row.same == Some(false)),
            running: self.is_running(),
            list,
            rows,
        }
    }
}

impl Listed {
    fn is_same(&self) -> Option<bool> {
        match &self.here {
            Here::Unread => None,
            Here::Missing => Some(false),
            Here::Read(here) => Some(*here == self.published),
        }
    }

    fn row(&self) -> FileRow {
        let words = match &self.here {
            Here::Unread => String::new(),
            Here::Missing => "could not be read".to_owned(),
            Here::Read(here) if *here == self.published => "same".to_owned(),
            Here::Read(here) => format!("differs: here it is {}", short(here)),
        };
        FileRow { name: self.name.clone(), published: short(&self.published), same: self.is_same(), words }
    }
}

/// The first digits of a hash.
fn short(hash: &str) -> String {
    hash.get(..16).unwrap_or(hash).to_owned()
}

fn hash(bytes: &[u8]) -> Hash {
    hex(Sha256::digest(bytes))
}

/// The files that a list names; nothing where a line is none of a list, or names what is not a file beside it.
fn listed(bytes: &[u8]) -> Option<Vec<Listed>> {
    let text = str::from_utf8(bytes).ok()?;
    let files: Option<Vec<Listed>> = text.lines().take(MOST_FILES + 1).map(entry).collect();
    files.filter(|files| (1..=MOST_FILES).contains(&files.len()))
}

fn entry(line: &str) -> Option<Listed> {
    let (published, name) = line.split_once("  ")?;
    let is_hash =
        published.len() == 64 && published.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    let is_file = !name.is_empty() && name.len() <= 100 && !name.starts_with("..");
    (is_hash && is_name && is_file).then(|| Listed {
        name: name.to_owned(),
        published: published.to_owned(),
        here: Here::Unread,
    })
}
