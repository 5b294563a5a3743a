//! The shipped page in Chromium and Firefox, and the mock before the official client.

mod document;
mod journeys;
mod sdk;
