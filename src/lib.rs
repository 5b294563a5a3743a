//! A Mistral API key tester that no server ever sees. This page is the code map.
//!
//! * [`core`] thinks: what to ask Mistral, what an answer means, what to show. It has no browser, clock,
//!   randomness or async in it, and every rule of the product is tested there as a scripted conversation.
//! * `shell` (feature `ui`) carries out what the core asks for: fetch, timers, clipboard, focus.
//! * `ui` (feature `ui`) draws the core's model with Leptos and sends it messages.
//! * `program` (feature `ui`) starts the page: the form first, everything else from a file of its own.
//!
//! `ARCHITECTURE.md` has the reasons and the invariants.

pub mod core;

#[cfg(feature = "ui")]
pub mod program;
#[cfg(feature = "ui")]
pub mod shell;
#[cfg(feature = "ui")]
pub mod ui;
