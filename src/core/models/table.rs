//! The table of models: search, filters, sorting, and the texts of its cells.

use crate::core::mistral::capability::Capability;
use crate::core::models::{Access, ModelRow};
use crate::core::order::sorted;
use crate::core::work;
use std::cmp::Ordering;

/// The selection of the list that the user wants to see. The default is everything, by family.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The text of the search. Upper and lower case are the same; of several words, all must be found.
    pub text: String,
    /// Only models that can do this.
    pub capability: Option<Capability>,
    /// Only models to which the key has this access.
    pub access: Option<Access>,
    /// In which order.
    pub sort: Sort,
}

/// An order of the rows. Equal rows keep the order of families and names, whatever the direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub column: Column,
    /// Which way.
    pub direction: Direction,
}

impl Sort {
    /// The order after the head of `column` was pressed: the same column turns around, another starts afresh.
    #[must_use]
    pub fn pressed(self, column: Column) -> Self {
        let direction =
            if self.column == column { self.direction.reversed() } else { column.first_direction() };
        Self { column, direction }
    }
}

/// The columns of the table, in the order in which they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Canonical id, numbers inside it by value: 3b, 8b, 14b.
    Model,
    /// Family, in the order of [`crate::core::models::Family::ALL`], and abilities.
    #[default]
    Family,
    /// The key's access to the model, in the order of [`Access::ALL`], then the time that its answer took.
    Access,
    /// The unit of the price, then the amount.
    Price,
    /// Context length.
    Context,
    /// Median time to first token.
    FirstToken,
    /// Median rate of tokens.
    Rate,
    /// The cost of a month.
    Monthly,
    /// Retirement date.
    Retirement,
}

impl Column {
    /// Every column.
    pub const ALL: [Self; 9] = [
        Self::Model,
        Self::Family,
        Self::Access,
        Self::Price,
        Self::Context,
        Self::FirstToken,
        Self::Rate,
        Self::Monthly,
        Self::Retirement,
    ];

    /// The stable name used in the DOM.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Family => "family",
            Self::Access => "access",
            Self::Price => "price",
            Self::Context => "context",
            Self::FirstToken => "first-token",
            Self::Rate => "rate",
            Self::Monthly => "monthly",
            Self::Retirement => "retirement",
        }
    }

    /// The column of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// The words in the column's head.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Model => "Model",
            Self::Family => "Family and abilities",
            Self::Access => "Access",
            Self::Price => "$ in / out",
            Self::Context => "Context",
            Self::FirstToken => "First token",
            Self::Rate => "Tokens/s",
            Self::Monthly => "A month",
            Self::Retirement => "Ends",
        }
    }

    /// The direction that is asked for first: the best comes first, and of rates that is the highest.
    const fn first_direction(self) -> Direction {
        match self {
            Self::Rate => Direction::Descending,
            _ => Direction::Ascending,
        }
    }
}

/// Which way to sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Smallest, earliest, A first.
    #[default]
    Ascending,
    /// Largest, latest, Z first.
    Descending,
}

impl Direction {
    /// The other one.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }

    fn apply(self, ordering: Ordering) -> Ordering {
        match self {
            Self::Ascending => ordering,
            Self::Descending => ordering.reverse(),
        }
    }
}

/// A number by which rows are ordered; none for a row of which it is not known, which comes last either way.
pub type Rank = Option<u128>;

/// The rows that answer the query, in its order. `access` tells what is known of the key's access to each, `rank` what the page has
/// learnt of it: its access, its speed, its cost of a month.
pub fn select<'a>(
    rows: impl IntoIterator<Item = &'a ModelRow>,
    query: &Query,
    access: impl Fn(&ModelRow) -> Access,
    rank: impl Fn(&ModelRow, Column) -> Rank,
) -> Vec<&'a ModelRow> {
    let Sort { column, direction } = query.sort;
    let own = |row: &ModelRow| match column {
        // By their words, below.
        Column::Model | Column::Family => None,
        Column::Price => row.price.map(|price| pair(price.rank())),
        Column::Context => row.context.map(u128::from),
        Column::Retirement => row.retirement.as_ref().map(|end| end.date.rank()),
        Column::Access | Column::FirstToken | Column::Rate | Column::Monthly => rank(row, column),
    };
    // Once for each row, not for each comparison.
    let found: Vec<(Rank, &ModelRow)> = matching(rows, query, access).map(|row| (own(row), row)).collect();
    let in_order = sorted(found, |(one, a), (other, b)| {
        let by_column = match column {
            Column::Model => direction.apply(natural(&a.name, &b.name)),
            Column::Family => direction.apply(a.family.cmp(&b.family)),
            _ => known_first(*one, *other, direction),
        };
        by_column.then_with(|| by_family_and_name(a, b))
    });
    in_order.into_iter().map(|(_, row)| row).collect()
}

/// A rank by one number, then by another one.
pub(in crate::core) fn pair((first, then): (u8, u64)) -> u128 {
    (u128::from(first) << 64) | u128::from(then)
}

/// The rows that answer the query, in the order in which they come.
pub fn matching<'a>(
    rows: impl IntoIterator<Item = &'a ModelRow>,
    query: &Query,
    access: impl Fn(&ModelRow) -> Access,
) -> impl Iterator<Item = &'a ModelRow> {
    let text = query.text.to_ascii_lowercase();
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let (capability, wanted) = (query.capability, query.access);
    rows.into_iter()
        .inspect(|row| work::step(row.haystack.len()))
        .filter(move |row| capability.is_none_or(|wanted| row.capabilities.has(wanted)))
        .filter(move |row| wanted.is_none_or(|wanted| access(row) == wanted))
        .filter(move |row| words.iter().all(|word| row.haystack.contains(word)))
}

fn known_first(a: Rank, b: Rank, direction: Direction) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => direction.apply(a.cmp(&b)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// The order of the list when nothing else is asked for.
pub(super) fn by_family_and_name(a: &ModelRow, b: &ModelRow) -> Ordering {
    a.family.cmp(&b.family).then_with(|| natural(&a.name, &b.name))
}

/// Compares text byte by byte, but runs of digits by their value, so that 3b comes before 14b. Equal only if the same.
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.bytes().peekable(), b.bytes().peekable());
    loop {
        let ordering = match (left.peek(), right.peek()) {
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                number(&mut left).cmp(&number(&mut right))
            }
            (None, None) => return a.cmp(b),
            _ => left.next().cmp(&right.next()),
        };
        if ordering.is_ne() {
            return ordering;
        }
    }
}

/// Takes a run of digits; more than a `u64` holds counts as its largest.
fn number(bytes: &mut std::iter::Peekable<std::str::Bytes<'_>>) -> u64 {
    let mut value = 0_u64;
    while let Some(digit) = bytes.next_if(u8::is_ascii_digit) {
        value = value.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
    }
    value
}

/// The capabilities worth a filter, with the number of models that have each; those that none has are left out, and so
/// are classification and fine-tuning, which say little about what a key can do. The one that is chosen stays, or it could
/// not be released.
pub fn facets<'r>(
    rows: impl Iterator<Item = &'r ModelRow>,
    chosen: Option<Capability>,
) -> Vec<(Capability, usize)> {
    let worth =
        |capability: &Capability| !matches!(capability, Capability::Classification | Capability::FineTuning);
    let mut facets: Vec<_> =
        Capability::ALL.into_iter().filter(worth).map(|capability| (capability, 0)).collect();
    for row in rows {
        work::step(facets.len());
        for (capability, count) in &mut facets {
            *count += usize::from(row.capabilities.has(*capability));
        }
    }
    facets.retain(|(capability, count)| *count > 0 || chosen == Some(*capability));
    facets
}

/// A context length as a person would say it, in decimal thousands and millions: `512`, `8 k`, `262 k`, `1.0 M`. The
/// spaces do not break.
pub fn context_label(tokens: u32) -> String {
    // Rounds half up; from 999.5 k on, thousands would read "1000 k".
    match tokens {
        0..1_000 => format!("{tokens}"),
        1_000..999_500 => format!("{}\u{a0}k", (tokens + 500) / 1_000),
        _ => {
            let tenths = tokens / 100_000 + u32::from(tokens % 100_000 >= 50_000);
            format!("{}.{}\u{a0}M", tenths / 10, tenths % 10)
        }
    }
}
