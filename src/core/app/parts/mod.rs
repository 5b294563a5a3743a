//! The parts of the page. Each is a state machine of its own that reads the facts, makes its calls and tells the parent what it
//! has to know; none of them names another.

pub mod calculator;
pub mod doctor;
pub mod features;
pub mod headroom;
pub mod identity;
pub mod key_form;
pub mod key_test;
pub mod lab;
pub mod lifecycle;
pub mod limits;
pub mod model_table;
pub mod proof;
pub mod report;
pub mod request;
pub mod rotation;
pub mod scan;
pub mod snippet;
pub mod tab_history;
#[cfg(test)]
mod test_facts;
