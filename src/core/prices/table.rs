//! The prices, as public lists had them on [`AS_OF`]. To mend one: change its line and its source; a line that was read on a day
//! of its own has a source of its own.
//!
//! Each line names ids that mean this model and no other: aliases such as `mistral-small-latest` move on.

use super::{Dollars, Price, Rate, Source};
use crate::core::fact::Fact;
use crate::core::time::Date;

/// When the table was last checked.
pub const AS_OF: Date = Date { year: 2026, month: 11, day: 29 };

/// The rules for all prices: a cached token of Mistral's own models costs a tenth of one that is sent, a batch half, the EU and
/// US hosts a tenth more. Mistral's pages on model selection, batch processing and regional inference, August to November 2026.
pub const DISCOUNTS: Fact =
    Fact { name: "discounts for cached input and batches, and the regional price", on: AS_OF };

/// The documentation of 2026-08-21 and `LiteLLM` 1.110.2.
const DOCS: &Source = &Source { place: "Mistral’s documentation and LiteLLM’s price list", read: AS_OF };
/// `LiteLLM` 1.110.2; genai-prices 0.2.3 agrees wherever it has the model.
const LISTS: &Source = &Source { place: "LiteLLM’s price list", read: AS_OF };
/// `LiteLLM` 1.110.2 and genai-prices 0.2.3, which has it from 2026-10-29 on; `OpenRouter` and Vercel have the same.
const BOTH: &Source = &Source { place: "LiteLLM’s price list and genai-prices", read: AS_OF };

const fn price(rate: Rate, source: &'static Source) -> Price {
    Price { rate, dearest: None, source }
}

const fn tokens(input: u64, output: u64, source: &'static Source) -> Price {
    let (input, output) = (Dollars::from_millionths(input), Some(Dollars::from_millionths(output)));
    price(Rate::Tokens { input, cached: None, output, minute: Dollars::ZERO }, source)
}

/// The middle number is the price of cached input, where it is not a tenth: Mistral's guide to choosing a model, `LiteLLM`
/// 1.110.2 and genai-prices 0.2.3.
const fn cached(input: u64, cached: u64, output: u64) -> Price {
    let [input, cached, output] =
        [Dollars::from_millionths(input), Dollars::from_millionths(cached), Dollars::from_millionths(output)];
    price(Rate::Tokens { input, cached: Some(cached), output: Some(output), minute: Dollars::ZERO }, BOTH)
}

/// The last number is for a minute of audio, which costs besides: the documentation and genai-prices 0.2.3.
const fn tokens_and_minutes(input: u64, output: u64, minute: u64) -> Price {
    let (input, output) = (Dollars::from_millionths(input), Some(Dollars::from_millionths(output)));
    price(Rate::Tokens { input, cached: None, output, minute: Dollars::from_millionths(minute) }, DOCS)
}

const fn input(millionths: u64) -> Price {
    let input = Dollars::from_millionths(millionths);
    price(Rate::Tokens { input, cached: None, output: None, minute: Dollars::ZERO }, DOCS)
}

/// A thousand plain pages, and as many annotated ones: the documentation and both lists.
const fn pages(plain: u64, annotated: u64) -> Price {
    let [plain, annotated] = [Dollars::from_millionths(plain), Dollars::from_millionths(annotated)];
    price(Rate::Pages { plain, annotated }, DOCS)
}

const fn minutes(millionths: u64) -> Price {
    price(Rate::Minutes(Dollars::from_millionths(millionths)), LISTS)
}

const fn characters(millionths: u64) -> Price {
    price(Rate::Characters(Dollars::from_millionths(millionths)), LISTS)
}

#[rustfmt::skip]
pub(super) static PRICES: &[(&[&str], Price)] = &[
    (&["mistral-large-4", "mistral-large-4-0"], tokens(700_000, 2_100_000, BOTH)),
    (&["mistral-large-2512", "mistral-large-3"], tokens(500_000, 1_500_000, DOCS)),
    (&["mistral-medium-3-5", "mistral-medium-3.5", "mistral-medium-2604"], tokens(1_500_000, 7_500_000, DOCS)),
    (&["mistral-small-2603"], tokens(150_000, 600_000, DOCS)),
    (&["ministral-3b-2512"], tokens(100_000, 100_000, DOCS)),
    (&["ministral-8b-2512"], tokens(150_000, 150_000, DOCS)),
    (&["ministral-14b-2512"], tokens(200_000, 200_000, DOCS)),
    (&["codestral-2508"], tokens(300_000, 900_000, DOCS)),
    (&["devstral-2512"], tokens(400_000, 2_000_000, DOCS)),
    (&["magistral-medium-2509"], tokens(2_000_000, 5_000_000, DOCS)),
    (&["magistral-small-2509"], tokens(500_000, 1_500_000, DOCS)),
    (&["mistral-embed-2312"], input(100_000)),
    (&["codestral-embed", "codestral-embed-2505"], input(150_000)),
    (&["mistral-moderation-2603"], price(Rate::Free, DOCS)),
    (&["mistral-ocr-4", "mistral-ocr-4-1"], pages(4_000_000, 5_000_000)),
    (&["mistral-ocr-2512", "mistral-ocr-3", "mistral-ocr-3-0"], pages(2_000_000, 3_000_000)),
    (&["voxtral-small-2507"], tokens_and_minutes(100_000, 400_000, 4_000)),
    (&["voxtral-mini-2602"], minutes(3_000)),
    (&["voxtral-mini-transcribe-3", "voxtral-mini-transcribe-3-0"], minutes(3_500)),
    (&["voxtral-small-transcribe-3", "voxtral-small-transcribe-3-0"], minutes(4_000)),
    (&["voxtral-mini-transcribe-realtime-3", "voxtral-mini-transcribe-realtime-3-0"], minutes(8_000)),
    (&["voxtral-mini-transcribe-realtime-2602", "voxtral-mini-realtime-2602"], minutes(6_000)),
    (&["voxtral-mini-tts-2603"], characters(16_000_000)),
    (&["voxtral-mini-tts-3", "voxtral-mini-tts-3-0"], characters(13_000_000)),
    (&["labs-leanstral-1-5", "labs-leanstral-1-5-1"], price(Rate::Free, LISTS)),
    (&["zai-glm-5-3"], tokens(1_400_000, 4_400_000, LISTS)),
    (&["zai-glm-5-3-flash"], cached(150_000, 30_000, 500_000)),
    (&["glm-5-2", "zai-glm-5-2"], tokens(1_400_000, 4_400_000, LISTS)),
    (&["deepseek-v4-1-flash-1017"], cached(300_000, 7_000, 1_200_000)),
];

/// Every id in the table, the best name of each model first.
pub fn known() -> impl Iterator<Item = (&'static [&'static str], Price)> {
    PRICES.iter().copied()
}
