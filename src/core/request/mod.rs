//! A request that somebody pasted.

pub mod schema;
