//! An explanation: what it means, what to do, who can, how sure, and why. The verdict's card and the error doctor draw
//! it alike.

use crate::core::explain::{Explanation, Step, Suspect, Verdict};
use crate::ui::element::El;
use crate::ui::glyph::glyph;
use crate::ui::html::{a, code, dd, details, div, dl, dt, h2, h3, li, ol, p, section, strong, summary, ul};
use crate::ui::link_out;

/// Sign and headline. `id` is the heading's, for the focus.
pub(super) fn title(explanation: &Explanation, verdict: Verdict, id: &'static str) -> El {
    let head = h2().class("verdict-head").id(id).tabindex("-1");
    div().class("verdict-title").child((glyph(verdict), marked(head, &explanation.headline)))
}

/// Adds words to an element; what stands between backticks is code.
fn marked(element: El, words: &str) -> El {
    words.split('`').enumerate().fold(element, |element, (place, piece)| match place % 2 {
        0 => element.child(piece.to_owned()),
        _ => element.child(code().child(piece.to_owned())),
    })
}

/// The frame around a card; `heading` is the id of its title.
pub(super) fn frame(
    explanation: &Explanation,
    verdict: Verdict,
    id: &'static str,
    heading: &'static str,
    body: El,
) -> El {
    section()
        .class("verdict")
        .id(id)
        .aria_labelledby(heading)
        .data_verdict(verdict.name())
        .data_cause(explanation.entry().name)
        .child((div().class("verdict-side").aria_hidden(true), body))
}

/// What it means, and what to do about it.
pub(super) fn advice(explanation: &Explanation) -> El {
    div().class("advice").child((
        p().class("verdict-meaning").child(explanation.meaning),
        explanation.notes.iter().map(|note| p().class("verdict-note").child(note.clone())),
        explanation.leads_with_suspects().then(|| suspects(&explanation.suspects)).flatten(),
        next_steps(explanation),
    ))
}

/// Who can fix it, whether waiting helps, how sure all this is. Of a success there is nothing to say.
pub(super) fn facts(explanation: &Explanation) -> Option<El> {
    let entry = explanation.entry();
    let fact =
        |name: &'static str, words: String| div().class("fact").child((dt().child(name), dd().child(words)));
    (!entry.fixers.is_empty()).then(|| {
        dl().class("facts").child((
            fact("Who can fix it", entry.who()),
            fact("Does waiting help?", explanation.waiting.clone()),
            fact("How sure this is", explanation.certainty.label().to_owned()),
        ))
    })
}

/// All of it in little room, for a cell of a table or a line of a list.
pub(super) fn brief(explanation: &Explanation) -> El {
    let entry = explanation.entry();
    div().class("brief").data_cause(entry.name).child((
        marked(p().class("brief-head"), &explanation.headline),
        p().child(explanation.meaning),
        explanation.notes.iter().map(|note| p().child(note.clone())),
        next_steps(explanation),
        ul().class("evidence").child(explanation.evidence.iter().map(|line| li().child(line.clone()))),
    ))
}

/// The evidence, folded; with what else it could be, where that is not said above.
pub(super) fn why(explanation: &Explanation) -> El {
    let evidence = explanation.evidence.iter().map(|line| li().child(line.clone()));
    let more = !explanation.leads_with_suspects();
    details().class("fold why").child((
        summary().child("Why we think so"),
        ul().class("evidence").child(evidence),
        more.then(|| suspects(&explanation.suspects)).flatten(),
    ))
}

/// Where the guide says more.
pub(super) fn guide(explanation: &Explanation) -> Option<El> {
    let section = explanation.cause.section()?;
    let link = a().class("link").href(format!("#{}", section.id));
    Some(link.child(format!("More in the guide: {}", section.heading)))
}

/// What else it may be, the likeliest first.
fn suspects(suspects: &[Suspect]) -> Option<El> {
    let suspect = |suspect: &Suspect| {
        li().child((strong().class("likelihood").child(suspect.likelihood.label()), " ", suspect.words))
    };
    (!suspects.is_empty()).then(|| {
        div().class("suspects").child((
            h3().class("next-head").child("What it may be"),
            ul().class("suspect-list").child(suspects.iter().map(suspect)),
        ))
    })
}

/// What to do, step by step.
fn next_steps(explanation: &Explanation) -> Option<El> {
    let step = |step: &Step| {
        let item = li().child(step.words());
        match step.link() {
            Some(link) => item.child((" ", link_out(link.address).child(link.label))),
            None => item,
        }
    };
    let first = explanation.first_step.as_deref().map(|words| marked(li(), words));
    (first.is_some() || !explanation.next.is_empty()).then(|| {
        div().class("next").child((
            h3().class("next-head").child("What to do"),
            ol().class("next-steps").child((first, explanation.next.iter().map(step))),
        ))
    })
}
