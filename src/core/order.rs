//! One sort for all types. The standard library's is compiled anew for each type, 5 kB of wasm a time; here only numbers of
//! places are sorted, through a comparison without a type.

use crate::core::work;
use std::cmp::Ordering;

/// The items in order; equal ones keep theirs.
pub(in crate::core) fn sorted<T>(items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let pair = |a: usize, b: usize| items.get(a).zip(items.get(b));
    let places = places(items.len(), &|a, b| pair(a, b).map_or(Ordering::Equal, |(a, b)| compare(a, b)));
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    places.into_iter().filter_map(|place| items.get_mut(place)?.take()).collect()
}

fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| {
        work::step(1);
        compare(*a, *b)
    });
    places
}

#[cfg(test)]
mod tests {
    use super::sorted;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn property_it_sorts_as_the_standard_library_does(items in proptest::collection::vec((0_u8..9, any::<u8>()), 0..90)) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(sorted(items, |a, b| a.0.cmp(&b.0)), expected);
        }
    }
}
