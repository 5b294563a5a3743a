//! The views. They read slices of the model through a [`Handle`] and send messages; nothing here decides, fetches
//! or stores.

mod demo;
mod glyph;
mod key_form;
mod models;
mod raw;
mod round_trip;
mod tool;
mod verdict;

pub use tool::{Tool, ToolProps, mount};

use crate::shell::runtime::Handle;
