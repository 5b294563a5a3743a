//! What the page says otherwise when it is one file: its source has both, between marks.

use key_tester::core::policy::Packaging;

use super::site::Fault;

/// What comes next is said by the page of a site.
const SITE: &str = "<!-- in a site -->";

/// What comes next is said by the page that is one file.
const FILE: &str = "<!-- in one file -->";

/// From here on both say the same.
const END: &str = "<!-- end -->";

/// The page as it is handed out like this.
pub(crate) fn of(page: &str, packaging: Packaging) -> Result<String, Fault> {
    let missing = |mark: &str| Fault::Page(format!("{mark} is missing, or not in its place"));
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once(SITE) {
        let (site, after) = after.split_once(FILE).ok_or_else(|| missing(FILE))?;
        let (file, after) = after.split_once(END).ok_or_else(|| missing(END))?;
        text.push_str(before);
        text.push_str(match packaging {
            Packaging::Site => site,
            Packaging::SingleFile => file,
        });
        rest = after;
    }
    text.push_str(rest);
    match [SITE, FILE, END].into_iter().find(|mark| text.contains(mark)) {
        None => Ok(text),
        Some(mark) => Err(missing(mark)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_has_its_own_words() {
        let page = "<p><!-- in a site -->A<!-- in one file -->B<!-- end --> and \
                    <!-- in a site --><!-- in one file -->C<!-- end -->.";
        assert_eq!(of(page, Packaging::Site).unwrap(), "<p>A and .");
        assert_eq!(of(page, Packaging::SingleFile).unwrap(), "<p>B and C.");
    }

    #[test]
    fn a_mark_without_its_others_is_noticed() {
        for page in [
            "<!-- in a site -->A",
            "<!-- in a site -->A<!-- in one file -->B",
            "A<!-- in one file -->B<!-- end -->",
            "<!-- in a site --><!-- in a site -->A<!-- in one file -->B<!-- end -->",
        ] {
            assert!(of(page, Packaging::Site).is_err(), "{page}");
        }
    }
}
