//! A newsroom for tests.
