//! One route, with everything that is promised about it. What is declared here is enforced by the gate,
//! printed in the OpenAPI document and walked by the tests; nothing of it is said twice.

use super::limits;
use super::rate::RateClass;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use http::Method;
use lexicon::{Role, Scope};
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// The URL or body carries a secret (set-up, invitation, reset) that the route itself checks.
    SecretLink,
    /// Anybody who is signed in.
    Reader,
    /// People with one of these roles.
    Staff(&'static [Role]),
}

impl Access {
    /// All who may enter the desk.
    pub const DESK: Self = Self::Staff(&[
        Role::Moderator,
        Role::Photo,
        Role::Reporter,
        Role::Editor,
        Role::Owner,
    ]);
    /// Who may write stories.
    pub const WRITERS: Self = Self::Staff(&[Role::Reporter, Role::Editor, Role::Owner]);
    /// Who may bring in pictures.
    pub const PICTURES: Self = Self::Staff(&[Role::Photo, Role::Reporter, Role::Editor, Role::Owner]);
    /// Who may make things public.
    pub const PUBLISHERS: Self = Self::Staff(&[Role::Editor, Role::Owner]);
    /// Who runs the place.
    pub const OWNER: Self = Self::Staff(&[Role::Owner]);

    /// Whether a person with this role, or nobody, may come in.
    pub fn admits(self, role: Option<Role>) -> bool {
        match self {
            Self::Public | Self::SecretLink => true,
            Self::Reader => role.is_some(),
            Self::Staff(roles) => role.is_some_and(|role| roles.contains(&role)),
        }
    }
}

/// Who may keep the answer, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheClass {
    /// The page store keeps it; others must ask each time. The handler sees no header of the request,
    /// so nothing but the address can be in the page.
    Stored,
    /// Anybody, so long. The handler sees neither cookie nor token.
    Public { max_age_s: u32 },
    /// Nobody: `no-store`.
    Private,
    /// The page store and everybody, for ever: the address has the hash of the content.
    Asset,
}

/// How a request that changes something proves that our own page, or a program, sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CsrfClass {
    /// It changes nothing.
    Safe,
    /// A session cookie counts only together with the browser's word that our page sent it.
    SameOrigin,
    /// Only a bearer token counts; cookies are not looked at.
    Token,
}

/// A route with all its declarations. Made by [`Route::get`] and its siblings.
pub struct Route<S = ()> {
    pub method: Method,
    /// axum's syntax: `/{edition}/{section}/`.
    pub path: &'static str,
    /// The handler's name, which is the OpenAPI `operationId`.
    pub id: &'static str,
    pub summary: &'static str,
    pub access: Access,
    /// The least scope a token must have.
    pub scope: Scope,
    pub cache: CacheClass,
    pub csrf: CsrfClass,
    pub body_limit_bytes: u64,
    pub rate: RateClass,
    /// The page may be asked for as `?page=N`.
    pub numbered: bool,
    pub docs: Docs,
    pub(crate) serves: MethodRouter<S>,
}

/// What the OpenAPI document says of bodies. A shape is made when the document is.
#[derive(Clone, Default)]
pub struct Docs {
    pub query: Option<Shape>,
    pub body: Option<(&'static str, Option<Shape>)>,
    pub answers: Vec<(u16, &'static str, Option<Shape>)>,
}

/// A type's JSON schema, in the definitions of one document.
pub type Shape = fn(&mut SchemaGenerator) -> Schema;

/// A route of which nothing has been declared yet. It is none until one of these is called.
#[must_use = "say who may come in and who may keep the answer"]
pub struct Undeclared<S>(Route<S>);

macro_rules! verbs {
    ($($verb:ident $method:ident),+) => {
        impl<S: Clone + Send + Sync + 'static> Route<S> {
            $(
                #[doc = concat!("A `", stringify!($method), "` route.")]
                pub fn $verb<H: Handler<T, S>, T: 'static>(path: &'static str, handler: H) -> Undeclared<S> {
                    Undeclared(Self::bare(Method::$method, path, last_word::<H>(), on(MethodFilter::$method, handler)))
                }
            )+
        }
    };
}
verbs!(get GET, post POST, put PUT, patch PATCH, delete DELETE);

impl<S> Undeclared<S> {
    /// A public page that the page store keeps; the handler returns a [`crate::pages::Page`].
    pub fn stored(self) -> Route<S> {
        self.declared(Access::Public, CacheClass::Stored)
    }

    /// A public answer that depends on address and query alone.
    pub fn public(self, max_age_s: u32) -> Route<S> {
        self.declared(Access::Public, CacheClass::Public { max_age_s })
    }

    /// A file whose address has its hash; the handler returns a [`crate::pages::Page`].
    pub fn asset(self) -> Route<S> {
        self.declared(Access::Public, CacheClass::Asset)
    }

    /// For one person: by session (from our own pages) or by token. Never kept by anyone.
    pub fn private(self, access: Access) -> Route<S> {
        self.declared(access, CacheClass::Private)
    }

    /// For programs: by bearer token of at least this scope, never by cookie.
    pub fn token(self, access: Access, scope: Scope) -> Route<S> {
        let mut route = self.declared(access, CacheClass::Private);
        route.csrf = CsrfClass::Token;
        route.scope = scope;
        route
    }

    fn declared(self, access: Access, cache: CacheClass) -> Route<S> {
        let mut route = self.0;
        route.access = access;
        route.cache = cache;
        route.scope = match (route.method.is_safe(), access) {
            (true, _) => Scope::Read,
            (false, Access::Staff(_)) => Scope::Desk,
            (false, _) => Scope::Reader,
        };
        route
    }
}

impl<S> Route<S> {
    fn bare(method: Method, path: &'static str, id: &'static str, serves: MethodRouter<S>) -> Self {
        let safe = method.is_safe();
        Self {
            path,
            id,
            summary: "",
            access: Access::Staff(&[]),
            scope: Scope::Desk,
            cache: CacheClass::Private,
            csrf: if safe {
                CsrfClass::Safe
            } else {
                CsrfClass::SameOrigin
            },
            body_limit_bytes: if safe { 0 } else { limits::BODY_BYTES },
            rate: if safe { RateClass::Read } else { RateClass::Write },
            numbered: false,
            docs: Docs::default(),
            serves,
            method,
        }
    }

    /// One sentence on what it does.
    #[must_use]
    pub fn about(mut self, summary: &'static str) -> Self {
        self.summary = summary;
        self
    }

    /// Another limit than 64 KiB for the body.
    #[must_use]
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.body_limit_bytes = bytes;
        self
    }

    #[must_use]
    pub fn rate(mut self, rate: RateClass) -> Self {
        self.rate = rate;
        self
    }

    /// A list with further pages at `?page=N`.
    #[must_use]
    pub fn numbered(mut self) -> Self {
        self.numbered = true;
        self
    }

    /// The shape of the query string.
    #[must_use]
    pub fn query<T: JsonSchema>(mut self) -> Self {
        self.docs.query = Some(shape::<T>);
        self
    }

    /// The shape of a JSON body.
    #[must_use]
    pub fn body<T: JsonSchema>(mut self) -> Self {
        self.docs.body = Some(("application/json", Some(shape::<T>)));
        self
    }

    /// Another kind of body (`multipart/form-data`).
    #[must_use]
    pub fn body_of(mut self, media_type: &'static str) -> Self {
        self.docs.body = Some((media_type, None));
        self
    }

    /// A JSON answer and its status.
    #[must_use]
    pub fn answers<T: JsonSchema>(mut self, status: u16) -> Self {
        self.docs
            .answers
            .push((status, "application/json", Some(shape::<T>)));
        self
    }

    /// Another kind of answer (`text/html`, `application/rss+xml`).
    #[must_use]
    pub fn answers_with(mut self, status: u16, media_type: &'static str) -> Self {
        self.docs.answers.push((status, media_type, None));
        self
    }
}

/// Gives the routes of one feature what their handlers stand on.
pub fn bind<S: Clone + Send + Sync + 'static>(state: &S, routes: Vec<Route<S>>) -> Vec<Route> {
    routes
        .into_iter()
        .map(|route| route.with(state.clone()))
        .collect()
}

impl<S: Clone + Send + Sync + 'static> Route<S> {
    fn with(self, state: S) -> Route {
        Route {
            method: self.method,
            path: self.path,
            id: self.id,
            summary: self.summary,
            access: self.access,
            scope: self.scope,
            cache: self.cache,
            csrf: self.csrf,
            body_limit_bytes: self.body_limit_bytes,
            rate: self.rate,
            numbered: self.numbered,
            docs: self.docs,
            serves: self.serves.with_state(state),
        }
    }
}

fn shape<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// `site::web::show_front` → `show_front`.
fn last_word<T>() -> &'static str {
    let name = std::any::type_name::<T>();
    name.rsplit("::").next().unwrap_or(name)
}
