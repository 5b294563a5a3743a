//! The request doctor: repairs what is pasted, sends nothing of it, and tries it once on a press.

use anyhow::{Result, ensure};
use e2e::harness::Stage;
use e2e::ledger::{CANARY, has_canary};
use e2e::workbench::{accepted, ledger_shows};

use super::doctor::{paste_into, text_in};
use super::overview::visit;
use super::same;

/// A command that fails for its fields, its address and its header.
fn failing() -> String {
    format!(
        "curl https://api.mistral.ai/v1/v1/chat/completions \\\n  -H \"x-api-key: {CANARY}\" \\\n  \
         -H \"Content-Type: application/json\" \\\n  \
         -d '{{\"model\": \"mistral-small-latest\", \"max_completion_tokens\": 5, \"store\": true,\n  \
         \"messages\": [{{\"role\": \"user\", \"content\": \"Hi\"}}]}}'\n"
    )
}

pub(super) async fn a_failing_request_is_repaired_here(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    visit(stage, "#request").await?;
    page.wait_for("document.activeElement?.id === 'request-heading'").await?;
    let before = stage.harness.ledger.requests().len();
    paste_into(stage, "#request-text", &failing()).await?;
    page.wait_for("document.querySelector('#repair')?.dataset.state === 'repaired'").await?;
    let kept = text_in(stage, "#request-text").await?;
    ensure!(!has_canary(&kept) && kept.contains("[key …"), "the field holds {kept}");
    let diff = page.texts("#request-diff").await?.concat();
    for words in ["Authorization", "/v1/chat/completions", "max_tokens", "Mistral knows no such field"] {
        ensure!(diff.contains(words), "{words} is not in {diff}");
    }
    page.click("#copy-request").await?;
    page.wait_for("document.querySelector('#copy-request').textContent === 'Copied'").await?;
    let copied = e2e::clipboard::read(stage.browser.driver()).await?;
    let expected = "curl https://api.mistral.ai/v1/chat/completions";
    ensure!(copied.starts_with(expected) && copied.contains("Authorization: Bearer [key …"), "{copied}");
    ensure!(copied.contains("\"max_tokens\": 5") && !copied.contains("store"), "{copied}");
    ensure!(!has_canary(&copied), "the key is in the copy");
    let asked: Vec<_> = stage.harness.ledger.requests().split_off(before);
    let asked: Vec<_> = asked.iter().filter(|it| !it.path.starts_with(e2e::clipboard::PATH)).collect();
    ensure!(asked.is_empty(), "something was requested: {asked:?}");
    page.click("#clear-request").await?;
    page.wait_for(
        "document.querySelector('#request-text').value === '' && !document.querySelector('#repair')",
    )
    .await?;
    Ok(())
}

pub(super) async fn a_repaired_request_is_sent_once_on_a_press(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    page.click("[data-example=fields]").await?;
    let price = page.texts("#request-trial .price-tag").await?.concat();
    ensure!(price.contains("at most $") || price.contains("at most ≈ $"), "no price: {price}");
    same!(stage.harness.ledger.posts().len(), 0, "calls before the press");
    page.click("#try-request").await?;
    page.wait_for("document.querySelector('#request-trial')?.dataset.state === 'taken'").await?;
    let posts = ledger_shows(stage, "one call", |posts| posts.len() == 1).await?;
    let body = String::from_utf8_lossy(&posts[0].body).into_owned();
    ensure!(
        body.contains("\"max_tokens\":1") && body.contains("random_seed") && !body.contains("store"),
        "{body}"
    );
    Ok(())
}
