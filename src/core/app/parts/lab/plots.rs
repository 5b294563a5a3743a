//! What a measurement looks like.

use crate::core::app::facts::Facts;
use crate::core::bench::{self, Mark, Measure, PlanKind, PromptSize, Role, Sample, Summary, Timing};
use crate::core::chart::{self, Dot, Grid, Level, Parted, Plot, Sampled, Stream};
use crate::core::mistral::Endpoint;
use crate::core::time::Span;

use super::Lab;
use super::series_name::name_of;

/// The plots of calls that have ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Each, with its table if that is open.
    pub plots: Vec<(Plot, Option<Grid>)>,
    /// The times that the strip plot can show, and which it shows.
    pub measures: Vec<(Measure, bool)>,
}

impl Lab {
    /// The plots of calls that have ended, once there is something to see.
    pub fn plots(&self, facts: &Facts) -> Drawn {
        let Some(measurement) = self.measurement.as_ref().filter(|_| !facts.rows_shown.is_empty()) else {
            return Drawn::default();
        };
        let lab = &measurement.lab;
        let measures = measures(lab);
        let shown = self.shown_measure(lab);
        let plots = [
            shown.map(|shown| self.strip(lab, shown)),
            self.parts(lab),
            (measurement.plan == PlanKind::Load).then(|| self.load(lab)).flatten(),
        ];
        Drawn {
            plots: plots.into_iter().flatten().collect(),
            measures: measures.into_iter().map(|measure| (measure, Some(measure) == shown)).collect(),
        }
    }

    /// The time that is shown: the chosen one, if there is any of it.
    pub(super) fn shown_measure(&self, lab: &bench::Runner) -> Option<Measure> {
        let measures = measures(lab);
        measures.iter().find(|measure| **measure == self.measure).or(measures.first()).copied()
    }

    /// The plot of one answer as it arrives: the only one that moves in between.
    pub fn stream(&self, facts: &Facts) -> Option<(Plot, Option<Grid>)> {
        let measurement = self.measurement.as_ref().filter(|_| !facts.rows_shown.is_empty())?;
        self.timeline(&measurement.lab)
    }

    fn with_grid(&self, plot: Plot, grid: impl FnOnce() -> Grid) -> (Plot, Option<Grid>) {
        let open = self.open == Some(plot.kind);
        (plot, open.then(grid))
    }

    fn strip(&self, lab: &bench::Runner, measure: Measure) -> (Plot, Option<Grid>) {
        let series = |series| {
            let figures = self.figures_of(lab, series);
            let ordered = figures.summary.ordered(measure);
            let dot = |sample: &Sample| {
                Some(Dot { span: sample.span(measure)?, doubtful: !sample.marks.is_empty() })
            };
            Sampled {
                name: name_of(lab, series),
                dots: lab.measured(series).filter_map(|(_, sample)| dot(sample)).collect(),
                median: ordered.median().ok(),
                estimated: figures.doubtful,
                interval: ordered.median_interval().ok().map(|interval| (interval.low, interval.high)),
            }
        };
        let all: Vec<Sampled> = (0..lab.schedule().series().len()).map(series).collect();
        let clock = self.clock;
        self.with_grid(chart::strip(measure, &all, clock), || chart::strip_grid(measure, &all, clock))
    }

    /// The stream under way that began last, or else the last one that ended.
    fn timeline(&self, lab: &bench::Runner) -> Option<(Plot, Option<Grid>)> {
        let live =
            lab.under_way().filter(|(run, _)| run.role == Role::Measured).filter_map(|(run, watch)| {
                let (first, gaps) = watch.arrivals()?;
                Some(Stream {
                    name: name_of(lab, run.series),
                    first,
                    gaps,
                    answer_from: watch.answer_after_thinking(),
                    shared: watch.shared(),
                    running: true,
                })
            });
        let ended = || {
            let measured = lab.ended_calls().filter(|(run, _)| run.role == Role::Measured);
            measured.filter_map(|(run, sample)| {
                let timing = sample.timing.as_ref().ok()?;
                Some(Stream {
                    name: name_of(lab, run.series),
                    first: timing.first_token?,
                    gaps: &timing.gaps,
                    answer_from: timing.answer_after_thinking(),
                    shared: timing.shared,
                    running: false,
                })
            })
        };
        let stream = live.last().or_else(|| ended().last())?;
        let clock = self.clock;
        Some(self.with_grid(chart::timeline(&stream, clock), || chart::timeline_grid(&stream, clock)))
    }

    fn parts(&self, lab: &bench::Runner) -> Option<(Plot, Option<Grid>)> {
        let part = |series: usize| {
            let one = lab.schedule().series().get(series)?;
            let summary = self.figures_of(lab, series).summary;
            let first = summary.ordered(Measure::FirstToken).median().ok()?;
            let round_trip = self.round_trip_at(one.endpoint);
            let headers = summary.ordered(Measure::Headers).median().ok();
            // The connection was opened once for all models at a host.
            let before = lab.schedule().series().get(..series).unwrap_or_default();
            let is_first = before.iter().all(|other| other.endpoint != one.endpoint);
            let trips =
                self.measurement.as_ref().map(|measurement| &measurement.round_trips).filter(|_| is_first);
            let opened = trips.and_then(|trips| trips.connection(one.endpoint)).unwrap_or_default();
            // The first call has a short prompt; beside long ones it tells nothing.
            let comparable = lab.schedule().workload().prompt == PromptSize::Short;
            let cold = warm_up(lab, series).and_then(|sample| sample.span(Measure::Headers));
            Some(Parted {
                name: name_of(lab, series),
                // The first call of all opens the connection, the first with the key sends a preflight.
                connection: cold
                    .zip(headers)
                    .filter(|_| comparable)
                    .map(|(cold, warm)| (cold - warm) + opened),
                round_trip: round_trip.map(|trip| trip.min(first)),
                waiting: first - round_trip.unwrap_or_default(),
                streaming: summary.streaming().median().ok()?,
            })
        };
        let all: Vec<Parted> = (0..lab.schedule().series().len()).filter_map(part).collect();
        if all.is_empty() {
            return None;
        }
        let clock = self.clock;
        Some(self.with_grid(chart::parts(&all, clock), || chart::parts_grid(&all, clock)))
    }

    fn load(&self, lab: &bench::Runner) -> Option<(Plot, Option<Grid>)> {
        let streams = lab.schedule().series().iter().all(|series| series.subject.call.streams());
        let measure = if streams { Measure::FirstToken } else { Measure::Whole };
        let level = |(place, series): (usize, &bench::Series)| {
            let summary = self.figures_of(lab, place).summary;
            let ordered = summary.ordered(measure);
            Some(Level {
                at_once: series.at_once,
                calls: summary.answered(),
                median: ordered.median().ok()?,
                interval: ordered.median_interval().ok().map(|interval| (interval.low, interval.high)),
                throughput: throughput(lab, place),
                failed: lab.errors(place).iter().map(|(_, count)| count).sum(),
            })
        };
        let all: Vec<Level> = lab.schedule().series().iter().enumerate().filter_map(level).collect();
        let name = lab.schedule().series().first()?.subject.model.as_str();
        if all.len() < 2 {
            return None;
        }
        let clock = self.clock;
        Some(self.with_grid(chart::load(name, measure, &all, clock), || {
            chart::load_grid(name, measure, &all, clock)
        }))
    }

    /// The median round trip to a host, once it was measured.
    pub(super) fn round_trip_at(&self, endpoint: Endpoint) -> Option<Span> {
        self.measurement.as_ref()?.round_trips.median(endpoint)
    }
}

/// The call that opened the connection for a series.
pub(super) fn warm_up(lab: &bench::Runner, series: usize) -> Option<&Sample> {
    let one = lab.schedule().series().get(series)?;
    let opened = |run: &bench::ScheduledCall| {
        run.role == Role::WarmUp
            && lab.schedule().series_of(*run).is_some_and(|other| {
                other.endpoint == one.endpoint && other.subject.model == one.subject.model
            })
    };
    lab.ended_calls().find(|(run, _)| opened(run)).map(|(_, sample)| sample)
}

/// The times of which there is a sample and that tell something of their own.
fn measures(lab: &bench::Runner) -> Vec<Measure> {
    const OFFERED: [Measure; 5] =
        [Measure::FirstToken, Measure::FirstAnswer, Measure::MeanGap, Measure::Whole, Measure::Headers];
    let timings = || {
        let measured = lab.ended_calls().filter(|(run, _)| run.role == Role::Measured);
        measured.filter_map(|(_, sample)| sample.timing.as_ref().ok())
    };
    let thinks = |timing: &Timing| timing.first_thinking.is_some();
    let has = |measure: &Measure| timings().any(|timing| timing.span(*measure).is_some());
    let worth = |measure: &Measure| *measure != Measure::FirstAnswer || timings().any(thinks);
    OFFERED.into_iter().filter(|measure| has(measure) && worth(measure)).collect()
}

/// Calls answered a second while a series was called, in thousandths. Doubtful ones count: they were made.
fn throughput(lab: &bench::Runner, series: usize) -> Option<u64> {
    let answered = || lab.measured(series).filter(|(_, sample)| sample.timing.is_ok());
    let from = lab.measured(series).map(|(_, sample)| sample.started).min()?;
    let to = lab.measured(series).map(|(_, sample)| sample.ended).max()?;
    let calls = u64::try_from(answered().count()).ok()?;
    calls.saturating_mul(1_000_000_000).checked_div(to.since(from).as_micros())
}

/// How many samples of all series have each mark, for a sentence.
pub(super) fn marked(lab: &bench::Runner) -> [usize; Mark::ALL.len()] {
    let mut all = [0; Mark::ALL.len()];
    for series in 0..lab.schedule().series().len() {
        for (sum, count) in all.iter_mut().zip(Summary::of(lab, series, false).marked) {
            *sum += count;
        }
    }
    all
}
