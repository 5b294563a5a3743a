//! The page's Content Security Policy: what the browser lets this page do, enforced by the browser itself.
//!
//! The build step writes [`policy`] into the page as the first element of `<head>`, so it binds everything after it;
//! nothing else in the project spells it out. The page in one file has a policy of its own, [`policy_of_file`]. A `<meta>` policy knows neither `frame-ancestors` nor reporting, and it
//! does not bind workers, which is why `worker-src` is `'none'`.

use crate::core::fact::Fact;
use crate::core::mistral::Endpoint;

/// The day on which it was last read from which pages Mistral may be asked.
pub const ORIGINS: Fact = Fact::read("the origins that Mistral’s answers allow", 2026, 11, 29);

/// One rule of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Its name in the policy.
    pub name: &'static str,
    /// What it allows, as written in the policy.
    pub sources: Vec<String>,
    /// Why it is there, in words for a reader of the page.
    pub why: &'static str,
}

/// How the page is handed out, which decides what it can load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packaging {
    /// As the files of a site.
    Site,
    /// As one file that holds everything, to be kept and opened from a disk.
    SingleFile,
}

/// The name of the one Trusted Types policy that may be made in the page. `src/web/boot.js` makes it.
pub const TRUSTED_TYPES_POLICY: &str = "key-tester";

fn rule(name: &'static str, source: &str, why: &'static str) -> Directive {
    Directive { name, sources: vec![source.to_owned()], why }
}

/// The origins of Mistral’s hosts.
fn origins() -> impl Iterator<Item = String> {
    Endpoint::ALL.into_iter().map(|endpoint| endpoint.origin().to_owned())
}

/// What both policies begin with.
fn nothing() -> Directive {
    rule("default-src", "'none'", "What no other line names is refused: fonts, frames, media, plug-ins.")
}

/// What both say of text that is to become markup or code.
fn text_stays_text() -> Directive {
    rule(
        "require-trusted-types-for",
        "'script'",
        "A browser that knows Trusted Types makes neither markup nor code of a text: an answer stays text.",
    )
}

/// What both say of workers and forms.
fn neither_workers_nor_forms() -> [Directive; 2] {
    [
        rule("worker-src", "'none'", "A page’s policy does not bind its workers, so there are none."),
        rule("form-action", "'none'", "No form can send the key field anywhere."),
    ]
}

/// Every rule, in the order of the policy, for a page whose `scripts` have these hashes, as its `integrity` attributes give them.
pub fn directives(scripts: &[&str]) -> Vec<Directive> {
    let mut run: Vec<String> = scripts.iter().map(|hash| format!("'{hash}'")).collect();
    run.push("'wasm-unsafe-eval'".to_owned());
    let mut connect = vec!["'self'".to_owned()];
    connect.extend(origins());
    let mut rules = vec![
        nothing(),
        Directive {
            name: "script-src",
            sources: run,
            why: "Only the scripts with these hashes run: the two that this page was published with. No other file of this site \
                  does, nor anything inside the page. The last word lets WebAssembly be compiled, and nothing else: no eval.",
        },
        text_stays_text(),
        rule(
            "trusted-types",
            TRUSTED_TYPES_POLICY,
            "One policy of this name may name a script, and it admits the address of the second script only.",
        ),
        rule(
            "style-src",
            "'self'",
            "Styles come from a file of this site. Injected CSS cannot read the key field.",
        ),
        rule("img-src", "'self'", "An image address cannot carry a key to another host."),
        Directive {
            name: "connect-src",
            sources: connect,
            why: "The page’s own requests reach Mistral’s three hosts and this site’s files. The browser refuses a request, \
                  a socket or a beacon to any other host.",
        },
        rule("manifest-src", "'self'", "The web app manifest is a file of this site."),
    ];
    rules.extend(neither_workers_nor_forms());
    rules.push(rule(
        "base-uri",
        "'none'",
        "Injected markup cannot make this site’s file names point to another host.",
    ));
    rules
}

/// Every rule of the page in one file, whose script and style sheet stand in it and have these hashes.
pub fn directives_of_file(script: &str, style: &str) -> Vec<Directive> {
    let run = vec![format!("'{script}'"), "'wasm-unsafe-eval'".to_owned()];
    let mut rules = vec![
        nothing(),
        Directive {
            name: "script-src",
            sources: run,
            why: "Only the script with this hash runs, which stands in this file and holds the whole program. The last word lets \
                  WebAssembly be compiled, and nothing else: no eval.",
        },
        text_stays_text(),
        rule("trusted-types", "'none'", "No exception can be made: nothing ever names another script."),
        rule(
            "style-src",
            &format!("'{style}'"),
            "Only the style sheet with this hash, which stands in this file. Injected CSS cannot read the key field.",
        ),
        rule("img-src", "data:", "A picture stands in this file itself. An image address reaches no host."),
        Directive {
            name: "connect-src",
            sources: origins().collect(),
            why: "Requests reach Mistral’s three hosts. The browser refuses a request, a socket or a beacon to any other place, \
                  this machine’s files included.",
        },
    ];
    rules.extend(neither_workers_nor_forms());
    rules.push(rule(
        "base-uri",
        "'none'",
        "Injected markup cannot change where the links of this file lead.",
    ));
    rules
}

/// Hosts that give all pages of an account one address: browsers keep pages apart only where addresses differ.
const SHARING: [&str; 3] = [".github.io", ".gitlab.io", ".codeberg.page"];

/// Whose the origin of the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The page's alone, as far as its host tells.
    Own,
    /// Pages of others may have the same, and so reach into this one.
    Shared,
}

impl Origin {
    /// Whose the origin of a page at this host is.
    pub fn of_host(host: &str) -> Self {
        let shared = SHARING.iter().any(|sharing| host.to_ascii_lowercase().ends_with(sharing));
        if shared { Self::Shared } else { Self::Own }
    }
}

/// The policy as it stands in a page with these scripts.
pub fn policy(scripts: &[&str]) -> String {
    written(directives(scripts))
}

/// The policy as it stands in a page that is one file, with this script and this style sheet.
pub fn policy_of_file(script: &str, style: &str) -> String {
    written(directives_of_file(script, style))
}

fn written(directives: Vec<Directive>) -> String {
    let mut text = String::new();
    for directive in directives {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(directive.name);
        for source in directive.sources {
            text.push(' ');
            text.push_str(&source);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPTS: [&str; 2] = ["sha384-a", "sha384-b"];

    /// Spelt out on purpose: the policy changes by a decision, never as a side effect.
    #[test]
    fn the_policy_word_by_word() {
        assert_eq!(
            policy(&SCRIPTS),
            "default-src 'none'; script-src 'sha384-a' 'sha384-b' 'wasm-unsafe-eval'; \
             require-trusted-types-for 'script'; trusted-types key-tester; style-src 'self'; img-src 'self'; \
             connect-src 'self' https://api.mistral.ai https://api.eu.mistral.ai https://api.us.mistral.ai; \
             manifest-src 'self'; worker-src 'none'; form-action 'none'; base-uri 'none'"
        );
    }

    #[test]
    fn the_policy_of_the_file_word_by_word() {
        assert_eq!(
            policy_of_file("sha384-a", "sha384-b"),
            "default-src 'none'; script-src 'sha384-a' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; \
             trusted-types 'none'; style-src 'sha384-b'; img-src data:; \
             connect-src https://api.mistral.ai https://api.eu.mistral.ai https://api.us.mistral.ai; \
             worker-src 'none'; form-action 'none'; base-uri 'none'"
        );
    }

    #[test]
    fn the_page_may_contact_the_endpoints_and_itself_only() {
        let text = policy(&SCRIPTS);
        let rule = text.split("; ").find_map(|rule| rule.strip_prefix("connect-src ")).unwrap();
        let mut expected = vec!["'self'"];
        expected.extend(Endpoint::ALL.iter().map(|endpoint| endpoint.origin()));
        assert_eq!(rule.split(' ').collect::<Vec<_>>(), expected);
        assert!(expected.iter().skip(1).all(|origin| origin.starts_with("https://")
            && origin.ends_with(".mistral.ai")
            && !origin.contains('*')));
    }

    /// No word allows a script by the place that it comes from: other projects may share the site's host.
    #[test]
    fn a_script_runs_by_its_hash_alone() {
        for (scripts, allowed) in [(&SCRIPTS[..], "'sha384-a' 'sha384-b' "), (&[], "")] {
            let text = policy(scripts);
            let rule = text.split("; ").find_map(|rule| rule.strip_prefix("script-src ")).unwrap();
            assert_eq!(rule, format!("{allowed}'wasm-unsafe-eval'"));
        }
    }

    #[test]
    fn hosts_that_give_an_account_one_address_are_known() {
        for host in ["ada.github.io", "ADA.GitHub.io", "ada.gitlab.io", "ada.codeberg.page"] {
            assert_eq!(Origin::of_host(host), Origin::Shared, "{host}");
        }
        for host in ["key.example.org", "github.io.example.org", "127.0.0.1", "localhost", ""] {
            assert_eq!(Origin::of_host(host), Origin::Own, "{host}");
        }
    }

    #[test]
    fn every_rule_says_why() {
        for directive in directives(&SCRIPTS).into_iter().chain(directives_of_file("sha384-a", "sha384-b")) {
            assert!(directive.why.ends_with('.'), "{}", directive.name);
            assert!(!directive.sources.is_empty(), "{}", directive.name);
        }
    }
}
