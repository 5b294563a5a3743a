//! The guide: every error of a call has its place there, once; every question a whole answer.

use key_tester::core::explain::{Cause, Verdict};
use key_tester::core::guide::{
    HELD_BACK, IN_BETWEEN, LEADS, Piece, Points, SECTIONS, answers, pieces, plain, prose, topics,
};
use key_tester::core::models::reasoning::REASONING;
use key_tester::core::models::retired::retired;
use key_tester::core::prices::{Price, Rate, known};
use key_tester::core::time::Date;

/// The day on which the page is built.
const TODAY: Date = Date { year: 2026, month: 11, day: 29 };

/// All that an answer says.
fn said(id: &str) -> String {
    let answer = answers().find(|answer| answer.id == id).expect(id);
    answer.lead(TODAY) + " " + &answer.points(TODAY).join(" ")
}

#[test]
fn every_error_of_a_call_is_in_exactly_one_section() {
    for cause in Cause::ALL {
        let sections = SECTIONS.iter().filter(|section| section.causes.contains(&cause)).count();
        let no_error = HELD_BACK.contains(&cause) || IN_BETWEEN.contains(&cause);
        assert_eq!(sections, usize::from(!no_error), "{cause:?}");
        assert_eq!(cause.section().is_none(), no_error, "{cause:?}");
    }
    let places = SECTIONS.iter().map(|section| section.causes.len()).sum::<usize>();
    assert_eq!(places + HELD_BACK.len() + IN_BETWEEN.len(), Cause::ALL.len(), "none stands anywhere twice");
}

#[test]
fn what_was_not_sent_is_no_error_of_a_call() {
    for cause in Cause::ALL {
        assert_eq!(HELD_BACK.contains(&cause), cause.entry().verdict == Verdict::NotSent, "{cause:?}");
    }
}

#[test]
fn the_sections_have_the_agreed_anchors() {
    let anchors = SECTIONS.map(|section| section.id);
    let agreed = [
        "error-401",
        "error-403",
        "error-404",
        "error-429",
        "error-400",
        "error-422",
        "error-5xx",
        "error-none",
    ];
    assert_eq!(anchors, agreed);
}

#[test]
fn each_section_has_a_heading() {
    for section in SECTIONS {
        assert!(!section.heading.is_empty() && !section.heading.ends_with('.'), "{}", section.heading);
        assert!(!section.causes.is_empty(), "{}", section.id);
    }
}

#[test]
fn a_section_that_counts_its_errors_counts_them_right() {
    let numbers = [("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6)];
    for section in SECTIONS {
        for (word, number) in numbers {
            if section.heading.split(' ').any(|part| part == word) {
                assert_eq!(section.causes.len(), number, "{}", section.heading);
            }
        }
    }
}

#[test]
fn the_sections_say_each_something_else_in_common() {
    for (index, lead) in LEADS.iter().enumerate() {
        assert!(lead.ends_with('.') && lead.len() < 200, "{lead}");
        assert!(!LEADS[..index].contains(lead), "{lead}");
    }
}

#[test]
fn every_topic_that_users_ask_about_has_its_agreed_anchor() {
    let topics: Vec<&str> = topics().map(|topic| topic.id).collect();
    assert_eq!(topics, ["this-key", "get-a-key", "practice", "faq"]);
    let ids: Vec<&str> = answers().map(|answer| answer.id).collect();
    let agreed = [
        "key-kinds",
        "key-reach",
        "key-format",
        "new-key",
        "key-free",
        "key-shell",
        "keep-a-key",
        "key-scope",
        "rotate-a-key",
        "audit-keys",
        "leaked-key",
        "malicious-sdk",
        "faq-safe",
        "faq-cost",
        "faq-new",
        "faq-limits",
        "faq-openai",
        "faq-streaming",
        "faq-training",
        "faq-cheapest",
        "faq-hosting",
        "faq-clouds",
        "faq-codestral",
    ];
    for id in agreed {
        assert_eq!(ids.iter().filter(|other| **other == id).count(), 1, "{id}");
    }
    assert_eq!(ids.len(), agreed.len(), "an answer whose anchor nobody agreed to: {ids:?}");
}

#[test]
fn every_answer_is_whole_sentences_with_paired_backticks_and_a_day() {
    let mut questions: Vec<&str> = Vec::new();
    for answer in answers() {
        let (question, lead, points) = (answer.question, answer.lead(TODAY), answer.points(TODAY));
        assert!(question.trim_end_matches(" Why?").ends_with(['?', '.']), "{question}");
        assert!(!questions.contains(&question), "{question}");
        questions.push(question);
        assert!(!lead.is_empty() && !points.is_empty(), "{question}");
        assert!(matches!(answer.checked.year, 2026..) && answer.checked.month <= 12, "{question}");
        for words in points.iter().chain([&lead]) {
            assert!(words.ends_with('.') || (words == &lead && words.ends_with(':')), "{words}");
            assert_eq!(words.matches('`').count() % 2, 0, "{words}");
            assert!(!words.contains('<') && !words.contains("  ") && !words.contains("nvalid"), "{words}");
        }
        assert!(lead.chars().count() <= 140, "an answer at once, not {lead}");
    }
}

#[test]
fn steps_come_where_something_is_to_be_done_in_order() {
    for answer in answers() {
        let steps = matches!(answer.points, Points::Steps(_));
        assert_eq!(steps, ["new-key", "rotate-a-key", "leaked-key"].contains(&answer.id), "{}", answer.id);
    }
}

#[test]
fn no_sentence_of_the_guide_is_so_short_that_a_program_has_it_by_chance() {
    for sentence in prose() {
        assert!(sentence.len() >= 24, "{sentence}");
    }
    let all = answers().flat_map(|answer| answer.points(TODAY)).count();
    assert!(prose().count() > all, "leads and what sections have in common are among them");
}

#[test]
fn links_lead_to_pages_of_mistral() {
    for link in answers().flat_map(|answer| answer.links) {
        let host = link.address.strip_prefix("https://").and_then(|rest| rest.split('/').next());
        assert!(host.is_some_and(|host| host.ends_with(".mistral.ai")), "{}", link.address);
        assert!(!link.label.is_empty() && !link.label.ends_with('.'), "{}", link.label);
    }
}

#[test]
fn whatever_mistrals_pages_disagree_about_links_to_both() {
    let training = answers().find(|answer| answer.id == "faq-training").unwrap();
    for page in
        ["help.mistral.ai/en/articles/323757", "docs.mistral.ai/admin/monitor-comply/privacy-data-controls"]
    {
        assert!(training.links.iter().any(|link| link.address.contains(page)), "{page}");
    }
    assert!(said("faq-training").contains("contradicts"));
    for id in ["faq-hosting", "faq-limits"] {
        let answer = answers().find(|answer| answer.id == id).unwrap();
        let said = said(id);
        assert!(said.contains("contradict") || said.contains("differ"), "{said}");
        let foreign = ["docs.mistral.ai", "help.mistral.ai"];
        let pages = answer.links.iter().filter(|link| foreign.iter().any(|host| link.address.contains(host)));
        assert_eq!(pages.count(), 2, "{id}");
    }
}

#[test]
fn commands_can_be_pasted_and_leave_no_key_in_the_history() {
    let shell = answers().find(|answer| answer.id == "key-shell").unwrap().points(TODAY).concat();
    let commands: Vec<&str> = pieces(&shell)
        .filter_map(|piece| match piece {
            Piece::Code(code) => Some(code),
            Piece::Words(_) => None,
        })
        .collect();
    for part in ["read -rs MISTRAL_API_KEY", "Read-Host -MaskInput", "Bearer $MISTRAL_API_KEY"] {
        assert!(commands.iter().any(|command| command.contains(part)), "{part}");
    }
    for command in commands {
        assert!(!command.contains(['#', '“', '’']) && !command.contains("KEY=\""), "{command}");
    }
}

#[test]
fn the_cheapest_model_is_that_of_the_price_table() {
    let answer = answers().find(|answer| answer.id == "faq-cheapest").unwrap();
    let said = answer.lead(TODAY);
    let named = known().find(|(ids, _)| said.contains(&format!("`{}`", ids[0]))).expect("a known model");
    let cost = |price: Price| match price.rate {
        Rate::Tokens { input, output: Some(output), .. } => Some((input + output).as_picodollars()),
        _ => None,
    };
    let least = known()
        .filter(|(ids, _)| retired(ids[0], TODAY).is_none())
        .filter_map(|(_, price)| cost(price))
        .min();
    assert_eq!(cost(named.1), least);
    assert!(said.contains(&named.1.amount()), "{said}");
    let of_a_kind = |words: &String| words.contains(": `");
    let kinds: Vec<String> = answer.points(TODAY).into_iter().filter(of_a_kind).collect();
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    for words in kinds {
        let models = known().filter(|(ids, _)| words.contains(&format!("`{}`", ids[0])));
        let prices: Vec<String> = models.map(|(_, price)| price.amount()).collect();
        assert!(prices.len() == 1 && words.contains(&prices[0]), "{words}");
    }
}

#[test]
fn code_is_told_from_words() {
    let found: Vec<Piece> = pieces("`a` is `b c`.").collect();
    assert_eq!(found, [Piece::Code("a"), Piece::Words(" is "), Piece::Code("b c"), Piece::Words(".")]);
    assert_eq!(plain("`a` is `b c`."), "a is b c.");
}

/// Claims that were once wrong, out of date or missing, each as its sources have it.
#[test]
fn the_answers_say_what_their_sources_say() {
    for (id, words) in [
        ("faq-training", "In Free mode Mistral may train on what you send"),
        ("faq-training", "never for Labs models"),
        ("faq-limits", "above $2000"),
        ("faq-limits", "None counts by the day."),
        ("faq-limits", "`curl -i` mostly shows them"),
        ("faq-openai", "`name` in any message but a tool’s"),
        ("faq-openai", "`temperature` 0 needs `top_p` 1"),
        (
            "faq-openai",
            "Fields of Mistral’s own: `guardrails`, and the older `safe_prompt` and `prompt_mode`.",
        ),
        ("faq-openai", "`POST /v1/responses`"),
        ("faq-streaming", "unless `stream_options` has `stream_tool_calls`"),
        (
            "faq-cheapest",
            "Medium 3.5 at $1.50 / $7.50 is dearer than `mistral-large-4` and `mistral-large-2512`.",
        ),
        ("faq-cheapest", "`mistral-tiny` and `open-mistral-nemo`, which have retired"),
        ("faq-clouds", "with accounts and keys of its own"),
        ("faq-openai", "Fine-tuning is retired"),
        ("key-scope", "A key has no limit of its own."),
        ("key-scope", "can suspend the API"),
        ("rotate-a-key", "Every 90 days"),
        ("rotate-a-key", "last used"),
        ("rotate-a-key", "compare both at `#rotate`"),
        ("audit-keys", "last used"),
        ("new-key", "cannot be changed later"),
        ("malicious-sdk", "`@mistralai/mistralai-azure` and `@mistralai/mistralai-gcp` 1.7.1 to 1.7.3"),
        ("malicious-sdk", "`/tmp/transformers.pyz`"),
    ] {
        let said = said(id);
        assert!(said.contains(words), "{words} is missing in: {said}");
    }
    let advisory = answers().find(|answer| answer.id == "malicious-sdk").expect("the answer");
    assert!(advisory.links.iter().any(|link| link.address.ends_with("/MAI-2026-002")));
}

#[test]
fn what_reasoning_takes_is_told_model_by_model() {
    let said = said("faq-openai");
    for model in &REASONING {
        assert!(said.contains(&format!("{} takes `{}`", model.label, model.efforts[0])), "{said}");
    }
    assert!(said.contains("Large 4 takes `low`, `medium` or `high`, and always reasons"), "{said}");
    assert!(said.contains("Small 4 takes `none` or `high`;"), "{said}");
}

#[test]
fn no_claim_that_was_refuted_is_left() {
    let all: String = answers().map(|answer| said(answer.id)).collect();
    for words in ["does not train on API data", "`stream_options`, `max", "Large 4 take `none`", "1.36"] {
        assert!(!all.contains(words), "{words}");
    }
}
