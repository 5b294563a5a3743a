//! Writes the page: what its source links to, the policy, the guide, final names, integrity.

use std::path::Path;

use super::address::Address;
use super::html::{self, Tag};
use super::page_source::{
    BOOT, BUILD, COPY, DATA, Edit, FOUND, POLICY, POLICY_TEXT, data, fill, one, removal, said, sheet, source,
};
use super::program::Program;
use super::provenance::Provenance;
use super::site::{Fault, Site, hashed_name, integrity};
use super::{build_facts, found, guide, page_policy, single, size, sums, variants};
use key_tester::core::export::TEMPLATES;
use key_tester::core::policy::{Packaging, directives, policy};

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
    // The program of a page in development is too big for it.
    let copy = match profile {
        Profile::Release => single::page(root, page, program, from)?,
        Profile::Dev => String::new(),
    };
    let page = &variants::of(page, Packaging::Site)?;
    let tags = html::tags(page).map_err(Fault::Page)?;
    let mut edits = linked(root, page, &tags, site)?;
    let start = start(program, site, profile)?;
    let loading = html::tags(&start).map_err(Fault::Page)?;
    let scripts = page_policy::scripts(&loading);
    edits.push(fill(page, POLICY, page_policy::element(&policy(&scripts)))?);
    edits.push(fill(page, POLICY_TEXT, build_facts::policy_ledger(directives(&scripts)))?);
    edits.push(fill(page, BUILD, build_facts::ledgers(from))?);
    edits.push((one(&tags, "rust")?.span.clone(), start));
    if copy.is_empty() {
        edits.push(fill(page, COPY, String::new())?);
    } else {
        site.write(single::FILE, copy.as_bytes())?;
        edits.push(fill(page, COPY, single::offered(copy.as_bytes()))?);
    }
    edits.push(fill(page, DATA, guide::structured_data(address.map(Address::as_str), today))?);
    edits.push(fill(page, FOUND, found::head(address))?);
    edits.extend(said(page, today)?);
    found::files(site, address)?;
    site.write("index.html", html::replace(page, edits).as_bytes())?;
    sums::write(site)
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

/// Publishes the style sheet, and writes the tag for it.
fn style(root: &Path, page: &str, tags: &[Tag], site: &Site) -> Result<Vec<Edit>, Fault> {
    let (sheet, mut edits) = sheet(root, page, tags)?;
    let name = hashed_name("style", "css", sheet.as_bytes());
    site.write(&name, sheet.as_bytes())?;
    let link = html::tag(
        "link",
        &[("rel", "stylesheet"), ("href", &format!("./{name}")), ("integrity", &integrity(sheet.as_bytes()))],
    );
    if let Some(first) = edits.first_mut() {
        first.1 = link;
    }
    Ok(edits)
}

/// Publishes the program, the script that loads it and what the program asks for later, and writes the tag that names them. Names come
/// from the final bytes, so no cache can mix two versions.
fn start(program: &Program, site: &Site, profile: Profile) -> Result<String, Fault> {
    let boot_name = hashed_name("boot", "js", BOOT.as_bytes());
    site.write(&boot_name, BOOT.as_bytes())?;
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
            ("integrity", &integrity(BOOT.as_bytes())),
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
