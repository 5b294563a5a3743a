//! The guide's part about errors as HTML, from the tables that the tool's own cards are made of.

use key_tester::core::explain::{Cause, Link, Step, Suspect};
use key_tester::core::guide::{AFTER, Answer, BEFORE, CHECKED, SECTIONS, Section, Topic};
use key_tester::core::prices;
use serde_json::json;

/// "Common errors and fixes": a section for each kind, in it an entry for each cause.
pub(crate) fn errors() -> String {
    SECTIONS.iter().map(section).collect::<Vec<_>>().join("\n")
}

/// "Pricing at a glance": the core's table of prices.
pub(crate) fn prices() -> String {
    let rows = prices::known().fold(String::new(), |rows, (ids, price)| {
        let id = text(ids.first().copied().unwrap_or_default());
        let (amount, unit, source) = (text(&price.amount()), text(price.unit()), text(price.source));
        rows + "<tr><th scope=\"row\"><code>"
            + &id
            + "</code></th>"
            + &[amount, unit, source].map(|cell| format!("<td>{cell}</td>")).concat()
            + "</tr>\n"
    });
    format!(
        "<table class=\"price-list\"><caption>US dollars at the global host, {}</caption><thead><tr>\
         <th scope=\"col\">Model</th><th scope=\"col\">Price</th><th scope=\"col\">For</th>\
         <th scope=\"col\">Source</th></tr></thead><tbody>\n{rows}</tbody></table>",
        prices::AS_OF
    )
}

/// The questions and answers of the page for search engines. A data block: it never runs.
pub(crate) fn structured_data(address: Option<&str>) -> String {
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
    let questions: Vec<_> = BEFORE
        .iter()
        .chain(&AFTER)
        .flat_map(|topic| topic.answers)
        .map(|answer| {
            json!({"@type": "Question", "name": answer.question,
                "acceptedAnswer": {"@type": "Answer", "text": answer.words}})
        })
        .collect();
    let faq = json!({"@type": "FAQPage", "mainEntity": questions});
    let data = json!({"@context": "https://schema.org", "@graph": [app, faq]});
    // No `<`, so nothing in it can end the block.
    let data = data.to_string().replace('<', "\\u003c");
    format!("<script type=\"application/ld+json\">{data}</script>")
}

/// Parts that answer questions: each answer with its date and its links.
pub(crate) fn topics(topics: &[Topic]) -> String {
    topics.iter().map(topic).collect()
}

fn topic(topic: &Topic) -> String {
    let Topic { id, heading, answers } = topic;
    let (heading, answers) = (text(heading), answers.iter().map(answer).collect::<String>());
    format!(
        "      <section class=\"prose\" id=\"{id}\" aria-labelledby=\"{id}-heading\">\n        \
         <h2 id=\"{id}-heading\">{heading}</h2>\n        <div class=\"errors\">\n{answers}        </div>\n      \
         </section>\n"
    )
}

fn answer(answer: &Answer) -> String {
    let Answer { id, question, words, links } = answer;
    let ((said, read), links) = (CHECKED, links.iter().map(anchor).collect::<String>());
    let (question, words) = (text(question), text(words));
    format!(
        "          <details class=\"case\" id=\"{id}\"><summary>{question}</summary><p>{words}</p>\
         <p class=\"note\">Checked <time datetime=\"{read}\">{said}</time>.{links}</p></details>\n"
    )
}

fn anchor(link: &Link) -> String {
    let (address, label) = (text(link.address), text(link.label));
    format!(" <a href=\"{address}\" rel=\"noopener noreferrer\">{label}</a>.")
}

fn section(section: &Section) -> String {
    let Section { id, heading, lead, causes } = section;
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
    format!(
        "          <details class=\"case\" id=\"cause-{name}\"><summary>{headline} <code>{name}</code></summary>\
         <p>{meaning}</p>{suspects}<h4>What to do</h4><ol>{steps}</ol>\
         <p class=\"note\">Who can fix it: {fixers}. {waiting}</p></details>\n"
    )
}

fn suspect(suspect: &Suspect) -> String {
    format!("<li><strong>{}</strong> {}</li>", suspect.likelihood.label(), text(suspect.words))
}

fn step(step: &Step) -> String {
    match step {
        Step::Do(words) => format!("<li>{}</li>", text(words)),
        Step::Visit(words, link) => format!(
            "<li>{} <a href=\"{}\" rel=\"noopener noreferrer\">{}</a></li>",
            text(words),
            text(link.address),
            text(link.label)
        ),
    }
}

/// A text as HTML has it.
fn text(plain: &str) -> String {
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
