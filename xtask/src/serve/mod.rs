//! `cargo xtask serve`: the page on 127.0.0.1, as it will be published or with reload for work on it.

mod answer;
mod request;
mod watch;

use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::build_tools::{self, Accepts};
use crate::failure::Failure;
use crate::install::Steps;
use crate::process;
use crate::release;
use crate::workspace::Workspace;

const DEFAULT_PORT: u16 = 8080;
/// How many ports after the default one are tried.
const PORTS_TRIED: u16 = 100;
/// A browser opens at most six connections to a host, and a second browser may look on.
const THREADS: usize = 32;
/// A connection that a browser opened on suspicion and never uses must not hold a thread for long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Builds the release page and serves it.
pub(crate) fn release(workspace: &Workspace, port: Option<u16>) -> Result<(), Failure> {
    release::build(workspace, Accepts::Others)?;
    let (listener, address) = listen(port)?;
    println!("\nThe key tester is at {address}");
    println!("It is the release page with its real policy. The demo needs no key: choose \"Try the demo\".");
    println!("Ctrl+C stops it.");
    serve(&listener, &workspace.dist())
        .map_err(|error| Failure::new("the server stopped", error.to_string(), ""))
}

/// Serves a page that is built and loaded again on every change, apart from `dist/`. It has the policy of the published one.
pub(crate) fn dev(workspace: &Workspace, port: Option<u16>) -> Result<(), Failure> {
    build_tools::ensure_target(workspace, &mut Steps::of(1))?;
    let folder = workspace.root().join("target/dev-page");
    process::shown(&mut release::builder(workspace, "--dev", &folder), "cargo xtask serve --dev")?;
    let (listener, address) = listen(port)?;
    println!(
        "\nThe key tester is at {address} and loads itself again on every change. The demo needs no key."
    );
    println!("Ctrl+C stops it.");
    thread::scope(|scope| {
        scope.spawn(|| watch::rebuild(workspace, &folder));
        serve(&listener, &folder)
    })
    .map_err(|error| Failure::new("the server stopped", error.to_string(), ""))
}

/// Binds the asked port, or the first free one from [`DEFAULT_PORT`] on, and tells the page's address.
fn listen(port: Option<u16>) -> Result<(TcpListener, String), Failure> {
    let bind = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let bound = match port {
        Some(port) => bind(port).map_err(|error| (port, error)),
        None => (DEFAULT_PORT..DEFAULT_PORT + PORTS_TRIED)
            .find_map(|port| bind(port).ok())
            .map_or_else(|| bind(0).map_err(|error| (0, error)), Ok),
    };
    let listener = bound.map_err(|(port, error)| {
        let what = format!("cannot serve on 127.0.0.1:{port}");
        Failure::new(what, error.to_string(), "cargo xtask serve (takes the next free port)")
    })?;
    let port = local_port(&listener)?;
    Ok((listener, format!("http://127.0.0.1:{port}/")))
}

fn local_port(listener: &TcpListener) -> Result<u16, Failure> {
    let address = listener.local_addr();
    address.map(|address| address.port()).map_err(|error| Failure::new("no port", error.to_string(), ""))
}

/// Answers on a fixed number of threads until the process is stopped; who comes when all are busy waits in the queue.
fn serve(listener: &TcpListener, folder: &Path) -> io::Result<()> {
    let folder = folder.canonicalize()?;
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for connection in listener.incoming().flatten() {
                    // A browser that hangs up early is no event.
                    let _ = converse(&connection, &folder);
                }
            });
        }
    });
    Ok(())
}

fn converse(connection: &TcpStream, folder: &Path) -> io::Result<()> {
    connection.set_read_timeout(Some(PATIENCE))?;
    connection.set_write_timeout(Some(PATIENCE))?;
    let Some(head) = request::read_head(connection)? else { return Ok(()) };
    let answer = answer::to(&request::Request::parse(&head), folder);
    answer.write(connection)
}

#[cfg(test)]
mod tests;
