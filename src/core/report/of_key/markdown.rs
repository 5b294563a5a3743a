//! The report of a key as Markdown that is safe to post: what others said stands in code and in a fence alone, where nothing in it is
//! a link, a name that a site would tell somebody of, or a mark.

use crate::core::explain::{fence, safe};

use super::{Detail, KeyReport};

/// Sentences of evidence that a summary has.
const MOST_EVIDENCE: usize = 8;

/// Characters of each.
const MOST_OF_EVIDENCE: usize = 300;

impl KeyReport {
    /// Returns a summary of some twenty lines.
    pub fn markdown(&self) -> String {
        let entry = self.cause.entry();
        let simulated = if self.simulated { "Simulated: " } else { "" };
        let names = [self.verdict.name(), entry.name];
        let mut text = format!(
            "**{simulated}{}** (verdict `{}`, cause `{}`)\n\n",
            safe(self.headline()),
            names[0],
            names[1]
        );
        text.extend([entry.meaning, "\n\n"]);
        for line in self.told(Detail::Brief) {
            let quoted: Vec<String> = line.quoted.iter().map(|quoted| code(quoted)).collect();
            let quoted = quoted.join(", ");
            let gap = if quoted.is_empty() || line.words.is_empty() { "" } else { " " };
            text.extend(["- ", line.label, ": ", &quoted, gap, &line.words, "\n"]);
        }
        let evidence: Vec<String> =
            self.evidence.iter().take(MOST_EVIDENCE).map(|line| super::cut(line, MOST_OF_EVIDENCE)).collect();
        if !evidence.is_empty() {
            let evidence = evidence.join("\n");
            let fence = fence(&evidence);
            text.extend(["\nWhy we think so:\n\n", &fence, "text\n", &evidence, "\n", &fence, "\n"]);
        }
        if let Some(print) = self.key.as_ref().and_then(|key| key.print.as_ref()) {
            let check = format!("printf %s \"{}$MISTRAL_API_KEY\" | sha256sum | cut -c1-8", print.salt);
            text.extend(["\nWhoever holds the key can check the fingerprint: `", &check, "`\n"]);
        }
        text
    }
}

/// Words of others as code on one line. A code span is parsed before anything in it; nothing ends it but a backtick.
fn code(words: &str) -> String {
    format!("`{}`", words.replace('`', "'"))
}
