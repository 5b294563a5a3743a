//! The build step, tested by plain `cargo test`.
//!
//! Its binary exists with the feature `dist` only, so tests inside it would not run by default. Included here they do,
//! with the crates it needs as dev-dependencies.
#![cfg(not(target_arch = "wasm32"))]

#[allow(dead_code, reason = "nothing here calls main")]
#[path = "../src/bin/dist/main.rs"]
mod step;
