//! Words that may be ids of Mistral's API, in any text: code, configuration, prose.
//!
//! Strict where a guess would name something else: packages, files, hosts, weights and other vendors' names for the
//! same models are left alone.

use crate::core::mistral::wire::MAX_ID;
use crate::core::work;

/// First words of ids, each a family of its own.
const FAMILIES: [&str; 7] =
    ["ministral", "magistral", "codestral", "devstral", "pixtral", "voxtral", "leanstral"];

/// Families whose ids begin with `mistral-`.
const MISTRAL: [&str; 10] =
    ["large", "medium", "small", "tiny", "code", "embed", "ocr", "moderation", "saba", "nemo"];

/// What follows `mistral-` in names of packages, products and settings.
const PRODUCTS: [&str; 10] =
    ["common", "inference", "client", "vibe", "sdk", "key", "api", "finetune", "ai", "chat"];

/// Parts of names of weights, which the API does not know.
const WEIGHTS: [&str; 9] = ["instruct", "it", "base", "gguf", "awq", "gptq", "mlx", "hf", "fp8"];

/// What libraries that speak to several vendors put before an id of Mistral's API.
const PROVIDERS: [&str; 5] = ["mistral/", "mistralai/", "mistral:", "mistralai:", "model:"];

/// What an id follows in a longer word: the path of a model in the API, and `${NAME:-default}` of shells.
const BEFORE: [&str; 2] = ["/v1/models/", ":-"];

/// The words of a line that have the shape of an id. Upper case, file names, hosts and paths have not.
pub(super) fn candidates(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !is_word(c)).filter_map(candidate)
}

/// What belongs to a word. Some of it no id has, so that a part of a longer name is not taken for an id.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "._:/-@%+~".contains(c)
}

fn candidate(word: &str) -> Option<&str> {
    if word.len() > MAX_ID {
        return None;
    }
    work::step(word.len());
    let word = word.trim_matches('_').trim_end_matches(['.', ':']);
    let word = BEFORE.iter().find_map(|before| word.split_once(before)).map_or(word, |(_, id)| id);
    let word = PROVIDERS.iter().find_map(|provider| word.strip_prefix(provider)).unwrap_or(word);
    let bytes = word.as_bytes();
    let tuned = word.starts_with("ft:");
    let shaped = bytes.iter().all(|byte| match byte {
        b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' => true,
        b':' | b'_' => tuned,
        _ => false,
    });
    // A dot before a letter ends the name of a file or a part of a host.
    let dotted = bytes.windows(2).any(|pair| matches!(pair, [b'.', next] if !next.is_ascii_digit()));
    let ends = bytes.last().is_some_and(u8::is_ascii_alphanumeric);
    let begins = bytes.first().is_some_and(u8::is_ascii_lowercase);
    (shaped && begins && ends && !dotted && (tuned || word.contains('-'))).then_some(word)
}

/// Whether a word of that shape is an id by its looks: a family, and a version or `latest`.
pub(super) fn looks_like_an_id(word: &str) -> bool {
    if is_weights(word) {
        return false;
    }
    let part = |at| word.split('-').nth(at).unwrap_or_default();
    let (first, second) = (part(0), part(1));
    let known = match first {
        "mistral" => MISTRAL.contains(&second),
        "labs" => second == "mistral" || FAMILIES.contains(&second),
        "zai" => second == "glm",
        _ => FAMILIES.contains(&first),
    };
    if known {
        return word.split('-').any(|part| part == "latest" || is_version(part));
    }
    // A family of the future has to look more like one.
    let last = word.rsplit('-').next().unwrap_or_default();
    first == "mistral" && !PRODUCTS.contains(&second) && (last == "latest" || is_date(last))
}

/// Whether a word names weights to run somewhere else.
pub(super) fn is_weights(word: &str) -> bool {
    word.split('-').any(|part| WEIGHTS.contains(&part))
}

/// The model that a fine-tuned one was made from: `ft:open-mistral-7b:…`.
pub(super) fn root(word: &str) -> Option<&str> {
    word.strip_prefix("ft:")?.split(':').next()
}

/// A number with what ids add to it: `4`, `3.5`, `2603`, `8b`, `8x22b`.
pub(super) fn is_version(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit())
        && part.len() <= 6
        && part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'b' | b'x'))
}

/// Year and month, as ids end in them: `2603`.
pub(super) fn is_date(part: &str) -> bool {
    let (year, month) = part.split_at_checked(2).unwrap_or_default();
    part.len() == 4 && (23..=99).contains(&number(year)) && (1..=12).contains(&number(month))
}

fn number(digits: &str) -> u8 {
    digits.parse().unwrap_or(0)
}
