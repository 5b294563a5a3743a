//! Which build a page is, and how to check that, as its readers see it: in the section `#proof`.

use key_tester::core::policy::Directive;

use super::address::VARIABLE as SITE;
use super::day;
use super::guide::text;
use super::provenance::{Commit, Provenance, RUN, Repository, SOURCE};
use super::sums;

/// What a reader may do whom the page cannot convince.
const REBUILD: &str = "Build this very page yourself. The same commit gives the same bytes, in any folder.";

/// For sources with changes.
const CHANGED: &str = "The sources had changes that are in no commit, so nobody else can build these bytes.";

/// For sources without a commit.
const NO_COMMIT: &str = "The sources belonged to no commit, so nobody else can tell which they were.";

/// For a copy whose publisher does not say where its sources are.
const NO_SOURCE: &str = "This copy was built without naming its source.";

const SIGNED: &str = "GitHub signed what that run built. Check a file that you were served:";

/// The blocks: which build it is, and how to get the same one.
pub(crate) fn ledgers(from: &Provenance) -> String {
    let build = ledger("build", "Which build this is", &format!("<dl>{}</dl>{}", facts(from), hole(from)));
    build + &ledger("rebuild", "Check it without trusting it", &check(from))
}

/// A policy of these lines, and why each line is there.
pub(crate) fn policy_ledger(directives: Vec<Directive>) -> String {
    let line = |line: &Directive| format!("{} {}", line.name, line.sources.join(" "));
    let lines = text(&directives.iter().map(line).collect::<Vec<_>>().join(";\n"));
    let why = |line: Directive| fact(&format!("<code>{}</code>", line.name), &text(line.why));
    let reasons: String = directives.into_iter().map(why).collect();
    let content = format!(
        "<pre id=\"policy-text\">{lines}</pre>\
         <details class=\"case\"><summary>Why each line is there</summary><dl>{reasons}</dl></details>"
    );
    ledger("policy", "The policy, word by word", &content)
}

pub(crate) fn ledger(id: &str, heading: &str, content: &str) -> String {
    format!("<div class=\"ledger\" id=\"{id}\"><h3>{heading}</h3>{content}</div>\n")
}

pub(crate) fn fact(name: &str, what: &str) -> String {
    format!("<div><dt>{name}</dt><dd>{what}</dd></div>")
}

fn facts(from: &Provenance) -> String {
    let source = from.source.as_ref().map(Repository::as_str);
    let mut facts = fact("Version", env!("CARGO_PKG_VERSION"));
    if let Some(Commit { hash, date, is_changed }) = &from.commit {
        let shown = format!("<code id=\"build-commit\">{hash}</code>");
        let shown =
            source.map_or_else(|| shown.clone(), |source| link(&format!("{source}/commit/{hash}"), &shown));
        let changes = if *is_changed { ", with changes" } else { "" };
        facts += &fact("Commit", &format!("{shown}{changes}"));
        facts += &fact("Committed on", &date.to_string());
    } else {
        facts += &fact("Commit", NO_COMMIT);
    }
    facts += &fact("Built on", &from.today.to_string());
    facts += &fact("Source", &source.map_or_else(|| NO_SOURCE.to_owned(), |source| link(source, source)));
    if let Some(run) = &from.run {
        facts += &fact("Run", &link(run.as_str(), "the workflow’s run that built it"));
    }
    facts + &fact("Licence", "MIT or Apache-2.0")
}

/// Where a hole is reported.
fn hole(from: &Provenance) -> String {
    let github = from.source.as_ref().filter(|source| source.on_github().is_some());
    let place = github.map_or_else(
        || "as SECURITY.md in the sources says".to_owned(),
        |source| link(&format!("{}/security/advisories/new", source.as_str()), "to those who maintain it"),
    );
    format!("<p>Have you found a hole? Report it in private, {place}, without a key in it.</p>")
}

fn check(from: &Provenance) -> String {
    let Some(commit) = &from.commit else { return paragraph(NO_COMMIT) };
    if commit.is_changed {
        return paragraph(CHANGED);
    }
    let mut check = paragraph(REBUILD) + &code(&rebuild(from, commit));
    if let Some((site, name)) =
        from.site.as_ref().zip(from.source.as_ref().and_then(|source| source.on_github()))
        && from.run.is_some()
    {
        let commands = [
            format!("curl --fail --remote-name {}", site.of("index.html")),
            format!("gh attestation verify index.html --repo {name}"),
        ];
        check += &paragraph(SIGNED);
        check += &code(&commands);
    }
    check
}

/// The commands that build this page again and compare it with the list that is published.
fn rebuild(from: &Provenance, commit: &Commit) -> Vec<String> {
    let mut commands = Vec::new();
    if let Some(source) = &from.source {
        commands.push(format!("git clone {} key-tester", source.as_str()));
        commands.push("cd key-tester".to_owned());
    }
    commands.push(format!("git checkout {}", commit.hash));
    let settings = [
        (SITE, from.site.as_ref().map(|site| site.as_str().to_owned())),
        (SOURCE, from.source.as_ref().map(|source| source.as_str().to_owned())),
        (RUN, from.run.as_ref().map(|run| run.as_str().to_owned())),
        (day::EPOCH, Some(day::first_second(from.today).to_string())),
    ];
    // A line each, and one command.
    let settings = settings.into_iter().filter_map(|(name, value)| Some(format!("{name}={} \\", value?)));
    commands.extend(settings);
    commands.push("cargo xtask dist".to_owned());
    commands.push("cd dist".to_owned());
    commands.push(match &from.site {
        Some(site) => format!("curl --fail {} | sha256sum --check", site.of(sums::FILE)),
        None => format!("sha256sum --check {}", sums::FILE),
    });
    commands
}

pub(crate) fn paragraph(words: &str) -> String {
    format!("<p>{words}</p>")
}

pub(crate) fn code(commands: &[String]) -> String {
    format!("<pre>{}</pre>", text(&commands.join("\n")))
}

pub(crate) fn link(address: &str, label: &str) -> String {
    format!("<a href=\"{address}\" rel=\"noopener noreferrer\">{label}</a>")
}

#[cfg(test)]
mod tests {
    use super::super::address::Address;
    use super::*;
    use key_tester::core::policy::{directives, policy};
    use key_tester::core::time::Date;

    const HASH: &str = "0123456789abcdef0123456789abcdef01234567";

    fn nothing_known() -> Provenance {
        let today = Date { year: 2026, month: 12, day: 1 };
        Provenance { site: None, source: None, run: None, commit: None, today }
    }

    fn committed() -> Provenance {
        let date = Date { year: 2026, month: 11, day: 30 };
        let commit = Commit { hash: HASH.to_owned(), date, is_changed: false };
        Provenance { commit: Some(commit), ..nothing_known() }
    }

    fn published() -> Provenance {
        Provenance {
            site: Address::parse("https://key.example.org/"),
            source: Repository::parse("https://github.com/a/b"),
            run: Repository::parse("https://github.com/a/b/actions/runs/7"),
            ..committed()
        }
    }

    #[test]
    fn a_published_page_says_what_it_is_and_how_to_get_the_same() {
        let html = ledgers(&published());
        for part in [
            format!("<dd>{}</dd>", env!("CARGO_PKG_VERSION")),
            format!(
                "<a href=\"https://github.com/a/b/commit/{HASH}\" rel=\"noopener noreferrer\"><code id=\"build-commit\">{HASH}</code></a></dd>"
            ),
            "<dt>Committed on</dt><dd>2026-11-30</dd>".to_owned(),
            "<dt>Built on</dt><dd>2026-12-01</dd>".to_owned(),
            "href=\"https://github.com/a/b/actions/runs/7\"".to_owned(),
            "href=\"https://github.com/a/b/security/advisories/new\"".to_owned(),
            format!(
                "<pre>git clone https://github.com/a/b key-tester\ncd key-tester\ngit checkout {HASH}\n\
                 KEY_TESTER_SITE=https://key.example.org/ \\\nKEY_TESTER_SOURCE=https://github.com/a/b \\\n\
                 KEY_TESTER_RUN=https://github.com/a/b/actions/runs/7 \\\nSOURCE_DATE_EPOCH=1796083200 \\\ncargo xtask dist\n\
                 cd dist\ncurl --fail https://key.example.org/SHA256SUMS | sha256sum --check</pre>"
            ),
            "<pre>curl --fail --remote-name https://key.example.org/index.html\n\
             gh attestation verify index.html --repo a/b</pre>"
                .to_owned(),
        ] {
            assert!(html.contains(&part), "{part}: {html}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_claimed() {
        let html = ledgers(&committed());
        for part in [
            &format!("<dd><code id=\"build-commit\">{HASH}</code></dd>"),
            NO_SOURCE,
            "SECURITY.md",
            &format!(
                "<pre>git checkout {HASH}\nSOURCE_DATE_EPOCH=1796083200 \\\ncargo xtask dist\ncd dist\nsha256sum --check SHA256SUMS</pre>"
            ),
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("href=") && !html.contains("gh attestation"), "{html}");
        // What was built at home is signed by nobody.
        assert!(!ledgers(&Provenance { run: None, ..published() }).contains("gh attestation"));
        let elsewhere = Provenance { source: Repository::parse("https://codeberg.org/a/b"), ..published() };
        let html = ledgers(&elsewhere);
        assert!(html.contains("SECURITY.md") && !html.contains("gh attestation"), "{html}");
    }

    #[test]
    fn no_commands_promise_the_bytes_of_sources_that_nobody_has() {
        let Some(commit) = published().commit else { panic!("a commit") };
        let changed = Provenance { commit: Some(Commit { is_changed: true, ..commit }), ..published() };
        for (from, why) in [(changed, CHANGED), (Provenance { commit: None, ..published() }, NO_COMMIT)] {
            let html = ledgers(&from);
            assert!(html.contains(why) && !html.contains("<pre>"), "{html}");
        }
    }

    #[test]
    fn the_policy_as_text_is_the_policy_that_binds() {
        let scripts = ["sha384-a+b/c=", "sha384-d"];
        let html = policy_ledger(directives(&scripts));
        let shown =
            html.split("<pre id=\"policy-text\">").nth(1).and_then(|rest| rest.split("</pre>").next());
        assert_eq!(shown.map(|lines| lines.replace('\n', " ")), Some(policy(&scripts)));
        assert_eq!(html.matches("<dt>").count(), directives(&scripts).len());
    }
}
