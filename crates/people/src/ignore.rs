//! The people whose words somebody does not want to see. It is theirs alone: nobody learns who ignores them.

use crate::limits::IGNORED_MOST;
use crate::profile::Profile;
use base::db::{Query, Row, Tx};
use base::{Error, Result, values};
use lexicon::PersonId;

base::sql! {
    ADD = "INSERT INTO people_ignore (person, ignored, made_at) VALUES ($1, $2, $3) ON CONFLICT (person, ignored) DO NOTHING";
    END = "DELETE FROM people_ignore WHERE person = $1 AND ignored = $2";
    COUNT = "SELECT COUNT(*) FROM people_ignore WHERE person = $1";
    OF_PERSON = "SELECT ignored FROM people_ignore WHERE person = $1 ORDER BY made_at DESC, ignored";
    FORGET_OWN = "DELETE FROM people_ignore WHERE person = $1";
    FORGET_OTHERS = "DELETE FROM people_ignore WHERE ignored = $1";
}

/// Ignores the person with this public key. Errors: `people.no_person`, `people.ignore_staff`, `people.ignored_too_many`.
pub(crate) fn add(tx: &mut Tx, person: &PersonId, key: &str) -> Result<Profile> {
    let other = named(tx, key)?;
    if other.badge.is_some() || other.id == *person {
        let message = "Readers can be ignored; the newsroom's people and you yourself cannot.";
        return Err(Error::conflict("people.ignore_staff", message));
    }
    let count: i64 = tx.one(COUNT, values![person])?.map_or(Ok(0), Row::only)?;
    if count >= IGNORED_MOST {
        let message = format!("You ignore {IGNORED_MOST} people already; take somebody off the list first.");
        return Err(Error::conflict("people.ignored_too_many", message));
    }
    let now = tx.now();
    tx.execute(ADD, values![person, &other.id, now])?;
    Ok(other)
}

/// Takes somebody off the list. Errors: `people.no_person`.
pub(crate) fn end(tx: &mut Tx, person: &PersonId, key: &str) -> Result<()> {
    let other = named(tx, key)?;
    tx.execute(END, values![person, &other.id]).map(|_| ())
}

/// Whom a person ignores, the latest first.
pub(crate) fn of_person(db: &mut dyn Query, person: &PersonId) -> Result<Vec<Profile>> {
    let ids: Vec<PersonId> = db
        .query(OF_PERSON, values![person])?
        .into_iter()
        .map(Row::only)
        .collect::<Result<_>>()?;
    let mut profiles = Profile::by_ids(db, &ids)?;
    let place = |profile: &Profile| ids.iter().position(|id| *id == profile.id);
    profiles.sort_by_key(place);
    Ok(profiles)
}

pub(crate) fn forget(tx: &mut Tx, person: &PersonId) -> Result<()> {
    tx.execute(FORGET_OWN, values![person])?;
    tx.execute(FORGET_OTHERS, values![person]).map(|_| ())
}

fn named(tx: &mut Tx, key: &str) -> Result<Profile> {
    Profile::by_key(tx, key)?.ok_or(Error::not_found("people.no_person"))
}
