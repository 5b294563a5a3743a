//! Whether a program had a key to send at all. Clients say so in their own words before anything reaches Mistral.

use super::scan;
use std::ops::Range;

/// Why a program sent no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// It has none: a variable is not set, a setting is empty.
    Missing,
    /// What it sends in a key's place is the name of nothing, such as `undefined`.
    Nothing(&'static str),
    /// What it has as a key can be in no header.
    Unsendable,
}

/// What is said when a key is in the header that no header can carry, in lower case with `|` between.
const UNSENDABLE: &str = "illegal header value|invalid header value|invalid character in header|err_invalid_char|\
    not a legal http header value|invalid header field value|invalidheadervalue|failed to parse header value|\
    in authorization value|to a bytestring|non iso-8859-1 code point|new-line characters are not allowed|\
    newline characters are not allowed|headers must not contain|invalid http header|the format of value 'bearer|\
    return character(s) in header";

/// What Python says of any text that it cannot encode, and what shows that the text was a header.
const UNENCODABLE: &str = "'ascii' codec can't encode|'latin-1' codec can't encode";
const OF_A_HEADER: &str =
    "header|httpx|requests/|http/client|authorization|position 7:|position 8:|position 10:";

/// An empty key where it is printed as it would be sent; in lower case with `|` between.
const EMPTY: &str = "value b'bearer '|value 'bearer '|value \"bearer \"|value: 'bearer '|value: \"bearer \"|\
    value “bearer ”|missing credentials. please pass";

/// An empty key in a header that was sent.
const ENDS: &str = "authorization: bearer \"|authorization: bearer '|authorization: bearer\n";

/// What programs print for no value, behind `bearer` and one blank.
const NOTHING: [&str; 5] = ["undefined", "null", "none", "nan", "[object object]"];

/// Names of what is missing, in lower case with `|` between. Longer ones stand before what they begin with.
const KEY: &str = "mistral_api_key|mistral_ai_api_key|mistralai_api_key|mistral api key|openai_api_key|_api_key|api_key|api key|api-key|\
    apikey|api token|client option|clé api|clé d'api|clé d’api|cle api|api-schlüssel|api-schluessel|apischlüssel|clave api|\
    clave de api|clave de la api|chiave api|chave de api|chave da api|chave api|klucz api|klucza api|api anahtar|api 키|api-ключ|api ключ|ключ api|api 密钥|api密钥|apiキー";

/// Words before a name that say that it is not there; a blank or a quote stands between.
const BEFORE: &str = "no|no key|brak|configuration for mistral|key not found|not supplied|null. (parameter|required variable|missing|without|fehlender|kein|keinen|pas de|aucune|manque la|falta|falta la|sin|nessuna|manca la|\
    sem|falta a|нет|отсутствует|缺少|没有|未设置|未配置|未提供|find|provide an|provide a|provide your|provide|\
    variables are set|could not resolve placeholder|keyerror|unset|missing environment variable|missing required";

/// Words behind a name that say that it is not there, in lower case with `|` between.
const BEHIND: &str = "not set|not configured|not provided|not specified|not defined|not supplied|not been set|missing|is required|\
    required|is empty|empty|undefined|must be set|must be provided|must not be empty|cannot be empty|can't be empty|isn't set|\
    is null|is none|not present|absent|manquante|non définie|non defini|non configurée|n'est pas|n’est pas|requise|fehlt|\
    nicht gesetzt|nicht konfiguriert|nicht angegeben|ist leer|no configurada|no está|no definida|no se ha|mancante|\
    non impostata|non configurata|não configurada|não definida|não informada|ausente|не задан|не указан|не установлен|\
    не настроен|не найден|bulunamad|ayarlanmam|설정되|없습니다|필요합니다|notpresent|unbound variable|null given|cannot be null|未设置|未配置|未提供|不能为空|为空|缺失|設定されて|が必要|がありません";

/// Behind the name of a variable alone: of a key that was sent it means something else.
const BEHIND_VARIABLE: &str = "not found|to be set";

/// How far behind a name the words may stand, in bytes.
const REACH: usize = 48;

/// Words before a name that advise to set it. Beside a status they are what a client says of every refusal.
const ADVICE: &str = "set the|please set|set your|set|export|environment variable|configure your|configure";

/// Words right behind a name that make it something else, with `|` between: `no API key problem`.
const SOMETHING_ELSE: &str =
    " problem|-problem| issue| error| needed| is needed| is required for| management";

/// How lines of documents, diffs and programs begin or go on, which say what would be said and not what happened.
const OF_A_DOCUMENT: [&str; 7] = ["|", "- ", "+ ", "✓", "✔", "# ", "* "];
const OF_A_PROGRAM: &str = "throw new|raise |if (!|:?|.tobe(|expect(|assert";

/// Other vendors, whose keys are no business of Mistral's.
const OTHERS: &str = "anthropic|claude|groq|google|gemini|tavily|cohere|serper|serpapi|brave|pinecone|huggingface|hf|\
    deepseek|together|langfuse|langsmith|langchain|elevenlabs|perplexity|openweather|supabase|stripe|github|exa|voyage|jina";

/// Why no key was sent, if the text says that none was; `answered`: it shows a status too.
pub(super) fn of(lower: &str, answered: bool) -> Option<Unsent> {
    if scan::holds(lower, EMPTY) {
        return Some(Unsent::Missing);
    }
    if scan::holds(lower, UNSENDABLE) || (scan::holds(lower, UNENCODABLE) && scan::holds(lower, OF_A_HEADER))
    {
        return Some(Unsent::Unsendable);
    }
    if scan::holds(lower, ENDS) {
        return Some(Unsent::Nothing(""));
    }
    let sent =
        lower.match_indices("bearer ").map(|(at, word)| lower.get(at + word.len()..).unwrap_or_default());
    let word = |rest: &str| {
        let word = NOTHING.iter().find(|word| rest.starts_with(**word))?;
        let apart = !rest.get(word.len()..)?.starts_with(|c: char| c.is_alphanumeric() || "_-.".contains(c));
        apart.then_some(*word)
    };
    if let Some(word) = sent.into_iter().find_map(word) {
        return Some(Unsent::Nothing(word));
    }
    missing(lower, answered).map(|_| Unsent::Missing)
}

/// The place of the words that say so: those of a header, or the name of the key that is missing.
pub(super) fn place(lower: &str, answered: bool) -> Option<Range<usize>> {
    let listed = [EMPTY, UNSENDABLE, UNENCODABLE, ENDS].into_iter().flat_map(|words| words.split('|'));
    let nothing = NOTHING.map(|word| ["bearer ", word].concat());
    let words = listed.chain(nothing.iter().map(String::as_str));
    let found = words.into_iter().find_map(|word| Some((scan::find(lower, word, 0)?, word)));
    found.map(|(at, word)| at..at + word.trim_end().len()).or_else(|| missing(lower, answered))
}

/// The place of the name of a key that a text says is not there.
fn missing(lower: &str, answered: bool) -> Option<Range<usize>> {
    let advice = if answered { "" } else { ADVICE };
    KEY.split('|').find_map(|name| missing_name(lower, name, advice).map(|at| at..at + name.len()))
}

/// Words after which another thing is spoken of, with `|` between.
const ELSE: &str = "\n|;|!|. | or | and | ou | et | oder | und | o | y | e ";

/// Where a text says of a name that it is not there.
fn missing_name(lower: &str, name: &str, advice: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = scan::find(lower, name, from) {
        from = at + name.len();
        let before = lower.get(..at).unwrap_or_default();
        let end = lower.floor_char_boundary((from + REACH).min(lower.len()));
        let window = lower.get(from..end).unwrap_or_default();
        let mut behind = window;
        for word in ELSE.split('|') {
            behind = scan::before(behind, word);
        }
        if is_of_another(before, behind) || is_quoted(before, behind) {
            continue;
        }
        // A longer name, such as `MY_MISTRAL_API_KEY` or `mistral-api-key`, is one name.
        let before = scan::trim_end(before, if before.ends_with(['_', '-']) { PARTS } else { "" });
        let before = scan::trim_end(before, " '\"`:=$({[-_");
        let variable = name.contains('_') && scan::holds(behind, BEHIND_VARIABLE);
        let told = scan::holds(behind, BEHIND)
            && !scan::holds(behind, "?|not missing|nicht leer|not empty|isn't missing");
        let mut words = BEFORE.split('|').chain(advice.split('|').filter(|word| !word.is_empty()));
        if variable || told || words.any(|word| ends_with_word(before, word)) {
            return Some(at);
        }
    }
    None
}

/// What names of variables and inputs are made of.
const PARTS: &str = "abcdefghijklmnopqrstuvwxyz0123456789_-";

/// Whether the key is another vendor's: by the beginning of its name, or by the word before.
fn is_of_another(before: &str, behind: &str) -> bool {
    let window = before.get(before.ceil_char_boundary(before.len().saturating_sub(24))..).unwrap_or_default();
    let words = window.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let named = words.take(2).any(|word| OTHERS.split('|').any(|other| other == word));
    named || scan::begins(behind, SOMETHING_ELSE)
}

/// Whether the line only says what would be said: in a document, a program or a test.
fn is_quoted(before: &str, behind: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let line = line.get(line.ceil_char_boundary(line.len().saturating_sub(120))..).unwrap_or_default();
    OF_A_DOCUMENT.iter().any(|sign| line.trim_start().starts_with(sign))
        || scan::holds(line, OF_A_PROGRAM)
        || behind.starts_with(":?")
}

/// Whether a text ends with a whole word that is no choice between two: `invalid or missing`.
fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| {
        !rest.ends_with(|c: char| c.is_alphanumeric()) && !scan::ends(rest, " or | oder | ou | und ")
    })
}
