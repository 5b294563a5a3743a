//! The parts of the page. Each is a state machine of its own that reads the facts, makes its calls and tells the parent what it
//! has to know; none of them names another.

pub mod calculator;
pub mod doctor;
pub mod lifecycle;
pub mod limits;
pub mod model_table;
pub mod snippet;
#[cfg(test)]
mod test_facts;
