//! The proxy the browsers are pointed at. It decides by host name where a connection goes, and nothing gets past it.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use axum::Router;
use key_tester::core::mistral::Endpoint;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::ledger::{Ledger, Ruling};
use crate::stamp::{Stamped, Wire};
use crate::{serve, tls};

/// Where the built page is served.
pub const PAGES_HOST: &str = "pages.test";

/// A foreign site of the tests: it serves what a test puts there, to show what other sites can do to the page.
pub const FOREIGN_HOST: &str = "frame.test";

/// Something wrong with the way to a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breakage {
    /// The proxy reports that the host refuses connections.
    Refused,
    /// The connection is opened and dropped at once.
    Dropped,
    /// What answers does not speak TLS.
    Tls,
}

/// Which host is broken and how. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Breakages(Arc<Broken>);

#[derive(Debug, Default)]
struct Broken {
    hosts: Mutex<HashMap<String, Breakage>>,
    never_refuses: AtomicBool,
    changed: Notify,
}

impl Breakages {
    /// Breaks the way to `host`: connections that are open are cut, new ones fare as `breakage` says.
    pub fn set(&self, host: &str, breakage: Breakage) {
        self.0.hosts.lock().unwrap_or_else(PoisonError::into_inner).insert(host.to_owned(), breakage);
        self.0.changed.notify_waiters();
    }

    /// Mends all ways.
    pub fn clear(&self) {
        self.0.hosts.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// From now on drops connections that it would refuse: see [`crate::browser::Limitation::Refusal`].
    pub fn never_refuse(&self) {
        self.0.never_refuses.store(true, Ordering::Relaxed);
    }

    fn get(&self, host: &str) -> Option<Breakage> {
        let breakage = self.0.hosts.lock().unwrap_or_else(PoisonError::into_inner).get(host).copied();
        match breakage {
            Some(Breakage::Refused) if self.0.never_refuses.load(Ordering::Relaxed) => {
                Some(Breakage::Dropped)
            }
            breakage => breakage,
        }
    }

    /// Ends when the way to `host` is broken. A browser would otherwise go on over a connection that it keeps open.
    async fn struck(&self, host: &str) {
        loop {
            // Asked for before looking, so that no change gets lost in between.
            let changed = self.0.changed.notified();
            if self.get(host).is_some() {
                return;
            }
            changed.await;
        }
    }
}

struct Routes {
    mistral: Router,
    pages: Router,
    tls: TlsAcceptor,
    ledger: Ledger,
    breakages: Breakages,
}

impl Routes {
    fn router(&self, host: &str) -> Option<Router> {
        if Endpoint::ALL.iter().any(|endpoint| endpoint.host() == host) {
            Some(self.mistral.clone())
        } else if [PAGES_HOST, FOREIGN_HOST].contains(&host) {
            Some(self.pages.clone())
        } else {
            None
        }
    }
}

/// A running proxy. It stops when dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    authority: String,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// Starts a proxy on a free loopback port, leading Mistral's hosts to `mistral` and the test sites to `pages`.
    ///
    /// # Errors
    ///
    /// When there is no free port or no certificate can be made.
    pub async fn start(mistral: Router, pages: Router, ledger: Ledger, breakages: Breakages) -> Result<Self> {
        let mut hosts = Endpoint::ALL.map(Endpoint::host).to_vec();
        hosts.extend([PAGES_HOST, FOREIGN_HOST]);
        let (tls, authority) = tls::acceptor(&hosts)?;
        let routes = Arc::new(Routes { mistral, pages, tls, ledger, breakages });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("a port for the proxy")?;
        let address = listener.local_addr()?;
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(client(stream, Arc::clone(&routes)));
            }
        });
        Ok(Self { address, authority, accepting })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate, as PEM, of the authority that vouches for the hosts behind it. Browsers are told not to care; other
    /// clients have to be told of it.
    pub fn authority(&self) -> &str {
        &self.authority
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// One client connection, from its first request line on.
async fn client(mut stream: TcpStream, routes: Arc<Routes>) {
    // Nagle's delay would sit in every latency the page measures.
    let _ = stream.set_nodelay(true);
    let Some(head) = read_head(&mut stream).await else { return };
    let Some((method, host)) = request_line(&head) else {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n").await;
        return;
    };
    let target = if method == "CONNECT" { routes.router(&host) } else { None };
    let Some(target) = target else {
        routes.ledger.contact(&host, Ruling::Refused, &head);
        let _ = stream
            .write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            .await;
        return;
    };
    let breakage = routes.breakages.get(&host);
    routes.ledger.contact(&host, if breakage.is_some() { Ruling::Broken } else { Ruling::Served }, &head);
    if breakage == Some(Breakage::Refused) {
        let _ = stream
            .write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            .await;
        return;
    }
    if stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.is_err() {
        return;
    }
    match breakage {
        Some(Breakage::Tls) => {
            let _ = stream.write_all(b"HTTP/1.1 400 Plain HTTP here\r\n\r\n").await;
        }
        Some(_) => {}
        None => {
            let wire = Wire::default();
            if let Ok(stream) = routes.tls.accept(Stamped::new(stream, wire.clone())).await {
                tokio::select! {
                    () = serve::connection(stream, target, host.clone(), wire) => {}
                    () = routes.breakages.struck(&host) => {}
                }
            }
        }
    }
}

/// The head of the first request; `None` when the client sends something else or nothing.
async fn read_head(stream: &mut TcpStream) -> Option<String> {
    const LIMIT: usize = 16 * 1024;
    let mut head = Vec::with_capacity(512);
    // Byte by byte, because what follows the head belongs to TLS. It is one short head a connection.
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > LIMIT {
            return None;
        }
        head.push(stream.read_u8().await.ok()?);
    }
    String::from_utf8(head).ok()
}

/// Method and host of a request to the proxy: `CONNECT host:port` or `GET http://host/path`.
fn request_line(head: &str) -> Option<(&str, String)> {
    let mut words = head.lines().next()?.split(' ');
    let method = words.next()?;
    let address = words.next()?;
    let authority = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = authority.split('/').next()?;
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    (!host.is_empty()).then(|| (method, host.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::{Breakage, Breakages, Proxy, request_line};
    use crate::ledger::{Ledger, Ruling};

    #[test]
    fn the_host_is_read_off_both_kinds_of_request() {
        let host = |head| request_line(head).map(|(_, host)| host);
        assert_eq!(host("CONNECT API.mistral.ai:443 HTTP/1.1\r\n\r\n").as_deref(), Some("api.mistral.ai"));
        assert_eq!(host("GET http://detect.test/x:y HTTP/1.1\r\n\r\n").as_deref(), Some("detect.test"));
        assert_eq!(host("GET / HTTP/1.1\r\n\r\n"), None);
        assert_eq!(host("\r\n\r\n"), None);
    }

    async fn ask(proxy: &Proxy, head: &str) -> String {
        let mut stream = TcpStream::connect(proxy.address()).await.expect("the proxy listens");
        stream.write_all(head.as_bytes()).await.expect("the proxy reads");
        let mut answer = vec![0; 64];
        let length = stream.read(&mut answer).await.expect("the proxy answers");
        String::from_utf8_lossy(&answer[..length]).lines().next().unwrap_or_default().to_owned()
    }

    #[tokio::test]
    async fn nothing_gets_past_it() {
        let (ledger, breakages) = (Ledger::default(), Breakages::default());
        let proxy = Proxy::start(Router::new(), Router::new(), ledger.clone(), breakages.clone())
            .await
            .expect("a proxy");
        for (head, answer) in [
            ("CONNECT api.eu.mistral.ai:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 Connection established"),
            ("CONNECT codestral.mistral.ai:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 403 Forbidden"),
            ("GET http://api.mistral.ai/v1/models HTTP/1.1\r\n\r\n", "HTTP/1.1 403 Forbidden"),
            ("GET http://evil.test/ HTTP/1.1\r\n\r\n", "HTTP/1.1 403 Forbidden"),
        ] {
            assert_eq!(ask(&proxy, head).await, answer, "{head}");
        }
        breakages.set("api.mistral.ai", Breakage::Refused);
        let head = "CONNECT api.mistral.ai:443 HTTP/1.1\r\n\r\n";
        assert_eq!(ask(&proxy, head).await, "HTTP/1.1 502 Bad Gateway");

        let rulings: Vec<_> = ledger.contacts().iter().map(|contact| contact.ruling).collect();
        assert_eq!(
            rulings,
            [Ruling::Served, Ruling::Refused, Ruling::Refused, Ruling::Refused, Ruling::Broken]
        );
    }
}
