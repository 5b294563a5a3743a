//! Reads the finished folder as a stranger would and names every rule it breaks.

use key_tester::core::export;
use key_tester::core::guide;
use key_tester::core::policy::policy;

use super::html::{self, Tag};
use super::loader;
use super::not_found;
use super::page_policy::{scripts, sinks};
use super::page_rules::{head_rules, markup_rules};
use super::single;
use super::site::{Fault, Site, integrity};
use super::size::{Kind, Tier, Weights};
use super::sums;
use super::wasm::{self, Flaw};

/// Kinds of `<link>` that name an address without contacting it.
const MENTIONS: [&str; 6] = ["alternate", "author", "canonical", "help", "license", "me"];

/// Every rule that the page breaks, in words.
pub(crate) fn broken_rules(site: &Site) -> Result<Vec<String>, Fault> {
    let page = site.text("index.html")?;
    let tags = html::tags(&page).map_err(Fault::Page)?;
    let mut rules = policy_rules(&tags);
    for tag in &tags {
        inline_rules(tag, &mut rules);
        address_rules(tag, site, &mut rules);
        integrity_rules(tag, site, &mut rules);
    }
    let parts = parts(&tags, site);
    for (part, files) in &parts {
        for (file, hash) in files {
            if site.read(file).map(|bytes| integrity(&bytes)).ok().as_ref() != Some(hash) {
                rules.push(format!("{file} of the part {part} is not there or does not match its hash"));
            }
        }
    }
    let in_parts = |file: &String| parts.values().flatten().any(|(name, _)| name == file);
    for file in site.files()? {
        // A file name holds its hash, so a mention is a reference.
        let code = [".js", ".css", ".wasm"].iter().any(|extension| file.ends_with(extension));
        let mentioned = page.contains(&file) || in_parts(&file);
        if kind(&file) == Kind::Js {
            let script = site.text(&file)?;
            rules.extend(sinks(&script).map(|sink| format!("{file} has {sink}, which Trusted Types refuse")));
        }
        if (code && !mentioned) || (file.starts_with('.') && file != ".nojekyll") {
            rules.push(format!("{file} is published, but the page does not load it"));
        }
    }
    if site.text(sums::FILE).ok() != Some(sums::list(site)?) {
        rules.push(format!("{} does not list what is published", sums::FILE));
    }
    if site.has(single::FILE) {
        let copy = site.text(single::FILE)?;
        rules.extend(single::broken_rules(&copy));
        if !page.contains(&single::offered(copy.as_bytes())) {
            rules.push(format!("the page does not offer {} with its hash", single::FILE));
        }
    }
    if site.has("404.html") {
        rules.extend(not_found::broken_rules(&site.text("404.html")?));
    } else {
        rules.push("no 404.html for unknown addresses".to_owned());
    }
    Ok(rules)
}

/// The parts of the program that the page's glue loads later; none when there is no glue to read.
fn parts(tags: &[Tag], site: &Site) -> loader::Parts {
    let glue = named(tags, "data-js").and_then(|file| site.text(file).ok());
    glue.map(|glue| loader::parts(&glue)).unwrap_or_default()
}

/// The file that a tag names in this attribute.
fn named<'a>(tags: &'a [Tag], attribute: &'a str) -> Option<&'a str> {
    match target(tags.iter().find_map(|tag| tag.get(attribute))?) {
        Target::File(file) => Some(file),
        _ => None,
    }
}

/// What files of the program and its glue carry that they should not. `home` is the builder's home folder.
pub(crate) fn program_flaws(site: &Site, home: Option<&str>) -> Result<Vec<(String, Flaw)>, Fault> {
    let mut flaws = Vec::new();
    for file in site.files()? {
        let module = match kind(&file) {
            Kind::Wasm => site.read(&file)?,
            Kind::Js => {
                let script = site.read(&file)?;
                flaws.extend(wasm::foreign_markers(&script).map(|flaw| (file.clone(), flaw)));
                continue;
            }
            _ => continue,
        };
        let apart = guide::prose().chain(export::telling_lines());
        let found = wasm::flaws(&module, home).into_iter().chain(wasm::carried(&module, apart));
        flaws.extend(found.map(|flaw| (file.clone(), flaw)));
    }
    Ok(flaws)
}

/// What visits download, in the order they do.
pub(crate) fn weights(site: &Site) -> Result<Weights, Fault> {
    let tags = html::tags(&site.text("index.html")?).map_err(Fault::Page)?;
    let parts = parts(&tags, site);
    let loads = |part: &str, file: &str| {
        parts.get(part).is_some_and(|files| files.iter().any(|(name, _)| name == file))
    };
    let on_press = named(&tags, "data-templates");
    let tier = |file: &str, kind| match kind {
        _ if on_press == Some(file) => Tier::Press,
        _ if file == single::FILE => Tier::Kept,
        Kind::Other => Tier::Beside,
        _ if loads("verdict", file) => Tier::Verdict,
        _ if parts.keys().any(|part| loads(part, file)) => Tier::Rest,
        _ => Tier::First,
    };
    let mut weights = Weights::default();
    for file in site.files()? {
        let kind = kind(&file);
        weights.add(tier(&file, kind), kind, &file, &site.read(&file)?);
    }
    weights.sort();
    Ok(weights)
}

fn kind(file: &str) -> Kind {
    match file.rsplit_once('.') {
        _ if file == "index.html" => Kind::Html,
        Some((_, "css")) => Kind::Css,
        Some((_, "js")) => Kind::Js,
        Some((_, "wasm")) => Kind::Wasm,
        _ => Kind::Other,
    }
}

fn policy_rules(tags: &[Tag]) -> Vec<String> {
    let mut rules = Vec::new();
    head_rules(tags, &policy(&scripts(tags)), &mut rules);
    rules
}

/// What the policy would refuse, and what could run or style without a file of ours.
fn inline_rules(tag: &Tag, rules: &mut Vec<String>) {
    let name = &tag.name;
    // Data for search engines, of exactly this type and nothing else on it: no browser runs it.
    let data =
        name == "script" && tag.attributes.len() == 1 && tag.get("type") == Some("application/ld+json");
    if (name == "script" && !data && tag.get("src").is_none_or(str::is_empty)) || name == "style" {
        rules.push(format!("an inline <{name}>"));
    }
    if name == "script" && tag.get("src").is_some() && tag.get("data-wasm").is_none() {
        rules.push("a script besides the one that loads the program".to_owned());
    }
    markup_rules(tag, rules);
}

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target<'a> {
    /// This page.
    Here,
    /// A file of the folder.
    File(&'a str),
    /// From the root of the host, which under a sub-path is somebody else's.
    Root,
    /// Another host, or no host at all (`data:`, `mailto:`).
    Elsewhere,
    /// Code.
    Script,
}

fn target(address: &str) -> Target<'_> {
    let address = address.trim();
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript")) {
        return Target::Script;
    }
    if address.starts_with("//") || scheme.is_some_and(|scheme| !scheme.contains(['/', '#', '?'])) {
        return Target::Elsewhere;
    }
    if address.starts_with('/') {
        return Target::Root;
    }
    let path = address.split(['#', '?']).next().unwrap_or_default();
    match path.strip_prefix("./").unwrap_or(path) {
        "" => Target::Here,
        file => Target::File(file),
    }
}

fn address_rules(tag: &Tag, site: &Site, rules: &mut Vec<String>) {
    let name = tag.name.as_str();
    let rel = tag.get("rel").unwrap_or_default();
    for attribute in &tag.attributes {
        let addresses: Vec<&str> = match attribute.name.as_str() {
            "srcset" => {
                attribute.value.split(',').filter_map(|part| part.split_whitespace().next()).collect()
            }
            "href" | "xlink:href" | "src" | "poster" | "action" | "formaction" | "background" | "ping"
            | "data-js" | "data-wasm" | "data-templates" => vec![attribute.value.as_str()],
            _ => continue,
        };
        let mention = matches!(name, "a" | "area") && attribute.name == "href" || MENTIONS.contains(&rel);
        for address in addresses {
            match target(address) {
                Target::Here => {}
                Target::File(file) if site.has(file) && !file.contains("..") => {}
                Target::File(_) => rules.push(format!("<{name}> refers to {address}, which is not there")),
                Target::Root => rules.push(format!("<{name}> refers to {address}: wrong under a sub-path")),
                Target::Elsewhere if mention => {}
                Target::Elsewhere => rules.push(format!("<{name}> loads from elsewhere: {address}")),
                Target::Script => rules.push(format!("<{name}> runs code from an address")),
            }
        }
    }
}

fn integrity_rules(tag: &Tag, site: &Site, rules: &mut Vec<String>) {
    let mut pairs = Vec::new();
    match tag.name.as_str() {
        "link" if matches!(tag.get("rel"), Some("stylesheet" | "modulepreload")) => {
            pairs.push(("href", "integrity"));
        }
        "script" => {
            pairs.push(("src", "integrity"));
            if tag.get("data-wasm").is_some() {
                pairs.extend([
                    ("data-js", "data-js-integrity"),
                    ("data-wasm", "data-wasm-integrity"),
                    ("data-templates", "data-templates-integrity"),
                ]);
            }
        }
        _ => {}
    }
    for (address, hash) in pairs {
        let Target::File(file) = target(tag.get(address).unwrap_or_default()) else { continue };
        let expected = site.read(file).map(|bytes| integrity(&bytes)).ok();
        if tag.get(hash).map(str::to_owned) != expected {
            rules.push(format!("{file} does not match its {hash}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart() {
        for (address, expected) in [
            ("", Target::Here),
            ("#guide", Target::Here),
            ("./#guide", Target::Here),
            ("./a.css?v=1#x", Target::File("a.css")),
            ("a:b/c", Target::Elsewhere),
            ("a/b:c", Target::File("a/b:c")),
            ("/a.css", Target::Root),
            ("//host/a.css", Target::Elsewhere),
            ("HTTPS://host/", Target::Elsewhere),
            ("data:image/png;base64,AA", Target::Elsewhere),
            (" javascript:alert(1)", Target::Script),
        ] {
            assert_eq!(target(address), expected, "{address}");
        }
    }

    #[test]
    fn nothing_inline_passes() {
        for html in [
            "<script>1</script>",
            "<script type=module>1</script>",
            "<script type='application/ld+json' src=''></script>",
            "<script src=''></script>",
            "<script type=module src='./reload.js'></script>",
            "<style></style>",
            "<p style='color:red'>",
            "<p ONCLICK=x>",
            "<iframe srcdoc=x>",
            "<base href='./'>",
            "<meta http-equiv=Refresh content=0>",
        ] {
            let mut rules = Vec::new();
            for tag in &html::tags(html).unwrap() {
                inline_rules(tag, &mut rules);
            }
            assert!(!rules.is_empty(), "{html}");
        }
    }

    #[test]
    fn links_may_lead_away_and_loads_may_not() {
        let site = Site::new("no-such-folder");
        let broken = |html: &str| {
            let mut rules = Vec::new();
            for tag in &html::tags(html).unwrap() {
                address_rules(tag, &site, &mut rules);
            }
            rules.len()
        };
        for html in [
            "<a href='https://mistral.ai/'>",
            "<a href='mailto:a@b'>",
            "<link rel=canonical href='https://x/'>",
        ] {
            assert_eq!(broken(html), 0, "{html}");
        }
        for html in [
            "<link rel=preconnect href='https://x/'>",
            "<img src='https://x/a.png'>",
            "<img srcset='//x/a.png 1x, //x/b.png 2x' src=''>",
            "<image xlink:href='//x'>",
            "<form action='https://x/'>",
            "<a ping='https://x/'>",
            "<a href='javascript:1'>",
            "<a href='/guide'>",
            "<a href='./guide.html'>",
        ] {
            assert!(broken(html) > 0, "{html}");
        }
    }
}
