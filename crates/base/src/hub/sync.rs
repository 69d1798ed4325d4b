//! The locks and atomics of the ring. A test stands loom's in their place and runs every interleaving.

pub(crate) use std::sync::Mutex;
pub(crate) use std::sync::atomic::{AtomicU64, Ordering};
