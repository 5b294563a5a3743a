//! A stream read by a few lines of JavaScript in the page: what a browser can tell of it at all, before anything is drawn.

use anyhow::{Context, Result};
use e2e::accuracy::Arrived;
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use serde_json::{Value, json};

/// Asks for a chat answer as the lab does, and stamps each read; a chunk came when its last byte did.
const READ: &str = "(async () => {
    const answer = await fetch('https://api.mistral.ai/v1/chat/completions', {
        method: 'POST',
        headers: { Authorization: 'Bearer ' + arguments[0], 'Content-Type': 'application/json' },
        body: JSON.stringify({ model: 'paced', messages: [{ role: 'user', content: 'Go' }], stream: true }),
        credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store',
    });
    const reader = answer.body.getReader(), decoder = new TextDecoder();
    const chunks = [];
    let rest = '', shared = 0;
    for (;;) {
        const { done, value } = await reader.read();
        const at = performance.now();
        if (done) break;
        const events = (rest + decoder.decode(value, { stream: true })).split('\\n\\n');
        rest = events.pop();
        const texts = events.filter(event => event.includes('\"content\":\" word\"')).length;
        for (let text = 0; text < texts; text += 1) chunks.push(at);
        shared += Math.max(0, texts - 1);
    }
    return { chunks: chunks.map(at => Math.round((performance.timeOrigin + at) * 1000)), shared };
})()";

/// Has the page read one stream.
pub(super) async fn read(stage: &Stage) -> Result<Arrived> {
    let seen = stage.page.promise(READ, &[json!(CANARY)]).await?;
    let chunks = seen["chunks"].as_array().with_context(|| format!("no chunks in {seen}"))?;
    let chunks = chunks.iter().map(Value::as_u64).collect::<Option<Vec<_>>>();
    let chunks = chunks.with_context(|| format!("{seen} holds something else than times"))?;
    Ok(Arrived { chunks, shared: seen["shared"].as_u64().unwrap_or_default() })
}
