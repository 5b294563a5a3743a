//! The page at a glance: how much of it there is, how far its sections are, and the addresses that lead to them.

use anyhow::{Context, Result, ensure};
use e2e::harness::Stage;
use e2e::page::LONG_TIMEOUT;
use e2e::pages::REPOSITORY;
use e2e::proxy::PAGES_HOST;
use e2e::workbench::{accepted, brisk, comes_to};
use key_tester::core::app::Section;
use serde_json::json;
use thirtyfour::Key;
use thirtyfour::common::print::PrintParameters;

use super::same;
use super::workbench::{focus_is_on, press, tab_to};

/// Opens the page at an address, cold.
pub(super) async fn visit(stage: &Stage, fragment: &str) -> Result<()> {
    // A change of the fragment alone would load nothing.
    stage.browser.driver().goto("about:blank").await?;
    stage.page.visit(PAGES_HOST, &format!("{REPOSITORY}{fragment}")).await
}

/// Waits until this section is open, alone, with the focus on its heading.
async fn is_open(stage: &Stage, section: Section) -> Result<()> {
    let open = format!(
        "(() => {{ const open = [...document.querySelectorAll('[data-part]')].filter(part => part.checkVisibility()); \
         return open.length === 1 && open[0].id === '{}' && open[0].dataset.open === 'true'; }})()",
        section.id()
    );
    stage.page.wait_for(&open).await.with_context(|| format!("{section:?} is not open alone"))?;
    focus_is_on(stage, &format!("#{}", section.heading())).await?;
    // The whole program is there by then, and its heading is where the one of the document was.
    stage.page.wait_for("!document.querySelector('#still')").await?;
    let seen = format!(
        "(() => {{ const {{ top }} = document.querySelector('#{}').getBoundingClientRect(); \
         return top >= 0 && top < innerHeight / 2; }})()",
        section.heading()
    );
    stage
        .page
        .wait_for(&seen)
        .await
        .with_context(|| format!("the heading of {section:?} is not on the screen"))?;
    Ok(())
}

pub(super) async fn the_page_is_seen_at_a_glance(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    for (width, height, most) in [(1440, 900, 2_000), (390, 844, 2_400)] {
        stage.browser.set_viewport(width, height).await?;
        accepted(stage).await?;
        same!(page.count("[data-row]").await?, Section::OF_KEY.len(), "rows");
        page.wait_for(
            "![...document.querySelectorAll('.row-known')].some(row => row.textContent.includes('Loading'))",
        )
        .await?;
        same!(page.count("[data-part][data-open=true]").await?, 0, "sections that are open by themselves");
        let tall =
            page.value("Math.round(document.querySelector('#tool').getBoundingClientRect().height)", &[]);
        let tall = tall.await?.as_u64().context("a height")?;
        ensure!(tall <= most, "the tool is {tall} px tall at {width}, {most} at most");
        let orange = "[...document.querySelectorAll('#tool button')].filter(button => button.checkVisibility() \
            && getComputedStyle(button).backgroundColor === \
            getComputedStyle(document.querySelector('#row-scan')).backgroundColor).length";
        same!(page.value(orange, &[]).await?, json!(1), "buttons that are the next one");
    }
    Ok(())
}

pub(super) async fn each_section_is_a_few_tabs_from_the_verdict(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    page.see("#row-scan").await?;
    for section in Section::OF_KEY {
        page.value("document.querySelector('#verdict-heading').focus()", &[]).await?;
        tab_to(stage, &format!("#{}", section.row()), 11).await?;
        press(stage, Key::Enter).await?;
        is_open(stage, section).await?;
        stage.browser.driver().back().await?;
        focus_is_on(stage, &format!("#{}", section.row())).await?;
    }
    Ok(())
}

pub(super) async fn each_address_opened_cold_leads_to_its_section(stage: &Stage) -> Result<()> {
    for section in Section::ALL {
        visit(stage, &format!("#{}", section.id())).await?;
        is_open(stage, section).await?;
    }
    for (old, section) in [("lab", Section::Speed), ("snippet", Section::Code), ("whose", Section::Key)] {
        visit(stage, &format!("#{old}")).await?;
        is_open(stage, section).await?;
    }
    visit(stage, "#proof").await?;
    focus_is_on(stage, "#your-key").await?;
    visit(stage, "#request").await?;
    focus_is_on(stage, "#request-heading").await?;
    visit(stage, "#no-such-place").await?;
    stage.page.wait_for("document.querySelector('#try-demo') && !document.querySelector('#still')").await?;
    same!(stage.page.count("[data-part][data-open=true]").await?, 0, "sections that nothing names");
    for (demo, verdict) in [("demo", "works"), ("demo-revoked", "refused"), ("demo-zero-quota", "limited")] {
        visit(stage, &format!("#{demo}")).await?;
        let verdict = format!("document.querySelector('#verdict')?.dataset.verdict === '{verdict}'");
        stage.page.wait_for(&verdict).await.with_context(|| format!("#{demo}"))?;
    }
    same!(stage.harness.ledger.to_mistral().len(), 0, "requests of a demo");
    Ok(())
}

pub(super) async fn back_and_forward_walk_the_same_way(stage: &Stage) -> Result<()> {
    let (page, driver) = (&stage.page, stage.browser.driver());
    accepted(stage).await?;
    let calls = stage.harness.ledger.calls().len();
    page.click("#row-models").await?;
    is_open(stage, Section::Models).await?;
    page.click(".tabs a[href='#cost']").await?;
    is_open(stage, Section::Cost).await?;
    page.click(".bar-links a[href='#doctor']").await?;
    is_open(stage, Section::Doctor).await?;
    driver.back().await?;
    is_open(stage, Section::Cost).await?;
    driver.back().await?;
    is_open(stage, Section::Models).await?;
    driver.back().await?;
    page.wait_for("!document.querySelector('[data-part][data-open=true]')").await?;
    focus_is_on(stage, "#row-models").await?;
    driver.forward().await?;
    is_open(stage, Section::Models).await?;
    page.click(".tab-back").await?;
    page.wait_for("!document.querySelector('[data-part][data-open=true]')").await?;
    // The guide closes nothing, and nothing of all that asks Mistral.
    page.click("#row-cost").await?;
    page.click(".bar-links a[href='#this-key']").await?;
    same!(page.count("#cost[data-open=true]").await?, 1, "the section that was open");
    same!(stage.harness.ledger.calls().len(), calls, "calls on the way");
    Ok(())
}

/// The demo's key of the free plan: its scan finds models without quota, and from then on each section keeps to that.
pub(super) async fn no_section_contradicts_what_a_scan_has_found(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    visit(stage, "#demo-free-plan").await?;
    page.see("#row-scan").await?;
    brisk(stage).await?;
    page.click("#start-scan").await?;
    comes_to(stage, "over", LONG_TIMEOUT).await?;
    page.wait_for("document.querySelector('#verdict').dataset.verdict === 'limited'").await?;
    let words = page.texts("#verdict").await?.concat();
    ensure!(
        words.contains("This key works, with limits.") && words.contains("no quota"),
        "the verdict: {words}"
    );
    let refused = "[...document.querySelectorAll('#models tr[data-access=zero-quota], #models tr[data-access=tier-not-allowed]')]\
        .map(row => row.dataset.model)";
    let refused: Vec<String> = serde_json::from_value(page.value(refused, &[]).await?)?;
    ensure!(refused.len() > 1, "what the plan refuses: {refused:?}");
    let used = "['#lab select', '#snippet select'].flatMap(css => [...document.querySelectorAll(css)])\
        .flatMap(select => [...select.options].filter(option => !option.disabled).map(option => option.value))\
        .concat([...document.querySelectorAll('[data-estimate]')].map(line => line.dataset.estimate), \
            [...document.querySelectorAll('#features [data-state=unchecked] .check-model')].map(model => model.textContent), \
            [document.querySelector('#snippet-text').textContent.match(/model\\W+([\\w.-]+)/)?.[1] ?? ''])";
    let used: Vec<String> = serde_json::from_value(page.value(used, &[]).await?)?;
    ensure!(used.len() > 20, "what the sections offer: {used:?}");
    let wrong: Vec<&String> = used.iter().filter(|model| refused.contains(model)).collect();
    ensure!(wrong.is_empty(), "a section offers what the scan has refused: {wrong:?}");
    Ok(())
}

pub(super) async fn a_running_scan_survives_another_address(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    accepted(stage).await?;
    brisk(stage).await?;
    page.click("#start-scan").await?;
    comes_to(stage, "running", e2e::page::TIMEOUT).await?;
    page.click(".tabs a[href='#features']").await?;
    is_open(stage, Section::Features).await?;
    page.wait_for("/^[0-9]+\\/[0-9]+ Models/.test(document.title)").await.context("the tab's title")?;
    stage.browser.driver().back().await?;
    is_open(stage, Section::Models).await?;
    page.click(".tab-back").await?;
    page.click("#row-stop-scan").await?;
    comes_to(stage, "stopped", e2e::page::TIMEOUT).await?;
    page.wait_for("document.title.startsWith('This key works')").await.map(drop)
}

/// Paper has no windows: what counts there is a sheet that can be handed on.
pub(super) async fn a_verdict_prints_on_one_page(stage: &Stage) -> Result<()> {
    stage.page.open().await?;
    for demo in ["#demo", "#demo-revoked", "#demo-zero-quota"] {
        visit(stage, demo).await?;
        stage.page.see("#verdict[data-verdict]").await?;
        stage.page.wait_for("!document.querySelector('.row-known progress')").await?;
        let sheet = PrintParameters::default();
        let pdf = stage.browser.driver().print_page(sheet).await?;
        let text = String::from_utf8_lossy(&pdf);
        let pages = text.matches("/Type /Page\n").count();
        same!(pages, 1, "pages of {demo}");
    }
    Ok(())
}

pub(super) async fn without_javascript_everything_reads(stage: &Stage) -> Result<()> {
    let off = json!({ "value": true });
    stage.page.open().await?;
    stage.browser.devtools("Emulation.setScriptExecutionDisabled", off).await?;
    visit(stage, "").await?;
    let seen = "(() => { const shown = css => [...document.querySelectorAll(css)].filter(part => part.checkVisibility()).length; \
        return [shown('[data-part]'), shown('[data-part] h2'), shown('#api-key'), shown('#errors'), shown('#proof')]; })()";
    let all = Section::ALL.len();
    // The request doctor and the search for the pace have headings of their own in sections of others.
    same!(
        stage.page.value(seen, &[]).await?,
        json!([all, all + 2, 0, 1, 1]),
        "sections, headings, key fields, guide, proof"
    );
    Ok(())
}

/// 320 px, as a window or by zooming to 400 %, and the text spacing that WCAG 1.4.12 asks for.
pub(super) async fn the_narrowest_screens_lose_nothing(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    stage.browser.set_viewport(320, 640).await?;
    visit(stage, "#demo-free-plan").await?;
    page.see("#row-scan").await?;
    let spacing = "document.styleSheets[0].insertRule('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; \
        word-spacing: 0.16em !important; }', document.styleSheets[0].cssRules.length)";
    for spaced in [false, true] {
        if spaced {
            page.value(spacing, &[]).await?;
        }
        for section in Section::ALL {
            page.value("location.hash = arguments[0]", &[json!(section.id())]).await?;
            is_open(stage, section).await?;
            let beyond = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth";
            let beyond = page.value(beyond, &[]).await?;
            same!(beyond, json!(0), "pixels of {section:?} beyond the screen, spaced: {spaced}");
        }
    }
    Ok(())
}
