//! The model list: one row per model, not per alias.
