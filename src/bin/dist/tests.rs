//! The step as a whole, over the project's own index.html, staged as Trunk does it.

mod prose;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use key_tester::core::policy::policy;
use key_tester::core::time::Date;

use super::check::{broken_rules, program_flaws, weights};
use super::finish::{Profile, finish};
use super::html::{self, Tag};
use super::site::{Fault, Site};

/// The day of the builds.
const TODAY: Date = Date { year: 2026, month: 11, day: 29 };

const PAGE: &str = include_str!("../../../index.html");
const TRUNK: &str = include_str!("../../../Trunk.toml");
const PROGRAM: &[u8] = b"\0asm\x01\0\0\0\x01\x01\0";

/// A folder that is gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("key-tester-dist-{}-{count}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    fn site(&self) -> Site {
        Site::new(&self.0)
    }

    fn page(&self) -> String {
        fs::read_to_string(self.0.join("index.html")).unwrap()
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

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What Trunk leaves behind for this page: `data-trunk` links carried out, the rest untouched.
fn staged(page: &str) -> Folder {
    let folder = Folder::new();
    let pattern = TRUNK
        .lines()
        .find_map(|line| line.strip_prefix("pattern_script = '"))
        .unwrap()
        .trim_end_matches('\'');
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut edits = Vec::new();
    for tag in html::tags(page).unwrap().iter().filter(|tag| tag.get("data-trunk").is_some()) {
        let href = tag.get("href").unwrap_or_default();
        let name = href.rsplit('/').next().unwrap();
        let copy = || folder.write(name, fs::read(root.join(href)).unwrap());
        let new = match tag.get("rel").unwrap() {
            "css" => {
                copy();
                format!("<link rel=\"stylesheet\" href=\"./{name}\" integrity=\"sha384-x\"/>")
            }
            "icon" => {
                copy();
                format!("<link rel=\"icon\" href=\"./{name}\"/>")
            }
            "copy-file" => {
                copy();
                String::new()
            }
            "rust" => {
                folder.write("app-1_bg.wasm", PROGRAM);
                folder.write("app-1.js", "/** Starts it. */\nexport default () => fetch('app-1_bg.wasm');\n");
                pattern.replace("{base}", "./").replace("{js}", "app-1.js").replace("{wasm}", "app-1_bg.wasm")
            }
            other => panic!("no rule for {other}"),
        };
        edits.push((tag.span.clone(), new));
    }
    folder.write("index.html", html::replace(page, edits));
    folder.write(".trunk-lock", "");
    folder
}

fn finished() -> Folder {
    let folder = staged(PAGE);
    finish(&folder.site(), Profile::Release, None, TODAY).unwrap();
    folder
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
    assert_eq!(tags[head + 1].get("content"), Some(policy().as_str()));
    assert!(!folder.page().contains("<!-- policy -->"));
}

#[test]
fn only_live_reload_goes_without_policy() {
    for (profile, policies) in [(Profile::Debug, 1), (Profile::Release, 1), (Profile::LiveReload, 0)] {
        let folder = staged(PAGE);
        finish(&folder.site(), profile, None, TODAY).unwrap();
        assert_eq!(folder.page().matches("Content-Security-Policy").count(), policies, "{profile:?}");
    }
}

#[test]
fn one_style_sheet_in_the_order_of_the_links() {
    let folder = staged(PAGE);
    folder.write("tokens.css", "@layer tokens, base; /* first */");
    folder.write("base.css", "p { margin: 0 }");
    finish(&folder.site(), Profile::Release, None, TODAY).unwrap();
    let tags = html::tags(&folder.page()).unwrap();
    let links: Vec<_> = tags.iter().filter(|tag| tag.is("link", "rel", "stylesheet")).collect();
    assert_eq!(links.len(), 1);
    let sheet = folder.file("style-", ".css");
    assert_eq!(links[0].get("href"), Some(format!("./{sheet}").as_str()));
    let text = folder.site().text(&sheet).unwrap();
    assert!(text.starts_with("@layer tokens, base;\np { margin: 0 }\n"), "{text}");
    assert!(!text.contains("/*"));
    assert_eq!(folder.file("", ".css"), sheet);
}

#[test]
fn names_follow_the_content_and_the_glue_follows_the_program() {
    let folder = finished();
    let program = folder.file("tester-", ".wasm");
    let glue = folder.file("tester-", ".js");
    let boot = folder.file("boot-", ".js");
    assert_eq!(folder.site().text(&glue).unwrap(), format!("export default () => fetch('{program}');\n"));

    let other = staged(PAGE);
    other.write("app-1_bg.wasm", [PROGRAM, b"\x01\x01\0"].concat());
    finish(&other.site(), Profile::Release, None, TODAY).unwrap();
    assert_ne!(other.file("tester-", ".wasm"), program);
    assert_ne!(other.file("tester-", ".js"), glue, "its content names the program");
    assert_eq!(other.file("boot-", ".js"), boot);
    assert!(!other.site().has(".trunk-lock"));
}

#[test]
fn the_boot_tag_carries_every_hash() {
    let folder = finished();
    let tags = html::tags(&folder.page()).unwrap();
    let [script] = find(&tags, "script", "src")[..] else { panic!("one script") };
    for name in ["integrity", "data-js-integrity", "data-wasm-integrity"] {
        assert!(script.get(name).unwrap().starts_with("sha384-"), "{name}");
    }
    assert_eq!(script.get("data-kilobytes"), Some("1"));
    // What can be read does not wait for what runs.
    assert!(tags.iter().all(|tag| !tag.get("rel").unwrap_or_default().contains("preload")));
}

#[test]
fn a_changed_file_is_noticed() {
    for (start, end) in [("tester-", ".wasm"), ("tester-", ".js"), ("boot-", ".js"), ("style-", ".css")] {
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
        ("sha384-", "sha384-A", "does not match"),
    ] {
        let folder = finished();
        folder.change(from, to);
        let rules = broken_rules(&folder.site()).unwrap();
        assert!(rules.iter().any(|broken| broken.contains(rule)), "{to}: {rules:?}");
    }
}

#[test]
fn code_that_the_page_does_not_load_is_not_published() {
    let folder = finished();
    folder.write("sw.js", "self.onfetch = () => {};");
    assert_eq!(broken_rules(&folder.site()).unwrap(), ["sw.js is published, but the page does not load it"]);
}

#[test]
fn a_page_that_cannot_be_finished_says_what_is_missing() {
    for (page, word) in [
        (PAGE.replace("<!-- policy -->", ""), "<!-- policy -->"),
        (PAGE.replace("rel=\"css\"", "rel=\"icon\""), "no style sheet"),
        (PAGE.replace("rel=\"rust\"", "rel=\"icon\" href=\"style/favicon.svg\""), "data-wasm"),
    ] {
        let folder = staged(&page);
        let Err(Fault::Page(text)) = finish(&folder.site(), Profile::Release, None, TODAY) else {
            panic!("{word}")
        };
        assert!(text.contains(word), "{text}");
    }
}

#[test]
fn a_first_load_above_the_budget_stops_the_build() {
    let folder = finished();
    assert_eq!(weights(&folder.site()).unwrap().excess(), None);
    // Bytes that do not compress: a multiplicative generator.
    let mut state = 1_u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_be_bytes()[0]
    })
    .take(super::size::BUDGET)
    .collect();
    folder.write(&folder.file("tester-", ".wasm"), noise);
    assert!(weights(&folder.site()).unwrap().excess().is_some());
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
    let folder = staged(PAGE);
    let address = super::address::Address::parse("https://a.github.io/b/").unwrap();
    finish(&folder.site(), Profile::Release, Some(&address), TODAY).unwrap();
    assert_eq!(broken_rules(&folder.site()).unwrap(), Vec::<String>::new());
    assert!(folder.page().contains("<link rel=\"canonical\" href=\"https://a.github.io/b/\">"));
    let text = |name| folder.site().text(name).unwrap();
    assert!(text("robots.txt").contains("Sitemap: https://a.github.io/b/sitemap.xml\n"));
    assert!(text("sitemap.xml").contains("<loc>https://a.github.io/b/</loc>"));
    assert!(!finished().site().has("sitemap.xml"));
}
