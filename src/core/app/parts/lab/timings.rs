//! What a measurement has learnt of models, for the rest of the page.

use crate::core::app::timings::ModelTiming;
use crate::core::bench::{Measure, PromptSize};

use super::{Event, Lab, Step};

impl Lab {
    /// Tells the parent what was learnt of the models' speed: of calls that are alike, so that models can stand beside each other.
    pub(super) fn tell_timings(&self) -> Step {
        let timings = self.timings();
        let step = Step::quiet();
        if timings.is_empty() { step } else { step.event(Event::Timed(timings)) }
    }

    fn timings(&self) -> Vec<(String, ModelTiming)> {
        let Some(measurement) = &self.measurement else { return Vec::new() };
        let lab = &measurement.lab;
        if lab.schedule().workload().prompt != PromptSize::Short {
            return Vec::new();
        }
        let alike = |place: &usize| {
            lab.schedule()
                .series()
                .get(*place)
                .is_some_and(|one| one.at_once == 1 && one.endpoint == measurement.tested_at)
        };
        let timing = |place: usize| {
            let figures = self.figures_of(lab, place);
            let ordered = figures.summary.ordered(Measure::FirstToken);
            let timing = ModelTiming {
                first_token: ordered.median().ok()?,
                rate: figures.summary.decode_rate().and_then(Result::ok),
                calls: ordered.len(),
                doubtful: figures.doubtful,
            };
            Some((lab.schedule().series().get(place)?.subject.model.clone(), timing))
        };
        (0..lab.schedule().series().len()).filter(alike).filter_map(timing).collect()
    }
}
