//! The closed lists of the trade: kinds, states and levels.

use crate::Malformed;
use crate::role::worded;
use serde::{Deserialize, Serialize};

worded! {
    /// What sort of story it is; readers see the word, never only a colour.
    StoryKind, "story kind" {
        News = "news",
        Live = "live",
        Feature = "feature",
        Analysis = "analysis",
        Opinion = "opinion",
        Offbeat = "offbeat",
        Gallery = "gallery",
        Video = "video",
    }
}

worded! {
    /// Where a story stands at the desk. What the public sees of it is its publication, a row of its own.
    StoryState, "story state" {
        Draft = "draft",
        Hold = "hold",
        Spiked = "spiked",
        Scheduled = "scheduled",
        Published = "published",
        Killed = "killed",
    }
}

worded! {
    /// How a published story was changed in public.
    CorrectionKind, "correction kind" {
        Update = "update",
        Clarification = "clarification",
        Correction = "correction",
        Retraction = "retraction",
    }
}

worded! {
    /// What a source is.
    SourceKind, "source kind" {
        Official = "official",
        Document = "document",
        Witness = "witness",
        Agency = "agency",
        Expert = "expert",
        Statistics = "data",
        Anonymous = "anonymous",
    }
}

worded! {
    /// How loud an item of the newsfeed is.
    Level, "level" {
        /// A headline ahead of its story.
        Flash = "flash",
        Urgent = "urgent",
        Bulletin = "bulletin",
        Routine = "routine",
    }
}

worded! {
    /// Whether a story's room takes messages. Slow mode and "members only" are numbers and flags beside it.
    RoomState, "room state" {
        /// Everybody with an account may write.
        Open = "open",
        /// Every message waits for a moderator.
        Premoderated = "premoderated",
        /// Only the newsroom writes.
        ReadOnly = "read_only",
        /// The discussion is over; it can be read.
        Closed = "closed",
        /// Over, and no longer listed.
        Archived = "archived",
    }
}

worded! {
    /// How far a story is that nobody outside has seen yet. What ends the way (scheduled, published) is its state.
    Stage, "stage" {
        Idea = "idea",
        Writing = "writing",
        Desk = "desk",
        Subs = "subs",
        Ready = "ready",
    }
}
