//! The mock before a client that nobody here wrote: Mistral's official Python package must find no fault with it.

use anyhow::{Context, Result, ensure};
use e2e::browser::tool;
use e2e::harness::runtime;
use e2e::ledger::{CANARY, Ledger};
use e2e::mock::Mock;
use e2e::page::LONG_TIMEOUT;
use e2e::script::Step;
use tokio::process::Command;
use tokio::time::timeout;

#[test]
fn the_official_client_understands_the_mock() -> Result<()> {
    runtime()?.block_on(async {
        let python = tool("Python with the package `mistralai`", "E2E_PYTHON", "python3")?;
        let ledger = Ledger::default();
        let mock = Mock::new(ledger.clone());
        let (address, server) = mock.listen().await?;
        // A revoked key among good ones: the client asks for this model with it.
        mock.script().push("GET /v1/models/revoked", Step::json(401, r#"{"detail":"Invalid API Key"}"#));
        let mut command = Command::new(python);
        command
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/sdk/check.py"))
            .args([format!("http://{address}"), CANARY.to_owned()])
            .env("NO_PROXY", "127.0.0.1")
            .kill_on_drop(true);
        let output =
            timeout(LONG_TIMEOUT, command.output()).await.context("the client did not come to an end")??;
        server.abort();
        let said =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        ensure!(output.status.success(), "the official client finds fault with the mock:\n{said}");
        for check in [
            "models: 22",
            "chat: ",
            "stream: ",
            "tools: get_weather",
            "fim: ",
            "embeddings: 1024",
            "moderation: 11",
            "ocr: 1 page",
            "transcription: 2 s",
            "voices: ",
            "speech: ",
            "workspace: [2, 1, 2, 1, 1]",
            "identity: Demo workspace",
            "refused: 401",
            "refused: 404",
            "refused: 400",
            "refused: 422",
        ] {
            ensure!(said.contains(check), "{check:?} is missing in what the client says:\n{said}");
        }
        let key = format!("Bearer {CANARY}");
        let requests = ledger.requests();
        ensure!(requests.len() >= 20, "only {} requests arrived", requests.len());
        ensure!(
            requests.iter().all(|request| request.header("authorization") == Some(&key)),
            "a key is missing"
        );
        Ok(())
    })
}
