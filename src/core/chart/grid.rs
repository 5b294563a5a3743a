//! A plot's data as a table.

/// Lines of a table: more are not read by anyone, and a browser takes long to lay them out.
pub const MOST_LINES: usize = 40;

/// The data of a plot as a table; made only when somebody opens it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// The heads of the columns. The first column names the line.
    pub head: Vec<String>,
    /// The lines, [`MOST_LINES`] at most, each with a cell for each column.
    pub rows: Vec<Vec<String>>,
    /// The data that is left out, e.g. "The first 40 of 812 chunks. The saved report has all."; empty if nothing is.
    pub note: String,
}

impl Grid {
    /// A table of the first `shown` of `all` things, so called.
    pub(super) fn of(
        head: Vec<String>,
        rows: Vec<Vec<String>>,
        (shown, all): (usize, usize),
        things: &str,
    ) -> Self {
        let note = if shown < all {
            format!("The first {shown} of {all} {things}. The saved report has all.")
        } else {
            String::new()
        };
        Self { head, rows, note }
    }
}

/// Heads of columns.
pub(super) fn heads(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
