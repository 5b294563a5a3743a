//! The two keys that the page listens to wherever the focus is: `/` leads to the key field, Escape stops what runs. And those
//! that press a button: held down, they press it once.

/// A key that was pressed somewhere on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// Which.
    pub key: Key,
    /// Whether Ctrl, Alt or Cmd was held, or the key is part of a character that is put together from several.
    pub modified: bool,
    /// Whether the key is held down, and this is not the first stroke of it.
    pub repeated: bool,
    /// Where it was pressed.
    pub within: Within,
}

/// A key that may mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// `/`, however the keyboard types it.
    Slash,
    /// Escape.
    Escape,
    /// The space bar, which presses a button that has the focus.
    Space,
    /// Enter, which does so too, and submits the form of a field of one line.
    Enter,
}

/// Where a key was pressed, as far as typing goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// Nowhere that takes text.
    Page,
    /// On a button.
    Button,
    /// A field without a text.
    EmptyField,
    /// A field of one line with a text.
    Line,
    /// A field of several lines with a text, or a list to choose from: its keys are the browser's.
    Field,
}

/// What a stroke is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// To the key field.
    KeyField,
    /// Stop what runs.
    Stop,
}

impl Stroke {
    /// What it is for; none where the browser is to have it.
    pub fn shortcut(self) -> Option<Shortcut> {
        match (self.key, self.within) {
            _ if self.modified => None,
            (Key::Slash, Within::Page | Within::Button) => Some(Shortcut::KeyField),
            (Key::Escape, Within::Page | Within::Button | Within::EmptyField) => Some(Shortcut::Stop),
            _ => None,
        }
    }

    /// Whether nobody is to have it: it would press a button or submit a form again, and pay again, for as long as the key is
    /// held.
    pub fn is_swallowed(self) -> bool {
        self.repeated
            && matches!(
                (self.key, self.within),
                (Key::Space | Key::Enter, Within::Button) | (Key::Enter, Within::Line)
            )
    }
}
