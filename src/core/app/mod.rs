//! The application as a state machine: model, messages, effects.
