//! The paced stream over a real connection: no chunk comes before its time, and the stamps say so. How late they are
//! depends on the machine; `cargo xtask bench` holds that.

use std::time::Duration;

use anyhow::Result;
use e2e::ledger::{Ending, Ledger};
use e2e::mock::Mock;
use e2e::page::TIMEOUT;
use e2e::stream::Paced;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const CHAT: &str = "POST /v1/chat/completions";
const MS: Duration = Duration::from_millis(1);

/// Chunks of a stream that nobody waits for.
const MANY: u32 = 20_000;

/// Asks for an answer; hands out the connection.
async fn ask(mock: &Mock) -> Result<TcpStream> {
    let (address, _) = mock.listen().await?;
    let mut stream = TcpStream::connect(address).await?;
    let head = "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    stream.write_all(head.as_bytes()).await?;
    Ok(stream)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_is_never_early_and_is_stamped() -> Result<()> {
    let (ledger, chunks) = (Ledger::default(), 100);
    let mock = Mock::new(ledger.clone());
    mock.script().always(CHAT, Paced::new(40 * MS, 5 * MS, 100));
    let mut answer = String::new();
    ask(&mock).await?.read_to_string(&mut answer).await?;
    assert_eq!(answer.matches("\"content\":\" word\"").count(), chunks);
    assert!(answer.contains("data: [DONE]"), "{answer}");

    let [sent] = &mock.sends()[..] else { panic!("one stream: {:?}", mock.sends()) };
    assert_eq!(sent.chunks.len(), chunks);
    for (stamp, due) in sent.chunks.iter().zip((0..).map(|number| 40_000 + 5_000 * number)) {
        // The stamps and the pace read the same clock, and each is cut to whole microseconds.
        let late_by = i64::try_from(*stamp)? - i64::try_from(sent.arrived)? - due;
        assert!(late_by >= -1, "{late_by} µs after its time");
    }

    let [request] = &ledger.requests()[..] else { panic!("one request") };
    assert_eq!(request.ending, Ending::Answered);
    assert_eq!(request.usage.as_ref().map(|usage| usage["completion_tokens"].clone()), Some(100.into()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_hangs_up_ends_the_stream() -> Result<()> {
    let ledger = Ledger::default();
    let mock = Mock::new(ledger.clone());
    mock.script().always(CHAT, Paced::new(MS, 5 * MS, MANY));
    let mut stream = ask(&mock).await?;
    stream.read_u8().await?;
    drop(stream);
    tokio::time::timeout(TIMEOUT, async {
        while ledger.requests().first().is_none_or(|request| request.ending == Ending::Open) {
            tokio::time::sleep(MS).await;
        }
    })
    .await?;
    assert_eq!(ledger.requests()[0].ending, Ending::Dropped);
    let sent = mock.sends();
    let chunks = u32::try_from(sent[0].chunks.len())?;
    assert!(chunks < MANY, "{chunks} chunks went to nobody");
    Ok(())
}
