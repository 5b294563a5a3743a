//! What else a key can do, feature by feature, and whose key it is.

use anyhow::{Context, Result, ensure};
use e2e::browser::Kind;
use e2e::harness::Stage;
use e2e::ledger::{CANARY, Request, has_canary};
use e2e::script::Step;
use e2e::workbench::{accepted, checked, ledger_shows};
use key_tester::core::sim::Scenario;
use serde_json::json;
use thirtyfour::Key;

use super::bill::{amount, is_right};
use super::same;

/// Features whose check reads a list.
const FREE: [&str; 6] = ["files", "batch", "agents", "conversations", "libraries", "voices"];

/// Features in all.
const ALL: usize = 17;

/// The features in a state, in the order of the page.
async fn features(stage: &Stage, known: &str) -> Result<Vec<String>> {
    let found = "[...document.querySelectorAll('#features li[data-feature]')] \
        .filter(line => line.dataset.state === arguments[0]).map(line => line.dataset.feature)";
    Ok(serde_json::from_value(stage.page.value(found, &[json!(known)]).await?)?)
}

/// What was asked since a moment, lists of models left out.
fn since(stage: &Stage, before: usize) -> Vec<Request> {
    stage.harness.ledger.calls().into_iter().skip(before).collect()
}

pub(super) async fn seventeen_features_are_proved(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    let before = stage.harness.ledger.calls().len();
    same!(features(stage, "unchecked").await?.len(), ALL, "features before the first check");

    page.click("#check-free").await?;
    checked(stage, FREE.len()).await?;
    same!(features(stage, "works").await?, FREE, "features that work, of those that cost nothing");
    let free = since(stage, before);
    same!(free.len(), FREE.len(), "calls for what is free");
    ensure!(free.iter().all(|call| call.method == "GET"), "something free did more than read: {free:?}");
    same!(page.count("#checks-spent").await?, 0, "sentences about money after free checks");

    let worst = amount(&page.texts("#checks-price b").await?.concat())?;
    page.click("#check-paid").await?;
    checked(stage, ALL).await?;
    same!(features(stage, "works").await?.len(), ALL, "features that work");
    let summary = page.texts("#features-summary").await?.concat();
    same!(summary, "17 of 17 checked work", "the summary");
    let posts = stage.harness.ledger.posts();
    same!(posts.len(), ALL - FREE.len(), "calls that run a model");
    let spent = is_right(stage, "#checks-spent", &posts).await?;
    same!(spent.untold, 0, "calls without a known cost");
    ensure!(spent.told <= worst, "{spent:?} is more than the {worst} picodollars shown before");

    arrives_as_a_form(&posts)?;
    shows_no_key(stage).await
}

/// The recording goes out as browsers send files: a form with the model and the sound, whole.
fn arrives_as_a_form(posts: &[Request]) -> Result<()> {
    let heard =
        posts.iter().find(|post| post.path == "/v1/audio/transcriptions").context("no recording was sent")?;
    let kind = heard.header("content-type").unwrap_or_default();
    let (_, boundary) =
        kind.split_once("multipart/form-data; boundary=").with_context(|| format!("sent as {kind}"))?;
    let text = String::from_utf8_lossy(&heard.body);
    ensure!(text.starts_with(&format!("--{boundary}\r\n")), "the form does not begin with its boundary");
    ensure!(text.ends_with(&format!("\r\n--{boundary}--\r\n")), "the form does not end with its boundary");
    for part in
        ["name=\"model\"\r\n\r\nvoxtral-mini-2602\r\n", "name=\"file\"; filename=\"", "audio/wav\r\n\r\n"]
    {
        ensure!(text.contains(part), "{part:?} is missing in the form");
    }
    let start = heard.body.windows(4).position(|four| four == b"RIFF").context("no sound in the form")?;
    let sound = &heard.body[start..];
    let size =
        sound.get(4..8).and_then(|size| size.try_into().ok()).map(u32::from_le_bytes).context("a head")?;
    let rest = usize::try_from(size)? + 8 + "\r\n--".len() + boundary.len() + "--\r\n".len();
    same!(sound.len(), rest, "bytes of the recording and the end of the form");
    same!(&sound[8..12], b"WAVE", "the kind of sound");
    Ok(())
}

/// The raw evidence of a check shows the last four characters of the key at most.
async fn shows_no_key(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    for feature in ["streaming", "transcription", "libraries"] {
        let line = format!("#features li[data-feature={feature}]");
        page.click(&format!("{line} .check-behind > details:last-child > summary")).await?;
        page.see(&format!("{line} pre")).await?;
        let raw = page.texts(&format!("{line} pre")).await?.concat();
        ensure!(
            raw.contains("authorization: Bearer ••••"),
            "the evidence of {feature} shows no request: {raw}"
        );
        ensure!(raw.contains("status 200"), "the evidence of {feature} shows no answer: {raw}");
        ensure!(!has_canary(&raw), "the evidence of {feature} shows the key");
        let end = &CANARY[CANARY.len() - 5..];
        ensure!(!raw.contains(end), "the evidence of {feature} shows more than four characters of the key");
    }
    Ok(())
}

/// Repeats Enter, or the space bar, which was pressed before and is held down. A second stroke without a release is that to
/// geckodriver; to `ChromeDriver` it is a new one.
async fn repeat(stage: &Stage, enter: bool) -> Result<()> {
    let browser = &stage.browser;
    let (key, code, text, number) =
        if enter { ("Enter", "Enter", "\r", 13) } else { (" ", "Space", " ", 32) };
    match browser.kind() {
        Kind::Chromium => {
            let stroke = json!({ "type": "keyDown", "autoRepeat": true, "key": key, "code": code, "text": text,
                "windowsVirtualKeyCode": number });
            browser.devtools("Input.dispatchKeyEvent", stroke).await
        }
        Kind::Firefox | Kind::WebKit => {
            let key = if enter { Key::Enter } else { Key::Space };
            browser.driver().action_chain().key_down(key).perform().await.context("repeating a key")
        }
    }
}

/// Held down, Enter repeats, and the button of a check keeps its words and the focus once the check has run: each repetition
/// would pay anew.
pub(super) async fn a_key_that_is_held_pays_once(stage: &Stage) -> Result<()> {
    const BUTTON: &str = "[data-check=streaming]";
    let (page, driver) = (&stage.page, stage.browser.driver());
    accepted(stage).await?;
    page.see(BUTTON).await?;
    page.wait_for("document.activeElement?.id === 'features-heading'").await?;
    page.value("document.querySelector(arguments[0]).focus()", &[json!(BUTTON)]).await?;
    page.value(
        "(() => { window.strokes = []; document.addEventListener('keydown', event => window.strokes.push(event.repeat)); return true; })()",
        &[],
    )
    .await?;
    for (key, enter, before) in [(Key::Enter, true, 0), (Key::Space, false, 1)] {
        page.consider(BUTTON).await?;
        driver.action_chain().key_down(key.clone()).perform().await?;
        // The space bar presses when it is released.
        if enter {
            checked(stage, 1).await?;
        }
        for _ in 0..4 {
            // The words of the button change with the first check; a repetition comes when they have been there for long.
            page.consider(BUTTON).await?;
            repeat(stage, enter).await?;
        }
        driver.action_chain().key_up(key.clone()).perform().await?;
        ledger_shows(stage, "one check is paid for", |posts| posts.len() > before).await?;
        checked(stage, 1).await?;
        same!(stage.harness.ledger.posts().len(), before + 1, "calls of {key:?}");
        let strokes = page.value("window.strokes.splice(0)", &[]).await?;
        same!(strokes, json!([false, true, true, true, true]), "whether the strokes repeat");
    }
    Ok(())
}

pub(super) async fn a_plan_without_libraries_is_explained(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    stage.harness.mock.play(Scenario::FreePlan);
    accepted(stage).await?;
    page.click("#check-free").await?;
    checked(stage, FREE.len()).await?;
    same!(features(stage, "refused").await?, ["libraries"], "features that are refused");
    same!(features(stage, "works").await?.len(), FREE.len() - 1, "features that work");
    let line = "#features li[data-feature=libraries]";
    page.click(&format!("{line} .check-behind > details:first-child > summary")).await?;
    page.see(&format!("{line} .brief[data-cause=forbidden]")).await?;
    let why = page.texts(&format!("{line} .brief")).await?.concat();
    ensure!(why.contains("403") && why.contains("What to do"), "the explanation: {why}");
    same!(stage.harness.ledger.posts().len(), 0, "calls that may cost");
    Ok(())
}

pub(super) async fn stopping_the_checks_hangs_up(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    stage.harness.mock.script().push("POST /v1/chat/completions", Step::silence());
    page.click("#check-paid").await?;
    ledger_shows(stage, "the first check is under way", |posts| posts.len() == 1).await?;
    page.click("#stop-checks").await?;
    page.wait_for("!document.querySelector('#stop-checks')").await?;
    let dropped = |posts: &[Request]| posts.iter().all(|post| post.ending == e2e::ledger::Ending::Dropped);
    ledger_shows(stage, "the page hangs up", dropped).await?;
    // The next check would have come after a second, and the page's timers fire in order.
    page.promise("new Promise(done => setTimeout(done, 1200))", &[]).await?;
    same!(stage.harness.ledger.posts().len(), 1, "calls after the checks were stopped");
    let spent = super::bill::spent(stage, "#checks-spent").await?;
    ensure!((spent.told, spent.untold) == (0, 1) && spent.at_most > 0, "what was spent: {spent:?}");
    Ok(())
}

pub(super) async fn whose_key_it_is_is_asked_on_demand(stage: &Stage) -> Result<()> {
    const CALLS: [&str; 2] = ["/v1/users/me", "/v1/whoami"];
    let page = &stage.page;
    let script = stage.harness.mock.script();
    for call in CALLS {
        let hidden = Step::json(200, r#"{"workspace":{"name":"Hidden workspace"}}"#).without_cors();
        script.always(&format!("GET {call}"), hidden);
    }
    accepted(stage).await?;
    let asked = || {
        let calls = stage.harness.ledger.calls().into_iter();
        calls.map(|call| call.path).filter(|path| CALLS.contains(&&**path)).collect::<Vec<_>>()
    };
    same!(asked(), [""; 0], "questions before the button was pressed");
    same!(
        page.value("document.querySelector('#whose').dataset.whose", &[]).await?,
        json!("unasked"),
        "the state"
    );

    page.click("#ask-whose").await?;
    page.wait_for("document.querySelector('#whose').dataset.whose === 'answered'").await?;
    let said = page.texts("#whose .note").await?.concat();
    ensure!(said.contains("CORS") && said.contains("says nothing about the key"), "what is said: {said}");
    same!(page.count("#whose-facts").await?, 0, "facts without an answer");
    let command = page.texts("#whose .command-text").await?.concat();
    ensure!(command.starts_with("curl -i https://api.mistral.ai/v1/users/me "), "the command: {command}");
    ensure!(command.contains("$MISTRAL_API_KEY") && !has_canary(&command), "the key in {command}");

    script.clear();
    page.click("#ask-whose").await?;
    page.see("#whose-facts").await?;
    let facts = page.texts("#whose-facts .fact").await?;
    for fact in ["WorkspaceDemo workspace", "Key namedemo key", "OrganisationExample Org"] {
        ensure!(facts.iter().any(|line| line == fact), "{fact:?} is missing in {facts:?}");
    }
    same!(page.count("#whose .command").await?, 0, "commands where the answer was read");
    same!(stage.harness.ledger.posts().len(), 0, "calls that may cost");
    ensure!(asked().len() >= 4, "questions: {:?}", asked());
    Ok(())
}
