//! What can happen in the newsroom: a closed list, in the past tense.

use crate::{EditionCode, StoryId};
use serde::{Deserialize, Serialize};

/// One act, as followers learn of it: who changed, never the text. The text is read from the tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    StoryPublished { story: StoryId, edition: EditionCode },
    StoryUpdated { story: StoryId, edition: EditionCode },
    StoryCorrected { story: StoryId, edition: EditionCode },
    StoryKilled { story: StoryId, edition: EditionCode },
    FlashSent { edition: EditionCode },
    FrontLaunched { edition: EditionCode },
    /// Sections, topics, authors, policy pages or the name of an edition changed.
    EditionChanged { edition: EditionCode },
    /// An act at the desk that no reader sees.
    StorySaved { story: StoryId },
}

impl Event {
    /// The kind of the record: `story.published`, as it stands in the `event:` line of the live stream.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::StoryPublished { .. } => "story.published",
            Self::StoryUpdated { .. } => "story.updated",
            Self::StoryCorrected { .. } => "story.corrected",
            Self::StoryKilled { .. } => "story.killed",
            Self::FlashSent { .. } => "flash",
            Self::FrontLaunched { .. } => "front.launched",
            Self::EditionChanged { .. } => "edition.changed",
            Self::StorySaved { .. } => "story.saved",
        }
    }
}
