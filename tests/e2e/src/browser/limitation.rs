//! What WebKit cannot be driven to. `tests/README.md` lists it, with the journeys and checks that are left out for it.

/// Something that the driver of WebKit has no way to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limitation {
    /// To read the console.
    Console,
    /// To be without a network.
    Offline,
    /// To change the colours that pages are drawn for.
    Dark,
    /// To repeat a key that is held.
    Repeat,
    /// To tell a proxy's refusal from an answer.
    Refusal,
    /// To change what pages find in it, or to draw them for a printer or a finger.
    DevTools,
}

impl Limitation {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Console, Self::Offline, Self::Dark, Self::Repeat, Self::Refusal, Self::DevTools];

    /// Why, in a sentence.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Console => {
                "The driver has no command for the console, and WebKit prints none of what a private session says there."
            }
            Self::Offline => {
                "The driver cannot take WebKit off the network, and WebKit asks the system whether it is on it."
            }
            Self::Dark => "WebKit asks GTK for the colours once, when it starts.",
            Self::Repeat => "The driver presses a key that is held only once.",
            Self::Refusal => {
                "Its network library, which is not Safari's, takes what a proxy answers instead of connecting for the answer of the host."
            }
            Self::DevTools => "The driver has none of the developer tools.",
        }
    }
}
