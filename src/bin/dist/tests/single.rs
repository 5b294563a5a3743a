//! The page in one file, from the project's own index.html.

use std::fs;

use key_tester::core::export::TEMPLATES;
use key_tester::core::policy::policy_of_file;

use super::super::check::{broken_rules, weights};
use super::super::html;
use super::super::page_policy::is_policy;
use super::super::program::Program;
use super::super::single::{self, FILE};
use super::super::site::integrity;
use super::super::size::Tier;
use super::super::sums;
use super::{Folder, PAGE, build, finished, program, split};

fn file(folder: &Folder) -> String {
    folder.site().text(FILE).unwrap()
}

/// What stands between these, which are there once.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    assert_eq!(page.matches(start).count(), 1, "{start}");
    page.split_once(start).unwrap().1.split_once(end).unwrap().0
}

#[test]
fn it_holds_all_that_it_needs_and_its_policy_is_of_it_alone() {
    for program in [program(), split()] {
        let page = file(&build(PAGE, &program, None).unwrap());
        assert_eq!(single::broken_rules(&page), Vec::<String>::new());
        let hash = |text: &str| integrity(text.as_bytes());
        let script = between(&page, "<script type=\"module\">", "</script>");
        let style = between(&page, "<style>", "</style>");
        let tags = html::tags(&page).unwrap();
        let policy = tags.iter().find(|tag| is_policy(tag)).unwrap().get("content");
        assert_eq!(policy, Some(policy_of_file(&hash(script), &hash(style)).as_str()));
        assert_eq!(between(&page, "<script type=\"text/plain\" id=\"engines\">", "</script>"), TEMPLATES);
        assert!(script.contains("const FILES = {\"") && style.contains("@layer"));
        assert_eq!(between(&page, "<pre id=\"policy-text\">", "</pre>").replace('\n', " "), policy.unwrap());
        for left in
            ["<!-- ", "data-trunk", "./third-party", "SHA256SUMS</code>, the list", "two published scripts"]
        {
            assert!(!page.contains(left), "{left}");
        }
    }
}

/// Whoever passes the file on passes on whose work it is.
#[test]
fn whose_work_is_in_it_stands_in_it() {
    let program = Program { notices: "Whose it is: A & B <b@c>".to_owned(), ..program() };
    let page = file(&build(PAGE, &program, None).unwrap());
    assert!(page.contains("<pre>Whose it is: A &amp; B &lt;b@c&gt;</pre>"));
}

#[test]
fn the_site_offers_it_with_the_hash_that_is_in_the_list() {
    let folder = finished();
    let hash = sums::hash(file(&folder).as_bytes());
    assert!(folder.page().contains(&format!("<code id=\"copy-hash\">{hash}</code>")));
    assert!(folder.site().text(sums::FILE).unwrap().contains(&format!("{hash}  {FILE}\n")));
    let weights = weights(&folder.site()).unwrap();
    assert_eq!(weights.0.iter().find(|weight| weight.file == FILE).unwrap().tier, Tier::Kept);
    assert!(weights.to_string().contains("  one file "), "{weights}");
}

#[test]
fn the_same_sources_give_the_same_file() {
    assert_eq!(file(&build(PAGE, &split(), None).unwrap()), file(&build(PAGE, &split(), None).unwrap()));
}

#[test]
fn one_that_is_missing_or_was_changed_is_not_published() {
    let broken = |change: &dyn Fn(&Folder)| {
        let folder = finished();
        change(&folder);
        sums::write(&folder.site()).unwrap();
        broken_rules(&folder.site()).unwrap()
    };
    let rules = broken(&|folder| fs::remove_file(folder.0.path(FILE)).unwrap());
    assert!(rules.iter().any(|rule| rule.contains(FILE) && rule.contains("not there")), "{rules:?}");
    for (from, to, why) in [
        ("const FILES", "const  FILES", "the policy is not the project's"),
        ("@layer", "@LAYER", "the policy is not the project's"),
        (" https://api.eu.mistral.ai", " https://api.eu.mistral.ai https://evil.test", "connect-src"),
        ("</main>", "<script>1</script></main>", "not exactly one script"),
        ("</main>", "<style></style></main>", "one style sheet"),
        ("</main>", "<img src='https://evil.test/a.png'></main>", "refers to https://evil.test"),
        ("<main ", "<main onclick='1' ", "onclick= on <main>"),
        ("no-referrer", "origin", "referrer"),
    ] {
        let rules = broken(&|folder| folder.write(FILE, file(folder).replacen(from, to, 1)));
        assert!(rules.iter().any(|rule| rule.starts_with(FILE) && rule.contains(why)), "{to}: {rules:?}");
        assert!(rules.iter().any(|rule| rule.contains("does not offer")), "{to}: {rules:?}");
    }
}

#[test]
fn a_program_that_nothing_starts_or_that_would_end_its_element_is_not_embedded() {
    for glue in ["let wasm;\n", "export default f; // </script\n", "export default f; // <!-- \n"] {
        let program = Program { glue: glue.to_owned(), ..program() };
        assert!(build(PAGE, &program, None).is_err(), "{glue}");
    }
}

#[test]
fn it_can_be_the_only_file_of_a_folder() {
    let folder = finished();
    let before = file(&folder);
    assert_eq!(single::alone(&folder.site()).unwrap(), before.as_bytes());
    assert_eq!(folder.site().files().unwrap(), [FILE]);
}
