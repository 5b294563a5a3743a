//! Finishes Trunk's output.

fn main() {}
