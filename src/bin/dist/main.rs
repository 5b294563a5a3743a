//! The builder: from the sources to the folder that is published.
//!
//! `dist --release FOLDER` and `dist --dev FOLDER` build the page there; the second one loads itself again after every build.
//! `dist --single FOLDER` leaves there only the page in one file.
//! `dist --check FOLDER` checks and weighs a finished folder once more without touching it, `dist --compare ONE OTHER` compares two of
//! them byte by byte. Without arguments it is Trunk's
//! `post_build` hook, and what Trunk has staged gives way to the same files.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks to its user")]

mod address;
mod bind;
mod build_facts;
mod cargo;
mod check;
mod compare;
mod css;
mod day;
mod finish;
mod found;
mod guide;
mod html;
mod loader;
mod not_found;
mod notices;
mod package;
mod page_policy;
mod page_rules;
mod page_source;
mod price_list;
mod program;
mod provenance;
mod reload;
mod scratch;
mod short;
mod single;
mod site;
mod size;
mod still;
mod sums;
#[cfg(test)]
mod tests;
mod variants;
mod wasm;
mod wasm_opt;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use finish::Profile;
use program::Program;
use provenance::Provenance;
use site::{Fault, Site};
use wasm::Flaw;

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
        [] => hook(),
        ["--release", folder] => into(folder, |site| build(site, Profile::Release)),
        ["--single", folder] => into(folder, one_file),
        ["--dev", folder] => into(folder, for_work),
        ["--check", folder] => inspect(&Site::new(*folder)),
        ["--compare", one, other] => compare(&Site::new(*one), &Site::new(*other)),
        _ => Err(Fault::Usage(
            "usage: dist [--release | --single | --dev | --check] FOLDER, or dist --compare ONE OTHER",
        )),
    }
}

/// Trunk's hook: its folder gets the same files as any other.
fn hook() -> Result<(), Fault> {
    let folder = env::var("TRUNK_STAGING_DIR").map_err(|_| {
        Fault::Usage(
            "usage: dist [--release | --single | --dev | --check] FOLDER; without arguments Trunk runs it",
        )
    })?;
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let site = Site::new(folder);
    site.empty()?;
    if release { build(&site, Profile::Release) } else { for_work(&site) }
}

/// A page that loads itself again after the next build.
fn for_work(site: &Site) -> Result<(), Fault> {
    build(site, Profile::Dev)?;
    reload::add(site)
}

/// The page in one file alone: the same as in the page of a site, and judged with it.
fn one_file(site: &Site) -> Result<(), Fault> {
    build(site, Profile::Release)?;
    println!("{}  {}", sums::hash(&single::alone(site)?), single::FILE);
    Ok(())
}

/// Builds beside the folder and puts the result in its place, so that what was there stays until there is something better.
fn into(folder: &str, build: impl FnOnce(&Site) -> Result<(), Fault>) -> Result<(), Fault> {
    let folder = PathBuf::from(folder);
    let staged = Site::new(folder.with_extension("stage"));
    staged.empty()?;
    match build(&staged) {
        Ok(()) => staged.replace(&folder),
        Err(fault) => {
            staged.discard();
            Err(fault)
        }
    }
}

/// The checkout: `cargo run` says where it is.
fn root() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from)
}

fn build(site: &Site, profile: Profile) -> Result<(), Fault> {
    let root = root();
    let from = Provenance::read(&root)?;
    if from.site.is_none() && profile == Profile::Release {
        println!("dist: KEY_TESTER_SITE is not set: no canonical address, share picture or sitemap");
    }
    for old in day::hold(from.today, day::demanded())? {
        println!("dist: {old}");
    }
    let compiled = cargo::program(&root, profile)?;
    let notices = notices::notices(&compiled.packages)?;
    let program = Program { notices, ..bind::bind(&root, &compiled.wasm, profile)? };
    let page = Site::new(&root).text("index.html")?;
    finish::finish(&root, &page, &program, site, profile, &from)?;
    match profile {
        Profile::Release => inspect(site),
        Profile::Dev => {
            for rule in check::broken_rules(site)? {
                println!("dist: a release build would fail: {rule}");
            }
            Ok(())
        }
    }
}

/// A line for each file of two builds, and whether all are the same.
fn compare(one: &Site, other: &Site) -> Result<(), Fault> {
    let lines = compare::lines(one, other)?;
    for line in &lines {
        println!("{}", line.text);
    }
    let differing = lines.iter().filter(|line| !line.is_same).count();
    if differing == 0 { Ok(()) } else { Err(Fault::Different(differing)) }
}

/// Everything a page has to meet to be published, with the table of its weights.
fn inspect(site: &Site) -> Result<(), Fault> {
    let mut rules = check::broken_rules(site)?;
    for (file, flaw) in check::program_flaws(site, env::var("HOME").ok().as_deref())? {
        rules.push(match flaw {
            Flaw::Malformed => format!("{file} is no WebAssembly module"),
            Flaw::Names => format!("{file} carries function names: wasm-opt did not run"),
            Flaw::Prose(sentence) => {
                format!("{file} carries a sentence that the page has already: {sentence}")
            }
            Flaw::Marker(name) => format!("{file} names {name}, a hash of a path of this machine"),
            Flaw::Path(path) => format!("{file} names a path of this machine: {path}"),
        });
    }
    let weights = check::weights(site)?;
    print!("{weights}");
    if !rules.is_empty() {
        return Err(Fault::Rules(rules));
    }
    let excess = weights.excess();
    if excess.is_empty() { Ok(()) } else { Err(Fault::TooHeavy(excess)) }
}
