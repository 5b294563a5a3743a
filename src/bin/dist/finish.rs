//! Writes the page: what its source links to, the policy, the guide, final names, integrity.

use std::fs;
use std::path::Path;

use super::address::Address;
use super::html::{self, Tag};
use super::program::Program;
use super::provenance::Provenance;
use super::site::{Fault, Site, hashed_name, integrity};
use super::{build_facts, css, found, guide, page_policy, price_list, size, still, sums};
use key_tester::core::export::TEMPLATES;
use key_tester::core::guide::{AFTER, BEFORE};

/// Where the policy goes, in index.html.
const POLICY: &str = "<!-- policy -->";

/// Where it goes as text, with its reasons.
const POLICY_TEXT: &str = "<!-- policy text -->";

/// Where it says which build this is.
const BUILD: &str = "<!-- build -->";

/// Where the guide to errors goes.
const ERRORS: &str = "<!-- errors -->";

/// Where the guide's answers go, before the errors and after them.
const ANSWERS: [&str; 2] = ["<!-- answers before -->", "<!-- answers after -->"];

/// Where the prices go.
const PRICES: &str = "<!-- prices -->";

/// Where the data for search engines goes.
const DATA: &str = "<!-- structured-data -->";

/// Where the tags with absolute addresses go.
const FOUND: &str = "<!-- found -->";

/// Where the tool goes as it looks before it runs.
const STILL: &str = "<!-- still -->";

/// Where the version goes.
const VERSION: &str = "<!-- version -->";

/// How the page is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// To be published.
    Release,
    /// For work on it.
    Dev,
}

/// Writes the page of the checkout `root` into the empty folder `site`. Every file that a first visit loads is named after its
/// content and carries its hash in the page, and the policy is the first element of `<head>`. What retires is told as it is
/// on the day of the build.
pub(crate) fn finish(
    root: &Path,
    page: &str,
    program: &Program,
    site: &Site,
    profile: Profile,
    from: &Provenance,
) -> Result<(), Fault> {
    let (address, today) = (from.site.as_ref(), from.today);
    let tags = html::tags(page).map_err(Fault::Page)?;
    let mut edits = linked(root, page, &tags, site)?;
    let start = start(program, site, profile)?;
    let loading = html::tags(&start).map_err(Fault::Page)?;
    let scripts = page_policy::scripts(&loading);
    edits.push(fill(page, POLICY, page_policy::element(&scripts))?);
    edits.push(fill(page, POLICY_TEXT, build_facts::policy_ledger(&scripts))?);
    edits.push(fill(page, BUILD, build_facts::ledgers(from))?);
    edits.push((one(&tags, "rust")?.span.clone(), start));
    edits.push(fill(page, ERRORS, guide::errors())?);
    edits.push(fill(page, DATA, guide::structured_data(address.map(Address::as_str), today))?);
    edits.push(fill(page, PRICES, price_list::prices(today))?);
    for (place, topics) in ANSWERS.into_iter().zip([BEFORE, AFTER]) {
        edits.push(fill(page, place, guide::topics(&topics, today))?);
    }
    edits.push(fill(page, STILL, still::tool())?);
    edits.push(fill(page, FOUND, found::head(address))?);
    edits.push(fill(page, VERSION, env!("CARGO_PKG_VERSION").to_owned())?);
    found::files(site, address)?;
    site.write("index.html", html::replace(page, edits).as_bytes())?;
    sums::write(site)
}

type Edit = (std::ops::Range<usize>, String);

/// Puts `text` in the place that the page keeps for it.
fn fill(page: &str, place: &str, text: String) -> Result<Edit, Fault> {
    let mut places = page.match_indices(place);
    match (places.next(), places.next()) {
        (Some((start, _)), None) => Ok((start..start + place.len(), text)),
        _ => Err(Fault::Page(format!("{place} has to be there exactly once"))),
    }
}

/// The tags of the source that name a file of it, as Trunk reads them too.
fn data<'a>(tags: &'a [Tag], rel: &'a str) -> impl Iterator<Item = &'a Tag> {
    tags.iter().filter(move |tag| tag.get("data-trunk").is_some() && tag.is("link", "rel", rel))
}

/// The only tag of its kind.
fn one<'a>(tags: &'a [Tag], rel: &'a str) -> Result<&'a Tag, Fault> {
    let mut found = data(tags, rel);
    match (found.next(), found.next()) {
        (Some(tag), None) => Ok(tag),
        _ => Err(Fault::Page(format!("exactly one <link data-trunk rel=\"{rel}\"> has to be there"))),
    }
}

/// Copies what the page links to, and writes the tags for it.
fn linked(root: &Path, page: &str, tags: &[Tag], site: &Site) -> Result<Vec<Edit>, Fault> {
    let mut edits = style(root, page, tags, site)?;
    let icon = one(tags, "icon")?;
    let (file, bytes) = source(root, icon)?;
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    let name = hashed_name(stem, extension, &bytes);
    site.write(&name, &bytes)?;
    edits.push((icon.span.clone(), html::tag("link", &[("rel", "icon"), ("href", &format!("./{name}"))])));
    for tag in data(tags, "copy-file") {
        let (file, bytes) = source(root, tag)?;
        site.write(file, &bytes)?;
        edits.push(removal(page, tag));
    }
    Ok(edits)
}

/// Takes the tag away, and the line with it.
fn removal(page: &str, tag: &Tag) -> Edit {
    let before = page.get(..tag.span.start).unwrap_or_default();
    (before.trim_end().len()..tag.span.end, String::new())
}

/// The name of the file that the tag links to, and what is in it.
fn source<'a>(root: &Path, tag: &'a Tag) -> Result<(&'a str, Vec<u8>), Fault> {
    let path = tag.get("href").unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let file = root.join(path);
    let bytes = fs::read(&file).map_err(|error| Fault::Io(file, error))?;
    Ok((name, bytes))
}

/// Joins the style sheets: one request, and gzip does better on one file than on five.
fn style(root: &Path, page: &str, tags: &[Tag], site: &Site) -> Result<Vec<Edit>, Fault> {
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
    let sheet = css::join(sheets.iter().map(String::as_str));
    let name = hashed_name("style", "css", sheet.as_bytes());
    site.write(&name, sheet.as_bytes())?;
    let link = html::tag(
        "link",
        &[("rel", "stylesheet"), ("href", &format!("./{name}")), ("integrity", &integrity(sheet.as_bytes()))],
    );
    edits.splice(..1, [(first.span.clone(), link)]);
    Ok(edits)
}

/// Publishes the program, the script that loads it and what the program asks for later, and writes the tag that names them. Names come
/// from the final bytes, so no cache can mix two versions.
fn start(program: &Program, site: &Site, profile: Profile) -> Result<String, Fault> {
    let boot = include_str!("../../web/boot.js");
    let boot_name = hashed_name("boot", "js", boot.as_bytes());
    site.write(&boot_name, boot.as_bytes())?;
    let templates_name = hashed_name("engines", "txt", TEMPLATES.as_bytes());
    site.write(&templates_name, TEMPLATES.as_bytes())?;
    let published = program.publish(site)?;
    // What the visitor waits for. A development server does not compress.
    let weight = |bytes: &[u8]| if profile == Profile::Release { size::gzip(bytes) } else { bytes.len() };
    let awaited =
        program.parts.get("verdict").into_iter().flatten().filter_map(|file| program.files.get(file));
    let download: usize = [&program.first].into_iter().chain(awaited).map(|file| weight(file)).sum();
    let tag = html::tag(
        "script",
        &[
            ("type", "module"),
            ("src", &format!("./{boot_name}")),
            ("integrity", &integrity(boot.as_bytes())),
            ("data-js", &format!("./{}", published.glue.0)),
            ("data-js-integrity", &published.glue.1),
            ("data-wasm", &format!("./{}", published.first.0)),
            ("data-wasm-integrity", &published.first.1),
            ("data-templates", &format!("./{templates_name}")),
            ("data-templates-integrity", &integrity(TEMPLATES.as_bytes())),
            ("data-kilobytes", &download.div_ceil(1000).to_string()),
        ],
    );
    // No preload: the program would compete for the line with what can be read without it. boot.js asks for it after the
    // first frame.
    Ok(format!("{tag}</script>"))
}
