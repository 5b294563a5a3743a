//! What a cleaned key looks like: a Mistral format, another vendor's, a mask, a placeholder.

use super::vendor::{PREFIX, REALTIME};
use super::{Doubt, KeyShape, Vendor, glyphs};
use zeroize::Zeroizing;

/// Characters of a complete key that begins with [`PREFIX`].
pub(super) const PREFIXED_LENGTH: usize = 45;

/// Characters of a complete key of the older format.
pub(super) const LEGACY_LENGTH: usize = 32;

/// The format of a key.
pub(super) fn shape(key: &str) -> KeyShape {
    if is_legacy(key) {
        KeyShape::Legacy
    } else if is_prefixed(key) {
        KeyShape::Prefixed
    } else if key.starts_with(PREFIX) {
        KeyShape::PrefixedOdd
    } else if (28..=36).contains(&key.len()) && is_alphanumeric(key) {
        KeyShape::LegacyOdd
    } else {
        KeyShape::Unknown
    }
}

/// 32 letters and digits.
pub(super) fn is_legacy(key: &str) -> bool {
    key.len() == LEGACY_LENGTH && is_alphanumeric(key)
}

/// `mstrl_`, 32 letters and digits, `_`, 6 more. The last six look like a checksum; nobody has verified that, so
/// they are not checked.
pub(super) fn is_prefixed(key: &str) -> bool {
    key.len() == PREFIXED_LENGTH
        && key
            .strip_prefix(PREFIX)
            .and_then(|rest| rest.split_once('_'))
            .is_some_and(|(body, tail)| is_legacy(body) && tail.len() == 6 && is_alphanumeric(tail))
}

/// Either complete Mistral format.
pub(super) fn is_mistral(key: &str) -> bool {
    is_legacy(key) || is_prefixed(key)
}

fn is_alphanumeric(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Why the key is probably of no use. A placeholder that begins like another vendor's key is a placeholder.
pub(super) fn doubt(key: &str, shape: KeyShape) -> Option<Doubt> {
    if is_placeholder(key) {
        return Some(Doubt::Placeholder);
    }
    if is_masked(key, shape) {
        return Some(Doubt::Masked);
    }
    if key.starts_with(REALTIME) {
        return Some(Doubt::RealtimeToken);
    }
    // One in millions of genuine older keys begins with AKIA.
    if is_mistral(key) {
        return None;
    }
    Vendor::of(key).map(|(vendor, _)| Doubt::OtherVendor(vendor))
}

/// Runs of what stands for hidden characters. A genuine key of a known format can hold four `x` by chance.
fn is_masked(key: &str, shape: KeyShape) -> bool {
    let least = |character: char| match character {
        '*' => 2,
        '.' | '?' => 3,
        '#' => 4,
        'x' | 'X' if matches!(shape, KeyShape::Unknown | KeyShape::PrefixedOdd) => 4,
        'x' | 'X' => 6,
        _ => usize::MAX,
    };
    let (mut previous, mut run) = ('\0', 0);
    key.chars().any(|character| {
        run = if character == previous { run + 1 } else { 1 };
        previous = character;
        run >= least(character)
    })
}

/// Ways of writing "the value of that variable", in lower case.
const REFERENCES: [&str; 17] = [
    "process.env",
    "import.meta.env",
    "deno.env",
    "os.environ",
    "getenv(",
    "env::var",
    "env!(",
    "secrets.",
    "env[",
    "env.get(",
    "environmentvariable(",
    "userdata.get(",
    "@value(",
    "!secret",
    "!env",
    "op://",
    "arn:aws:",
];

/// Words that give a placeholder away wherever they stand, in lower case, without `-` and `_`. All are long enough
/// not to occur in a random key.
const TELLING: [&str; 23] = [
    "yourapi",
    "yourkey",
    "yourmistral",
    "yourtoken",
    "yoursecret",
    "yourown",
    "apikey",
    "mistralkey",
    "mistralapi",
    "keyhere",
    "tokenhere",
    "insert",
    "replace",
    "changeme",
    "placeholder",
    "example",
    "redacted",
    "sample",
    "dummy",
    "fakekey",
    "testkey",
    "abcdefgh",
    "12345678",
];

/// Whole texts that are no key, in lower case, without `-` and `_`.
const WORDS: [&str; 18] = [
    "test",
    "testing",
    "foo",
    "foobar",
    "key",
    "token",
    "secret",
    "password",
    "none",
    "null",
    "nil",
    "undefined",
    "empty",
    "mistral",
    "demo",
    "asdf",
    "hello",
    "1234",
];

/// Whose key it is to be, in French, Spanish, Portuguese, German, Italian and English; one of [`THINGS`] follows.
const OWNERS: [&str; 16] = [
    "votre", "notre", "ta", "ma", "tu", "su", "mi", "tua", "sua", "minha", "dein", "ihr", "mein", "tuo",
    "your", "my",
];

/// What is to be put there, in the same languages.
const THINGS: [&str; 12] = [
    "cle",
    "clave",
    "llave",
    "chave",
    "schluessel",
    "schlussel",
    "chiave",
    "token",
    "key",
    "api",
    "secret",
    "mistral",
];

/// What somebody is told to do with it, and other words for an example, in the same languages.
const ASKED: [&str; 28] = [
    "remplac",
    "reemplaz",
    "substitu",
    "ersetz",
    "sostitu",
    "inserisci",
    "inserez",
    "inserer",
    "einfueg",
    "einfug",
    "eintrag",
    "coloque",
    "collez",
    "colleici",
    "pegaaqui",
    "cambiame",
    "ejemplo",
    "exemple",
    "exemplo",
    "beispiel",
    "esempio",
    "platzhalter",
    "segnaposto",
    "clemistral",
    "cleapi",
    "schluessel",
    "segret",
    "geheim",
];

fn is_placeholder(key: &str) -> bool {
    is_words(key) || says_placeholder(key)
}

/// Whether a text says itself that it is a placeholder or refers to a key, rather than being some words.
pub(super) fn says_placeholder(key: &str) -> bool {
    let lower = Zeroizing::new(key.to_ascii_lowercase());
    let mut bare = Zeroizing::new(String::with_capacity(lower.len()));
    bare.extend(lower.chars().filter(|character| !matches!(character, '-' | '_')));
    is_reference(&lower)
        || REFERENCES.iter().any(|reference| lower.contains(reference))
        || TELLING.iter().chain(&ASKED).any(|word| bare.contains(word))
        || WORDS.contains(&bare.as_str())
        // Some of these words are short enough to occur in one of a hundred thousand genuine keys.
        || !is_mistral(key) && says_whose(&bare)
        || is_one_character(key)
}

/// `votrecle…`, `tuclave…`: a possessive before what it possesses.
fn says_whose(bare: &str) -> bool {
    let owned = |(at, _): (usize, &str)| {
        bare.get(..at).is_some_and(|b| OWNERS.iter().any(|owner| b.ends_with(owner)))
    };
    THINGS.iter().any(|thing| bare.match_indices(thing).any(owned))
}

/// Words joined by `_` or `-`, without a digit, as no key is: `paste_it_here`, `COLLER-LA-CLEF`.
fn is_words(key: &str) -> bool {
    let is_word = |word: &str| {
        let tail = word.get(1..).unwrap_or_default();
        word.bytes().all(|byte| byte.is_ascii_alphabetic())
            && (tail.bytes().all(|byte| byte.is_ascii_lowercase())
                || word.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let words = || key.split(['_', '-']).filter(|word| !word.is_empty());
    words().count() > 1 && words().all(is_word) && !Vendor::begins(key)
}

/// Whether a text that no header carries is a placeholder: one of those above with accents, or words in other letters
/// than Latin ones.
pub(super) fn is_foreign_placeholder(text: &str) -> bool {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let (mut foreign, mut own) = (0, 0);
    for character in text.chars() {
        match glyphs::without_accent(character) {
            Some(letter) => plain.push(letter),
            None if character.is_alphabetic() => foreign += 1,
            None => {}
        }
        own += usize::from(character.is_ascii_alphanumeric());
    }
    // One that is left is a slip; some Cyrillic ones have become their twins by now.
    foreign > 1 && 3 * foreign >= own || foreign == 0 && plain.is_ascii() && is_placeholder(&plain)
}

/// `<api-key>`, `[key]`, `{{ key }}`, `${NAME}`, `$NAME`, `%NAME%`.
fn is_reference(lower: &str) -> bool {
    let between = |open: char, close: char| lower.starts_with(open) && lower.ends_with(close);
    let is_name = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    between('<', '>')
        || between('[', ']')
        || between('{', '}')
        || lower.starts_with("${")
        || lower.starts_with("$(")
        || lower.starts_with("$env:")
        || between('@', '@')
        || lower.strip_prefix('$').is_some_and(is_name)
        || lower.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(is_name)
}

/// Behind a vendor's prefix, if any, nothing but one letter or digit over and over: `sk-xxx`, `0000…`.
fn is_one_character(key: &str) -> bool {
    let prefix = Vendor::of(key).map_or(PREFIX, |(_, prefix)| prefix);
    let tail = key.strip_prefix(prefix).unwrap_or(key);
    let mut characters = tail.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
    let first = characters.next();
    let mut length = usize::from(first.is_some());
    let same = characters.all(|character| {
        length += 1;
        Some(character) == first
    });
    same && length >= 3
}
