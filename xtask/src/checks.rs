//! What is held against the sources before any test runs: format, lints, documentation.

/// A cargo command whose exit status is all that counts.
pub(crate) struct Check {
    pub(crate) title: &'static str,
    pub(crate) arguments: &'static [&'static str],
    pub(crate) variable: Option<(&'static str, &'static str)>,
    /// Whether it belongs to `cargo xtask check`: the lints of everything take too long after a change of the core.
    quick: bool,
    /// What to do when it fails.
    pub(crate) mend: &'static str,
}

const MEND: &str = "mend what it names above";

/// Cheapest first.
const CHECKS: &[Check] = &[
    Check {
        title: "Format",
        arguments: &["fmt", "--all", "--", "--check"],
        variable: None,
        quick: true,
        mend: "cargo fmt --all",
    },
    Check {
        title: "Lints",
        arguments: &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"],
        variable: None,
        quick: false,
        mend: MEND,
    },
    Check {
        title: "Lints of the core, without any browser crate",
        arguments: &["clippy", "--no-default-features", "--all-targets", "--", "-D", "warnings"],
        variable: None,
        quick: true,
        mend: MEND,
    },
    Check {
        title: "Lints of what runs in the browser",
        arguments: &[
            "clippy",
            "--target",
            "wasm32-unknown-unknown",
            "--lib",
            "--bins",
            "--",
            "-D",
            "warnings",
        ],
        // Relative to the checkout, where every command is run.
        variable: Some(("CLIPPY_CONF_DIR", "xtask/clippy-wasm")),
        quick: true,
        mend: MEND,
    },
    Check {
        title: "Documentation",
        arguments: &["doc", "--no-deps", "--workspace", "--all-features"],
        variable: Some(("RUSTDOCFLAGS", "-D warnings")),
        quick: false,
        mend: MEND,
    },
];

/// All of them, or the quick ones alone.
pub(crate) fn of(quick: bool) -> impl Iterator<Item = &'static Check> {
    CHECKS.iter().filter(move |check| check.quick || !quick)
}

#[cfg(test)]
mod tests {
    use crate::workspace::Workspace;

    #[test]
    fn the_browser_lints_ban_the_clocks_that_panic_there() {
        let folder = Workspace::find().root().join("xtask/clippy-wasm/clippy.toml");
        let rules = std::fs::read_to_string(folder).expect("the rules that CLIPPY_CONF_DIR names");
        assert!(rules.contains("std::time::Instant::now"));
    }
}
