//! What an update of a part asks for.

use super::effect::Effect;

/// How much of the page has to be drawn anew after an update.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Draw {
    /// Nothing that is seen has changed.
    #[default]
    Nothing,
    /// What follows a measurement while answers arrive.
    Measurement,
    /// Every island whose view model has changed.
    Page,
}

/// A sentence for a screen reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub words: String,
    /// Whether it is about what the simulated Mistral did, if that is who answers. A text that a user pasted is real.
    pub may_be_simulated: bool,
}

/// What an update of a part asks for. `E` is what its parent has to hear of it.
#[derive(Debug)]
#[must_use]
pub struct Step<E> {
    pub(super) effects: Vec<Effect>,
    pub(super) said: Option<Said>,
    pub(super) draw: Draw,
    pub(super) events: Vec<E>,
}

/// A step after which the page is drawn: what it stands for may be seen.
impl<E> Default for Step<E> {
    fn default() -> Self {
        Self { draw: Draw::Page, ..Self::quiet() }
    }
}

impl<E> Step<E> {
    /// A step of which nothing is seen: an answer is on its way, or nobody waited for what came.
    pub fn quiet() -> Self {
        Self { effects: Vec::new(), said: None, draw: Draw::Nothing, events: Vec::new() }
    }

    /// Adds effects, to be carried out after those before.
    pub fn effects(mut self, effects: impl IntoIterator<Item = Effect>) -> Self {
        self.effects.extend(effects);
        self
    }

    /// Adds an effect.
    pub fn effect(self, effect: Effect) -> Self {
        self.effects([effect])
    }

    /// Has a screen reader say this, by what is drawn; of several sentences in one step, the last.
    pub fn say(mut self, words: impl Into<String>) -> Self {
        self.said = Some(Said { words: words.into(), may_be_simulated: true });
        self.draw(Draw::Page)
    }

    /// The same of what is real even in the demo.
    pub fn say_of_real(mut self, words: impl Into<String>) -> Self {
        self.said = Some(Said { words: words.into(), may_be_simulated: false });
        self.draw(Draw::Page)
    }

    /// Tells the parent.
    pub fn event(mut self, event: E) -> Self {
        self.events.push(event);
        self
    }

    /// Has this much drawn at least.
    pub fn draw(mut self, draw: Draw) -> Self {
        self.draw = self.draw.max(draw);
        self
    }

    /// This step, and then another one.
    pub fn then(mut self, next: Self) -> Self {
        self.effects.extend(next.effects);
        self.events.extend(next.events);
        self.said = next.said.or(self.said);
        self.draw = self.draw.max(next.draw);
        self
    }
}
