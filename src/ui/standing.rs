//! Since when a button stands where it stands, which tells a press that was meant for it from one that was not.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use leptos::ev::Event;

use crate::core::app::Press;
use crate::core::time::Timestamp;
use crate::shell::{clicks, now, stamp};

/// The words of a button and the moment from which they are on the screen, in microseconds of the page's clock. The renderer
/// makes one button into another where their places are the same, so it is the words that come and go; and a price in them
/// may be another one.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    words: Cow<'static, str>,
    since: Arc<AtomicU64>,
}

impl Standing {
    /// A button with these words that is not on the screen yet.
    pub(super) fn of(words: Cow<'static, str>) -> Self {
        Self { words, since: Arc::default() }
    }

    /// It comes onto the screen, in place of the button `before` if there was one.
    pub(super) fn begin(&self, before: Option<&Self>) {
        let same = before.filter(|before| before.words == self.words);
        let since = same.map_or_else(|| now().as_micros(), |before| before.since.load(Ordering::Relaxed));
        self.since.store(since, Ordering::Relaxed);
    }

    /// How it was pressed. The time is the event's own: on a busy page a click can wait for longer than the button under it
    /// has been there.
    pub(super) fn press(&self, event: &Event) -> Press {
        let since = Timestamp::from_micros(self.since.load(Ordering::Relaxed));
        let at = stamp(event.time_stamp());
        Press { clicks: clicks(event), shown: at.since(since), at }
    }
}
