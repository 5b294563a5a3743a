//! The shapes of Mistral's answers, read tolerantly: unknown fields are ignored, missing ones have a default.
