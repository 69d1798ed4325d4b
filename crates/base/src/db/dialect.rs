//! Where the engines differ: named fragments, all of them here.

use std::borrow::Cow;

/// Which engine speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// The fragments: name, SQLite, PostgreSQL.
    const FRAGMENTS: &'static [(&'static str, &'static str, &'static str)] = &[
        // Text keys sort by bytes on both engines, else order and uniqueness differ.
        ("{key}", "TEXT", "TEXT COLLATE \"C\""),
        ("{bytes}", "BLOB", "BYTEA"),
        ("{strict}", "STRICT", ""),
        // A table that lives in its own key's order.
        ("{clustered}", "STRICT, WITHOUT ROWID", ""),
        // STRICT tables know only SQLite's own type names.
        ("BIGINT", "INTEGER", "BIGINT"),
        ("DOUBLE PRECISION", "REAL", "DOUBLE PRECISION"),
        ("{greatest}", "max", "greatest"),
    ];

    /// The text as this engine wants it.
    pub fn speak(self, text: &'static str) -> Cow<'static, str> {
        if !text.contains('{') {
            return Cow::Borrowed(text);
        }
        let spoken = Self::FRAGMENTS
            .iter()
            .fold(text.to_owned(), |text, (name, sqlite, postgres)| {
                text.replace(name, if self == Self::Sqlite { sqlite } else { postgres })
            });
        Cow::Owned(spoken)
    }
}
