//! The shipped page in Chromium, Firefox and WebKit, and the mock before the official client, the load engines and the programs that the
//! page hands out.

mod document;
mod engines;
mod journeys;
mod sdk;
mod snippets;
