//! The mock, and the bodies of requests, before a client that nobody here wrote: Mistral's official Python package must find no
//! fault with them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use e2e::browser::tool;
use e2e::harness::runtime;
use e2e::ledger::{CANARY, Ledger};
use e2e::mock::Mock;
use e2e::page::LONG_TIMEOUT;
use e2e::script::Step;
use e2e::sdk::accepts;
use key_tester::core::request::{Known, Outcome, repair};
use key_tester::core::time::Date;
use serde_json::json;
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

#[test]
fn the_official_client_accepts_every_legal_body() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/requests/legal");
    let mut lines = String::new();
    for file in fs::read_dir(folder)? {
        lines += &fs::read_to_string(file?.path())?;
    }
    ensure!(lines.lines().count() >= 200, "only {} bodies are there", lines.lines().count());
    accepts(&lines).map_err(anyhow::Error::msg)
}

/// What the request doctor makes of requests that failed.
#[test]
fn the_official_client_accepts_every_repaired_body() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/requests/failing");
    let (mut lines, mut programs) = (String::new(), 0);
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let today = Date { year: 2026, month: 11, day: 30 };
        let Outcome::Read(repair) = repair(&fs::read_to_string(&path)?, Known { rows: &[], today }) else {
            bail!("{}: no request", path.display());
        };
        ensure!(repair.is_legal() && !repair.reasons.is_empty(), "{}: {:?}", path.display(), repair.faults);
        // What a package takes beside the body is none of Mistral's.
        let Some((call, body)) = repair.call.zip(repair.body.filter(|body| body.get("extra_body").is_none()))
        else {
            programs += 1;
            continue;
        };
        let name = path.file_name().map(|name| name.to_string_lossy());
        lines += &json!({ "call": call.path(), "name": name, "body": body }).to_string();
        lines.push('\n');
    }
    ensure!(
        lines.lines().count() >= 40,
        "only {} bodies are there, and {programs} programs",
        lines.lines().count()
    );
    accepts(&lines).map_err(anyhow::Error::msg)
}

/// It would drop, change or keep these without a word if it were not asked what it sends.
#[test]
fn the_official_client_refuses_what_it_would_not_send_so() -> Result<()> {
    let body = json!({ "model": "m", "messages": [{ "role": "user", "content": "Hi" }] });
    for (name, value) in [
        ("store", json!(false)),
        ("max_tokens", json!("5")),
        ("tool_choice", json!("sometimes")),
        ("response_format", json!({ "type": "json" })),
        ("messages", json!([{ "role": "developer", "content": "Hi" }])),
        ("messages", json!([{ "role": "user", "content": [{ "type": "picture", "url": "x" }] }])),
    ] {
        let mut body = body.clone();
        body[name] = value;
        let line = json!({ "call": "/v1/chat/completions", "name": "the odd one", "body": body });
        let said = accepts(&line.to_string()).err().with_context(|| format!("{name} passed"))?;
        ensure!(said.contains("the odd one"), "{name}: {said}");
    }
    Ok(())
}
