//! The build step after Trunk: finishes the staged page, checks it and weighs it.
//!
//! Trunk runs it as its `post_build` hook. `dist --check FOLDER` checks and weighs a finished folder once more without
//! touching it.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks to its user")]

mod address;
mod check;
mod css;
mod day;
mod finish;
mod found;
mod glue;
mod guide;
mod html;
mod not_found;
mod price_list;
mod site;
mod size;
mod still;
#[cfg(test)]
mod tests;
mod wasm;

use std::env;
use std::process::ExitCode;

use address::Address;
use finish::Profile;
use site::{Fault, Site};
use wasm::Flaw;

/// Rust flags for the browser target. When they remap paths, a path that is left is a fault and not a surprise.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("dist: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Fault> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => {
            let folder = env::var("TRUNK_STAGING_DIR")
                .map_err(|_| Fault::Usage("TRUNK_STAGING_DIR is not set: Trunk runs this, see Trunk.toml"))?;
            build(&Site::new(folder), profile())
        }
        ["--check", folder] => inspect(&Site::new(*folder)),
        _ => Err(Fault::Usage("usage: dist [--check FOLDER]")),
    }
}

fn profile() -> Profile {
    if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        Profile::Release
    } else if env::var_os("KEY_TESTER_LIVE_RELOAD").is_some() {
        Profile::LiveReload
    } else {
        Profile::Debug
    }
}

fn build(site: &Site, profile: Profile) -> Result<(), Fault> {
    let address = Address::from_environment()?;
    if address.is_none() {
        println!("dist: KEY_TESTER_SITE is not set: no canonical address, share picture or sitemap");
    }
    let today = day::today();
    for old in day::hold(today, day::demanded())? {
        println!("dist: {old}");
    }
    finish::finish(site, profile, address.as_ref(), today)?;
    match profile {
        Profile::Release => inspect(site),
        Profile::Debug => {
            for rule in check::broken_rules(site)? {
                println!("dist: a release build would fail: {rule}");
            }
            Ok(())
        }
        Profile::LiveReload => {
            println!("dist: built for live reload: this page has no policy and is not for publishing");
            Ok(())
        }
    }
}

/// Everything a page has to meet to be published, with the table of its weights.
fn inspect(site: &Site) -> Result<(), Fault> {
    let mut rules = check::broken_rules(site)?;
    let remapped = env::var(FLAGS).is_ok_and(|flags| flags.contains("--remap-path-prefix"));
    for flaw in check::program_flaws(site, env::var("HOME").ok().as_deref())? {
        match flaw {
            Flaw::Malformed => rules.push("the program is no WebAssembly module".to_owned()),
            Flaw::Names => rules.push("the program carries function names: wasm-opt did not run".to_owned()),
            Flaw::Prose(sentence) => {
                rules.push(format!("the program carries a sentence that the page has already: {sentence}"));
            }
            Flaw::Path(path) if remapped => {
                rules.push(format!("the program names a path of this machine: {path}"));
            }
            Flaw::Path(path) => println!(
                "dist: the program names a path of this machine ({path}). `cargo xtask dist` builds without; see {FLAGS}."
            ),
        }
    }
    let weights = check::weights(site)?;
    print!("{weights}");
    if !rules.is_empty() {
        return Err(Fault::Rules(rules));
    }
    weights.excess().map_or(Ok(()), |excess| Err(Fault::TooHeavy(excess)))
}
