//! The server over a real socket, on a folder made for each test.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use flate2::read::GzDecoder;

/// A page in a folder of its own, served until the test program ends.
struct Site {
    folder: PathBuf,
    address: SocketAddr,
}

impl Site {
    fn new(files: &[(&str, &[u8])]) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let base = std::env::temp_dir().join(format!("xtask-serve-{}-{number}", std::process::id()));
        let folder = base.join("dist");
        for (name, content) in files {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("made");
            fs::write(file, content).expect("written");
        }
        fs::write(base.join("secret.txt"), "outside").expect("written");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let served = folder.clone();
        thread::spawn(move || super::serve(&listener, &served));
        Self { folder, address }
    }

    /// Sends a request as it stands and reads to the end: the head and the body.
    fn ask(&self, request: &str) -> (String, Vec<u8>) {
        let mut connection = TcpStream::connect(self.address).expect("connected");
        connection.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).expect("answered");
        let end = answer.windows(4).position(|end| end == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(answer[..end].to_vec()).expect("text");
        (head, answer[end + 4..].to_vec())
    }

    fn get(&self, target: &str) -> (String, Vec<u8>) {
        self.ask(&format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.folder.parent().unwrap_or(&self.folder));
    }
}

#[test]
fn the_page_and_its_parts_have_their_types() {
    let site = Site::new(&[("index.html", b"<!doctype html>"), ("app_bg.wasm", b"\0asm\x01\0\0\0")]);
    let (head, body) = site.get("/");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(head.contains("Content-Type: text/html; charset=utf-8"), "{head}");
    assert!(head.contains("Cache-Control: no-store"), "{head}");
    assert_eq!(body, b"<!doctype html>");
    let (head, body) = site.get("/app_bg.wasm?v=1");
    assert!(head.contains("Content-Type: application/wasm"), "{head}");
    assert!(head.contains("Content-Length: 8"), "{head}");
    assert_eq!(body, b"\0asm\x01\0\0\0");
}

#[test]
fn text_is_compressed_for_those_who_accept_it() {
    let style = "a { color: red }\n".repeat(100);
    let site = Site::new(&[("style.css", style.as_bytes())]);
    let (head, body) = site.ask("GET /style.css HTTP/1.1\r\nAccept-Encoding: gzip, br\r\n\r\n");
    assert!(head.contains("Content-Encoding: gzip"), "{head}");
    assert!(head.contains("Vary: Accept-Encoding"), "{head}");
    assert!(head.contains(&format!("Content-Length: {}", body.len())), "{head}");
    let mut text = String::new();
    GzDecoder::new(&body[..]).read_to_string(&mut text).expect("gzip");
    assert_eq!(text, style);
    let (head, body) = site.get("/style.css");
    assert!(!head.contains("Content-Encoding"), "{head}");
    assert_eq!(body, style.as_bytes());
}

#[test]
fn head_has_the_headers_without_the_body() {
    let site = Site::new(&[("index.html", b"<!doctype html>")]);
    let (head, body) = site.ask("HEAD / HTTP/1.1\r\n\r\n");
    assert!(head.contains("Content-Length: 15"), "{head}");
    assert_eq!(body, b"");
}

#[test]
fn methods_that_change_something_are_refused() {
    let site = Site::new(&[("index.html", b"x")]);
    let (head, _) = site.ask("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 405 "), "{head}");
    assert!(head.contains("Allow: GET, HEAD"), "{head}");
    let (head, _) = site.ask("what is this\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 400 "), "{head}");
}

#[test]
fn what_is_missing_or_outside_is_not_found() {
    let site = Site::new(&[("index.html", b"x"), (".trunk-lock", b"x")]);
    std::os::unix::fs::symlink("../secret.txt", site.folder.join("link.txt")).expect("linked");
    for target in
        ["/nothing", "/../secret.txt", "/%2e%2e/secret.txt", "/link.txt", "/.trunk-lock", "/index.html/x"]
    {
        let (head, body) = site.get(target);
        assert!(head.starts_with("HTTP/1.1 404 Not Found\r\n"), "{target}: {head}");
        assert!(!body.windows(7).any(|part| part == b"outside"), "{target}");
    }
}

#[test]
fn the_pages_own_404_is_used() {
    let site = Site::new(&[("404.html", b"<h1>lost</h1>")]);
    let (head, body) = site.get("/nothing");
    assert!(head.starts_with("HTTP/1.1 404 Not Found\r\n"), "{head}");
    assert!(head.contains("Content-Type: text/html"), "{head}");
    assert_eq!(body, b"<h1>lost</h1>");
}

#[test]
fn a_folder_is_sent_to_its_slash_on_this_host() {
    let site = Site::new(&[("guide/index.html", b"guide")]);
    let (head, _) = site.get("/guide?x=1");
    assert!(head.starts_with("HTTP/1.1 301 "), "{head}");
    assert!(head.contains("Location: /guide/"), "{head}");
    assert_eq!(site.get("/guide/").1, b"guide");
    assert!(site.get("//guide").0.contains("Location: /guide/"));
}

#[test]
fn an_idle_connection_does_not_hold_up_the_page() {
    let site = Site::new(&[("index.html", b"x")]);
    let _idle: Vec<TcpStream> =
        (0..super::THREADS - 1).map(|_| TcpStream::connect(site.address).expect("connected")).collect();
    assert_eq!(site.get("/").1, b"x");
}

#[test]
fn an_asked_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port();
    let failure = super::listen(Some(port)).expect_err("it is taken");
    assert!(failure.to_string().contains(&format!("127.0.0.1:{port}")), "{failure}");
    let (_listener, address) = super::listen(None).expect("some port is free");
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
}
