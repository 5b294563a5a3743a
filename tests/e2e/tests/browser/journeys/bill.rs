//! What calls cost, worked out from the ledger alone with a table and an arithmetic of its own: what the page says it spent
//! is held against this.

use anyhow::{Context, Result, bail, ensure};
use e2e::harness::Stage;
use e2e::ledger::{Ending, Request};
use serde_json::Value;

use super::same;

/// Picodollars, of which a dollar has a million million: the price of one token is a whole number of them.
pub(super) type Picodollars = u64;

const DOLLAR: Picodollars = 1_000_000_000_000;

/// What a model charges, in picodollars.
#[derive(Clone, Copy)]
enum Price {
    Nothing,
    /// For a token that is sent, and one that is answered.
    Tokens(Picodollars, Picodollars),
    Page(Picodollars),
    Minute(Picodollars),
    Character(Picodollars),
}

/// Mistral's list prices of November 2026 for the models that the simulated Mistral serves, by their canonical names.
const PRICES: &[(&str, Price)] = &[
    ("mistral-large-4", Price::Tokens(700_000, 2_100_000)),
    ("mistral-large-2512", Price::Tokens(500_000, 1_500_000)),
    ("mistral-medium-2604", Price::Tokens(1_500_000, 7_500_000)),
    ("mistral-small-2603", Price::Tokens(150_000, 600_000)),
    ("ministral-14b-2512", Price::Tokens(200_000, 200_000)),
    ("ministral-8b-2512", Price::Tokens(150_000, 150_000)),
    ("ministral-3b-2512", Price::Tokens(100_000, 100_000)),
    ("codestral-2508", Price::Tokens(300_000, 900_000)),
    ("mistral-embed-2312", Price::Tokens(100_000, 0)),
    ("codestral-embed", Price::Tokens(150_000, 0)),
    ("mistral-moderation-2603", Price::Nothing),
    ("mistral-ocr-4-1", Price::Page(4_000_000_000)),
    ("mistral-ocr-2512", Price::Page(2_000_000_000)),
    ("voxtral-small-2507", Price::Tokens(100_000, 400_000)),
    ("voxtral-mini-2602", Price::Minute(3_000_000_000)),
    ("voxtral-mini-transcribe-3", Price::Minute(3_500_000_000)),
    ("voxtral-mini-tts-2603", Price::Character(16_000_000)),
    ("labs-leanstral-1-5-1", Price::Nothing),
    ("zai-glm-5-3", Price::Tokens(1_400_000, 4_400_000)),
    ("zai-glm-5-3-flash", Price::Tokens(150_000, 500_000)),
];

/// A sum of calls.
#[derive(Debug, Default)]
pub(super) struct Bill {
    /// What they cost by the usage in their answers.
    pub(super) told: Picodollars,
    /// Models whose calls may have run without an answer that says so.
    pub(super) untold: Vec<String>,
}

/// Adds up calls that have ended. Refusals cost nothing; a line that broke may have cost something.
pub(super) fn bill(calls: &[Request]) -> Result<Bill> {
    let mut bill = Bill::default();
    for call in calls.iter().filter(|call| call.method == "POST") {
        ensure!(call.ending != Ending::Open, "{} is still being answered", call.path);
        let model = call.model().with_context(|| format!("{} names no model", call.path))?;
        match call.status {
            Some(status) if !(200..300).contains(&status) => {}
            Some(_) if call.ending == Ending::Answered => bill.told += cost(call, &model)?,
            _ => bill.untold.push(model),
        }
    }
    Ok(bill)
}

/// What a call that was answered cost.
pub(super) fn cost(call: &Request, model: &str) -> Result<Picodollars> {
    let price = PRICES.iter().find(|(name, _)| *name == model);
    let (_, price) = price.with_context(|| format!("{model} has no price in this table"))?;
    let used = |name: &str| {
        let count = call.usage.as_ref().and_then(|usage| usage[name].as_u64());
        count.with_context(|| format!("the answer of {model} tells no {name}: {:?}", call.usage))
    };
    Ok(match *price {
        Price::Nothing => 0,
        Price::Tokens(sent, answered) => {
            let cached = call.usage.as_ref().map(|usage| &usage["prompt_tokens_details"]["cached_tokens"]);
            let cached = cached.and_then(Value::as_u64).unwrap_or_default();
            let input = used("prompt_tokens")?;
            let full = input.checked_sub(cached).context("more tokens are cached than were sent")?;
            sent * full + (sent * cached).div_ceil(10) + answered * used("completion_tokens")?
        }
        Price::Page(page) => page * used("pages_processed")?,
        Price::Minute(minute) => (minute * used("prompt_audio_seconds")?).div_ceil(60),
        Price::Character(character) => {
            let request: Value = serde_json::from_slice(&call.body)?;
            let text = request["input"].as_str().context("nothing to be spoken")?;
            character * u64::try_from(text.chars().count())?
        }
    })
}

/// What the page says it spent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Spent {
    /// By the usage in the answers.
    pub(super) told: Picodollars,
    /// At most besides.
    pub(super) at_most: Picodollars,
    /// For so many calls.
    pub(super) untold: usize,
}

/// Reads the page's sentence about money; `css` finds it.
pub(super) async fn spent(stage: &Stage, css: &str) -> Result<Spent> {
    let words = stage.page.texts(css).await?.concat();
    ensure!(!words.contains("Not counted"), "{css} leaves something out: {words}");
    let (told, rest) = words
        .split_once(" spent, by the usage in Mistral’s answers.")
        .with_context(|| format!("{css} tells no money: {words}"))?;
    let mut spent = Spent { told: amount(told)?, ..Spent::default() };
    if let Some((_, rest)) = rest.split_once(" At most ") {
        let (most, rest) = rest.split_once(" more for ").context("for what it is")?;
        let (calls, _) = rest.split_once(" call").context("for how many calls it is")?;
        (spent.at_most, spent.untold) = (amount(most)?, calls.parse()?);
    }
    Ok(spent)
}

/// The amount in a text such as `≈ $0.0000021`, to its last digit.
pub(super) fn amount(text: &str) -> Result<Picodollars> {
    let (_, number) = text.split_once('$').with_context(|| format!("{text:?} is no amount"))?;
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if decimals.len() > 12 || !decimals.bytes().all(|digit| digit.is_ascii_digit()) {
        bail!("{text:?} is no amount");
    }
    Ok(whole.parse::<u64>()? * DOLLAR + format!("{decimals:0<12}").parse::<u64>()?)
}

/// Fails unless what `css` says was spent is what these calls cost, to the last digit.
pub(super) async fn is_right(stage: &Stage, css: &str, calls: &[Request]) -> Result<Spent> {
    let (bill, spent) = (bill(calls)?, spent(stage, css).await?);
    ensure!(bill.told > 0, "nothing was paid for, so nothing is proved");
    same!(spent.told, bill.told, "picodollars in {css}, against the ledger");
    same!(spent.untold, bill.untold.len(), "calls without a known cost in {css}, against {:?}", bill.untold);
    Ok(spent)
}
