//! Request and answer as they went over the wire.

use leptos::prelude::*;

use crate::core::app::Model;
use crate::ui::Handle;

/// The disclosure. Its text is made only once it is opened: an answer may be megabytes long.
#[component]
pub(super) fn Raw(
    /// The running page.
    handle: Handle,
) -> impl IntoView {
    let (open, set_open) = signal(false);
    let text = move || {
        open.get().then(|| handle.read_once(Model::raw)).flatten().map(|(request, answer)| {
            view! {
                <h4 class="raw-head">"Sent"</h4>
                <pre class="raw-text" tabindex="0" aria-label="Request">{request}</pre>
                <h4 class="raw-head">"Came back"</h4>
                <pre class="raw-text" tabindex="0" aria-label="Answer">{answer}</pre>
                <p class="note">"Only headers that the browser lets a page read are shown. The key is blacked out."</p>
            }
        })
    };
    view! {
        <details class="fold" id="raw" on:toggle=move |_| set_open.update(|open| *open = !*open)>
            <summary>"Raw request and answer"</summary>
            {text}
        </details>
    }
}
