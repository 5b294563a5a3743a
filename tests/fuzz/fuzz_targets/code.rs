//! See [`fuzz::code`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::code(bytes));
