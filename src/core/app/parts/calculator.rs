//! The calculator: what a month would cost with the models that the key can call.

use crate::core::app::facts::{Facts, Scanned};
use crate::core::app::sections::Section;
use crate::core::app::step::Step;
use crate::core::app::summary::Row;
use crate::core::mistral::Endpoint;
use crate::core::models::{Capability, ModelRow};
use crate::core::monthly_cost::{Estimate, Field, Workload, table};
use crate::core::prices::{AS_OF, Dollars};

/// The calculator's fields, each as it was typed.
#[derive(Clone, Debug)]
pub struct Calculator {
    input: String,
    output: String,
    requests: String,
    cached: String,
    batch: bool,
}

impl Default for Calculator {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            input: text("1000"),
            output: text("300"),
            requests: text("1000"),
            cached: text("0"),
            batch: false,
        }
    }
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The text of a field changed. It holds no secret.
    Typed(Field, String),
    /// The box for batches was ticked or unticked.
    BatchTicked,
}

/// What its parent has to know: nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {}

/// The calculator as it is drawn. The fields keep their own text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalculatorView {
    /// What each model costs in a month, cheapest first; none if a field cannot be read.
    pub estimates: Vec<Estimate>,
    /// The field that cannot be read.
    pub problem: Option<Field>,
    /// Which models these are, and how many of them are left out.
    pub about: String,
    /// Whether a scan has found that none of the listed models can be called.
    pub none_answers: bool,
    /// Whether these are the models of a key.
    pub of_key: bool,
    /// Whether the requests are sent as a batch; none where the host has no batches.
    pub batch: Option<bool>,
}

impl CalculatorView {
    /// What is to be known of the amounts, in a few sentences.
    pub fn note(&self) -> String {
        let host = if self.of_key { ", at the endpoint that was tested" } else { "" };
        let read = AS_OF.in_words();
        format!("{} A month has 30 days. Prices of {read}{host}; ≈ where sources disagree.", self.about)
    }
}

impl Calculator {
    /// What was typed into a field.
    pub fn text(&self, field: Field) -> &str {
        match field {
            Field::Input => &self.input,
            Field::Output => &self.output,
            Field::Requests => &self.requests,
            Field::Cached => &self.cached,
        }
    }

    /// Whether the box for batches is ticked.
    pub fn batch(&self) -> bool {
        self.batch
    }

    /// Handles a message.
    pub fn update(&mut self, msg: Msg, _: &Facts) -> Step<Event> {
        match msg {
            Msg::Typed(field, text) => self.typed(field, text),
            Msg::BatchTicked => {
                self.batch = !self.batch;
                Step::default()
            }
        }
    }

    fn typed(&mut self, field: Field, text: String) -> Step<Event> {
        let before = self.problem();
        *match field {
            Field::Input => &mut self.input,
            Field::Output => &mut self.output,
            Field::Requests => &mut self.requests,
            Field::Cached => &mut self.cached,
        } = text;
        // Said once, however much is typed. Never "simulated": it is the user's own workload.
        match self.problem().filter(|problem| Some(*problem) != before) {
            Some(problem) => Step::default().say_of_real(problem.sentence()),
            None => Step::default(),
        }
    }

    /// What a program does with a model of this host.
    ///
    /// # Errors
    /// The field that cannot be read.
    pub fn workload_at(&self, endpoint: Endpoint) -> Result<Workload, Field> {
        self.workload(self.batch_at(endpoint).unwrap_or_default())
    }

    /// Whether the requests are sent as a batch; none where the host has no batches. These are stored, and what is stored is at the
    /// global host.
    fn batch_at(&self, endpoint: Endpoint) -> Option<bool> {
        (endpoint == Endpoint::Global).then_some(self.batch)
    }

    fn workload(&self, batch: bool) -> Result<Workload, Field> {
        Workload::read(&self.input, &self.output, &self.requests, &self.cached, batch)
    }

    /// The field that cannot be read.
    fn problem(&self) -> Option<Field> {
        self.workload(false).err()
    }

    /// The row of the summary: what a month costs with the cheapest model.
    pub fn row(&self, facts: &Facts) -> Row {
        let view = self.view(facts);
        if view.none_answers {
            return Row::of(Section::Cost, "no chat model that this key can call");
        }
        // What is free is a preview, and nobody's cost of a month.
        let paid = |estimate: &&Estimate| estimate.monthly > Dollars::ZERO;
        match view.estimates.iter().find(paid) {
            Some(cheapest) => {
                Row::of(Section::Cost, format!("from {} a month with {}", cheapest.words(), cheapest.model))
                    .noting(format!("{} requests a day", self.requests.trim()))
            }
            None => Row::of(Section::Cost, "what a month would cost"),
        }
    }

    /// The calculator, by the models that the key can call, or by all before that is known; without a key by those that the page knows.
    pub fn view(&self, facts: &Facts) -> CalculatorView {
        // Tokens in and out are a matter of chat: a model of embeddings would pass for a cheap one.
        let chats = |row: &&ModelRow| row.capabilities.has(Capability::Chat);
        let callable = |row: &&ModelRow| facts.is_callable(row) == Some(true);
        let mut chosen: Vec<&ModelRow> = facts.shown().filter(chats).filter(callable).collect();
        let found = !chosen.is_empty();
        let (mut refused, mut none_answers) = (0, false);
        if !found {
            let listed: Vec<&ModelRow> = facts.offered().iter().filter(chats).collect();
            let open = listed.iter().copied().filter(|row| facts.is_callable(row) != Some(false));
            chosen = open.collect();
            refused = listed.len() - chosen.len();
            if chosen.is_empty() {
                (chosen, refused, none_answers) = (listed, 0, facts.has_models());
            }
        }
        let all = chosen.len();
        let batch = self.batch_at(facts.tested_at);
        let estimates =
            self.workload_at(facts.tested_at).map(|workload| table(&workload, &chosen, facts.tested_at));
        let (estimates, problem) = match estimates {
            Ok(estimates) => (estimates, None),
            Err(field) => (Vec::new(), Some(field)),
        };
        let mut about =
            if facts.has_models() { which(found, facts.scanned) } else { OF_CATALOGUE }.to_owned();
        match refused {
            0 => {}
            1 => about.push_str(" One that does not answer this key is left out."),
            some => about.extend([" ", &some.to_string(), " that do not answer this key are left out."]),
        }
        match all - estimates.len() {
            _ if problem.is_some() => {}
            0 => {}
            1 => about.push_str(" One without a known price per token is left out."),
            left => about.extend([" ", &left.to_string(), " without a known price per token are left out."]),
        }
        CalculatorView { estimates, problem, about, none_answers, of_key: facts.has_models(), batch }
    }
}

/// Said where no key has listed any model.
const OF_CATALOGUE: &str = "The chat models that this page knows. With a tested key: those that it can call.";

/// Which models are reckoned: those that answered a scan, if any did.
const fn which(found: bool, scanned: Scanned) -> &'static str {
    match (found, scanned) {
        (true, Scanned::Over) => "The chat models that this key can call, by the scan.",
        (true, _) => "The chat models that have answered the scan so far.",
        (false, Scanned::Never) => "All listed chat models. After a scan: only those that the key can call.",
        (false, Scanned::Running) => {
            "All listed chat models, until the scan finds one that this key can call."
        }
        (false, Scanned::Over) => {
            "All listed chat models, although the scan found none that this key can call."
        }
        (false, Scanned::Ended) => {
            "All listed chat models: the scan ended before it found one that this key can call."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Calculator, CalculatorView, Msg};
    use crate::core::app::facts::{Facts, Scanned};
    use crate::core::app::parts::test_facts::{found, listing, nothing};
    use crate::core::models::Access;
    use crate::core::monthly_cost::Field;

    fn models(view: &CalculatorView) -> Vec<&str> {
        view.estimates.iter().map(|estimate| estimate.model.as_str()).collect()
    }

    fn view(facts: &Facts) -> CalculatorView {
        Calculator::default().view(facts)
    }

    #[test]
    fn it_reckons_with_callable_models_alone_once_there_are_some() {
        let known = Calculator::default().view(&nothing());
        assert!(known.about.starts_with("The chat models that this page knows."), "{}", known.about);
        assert!(known.estimates.len() > 8 && known.estimates.iter().all(|it| !it.model.contains("embed")));
        let mut facts = listing(&["mistral-small-2603", "ministral-3b-2512"]);
        assert_eq!(models(&view(&facts)).len(), 2);
        facts.scanned = Scanned::Running;
        found(&mut facts, "ministral-3b-2512", Access::ZeroQuota);
        assert!(view(&facts).about.starts_with("All listed chat models, until"));
        found(&mut facts, "mistral-small-2603", Access::Callable);
        assert_eq!(models(&view(&facts)), ["mistral-small-2603"]);
        assert!(view(&facts).about.ends_with("so far."));
        found(&mut facts, "mistral-large-4", Access::Callable);
        facts.scanned = Scanned::Over;
        let all = view(&facts);
        assert!(all.about.contains("by the scan"));
        assert!(models(&all).len() == 2 && models(&all).contains(&"mistral-large-4"), "{all:?}");
    }

    #[test]
    fn a_field_that_cannot_be_read_is_told_once_and_is_never_simulated() {
        let (mut calculator, facts) = (Calculator::default(), listing(&["mistral-small-2603"]));
        let step = calculator.update(Msg::Typed(Field::Input, "many".to_owned()), &facts);
        let said = step.said.expect("a sentence");
        assert_eq!((said.words.as_str(), said.may_be_simulated), (Field::Input.sentence(), false));
        let step = calculator.update(Msg::Typed(Field::Input, "many more".to_owned()), &facts);
        assert_eq!(step.said, None);
        assert_eq!(calculator.text(Field::Input), "many more");
        let view = calculator.view(&facts);
        assert_eq!((view.problem, view.estimates.len()), (Some(Field::Input), 0));
    }

    #[test]
    fn a_batch_is_half_the_price() {
        let (mut calculator, facts) = (Calculator::default(), listing(&["mistral-small-2603"]));
        let whole = calculator.view(&facts).estimates[0].monthly;
        let _ = calculator.update(Msg::BatchTicked, &facts);
        assert!(calculator.batch());
        let view = calculator.view(&facts);
        assert_eq!(view.batch, Some(true));
        assert!(view.estimates[0].monthly < whole);
    }
}
