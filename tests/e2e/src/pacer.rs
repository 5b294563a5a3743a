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
    let mut due = pace(arrived, events);
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

/// Hands out each of `things`, which are in order, after its time from `start`. What is due is never held back by a
/// receiver that is slow, and all times count from `start`, so delays do not add up. Ends when nobody receives any more.
fn pace<T: Send + 'static>(start: Instant, things: Vec<(Duration, T)>) -> UnboundedReceiver<T> {
    let (sender, receiver) = unbounded_channel();
    let work = move || {
        for (due, thing) in things {
            wait_until(start + due);
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
    use std::time::{Duration, Instant};

    use super::pace;

    #[test]
    fn things_come_when_they_are_due_and_never_before() {
        let start = Instant::now();
        let due = |number: u32| Duration::from_micros(1_700) * number;
        let mut things = pace(start, (0..100).map(|number| (due(number), number)).collect());
        let mut late: Vec<Duration> = Vec::new();
        while let Some(number) = things.blocking_recv() {
            let at = start.elapsed();
            let late_by = at.checked_sub(due(number));
            late.push(late_by.unwrap_or_else(|| panic!("{number} came after {at:?}")));
        }
        late.sort();
        assert_eq!(late.len(), 100);
        // Most of a machine may be busy with other tests, and one of two is still on time.
        assert!(late[50] < Duration::from_millis(1), "half of them are more than {:?} late", late[50]);
    }

    #[test]
    fn it_ends_when_nobody_receives() {
        struct Kept(std::sync::mpsc::Sender<()>);
        impl Drop for Kept {
            fn drop(&mut self) {
                let _ = self.0.send(());
            }
        }
        let (gone, told) = std::sync::mpsc::channel();
        let (soon, hour) = (Duration::from_millis(100), Duration::from_hours(1));
        // The first may be out before the receiver goes; the thread notices with the one after.
        let things = vec![(Duration::ZERO, None), (soon, None), (hour, Some(Kept(gone)))];
        drop(pace(Instant::now(), things));
        told.recv_timeout(Duration::from_secs(5)).expect("the thread drops what it has");
    }
}
