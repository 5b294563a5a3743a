//! Which of a model's ids says most exactly which model it is.

use std::cmp::Reverse;

/// How the names end that Mistral moves from model to model.
pub(in crate::core) const LATEST: &str = "-latest";

/// The id that goes on meaning this model: the canonical one, unless that moves itself. Then one with a date, then one
/// with the most numbers: `mistral-ocr-4-1` rather than `mistral-ocr-4`. The canonical one if no id of the model has either.
pub(super) fn exact_id<'i>(canonical: &'i str, ids: impl Iterator<Item = &'i str>) -> &'i str {
    if !canonical.ends_with(LATEST) {
        return canonical;
    }
    let exactness = |id: &&str| {
        let numbers = id.split(['-', '.']).filter(|part| is_version(part)).count();
        Reverse((id.rsplit('-').next().is_some_and(is_date), numbers))
    };
    // The first of equals, as Mistral lists them.
    let exact = ids.filter(|id| !id.ends_with(LATEST)).min_by_key(exactness);
    exact.filter(|id| exactness(id) < Reverse((false, 0))).unwrap_or(canonical)
}

/// A number with what ids add to it: `4`, `3.5`, `2603`, `8b`, `8x22b`.
pub(in crate::core) fn is_version(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit())
        && part.len() <= 6
        && part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'b' | b'x'))
}

/// Year and month, as ids end in them: `2603`.
pub(in crate::core) fn is_date(part: &str) -> bool {
    let (year, month) = part.split_at_checked(2).unwrap_or_default();
    part.len() == 4 && (23..=99).contains(&number(year)) && (1..=12).contains(&number(month))
}

fn number(digits: &str) -> u8 {
    digits.parse().unwrap_or(0)
}
