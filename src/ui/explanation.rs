//! An explanation: what it means, what to do, who can, how sure, and why. The verdict's card and the error doctor draw
//! it alike.

use crate::core::explain::{Entry, Explanation, Step, Suspect};
use crate::ui::element::{El, el};
use crate::ui::glyph::glyph;
use crate::ui::link_out;

/// Sign and headline. `id` is the heading's, for the focus.
pub(super) fn title(explanation: &Explanation, id: &'static str) -> El {
    let head = el("H2").class("verdict-head").id(id).attr("tabindex", "-1");
    el("DIV")
        .class("verdict-title")
        .child(glyph(explanation.entry().verdict))
        .el(marked(head, &explanation.headline))
}

/// Adds words to an element; what stands between backticks is code.
fn marked(element: El, words: &str) -> El {
    words.split('`').enumerate().fold(element, |element, (place, piece)| match place % 2 {
        0 => element.text(piece.to_owned()),
        _ => element.el(el("CODE").text(piece.to_owned())),
    })
}

/// The frame around a card; `heading` is the id of its title.
pub(super) fn frame(entry: &'static Entry, id: &'static str, heading: &'static str, body: El) -> El {
    el("SECTION")
        .class("verdict")
        .id(id)
        .attr("aria-labelledby", heading)
        .attr("data-verdict", entry.verdict.name())
        .attr("data-cause", entry.name)
        .el(el("DIV").class("verdict-side").attr("aria-hidden", "true"))
        .el(body)
}

/// What it means, and what to do about it.
pub(super) fn advice(explanation: &Explanation) -> El {
    el("DIV")
        .class("advice")
        .el(el("P").class("verdict-meaning").text(explanation.meaning))
        .els(explanation.notes.iter().map(|note| el("P").class("verdict-note").text(note.clone())))
        .maybe(explanation.leads_with_suspects().then(|| suspects(&explanation.suspects)).flatten())
        .maybe(next_steps(explanation))
}

/// Who can fix it, whether waiting helps, how sure all this is. Of a success there is nothing to say.
pub(super) fn facts(explanation: &Explanation) -> Option<El> {
    let entry = explanation.entry();
    let fact = |name: &'static str, words: String| {
        el("DIV").class("fact").el(el("DT").text(name)).el(el("DD").text(words))
    };
    (!entry.fixers.is_empty()).then(|| {
        el("DL")
            .class("facts")
            .el(fact("Who can fix it", entry.who()))
            .el(fact("Does waiting help?", explanation.waiting.clone()))
            .el(fact("How sure this is", explanation.certainty.label().to_owned()))
    })
}

/// All of it in little room, for a cell of a table or a line of a list.
pub(super) fn brief(explanation: &Explanation) -> El {
    let entry = explanation.entry();
    el("DIV")
        .class("brief")
        .attr("data-cause", entry.name)
        .el(marked(el("P").class("brief-head"), &explanation.headline))
        .el(el("P").text(explanation.meaning))
        .els(explanation.notes.iter().map(|note| el("P").text(note.clone())))
        .maybe(next_steps(explanation))
        .el(el("UL")
            .class("evidence")
            .els(explanation.evidence.iter().map(|line| el("LI").text(line.clone()))))
}

/// The evidence, folded; with what else it could be, where that is not said above.
pub(super) fn why(explanation: &Explanation) -> El {
    let evidence = explanation.evidence.iter().map(|line| el("LI").text(line.clone()));
    let more = !explanation.leads_with_suspects();
    el("DETAILS")
        .class("fold why")
        .el(el("SUMMARY").text("Why we think so"))
        .el(el("UL").class("evidence").els(evidence))
        .maybe(more.then(|| suspects(&explanation.suspects)).flatten())
}

/// Where the guide says more.
pub(super) fn guide(explanation: &Explanation) -> Option<El> {
    let section = explanation.cause.section()?;
    let link = el("A").class("link").attr("href", format!("#{}", section.id));
    Some(link.text(format!("More in the guide: {}", section.heading)))
}

fn suspects(suspects: &[Suspect]) -> Option<El> {
    let suspect = |suspect: &Suspect| {
        el("LI")
            .el(el("STRONG").class("likelihood").text(suspect.likelihood.label()))
            .text(" ")
            .text(suspect.words)
    };
    (!suspects.is_empty()).then(|| {
        el("DIV")
            .class("suspects")
            .el(el("H3").class("next-head").text("What it may be"))
            .el(el("UL").class("suspect-list").els(suspects.iter().map(suspect)))
    })
}

fn next_steps(explanation: &Explanation) -> Option<El> {
    let step = |step: &Step| {
        let item = el("LI").text(step.words());
        match step.link() {
            Some(link) => item.text(" ").el(link_out(link.address).text(link.label)),
            None => item,
        }
    };
    let first = explanation.first_step.as_deref().map(|words| marked(el("LI"), words));
    (first.is_some() || !explanation.next.is_empty()).then(|| {
        el("DIV")
            .class("next")
            .el(el("H3").class("next-head").text("What to do"))
            .el(el("OL").class("next-steps").maybe(first).els(explanation.next.iter().map(step)))
    })
}
