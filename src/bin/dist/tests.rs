//! The page as a whole, from the project's own index.html.

mod prose;
mod single;

use std::fs;
use std::path::Path;

use key_tester::core::export::{TEMPLATES, telling_lines};
use key_tester::core::policy::{TRUSTED_TYPES_POLICY, policy};
use key_tester::core::time::Date;

use super::address::Address;
use super::check::{broken_rules, program_flaws, weights};
use super::finish::{Profile, finish};
use super::html::{self, Tag};
use super::loader;
use super::notices;
use super::program::Program;
use super::provenance::Provenance;
use super::reload;
use super::scratch::Scratch;
use super::site::{Fault, Site, integrity};
use super::sums;

/// The day of the builds.
const TODAY: Date = Date { year: 2026, month: 11, day: 29 };

const PAGE: &str = include_str!("../../../index.html");
const PROGRAM: &[u8] = b"\0asm\x01\0\0\0\x01\x01\0";

/// A folder that is gone with the test.
struct Folder(Scratch);

impl Folder {
    fn new() -> Self {
        Self(Scratch::new().unwrap())
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        self.0.write(name, bytes.as_ref()).unwrap();
    }

    fn site(&self) -> Site {
        Site::new(self.0.folder())
    }

    fn page(&self) -> String {
        String::from_utf8(self.0.read("index.html").unwrap()).unwrap()
    }

    /// The only file with this beginning and ending.
    fn file(&self, start: &str, end: &str) -> String {
        let mut files = self.site().files().unwrap();
        files.retain(|file| file.starts_with(start) && file.ends_with(end));
        assert_eq!(files.len(), 1, "{start}…{end}: {files:?}");
        files.remove(0)
    }

    fn change(&self, from: &str, to: &str) {
        let page = self.page();
        assert!(page.contains(from), "{from}");
        self.write("index.html", page.replacen(from, to, 1));
    }
}

/// A program of one file.
fn program() -> Program {
    Program {
        glue: "/** Starts it. */\nexport default f;\n".into(),
        first: PROGRAM.into(),
        ..Program::default()
    }
}

/// One with two parts that share a file.
fn split() -> Program {
    let glue = "import * as import1 from \"./split.js\"\nlet wasm;\nexport default f;\n";
    let files = ["chunk_3", "split_rest", "split_verdict"]
        .map(|file| (file.to_owned(), [PROGRAM, b"\0\x0e\x0d", format!("{file:13}").as_bytes()].concat()));
    let parts = [("rest", ["chunk_3", "split_rest"]), ("verdict", ["chunk_3", "split_verdict"])];
    let parts = parts.map(|(part, files)| (part.to_owned(), files.map(str::to_owned).into()));
    Program { glue: glue.into(), files: files.into(), parts: parts.into(), ..program() }
}

fn build(page: &str, program: &Program, address: Option<&Address>) -> Result<Folder, Fault> {
    let folder = Folder::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let from = Provenance { site: address.cloned(), source: None, run: None, commit: None, today: TODAY };
    finish(root, page, program, &folder.site(), Profile::Release, &from)?;
    Ok(folder)
}

fn finished() -> Folder {
    build(PAGE, &program(), None).unwrap()
}

fn find<'a>(tags: &'a [Tag], name: &str, attribute: &str) -> Vec<&'a Tag> {
    tags.iter().filter(|tag| tag.name == name && tag.get(attribute).is_some()).collect()
}

#[test]
fn the_projects_page_is_fit_to_publish() {
    let folder = finished();
    assert_eq!(broken_rules(&folder.site()).unwrap(), Vec::<String>::new());
    assert_eq!(program_flaws(&folder.site(), None).unwrap(), []);
}

#[test]
fn the_policy_comes_first_and_is_the_projects() {
    let folder = finished();
    let tags = html::tags(&folder.page()).unwrap();
    let head = tags.iter().position(|tag| tag.name == "head").unwrap();
    assert!(tags[head + 1].is("meta", "http-equiv", "Content-Security-Policy"));
    let hash = |file: &str| integrity(&folder.site().read(file).unwrap());
    let [boot, glue] = [folder.file("boot-", ".js"), folder.file("tester-", ".js")].map(|file| hash(&file));
    assert_eq!(tags[head + 1].get("content"), Some(policy(&[&boot, &glue]).as_str()));
    assert!(!folder.page().contains("<!-- policy -->"));
}

/// Whoever reports a fault can say of which page, and the entry of what has changed is found by it.
#[test]
fn the_footer_names_the_version_that_the_changelog_tells_of() {
    let page = finished().page();
    let (_, footer) = page.split_once("<footer ").unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert!(footer.contains(&format!("<span>Version {version}</span>")), "{footer}");
    assert!(!page.contains("<!-- version -->"));
    let changes = include_str!("../../../CHANGELOG.md");
    let newest = changes.lines().find(|line| line.starts_with("## [") && !line.contains("Unreleased"));
    assert!(newest.is_some_and(|heading| heading.starts_with(&format!("## [{version}] - "))), "{newest:?}");
}

/// Whoever passes a program on passes on whose work it is, and no visit waits for that.
#[test]
fn the_footer_leads_to_the_notices_which_lie_beside_the_page() {
    let program = Program { notices: "Whose it is".to_owned(), ..program() };
    let folder = build(PAGE, &program, None).unwrap();
    assert_eq!(folder.site().text(notices::FILE).unwrap(), "Whose it is");
    let page = folder.page();
    let (_, footer) = page.split_once("<footer ").unwrap();
    assert!(footer.contains(&format!("<a href=\"./{}\">", notices::FILE)), "{footer}");
    let weights = weights(&folder.site()).unwrap();
    let listed = weights.0.iter().find(|weight| weight.file == notices::FILE).unwrap();
    assert_eq!(listed.tier, super::size::Tier::Beside);
    fs::remove_file(folder.0.path(notices::FILE)).unwrap();
    assert!(broken_rules(&folder.site()).unwrap().iter().any(|rule| rule.contains(notices::FILE)));
}

#[test]
fn a_page_that_reloads_itself_keeps_its_policy_and_is_not_published() {
    let folder = finished();
    reload::add(&folder.site()).unwrap();
    assert_eq!(folder.page().matches("Content-Security-Policy").count(), 1);
    let hash = integrity(&folder.site().read(reload::SCRIPT).unwrap());
    assert!(
        folder.page().contains(&format!(" '{hash}' 'wasm-unsafe-eval'; ")),
        "its policy refuses the script"
    );
    let rules = broken_rules(&folder.site()).unwrap();
    assert_eq!(rules, ["a script besides the one that loads the program"]);
    let script = folder.site().text(reload::SCRIPT).unwrap();
    assert!(script.contains("./reload.txt") && folder.site().has("reload.txt"), "{script}");
}

#[test]
fn one_style_sheet_in_the_order_of_the_links() {
    let folder = finished();
    let tags = html::tags(&folder.page()).unwrap();
    let links: Vec<_> = tags.iter().filter(|tag| tag.is("link", "rel", "stylesheet")).collect();
    assert_eq!(links.len(), 1);
    let sheet = folder.file("style-", ".css");
    assert_eq!(links[0].get("href"), Some(format!("./{sheet}").as_str()));
    let text = folder.site().text(&sheet).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let css = |name| super::css::join([fs::read_to_string(root.join(name)).unwrap().as_str()]);
    assert!(text.starts_with(&(css("tokens.css") + &css("base.css"))), "{text}");
    assert!(text.ends_with(&css("media.css")) && !text.contains("/*"), "{text}");
    assert_eq!(folder.file("", ".css"), sheet);
    assert!(!folder.page().contains("data-trunk"));
}

#[test]
fn names_follow_the_content() {
    let folder = finished();
    let names = |folder: &Folder| {
        [("tester-", ".wasm"), ("tester-", ".js"), ("boot-", ".js")]
            .map(|(start, end)| folder.file(start, end))
    };
    let [first, glue, boot] = names(&folder);
    assert_eq!(folder.site().text(&glue).unwrap(), "/** Starts it. */\nexport default f;\n");
    let other = Program { first: [PROGRAM, b"\x01\x01\0"].concat(), ..program() };
    let [other_first, other_glue, other_boot] = names(&build(PAGE, &other, None).unwrap());
    assert_ne!(other_first, first);
    assert_eq!((other_glue, other_boot), (glue, boot));
}

#[test]
fn the_glue_stands_for_every_part() {
    let folder = build(PAGE, &split(), None).unwrap();
    assert_eq!(broken_rules(&folder.site()).unwrap(), Vec::<String>::new());
    let glue = folder.site().text(&folder.file("tester-", ".js")).unwrap();
    let parts = loader::parts(&glue);
    assert_eq!(parts.keys().collect::<Vec<_>>(), ["rest", "verdict"]);
    for (part, files) in &parts {
        let names: Vec<&str> = files.iter().filter_map(|(name, _)| name.split('-').next()).collect();
        assert_eq!(names, ["shared", part]);
    }
    // What verdict loads counts as its own, whoever else loads it.
    let table = weights(&folder.site()).unwrap().to_string();
    let (_, verdict) = table.split_once("\nVerdict").unwrap();
    let (verdict, rest) = verdict.split_once("\nRest").unwrap();
    assert!(verdict.contains("shared-") && verdict.contains("verdict-") && rest.contains("rest-"), "{table}");
    assert!(!rest.contains("shared-"), "{table}");
}

#[test]
fn a_part_that_was_changed_or_that_nobody_loads_is_noticed() {
    let folder = build(PAGE, &split(), None).unwrap();
    let file = folder.file("verdict-", ".wasm");
    folder.write(&file, PROGRAM);
    let rules = broken_rules(&folder.site()).unwrap();
    let changed = format!("{file} of the part verdict is not there or does not match its hash");
    assert_eq!(rules, [changed, format!("{} does not list what is published", sums::FILE)]);
    folder.write("more-0.wasm", PROGRAM);
    assert!(broken_rules(&folder.site()).unwrap().iter().any(|rule| rule.starts_with("more-0.wasm ")));
    folder.write("more-0.wasm", [PROGRAM, b"\x0b\x09\0/home/x\0"].concat());
    let flaws = program_flaws(&folder.site(), None).unwrap();
    assert!(matches!(&flaws[..], [(name, super::wasm::Flaw::Path(_))] if name == "more-0.wasm"), "{flaws:?}");
}

#[test]
fn the_boot_tag_carries_every_hash() {
    let folder = finished();
    let tags = html::tags(&folder.page()).unwrap();
    let [script] = find(&tags, "script", "src")[..] else { panic!("one script") };
    for name in ["integrity", "data-js-integrity", "data-wasm-integrity", "data-templates-integrity"] {
        assert!(script.get(name).unwrap().starts_with("sha384-"), "{name}");
    }
    assert_eq!(script.get("data-kilobytes"), Some("1"));
    // What can be read does not wait for what runs.
    assert!(tags.iter().all(|tag| !tag.get("rel").unwrap_or_default().contains("preload")));
}

#[test]
fn a_changed_file_is_noticed() {
    let files = [
        ("tester-", ".wasm"),
        ("tester-", ".js"),
        ("boot-", ".js"),
        ("style-", ".css"),
        ("engines-", ".txt"),
    ];
    for (start, end) in files {
        let folder = finished();
        let file = folder.file(start, end);
        let mut bytes = folder.site().read(&file).unwrap();
        bytes.push(b' ');
        folder.write(&file, bytes);
        let rules = broken_rules(&folder.site()).unwrap();
        assert!(
            rules.iter().any(|rule| rule.contains(&file) && rule.contains("does not match")),
            "{rules:?}"
        );
    }
}

/// The page names them with their hash, no visit waits for them, and no program has them a second time.
#[test]
fn the_texts_for_other_engines_are_a_file_of_their_own() {
    let folder = finished();
    let file = folder.file("engines-", ".txt");
    assert_eq!(folder.site().text(&file).unwrap(), TEMPLATES);
    assert!(folder.page().contains(&format!("data-templates=\"./{file}\"")));
    let weights = weights(&folder.site()).unwrap();
    let listed = weights.0.iter().find(|weight| weight.file == file).unwrap();
    assert_eq!(listed.tier, super::size::Tier::Press);
    fs::remove_file(folder.0.path(&file)).unwrap();
    assert!(broken_rules(&folder.site()).unwrap().iter().any(|rule| rule.contains(&file)));

    assert_eq!(telling_lines().count(), 3);
    for line in telling_lines() {
        let carrying = Program { first: [PROGRAM, line.as_bytes()].concat(), ..program() };
        let flaws = program_flaws(&build(PAGE, &carrying, None).unwrap().site(), None).unwrap();
        assert!(flaws.iter().any(|(_, flaw)| *flaw == super::wasm::Flaw::Prose(line)), "{flaws:?}");
    }
}

#[test]
fn a_page_that_is_tampered_with_is_not_published() {
    for (from, to, rule) in [
        (" https://api.eu.mistral.ai", "", "connect-src and the endpoint table differ"),
        (
            " https://api.eu.mistral.ai",
            " https://api.eu.mistral.ai https://evil.test",
            "the policy is not the project's",
        ),
        ("<head>", "<head><link rel=icon href=./favicon.svg>", "not the first element"),
        ("charset=\"utf-8\"", "name=x", "charset"),
        ("no-referrer", "origin", "referrer"),
        ("</main>", "<script>alert(1)</script></main>", "inline <script>"),
        ("<main ", "<main style=\"color:red\" ", "style= on <main>"),
        ("</main>", "</main><img src=\"https://evil.test/x.png\">", "loads from elsewhere"),
        ("</main>", "</main><img src=\"./gone.png\">", "not there"),
        ("script-src ", "script-src 'self' ", "the policy is not the project's"),
        (" 'sha384-", " 'sha384-A", "the policy is not the project's"),
        ("\"sha384-", "\"sha384-A", "does not match"),
    ] {
        let folder = finished();
        folder.change(from, to);
        let rules = broken_rules(&folder.site()).unwrap();
        assert!(rules.iter().any(|broken| broken.contains(rule)), "{to}: {rules:?}");
    }
}

/// The page's policy allows one of this name.
#[test]
fn the_first_script_makes_the_trusted_types_policy_and_none_makes_markup_of_text() {
    let boot = include_str!("../../web/boot.js");
    assert_eq!(boot.matches(&format!("createPolicy(\"{TRUSTED_TYPES_POLICY}\"")).count(), 1);
    assert_eq!(boot.matches("createPolicy").count(), 1);
    let program =
        Program { glue: "f = (a, b) => { a.innerHTML = b; };\nexport default f;\n".into(), ..program() };
    let rules = broken_rules(&build(PAGE, &program, None).unwrap().site()).unwrap();
    assert!(
        matches!(&rules[..], [one, other] if [one, other].iter().all(|rule| rule.contains("has innerHTML"))),
        "{rules:?}"
    );
}

#[test]
fn code_that_the_page_does_not_load_is_not_published() {
    let folder = finished();
    folder.write("sw.js", "self.onfetch = () => {};");
    sums::write(&folder.site()).unwrap();
    assert_eq!(broken_rules(&folder.site()).unwrap(), ["sw.js is published, but the page does not load it"]);
}

#[test]
fn a_page_that_cannot_be_finished_says_what_is_missing() {
    for (page, word) in [
        (PAGE.replace("<!-- policy -->", ""), "<!-- policy -->"),
        (PAGE.replace("rel=\"css\"", "rel=\"x\""), "no style sheet"),
        (PAGE.replace("rel=\"rust\"", "rel=\"x\""), "rel=\"rust\""),
        (PAGE.replace("style/base.css\"", "style/base.css\" media=print"), "media"),
    ] {
        let Err(Fault::Page(text)) = build(&page, &program(), None) else { panic!("{word}") };
        assert!(text.contains(word), "{text}");
    }
}

#[test]
fn a_first_load_above_the_budget_stops_the_build() {
    let folder = finished();
    assert!(weights(&folder.site()).unwrap().excess().is_empty());
    // Bytes that do not compress: a multiplicative generator.
    let mut state = 1_u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_be_bytes()[0]
    })
    .take(super::size::BUDGETS[0].most)
    .collect();
    folder.write(&folder.file("tester-", ".wasm"), noise);
    let excess = weights(&folder.site()).unwrap().excess();
    let names: Vec<&str> = excess.iter().map(|(budget, _)| budget.name).collect();
    assert_eq!(names, ["first load"]);
}

#[test]
fn the_boot_failure_texts_and_their_reasons_match() {
    let boot = include_str!("../../web/boot.js");
    let tags = html::tags(PAGE).unwrap();
    let reasons: Vec<_> = tags.iter().filter_map(|tag| tag.get("data-boot-reason")).collect();
    assert_eq!(reasons, ["webassembly", "network", "changed", "start"]);
    for reason in reasons {
        assert!(boot.contains(&format!("\"{reason}\"")), "{reason}");
    }
    for id in ["tool", "still", "boot-state", "boot-failed", "boot-error", "crash"] {
        assert_eq!(tags.iter().filter(|tag| tag.get("id") == Some(id)).count(), 1, "{id}");
    }
}

#[test]
fn a_page_with_an_address_is_fit_to_publish_and_brings_its_sitemap() {
    let address = Address::parse("https://a.github.io/b/").unwrap();
    let folder = build(PAGE, &program(), Some(&address)).unwrap();
    assert_eq!(broken_rules(&folder.site()).unwrap(), Vec::<String>::new());
    assert!(folder.page().contains("<link rel=\"canonical\" href=\"https://a.github.io/b/\">"));
    let text = |name| folder.site().text(name).unwrap();
    assert!(text("robots.txt").contains("Sitemap: https://a.github.io/b/sitemap.xml\n"));
    assert!(text("sitemap.xml").contains("<loc>https://a.github.io/b/</loc>"));
    assert!(!finished().site().has("sitemap.xml"));
}
