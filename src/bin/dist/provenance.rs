//! Where a page comes from: the commit, the address of the sources, the run that built it, and the day whose facts it tells.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use key_tester::core::time::Date;

use super::address::Address;
use super::day;
use super::site::Fault;

/// The environment variable with the address of the repository.
pub(crate) const SOURCE: &str = "KEY_TESTER_SOURCE";

/// The one with the address of the run that builds.
pub(crate) const RUN: &str = "KEY_TESTER_RUN";

/// What whoever builds the page again has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Provenance {
    /// Where it is published.
    pub(crate) site: Option<Address>,
    /// Where its sources are.
    pub(crate) source: Option<Repository>,
    /// The run of the workflow that built it.
    pub(crate) run: Option<Repository>,
    /// Of which commit it is; a tarball has none.
    pub(crate) commit: Option<Commit>,
    /// The day of the build: what has retired by then is told as retired.
    pub(crate) today: Date,
}

/// A commit that was checked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    /// 40 hex digits, or 64.
    pub(crate) hash: String,
    /// When it was made, in UTC: the same for everybody who builds it.
    pub(crate) date: Date,
    /// Whether files of it were changed since.
    pub(crate) is_changed: bool,
}

impl Provenance {
    /// What environment and checkout say.
    pub(crate) fn read(root: &Path) -> Result<Self, Fault> {
        Ok(Self {
            site: Address::from_environment()?,
            source: Repository::from_environment(
                SOURCE,
                "KEY_TESTER_SOURCE has to be the https address of the repository: https://github.com/name/repo",
            )?,
            run: Repository::from_environment(
                RUN,
                "KEY_TESTER_RUN has to be the https address of the workflow’s run",
            )?,
            commit: commit(root),
            today: day::today(),
        })
    }
}

/// An https address without query and fragment, such as `https://github.com/name/repo`. Safe in HTML and in a shell as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Repository(String);

impl Repository {
    fn from_environment(variable: &str, usage: &'static str) -> Result<Option<Self>, Fault> {
        match env::var(variable) {
            Err(_) => Ok(None),
            // A workflow that has nothing to say sets an empty one.
            Ok(text) if text.is_empty() => Ok(None),
            Ok(text) => Self::parse(&text).map(Some).ok_or(Fault::Usage(usage)),
        }
    }

    /// Reads an address, with a slash at its end or without.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('/').unwrap_or(text);
        Address::parse(&format!("{text}/"))?;
        text.starts_with("https://").then(|| Self(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Owner and name, if GitHub has it.
    pub(crate) fn on_github(&self) -> Option<&str> {
        let name = self.0.strip_prefix("https://github.com/")?;
        (name.split('/').count() == 2).then_some(name)
    }
}

/// The commit of the checkout; nothing where `root` is none of its own, as in an unpacked tarball, or where git is missing.
fn commit(root: &Path) -> Option<Commit> {
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(root).args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
        let output = git.output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    // The way from the checkout's top to here, which is empty at the top.
    if !git(&["rev-parse", "--show-prefix"])?.trim().is_empty() {
        return None;
    }
    let told = git(&["show", "--no-patch", "--format=%H %ct", "HEAD"])?;
    // What is built and fetched lies there, too, under names that git does not know.
    let changes = git(&["status", "--porcelain", "--untracked-files=normal"])?;
    read(&told, &changes)
}

fn read(told: &str, changes: &str) -> Option<Commit> {
    let (hash, seconds) = told.trim().split_once(' ')?;
    let is_hash = matches!(hash.len(), 40 | 64) && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let date = day::date(seconds.parse().ok()?);
    is_hash.then(|| Commit { hash: hash.to_owned(), date, is_changed: !changes.trim().is_empty() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_an_https_address() {
        for text in
            ["https://github.com/a/b", "https://git.example.org/~a/b.git", "https://codeberg.org/a/b/"]
        {
            let read = Repository::parse(text).map(|repository| repository.as_str().to_owned());
            assert_eq!(read.as_deref(), Some(text.trim_end_matches('/')));
        }
        for text in [
            "",
            "a/b",
            "git@github.com:a/b",
            "http://127.0.0.1/a",
            "https://a.b/c?d",
            "https://a.b/$(c)",
            "https://a.b/c d",
        ] {
            assert_eq!(Repository::parse(text), None, "{text}");
        }
    }

    #[test]
    fn github_is_told_from_other_hosts() {
        for (text, name) in [
            ("https://github.com/a/b", Some("a/b")),
            ("https://github.com/a/b/c", None),
            ("https://github.com.example.org/a/b", None),
            ("https://codeberg.org/a/b", None),
        ] {
            assert_eq!(Repository::parse(text).unwrap().on_github(), name, "{text}");
        }
    }

    #[test]
    fn a_commit_has_its_day_in_utc_and_says_whether_files_were_changed() {
        let hash = "0123456789abcdef0123456789abcdef01234567";
        let told = format!("{hash} 1796083200\n");
        let commit = read(&told, "").unwrap();
        assert_eq!((commit.hash.as_str(), commit.date.to_string()), (hash, "2026-12-01".to_owned()));
        assert!(!commit.is_changed);
        assert!(read(&told, " M src/main.rs\n").unwrap().is_changed);
        for told in ["", "abc 1", "HEAD\n", &format!("{hash} x")] {
            assert_eq!(read(told, ""), None, "{told}");
        }
    }

    #[test]
    fn what_is_no_checkout_has_no_commit() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(commit(&root.join("src")), None);
        assert_eq!(commit(Path::new("/")), None);
    }
}
