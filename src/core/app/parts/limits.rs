//! What is known of the rate limits of a key: what headers tell, else what a scan saw, else where to look.

use crate::core::app::copied::{Copied, command};
use crate::core::app::facts::Facts;
use crate::core::app::words::counted;
use crate::core::features::{Feature, plan};
use crate::core::http::{HttpRequest, Method};
use crate::core::mistral::Endpoint;
use crate::core::mistral::chat::{Ask, Content};
use crate::core::models::{Access, Capability, ModelRow};

/// The rate limits.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The model that a cheap call would ask; none where no model is known.
    smallest: Option<String>,
}

/// The limits as they are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitsView {
    /// What headers told, model by model; empty where the browser hides them.
    pub read: Vec<(String, String)>,
    /// What the scan saw, a sentence each.
    pub seen: Vec<String>,
    /// Why there is no more.
    pub hidden: &'static str,
    /// A command that shows the headers, and whether it was copied.
    pub command: (String, Option<bool>),
}

/// The most lines of what headers told.
const MOST: usize = 50;

/// The model that a cheap call would ask where no model is known for chat.
const USUAL: &str = "ministral-3b-latest";

impl Limits {
    /// Takes up the models as they are known now.
    pub fn follow(&mut self, facts: &Facts) {
        self.smallest = smallest_model(facts);
    }

    /// The limits, as far as they are known.
    pub fn view(&self, facts: &Facts, copied: Option<&Copied>) -> LimitsView {
        let read = facts.outcomes.iter().filter(|(_, outcome)| !outcome.limits.limits.is_empty());
        let read: Vec<(String, String)> =
            read.map(|(model, outcome)| (model.clone(), outcome.limits.sentence())).take(MOST).collect();
        let count = |wanted: Access| facts.outcomes.values().filter(|found| found.access == wanted).count();
        let seen: Vec<String> = [
            (count(Access::Callable), "answered a call at the pace of the scan"),
            (count(Access::RateLimited), "limited now"),
            (count(Access::ZeroQuota), "granted no request at all"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{}: {what}.", counted(count, "model", "models")))
        .collect();
        let hidden = if read.is_empty() {
            "Mistral sends the limits with each answer, in headers that browsers hide from pages. They are set for the workspace, not for the key."
        } else {
            "Read off the headers of the scan’s answers. Limits are set for the workspace, not for the key."
        };
        let request = smallest_call(facts.tested_at, self.smallest.as_deref().unwrap_or(USUAL));
        LimitsView { read, seen, hidden, command: command(copied, &request) }
    }
}

/// The model that a cheap call would ask: the one that the check of chat would, which is known to answer if any is; else one
/// that answers without being listed; else any that is listed.
fn smallest_model(facts: &Facts) -> Option<String> {
    let caller = facts.tested_caller()?;
    let planned =
        plan(Feature::Chat, facts.to_call(), &|row| facts.is_callable(row), facts.today, &caller).ok();
    if let Some(model) = planned.and_then(|planned| planned.model) {
        return Some(model);
    }
    let chats = |row: &&ModelRow| row.capabilities.has(Capability::Chat);
    let answers = |row: &&ModelRow| facts.is_callable(row) == Some(true);
    let unlisted = facts.unlisted.iter().filter(chats).find(answers);
    let row = unlisted.or_else(|| facts.rows.iter().find(chats))?;
    Some(row.call_id().to_owned())
}

/// The cheapest call whose answer tells limits.
fn smallest_call(endpoint: Endpoint, model: &str) -> HttpRequest {
    let ask = Ask::of(model, Content::Message("Hi"), 1);
    HttpRequest { method: Method::Post, endpoint, path: ask.path(), key: None, body: Some(ask.body()) }
}

#[cfg(test)]
mod tests {
    use super::{Limits, LimitsView, USUAL};
    use crate::core::app::copied::{Copied, Copyable};
    use crate::core::app::facts::Facts;
    use crate::core::app::parts::test_facts::{found, listing, nothing};
    use crate::core::models::Access;

    fn view(facts: &Facts) -> LimitsView {
        let mut limits = Limits::default();
        limits.follow(facts);
        limits.view(facts, None)
    }

    fn names(facts: &Facts, model: &str) -> bool {
        view(facts).command.0.contains(&format!("{{\"model\":\"{model}\","))
    }

    #[test]
    fn the_command_names_a_model_that_the_key_can_call() {
        let mut facts = listing(&["mistral-small-2603", "ministral-3b-2512"]);
        assert!(names(&facts, "ministral-3b-2512"), "the cheapest that is listed");
        found(&mut facts, "ministral-3b-2512", Access::TierNotAllowed);
        assert!(names(&facts, "mistral-small-2603"), "the cheapest that may answer");
        found(&mut facts, "mistral-small-2603", Access::ZeroQuota);
        found(&mut facts, "mistral-large-4", Access::Callable);
        assert!(names(&facts, "mistral-large-4"), "one that answers without being listed");
        facts.key().expect("a key").wipe();
        assert!(names(&facts, "mistral-large-4"), "the same for a key that was wiped");
    }

    #[test]
    fn what_the_scan_saw_is_counted() {
        let mut facts = listing(&["mistral-small-2603", "ministral-3b-2512"]);
        assert!(view(&facts).seen.is_empty());
        found(&mut facts, "ministral-3b-2512", Access::ZeroQuota);
        assert_eq!(view(&facts).seen, ["1 model: granted no request at all."]);
        let view = Limits::default().view(&nothing(), None);
        assert!(view.read.is_empty() && view.seen.is_empty() && view.command.0.contains(USUAL), "{view:?}");
    }

    #[test]
    fn a_copied_command_is_known() {
        let facts = listing(&["mistral-small-2603"]);
        let mut limits = Limits::default();
        limits.follow(&facts);
        let text = view(&facts).command.0;
        let copied = Copied { text, kind: Copyable::Command, succeeded: Some(false) };
        assert_eq!(limits.view(&facts, Some(&copied)).command.1, Some(false));
    }
}
