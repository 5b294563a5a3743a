//! The words of the simulated models, and their tokens.

/// The answer of a model that was not told what to say.
const TEXT: &str = "This answer was written by a simulation, so do not read too much into it. No model ran and \
nothing was billed. The words only have to be long enough to fill a stream, so that you can see how the first one \
arrives, how evenly the others follow, and how a speed in tokens per second comes about. A real model would have \
thought about your question; this one repeats itself until it reaches its limit.";

/// The length at which an answer of unlimited length ends, in tokens.
const LONGEST: usize = 320;

/// The most bytes of a token.
const WIDEST: usize = 6;

/// The tokens of `text`: words with the space before them, long words in pieces.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut current = String::new();
    for character in text.chars() {
        if !current.is_empty() && (character == ' ' || current.len() >= WIDEST) {
            tokens.push(std::mem::take(&mut current));
        }
        current.push(character);
    }
    if !current.is_empty() {
        tokens.push(current);
    }
    tokens
}

/// The answer to `prompt`: what follows `exactly:` in it, otherwise [`TEXT`] over and over.
pub(super) fn answer_to(prompt: &str) -> Vec<String> {
    if let Some((_, wanted)) = prompt.split_once("exactly:") {
        let wanted = wanted.trim();
        if !wanted.is_empty() {
            return tokens(wanted);
        }
    }
    let first = tokens(TEXT);
    let again = tokens(&format!(" {TEXT}"));
    first.into_iter().chain(again.into_iter().cycle()).take(LONGEST).collect()
}
