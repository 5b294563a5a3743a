//! No file needs itself, however far around: the imports of `src` and `xtask` lead one way.
//!
//! A name counts as needed from the file that defines it, whoever hands it on. What a module takes from its own children by
//! a path without `crate` or `super` is no import: they are one thing in several files.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::paths::{self, Mention};
use super::source::{self, Source};

/// Where the rule holds.
const WITHIN: [&str; 2] = ["src/", "xtask/src/"];

/// How many re-exports are followed to the place where a name is defined.
const MOST_HOPS: usize = 8;

/// Which file needs which, with the line that says so.
type Needs<'a> = BTreeMap<&'a str, BTreeMap<&'a str, usize>>;

/// The files of the tree by their modules.
struct Tree<'a> {
    /// A file for the root of its crate and its path there.
    files: BTreeMap<(&'static str, String), &'a str>,
    /// What a file hands on of others.
    handed_on: BTreeMap<&'a str, Vec<Mention>>,
}

impl<'a> Tree<'a> {
    fn of(sources: &[&'a Source]) -> Self {
        let mut tree = Self { files: BTreeMap::new(), handed_on: BTreeMap::new() };
        for source in sources {
            let (root, module) = paths::module_of(&source.path);
            let place = (root, module.join("::"));
            // `lib.rs` and `main.rs` are both the root; what is named there is the library's.
            if source.name() != "main.rs" || !tree.files.contains_key(&place) {
                tree.files.insert(place, &source.path);
            }
            tree.handed_on.insert(&source.path, paths::handed_on(source));
        }
        tree
    }

    /// The file in which the thing is defined that a path names; nothing if it is none of ours.
    fn file(&self, root: &'static str, path: &str, hops: usize) -> Option<&'a str> {
        if root.is_empty() {
            return None;
        }
        let segments: Vec<&str> =
            path.split("::").filter(|part| !matches!(*part, "self" | "*" | "")).collect();
        let (known, file) = (0..=segments.len()).rev().find_map(|known| {
            let file = self.files.get(&(root, segments[..known].join("::")))?;
            Some((known, *file))
        })?;
        let Some((name, rest)) = segments[known..].split_first() else { return Some(file) };
        let handed_on = self.handed_on.get(file).into_iter().flatten();
        let further = handed_on.filter(|mention| mention.name == *name).find_map(|mention| {
            let path = [&mention.path, rest.join("::").as_str()].join("::");
            (hops > 0).then(|| self.file(mention.root, &path, hops - 1))?
        });
        further.or(Some(file))
    }
}

/// Every circle that is not excepted: one finding each, at the import that closes it.
pub(crate) fn check(sources: &[Source]) -> Vec<Finding> {
    let is_ours = |source: &&Source| {
        source::extension(&source.path) == "rs" && WITHIN.iter().any(|folder| source.path.starts_with(folder))
    };
    let sources: Vec<&Source> = sources.iter().filter(is_ours).collect();
    let tree = Tree::of(&sources);
    let mut needs = Needs::new();
    for source in &sources {
        for mention in paths::mentions(source).iter().filter(|mention| !mention.passed_on) {
            let file = tree.file(mention.root, &mention.path, MOST_HOPS);
            if let Some(file) = file.filter(|file| *file != source.path) {
                needs.entry(&source.path).or_default().entry(file).or_insert(mention.line);
            }
        }
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        needs.keys().map(|file| (*file, reached_from(&needs, file))).collect();
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for (start, others) in &reached {
        let leads_back = |file: &&&str| reached.get(**file).is_some_and(|back| back.contains(start));
        let round: BTreeSet<&str> = others.iter().filter(leads_back).copied().collect();
        let is_new = round.iter().all(|file| seen.insert(*file));
        if let Some(way) = way_back(&needs, start).filter(|_| is_new) {
            let line = needs[start][way[1]];
            let reason =
                format!("{} files need each other in a circle, such as {}", round.len(), way.join(" → "));
            findings.push(Finding { rule: "no-circles", path: (*start).to_owned(), line, reason });
        }
    }
    findings
}

/// All files that a file needs, directly or through others.
fn reached_from<'a>(needs: &Needs<'a>, start: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start];
    while let Some(file) = open.pop() {
        for target in needs.get(file).into_iter().flat_map(BTreeMap::keys).copied() {
            if reached.insert(target) {
                open.push(target);
            }
        }
    }
    reached
}

/// The shortest way from a file over others back to it, both ends named.
fn way_back<'a>(needs: &Needs<'a>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut next = vec![start];
    while !next.is_empty() {
        let mut later = Vec::new();
        for file in next {
            for target in needs.get(file).into_iter().flat_map(BTreeMap::keys).copied() {
                if target == start {
                    let mut way = vec![start, file];
                    while let Some(before) = came_from.get(way[way.len() - 1]) {
                        way.push(before);
                    }
                    way.reverse();
                    return Some(way.into_iter().skip_while(|file| *file != start).collect());
                }
                if !came_from.contains_key(target) {
                    came_from.insert(target, file);
                    later.push(target);
                }
            }
        }
        next = later;
    }
    None
}
