//! The sandbox's side of an import: hostile bytes in, parsed items out.

use base::Result;
use base::sandbox::{Frames, Refusal};
use formats::{Body, Imported, Status};
use markup::{Document, Options};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::io::{BufReader, Read};

/// What the sandbox sends back, a frame each.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    Item(Box<Parcel>),
    Refused(Refused),
}

/// An item that is not taken.
#[derive(Deserialize, Serialize)]
pub struct Refused {
    pub item: String,
    pub reason: String,
    /// Of a kind that is never taken (a file, a menu, the trash): nothing is wrong with it.
    pub by_kind: bool,
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
    pub changed_at: Option<i64>,
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
        Some("blogger") => each("blogger", formats::blogger::items(reader), frames),
        _ => Err(Refusal::new("import.format", "no such format")),
    }
}

fn each(
    format: &'static str,
    items: impl Iterator<Item = Result<Imported, formats::Refusal>>,
    frames: &mut Frames,
) -> Result<(), Refusal> {
    let mut ids = Ids::new(format);
    for item in items {
        let sent = match item {
            Ok(item) if item.status == Status::Trash => Sent::Refused(Refused {
                reason: "in the trash there".into(),
                by_kind: true,
                item: item.title,
            }),
            Ok(item) => Sent::Item(Box::new(parcel(ids.of(&item), format, item))),
            Err(refusal) => Sent::Refused(refused(&refusal)),
        };
        let frame =
            serde_json::to_vec(&sent).map_err(|error| Refusal::new("import.frame", &error.to_string()))?;
        frames.send(&frame)?;
    }
    Ok(())
}

fn refused(refusal: &formats::Refusal) -> Refused {
    let item = match refusal.item.as_str() {
        "" if refusal.place == formats::Place::default() => "(the file)".to_owned(),
        "" => refusal.place.to_string(),
        item => item.to_owned(),
    };
    Refused {
        item,
        reason: refusal.to_string(),
        by_kind: matches!(
            refusal.code,
            "wxr.attachment" | "wxr.post_type" | "blogger.kind" | "blogger.comment"
        ),
    }
}

/// Ids by which an item is found again: unique over all that was ever brought here, the same in every export of one site.
struct Ids {
    format: &'static str,
    /// The title under which an id was met in this file.
    met: HashMap<u64, u64>,
}

impl Ids {
    fn new(format: &'static str) -> Self {
        Self {
            format,
            met: HashMap::new(),
        }
    }

    /// WordPress and Blogger count from 1 on each site, so there the site is part of the id. An export in which two items
    /// have one id has been edited by hand: they are two stories all the same, and told apart by their titles.
    fn of(&mut self, item: &Imported) -> String {
        let (format, own) = (self.format, &item.external_id);
        let title = hash(&item.title);
        let id = match (format, host(item.url.as_deref())) {
            ("wxr", Some(host)) => format!("{format}:{host}:{own}"),
            ("wxr", None) => format!("{format}::{own}~{title:016x}"),
            _ => format!("{format}:{own}"),
        };
        match *self.met.entry(hash(&id)).or_insert(title) {
            first if first == title => id,
            _ => format!("{id}~{title:016x}"),
        }
    }
}

/// The same in every version of the program: it is part of stored ids.
fn hash(text: &str) -> u64 {
    #[expect(
        deprecated,
        reason = "SipHash 2-4 with fixed keys, unlike the default hasher, is promised to stay"
    )]
    let mut hasher = std::hash::SipHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn host(url: Option<&str>) -> Option<&str> {
    let (_, rest) = url?.split_once("//")?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

fn parcel(id: String, format: &str, item: Imported) -> Parcel {
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
    Parcel {
        id,
        page: item.kind == formats::Kind::Page,
        published: item.status == Status::Published,
        title: item.title,
        body: document(format, &item.body).to_json(),
        excerpt: item.excerpt.map(|excerpt| plain(&excerpt)).unwrap_or_default(),
        url: item.url,
        language: item.language,
        group: item.group.map(|group| format!("{format}:{group}")),
        published_at: item.published_at,
        changed_at: item.modified_at,
        authors: item.authors.into_iter().map(author).collect(),
        sections: item.sections.into_iter().map(term).collect(),
        tags: item.tags.into_iter().map(term).collect(),
        source: item.source.unwrap_or_default(),
        dateline: item.dateline.unwrap_or_default(),
        extra,
    }
}

fn term(term: formats::Term) -> Named {
    Named {
        name: term.name,
        slug: term.slug,
    }
}

/// The address of a writer is nobody's business here.
fn author(author: formats::ImportedAuthor) -> Named {
    Named {
        name: author.name,
        slug: author.slug.filter(|slug| !slug.contains('@')),
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
