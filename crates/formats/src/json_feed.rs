//! JSON Feed 1.1 (jsonfeed.org).

use crate::feed::{Feed, FeedAuthor, FeedImage, FeedItem};
use crate::moment::rfc3339;
use serde_json::{Map, Value, json};

/// `application/feed+json`.
pub const MEDIA_TYPE: &str = "application/feed+json";

/// Writes the feed.
pub fn write(feed: &Feed) -> String {
    value(feed).to_string()
}

/// The feed as a JSON value.
pub fn value(feed: &Feed) -> Value {
    let hubs: Vec<Value> = feed
        .hubs
        .iter()
        .map(|url| json!({"type": "WebSub", "url": url}))
        .collect();
    let publisher = FeedAuthor {
        name: feed.publisher.clone(),
        url: Some(feed.link.clone()),
    };
    kept(json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.link,
        "feed_url": feed.self_url,
        "next_url": feed.next_url,
        "language": feed.language,
        "icon": feed.icon.as_ref().map(|icon| &icon.url),
        "authors": authors(&[publisher]),
        "hubs": hubs,
        "items": feed.items.iter().map(item).collect::<Vec<_>>(),
    }))
}

/// An item must have `content_html` or `content_text`; with no body the summary, else the title, is its text.
fn item(item: &FeedItem) -> Value {
    let content = item.content();
    let text = content
        .is_none()
        .then(|| item.summary.as_deref().unwrap_or(&item.title));
    let mut value = kept(json!({
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": content,
        "image": item.image.as_ref().map(|image| &image.url),
        "date_published": rfc3339(item.published_at),
        "date_modified": item.updated_at.map(rfc3339),
        "authors": authors(&item.authors),
        "tags": item.categories(),
        "language": item.language,
        "attachments": item.image.iter().filter_map(attachment).collect::<Vec<_>>(),
        "_picture": item.image.as_ref().map(picture),
    }));
    if let (Some(text), Some(object)) = (text, value.as_object_mut()) {
        object.insert("content_text".to_owned(), text.into());
    }
    value
}

fn authors(authors: &[FeedAuthor]) -> Vec<Value> {
    let named = authors.iter().filter(|author| !author.name.is_empty());
    named
        .map(|author| kept(json!({"name": author.name, "url": author.url})))
        .collect()
}

/// An attachment needs its media type; a picture without one is only `image`.
fn attachment(image: &FeedImage) -> Option<Value> {
    let media_type = image.media_type.as_deref().filter(|text| !text.is_empty())?;
    Some(kept(json!({
        "url": image.url,
        "mime_type": media_type,
        "title": image.words(),
        "size_in_bytes": image.size_bytes,
    })))
}

/// What JSON Feed has no field for; names that begin with `_` are extensions.
fn picture(image: &FeedImage) -> Value {
    kept(json!({
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
    }))
}

/// Leaves out what says nothing (null, empty text, empty list), save the `items`, which must be there.
pub(crate) fn kept(value: Value) -> Value {
    let Value::Object(object) = value else {
        return value;
    };
    let says_something = |key: &str, value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => key == "items" || !list.is_empty(),
        Value::Object(object) => !object.is_empty(),
        _ => true,
    };
    let kept: Map<String, Value> = object
        .into_iter()
        .filter(|(key, value)| says_something(key, value))
        .collect();
    Value::Object(kept)
}
