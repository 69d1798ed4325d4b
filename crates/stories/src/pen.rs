//! The pen of a story: one writer at a time. It is a courtesy with a time limit; what keeps texts whole is `If-Match`.

use crate::story::Story;
use base::db::{Query, Row, Tx};
use base::web::Caller;
use base::{Error, Result, values};
use lexicon::{At, PersonId, StoryId};
use serde::Serialize;

base::sql! {
    OF = "SELECT person, name, page, until FROM story_pen WHERE story = $1";
    TAKE = "INSERT INTO story_pen (story, person, name, page, until) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (story) DO UPDATE SET person = excluded.person, name = excluded.name, page = excluded.page, until = excluded.until";
    LAY_DOWN = "DELETE FROM story_pen WHERE story = $1 AND page = $2";
}

/// How long the pen stays with somebody of whom nothing is heard. Open pages say so each twenty seconds.
pub const LEASE: i64 = 60 * At::SECOND;

/// Who writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pen {
    pub person: PersonId,
    pub name: String,
    /// The open page: somebody with two windows is told as well.
    #[serde(skip)]
    pub page: String,
    pub until: At,
}

impl Pen {
    /// Who has it now; nobody when its time is over.
    pub fn of(db: &mut dyn Query, story: &StoryId, now: At) -> Result<Option<Self>> {
        let row = |row: Row| -> Result<Self> {
            let mut columns = row.columns();
            Ok(Self {
                person: columns.next()?,
                name: columns.next()?,
                page: columns.next()?,
                until: columns.next()?,
            })
        };
        let pen = db.one(OF, values![story])?.map(row).transpose()?;
        Ok(pen.filter(|pen| pen.until > now))
    }

    /// Takes the pen, or keeps it. `over` takes it out of somebody's hand; they are told.
    /// Errors: `stories.pen` with who has it.
    pub fn take(tx: &mut Tx, story: &Story, by: &Caller, page: &str, over: bool) -> Result<Self> {
        if !(1..=64).contains(&page.len())
            || !page
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            return Err(Error::invalid(
                "page",
                "stories.page",
                "1 to 64 letters and digits",
            ));
        }
        let now = tx.now();
        let held = Self::of(tx, &story.id, now)?;
        if let Some(held) = held.as_ref().filter(|held| held.page != page && !over) {
            return Err(Error::Conflict {
                code: "stories.pen",
                message: format!("{} is writing. Read along, or take over.", held.name),
                current: Some(serde_json::to_value(held)?),
            });
        }
        let pen = Self {
            person: by.person.clone(),
            name: by.name.clone(),
            page: page.to_owned(),
            until: now.plus(LEASE),
        };
        tx.execute(TAKE, values![&story.id, &pen.person, &pen.name, page, pen.until])?;
        if held.is_none_or(|held| held.page != page) {
            story.tell_desk(tx);
        }
        Ok(pen)
    }

    /// Lays the pen down, if this page still has it.
    pub fn lay_down(tx: &mut Tx, story: &Story, page: &str) -> Result<()> {
        if tx.execute(LAY_DOWN, values![&story.id, page])? > 0 {
            story.tell_desk(tx);
        }
        Ok(())
    }
}
