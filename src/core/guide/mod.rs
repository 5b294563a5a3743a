//! What the page explains below the tool: questions and answers, and which causes stand under which heading.
//!
//! The build step renders it into the page. Of all this the program needs only [`SECTIONS`] and the causes that are no
//! errors; the build step refuses a program that carries any of [`prose`].

mod answer;
mod cheapest;
mod errors;
mod faq;
mod keys;
mod links;

pub use answer::{Answer, Lead, Piece, Points, Topic, Worked, pieces, plain};
pub use errors::{HELD_BACK, IN_BETWEEN, LEADS, SECTIONS, Section};

/// What stands before the errors: what a key is, and how to get one.
pub const BEFORE: [Topic; 2] = [keys::THIS_KEY, keys::GET_A_KEY];

/// What stands after the errors: how to keep a key, and what else is asked.
pub const AFTER: [Topic; 2] = [keys::PRACTICE, faq::FAQ];

/// Every part that answers questions, in the order of the page.
pub fn topics() -> impl Iterator<Item = Topic> {
    BEFORE.into_iter().chain(AFTER)
}

/// Every answer, in the order of the page.
pub fn answers() -> impl Iterator<Item = &'static Answer> {
    topics().flat_map(|topic| topic.answers)
}

/// Every sentence that only the page says, as it stands in the tables.
pub fn prose() -> impl Iterator<Item = &'static str> {
    answers().flat_map(Answer::written).chain(topics().map(|topic| topic.about)).chain(LEADS)
}
