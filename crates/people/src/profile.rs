//! The public face of a person: what everybody may know of who wrote something. It is a copy behind which the account
//! itself stays unseen, written with the account in the same transaction.

use crate::limits::NAME_LONGEST;
use crate::person::Person;
use crate::secret;
use base::db::{Query, Row, Tx};
use base::{Result, values};
use lexicon::{At, PersonId, Role};
use serde::Serialize;

base::sql! {
    SHOW = "INSERT INTO public_person (id, key, name, badge, made_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, badge = excluded.badge";
    UNSHOWN = "SELECT p.id, p.name, p.role, p.made_at, p.ended_at FROM people_person p
        WHERE NOT EXISTS (SELECT 1 FROM public_person s WHERE s.id = p.id)";
    NO_BADGE = "UPDATE public_person SET badge = NULL WHERE id = $1";
    STAFF = "SELECT id, key, name, badge, made_at FROM public_person WHERE badge IS NOT NULL ORDER BY name, id";
    HIDE = "DELETE FROM public_person WHERE id = $1";
    BY_KEY = "SELECT id, key, name, badge, made_at FROM public_person WHERE key = $1";
    BY_IDS = "SELECT id, key, name, badge, made_at FROM public_person
        WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
}

/// So many are asked for in one query: a fixed number, so that it is one prepared statement.
const AT_ONCE: usize = 16;

/// What everybody may know of a person. Somebody who was erased has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// The account; never sent to readers, since it tells when it was made and is what rows are found by.
    #[serde(skip)]
    pub id: PersonId,
    /// Names the person in addresses and answers: 16 random characters that tell nothing.
    pub key: String,
    pub name: String,
    /// What they are in this newsroom; `None` for readers and for those who left.
    pub badge: Option<Role>,
    pub made_at: At,
}

impl Profile {
    /// The profiles of these people that there are, through the public connection or any other; in no order.
    pub fn by_ids(db: &mut dyn Query, ids: &[PersonId]) -> Result<Vec<Self>> {
        let mut found = Vec::with_capacity(ids.len());
        for some in ids.chunks(AT_ONCE) {
            // A short chunk is filled up with its last id: asking twice for one gives it once.
            let asked = (0..AT_ONCE).map(|n| base::db::Value::from(&some[n.min(some.len() - 1)]));
            let rows = db.query(BY_IDS, &asked.collect::<Vec<_>>())?;
            for row in rows {
                let profile = Self::from_row(row)?;
                if !found.contains(&profile) {
                    found.push(profile);
                }
            }
        }
        Ok(found)
    }

    pub fn by_id(db: &mut dyn Query, id: &PersonId) -> Result<Option<Self>> {
        Ok(Self::by_ids(db, std::slice::from_ref(id))?.pop())
    }

    /// Who this key names; what cannot be a key costs no look-up.
    pub fn by_key(db: &mut dyn Query, key: &str) -> Result<Option<Self>> {
        if key.len() != 16 {
            return Ok(None);
        }
        db.one(BY_KEY, values![key])?.map(Self::from_row).transpose()
    }

    /// Everybody of the newsroom.
    pub fn staff(db: &mut dyn Query) -> Result<Vec<Self>> {
        let rows = db.query(STAFF, &[])?;
        rows.into_iter().map(Self::from_row).collect()
    }

    /// Gives everybody a profile whose account is older than profiles are. Called at the start of the program.
    pub fn complete(tx: &mut Tx) -> Result<()> {
        for row in tx.query(UNSHOWN, &[])? {
            let mut columns = row.columns();
            let (id, name, role): (PersonId, String, Role) =
                (columns.next()?, columns.next()?, columns.next()?);
            let (made_at, ended_at): (At, Option<At>) = (columns.next()?, columns.next()?);
            show(
                tx,
                &id,
                &name,
                badge(role).filter(|_| ended_at.is_none()),
                made_at,
            )?;
        }
        Ok(())
    }

    /// Shows a person as they are now.
    pub(crate) fn show(tx: &mut Tx, person: &Person) -> Result<()> {
        show(tx, &person.id, &person.name, badge(person.role), person.made_at)
    }

    /// Somebody left: what they did stays under their name, without the role.
    pub(crate) fn retire(tx: &mut Tx, id: &PersonId) -> Result<()> {
        tx.execute(NO_BADGE, values![id]).map(|_| ())
    }

    pub(crate) fn hide(tx: &mut Tx, id: &PersonId) -> Result<()> {
        tx.execute(HIDE, values![id]).map(|_| ())
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            key: columns.next()?,
            name: columns.next()?,
            badge: columns.next()?,
            made_at: columns.next()?,
        })
    }
}

fn badge(role: Role) -> Option<Role> {
    role.is_staff().then_some(role)
}

fn show(tx: &mut Tx, id: &PersonId, name: &str, badge: Option<Role>, made_at: At) -> Result<()> {
    debug_assert!(name.chars().count() <= NAME_LONGEST);
    let key = secret::id();
    tx.execute(SHOW, values![id, key, name, badge, made_at])
        .map(|_| ())
}
