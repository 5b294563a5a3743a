//! Prompts of a given length, no two alike.
//!
//! Mistral caches the beginnings of prompts, so a prompt that was sent before would be answered sooner than one of a user.
//! Each begins with a word of its own. The rest is common short words, of which a tokenizer makes one token each.

/// The length of a prompt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PromptSize {
    /// About 100 tokens: a question.
    #[default]
    Short,
    /// About 1 000 tokens: a question with a page of context.
    Medium,
    /// About 10 000 tokens: a long document.
    Long,
}

impl PromptSize {
    /// Every variant.
    pub const ALL: [Self; 3] = [Self::Short, Self::Medium, Self::Long];

    /// Returns about how many tokens the prompt has. Mistral's own count stands in the usage of the answer.
    pub const fn tokens(self) -> u32 {
        match self {
            Self::Short => 100,
            Self::Medium => 1_000,
            Self::Long => 10_000,
        }
    }

    /// Returns the stable name, for attributes and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Medium => "medium",
            Self::Long => "long",
        }
    }

    /// Returns the name that the page shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Short => "100 tokens",
            Self::Medium => "1 000 tokens",
            Self::Long => "10 000 tokens",
        }
    }

    /// Returns the most bytes that such a prompt has.
    pub(super) fn most_bytes(self) -> u64 {
        u64::from(self.tokens()) * LONGEST
    }
}

/// Words of five letters at most.
pub(in crate::core) const WORDS: [&str; 64] = [
    "the", "river", "ran", "past", "old", "house", "and", "field", "of", "green", "corn", "where", "two",
    "men", "stood", "in", "rain", "with", "a", "dog", "that", "had", "come", "from", "town", "to", "look",
    "for", "some", "bread", "but", "found", "only", "stone", "then", "night", "fell", "on", "hill", "moon",
    "rose", "over", "trees", "so", "they", "made", "fire", "near", "road", "ate", "late", "sang", "while",
    "wind", "blew", "cold", "until", "dawn", "when", "birds", "woke", "all", "white", "snow",
];

/// Bytes of the longest word and the blank before it. The frame has no more bytes for a token.
const LONGEST: u64 = 6;

/// The instruction before the words.
pub(in crate::core) const TASK: &str = " Go on with this story for as long as you can:";

/// Tokens of the first word and the task, generously.
pub(in crate::core) const FRAME: u32 = 28;

/// Returns the prompt of call `number` of a schedule with this seed.
pub(super) fn text(size: PromptSize, seed: u32, number: u32) -> String {
    let mut state = u64::from(seed) << 32 | u64::from(number);
    let mut text = format!("{:016x}", mixed(state));
    text.push_str(TASK);
    for _ in FRAME..size.tokens() {
        state = state.wrapping_add(STEP);
        let word = usize::try_from(mixed(state) % 64).ok().and_then(|place| WORDS.get(place));
        text.extend([" ", word.copied().unwrap_or_default()]);
    }
    text
}

/// The step of the `SplitMix64` generator (Steele, Lea and Flood, 2014).
pub(in crate::core) const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Its output for a state. Different states have different outputs, which is why no two calls share a first word.
const fn mixed(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
