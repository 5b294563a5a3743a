//! What is known of the rate limits of a key: what headers tell, else what a scan saw, else where to look.

use crate::core::app::Model;
use crate::core::features::Feature;
use crate::core::http::{Body, HttpRequest, Method};
use crate::core::mistral::Endpoint;
use crate::core::mistral::chat::{Ask, Content};
use crate::core::models::{Access, Capability, ModelRow};

/// The limits as they are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Model {
    /// The limits, as long as there is a key that works.
    pub fn limits_view(&self) -> Option<LimitsView> {
        if self.rows_shown.is_empty() {
            return None;
        }
        let outcomes = &self.access.outcomes;
        let read = outcomes.iter().filter(|(_, outcome)| !outcome.limits.limits.is_empty());
        let read: Vec<(String, String)> =
            read.map(|(model, outcome)| (model.clone(), outcome.limits.sentence())).take(MOST).collect();
        let count = |wanted: Access| outcomes.values().filter(|outcome| outcome.access == wanted).count();
        let callable = count(Access::Callable);
        let seen: Vec<String> = [
            (callable, "answered a call at the pace of the scan"),
            (count(Access::RateLimited), "limited now"),
            (count(Access::ZeroQuota), "granted no request at all"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{}: {what}.", super::present::counted(count, "model", "models")))
        .collect();
        let hidden = if read.is_empty() {
            "Mistral sends the limits with each answer, in headers that browsers hide from pages. They are set for the workspace, not for the key."
        } else {
            "Read off the headers of the scan’s answers. Limits are set for the workspace, not for the key."
        };
        let command = self.command(&smallest_call(self.tested_at(), self.smallest_model()));
        Some(LimitsView { read, seen, hidden, command })
    }

    /// The model that a cheap call would ask: the one that the check of chat would, which is known to answer if any is; else
    /// one that answers without being listed; else any that is listed.
    fn smallest_model(&self) -> &str {
        let chats = |row: &&ModelRow| row.capabilities.has(Capability::Chat);
        let plan = self.features.plans.iter().find(|(feature, _)| *feature == Feature::Chat);
        let planned = plan.and_then(|(_, offered)| offered.as_ref().ok()?.model.as_deref());
        let unlisted = || {
            let mut rows = self.access.unlisted.iter().filter(chats);
            rows.find(|row| self.access.access(row) == Access::Callable)
        };
        let any = || unlisted().or_else(|| self.rows_shown.iter().find(chats));
        planned.or_else(|| any().map(ModelRow::call_id)).unwrap_or("ministral-3b-latest")
    }

    /// A request as a command for a terminal, and whether it was copied.
    pub(super) fn command(&self, request: &HttpRequest) -> (String, Option<bool>) {
        let text = curl(request);
        let copied = self.copied.as_ref().filter(|copied| copied.text == text);
        let copied = copied.and_then(|copied| copied.succeeded);
        (text, copied)
    }
}

/// The cheapest call whose answer tells limits.
fn smallest_call(endpoint: Endpoint, model: &str) -> HttpRequest {
    let ask = Ask::of(model, Content::Message("Hi"), 1);
    HttpRequest { method: Method::Post, endpoint, path: ask.path(), key: None, body: Some(ask.body()) }
}

/// A request for a terminal. The key comes from the environment.
pub(super) fn curl(request: &HttpRequest) -> String {
    let mut command = format!("curl -i {} -H \"Authorization: Bearer $MISTRAL_API_KEY\"", request.url());
    if let Some(Body::Json(json)) = &request.body {
        // A list may come from anywhere, and a name in it must not end the quotes of the shell.
        let json = json.replace('\'', r"'\''");
        command.extend([" -H \"Content-Type: application/json\" -d '", &json, "'"]);
    }
    command
}
