//! The page's Content Security Policy: what the browser lets this page do, enforced by the browser itself.
//!
//! The build step writes [`policy`] into the page as the first element of `<head>`, so it binds everything after it;
//! nothing else in the project spells it out. A `<meta>` policy knows neither `frame-ancestors` nor reporting, and it
//! does not bind workers, which is why `worker-src` is `'none'`.

use crate::core::mistral::Endpoint;

/// One rule of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Its name in the policy.
    pub name: &'static str,
    /// What it allows, as written in the policy.
    pub sources: Vec<&'static str>,
    /// Why it is there, in words for a reader of the page.
    pub why: &'static str,
}

/// Every rule, in the order of the policy.
pub fn directives() -> Vec<Directive> {
    let rule = |name, source, why| Directive { name, sources: vec![source], why };
    let mut connect = vec!["'self'"];
    connect.extend(Endpoint::ALL.map(Endpoint::origin));
    vec![
        rule(
            "default-src",
            "'none'",
            "Whatever is not named below is refused: fonts, frames, media, plug-ins.",
        ),
        Directive {
            name: "script-src",
            sources: vec!["'self'", "'wasm-unsafe-eval'"],
            why: "Code comes from this site's own files only, never from inside the page, so injected markup cannot \
                  run. The second word permits WebAssembly to be compiled and nothing else: no eval.",
        },
        rule(
            "style-src",
            "'self'",
            "Styles come from this site's own file. Injected CSS cannot read the key field.",
        ),
        rule("img-src", "'self'", "An image address cannot carry a key to another host."),
        Directive {
            name: "connect-src",
            sources: connect,
            why: "Requests go to Mistral's hosts, and to this site for its own files. No other host can be contacted.",
        },
        rule("manifest-src", "'self'", "A web app manifest, should there be one, is this site's own."),
        rule("worker-src", "'none'", "A page's policy does not bind its workers, so there are none."),
        rule("form-action", "'none'", "No form can send the key field anywhere."),
        rule(
            "base-uri",
            "'none'",
            "Injected markup cannot make this site's file names point to another host.",
        ),
    ]
}

/// The policy as it stands in the page.
pub fn policy() -> String {
    let mut text = String::new();
    for directive in directives() {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(directive.name);
        for source in directive.sources {
            text.push(' ');
            text.push_str(source);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spelt out on purpose: the policy changes by a decision, never as a side effect.
    #[test]
    fn the_policy_word_by_word() {
        assert_eq!(
            policy(),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
             connect-src 'self' https://api.mistral.ai https://api.eu.mistral.ai https://api.us.mistral.ai; \
             manifest-src 'self'; worker-src 'none'; form-action 'none'; base-uri 'none'"
        );
    }

    #[test]
    fn the_page_may_contact_the_endpoints_and_itself_only() {
        let text = policy();
        let rule = text.split("; ").find_map(|rule| rule.strip_prefix("connect-src ")).unwrap();
        let mut expected = vec!["'self'"];
        expected.extend(Endpoint::ALL.iter().map(|endpoint| endpoint.origin()));
        assert_eq!(rule.split(' ').collect::<Vec<_>>(), expected);
        assert!(expected.iter().skip(1).all(|origin| origin.starts_with("https://")
            && origin.ends_with(".mistral.ai")
            && !origin.contains('*')));
    }

    #[test]
    fn every_rule_says_why() {
        for directive in directives() {
            assert!(directive.why.ends_with('.'), "{}", directive.name);
            assert!(!directive.sources.is_empty(), "{}", directive.name);
        }
    }
}
