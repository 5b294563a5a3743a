//! The ids of requests and timers. Each says whose it is, so a reply needs no search for who waits for it.

/// Who makes a call or sets a timer, and so hears of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// The call that the verdict rests on.
    KeyTest,
    /// The warm calls behind a verdict, each a sample of the round trip.
    RoundTrip,
    /// The search for the reason why no answer came.
    Inquiry,
    /// The countdown in which the page tests again by itself.
    Retest,
    /// The access scan.
    Scan,
    /// The feature checks.
    Features,
    /// The question whose key it is.
    Identity,
    /// The comparison of two keys, and the watch until the old one is refused.
    Rotation,
    /// A measurement of the latency lab.
    Lab,
    /// The trial of a repaired request.
    Request,
    /// The search for the pace that a key carries.
    Headroom,
    /// The clock that says how long the key was not used.
    Session,
}

impl Owner {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::KeyTest,
        Self::RoundTrip,
        Self::Inquiry,
        Self::Retest,
        Self::Scan,
        Self::Features,
        Self::Identity,
        Self::Rotation,
        Self::Lab,
        Self::Request,
        Self::Headroom,
        Self::Session,
    ];

    /// What its requests are for, in a few words.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::KeyTest => "key test",
            Self::RoundTrip => "round trip",
            Self::Inquiry => "why no answer came",
            Self::Retest => "test again",
            Self::Scan => "scan",
            Self::Features => "feature check",
            Self::Identity => "whose key it is",
            Self::Rotation => "rotation",
            Self::Lab => "measurement",
            Self::Request => "repaired request",
            Self::Headroom => "headroom",
            Self::Session => "clock",
        }
    }
}

/// Names one request or timer. A reply under an id that its owner no longer waits for is ignored, which makes stop, retry and
/// late answers one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId {
    owner: Owner,
    number: u64,
}

impl RequestId {
    /// The id with this number. Numbers are given out by `Calls` alone; a reply may name any.
    pub const fn new(owner: Owner, number: u64) -> Self {
        Self { owner, number }
    }

    /// Its number, which no other id has.
    pub const fn number(self) -> u64 {
        self.number
    }

    /// Who waits for a reply under it.
    pub const fn owner(self) -> Owner {
        self.owner
    }
}

#[cfg(test)]
mod tests {
    use super::Owner;

    #[test]
    fn the_list_of_owners_has_each_of_them() {
        assert!(Owner::ALL.iter().enumerate().all(|(place, owner)| *owner as usize == place));
        assert_eq!(Owner::ALL.len(), Owner::Session as usize + 1, "the last one stands last");
    }
}
