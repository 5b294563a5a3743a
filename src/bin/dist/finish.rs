//! Completes what Trunk has staged: the policy, the guide, final names, integrity.

use super::address::Address;
use super::html::{self, Tag};
use super::site::{Fault, Site, hashed_name, integrity};
use super::{css, found, glue, guide, price_list, size, still};
use key_tester::core::guide::{AFTER, BEFORE};
use key_tester::core::policy::policy;
use key_tester::core::time::Date;

/// Where the policy goes, in index.html.
const POLICY: &str = "<!-- policy -->";

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

/// Left in the folder by Trunk, empty.
const LOCK: &str = ".trunk-lock";

/// How the page is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// To be published.
    Release,
    /// For work on it.
    Debug,
    /// For work on it with Trunk's live reload, an inline script: without policy.
    LiveReload,
}

/// Rewrites the folder in place. Afterwards every file that a first visit loads is named after its content and
/// carries its hash in the page, and the policy is the first element of `<head>`. What retires is told as it is `today`.
pub(crate) fn finish(
    site: &Site,
    profile: Profile,
    address: Option<&Address>,
    today: Date,
) -> Result<(), Fault> {
    if site.has(LOCK) {
        site.remove(LOCK)?;
    }
    let page = site.text("index.html")?;
    let tags = html::tags(&page).map_err(Fault::Page)?;
    let mut edits = style(site, &page, &tags)?;
    edits.push(program(site, &tags, profile)?);

    edits.push(fill(&page, POLICY, shield(profile))?);
    edits.push(fill(&page, ERRORS, guide::errors())?);
    edits.push(fill(&page, DATA, guide::structured_data(address.map(Address::as_str), today))?);
    edits.push(fill(&page, PRICES, price_list::prices(today))?);
    for (place, topics) in ANSWERS.into_iter().zip([BEFORE, AFTER]) {
        edits.push(fill(&page, place, guide::topics(&topics, today))?);
    }
    edits.push(fill(&page, STILL, still::tool())?);
    edits.push(fill(&page, FOUND, found::head(address))?);
    found::files(site, address)?;
    site.write("index.html", html::replace(&page, edits).as_bytes())
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

fn shield(profile: Profile) -> String {
    match profile {
        Profile::LiveReload => "<!-- no policy: built for live reload -->".to_owned(),
        Profile::Release | Profile::Debug => {
            html::tag("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy())])
        }
    }
}

/// Joins the style sheets: one request, and gzip does better on one file than on five.
fn style(site: &Site, page: &str, tags: &[Tag]) -> Result<Vec<Edit>, Fault> {
    let links: Vec<&Tag> = tags.iter().filter(|tag| tag.is("link", "rel", "stylesheet")).collect();
    let Some(first) = links.first() else {
        return Err(Fault::Page("no style sheet".to_owned()));
    };
    let mut sheets = Vec::new();
    let mut edits = Vec::new();
    for link in &links {
        if link.get("media").is_some() {
            return Err(Fault::Page(
                "a style sheet with `media`: write @media inside it, the files are joined".to_owned(),
            ));
        }
        let (_, file) = local(link, "href")?;
        sheets.push(site.text(file)?);
        site.remove(file)?;
        let before = page.get(..link.span.start).unwrap_or_default();
        edits.push((before.trim_end().len()..link.span.end, String::new()));
    }
    let (base, _) = local(first, "href")?;
    let sheet = css::join(sheets.iter().map(String::as_str));
    let name = hashed_name("style", "css", sheet.as_bytes());
    site.write(&name, sheet.as_bytes())?;
    let href = format!("{base}{name}");
    let link = html::tag(
        "link",
        &[("rel", "stylesheet"), ("href", &href), ("integrity", &integrity(sheet.as_bytes()))],
    );
    edits.splice(..1, [(first.span.clone(), link)]);
    Ok(edits)
}

/// Gives the program, its glue code and the boot script their final names, and writes the tags that load them.
fn program(site: &Site, tags: &[Tag], profile: Profile) -> Result<Edit, Fault> {
    let scripts: Vec<&Tag> =
        tags.iter().filter(|tag| tag.name == "script" && tag.get("data-wasm").is_some()).collect();
    let [script] = scripts.as_slice() else {
        return Err(Fault::Page(
            "exactly one script has to carry data-wasm; see pattern_script in Trunk.toml".to_owned(),
        ));
    };
    let (base, boot_file) = local(script, "src")?;
    let (_, glue_file) = local(script, "data-js")?;
    let (_, wasm_file) = local(script, "data-wasm")?;

    // Trunk names the program before wasm-opt has run, so other flags would keep the name and meet stale caches.
    let wasm = site.read(wasm_file)?;
    let wasm_name = hashed_name("tester", "wasm", &wasm);
    let glue = glue::lean(&site.text(glue_file)?).replace(wasm_file, &wasm_name);
    let glue_name = hashed_name("tester", "js", glue.as_bytes());
    let boot = glue::lean(&site.text(boot_file)?);
    let boot_name = hashed_name("boot", "js", boot.as_bytes());
    for file in [wasm_file, glue_file, boot_file] {
        site.remove(file)?;
    }
    site.write(&wasm_name, &wasm)?;
    site.write(&glue_name, glue.as_bytes())?;
    site.write(&boot_name, boot.as_bytes())?;

    // What the visitor waits for. A development server does not compress.
    let download = if profile == Profile::Release { size::gzip(&wasm) } else { wasm.len() };
    let glue_integrity = integrity(glue.as_bytes());
    let glue_href = format!("{base}{glue_name}");
    let wasm_href = format!("{base}{wasm_name}");
    let script_tag = html::tag(
        "script",
        &[
            ("type", "module"),
            ("src", &format!("{base}{boot_name}")),
            ("integrity", &integrity(boot.as_bytes())),
            ("data-js", &glue_href),
            ("data-js-integrity", &glue_integrity),
            ("data-wasm", &wasm_href),
            ("data-wasm-integrity", &integrity(&wasm)),
            ("data-kilobytes", &download.div_ceil(1000).to_string()),
        ],
    );
    // No preload: the program would compete for the line with what can be read without it. boot.js asks for it after the
    // first frame. The closing tag is in the page already.
    Ok((script.span.clone(), script_tag))
}

/// The address in this attribute, cut into what leads to the folder and the file's name there.
fn local<'a>(tag: &'a Tag, attribute: &str) -> Result<(&'a str, &'a str), Fault> {
    let address = tag.get(attribute).unwrap_or_default();
    let cut = address.rfind('/').map_or(0, |slash| slash + 1);
    match address.split_at_checked(cut) {
        Some((base, file)) if !file.is_empty() && !address.contains("//") => Ok((base, file)),
        _ => Err(Fault::Page(format!("<{}> has no usable {attribute}: {address:?}", tag.name))),
    }
}
