//! The policy of the page: made for the scripts that the page loads, by the hashes that stand in their tags.

use super::html::{self, Tag};

/// The element that carries this policy.
pub(crate) fn element(policy: &str) -> String {
    html::tag("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)])
}

/// Whether a tag carries a policy.
pub(crate) fn is_policy(tag: &Tag) -> bool {
    let kind = tag.get("http-equiv");
    tag.name == "meta" && kind.is_some_and(|kind| kind.eq_ignore_ascii_case("Content-Security-Policy"))
}

/// The hashes of the scripts that the page loads, and of the glue code that the first of them loads.
pub(crate) fn scripts(tags: &[Tag]) -> Vec<&str> {
    tags.iter()
        .filter(|tag| tag.name == "script" && tag.get("src").is_some())
        .flat_map(|tag| [tag.get("integrity"), tag.get("data-js-integrity")])
        .flatten()
        .collect()
}

/// Ways from text to markup or code that Trusted Types refuse: the program that takes one would stop there.
const SINKS: [&str; 9] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "createContextualFragment",
    "parseFromString",
    "document.write",
    "srcdoc",
    "new Function",
    "eval(",
];

/// Which of them a script takes.
pub(crate) fn sinks(script: &str) -> impl Iterator<Item = &'static str> {
    SINKS.into_iter().filter(|sink| script.contains(sink))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_that_makes_markup_of_text_is_found() {
        assert_eq!(
            sinks("a.innerHTML = b; new Function(c)").collect::<Vec<_>>(),
            ["innerHTML", "new Function"]
        );
        assert_eq!(sinks("a.textContent = b; a.replaceChildren()").count(), 0);
    }

    #[test]
    fn the_scripts_are_those_of_files_and_what_they_load() {
        let html = "<script type='application/ld+json' integrity=c>{}</script>\
                    <script src=a integrity=sha384-a data-js=b data-js-integrity=sha384-b></script>\
                    <link rel=stylesheet integrity=d><script src=e integrity=sha384-e></script><script src=f></script>";
        assert_eq!(scripts(&html::tags(html).unwrap()), ["sha384-a", "sha384-b", "sha384-e"]);
    }

    #[test]
    fn its_element_is_told_from_others() {
        let html = format!(
            "{}<meta http-equiv=refresh><meta name=x><p http-equiv=Content-Security-Policy>",
            element("default-src 'none'")
        );
        let tags = html::tags(&html).unwrap();
        assert_eq!(tags.iter().map(is_policy).collect::<Vec<_>>(), [true, false, false, false]);
        assert_eq!(tags[0].get("content"), Some("default-src 'none'"));
    }
}
