//! What went wrong in a command, told so that the reader can mend it.

use std::fmt;

/// A stopped command: what stopped, why, and the command that mends it.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    why: String,
    mend: String,
    tally: Option<String>,
}

impl Failure {
    /// `mend` is what to type, one command a line; empty when there is nothing to type.
    pub(crate) fn new(what: impl Into<String>, why: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into(), mend: mend.into(), tally: None }
    }

    /// Adds the line of test counts that ends the output when tests failed.
    #[must_use]
    pub(crate) fn with_tally(self, tally: String) -> Self {
        Self { tally: Some(tally), ..self }
    }

    /// The line of test counts that ends the output, if tests failed.
    pub(crate) fn tally(&self) -> Option<&str> {
        self.tally.as_deref()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.what)?;
        for (label, text) in [("why: ", &self.why), ("mend:", &self.mend)] {
            for (number, line) in text.lines().enumerate() {
                write!(f, "\n  {} {line}", if number == 0 { label } else { "     " })?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_reads_as_what_why_and_how_to_mend_it() {
        let failure = Failure::new("no npm", "it is not on PATH\nat all", "apt-get install npm");
        assert_eq!(
            failure.to_string(),
            "error: no npm\n  why:  it is not on PATH\n        at all\n  mend: apt-get install npm"
        );
        assert_eq!(Failure::new("no npm", "", "").to_string(), "error: no npm");
    }
}
