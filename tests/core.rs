//! The core, driven from outside as the page drives it: messages in, effects out, no browser.

#[path = "core/agreement.rs"]
mod agreement;
#[path = "core/bodies.rs"]
mod bodies;
#[path = "core/conversations/mod.rs"]
mod conversations;
#[path = "examples/explain.rs"]
#[allow(dead_code, reason = "its main function is for the terminal")]
mod explain;
#[path = "core/field.rs"]
mod field;
#[path = "core/line.rs"]
mod line;
#[path = "core/loading.rs"]
mod loading;
#[path = "core/measuring.rs"]
mod measuring;
#[path = "core/money.rs"]
mod money;
#[path = "core/pastes.rs"]
mod pastes;
#[path = "core/properties.rs"]
mod properties;
#[path = "core/report.rs"]
mod report;
#[path = "core/requests/mod.rs"]
mod requests;
#[path = "core/spending.rs"]
mod spending;
#[path = "core/talk.rs"]
mod talk;
#[path = "core/totality.rs"]
mod totality;
