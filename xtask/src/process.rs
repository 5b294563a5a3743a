//! Child processes: run with a log and a heartbeat, or run with their output both shown and kept.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// How long a logged step may stay silent.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How much of a failed step's log is shown.
const SHOWN_LOG_LINES: usize = 40;

/// A length of time as a reader wants it: `7 s`, `4 min 11 s`.
pub(crate) fn spoken(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// A command as the user would type it.
pub(crate) fn typed(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        let argument = argument.to_string_lossy();
        if argument.contains(' ') {
            let _ = write!(text, " '{argument}'");
        } else {
            let _ = write!(text, " {argument}");
        }
    }
    text
}

/// Runs a long command with its output in `log`, saying every [`HEARTBEAT`] what it is doing. When it fails, the end of
/// the log is shown and `mend` is the advice.
pub(crate) fn logged(command: &mut Command, log: &Path, mend: &str) -> Result<(), Failure> {
    let name = typed(command);
    let broken = |error: io::Error| Failure::new(format!("`{name}` did not run"), error.to_string(), mend);
    fs::create_dir_all(log.parent().unwrap_or(log)).map_err(broken)?;
    let mut file = File::create(log).map_err(broken)?;

    let (reader, writer) = io::pipe().map_err(broken)?;
    command.stdin(Stdio::null()).stdout(writer.try_clone().map_err(broken)?).stderr(writer);
    command.env("CARGO_TERM_COLOR", "never");
    let started = Instant::now();
    let mut child = command.spawn().map_err(broken)?;
    close_own_ends(command);

    let (sender, lines) = mpsc::channel();
    let reading = thread::spawn(move || {
        for line in BufReader::new(reader).split(b'\n').map_while(Result::ok) {
            if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                break;
            }
        }
    });

    let mut kept: Vec<String> = Vec::new();
    let mut compiled = 0_u32;
    let mut latest = String::new();
    let mut next_beat = started + HEARTBEAT;
    loop {
        match lines.recv_timeout(next_beat.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                writeln!(file, "{line}").map_err(broken)?;
                if line.trim_start().starts_with("Compiling ") {
                    compiled += 1;
                }
                if !line.trim().is_empty() {
                    line.trim().clone_into(&mut latest);
                }
                kept.push(line);
            }
            Err(RecvTimeoutError::Timeout) => {
                let crates = if compiled == 0 { String::new() } else { format!("crate {compiled}, ") };
                println!("      … {}: {crates}{latest}", spoken(started.elapsed()));
                next_beat += HEARTBEAT;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let _ = reading.join();
    let status = child.wait().map_err(broken)?;
    if status.success() {
        return Ok(());
    }
    println!("      failed after {}; the end of {}:", spoken(started.elapsed()), log.display());
    for line in &kept[kept.len().saturating_sub(SHOWN_LOG_LINES)..] {
        println!("      | {line}");
    }
    Err(Failure::new(
        format!("`{name}` failed ({status})"),
        format!("the whole log: {}", log.display()),
        mend,
    ))
}

/// Runs a command on this terminal.
pub(crate) fn shown(command: &mut Command, mend: &str) -> Result<(), Failure> {
    let name = typed(command);
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("`{name}` failed ({status})"), "see its output above", mend)),
        Err(error) => Err(Failure::new(format!("`{name}` did not run"), error.to_string(), mend)),
    }
}

/// Runs a command, shows its output line by line and returns it. Both streams share one pipe, so that the line with
/// which cargo announces a test program comes before that program's own lines.
pub(crate) fn shown_and_kept(command: &mut Command) -> io::Result<(ExitStatus, String)> {
    let (reader, writer) = io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn()?;
    close_own_ends(command);
    let mut kept = String::new();
    for line in BufReader::new(reader).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        kept.push_str(&line);
        kept.push('\n');
    }
    Ok((child.wait()?, kept))
}

/// A `Command` holds on to its streams after the start: as long as it does, the pipe's reader sees no end.
fn close_own_ends(command: &mut Command) {
    command.stdout(Stdio::null()).stderr(Stdio::null());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn times_read_as_seconds_then_minutes() {
        assert_eq!(spoken(Duration::from_millis(1900)), "1 s");
        assert_eq!(spoken(Duration::from_secs(119)), "119 s");
        assert_eq!(spoken(Duration::from_secs(251)), "4 min 11 s");
    }

    #[test]
    fn a_command_is_shown_as_typed() {
        assert_eq!(typed(&shell("exit 3")), "sh -c 'exit 3'");
    }

    #[test]
    fn a_failing_step_leaves_its_log_and_says_where() {
        let log = std::env::temp_dir().join(format!("xtask-log-{}/step.log", std::process::id()));
        let failure = logged(&mut shell("echo out; echo err >&2; exit 3"), &log, "try again")
            .expect_err("exit code 3 is a failure");
        assert!(failure.to_string().contains("exit status: 3"), "{failure}");
        assert!(failure.to_string().contains("step.log"), "{failure}");
        assert!(failure.to_string().ends_with("mend: try again"), "{failure}");
        assert_eq!(fs::read_to_string(&log).expect("the log"), "out\nerr\n");
        assert!(logged(&mut shell("true"), &log, "").is_ok());
        fs::remove_dir_all(log.parent().expect("a folder")).expect("removed");
    }

    #[test]
    fn both_streams_are_kept_in_the_order_of_writing() {
        let (status, kept) =
            shown_and_kept(&mut shell("echo one; echo two >&2; echo three; exit 1")).expect("sh runs");
        assert_eq!(kept, "one\ntwo\nthree\n");
        assert!(!status.success());
    }
}
