//! P1 and P2: everything about a person can be given out and taken away, and stays away.

use super::house::{House, on_each_engine};
use crate::erase::{FILE, PART, Part, erase, export, stay_erased};
use crate::{Person, Profile};
use base::db::scratch::Scratch;
use base::db::{Query, Sql};
use base::{Read, Result, Tx};
use lexicon::{PersonId, Role};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const CANARY: &str = "Quillfeather Obadiah";

fn nothing(_: &mut Tx, _: &PersonId) -> Result<()> {
    Ok(())
}

/// A part of another crate: it writes so that the test sees that it was asked in the same transaction.
fn planted(tx: &mut Tx, person: &PersonId) -> Result<()> {
    tx.record(
        lexicon::Stream::Desk,
        base::journal::Happening::shown("test.part_erased", person.as_str(), &json!({})),
    );
    Ok(())
}

fn told(_: &mut Read, _: &PersonId) -> Result<Value> {
    Ok(json!(["something"]))
}

const PARTS: &[Part] = &[
    PART,
    Part {
        name: "rooms",
        personal: &[],
        kept: &[],
        erase: planted,
        export: told,
    },
];

const EMPTY: &[Part] = &[Part {
    name: "rooms",
    personal: &[],
    kept: &[],
    erase: nothing,
    export: told,
}];

/// The text of every value in every table that tells of somebody, table by table.
async fn everything(house: &House) -> Vec<(String, String)> {
    let tables: BTreeSet<&'static str> = [base::migrations(), crate::MIGRATIONS.to_vec()]
        .concat()
        .iter()
        .flat_map(|step| step.sql.split("CREATE TABLE ").skip(1))
        .filter_map(|rest| rest.split_whitespace().next())
        .collect();
    let read = move |read: &mut Read| {
        let mut found = Vec::new();
        for table in tables {
            let sql = Sql::new(format!("SELECT * FROM {table}").leak());
            for row in read.query(sql, &[])? {
                found.push((table.to_owned(), format!("{:?}", row.into_values())));
            }
        }
        Ok(found)
    };
    house.app.db.read(read).await.unwrap()
}

async fn lived_in(house: &House) -> Person {
    let person = house.add("quillfeather@canary.example", Role::Reader).await;
    let id = person.id.clone();
    let act = move |tx: &mut Tx| {
        Person::rename(tx, &id, CANARY)?;
        crate::session::Session::begin(tx, &id, "Canary-Browser")?;
        crate::token::Token::add(tx, &id, "canary-token", lexicon::Scope::Reader)?;
        crate::browser::Browser::remember(tx, &id)?;
        let other = Person::add(tx, "other@news.example", "Other", Role::Reader, None)?;
        let key = Profile::by_id(tx, &id)?.unwrap().key;
        crate::ignore::add(tx, &other.id, &key)?;
        Ok(other)
    };
    house.app.db.write(act).await.unwrap();
    person
}

#[test]
fn an_erased_person_is_in_no_table_any_more() {
    on_each_engine(async |house| {
        let person = lived_in(&house).await;
        let id = person.id.clone();
        let all = house
            .app
            .db
            .read(move |read| export(read, PARTS, &id))
            .await
            .unwrap();
        let said = all.to_string();
        for expected in [
            CANARY,
            "quillfeather@canary.example",
            "Canary-Browser",
            "canary-token",
            "something",
        ] {
            assert!(said.contains(expected), "{expected} is not in {said}");
        }
        let id = person.id.clone();
        house.app.db.write(move |tx| erase(tx, PARTS, &id)).await.unwrap();
        let left = everything(&house).await;
        for canary in [CANARY, "quillfeather", "Canary-Browser", "canary-token"] {
            let where_left: Vec<_> = left.iter().filter(|(_, row)| row.contains(canary)).collect();
            assert!(where_left.is_empty(), "{canary}: {where_left:?}");
        }
        // What is told to the other nodes, that the streams must end, has the bare id and nothing else.
        let ids: BTreeSet<&str> = left
            .iter()
            .filter(|(_, row)| row.contains(person.id.as_str()))
            .map(|(table, _)| table.as_str())
            .collect();
        assert_eq!(ids, BTreeSet::from(["desk_record"]));
        let asked = |row: &(String, String)| row.1.contains("test.part_erased");
        assert!(left.iter().any(asked), "the other part was not asked");
    });
}

#[test]
fn whom_a_backup_brings_back_is_erased_again() {
    let folder = tempfile::tempdir().unwrap();
    on_each_engine(async |house| {
        let person = lived_in(&house).await;
        let (db, id) = (house.app.db.clone(), person.id.clone());
        db.write(move |tx| erase(tx, EMPTY, &id)).await.unwrap();
        crate::erase::remember_erased(&db, folder.path()).await.unwrap();
        // A newsroom as it was before: the same person is there, and the tombstone only in the file.
        const FORGET: Sql = Sql::new("DELETE FROM people_tombstone");
        const BACK: Sql = Sql::new(
            "INSERT INTO people_person (id, folded, email, name, role, made_at) VALUES ($1, 'q@c', 'q@c', 'Quillfeather', 'reader', 1)",
        );
        let id = person.id.clone();
        let back = move |tx: &mut Tx| {
            tx.execute(FORGET, &[])?;
            tx.execute(BACK, base::values![&id])?;
            Profile::complete(tx)
        };
        db.write(back).await.unwrap();
        let (path, database) = (folder.path().to_owned(), db.clone());
        let erased = tokio::task::spawn_blocking(move || stay_erased(&database, &path, EMPTY));
        assert_eq!(erased.await.unwrap().unwrap(), 1);
        let left = everything(&house).await;
        assert!(!left.iter().any(|(_, row)| row.contains("Quillfeather")));
        let (path, database) = (folder.path().to_owned(), db.clone());
        let again = tokio::task::spawn_blocking(move || stay_erased(&database, &path, EMPTY));
        assert_eq!(again.await.unwrap().unwrap(), 0, "once is enough");
        assert!(folder.path().join(FILE).is_file());
    });
}

#[test]
fn every_column_that_can_hold_a_person_is_listed() {
    let listed: BTreeSet<&str> = PART.personal.iter().chain(PART.kept).copied().collect();
    for step in crate::MIGRATIONS {
        for table in step.sql.split("CREATE TABLE ").skip(1) {
            let table = table.split(") {").next().unwrap_or_default();
            let (name, columns) = table.split_once(" (").unwrap();
            for column in columns.split(',').map(str::trim) {
                let column = column.split_whitespace().next().unwrap_or_default();
                if ["person", "by_person", "ignored", "holder"].contains(&column) {
                    let full = format!("{name}.{column}");
                    assert!(
                        listed.contains(full.as_str()) || full == "people_enrolment.holder",
                        "{full} is not listed"
                    );
                }
            }
        }
    }
}

#[test]
fn a_profile_follows_the_account_and_is_open_to_the_public() {
    on_each_engine(async |house| {
        let person = house.add("ruth@news.example", Role::Editor).await;
        let seen = async |id: PersonId| {
            let public = house.app.db.public();
            public.read(move |read| Profile::by_id(read, &id)).await.unwrap()
        };
        let first = seen(person.id.clone()).await.unwrap();
        assert_eq!(
            (first.name.as_str(), first.badge),
            ("Ruth Ellin", Some(Role::Editor))
        );
        assert!(!person.id.as_str().contains(&first.key) && first.key.len() == 16);
        let id = person.id.clone();
        let change = move |tx: &mut Tx| {
            Person::rename(tx, &id, "Ruth Elling")?;
            Person::set_role(tx, &id, Role::Photo)
        };
        house.app.db.write(change).await.unwrap();
        let second = seen(person.id.clone()).await.unwrap();
        assert_eq!(
            (second.name.as_str(), second.badge),
            ("Ruth Elling", Some(Role::Photo))
        );
        assert_eq!(second.key, first.key);
        let id = person.id.clone();
        house
            .app
            .db
            .write(move |tx| Person::end(tx, &id, None))
            .await
            .unwrap();
        assert_eq!(seen(person.id).await.unwrap().badge, None);
    });
}

#[test]
fn many_profiles_come_in_one_go_and_each_once() {
    for scratch in Scratch::on_each_engine(&[&base::migrations(), crate::MIGRATIONS]) {
        let add = |tx: &mut Tx| {
            let people: Vec<PersonId> = (0..37)
                .map(|n| Person::add(tx, &format!("p{n}@x.example"), "P", Role::Reader, None).map(|p| p.id))
                .collect::<Result<_>>()?;
            let twice = [people.clone(), people].concat();
            Profile::by_ids(tx, &twice)
        };
        assert_eq!(scratch.db().write_blocking(add).unwrap().len(), 37);
    }
}
