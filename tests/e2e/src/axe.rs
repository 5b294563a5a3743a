//! axe-core, which finds what people with assistive technology would stumble over.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::browser::tool;
use crate::page::Page;

/// Where `cargo xtask test` puts it.
const USUAL: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/tools/npm/axe-core/node_modules/axe-core/axe.min.js");

/// Every rule is run, those of best practice too, or the ones that are named. Colours are only worth judging once nothing fades any more.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const fading = document.getAnimations().filter(it => it.effect?.getTiming().iterations !== Infinity);
    Promise.allSettled(fading.map(it => it.finished))
        .then(() => axe.run(document, { resultTypes: ['violations'], ...(RULES && { runOnly: RULES }) }))
        .then(found => done({ passes: found.passes.length, violations: found.violations.map(it => ({
            id: it.id, help: it.help,
            nodes: it.nodes.map(node => node.target.join(' ') + ' — ' + node.failureSummary),
        })) }), error => done({ error: String(error) }));";

/// Those that judge colours.
const OF_COLOURS: [&str; 2] = ["color-contrast", "link-in-text-block"];

/// Which rules are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Every one.
    All,
    /// Those that judge colours, for a page that has been judged in others.
    OfColours,
}

/// A copy of it.
#[derive(Clone, Debug)]
pub struct Axe(String);

impl Axe {
    /// Reads it from the file that `E2E_AXE` names.
    ///
    /// # Errors
    ///
    /// When it is not there.
    pub fn load() -> Result<Self> {
        let place: PathBuf = tool("axe-core", "E2E_AXE", USUAL)?;
        let source =
            std::fs::read_to_string(&place).with_context(|| format!("reading {}", place.display()))?;
        Ok(Self(format!("{source}\n{RUN}")))
    }

    /// Everything that is wrong with the page as it is now: a line for each rule that is violated, with the places
    /// under it; empty if nothing is. The driver runs it, whom the page's policy does not bind.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub async fn violations(&self, page: &Page, rules: Rules) -> Result<String> {
        let (named, least) = match rules {
            Rules::All => (Value::Null, 10),
            Rules::OfColours => (json!(OF_COLOURS), 1),
        };
        let found = page.run(&format!("const RULES = {named};\n{}", self.0)).await.context("running axe")?;
        ensure!(
            found["passes"].as_u64().is_some_and(|passes| passes >= least),
            "axe looked at nothing: {found}"
        );
        let mut text = String::new();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        for violation in list(&found["violations"]) {
            let word = |name: &str| violation[name].as_str().unwrap_or_default().to_owned();
            let _ = writeln!(text, "{}: {}", word("id"), word("help"));
            for node in list(&violation["nodes"]) {
                let _ = writeln!(text, "    {}", node.as_str().unwrap_or_default().replace('\n', " "));
            }
        }
        Ok(text)
    }
}
