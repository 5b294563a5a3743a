//! The driver of a browser: started on a port that is free.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use super::display::Display;
use super::log::Log;
use super::{Kind, TIMEOUT};

/// A running driver. Dropping it kills it.
#[derive(Debug)]
pub(super) struct Driver {
    pub(super) process: Child,
    pub(super) log: Log,
    pub(super) port: u16,
}

impl Driver {
    /// Starts the one of `kind`, for a browser with its files in `profile` and its windows on `display`.
    ///
    /// # Errors
    ///
    /// When it is not there or listens nowhere.
    pub(super) async fn start(kind: Kind, profile: &Path, display: Option<&Display>) -> Result<Self> {
        let program = kind.driver()?;
        let mut said = String::new();
        // ChromeDriver picks a port that is free for IPv6 and gives up when IPv4 has it in use.
        for _ in 0..5 {
            let mut command = Command::new(&program);
            match kind {
                Kind::Chromium | Kind::WebKit => command.arg("--port=0"),
                Kind::Firefox => {
                    command.args(["--port", "0", "--websocket-port", "0", "--allow-system-access"])
                }
            };
            if let Some(display) = display {
                on_display(&mut command, profile, display);
            }
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
            let mut process = command.spawn().with_context(|| format!("starting {}", program.display()))?;
            let log = Log::default();
            let (tell, told) = oneshot::channel();
            if let (Some(stdout), Some(stderr)) = (process.stdout.take(), process.stderr.take()) {
                tokio::spawn(log.clone().follow(stdout, Some(tell)));
                tokio::spawn(log.clone().follow(stderr, None));
            }
            let port = match kind {
                Kind::WebKit => listening(&mut process).await,
                Kind::Chromium | Kind::Firefox => timeout(TIMEOUT, told).await.ok().and_then(Result::ok),
            };
            if let Some(port) = port {
                return Ok(Self { process, log, port });
            }
            said = log.text();
        }
        bail!("{} names no port: {said}", program.display())
    }
}

/// Has a browser that `command` starts draw on `display` and keep its files in `profile`.
fn on_display(command: &mut Command, profile: &Path, display: &Display) {
    command.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
    for folder in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
        command.env(folder, profile);
    }
    // It would wait for a bus that tells screen readers of it.
    command.env("NO_AT_BRIDGE", "1").env("GTK_A11Y", "none").env_remove("DBUS_SESSION_BUS_ADDRESS");
}

/// The port that a driver listens on which does not say so; `None` when it ends or takes too long.
async fn listening(process: &mut Child) -> Option<u16> {
    let look = async {
        while process.try_wait().ok()?.is_none() {
            if let Some(port) = port_of(process.id()?).ok()? {
                return Some(port);
            }
            sleep(Duration::from_millis(10)).await;
        }
        None
    };
    timeout(TIMEOUT, look).await.ok().flatten()
}

/// The port that process `id` listens on, as Linux tells it.
fn port_of(id: u32) -> io::Result<Option<u16>> {
    let mut sockets = HashSet::new();
    for file in fs::read_dir(format!("/proc/{id}/fd"))?.flatten() {
        // One that has been closed meanwhile is none.
        let target = fs::read_link(file.path()).unwrap_or_default();
        let socket = target.to_str().and_then(|name| name.strip_prefix("socket:[")?.strip_suffix(']'));
        sockets.extend(socket.map(str::to_owned));
    }
    Ok(port_in(&fs::read_to_string("/proc/net/tcp")?, &sockets))
}

/// The port that one of `sockets`, by their numbers, listens on in the `table` of all.
fn port_in(table: &str, sockets: &HashSet<String>) -> Option<u16> {
    table.lines().skip(1).find_map(|line| {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let (address, state, socket) = (columns.get(1)?, columns.get(3)?, columns.get(9)?);
        let is_ours = *state == "0A" && sockets.contains(*socket);
        is_ours.then(|| u16::from_str_radix(address.rsplit_once(':')?.1, 16).ok())?
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::net::TcpListener;

    use super::{port_in, port_of};

    #[test]
    fn the_port_is_that_of_a_socket_that_listens() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
            0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1\n\
            1: 0100007F:9E55 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 12 1\n\
            2: 0100007F:C000 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 13 1\n";
        let of = |numbers: &[&str]| port_in(table, &numbers.iter().map(ToString::to_string).collect());
        assert_eq!(of(&["12", "13"]), Some(0xC000));
        assert_eq!(of(&["12"]), None);
        assert_eq!(port_in("", &HashSet::new()), None);
    }

    #[test]
    fn a_process_is_known_by_what_it_listens_on() {
        let _ours = TcpListener::bind("127.0.0.1:0").expect("a port");
        assert!(port_of(std::process::id()).expect("we are a process").is_some());
    }
}
