//! The sandbox's side of an import: hostile bytes in, parsed items out.

use base::Result;
use base::sandbox::{Frames, Refusal};
use formats::{Body, Imported, Status};
use markup::{Document, Options};
use serde::{Deserialize, Serialize};
use std::io::{BufReader, Read};

/// What the sandbox sends back, a frame each.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    Item(Box<Parcel>),
    Refused { item: String, reason: String },
}

/// One item, its body a document already.
#[derive(Deserialize, Serialize)]
pub struct Parcel {
    pub id: String,
    pub page: bool,
    pub published: bool,
    pub title: String,
    /// A story document as JSON.
    pub body: String,
    pub excerpt: String,
    pub url: Option<String>,
    pub language: Option<String>,
    pub group: Option<String>,
    pub published_at: Option<i64>,
    pub authors: Vec<Named>,
    pub sections: Vec<Named>,
    pub tags: Vec<Named>,
    pub source: String,
    pub dateline: String,
    pub extra: serde_json::Map<String, serde_json::Value>,
}

#[derive(Deserialize, Serialize)]
pub struct Named {
    pub name: String,
    pub slug: Option<String>,
}

impl Parcel {
    /// How the report names it.
    pub fn name(&self) -> String {
        if self.title.is_empty() {
            self.id.clone()
        } else {
            format!("{} ({})", self.title, self.id)
        }
    }
}

/// The task: parses the input as `args.format` and sends each item.
pub fn send(input: &mut dyn Read, frames: &mut Frames, args: &serde_json::Value) -> Result<(), Refusal> {
    let reader = BufReader::with_capacity(256 << 10, input);
    match args["format"].as_str() {
        Some("jsonl") => each("jsonl", formats::jsonl::items(reader), frames),
        Some("wxr") => each("wxr", formats::wxr::items(reader), frames),
        Some("ghost") => each("ghost", formats::ghost::items(reader), frames),
        _ => Err(Refusal::new("import.format", "no such format")),
    }
}

fn each(
    format: &str,
    items: impl Iterator<Item = Result<Imported, formats::Refusal>>,
    frames: &mut Frames,
) -> Result<(), Refusal> {
    for item in items {
        let sent = match item {
            Ok(item) if item.status == Status::Trash => Sent::Refused {
                item: item.title,
                reason: "in the trash there".into(),
            },
            Ok(item) => Sent::Item(Box::new(parcel(format, item))),
            Err(refusal) => {
                let item = if refusal.item.is_empty() {
                    refusal.place.to_string()
                } else {
                    refusal.item.clone()
                };
                Sent::Refused {
                    item,
                    reason: refusal.to_string(),
                }
            }
        };
        let frame =
            serde_json::to_vec(&sent).map_err(|error| Refusal::new("import.frame", &error.to_string()))?;
        frames.send(&frame)?;
    }
    Ok(())
}

fn parcel(format: &str, item: Imported) -> Parcel {
    let mut extra = item.extra;
    if !item.comments.is_empty() {
        extra.insert("comments".into(), item.comments.iter().map(comment).collect());
    }
    if let Some(picture) = &item.picture {
        extra.insert(
            "picture".into(),
            serde_json::json!({ "url": picture.url, "alt": picture.alt, "caption": picture.caption }),
        );
    }
    let term = |term: formats::Term| Named {
        name: term.name,
        slug: term.slug,
    };
    Parcel {
        id: format!("{format}:{}", item.external_id),
        page: item.kind == formats::Kind::Page,
        published: item.status == Status::Published,
        title: item.title,
        body: document(format, &item.body).to_json(),
        excerpt: item.excerpt.map(|excerpt| plain(&excerpt)).unwrap_or_default(),
        url: item.url,
        language: item.language,
        group: item.group,
        published_at: item.published_at,
        authors: item
            .authors
            .into_iter()
            .map(|author| Named {
                name: author.name,
                slug: author.slug,
            })
            .collect(),
        sections: item.sections.into_iter().map(term).collect(),
        tags: item.tags.into_iter().map(term).collect(),
        source: item.source.unwrap_or_default(),
        dateline: item.dateline.unwrap_or_default(),
        extra,
    }
}

/// WordPress keeps paragraphs as blank lines and widgets as shortcodes; the others write whole HTML.
fn document(format: &str, body: &Body) -> Document {
    match body {
        Body::Html(html) if format == "wxr" => {
            markup::from_html_with(
                html,
                Options {
                    autop: true,
                    shortcodes: true,
                },
            )
            .0
        }
        Body::Html(html) => markup::from_html(html).0,
        Body::Text(text) => markup::from_text(text),
        Body::Sentences(sentences) => markup::from_sentences(sentences),
    }
}

/// The words of a text that may be HTML.
fn plain(html: &str) -> String {
    markup::from_html(html)
        .0
        .plain()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Comments wait beside their story until its room takes them in.
fn comment(comment: &formats::ImportedComment) -> serde_json::Value {
    serde_json::json!({
        "id": comment.external_id, "parent": comment.parent, "author": comment.author, "kind": comment.kind,
        "posted_at": comment.posted_at, "text": plain(&comment.body_html), "state": format!("{:?}", comment.state).to_lowercase(),
    })
}
