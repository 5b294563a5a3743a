//! Charges: the cost of a call, or the most that it can have been.

use std::ops::Add;

use crate::core::exchange::Exchange;
use crate::core::mistral::usage::Usage;
use crate::core::prices::{AS_OF, Dollars, Price, Rate, Source};

/// An answer that tells more than so many times what its call can have used is not quoted: it cannot be right, whoever bills it.
const ABSURD: u64 = 1_000;

/// The terms of a call: the most that it can use and the price of that, known before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The price at the host that is asked; `None` if none is known.
    pub price: Option<Price>,
    /// The most that the call can use.
    pub bound: Usage,
}

/// The charge of calls: money that went, as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Charge {
    /// By the usage in Mistral's answers.
    pub told: Dollars,
    /// The most that went besides: calls whose answer told no usage, one that cannot be, or that broke off.
    pub at_most: Dollars,
    /// The number of calls that told no usage, or broke off.
    pub untold: u32,
    /// The number of calls that told more than they can have used.
    pub overtold: u32,
    /// The cost of those by what they told; not in the other amounts. It leaves out what cannot be right.
    pub claimed: Dollars,
    /// The number of those that told an amount which cannot be right.
    pub absurd: u32,
    /// Whether a price behind `told` is not sure.
    pub approximate: bool,
    /// Whether speech is in `told`: no answer tells the characters, they are those of the request.
    pub spoken: bool,
    /// Calls to models whose price is not known.
    pub unpriced: u32,
}

impl Terms {
    /// The terms of what costs nothing: lists.
    pub const FREE: Self = Self {
        price: Some(Price { rate: Rate::Free, dearest: None, source: &Source { place: "", read: AS_OF } }),
        bound: Usage { input: 0, cached: 0, output: 0, audio_seconds: 0, pages: 0, characters: 0 },
    };

    /// Returns the most that the call can cost; `None` if no price is known.
    pub fn worst(&self) -> Option<Dollars> {
        Some(self.price?.most_of_usage(&self.bound))
    }

    /// Returns the charge of a call that has ended. Mistral bills no refusal. A call that broke off or was aborted may have run all the
    /// same, and counts as the most it can have cost; so does one whose usage is absent or more than it can have used.
    pub fn charge(&self, exchange: &Exchange) -> Charge {
        let answer = exchange.answer();
        if answer.is_some_and(|answer| !(200..300).contains(&answer.status)) {
            return Charge::default();
        }
        let Some(price) = self.price else { return Charge { unpriced: 1, ..Charge::default() } };
        let told = match price.rate {
            Rate::Free => Some(Usage::default()),
            // No answer tells the characters: they are those of the request.
            Rate::Characters(_) => answer.map(|_| self.bound),
            Rate::Tokens { .. } => exchange.usage().filter(|usage| usage.input > 0),
            Rate::Pages { .. } => exchange.usage().filter(|usage| usage.pages > 0),
            Rate::Minutes(_) => exchange.usage().filter(|usage| usage.audio_seconds > 0),
        };
        let most = price.most_of_usage(&self.bound);
        let unsure = Charge { at_most: most, ..Charge::default() };
        match told.map(|usage| price.of_usage(&usage)) {
            Some(told) if told <= most => {
                let spoken = matches!(price.rate, Rate::Characters(_));
                Charge { told, approximate: price.is_approximate(), spoken, ..Charge::default() }
            }
            Some(claimed) if claimed.as_picodollars() / ABSURD > most.as_picodollars() => {
                Charge { overtold: 1, absurd: 1, ..unsure }
            }
            Some(claimed) => Charge { overtold: 1, claimed, ..unsure },
            None => Charge { untold: 1, ..unsure },
        }
    }
}

impl Charge {
    /// Returns the amount in a few words, `cost about $0.01`, as a person says it; empty where nothing was spent.
    pub fn cost(&self) -> String {
        let most = self.most();
        if most == Dollars::ZERO { String::new() } else { format!("cost about {}", most.rounded_up()) }
    }

    /// What was added to an earlier charge to come to this one.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        Self {
            told: self.told.less(earlier.told),
            at_most: self.at_most.less(earlier.at_most),
            untold: self.untold.saturating_sub(earlier.untold),
            overtold: self.overtold.saturating_sub(earlier.overtold),
            claimed: self.claimed.less(earlier.claimed),
            approximate: self.approximate,
            spoken: self.spoken,
            absurd: self.absurd.saturating_sub(earlier.absurd),
            unpriced: self.unpriced.saturating_sub(earlier.unpriced),
        }
    }

    /// The most that can have gone in all.
    pub fn most(&self) -> Dollars {
        self.told + self.at_most
    }

    /// In words: by usage, and what is not sure.
    pub fn sentence(&self) -> String {
        let rough = if self.approximate { "≈ " } else { "" };
        let mut words = format!("{rough}{} spent, by the usage in Mistral’s answers.", self.told);
        if self.spoken {
            words.push_str(" Speech is counted by the characters that were sent.");
        }
        let unsure = calls(self.untold.saturating_add(self.overtold));
        let most = self.at_most.to_string();
        if self.overtold > 0 {
            let claimed = self.claimed.to_string();
            words.extend([
                " At most ",
                &most,
                " more for ",
                &unsure,
                " that told no usage, or more than can have been used: ",
            ]);
            match (self.absurd, self.overtold.saturating_sub(self.absurd)) {
                (0, _) => words.extend([&claimed, " by what they told."]),
                (_, 0) => words.push_str("by what they told, an amount that cannot be right."),
                (absurd, _) => {
                    let absurd = calls(absurd);
                    words.extend([
                        &claimed,
                        " by what they told, without ",
                        &absurd,
                        " whose amount cannot be right.",
                    ]);
                }
            }
        } else if self.untold > 0 {
            words.extend([" At most ", &most, " more for ", &unsure, " that told no usage."]);
        }
        if self.unpriced > 0 {
            words.extend([" Not counted: ", &calls(self.unpriced), " to models without a known price."]);
        }
        words
    }
}

fn calls(count: u32) -> String {
    if count == 1 { "1 call".to_owned() } else { format!("{count} calls") }
}

impl Add for Charge {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            told: self.told + other.told,
            at_most: self.at_most + other.at_most,
            untold: self.untold.saturating_add(other.untold),
            overtold: self.overtold.saturating_add(other.overtold),
            claimed: self.claimed + other.claimed,
            absurd: self.absurd.saturating_add(other.absurd),
            approximate: self.approximate || other.approximate,
            spoken: self.spoken || other.spoken,
            unpriced: self.unpriced.saturating_add(other.unpriced),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Charge, Terms};
    use crate::core::exchange::{Ending, Exchange};
    use crate::core::http::HttpEvent;
    use crate::core::mistral::usage::Usage;
    use crate::core::prices::{Dollars, Price, Rate};
    use crate::core::sse::forms;
    use crate::core::time::Timestamp;

    fn terms(id: &str, bound: Usage) -> Terms {
        Terms { price: Price::of(&[id.to_owned()]), bound }
    }

    fn chat() -> Terms {
        terms("ministral-3b-2512", Usage { input: 256, output: 1, ..Usage::default() })
    }

    fn answered(status: u16, body: &str) -> Exchange {
        announced(status, Vec::new(), body)
    }

    fn announced(status: u16, headers: Vec<(String, String)>, body: &str) -> Exchange {
        let mut exchange = Exchange::default();
        let at = Timestamp::default();
        exchange.record(at, HttpEvent::Opened { status, headers });
        exchange.record(at, HttpEvent::Chunk(body.as_bytes().to_vec()));
        exchange.record(at, HttpEvent::Closed);
        exchange
    }

    #[test]
    fn an_answer_costs_what_its_usage_says() {
        let whole = r#"{"usage":{"prompt_tokens":20,"completion_tokens":1}}"#;
        let streamed = format!("data: {{\"choices\":[]}}\n\ndata: {whole}\n\ndata: [DONE]\n\n");
        for body in [whole, &streamed] {
            let charge = chat().charge(&answered(200, body));
            let told = Dollars::from_picodollars(2_100_000);
            assert_eq!(charge, Charge { told, ..Charge::default() }, "{body}");
        }
    }

    #[test]
    fn a_stream_costs_what_its_usage_says_however_it_is_written() {
        let usage = r#"{"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":1}}"#;
        let told = Charge { told: Dollars::from_picodollars(2_100_000), ..Charge::default() };
        let stream = ("content-type".to_owned(), "text/event-stream; charset=utf-8".to_owned());
        for body in forms::all(&[r#"{"choices":[]}"#, usage, "[DONE]"]) {
            let exchange = announced(200, vec![stream.clone()], &body);
            assert_eq!(chat().charge(&exchange), told, "{body:?}");
            assert_eq!(chat().charge(&answered(200, &body)), told, "unannounced: {body:?}");
        }
    }

    #[test]
    fn a_refusal_costs_nothing() {
        for status in [400, 401, 403, 404, 422, 429, 500, 503] {
            assert_eq!(chat().charge(&answered(status, "{}")), Charge::default(), "{status}");
        }
    }

    #[test]
    fn what_cannot_be_told_counts_as_the_most_it_can_have_cost() {
        let worst = chat().worst().expect("a price");
        let unsure = Charge { at_most: worst, untold: 1, ..Charge::default() };
        for body in ["{}", "", r#"{"usage":null}"#, r#"{"usage":{"prompt_tokens":0,"completion_tokens":0}}"#]
        {
            assert_eq!(chat().charge(&answered(200, body)), unsure, "{body}");
        }
        let mut stopped = Exchange::default();
        stopped.record(Timestamp::default(), HttpEvent::Sent);
        stopped.end(None, Ending::Stopped);
        assert_eq!(chat().charge(&stopped), unsure);
    }

    #[test]
    fn what_is_told_beyond_what_can_have_been_used_is_said_and_not_added_up() {
        let worst = chat().worst().expect("a price");
        let body = r#"{"usage":{"prompt_tokens":900,"completion_tokens":1}}"#;
        let charge = chat().charge(&answered(200, body));
        let claimed = Dollars::from_picodollars(90_100_000);
        assert_eq!(charge, Charge { at_most: worst, overtold: 1, claimed, ..Charge::default() });
        assert!(charge.sentence().ends_with("more than can have been used: $0.0000901 by what they told."));
        let absurd =
            r#"{"usage":{"prompt_tokens":18446744073709551615,"completion_tokens":18446744073709551615}}"#;
        let charge = chat().charge(&answered(200, absurd));
        assert_eq!(charge, Charge { at_most: worst, overtold: 1, absurd: 1, ..Charge::default() });
        let said = charge.sentence();
        assert!(
            said.ends_with("can have been used: by what they told, an amount that cannot be right."),
            "{said}"
        );
        let both = (charge + chat().charge(&answered(200, body))).sentence();
        assert!(
            both.ends_with("$0.0000901 by what they told, without 1 call whose amount cannot be right."),
            "{both}"
        );
    }

    #[test]
    fn where_sources_disagree_the_bound_is_the_higher_price() {
        let listed = terms("mistral-large-4", Usage { input: 1_000_000, ..Usage::default() });
        let doubled = Rate::Tokens {
            input: Dollars::from_millionths(1_360_000),
            cached: None,
            output: Some(Dollars::from_millionths(4_180_000)),
            minute: Dollars::ZERO,
        };
        let large =
            Terms { price: listed.price.map(|price| Price { dearest: Some(doubled), ..price }), ..listed };
        assert_eq!(large.worst().map(|worst| worst.to_string()).as_deref(), Some("$1.36"));
        let charge = large.charge(&answered(200, r#"{"usage":{"prompt_tokens":1000000}}"#));
        assert_eq!((charge.told.to_string().as_str(), charge.approximate), ("$0.70", true));
        assert!(charge.sentence().starts_with("≈ $0.70 spent"));
    }

    #[test]
    fn speech_costs_by_its_request_and_an_unknown_price_is_no_price() {
        let speech = terms("voxtral-mini-tts-2603", Usage { characters: 2, ..Usage::default() });
        let charge = speech.charge(&answered(200, r#"{"audio_data":"AA=="}"#));
        assert_eq!((charge.told.to_string().as_str(), charge.untold), ("$0.000032", 0));
        let unknown = terms("some-model-of-next-year", Usage { input: 256, ..Usage::default() });
        assert_eq!(unknown.worst(), None);
        assert_eq!(unknown.charge(&answered(200, "{}")), Charge { unpriced: 1, ..Charge::default() });
        assert_eq!(Terms::FREE.worst(), Some(Dollars::ZERO));
        assert_eq!(Terms::FREE.charge(&answered(200, "[]")), Charge::default());
    }
}
