//! The table of models: filter, sort, copy.

use anyhow::{Result, ensure};
use e2e::browser::Kind;
use e2e::harness::Stage;
use e2e::ledger::CANARY;
use serde_json::{Value, json};

use super::same;

/// The names in the table, top to bottom.
async fn names(stage: &Stage) -> Result<Vec<String>> {
    let rows = "[...document.querySelectorAll('#models tr[data-model]')].map(row => row.dataset.model)";
    Ok(serde_json::from_value(stage.page.value(rows, &[]).await?)?)
}

async fn table(stage: &Stage) -> Result<Vec<String>> {
    stage.page.open().await?;
    stage.page.test(CANARY).await?;
    stage.page.samples().await?;
    names(stage).await
}

pub(super) async fn the_table_filters_and_sorts(stage: &Stage) -> Result<()> {
    let all = table(stage).await?;
    let page = &stage.page;

    page.see("#filter").await?.send_keys("small").await?;
    page.wait_for(&format!("document.querySelectorAll('#models tr[data-model]').length < {}", all.len()))
        .await?;
    let small = names(stage).await?;
    ensure!(!small.is_empty(), "no small model is left");
    page.value("(() => { const filter = document.querySelector('#filter'); filter.select(); })()", &[])
        .await?;
    page.see("#filter").await?.send_keys("no such model").await?;
    page.wait_for("document.querySelectorAll('#models tr[data-model]').length === 0").await?;
    ensure!(page.count("#filter").await? == 1, "an empty result takes the filter away");
    page.value("document.querySelector('#filter').select()", &[]).await?;
    page.see("#filter").await?.send_keys(thirtyfour::Key::Backspace + "").await?;
    page.wait_for(&format!("document.querySelectorAll('#models tr[data-model]').length === {}", all.len()))
        .await?;

    let facet = "document.querySelector('[data-facet]')";
    page.click("[data-facet]").await?;
    page.wait_for(&format!("{facet}.ariaPressed === 'true'")).await?;
    let some = names(stage).await?;
    ensure!(
        !some.is_empty() && some.len() < all.len(),
        "the first facet keeps {} of {}",
        some.len(),
        all.len()
    );
    page.click("[data-facet]").await?;
    page.wait_for(&format!("{facet}.ariaPressed === 'false'")).await?;
    same!(names(stage).await?.len(), all.len(), "rows without a facet");

    for button in 1..=page.count("#models th button[data-sort]").await? {
        let css = format!("#models th:nth-child({button}) button[data-sort]");
        let mut orders = Vec::new();
        for _ in 0..2 {
            page.click(&css).await?;
            let sorted = format!("document.querySelector('#models th:nth-child({button})').ariaSort");
            let direction = page.wait_for(&sorted).await?;
            same!(page.count("#models th[aria-sort]").await?, 1, "columns sorted at a time");
            orders.push((direction, names(stage).await?));
        }
        let [(first, up), (second, down)] = &orders[..] else { continue };
        ensure!(first != second, "column {button} sorts {first} twice");
        ensure!([first, second].contains(&&json!("ascending")), "column {button} never sorts ascending");
        let (mut one, mut other) = (up.clone(), down.clone());
        one.sort();
        other.sort();
        same!(one, other, "rows of column {button} in both directions");
    }
    // The first column holds the names. How numbers in them compare is the core's affair; letters must ascend.
    page.click("#models th:nth-child(1) button[data-sort]").await?;
    let direction = page.value("document.querySelector('#models th:nth-child(1)').ariaSort", &[]).await?;
    let shown = names(stage).await?;
    let mut letters: Vec<&str> =
        shown.iter().filter_map(|name| name.split(|c: char| c.is_ascii_digit()).next()).collect();
    if direction == json!("descending") {
        letters.reverse();
    }
    ensure!(letters.is_sorted(), "names {direction}: {shown:?}");
    Ok(())
}

pub(super) async fn a_model_id_is_copied(stage: &Stage) -> Result<()> {
    let name = table(stage).await?.swap_remove(0);
    let button = format!("button[data-copy={}]", Value::from(name.as_str()));
    let before = stage.page.texts(&button).await?;
    stage.page.click(&button).await?;
    let changed = format!(
        "document.querySelector({}).textContent.trim() !== {}",
        json!(button),
        json!(before.concat())
    );
    stage.page.wait_for(&changed).await?;
    let word = stage.page.texts(&button).await?.concat();
    same!(word, "Copied", "what the button says in {}", stage.browser.kind().name());
    same!(e2e::clipboard::read(stage.browser.driver()).await?, name, "the clipboard");
    if stage.browser.kind() == Kind::Chromium {
        let live = stage.page.texts("#live").await?.concat().to_lowercase();
        ensure!(live.contains("cop"), "the live region does not say so: {live}");
    }
    Ok(())
}

/// Chosen rows lead to the lab, which shows the price and sends nothing by itself.
pub(super) async fn chosen_models_are_timed_where_the_price_is(stage: &Stage) -> Result<()> {
    table(stage).await?;
    let page = &stage.page;
    let tick = |model: &str| format!("#models tr[data-model={}] .row-tick input", Value::from(model));
    let chosen = ["ministral-3b-2512", "mistral-small-2603"];
    for model in chosen {
        page.click(&tick(model)).await?;
    }
    page.wait_for("document.querySelector('#chosen-models b')?.textContent === '2 chosen'").await?;
    page.click("#copy-chosen").await?;
    page.wait_for("document.querySelector('#copy-chosen').textContent === 'Copied'").await?;
    same!(e2e::clipboard::read(stage.browser.driver()).await?, chosen.join("\n"), "the clipboard");
    page.click("#time-chosen").await?;
    page.wait_for("location.hash === '#speed' && document.querySelector('#speed').checkVisibility()").await?;
    let form = page.texts("#speed").await?.concat();
    ensure!(chosen.iter().all(|model| form.contains(model)), "the lab's form: {form}");
    same!(stage.harness.ledger.posts().len(), 0, "calls before the price was seen");
    page.value("history.back()", &[]).await?;
    page.see("#use-chosen").await?;
    page.click("#use-chosen").await?;
    page.wait_for("location.hash === '#code'").await?;
    page.wait_for("document.querySelector('#snippet-text').textContent.includes('ministral-3b-2512')")
        .await?;
    Ok(())
}

/// Below 640 px a model takes two lines, three on the narrowest, and nothing scrolls sideways but what is meant to.
pub(super) async fn the_table_is_a_list_on_a_phone(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    for (width, tallest) in [(390, 64), (320, 80)] {
        stage.browser.set_viewport(width, 844).await?;
        let all = table(stage).await?;
        page.see("#sort-models").await?;
        let heights = "[...document.querySelectorAll('#models tr[data-model]')]\
            .map(row => Math.round(row.getBoundingClientRect().height)).sort((a, b) => a - b)";
        let heights: Vec<u64> = serde_json::from_value(page.value(heights, &[]).await?)?;
        let median = heights.get(all.len() / 2).copied().unwrap_or_default();
        ensure!((40..=tallest).contains(&median), "a model is {median} px tall at {width}: {heights:?}");
        let fits = "document.scrollingElement.scrollWidth <= innerWidth";
        same!(page.value(fits, &[]).await?, json!(true), "whether the page fits {width} px");
        same!(
            page.value("document.querySelector('#models thead').checkVisibility()", &[]).await?,
            json!(false),
            "heads"
        );
        let sort = "(() => { const list = document.querySelector('#sort-models'); list.value = 'price'; \
            list.dispatchEvent(new Event('change')); return list.checkVisibility(); })()";
        same!(page.value(sort, &[]).await?, json!(true), "a list of orders");
        page.wait_for(&format!(
            "document.querySelector('#models tr[data-model]').dataset.model !== {}",
            Value::from(all[0].as_str())
        ))
        .await?;
    }
    Ok(())
}
