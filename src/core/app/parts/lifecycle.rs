//! What becomes of models: what moves, what ends, and which models a pasted program names.

use std::borrow::Cow;
use std::sync::Arc;

use crate::core::app::effect::Effect;
use crate::core::app::facts::Facts;
use crate::core::app::pasted::Pasted;
use crate::core::app::step::Step;
use crate::core::app::text_field::{self, TextField};
use crate::core::app::words::{counted, masked_words};
use crate::core::lifecycle::{Checked, Pointer, aliases, check, retiring, within_limit};
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
    endings: Arc<[String]>,
    /// The text in the field, its secrets masked, for looking again when the models change. What is masked can only be known
    /// by its looks, so the text is kept like a key all the same.
    text: Pasted,
    /// How many secrets are masked in it.
    masked: usize,
    /// Whether what was pasted was longer than what is looked at.
    cut: bool,
    /// What was found in it; shared, for a large text may name thousands.
    checked: Option<Arc<Checked>>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The text of the field changed.
    Typed(Pasted),
}

/// What its parent has to know: nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {}

/// The lifecycle as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecycleView {
    /// Where the names that move point today; none without a key that works.
    pub pointers: Arc<[Pointer]>,
    /// The models whose end is settled, a sentence each.
    pub endings: Arc<[String]>,
    /// What was found in the text; none without one.
    pub checked: Option<Arc<Checked>>,
    /// What was done to the text: secrets masked.
    pub changes: String,
    /// What the text was held against; or that it names no model.
    pub against: Cow<'static, str>,
    /// Today, which decides how far off an end is.
    pub today: Date,
}

impl Default for LifecycleView {
    fn default() -> Self {
        Self {
            pointers: Arc::default(),
            endings: Arc::default(),
            checked: None,
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
        let Msg::Typed(pasted) = msg;
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
        (self.checked, self.masked, self.cut) = (None, 0, false);
        !std::mem::take(&mut self.text).expose().is_empty()
    }

    /// Takes up the models as they are known now; looks at the text again if they are others.
    pub fn follow(&mut self, facts: &Facts) {
        let listed = Arc::ptr_eq(&self.rows, &facts.rows);
        if !listed {
            self.rows = Arc::clone(&facts.rows);
            self.pointers = aliases(&facts.rows).into();
            let endings = retiring(&facts.rows, facts.today);
            self.endings = endings.iter().map(|ending| ending.sentence(facts.today)).collect();
        }
        if !listed || !answering(facts).map(|row| &row.name).eq(&self.answering) {
            self.look(facts);
        }
    }

    fn look(&mut self, facts: &Facts) {
        let text = self.text.expose();
        let rows = facts.rows.iter().chain(answering(facts));
        let checked = (!text.trim().is_empty()).then(|| check(text, rows, facts.today));
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
                "{} named: {} retired, {} retiring, {} not known.",
                counted(all, "model", "models"),
                count("retired"),
                count("retiring"),
                count("unknown")
            ),
        })
    }

    /// The lifecycle. The field is there without a key as well.
    pub fn view(&self, facts: &Facts) -> LifecycleView {
        LifecycleView {
            pointers: Arc::clone(&self.pointers),
            endings: Arc::clone(&self.endings),
            checked: self.checked.clone(),
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
                "Held against the models that this page knows. With a tested key: against the models that it lists."
                    .into()
            }
            _ if self.answering.is_empty() => "Held against the models that the tested key lists.".into(),
            _ => {
                "Held against the models that the tested key lists, and those that answered the scan all the same."
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
    use crate::core::app::effect::Effect;
    use crate::core::app::facts::Facts;
    use crate::core::app::parts::test_facts::{found, list, nothing};
    use crate::core::app::text_field::TextField;
    use crate::core::models::Access;

    fn states(lifecycle: &Lifecycle, facts: &Facts) -> Vec<&'static str> {
        let checked = lifecycle.view(facts).checked.expect("a text was looked at");
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
        assert_eq!(lifecycle.view(&facts).pointers.len(), 1);
        let before = lifecycle.view(&facts).checked.expect("a text was looked at");
        found(&mut facts, "mistral-small-latest", Access::Callable);
        lifecycle.follow(&facts);
        let after = lifecycle.view(&facts).checked.expect("a text was looked at");
        assert!(Arc::ptr_eq(&before, &after), "the same models say the same");
        found(&mut facts, "mistral-large-4", Access::Callable);
        lifecycle.follow(&facts);
        assert_eq!(states(&lifecycle, &facts), ["moving", "fine"]);
        assert!(lifecycle.view(&facts).against.ends_with("all the same."));
        facts.list(Arc::default());
        facts.show();
        lifecycle.follow(&facts);
        assert!(lifecycle.view(&facts).pointers.is_empty());
        assert!(lifecycle.view(&facts).against.contains("With a tested key"));
        for (text, words) in [("let it = be;", "in this line."), ("let\nit = be;", "in these 2 lines.")] {
            let _ = lifecycle.update(Msg::Typed(text.into()), &facts);
            assert!(lifecycle.view(&facts).against.ends_with(words), "{words}");
        }
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
        assert!(lifecycle.view(&facts).checked.is_none() && lifecycle.text().is_empty());
    }
}
