//! The clipboard, by the keyboard: no permission is asked for, and the page under test is not involved.

use anyhow::Result;
use serde_json::json;
use thirtyfour::{By, Key, WebDriver};

use crate::proxy::PAGES_HOST;

/// Path of the page with a text area that this works through.
pub const PATH: &str = "/clipboard/";

/// That page. With an icon of its own, or the browser would ask for one.
pub const HTML: &str =
    "<!DOCTYPE html><title>Clipboard</title><link rel=icon href='data:,'><textarea autofocus></textarea>";

/// Copies `text` to the clipboard, in a tab of its own.
///
/// # Errors
///
/// When the tab does not work.
pub async fn put(driver: &WebDriver, text: &str) -> Result<()> {
    in_tab(driver, Some(text)).await.map(drop)
}

/// What a paste would insert.
///
/// # Errors
///
/// When the tab does not work.
pub async fn read(driver: &WebDriver) -> Result<String> {
    in_tab(driver, None).await
}

async fn in_tab(driver: &WebDriver, put: Option<&str>) -> Result<String> {
    let text = driver.in_new_tab(async || {
        driver.goto(format!("https://{PAGES_HOST}{PATH}")).await?;
        let area = driver.find(By::Css("textarea")).await?;
        area.click().await?;
        if let Some(text) = put {
            driver.execute("const area = document.querySelector('textarea'); area.value = arguments[0]; area.select();", vec![json!(text)]).await?;
            area.send_keys(Key::Control + "c").await?;
        } else {
            area.send_keys(Key::Control + "v").await?;
        }
        let value = driver.execute("return document.querySelector('textarea').value;", vec![]).await?;
        Ok(value.json().as_str().unwrap_or_default().to_owned())
    });
    Ok(text.await?)
}
