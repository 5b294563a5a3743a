//! A completion on its way: whole or as a stream, with the time it takes and what it counts against the limits.

use super::completion::Completion;
use super::{Admission, chunks};
use crate::core::sim::{Answer, Exchange, answers};
use crate::core::time::Span;

/// The answer with a completion.
pub(super) fn reply(
    completion: &Completion<'_>,
    exchange: &mut Exchange<'_>,
    admission: &Admission,
    stream: bool,
) -> Answer {
    let first_token = Span::from_micros(exchange.random.between(60_000, 110_000));
    let answer = if stream {
        chunks::stream(completion, first_token, exchange.random)
    } else {
        let rest = completion.tokens.iter().map(|_| exchange.random.between(14_000, 26_000)).sum();
        answers::reply(200, completion.whole(), first_token + Span::from_micros(rest))
    };
    let mut answer = admission.mark(answer);
    answer.headers.push(("x-ratelimit-tokens-query-cost", completion.cost().to_string()));
    answer
}
