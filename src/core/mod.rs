//! Everything that thinks, and nothing that touches a browser.
//!
//! Time enters as data ([`time::Timestamp`]), the network as requests that go out ([`http::HttpRequest`]) and
//! events that come back ([`http::HttpEvent`]), the user as messages (`app::Msg`).

pub mod access;
pub mod app;
pub mod bench;
pub mod calendar;
pub mod chart;
mod csv;
pub mod doctor;
pub mod endpoint;
pub mod exchange;
pub mod explain;
pub mod export;
pub mod fact;
pub mod features;
pub mod freshness;
pub mod gallery;
pub mod guide;
pub mod headroom;
pub mod http;
pub mod identity;
mod json;
pub mod key;
pub mod ledger;
pub mod lifecycle;
mod literal;
pub mod marks;
pub mod mistral;
pub mod models;
pub mod monthly_cost;
mod order;
pub mod pacing;
pub mod paste;
pub mod policy;
pub mod prices;
pub mod raw;
pub mod report;
pub mod request;
pub mod round_trip;
pub mod samples;
pub mod sim;
pub mod snippet;
pub mod sse;
pub mod time;
pub mod work;
