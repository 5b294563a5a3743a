//! Where marks stand, and what is said of them.

mod places;
mod properties;
mod scatter;
mod words;

use crate::core::bench::Resolution;
use crate::core::chart::{Dot, Level, Parted, Path, Plot, Sampled, Style};
use crate::core::time::Span;

/// A clock that ticks ten times a millisecond.
const CLOCK: Resolution = Resolution::of(Span::from_micros(100));

fn ms(millis: u64) -> Span {
    Span::from_millis(millis)
}

/// The marks of one style in a row.
fn drawn(plot: &Plot, row: usize, style: Style) -> &str {
    let mut paths = plot.rows[row].paths.iter().filter(|path| path.style == style);
    let found = paths.next().map_or("", |path: &Path| path.data.as_str());
    assert!(paths.next().is_none(), "{style:?} is there once");
    found
}

/// With plain spaces.
fn plain(words: &str) -> String {
    words.replace('\u{a0}', " ")
}

fn dots(millis: &[u64]) -> Vec<Dot> {
    millis.iter().map(|&millis| Dot { span: ms(millis), doubtful: false }).collect()
}

/// Two series: one measured, one not yet.
fn series() -> Vec<Sampled> {
    let mut measured = dots(&[200, 100, 200, 200, 500, 300]);
    measured[4].doubtful = true;
    vec![
        Sampled {
            name: "a".to_owned(),
            dots: measured,
            median: Some(ms(200)),
            estimated: false,
            interval: Some((ms(100), ms(300))),
        },
        Sampled { name: "b".to_owned(), dots: Vec::new(), median: None, estimated: false, interval: None },
    ]
}

/// A cold call and a warm one.
fn calls() -> Vec<Parted> {
    let call = |name: &str, connection, round_trip| Parted {
        name: name.to_owned(),
        connection,
        round_trip,
        waiting: ms(200),
        streaming: ms(600),
    };
    vec![call("cold", Some(ms(100)), Some(ms(50))), call("warm", None, None)]
}

/// One at once and four at once.
fn levels() -> Vec<Level> {
    let level = |at_once, millis, throughput, failed| Level {
        at_once,
        calls: 8,
        median: ms(millis),
        interval: Some((ms(millis - 50), ms(millis + 90))),
        throughput,
        failed,
    };
    vec![level(1, 250, Some(3_940), 0), level(4, 410, Some(420), 2)]
}
