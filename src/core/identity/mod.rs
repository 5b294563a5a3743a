//! The identity behind a key: the person or service account, workspace, organisation and plan.
//!
//! Two free calls tell it, each something that the other does not. Both are read tolerantly: a field that is missing
//! or of the wrong type costs that detail and no more.

mod merge;
#[cfg(test)]
mod properties;
mod read;
#[cfg(test)]
mod tests;

pub use read::read;

use std::fmt;

use crate::core::time::Date;
use merge::joined;

/// The older call. It names the key.
pub const ME: &str = "/v1/users/me";

/// The call that is to replace it. It knows the plan, and service accounts.
pub const WHOAMI: &str = "/v1/whoami";

/// The identity of a key's owner, as far as it is known. Whatever is there was in an answer.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// Who made the key, or for whom it was made.
    pub principal: Option<Principal>,
    /// Who pays.
    pub organization: Option<Organization>,
    /// Where the limits and the models of the key are set.
    pub workspace: Option<Workspace>,
    /// The key itself, without its secret.
    pub key: Option<KeyInfo>,
}

/// Who acts with a key. At least one of the texts is there.
#[derive(Clone, PartialEq, Eq)]
pub struct Principal {
    /// A person or a program.
    pub kind: PrincipalKind,
    /// First and last name, or the name of the service account.
    pub name: Option<String>,
    /// Mail address; service accounts have none.
    pub email: Option<String>,
    /// Mistral's id, a UUID.
    pub id: Option<String>,
}

/// The kind of a principal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrincipalKind {
    /// A person; also when the answer does not say.
    #[default]
    User,
    /// An account for programs.
    ServiceAccount,
}

/// An organisation. At least one of the texts is there.
#[derive(Clone, PartialEq, Eq)]
pub struct Organization {
    /// Mistral's id, a UUID.
    pub id: Option<String>,
    /// The name that its owner gave it.
    pub name: Option<String>,
    /// The plan, in Mistral's word for it.
    pub tier: Option<String>,
    /// The kind of organisation, in Mistral's word for it.
    pub kind: Option<String>,
}

/// A workspace. At least one of the texts is there.
#[derive(Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Mistral's id, a UUID.
    pub id: Option<String>,
    /// The name that its owner gave it.
    pub name: Option<String>,
}

/// The facts that Mistral tells of a key. At least one of the fields is there.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyInfo {
    /// Mistral's id, a UUID.
    pub id: Option<String>,
    /// The name that its owner gave it.
    pub name: Option<String>,
    /// The day on which it stops working, if one was set and is told.
    pub expires: Option<Date>,
}

/// Names and addresses are for the page alone: like a key, none of these prints what it holds.
macro_rules! redacted {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    )*};
}

redacted!(Identity, Principal, Organization, Workspace, KeyInfo);

/// A line about a key. The order is the one in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// The workspace by name, or else by id.
    Workspace,
    /// The organisation by name, or else by id.
    Organization,
    /// The plan of the organisation.
    Tier,
    /// The key by name, or else by id.
    KeyName,
    /// The last day of the key.
    KeyExpires,
    /// The person by name and mail address, or the service account.
    BelongsTo,
}

impl Fact {
    /// Every fact, in reading order.
    pub const ALL: [Self; 6] =
        [Self::Workspace, Self::Organization, Self::Tier, Self::KeyName, Self::KeyExpires, Self::BelongsTo];

    /// Returns the stable name, for reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Workspace => "workspace",
            Self::Organization => "organization",
            Self::Tier => "tier",
            Self::KeyName => "key_name",
            Self::KeyExpires => "key_expires",
            Self::BelongsTo => "belongs_to",
        }
    }

    /// Returns the name that the page shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Workspace => "Workspace",
            Self::Organization => "Organisation",
            Self::Tier => "Plan tier",
            Self::KeyName => "Key name",
            Self::KeyExpires => "Key expires",
            Self::BelongsTo => "Belongs to",
        }
    }
}

impl Identity {
    /// Both answers in one. Where they disagree the first holds, and what the second tells of something else than the
    /// first, by its id, is left out.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self {
            principal: joined(self.principal, other.principal),
            organization: joined(self.organization, other.organization),
            workspace: joined(self.workspace, other.workspace),
            key: joined(self.key, other.key),
        }
    }

    /// Returns the known facts, in reading order.
    pub fn lines(&self) -> Vec<(Fact, String)> {
        let (organization, key) = (self.organization.as_ref(), self.key.as_ref());
        let named = |name: &Option<String>, id: &Option<String>| name.clone().or_else(|| id.clone());
        let told = [
            (Fact::Workspace, self.workspace.as_ref().and_then(|it| named(&it.name, &it.id))),
            (Fact::Organization, organization.and_then(|it| named(&it.name, &it.id))),
            (Fact::Tier, organization.and_then(|it| it.tier.clone())),
            (Fact::KeyName, key.and_then(|it| named(&it.name, &it.id))),
            (Fact::KeyExpires, key.and_then(|it| Some(it.expires?.to_string()))),
            (Fact::BelongsTo, self.principal.as_ref().map(Principal::words)),
        ];
        told.into_iter().filter_map(|(fact, value)| Some((fact, value?))).collect()
    }
}

impl Principal {
    /// `Ada Lovelace, ada@example.com` or `service account deploy`; the id where there is neither name nor address.
    fn words(&self) -> String {
        let known = [&self.name, &self.email].into_iter().flatten();
        let mut known: Vec<&str> = known.map(String::as_str).collect();
        if known.is_empty() {
            known.extend(self.id.as_deref());
        }
        let words = known.join(", ");
        match self.kind {
            PrincipalKind::User => words,
            PrincipalKind::ServiceAccount => format!("service account {words}"),
        }
    }
}
