//! What a browser and its driver say.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::sync::oneshot;

/// What the driver and, through it, the browser print.
#[derive(Clone, Debug, Default)]
pub(super) struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub(super) fn add(&self, line: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    pub(super) fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }

    /// Takes down all lines, and reports the port that the driver says it listens on.
    pub(super) async fn follow(self, output: impl AsyncRead + Unpin, mut tell: Option<oneshot::Sender<u16>>) {
        let mut lines = BufReader::new(output).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some(port) = port(&line)
                && let Some(tell) = tell.take()
            {
                // The receiver is gone when the start was given up.
                let _ = tell.send(port);
            }
            self.add(line);
        }
    }
}

/// The port in `ChromeDriver was started successfully on port 41234.` or `… Listening on 127.0.0.1:41234`.
fn port(line: &str) -> Option<u16> {
    let rest =
        line.split_once("successfully on port ").or_else(|| line.split_once("Listening on 127.0.0.1:"))?.1;
    rest.trim_end_matches('.').trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port;

    #[test]
    fn the_port_is_read_off_what_the_drivers_say() {
        assert_eq!(port("ChromeDriver was started successfully on port 41234."), Some(41234));
        assert_eq!(port("1795\tgeckodriver\tINFO\tListening on 127.0.0.1:4444"), Some(4444));
        assert_eq!(port("Starting ChromeDriver 156.0 on port 0"), None);
    }
}
