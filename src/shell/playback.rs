//! Plays the simulator's events as if they came from the network.

use std::cell::RefCell;

use crate::core::app::{Msg, Reply, RequestId};
use crate::core::http::{HttpEvent, TimedEvent};
use crate::shell::handle::Handle;
use crate::shell::{clock, timer};

thread_local! {
    static PLAYING: RefCell<Vec<RequestId>> = const { RefCell::new(Vec::new()) };
}

/// Reports `events`, each after its time. They are stamped with the time they were meant for, so that a timer's
/// jitter does not show up as latency.
pub(super) fn play(handle: Handle, id: RequestId, events: Vec<TimedEvent>) {
    let start = clock::now();
    PLAYING.with_borrow_mut(|playing| playing.push(id));
    handle.send(Msg::Reply { id, at: start, reply: Reply::Http(HttpEvent::Sent) });
    for TimedEvent { after, event } in events {
        timer::after(after, move || {
            if PLAYING.with_borrow(|playing| playing.contains(&id)) {
                if event.is_last() {
                    stop(id);
                }
                handle.send(Msg::Reply { id, at: start + after, reply: Reply::Http(event) });
            }
        });
    }
}

/// Stops playing; what is left of it is never reported.
pub(super) fn stop(id: RequestId) {
    PLAYING.with_borrow_mut(|playing| playing.retain(|other| *other != id));
}
