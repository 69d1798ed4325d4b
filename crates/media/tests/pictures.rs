//! Pictures from outside.
fn main() {}
