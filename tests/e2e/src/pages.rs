//! The built files as GitHub Pages serves them: under a sub-path, with its headers, compressed.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::ledger::Ledger;
use crate::proxy::PAGES_HOST;
use crate::serve::{self, Host};
use crate::stamp::Wire;

/// Where the page lives on [`PAGES_HOST`]: a repository's site is never at the root.
pub const REPOSITORY: &str = "/mistral-key-tester/";

#[derive(Clone, Debug)]
struct File {
    plain: Bytes,
    gzip: Option<Bytes>,
    kind: &'static str,
    etag: String,
}

impl File {
    fn new(name: &str, bytes: Vec<u8>) -> Result<Self> {
        let media = xtask::media(Path::new(name));
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let gzip = if media.compressible { Some(xtask::gzip(&bytes)?.into()) } else { None };
        Ok(Self { plain: bytes.into(), gzip, kind: media.name, etag: format!("W/\"{:x}\"", hasher.finish()) })
    }
}

/// What is served, by host and path.
type Files = HashMap<String, File>;

/// The static host. Clones are the same server.
#[derive(Clone, Debug)]
pub struct Pages {
    files: Arc<Mutex<Files>>,
    /// What is not answered for now: a part of its path.
    held: watch::Sender<Option<&'static str>>,
    ledger: Ledger,
}

impl Pages {
    /// Serves the files below `dist`.
    ///
    /// # Errors
    ///
    /// When there is no built page there.
    pub fn load(dist: &Path, ledger: Ledger) -> Result<Self> {
        let files = read(dist)?;
        let index = format!("{PAGES_HOST}{REPOSITORY}index.html");
        ensure!(files.contains_key(&index), "no index.html in {}: build the page first", dist.display());
        Ok(Self { files: Arc::new(Mutex::new(files)), held: watch::Sender::new(None), ledger })
    }

    /// Serves `content` at `path` of `host` from now on, in place of what was there.
    ///
    /// # Errors
    ///
    /// When it cannot be compressed.
    pub fn put(&self, host: &str, path: &str, content: impl Into<Vec<u8>>) -> Result<()> {
        let file = File::new(path, content.into())?;
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(format!("{host}{path}"), file);
        Ok(())
    }

    /// Serves the files below `dist` from now on, in place of those of the page.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn change_to(&self, dist: &Path) -> Result<()> {
        let new = read(dist)?;
        let page = format!("{PAGES_HOST}{REPOSITORY}");
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|path, _| !path.starts_with(&page));
        files.extend(new);
        Ok(())
    }

    /// Changes the one file of the page whose path contains `part`; gives that path.
    ///
    /// # Errors
    ///
    /// When there is no such file, or more than one.
    pub fn alter(&self, part: &str, change: impl FnOnce(&mut Vec<u8>)) -> Result<String> {
        let (path, mut bytes) = {
            let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            let mut found = files.iter().filter(|(path, _)| path.contains(part));
            let (path, file) = found.next().with_context(|| format!("no path contains {part}"))?;
            ensure!(found.next().is_none(), "more than one path contains {part}");
            (path.trim_start_matches(PAGES_HOST).to_owned(), file.plain.to_vec())
        };
        change(&mut bytes);
        self.put(PAGES_HOST, &path, bytes)?;
        Ok(path)
    }

    /// Takes the one file of the page away whose path contains `part`; gives that path and what was in it.
    ///
    /// # Errors
    ///
    /// When there is no such file, or more than one.
    pub fn remove(&self, part: &str) -> Result<(String, Vec<u8>)> {
        let mut before = Vec::new();
        let path = self.alter(part, |bytes| before.clone_from(bytes))?;
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.remove(&format!("{PAGES_HOST}{path}"));
        Ok((path, before))
    }

    /// The file of the program's first part, as the page names it.
    ///
    /// # Errors
    ///
    /// When the page names none.
    pub fn first_part(&self) -> Result<String> {
        let page = self.text("index.html").unwrap_or_default();
        let named = page.split_once("data-wasm=\"").and_then(|(_, rest)| rest.split_once('"'));
        let (name, _) = named.context("the page names no program")?;
        Ok(name.trim_start_matches("./").to_owned())
    }

    /// Lets whoever asks for a path that contains `part` wait until [`Pages::release`].
    pub fn hold(&self, part: &'static str) {
        self.held.send_replace(Some(part));
    }

    /// Answers everything again, and those who wait.
    pub fn release(&self) {
        self.held.send_replace(None);
    }

    /// The text of a file of the page, by its path below [`REPOSITORY`].
    pub fn text(&self, name: &str) -> Option<String> {
        let file = self.find(PAGES_HOST, &format!("{REPOSITORY}{name}"))?;
        String::from_utf8(file.plain.to_vec()).ok()
    }

    /// The host as a router, for [`crate::proxy`].
    pub fn router(&self) -> Router {
        Router::new().fallback(answer).with_state(self.clone())
    }

    /// Serves them over plain HTTP on the loopback too, for those who judge a page by its address; gives that.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub async fn listen(&self) -> Result<String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("a port for the pages")?;
        let address = listener.local_addr()?;
        let router = self.router();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let host = PAGES_HOST.to_owned();
                tokio::spawn(serve::connection(stream, router.clone(), host, Wire::default()));
            }
        });
        Ok(format!("http://{address}{REPOSITORY}"))
    }

    fn find(&self, host: &str, path: &str) -> Option<File> {
        let index = if path.ends_with('/') { "index.html" } else { "" };
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.get(&format!("{host}{path}{index}")).cloned()
    }
}

/// The files of the page below `dist`. They are read and compressed once for all that a program serves from there: the tests
/// are built to be built soon, and a compressor that was takes longer than a page load.
fn read(dist: &Path) -> Result<Files> {
    static READ: Mutex<BTreeMap<PathBuf, Files>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(files) = read.get(dist) {
        return Ok(files.clone());
    }
    let mut files = Files::new();
    read_folder(dist, REPOSITORY, &mut files)?;
    read.insert(dist.to_owned(), files.clone());
    Ok(files)
}

fn read_folder(folder: &Path, base: &str, files: &mut Files) -> Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("no built page in {}: run `cargo xtask dist`", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            read_folder(&entry.path(), &format!("{base}{name}/"), files)?;
        } else {
            let file = File::new(&name, std::fs::read(entry.path())?)?;
            files.insert(format!("{PAGES_HOST}{base}{name}"), file);
        }
    }
    Ok(())
}

async fn answer(
    State(pages): State<Pages>,
    Extension(Host(host)): Extension<Host>,
    request: Request,
) -> Response {
    let path = request.uri().path().to_owned();
    let full = request.uri().path_and_query().map_or("/", |path| path.as_str());
    pages.ledger.request(&host, request.method().as_str(), full, request.headers(), &Bytes::new()).answered();

    let mut held = pages.held.subscribe();
    // It fails only when there are no pages any more.
    let _ = held.wait_for(|part| part.is_none_or(|part| !path.contains(part))).await;

    let mut headers = HeaderMap::new();
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set("server", "GitHub.com");
    set("access-control-allow-origin", "*");
    set("strict-transport-security", "max-age=31556952");
    let (status, body) = match pages.find(&host, &path) {
        Some(file) => {
            set("content-type", file.kind);
            set("cache-control", "max-age=600");
            set("etag", &file.etag);
            set("vary", "Accept-Encoding");
            let asked =
                |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            if asked("if-none-match") == file.etag {
                (StatusCode::NOT_MODIFIED, Bytes::new())
            } else if let Some(gzip) = file.gzip.filter(|_| asked("accept-encoding").contains("gzip")) {
                set("content-encoding", "gzip");
                (StatusCode::OK, gzip)
            } else {
                (StatusCode::OK, file.plain)
            }
        }
        None if pages.find(&host, &format!("{path}/")).is_some() => {
            set("location", &format!("https://{host}{path}/"));
            (StatusCode::MOVED_PERMANENTLY, Bytes::new())
        }
        None => {
            set("content-type", "text/html; charset=utf-8");
            (StatusCode::NOT_FOUND, Bytes::from_static(b"<!DOCTYPE html><title>Page not found</title>"))
        }
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
