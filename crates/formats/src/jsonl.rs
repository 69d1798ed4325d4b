//! JSON lines: one story a line, the plainest way in.
//!
//! Keys: `id`, `lang`, `title`, `date`, one of `body_html` / `body_text` / `sentences`; optional `group`, `section`,
//! `tags`, `source`, `authors`, `dateline`, `url`, `status`, `summary`. Other keys are kept as they are. For want of
//! the proper key, `date_assigned` stands in for `date`, `author` for `authors`, `topics` for `tags`.

use crate::imported::{Body, Imported, ImportedAuthor, Kind, Place, Refusal, Status, Term};
use crate::moment;
use serde_json::{Map, Value};
use std::io::{BufRead, ErrorKind};

/// The longest line taken: 8 MiB.
pub const MAX_LINE_BYTES: usize = 8 << 20;

/// Reads the stories one by one; the whole is never in memory. Empty lines are passed over.
///
/// Refusals: `jsonl.line_too_long`, `jsonl.not_utf8`, `jsonl.not_json`, `jsonl.not_object`, `jsonl.no_id`,
/// `jsonl.no_body`, `jsonl.wrong_type`, and `io.read`, after which nothing more comes.
pub fn items<R: BufRead>(reader: R) -> Items<R> {
    Items {
        reader,
        line: 0,
        ended: false,
    }
}

/// Reads one line.
pub fn item(line: &[u8]) -> Result<Imported, (&'static str, String)> {
    let text = std::str::from_utf8(line).map_err(|e| ("jsonl.not_utf8", e.to_string()))?;
    let text = text.trim_start_matches('\u{FEFF}');
    let value: Value = serde_json::from_str(text).map_err(|e| ("jsonl.not_json", in_one_line(&e)))?;
    match value {
        Value::Object(keys) => story(keys),
        _ => Err((
            "jsonl.not_object",
            "the line is JSON, but not an object".to_owned(),
        )),
    }
}

/// What the parser says, its "line 1" left out: to it each line is a whole document.
fn in_one_line(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or_default();
    format!("{what} at column {}", error.column())
}

/// The stories of a stream of JSON lines; see [`items`].
#[derive(Debug)]
pub struct Items<R> {
    reader: R,
    line: u64,
    ended: bool,
}

impl<R: BufRead> Iterator for Items<R> {
    type Item = Result<Imported, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            self.line += 1;
            match read_line(&mut self.reader) {
                Ok(Line::End) => self.ended = true,
                Ok(Line::Whole(bytes)) if is_blank(&bytes) => {}
                Ok(Line::Whole(bytes)) => {
                    return Some(item(&bytes).map_err(|(code, why)| self.refusal(code, why)));
                }
                Ok(Line::TooLong) => {
                    let why = format!("the line is longer than {MAX_LINE_BYTES} bytes");
                    return Some(Err(self.refusal("jsonl.line_too_long", why)));
                }
                Err(error) => {
                    self.ended = true;
                    return Some(Err(self.refusal("io.read", error.to_string())));
                }
            }
        }
        None
    }
}

impl<R> Items<R> {
    fn refusal(&self, code: &'static str, reason: String) -> Refusal {
        Refusal {
            item: format!("line {}", self.line),
            code,
            reason,
            place: Place::line(self.line),
        }
    }
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
    End,
}

/// Reads to the next line feed, keeping at most [`MAX_LINE_BYTES`]; what is longer is passed over unread.
fn read_line(reader: &mut impl BufRead) -> std::io::Result<Line> {
    let mut line = Vec::new();
    let mut length = 0;
    loop {
        let chunk = match reader.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            chunk => chunk?,
        };
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let part = &chunk[..end.unwrap_or(chunk.len())];
        let (taken, at_end) = (part.len() + usize::from(end.is_some()), chunk.is_empty());
        length += part.len();
        if length <= MAX_LINE_BYTES {
            line.extend_from_slice(part);
        }
        reader.consume(taken);
        if at_end && length == 0 {
            return Ok(Line::End);
        }
        if at_end || end.is_some() {
            return Ok(if length <= MAX_LINE_BYTES {
                Line::Whole(line)
            } else {
                Line::TooLong
            });
        }
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace) || line == b"\xEF\xBB\xBF"
}

type Reasoned<T> = Result<T, (&'static str, String)>;

fn story(mut keys: Map<String, Value>) -> Reasoned<Imported> {
    let url = text(&mut keys, "url")?;
    let external_id = text(&mut keys, "id")?.or_else(|| url.clone());
    let external_id = external_id.ok_or_else(|| ("jsonl.no_id", "neither `id` nor `url`".to_owned()))?;
    let mut story = Imported {
        external_id,
        url,
        kind: Kind::Post,
        title: text(&mut keys, "title")?.unwrap_or_default().trim().to_owned(),
        body: body(&mut keys)?,
        excerpt: text(&mut keys, "summary")?,
        slug: text(&mut keys, "slug")?,
        language: text(&mut keys, "lang")?,
        group: text(&mut keys, "group")?,
        source: text(&mut keys, "source")?,
        dateline: text(&mut keys, "dateline")?,
        sections: terms(&mut keys, "section")?,
        tags: terms(&mut keys, "tags")?,
        authors: authors(&mut keys)?,
        ..Imported::default()
    };
    set_status(&mut story, &mut keys)?;
    set_dates(&mut story, &mut keys)?;
    stand_in(&mut story, &keys);
    story.extra = keys;
    Ok(story)
}

/// A stream of stories is published stories, unless a line says otherwise.
fn set_status(story: &mut Imported, keys: &mut Map<String, Value>) -> Reasoned<()> {
    story.status = match text(keys, "status")?.as_deref() {
        None | Some("published") => Status::Published,
        Some("scheduled") => Status::Scheduled,
        Some("pending") => Status::Pending,
        Some("private") => Status::Private,
        Some(_) => Status::Draft,
    };
    if story.title.is_empty() {
        story.warn("title.missing", "the story has no title");
    }
    Ok(())
}

fn set_dates(story: &mut Imported, keys: &mut Map<String, Value>) -> Reasoned<()> {
    let given = text(keys, "date")?;
    story.published_at = given.as_deref().and_then(moment::read);
    if let (Some(given), None) = (&given, story.published_at) {
        story.warn(
            "date.unreadable",
            format!("`{given}` is not a date this reader knows"),
        );
        keys.insert("date".to_owned(), given.as_str().into());
    }
    let modified = keys.get("modified").and_then(Value::as_str);
    story.modified_at = modified.and_then(moment::read);
    Ok(())
}

/// What stands in for a missing key stays among the extras too: it is not the key the surface names.
fn stand_in(story: &mut Imported, keys: &Map<String, Value>) {
    if story.published_at.is_none() {
        story.published_at = keys
            .get("date_assigned")
            .and_then(Value::as_str)
            .and_then(moment::read);
    }
    if story.authors.is_empty() {
        story.authors = keys
            .get("author")
            .map(names)
            .unwrap_or_default()
            .into_iter()
            .map(ImportedAuthor::named)
            .collect();
    }
    if story.tags.is_empty() {
        story.tags = keys
            .get("topics")
            .map(names)
            .unwrap_or_default()
            .into_iter()
            .map(Term::named)
            .collect();
    }
    if story.published_at.is_none() {
        story.warn("date.missing", "the story has no date");
    }
}

fn body(keys: &mut Map<String, Value>) -> Reasoned<Body> {
    if let Some(html) = text(keys, "body_html")? {
        return Ok(Body::Html(html));
    }
    if let Some(text) = text(keys, "body_text")? {
        return Ok(Body::Text(text));
    }
    match keys.remove("sentences") {
        Some(Value::Array(list)) => Ok(Body::Sentences(
            list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        )),
        Some(Value::Null) | None => Err((
            "jsonl.no_body",
            "none of `body_html`, `body_text`, `sentences`".to_owned(),
        )),
        Some(other) => Err(wrong_type("sentences", "a list of texts", &other)),
    }
}

/// Takes a key that holds a text; numbers are taken as written, null and "" as missing.
fn text(keys: &mut Map<String, Value>, key: &str) -> Reasoned<Option<String>> {
    match keys.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(other) => Err(wrong_type(key, "a text", &other)),
    }
}

/// Takes a key that holds a name or a list of names.
fn terms(keys: &mut Map<String, Value>, key: &str) -> Reasoned<Vec<Term>> {
    let value = keys.remove(key).unwrap_or(Value::Null);
    Ok(names(&value).into_iter().map(Term::named).collect())
}

/// `"Name"`, `["Name", …]` or `[{"name": …, "email": …, "slug": …}, …]`.
fn authors(keys: &mut Map<String, Value>) -> Reasoned<Vec<ImportedAuthor>> {
    let value = keys.remove("authors").unwrap_or(Value::Null);
    let Value::Array(list) = &value else {
        return Ok(names(&value).into_iter().map(ImportedAuthor::named).collect());
    };
    Ok(list.iter().filter_map(author).collect())
}

fn author(value: &Value) -> Option<ImportedAuthor> {
    let field = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let name = value.as_str().map(str::to_owned).or_else(|| field("name"))?;
    Some(ImportedAuthor {
        name,
        slug: field("slug"),
        email: field("email"),
    })
    .filter(|author| !author.name.is_empty())
}

fn names(value: &Value) -> Vec<String> {
    let one = |value: &Value| {
        value
            .as_str()
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
    };
    match value {
        Value::Array(list) => list.iter().filter_map(one).collect(),
        other => one(other).into_iter().collect(),
    }
}

fn wrong_type(key: &str, wanted: &str, found: &Value) -> (&'static str, String) {
    let kind = match found {
        Value::Bool(_) => "true or false",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
        Value::String(_) => "a text",
        _ => "a number",
    };
    (
        "jsonl.wrong_type",
        format!("`{key}` should be {wanted}, but is {kind}"),
    )
}
