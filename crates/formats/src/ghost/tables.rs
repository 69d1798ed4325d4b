//! The tables of an export, gathered in whatever order and shape they stand: `{db: [{meta, data}]}`, `{meta, data}`,
//! or `{data: {meta, data}}`.

use super::{MAX_FILE_BYTES, Site};
use crate::imported::{ImportedAuthor, Place, Refusal, Term};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fmt;
use std::io::BufRead;

/// What an export holds that we use.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) posts: Vec<Value>,
    rows: HashMap<&'static str, Vec<Value>>,
    meta: Value,
    seen: bool,
}

/// Tables besides `posts`.
const USED: [&str; 6] = [
    "tags",
    "users",
    "posts_tags",
    "posts_authors",
    "posts_meta",
    "settings",
];

impl Tables {
    /// Reads as far as the file is whole; what stopped it is told beside.
    pub(super) fn read<R: BufRead>(reader: R) -> (Self, Option<Refusal>) {
        let mut tables = Self::default();
        let mut limited = reader.take(MAX_FILE_BYTES);
        let mut json = serde_json::Deserializer::from_reader(&mut limited);
        let result = Part(&mut tables).deserialize(&mut json).and_then(|()| json.end());
        let trouble = match result {
            Err(_) if limited.limit() == 0 => Some(too_large()),
            Err(error) => Some(fault(&error)),
            Ok(()) if !tables.seen => Some(not_ghost()),
            Ok(()) => None,
        };
        (tables, trouble)
    }

    pub(super) fn site(&self, url: &str) -> Site {
        let setting = |keys: &[&str]| {
            keys.iter()
                .find_map(|key| self.setting(key))
                .filter(|text| !text.is_empty())
        };
        Site {
            version: text(self.meta.get("version")).unwrap_or_default(),
            title: setting(&["title"]).unwrap_or_default(),
            description: setting(&["description"]).unwrap_or_default(),
            language: setting(&["locale", "lang", "default_locale", "defaultLang"]),
            timezone: setting(&["timezone", "active_timezone", "activeTimezone"]),
            url: url.trim_end_matches('/').to_owned(),
            permalinks: setting(&["permalinks"]).unwrap_or_else(|| "/:slug/".to_owned()),
            authors: self.table("users").len() as u64,
            tags: self.table("tags").len() as u64,
        }
    }

    /// Puts tags, authors and further fields to the posts they belong to.
    pub(super) fn relations(mut self) -> Relations {
        let tags = by_id(self.table("tags"), tag);
        let users = by_id(self.table("users"), user);
        let relations = Relations {
            post_tags: linked(self.table("posts_tags"), "tag_id", &tags),
            post_authors: linked(self.table("posts_authors"), "author_id", &users),
            users,
            meta: HashMap::new(),
        };
        let rows = self.rows.remove("posts_meta").unwrap_or_default();
        let meta = rows.into_iter().filter_map(|row| match row {
            Value::Object(row) => Some((text(row.get("post_id"))?, row)),
            _ => None,
        });
        Relations {
            meta: meta.collect(),
            ..relations
        }
    }

    fn table(&self, name: &str) -> &[Value] {
        self.rows.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Settings are rows of `key` and `value`.
    fn setting(&self, key: &str) -> Option<String> {
        let row = self
            .table("settings")
            .iter()
            .find(|row| row.get("key").and_then(Value::as_str) == Some(key));
        row.and_then(|row| text(row.get("value")))
    }
}

/// What belongs to posts, by the post's id.
pub(super) struct Relations {
    pub(super) post_tags: HashMap<String, Vec<Term>>,
    pub(super) post_authors: HashMap<String, Vec<ImportedAuthor>>,
    /// By the user's id: before Ghost 1.20 a post names its one author itself.
    pub(super) users: HashMap<String, ImportedAuthor>,
    pub(super) meta: HashMap<String, Map<String, Value>>,
}

/// An id or text that may be a text or a number; empty texts are none.
pub(super) fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn by_id<T>(rows: &[Value], read: fn(&Value) -> T) -> HashMap<String, T> {
    rows.iter()
        .filter_map(|row| Some((text(row.get("id"))?, read(row))))
        .collect()
}

fn tag(row: &Value) -> Term {
    Term {
        name: text(row.get("name")).unwrap_or_default(),
        slug: text(row.get("slug")),
    }
}

fn user(row: &Value) -> ImportedAuthor {
    let slug = text(row.get("slug"));
    let name = text(row.get("name")).or(slug.clone()).unwrap_or_default();
    ImportedAuthor {
        name,
        slug,
        email: text(row.get("email")),
    }
}

/// Rows of a joining table, in their `sort_order`.
fn linked<T: Clone>(rows: &[Value], id: &str, known: &HashMap<String, T>) -> HashMap<String, Vec<T>> {
    let order = |row: &&Value| row.get("sort_order").and_then(Value::as_i64).unwrap_or(0);
    let mut rows: Vec<&Value> = rows.iter().collect();
    rows.sort_by_key(order);
    let mut linked: HashMap<String, Vec<T>> = HashMap::new();
    for row in rows {
        let target = text(row.get(id)).and_then(|id| known.get(&id));
        if let (Some(post), Some(target)) = (text(row.get("post_id")), target) {
            linked.entry(post).or_default().push(target.clone());
        }
    }
    linked
}

fn fault(error: &serde_json::Error) -> Refusal {
    let code = match error.classify() {
        serde_json::error::Category::Io => "io.read",
        serde_json::error::Category::Eof => "ghost.cut_off",
        _ => "ghost.not_json",
    };
    let place = Place {
        line: Some(error.line() as u64),
        column: Some(error.column() as u64),
        byte: None,
    };
    Refusal {
        item: String::new(),
        code,
        reason: error.to_string(),
        place,
    }
}

fn too_large() -> Refusal {
    let reason = format!("the file is larger than {MAX_FILE_BYTES} bytes");
    Refusal {
        item: String::new(),
        code: "ghost.too_large",
        reason,
        place: Place::default(),
    }
}

fn not_ghost() -> Refusal {
    let reason = "the file is JSON, but has no table of a Ghost export in it".to_owned();
    Refusal {
        item: String::new(),
        code: "ghost.not_ghost",
        reason,
        place: Place::default(),
    }
}

/// A part of the file that may hold tables, or parts that do. Rows are kept the moment they are whole, so that
/// nothing is lost when the file breaks off behind them.
struct Part<'t>(&'t mut Tables);

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the tables of a Ghost export")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "db" | "data" => map.next_value_seed(Part(self.0))?,
                "meta" => self.0.meta = map.next_value()?,
                "posts" => {
                    self.0.seen = true;
                    map.next_value_seed(Rows(&mut self.0.posts))?;
                }
                name => match USED.iter().find(|used| **used == name) {
                    Some(used) => map.next_value_seed(Rows(self.0.rows.entry(used).or_default()))?,
                    None => {
                        map.next_value::<IgnoredAny>()?;
                    }
                },
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Part(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// The rows of one table.
struct Rows<'t>(&'t mut Vec<Value>);

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(row) = list.next_element()? {
            self.0.push(row);
        }
        Ok(())
    }
}
