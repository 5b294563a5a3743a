//! The timeline plot of one answer: a tick for each chunk with text, and the chunks added up.

use crate::core::bench::Resolution;
use crate::core::chart::grid::{Grid, MOST_LINES, heads};
use crate::core::chart::interval::between;
use crate::core::chart::scale::Scale;
use crate::core::chart::{Kind, Path, Plot, Row, Style};
use crate::core::time::Span;

/// The arrival of one answer, as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream<'a> {
    /// Which call.
    pub name: String,
    /// From the start to the first chunk with text.
    pub first: Span,
    /// Between chunks with text that follow each other; zero for one that arrived together with the one before.
    pub gaps: &'a [Span],
    /// From the start to where thinking ends; `None` without thinking. While an answer has only thought, this lies behind its
    /// last chunk.
    pub answer_from: Option<Span>,
    /// Chunks that arrived together with the one before.
    pub shared: u64,
    /// Whether more is to come.
    pub running: bool,
}

/// The words and numbers about a stream.
struct Told {
    chunks: usize,
    last: Span,
    longest: Span,
}

impl Stream<'_> {
    fn told(&self) -> Told {
        let (mut last, mut longest) = (self.first, Span::ZERO);
        for gap in self.gaps {
            last = last + *gap;
            longest = longest.max(*gap);
        }
        Told { chunks: self.gaps.len() + 1, last, longest }
    }

    /// When each chunk came, from the start.
    fn arrivals(&self) -> impl Iterator<Item = Span> {
        let mut at = self.first;
        let rest = self.gaps.iter().map(move |gap| {
            at = at + *gap;
            at
        });
        std::iter::once(self.first).chain(rest)
    }

    fn is_thinking(&self, at: Span) -> bool {
        self.answer_from.is_some_and(|from| at < from)
    }
}

/// The plot of one stream. It is made anew while chunks arrive, so it takes two looks at each of them and no more.
pub fn timeline(stream: &Stream<'_>, clock: Resolution) -> Plot {
    let told = stream.told();
    let scale = Scale::holding(told.last, clock);
    let (each, half) = marks(stream, &told, scale);
    let [waiting, thinking, answer, curve] = each;
    let mut legend = vec![(Style::Waiting, "before the first text".to_owned())];
    for (path, words) in [(&thinking, "a chunk of thinking"), (&answer, "a chunk of the answer")] {
        if !path.data.is_empty() {
            legend.push((path.style, words.to_owned()));
        }
    }
    legend.push((Style::Curve, "chunks so far".to_owned()));
    let count = counted(told.chunks);
    let ticks = Row {
        name: "Each chunk".to_owned(),
        value: count.clone(),
        description: arrival(stream, &told, clock),
        paths: vec![scale.grid(), waiting, thinking, answer],
    };
    let added_up = Row {
        name: "So far".to_owned(),
        value: clock.words(told.last),
        description: format!(
            "{count} in {}, half of them after {}. A straight slope means a steady stream; a level stretch is a pause.",
            clock.words(told.last),
            clock.words(half)
        ),
        paths: vec![scale.grid(), curve],
    };
    Plot {
        kind: Kind::Timeline,
        title: if stream.running { "How the answer arrives" } else { "How the answer arrived" }.to_owned(),
        caption: caption(stream, &told, clock),
        rows: vec![ticks, added_up],
        axis: scale.words(),
        legend,
    }
}

/// Returns the part before the text, the ticks of thinking and answer, the curve; and when half of the chunks had come.
fn marks(stream: &Stream<'_>, told: &Told, scale: Scale) -> ([Path; 4], Span) {
    let [mut waiting, mut curve] = [Style::Waiting, Style::Curve].map(Path::of);
    let [mut thinking, mut answer] = [Style::Thinking, Style::Answer].map(|style| (Path::of(style), None));
    waiting.block((0, scale.place(stream.first)), 40, 20);
    curve.begin(0, 100);
    let (mut level, mut half) = (100, stream.first);
    for (before, at) in stream.arrivals().enumerate() {
        let (place, count) = (scale.place(at), before + 1);
        let (tick, top, height) =
            if stream.is_thinking(at) { (&mut thinking, 55, 35) } else { (&mut answer, 10, 80) };
        if tick.1.replace(place) != Some(place) {
            tick.0.upright(place, top, height);
        }
        let risen = u64::try_from(100 - count * 100 / told.chunks).unwrap_or(level);
        if risen != level {
            curve.step(place, risen);
            level = risen;
        }
        if before * 2 < told.chunks {
            half = at;
        }
    }
    ([waiting, thinking.0, answer.0, curve], half)
}

fn counted(chunks: usize) -> String {
    if chunks == 1 { "1\u{a0}chunk".to_owned() } else { format!("{chunks}\u{a0}chunks") }
}

fn caption(stream: &Stream<'_>, told: &Told, clock: Resolution) -> String {
    let (name, first) = (&stream.name, clock.words(stream.first));
    if told.chunks == 1 {
        return format!("{name}: one chunk with text, after {first}.");
    }
    // While it goes on no word changes that stands in a line of its own: each would have the browser lay the page out anew.
    if stream.running {
        return format!("{name}: first text after {first}.");
    }
    let last = clock.words(told.last);
    format!(
        "{name}: first text after {first}, last after {last}. The longest pause between two chunks was {}.",
        clock.words(told.longest)
    )
}

fn arrival(stream: &Stream<'_>, told: &Told, clock: Resolution) -> String {
    let mut words = format!("{} with text, ", counted(told.chunks));
    words.push_str(&between((stream.first, told.last), " to ", clock));
    words.push_str(" after the start.");
    match stream.answer_from {
        Some(from) if from <= told.last => {
            words.push_str(" Thinking until ");
            words.push_str(&clock.words(from));
            words.push('.');
        }
        Some(_) => words.push_str(" All of it is thinking."),
        None => {}
    }
    if stream.shared > 0 {
        words.push(' ');
        words.push_str(&counted(usize::try_from(stream.shared).unwrap_or(usize::MAX)));
        words.push_str(" arrived together with the one before.");
    }
    words
}

/// The plot's data as a table: a line for each chunk.
pub fn timeline_grid(stream: &Stream<'_>, clock: Resolution) -> Grid {
    let gaps = std::iter::once(None).chain(stream.gaps.iter().map(Some));
    let line = |(index, (at, gap)): (usize, (Span, Option<&Span>))| {
        let gap = match gap {
            None => "–".to_owned(),
            Some(gap) => clock.words(*gap),
        };
        let of = if stream.is_thinking(at) { "thinking" } else { "answer" };
        vec![format!("{}", index + 1), of.to_owned(), clock.words(at), gap]
    };
    let rows: Vec<_> = stream.arrivals().zip(gaps).take(MOST_LINES).enumerate().map(line).collect();
    let shown = (rows.len(), stream.gaps.len() + 1);
    let head = heads(&["Chunk", "Part of", "After the start", "After the one before"]);
    Grid::of(head, rows, shown, "chunks")
}
