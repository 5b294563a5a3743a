//! The error doctor: a field for a text, and what is found in it.

mod excerpt;

pub use excerpt::{ExcerptLine, Piece};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::core::app::copied::{Copied, Copyable, outcome};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::pasted::{MaskedText, Pasted};
use crate::core::app::step::Step;
use crate::core::app::text_field::{self, TextField};
use crate::core::app::words::masked_words;
use crate::core::doctor::examples::Example;
use crate::core::doctor::{Diagnosed, Diagnosis, diagnose_with_marks};
use crate::core::explain::{Cause, Explanation};
use crate::core::lifecycle::check;
use crate::core::models::{Access, ModelRow};
use crate::core::paste::{MOST_BYTES, secrets};

/// The error doctor.
#[derive(Debug, Default)]
pub struct Doctor {
    /// The text, its secrets masked; empty without one. What is masked can only be known by its looks, so it is kept like a
    /// key all the same.
    text: Arc<MaskedText>,
    /// How many secrets are masked in it.
    masked: usize,
    /// Whether what was pasted was longer than what is looked at.
    cut: bool,
    /// Whether the user says that the limit persists although another model answers.
    limit_persists: bool,
    /// Whether the text is about a limit that does not say whether it is used up or zero.
    limited: bool,
    /// The model that the text names and that a scan was granted no request of.
    without_quota: Option<String>,
    /// What the text comes to; none without a text.
    diagnosis: Option<Diagnosed>,
    /// The lines around the words that decided.
    excerpt: Arc<[ExcerptLine]>,
    /// The explanation as it can be posted.
    markdown: Option<Arc<MaskedText>>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The text of the field changed.
    Typed(Pasted),
    /// The box was ticked or unticked: the limit persists although another model answers.
    LimitPersists(bool),
    /// An example is to be explained.
    ExampleChosen(Example),
    /// The field is to be emptied.
    Cleared,
}

/// What its parent has to know: nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {}

/// The error doctor as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoctorView {
    /// What was done to the text: secrets masked, the rest of a long one dropped.
    pub changes: String,
    /// An error that is explained.
    pub explanation: Option<Explanation>,
    /// What is said where nothing is explained.
    pub sentence: &'static str,
    /// The box that decides between two causes, and whether it is ticked.
    pub limit_persists: Option<bool>,
    /// The lines of the text around the words that decided; empty where the place of none is known.
    pub excerpt: Arc<[ExcerptLine]>,
    /// The text in the field; none without one.
    pub text: Option<ToCopy>,
    /// The explanation as Markdown; none without one.
    pub markdown: Option<ToCopy>,
}

/// A text that can be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToCopy {
    /// The text.
    pub text: Arc<MaskedText>,
    /// Whether it was copied; none before the browser has answered.
    pub copied: Option<bool>,
}

impl ToCopy {
    fn new(text: &Arc<MaskedText>, kind: Copyable, copied: Option<&Copied>) -> Self {
        let copied = outcome(copied.filter(|copied| copied.kind == kind), text.words());
        Self { text: Arc::clone(text), copied }
    }
}

impl Doctor {
    /// What may stand in the field: what was pasted, its secrets masked.
    pub fn text(&self) -> &str {
        self.text.words()
    }

    /// How many secrets are masked in it.
    pub fn masked(&self) -> usize {
        self.masked
    }

    /// Handles a message.
    pub fn update(&mut self, msg: Msg, facts: &Facts) -> Step<Event> {
        let fill = Effect::Fill(TextField::Doctor);
        match msg {
            Msg::Typed(pasted) => self.typed(&pasted, facts),
            Msg::ExampleChosen(example) => self.typed(&example.text().into(), facts).effect(fill),
            Msg::Cleared => {
                self.forget();
                let focus = Effect::Focus(Focus::Text(TextField::Doctor));
                Step::default().effects([fill, focus]).say_of_real("The field is empty.")
            }
            Msg::LimitPersists(persists) => {
                self.limit_persists = persists;
                self.look_and_say(facts)
            }
        }
    }

    /// Forgets the text and what was found in it; tells whether there was one.
    pub fn forget(&mut self) -> bool {
        let Self { text, .. } = std::mem::take(self);
        !text.words().is_empty()
    }

    /// Looks at the text again if it is about a limit of which a scan may have found out something.
    pub fn follow(&mut self, facts: &Facts) {
        if self.limited && (self.without_quota.is_some() || without_quota(facts).next().is_some()) {
            self.look(facts);
        }
    }

    fn typed(&mut self, pasted: &Pasted, facts: &Facts) -> Step<Event> {
        let text = pasted.expose();
        let text = text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default();
        let secrets::Masked { text: masked, count } = text_field::masked(facts, text);
        let cut = text.len() < pasted.expose().len();
        // What is not looked at is not masked either, so it does not stay.
        let fill = (count > 0 || cut).then_some(Effect::Fill(TextField::Doctor));
        let step = Step::default().effects(fill);
        if masked.trim().is_empty() {
            *self = Self::default();
            return step;
        }
        // The field comes back with what was put into it, and then both still hold.
        self.cut = cut || (self.cut && self.text() == masked);
        self.masked = secrets::marked(&masked);
        self.text = Arc::new(MaskedText::new(masked));
        self.limit_persists = false;
        step.then(self.look_and_say(facts))
    }

    fn look_and_say(&mut self, facts: &Facts) -> Step<Event> {
        let known = self.diagnosis.as_ref().map(words);
        self.look(facts);
        // Said once, however much is typed. Never "simulated": what was pasted is real.
        match self.diagnosis.as_ref().map(words).filter(|found| known.as_ref() != Some(found)) {
            Some(found) => Step::default().say_of_real(found),
            None => Step::default(),
        }
    }

    fn look(&mut self, facts: &Facts) {
        let text = self.text.words();
        let Diagnosis { found: read, marks } = diagnose_with_marks(text, false);
        let explained = explanation(&read);
        let limit = explained.filter(|explanation| explanation.cause == Cause::RateLimited);
        let model = limit.and_then(|_| limited_model(text, facts)).map(|row| row.name.clone());
        let found = match (limit, &model) {
            (Some(limit), Some(model)) => without_waiting(text, limit, model),
            (Some(_), None) if self.limit_persists => Some(diagnose_with_marks(text, true)),
            _ => None,
        };
        (self.limited, self.without_quota) = (limit.is_some(), model);
        let Diagnosis { found, marks } = found.unwrap_or(Diagnosis { found: read, marks });
        self.excerpt = excerpt::excerpt(text, &marks).into();
        self.markdown = explanation(&found).map(|told| Arc::new(MaskedText::new(told.markdown())));
        self.diagnosis = Some(found);
    }

    /// The error doctor.
    pub fn view(&self, copied: Option<&Copied>) -> DoctorView {
        let (explanation, sentence) = match self.diagnosis.as_ref() {
            Some(Diagnosed::Explained(explanation)) => (Some(explanation.clone()), ""),
            other => (None, other.and_then(Diagnosed::sentence).unwrap_or_default()),
        };
        let mut changes = masked_words(self.masked);
        if self.cut {
            changes.push_str("Only the first megabyte was read. The rest was dropped.");
        }
        // What a scan has found out is not asked.
        let asks = self.limited && self.without_quota.is_none();
        let limit_persists = asks.then_some(self.limit_persists);
        let markdown = self.markdown.as_ref();
        DoctorView {
            changes,
            explanation,
            sentence,
            limit_persists,
            excerpt: Arc::clone(&self.excerpt),
            text: (!self.text().is_empty()).then(|| ToCopy::new(&self.text, Copyable::MaskedText, copied)),
            markdown: markdown.map(|text| ToCopy::new(text, Copyable::Explanation, copied)),
        }
    }
}

/// The models that a scan was granted no request of.
fn without_quota(facts: &Facts) -> impl Iterator<Item = &ModelRow> {
    facts.known().filter(|row| facts.access(row) == Access::ZeroQuota)
}

/// The model whose limit a text is about, if a scan was granted no request of it. Where the text names one besides that may
/// answer, the limit may be that one's.
fn limited_model<'f>(text: &str, facts: &'f Facts) -> Option<&'f ModelRow> {
    without_quota(facts).next()?;
    let checked = check(text, facts.known(), facts.today);
    let ids: BTreeSet<&str> = checked.findings.iter().map(|found| found.id.as_str()).collect();
    let named = || facts.known().filter(|row| row.ids.iter().any(|id| ids.contains(id.as_str())));
    if named().any(|row| facts.access(row).may_answer()) {
        return None;
    }
    named().find(|row| facts.access(row) == Access::ZeroQuota)
}

/// What a limit comes to that a scan has found to be zero. The scan says so, and not the user.
fn without_waiting(text: &str, limit: &Explanation, model: &str) -> Option<Diagnosis> {
    let Diagnosis { found: Diagnosed::Explained(mut explanation), marks } = diagnose_with_marks(text, true)
    else {
        return None;
    };
    explanation.evidence.clone_from(&limit.evidence);
    explanation.evidence.push(format!("This page’s scan was granted no request of {model}."));
    Some(Diagnosis { found: Diagnosed::Explained(explanation), marks })
}

/// The explanation of a text, if it has one.
const fn explanation(found: &Diagnosed) -> Option<&Explanation> {
    match found {
        Diagnosed::Explained(explanation) => Some(explanation),
        Diagnosed::NothingWrong | Diagnosed::NotEnough => None,
    }
}

/// What a diagnosis says in one sentence.
fn words(diagnosis: &Diagnosed) -> String {
    match diagnosis {
        Diagnosed::Explained(explanation) => explanation.spoken(),
        other => other.sentence().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Doctor, DoctorView, Msg};
    use crate::core::app::copied::{Copied, Copyable};
    use crate::core::app::effect::{Effect, Focus};
    use crate::core::app::facts::Facts;
    use crate::core::app::parts::test_facts::{found, listing, nothing};
    use crate::core::app::pasted::MaskedText;
    use crate::core::app::text_field::TextField;
    use crate::core::doctor::examples::Example;
    use crate::core::explain::Cause;
    use crate::core::models::Access;

    const LIMITED: &str = "HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\n\r\n{\"object\":\"error\",\"message\":\"Rate limit exceeded\",\"type\":\"rate_limited\",\"code\":\"1300\"}";

    fn cause(view: &DoctorView) -> Option<Cause> {
        view.explanation.as_ref().map(|explanation| explanation.cause)
    }

    fn view_of(text: &str, facts: &Facts) -> DoctorView {
        let mut doctor = Doctor::default();
        let _ = doctor.update(Msg::Typed(text.into()), facts);
        doctor.view(None)
    }

    fn of(names: &str) -> String {
        format!("model={names}\n{LIMITED}")
    }

    #[test]
    fn a_limit_that_the_scan_found_to_be_zero_is_not_waited_for() {
        let mut facts = listing(&["mistral-large-2512", "mistral-small-2603"]);
        let mut doctor = Doctor::default();
        let _ = doctor.update(Msg::Typed(of("mistral-large-2512").into()), &facts);
        assert_eq!(
            (cause(&doctor.view(None)), doctor.view(None).limit_persists),
            (Some(Cause::RateLimited), Some(false))
        );
        found(&mut facts, "mistral-large-2512", Access::ZeroQuota);
        doctor.follow(&facts);
        let view = doctor.view(None);
        assert_eq!((cause(&view), view.limit_persists), (Some(Cause::ZeroQuota), None));
        let evidence = view.explanation.expect("an explanation").evidence;
        assert!(evidence.iter().any(|line| line.contains("’s scan was granted no request")), "{evidence:?}");
        assert!(!evidence.iter().any(|line| line.starts_with("Inferred")), "{evidence:?}");
        facts.forget_access();
        doctor.follow(&facts);
        assert_eq!(cause(&doctor.view(None)), Some(Cause::RateLimited));
    }

    #[test]
    fn a_limit_that_may_be_another_models_is_left_to_the_user() {
        let mut facts = listing(&["mistral-large-2512", "mistral-small-2603"]);
        found(&mut facts, "mistral-large-2512", Access::ZeroQuota);
        for text in [of("mistral-large-2512, fallback=mistral-small-2603"), LIMITED.to_owned()] {
            let view = view_of(&text, &facts);
            assert_eq!(
                (cause(&view), view.limit_persists),
                (Some(Cause::RateLimited), Some(false)),
                "{text}"
            );
        }
        let (mut doctor, both) = (Doctor::default(), of("mistral-large-2512, fallback=mistral-small-2603"));
        let _ = doctor.update(Msg::Typed(both.into()), &facts);
        found(&mut facts, "mistral-small-2603", Access::TierNotAllowed);
        doctor.follow(&facts);
        assert_eq!(cause(&doctor.view(None)), Some(Cause::ZeroQuota), "that one has another reason");
        let other = "model=mistral-large-2512\nHTTP/2 401\n\n{\"detail\":\"Unauthorized\"}";
        assert_eq!(cause(&view_of(other, &facts)), Some(Cause::Unauthorized));
    }

    #[test]
    fn an_example_is_explained_with_its_words_marked_and_can_be_copied() {
        let (mut doctor, facts) = (Doctor::default(), nothing());
        for example in Example::ALL {
            let step = doctor.update(Msg::ExampleChosen(example), &facts);
            assert!(matches!(step.effects.as_slice(), [Effect::Fill(TextField::Doctor)]), "{example:?}");
            let view = doctor.view(None);
            assert!(!view.excerpt.is_empty(), "{example:?}");
            let text = view.text.expect("a text").text;
            assert_eq!((text.words(), view.changes.as_str()), (example.text(), ""), "no secret is in it");
            let copied = |kind, text: &MaskedText| {
                let copied = Copied { text: text.words().to_owned(), kind, succeeded: Some(true) };
                let view = doctor.view(Some(&copied));
                (view.text.and_then(|text| text.copied), view.markdown.and_then(|text| text.copied))
            };
            let markdown = view.markdown.expect("an explanation").text;
            assert_eq!(copied(Copyable::MaskedText, &text), (Some(true), None));
            assert_eq!(copied(Copyable::Explanation, &markdown), (None, Some(true)));
        }
        let step = doctor.update(Msg::Cleared, &facts);
        let fills_and_goes_there = matches!(
            step.effects.as_slice(),
            [Effect::Fill(TextField::Doctor), Effect::Focus(Focus::Text(TextField::Doctor))]
        );
        assert!(fills_and_goes_there);
        assert_eq!(doctor.view(None), DoctorView::default());
    }

    #[test]
    fn the_box_decides_and_the_same_is_said_once() {
        let (mut doctor, facts) = (Doctor::default(), nothing());
        let said = doctor.update(Msg::Typed(LIMITED.into()), &facts).said.expect("a sentence");
        assert!(!said.may_be_simulated);
        assert_eq!(doctor.update(Msg::Typed(format!("{LIMITED}\n").into()), &facts).said, None);
        assert!(doctor.update(Msg::LimitPersists(true), &facts).said.is_some());
        assert_eq!(
            (cause(&doctor.view(None)), doctor.view(None).limit_persists),
            (Some(Cause::ZeroQuota), Some(true))
        );
        assert!(doctor.forget() && !doctor.forget());
        assert_eq!(doctor.view(None), DoctorView::default());
    }
}
