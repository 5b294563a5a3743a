//! Two builds of the page, compared byte by byte.

use std::collections::BTreeSet;

use super::site::{Fault, Site};
use super::sums::hash;

/// How many differing bytes of a file are named.
const NAMED: usize = 5;

/// How a file of one build stands to that of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) is_same: bool,
    /// Its hash and its name, or how it differs.
    pub(crate) text: String,
}

/// A line for each file of both, in the order of their names.
pub(crate) fn lines(one: &Site, other: &Site) -> Result<Vec<Line>, Fault> {
    let names: BTreeSet<String> = one.files()?.into_iter().chain(other.files()?).collect();
    Ok(names
        .iter()
        .map(|name| line(name, one.read(name).ok().as_deref(), other.read(name).ok().as_deref()))
        .collect())
}

fn line(name: &str, one: Option<&[u8]>, other: Option<&[u8]>) -> Line {
    let differs = |how: &str| Line { is_same: false, text: format!("DIFFERS  {name}: {how}") };
    match (one, other) {
        (Some(one), Some(other)) if one == other => {
            Line { is_same: true, text: format!("same  {}  {name}", hash(one)) }
        }
        (Some(one), Some(other)) => differs(&difference(one, other)),
        (Some(_), None) => differs("in the first build only"),
        (None, _) => differs("in the second build only"),
    }
}

/// The lengths, if they differ, and the first places.
fn difference(one: &[u8], other: &[u8]) -> String {
    let places: Vec<usize> =
        one.iter().zip(other).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    let first: Vec<String> = places.iter().take(NAMED).map(usize::to_string).collect();
    let more = if places.len() > NAMED { ", …" } else { "" };
    let places = match places.len() {
        0 => "the one begins as the other".to_owned(),
        count => format!("{count} B, first at {}{more}", first.join(", ")),
    };
    if one.len() == other.len() { places } else { format!("{} B and {} B, {places}", one.len(), other.len()) }
}

#[cfg(test)]
mod tests {
    use super::super::scratch::Scratch;
    use super::*;

    #[test]
    fn each_file_has_its_line() {
        let folder = |files: &[(&str, &str)]| {
            let folder = Scratch::new().unwrap();
            for (name, text) in files {
                folder.write(name, text.as_bytes()).unwrap();
            }
            folder
        };
        let one = folder(&[("a", "abc"), ("b", "12345678"), ("c", "x"), ("d", "12"), ("e", "1a")]);
        let other = folder(&[("a", "abc"), ("b", "0204060x"), ("d", "123"), ("e", "1bc"), ("f", "")]);
        let lines = lines(&Site::new(one.folder()), &Site::new(other.folder())).unwrap();
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "same  ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a",
                "DIFFERS  b: 5 B, first at 0, 2, 4, 6, 7",
                "DIFFERS  c: in the first build only",
                "DIFFERS  d: 2 B and 3 B, the one begins as the other",
                "DIFFERS  e: 2 B and 3 B, 1 B, first at 1",
                "DIFFERS  f: in the second build only",
            ]
        );
        assert_eq!(lines.iter().filter(|line| line.is_same).count(), 1);
    }
}
