//! The front door and the route table: everything about HTTP that is not about news.
//!
//! A feature declares its routes ([`Route`]) and writes handlers; the [`Table`] makes the router that enforces the
//! declarations; [`door::serve`] accepts connections and answers from the page store before anything else runs.

pub mod caller;
pub mod canonical;
pub mod door;
pub mod headers;
pub mod idempotency;
pub mod limits;
pub mod live;
pub mod rate;
pub mod refusal;
pub mod route;

mod csrf;
mod exchange;
mod extract;
mod far;
mod gate;
mod h2;
mod head;
mod lane;
mod openapi;
pub(crate) mod raw;
mod reception;
mod table;
mod watch;

pub use caller::{Caller, Identify, Via};
pub use extract::{Form, Json, Path, Query};
pub use gate::{Neighbourhood, Peer};
pub use headers::Shield;
pub use live::{Admission, LiveDoor, LiveRequest};
pub use openapi::openapi;
pub use rate::RateClass;
pub use reception::{Entrance, Moved, Reception, RequestId};
pub use refusal::{ErrorPage, Refusal, Shown, refuse};
pub use route::{Access, CacheClass, CsrfClass, Route, bind};
pub use table::Table;

use std::future::Future;
use std::pin::Pin;

/// A boxed future, for traits that are used as objects.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
