//! newsfeed
