//! What a first visit downloads, against the budget.

use std::fmt::{self, Display, Formatter};
use std::io::Write as _;

use flate2::{Compression, GzBuilder};

/// The most a first visit may download, in bytes after gzip -9: 448 kB of 1000 bytes. `ARCHITECTURE.md` says what it buys.
pub(crate) const BUDGET: usize = 448_000;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The page itself.
    Html,
    /// The style sheet.
    Css,
    /// `boot.js` or the glue code.
    Js,
    /// The program.
    Wasm,
    /// Anything else, such as the icon: fetched after the page stands, so outside the budget.
    Later,
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Css => "CSS",
            Self::Js => "JS",
            Self::Wasm => "wasm",
            Self::Later => "later",
        }
    }
}

/// One file of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Weight {
    pub(crate) part: Part,
    pub(crate) file: String,
    /// Bytes as they lie in the folder.
    pub(crate) raw: usize,
    /// Bytes as a server sends them.
    pub(crate) gzip: usize,
}

/// Every file of the page, heaviest sort of reading last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weights(pub(crate) Vec<Weight>);

impl Weights {
    pub(crate) fn add(&mut self, part: Part, file: &str, bytes: &[u8]) {
        self.0.push(Weight { part, file: file.to_owned(), raw: bytes.len(), gzip: gzip(bytes) });
    }

    /// Bytes after gzip of everything a first visit downloads.
    pub(crate) fn first_load(&self) -> usize {
        self.counted().map(|weight| weight.gzip).sum()
    }

    /// By how many bytes the first visit is too heavy, if it is.
    pub(crate) fn excess(&self) -> Option<usize> {
        self.first_load().checked_sub(BUDGET).filter(|excess| *excess > 0)
    }

    fn counted(&self) -> impl Iterator<Item = &Weight> {
        self.0.iter().filter(|weight| weight.part != Part::Later)
    }
}

/// A table: one line a file, then the sum and the budget.
impl Display for Weights {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let line = |formatter: &mut Formatter<'_>, part, raw, gzip, file: &str| {
            let kb = kilobytes(gzip);
            writeln!(formatter, "  {part:<6}{raw:>9} B {gzip:>9} B {kb:>8} kB  {file}")
        };
        writeln!(formatter, "First load          raw    gzip -9")?;
        for weight in self.counted() {
            line(formatter, weight.part.name(), weight.raw, weight.gzip, &weight.file)?;
        }
        let raw = self.counted().map(|weight| weight.raw).sum();
        let budget = format!("of {} kB allowed", kilobytes(BUDGET));
        line(formatter, "total", raw, self.first_load(), &budget)?;
        for weight in self.0.iter().filter(|weight| weight.part == Part::Later) {
            line(formatter, weight.part.name(), weight.raw, weight.gzip, &weight.file)?;
        }
        Ok(())
    }
}

/// Kilobytes of 1000 bytes with one decimal, never less than the bytes are.
pub(crate) fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The length after gzip -9, without name and time in the header, as servers send it.
pub(crate) fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    // Writing into memory does not fail.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map_or(bytes.len(), |compressed| compressed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(gzip: &[(Part, usize)]) -> Weights {
        Weights(
            gzip.iter().map(|&(part, gzip)| Weight { part, file: "f".to_owned(), raw: gzip, gzip }).collect(),
        )
    }

    #[test]
    fn the_budget_is_a_limit_to_the_byte() {
        assert_eq!(weights(&[(Part::Wasm, BUDGET - 1_000), (Part::Html, 1_000)]).excess(), None);
        assert_eq!(weights(&[(Part::Wasm, BUDGET - 1_000), (Part::Css, 1_001)]).excess(), Some(1));
    }

    #[test]
    fn what_comes_later_is_shown_and_not_counted() {
        let weights = weights(&[(Part::Js, 5), (Part::Later, 200_000)]);
        assert_eq!(weights.first_load(), 5);
        assert_eq!(weights.excess(), None);
        assert!(weights.to_string().contains("200000 B"));
    }

    #[test]
    fn the_table_names_every_part_the_sum_and_the_budget() {
        let table = weights(&[(Part::Html, 1_234), (Part::Wasm, 100_000)]).to_string();
        assert!(table.contains("  HTML       1234 B      1234 B      1.3 kB  f\n"), "{table}");
        assert!(
            table.contains("  total    101234 B    101234 B    101.3 kB  of 448.0 kB allowed\n"),
            "{table}"
        );
    }

    #[test]
    fn gzip_is_the_real_length() {
        assert!(gzip(&[b'a'; 10_000]) < 100);
        assert_eq!(gzip(b""), 20, "header, empty block, trailer");
    }
}
