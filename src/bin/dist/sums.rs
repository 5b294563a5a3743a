//! `SHA256SUMS`: the hash of every published file, as `sha256sum --check` reads it.

use std::fmt::Write as _;

use key_tester::core::key::hex;
use sha2::{Digest as _, Sha256};

use super::site::{Fault, Site};

/// The file of the list.
pub(crate) const FILE: &str = "SHA256SUMS";

/// The list: a line each, by name. It does not name itself, nor what hosts do not serve: names with a dot in front.
pub(crate) fn list(site: &Site) -> Result<String, Fault> {
    let mut list = String::new();
    for file in site.files()?.into_iter().filter(|file| file != FILE && !file.starts_with('.')) {
        let _ = writeln!(list, "{}  {file}", hash(&site.read(&file)?));
    }
    Ok(list)
}

/// SHA-256 as 64 hex digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes))
}

/// Writes the list, when all else is written.
pub(crate) fn write(site: &Site) -> Result<(), Fault> {
    site.write(FILE, list(site)?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::super::scratch::Scratch;
    use super::*;

    /// As `printf abc | sha256sum` has it.
    #[test]
    fn the_list_is_that_of_sha256sum() {
        let folder = Scratch::new().unwrap();
        for (name, bytes) in [("b.js", "abc"), ("a.html", ""), (".nojekyll", "")] {
            folder.write(name, bytes.as_bytes()).unwrap();
        }
        let site = Site::new(folder.folder());
        for _ in 0..2 {
            write(&site).unwrap();
            assert_eq!(
                site.text(FILE).unwrap(),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.html\n\
                 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.js\n"
            );
        }
    }
}
