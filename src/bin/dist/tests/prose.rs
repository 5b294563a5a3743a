//! What the build step makes of the guide's tables.

use key_tester::core::guide;
use key_tester::core::time::Date;

use super::super::check::program_flaws;
use super::super::price_list::prices;
use super::super::wasm::Flaw;
use super::super::{guide as render, html};
use super::{PROGRAM, TODAY, finished};

#[test]
fn the_guide_has_every_error_and_the_cards_links_lead_there() {
    let folder = finished();
    let page = folder.page();
    let tags = html::tags(&page).unwrap();
    let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
    for section in guide::SECTIONS {
        assert!(ids.contains(&section.id), "#{}", section.id);
        for cause in section.causes {
            let id = format!("cause-{}", cause.entry().name);
            assert_eq!(ids.iter().filter(|other| **other == id).count(), 1, "{id}");
            assert!(page.contains(cause.entry().headline), "{}", cause.entry().headline);
        }
    }
    let unfinished = page.contains("<!-- errors -->");
    assert!(!unfinished, "the place of the guide is filled");
}

#[test]
fn the_guide_has_every_answer_in_order_and_the_bar_leads_there() {
    let folder = finished();
    let page = folder.page();
    let tags = html::tags(&page).unwrap();
    let place = |id: &str| {
        let found: Vec<usize> = (0..tags.len()).filter(|at| tags[*at].get("id") == Some(id)).collect();
        assert_eq!(found.len(), 1, "#{id}");
        found[0]
    };
    let order =
        ["this-key", "get-a-key", "errors", "pricing", "practice", "faq", "your-key", "sent"].map(place);
    assert!(order.is_sorted(), "{order:?}");
    for answer in guide::answers() {
        assert!(page.contains(&format!("<summary>{}</summary>", answer.question)), "{}", answer.question);
    }
    for anchor in
        tags.iter().filter(|tag| tag.name == "a").filter_map(|tag| tag.get("href")?.strip_prefix('#'))
    {
        place(anchor);
    }
}

#[test]
fn a_link_to_an_answer_leads_inside_its_fold_so_that_browsers_unfold_it() {
    let page = finished().page();
    let causes = guide::SECTIONS.iter().flat_map(|section| section.causes);
    let causes = causes.map(|cause| format!("cause-{}", cause.entry().name));
    for id in guide::answers().map(|answer| answer.id.to_owned()).chain(causes) {
        let (before, _) = page.split_once(&format!(" id=\"{id}\"")).unwrap();
        let last = |tag| before.rfind(tag);
        assert!(last("<details") > last("</details"), "{id} is not inside a fold");
        assert!(last("</summary") > last("<details"), "{id} is not in what unfolds");
    }
}

#[test]
fn an_answer_is_marked_up_and_its_code_told_apart() {
    let page = finished().page();
    for answer in guide::answers() {
        let (_, after) = page.split_once(&format!("id=\"{}\">", answer.id)).unwrap();
        let (html, _) = after.split_once("</details>").unwrap();
        let list = if matches!(answer.points, guide::Points::Steps(_)) { "ol" } else { "ul" };
        assert_eq!(html.matches(&format!("<{list}>")).count(), 1, "{}", answer.id);
        assert_eq!(html.matches("<li>").count(), answer.points(TODAY).len(), "{}", answer.id);
        let code = (answer.lead(TODAY) + &answer.points(TODAY).concat()).matches('`').count() / 2;
        assert_eq!(html.matches("<code>").count(), code, "{}", answer.id);
        assert_eq!(html.matches("</code>").count(), code, "{}", answer.id);
        assert!(html.contains(&format!("<time datetime=\"{}\">", answer.checked)), "{}", answer.id);
        assert_eq!(html.matches("<a href=\"https://").count(), answer.links.len(), "{}", answer.id);
        assert!(!html.contains('`'), "{html}");
    }
    assert_eq!(render::marked("a `b<c` d"), "a <code>b&lt;c</code> d");
    assert_eq!(render::marked("at `#rotate`."), "at <a href=\"#rotate\"><code>#rotate</code></a>.");
    assert_eq!(render::marked("`# a`, `#`"), "<code># a</code>, <code>#</code>");
}

#[test]
fn the_prices_of_the_page_are_those_of_the_core_without_what_has_retired() {
    let page = finished().page();
    let mut retired = 0;
    for (ids, price) in key_tester::core::prices::known() {
        let besides = price.besides();
        let besides = if besides.is_empty() { besides } else { format!(" <small>{besides}</small>") };
        let row = format!("<code>{}</code></th><td>{}{besides}</td>", ids[0], price.amount());
        let gone = key_tester::core::models::retired::retired(ids[0], TODAY).is_some();
        retired += usize::from(gone);
        assert_eq!(page.matches(&row).count(), usize::from(!gone), "{row}");
    }
    assert!(retired > 0, "nothing that could wrongly be there");
    for besides in
        ["a minute of audio $0.004", "cached $0.03", "cached $0.007", "annotated $5", "annotated $3"]
    {
        assert!(page.contains(&format!(" <small>{besides}</small></td>")), "{besides}");
    }
    // An end that lies ahead takes nothing away before its day.
    let (before, after) = (Date { year: 2027, month: 4, day: 30 }, Date { year: 2027, month: 5, day: 1 });
    let row = "<code>mistral-large-2512</code>";
    assert!(prices(before).contains(row) && !prices(after).contains(row));
}

#[test]
fn the_data_for_search_engines_says_what_the_page_says() {
    let page = finished().page();
    let (_, after) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    let (data, _) = after.split_once("</script>").unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert!(data["@graph"][0].get("url").is_none(), "the address is not known");
    let questions = data["@graph"][1]["mainEntity"].as_array().unwrap();
    assert_eq!(questions.len(), guide::answers().count());
    for (question, answer) in questions.iter().zip(guide::answers()) {
        assert_eq!(question["name"], answer.question);
        let said = question["acceptedAnswer"]["text"].as_str().unwrap();
        for words in std::iter::once(answer.lead(TODAY)).chain(answer.points(TODAY)) {
            assert!(said.contains(&words.replace('`', "")), "{said}");
        }
        assert!(!said.contains('`') && !said.contains("<code>"), "{said}");
    }
    let known = render::structured_data(Some("https://a.test/</script>"), TODAY);
    assert!(known.contains("https://a.test/\\u003c/script>"), "{known}");
}

#[test]
fn a_program_that_carries_a_sentence_of_the_guide_is_not_published() {
    let folder = finished();
    let file = folder.file("tester-", ".wasm");
    for sentence in guide::prose() {
        let section = [b"\0".as_slice(), sentence.as_bytes(), b"\xff"].concat();
        let (low, high) = (section.len() % 128, section.len() / 128);
        let size = [u8::try_from(low).unwrap() | 0x80, u8::try_from(high).unwrap()];
        folder.write(&file, [PROGRAM, b"\x0b", &size, &section].concat());
        assert_eq!(program_flaws(&folder.site(), None).unwrap(), [(file.clone(), Flaw::Prose(sentence))]);
    }
}
