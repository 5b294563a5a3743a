//! What becomes of models: what moves, what ends, and which models a pasted program names.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::core::app::copied::{Copied, Copyable, outcome};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::pasted::{MaskedText, Pasted};
use crate::core::app::step::Step;
use crate::core::app::text_field::{self, TextField};
use crate::core::app::words::{counted, masked_words};
use crate::core::lifecycle::examples::Example;
use crate::core::lifecycle::{
    Checked, Ending, Pointer, READ, Replaced, aliases, check, correct, on_record, retiring, within_limit,
};
use crate::core::models::ModelRow;
use crate::core::paste::secrets::{self, Masked};
use crate::core::time::Date;

/// What becomes of models.
#[derive(Debug, Default)]
pub struct Lifecycle {
    /// The listed models that pointers, endings and text were held against.
    rows: Arc<[ModelRow]>,
    /// The models that the text was held against besides.
    answering: Vec<String>,
    pointers: Arc<[Pointer]>,
    /// The ends of listed models.
    endings: Arc<[Ending]>,
    /// Every end that this page knows, for as long as no models are listed; made when it is first shown.
    record: OnceLock<Arc<[Ending]>>,
    /// The text in the field, its secrets masked, for looking again when the models change. What is masked can only be known
    /// by its looks, so the text is kept like a key all the same.
    text: Pasted,
    /// How many secrets are masked in it.
    masked: usize,
    /// Whether what was pasted was longer than what is looked at.
    cut: bool,
    /// What was found in it; shared, for a large text may name thousands.
    checked: Option<Arc<Checked>>,
    /// The text with better ids in it, where any is known.
    corrected: Option<(Arc<MaskedText>, Arc<[Replaced]>)>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The text of the field changed.
    Typed(Pasted),
    /// An example is to be looked at.
    ExampleChosen(Example),
    /// The field is to be emptied.
    Cleared,
}

/// What its parent has to know: nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {}

/// The lifecycle as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecycleView {
    /// Where the names that move point today; none without a key that works.
    pub pointers: Arc<[Pointer]>,
    /// The ends of the listed models; without a list, every end that this page knows.
    pub endings: Arc<[Ending]>,
    /// Whether those are the ends of listed models.
    pub is_listed: bool,
    /// What was found in the text; none without one.
    pub checked: Option<Arc<Checked>>,
    /// The text with better ids in it; none where no better one is known.
    pub corrected: Option<CorrectedView>,
    /// Whether there is a text.
    pub has_text: bool,
    /// The last thing that was copied, if it is the id of a model, and whether that succeeded.
    pub copied_id: Option<(String, bool)>,
    /// What was done to the text: secrets masked.
    pub changes: String,
    /// What the text was held against; or that it names no model.
    pub against: Cow<'static, str>,
    /// Today, which decides how far off an end is.
    pub today: Date,
}

/// A corrected text as it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectedView {
    /// The text.
    pub text: Arc<MaskedText>,
    /// What was replaced in it, in the order of the text.
    pub replaced: Arc<[Replaced]>,
    /// Whether it was copied; none before the browser has answered.
    pub copied: Option<bool>,
}

impl Default for LifecycleView {
    fn default() -> Self {
        Self {
            pointers: Arc::default(),
            endings: Arc::default(),
            is_listed: false,
            checked: None,
            corrected: None,
            has_text: false,
            copied_id: None,
            changes: String::new(),
            against: Cow::Borrowed(""),
            today: Date { year: 1970, month: 1, day: 1 },
        }
    }
}

impl Lifecycle {
    /// What may stand in the field for code and configuration: what was pasted, its secrets masked.
    pub fn text(&self) -> &str {
        self.text.expose()
    }

    /// How many secrets are masked in it.
    pub fn masked(&self) -> usize {
        self.masked
    }

    /// Handles a message.
    pub fn update(&mut self, msg: Msg, facts: &Facts) -> Step<Event> {
        let fill = Effect::Fill(TextField::Code);
        match msg {
            Msg::Typed(pasted) => self.typed(&pasted, facts),
            Msg::ExampleChosen(example) => self.typed(&example.text().into(), facts).effect(fill),
            Msg::Cleared => {
                self.forget();
                let focus = Effect::Focus(Focus::Text(TextField::Code));
                Step::default().effects([fill, focus]).say_of_real("The field is empty.")
            }
        }
    }

    fn typed(&mut self, pasted: &Pasted, facts: &Facts) -> Step<Event> {
        let before = self.summary();
        let (kept, cut) = within_limit(pasted.expose());
        let Masked { text, count } = text_field::masked(facts, kept);
        // What is not looked at is not masked either, so it does not stay.
        let fill = (count > 0 || cut).then_some(Effect::Fill(TextField::Code));
        // The field comes back with what was put into it, and then both still hold.
        self.cut = cut || (self.cut && self.text() == text);
        self.masked = secrets::marked(&text);
        self.text = Pasted::new(text);
        self.look(facts);
        let step = Step::default().effects(fill);
        // Said once, however much is typed. Never "simulated": what was pasted is real.
        match self.summary().filter(|words| before.as_ref() != Some(words)) {
            Some(words) => step.say_of_real(words),
            None => step,
        }
    }

    /// Forgets the text; tells whether there was one.
    pub fn forget(&mut self) -> bool {
        (self.checked, self.corrected, self.masked, self.cut) = (None, None, 0, false);
        !std::mem::take(&mut self.text).expose().is_empty()
    }

    /// Takes up the models as they are known now; looks at the text again if they are others.
    pub fn follow(&mut self, facts: &Facts) {
        let listed = Arc::ptr_eq(&self.rows, &facts.rows);
        if !listed {
            self.rows = Arc::clone(&facts.rows);
            self.pointers = aliases(&facts.rows).into();
            self.endings = retiring(&facts.rows, facts.today).into();
        }
        if !listed || !answering(facts).map(|row| &row.name).eq(&self.answering) {
            self.look(facts);
        }
    }

    fn look(&mut self, facts: &Facts) {
        let text = self.text.expose();
        let rows = facts.rows.iter().chain(answering(facts));
        let checked = (!text.trim().is_empty()).then(|| check(text, rows, facts.today));
        let corrected = checked.as_ref().and_then(|checked| correct(text, checked));
        self.corrected =
            corrected.map(|found| (Arc::new(MaskedText::new(found.text)), found.replaced.into()));
        let checked = checked.map(|checked| Checked { cut: checked.cut || self.cut, ..checked });
        self.checked = checked.map(Arc::new);
        self.answering = answering(facts).map(|row| row.name.clone()).collect();
    }

    /// What was found, in numbers; none without a text.
    fn summary(&self) -> Option<String> {
        let findings = &self.checked.as_ref()?.findings;
        let count = |wanted: &str| findings.iter().filter(|found| found.state.name() == wanted).count();
        Some(match findings.len() {
            0 => "No Mistral model is named in it.".to_owned(),
            all => format!(
                "{} named: {} retired, {} due to retire, {} not known.",
                counted(all, "model", "models"),
                count("retired"),
                count("retiring"),
                count("unknown")
            ),
        })
    }

    /// The lifecycle. The field is there without a key as well.
    pub fn view(&self, facts: &Facts, copied: Option<&Copied>) -> LifecycleView {
        let is_listed = !self.rows.is_empty();
        let record = || self.record.get_or_init(|| on_record(facts.today).into());
        let corrected = self.corrected.as_ref().map(|(text, replaced)| CorrectedView {
            copied: outcome(copied.filter(|copied| copied.kind == Copyable::MaskedText), text.words()),
            text: Arc::clone(text),
            replaced: Arc::clone(replaced),
        });
        let of_model = copied.filter(|copied| copied.kind == Copyable::ModelId);
        LifecycleView {
            pointers: Arc::clone(&self.pointers),
            endings: Arc::clone(if is_listed { &self.endings } else { record() }),
            is_listed,
            checked: self.checked.clone(),
            corrected,
            has_text: !self.text().is_empty(),
            copied_id: of_model.and_then(|copied| Some((copied.text.clone(), copied.succeeded?))),
            changes: masked_words(self.masked),
            against: self.against(facts),
            today: facts.today,
        }
    }

    fn against(&self, facts: &Facts) -> Cow<'static, str> {
        match &self.checked {
            Some(checked) if checked.findings.is_empty() => match checked.lines {
                1 => "No Mistral model is named in this line.".into(),
                lines => format!("No Mistral model is named in these {lines} lines.").into(),
            },
            _ if facts.rows_shown.is_empty() => {
                let read = READ.on.in_words();
                format!("Compared with this page’s list of {read}. Test a key to compare with yours.").into()
            }
            _ if self.answering.is_empty() => "Compared with the list of the tested key.".into(),
            _ => {
                "Compared with the list of the tested key, and with the models that answered the scan without being on it."
                    .into()
            }
        }
    }
}

/// Models that the list leaves out and that answered the scan.
fn answering(facts: &Facts) -> impl Iterator<Item = &ModelRow> {
    facts.unlisted.iter().filter(|row| facts.is_callable(row) == Some(true))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Lifecycle, Msg};
    use crate::core::app::copied::{Copied, Copyable};
    use crate::core::app::effect::{Effect, Focus};
    use crate::core::app::facts::Facts;
    use crate::core::app::parts::test_facts::{found, list, nothing};
    use crate::core::app::text_field::TextField;
    use crate::core::lifecycle::examples::Example;
    use crate::core::models::Access;

    fn states(lifecycle: &Lifecycle, facts: &Facts) -> Vec<&'static str> {
        let checked = lifecycle.view(facts, None).checked.expect("a text was looked at");
        checked.findings.iter().map(|found| found.state.name()).collect()
    }

    #[test]
    fn the_text_is_looked_at_again_when_the_models_change_and_not_otherwise() {
        let (mut lifecycle, mut facts) = (Lifecycle::default(), nothing());
        let step = lifecycle.update(Msg::Typed("mistral-large-4 mistral-small-latest".into()), &facts);
        let said = step.said.expect("a sentence");
        assert!(said.words.starts_with("2 models named") && !said.may_be_simulated);
        list(&mut facts, &["mistral-small-latest"]);
        lifecycle.follow(&facts);
        assert_eq!(states(&lifecycle, &facts), ["unknown", "moving"]);
        assert_eq!(lifecycle.view(&facts, None).pointers.len(), 1);
        let before = lifecycle.view(&facts, None).checked.expect("a text was looked at");
        found(&mut facts, "mistral-small-latest", Access::Callable);
        lifecycle.follow(&facts);
        let after = lifecycle.view(&facts, None).checked.expect("a text was looked at");
        assert!(Arc::ptr_eq(&before, &after), "the same models say the same");
        found(&mut facts, "mistral-large-4", Access::Callable);
        lifecycle.follow(&facts);
        assert_eq!(states(&lifecycle, &facts), ["moving", "fine"]);
        assert!(lifecycle.view(&facts, None).against.ends_with("without being on it."));
        facts.list(Arc::default());
        facts.show();
        lifecycle.follow(&facts);
        assert!(lifecycle.view(&facts, None).pointers.is_empty());
        assert!(lifecycle.view(&facts, None).against.ends_with("Test a key to compare with yours."));
        for (text, words) in [("let it = be;", "in this line."), ("let\nit = be;", "in these 2 lines.")] {
            let _ = lifecycle.update(Msg::Typed(text.into()), &facts);
            assert!(lifecycle.view(&facts, None).against.ends_with(words), "{words}");
        }
    }

    #[test]
    fn an_example_is_looked_at_and_cleared_again() {
        let (mut lifecycle, facts) = (Lifecycle::default(), nothing());
        for example in Example::ALL {
            let step = lifecycle.update(Msg::ExampleChosen(example), &facts);
            assert!(matches!(step.effects.as_slice(), [Effect::Fill(TextField::Code)]), "{example:?}");
            assert_eq!((lifecycle.text(), lifecycle.masked()), (example.text(), 0), "no secret is in it");
            assert!(states(&lifecycle, &facts).contains(&"retired"), "{example:?}");
            let corrected = lifecycle.view(&facts, None).corrected.expect("something to correct");
            for replaced in corrected.replaced.iter() {
                assert!(
                    corrected.text.words().contains(&replaced.to) && example.text().contains(&replaced.from)
                );
            }
        }
        let step = lifecycle.update(Msg::Cleared, &facts);
        let fills_and_goes_there = matches!(
            step.effects.as_slice(),
            [Effect::Fill(TextField::Code), Effect::Focus(Focus::Text(TextField::Code))]
        );
        assert!(fills_and_goes_there && lifecycle.text().is_empty());
        let view = lifecycle.view(&facts, None);
        assert!(!view.has_text && view.checked.is_none() && view.corrected.is_none());
    }

    #[test]
    fn what_was_copied_is_told_beside_it() {
        let (mut lifecycle, facts) = (Lifecycle::default(), nothing());
        let _ = lifecycle.update(Msg::Typed("model: mistral-large-2411".into()), &facts);
        let copied = |kind, text: &str, succeeded| {
            let copied = Copied { text: text.to_owned(), kind, succeeded };
            let view = lifecycle.view(&facts, Some(&copied));
            (view.copied_id, view.corrected.and_then(|corrected| corrected.copied))
        };
        let id = "mistral-medium-3-5";
        assert_eq!(copied(Copyable::ModelId, id, Some(true)), (Some((id.to_owned(), true)), None));
        assert_eq!(copied(Copyable::ModelId, id, None), (None, None));
        let corrected = "model: mistral-medium-3-5";
        assert_eq!(copied(Copyable::MaskedText, corrected, Some(false)), (None, Some(false)));
        assert_eq!(copied(Copyable::MaskedText, "another", Some(true)), (None, None));
    }

    #[test]
    fn without_a_list_all_that_is_known_to_end_is_told_and_with_one_what_is_on_it() {
        let (mut lifecycle, mut facts) = (Lifecycle::default(), nothing());
        let view = lifecycle.view(&facts, None);
        assert!(!view.is_listed && view.endings.len() > 20);
        list(&mut facts, &["mistral-large-2512", "ministral-3b-2512"]);
        lifecycle.follow(&facts);
        let view = lifecycle.view(&facts, None);
        let names: Vec<&str> = view.endings.iter().flat_map(|end| &end.names).map(String::as_str).collect();
        assert!(view.is_listed);
        assert_eq!(names, ["mistral-large-2512"]);
    }

    #[test]
    fn secrets_are_masked_and_the_text_is_forgotten_on_demand() {
        let (mut lifecycle, facts) = (Lifecycle::default(), nothing());
        let text = "api_key = \"mstrl_ThisIsTheDemoKeyItOpensNothing00_0demo0\"\nmistral-large-2411";
        let step = lifecycle.update(Msg::Typed(text.into()), &facts);
        assert!(matches!(step.effects.as_slice(), [Effect::Fill(TextField::Code)]));
        assert!(!lifecycle.text().contains("OpensNothing") && lifecycle.masked() == 1);
        assert_eq!(states(&lifecycle, &facts), ["retired"]);
        let again = lifecycle.update(Msg::Typed(lifecycle.text().into()), &facts);
        assert!(again.effects.is_empty() && again.said.is_none() && lifecycle.masked() == 1);
        assert!(lifecycle.forget() && !lifecycle.forget());
        assert!(lifecycle.view(&facts, None).checked.is_none() && lifecycle.text().is_empty());
    }
}
