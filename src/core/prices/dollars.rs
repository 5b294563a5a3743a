//! Amounts of money, exact to the millionth part of a millionth of a dollar.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

/// An amount of money in picodollars, the millionth part of a millionth of a US dollar: a tenth of the price of one cached
/// token of the cheapest model is still a whole number of them, so nothing is bent by floating point. Sums end at
/// 18 million dollars and stay there.
///
/// It prints to the last digit: `$0.15`, `$4`, `$0.0000021`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dollars(u64);

/// Picodollars in a millionth of a dollar.
const MILLIONTH: u64 = 1_000_000;

/// Picodollars in a dollar.
const DOLLAR: u64 = 1_000_000 * MILLIONTH;

impl Dollars {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// The largest amount, at which sums stay.
    pub const MAX: Self = Self(u64::MAX);

    /// An amount of `millionths` of a dollar.
    pub const fn from_millionths(millionths: u64) -> Self {
        Self(millionths.saturating_mul(MILLIONTH))
    }

    /// An amount of picodollars.
    pub const fn from_picodollars(picodollars: u64) -> Self {
        Self(picodollars)
    }

    /// The amount in picodollars.
    pub const fn as_picodollars(self) -> u64 {
        self.0
    }

    /// Returns the price of `count` parts when `parts` of them cost this; a fraction of a picodollar counts as a whole one.
    #[must_use]
    pub fn for_parts(self, count: u64, parts: u64) -> Self {
        let exact = u128::from(self.0) * u128::from(count);
        Self(u64::try_from(exact.div_ceil(u128::from(parts.max(1)))).unwrap_or(u64::MAX))
    }

    /// What is left without another amount; nothing where that is more.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// A tenth of it: what a cached token of Mistral's own models costs.
    pub(in crate::core) const fn tenth(self) -> Self {
        Self(self.0 / 10)
    }

    /// A tenth more: what inference at the EU and US endpoints costs.
    #[must_use]
    pub const fn with_a_tenth(self) -> Self {
        Self(self.0.saturating_add(self.0 / 10))
    }

    /// Returns the share of `whole` in thousandths, 1000 at most; none of nothing.
    pub fn thousandths_of(self, whole: Self) -> u64 {
        let share = u128::from(self.0) * 1_000 / u128::from(whole.0.max(1));
        u64::try_from(share).unwrap_or(u64::MAX).min(1_000)
    }

    /// With two decimals at least, for standing beside another amount: `$2.00`.
    pub(super) fn cents(self) -> String {
        let words = self.to_string();
        if words.contains('.') { words } else { words + ".00" }
    }

    /// Rounded up to two digits that count, for an upper bound: `$0.0013`, `$0.41`, `$12.35`.
    pub fn rounded_up(self) -> String {
        let mut unit = 1;
        while self.0 / unit >= 100 && unit < DOLLAR / 100 {
            unit *= 10;
        }
        Self(self.0.div_ceil(unit).saturating_mul(unit)).to_string()
    }
}

impl Add for Dollars {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Dollars {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Dollars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / DOLLAR, self.0 % DOLLAR);
        if rest == 0 {
            return write!(f, "${whole}");
        }
        // Two decimals at least, as people write money, and no more than there are.
        let decimals = format!("{rest:012}");
        let shown = decimals.trim_end_matches('0').len().max(2);
        write!(f, "${whole}.{}", decimals.get(..shown).unwrap_or_default())
    }
}
