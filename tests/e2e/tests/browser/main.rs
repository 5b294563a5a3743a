//! The shipped page in Chromium and Firefox, and the mock before the official client and the load engines.

mod document;
mod engines;
mod journeys;
mod sdk;
