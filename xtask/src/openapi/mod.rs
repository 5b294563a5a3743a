//! `cargo xtask openapi`: the table of the calls' fields (`src/core/request/schema/table.json`), made from Mistral's `OpenAPI` document.
//!
//! The document is not part of this project: a megabyte, of which the page needs a hundredth.

mod difference;
mod table;
#[cfg(test)]
mod tests;
mod yaml;

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::workspace::Workspace;

/// Where the document is looked for, from the checkout.
const DOCUMENT: &str = "../shared/mistral/openapi.yaml";
const TABLE: &str = "src/core/request/schema/table.json";
/// What `$comment` begins with in the table; the day of the document follows.
const COMMENT: &str = "Made by cargo xtask openapi from Mistral's OpenAPI document of ";
const MAKE: &str = "cargo xtask openapi";
/// Where the document comes from.
const GET: &str = "\
git clone https://github.com/mistralai/platform-docs-public
cargo xtask openapi --date DAY_OF_ITS_COMMIT platform-docs-public/openapi-public-doc.yaml";

/// What to do with which document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Whether the table is only compared.
    pub(crate) check: bool,
    /// The day of the document, if it is another one than the table was made from.
    pub(crate) date: Option<String>,
    pub(crate) file: Option<PathBuf>,
}

impl Options {
    /// Reads the arguments after `openapi`; the error says which one was not understood.
    pub(crate) fn parse(arguments: &[&str]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match *argument {
                "--check" => options.check = true,
                "--date" => {
                    let day = arguments.next().copied().unwrap_or_default();
                    if !is_day(day) {
                        return Err(format!("`--date {day}` is not a day (2026-08-13)"));
                    }
                    options.date = Some(day.to_owned());
                }
                file if options.file.is_none() && !file.starts_with('-') => options.file = Some(file.into()),
                other => return Err(format!("`openapi` does not take `{other}`")),
            }
        }
        Ok(options)
    }
}

fn is_day(text: &str) -> bool {
    let shape = text.chars().map(|char| if char.is_ascii_digit() { '0' } else { char });
    shape.eq("0000-00-00".chars())
}

/// Makes the table, or compares it with the document.
pub(crate) fn run(workspace: &Workspace, options: Options) -> Result<(), Failure> {
    let document = options.file.unwrap_or_else(|| workspace.root().join(DOCUMENT));
    if !document.is_file() {
        let what = format!("there is no OpenAPI document at {}", document.display());
        return Err(Failure::new(what, "it is not part of the project", GET));
    }
    let file = workspace.root().join(TABLE);
    let old = fs::read_to_string(&file).unwrap_or_default();
    let Some(day) = options.date.or_else(|| day_of(&old)) else {
        let what = "nobody knows of which day the document is";
        return Err(Failure::new(what, format!("{TABLE} names none"), format!("{MAKE} --date 2026-08-13")));
    };
    let new = made(&document, &day)?;
    if options.check {
        compare(&old, &new)?;
        println!("{TABLE} is what {} says", document.display());
        return Ok(());
    }
    fs::write(&file, &new)
        .map_err(|error| Failure::new(format!("cannot write {TABLE}"), error.to_string(), ""))?;
    println!("{TABLE}: {} bytes, document of {day}", new.len());
    Ok(())
}

/// Compares the table with the document, where there is one.
pub(crate) fn check_if_there(workspace: &Workspace) -> Result<(), Failure> {
    if !workspace.root().join(DOCUMENT).is_file() {
        println!("left out: there is no {DOCUMENT}");
        return Ok(());
    }
    run(workspace, Options { check: true, ..Options::default() })
}

/// The table that a document makes.
fn made(document: &Path, day: &str) -> Result<String, Failure> {
    let unread = |why: String| Failure::new(format!("cannot read {}", document.display()), why, "");
    let text = fs::read_to_string(document).map_err(|error| unread(error.to_string()))?;
    let document = yaml::read(&text).map_err(unread)?;
    let table = table::make(&document).map_err(|why| {
        let mend = "teach it to xtask/src/openapi/table.rs and to src/core/request/schema/check.rs";
        Failure::new("the document says what the table has no word for", why, mend)
    })?;
    Ok(table::written(&table, &format!("{COMMENT}{day}")))
}

/// The day that the table names.
fn day_of(table: &str) -> Option<String> {
    let day = table.split_once(COMMENT)?.1.get(..10)?;
    is_day(day).then(|| day.to_owned())
}

fn compare(old: &str, new: &str) -> Result<(), Failure> {
    if old == new {
        return Ok(());
    }
    let mend = format!("read what has changed, then: {MAKE} --date DAY_OF_THE_DOCUMENT");
    Err(Failure::new(format!("{TABLE} is not what the document says"), difference::between(old, new), mend))
}
