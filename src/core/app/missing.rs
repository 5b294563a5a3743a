//! How far the rest of the page has been loaded, as it is drawn; why it or another file of the page is not there, and what is said
//! of the rest.

/// Why a file of the page is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It is there no more: the page was published anew since it was opened.
    Gone,
    /// What came is not what was published.
    Changed,
    /// It did not come.
    Lost,
}

/// How far the page has been loaded, as it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoadingView {
    /// Nobody waits for anything.
    #[default]
    Quiet,
    /// Something was pressed that waits for the rest, or it was asked for again.
    Awaited,
    /// The rest did not come.
    Missing(Missing),
    /// All is there.
    Over,
}

impl LoadingView {
    /// What stands in a row whose section is not there yet.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Missing(_) => "This part did not load",
            Self::Quiet | Self::Awaited | Self::Over => "Loading…",
        }
    }
}

/// What is said while something waits for the rest.
pub(super) const AWAITED: &str = "Loading the rest of this page.";

impl Missing {
    /// Why a file is not there, by the status that asking for it once more without its hash had, if there was an answer: with a hash,
    /// browsers report an answer that is none like one that was altered.
    pub const fn after(status: Option<u16>) -> Self {
        match status {
            Some(404 | 410) => Self::Gone,
            Some(200) => Self::Changed,
            _ => Self::Lost,
        }
    }

    /// Whether it may come when it is asked for again: what is gone does not come back.
    pub const fn may_come(self) -> bool {
        match self {
            Self::Gone => false,
            Self::Changed | Self::Lost => true,
        }
    }

    /// What holds of the page as long as the rest is not there. Where something alters files no key belongs.
    pub const fn meanwhile(self) -> &'static str {
        match self {
            Self::Changed => "The fields below read nothing until it is there, and mask nothing.",
            Self::Gone | Self::Lost => {
                "The test of a key does not need it. The fields below read nothing until it is there, and mask nothing."
            }
        }
    }

    /// What is said of the rest.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Gone => {
                "A new version of this page was published while it was open, and the rest of the old one is gone. Reload the page. \
                 Copy what you typed first: a reload empties every field."
            }
            Self::Changed => {
                "The rest of this page is not the file that was published, so it was not run. Try again. If that stays, something \
                 between you and this site alters files: do not paste a key here."
            }
            Self::Lost => {
                "The rest of this page did not arrive. Check your connection and any content blocker."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Missing;

    #[test]
    fn the_status_of_a_second_request_tells_why() {
        let found = [None, Some(404), Some(410), Some(200), Some(503)].map(Missing::after);
        assert_eq!(found, [Missing::Lost, Missing::Gone, Missing::Gone, Missing::Changed, Missing::Lost]);
        assert_eq!(found.map(Missing::may_come), [true, false, false, true, true]);
    }

    #[test]
    fn where_files_are_altered_nobody_is_told_to_test_a_key() {
        for why in [Missing::Gone, Missing::Changed, Missing::Lost] {
            let warns = why.sentence().contains("do not paste a key");
            assert_ne!(warns, why.meanwhile().contains("test of a key"), "{why:?}");
        }
    }
}
