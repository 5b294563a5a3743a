//! The plan of a feature check: its requests, their model and their price.

use crate::core::access::voice_in;
use crate::core::exchange::Exchange;
use crate::core::features::{Feature, State, judge, requests};
use crate::core::http::HttpRequest;
use crate::core::mistral::usage::Usage;
use crate::core::mistral::{Caller, FIRST_VOICE};
use crate::core::models::reasoning::Reasoning;
use crate::core::models::{Capability, Family, ModelKind, ModelRow};
use crate::core::prices::{Charge, Terms};
use crate::core::time::Date;

/// A feature check that can be made.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The feature that is checked.
    pub feature: Feature,
    /// The model that is called; `None` for what reads a list.
    pub model: Option<String>,
    /// The most that it can use, and at what price.
    pub terms: Terms,
    purpose: Purpose,
}

/// The purpose of a check's requests: the proof alone, or a voice first.
#[derive(Clone, Debug)]
enum Purpose {
    /// One is all.
    One(HttpRequest),
    /// A voice has to be found before there is something to send.
    WithVoice(Caller),
}

/// The reason why a feature cannot be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unplanned {
    /// No listed model is for it, but perhaps fine-tuned or retired ones.
    NoModel,
    /// Those that are were called before, and none answers this key.
    NoneAnswers,
    /// The host that is asked does not have it.
    NotHere,
}

impl Unplanned {
    /// Returns the reason, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NoModel => "This key lists no model for it.",
            Self::NoneAnswers => "No model for it answers this key.",
            Self::NotHere => "This host does not offer it. Test the key at the global one.",
        }
    }
}

/// Plans the check of a feature. Among the models that can prove it, those known to answer come first, then those
/// that need no switch of the organisation as Labs models do, then those that do not always reason, which a short answer leaves
/// no room for, then those with a known price, the cheapest of them first.
/// `callable` says of a model whether it answers this key, as far as that is known.
///
/// # Errors
/// The reason why there is nothing to send.
pub fn plan<'r>(
    feature: Feature,
    rows: impl IntoIterator<Item = &'r ModelRow, IntoIter: Clone>,
    callable: &dyn Fn(&ModelRow) -> Option<bool>,
    today: Date,
    caller: &Caller,
) -> Result<Planned, Unplanned> {
    if !feature.is_at(caller.endpoint) {
        return Err(Unplanned::NotHere);
    }
    if let Some(path) = feature.list() {
        let purpose = Purpose::One(caller.get(path));
        return Ok(Planned { feature, model: None, terms: Terms::FREE, purpose });
    }
    let rows = rows.into_iter();
    let able = || rows.clone().filter(|row| is_able(feature, row, today));
    // The name of the model makes no difference, and putting a request together for each of 5 000 takes its time.
    let bound = requests::bound(feature, "");
    let row = able()
        .filter(|row| callable(row) != Some(false))
        .min_by_key(|row| {
            let worst = row.price.map(|price| price.at(caller.endpoint).of_usage(&bound));
            let reasons = Reasoning::of(&row.name).is_some_and(|model| model.reasons_with(None));
            (callable(row).is_none(), row.family == Family::Labs, reasons, worst.is_none(), worst)
        })
        .ok_or(if able().next().is_some() { Unplanned::NoneAnswers } else { Unplanned::NoModel })?;
    let model = row.call_id();
    let purpose = match requests::path(feature) {
        Some(path) if feature != Feature::Speech => {
            Purpose::One(caller.post(path, requests::body(feature, model, "")))
        }
        _ => Purpose::WithVoice(caller.clone()),
    };
    Ok(Planned { feature, model: Some(model.to_owned()), terms: terms(feature, row, caller), purpose })
}

/// What a check uses at most, in words such as `at most 64 tokens in and 16 out`; of one that reads a list, that it is free.
pub fn most_used(feature: Feature) -> String {
    if feature.is_free() {
        return "free".to_owned();
    }
    let Usage { input, output, audio_seconds, pages, characters, .. } = requests::bound(feature, "");
    let counts = [
        (pages, "page", "pages"),
        (audio_seconds, "second of audio", "seconds of audio"),
        (characters, "character", "characters"),
        (input, "token in", "tokens in"),
        (output, "token out", "tokens out"),
    ];
    let named = counts.into_iter().filter(|(count, ..)| *count > 0);
    let words: Vec<String> =
        named.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).collect();
    format!("at most {}", words.join(", "))
}

fn terms(feature: Feature, row: &ModelRow, caller: &Caller) -> Terms {
    Terms {
        price: row.price.map(|price| price.at(caller.endpoint)),
        bound: requests::bound(feature, row.call_id()),
    }
}

/// Whether a model can prove the feature today. Those that transcribe while one speaks do it over a web socket only.
fn is_able(feature: Feature, row: &ModelRow, today: Date) -> bool {
    let needs: &[Capability] = match feature {
        Feature::Chat | Feature::Streaming | Feature::JsonSchema => &[Capability::Chat],
        Feature::Tools => &[Capability::Chat, Capability::Tools],
        Feature::Vision => &[Capability::Chat, Capability::Vision],
        Feature::Fim => &[Capability::Fim],
        Feature::Embeddings => &[Capability::Embeddings],
        Feature::Moderation => &[Capability::Moderation],
        Feature::Ocr => &[Capability::Ocr],
        Feature::Transcription => &[Capability::Transcription],
        Feature::Speech => &[Capability::Speech],
        Feature::Files
        | Feature::Batch
        | Feature::Agents
        | Feature::Conversations
        | Feature::Libraries
        | Feature::Voices => return false,
    };
    let realtime = row.capabilities.has(Capability::RealtimeTranscription);
    let retired = row.retirement.as_ref().is_some_and(|end| end.is_over(today));
    needs.iter().all(|&capability| row.capabilities.has(capability))
        && row.kind == ModelKind::Base
        && !retired
        && !(feature == Feature::Transcription && realtime)
}

impl Planned {
    /// Returns the next request, after the finished exchanges in their order; `None` when the check is done or cannot go on.
    pub fn next(&self, answered: &[Exchange]) -> Option<HttpRequest> {
        match (&self.purpose, answered) {
            (Purpose::One(request), []) => Some(request.clone()),
            (Purpose::WithVoice(caller), []) => Some(caller.get(FIRST_VOICE)),
            (Purpose::WithVoice(caller), [voices]) => {
                let voice = first_voice(voices)?;
                let body = requests::body(self.feature, self.model.as_deref()?, &voice);
                Some(caller.post(requests::path(self.feature)?, body))
            }
            _ => None,
        }
    }

    /// Judges the feature by the finished exchanges; [`State::Unchecked`] while there is still something to send.
    pub fn judge(&self, answered: &[Exchange]) -> State {
        if self.next(answered).is_some() {
            return State::Unchecked;
        }
        match (&self.purpose, answered) {
            (_, []) => State::Unchecked,
            (Purpose::One(_), [exchange, ..]) | (Purpose::WithVoice(_), [_, exchange, ..]) => {
                judge(self.feature, exchange)
            }
            (Purpose::WithVoice(_), [voices]) => {
                let found = judge(Feature::Voices, voices);
                let why =
                    format!("Speech needs a voice, and the list of voices gave none. {}", found.sentence());
                State::Unclear { why, finding: found.finding() }
            }
        }
    }

    /// Returns the cost of the finished exchanges. Reading a list costs nothing, however it ends.
    pub fn charge(&self, answered: &[Exchange]) -> Charge {
        let paid = match self.purpose {
            Purpose::One(_) => answered.first(),
            Purpose::WithVoice(_) => answered.get(1),
        };
        paid.map(|exchange| self.terms.charge(exchange)).unwrap_or_default()
    }
}

/// The id of the first voice of a list that came.
fn first_voice(voices: &Exchange) -> Option<String> {
    let State::Works { .. } = judge(Feature::Voices, voices) else { return None };
    voice_in(&voices.answer()?.body)
}
