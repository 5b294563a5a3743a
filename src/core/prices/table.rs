//! The prices, as public lists had them in November 2026. To mend one: change its line, its source and [`AS_OF`].
//!
//! Each line names ids that mean this model and no other: aliases such as `mistral-small-latest` move on.

use super::{Dollars, Price, Rate};

/// When the table was last checked.
pub const AS_OF: &str = "November 2026";

const DOCS: &str = "Mistral’s documentation and LiteLLM’s price list";
const LISTS: &str = "LiteLLM’s price list";
const DATED: &str = "genai-prices, from 2026-10-29; LiteLLM’s list says $1.36 / $4.18";

const fn price(rate: Rate, source: &'static str) -> Price {
    Price { rate, dearest: None, source }
}

const fn tokens(input: u64, output: u64, source: &'static str) -> Price {
    let (input, output) = (Dollars::from_millionths(input), Some(Dollars::from_millionths(output)));
    price(Rate::Tokens { input, output }, source)
}

const fn input(millionths: u64) -> Price {
    price(Rate::Tokens { input: Dollars::from_millionths(millionths), output: None }, DOCS)
}

const fn pages(millionths: u64) -> Price {
    price(Rate::Pages(Dollars::from_millionths(millionths)), LISTS)
}

const fn minutes(millionths: u64) -> Price {
    price(Rate::Minutes(Dollars::from_millionths(millionths)), LISTS)
}

const fn characters(millionths: u64) -> Price {
    price(Rate::Characters(Dollars::from_millionths(millionths)), LISTS)
}

/// A price about which sources disagree, with the highest of theirs.
const fn up_to(price: Price, dearest: Price) -> Price {
    Price { dearest: Some(dearest.rate), ..price }
}

#[rustfmt::skip]
pub(super) static PRICES: &[(&[&str], Price)] = &[
    (&["mistral-large-4", "mistral-large-4-0"], up_to(tokens(700_000, 2_100_000, DATED), tokens(1_360_000, 4_180_000, DATED))),
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
    (&["mistral-ocr-4", "mistral-ocr-4-1", "mistral-ocr-4-0"], pages(4_000_000)),
    (&["mistral-ocr-2512", "mistral-ocr-3", "mistral-ocr-3-0"], pages(2_000_000)),
    (&["voxtral-small-2507"], tokens(100_000, 400_000, DOCS)),
    (&["voxtral-mini-2602"], minutes(3_000)),
    (&["voxtral-mini-transcribe-3", "voxtral-mini-transcribe-3-0"], minutes(3_500)),
    (&["voxtral-small-transcribe-3", "voxtral-small-transcribe-3-0"], minutes(4_000)),
    (&["voxtral-mini-transcribe-realtime-3", "voxtral-mini-transcribe-realtime-3-0"], minutes(8_000)),
    (&["voxtral-mini-transcribe-realtime-2602", "voxtral-mini-realtime-2602"], minutes(6_000)),
    (&["voxtral-mini-tts-2603"], characters(16_000_000)),
    (&["voxtral-mini-tts-3", "voxtral-mini-tts-3-0"], characters(13_000_000)),
    (&["labs-leanstral-1-5", "labs-leanstral-1-5-1"], price(Rate::Free, LISTS)),
    (&["zai-glm-5-3"], tokens(1_400_000, 4_400_000, LISTS)),
    (&["zai-glm-5-3-flash"], tokens(150_000, 500_000, LISTS)),
    (&["glm-5-2", "zai-glm-5-2"], tokens(1_400_000, 4_400_000, LISTS)),
    (&["deepseek-v4-1-flash-1017"], tokens(300_000, 1_200_000, LISTS)),
];

/// Every id in the table, the best name of each model first.
pub fn known() -> impl Iterator<Item = (&'static [&'static str], Price)> {
    PRICES.iter().copied()
}
