//! Which models are offered, chosen and timed.

use super::{Bench, LARGE, Msg, SMALL, TINY, model};
use crate::core::bench::PlanKind;
use crate::core::models::{Access, ModelRow};
use crate::core::prices::Price;

const UNLISTED: &str = "mistral-next";

/// A model that the list leaves out.
fn unlisted(name: &str) -> ModelRow {
    let mut row = model(name);
    row.listed = false;
    row
}

#[test]
fn models_that_answer_come_first_and_those_that_do_not_cannot_be_chosen() {
    let mut bench = Bench::new(PlanKind::Quick);
    bench.learn(model(LARGE), Access::TierNotAllowed);
    bench.learn(model(TINY), Access::Callable);
    bench.learn(unlisted(UNLISTED), Access::Callable);
    bench.learn(unlisted("mistral-forbidden"), Access::Forbidden);
    let offered: Vec<(String, Option<&str>)> =
        bench.form().offered.into_iter().map(|model| (model.name, model.refused)).collect();
    let owned = |name: &str, refused| (name.to_owned(), refused);
    assert_eq!(
        offered,
        [
            owned(TINY, None),
            owned(UNLISTED, None),
            owned(SMALL, None),
            owned(LARGE, Some(Access::TierNotAllowed.label())),
        ]
    );
    bench.tell(Msg::ModelChosen(UNLISTED.into()));
    assert_eq!((bench.form().chosen, bench.form().problem), (vec![UNLISTED.to_owned()], None));
}

#[test]
fn a_chosen_model_that_does_not_answer_stays_and_is_not_timed() {
    let mut bench = Bench::new(PlanKind::Quick);
    bench.tell(Msg::ModelChosen(LARGE.into()));
    bench.learn(model(LARGE), Access::TierNotAllowed);
    assert_eq!(bench.form().chosen, [LARGE]);
    assert!(bench.form().problem.is_some_and(|problem| problem.contains("not in your plan")));
    bench.tell(Msg::PlanChosen(PlanKind::Custom)).tell(Msg::ModelChosen(SMALL.into()));
    let form = bench.form();
    assert_eq!((form.chosen, form.problem), (vec![LARGE.to_owned(), SMALL.to_owned()], None));
    assert_eq!(form.refused, [format!("{LARGE} is not timed: not in your plan.")]);
    bench.begin();
    let lab = &bench.lab.measurement.as_ref().expect("a measurement").lab;
    let timed: Vec<&str> =
        lab.schedule().series().iter().map(|series| series.subject.model.as_str()).collect();
    assert_eq!(timed, [SMALL]);
    assert_eq!(bench.lab.choice().models, [LARGE, SMALL]);
}

#[test]
fn what_nobody_chose_follows_what_is_known() {
    let mut bench = Bench::new(PlanKind::Compare);
    assert_eq!(bench.form().chosen, [SMALL, LARGE]);
    bench.learn(model(SMALL), Access::ZeroQuota);
    assert_eq!(bench.form().chosen, [LARGE, TINY]);
    assert!(bench.lab.choice().models.is_empty());
    bench.tell(Msg::ModelDropped(LARGE.to_owned()));
    assert_eq!(bench.form().chosen, [TINY]);
    assert!(bench.form().problem.is_some(), "a comparison takes two");
}

#[test]
fn where_nobody_chose_the_cheapest_that_answers_takes_the_place_of_refused_ones() {
    let mut bench = Bench::new(PlanKind::Quick);
    assert_eq!(bench.form().chosen, [SMALL]);
    let priced = |name: &str| {
        let mut row = model(name);
        row.price = Price::of(&[name.to_owned()]);
        assert!(row.price.is_some(), "{name}");
        row
    };
    for name in [SMALL, LARGE] {
        bench.learn(model(name), Access::ZeroQuota);
    }
    assert_eq!(bench.form().chosen, [TINY], "not known to be refused");
    let mut dear = priced("magistral-medium-2509");
    dear.listed = false;
    let mut cheap = priced("ministral-8b-2512");
    cheap.listed = false;
    bench.learn(dear, Access::Callable);
    bench.learn(cheap, Access::Callable);
    assert_eq!(bench.form().chosen, ["ministral-8b-2512"], "listed or not");
    bench.tell(Msg::PlanChosen(PlanKind::Compare));
    assert_eq!(bench.form().chosen, ["ministral-8b-2512", "magistral-medium-2509"]);
    bench.tell(Msg::PlanChosen(PlanKind::Quick)).tell(Msg::ModelChosen(LARGE.into()));
    assert_eq!(bench.form().chosen, [LARGE], "what the user chose stays");
}

#[test]
fn models_that_are_handed_over_are_compared_and_nothing_is_sent() {
    let mut bench = Bench::new(PlanKind::Load);
    bench.learn(model(LARGE), Access::TierNotAllowed);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    bench.tell(Msg::CompareChosen(names(&["nobody-has-it", LARGE])));
    assert_eq!(bench.form().choice.plan, PlanKind::Load, "none of these is on offer");
    bench.tell(Msg::CompareChosen(names(&[TINY, "nobody-has-it", LARGE, TINY, SMALL])));
    let form = bench.form();
    assert_eq!((form.choice.plan, form.chosen), (PlanKind::Compare, vec![TINY.to_owned(), SMALL.to_owned()]));
    assert!(bench.effects.is_empty() && bench.events.is_empty() && form.problem.is_none());
}
