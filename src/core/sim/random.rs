//! Repeatable small variations: the same seed gives the same sequence.

/// The `SplitMix64` generator (Steele, Lea and Flood, 2014). Good enough to vary delays; worthless for secrets.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// Starts the sequence that belongs to `seed`.
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Starts the sequence that belongs to `text`.
    pub(super) fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |seed, byte| Self(seed ^ u64::from(byte)).bits()))
    }

    /// The next 64 bits.
    pub(super) const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included. An empty range gives `low`.
    pub(super) const fn between(&mut self, low: u64, high: u64) -> u64 {
        let width = high.saturating_sub(low).saturating_add(1);
        low.saturating_add(self.bits() % width)
    }

    /// 32 hexadecimal digits, as in the ids of completions and of Kong's own errors.
    pub(super) fn hex(&mut self) -> String {
        format!("{:016x}{:016x}", self.bits(), self.bits())
    }

    /// A UUID of version 7 for the moment `millis` after the Unix epoch, as in `mistral-correlation-id`.
    pub(super) fn uuid(&mut self, millis: u64) -> String {
        let (high, low) = (self.bits(), self.bits());
        format!(
            "{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}",
            (millis >> 16) & 0xffff_ffff,
            millis & 0xffff,
            high & 0xfff,
            0x8000 | ((high >> 12) & 0x3fff),
            low & 0xffff_ffff_ffff,
        )
    }
}
