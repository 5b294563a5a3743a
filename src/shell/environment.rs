//! What the page can know of the browser it runs in.

use crate::core::app::{Barrier, Environment, Surroundings};
use crate::core::policy::{Origin, Packaging};
use crate::core::time::Date;
use crate::shell::{clock, document};

/// Reads it, once, at the start; `controlled` says whether a service worker controls the page.
pub(super) fn read(controlled: bool) -> Environment {
    let now = js_sys::Date::new_0();
    let small = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
    let today = Date {
        year: u16::try_from(now.get_full_year()).unwrap_or(u16::MAX),
        month: small(now.get_month() + 1),
        day: small(now.get_date()),
    };
    // Unknown counts as framed: a key field that fails to appear does less harm than one under an overlay.
    let framed = web_sys::window().is_none_or(|window| match window.top() {
        Ok(Some(top)) => top != window,
        _ => true,
    });
    let barrier = if framed { Some(Barrier::Framed) } else { controlled.then_some(Barrier::Worker) };
    let host = web_sys::window().and_then(|window| window.location().hostname().ok());
    let origin = Origin::of_host(&host.unwrap_or_default());
    // The one file has in it what a site would have beside its page.
    let packaging = if document::engines().is_some() { Packaging::SingleFile } else { Packaging::Site };
    #[expect(clippy::cast_possible_truncation, reason = "a day has 1440 minutes")]
    let utc_offset = -now.get_timezone_offset() as i16;
    Environment { barrier, origin, packaging, utc_offset, today }
}

/// What a report tells of the browser, and what makes its fingerprint unlike all others.
pub(super) fn around() -> Surroundings {
    let mut salt = [0; 8];
    let window = web_sys::window();
    // It fails for more bytes than these. Without it the fingerprint is one that other reports have, too.
    let _ = window.as_ref().map(|window| window.crypto()?.get_random_values_with_u8_array(&mut salt));
    let browser = window.as_ref().and_then(|window| window.navigator().user_agent().ok());
    Surroundings {
        wall: clock::wall(),
        salt,
        browser: browser.unwrap_or_default(),
        commit: document::first("#build-commit").and_then(|place| place.text_content()),
    }
}

/// Whether the browser believes to be online. Only `false` proves anything.
pub(super) fn online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}
