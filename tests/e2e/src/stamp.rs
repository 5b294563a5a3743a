//! When bytes are handed to a socket, by the system's clock: the truth that the page's times are held against.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The system's clock, looked at once. From there a steady clock goes on, so no correction of the first falls between two
/// stamps.
static ANCHOR: LazyLock<(SystemTime, Instant)> = LazyLock::new(|| (SystemTime::now(), Instant::now()));

/// Microseconds since the epoch.
pub type Micros = u64;

/// What the system's clock reads at `at`.
pub fn micros(at: Instant) -> Micros {
    let (wall, steady) = *ANCHOR;
    let anchor = wall.duration_since(UNIX_EPOCH).unwrap_or_default();
    // The first time that is asked for was taken before the anchor.
    let before = steady.saturating_duration_since(at);
    let since = (anchor + at.saturating_duration_since(steady)).saturating_sub(before);
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

/// What the system's clock reads now, corrections of it included.
pub fn now() -> Micros {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_micros()).unwrap_or(u64::MAX)
}

/// How far, in microseconds, the system's clock has been moved since the anchor: what it reads now, less what a stamp would.
pub fn drift() -> i64 {
    let steady = Instant::now();
    ahead(SystemTime::now(), steady)
}

/// How far `wall` is ahead of the stamp of `steady`, microseconds.
fn ahead(wall: SystemTime, steady: Instant) -> i64 {
    let wall = wall.duration_since(UNIX_EPOCH).unwrap_or_default();
    let signed = |micros: u64| i64::try_from(micros).unwrap_or(i64::MAX);
    signed(u64::try_from(wall.as_micros()).unwrap_or(u64::MAX)) - signed(micros(steady))
}

/// When a stream was asked for and sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// When the request had arrived: its head.
    pub arrived: Micros,
    /// When each chunk with text was handed to the socket, as far as the stream has got.
    pub chunks: Vec<Micros>,
}

/// The record of all streams, in the order in which they were asked for. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sends(Arc<Mutex<Vec<Sent>>>);

impl Sends {
    fn all(&self) -> MutexGuard<'_, Vec<Sent>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A copy of it.
    pub(crate) fn copy(&self) -> Vec<Sent> {
        self.all().clone()
    }

    /// Begins the line of a stream that was asked for at `arrived`.
    pub(crate) fn begin(&self, arrived: Instant) -> Line {
        let mut all = self.all();
        all.push(Sent { arrived: micros(arrived), chunks: Vec::new() });
        Line { sends: self.clone(), index: all.len() - 1 }
    }
}

/// One stream's line in the record.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    sends: Sends,
    index: usize,
}

impl Line {
    fn sent(&self, at: Instant) {
        if let Some(sent) = self.sends.all().get_mut(self.index) {
            sent.chunks.push(micros(at));
        }
    }
}

/// One connection, as far as the chunks go that are about to be written to it. It answers one request at a time, so all of
/// them are in the next write. Clones are the same connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wire(Arc<Mutex<Vec<Line>>>);

impl Wire {
    fn waiting(&self) -> MutexGuard<'_, Vec<Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next write holds one more chunk of the stream that `line` is about.
    pub(crate) fn about_to_send(&self, line: &Line) {
        self.waiting().push(line.clone());
    }

    fn written(&self, at: Instant) {
        for line in self.waiting().drain(..) {
            line.sent(at);
        }
    }
}

/// A connection that stamps the chunks announced on its [`Wire`], below all encryption.
#[derive(Debug)]
pub(crate) struct Stamped<S> {
    stream: S,
    wire: Wire,
}

impl<S> Stamped<S> {
    pub(crate) fn new(stream: S, wire: Wire) -> Self {
        Self { stream, wire }
    }
}

impl<S: AsyncWrite + Unpin> Stamped<S> {
    /// The time is taken before the system is called: over loopback the call itself delivers the bytes, and the reader may
    /// run before it comes back.
    fn write(
        &mut self,
        write: impl FnOnce(Pin<&mut S>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        let at = Instant::now();
        let outcome = write(Pin::new(&mut self.stream));
        if matches!(outcome, Poll::Ready(Ok(_))) {
            self.wire.written(at);
        }
        outcome
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Stamped<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Stamped<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.write(|stream| stream.poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.write(|stream| stream.poll_write_vectored(cx, pieces))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use tokio::io::AsyncWriteExt;

    use super::{ANCHOR, Sends, Stamped, Wire, ahead, micros};

    #[test]
    fn a_stamp_is_what_the_clock_on_the_wall_reads() {
        let (wall, steady) = *ANCHOR;
        let read = wall.duration_since(UNIX_EPOCH).expect("after 1970").as_micros();
        assert_eq!(u128::from(micros(steady)), read);
        let second = Duration::from_secs(1);
        let long_ago = steady.checked_sub(second * 30).expect("the machine has been up for a while");
        assert_eq!(micros(steady) - micros(long_ago), 30_000_000, "a time before the anchor");
        assert_eq!(micros(steady + second) - micros(steady), 1_000_000);
    }

    #[test]
    fn a_clock_that_is_moved_drifts() {
        let ((wall, steady), second) = (*ANCHOR, Duration::from_secs(1));
        assert_eq!(ahead(wall + second, steady + second), 0);
        assert_eq!(ahead(wall + 3 * second, steady + second), 2_000_000);
        assert_eq!(ahead(wall, steady + second), -1_000_000);
    }

    #[tokio::test]
    async fn a_chunk_is_stamped_by_the_write_that_holds_it() {
        let (sends, wire) = (Sends::default(), Wire::default());
        let mut stream = Stamped::new(tokio::io::sink(), wire.clone());
        let (_, start) = *ANCHOR;
        let line = sends.begin(start);
        stream.write_all(b"head").await.expect("a sink");
        assert_eq!(sends.copy()[0].chunks, [0; 0], "a write that holds no chunk");
        let mut stamped = 0;
        for chunks in [1, 2] {
            for _ in 0..chunks {
                wire.about_to_send(&line);
            }
            assert_eq!(sends.copy()[0].chunks.len(), stamped, "what is not yet written");
            stream.write_all(b"chunks").await.expect("a sink");
            stamped += chunks;
            assert_eq!(sends.copy()[0].chunks.len(), stamped);
        }
        let [sent] = &sends.copy()[..] else { panic!("one stream") };
        assert_eq!(sent.arrived, micros(start));
        let [first, second, third] = sent.chunks[..] else { panic!("three chunks: {sent:?}") };
        assert_eq!(second, third, "two chunks in one write");
        assert!(first >= sent.arrived && second >= first, "{sent:?}");
    }
}
