//! The JSON Schema of the document (draft 2020-12), written to be published.
//!
//! It says what [`crate::Document::from_json`] reads. What a schema cannot say (ids are unique, a time is a time)
//! stands in the descriptions.

use crate::json::MAX_BLOCKS;
use serde_json::{Map, Value, json};

/// The types of blocks this version knows, in the order of [`crate::Kind`].
pub(crate) const WORDS: &[&str] = &[
    "paragraph",
    "heading",
    "list",
    "quote",
    "pull_quote",
    "picture",
    "gallery",
    "embed",
    "table",
    "callout",
    "related",
    "entry",
    "file",
    "divider",
    "storyline",
    "code",
];

/// The schema as JSON.
pub fn schema() -> Value {
    let mut definitions = words();
    definitions.extend(parts());
    definitions.extend(WORDS.iter().map(|word| ((*word).to_owned(), block(word))));
    definitions.insert("unknown".to_owned(), unknown());
    definitions.insert("block".to_owned(), any_block());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:wireroom:schema:document:1",
        "title": "Story document",
        "description": "The body of a story: blocks in reading order. At most 32 brackets inside brackets and 2 MiB of text.",
        "type": "object",
        "required": ["version", "blocks"],
        "additionalProperties": false,
        "properties": {
            "version": { "const": 1 },
            "blocks": { "type": "array", "maxItems": MAX_BLOCKS, "items": reference("block") },
        },
        "$defs": definitions,
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn described(name: &str, description: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}"), "description": description })
}

fn any_block() -> Value {
    let known = WORDS
        .iter()
        .copied()
        .chain(["unknown"])
        .map(reference)
        .collect::<Vec<_>>();
    json!({ "description": "Told apart by 'type'.", "anyOf": known })
}

fn unknown() -> Value {
    json!({
        "description": "A block of a later version: kept byte for byte, not shown.",
        "type": "object",
        "required": ["type"],
        "properties": { "type": { "type": "string", "not": { "enum": WORDS } } },
    })
}

/// An object with these fields and no others. A name that ends in `?` may be left out.
fn object(description: &str, fields: Value) -> Value {
    let Value::Object(fields) = fields else {
        return Value::Null;
    };
    let required: Vec<String> = fields
        .keys()
        .filter(|name| !name.ends_with('?'))
        .cloned()
        .collect();
    let properties: Map<String, Value> = fields
        .into_iter()
        .map(|(name, value)| (name.trim_end_matches('?').to_owned(), value))
        .collect();
    json!({
        "description": description,
        "type": "object",
        "required": required,
        "additionalProperties": false,
        "properties": properties,
    })
}

fn block(word: &str) -> Value {
    let (description, mut fields) = fields_of(word);
    if let Value::Object(fields) = &mut fields {
        let id = described(
            "id",
            "Unique in the document. Left out, one is made of what the block says.",
        );
        fields.insert("id?".to_owned(), id);
        fields.insert("type".to_owned(), json!({ "const": word }));
    }
    object(description, fields)
}

fn fields_of(word: &str) -> (&'static str, Value) {
    let (string, flag) = (
        json!({ "type": "string" }),
        json!({ "type": "boolean", "default": false }),
    );
    let blocks = json!({ "type": "array", "items": reference("block") });
    let (text, id, web, href) = (
        reference("text"),
        reference("id"),
        reference("web"),
        reference("href"),
    );
    match word {
        "paragraph" => ("Body text.", json!({ "text": text })),
        "heading" => {
            let level = json!({ "type": "integer", "minimum": 2, "maximum": 4 });
            (
                "A cross-heading. Level 1 is the story's headline.",
                json!({ "level": level, "text": text }),
            )
        }
        "list" => (
            "Bullets, or numbers when ordered.",
            json!({ "ordered?": flag, "items": reference("items") }),
        ),
        "quote" => (
            "A quotation.",
            json!({ "text": text, "cite?": text, "url?": web }),
        ),
        "pull_quote" => (
            "Words of the text, set large.",
            json!({ "text": text, "cite?": text, "url?": web }),
        ),
        "gallery" => {
            let pictures = json!({ "type": "array", "items": reference("pictured") });
            (
                "Pictures shown together.",
                json!({ "pictures": pictures, "caption?": text }),
            )
        }
        "picture" => (
            "One picture, ours (asset) or another site's (url).",
            picture_fields(),
        ),
        "embed" => (
            "A card that leads to another site.",
            json!({ "url": web, "provider?": string, "title?": string }),
        ),
        "table" => {
            let rows = json!({ "type": "array", "items": { "type": "array", "items": reference("cell") } });
            (
                "Rows and columns.",
                json!({ "caption?": text, "header_row?": flag, "header_column?": flag, "rows": rows }),
            )
        }
        "callout" => (
            "A box beside the story.",
            json!({ "title?": text, "blocks?": blocks }),
        ),
        "related" => (
            "Another story of ours, with its headline when the block was made.",
            json!({ "story": id, "headline?": string }),
        ),
        "entry" => (
            "One entry of live coverage. 'at' is RFC 3339 with an offset.",
            json!({ "at": { "type": "string", "format": "date-time" }, "headline?": string, "key_event?": flag,
                    "pinned?": flag, "author?": string, "blocks?": blocks }),
        ),
        "file" => {
            let size = json!({ "type": "integer", "minimum": 0 });
            let fields = json!({ "url": href, "name": string, "media_type?": string, "size_bytes?": size });
            ("Something to download.", fields)
        }
        "storyline" => ("The box of a storyline.", json!({ "storyline": id })),
        "code" => {
            let language = json!({ "type": "string", "maxLength": 32, "pattern": "^[A-Za-z0-9+#_.-]*$" });
            (
                "Text whose spaces and lines count.",
                json!({ "text": string, "language?": language }),
            )
        }
        _ => ("A break between two parts.", json!({})),
    }
}

fn picture_fields() -> Value {
    let (string, pixels) = (
        json!({ "type": "string" }),
        json!({ "type": "integer", "minimum": 0 }),
    );
    json!({
        "asset?": reference("id"), "url?": reference("web"), "alt?": string, "caption?": reference("text"),
        "credit?": string, "width?": pixels, "height?": pixels,
    })
}

/// Ids, addresses, runs and marks.
fn words() -> Map<String, Value> {
    let marks = json!({ "type": "array", "items": reference("mark"), "default": [] });
    let run = object(
        "A stretch of text under the same marks.",
        json!({ "text": { "type": "string" }, "marks?": marks }),
    );
    let entries = [
        (
            "id",
            json!({ "type": "string", "maxLength": 64, "pattern": "^[A-Za-z0-9_-][A-Za-z0-9_.:-]*$" }),
        ),
        (
            "web",
            json!({ "type": "string", "description": "An http or https URL.", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://" }),
        ),
        (
            "href",
            json!({ "type": "string", "maxLength": 4096,
            "description": "http, https, mailto, tel, or a path ('/…') or fragment ('#…') of the site." }),
        ),
        ("run", run),
        (
            "text",
            json!({ "type": "array", "items": reference("run"),
            "description": "Runs in reading order. A line break is a newline inside a run." }),
        ),
        ("mark", json!({ "anyOf": marks_of() })),
    ];
    entries
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn marks_of() -> Vec<Value> {
    let string = json!({ "type": "string" });
    let tag = json!({ "type": "string", "maxLength": 35, "pattern": "^[A-Za-z][A-Za-z0-9-]*$" });
    let dir = json!({ "enum": ["ltr", "rtl", "auto"] });
    let looks = json!({ "enum": ["strong", "emphasis", "strike", "code", "sub", "sup"] });
    vec![
        object("A look.", json!({ "type": looks })),
        object(
            "A link.",
            json!({ "type": { "const": "link" }, "href": reference("href"), "title?": string }),
        ),
        object(
            "Who says so. Not public.",
            json!({ "type": { "const": "source" }, "id?": reference("id"), "name?": string }),
        ),
        object(
            "A newsroom's note. Not public.",
            json!({ "type": { "const": "note" }, "id": reference("id") }),
        ),
        object(
            "Another language (BCP 47).",
            json!({ "type": { "const": "lang" }, "lang": tag, "dir?": dir }),
        ),
    ]
}

/// Items, cells and the pictures of a gallery.
fn parts() -> Map<String, Value> {
    let span = json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 1 });
    let inner = object(
        "The list one level deeper.",
        json!({
            "ordered?": { "type": "boolean" }, "items": { "type": "array", "items": reference("item") },
        }),
    );
    let entries = [
        (
            "items",
            json!({ "type": "array", "minItems": 1, "items": reference("item") }),
        ),
        (
            "item",
            object(
                "A line of a list.",
                json!({ "text": reference("text"), "list?": inner }),
            ),
        ),
        (
            "cell",
            object(
                "A cell.",
                json!({ "text": reference("text"), "columns?": span, "rows?": span }),
            ),
        ),
        ("pictured", object("A picture of a gallery.", picture_fields())),
    ];
    entries
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
