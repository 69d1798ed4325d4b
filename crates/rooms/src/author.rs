//! Who writes in a room, as the room knows them: a name, a public key that tells nothing, and a badge.

use base::Result;
use base::db::Query;
use base::web::Caller;
use lexicon::{PersonId, Role, StoryId};
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
        Ok(Self {
            person: caller.person.clone(),
            role: caller.role,
            key: public_key(&caller.person),
            name: caller.name.clone(),
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

/// The public key of a person: the same in every room, and no way back to the id.
pub fn public_key(person: &PersonId) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let hash = blake3::derive_key("wireroom rooms author 1", person.as_str().as_bytes());
    let letter = |byte: &u8| {
        ALPHABET
            .get(usize::from(byte & 31))
            .copied()
            .map_or('a', char::from)
    };
    hash.iter().take(16).map(letter).collect()
}
