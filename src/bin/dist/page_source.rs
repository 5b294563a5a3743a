//! The source of the page: the places that it keeps for what a build knows, and what it links to.

use std::fs;
use std::path::Path;

use super::html::Tag;
use super::site::Fault;
use super::{css, guide, price_list, still};
use key_tester::core::guide::{AFTER, BEFORE};
use key_tester::core::time::Date;

/// Where the policy goes, in index.html.
pub(crate) const POLICY: &str = "<!-- policy -->";

/// Where it goes as text, with its reasons.
pub(crate) const POLICY_TEXT: &str = "<!-- policy text -->";

/// Where it says which build this is.
pub(crate) const BUILD: &str = "<!-- build -->";

/// Where it tells of the page in one file.
pub(crate) const COPY: &str = "<!-- copy -->";

/// The script that loads the program.
pub(crate) const BOOT: &str = include_str!("../../web/boot.js");

/// Where the guide to errors goes.
const ERRORS: &str = "<!-- errors -->";

/// Where the guide's answers go, before the errors and after them.
const ANSWERS: [&str; 2] = ["<!-- answers before -->", "<!-- answers after -->"];

/// Where the prices go.
const PRICES: &str = "<!-- prices -->";

/// Where the data for search engines goes.
pub(crate) const DATA: &str = "<!-- structured-data -->";

/// Where the tags with absolute addresses go.
pub(crate) const FOUND: &str = "<!-- found -->";

/// Where the tool goes as it looks before it runs.
const STILL: &str = "<!-- still -->";

/// Where the version goes.
const VERSION: &str = "<!-- version -->";

/// A stretch of the page and what takes its place.
pub(crate) type Edit = (std::ops::Range<usize>, String);

/// What the page says however it is handed out: the guide, the prices, the tool's first state, the version.
pub(crate) fn said(page: &str, today: Date) -> Result<Vec<Edit>, Fault> {
    let mut edits = vec![
        fill(page, ERRORS, guide::errors())?,
        fill(page, PRICES, price_list::prices(today))?,
        fill(page, STILL, still::tool())?,
        fill(page, VERSION, env!("CARGO_PKG_VERSION").to_owned())?,
    ];
    for (place, topics) in ANSWERS.into_iter().zip([BEFORE, AFTER]) {
        edits.push(fill(page, place, guide::topics(&topics, today))?);
    }
    Ok(edits)
}

/// Puts `text` in the place that the page keeps for it.
pub(crate) fn fill(page: &str, place: &str, text: String) -> Result<Edit, Fault> {
    let mut places = page.match_indices(place);
    match (places.next(), places.next()) {
        (Some((start, _)), None) => Ok((start..start + place.len(), text)),
        _ => Err(Fault::Page(format!("{place} has to be there exactly once"))),
    }
}

/// The tags of the source that name a file of it, as Trunk reads them too.
pub(crate) fn data<'a>(tags: &'a [Tag], rel: &'a str) -> impl Iterator<Item = &'a Tag> {
    tags.iter().filter(move |tag| tag.get("data-trunk").is_some() && tag.is("link", "rel", rel))
}

/// The only tag of its kind.
pub(crate) fn one<'a>(tags: &'a [Tag], rel: &'a str) -> Result<&'a Tag, Fault> {
    let mut found = data(tags, rel);
    match (found.next(), found.next()) {
        (Some(tag), None) => Ok(tag),
        _ => Err(Fault::Page(format!("exactly one <link data-trunk rel=\"{rel}\"> has to be there"))),
    }
}

/// Takes the tag away, and the line with it.
pub(crate) fn removal(page: &str, tag: &Tag) -> Edit {
    let before = page.get(..tag.span.start).unwrap_or_default();
    (before.trim_end().len()..tag.span.end, String::new())
}

/// The name of the file that the tag links to, and what is in it.
pub(crate) fn source<'a>(root: &Path, tag: &'a Tag) -> Result<(&'a str, Vec<u8>), Fault> {
    let path = tag.get("href").unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let file = root.join(path);
    let bytes = fs::read(&file).map_err(|error| Fault::Io(file, error))?;
    Ok((name, bytes))
}

/// Joins the style sheets: one request, and gzip does better on one file than on five. Of the tags the first leaves an empty place.
pub(crate) fn sheet(root: &Path, page: &str, tags: &[Tag]) -> Result<(String, Vec<Edit>), Fault> {
    let (mut sheets, mut edits) = (Vec::new(), Vec::new());
    for tag in data(tags, "css") {
        if tag.get("media").is_some() {
            return Err(Fault::Page(
                "a style sheet with `media`: write @media inside it, the files are joined".to_owned(),
            ));
        }
        sheets.push(String::from_utf8_lossy(&source(root, tag)?.1).into_owned());
        edits.push(removal(page, tag));
    }
    let Some(first) = data(tags, "css").next() else {
        return Err(Fault::Page("no style sheet".to_owned()));
    };
    edits.splice(..1, [(first.span.clone(), String::new())]);
    Ok((css::join(sheets.iter().map(String::as_str)), edits))
}
