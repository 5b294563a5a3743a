//! Mentions of ids of Mistral's API, in any text: code, configuration, prose.
//!
//! Strict where a guess would name something else: packages, files, hosts, weights and other vendors' names for the
//! same models are left alone.

use crate::core::mistral::wire::MAX_ID;
use crate::core::models::{is_date, is_version};
use crate::core::work;
use std::borrow::Cow;

/// First words of ids, each a family of its own.
const FAMILIES: [&str; 9] = [
    "ministral",
    "magistral",
    "codestral",
    "devstral",
    "pixtral",
    "voxtral",
    "leanstral",
    "timestral",
    "shieldstral",
];

/// Families whose ids begin with `mistral-`.
const MISTRAL: [&str; 10] =
    ["large", "medium", "small", "tiny", "code", "embed", "ocr", "moderation", "saba", "nemo"];

/// Words that follow `mistral-` in names of packages, products and settings.
const PRODUCTS: [&str; 10] =
    ["common", "inference", "client", "vibe", "sdk", "key", "api", "finetune", "ai", "chat"];

/// Parts of names of weights, which the API does not know.
const WEIGHTS: [&str; 9] = ["instruct", "it", "base", "gguf", "awq", "gptq", "mlx", "hf", "fp8"];

/// Prefixes that libraries for several vendors put before an id of Mistral's API.
const PROVIDERS: [&str; 9] = [
    "openrouter/",
    "text-completion-codestral/",
    "codestral/",
    "mistral/",
    "mistralai/",
    "mistral:",
    "mistralai:",
    "codestral:",
    "model:",
];

/// Texts that an id follows in a longer word: the path of a model in the API, and `${NAME:-default}` of shells.
const BEFORE: [&str; 2] = ["/v1/models/", ":-"];

/// Beginnings of the ids of Mistral's open models of the first years.
const OPEN: [&str; 5] = ["open-mistral", "open-mixtral", "open-codestral", "mixtral", "mathstral"];

/// The models of the first years had no more of a name than this behind `mistral-`.
const BARE: [&str; 4] = ["large", "medium", "small", "tiny"];

/// Who else serves models, or weights of Mistral's under names of their own.
const OTHERS: [&str; 24] = [
    "openai",
    "azure",
    "lmstudio",
    "lm_studio",
    "lm-studio",
    "ollama",
    "groq",
    "bedrock",
    "amazon",
    "vertex",
    "google",
    "anthropic",
    "together",
    "fireworks",
    "huggingface",
    "nvidia",
    "deepinfra",
    "replicate",
    "llama",
    "vllm",
    "cloudflare",
    "snowflake",
    "watsonx",
    "databricks",
];

/// The evidence that a word is meant as an id of Mistral's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// The name of a constant, which is an id only where there is such a model.
    Constant,
    /// A word of the shape of an id, whose looks have to say the rest.
    Shape,
    /// The line says that it is a model.
    Line,
}

/// A word that may be an id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mention<'t> {
    /// The id.
    pub(super) id: Cow<'t, str>,
    /// The number of its line, counted from 1.
    pub(super) line: u32,
    /// The evidence for the id.
    pub(super) told: Told,
    /// Where the id begins in the text, in bytes.
    pub(super) start: usize,
    /// How many bytes it takes there; those of the whole word for a constant, which the text writes otherwise.
    pub(super) length: usize,
}

/// The words of a text that may be ids, and how many lines it has. What another provider serves is left out.
pub(super) fn mentions(text: &str) -> (Vec<Mention<'_>>, u32) {
    let (mut mentions, mut number, mut block, mut foreign) = (Vec::new(), 0_u32, 0, false);
    let mut begins = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.strip_suffix('\n').map_or(whole, |line| line.strip_suffix('\r').unwrap_or(line));
        let at = begins;
        begins += whole.len();
        work::step(line.len() + 1);
        number = number.saturating_add(1);
        let inner = line.trim_start();
        if inner.is_empty() || inner.starts_with(['-', '[', ']', '{', '}']) {
            (block, foreign) = (mentions.len(), false);
        }
        if names_another_provider(line) {
            mentions.truncate(block);
            foreign = true;
        }
        if !foreign {
            mentions.extend(candidates(line).map(|found| Mention {
                id: found.id,
                line: number,
                told: found.told,
                start: at + found.start,
                length: found.length,
            }));
        }
    }
    (mentions, number)
}

/// An id in a text and its place there, for whoever marks or counts models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::core) struct Mentioned {
    /// The id.
    pub(in crate::core) id: String,
    /// Its place, in bytes.
    pub(in crate::core) place: std::ops::Range<usize>,
}

/// Returns the ids of Mistral's that a text names, in its order, as their looks or their lines tell them.
pub(in crate::core) fn mentioned(text: &str) -> Vec<Mentioned> {
    let is_id = |mention: &Mention| match mention.told {
        Told::Constant => false,
        Told::Shape => looks_like_an_id(&mention.id),
        Told::Line => true,
    };
    let place = |mention: &Mention| mention.start..mention.start + mention.length;
    let found = mentions(text).0.into_iter().filter(is_id);
    found.map(|mention| Mentioned { place: place(&mention), id: mention.id.into_owned() }).collect()
}

/// Whether a line says that another provider serves what its block is about: `provider: ollama`.
fn names_another_provider(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    let values = || {
        let named = lower.split("provider").skip(1);
        named.filter_map(|rest| {
            let rest = rest.trim_start_matches(|c: char| c == '_' || c.is_ascii_alphanumeric());
            let rest = rest.trim_start_matches(['"', '\'', ' ']).strip_prefix([':', '='])?;
            Some(rest.trim_start_matches(['"', '\'', ' ', '>']))
        })
    };
    let other = |value: &str| OTHERS.iter().any(|other| value.starts_with(other));
    values().any(other) && values().all(|value| !value.starts_with("mistral"))
}

/// A word of a line that may be an id, and where it stands in the line, in bytes.
struct Candidate<'t> {
    id: Cow<'t, str>,
    told: Told,
    start: usize,
    length: usize,
}

/// The words of a line that have the shape of an id, and the constants. File names, hosts and paths have not.
fn candidates(line: &str) -> impl Iterator<Item = Candidate<'_>> {
    let mut at = 0;
    line.split(|c: char| !is_word(c)).filter_map(move |word| {
        let (before, rest) = line.split_at_checked(at)?;
        let behind = rest.get(word.len()..)?;
        at += word.len() + behind.chars().next().map_or(0, char::len_utf8);
        candidate(before, word, behind)
    })
}

/// Returns whether a character belongs to a word. Some of these no id has, so that a part of a longer name is not taken for an id.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "._:/-@%+~".contains(c)
}

/// The id that a word is, with what stands in its line before it and behind it.
fn candidate<'t>(before: &str, word: &'t str, behind: &str) -> Option<Candidate<'t>> {
    if word.len() > MAX_ID {
        return None;
    }
    work::step(word.len());
    if let Some(constant) = word.split('.').find_map(|part| constant(part, behind)) {
        let (start, length) = (before.len(), word.len());
        return Some(Candidate { id: Cow::Owned(constant), told: Told::Constant, start, length });
    }
    let word = word.trim_end_matches('_');
    let inner = word.trim_start_matches('_');
    let start = before.len() + word.len() - inner.len();
    let word = inner.trim_end_matches(['.', ':']);
    // Whatever is taken off from here on stood before the id.
    let end = start + word.len();
    let word = BEFORE.iter().find_map(|before| word.split_once(before)).map_or(word, |(_, id)| id);
    let id = PROVIDERS.iter().fold(word, |word, provider| word.strip_prefix(provider).unwrap_or(word));
    let bytes = id.as_bytes();
    let tuned = id.starts_with("ft:");
    let shaped = bytes.iter().all(|byte| match byte {
        b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' => true,
        b':' | b'_' => tuned,
        _ => false,
    });
    // A dot before a letter ends the name of a file or a part of a host.
    let dotted = bytes.windows(2).any(|pair| matches!(pair, [b'.', next] if !next.is_ascii_digit()));
    let ends = bytes.last().is_some_and(u8::is_ascii_alphanumeric);
    let begins = bytes.first().is_some_and(u8::is_ascii_lowercase);
    let of_line = says_model(before);
    // Of a provider in a path the line has to say that it is no folder.
    let provided = of_line && word.strip_suffix(id).is_some_and(|provider| provider.ends_with("l/"));
    if !shaped || !begins || !ends || dotted || !(tuned || provided || id.contains('-')) {
        return None;
    }
    let quoted = before.ends_with(QUOTES)
        && behind.starts_with(QUOTES)
        && !behind.get(1..)?.trim_start().starts_with(':');
    let bare = || quoted && id.strip_prefix("mistral-").is_some_and(|rest| BARE.contains(&rest));
    let told = provided || bare() || (of_line || id.len() < word.len()) && is_mistrals(id);
    let told = if told { Told::Line } else { Told::Shape };
    Some(Candidate { id: Cow::Borrowed(id), told, start: end - id.len(), length: id.len() })
}

const QUOTES: [char; 3] = ['"', '\'', '`'];

/// Whether what stands before a word names it a model: `model:`, `"modelName": "`, `MISTRAL_MODEL=`, `.model("`, `--model `.
fn says_model(before: &str) -> bool {
    let value =
        before.trim_end_matches(|c: char| QUOTES.contains(&c) || matches!(c, ' ' | '[' | '{' | '\\' | '>'));
    let name =
        value.trim_end_matches([':', '=', '(', ' ']).trim_end_matches(QUOTES).trim_end_matches(['\\', '?']);
    let head = name.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let Some(name) = name.strip_prefix(head) else { return false };
    (value.ends_with([':', '=', '(']) || name.starts_with("--"))
        && name.to_ascii_lowercase().contains("model")
}

/// An id without what libraries for several vendors put before it.
pub(in crate::core) fn without_provider(id: &str) -> &str {
    PROVIDERS.iter().find_map(|provider| id.strip_prefix(provider)).unwrap_or(id)
}

/// Whether a word begins as Mistral's ids do, whatever follows.
pub(in crate::core) fn is_mistrals(id: &str) -> bool {
    let (first, rest) = id.split_once('-').unwrap_or((id, ""));
    let product = rest.split('-').next().is_some_and(|second| PRODUCTS.contains(&second));
    FAMILIES.contains(&first)
        || first == "mistral" && !product
        || OPEN.iter().any(|open| id.starts_with(open))
}

/// The id that the name of a constant stands for: `OPEN_MIXTRAL_8X7B`. Where one is defined, its value says the id.
fn constant(word: &str, behind: &str) -> Option<String> {
    let shaped = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let defined = behind.trim_start().starts_with(['=', ':']) || behind.starts_with("(\"");
    if !shaped || defined || !word.contains('_') {
        return None;
    }
    let id = word.to_ascii_lowercase().replace('_', "-");
    is_mistrals(&id).then_some(id)
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
    first == "mistral"
        && !PRODUCTS.contains(&second)
        && (last == "latest" || is_date(last) || is_number(last))
}

/// Whether a part is four digits, as dates of ids are, and no year: `mistral-hackathon-2024` is no model.
fn is_number(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()) && !part.starts_with("20")
}

/// Whether a word names weights to run somewhere else.
pub(super) fn is_weights(word: &str) -> bool {
    // `v0.1` counts weights, `q4` says how coarse they are.
    let digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let numbered = |part: &str| {
        part.strip_prefix('v').is_some_and(|rest| digit(rest) && rest.contains('.'))
            || part.strip_prefix('q').is_some_and(digit)
    };
    word.split('-').any(|part| WEIGHTS.contains(&part) || numbered(part))
}

/// The model that a fine-tuned one was made from: `ft:open-mistral-7b:…`.
pub(super) fn root(word: &str) -> Option<&str> {
    word.strip_prefix("ft:")?.split(':').next()
}
