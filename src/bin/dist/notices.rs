//! Whose work is in the program, and under which licences: a text that is published beside the page.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::package::Package;
use super::site::Fault;

/// The file of the text.
pub(crate) const FILE: &str = "third-party-notices.txt";

/// What the page itself is licensed under, as its two files say.
const OWN: [&str; 2] = [include_str!("../../../LICENSE-MIT"), include_str!("../../../LICENSE-APACHE")];

/// What files with the terms of a package are called; capitals and endings differ.
const NAMES: [&str; 5] = ["licen", "unlicense", "copying", "copyright", "notice"];

const RULE: &str = "================================================================================";

/// The text for these packages, in whatever order they come. Each has its terms as its own files give them; a text that several
/// share is printed once.
pub(crate) fn notices(packages: &[Package]) -> Result<String, Fault> {
    let mut packages: Vec<&Package> = packages.iter().collect();
    packages.sort();
    packages.dedup();
    let mut texts = Texts::default();
    let own = OWN.map(|text| texts.number(text, "this project"));
    let mut list = String::new();
    for package in packages {
        list.push_str(&entry(package, &mut texts)?);
    }
    Ok(format!(
        "Mistral key tester {}: licences and third-party notices\n\n\
         This project is licensed under MIT or Apache-2.0, at your option: texts {} and {}.\n\n\
         The program that the page loads is compiled from it and from the Rust packages below. Each stands with its\n\
         licence, its authors and the place of its sources as it names them, and with the numbers of its texts, which\n\
         follow the list. A package that brings no text has the usual one of its licence.\n{list}{}",
        env!("CARGO_PKG_VERSION"),
        own[0],
        own[1],
        texts.print()
    ))
}

/// What stands in the list of a package, whose texts are added to the others.
fn entry(package: &Package, texts: &mut Texts) -> Result<String, Fault> {
    let Package { name, version, licence, authors, repository, folder } = package;
    let title = format!("{name} {version}");
    let own = folder.as_deref().map_or(Ok(Vec::new()), files)?;
    let brings_none = own.is_empty();
    let needed = if brings_none {
        let what = format!("{title} ({licence}) brings no text of its licence, and none is known");
        usual(licence).ok_or_else(|| fault(what))?
    } else {
        own
    };
    let mut numbers: Vec<String> = needed.iter().map(|text| texts.number(text, &title).to_string()).collect();
    numbers.dedup();
    let mut entry = format!("\n{title}\n  licence: {licence}\n");
    for (what, words) in [("authors", authors), ("sources", repository)] {
        if !words.is_empty() {
            let _ = writeln!(entry, "  {what}: {words}");
        }
    }
    let note = if brings_none { " (usual: the package brings none)" } else { "" };
    let _ = writeln!(entry, "  texts:   {}{note}", numbers.join(", "));
    Ok(entry)
}

/// Texts in the order in which they were first needed, each with those who need it.
#[derive(Default)]
struct Texts {
    numbers: BTreeMap<String, usize>,
    all: Vec<(String, Vec<String>)>,
}

impl Texts {
    /// The number of a text, which `title` has from now on.
    fn number(&mut self, text: &str, title: &str) -> usize {
        let text = tidied(text);
        let next = self.all.len() + 1;
        let number = *self.numbers.entry(text.clone()).or_insert(next);
        if number == next {
            self.all.push((text, Vec::new()));
        }
        if let Some((_, users)) = self.all.get_mut(number - 1)
            && !users.iter().any(|user| user == title)
        {
            users.push(title.to_owned());
        }
        number
    }

    fn print(&self) -> String {
        let numbered = self.all.iter().enumerate();
        numbered.fold(String::new(), |mut printed, (index, (text, users))| {
            let _ = write!(printed, "\n{RULE}\nText {}: {}\n{RULE}\n\n{text}\n", index + 1, users.join(", "));
            printed
        })
    }
}

/// Without what tells copies of one text apart though nobody sees it: the ends of lines, and blank lines around.
fn tidied(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The texts in the folder of a package, by the names of their files.
fn files(folder: &Path) -> Result<Vec<String>, Fault> {
    let gone =
        |error| fault(format!("the sources of a package are not there ({error}); `cargo fetch` brings them"));
    let mut names: Vec<_> = fs::read_dir(folder)
        .map_err(gone)?
        .flatten()
        .filter(|entry| entry.path().is_file() && is_terms(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect();
    names.sort();
    let read = |path: &PathBuf| fs::read(path).map_err(gone);
    names.iter().map(|path| Ok(String::from_utf8_lossy(&read(path)?).into_owned())).collect()
}

fn is_terms(name: &str) -> bool {
    let name = name.to_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    NAMES.iter().any(|start| stem.starts_with(start)) && !matches!(ending, "rs" | "html" | "toml")
}

/// The usual texts of all licences in an expression; nothing if one of them is not known here.
fn usual(licence: &str) -> Option<Vec<String>> {
    let names = licence.split(|c: char| c.is_whitespace() || "/()".contains(c));
    let names = names.filter(|name| !matches!(*name, "" | "OR" | "AND" | "WITH"));
    names
        .map(|name| match name {
            // Whose copyright it is stands with the package: its authors.
            "MIT" => Some(
                OWN[0].lines().filter(|line| !line.starts_with("Copyright")).collect::<Vec<_>>().join("\n"),
            ),
            "Apache-2.0" => Some(OWN[1].to_owned()),
            _ => None,
        })
        .collect()
}

fn fault(what: String) -> Fault {
    Fault::Tool("third-party notices".to_owned(), what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    const ZLIB: &str = "zlib License\n\n(C) somebody\n";

    fn package(name: &str, licence: &str, folder: &Scratch) -> Package {
        Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: licence.to_owned(),
            authors: "Somebody".to_owned(),
            repository: "https://a.test/b".to_owned(),
            folder: Some(folder.folder().to_owned()),
        }
    }

    #[test]
    fn a_text_that_several_share_is_printed_once_with_all_who_do() {
        let (one, other) = (Scratch::new().unwrap(), Scratch::new().unwrap());
        one.write("LICENSE-ZLIB.md", ZLIB.as_bytes()).unwrap();
        one.write("license.rs", b"fn f() {}").unwrap();
        other.write("COPYING", ZLIB.replace('\n', " \r\n").as_bytes()).unwrap();
        other.write("NOTICE", b"And this.").unwrap();
        let packages = [package("b", "Zlib", &other), package("a", "Zlib", &one)];
        let text = notices(&packages).unwrap();
        assert_eq!(text.matches("(C) somebody").count(), 1);
        assert!(text.contains("\nText 3: a 1.0.0, b 1.0.0\n"), "{text}");
        assert!(text.contains(
            "\na 1.0.0\n  licence: Zlib\n  authors: Somebody\n  sources: https://a.test/b\n  texts:   3\n"
        ));
        assert!(
            text.contains("\n  texts:   3, 4\n")
                && text.contains("\n\nAnd this.\n")
                && !text.contains("fn f")
        );
        // The same, whatever cargo compiled first, and from wherever.
        let [first, last] = packages;
        assert_eq!(notices(&[last.clone(), first, last]).unwrap(), text);
        assert!(!text.contains(&*one.folder().to_string_lossy()));
    }

    #[test]
    fn a_package_without_a_text_has_the_usual_one_or_stops_the_build() {
        let folder = Scratch::new().unwrap();
        let text = notices(&[package("a", "MIT/Apache-2.0", &folder), package("b", "MIT", &folder)]).unwrap();
        assert!(text.contains("  texts:   3, 2 (usual: the package brings none)\n"), "{text}");
        assert!(
            text.contains("\nText 3: a 1.0.0, b 1.0.0\n")
                && text.contains("\nText 2: this project, a 1.0.0\n")
        );
        assert_eq!(
            text.matches("The Mistral key tester contributors").count(),
            1,
            "in the project's own text alone"
        );
        let fault = notices(&[package("c", "(MIT OR BSL-1.0) AND Zlib", &folder)]).unwrap_err();
        assert!(fault.to_string().contains("c 1.0.0 ((MIT OR BSL-1.0) AND Zlib) brings no text"), "{fault}");
    }

    #[test]
    fn sources_that_are_gone_stop_the_build() {
        let gone = package("a", "MIT", &Scratch::new().unwrap());
        let fault = notices(&[gone]).unwrap_err().to_string();
        assert!(fault.contains("not there") && fault.contains("cargo fetch"), "{fault}");
    }
}
