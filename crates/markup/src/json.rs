//! JSON in. Everything is hostile until it was read: sizes first, then the shape, then each word that has a meaning.

use crate::block::{Callout, Code, Embed, Entry, File, Gallery, Heading, List, Paragraph, Picture};
use crate::block::{Quote, Related, Storyline, Table, Unknown};
use crate::{Block, Document, Error, Id, Kind, VERSION, rules, settle};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashSet};

/// Brackets inside brackets, counted over the whole JSON.
pub const MAX_DEPTH: usize = 32;
/// Blocks of a document, those inside others included.
pub const MAX_BLOCKS: usize = 20_000;
/// Bytes (UTF-8) of all words together.
pub const MAX_TEXT_BYTES: usize = 2 * 1024 * 1024;
/// Bytes of the JSON.
pub const MAX_JSON_BYTES: usize = 16 * 1024 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outer<'a> {
    version: u32,
    #[serde(borrow)]
    blocks: Vec<&'a RawValue>,
}

/// The fields of a block, unread: what we do not know may hold what no number of ours can.
type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// Reads, checks and settles a document.
pub(crate) fn read(text: &str) -> Result<Document, Error> {
    check_size(text)?;
    let outer: Outer =
        serde_json::from_str(text).map_err(|error| Error::new("markup.json", "$", error.to_string()))?;
    if outer.version != VERSION {
        let message = format!(
            "version {} is not one this program reads; it reads {VERSION}",
            outer.version
        );
        return Err(Error::new("markup.version", "version", message));
    }
    let mut reader = Reader::default();
    let mut document = Document {
        version: VERSION,
        blocks: reader.blocks(&outer.blocks, "")?,
    };
    settle::settle(&mut document);
    match crate::plain::text_bytes(&document) > MAX_TEXT_BYTES {
        true => Err(Error::new(
            "markup.size",
            "$",
            format!("a document holds at most {MAX_TEXT_BYTES} bytes of text"),
        )),
        false => Ok(document),
    }
}

/// Reads one block, as it stands in a `data-json` attribute.
pub(crate) fn read_block(text: &str) -> Result<Block, Error> {
    check_size(text)?;
    let raw: &RawValue =
        serde_json::from_str(text).map_err(|error| Error::new("markup.json", "$", error.to_string()))?;
    Reader::default().block(raw, "$")
}

fn check_size(text: &str) -> Result<(), Error> {
    if text.len() > MAX_JSON_BYTES {
        return Err(Error::new(
            "markup.size",
            "$",
            format!("the JSON is longer than {MAX_JSON_BYTES} bytes"),
        ));
    }
    if depth(text) > MAX_DEPTH {
        return Err(Error::new(
            "markup.depth",
            "$",
            format!("more than {MAX_DEPTH} brackets inside brackets"),
        ));
    }
    Ok(())
}

/// The deepest bracket, counted without recursion and before anything is built.
fn depth(text: &str) -> usize {
    let (mut deepest, mut open, mut quoted, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => open += 1,
            b'}' | b']' if !quoted => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

#[derive(Default)]
struct Reader {
    count: usize,
    ids: HashSet<Id>,
}

impl Reader {
    fn blocks(&mut self, raw: &[&RawValue], path: &str) -> Result<Vec<Block>, Error> {
        let place = |at: usize| format!("{path}{}blocks[{at}]", if path.is_empty() { "" } else { "." });
        raw.iter()
            .enumerate()
            .map(|(at, raw)| self.block(raw, &place(at)))
            .collect()
    }

    fn block(&mut self, raw: &RawValue, path: &str) -> Result<Block, Error> {
        self.count += 1;
        if self.count > MAX_BLOCKS {
            return Err(Error::new(
                "markup.blocks",
                path,
                format!("a document holds at most {MAX_BLOCKS} blocks"),
            ));
        }
        let head: Fields =
            serde_json::from_str(raw.get()).map_err(|error| shape(path, &error.to_string()))?;
        let kind = self.kind(&head, raw, path)?;
        rules::check(&kind)
            .map_err(|fault| Error::new(fault.code, under(path, fault.field), fault.message))?;
        let id = self.id(&head, matches!(kind, Kind::Unknown(_)), path)?;
        Ok(Block { id, kind })
    }

    /// An unknown block keeps whatever it calls its id; we only look at it when it is one of ours.
    fn id(&mut self, head: &Fields, unknown: bool, path: &str) -> Result<Id, Error> {
        let given = head.get("id").map(|id| string(id).as_deref().and_then(Id::parse));
        let id = match given {
            None => return Ok(Id::default()),
            Some(None) if unknown => return Ok(Id::default()),
            Some(None) => {
                return Err(Error::new(
                    "markup.id",
                    under(path, "id"),
                    "an id is 1 to 64 letters, digits, '_' or '-'",
                ));
            }
            Some(Some(id)) => id,
        };
        match self.ids.insert(id.clone()) {
            true => Ok(id),
            false if unknown => Ok(Id::default()),
            false => Err(Error::new(
                "markup.id_twice",
                under(path, "id"),
                format!("another block is called '{id}' already"),
            )),
        }
    }

    fn kind(&mut self, head: &Fields, raw: &RawValue, path: &str) -> Result<Kind, Error> {
        let word = head.get("type").and_then(|word| string(word));
        Ok(
            match word
                .ok_or_else(|| shape(path, "a block has a 'type', which is a string"))?
                .as_str()
            {
                "paragraph" => Kind::Paragraph(fields::<Paragraph>(head, path)?),
                "heading" => Kind::Heading(fields::<Heading>(head, path)?),
                "list" => Kind::List(fields::<List>(head, path)?),
                "quote" => Kind::Quote(fields::<Quote>(head, path)?),
                "pull_quote" => Kind::PullQuote(fields::<Quote>(head, path)?),
                "picture" => Kind::Picture(fields::<Picture>(head, path)?),
                "gallery" => Kind::Gallery(fields::<Gallery>(head, path)?),
                "embed" => Kind::Embed(fields::<Embed>(head, path)?),
                "table" => Kind::Table(fields::<Table>(head, path)?),
                "callout" => Kind::Callout(Callout {
                    blocks: self.inner(head, path)?,
                    ..fields(head, path)?
                }),
                "related" => Kind::Related(fields::<Related>(head, path)?),
                "entry" => Kind::Entry(Entry {
                    blocks: self.inner(head, path)?,
                    ..fields(head, path)?
                }),
                "file" => Kind::File(fields::<File>(head, path)?),
                "divider" => fields::<Nothing>(head, path).map(|_| Kind::Divider)?,
                "storyline" => Kind::Storyline(fields::<Storyline>(head, path)?),
                "code" => Kind::Code(fields::<Code>(head, path)?),
                word => Kind::Unknown(Unknown {
                    word: word.to_owned(),
                    json: raw.get().to_owned(),
                }),
            },
        )
    }

    fn inner(&mut self, head: &Fields, path: &str) -> Result<Vec<Block>, Error> {
        let Some(raw) = head.get("blocks") else {
            return Ok(Vec::new());
        };
        let blocks: Vec<&RawValue> = serde_json::from_str(raw.get())
            .map_err(|error| shape(&under(path, "blocks"), &error.to_string()))?;
        self.blocks(&blocks, path)
    }
}

fn string(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The block's own fields: without `id`, `type` and the blocks inside, which are read on their own.
fn fields<T: DeserializeOwned>(head: &Fields, path: &str) -> Result<T, Error> {
    let holds_blocks = matches!(
        head.get("type").and_then(|word| string(word)).as_deref(),
        Some("callout" | "entry")
    );
    let own = |name: &str| name != "id" && name != "type" && !(holds_blocks && name == "blocks");
    let mut fields = Map::new();
    for (name, raw) in head.iter().filter(|(name, _)| own(name)) {
        let value =
            serde_json::from_str(raw.get()).map_err(|error| shape(&under(path, name), &error.to_string()))?;
        fields.insert(name.clone(), value);
    }
    serde_path_to_error::deserialize(Value::Object(fields)).map_err(|error| {
        let place = under(path, &error.path().to_string());
        shape(&place, &error.inner().to_string())
    })
}

/// A serde error keeps the code its field gave it ("markup.url: …"); any other is one of shape.
fn shape(path: &str, message: &str) -> Error {
    match message.split_once(": ") {
        Some(("markup.url", rest)) => Error::new("markup.url", path, rest),
        Some(("markup.id", rest)) => Error::new("markup.id", path, rest),
        _ => Error::new("markup.shape", path, message),
    }
}

fn under(path: &str, field: &str) -> String {
    match field {
        "." | "" => path.to_owned(),
        _ => format!("{path}.{field}"),
    }
}

impl serde::Serialize for Block {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Known<'a> {
            id: &'a Id,
            #[serde(flatten)]
            kind: &'a Kind,
        }
        match &self.kind {
            Kind::Unknown(unknown) => match RawValue::from_string(unknown.json.clone()) {
                Ok(raw) => raw.serialize(to),
                Err(error) => Err(serde::ser::Error::custom(error)),
            },
            kind => Known { id: &self.id, kind }.serialize(to),
        }
    }
}
