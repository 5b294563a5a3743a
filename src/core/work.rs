//! Work that is counted, not timed: how many bytes, rows and comparisons a reader looks at.
//!
//! A clock tells how busy the machine is. A count is the same on every machine, so a test can hold that twice the text
//! costs twice the work. Only builds with debug assertions count: the page carries none of it.

#[cfg(debug_assertions)]
use std::cell::Cell;

#[cfg(debug_assertions)]
thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Counts the steps of a loop: the bytes, characters or rows that it looks at.
#[inline]
pub(in crate::core) fn step(count: usize) {
    #[cfg(debug_assertions)]
    STEPS.set(STEPS.get().saturating_add(u64::try_from(count).unwrap_or(u64::MAX)));
    #[cfg(not(debug_assertions))]
    let _ = count;
}

/// The steps that `act` takes on this thread; 0 in a build that does not count.
pub fn steps_of<T>(act: impl FnOnce() -> T) -> u64 {
    let before = counted();
    drop(act());
    counted().saturating_sub(before)
}

#[cfg(debug_assertions)]
fn counted() -> u64 {
    STEPS.get()
}

#[cfg(not(debug_assertions))]
fn counted() -> u64 {
    0
}

/// Steps that may come on top of what growth explains: those of short ends and of constant parts.
const CONSTANT: u64 = 1_000;

/// Whether work goes with size: `steps` of 2 and of 8 times `size` are at most 2 and 8 times those of `size`, and a tenth,
/// which sorting takes.
///
/// # Errors
/// What was counted, when it grows faster; or when less was counted than a tenth of the size, for then nobody counts.
pub fn grows_with_size(size: usize, steps: impl Fn(usize) -> u64) -> Result<(), String> {
    let one = steps(size);
    if one < u64::try_from(size / 10).unwrap_or(u64::MAX) {
        return Err(format!("{one} steps for a size of {size}: what does the work does not count it"));
    }
    for (factor, larger) in [(2, size * 2), (8, size * 8)] {
        let many = steps(larger);
        if many > one * factor * 11 / 10 + CONSTANT {
            return Err(format!("{one} steps for a size of {size}, {many} for {larger}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{grows_with_size, step, steps_of};

    #[test]
    fn steps_are_counted_where_they_are_taken() {
        let inner = || steps_of(|| step(7));
        assert_eq!(steps_of(|| (step(5), assert_eq!(inner(), 7))), 12, "those of a part count for the whole");
        let elsewhere = || std::thread::spawn(|| step(3)).join();
        assert_eq!(steps_of(elsewhere), 0, "other tests run meanwhile");
    }

    #[test]
    fn only_what_grows_with_size_passes() {
        let as_u64 = |size: usize| size as u64;
        assert_eq!(grows_with_size(100, as_u64), Ok(()));
        assert_eq!(grows_with_size(100, |_| 5_000), Ok(()), "work that has an end");
        let sorting = |size: usize| 40 * as_u64(size) + as_u64(size) * u64::from(size.ilog2());
        assert_eq!(grows_with_size(1_000, sorting), Ok(()));
        let hidden = |size: usize| 100 * as_u64(size) + as_u64(size) * as_u64(size) / 50;
        assert!(grows_with_size(1_000, hidden).is_err(), "a fifth of the work is quadratic at first");
        assert!(grows_with_size(1_000, |size| as_u64(size) / 11).is_err(), "nobody counts");
    }
}
