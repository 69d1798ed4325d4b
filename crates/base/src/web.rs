//! The front door and the route table: everything about HTTP that is not about news.

pub mod headers;
pub mod limits;
pub mod live;

use std::future::Future;
use std::pin::Pin;

/// A boxed future, for traits that are used as objects.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
