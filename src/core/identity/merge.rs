//! The merger of two answers about the same key.

use super::{KeyInfo, Organization, Principal, PrincipalKind, Workspace};

/// Facts that two answers may both tell.
pub(super) trait Told {
    /// Which one it is told of.
    fn id(&self) -> Option<&String>;

    /// Takes over what is missing.
    fn fill(&mut self, other: Self);
}

/// The first, filled up from the second unless that is about something else.
pub(super) fn joined<T: Told>(first: Option<T>, second: Option<T>) -> Option<T> {
    match (first, second) {
        (Some(mut first), Some(second)) => {
            let strangers = first.id().zip(second.id()).is_some_and(|(id, other)| id != other);
            if !strangers {
                first.fill(second);
            }
            Some(first)
        }
        (first, second) => first.or(second),
    }
}

impl Told for Principal {
    fn id(&self) -> Option<&String> {
        self.id.as_ref()
    }

    fn fill(&mut self, other: Self) {
        // Only one of the calls tells the kind.
        if other.kind == PrincipalKind::ServiceAccount {
            self.kind = other.kind;
        }
        self.name = self.name.take().or(other.name);
        self.email = self.email.take().or(other.email);
        self.id = self.id.take().or(other.id);
    }
}

impl Told for Organization {
    fn id(&self) -> Option<&String> {
        self.id.as_ref()
    }

    fn fill(&mut self, other: Self) {
        self.id = self.id.take().or(other.id);
        self.name = self.name.take().or(other.name);
        self.tier = self.tier.take().or(other.tier);
        self.kind = self.kind.take().or(other.kind);
    }
}

impl Told for Workspace {
    fn id(&self) -> Option<&String> {
        self.id.as_ref()
    }

    fn fill(&mut self, other: Self) {
        self.id = self.id.take().or(other.id);
        self.name = self.name.take().or(other.name);
    }
}

impl Told for KeyInfo {
    fn id(&self) -> Option<&String> {
        self.id.as_ref()
    }

    fn fill(&mut self, other: Self) {
        self.id = self.id.take().or(other.id);
        self.name = self.name.take().or(other.name);
        self.expires = self.expires.or(other.expires);
    }
}
