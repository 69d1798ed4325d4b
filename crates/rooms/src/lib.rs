//! Rooms: the live discussion that every story has, and its moderation.

pub mod rules;
