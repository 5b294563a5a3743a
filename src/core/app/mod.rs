//! The application as a state machine.

mod barrier;
mod calls;
mod copied;
mod effect;
mod facts;
mod offered;
mod parts;
mod pasted;
mod raw_view;
mod step;
mod text_field;
mod transport;
mod turns;
mod words;
