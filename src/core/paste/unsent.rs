//! Whether a program had a key to send at all. Clients say so in their own words before anything reaches Mistral.

use super::scan;

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
    newline characters are not allowed|header value must be|headers must not contain|invalid http header|\
    'ascii' codec can't encode|'latin-1' codec can't encode|return character(s) in header";

/// A key that is no text, or empty, where it is printed as it would be sent; in lower case with `|` between.
const EMPTY: &str =
    "value b'bearer '|value 'bearer '|value \"bearer \"|value: 'bearer '|value: \"bearer \"|value “bearer ”";

/// What programs print for no value, behind `bearer` and one blank.
const NOTHING: [&str; 5] = ["undefined", "null", "none", "nan", "[object object]"];

/// Names of what is missing, in lower case with `|` between. Longer ones stand before what they begin with.
const KEY: &str = "mistral_api_key|mistral_ai_api_key|mistralai_api_key|mistral api key|openai_api_key|_api_key|api_key|api key|api-key|\
    apikey|api token|client option|clé api|clé d'api|clé d’api|cle api|api-schlüssel|api-schluessel|apischlüssel|clave api|\
    clave de api|clave de la api|chiave api|chave de api|chave da api|chave api|klucz api|klucza api|api anahtar|api 키|api-ключ|api ключ|ключ api|api 密钥|api密钥|apiキー";

/// Words before a name that say that it is not there; a blank or a quote stands between.
const BEFORE: &str = "no|no key|brak|missing|without|fehlender|kein|keinen|pas de|aucune|manque la|falta|falta la|sin|nessuna|manca la|\
    sem|falta a|нет|отсутствует|缺少|没有|未设置|未配置|未提供|find|provide an|provide a|provide your|provide|\
    variables are set|could not resolve placeholder|keyerror|unset|missing environment variable|missing required";

/// Words behind a name that say that it is not there, in lower case with `|` between.
const BEHIND: &str = "not set|not configured|not provided|not specified|not defined|not supplied|not been set|missing|is required|\
    required|is empty|empty|undefined|must be set|must be provided|must not be empty|cannot be empty|can't be empty|isn't set|\
    is null|is none|not present|absent|manquante|non définie|non defini|non configurée|n'est pas|n’est pas|requise|fehlt|\
    nicht gesetzt|nicht konfiguriert|nicht angegeben|ist leer|no configurada|no está|no definida|no se ha|mancante|\
    non impostata|non configurata|não configurada|não definida|não informada|ausente|не задан|не указан|не установлен|\
    не настроен|не найден|bulunamad|ayarlanmam|설정되|없습니다|필요합니다|未设置|未配置|未提供|不能为空|为空|缺失|設定されて|が必要|がありません";

/// Behind the name of a variable alone: of a key that was sent it means something else.
const BEHIND_VARIABLE: &str = "not found|to be set";

/// How far behind a name the words may stand, in bytes.
const REACH: usize = 48;

/// Words before a name that advise to set it. Beside a status they are what a client says of every refusal.
const ADVICE: &str = "set the|please set|set your|set|export|environment variable|configure your|configure";

/// Why no key was sent, if the text says that none was; `answered`: it shows a status too.
pub(super) fn of(lower: &str, answered: bool) -> Option<Unsent> {
    if scan::holds(lower, EMPTY) {
        return Some(Unsent::Missing);
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
    if scan::holds(lower, UNSENDABLE) {
        return Some(Unsent::Unsendable);
    }
    let advice = if answered { "" } else { ADVICE };
    KEY.split('|').any(|name| is_missing(lower, name, advice)).then_some(Unsent::Missing)
}

/// Words after which another thing is spoken of, with `|` between.
const ELSE: &str = "\n|;|!|?|. | or | and | ou | et | oder | und | o | y | e |, ";

/// Whether a text says of a name that it is not there.
fn is_missing(lower: &str, name: &str, advice: &str) -> bool {
    let mut from = 0;
    while let Some(at) = scan::find(lower, name, from) {
        from = at + name.len();
        let before = scan::trim_end(lower.get(..at).unwrap_or_default(), " '\"`:=$({[-_");
        let end = lower.floor_char_boundary((from + REACH).min(lower.len()));
        let mut behind = lower.get(from..end).unwrap_or_default();
        for word in ELSE.split('|') {
            behind = scan::before(behind, word);
        }
        let variable = name.contains('_') && scan::holds(behind, BEHIND_VARIABLE);
        let mut words = BEFORE.split('|').chain(advice.split('|').filter(|word| !word.is_empty()));
        if variable || scan::holds(behind, BEHIND) || words.any(|word| ends_with_word(before, word)) {
            return true;
        }
    }
    false
}

/// Whether a text ends with a whole word.
fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()))
}
