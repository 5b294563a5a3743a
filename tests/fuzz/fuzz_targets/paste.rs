//! See [`fuzz::paste`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::paste(bytes));
