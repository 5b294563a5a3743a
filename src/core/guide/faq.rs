//! Frequently asked questions.

use super::answer::{Answer, CODE_READ, Lead, Points, SOURCES_READ, Topic, nothing};
use super::cheapest;
use super::links::{DATA_CONTROLS, HELP, KNOWN, REGIONS, TRAINING};
use crate::core::explain::Link;
use crate::core::explain::links::{KEYS, LIMITS, PRIVACY};
use crate::core::models::reasoning::{NONE, REASONING, Reasoning};
use crate::core::time::Date;

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
        worked: nothing,
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
                    "A policy at the top of the page lets only the published scripts run, and lets them ask no host but Mistral’s three and, for its own files, the site that the page came from.",
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
            "The console itself says that a new key may need some minutes; till then it answers 401. Wait five and test again.",
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
                "Tiers follow what has been billed in total: 1 with pay-as-you-go, 2 above $20, 3 above $100, 4 above $500; above $2000 Mistral’s support raises them. Bought credits do not count.",
                "Limits count by the second, the minute and the month. None counts by the day.",
                "Mistral’s pages differ on who is counted: its page on workspaces says the workspace, the two below say the organisation.",
                "A plan can give a model no requests at all. Each call then answers 429, and waiting never helps.",
                "Browsers hide the headers with your limits from pages; `curl -i` mostly shows them.",
            ],
            &[LIMITS, HELP, KNOWN],
        ),
        // Held against Mistral's specification, its SDK 3.7.0 and recorded answers of 2026-10-04; what OpenAI's knows, against
        // PyPI `openai` 3.57.0.
        Answer {
            worked: efforts,
            ..answer(
                "faq-openai",
                "Is the API compatible with OpenAI’s?",
                "Mostly: a client for OpenAI works if it sends only what Mistral knows. The differences, field by field:",
                &[
                    "Unknown fields are refused with 422, among them `store`, `user`, `seed`, `max_completion_tokens`, `reasoning_content`, and `name` in any message but a tool’s.",
                    "Write `max_tokens` for `max_completion_tokens`, and `random_seed` for `seed`.",
                    "`temperature` goes from 0 to 1.5.",
                    "`tool_choice` also takes `any`. The `id` of a tool call has nine letters and digits; send it back unchanged.",
                    "Reasoning comes inside `content`, then a list, in parts of the type `thinking`. With it, `temperature` 0 needs `top_p` 1.",
                    "`messages`: the order is enforced. The last is from `user` or `tool`, or from `assistant` with `\"prefix\": true`.",
                    "`response_format`: JSON mode needs the word JSON in the prompt.",
                    "Errors: `message`, `type` and `code` stand at the top, not inside `error`; a 401 mostly has `detail` instead.",
                    "`usage` comes with streams unasked; `stream_options` is taken. There is no `system_fingerprint`.",
                    "`/v1/models` has an entry for each alias, with `capabilities`. Speech comes as `audio_data` inside JSON.",
                    "Fields of Mistral’s own: `guardrails`, and the older `safe_prompt` and `prompt_mode`.",
                    "`POST /v1/responses` exists too. Fine-tuning is retired, and nothing takes its place.",
                ],
                &[KNOWN],
            )
        },
        answer(
            "faq-streaming",
            "Does streaming work as usual?",
            "Yes: server-sent events, lines that begin with `data:`, the last of them `data: [DONE]`.",
            &[
                "The text of the first chunk is empty, so the first token comes with a later one.",
                "A chunk is not a token: one chunk can hold several.",
                "`usage` comes in the same chunk as `finish_reason`, asked for or not.",
                "Chunks can carry `p`, random padding. Ignore it.",
                "A tool call comes whole, in one chunk, unless `stream_options` has `stream_tool_calls`.",
            ],
            &[KNOWN],
        ),
        answer(
            "faq-training",
            "Is my data used for training?",
            "In Free mode Mistral may train on what you send, until you switch that off. It does not train on paid use.",
            &[
                "Mistral’s help page says so. Its documentation contradicts it and says that no API data are used.",
                "The switch is called “Data usage for improving our services”.",
                "Labs models, which are experiments, may train on your data whatever that switch says.",
                "Paid plans can ask Mistral to keep no data, for calls that need none kept and never for Labs models; it has to approve.",
            ],
            &[PRIVACY, TRAINING, DATA_CONTROLS],
        ),
        Answer {
            lead: Lead::Worked(cheapest::for_text),
            worked: cheapest::otherwise,
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
            "Do Bedrock, Vertex or Azure keys work here?",
            "No. Those clouds offer Mistral’s models, each with accounts and keys of its own; keys do not cross.",
            &[
                "A key of theirs does not work at `api.mistral.ai`, and Mistral’s does not work there.",
                "The same holds for Snowflake Cortex, IBM watsonx and Outscale.",
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

/// What `reasoning_effort` takes, model by model.
fn efforts(_: Date) -> Vec<String> {
    let one = |model: &Reasoning| {
        let words: Vec<String> = model.efforts.iter().map(|word| format!("`{word}`")).collect();
        let always = if model.efforts.contains(&NONE) { "" } else { ", and always reasons" };
        let last = words.len().saturating_sub(1);
        let (first, last) = words.split_at(last);
        format!("{} takes {} or {}{always}", model.label, first.join(", "), last.concat())
    };
    let models: Vec<String> = REASONING.iter().map(one).collect();
    vec![format!("`reasoning_effort`: {}.", models.join("; "))]
}
