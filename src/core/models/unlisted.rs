//! Models that are known to exist although the key's list does not name them. Some of them work: a list of October 2026
//! left out models that answered.

use crate::core::mistral::wire::{ModelCard, ModelKind};
use crate::core::models::{Capabilities, Capability, ModelRow, is_date, retired::retired, rows};
use crate::core::prices::{AS_OF, Rate, known};
use crate::core::time::Date;

/// The models of the price table that none of `listed` answers to, but for those that have retired by `today`. What they can do
/// follows from what is paid for.
pub fn unlisted(listed: &[ModelRow], today: Date) -> Vec<ModelRow> {
    let missing = known().filter(|(ids, _)| {
        !ids.iter().any(|id| retired(id, today).is_some() || listed.iter().any(|row| row.answers_to(id)))
    });
    let cards: Vec<ModelCard> = missing.filter_map(|(ids, price)| card(ids, price.rate)).collect();
    let mut rows = rows(&cards);
    for row in &mut rows {
        row.listed = false;
    }
    rows
}

/// Every model that the page itself knows, as on the day on which its prices were read: what can be shown without a key.
pub fn catalogue() -> Vec<ModelRow> {
    let mut rows = unlisted(&[], AS_OF);
    for row in &mut rows {
        // Without a list there is none that leaves it out.
        row.listed = true;
    }
    rows
}

fn card(ids: &[&str], rate: Rate) -> Option<ModelCard> {
    // One name for one model, here as in a list: the dated one.
    let is_dated = |id: &&&str| id.rsplit('-').next().is_some_and(is_date);
    let id = *ids.iter().find(is_dated).or(ids.first())?;
    Some(ModelCard {
        id: id.to_owned(),
        name: Some(id.to_owned()),
        aliases: ids.iter().filter(|other| **other != id).map(|id| (*id).to_owned()).collect(),
        capabilities: capabilities(id, rate),
        context: None,
        description: None,
        retires: None,
        replacement: None,
        owner: None,
        kind: ModelKind::Base,
    })
}

fn capabilities(id: &str, rate: Rate) -> Capabilities {
    let main = Capabilities::NONE.with(capability(id, rate));
    if main.has(Capability::Chat) && id.starts_with("codestral") { main.with(Capability::Fim) } else { main }
}

fn capability(id: &str, rate: Rate) -> Capability {
    match rate {
        Rate::Free if id.contains("moderation") => Capability::Moderation,
        Rate::Free | Rate::Tokens { output: Some(_), .. } => Capability::Chat,
        Rate::Tokens { output: None, .. } => Capability::Embeddings,
        Rate::Pages { .. } => Capability::Ocr,
        Rate::Minutes(_) if id.contains("realtime") => Capability::RealtimeTranscription,
        Rate::Minutes(_) => Capability::Transcription,
        Rate::Characters(_) => Capability::Speech,
    }
}
