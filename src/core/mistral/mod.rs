//! Mistral's API: its hosts, the requests we make, the shapes of its answers.

pub mod capability;
pub mod chat;
pub mod chunk;
pub mod error;
pub mod limits;
pub mod stream;
pub mod usage;
pub mod wire;

pub use crate::core::endpoint::Endpoint;

use crate::core::http::{Body, HttpRequest, Method};
use crate::core::key::ApiKey;

/// The caller of a request: the key and the host that all calls for one purpose have in common.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The host.
    pub endpoint: Endpoint,
    /// The key.
    pub key: ApiKey,
}

impl Caller {
    /// Reads something.
    pub fn get(&self, path: &'static str) -> HttpRequest {
        self.request(Method::Get, path, None)
    }

    /// Runs a model.
    pub fn post(&self, path: &'static str, body: Body) -> HttpRequest {
        self.request(Method::Post, path, Some(body))
    }

    fn request(&self, method: Method, path: &'static str, body: Option<Body>) -> HttpRequest {
        HttpRequest { method, endpoint: self.endpoint, path, key: Some(self.key.clone()), body }
    }
}

/// The path of chat completions.
pub const CHAT: &str = "/v1/chat/completions";
/// The path of completions between a prefix and a suffix.
pub const FIM: &str = "/v1/fim/completions";
/// The path of embeddings.
pub const EMBEDDINGS: &str = "/v1/embeddings";
/// The path of moderation.
pub const MODERATIONS: &str = "/v1/moderations";
/// The path of document reading.
pub const OCR: &str = "/v1/ocr";
/// The path of transcription.
pub const TRANSCRIPTIONS: &str = "/v1/audio/transcriptions";
/// The path of speech.
pub const SPEECH: &str = "/v1/audio/speech";
/// The path of the list of voices, its first entry: speech needs one.
pub const FIRST_VOICE: &str = "/v1/audio/voices?limit=1";

/// The path of the model list.
pub const MODELS: &str = "/v1/models";

/// `GET /v1/models`: lists the models of the key's workspace. Free of charge, and the shortest proof that a key is
/// accepted.
pub fn list_models(endpoint: Endpoint, key: ApiKey) -> HttpRequest {
    HttpRequest { method: Method::Get, endpoint, path: MODELS, key: Some(key), body: None }
}

/// The test of a key that needs no explanation before it: none of a text that is doubtful, or cannot be a key.
pub fn plain_test(endpoint: Endpoint, pasted: &str) -> Option<HttpRequest> {
    let parsed = ApiKey::parse(pasted).ok()?;
    parsed.reading.doubt.is_none().then(|| list_models(endpoint, parsed.key))
}

/// Lists the models without a key, to learn whether a page may read what the host answers.
pub fn list_models_without_key(endpoint: Endpoint) -> HttpRequest {
    HttpRequest { method: Method::Get, endpoint, path: MODELS, key: None, body: None }
}

#[cfg(test)]
mod tests {
    use super::{list_models_without_key, plain_test};
    use crate::core::endpoint::Endpoint;

    const KEY: &str = "mstrl_CanaryThatSingsInTheMine00000000_Sing42";
    const OTHER: &str = "mstrl_AnotherBirdInAnotherMine0000000000_Two22";

    #[test]
    fn only_a_key_without_doubt_is_tested_without_a_word() {
        let test = |text: &str| plain_test(Endpoint::Eu, text);
        let request = test(&format!("  {KEY}\n")).expect("a key, cleaned");
        assert_eq!(request.url(), "https://api.eu.mistral.ai/v1/models");
        for text in ["", "YOUR_API_KEY", "sk-ant-api03-9fK2mQ7wRt5Yb1Lc8Vd3Xg6", "vögel", "mstrl_••••"]
        {
            assert!(test(text).is_none(), "{text}");
        }
    }

    #[test]
    fn requests_are_the_same_with_key_host_and_all() {
        let test = |endpoint, text: &str| plain_test(endpoint, text).expect("a key");
        let request = test(Endpoint::Global, KEY);
        assert!(request.is(&test(Endpoint::Global, &format!("Bearer {KEY}"))));
        assert!(!request.is(&test(Endpoint::Global, OTHER)));
        assert!(!request.is(&test(Endpoint::Us, KEY)));
        assert!(!request.is(&list_models_without_key(Endpoint::Global)));
    }
}
