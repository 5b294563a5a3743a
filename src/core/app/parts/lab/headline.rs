//! What came of a measurement, in one line: a figure, or which model is faster, or that this cannot be told.

use crate::core::app::facts::Facts;
use crate::core::bench::{self, Decision, Mark, Measure, PlanKind, Rate, Summary, compare};
use crate::core::time::Span;

use super::Lab;
use super::plots::marked;
use super::series_name::name_of;

/// The samples that the figures of a series are taken from.
pub(super) struct Figures<'a> {
    pub(super) summary: Summary<'a>,
    /// Whether most of them are doubtful, so that the figures are estimates.
    pub(super) doubtful: bool,
}

/// The time that a user waits for, of one series.
struct Wait {
    series: usize,
    measure: Measure,
    median: Span,
    doubtful: bool,
}

impl Wait {
    /// What the time is of, after its figure.
    const fn what(&self) -> &'static str {
        match self.measure {
            Measure::FirstToken => "to first token",
            _ => "for the whole answer",
        }
    }
}

impl Lab {
    /// The samples that the figures of a series are taken from: those without a doubt. Where most are doubtful it is all of them, for
    /// a few that are left would say less, and where the user wants that.
    pub(super) fn figures_of<'a>(&self, lab: &'a bench::Runner, series: usize) -> Figures<'a> {
        let doubtful = Summary::is_mostly_doubtful(lab, series);
        Figures { summary: Summary::of(lab, series, doubtful || self.with_doubtful), doubtful }
    }

    /// What came of it, in one line.
    pub(super) fn headline(&self) -> String {
        let Some(measurement) = &self.measurement else { return String::new() };
        let lab = &measurement.lab;
        let series = lab.schedule().series();
        let waits: Vec<Wait> = (0..series.len()).filter_map(|place| self.wait(lab, place)).collect();
        let (Some(first), Some(last)) = (waits.first(), waits.last()) else {
            return "No usable measurement".to_owned();
        };
        let words = if measurement.plan == PlanKind::Load {
            let model = series.first().map_or("", |series| series.subject.model.as_str());
            let alone = format!("{model}: {} {}", self.figure(first), first.what());
            match series.get(last.series) {
                Some(most) if last.series != first.series => {
                    format!("{alone} alone, {} with {} at once", self.figure(last), most.at_once)
                }
                _ => alone,
            }
        } else if waits.len() == 1 {
            self.alone(lab, first)
        } else if waits.iter().any(|wait| wait.measure != first.measure) {
            waits.iter().map(|wait| self.alone(lab, wait)).collect::<Vec<_>>().join("; ")
        } else if waits.iter().any(|wait| wait.doubtful) {
            self.listed(lab, waits.iter())
        } else {
            self.compared(lab, &waits)
        };
        if waits.iter().any(|wait| wait.doubtful) {
            return format!("{words}, doubtful: {}", doubt(lab).reason());
        }
        words
    }

    /// What came of the last measurement, in one line for a summary of the page; none without an answer of a call.
    pub fn summary_line(&self, facts: &Facts) -> Option<String> {
        let lab = &self.measurement.as_ref()?.lab;
        if facts.rows_shown.is_empty() || lab.ended_calls().next().is_none() {
            return None;
        }
        let headline = self.headline();
        let figures = self.figures_of(lab, 0);
        let rate = figures.summary.decode_rate().and_then(Result::ok);
        Some(match rate {
            Some(rate) if lab.schedule().series().len() == 1 && !figures.doubtful => {
                format!("{headline}, {}", tokens_a_second(rate))
            }
            _ => headline,
        })
    }

    /// The time that a user waits for.
    fn wait(&self, lab: &bench::Runner, series: usize) -> Option<Wait> {
        let Figures { summary, doubtful } = self.figures_of(lab, series);
        let streamed = summary.ordered(Measure::FirstToken);
        let measure = if streamed.is_empty() { Measure::Whole } else { Measure::FirstToken };
        Some(Wait { series, measure, median: summary.ordered(measure).median().ok()?, doubtful })
    }

    fn figure(&self, wait: &Wait) -> String {
        let median = self.clock.words(wait.median);
        if wait.doubtful { format!("≈\u{a0}{median}") } else { median }
    }

    fn alone(&self, lab: &bench::Runner, wait: &Wait) -> String {
        format!("{}: {} {}", name_of(lab, wait.series), self.figure(wait), wait.what())
    }

    /// `a 214 ms, b 231 ms to first token`.
    fn listed<'a>(&self, lab: &bench::Runner, waits: impl Iterator<Item = &'a Wait>) -> String {
        let mut what = "";
        let one = |wait: &'a Wait| {
            what = wait.what();
            format!("{} {}", name_of(lab, wait.series), self.figure(wait))
        };
        let listed: Vec<String> = waits.map(one).collect();
        format!("{} {what}", listed.join(", "))
    }

    /// Which one is faster, if the rounds tell that; all are times of the same kind.
    fn compared(&self, lab: &bench::Runner, waits: &[Wait]) -> String {
        let Some(fastest) = waits.iter().min_by_key(|wait| wait.median) else { return String::new() };
        let by_round = |wait: &Wait| Summary::of(lab, wait.series, self.with_doubtful).by_round(wait.measure);
        let fast = by_round(fastest);
        let is_slower = |wait: &&Wait| {
            compare(&by_round(wait), &fast).is_ok_and(|found| found.decision == Decision::Slower)
        };
        let others = || waits.iter().filter(|wait| wait.series != fastest.series);
        let close: Vec<&Wait> = others().filter(|wait| !is_slower(wait)).collect();
        let slower: Vec<&Wait> = others().filter(is_slower).collect();
        if close.is_empty() {
            let name = name_of(lab, fastest.series);
            let figure = format!("{} {}", self.figure(fastest), fastest.what());
            return match slower.as_slice() {
                [other] => {
                    let other = format!("{} {}", name_of(lab, other.series), self.figure(other));
                    format!("{name} is faster: {figure}; {other}")
                }
                _ => format!("{name} is the fastest of {}: {figure}", waits.len()),
            };
        }
        let words = self.listed(lab, std::iter::once(fastest).chain(close));
        let slower: Vec<String> = slower.iter().map(|wait| name_of(lab, wait.series)).collect();
        match slower.len() {
            0 => format!("Too close to call: {words}"),
            1 => format!("Too close to call: {words}; {} is slower", slower.join(", ")),
            _ => format!("Too close to call: {words}; {} are slower", slower.join(", ")),
        }
    }
}

/// The mark that most doubtful samples have.
fn doubt(lab: &bench::Runner) -> Mark {
    let counts = Mark::ALL.into_iter().zip(marked(lab));
    counts.max_by_key(|(_, count)| *count).map_or(Mark::BusyPage, |(mark, _)| mark)
}

/// `58 tokens/s`.
fn tokens_a_second(rate: Rate) -> String {
    format!("{} tokens/s", rate.thousandths().saturating_add(500) / 1_000)
}
