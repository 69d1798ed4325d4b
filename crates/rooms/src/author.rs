//! Who writes in a room, as the room knows them: a name, a public key that tells nothing, and a badge.

use base::db::Query;
use base::web::Caller;
use base::{Error, Result};
use lexicon::{PersonId, Role, StoryId};
use people::Profile;
use serde::Serialize;
use stories::Card;

/// What stands beside a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Badge {
    /// A reader has none.
    #[default]
    #[serde(rename = "")]
    None,
    /// Of the newsroom.
    Staff,
    /// Wrote the story of this room.
    Author,
    Moderator,
}

impl Badge {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Staff => "staff",
            Self::Author => "author",
            Self::Moderator => "moderator",
        }
    }

    pub(crate) fn of(word: &str) -> Self {
        match word {
            "staff" => Self::Staff,
            "author" => Self::Author,
            "moderator" => Self::Moderator,
            _ => Self::None,
        }
    }
}

/// Somebody who writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub person: PersonId,
    pub role: Role,
    /// Shown in place of the id, whose order would tell when the account was made.
    pub key: String,
    pub name: String,
    pub badge: Badge,
}

impl Author {
    /// The signed-in person in a story's room.
    pub fn of(db: &mut dyn Query, caller: &Caller, story: &StoryId) -> Result<Self> {
        let badge = match caller.role {
            Role::Reader => Badge::None,
            Role::Moderator => Badge::Moderator,
            _ if wrote(db, story, &caller.name)? => Badge::Author,
            _ => Badge::Staff,
        };
        // Who was erased meanwhile, with a session still in the air, has no face any more.
        let profile = Profile::by_id(db, &caller.person)?.ok_or(Error::Unauthenticated)?;
        Ok(Self {
            person: caller.person.clone(),
            role: caller.role,
            key: profile.key,
            name: profile.name,
            badge,
        })
    }

    /// Whether rooms are their work: what stops readers does not stop them.
    pub fn is_staff(&self) -> bool {
        self.role.is_staff()
    }
}

/// Whether the name stands over the story.
fn wrote(db: &mut dyn Query, story: &StoryId, name: &str) -> Result<bool> {
    let card: Option<Card> = Card::by_id(db, story)?;
    Ok(card.is_some_and(|card| card.facts.byline.iter().any(|byline| byline.name == name)))
}
