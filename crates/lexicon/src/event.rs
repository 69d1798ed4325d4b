//! What can happen in the newsroom: a closed list, in the past tense.

use crate::{EditionCode, StoryId};
use serde::{Deserialize, Serialize};

/// One act, as followers learn of it: who changed, never the text. The text is read from the tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    StoryPublished(Touch),
    StoryUpdated(Touch),
    StoryCorrected(Touch),
    StoryKilled(Touch),
    FlashSent {
        edition: EditionCode,
    },
    FrontLaunched {
        edition: EditionCode,
    },
    /// Sections, topics, authors, policy pages or the name of an edition changed.
    EditionChanged {
        edition: EditionCode,
    },
    /// A room is another than it was: opened, settings, a message taken out or featured. Not said of each message: a busy room
    /// would drop pages for ever.
    RoomChanged {
        story: StoryId,
        edition: EditionCode,
        /// Also what the story's own page shows of it: a featured answer.
        #[serde(default)]
        story_page: bool,
    },
    /// An act at the desk that no reader sees.
    StorySaved {
        story: StoryId,
    },
}

/// Which pages a change of a story concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    pub story: StoryId,
    pub edition: EditionCode,
    /// The lists it was or is in: `` (the edition's own), `section/world`, `topic/rivers`, `author/m-ellin`, `storyline/flood`.
    #[serde(default)]
    pub places: Vec<String>,
    /// Those of them that it came into with an older date than their newest story has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inserted: Vec<String>,
    /// Stories whose pages name this one: its translations, the others of its storyline.
    #[serde(default)]
    pub relatives: Vec<StoryId>,
}

impl Event {
    /// The kind of the record: `story.published`, as it stands in the `event:` line of the live stream.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::StoryPublished(_) => "story.published",
            Self::StoryUpdated(_) => "story.updated",
            Self::StoryCorrected(_) => "story.corrected",
            Self::StoryKilled(_) => "story.killed",
            Self::FlashSent { .. } => "flash",
            Self::FrontLaunched { .. } => "front.launched",
            Self::EditionChanged { .. } => "edition.changed",
            Self::RoomChanged { .. } => "room.changed",
            Self::StorySaved { .. } => "story.saved",
        }
    }
}
