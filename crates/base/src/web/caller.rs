//! Who asks: the person behind a session cookie or an API token.

use super::Later;
use crate::{Error, Result};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::HeaderMap;
use http::request::Parts;
use lexicon::{PersonId, Role, Scope};

/// A signed-in person, as far as a request needs to know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    /// What this sign-in may be used for. A session has `Scope::Desk` for staff, `Scope::Reader` for readers.
    pub scope: Scope,
    pub via: Via,
}

/// How they signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// A session cookie; the session's id, which is not its secret.
    Session { id: String },
    /// `Authorization: Bearer`; the token's id, which is not its secret.
    Token { id: String },
}

impl Caller {
    /// The id of the session or token, for ending it and for what hangs on it.
    pub fn sign_in_id(&self) -> &str {
        match &self.via {
            Via::Session { id } | Via::Token { id } => id,
        }
    }
}

/// Finds the person behind a request. `people` implements it.
pub trait Identify: Send + Sync + 'static {
    /// `None` when nothing valid was sent: an unknown or ended session or token is nobody, not an error.
    /// The headers never hold both a cookie and a token: the gate takes one away.
    fn identify<'a>(&'a self, headers: &'a HeaderMap) -> Later<'a, Result<Option<Caller>>>;
}

/// Knows nobody: for tests and for programs without accounts.
pub struct Nobody;

impl Identify for Nobody {
    fn identify<'a>(&'a self, _headers: &'a HeaderMap) -> Later<'a, Result<Option<Caller>>> {
        Box::pin(async { Ok(None) })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(Error::Unauthenticated)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}
