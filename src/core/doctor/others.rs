//! Other vendors: an error of theirs is not Mistral's to explain, and no judgement of a Mistral key.

/// Signs of other vendors in lower case, with `|` between, and what is said then. Not `OpenAI`'s: its client asks Mistral too.
const VENDORS: [(&str, &str); 10] = [
    ("groq.", "The text names Groq and never Mistral."),
    ("anthropic", "The text names Anthropic and never Mistral."),
    ("google.genai|google.api_core|generativelanguage.|gemini", "The text names Google and never Mistral."),
    ("huggingface", "The text names Hugging Face and never Mistral."),
    ("stripe::|stripe.error|api.stripe.com", "The text names Stripe and never Mistral."),
    ("pinecone|qdrant|weaviate|supabase|chromadb", "The text names a database and never Mistral."),
    ("tavily|serpapi|serper.dev", "The text names a search service and never Mistral."),
    (
        "api.github.com|registry.npmjs.org|pypi.org|docker.io",
        "The text names a registry of software and never Mistral.",
    ),
    ("openweathermap", "The text names a weather service and never Mistral."),
    ("deepseek|cohere.|x.ai/|perplexity", "The text names another vendor and never Mistral."),
];

/// Names that show that Mistral is meant.
const OURS: &str = "mistral|codestral|devstral|magistral|pixtral|voxtral";

/// Why an error is another vendor's, and the word that says so: the text names that vendor and never Mistral.
pub(super) fn only_named(text: &str) -> Option<(&'static str, &'static str)> {
    let lower = text.to_ascii_lowercase();
    let held = |words: &'static str| words.split('|').find(|word| lower.contains(word));
    if held(OURS).is_some() {
        return None;
    }
    VENDORS.iter().find_map(|(words, because)| Some((*because, held(words)?)))
}
