//! The page in one file, to be kept and opened from a disk: style, program and texts stand in it, and its policy lets it load nothing.

mod ledger;
mod rules;
mod script;

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use key_tester::core::export::TEMPLATES;
use key_tester::core::policy::{Packaging, directives_of_file, policy_of_file};

use super::html::{self, Tag};
use super::page_source::{self, BUILD, COPY, POLICY, POLICY_TEXT, fill};
use super::program::Program;
use super::provenance::Provenance;
use super::site::{Fault, Site, integrity};
use super::{build_facts, guide, page_policy, variants};

pub(crate) use ledger::offered;
pub(crate) use rules::broken_rules;

/// The file.
pub(crate) const FILE: &str = "mistral-key-tester.html";

/// The id of the element that holds the texts for other engines, by which the program knows what it stands in.
const ENGINES: &str = "engines";

/// Where it says whose work is in it.
const NOTICES: &str = "<!-- notices -->";

/// The page of the checkout `root` as one file.
pub(crate) fn page(root: &Path, page: &str, program: &Program, from: &Provenance) -> Result<String, Fault> {
    let page = &variants::of(page, Packaging::SingleFile)?;
    let tags = html::tags(page).map_err(Fault::Page)?;
    let (sheet, mut edits) = page_source::sheet(root, page, &tags)?;
    let script = script::script(program)?;
    for (text, end) in [(sheet.as_str(), "</style"), (&script, "</script"), (TEMPLATES, "</script")] {
        // A comment would take the end of a script with it, and a browser changes lines that end otherwise.
        if [end, "<!--", "\r"].iter().any(|broken| text.contains(broken)) {
            return Err(Fault::Page(format!("what is to stand in {FILE} breaks its element")));
        }
    }
    let (run, styled) = (integrity(script.as_bytes()), integrity(sheet.as_bytes()));
    if let Some(first) = edits.first_mut() {
        first.1 = format!("<style>{sheet}</style>");
    }
    edits.push(icon(root, &tags)?);
    edits.push(page_source::removal(page, page_source::one(&tags, "rust")?));
    edits.push(fill(page, "</body>", body(&script))?);
    edits.push(fill(page, POLICY, page_policy::element(&policy_of_file(&run, &styled)))?);
    let lines = build_facts::policy_ledger(directives_of_file(&run, &styled));
    edits.push(fill(page, POLICY_TEXT, lines)?);
    edits.push(fill(page, BUILD, build_facts::ledgers(from))?);
    edits.push(fill(page, COPY, ledger::held(from))?);
    edits.push(fill(page, NOTICES, guide::text(&program.notices))?);
    edits.extend(page_source::said(page, from.today)?);
    Ok(html::replace(page, edits))
}

/// The end of the document: what can be read is parsed before what runs.
fn body(script: &str) -> String {
    format!(
        "  <script type=\"text/plain\" id=\"{ENGINES}\">{TEMPLATES}</script>\n    \
         <script type=\"module\">{script}</script>\n  </body>"
    )
}

/// The icon, in its own address.
fn icon(root: &Path, tags: &[Tag]) -> Result<page_source::Edit, Fault> {
    let tag = page_source::one(tags, "icon")?;
    let (_, bytes) = page_source::source(root, tag)?;
    let address = format!("data:image/svg+xml;base64,{}", STANDARD.encode(bytes));
    Ok((tag.span.clone(), html::tag("link", &[("rel", "icon"), ("href", &address)])))
}

/// Makes it the only file of a folder.
pub(crate) fn alone(site: &Site) -> Result<Vec<u8>, Fault> {
    let bytes = site.read(FILE)?;
    site.empty()?;
    site.write(FILE, &bytes)?;
    Ok(bytes)
}
