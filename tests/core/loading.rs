//! The rest of the page, whose program comes after that of the verdict: whatever is pressed before it is there comes to the same as
//! if it had been, and where it does not come all else goes on.

use key_tester::core::app::{
    CalculatorMsg, Copyable, Effect, Environment, FeaturesMsg, Focus, HeadroomMsg, KeyFormMsg, KeyTestMsg,
    LabMsg, LoadingView, Missing, Model, ModelTableMsg, Moment, Msg, Owner, Page, Pasted, Place, REST,
    RotationMsg, ScanMsg, Section, SessionMsg, Shortcut, Shown, TextField, arrive, update,
};
use key_tester::core::explain::Cause;
use key_tester::core::models::Column;
use key_tester::core::monthly_cost::Field;
use key_tester::core::policy::{Origin, Packaging};
use key_tester::core::sim::Scenario;
use key_tester::core::time::{Date, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

use crate::line::{Line, Step, step};
use crate::talk::KEY;
use crate::talk::calls::NEW_KEY;

const ENVIRONMENT: Environment = Environment {
    barrier: None,
    origin: Origin::Own,
    packaging: Packaging::Site,
    utc_offset: 0,
    today: Date { year: 2026, month: 11, day: 30 },
};

fn typed(field: TextField, text: &str) -> Msg {
    Msg::Typed(field, Pasted::new(text.to_owned()))
}

fn submitted() -> Msg {
    Msg::KeyForm(KeyFormMsg::Submitted(Pasted::new(KEY.to_owned())))
}

/// What is done, but for what wipes the key: that takes back what waits.
fn done() -> impl Strategy<Value = Step> {
    let more = select(vec![
        submitted(),
        typed(TextField::Key, KEY),
        typed(TextField::Key, "x"),
        typed(TextField::Doctor, "Error code: 429"),
        typed(TextField::Code, "model = \"mistral-large-2411\""),
        typed(TextField::Filter, "small"),
        typed(TextField::Filter, KEY),
        typed(TextField::NewKey, NEW_KEY),
        typed(TextField::RotationDays, "30"),
        Msg::Addressed(Place::Rotation),
        typed(TextField::Calculator(Field::Input), "300"),
        Msg::Calculator(CalculatorMsg::Typed(Field::Output, "12".to_owned())),
        Msg::ModelTable(ModelTableMsg::SortPressed(Column::Price)),
        Msg::DemoEntered(Scenario::Works),
        Msg::DemoEntered(Scenario::FreePlan),
        Msg::ExhibitChosen(Cause::Blocked),
        Msg::ExhibitChosen(Cause::Placeholder),
        Msg::CopyPressed(Copyable::ModelId, "ministral-3b-2512".to_owned()),
        Msg::DemoLeft,
        Msg::Addressed(Place::Summary),
        Msg::Addressed(Place::Section(Section::Models)),
        Msg::Addressed(Place::Section(Section::Doctor)),
        Msg::Addressed(Place::Demo(Shown::Scenario(Scenario::FreePlan))),
        Msg::FrameShown,
    ]);
    let kept = step().prop_filter("wipes the key", |step| {
        !matches!(step, Step::Tell(Msg::KeyForgotten | Msg::WorkerTookOver))
    });
    prop_oneof![2 => more.prop_map(Step::Tell), 3 => kept]
}

/// A page whose rest is on its way.
struct Split {
    model: Model,
    asked: Vec<Effect>,
}

impl Split {
    fn new() -> Self {
        let mut split = Self { model: Model::without_rest(ENVIRONMENT), asked: Vec::new() };
        split.tell(Msg::RestAsked);
        split
    }

    fn tell(&mut self, msg: Msg) {
        self.asked.extend(update(&mut self.model, msg).effects);
    }

    fn arrive(&mut self) {
        self.asked.extend(arrive(&mut self.model, &REST).effects);
    }

    fn loading(&self) -> LoadingView {
        self.model.loading()
    }
}

/// What a page asks for, but for the loading itself.
fn effects(asked: &[Effect]) -> Vec<String> {
    asked.iter().filter(|effect| !matches!(effect, Effect::LoadRest)).map(|e| format!("{e:?}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 384, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whenever_the_rest_arrives_the_page_comes_to_the_same(
        steps in prop::collection::vec(done(), 0..40),
        at in any::<prop::sample::Index>(),
    ) {
        let mut whole = Line::fresh(ENVIRONMENT);
        for step in steps {
            whole.step(step)?;
        }
        let mut split = Split::new();
        let latest = first_to_take_back(&whole.told).unwrap_or(whole.told.len());
        let at = at.index(latest + 1);
        for (place, msg) in whole.told.iter().enumerate() {
            if place == at {
                split.arrive();
            }
            split.tell(msg.clone());
        }
        split.arrive();
        prop_assert_eq!(effects(&split.asked), effects(&whole.asked));
        let differ = Page::of(&split.model).differs(&Page::of(&whole.model), &whole.model);
        // The first island is what was said last: of what waited, that it does.
        prop_assert!(!differ[1..].contains(&true), "{differ:?}");
    }

    #[test]
    fn where_the_rest_does_not_come_all_else_goes_on_as_if_nobody_had_asked_for_it(
        steps in prop::collection::vec(done(), 0..30),
        presses in prop::collection::vec((any::<prop::sample::Index>(), 0..6_usize), 1..6),
    ) {
        let for_rest = [
            Msg::DemoEntered(Scenario::Works),
            Msg::ExhibitChosen(Cause::Blocked),
            typed(TextField::Doctor, "Error code: 429"),
            typed(TextField::Code, "model"),
            Msg::Calculator(CalculatorMsg::Typed(Field::Output, "12".to_owned())),
            Msg::Lab(LabMsg::Pressed),
        ];
        let mut other = Split::new();
        let mut asked = Split::new();
        let mut whole = Line::fresh(ENVIRONMENT);
        for step in steps {
            whole.step(step)?;
        }
        // Nothing of it is for the rest: those are dropped where nothing loads them.
        let told: Vec<Msg> = whole.told.into_iter().filter(is_first).collect();
        for (place, msg) in told.iter().enumerate() {
            for (_, press) in presses.iter().filter(|(index, _)| index.index(told.len()) == place) {
                asked.tell(for_rest[*press].clone());
                prop_assert_eq!(asked.loading(), LoadingView::Awaited);
            }
            asked.tell(msg.clone());
            asked.tell(Msg::RestMissing(Missing::Lost));
            other.tell(msg.clone());
        }
        let kept = |asked: &[Effect]| {
            let kept = asked.iter().filter(|effect| !matches!(effect, Effect::Refocus(Focus::Rest)));
            effects(&kept.cloned().collect::<Vec<_>>())
        };
        prop_assert_eq!(kept(&asked.asked), kept(&other.asked));
        prop_assert_eq!(
            (asked.model.card(), asked.model.form_view(), asked.model.table()),
            (other.model.card(), other.model.form_view(), other.model.table())
        );
    }
}

/// Where something is pressed that takes back what waits, if anything for the rest came before.
fn first_to_take_back(told: &[Msg]) -> Option<usize> {
    let waits = told.iter().position(|msg| !is_first(msg) && !takes_back(msg))?;
    told.iter().enumerate().skip(waits).find(|(_, msg)| takes_back(msg)).map(|(place, _)| place)
}

fn takes_back(msg: &Msg) -> bool {
    matches!(
        msg,
        Msg::KeyForm(KeyFormMsg::Submitted(_))
            | Msg::DemoLeft
            | Msg::ShortcutPressed(Shortcut::Stop)
            | Msg::KeyTest(KeyTestMsg::Stopped)
            | Msg::Scan(ScanMsg::Stopped)
            | Msg::Features(FeaturesMsg::Stopped)
            | Msg::Rotation(RotationMsg::Stopped)
            | Msg::Lab(LabMsg::Stopped)
            | Msg::Headroom(HeadroomMsg::Stopped)
    )
}

/// Whether the program of the verdict handles it.
fn is_first(msg: &Msg) -> bool {
    match msg {
        Msg::KeyForm(_)
        | Msg::KeyTest(_)
        | Msg::FrameShown
        | Msg::CopyPressed(..)
        | Msg::DemoLeft
        | Msg::ShortcutPressed(_) => true,
        Msg::Typed(field, _) => matches!(field, TextField::Key),
        Msg::Addressed(place) => !matches!(place, Place::Demo(_)),
        Msg::Reply { id, .. } => {
            use Owner::{Features, Headroom, Identity, Lab, Request, Rotation, Scan};
            !matches!(id.owner(), Scan | Features | Identity | Rotation | Lab | Request | Headroom)
        }
        _ => false,
    }
}

#[test]
fn a_press_for_what_is_on_its_way_waits_and_then_happens() {
    let mut split = Split::new();
    assert_eq!(split.loading(), LoadingView::Quiet);
    split.tell(Msg::DemoEntered(Scenario::Works));
    assert_eq!(split.loading(), LoadingView::Awaited);
    assert_eq!(split.model.form_view().shown, None);
    // A second press is another one for the same.
    split.tell(Msg::DemoEntered(Scenario::FreePlan));
    let loads = split.asked.iter().filter(|effect| matches!(effect, Effect::LoadRest)).count();
    assert_eq!(loads, 1, "what is on its way is asked for once");
    split.arrive();
    assert_eq!(split.loading(), LoadingView::Over);
    assert_eq!(split.model.form_view().shown, Some(Shown::Scenario(Scenario::FreePlan)));
}

#[test]
fn whatever_wipes_the_key_drops_what_waits() {
    let idle = [0, 16].map(|minutes| {
        let at = Timestamp::from_micros(minutes * 60_000_000);
        Msg::Session(SessionMsg::Active(Moment { at, wall: minutes * 60_000 }))
    });
    for how in [&[Msg::KeyForgotten][..], &[Msg::WorkerTookOver], &idle] {
        let mut split = Split::new();
        split.tell(Msg::DemoEntered(Scenario::Works));
        split.tell(typed(TextField::Key, KEY));
        split.tell(Msg::TypedUnread);
        assert!(format!("{:?}", split.model).contains("Typed(Key"), "it waits behind the demo");
        for msg in how {
            split.tell(msg.clone());
        }
        assert!(!format!("{:?}", split.model).contains("Typed(Key"));
        let emptied =
            |field| split.asked.iter().any(|e| matches!(e, Effect::Fill(filled) if *filled == field));
        for field in [TextField::Key, TextField::Doctor, TextField::Code] {
            assert!(emptied(field), "{field:?}: nobody has read it, and it goes too");
        }
        let before = split.asked.len();
        split.arrive();
        let sent = split.asked.iter().skip(before);
        assert_eq!(sent.filter(|e| matches!(e, Effect::Send { .. } | Effect::Play { .. })).count(), 0);
        assert_eq!(split.model.form_view().shown, None);
        assert!(split.model.card().is_none());
    }
}

#[test]
fn a_later_press_takes_back_what_waits() {
    let mut split = Split::new();
    split.tell(Msg::DemoEntered(Scenario::Works));
    split.tell(typed(TextField::Key, KEY));
    split.tell(submitted());
    assert!(split.asked.iter().any(|effect| matches!(effect, Effect::Send { .. })), "it is sent at once");
    assert!(split.model.form_view().held, "what was typed before it was read before it");
    split.arrive();
    assert_eq!(split.model.form_view().shown, None, "the demo was taken back");
}

#[test]
fn a_filter_that_was_typed_early_keeps_no_key() {
    for key in [KEY, "sk-proj-9fK2mQ7wRt5Yb1Lc8Vd3Xg6"] {
        let mut split = Split::new();
        split.tell(typed(TextField::Filter, key));
        split.arrive();
        assert_eq!(split.model.table().query.text, "");
        let emptied = split.asked.iter().any(|effect| matches!(effect, Effect::Fill(TextField::Filter)));
        assert!(emptied, "{:?}", split.asked);
    }
}

#[test]
fn a_section_that_is_opened_early_has_its_program_loaded_and_says_so() {
    let mut split = Split { model: Model::without_rest(ENVIRONMENT), asked: Vec::new() };
    split.tell(Msg::Addressed(Place::Section(Section::Doctor)));
    assert_eq!(split.loading(), LoadingView::Awaited);
    let asked = effects(&split.asked);
    assert!(asked.iter().any(|effect| effect.contains("Section(Doctor)")), "{asked:?}");
    assert!(split.asked.iter().any(|effect| matches!(effect, Effect::LoadRest)));
    split.tell(Msg::RestMissing(Missing::Lost));
    assert_eq!(split.loading(), LoadingView::Missing(Missing::Lost));
    split.tell(Msg::Addressed(Place::Section(Section::Cost)));
    assert_eq!(split.loading(), LoadingView::Awaited, "opening another section asks for it once more");
}

#[test]
fn a_download_does_not_add_to_the_times_of_a_test() {
    let mut split = Split { model: Model::without_rest(ENVIRONMENT), asked: Vec::new() };
    split.tell(submitted());
    split.tell(Msg::RestAsked);
    let loads = |split: &Split| split.asked.iter().any(|effect| matches!(effect, Effect::LoadRest));
    assert!(!loads(&split), "the key that was pressed early is tested first");
    split.tell(Msg::KeyTest(KeyTestMsg::Stopped));
    assert!(loads(&split));
    // What is pressed for it does not wait for the test.
    let mut split = Split { model: Model::without_rest(ENVIRONMENT), asked: Vec::new() };
    split.tell(submitted());
    split.tell(Msg::RestAsked);
    split.tell(Msg::DemoEntered(Scenario::Works));
    assert!(loads(&split));
}

#[test]
fn a_test_of_a_key_waits_for_no_rest() {
    let mut split = Split::new();
    split.tell(Msg::RestMissing(Missing::Lost));
    split.tell(submitted());
    assert!(split.asked.iter().any(|effect| matches!(effect, Effect::Send { .. })));
    assert_eq!(split.loading(), LoadingView::Missing(Missing::Lost));
}

#[test]
fn what_did_not_come_is_asked_for_again_on_a_press() {
    let mut split = Split::new();
    split.tell(Msg::RestMissing(Missing::Changed));
    assert_eq!(split.model.announcement(), Missing::Changed.sentence());
    for _ in 0..2 {
        split.tell(Msg::RestAsked);
    }
    let loads = split.asked.iter().filter(|effect| matches!(effect, Effect::LoadRest)).count();
    assert_eq!(loads, 2, "at the start, and once for two presses");
    assert_eq!(split.loading(), LoadingView::Awaited, "what was pressed is seen to go on");
    let refocused = |split: &Split| {
        split.asked.iter().filter(|effect| matches!(effect, Effect::Refocus(Focus::Rest))).count()
    };
    assert_eq!(refocused(&split), 1, "the button is gone");
    split.tell(Msg::RestMissing(Missing::Gone));
    assert_eq!(refocused(&split), 2);
    split.arrive();
    assert_eq!(split.loading(), LoadingView::Over);
    // What has come is missing no more.
    split.tell(Msg::RestMissing(Missing::Lost));
    assert_eq!(split.loading(), LoadingView::Over);
}
