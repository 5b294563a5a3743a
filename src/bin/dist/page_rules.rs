//! What every page of ours has to meet, of a site or as one file: its head, and what is nowhere in it.

use key_tester::core::mistral::Endpoint;

use super::html::Tag;
use super::page_policy::is_policy;

/// Elements that bring other pages or plug-ins into this one, or move its addresses.
const UNWANTED: [&str; 6] = ["applet", "base", "embed", "frame", "iframe", "object"];

/// What the head of a page lacks that is to have this policy.
pub(crate) fn head_rules(tags: &[Tag], expected: &str, rules: &mut Vec<String>) {
    let head = tags.iter().position(|tag| tag.name == "head");
    let first = head.and_then(|head| tags.get(head + 1));
    match first.filter(|tag| is_policy(tag)).and_then(|tag| tag.get("content")) {
        None => rules.push("the policy is not the first element of <head>".to_owned()),
        Some(content) => {
            if content != expected {
                rules.push(format!("the policy is not the project's: {content}"));
            }
            let of = |policy: &str| {
                policy.split("; ").find_map(|rule| rule.strip_prefix("connect-src ").map(str::to_owned))
            };
            let (allowed, own) = (
                of(content).unwrap_or_default(),
                expected.contains("connect-src 'self'").then_some("'self'"),
            );
            let mut allowed: Vec<&str> = allowed.split(' ').collect();
            let mut named: Vec<&str> =
                Endpoint::ALL.iter().map(|endpoint| endpoint.origin()).chain(own).collect();
            allowed.sort_unstable();
            named.sort_unstable();
            if allowed != named {
                rules.push(format!("connect-src and the endpoint table differ: {allowed:?}, {named:?}"));
            }
        }
    }
    if tags.iter().filter(|tag| is_policy(tag)).count() > 1 {
        rules.push("two policies".to_owned());
    }
    let charset = tags.iter().find(|tag| tag.name == "meta" && tag.get("charset").is_some());
    if charset.is_none_or(|tag| tag.span.end > 1024) {
        rules.push("the charset is not within the first 1024 bytes".to_owned());
    }
    if !tags.iter().any(|tag| tag.is("meta", "name", "referrer") && tag.get("content") == Some("no-referrer"))
    {
        rules.push("no <meta name=\"referrer\" content=\"no-referrer\">".to_owned());
    }
}

/// What no page of ours has, in a site or as a file.
pub(crate) fn markup_rules(tag: &Tag, rules: &mut Vec<String>) {
    let name = &tag.name;
    if UNWANTED.contains(&name.as_str()) {
        rules.push(format!("a <{name}>"));
    }
    if name == "meta" && tag.get("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh")) {
        rules.push("a page that goes elsewhere by itself".to_owned());
    }
    for attribute in &tag.attributes {
        let attribute = &attribute.name;
        if attribute == "style" || attribute == "srcdoc" || attribute.starts_with("on") {
            rules.push(format!("{attribute}= on <{name}>"));
        }
    }
}
