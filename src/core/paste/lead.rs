//! What containers, collectors of logs and platforms put before the text of a line.

use super::scan;

/// What a line of a log begins with. Each takes itself off a line; a container's name stands first.
pub(super) const LEADS: [fn(&str) -> Option<&str>; 5] = [container, time, process, flutter, actions];

/// A container's name and a bar: `app-1  | …`.
fn container(line: &str) -> Option<&str> {
    let (name, rest) = scan::leading(line, true, "-_.");
    let rest = scan::skip(rest, " ").strip_prefix('|').filter(|_| !name.is_empty())?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

/// A day and a time of any usual form, alone or in brackets: `2026-10-07T10:01:02.1234567Z …`, `[2026-10-07 10:01:02] …`.
fn time(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[').unwrap_or(line);
    let (date, rest) = scan::leading(inner, false, "0123456789-/");
    let rest = rest.strip_prefix(['T', ' '])?;
    let (clock, rest) = scan::leading(rest, false, "0123456789:.,");
    let is_time = date.len() >= 8 && clock.len() >= 5 && clock.contains(':');
    let (_, rest) = if is_time { scan::leading(rest, false, "Z+-0123456789:") } else { return None };
    let rest = rest.strip_prefix(']').unwrap_or(rest);
    let rest = scan::skip(rest, " \t");
    let rest = rest.strip_prefix("| ").unwrap_or(rest);
    (rest.len() < line.len()).then_some(rest)
}

/// A program and its number, as system logs and platforms print them: `web[31]: …`, `app[web.1]: …`.
fn process(line: &str) -> Option<&str> {
    let (name, rest) = scan::leading(line, true, "-_./");
    let (number, rest) = scan::leading(rest.strip_prefix('[')?, true, "-_.");
    let rest = rest.strip_prefix("]:").filter(|_| !name.is_empty() && !number.is_empty())?;
    Some(scan::skip(rest, " "))
}

/// A level, a tag and a number, as Android prints them: `I/flutter (14252): …`.
fn flutter(line: &str) -> Option<&str> {
    let (name, rest) = scan::leading(line, true, "/-_.");
    let (number, rest) = scan::leading(scan::skip(rest, " ").strip_prefix('(')?, false, " 0123456789");
    let rest = rest.strip_prefix("):").filter(|_| name.contains('/') && !number.is_empty())?;
    Some(scan::skip(rest, " "))
}

/// A job and a step with tabs behind them, as a runner's logs are fetched.
fn actions(line: &str) -> Option<&str> {
    let mut parts = line.splitn(3, '\t');
    let (job, step, rest) = (parts.next()?, parts.next()?, parts.next()?);
    (!job.trim().is_empty() && !step.trim().is_empty()).then_some(rest)
}
