//! Mistral's error bodies, in all the shapes seen since 2024.
