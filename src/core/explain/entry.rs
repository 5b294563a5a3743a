//! Rows of the table of explanations: what is known of a cause, whatever the particular exchange.

use crate::core::explain::Verdict;
use crate::core::time::Span;

/// A row of the table of explanations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name in the DOM (`data-cause`) and in reports.
    pub name: &'static str,
    /// The verdict it leads to.
    pub verdict: Verdict,
    /// The heading: one plain sentence.
    pub headline: &'static str,
    /// What happened and what it means.
    pub meaning: &'static str,
    /// The certainty of the cause, unless the exchange says more.
    pub certainty: Certainty,
    /// The suspects: narrower or other causes, likeliest first.
    pub suspects: &'static [Suspect],
    /// Who can do something about it, first things first.
    pub fixers: &'static [Fixer],
    /// Whether waiting helps.
    pub waiting: Waiting,
    /// The steps to take, first things first.
    pub next: &'static [Step],
}

impl Entry {
    /// Returns who can do something about it, in words: `you, whoever runs your network or Mistral`. Empty if nobody has to.
    pub fn who(&self) -> String {
        let mut words = String::new();
        for (place, fixer) in self.fixers.iter().enumerate() {
            let last = place + 1 == self.fixers.len();
            words.push_str(match (place, last) {
                (0, _) => "",
                (_, true) => " or ",
                (_, false) => ", ",
            });
            words.push_str(fixer.label());
        }
        words
    }
}

/// The certainty of a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The evidence leaves no other reading.
    Certain,
    /// The usual reading; others are named.
    Likely,
    /// One of several, and the evidence does not choose.
    Possible,
}

impl Certainty {
    /// Lowers the certainty to likely: something essential is not known.
    pub(in crate::core) const fn at_most_likely(self) -> Self {
        match self {
            Self::Certain => Self::Likely,
            less => less,
        }
    }

    /// Returns the word on the card.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "one of several possibilities",
        }
    }

    /// Returns the stable name, for reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// The maker of the call. What only makes sense for one of them is not said of the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Caller {
    /// This page, in this browser.
    #[default]
    Page,
    /// A program of the user's, known from a pasted text.
    Program,
}

/// One of several explanations of the same answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// The likelihood.
    pub likelihood: Likelihood,
    /// The phrase for it, which begins with a capital and ends with a full stop.
    pub words: &'static str,
    /// Whose calls it can be true of, if not of everybody's.
    pub only: Option<Caller>,
}

impl Suspect {
    /// Restricts the suspect to calls of a program.
    pub(in crate::core) const fn in_a_program(self) -> Self {
        Self { only: Some(Caller::Program), ..self }
    }

    /// Restricts the suspect to calls of this page.
    pub(in crate::core) const fn on_this_page(self) -> Self {
        Self { only: Some(Caller::Page), ..self }
    }

    /// Whether it can be true of a call that `caller` made.
    pub fn is_about(&self, caller: Caller) -> bool {
        self.only.is_none_or(|only| only == caller)
    }
}

/// A suspect that is more likely than the others.
pub(in crate::core) const fn likely(words: &'static str) -> Suspect {
    Suspect { likelihood: Likelihood::Likely, words, only: None }
}

/// A suspect that is neither likely nor unlikely.
pub(in crate::core) const fn possible(words: &'static str) -> Suspect {
    Suspect { likelihood: Likelihood::Possible, words, only: None }
}

/// A suspect that is less likely than the others.
pub(in crate::core) const fn unlikely(words: &'static str) -> Suspect {
    Suspect { likelihood: Likelihood::Unlikely, words, only: None }
}

/// The likelihood of one explanation beside the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likelihood {
    /// More likely than the others.
    Likely,
    /// Neither likely nor unlikely.
    Possible,
    /// Less likely than the others.
    Unlikely,
}

impl Likelihood {
    /// Returns the word on the card.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Likely => "Likely",
            Self::Possible => "Possible",
            Self::Unlikely => "Unlikely",
        }
    }
}

/// Somebody who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixer {
    /// The user of the page.
    You,
    /// Who manages the Mistral organisation.
    Admin,
    /// Mistral.
    Mistral,
    /// Who runs the network in between.
    Network,
}

impl Fixer {
    /// Returns the name for the middle of a sentence.
    pub const fn label(self) -> &'static str {
        match self {
            Self::You => "you",
            Self::Admin => "your organisation’s administrator",
            Self::Mistral => "Mistral",
            Self::Network => "whoever runs your network",
        }
    }
}

/// Whether waiting helps, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// A whole sentence.
    pub sentence: &'static str,
    /// The countdown in which the page can test again by itself, if that tells anything.
    pub retest: Option<Retest>,
}

/// A countdown with tests in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retest {
    /// Time between two tests.
    pub every: Span,
    /// When to give up.
    pub during: Span,
}

/// A step to take next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One sentence says all.
    Do(&'static str),
    /// A step on this page, after a call of its own.
    OnPage(&'static str),
    /// A step in the program that made the call.
    InProgram(&'static str),
    /// A step at a place of Mistral's.
    Visit(&'static str, Link),
}

impl Step {
    /// Returns the words of the step.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Do(words) | Self::OnPage(words) | Self::InProgram(words) | Self::Visit(words, _) => words,
        }
    }

    /// Returns the place of the step, if it is a page of Mistral's.
    pub const fn link(self) -> Option<Link> {
        match self {
            Self::Visit(_, link) => Some(link),
            Self::Do(_) | Self::OnPage(_) | Self::InProgram(_) => None,
        }
    }

    /// Whether it helps after a call that `caller` made.
    pub fn is_for(self, caller: Caller) -> bool {
        match self {
            Self::OnPage(_) => caller == Caller::Page,
            Self::InProgram(_) => caller == Caller::Program,
            Self::Do(_) | Self::Visit(..) => true,
        }
    }
}

/// A page of Mistral's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words on the link.
    pub label: &'static str,
    /// Where it leads.
    pub address: &'static str,
}
