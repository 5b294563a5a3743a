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

/// What is said while something waits for the rest.
pub(super) const AWAITED: &str = "Loading the rest of this page.";

impl Missing {
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
