//! What was answered to a POST with an `Idempotency-Key`, kept for a day, so that a re-send repeats the answer and not the deed.

use crate::db::{Db, Migration, Query, Row, Tx};
use crate::web::Later;
use crate::web::idempotency::{Deed, Idempotency, Precedent, SavedAnswer};
use crate::{Error, Result, values};
use lexicon::{At, PersonId};

pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "base_3",
    sql: "CREATE TABLE base_precedent (person {key} NOT NULL, route {key} NOT NULL, key {key} NOT NULL, fingerprint {bytes} NOT NULL,
            status BIGINT, headers TEXT, body {bytes}, at BIGINT NOT NULL, PRIMARY KEY (person, route, key)) {strict};
        CREATE INDEX base_precedent_at ON base_precedent (at);",
}];

crate::sql! {
    FIND = "SELECT fingerprint, status, headers, body, at FROM base_precedent WHERE person = $1 AND route = $2 AND key = $3";
    BEGIN = "INSERT INTO base_precedent (person, route, key, fingerprint, at) VALUES ($1, $2, $3, $4, $5)";
    SETTLE = "UPDATE base_precedent SET status = $1, headers = $2, body = $3 WHERE person = $4 AND route = $5 AND key = $6";
    RELEASE = "DELETE FROM base_precedent WHERE person = $1 AND route = $2 AND key = $3";
    FORGET = "DELETE FROM base_precedent WHERE at < $1";
    FORGET_PERSON = "DELETE FROM base_precedent WHERE person = $1";
}

/// Takes away what was answered to a person who is erased.
pub fn forget(tx: &mut Tx, person: &PersonId) -> Result<()> {
    tx.execute(FORGET_PERSON, values![person]).map(|_| ())
}

const KEPT: i64 = 26 * At::HOUR;
/// A deed still without an answer after so long was cut short by a stop of the program and may be tried again.
const UNDER_WAY: i64 = 60 * At::SECOND;

impl Idempotency for Db {
    fn begin<'a>(&'a self, deed: &'a Deed) -> Later<'a, Result<Precedent>> {
        let deed = deed.clone();
        Box::pin(self.write(move |tx| begin(tx, &deed)))
    }

    fn settle<'a>(&'a self, deed: &'a Deed, answer: SavedAnswer) -> Later<'a, Result<()>> {
        let deed = deed.clone();
        Box::pin(self.write(move |tx| {
            let headers = serde_json::to_string(&answer.headers)?;
            let (status, body) = (i64::from(answer.status), answer.body.to_vec());
            tx.execute(
                SETTLE,
                values![status, headers, body, &deed.person, deed.route, &deed.key],
            )
            .map(|_| ())
        }))
    }

    fn release<'a>(&'a self, deed: &'a Deed) -> Later<'a, Result<()>> {
        let deed = deed.clone();
        Box::pin(self.write(move |tx| {
            tx.execute(RELEASE, values![&deed.person, deed.route, &deed.key])
                .map(|_| ())
        }))
    }
}

fn begin(tx: &mut Tx, deed: &Deed) -> Result<Precedent> {
    let now = tx.now();
    tx.execute(FORGET, values![now.plus(-KEPT)])?;
    let Some(row) = tx.one(FIND, values![&deed.person, deed.route, &deed.key])? else {
        tx.execute(
            BEGIN,
            values![
                &deed.person,
                deed.route,
                &deed.key,
                deed.fingerprint.to_vec(),
                now
            ],
        )?;
        return Ok(Precedent::First);
    };
    let (fingerprint, answer, at) = read(row)?;
    if fingerprint != deed.fingerprint {
        return Err(Error::conflict(
            "web.idempotency_mismatch",
            "This Idempotency-Key was used for another request.",
        ));
    }
    match answer {
        Some(answer) => Ok(Precedent::Done(answer)),
        None if at.plus(UNDER_WAY) > now => Err(Error::conflict(
            "web.idempotency_under_way",
            "The first request with this key is still under way; try again.",
        )),
        None => Ok(Precedent::First),
    }
}

fn read(row: Row) -> Result<(Vec<u8>, Option<SavedAnswer>, At)> {
    let mut columns = row.columns();
    let (fingerprint, status): (_, Option<i64>) = (columns.next()?, columns.next()?);
    let (headers, body): (Option<String>, Option<Vec<u8>>) = (columns.next()?, columns.next()?);
    let answer = match (status, headers, body) {
        (Some(status), Some(headers), Some(body)) => Some(SavedAnswer {
            status: u16::try_from(status).unwrap_or(500),
            headers: serde_json::from_str(&headers)?,
            body: body.into(),
        }),
        _ => None,
    };
    Ok((fingerprint, answer, columns.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::scratch::Scratch;
    use lexicon::PersonId;

    #[test]
    fn a_deed_is_done_once_and_its_answer_given_again() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        for scratch in Scratch::on_each_engine(&[&crate::migrations()]) {
            let db = scratch.db();
            let deed = Deed {
                person: PersonId::parse("01939b1e-0000-7000-8000-000000000000").unwrap(),
                route: "make_story",
                key: "k1".to_owned(),
                fingerprint: [7; 32],
            };
            let other = Deed {
                fingerprint: [8; 32],
                ..deed.clone()
            };
            let answer = SavedAnswer {
                status: 201,
                headers: vec![("etag".into(), "\"v1\"".into())],
                body: "{}".into(),
            };
            runtime.block_on(async {
                assert!(matches!(db.begin(&deed).await, Ok(Precedent::First)));
                assert_eq!(
                    db.begin(&deed).await.unwrap_err().code(),
                    "web.idempotency_under_way"
                );
                db.settle(&deed, answer.clone()).await.unwrap();
                assert!(matches!(db.begin(&deed).await, Ok(Precedent::Done(again)) if again == answer));
                assert_eq!(
                    db.begin(&other).await.unwrap_err().code(),
                    "web.idempotency_mismatch"
                );
                scratch.clock.advance(27 * At::HOUR);
                assert!(
                    matches!(db.begin(&deed).await, Ok(Precedent::First)),
                    "forgotten after a day"
                );
            });
        }
    }
}
