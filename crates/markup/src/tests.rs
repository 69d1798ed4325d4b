//! What the document promises, as data.
//!
//! The sanitizer's test has to be able to fail. To see it red, let `<svg>` through on purpose:
//! `cargo test -p markup --features planted-allow-svg sanitizer`

mod carrier;
mod growth;
mod json;
mod reading;
mod sanitizer;
mod scanner;
mod schema;
mod versions;
mod writing;
