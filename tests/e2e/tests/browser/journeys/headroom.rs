//! Headroom: the pace rises until a request is told to wait; requests and price are those that were announced.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::lab::CHAT;
use e2e::ledger::{CANARY, Ending, Request};
use e2e::page::{LONG_TIMEOUT, TIMEOUT};
use e2e::script::Step;
use e2e::workbench::{accepted, ledger_shows};
use serde_json::{Value, json};

use super::bill::{amount, is_right};
use super::same;
use super::scan::double_click_spends_nothing_on;
use super::workbench::{focus_is_on, press};

const LIMITED: &str = r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300","raw_status_code":429}"#;
const TINY: &str = "ministral-3b-2512";

/// Waits until the search is `running`, `over`, `limited`, `stopped` or `halted`.
async fn comes_to(stage: &Stage, phase: &str, within: std::time::Duration) -> Result<()> {
    let there = format!("document.querySelector('#headroom')?.dataset.headroom === '{phase}'");
    stage.page.wait_longer(&there, within).await.with_context(|| format!("the search is not {phase}"))?;
    Ok(())
}

/// The requests and the most that they cost, as they are announced.
async fn announced(stage: &Stage) -> Result<(usize, u64)> {
    let words = stage.page.texts("#headroom-price").await?.concat();
    let (_, facts) = words.split_once(" in all. ").with_context(|| format!("no price: {words}"))?;
    let digits: String = facts.chars().take_while(char::is_ascii_digit).collect();
    Ok((digits.parse()?, amount(&stage.page.texts("#headroom-price b").await?.concat())?))
}

/// Chooses a highest pace.
async fn ceiling(stage: &Stage, name: &str) -> Result<()> {
    stage.page.click(&format!("[data-ceiling={name}]")).await?;
    stage.page.see(&format!("[data-ceiling={name}][aria-pressed=true]")).await.map(drop)
}

/// An answer of one token.
fn answer() -> Step {
    let answer = json!({
        "id": "e5cc70bb28c444948073e77776eb30ef", "object": "chat.completion", "created": 1_795_420_800,
        "model": TINY, "choices": [{ "index": 0, "finish_reason": "length",
            "message": { "role": "assistant", "content": "Hi", "tool_calls": null } }],
        "usage": { "prompt_tokens": 5, "completion_tokens": 1, "total_tokens": 6 },
    });
    Step::json(200, &answer.to_string())
}

/// The page's timers fire in order: what was to be sent soon is sent by then.
async fn nothing_follows(stage: &Stage, posts: usize) -> Result<()> {
    stage.page.promise("new Promise(done => setTimeout(done, 1500))", &[]).await?;
    same!(stage.harness.ledger.posts().len(), posts, "requests after the end");
    Ok(())
}

pub(super) async fn the_first_429_ends_the_search(stage: &Stage) -> Result<()> {
    const GOOD: usize = 8;
    let page = &stage.page;
    accepted(stage).await?;
    ceiling(stage, "five").await?;
    let (requests, worst) = announced(stage).await?;
    same!(requests, 275, "requests that are announced");
    same!(stage.harness.ledger.posts().len(), 0, "requests before the press");
    let script = stage.harness.mock.script();
    for _ in 0..GOOD {
        script.push(CHAT, answer());
    }
    script.always(CHAT, Step::json(429, LIMITED));
    page.click("#start-headroom").await?;
    comes_to(stage, "limited", LONG_TIMEOUT).await?;
    let posts = stage.harness.ledger.posts();
    same!(posts.len(), GOOD + 1, "requests: those that were answered, and the one that was told to wait");
    for post in &posts {
        let body: Value = serde_json::from_slice(&post.body)?;
        same!(body["max_tokens"], json!(1), "tokens that are asked for");
        same!(post.model(), Some(TINY.to_owned()), "the model");
    }
    let spent = is_right(stage, "#headroom-spent", &posts).await?;
    ensure!(
        spent.told <= worst && spent.untold == 0,
        "{spent:?} where at most {worst} picodollars were shown"
    );
    let headline = page.texts("#headroom-summary").await?.concat();
    same!(
        headline,
        format!(
            "This key carried 30 requests a minute (0.5 a second) with {TINY}. At 60 requests a minute (1 a second) it was told to wait."
        ),
        "what is said of it"
    );
    page.click("#headroom-limit > summary").await?;
    page.see("#headroom-limit .brief[data-cause=rate-limited]").await?;
    let marks = "[...document.querySelectorAll('#headroom .plot-row .plot-refused')].map(mark => mark.getAttribute('d').length > 0)";
    same!(page.value(marks, &[]).await?, json!([true, true]), "the refusal in both rows of the plot");
    page.click("#headroom .plot details > summary").await?;
    page.wait_for("document.querySelectorAll('#headroom .plot-table tbody tr').length === 2").await?;
    for (client, line) in
        [("python", "PER_MINUTE = 6 "), ("typescript", "PER_MINUTE = 6;"), ("rust", "PER_MINUTE: u64 = 6;")]
    {
        page.click(&format!("#headroom [data-client={client}]")).await?;
        let shown =
            format!("document.querySelector('#headroom-program').textContent.includes({})", json!(line));
        page.wait_for(&shown).await.with_context(|| format!("{client} is set to 80 % of eight answers"))?;
    }
    page.click("#copy-settings").await?;
    page.wait_for("document.querySelector('#copy-settings').textContent !== 'Copy the settings'").await?;
    let program = page.texts("#headroom-program").await?.concat();
    ensure!(program.contains(TINY) && !program.contains(CANARY), "{program}");
    nothing_follows(stage, GOOD + 1).await
}

pub(super) async fn stopping_the_search_hangs_up(stage: &Stage) -> Result<()> {
    accepted(stage).await?;
    ceiling(stage, "twenty").await?;
    let script = stage.harness.mock.script();
    script.push(CHAT, answer());
    script.always(CHAT, Step::silence());
    stage.page.click("#start-headroom").await?;
    let open =
        |posts: &[Request]| posts.len() >= 3 && posts.last().is_some_and(|post| post.ending == Ending::Open);
    ledger_shows(stage, "requests start while others wait for their answers", open).await?;
    double_click_spends_nothing_on(stage, "#stop-headroom", "#start-headroom").await?;
    comes_to(stage, "stopped", TIMEOUT).await?;
    let dropped = |posts: &[Request]| posts.iter().skip(1).all(|post| post.ending == Ending::Dropped);
    let posts = ledger_shows(stage, "the page hangs up", dropped).await?;
    let spent = is_right(stage, "#headroom-spent", &posts).await?;
    same!(spent.untold, posts.len() - 1, "requests that were taken back");
    nothing_follows(stage, posts.len()).await
}

/// A search that is begun by a key has the focus at its heading: the key, still held, presses nothing more.
pub(super) async fn the_keyboard_starts_one_search(stage: &Stage) -> Result<()> {
    let (page, driver) = (&stage.page, stage.browser.driver());
    accepted(stage).await?;
    stage.harness.mock.script().always(CHAT, Step::json(429, LIMITED));
    page.reach("#headroom-heading").await?;
    page.see("#start-headroom").await?;
    page.value("document.querySelector('#start-headroom').focus()", &[]).await?;
    page.consider("#start-headroom").await?;
    driver.action_chain().key_down(thirtyfour::Key::Enter).perform().await?;
    for _ in 0..3 {
        driver.action_chain().key_down(thirtyfour::Key::Enter).perform().await?;
    }
    driver.action_chain().key_up(thirtyfour::Key::Enter).perform().await?;
    comes_to(stage, "limited", TIMEOUT).await?;
    focus_is_on(stage, "#headroom-heading").await?;
    same!(stage.harness.ledger.posts().len(), 1, "requests: the first one was told to wait");
    same!(page.count("#headroom-settings").await?, 0, "settings by no answer at all");
    press(stage, thirtyfour::Key::Escape).await?;
    nothing_follows(stage, 1).await
}
