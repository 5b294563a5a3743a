//! The programs that the page hands out for curl, Python and TypeScript, run as they are: Mistral's host names lead to the mock.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::Router;
use e2e::browser::tool;
use e2e::harness::runtime;
use e2e::ledger::{CANARY, Ending, Ledger, Request, has_canary};
use e2e::mock::Mock;
use e2e::proxy::{Breakages, Proxy};
use e2e::script::{Script, Step};
use key_tester::core::headroom::{Client, Settings};
use key_tester::core::mistral::Endpoint;
use key_tester::core::snippet::{Language, Task, snippet};
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::timeout;

/// How long a program may take on a busy machine.
const TIMEOUT: Duration = Duration::from_mins(5);

/// A model for each task, and a host: every server of the packages has its turn.
const CALLS: [(Task, &str, Endpoint); 4] = [
    (Task::Chat, "ministral-3b-2512", Endpoint::Global),
    (Task::Stream, "mistral-small-2603", Endpoint::Eu),
    (Task::Embeddings, "mistral-embed", Endpoint::Us),
    (Task::Fim, "codestral-2508", Endpoint::Global),
];

/// An id as no server should send one: what ends strings, lines and commands in some language.
const ODD: &str = "it's \"$(touch ran)\" `id` \\ ${x} {MODEL} // #\n'''\"\"\"\u{2028}é";

/// How the simulated models begin.
const SAID: &str = "This answer was written by a simulation, so do not read too much into it.";

/// The fetch of Node.js heeds no variable for a proxy before version 24.
const PROXIED: &str = "import { EnvHttpProxyAgent, setGlobalDispatcher } from 'undici';\nsetGlobalDispatcher(new EnvHttpProxyAgent());\n";

/// A folder for programs, and a world in which Mistral's hosts are the mock.
struct Place {
    folder: TempDir,
    ledger: Ledger,
    script: Script,
    proxy: Proxy,
}

/// What became of a program.
struct Run {
    succeeded: bool,
    printed: String,
    all: String,
    requests: Vec<Request>,
}

impl Place {
    async fn new() -> Result<Self> {
        let ledger = Ledger::default();
        let mock = Mock::new(ledger.clone());
        let script = mock.script().clone();
        let proxy = Proxy::start(mock.router(), Router::new(), ledger.clone(), Breakages::default()).await?;
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("authority.pem"), proxy.authority())?;
        Ok(Self { folder, ledger, script, proxy })
    }

    fn command(&self, program: &Path) -> Command {
        let proxy = format!("http://{}", self.proxy.address());
        let authority = self.folder.path().join("authority.pem");
        let mut command = Command::new(program);
        command.current_dir(self.folder.path());
        for name in ["HTTPS_PROXY", "https_proxy"] {
            command.env(name, &proxy);
        }
        for name in ["CURL_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"] {
            command.env(name, &authority);
        }
        for name in ["NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"] {
            command.env_remove(name);
        }
        command
            .env("MISTRAL_API_KEY", CANARY)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Runs a program that is there, and says what it printed and sent.
    async fn run(&self, command: &mut Command, text: &str) -> Result<Run> {
        let before = self.ledger.requests().len();
        let output = timeout(TIMEOUT, command.output()).await;
        let output = output.with_context(|| format!("it did not come to an end:\n{text}"))??;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let all = format!("{printed}{}\nof\n{text}", String::from_utf8_lossy(&output.stderr));
        ensure!(!has_canary(&all), "the key is in what it says:\n{all}");
        let requests = self.ledger.requests().split_off(before);
        Ok(Run { succeeded: output.status.success(), printed, all, requests })
    }

    /// Puts a program into a file.
    fn file(&self, name: &str, text: &str) -> Result<PathBuf> {
        let file = self.folder.path().join(name);
        fs::write(&file, text)?;
        Ok(file)
    }

    /// What there is beside TypeScript programs: the packages, and the way through the proxy.
    fn typescript(&self) -> Result<()> {
        let checkout = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/tools/npm/snippets");
        let packages =
            std::env::var_os("E2E_SNIPPETS").map_or_else(|| PathBuf::from(checkout), PathBuf::from);
        let packages = packages.join("node_modules");
        ensure!(packages.is_dir(), "{} is not there: run `cargo xtask test`", packages.display());
        std::os::unix::fs::symlink(fs::canonicalize(packages)?, self.folder.path().join("node_modules"))?;
        self.file("proxied.mjs", PROXIED)?;
        Ok(())
    }

    /// Checks the types of programs, strictly, and makes what Node.js runs.
    async fn compile(&self, files: &[PathBuf]) -> Result<()> {
        let mut command = self.command(&tool("Node.js", "E2E_NODE", "node")?);
        command.arg("node_modules/typescript/bin/tsc");
        command.args(["--strict", "--noEmitOnError", "--target", "es2022", "--module", "nodenext"]);
        command.args(["--types", "node"]).args(files);
        let run = self.run(&mut command, "the TypeScript programs").await?;
        ensure!(run.succeeded, "TypeScript finds fault:\n{}", run.all);
        Ok(())
    }

    /// The command for the program in this file, made by [`Place::compile`] where need be.
    fn ready(&self, language: Language, file: &Path) -> Result<Command> {
        Ok(match language {
            Language::Curl => {
                let mut command = self.command(&tool("a shell", "E2E_SHELL", "sh")?);
                command.arg(file);
                command
            }
            Language::TypeScript => {
                let mut command = self.command(&tool("Node.js", "E2E_NODE", "node")?);
                command.args(["--import", "./proxied.mjs"]).arg(file.with_extension("mjs"));
                command
            }
            _ => {
                let variable = "E2E_PYTHON";
                let mut command =
                    self.command(&tool("Python with the package `mistralai`", variable, "python3")?);
                command.arg(file);
                command
            }
        })
    }
}

const fn extension(language: Language) -> &'static str {
    match language {
        Language::Curl => "sh",
        Language::TypeScript => "mts",
        _ => "py",
    }
}

/// The text of the chunks that curl printed.
fn streamed(printed: &str) -> Result<String> {
    let events =
        printed.lines().filter_map(|line| line.strip_prefix("data: ")).filter(|data| *data != "[DONE]");
    let text = |data: &str| -> Result<String> {
        let chunk: Value = serde_json::from_str(data)?;
        Ok(chunk["choices"][0]["delta"]["content"].as_str().unwrap_or_default().to_owned())
    };
    events.map(text).collect()
}

/// Whether the answer is in what was printed.
fn tells(language: Language, task: Task, printed: &str) -> Result<bool> {
    if language != Language::Curl {
        return Ok(match task {
            Task::Chat | Task::Stream => printed.starts_with(SAID),
            Task::Embeddings => printed.starts_with("1024 [") && printed.contains("0.0"),
            Task::Fim => printed.trim_end() == " b",
        });
    }
    if task == Task::Stream {
        return Ok(streamed(printed)?.starts_with(SAID));
    }
    let answer: Value = serde_json::from_str(printed).context("curl prints JSON")?;
    let content = answer["choices"][0]["message"]["content"].as_str();
    Ok(match task {
        Task::Embeddings => {
            answer["data"][0]["embedding"].as_array().is_some_and(|vector| vector.len() == 1024)
        }
        Task::Fim => content == Some(" b"),
        Task::Chat | Task::Stream => content.is_some_and(|content| content.starts_with(SAID)),
    })
}

/// Runs every program of a language, and holds what it sends and prints against what it is for.
async fn every_task(language: Language) -> Result<()> {
    let place = Place::new().await?;
    let programs: Vec<_> = CALLS
        .into_iter()
        .map(|(task, model, endpoint)| {
            let text = snippet(language, task, model, endpoint).map_err(anyhow::Error::msg)?;
            let file = place.file(&format!("{}.{}", task.name(), extension(language)), &text)?;
            Ok((task, model, endpoint, text, file))
        })
        .collect::<Result<_>>()?;
    if language == Language::TypeScript {
        place.typescript()?;
        let files: Vec<PathBuf> = programs.iter().map(|(.., file)| file.clone()).collect();
        place.compile(&files).await?;
    }
    for (task, model, endpoint, text, file) in programs {
        let run = place.run(&mut place.ready(language, &file)?, &text).await?;
        ensure!(run.succeeded, "it fails:\n{}", run.all);
        ensure!(tells(language, task, &run.printed)?, "the answer is not in what it prints:\n{}", run.all);
        let [request] = run.requests.as_slice() else {
            anyhow::bail!("{} requests:\n{}", run.requests.len(), run.all)
        };
        ensure!(
            (request.method.as_str(), request.host.as_str()) == ("POST", endpoint.host()),
            "{} {}:\n{text}",
            request.method,
            request.host
        );
        ensure!(request.path == task.path(), "{}:\n{text}", request.path);
        ensure!(
            request.header("authorization") == Some(&format!("Bearer {CANARY}")),
            "without the key:\n{text}"
        );
        ensure!(request.model().as_deref() == Some(model), "{:?}:\n{text}", request.model());
        // Of a field that it does not know the mock makes 422, as Mistral does.
        ensure!(request.status == Some(200) && request.ending == Ending::Answered, "{request:?}");
        let body: Value = serde_json::from_slice(&request.body)?;
        ensure!((body["stream"] == true) == (task == Task::Stream), "{body}");
    }
    let hosts = Endpoint::ALL.map(Endpoint::host);
    for contact in place.ledger.contacts() {
        ensure!(hosts.contains(&contact.host.as_str()), "it calls {}", contact.host);
    }
    Ok(())
}

#[test]
fn curl_does_every_task() -> Result<()> {
    runtime()?.block_on(every_task(Language::Curl))
}

#[test]
fn the_python_sdk_does_every_task() -> Result<()> {
    runtime()?.block_on(every_task(Language::Python))
}

#[test]
fn the_typescript_sdk_does_every_task() -> Result<()> {
    runtime()?.block_on(every_task(Language::TypeScript))
}

/// Read by the shell, Python and TypeScript themselves, an id is sent as it is, and nothing in it is carried out.
#[test]
fn an_odd_id_is_sent_as_it_is() -> Result<()> {
    runtime()?.block_on(async {
        for language in [Language::Curl, Language::Python, Language::TypeScript] {
            let place = Place::new().await?;
            let text = snippet(language, Task::Chat, ODD, Endpoint::Global).map_err(anyhow::Error::msg)?;
            let file = place.file(&format!("odd.{}", extension(language)), &text)?;
            if language == Language::TypeScript {
                place.typescript()?;
                place.compile(std::slice::from_ref(&file)).await?;
            }
            let run = place.run(&mut place.ready(language, &file)?, &text).await?;
            let sent: Vec<_> = run.requests.iter().map(|request| (request.status, request.model())).collect();
            ensure!(sent == [(Some(400), Some(ODD.to_owned()))], "{sent:?}:\n{}", run.all);
            ensure!(
                !place.folder.path().join("ran").exists(),
                "a command in the id was carried out:\n{text}"
            );
        }
        Ok(())
    })
}

/// Settings for a client, of an odd model or of one that is there.
fn settings(model: &str) -> Settings {
    Settings { per_minute: 240, model: model.to_owned(), endpoint: Endpoint::Eu }
}

/// The programs that keep to a pace: run as they are, they answer both questions, and try again after a 429.
async fn settings_run(client: Client, language: Language) -> Result<()> {
    let place = Place::new().await?;
    let limited = r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","code":"1300"}"#;
    place.script.push("POST /v1/chat/completions", Step::json(429, limited));
    let text = settings("mistral-small-2603").program(client);
    let file = place.file(&format!("settings.{}", extension(language)), &text)?;
    let odd = place.file(&format!("odd.{}", extension(language)), &settings(ODD).program(client))?;
    if language == Language::TypeScript {
        place.typescript()?;
        place.compile(&[file.clone(), odd.clone()]).await?;
    }
    let run = place.run(&mut place.ready(language, &file)?, &text).await?;
    ensure!(run.succeeded, "it fails:\n{}", run.all);
    ensure!(
        run.printed.lines().filter(|line| line.starts_with(SAID)).count() == 2,
        "both answers are printed:\n{}",
        run.all
    );
    let mut statuses: Vec<_> = run.requests.iter().map(|request| request.status).collect();
    statuses.sort_unstable();
    ensure!(statuses == [Some(200), Some(200), Some(429)], "{statuses:?}:\n{}", run.all);
    for request in &run.requests {
        ensure!(request.host == Endpoint::Eu.host(), "it calls {}", request.host);
        ensure!(request.model().as_deref() == Some("mistral-small-2603"), "{:?}", request.model());
    }
    let run = place.run(&mut place.ready(language, &odd)?, ODD).await?;
    ensure!(run.requests.iter().all(|request| request.model().as_deref() == Some(ODD)), "{}", run.all);
    ensure!(!run.requests.is_empty() && !place.folder.path().join("ran").exists(), "{}", run.all);
    Ok(())
}

#[test]
fn the_settings_for_python_keep_to_the_pace_and_try_again() -> Result<()> {
    runtime()?.block_on(settings_run(Client::Python, Language::Python))
}

#[test]
fn the_settings_for_typescript_keep_to_the_pace_and_try_again() -> Result<()> {
    runtime()?.block_on(settings_run(Client::TypeScript, Language::TypeScript))
}

/// The settings for Rust, as the compiler reads them.
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::restriction,
    reason = "a program to copy, with a main of its own"
)]
mod rust_settings {
    include!("../../../../src/core/headroom/rust.txt");
}

/// That the text compiles is shown by the module above; the program is that text but for its numbers, model and host.
#[test]
fn the_settings_for_rust_compile() -> Result<()> {
    let (text, program) =
        (include_str!("../../../../src/core/headroom/rust.txt"), settings(ODD).program(Client::Rust));
    let differ: Vec<_> = text.lines().zip(program.lines()).filter(|(own, other)| own != other).collect();
    let names = ["const PER_MINUTE", "const AT_ONCE", "const MODEL", "const URL"];
    ensure!(text.lines().count() == program.lines().count(), "{program}");
    ensure!(
        differ.len() == names.len()
            && differ
                .iter()
                .zip(names)
                .all(|((own, other), name)| own.starts_with(name) && other.starts_with(name)),
        "{differ:?}"
    );
    Ok(())
}
