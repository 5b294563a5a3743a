//! A list as rows, as many as the page draws and reckons with at once.

use crate::core::mistral::wire::ModelList;
use crate::core::models::{ModelRow, rows};

/// The most models of a list that the page takes. Mistral lists some seventy.
pub const MOST_ROWS: usize = 5_000;

/// What of a list makes no row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Entries without an id that a request could name and a page could show.
    pub unnamed: usize,
    /// Models beyond [`MOST_ROWS`].
    pub beyond: usize,
}

/// The rows of a list, and what of it is not among them.
pub fn listed(list: &ModelList) -> (Vec<ModelRow>, LeftOut) {
    let mut rows = rows(&list.cards);
    let left_out = LeftOut { unnamed: list.skipped, beyond: rows.len().saturating_sub(MOST_ROWS) };
    rows.truncate(MOST_ROWS);
    (rows, left_out)
}

#[cfg(test)]
mod tests {
    use super::{LeftOut, MOST_ROWS, listed};
    use crate::core::mistral::wire::parse_models;

    #[test]
    fn five_thousand_are_taken() {
        let cards: Vec<String> =
            (0..MOST_ROWS + 7).map(|number| format!(r#"{{"id":"m-{number}"}}"#)).collect();
        let list = parse_models(format!(r#"[{},{{"id":""}}]"#, cards.join(",")).as_bytes()).expect("a list");
        let (rows, left_out) = listed(&list);
        assert_eq!((rows.len(), left_out), (MOST_ROWS, LeftOut { unnamed: 1, beyond: 7 }));
    }
}
