//! Handing things out when they are due, to a few microseconds. Timers of an async runtime are good to a millisecond only.

use std::convert::Infallible;
use std::thread;
use std::time::{Duration, Instant};

use axum::body::Body;
use futures_util::stream;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::ledger::Entry;
use crate::stamp::{Line, Wire};
use crate::stream::Event;

/// How long before its time the thread wakes up. The system lets a sleeper lie 50 µs longer than it asked for, and longer
/// on a busy machine; the rest of the time burns a core that the browser needs.
const SPIN: Duration = Duration::from_micros(300);

/// The body made of `events`, whose times count from `arrived`. Each chunk with text is announced on the wire when the server
/// takes it, which writes it next.
pub(crate) fn body(
    events: Vec<(Duration, Event)>,
    arrived: Instant,
    line: Line,
    wire: Wire,
    entry: Entry,
) -> Body {
    let all: Vec<u8> = events.iter().flat_map(|(_, event)| &event.bytes).copied().collect();
    entry.answer(200, Some(&all));
    let mut left = events.len();
    let mut due = pace(events, move |due| wait_until(arrived + due));
    let mut entry = Some(entry);
    Body::from_stream(stream::poll_fn(move |context| {
        due.poll_recv(context).map(|event| {
            let event = event?;
            left -= 1;
            if event.text {
                wire.about_to_send(&line);
            }
            if let Some(entry) = entry.take_if(|_| left == 0) {
                entry.answered();
            }
            Some(Ok::<_, Infallible>(event.bytes))
        })
    }))
}

/// Hands out each of `things`, which are in order, after `wait` has waited for its time. What is due is never held back by
/// a receiver that is slow, and all times count from one start, so delays do not add up. Ends when nobody receives any more.
fn pace<T: Send + 'static>(
    things: Vec<(Duration, T)>,
    mut wait: impl FnMut(Duration) + Send + 'static,
) -> UnboundedReceiver<T> {
    let (sender, receiver) = unbounded_channel();
    let work = move || {
        for (due, thing) in things {
            wait(due);
            if sender.send(thing).is_err() {
                return;
            }
        }
    };
    // Without a thread the receiver finds the channel closed: a stream that breaks off at once.
    let _ = thread::Builder::new().name("pacer".to_owned()).spawn(work);
    receiver
}

fn wait_until(deadline: Instant) {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        match left.checked_sub(SPIN) {
            Some(asleep) if !asleep.is_zero() => thread::sleep(asleep),
            _ => std::hint::spin_loop(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};
    use std::time::Duration;

    use super::pace;
    use crate::page::TIMEOUT;

    #[test]
    fn each_thing_is_waited_for_and_comes_after_that() {
        let due = |number: u32| Duration::from_micros(1_700) * number;
        let (waits, waited) = channel();
        let wait = move |due| waits.send(due).expect("the test listens");
        let mut things = pace((0..100).map(|number| (due(number), number)).collect(), wait);
        for number in 0..100 {
            assert_eq!(things.blocking_recv(), Some(number));
            assert_eq!(waited.try_recv(), Ok(due(number)), "{number} came without a wait for its time");
        }
        assert_eq!(things.blocking_recv(), None);
        assert!(waited.try_recv().is_err(), "a wait for nothing");
    }

    #[test]
    fn it_ends_when_nobody_receives() {
        struct Kept(Sender<()>);
        impl Drop for Kept {
            fn drop(&mut self) {
                let _ = self.0.send(());
            }
        }
        let ((gone, told), (go_on, gate), (waits, waited)) = (channel(), channel::<()>(), channel());
        let hour = Duration::from_hours(1);
        let wait = move |due| {
            let _ = (waits.send(due), gate.recv());
        };
        // The receiver goes while the thread waits for the first; it notices when it hands that out.
        drop(pace(vec![(Duration::ZERO, None), (hour, Some(Kept(gone)))], wait));
        go_on.send(()).expect("the thread waits");
        drop(go_on);
        told.recv_timeout(TIMEOUT).expect("the thread drops what it has");
        assert_eq!(waited.iter().collect::<Vec<_>>(), [Duration::ZERO], "times that the thread waited for");
    }
}
