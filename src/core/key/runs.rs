//! Pieces of a known key in a text.

use crate::core::work;

/// The fewest characters in a row that are a piece of the key and no chance.
const LEAST: usize = 10;

/// Every run of [`LEAST`] characters holds so many that begin at a multiple of this, so only these places are looked at.
const STEP: usize = LEAST / 2;

/// Puts a marker in place of each run of the key. The key is ASCII, so no character of the text is cut in two.
pub(super) fn cut(key: &str, text: String) -> (String, usize) {
    let (key, bytes) = (key.as_bytes(), text.as_bytes());
    let mut kept = String::new();
    let (mut done, mut at, mut count) = (0, 0, 0);
    while let Some(seed) = bytes.get(at..at + STEP) {
        work::step(STEP);
        let places = key.windows(STEP).enumerate().filter(|(_, piece)| piece.eq_ignore_ascii_case(seed));
        let run = |(place, _): (usize, &[u8])| {
            let ahead = common(key.iter().skip(place), bytes.iter().skip(at));
            let (before, left) = (key.iter().take(place).rev(), bytes.get(done..at).unwrap_or_default());
            let back = common(before, left.iter().rev());
            (back + ahead, at - back)
        };
        match places.map(run).max().filter(|(length, _)| *length >= LEAST) {
            Some((length, start)) => {
                kept.push_str(text.get(done..start).unwrap_or_default());
                kept.push_str("[key]");
                done = start + length;
                at = done.next_multiple_of(STEP);
                count += 1;
            }
            None => at += STEP,
        }
    }
    if count == 0 {
        return (text, 0);
    }
    kept.push_str(text.get(done..).unwrap_or_default());
    (kept, count)
}

/// How many bytes two sequences begin with in common, in upper or lower case.
fn common<'b>(one: impl Iterator<Item = &'b u8>, other: impl Iterator<Item = &'b u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one.eq_ignore_ascii_case(other)).count()
}

#[cfg(test)]
mod tests {
    use super::cut;
    use crate::core::work;

    const KEY: &str = "mstrl_CanaryThatSingsInTheMine00000000_Sing42";

    fn cut_of(text: &str) -> (String, usize) {
        cut(KEY, text.to_owned())
    }

    #[test]
    fn every_piece_of_ten_goes_wherever_it_stands() {
        for start in 0..=KEY.len() - 10 {
            for length in 10..=KEY.len() - start {
                let piece = &KEY[start..start + length];
                for before in ["", "é", "=\"", "one two ", "12345678"] {
                    for piece in [piece.to_owned(), piece.to_uppercase(), piece.to_lowercase()] {
                        let (text, count) = cut_of(&format!("{before}{piece} and {piece}"));
                        assert_eq!((text, count), (format!("{before}[key] and [key]"), 2), "{before}{piece}");
                    }
                }
            }
        }
    }

    #[test]
    fn nine_stay_and_so_does_the_rest() {
        for start in 0..=KEY.len() - 9 {
            let text = format!("status 401: {} é", &KEY[start..start + 9]);
            assert_eq!(cut_of(&text), (text, 0));
        }
        for text in ["", "é", "mstrl", "canary"] {
            assert_eq!(cut_of(text), (text.to_owned(), 0));
        }
    }

    #[test]
    fn the_work_grows_with_the_text() {
        let key = "a".repeat(512);
        let steps = |size: usize| work::steps_of(|| cut(&key, "aaaaaaaaab".repeat(size)));
        work::grows_with_size(1_000, steps).expect("in proportion");
        let steps = |size: usize| work::steps_of(|| cut(&key, "a".repeat(10 * size)));
        work::grows_with_size(1_000, steps).expect("in proportion");
    }
}
