//! Round-trip samples and what may be said of them.
