//! The shared words of the newsroom: typed ids, the closed list of events, roles and states.
//! Data only; every crate may use it, and it uses none of them.

mod at;
mod event;
mod id;
mod role;
mod state;
mod stream;

pub use at::At;
pub use event::{Event, Touch};
pub use id::{AssetId, EditionCode, Malformed, MessageId, PersonId, Slug, StoryId};
pub use role::{Role, Scope};
pub use state::{CorrectionKind, Level, RoomState, SourceKind, Stage, StoryKind, StoryState};
pub use stream::Stream;

#[cfg(test)]
mod tests;
