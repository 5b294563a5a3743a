//! The guide as HTML, from the core's tables; what it says of errors, from those that the tool's own cards are made of.

use key_tester::core::explain::{Cause, Link, Step, Suspect};
use key_tester::core::guide::{self, Answer, LEADS, Piece, Points, SECTIONS, Section, Topic};
use key_tester::core::time::Date;
use serde_json::json;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "Common errors and fixes": a section for each kind, in it an entry for each cause.
pub(crate) fn errors() -> String {
    SECTIONS.iter().zip(LEADS).map(section).collect::<Vec<_>>().join("\n")
}

/// The questions and answers of the page for search engines. A data block: it never runs.
pub(crate) fn structured_data(address: Option<&str>, today: Date) -> String {
    let mut app = json!({
        "@type": "SoftwareApplication",
        "name": "Mistral API key tester",
        "applicationCategory": "DeveloperApplication",
        "operatingSystem": "Any browser with WebAssembly",
        "offers": {"@type": "Offer", "price": "0", "priceCurrency": "USD"}
    });
    if let (Some(address), Some(app)) = (address, app.as_object_mut()) {
        app.insert("url".to_owned(), address.into());
    }
    let questions: Vec<_> = guide::answers()
        .map(|answer| {
            json!({"@type": "Question", "name": answer.question,
                "acceptedAnswer": {"@type": "Answer", "text": spoken(answer, today)}})
        })
        .collect();
    let faq = json!({"@type": "FAQPage", "mainEntity": questions});
    let data = json!({"@context": "https://schema.org", "@graph": [app, faq]});
    // No `<`, so nothing in it can end the block.
    let data = data.to_string().replace('<', "\\u003c");
    format!("<script type=\"application/ld+json\">{data}</script>")
}

/// Lead and points as one text, without mark-up.
pub(crate) fn spoken(answer: &Answer, today: Date) -> String {
    let points = answer.points(today);
    let sentences: Vec<String> =
        std::iter::once(answer.lead(today)).chain(points).map(|words| guide::plain(&words)).collect();
    sentences.join(" ")
}

/// Parts that answer questions: each answer with its date and its links.
pub(crate) fn topics(topics: &[Topic], today: Date) -> String {
    topics.iter().map(|one| topic(one, today)).collect()
}

fn topic(topic: &Topic, today: Date) -> String {
    let Topic { id, heading, about, answers } = topic;
    let (heading, about) = (text(heading), marked(about));
    let answers: String = answers.iter().map(|one| answer(one, today)).collect();
    format!(
        "      <section class=\"prose guide\" id=\"{id}\" aria-labelledby=\"{id}-heading\">\n        \
         <div class=\"guide-head\"><h2 id=\"{id}-heading\">{heading}</h2><p class=\"lede\">{about}</p></div>\n        \
         <div class=\"questions\">\n{answers}        </div>\n      </section>\n"
    )
}

fn answer(answer: &Answer, today: Date) -> String {
    let list = match answer.points {
        Points::Steps(_) => "ol",
        Points::Facts(_) => "ul",
    };
    let points: Vec<String> =
        answer.points(today).iter().map(|point| format!("<li>{}</li>", marked(point))).collect();
    let points = points.concat();
    let links: String = answer.links.iter().map(anchor).collect();
    fold(
        answer.id,
        &text(answer.question),
        &format!(
            "<p class=\"answer-lead\">{}</p><{list}>{points}</{list}>\
             <p class=\"note\"><span>Checked {}</span>{links}</p>",
            marked(&answer.lead(today)),
            day(answer.checked)
        ),
    )
}

/// A question that unfolds. Browsers unfold it for a link to something inside, but not for one to the fold itself, so the anchor
/// is what it holds.
fn fold(id: &str, summary: &str, content: &str) -> String {
    format!(
        "          <details class=\"case\"><summary>{summary}</summary><div class=\"answer\" id=\"{id}\">{content}\
         </div></details>\n"
    )
}

fn day(date: Date) -> String {
    let month = MONTHS.get(usize::from(date.month) - 1).copied().unwrap_or_default();
    format!("<time datetime=\"{date}\">{} {month} {}</time>", date.day, date.year)
}

fn anchor(link: &Link) -> String {
    let (address, label) = (text(link.address), text(link.label));
    format!(" <a href=\"{address}\" rel=\"noopener noreferrer\">{label}</a>")
}

fn section((section, lead): (&Section, &str)) -> String {
    let Section { id, heading, causes } = section;
    let cases: String = causes.iter().map(|cause| case(*cause)).collect();
    let (heading, lead) = (text(heading), text(lead));
    format!(
        "        <section class=\"errors\" id=\"{id}\" aria-labelledby=\"{id}-heading\">\n          \
         <h3 id=\"{id}-heading\">{heading}</h3>\n          <p>{lead}</p>\n{cases}        </section>"
    )
}

fn case(cause: Cause) -> String {
    let entry = cause.entry();
    let (name, headline, meaning) = (entry.name, text(entry.headline), text(entry.meaning));
    let suspects: String = entry.suspects.iter().map(suspect).collect();
    let suspects =
        if suspects.is_empty() { suspects } else { format!("<h4>What it may be</h4><ul>{suspects}</ul>") };
    let steps: String = entry.next.iter().map(step).collect();
    let (fixers, waiting) = (text(&entry.who()), text(entry.waiting.sentence));
    fold(
        &format!("cause-{name}"),
        &format!("{headline} <code>{name}</code>"),
        &format!(
            "<p class=\"answer-lead\">{meaning}</p>{suspects}<h4>What to do</h4><ol>{steps}</ol>\
             <p class=\"note\">Who can fix it: {fixers}. {waiting}</p>"
        ),
    )
}

fn suspect(suspect: &Suspect) -> String {
    format!("<li><strong>{}</strong> {}</li>", suspect.likelihood.label(), text(suspect.words))
}

fn step(step: &Step) -> String {
    let link = step.link().map(|link| anchor(&link)).unwrap_or_default();
    format!("<li>{}{link}</li>", text(step.words()))
}

/// A text with its code marked as such.
pub(crate) fn marked(words: &str) -> String {
    let piece = |piece| match piece {
        Piece::Words(words) => text(words),
        // The address of a place on this page.
        Piece::Code(code) if is_place(code) => format!("<a href=\"{code}\"><code>{code}</code></a>"),
        Piece::Code(code) => format!("<code>{}</code>", text(code)),
    };
    guide::pieces(words).map(piece).collect()
}

/// Whether a piece of code is the address of a place on this page.
fn is_place(code: &str) -> bool {
    code.strip_prefix('#')
        .is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// A text as HTML has it.
pub(crate) fn text(plain: &str) -> String {
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
