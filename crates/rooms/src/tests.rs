use super::*;
use base::db::scratch::Scratch;

fn each() -> Vec<Scratch> {
    Scratch::on_each_engine(&[
        &base::migrations(),
        people::MIGRATIONS,
        media::MIGRATIONS,
        stories::MIGRATIONS,
        MIGRATIONS,
    ])
}

#[test]
fn every_statement_prepares_on_both_engines() {
    for scratch in each() {
        base::db::scratch::prepare_all(&scratch, &statements());
    }
}
