//! `cargo xtask check` and `cargo xtask test`: checks and tests, cheapest first, stopping at the first that fails.

use std::num::NonZero;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::build_tools::{self, Accepts};
use crate::checks::{self, Check};
use crate::failure::Failure;
use crate::judge_tools;
use crate::npm::Environment;
use crate::openapi;
use crate::process::{self, spoken};
use crate::release;
use crate::tally::{self, Suite, Tally};
use crate::test_tools;
use crate::workspace::Workspace;

/// How much is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    All,
    /// What answers soon after a change: no browser, no lints of everything, no slow test.
    Quick,
    /// What needs neither a release build nor a browser.
    Core,
}

/// Without the browser half, and without what goes through megabytes, made-up inputs or every state: those take minutes where
/// the rest takes seconds.
const QUICK_TESTS: &[&str] = &[
    "test",
    "--no-default-features",
    "--lib",
    "--test",
    "core",
    "--test",
    "tidy",
    "--",
    "--skip=propert",
    "--skip=totality::",
    "--skip=spending::",
    "--skip=agreement::",
    "--skip=line::",
    "--skip=megabyte",
    "--skip=long_text",
    "--skip=large_text",
    "--skip=any_length",
    "--skip=not_looked_at",
    "--skip=work_grows",
    "--skip=five_thousand",
    "--skip=nothing_of_a_secret_stays",
    "--skip=in_the_demo_too",
];

/// What they say is shown although they pass, and one at a time, for one of them measures.
const JUDGES: &[&str] =
    &["test", "-p", "e2e", "--test", "judges", "--", "--test-threads", "1", "--show-output"];

/// Runs everything that `scope` holds and ends with the count of tests.
pub(crate) fn run(workspace: &Workspace, scope: Scope) -> Result<(), Failure> {
    let mut session = Session::new(workspace, scope);
    session.step("Toolchain", || build_tools::ensure_toolchain(workspace))?;
    if scope == Scope::All {
        session.step("Packages of the system", || test_tools::ensure_packages(workspace))?;
        session.step("Workflows", || judge_tools::lint_workflows(workspace))?;
    }
    for check in checks::of(scope == Scope::Quick) {
        session.check(check)?;
    }
    session.step("Table of the calls' fields", || openapi::check_if_there(workspace))?;
    if scope == Scope::Quick {
        session.test(
            "Quick tests of the core, and the rules of the tree",
            Suite::Page,
            QUICK_TESTS,
            &Environment::new(),
        )?;
        return session.conclude(tally::QUICK_KINDS);
    }
    // With every feature this is what plain `cargo test` runs, and the tests of the build step.
    session.test(
        "Tests that need no browser",
        Suite::Page,
        &["test", "--all-features"],
        &Environment::new(),
    )?;
    session.test("Tests of this tool", Suite::Xtask, &["test", "-p", "xtask"], &Environment::new())?;
    let kinds = match scope {
        Scope::Core | Scope::Quick => tally::CORE_KINDS,
        Scope::All => {
            session.step("Release page", || release::build(workspace, Accepts::Others))?;
            let mut environment = Environment::new();
            session.step("Tools of the browser tests", || {
                environment = test_tools::ensure(workspace)?;
                Ok(())
            })?;
            session.test("Outside judges", Suite::Browser, JUDGES, &environment)?;
            let threads = journeys_at_a_time();
            let journeys = ["test", "-p", "e2e", "--", "--test-threads", threads.as_str()];
            session.test("Browser journeys", Suite::Browser, &journeys, &environment)?;
            tally::ALL_KINDS
        }
    };
    session.conclude(kinds)
}

/// As many as the harness lets have a browser: one more than there are processors, since journeys now and then wait.
fn journeys_at_a_time() -> String {
    (thread::available_parallelism().map_or(1, NonZero::get) + 1).to_string()
}

/// Builds the release page and measures it in a browser, beside the page in the folder `beside` if there is one.
pub(crate) fn bench(workspace: &Workspace, beside: Option<PathBuf>) -> Result<(), Failure> {
    let beside = beside.map(|folder| {
        folder.join("index.html").canonicalize().map(|index| index.with_file_name("")).map_err(|error| {
            let why = format!("index.html in {}: {error}", folder.display());
            Failure::new(
                "there is no built page to measure beside",
                why,
                "cargo xtask dist, in another checkout",
            )
        })
    });
    let beside = beside.transpose()?.map(|folder| ("E2E_OLD_DIST", folder.into()));
    // Optimised, for a slow server would be taken for a slow network.
    in_browser(workspace, "bench", &["--profile", "bench"], beside.into_iter().collect())
}

/// Builds the release page and takes pictures of every state of it.
pub(crate) fn shots(workspace: &Workspace) -> Result<(), Failure> {
    in_browser(workspace, "shots", &[], Environment::new())
}

/// Runs a program of the browser tests on the release page.
fn in_browser(
    workspace: &Workspace,
    program: &str,
    profile: &[&str],
    more: Environment,
) -> Result<(), Failure> {
    test_tools::ensure_packages(workspace)?;
    release::build(workspace, Accepts::Others)?;
    let environment = test_tools::ensure(workspace)?;
    let mut command = workspace.command("cargo");
    command.arg("run").args(profile).args(["-p", "e2e", "--bin", program]).envs(environment).envs(more);
    process::shown(&mut command, &format!("cargo xtask {program}"))
}

/// A run of the steps so far.
struct Session<'a> {
    workspace: &'a Workspace,
    total: usize,
    times: Vec<(&'static str, Duration)>,
    started: Instant,
    tally: Tally,
}

impl<'a> Session<'a> {
    fn new(workspace: &'a Workspace, scope: Scope) -> Self {
        let others = match scope {
            Scope::All => 10,
            Scope::Core => 4,
            Scope::Quick => 3,
        };
        let total = checks::of(scope == Scope::Quick).count() + others;
        Self { workspace, total, times: Vec::new(), started: Instant::now(), tally: Tally::default() }
    }

    fn step(
        &mut self,
        title: &'static str,
        work: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        println!("\n=== {} of {}: {title}", self.times.len() + 1, self.total);
        let started = Instant::now();
        work()?;
        println!("=== done in {}", spoken(started.elapsed()));
        self.times.push((title, started.elapsed()));
        Ok(())
    }

    fn check(&mut self, check: &Check) -> Result<(), Failure> {
        let mut command = self.workspace.command("cargo");
        command.args(check.arguments).envs(check.variable);
        let rerun = rerun(&command);
        self.step(check.title, || {
            println!("{rerun}");
            process::shown(&mut command, &format!("{}\nthen rerun just this: {rerun}", check.mend))
        })
    }

    fn test(
        &mut self,
        title: &'static str,
        suite: Suite,
        arguments: &[&str],
        environment: &Environment,
    ) -> Result<(), Failure> {
        let mut command = self.workspace.command("cargo");
        command.args(arguments).envs(environment.iter().cloned());
        let rerun = rerun(&command);
        let mend = format!("rerun just this, with a test's name at the end for that test alone:\n{rerun}");
        let mut tally = std::mem::take(&mut self.tally);
        let result = self.step(title, || {
            println!("{rerun}");
            let (status, output) = process::shown_and_kept(&mut command)
                .map_err(|error| Failure::new(format!("`{rerun}` did not run"), error.to_string(), ""))?;
            tally.add(suite, &output);
            if status.success() {
                return Ok(());
            }
            let unexplained = || "it did not compile, or a test program died".to_owned();
            let why = tally.objection(&[]).unwrap_or_else(unexplained);
            let failure = Failure::new(format!("{title}: failed"), why, mend);
            Err(if tally.has_failures() { failure.with_tally(tally.line()) } else { failure })
        });
        self.tally = tally;
        result
    }

    fn conclude(self, kinds: &[tally::Kind]) -> Result<(), Failure> {
        println!("\n=== Time\n");
        for (title, time) in &self.times {
            println!("{:>12}  {title}", spoken(*time));
        }
        println!("{:>12}  in all", spoken(self.started.elapsed()));
        println!("\n=== Tests\n\n{}\n", self.tally);
        if let Some(objection) = self.tally.objection(kinds) {
            return Err(Failure::new("the tests passed, but do not prove what they should", objection, ""));
        }
        println!("{}", self.tally.line());
        Ok(())
    }
}

/// A command with the variables that were set for it alone, to type into a shell in the checkout.
fn rerun(command: &Command) -> String {
    let variables = command.get_envs().filter_map(|(name, value)| {
        let (name, value) = (name.to_str()?, value?.to_str()?);
        let is_own =
            name.starts_with("E2E_") || checks::of(false).any(|check| check.variable == Some((name, value)));
        is_own.then(|| format!("{name}='{value}' "))
    });
    variables.chain([process::typed(command)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_rerun_with_its_own_variables_only() {
        let mut command = Command::new("cargo");
        command.args(["test", "-p", "e2e"]).env("PATH", "/x").env("E2E_DIST", "/src/dist");
        assert_eq!(rerun(&command), "E2E_DIST='/src/dist' cargo test -p e2e");
    }
}
