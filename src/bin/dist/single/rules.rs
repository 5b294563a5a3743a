//! What the page in one file has to meet to be published.

use key_tester::core::policy::policy_of_file;

use super::super::html::{self, Tag};
use super::super::page_policy::sinks;
use super::super::page_rules::{head_rules, markup_rules};
use super::super::site::integrity;
use super::{ENGINES, FILE};

/// Every rule that this page breaks, in words.
pub(crate) fn broken_rules(page: &str) -> Vec<String> {
    let tags = match html::tags(page) {
        Ok(tags) => tags,
        Err(why) => return vec![format!("{FILE}: {why}")],
    };
    let mut rules = Vec::new();
    match (the_one(&tags, is_script), the_one(&tags, |tag| tag.name == "style")) {
        (Some(script), Some(style)) => {
            let [script, style] =
                [(script, "</script"), (style, "</style")].map(|(tag, end)| inside(page, tag, end));
            let expected = policy_of_file(&integrity(script.as_bytes()), &integrity(style.as_bytes()));
            head_rules(&tags, &expected, &mut rules);
            rules.extend(
                sinks(script).map(|sink| format!("its script has {sink}, which Trusted Types refuse")),
            );
        }
        _ => rules.push("it has not exactly one script and one style sheet".to_owned()),
    }
    for tag in &tags {
        markup_rules(tag, &mut rules);
        address_rules(tag, &mut rules);
    }
    rules.into_iter().map(|rule| format!("{FILE}: {rule}")).collect()
}

/// The only tag of its kind.
fn the_one(tags: &[Tag], is: impl Fn(&Tag) -> bool) -> Option<&Tag> {
    let mut found = tags.iter().filter(|tag| is(tag));
    found.next().filter(|_| found.next().is_none())
}

/// Whether a browser may run it: not the text for other engines, of exactly this type.
fn is_script(tag: &Tag) -> bool {
    let is_text =
        tag.attributes.len() == 2 && tag.get("type") == Some("text/plain") && tag.get("id") == Some(ENGINES);
    tag.name == "script" && !is_text
}

/// What stands in an element that holds text alone.
fn inside<'a>(page: &'a str, tag: &Tag, end: &str) -> &'a str {
    let rest = page.get(tag.span.end..).unwrap_or_default();
    rest.split_once(end).map_or(rest, |(inside, _)| inside)
}

/// A link may lead within the page or to a site; nothing else has an address, but for what stands in it.
fn address_rules(tag: &Tag, rules: &mut Vec<String>) {
    let addresses = [
        "href",
        "xlink:href",
        "src",
        "srcset",
        "poster",
        "action",
        "formaction",
        "background",
        "ping",
        "data",
    ];
    for name in addresses {
        let Some(address) = tag.get(name) else { continue };
        let leads = tag.name == "a"
            && name == "href"
            && (address.starts_with('#') || address.starts_with("https://"));
        let stands_here = tag.is("link", "rel", "icon") && address.starts_with("data:image/svg+xml;");
        let is_point = tag.name == "use" && address.starts_with('#');
        if !leads && !stands_here && !is_point {
            rules.push(format!("<{}> refers to {address}", tag.name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_within_the_page_or_to_a_site() {
        let broken = |html: &str| {
            let mut rules = Vec::new();
            for tag in &html::tags(html).unwrap() {
                address_rules(tag, &mut rules);
            }
            rules.len()
        };
        for html in [
            "<a href='#proof'>",
            "<a href='https://mistral.ai/'>",
            "<link rel=icon href='data:image/svg+xml;base64,AA'>",
        ] {
            assert_eq!(broken(html), 0, "{html}");
        }
        for html in [
            "<a href='./third-party-notices.txt'>",
            "<a href='/'>",
            "<a href='javascript:1'>",
            "<a href='file:///etc/passwd'>",
            "<img src='data:image/png;base64,AA'>",
            "<link rel=icon href='./favicon.svg'>",
            "<link rel=stylesheet href='https://x/'>",
            "<script src='https://x/'></script>",
            "<form action='#'>",
        ] {
            assert_eq!(broken(html), 1, "{html}");
        }
    }
}
