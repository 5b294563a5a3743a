//! The folder that is published, and what can go wrong with it.

use std::fmt::{self, Display, Formatter};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha384};

use super::size::{self, Budget};

/// Why the build step stops.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Called in a way it does not know: what it expects.
    Usage(&'static str),
    /// A file could not be read, written or removed.
    Io(PathBuf, io::Error),
    /// The page's source lacks something that the builder completes.
    Page(String),
    /// A tool could not do its work: which one, and what it said.
    Tool(String, String),
    /// The finished page breaks these rules.
    Rules(Vec<String>),
    /// So many files of two builds are not the same.
    Different(usize),
    /// These budgets are exceeded, each by so many bytes.
    TooHeavy(Vec<(&'static Budget, usize)>),
}

impl Display for Fault {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) => formatter.write_str(text),
            Self::Io(path, error) => write!(formatter, "{}: {error}", path.display()),
            Self::Page(text) => write!(formatter, "index.html: {text}"),
            Self::Rules(rules) => {
                write!(formatter, "the page is not fit to publish:")?;
                rules.iter().try_for_each(|rule| write!(formatter, "\n  - {rule}"))
            }
            Self::Tool(tool, what) => write!(formatter, "{tool}: {what}"),
            Self::Different(count) => {
                write!(formatter, "files that are not the same in both builds, see above: {count}")
            }
            Self::TooHeavy(excess) => {
                write!(formatter, "too heavy; the table above says where:")?;
                excess.iter().try_for_each(|(budget, excess)| {
                    let most = size::kilobytes(budget.most);
                    write!(
                        formatter,
                        "
  - {}: {excess} B above its budget of {most} kB (gzip -9)",
                        budget.name
                    )
                })
            }
        }
    }
}

/// A folder of files. Names are relative, with `/` between folders.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    root: PathBuf,
}

impl Site {
    pub(crate) fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, Fault> {
        let path = self.root.join(name);
        fs::read(&path).map_err(|error| Fault::Io(path, error))
    }

    pub(crate) fn text(&self, name: &str) -> Result<String, Fault> {
        let path = self.root.join(name);
        fs::read_to_string(&path).map_err(|error| Fault::Io(path, error))
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.root.join(name);
        fs::write(&path, bytes).map_err(|error| Fault::Io(path, error))
    }

    /// Makes the folder an empty one.
    pub(crate) fn empty(&self) -> Result<(), Fault> {
        let fault = |error| Fault::Io(self.root.clone(), error);
        fs::create_dir_all(&self.root).map_err(fault)?;
        for entry in fs::read_dir(&self.root).map_err(fault)? {
            let path = entry.map_err(fault)?.path();
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(|error| Fault::Io(path, error))?;
        }
        Ok(())
    }

    /// Puts the folder in the place of another one.
    pub(crate) fn replace(self, other: &Path) -> Result<(), Fault> {
        let fault = |error| Fault::Io(other.to_owned(), error);
        if other.exists() {
            fs::remove_dir_all(other).map_err(fault)?;
        }
        fs::rename(&self.root, other).map_err(fault)
    }

    /// Removes the folder. What cannot be removed costs disk space only.
    pub(crate) fn discard(self) {
        let _ = fs::remove_dir_all(self.root);
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.root.join(name).is_file()
    }

    /// Every file, in alphabetical order.
    pub(crate) fn files(&self) -> Result<Vec<String>, Fault> {
        let mut files = Vec::new();
        list(&self.root, "", &mut files)?;
        files.sort();
        Ok(files)
    }
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Result<(), Fault> {
    let fault = |error| Fault::Io(folder.to_owned(), error);
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(fault)?.is_dir() {
            list(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push(name);
        }
    }
    Ok(())
}

/// The value of an `integrity` attribute for these bytes.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// A name that changes with the content, so that no cache can mix two versions: `boot-0123456789abcdef.js`.
pub(crate) fn hashed_name(stem: &str, extension: &str, bytes: &[u8]) -> String {
    let hash = Sha384::digest(bytes).iter().take(8).fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
    format!("{stem}-{hash:016x}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value that `openssl dgst -sha384 -binary | openssl base64 -A` gives for `abc`.
    #[test]
    fn integrity_is_what_browsers_compute() {
        assert_eq!(
            integrity(b"abc"),
            "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn"
        );
    }

    #[test]
    fn names_follow_the_content() {
        assert_eq!(hashed_name("boot", "js", b"abc"), "boot-cb00753f45a35e8b.js");
        assert_ne!(hashed_name("boot", "js", b"abd"), hashed_name("boot", "js", b"abc"));
    }
}
