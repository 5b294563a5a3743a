//! Explanations of answers: verdict, cause, evidence, next steps.
//!
//! [`judge`] and [`look_up`] decide the [`Cause`] by a table of rules, [`Cause::entry`] holds what is known of each cause,
//! [`Clues`] narrow down why no answer came, and an [`Explanation`] is all of it for one exchange. A status alone
//! proves little: firewalls and captive portals answer 403 and 200 too, so a refusal counts as Mistral's only if its
//! body does.

mod cause;
mod circumstances;
mod entry;
mod evidence;
mod inquiry;
mod judge;
pub mod links;
mod markdown;
mod particulars;
mod rules;
mod symptoms;
mod table;

pub use cause::Cause;
pub use circumstances::Circumstances;
pub use entry::{Caller, Certainty, Entry, Fixer, Likelihood, Link, Retest, Step, Suspect, Waiting};
pub(in crate::core) use evidence::of_error as error_evidence;
pub use inquiry::{Clues, Conclusion, Probe, Shown};
pub use judge::{judge, judge_completion};
pub(in crate::core) use markdown::{fence, safe};
pub(in crate::core) use particulars::{case_words, faulty_fields};
pub use rules::{Finding, is_known_code, look_up, look_up_reworded, telling_words};
pub(in crate::core) use rules::{Telling, telling};
pub use symptoms::{Body, Symptoms};

pub(in crate::core) use entry::{likely, possible, unlikely};

use std::borrow::Cow;

use crate::core::exchange::Exchange;
use crate::core::fact::Fact;
use crate::core::key::{ApiKey, Doubt, KeyProblem};
use crate::core::mistral::limits::RateLimits;
use crate::core::models::retired;
use crate::core::time::Span;

/// The day on which the rules and the table of causes were last held against their sources.
pub const READ: Fact = Fact::read("what answers mean", 2026, 11, 29);

/// The answer to "does this key work?". Stable names: see [`Verdict::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Mistral accepted the key.
    Works,
    /// The key is accepted, but not for everything or not now.
    Limited,
    /// Mistral refused the key.
    Refused,
    /// An answer came that says nothing about the key.
    Unclear,
    /// No answer came.
    Unreachable,
    /// Nothing was sent.
    NotSent,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 6] =
        [Self::Works, Self::Limited, Self::Refused, Self::Unclear, Self::Unreachable, Self::NotSent];

    /// The name in the DOM (`data-verdict`) and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Limited => "limited",
            Self::Refused => "refused",
            Self::Unclear => "unclear",
            Self::Unreachable => "unreachable",
            Self::NotSent => "not-sent",
        }
    }
}

/// An explained outcome: a cause and what belongs to this exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Why.
    pub cause: Cause,
    /// The certainty of the cause.
    pub certainty: Certainty,
    /// The heading: one plain sentence about this case.
    pub headline: Cow<'static, str>,
    /// What happened and what it means.
    pub meaning: &'static str,
    /// Particulars of this case that are worth reading first; each a sentence.
    pub notes: Vec<String>,
    /// The evidence in this exchange, strongest first; each a sentence.
    pub evidence: Vec<String>,
    /// The suspects: narrower or other causes, likeliest first.
    pub suspects: Vec<Suspect>,
    /// The first step, in words for this case; none if the steps that follow say it as well.
    pub first_step: Option<String>,
    /// The steps to take, first things first.
    pub next: Vec<Step>,
    /// Whether waiting helps and how long: a sentence.
    pub waiting: String,
    /// The countdown in which the page can test again by itself, if that tells anything.
    pub retest: Option<Retest>,
}

/// Longer pauses than this are not waited for by a page.
const LONGEST_PAUSE: Span = Span::from_secs(600);

impl Explanation {
    fn of_cause(cause: Cause, evidence: Vec<String>, caller: Caller) -> Self {
        let entry = cause.entry();
        Self {
            cause,
            certainty: entry.certainty,
            headline: Cow::Borrowed(entry.headline),
            meaning: entry.meaning,
            notes: Vec::new(),
            evidence,
            suspects: entry.suspects.iter().copied().filter(|suspect| suspect.is_about(caller)).collect(),
            first_step: None,
            next: entry.next.iter().copied().filter(|step| step.is_for(caller)).collect(),
            waiting: entry.waiting.sentence.to_owned(),
            retest: entry.waiting.retest,
        }
    }

    /// Returns the row of the table of explanations for the cause.
    pub fn entry(&self) -> &'static Entry {
        self.cause.entry()
    }

    /// Returns the heading as it is read aloud: without the signs that mark code.
    pub fn spoken(&self) -> String {
        self.headline.replace('`', "")
    }

    /// Returns every sentence that the page shows of it, in the order of the page: headline, meaning, notes, suspects, steps,
    /// waiting, evidence.
    pub fn sentences(&self) -> Vec<String> {
        let suspects = self.suspects.iter().map(|suspect| suspect.words.to_owned());
        let mut said = vec![self.headline.clone().into_owned(), self.meaning.to_owned()];
        said.extend(self.notes.iter().cloned().chain(suspects).chain(self.steps()));
        said.push(self.waiting.clone());
        said.extend(self.evidence.iter().cloned());
        said
    }

    /// Returns the steps in words, first things first.
    pub fn steps(&self) -> impl Iterator<Item = String> {
        self.first_step.clone().into_iter().chain(self.next.iter().map(|step| step.words().to_owned()))
    }

    /// Returns all of it as Markdown, to be posted: heading, meaning, steps, evidence.
    pub fn markdown(&self) -> String {
        markdown::of(self)
    }

    /// Whether the suspects are what the reader needs first: nothing in the answer chooses between them.
    pub fn leads_with_suspects(&self) -> bool {
        self.certainty == Certainty::Possible
    }

    /// Explains what is wrong with a text as a key, without sending it; `None` if nothing is.
    pub fn of_text(text: &str) -> Option<Self> {
        match ApiKey::parse(text) {
            Err(problem) => Some(Self::of_problem(problem)),
            Ok(parsed) => parsed.reading.doubt.map(|doubt| Self::of_doubt(doubt, parsed.reading.sentence())),
        }
    }

    /// Explains why nothing was sent: the text cannot be a key.
    pub fn of_problem(problem: KeyProblem) -> Self {
        let cause = match problem {
            KeyProblem::Empty => Cause::Empty,
            KeyProblem::Masked => Cause::Masked,
            KeyProblem::Placeholder => Cause::Placeholder,
            KeyProblem::Unsendable { .. } | KeyProblem::TooLong => Cause::Unsendable,
        };
        Self::of_cause(cause, vec![problem.sentence()], Caller::Page)
    }

    /// Explains why nothing was sent yet: the text is probably not a usable Mistral key.
    pub fn of_doubt(doubt: Doubt, sentence: String) -> Self {
        let cause = match doubt {
            Doubt::OtherVendor(_) => Cause::OtherVendor,
            Doubt::Masked => Cause::Masked,
            Doubt::Placeholder => Cause::Placeholder,
            Doubt::RealtimeToken => Cause::Unsendable,
        };
        let mut told = Self::of_cause(cause, vec![sentence], Caller::Page);
        if doubt == Doubt::RealtimeToken {
            told.headline = Cow::Borrowed("This is a realtime token, not a key.");
            told.meaning =
                "Mistral gives such tokens to browsers, for one live transcription. Nothing was sent.";
            told.suspects.clear();
            told.next.clear();
            told.first_step = Some("Paste the key that the token was made with.".to_owned());
        }
        told
    }

    /// Explains the model list.
    pub fn of_success(exchange: &Exchange, asked: &str) -> Self {
        let lines = evidence::of_exchange(exchange, asked, &str::to_owned);
        Self::of_cause(Cause::Works, lines, Caller::Page)
    }

    /// Explains a finding about a finished exchange; `asked` names who was to answer. Servers and browsers quote what
    /// they were sent, so `key` is cut out of their words.
    pub fn of_exchange(
        finding: Finding,
        exchange: &Exchange,
        asked: &str,
        key: Option<&ApiKey>,
        circumstances: &Circumstances,
    ) -> Self {
        let redact = |text: &str| key.map_or_else(|| text.to_owned(), |key| key.redact(text));
        let lines = evidence::of_exchange(exchange, asked, &redact);
        let symptoms = exchange.answer().map(Symptoms::of).unwrap_or_default();
        let mut explanation = Self::of_finding(finding, lines, &symptoms, circumstances);
        let Self { headline, first_step, notes, evidence, .. } = &mut explanation;
        if let Cow::Owned(words) = headline {
            *words = redact(words);
        }
        for line in first_step.iter_mut().chain(notes).chain(evidence) {
            *line = redact(line);
        }
        explanation
    }

    /// Explains what `symptoms` were found to mean, after the lines that say where they come from.
    pub fn of_finding(
        finding: Finding,
        mut evidence: Vec<String>,
        symptoms: &Symptoms,
        circumstances: &Circumstances,
    ) -> Self {
        let (finding, more) = circumstances.refine(finding);
        evidence.extend((!finding.because.is_empty()).then(|| finding.because.to_owned()));
        evidence.extend(more);
        let limits = RateLimits::read(&symptoms.headers);
        evidence.extend(evidence::of_limits(symptoms, &limits));
        let mut explanation = Self::of_cause(finding.cause, evidence, circumstances.caller);
        explanation.certainty = finding.certainty;
        if matches!(finding.cause, Cause::InvalidModel | Cause::ModelNotFound | Cause::ModelRetired) {
            let message = symptoms.error().and_then(|error| error.message.as_deref());
            explanation.notes = message.map(retired::sentences).unwrap_or_default();
        }
        explanation.notes.extend(circumstances.of_hosts(finding.cause));
        particulars::apply(&mut explanation, symptoms);
        // Of other answers it says nothing, or it is not Mistral who asks.
        let limited = matches!(symptoms.status, Some(429 | 503)) && explanation.retest.is_some();
        if let (Some(seconds), true) = (limits.retry_after, limited) {
            explanation.wait_as_asked(seconds);
        }
        explanation
    }

    /// Takes over the time that Mistral itself asks to wait.
    fn wait_as_asked(&mut self, seconds: u64) {
        let seconds = seconds.max(1);
        let time = match seconds {
            1 => "1 second".to_owned(),
            2..=119 => format!("{seconds} seconds"),
            120..=7_199 => format!("{} minutes", seconds.div_ceil(60)),
            7_200..=86_399 => format!("{} hours", seconds.div_ceil(3_600)),
            _ => "a day or more".to_owned(),
        };
        self.waiting = format!("Waiting helps: Mistral asks to wait {time}.");
        let pause = Span::from_secs(seconds);
        self.retest = (pause <= LONGEST_PAUSE).then_some(Retest { every: pause, during: pause });
    }

    /// Adds the conclusion of an inquiry into why no answer came.
    #[must_use]
    pub fn after_inquiry(self, conclusion: Conclusion) -> Self {
        let mut evidence = self.evidence;
        evidence.extend(conclusion.evidence);
        Self {
            certainty: conclusion.certainty,
            suspects: conclusion.suspects,
            ..Self::of_cause(conclusion.cause, evidence, Caller::Page)
        }
    }
}
