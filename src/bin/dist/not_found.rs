//! The page at unknown addresses: how it is made, and the rules that it has to meet.

use super::address::Address;
use super::html;
use super::site::integrity;

/// It is shown at any depth, so nothing in it may be relative.
const PAGE: &str = include_str!("../../../style/share/404.html");

/// The page, with a policy that allows its own style and nothing else. Without an address there is no link that is right at
/// every depth, so there is none.
pub(crate) fn page(address: Option<&Address>) -> String {
    let policy = html::tag("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy(PAGE))]);
    let back = address.map_or_else(
        || "<p>The tester is at the start of this site.</p>".to_owned(),
        |address| format!("<p>{}To the key tester</a></p>", html::tag("a", &[("href", address.as_str())])),
    );
    PAGE.replace("<!-- policy -->", &policy).replace("<!-- way back -->", &back)
}

/// Every rule that this page breaks, in words.
pub(crate) fn broken_rules(page: &str) -> Vec<String> {
    let mut rules = Vec::new();
    let mut rule = |holds: bool, words: String| {
        if !holds {
            rules.push(format!("404.html: {words}"));
        }
    };
    let tags = html::tags(page).unwrap_or_else(|why| {
        rule(false, why);
        Vec::new()
    });
    let first = tags.iter().position(|tag| tag.name == "head").and_then(|head| tags.get(head + 1));
    let content = first.filter(|tag| tag.is("meta", "http-equiv", "Content-Security-Policy"));
    rule(
        content.and_then(|tag| tag.get("content")) == Some(policy(page).as_str()),
        "the first element of <head> is not the policy for its one style".to_owned(),
    );
    rule(
        tags.iter().any(|tag| tag.is("meta", "name", "robots") && tag.get("content") == Some("noindex")),
        "search engines may list it".to_owned(),
    );
    rule(tags.iter().filter(|tag| tag.name == "style").count() == 1, "it has to have one <style>".to_owned());
    for tag in &tags {
        let name = &tag.name;
        rule(!matches!(name.as_str(), "script" | "link" | "iframe" | "base" | "form"), format!("a <{name}>"));
        for attribute in &tag.attributes {
            let (key, value) = (attribute.name.as_str(), attribute.value.as_str());
            rule(!key.starts_with("on") && key != "style" && key != "src", format!("{key}= on <{name}>"));
            rule(
                key != "href" || Address::parse(value).is_some(),
                format!("{value} does not lead to the same place at every depth"),
            );
        }
    }
    rules
}

fn policy(page: &str) -> String {
    let style = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    let hash = integrity(style.map_or("", |(style, _)| style).as_bytes());
    format!("default-src 'none'; style-src '{hash}'; form-action 'none'; base-uri 'none'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> Address {
        Address::parse("https://a.github.io/b/").unwrap()
    }

    #[test]
    fn it_meets_its_rules_and_leads_back_where_the_address_is_known() {
        for (address, links) in [(None, 0), (Some(address()), 1)] {
            let page = page(address.as_ref());
            assert_eq!(broken_rules(&page), Vec::<String>::new());
            assert_eq!(page.matches("<a href=\"https://a.github.io/b/\">").count(), links);
            assert!(!page.contains("<!--"), "every place is filled");
        }
    }

    #[test]
    fn each_rule_can_fail() {
        let page = page(Some(&address()));
        for (from, to, broken) in [
            ("default-src 'none'", "default-src *", "policy"),
            ("18vh", "19vh", "policy"),
            ("noindex", "index", "search engines"),
            ("https://a.github.io/b/", "./", "depth"),
            ("https://a.github.io/b/", "/b/", "depth"),
            ("</body>", "<script></script></body>", "a <script>"),
            ("</body>", "<img src=\"https://x.test/\"></body>", "src= on <img>"),
            ("<h1>", "<h1 style=\"color: red\">", "style= on <h1>"),
        ] {
            assert!(page.contains(from), "{from}");
            let rules = broken_rules(&page.replacen(from, to, 1));
            assert!(rules.iter().any(|rule| rule.contains(broken)), "{to}: {rules:?}");
        }
    }
}
