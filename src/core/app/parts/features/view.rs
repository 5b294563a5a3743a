//! The feature checks in words.

use super::checked::{Checked, Dropped};
use super::{Features, Offered};
use crate::core::app::calls::Owner;
use crate::core::app::facts::Facts;
use crate::core::app::raw_view::Raw;
use crate::core::app::sections::Section;
use crate::core::app::summary::{self, Act, Row};
use crate::core::app::turns::{Turns, until, waits_for};
use crate::core::app::words::{Progress, counted};
use crate::core::explain::Explanation;
use crate::core::features::{Feature, State, most_used};
use crate::core::prices::{Charge, Dollars};

/// All checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeaturesView {
    /// Those that cost nothing.
    pub free: Vec<FeatureView>,
    /// The others, each with its price.
    pub paid: Vec<FeatureView>,
    /// The most that all of the others cost together.
    pub price: String,
    /// What was spent; empty before the first paid check has ended.
    pub spent: String,
    /// How many of those that were checked work; empty before the first.
    pub summary: String,
    /// Why checks that were asked for were not made; empty if they were.
    pub dropped: &'static str,
    /// Whether a check is under way.
    pub running: bool,
    /// How many of those that were asked for have come to their end, while one is under way.
    pub progress: Option<Progress>,
    /// What the button for all that are free says, and whether some of them are still to be made.
    pub free_press: Press,
    /// The same of the others.
    pub paid_press: Press,
    /// Whether there is a key to check with; else the checks are only told.
    pub offered: bool,
}

/// The button for several checks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Press {
    /// Its words.
    pub words: &'static str,
    /// Whether it is the next sensible one.
    pub primary: bool,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureView {
    /// Which.
    pub feature: Feature,
    /// The stable name of what is known: `works`, `refused`, `unclear`, `skipped`, `unchecked`.
    pub state: &'static str,
    /// The same for people; while a check is under way or waits, that.
    pub word: &'static str,
    /// What is known, in a sentence; before, what the check does.
    pub sentence: String,
    /// The model that was called for it; none before.
    pub called: Option<String>,
    /// The model that would be called next.
    pub model: Option<String>,
    /// The most that would cost; none if it cannot be made.
    pub price: Option<String>,
    /// Whether it is under way or waits for its turn.
    pub busy: bool,
    /// Why it was refused, or is unclear.
    pub explanation: Option<Explanation>,
    /// What was sent and what came back.
    pub raw: Raw,
}

impl Features {
    /// The checks; without a key that works, what each would do.
    pub fn view(&self, facts: &Facts, turns: &Turns) -> FeaturesView {
        let features = self;
        if !facts.has_models() || features.plans.is_empty() {
            return FeaturesView::told();
        }
        let views = |free: bool| -> Vec<FeatureView> {
            let wanted = features.plans.iter().filter(|(feature, _)| feature.is_free() == free);
            wanted.map(|(feature, offered)| self.of_one(*feature, offered, facts, turns)).collect()
        };
        let paid = features
            .results
            .iter()
            .any(|(feature, checked)| !feature.is_free() && !checked.evidence.is_empty());
        let summary = match features.score() {
            (_, 0) => String::new(),
            (works, all) => format!("{works} of {all} checked work"),
        };
        FeaturesView {
            free: views(true),
            paid: views(false),
            price: self.worst().rounded_up(),
            // While a check is made again its last result is gone, but not what that cost.
            spent: if paid || features.charge != Charge::default() {
                features.charge.sentence()
            } else {
                String::new()
            },
            summary,
            dropped: features.dropped.map_or("", Dropped::sentence),
            running: features.is_running(),
            progress: self.progress(),
            free_press: self.press(true, "Run the free checks"),
            paid_press: self.press(false, "Run the paid checks"),
            offered: true,
        }
    }

    /// The row of the summary: how many checks there are, or what they came to.
    pub fn row(&self, facts: &Facts, turns: &Turns) -> Row {
        let all = self.plans.len();
        if self.is_running() {
            let words = match turns.waits_for(Owner::Features) {
                Some(holder) => format!("The checks wait {}", until(holder)),
                None => match &self.run {
                    Some(run) => format!("Checking {}", run.planned.feature.label()),
                    None => "Checking".to_owned(),
                },
            };
            return Row::of(Section::Features, words).running(self.progress(), Act::StopChecks);
        }
        let (works, made) = self.score();
        let known = match made {
            0 => format!("{}, none made yet", counted(all, "check", "checks")),
            _ if works == made => format!("{works} of {all} work, the others are not checked"),
            _ => format!("{works} of {made} checked work"),
        };
        let known = if works == all { format!("All {all} work") } else { known };
        let row = Row::of(Section::Features, known).noting(self.charge.cost());
        if facts.key_was_wiped() {
            return row;
        }
        let press = |act, words: &str, price: String| summary::Press {
            act,
            words: words.to_owned(),
            price,
            pending: true,
        };
        match (self.open(true), self.open(false)) {
            (1.., _) => row.pressing(press(Act::CheckFree, "Run the free ones", String::new())),
            (0, _) if !self.results.keys().any(|feature| !feature.is_free()) => {
                let price = format!("at most {}", self.worst().rounded_up());
                row.pressing(press(Act::CheckPaid, "Run the others", price))
            }
            (0, _) => row,
        }
    }

    /// How many of the free checks, or of the others, can be made and were not yet.
    fn open(&self, free: bool) -> usize {
        let open = self.plans.iter().filter(|(feature, offered)| {
            feature.is_free() == free && offered.is_ok() && !self.results.contains_key(feature)
        });
        open.count()
    }

    /// The button for all free checks, or for all others. One at a time is the next sensible one: what is free comes first.
    fn press(&self, free: bool, words: &'static str) -> Press {
        let pending = self.open(free) > 0;
        let primary = pending && (free || self.open(true) == 0) && !self.is_running();
        Press { words: if pending { words } else { "Run again" }, primary }
    }

    /// How far the checks are that were asked for.
    fn progress(&self) -> Option<Progress> {
        let left = self.queue.len() + usize::from(self.run.is_some());
        let settled = self.asked.saturating_sub(left);
        (left > 0).then(|| Progress { settled, total: self.asked, left: String::new() })
    }

    /// The most that all paid checks cost together.
    fn worst(&self) -> Dollars {
        self.plans.iter().filter_map(|(_, offered)| offered.as_ref().ok()?.terms.worst()).sum()
    }

    fn of_one(
        &self,
        feature: Feature,
        offered: &Result<Offered, &'static str>,
        facts: &Facts,
        turns: &Turns,
    ) -> FeatureView {
        let features = self;
        let checked = features.results.get(&feature);
        let under_way = features.run.as_ref().is_some_and(|run| run.planned.feature == feature);
        let waiting = features.is_waiting(feature);
        let unmade = match offered {
            Ok(_) => State::Unchecked,
            Err(why) => State::Skipped { why },
        };
        let state = checked.map_or(&unmade, |checked| &checked.state);
        let word = match state {
            _ if under_way => "asking…",
            _ if waiting => waits_for(turns.waits_for(Owner::Features)),
            State::Works { .. } => "works",
            State::Refused(_) => "refused",
            State::Unclear { .. } => "unclear",
            State::Skipped { .. } if feature.is_free() => "not at this host",
            State::Skipped { .. } => "no model for it",
            State::Unchecked => "not checked",
        };
        let sentence = match state {
            State::Unchecked => feature.blurb().to_owned(),
            known => known.sentence().to_owned(),
        };
        let offered = offered.as_ref().ok();
        FeatureView {
            feature,
            state: state.name(),
            word,
            sentence,
            called: checked.and_then(|checked| checked.model.clone()),
            model: offered.and_then(|offered| offered.model.clone()),
            price: offered.map(price),
            busy: under_way || waiting,
            explanation: checked.and_then(|checked| checked.explanation.clone()),
            raw: checked.map_or(Raw::Nothing, |checked| self.evidence(feature, checked, facts)),
        }
    }

    fn evidence(&self, feature: Feature, checked: &Checked, facts: &Facts) -> Raw {
        let Some((request, exchange)) = checked.evidence.last() else { return Raw::Nothing };
        match self.open {
            Some((open, extent)) if open == feature => Raw::open(request, exchange, extent, facts.simulated),
            _ => Raw::Closed,
        }
    }
}

impl FeatureView {
    /// The model that is named beside it: that which was called, else that which would be.
    pub fn named(&self) -> Option<&str> {
        self.called.as_deref().or(self.model.as_deref())
    }

    /// Another model that the next press would call.
    pub fn next(&self) -> Option<&str> {
        let called = self.called.as_deref()?;
        self.model.as_deref().filter(|model| *model != called)
    }
}

impl FeaturesView {
    /// What the checks would do, and what each uses at most.
    fn told() -> Self {
        let of = |free: bool| {
            Feature::ALL.into_iter().filter(|feature| feature.is_free() == free).map(told).collect()
        };
        Self {
            free: of(true),
            paid: of(false),
            price: String::new(),
            spent: String::new(),
            summary: String::new(),
            dropped: "",
            running: false,
            progress: None,
            free_press: Press::default(),
            paid_press: Press::default(),
            offered: false,
        }
    }
}

/// A check that nobody can make yet.
fn told(feature: Feature) -> FeatureView {
    FeatureView {
        feature,
        state: State::Unchecked.name(),
        word: "",
        sentence: format!("{} Uses {}.", feature.blurb(), most_used(feature)).replace("Uses free.", "Free."),
        called: None,
        model: None,
        price: None,
        busy: false,
        explanation: None,
        raw: Raw::Nothing,
    }
}

/// The most a check costs, for its button.
fn price(offered: &Offered) -> String {
    match (offered.terms.price, offered.terms.worst()) {
        (Some(_), Some(worst)) if worst > Dollars::ZERO => format!("at most {}", worst.rounded_up()),
        (Some(_), _) => "free".to_owned(),
        (None, _) => "price not known".to_owned(),
    }
}
