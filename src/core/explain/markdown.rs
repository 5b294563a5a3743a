//! An explanation as Markdown that can be posted: what servers said stands where nothing in it is a link, a name or a mark.

use crate::core::explain::Explanation;
use std::borrow::Cow;

/// Characters that Markdown takes for marks. The backtick is none of them: what stands between two is code.
const MARKS: [char; 9] = ['\\', '*', '_', '<', '>', '[', ']', '#', '~'];

/// Returns an explanation as Markdown: heading, meaning, suspects, steps, facts and evidence.
pub(super) fn of(explanation: &Explanation) -> String {
    let mut text = ["**", &safe(&explanation.headline), "**\n\n", explanation.meaning, "\n"].concat();
    for note in &explanation.notes {
        text.extend(["\n", &safe(note), "\n"]);
    }
    list(
        &mut text,
        "What it may be",
        explanation.suspects.iter().map(|suspect| [suspect.likelihood.label(), ": ", suspect.words].concat()),
    );
    let first = explanation.first_step.as_deref().map(safe);
    list(
        &mut text,
        "What to do",
        first.into_iter().chain(explanation.next.iter().map(|step| {
            let link = step.link().map(|link| [" ", link.address].concat());
            [step.words(), &link.unwrap_or_default()].concat()
        })),
    );
    let who = explanation.entry().who();
    if !who.is_empty() {
        let sure = explanation.certainty.label();
        text.extend([
            "\nWho can fix it: ",
            &who,
            ". ",
            &explanation.waiting,
            " How sure this is: ",
            sure,
            ".\n",
        ]);
    }
    let evidence = explanation.evidence.join("\n");
    let fence = fence(&evidence);
    text.extend(["\nWhy:\n\n", &fence, "text\n", &evidence, "\n", &fence, "\n"]);
    text
}

/// Adds a list with its heading, if it has items.
fn list(text: &mut String, heading: &str, items: impl Iterator<Item = String>) {
    let mut items = items.peekable();
    if items.peek().is_some() {
        text.extend(["\n", heading, ":\n\n"]);
    }
    items.for_each(|item| text.extend(["- ", &item, "\n"]));
}

/// Words without marks of Markdown and without names that a site would tell somebody of; what is code stays as it is.
pub(in crate::core) fn safe(words: &str) -> String {
    let pieces = words
        .split('`')
        .enumerate()
        .map(|(place, piece)| if place % 2 == 1 { Cow::Borrowed(piece) } else { Cow::Owned(escaped(piece)) });
    pieces.collect::<Vec<_>>().join("`")
}

fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '@' => escaped.push_str("(at)"),
            c if MARKS.contains(&c) => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A fence that is longer than any run of backticks in the text.
pub(in crate::core) fn fence(text: &str) -> String {
    let (mut longest, mut run) = (2, 0);
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    "`".repeat(longest + 1)
}

#[cfg(test)]
mod tests {
    use super::{Explanation, fence, safe};
    use crate::core::explain::{Circumstances, Symptoms, look_up};

    #[test]
    fn everything_that_the_page_shows_is_in_it_and_no_mark_of_others() {
        let body = br#"{"detail":[{"type":"less_than_equal","loc":["body","temperature"],"msg":"@all ![a](b) `x` <i>"}]}"#;
        let symptoms = Symptoms::new(Some(422), Vec::new(), Some(body));
        let finding = look_up(&symptoms).expect("a finding");
        let evidence = vec!["Its words: “````@all”".to_owned()];
        let told = Explanation::of_finding(finding, evidence, &symptoms, &Circumstances::default());
        let text = told.markdown();
        assert!(
            text.starts_with("**Mistral cannot use the value of `temperature`.**\n\nA field is missing"),
            "{text}"
        );
        assert!(
            text.contains("\n- Change `temperature`. Mistral says: “(at)all !\\[a\\](b) `x` \\<i\\>”."),
            "{text}"
        );
        assert!(
            text.contains("What it may be:\n\n- Likely: ") && text.contains("Who can fix it: you."),
            "{text}"
        );
        assert!(
            text.contains("\n`````text\nIts words: “````@all”\n") && text.ends_with("\n`````\n"),
            "{text}"
        );
    }

    #[test]
    fn code_stays_as_it_is_and_no_run_of_backticks_ends_a_fence() {
        assert_eq!(safe("a_b `c_d` *e*"), "a\\_b `c_d` \\*e\\*");
        assert_eq!([fence(""), fence("a`b"), fence("```")], ["```", "```", "````"]);
    }
}
