//! The project's commands: `cargo xtask serve | check | test | dist | bench | shots | art | trunk | openapi`.
//!
//! Each one first makes sure of the tools that it needs: found on the machine, or installed into `target/tools` from the
//! registries of Rust, npm and Python. Nothing is downloaded from anywhere else.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks on the terminal")]

mod art;
mod build_tools;
mod checks;
mod failure;
mod install;
mod judge_tools;
mod lock;
mod npm;
mod openapi;
mod packages;
mod process;
mod python_tools;
mod release;
mod serve;
mod snippet_tools;
mod system;
mod tally;
mod test;
mod test_tools;
mod trunk;
mod verify;
mod version;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use build_tools::Accepts;
use failure::Failure;
use test::Scope;
use workspace::Workspace;

const USAGE: &str = "\
Usage: cargo xtask <command>

  serve [--port N]   build the release page and serve it on 127.0.0.1 (8080, or the next free port)
  serve --dev        a page that is built and loaded again on every change, quicker to build and bigger
  check              after a change: format, lints of core and page, the core's quick tests, the rules of the tree
  test               every check and test, in Chromium, Firefox and WebKit too
  test --core        only what needs neither a release build nor a browser
  dist               build the release page into dist/ and print its size
  dist --single      the same page as one file that can be kept and opened from a disk: dist/mistral-key-tester.html
  dist --verify      the same, and once more in another folder with another cargo home, and compare every byte
  bench              measure what the app adds to a bare fetch, how soon it asks on a slow line, how fast it filters
                     5 000 models and how right the lab's times are
  bench --beside DIR the same, and on the slow line the page that was built into DIR beside this one
  shots              take pictures of every state of the page, at three widths, light and dark (target/shots/)
  art                draw the icons and the picture for links to the page (style/share/) anew
  trunk              build the page with Trunk too, if that is installed, and compare every byte
  openapi [--date D] [FILE]
                     make the table of the calls' fields from Mistral's OpenAPI document, of the day D
  openapi --check [FILE]
                     compare the table with the document";

/// What the user asked for.
#[derive(Debug, PartialEq, Eq)]
enum Task {
    Serve { port: Option<u16>, page: Page },
    Test(Scope),
    Dist,
    Single,
    Verify,
    Bench { beside: Option<PathBuf> },
    Shots,
    Art,
    Trunk,
    OpenApi(openapi::Options),
    Help,
}

/// Which page `serve` shows.
#[derive(Debug, PartialEq, Eq)]
enum Page {
    Release,
    Dev,
}

impl Task {
    /// Reads the arguments after the program's name; the error says which one was not understood.
    fn parse(args: &[&str]) -> Result<Self, String> {
        let Some((command, options)) = args.split_first() else { return Ok(Self::Help) };
        match (*command, options) {
            ("serve", options) => Self::parse_serve(options),
            ("check", []) => Ok(Self::Test(Scope::Quick)),
            ("test", []) => Ok(Self::Test(Scope::All)),
            ("test", ["--core"]) => Ok(Self::Test(Scope::Core)),
            ("dist", []) => Ok(Self::Dist),
            ("dist", ["--single"]) => Ok(Self::Single),
            ("dist", ["--verify"]) => Ok(Self::Verify),
            ("bench", []) => Ok(Self::Bench { beside: None }),
            ("bench", ["--beside", folder]) => Ok(Self::Bench { beside: Some(folder.into()) }),
            ("shots", []) => Ok(Self::Shots),
            ("art", []) => Ok(Self::Art),
            ("trunk", []) => Ok(Self::Trunk),
            ("openapi", options) => openapi::Options::parse(options).map(Self::OpenApi),
            ("help" | "--help" | "-h", _) => Ok(Self::Help),
            ("check" | "test" | "dist" | "bench" | "shots" | "art" | "trunk", options) => {
                Err(format!("`{command}` does not take `{}`", options.join(" ")))
            }
            (other, _) => Err(format!("there is no command `{other}`")),
        }
    }

    fn parse_serve(options: &[&str]) -> Result<Self, String> {
        let (mut port, mut page) = (None, Page::Release);
        let mut options = options.iter();
        while let Some(option) = options.next() {
            let value = match (*option, option.strip_prefix("--port=")) {
                ("--dev", _) => {
                    page = Page::Dev;
                    continue;
                }
                (_, Some(value)) => value,
                ("--port", None) => options.next().copied().unwrap_or_default(),
                (other, None) => return Err(format!("`serve` does not take `{other}`")),
            };
            port = Some(value.parse().map_err(|_| format!("`--port {value}` is not a port (0 to 65535)"))?);
        }
        Ok(Self::Serve { port, page })
    }

    fn run(self, workspace: &Workspace) -> Result<(), Failure> {
        match self {
            Self::Serve { port, page: Page::Release } => serve::release(workspace, port),
            Self::Serve { port, page: Page::Dev } => serve::dev(workspace, port),
            Self::Test(scope) => test::run(workspace, scope),
            Self::Dist => release::build(workspace, Accepts::Pinned),
            Self::Single => release::single(workspace),
            Self::Verify => verify::run(workspace),
            Self::Bench { beside } => test::bench(workspace, beside),
            Self::Shots => test::shots(workspace),
            Self::Art => art::draw(workspace),
            Self::Trunk => trunk::compare(workspace),
            Self::OpenApi(options) => openapi::run(workspace, options),
            Self::Help => {
                println!("{USAGE}");
                Ok(())
            }
        }
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let task = match Task::parse(&args) {
        Ok(task) => task,
        Err(misread) => {
            eprintln!("error: {misread}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match task.run(&Workspace::find()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            if let Some(tally) = failure.tally() {
                println!("{tally}");
            }
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_their_options_are_read() {
        let serve = |port, page| Ok(Task::Serve { port, page });
        assert_eq!(Task::parse(&[]), Ok(Task::Help));
        assert_eq!(Task::parse(&["serve"]), serve(None, Page::Release));
        assert_eq!(Task::parse(&["serve", "--port", "9000"]), serve(Some(9000), Page::Release));
        assert_eq!(Task::parse(&["serve", "--dev", "--port=0"]), serve(Some(0), Page::Dev));
        assert_eq!(Task::parse(&["check"]), Ok(Task::Test(Scope::Quick)));
        assert_eq!(Task::parse(&["test"]), Ok(Task::Test(Scope::All)));
        assert_eq!(Task::parse(&["test", "--core"]), Ok(Task::Test(Scope::Core)));
        assert_eq!(Task::parse(&["dist"]), Ok(Task::Dist));
        assert_eq!(Task::parse(&["dist", "--single"]), Ok(Task::Single));
        assert_eq!(Task::parse(&["dist", "--verify"]), Ok(Task::Verify));
        assert_eq!(Task::parse(&["bench"]), Ok(Task::Bench { beside: None }));
        let beside = Some("old".into());
        assert_eq!(Task::parse(&["bench", "--beside", "old"]), Ok(Task::Bench { beside }));
        assert_eq!(Task::parse(&["shots"]), Ok(Task::Shots));
        assert_eq!(Task::parse(&["art"]), Ok(Task::Art));
        assert_eq!(Task::parse(&["trunk"]), Ok(Task::Trunk));
        let check = openapi::Options { check: true, ..openapi::Options::default() };
        assert_eq!(Task::parse(&["openapi", "--check"]), Ok(Task::OpenApi(check)));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert_eq!(Task::parse(&["srve"]), Err("there is no command `srve`".into()));
        assert_eq!(Task::parse(&["test", "-q"]), Err("`test` does not take `-q`".into()));
        assert_eq!(Task::parse(&["serve", "--open"]), Err("`serve` does not take `--open`".into()));
        assert_eq!(Task::parse(&["serve", "--port"]), Err("`--port ` is not a port (0 to 65535)".into()));
        assert_eq!(Task::parse(&["bench", "--beside"]), Err("`bench` does not take `--beside`".into()));
        assert!(Task::parse(&["serve", "--port", "70000"]).is_err());
    }
}
