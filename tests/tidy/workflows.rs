//! What a workflow may do: foreign actions by commit, and no permission that a job does not name.

use std::fs;
use std::path::Path;

/// What is wrong with a workflow, in words. Reads lines, not YAML: the workflows are written with two spaces a level.
fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !text.lines().any(|line| line == "permissions: {}") {
        faults.push("top-level permissions are not empty".to_owned());
    }
    faults.extend(unpinned(text));
    let jobs = text.split_once("\njobs:\n").map_or("", |(_, jobs)| jobs);
    let mut job: Option<(&str, [bool; 2])> = None;
    for line in jobs.lines().chain(["  end:"]) {
        let name = line
            .strip_prefix("  ")
            .filter(|name| !name.starts_with([' ', '#', '-']))
            .and_then(|name| name.strip_suffix(':'));
        if let Some(name) = name {
            if let Some((last, [permissions, timeout])) = job.replace((name, [false; 2])) {
                if !permissions {
                    faults.push(format!("{last} names no permissions"));
                }
                if !timeout {
                    faults.push(format!("{last} has no timeout"));
                }
            }
        } else if let Some((_, named)) = &mut job {
            named[0] |= line == "    permissions:";
            // The jobs of a workflow that is called have their own.
            named[1] |=
                ["    timeout-minutes:", "    uses: ./.github/"].iter().any(|start| line.starts_with(start));
        }
    }
    if !jobs.contains("    runs-on:") {
        faults.push("no jobs".to_owned());
    }
    if jobs.lines().any(|line| line.starts_with("    runs-on:") && line.ends_with("-latest")) {
        faults.push("a job runs on whatever is the latest image".to_owned());
    }
    let checkouts = text.matches("actions/checkout@").count();
    if text.matches("persist-credentials: false").count() < checkouts {
        faults.push("a checkout leaves its credentials behind".to_owned());
    }
    faults
}

/// The foreign actions that are not named by commit. An action of this tree comes with the commit that is checked out.
fn unpinned(text: &str) -> Vec<String> {
    let steps = text.lines().map(|line| line.trim().trim_start_matches("- "));
    let actions = steps.filter_map(|step| step.strip_prefix("uses:")).map(str::trim);
    let foreign = actions.filter(|action| !action.starts_with("./.github/"));
    let loose = foreign.filter(|action| !is_pinned(action));
    loose.map(|action| format!("not pinned to a commit with its version: {action}")).collect()
}

/// Whether it is `owner/name@` and 40 hex digits, with the version as a comment.
fn is_pinned(action: &str) -> bool {
    let Some((_, rest)) = action.split_once('@') else { return false };
    let Some((commit, version)) = rest.split_once(" # v") else { return false };
    commit.len() == 40
        && commit.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
        && version.split('.').count() == 3
        && version.split('.').all(|part| part.parse::<u32>().is_ok())
}

#[test]
fn workflows_pin_what_they_use_and_ask_for_little() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    let mut seen = 0;
    for entry in fs::read_dir(&folder).expect("the workflows") {
        let path = entry.expect("a readable entry").path();
        let text = fs::read_to_string(&path).expect("a readable workflow");
        assert_eq!(faults(&text), Vec::<String>::new(), "{}", path.display());
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn actions_of_this_tree_are_there_and_pin_what_they_use() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join(".github/actions");
    for entry in fs::read_dir(&folder).expect("the actions") {
        let path = entry.expect("a readable entry").path().join("action.yml");
        let text = fs::read_to_string(&path).expect("a readable action");
        assert_eq!(unpinned(&text), Vec::<String>::new(), "{}", path.display());
        assert!(text.contains("\n  using: composite\n"), "{}", path.display());
    }
    for entry in fs::read_dir(root.join(".github/workflows")).expect("the workflows") {
        let text = fs::read_to_string(entry.expect("a readable entry").path()).expect("a readable workflow");
        for line in text.lines() {
            if let Some((_, place)) = line.split_once("uses: ./") {
                let place = root.join(place);
                assert!(place.is_file() || place.join("action.yml").is_file(), "{}", place.display());
            }
        }
    }
}

/// Elsewhere old facts are a warning: they must not stop work on the page.
#[test]
fn what_publishes_refuses_old_facts() {
    let text = workflow("ci.yml");
    let building: Vec<&str> =
        text.split("      - ").filter(|step| step.contains("run: cargo xtask dist")).collect();
    let [_, published, _] = building[..] else { panic!("{building:?}") };
    for line in ["if: ${{ inputs.site != '' }}", "          KEY_TESTER_FRESH: 1"] {
        assert!(published.lines().any(|found| found == line), "{line}: {published}");
    }
    assert_eq!(text.matches("KEY_TESTER_FRESH").count(), 1);
}

/// What the page says of itself is an input of the build: whoever builds it again has to be told the same.
#[test]
fn what_is_published_is_built_again_elsewhere_from_the_same_inputs() {
    let text = workflow("ci.yml");
    let (_, verify) = text.split_once("\n  verify:\n").expect("the job");
    let (verify, _) = verify.split_once("\n  chromium:\n").expect("the next job");
    assert!(
        verify.starts_with("    if: ${{ inputs.site != '' }}\n") && !verify.contains("rust-cache"),
        "{verify}"
    );
    for line in [
        "      - run: cargo xtask dist --verify",
        "      - run: diff --recursive --exclude='.*' published dist",
    ] {
        assert!(verify.lines().any(|found| found == line), "{line}: {verify}");
    }
    let inputs = |text: &str| -> Vec<String> {
        let named = ["KEY_TESTER_S", "KEY_TESTER_R", "SOURCE_DATE_EPOCH"];
        let is_input = |line: &&str| named.iter().any(|name| line.trim_start().starts_with(name));
        text.lines().filter(is_input).map(str::to_owned).collect()
    };
    let all = inputs(&text);
    assert_eq!(all.len(), 8, "{all:?}");
    assert_eq!(inputs(verify), all[..4]);
    assert!(workflow("pages.yml").contains("\n      epoch: ${{ needs.address.outputs.epoch }}\n"));
}

#[test]
fn what_is_published_is_what_was_tested() {
    let text = workflow("pages.yml");
    assert!(text.contains("\n    uses: ./.github/workflows/ci.yml\n"));
    assert!(text.contains("\n    needs: [address, ci]\n"));
    assert!(!text.contains("cargo"), "it builds something itself");
    assert!(text.contains("\n          name: page\n") && text.contains("\n          artifact_name: page\n"));
    assert!(workflow("ci.yml").contains("\n          name: page\n          path: dist\n"));
}

fn workflow(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows").join(name);
    fs::read_to_string(path).expect("the workflow")
}

#[test]
fn each_rule_can_fail() {
    let good = "permissions: {}\n\njobs:\n  a:\n    runs-on: x\n    timeout-minutes: 5\n    permissions:\n      contents: read\n    \
                steps:\n      - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v1.2.3\n        with:\n          \
                persist-credentials: false\n";
    assert_eq!(faults(good), Vec::<String>::new());
    assert_eq!(unpinned("      - uses: ./.github/actions/a\n"), Vec::<String>::new());
    for (from, to, fault) in [
        ("permissions: {}", "permissions: write-all", "top-level"),
        ("@0123456789abcdef", "@", "not pinned"),
        ("0123456789abcdef0123456789abcdef01234567 # v1.2.3", "v1", "not pinned"),
        (" # v1.2.3", "", "not pinned"),
        ("    permissions:\n      contents: read\n", "", "a names no permissions"),
        ("    timeout-minutes: 5\n", "", "a has no timeout"),
        ("persist-credentials: false", "fetch-depth: 0", "credentials"),
        ("    runs-on: x\n", "", "no jobs"),
        ("runs-on: x", "runs-on: x-latest", "latest image"),
    ] {
        assert!(good.contains(from), "{from}");
        let found = faults(&good.replacen(from, to, 1));
        assert!(found.iter().any(|found| found.contains(fault)), "{to}: {found:?}");
    }
}
