//! Both engines take every statement, and neither shows the public any table of ours.

use base::db::scratch::{Scratch, prepare_all};
use base::db::{Query, Sql};

fn each() -> Vec<Scratch> {
    Scratch::on_each_engine(&[&base::migrations(), crate::MIGRATIONS])
}

#[test]
fn every_statement_is_one_on_both_engines() {
    let statements = crate::statements();
    assert!(statements.len() > 50);
    for scratch in each() {
        prepare_all(&scratch, &statements);
    }
}

#[test]
fn the_public_sees_no_table_of_ours() {
    let tables: Vec<&str> = crate::MIGRATIONS
        .iter()
        .flat_map(|step| step.sql.split("CREATE TABLE ").skip(1))
        .filter_map(|rest| rest.split_whitespace().next())
        .filter(|table| !table.starts_with("public_"))
        .collect();
    assert_eq!(tables.len(), 18, "{tables:?}");
    for scratch in each() {
        for table in &tables {
            let sql = Sql::new(format!("SELECT COUNT(*) FROM {table}").leak());
            assert!(
                scratch
                    .db()
                    .read_blocking(move |read| read.query(sql, &[]))
                    .is_ok(),
                "{table} is there"
            );
            let seen = scratch
                .db()
                .public()
                .read_blocking(move |read| read.query(sql, &[]));
            assert!(seen.is_err(), "{table}");
        }
    }
}
