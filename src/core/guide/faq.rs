//! Frequently asked questions.

use super::answer::{Answer, CODE_READ, Lead, Points, SOURCES_READ, Topic};
use super::links::{HELP, KNOWN, REGIONS};
use crate::core::explain::Link;
use crate::core::explain::links::{KEYS, LIMITS, PRIVACY};
use crate::core::models::retired::retired;
use crate::core::prices::{self, Price, Rate};

const fn answer(
    id: &'static str,
    question: &'static str,
    lead: &'static str,
    facts: &'static [&'static str],
    links: &'static [Link],
) -> Answer {
    Answer {
        id,
        question,
        lead: Lead::Said(lead),
        points: Points::Facts(facts),
        links,
        checked: SOURCES_READ,
    }
}

pub(super) const FAQ: Topic = Topic {
    id: "faq",
    heading: "Frequently asked questions",
    about: "Where Mistral’s own pages disagree, the answer says so and links to both.",
    answers: &[
        Answer {
            checked: CODE_READ,
            ..answer(
                "faq-safe",
                "Is it safe to paste my key here?",
                "The key goes to Mistral alone, and your browser sees to it.",
                &[
                    "A policy at the top of the page lets the browser send requests to Mistral’s three hosts and to this site’s own files only.",
                    "Nothing is stored. Close the tab and the key is gone.",
                    "Your browser’s network panel shows each request, so you need not believe us.",
                    "Browser extensions can read any page. If you have some that you do not trust, use a private window without them.",
                ],
                &[],
            )
        },
        Answer {
            checked: CODE_READ,
            ..answer(
                "faq-cost",
                "Does testing cost money?",
                "“Test key” costs nothing: it reads the list of models.",
                &[
                    "Whatever runs a model shows beside its button the most it can cost.",
                    "The demo sends nothing at all.",
                ],
                &[],
            )
        },
        answer(
            "faq-new",
            "My new key does not work yet. Why?",
            "Users report that a new key can answer 401 for some minutes. Wait five minutes and test again.",
            &[
                "After a 401 that can mean this, the page offers to keep testing for five minutes.",
                "If it still fails, look whether it is a Studio key, and copy the whole of it again.",
            ],
            &[KEYS],
        ),
        answer(
            "key-format",
            "What does a key look like?",
            "Either 32 letters and digits, or `mstrl_` with 39 characters after it.",
            &[
                "The older form has nothing in front. The newer one, seen in public code since about the middle of 2026, has 45 characters in all: `mstrl_`, 32 letters and digits, `_`, six more.",
                "Advice that keys begin with `sk-` or `mistral-` is wrong.",
                "No form proves that a key works, and none proves that it does not. So the page warns, and tests it all the same if you wish.",
            ],
            &[],
        ),
        answer(
            "faq-limits",
            "How do rate limits and tiers work?",
            "Each model has its own limits on requests and tokens. How high they are follows from your tier.",
            &[
                "A token is a piece of a word: what models read and write, and what is counted.",
                "Tiers follow what has been billed in total: 1 with pay-as-you-go, 2 above $20, 3 above $100, 4 above $500; above that ask Mistral. Bought credits do not count.",
                "Mistral’s pages differ on who is counted: its page on workspaces says the workspace, the two below say the organisation.",
                "A plan can give a model no requests at all. Each call then answers 429, and waiting never helps.",
                "Browsers hide the headers with your limits from pages; `curl -i` shows them.",
            ],
            &[LIMITS, HELP, KNOWN],
        ),
        answer(
            "faq-openai",
            "Is the API compatible with OpenAI’s?",
            "Mostly: a client for OpenAI works if it sends only what Mistral knows. The differences, field by field:",
            &[
                "Unknown fields are refused with 422, among them `store`, `user`, `seed`, `stream_options`, `max_completion_tokens`, and `name` or `reasoning_content` in a message.",
                "Write `max_tokens` for `max_completion_tokens`, and `random_seed` for `seed`.",
                "`temperature` goes from 0 to 1.5.",
                "`tool_choice` also takes `any`. The `id` of a tool call has nine letters and digits; send it back unchanged.",
                "`reasoning_effort`: Small 4, Medium 3.5 and Large 4 take `none` or `high`. The reasoning comes inside `content`, then a list, in parts of the type `thinking`.",
                "`messages`: the order is enforced. The last is from `user` or `tool`, or from `assistant` with `\"prefix\": true`.",
                "`response_format`: JSON mode needs the word JSON in the prompt.",
                "Errors: `message`, `type` and `code` stand at the top, not inside `error`; a 401 mostly has `detail` instead.",
                "`usage` comes with streams unasked. There is no `system_fingerprint`.",
                "`/v1/models` has an entry for each alias, with `capabilities`. Speech comes as `audio_data` inside JSON.",
                "Fields of Mistral’s own: `safe_prompt`, `prediction`, `guardrails`, `prompt_mode`, `prompt_cache_key`.",
            ],
            &[KNOWN],
        ),
        answer(
            "faq-streaming",
            "Does streaming work as usual?",
            "Yes: server-sent events, lines that begin with `data:`, the last of them `data: [DONE]`.",
            &[
                "The text of the first chunk is empty, so the first token comes with a later one.",
                "A chunk is not a token: one chunk can hold several.",
                "`usage` comes in the same chunk as `finish_reason`. One of Mistral’s pages says that it must be asked for; `stream_options` was refused with 422, though.",
                "Chunks can carry `p`, random padding. Ignore it.",
                "A tool call comes whole, in one chunk.",
            ],
            &[KNOWN],
        ),
        answer(
            "faq-training",
            "Are my data used for training?",
            "Mistral says that it does not train on API data. Look at the switches all the same.",
            &[
                "There is one called “Data usage for improving our services”.",
                "Labs models, which are experiments, may train on your data whatever that switch says.",
                "Paid plans can ask Mistral to keep no data, for calls that need none kept.",
            ],
            &[PRIVACY],
        ),
        Answer {
            lead: Lead::Priced(cheapest_for_text),
            points: Points::Priced(cheapest_otherwise),
            ..answer("faq-cheapest", "Which model is the cheapest?", "", &[], &[])
        },
        answer(
            "faq-hosting",
            "Where is it hosted?",
            "`api.mistral.ai`: Mistral’s own pages contradict each other. One promises no place, the other says the EU by default.",
            &[
                "For the EU use `api.eu.mistral.ai`, for the US `api.us.mistral.ai`. The keys are the same.",
                "Both cost a tenth more, and list other models.",
                "Both serve only calls for which nothing has to be kept: no agents, batches or files, and of tools only functions of your own.",
                "Only the models run there. Accounts and their administration are not regional.",
            ],
            &[REGIONS, KNOWN],
        ),
        answer(
            "faq-clouds",
            "Do keys of Bedrock, Vertex or Azure work here?",
            "No. They do not work at `api.mistral.ai`, and Mistral’s keys do not work there.",
            &[
                "The same holds for Snowflake Cortex, IBM watsonx and Outscale, which also offer Mistral’s models.",
            ],
            &[],
        ),
        answer(
            "faq-codestral",
            "What about Codestral keys?",
            "Their time is over. For Codestral use a Studio key at `api.mistral.ai`.",
            &[
                "Users report that no new ones can be made, and that `codestral.mistral.ai` has answered 404 since July 2026. In September one still used it: whether it serves some old keys is not known.",
                "At `api.mistral.ai` a Codestral key is refused with 401.",
            ],
            &[KEYS],
        ),
    ],
};

/// Whether a price is of the kind that is asked about.
type Kind = fn(Rate) -> bool;

/// The cheapest model that has not retired among those with the wanted kind of price, and that price.
fn cheapest(of_this_kind: Kind) -> Option<(&'static str, Price)> {
    let models = prices::known().filter_map(|(ids, price)| Some((*ids.first()?, price)));
    models
        .filter(|(id, price)| of_this_kind(price.rate) && retired(id).is_none())
        .min_by_key(|(_, price)| cost(price.dearest.unwrap_or(price.rate)))
}

/// What a million tokens in and, where there are any, as many out cost; or the one price there is.
fn cost(rate: Rate) -> u64 {
    match rate {
        Rate::Free => 0,
        Rate::Tokens { input, output } => {
            input.as_picodollars().saturating_add(output.unwrap_or_default().as_picodollars())
        }
        Rate::Pages(price) | Rate::Minutes(price) | Rate::Characters(price) => price.as_picodollars(),
    }
}

fn cheapest_for_text() -> String {
    let Some((id, price)) = cheapest(|rate| matches!(rate, Rate::Tokens { output: Some(_), .. })) else {
        return "No price is on record.".to_owned();
    };
    format!("For text `{id}`, by the prices above: {} per {}.", price.amount(), price.unit())
}

fn cheapest_otherwise() -> Vec<String> {
    let kinds: [(&str, Kind); 4] = [
        ("Embeddings", |rate| matches!(rate, Rate::Tokens { output: None, .. })),
        ("Documents to be read", |rate| matches!(rate, Rate::Pages(_))),
        ("Speech to text", |rate| matches!(rate, Rate::Minutes(_))),
        ("Text to speech", |rate| matches!(rate, Rate::Characters(_))),
    ];
    let found = kinds.into_iter().filter_map(|(what, kind)| Some((what, cheapest(kind)?)));
    found
        .map(|(what, (id, price))| format!("{what}: `{id}`, {} per {}.", price.amount(), price.unit()))
        .collect()
}
