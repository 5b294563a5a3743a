//! The tags of HTML that the page uses, each a function.

use crate::ui::element::{El, Kind};

/// Makes the functions, of the tags' names.
macro_rules! tags {
    ($($tag:ident)*) => {$(
        #[doc = concat!("`<", stringify!($tag), ">`")]
        pub(in crate::ui) fn $tag() -> El {
            const LETTERS: [u8; stringify!($tag).len()] = capitals(stringify!($tag));
            const NAME: &str = match str::from_utf8(&LETTERS) {
                Ok(name) => name,
                Err(_) => panic!("a tag is of ASCII letters"),
            };
            El::new(Kind::Html(NAME))
        }
    )*};
}

/// The name in capitals. That is how the document names an element, and by its name the renderer recognises it as the one to
/// be updated rather than replaced.
const fn capitals<const N: usize>(tag: &str) -> [u8; N] {
    let mut letters = [0; N];
    let mut at = 0;
    while at < N {
        letters[at] = tag.as_bytes()[at].to_ascii_uppercase();
        at += 1;
    }
    letters
}

tags! {
    a aside b button code dd del details div dl dt fieldset figcaption figure form h2 h3 h4 i input ins kbd label legend li mark nav ol option
    p pre
    progress section select small span strong summary table tbody td textarea th thead tr ul
}
