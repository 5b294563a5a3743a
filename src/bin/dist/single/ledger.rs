//! What is said of the one file: in the page of a site where to get it, in the file itself how to check it and what it cannot do.

use std::fmt::Write as _;

use key_tester::core::policy::ORIGINS;

use super::super::build_facts::{code, fact, ledger, link, paragraph};
use super::super::provenance::Provenance;
use super::super::sums;
use super::FILE;

/// The block of a site, for this file.
pub(crate) fn offered(file: &[u8]) -> String {
    let tenths = file.len().div_ceil(100_000);
    let mut content = paragraph(
        "The whole tool in one file, for whoever trusts no host. Save it, compare its hash, open it from your disk. It loads \
         nothing, and its policy lets it reach Mistral’s three hosts alone.",
    );
    let _ = write!(
        content,
        "<p><a id=\"keep-copy\" href=\"./{FILE}\" download>{FILE}</a> ({}.{} MB)</p>\
         <p class=\"proof-hash\">SHA-256 <code id=\"copy-hash\">{}</code></p>",
        tenths / 10,
        tenths % 10,
        sums::hash(file)
    );
    content +=
        "<p class=\"note\">It stays as it is: prices, models and fixes of later days are not in it.</p>";
    ledger("copy", "Keep a copy", &content)
}

/// The block of the file itself.
pub(super) fn held(from: &Provenance) -> String {
    let mut content = paragraph(
        "Everything stands in this file: styles, script, program, and the texts for Locust, k6 and GuideLLM. It loads nothing. \
         A file cannot hold its own hash, so compare it with the one that was published:",
    );
    content += &code(&check(from));
    content += "<p class=\"note\">The first command on a Mac: <code>shasum -a 256</code>. On Windows: \
                <code>certutil -hashfile mistral-key-tester.html SHA256</code>.</p>";
    let newest = match &from.site {
        Some(site) => format!("<p>The newest one is at {}.</p>", link(site.as_str(), site.as_str())),
        None => paragraph("SHA256SUMS lies beside the page that offers this file."),
    };
    content += &newest;
    ledger("copy", "This page is one file", &content)
        + &ledger("limits-of-copy", "What it cannot do from a disk", &cannot(from))
}

/// The commands by which it is compared.
fn check(from: &Provenance) -> Vec<String> {
    let mut commands = vec![format!("sha256sum {FILE}")];
    match &from.site {
        Some(site) => commands.push(format!("curl --fail {} | grep {FILE}", site.of(sums::FILE))),
        None => commands.push(format!("grep {FILE} {}", sums::FILE)),
    }
    let github = from.source.as_ref().and_then(|source| source.on_github());
    if let Some(name) = github.filter(|_| from.run.is_some()) {
        commands.push(format!("gh attestation verify {FILE} --repo {name}"));
    }
    commands
}

fn cannot(from: &Provenance) -> String {
    let facts = [
        (
            "Renew itself",
            format!("It was made on {}. Prices, models and fixes of later days are not in it.", from.today),
        ),
        (
            "Check itself",
            "No list of hashes lies beside it, and code in it could say what it likes. The commands do not rely on it."
                .to_owned(),
        ),
        (
            "Ask its own site",
            "When no answer comes, it has no site whose files could show that there is a network. So that stays open.".to_owned(),
        ),
        (
            "Say where it comes from",
            format!(
                "For a file, browsers tell Mistral the origin <code>null</code>. Mistral’s answers on record allow every origin (read on \
                 {}); none of them was asked from a file. Should Mistral refuse that, each test ends with “blocked”.",
                ORIGINS.on
            ),
        ),
    ];
    let facts: String = facts.iter().map(|(name, what)| fact(name, what)).collect();
    format!("<dl class=\"proof-open\">{facts}</dl>")
}

#[cfg(test)]
mod tests {
    use super::super::super::address::Address;
    use super::super::super::provenance::Repository;
    use super::*;
    use key_tester::core::time::Date;

    fn nothing_known() -> Provenance {
        let today = Date { year: 2026, month: 12, day: 1 };
        Provenance { site: None, source: None, run: None, commit: None, today }
    }

    #[test]
    fn a_site_offers_it_with_its_hash() {
        let html = offered(b"abc");
        assert!(html.contains(&format!("href=\"./{FILE}\" download>")), "{html}");
        assert!(html.contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), "{html}");
        assert!(html.contains("(0.1 MB)"), "{html}");
    }

    #[test]
    fn the_file_says_what_it_cannot_do_and_with_what_to_compare_it() {
        let html = held(&nothing_known());
        for part in [
            "sha256sum mistral-key-tester.html",
            "grep mistral-key-tester.html SHA256SUMS",
            "2026-12-01",
            "2026-11-29",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("href=") && !html.contains("gh attestation"), "{html}");
        let published = Provenance {
            site: Address::parse("https://key.example.org/"),
            source: Repository::parse("https://github.com/a/b"),
            run: Repository::parse("https://github.com/a/b/actions/runs/7"),
            ..nothing_known()
        };
        let html = held(&published);
        for part in [
            "curl --fail https://key.example.org/SHA256SUMS | grep mistral-key-tester.html",
            "gh attestation verify mistral-key-tester.html --repo a/b",
            "href=\"https://key.example.org/\"",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
