//! The model list: one row per model, not per alias.
//!
//! [`rows`] folds the cards of `GET /v1/models` into rows, [`select`] filters and sorts them for showing.

mod access;
pub mod announced;
mod ending;
mod exact;
mod family;
mod listed;
pub mod reasoning;
pub mod retired;
mod table;
mod unlisted;

pub use crate::core::mistral::capability::{Capabilities, Capability};
pub use crate::core::mistral::wire::ModelKind;
pub use access::Access;
pub(in crate::core) use exact::{LATEST, is_date, is_version};
pub use family::Family;
pub use listed::{LeftOut, MOST_ROWS, listed};
pub(crate) use table::natural;
pub(in crate::core) use table::pair;
pub use table::{Column, Direction, Query, Rank, Sort, context_label, facets, matching, select};
pub use unlisted::{catalogue, unlisted};

use std::collections::BTreeMap;

use crate::core::mistral::wire::ModelCard;
use crate::core::order::sorted;
use crate::core::prices::Price;
use crate::core::time::Date;
use crate::core::work;

/// A model that the key can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelRow {
    /// The id that says most exactly which model it is, and the best one to call: it goes on meaning this model when aliases
    /// move on. The only name by which the page calls the model.
    pub name: String,
    /// Every id and alias under which the model can be called, once each: the name, then in Mistral's order.
    pub ids: Vec<String>,
    /// Where it belongs.
    pub family: Family,
    /// The capabilities of the model.
    pub capabilities: Capabilities,
    /// Context length in tokens, if Mistral says.
    pub context: Option<u32>,
    /// Mistral's sentence about it; of a fine-tuned model without one, what its owner called it.
    pub description: Option<String>,
    /// The price at the global endpoint, if that is known.
    pub price: Option<Price>,
    /// When it stops answering, if that is settled.
    pub retirement: Option<Retirement>,
    /// `mistralai`, another vendor, or the id of an organisation.
    pub owner: Option<String>,
    /// Mistral's own weights or fine-tuned ones.
    pub kind: ModelKind,
    /// Whether the key's list names it. Others are known to exist, and may work all the same.
    pub listed: bool,
    /// The text that a search looks through, in lower case. Built once, because a search runs on every key press.
    haystack: String,
}

impl ModelRow {
    /// The id to copy and to put in requests.
    pub fn call_id(&self) -> &str {
        &self.name
    }

    /// The other ids, for showing beside the first.
    pub fn aliases(&self) -> &[String] {
        self.ids.get(1..).unwrap_or_default()
    }

    /// Whether its owner put it away.
    pub fn is_archived(&self) -> bool {
        matches!(self.kind, ModelKind::FineTuned { archived: true, .. })
    }

    /// Whether a request that names `id` reaches this model.
    pub fn answers_to(&self, id: &str) -> bool {
        work::step(self.ids.len());
        self.ids.iter().any(|own| own == id)
    }
}

/// The end of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retirement {
    /// The last day on which it is sure to answer.
    pub date: Date,
    /// The model that Mistral advises instead.
    pub replacement: Option<String>,
    /// Who says so, where it is not Mistral.
    pub source: Option<&'static str>,
}

/// On which side of its retirement a model is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetirementState {
    /// The date is today or lies ahead.
    Retiring,
    /// The date has passed. Requests may still be answered for a while, or by the replacement.
    Retired,
}

impl Retirement {
    /// An end on record; `None` for one without a day.
    pub(in crate::core) fn of(end: retired::End) -> Option<Self> {
        let replacement = end.replacement.map(str::to_owned);
        end.on.map(|date| Self { date, replacement, source: end.source })
    }

    /// Where `today` lies.
    pub fn state(&self, today: Date) -> RetirementState {
        if today > self.date { RetirementState::Retired } else { RetirementState::Retiring }
    }

    /// Whether Mistral's own date has passed. That of a list proves nothing against a model that Mistral still names.
    pub fn is_over(&self, today: Date) -> bool {
        self.source.is_none() && self.state(today) == RetirementState::Retired
    }

    /// The day in few words: `30 Apr 2027` ahead, `retired 31 Aug 2026` behind.
    pub fn label(&self, today: Date) -> String {
        let day = self.date.in_words();
        match self.state(today) {
            RetirementState::Retiring => day,
            RetirementState::Retired => format!("retired {day}"),
        }
    }

    /// Date and state in words, such as `due to retire 31 Dec 2026, in 37 days` or `retired 31 Aug 2026`, with who says so
    /// where it is not Mistral.
    pub fn sentence(&self, today: Date) -> String {
        let mut words = match self.state(today) {
            RetirementState::Retired => format!("retired {}", self.date.in_words()),
            RetirementState::Retiring => match today.days_until(self.date) {
                0 => "retires today".to_owned(),
                1 => "retires tomorrow".to_owned(),
                days => format!("due to retire {}, in {days} days", self.date.in_words()),
            },
        };
        if let Some(source) = self.source {
            words.extend([", according to ", source]);
        }
        words
    }
}

/// Folds cards into one row per model, ordered by family, then by name.
///
/// Cards belong together when they share a `name`. A card without a name joins the model that lists its id, if one
/// does. Fine-tuned models are told apart by id, because their name is what their owner called them.
pub fn rows(cards: &[ModelCard]) -> Vec<ModelRow> {
    let mut models: Vec<Vec<&ModelCard>> = Vec::new();
    // Where the cards of a name are, and the model that lists an id: with 5 000 models, looking for them takes seconds.
    let (mut homes, mut listed) = (BTreeMap::new(), BTreeMap::new());
    let (with_name, without): (Vec<&ModelCard>, Vec<&ModelCard>) =
        cards.iter().partition(|card| canonical_name(card).is_some());
    for card in with_name.into_iter().chain(without) {
        work::step(1);
        let home = match canonical_name(card) {
            Some(name) => *homes.entry(name).or_insert(models.len()),
            None => listed.get(card.id.as_str()).copied().unwrap_or(models.len()),
        };
        for id in ids_of(card) {
            listed.insert(id, home);
        }
        match models.get_mut(home) {
            Some(model) => model.push(card),
            None => models.push(vec![card]),
        }
    }
    sorted(models.iter().filter_map(|model| row(model)).collect(), table::by_family_and_name)
}

fn canonical_name(card: &ModelCard) -> Option<&str> {
    if card.kind == ModelKind::Base { card.name.as_deref() } else { None }
}

fn ids_of(card: &ModelCard) -> impl Iterator<Item = &str> {
    [&card.id].into_iter().chain(&card.aliases).map(String::as_str)
}

/// One row from the cards of one model; `None` without cards.
fn row(cards: &[&ModelCard]) -> Option<ModelRow> {
    let first = cards
        .iter()
        .copied()
        .find(|card| canonical_name(card) == Some(&card.id))
        .or(cards.first().copied())?;
    // The canonical card has the first word on everything, the others fill in what it lacks.
    let in_order = || [first].into_iter().chain(cards.iter().copied());

    let listed = || cards.iter().map(|card| card.id.as_str()).chain(cards.iter().copied().flat_map(ids_of));
    let canonical = canonical_name(first).filter(|name| listed().any(|id| id == *name)).unwrap_or(&first.id);
    let name = exact::exact_id(canonical, listed());
    // A list may give thousands of names to one model.
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let all = [name].into_iter().chain(listed());
    let ids: Vec<String> = all.filter(|id| known.insert(id, 0).is_none()).map(str::to_owned).collect();
    work::step(ids.len());

    let mut capabilities = cards.iter().fold(Capabilities::NONE, |all, card| all.union(card.capabilities));
    if ids.iter().any(|id| id.contains("embed")) {
        capabilities = capabilities.with(Capability::Embeddings);
    }
    let owner = in_order().find_map(|card| card.owner.clone());
    let family = Family::of(&ids, capabilities, owner.as_deref(), &first.kind);
    let retirement = in_order().find_map(|card| card.retires).map(|date| Retirement {
        date,
        replacement: in_order().find_map(|card| card.replacement.clone()).filter(|id| !ids.contains(id)),
        source: None,
    });
    let announced = || ids.iter().find_map(|id| announced::end(id)).and_then(Retirement::of);
    let retirement = retirement.or_else(announced);
    let given_name = if canonical_name(first).is_none() { first.name.clone() } else { None };
    Some(ModelRow {
        haystack: haystack(&ids, family, capabilities, given_name.as_deref()),
        name: name.to_owned(),
        price: if first.kind == ModelKind::Base { Price::of(&ids) } else { None },
        ids,
        family,
        capabilities,
        context: in_order().find_map(|card| card.context),
        description: in_order().find_map(|card| card.description.clone()).or(given_name),
        retirement,
        owner,
        kind: first.kind.clone(),
        listed: true,
    })
}

/// Everything a search looks at, one item a line so that no word is found across two of them.
fn haystack(ids: &[String], family: Family, capabilities: Capabilities, given_name: Option<&str>) -> String {
    let mut items: Vec<&str> = ids.iter().map(String::as_str).collect();
    items.push(family.label());
    for capability in capabilities.iter() {
        items.push(capability.label());
    }
    items.extend(given_name);
    items.join("\n").to_ascii_lowercase()
}

#[cfg(test)]
mod tests;
