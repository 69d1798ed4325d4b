//! Who may do what.

use crate::Malformed;
use serde::{Deserialize, Serialize};

macro_rules! worded {
    ($(#[$doc:meta])* $name:ident, $word:literal { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it stands in the database, in URLs and in the API.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = Malformed;
            fn from_str(text: &str) -> Result<Self, Malformed> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or(Malformed($word))
            }
        }
    };
}
pub(crate) use worded;

worded! {
    /// What a person is in this newsroom.
    Role, "role" {
        Reader = "reader",
        Moderator = "moderator",
        Photo = "photo",
        Reporter = "reporter",
        Editor = "editor",
        Owner = "owner",
    }
}

impl Role {
    /// Staff may enter the desk.
    pub fn is_staff(self) -> bool {
        self != Self::Reader
    }

    /// May write and change stories.
    pub fn writes(self) -> bool {
        matches!(self, Self::Reporter | Self::Editor | Self::Owner)
    }

    /// May make things public: publish, correct, kill, embargo, flash, launch a front.
    pub fn publishes(self) -> bool {
        matches!(self, Self::Editor | Self::Owner)
    }

    /// May bring in pictures.
    pub fn pictures(self) -> bool {
        self.writes() || self == Self::Photo
    }
}

worded! {
    /// What an API token may be used for.
    Scope, "scope" {
        /// Reading what the person may read.
        Read = "read",
        /// Acting as a reader: rooms, follows.
        Reader = "reader",
        /// Everything the person's role allows at the desk.
        Desk = "desk",
    }
}
