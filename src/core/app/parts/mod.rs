//! The parts of the page. Each is a state machine of its own that reads the facts, makes its calls and tells the parent what it
//! has to know; none of them names another.

pub(in crate::core::app) mod lab;
