//! What is said of a program that had no key to send, or one that no header can carry.

use super::explained;
use crate::core::explain::Certainty::Likely;
use crate::core::explain::links::KEYS;
use crate::core::explain::{Cause, Explanation, Step, Suspect, likely, possible};
use crate::core::paste::Unsent;
use std::borrow::Cow;

const MISSING: &[Suspect] = &[
    likely(
        "The variable is set somewhere else: in another terminal, in a file that is not loaded, not in the container.",
    ),
    possible("The program looks for another name than the one that is set."),
    possible("A secret of the build or of the host that this run may not read."),
];
const UNSENDABLE: &[Suspect] = &[
    likely("A line break or a blank at the end of the key, from a file or from copying."),
    possible("Curly quotes or another sign of a word processor around the key."),
    possible("A placeholder in another alphabet that was never replaced."),
];

const SET: &[Step] = &[
    Step::Do(
        "Print the length of the key where the program runs, not the key: 0 or none means that it is not set.",
    ),
    Step::Do("Set MISTRAL_API_KEY there, or the name that the program asks for, and start the program anew."),
    Step::Do("In Docker, CI and hosted apps, pass the variable on: they do not see those of your terminal."),
    Step::Visit("If you have no key yet, create one.", KEYS),
];
const CLEAN: &[Step] = &[
    Step::Do(
        "Print the length of the key where the program runs: 32 or 45 characters are usual, one more is a line break.",
    ),
    Step::Do("Remove quotes, blanks and line breaks around it, and start the program anew."),
    Step::Do("Or paste the key above: the form says which character is in the way, without sending it."),
];

/// Explains why a program sent no key.
pub(super) fn explain(unsent: Unsent, mut evidence: Vec<String>) -> Explanation {
    let (cause, headline, meaning, because, suspects, next) = match unsent {
        Unsent::Missing | Unsent::Nothing(_) => (
            Cause::Empty,
            "The program has no key to send.",
            "It looked for a key and found none. Mistral did not judge any key.",
            "The text says that a key is missing where the program runs.",
            MISSING,
            SET,
        ),
        Unsent::Unsendable => (
            Cause::Unsendable,
            "The program’s key holds a character that no header can carry.",
            "The program stopped before it sent anything. Mistral did not judge the key.",
            "The text says that a header cannot hold what is in it.",
            UNSENDABLE,
            CLEAN,
        ),
    };
    evidence.push(because.to_owned());
    if unsent == Unsent::Nothing("") {
        evidence.push("The header ends behind “Bearer”: the variable has no value.".to_owned());
    } else if let Unsent::Nothing(word) = unsent {
        evidence.push(format!(
            "The header reads “Bearer {word}”: that is what a program prints for a variable without a value."
        ));
    }
    Explanation {
        headline: Cow::Borrowed(headline),
        meaning,
        suspects: suspects.to_vec(),
        next: next.to_vec(),
        ..explained(cause, Some(Likely), evidence)
    }
}
