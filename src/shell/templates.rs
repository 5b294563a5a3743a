//! The texts that files for other engines are made from: a file of this site, which the page names with its hash, or a part of the
//! page that is one file.

use gloo_net::http::{Method, RequestBuilder};
use wasm_bindgen_futures::spawn_local;
use web_sys::{AbortController, AbortSignal, RequestCache, RequestCredentials};

use crate::core::app::{LabMsg, Missing, Msg};
use crate::core::time::Span;
use crate::shell::fetch::Whole;
use crate::shell::handle::Handle;
use crate::shell::{document, fetch, timer};

/// How long they may take.
const TIMEOUT: Span = Span::from_secs(30);

/// Loads them, and reports that they came or did not.
pub(super) fn load(handle: Handle, past_cache: bool) {
    spawn_local(async move {
        let text = text(past_cache).await;
        handle.send(Msg::Lab(LabMsg::TemplatesRead(text)));
    });
}

async fn text(past_cache: bool) -> Result<String, Missing> {
    if let Some(text) = document::engines().and_then(|element| element.text_content()) {
        return Ok(text);
    }
    let tag = document::first("script[data-templates]").ok_or(Missing::Lost)?;
    let [address, integrity] = ["data-templates", "data-templates-integrity"]
        .map(|name| tag.get_attribute(name).unwrap_or_default());
    let controller = AbortController::new().map_err(|_| Missing::Lost)?;
    let signal = controller.signal();
    timer::after(TIMEOUT, move || controller.abort());

    let cache = if past_cache { RequestCache::Reload } else { RequestCache::Default };
    let request = asked(&address, &signal).integrity(&integrity).cache(cache).build();
    if let Whole { status: Some(200), body, complete: true } = fetch::whole(request).await {
        return String::from_utf8(body).map_err(|_| Missing::Lost);
    }
    let again = fetch::whole(asked(&address, &signal).method(Method::HEAD).build()).await;
    Err(Missing::after(again.status))
}

fn asked(address: &str, signal: &AbortSignal) -> RequestBuilder {
    fetch::builder(address, signal).credentials(RequestCredentials::SameOrigin)
}
