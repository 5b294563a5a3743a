//! The shipped page in real browsers, under its real host names, with nothing real behind them.
//!
//! A browser is pointed at the [`proxy`]: Mistral's hosts lead to the [`mock`], `pages.test` to the built files
//! ([`pages`]), every other host is refused, and everything is written down in the [`ledger`]. So one harness shows
//! that the tool works, that nothing else was contacted, and that nobody but Mistral saw the key.

pub mod accuracy;
pub mod axe;
pub mod browser;
pub mod clipboard;
pub mod evidence;
pub mod figures;
pub mod harness;
pub mod lab;
pub mod ledger;
pub mod listing;
pub mod mock;
mod pacer;
pub mod page;
pub mod pages;
pub mod privacy;
pub mod proxy;
pub mod script;
pub mod sdk;
mod serve;
pub mod stamp;
pub mod stream;
pub mod tls;
pub mod tour;
pub mod usage;
pub mod workbench;
