//! What a visit downloads, against the budgets.

use std::fmt::{self, Display, Formatter};
use std::io::Write as _;

use flate2::{Compression, GzBuilder};

/// The most that a first visit downloads before a press is heard. `ARCHITECTURE.md` says what it buys.
const FIRST_LOAD: usize = 102_000;

/// The most that the part `verdict` adds: what a press on “Test key” needs besides.
const VERDICT: usize = 160_000;

/// The most that all of it weighs, but for what only a press asks for.
const EVERYTHING: usize = 695_000;

/// The most that the page in one file weighs, which nobody downloads but whoever keeps it.
const ONE_FILE: usize = 740_000;

/// Every budget, in bytes after gzip -9. Raising one takes an entry in `CHANGELOG.md`; `tests/tidy.rs` holds that.
pub(crate) const BUDGETS: [Budget; 4] = [
    Budget { name: "first load", most: FIRST_LOAD, counts: |tier| matches!(tier, Tier::First) },
    Budget { name: "verdict", most: VERDICT, counts: |tier| matches!(tier, Tier::Verdict) },
    Budget { name: "everything", most: EVERYTHING, counts: |tier| tier <= Tier::Rest },
    Budget { name: "one file", most: ONE_FILE, counts: |tier| matches!(tier, Tier::Kept) },
];

/// A limit.
#[derive(Debug)]
pub(crate) struct Budget {
    /// What it is called in the table and in `CHANGELOG.md`.
    pub(crate) name: &'static str,
    /// Bytes after gzip -9.
    pub(crate) most: usize,
    counts: fn(Tier) -> bool,
}

/// When a file is downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// Before a press is heard.
    First,
    /// For the verdict.
    Verdict,
    /// With the other parts.
    Rest,
    /// On a press that needs it, and without running.
    Press,
    /// On a press, to be kept: all of the page in one file.
    Kept,
    /// By no visit as such: icons, what crawlers read.
    Beside,
}

impl Tier {
    const ALL: [(Self, &str); 6] = [
        (Self::First, "First load"),
        (Self::Verdict, "Verdict"),
        (Self::Rest, "Rest"),
        (Self::Press, "On a press"),
        (Self::Kept, "To be kept"),
        (Self::Beside, "Beside the page"),
    ];
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The page itself.
    Html,
    /// The style sheet.
    Css,
    /// `boot.js` or the glue code.
    Js,
    /// A part of the program.
    Wasm,
    /// Anything else.
    Other,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Css => "CSS",
            Self::Js => "JS",
            Self::Wasm => "wasm",
            Self::Other => "other",
        }
    }
}

/// One file of the page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Weight {
    pub(crate) tier: Tier,
    pub(crate) kind: Kind,
    pub(crate) file: String,
    /// Bytes as they lie in the folder.
    pub(crate) raw: usize,
    /// Bytes as a server sends them.
    pub(crate) gzip: usize,
}

/// Every file of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weights(pub(crate) Vec<Weight>);

impl Weights {
    pub(crate) fn add(&mut self, tier: Tier, kind: Kind, file: &str, bytes: &[u8]) {
        self.0.push(Weight { tier, kind, file: file.to_owned(), raw: bytes.len(), gzip: gzip(bytes) });
    }

    /// Puts them in the order in which they are downloaded.
    pub(crate) fn sort(&mut self) {
        self.0.sort();
    }

    /// The budgets that are exceeded, and by how many bytes.
    pub(crate) fn excess(&self) -> Vec<(&'static Budget, usize)> {
        let over = |budget: &'static Budget| {
            let (_, gzip) = self.sum(budget.counts);
            Some((budget, gzip.checked_sub(budget.most).filter(|excess| *excess > 0)?))
        };
        BUDGETS.iter().filter_map(over).collect()
    }

    /// Bytes of all files of these tiers, as they lie there and after gzip.
    fn sum(&self, counts: impl Fn(Tier) -> bool) -> (usize, usize) {
        let counted = self.0.iter().filter(|weight| counts(weight.tier));
        counted.fold((0, 0), |(raw, gzip), weight| (raw + weight.raw, gzip + weight.gzip))
    }
}

/// A table: one line a file, tier by tier, then a line a budget that some file counts to.
impl Display for Weights {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let line = |formatter: &mut Formatter<'_>, what: &str, raw, gzip, note: &str| {
            let kb = kilobytes(gzip);
            writeln!(formatter, "  {what:<11}{raw:>9} B {gzip:>9} B {kb:>8} kB  {note}")
        };
        for (tier, title) in Tier::ALL {
            let files: Vec<&Weight> = self.0.iter().filter(|weight| weight.tier == tier).collect();
            if !files.is_empty() {
                writeln!(formatter, "{title:<16}   raw     gzip -9")?;
            }
            for weight in files {
                line(formatter, weight.kind.name(), weight.raw, weight.gzip, &weight.file)?;
            }
        }
        writeln!(formatter, "Budgets")?;
        for budget in &BUDGETS {
            let (raw, gzip) = self.sum(budget.counts);
            // What no file counts to was not weighed.
            if raw == 0 {
                continue;
            }
            line(formatter, budget.name, raw, gzip, &format!("of {} kB allowed", kilobytes(budget.most)))?;
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

    fn weights(gzip: &[(Tier, usize)]) -> Weights {
        let weight = |&(tier, gzip)| Weight { tier, kind: Kind::Wasm, file: "f".to_owned(), raw: gzip, gzip };
        Weights(gzip.iter().map(weight).collect())
    }

    fn over(gzip: &[(Tier, usize)]) -> Vec<(&'static str, usize)> {
        weights(gzip).excess().iter().map(|(budget, excess)| (budget.name, *excess)).collect()
    }

    #[test]
    fn each_budget_is_a_limit_to_the_byte() {
        assert_eq!(over(&[(Tier::First, FIRST_LOAD - 1_000), (Tier::First, 1_000)]), []);
        assert!(over(&[(Tier::First, FIRST_LOAD + 1)]).contains(&("first load", 1)));
        assert_eq!(over(&[(Tier::Verdict, VERDICT)]), []);
        assert_eq!(over(&[(Tier::Verdict, VERDICT + 2)]), [("verdict", 2)]);
        let rest = EVERYTHING - 10_000;
        assert_eq!(over(&[(Tier::First, 5_000), (Tier::Verdict, 5_000), (Tier::Rest, rest)]), []);
        assert_eq!(
            over(&[(Tier::First, 5_000), (Tier::Verdict, 5_000), (Tier::Rest, rest + 3)]),
            [("everything", 3)]
        );
    }

    #[test]
    fn what_no_visit_waits_for_is_shown_and_not_counted() {
        for (tier, title) in [(Tier::Press, "On a press"), (Tier::Beside, "Beside the page")] {
            let weights = weights(&[(Tier::First, 5), (tier, 2_000_000)]);
            assert!(weights.excess().is_empty());
            let table = weights.to_string();
            assert!(table.contains("2000000 B") && table.contains(title), "{table}");
        }
    }

    #[test]
    fn the_table_names_every_file_and_every_budget() {
        let table = weights(&[(Tier::First, 1_234), (Tier::Verdict, 80_000), (Tier::Rest, 1)]).to_string();
        for line in [
            "  wasm            1234 B      1234 B      1.3 kB  f\n",
            "  first load      1234 B      1234 B      1.3 kB  of 102.0 kB allowed\n",
            "  verdict        80000 B     80000 B     80.0 kB  of 160.0 kB allowed\n",
            "  everything     81235 B     81235 B     81.3 kB  of 695.0 kB allowed\n",
        ] {
            assert!(table.contains(line), "{line}{table}");
        }
        assert!(!table.contains("Beside"), "{table}");
        let table = weights(&[(Tier::First, 1_234), (Tier::Rest, 1)]).to_string();
        assert!(table.contains("  first load") && !table.contains("verdict"), "not weighed: {table}");
    }

    #[test]
    fn gzip_is_the_real_length() {
        assert!(gzip(&[b'a'; 10_000]) < 100);
        assert_eq!(gzip(b""), 20, "header, empty block, trailer");
    }
}
