//! The exported workloads, run by the engines that they are for: they must make the page's own calls.

use std::collections::BTreeMap;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use e2e::browser::tool;
use e2e::harness::runtime;
use e2e::ledger::{CANARY, Ending, Ledger, has_canary};
use e2e::mock::Mock;
use e2e::script::Step;
use key_tester::core::bench::{Call, Custom, Pacing, Plan, PromptSize, Role, Schedule, Subject, Workload};
use key_tester::core::export::{Engine, TEMPLATES, export};
use key_tester::core::http::Body;
use key_tester::core::key::ApiKey;
use key_tester::core::mistral::{CHAT, Endpoint};
use key_tester::core::time::Span;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::timeout;

/// How long an engine may take on a busy machine.
const TIMEOUT: Duration = Duration::from_mins(5);
const MODELS: [&str; 2] = ["mistral-small-latest", "ministral-3b-2512"];

fn schedule(call: Call, at_once: u8, pacing: Pacing) -> Result<Schedule> {
    let subject = |model: &str| Subject { model: model.to_owned(), call, price: None };
    let workload = Workload { prompt: PromptSize::Medium, answer: 20, pacing, seed: 4_000_000_007 };
    let subjects = MODELS.map(subject).to_vec();
    let plan = Plan::Custom(Custom { subjects, rounds: 6, at_once, workload });
    plan.schedule(Endpoint::Global, workload.seed).map_err(|unplanned| anyhow::anyhow!(unplanned.sentence()))
}

/// What the page would send, in the order of the calls' numbers.
fn bodies(schedule: &Schedule, wanted: impl Fn(Role) -> bool) -> Result<Vec<Value>> {
    let key = ApiKey::parse(CANARY).ok().context("a key")?.key;
    let calls = schedule.calls().iter().filter(|call| wanted(call.role));
    calls
        .map(|call| match schedule.request(*call, &key).and_then(|request| request.body) {
            Some(Body::Json(body)) => Ok(serde_json::from_str(&body)?),
            _ => bail!("call {} has no body", call.number),
        })
        .collect()
}

/// Whether these are the same calls in any order. No two of the page's are alike.
fn same(received: &[Value], wanted: &[Value]) -> bool {
    received.len() == wanted.len() && wanted.iter().all(|body| received.contains(body))
}

/// The mock, and a folder with the file.
struct Place {
    folder: TempDir,
    ledger: Ledger,
    mock: Mock,
    server: SocketAddr,
}

impl Place {
    async fn of(engine: Engine, schedule: &Schedule) -> Result<Self> {
        let ledger = Ledger::default();
        let mock = Mock::new(ledger.clone());
        let (server, _) = mock.listen().await?;
        let folder = tempfile::tempdir()?;
        let text =
            export(engine, schedule, TEMPLATES).map_err(|reason| anyhow::anyhow!(reason.sentence()))?;
        fs::write(folder.path().join(engine.file_name()), text)?;
        Ok(Self { folder, ledger, mock, server })
    }

    /// Locust, as it is told to run, with the key only where calls are made.
    fn locust(&self, makes_calls: bool, arguments: &[&str]) -> Result<Command> {
        let mut command = Command::new(tool("Python with the package `locust`", "E2E_PYTHON", "python3")?);
        command.args(["-m", "locust", "-f", Engine::Locust.file_name()]).args(arguments);
        if makes_calls {
            command.env("MISTRAL_API_KEY", CANARY);
        }
        Ok(self.at_home(command))
    }

    fn at_home(&self, mut command: Command) -> Command {
        command
            .current_dir(self.folder.path())
            .env("MISTRAL_BASE_URL", format!("http://{}", self.server))
            .env("NO_PROXY", "127.0.0.1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Every file that is there must be without the key.
    fn holds_no_key(&self) -> Result<()> {
        let entries: Vec<_> = fs::read_dir(self.folder.path())?.collect::<Result<_, _>>()?;
        ensure!(!entries.is_empty(), "there is no file");
        for file in entries.iter().map(fs::DirEntry::path).filter(|path| path.is_file()) {
            ensure!(
                !has_canary(&String::from_utf8_lossy(&fs::read(&file)?)),
                "the key is in {}",
                file.display()
            );
        }
        Ok(())
    }

    /// The bodies of the calls that arrived. Each carried the key, and was answered to its end.
    fn received(&self) -> Result<Vec<Value>> {
        let key = format!("Bearer {CANARY}");
        let posts: Vec<_> =
            self.ledger.requests().into_iter().filter(|request| request.method == "POST").collect();
        for post in &posts {
            ensure!(post.header("authorization") == Some(&key), "a call without the key: {}", post.path);
            ensure!(post.ending == Ending::Answered, "a call was given up: {}", post.path);
        }
        posts.iter().map(|post| Ok(serde_json::from_slice(&post.body)?)).collect()
    }
}

async fn ended(command: &mut Command, what: &str) -> Result<Output> {
    let run = timeout(TIMEOUT, command.output()).await;
    Ok(run.with_context(|| format!("{what} did not come to an end"))??)
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Requests and failures in the table that Locust writes, by kind and model.
fn statistics(folder: &Path) -> Result<BTreeMap<(String, String), (u64, u64)>> {
    let table = fs::read_to_string(folder.join("mistral_stats.csv")).context("Locust's statistics")?;
    ensure!(table.starts_with("Type,Name,Request Count,Failure Count,"), "another table:\n{table}");
    let rows = table.lines().skip(1).filter(|row| !row.starts_with(",Aggregated"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        let [kind, name, requests, failures, ..] = cells[..] else { bail!("a short row: {row}") };
        Ok(((kind.to_owned(), name.to_owned()), (requests.parse()?, failures.parse()?)))
    })
    .collect()
}

#[test]
fn locust_makes_the_pages_calls_from_two_workers_and_ends() -> Result<()> {
    runtime()?.block_on(async {
        let schedule = schedule(Call::Chat, 2, Pacing::Closed { pause: Span::from_millis(20) })?;
        let place = Place::of(Engine::Locust, &schedule).await?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port().to_string();
        let arguments = ["--master", "--headless", "--expect-workers", "2", "--csv", "mistral"];
        let address = ["--master-bind-host", "127.0.0.1", "--master-bind-port", &port];
        let mut master = place.locust(false, &[&arguments[..], &address[..]].concat())?;
        let arguments = ["--worker", "--master-host", "127.0.0.1", "--master-port", &port];
        let (mut one, mut other) = (place.locust(true, &arguments)?, place.locust(true, &arguments)?);
        let (master, one, other) = tokio::try_join!(
            ended(&mut master, "the master"),
            ended(&mut one, "a worker"),
            ended(&mut other, "a worker")
        )?;
        let all = format!("{}\n{}\n{}", said(&master), said(&one), said(&other));
        ensure!(master.status.success(), "the master ended with {}:\n{all}", master.status);

        let received = place.received()?;
        ensure!(same(&received, &bodies(&schedule, |_| true)?), "not the page's calls:\n{all}");
        let warm_ups = bodies(&schedule, |role| role == Role::WarmUp)?;
        ensure!(
            received.get(..warm_ups.len()) == Some(&warm_ups[..]),
            "warm-ups come first, one by one:\n{all}"
        );
        let statistics = statistics(place.folder.path())?;
        for model in MODELS {
            let wanted = bodies(&schedule, |role| role == Role::Measured)?;
            let wanted = wanted.iter().filter(|body| body["model"] == model).count() as u64;
            for kind in ["POST", "TTFT"] {
                let counts = statistics.get(&(kind.to_owned(), model.to_owned()));
                ensure!(counts == Some(&(wanted, 0)), "{kind} {model}: {counts:?} of {wanted}\n{all}");
            }
        }
        ensure!(!has_canary(&all), "the key is in what Locust says");
        place.holds_no_key()
    })
}

#[test]
fn locust_alone_counts_a_limit_as_a_failure_and_gives_up_after_three() -> Result<()> {
    runtime()?.block_on(async {
        let schedule = schedule(Call::Chat, 1, Pacing::Paced { every: Span::from_millis(50) })?;
        let place = Place::of(Engine::Locust, &schedule).await?;
        let refusal = Step::json(429, r#"{"message":"Requests rate limit exceeded"}"#);
        let warm_ups = bodies(&schedule, |role| role == Role::WarmUp)?.len();
        for _ in 0..warm_ups {
            place.mock.script().push(&format!("POST {CHAT}"), Step::json(200, "{}"));
        }
        place.mock.script().always(&format!("POST {CHAT}"), refusal);
        let mut alone = place.locust(true, &["--headless", "--csv", "mistral"])?;
        let output = ended(&mut alone, "Locust").await?;
        let said = said(&output);
        ensure!(
            output.status.code() == Some(1),
            "failures are told by the status {}:\n{said}",
            output.status
        );
        ensure!(place.received()?.len() == warm_ups + 3, "{} calls:\n{said}", place.received()?.len());
        let failures: u64 = statistics(place.folder.path())?.values().map(|(_, failures)| failures).sum();
        ensure!(failures == 3, "{failures} failures:\n{said}");
        let reasons = fs::read_to_string(place.folder.path().join("mistral_failures.csv"))?;
        ensure!(reasons.matches("HTTP 429").count() == 2, "a reason for each model:\n{reasons}");
        ensure!(
            !format!("{said}{reasons}").contains("rate limit exceeded"),
            "what a server says is not repeated"
        );
        place.holds_no_key()
    })
}

#[test]
fn python_reads_every_id_of_a_model_as_it_is() -> Result<()> {
    runtime()?.block_on(async {
        let python = tool("Python", "E2E_PYTHON", "python3")?;
        let ids = ["it's", "\"\"\"", "\\", "a\nb\r\u{0}", "\u{85}\u{2028}\u{feff}\u{ffff}", "\u{1f600}é{}$`%s"];
        let subject = |model: &str| Subject { model: model.to_owned(), call: Call::Chat, price: None };
        let plan = Plan::Compare(ids.map(subject).to_vec());
        let schedule = plan.schedule(Endpoint::Global, 0).map_err(|why| anyhow::anyhow!(why.sentence()))?;
        let place = Place::of(Engine::Locust, &schedule).await?;
        let script = "import ast, json, sys\n\
            tree = ast.parse(open(sys.argv[1], encoding='utf-8').read())\n\
            told = [node.value for node in tree.body if isinstance(node, ast.Assign) and getattr(node.targets[0], 'id', '') == 'SERIES']\n\
            print(json.dumps([series['model'] for series in ast.literal_eval(told[0])]))";
        let mut command = Command::new(python);
        command.args(["-c", script, Engine::Locust.file_name()]);
        let output = ended(&mut place.at_home(command), "Python").await?;
        let told: Vec<String> = serde_json::from_slice(&output.stdout).with_context(|| said(&output))?;
        ensure!(told == ids, "{told:?}");
        Ok(())
    })
}

/// The parts of k6 that the script uses: each call is printed rather than made.
const STAND_IN: &str = "
export const sleep = () => {};
export class Trend { add() {} }
export class Rate { add() {} }
export const execution = { scenario: { iterationInTest: 0 }, test: { abort(why) { throw new Error(why); } } };
export const http = {
  post(url, body, { headers }) {
    console.log(JSON.stringify([url, headers.Authorization, JSON.parse(body)]));
    return { status: 200, timings: { waiting: 1, duration: 2 } };
  },
};
";

/// What k6 does with the script, one call after the other.
const RUN: &str = "
globalThis.__ENV = process.env;
const script = await import('./script.mjs');
const { execution } = await import('./stand-in.mjs');
script.setup();
const { vus, iterations } = script.options.scenarios.calls;
if (vus !== 2) throw new Error(`${vus} at once`);
for (let index = 0; index < iterations; index += 1) {
  execution.scenario.iterationInTest = index;
  script.default();
}
";

#[test]
fn the_k6_script_makes_the_pages_calls() -> Result<()> {
    runtime()?.block_on(async {
        let node = tool("Node.js", "E2E_NODE", "node")?;
        for call in [Call::Chat, Call::Fim, Call::Embeddings, Call::Moderation] {
            let schedule = schedule(call, 2, Pacing::Closed { pause: Span::ZERO })?;
            let place = Place::of(Engine::K6, &schedule).await?;
            let text = fs::read_to_string(place.folder.path().join(Engine::K6.file_name()))?;
            // Node.js finds no package `k6`, and takes a script for a module by its name.
            let text = text
                .replace("import http from 'k6/http'", "import { http } from './stand-in.mjs'")
                .replace(
                    "import exec from 'k6/execution'",
                    "import { execution as exec } from './stand-in.mjs'",
                )
                .replace("from 'k6'", "from './stand-in.mjs'")
                .replace("from 'k6/metrics'", "from './stand-in.mjs'");
            for (name, text) in [("script.mjs", text.as_str()), ("stand-in.mjs", STAND_IN), ("run.mjs", RUN)]
            {
                fs::write(place.folder.path().join(name), text)?;
            }
            let mut command = Command::new(&node);
            command.arg("run.mjs").env("MISTRAL_API_KEY", CANARY);
            let output = ended(&mut place.at_home(command), "Node.js").await?;
            ensure!(output.status.success(), "the script fails:\n{}", said(&output));
            let lines = String::from_utf8(output.stdout)?;
            let made: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
            let url = format!("http://{}{}", place.server, call.path());
            let wanted = bodies(&schedule, |_| true)?;
            let wanted: Vec<Value> =
                wanted.into_iter().map(|body| json!([url, format!("Bearer {CANARY}"), body])).collect();
            ensure!(made == wanted, "not the page's calls");
            place.holds_no_key()?;
        }
        Ok(())
    })
}
