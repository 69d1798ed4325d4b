//! Atom 1.0 (RFC 4287) with paging links (RFC 5005 §3) and Media RSS pictures.

use crate::feed::{Feed, FeedAuthor, FeedImage, FeedItem};
use crate::moment::rfc3339;
use crate::xml::XmlText;

/// `application/atom+xml; charset=utf-8`.
pub const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// Writes the feed. Always valid XML; required elements are there whatever the feed says.
///
/// RFC 4287 §4.2.6 wants ids that are addresses: an item id without a scheme becomes a `tag:` (RFC 4151) of the
/// feed's host.
pub fn write(feed: &Feed) -> String {
    let mut xml = XmlText::begin(feed.stylesheet.as_deref());
    let namespaces = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:media", "http://search.yahoo.com/mrss/"),
        ("xml:lang", feed.language.as_str()),
    ];
    xml.open("feed", &namespaces);
    write_head(&mut xml, feed);
    for item in &feed.items {
        write_entry(&mut xml, feed, item);
    }
    xml.end()
}

fn write_head(xml: &mut XmlText, feed: &Feed) {
    xml.leaf(
        "id",
        if feed.self_url.is_empty() {
            &feed.link
        } else {
            &feed.self_url
        },
    );
    xml.leaf("title", &feed.title);
    xml.leaf_if("subtitle", Some(&feed.description));
    xml.leaf("updated", &rfc3339(feed.updated_at));
    // An author on the feed stands for every entry without one, which RFC 4287 §4.1.1 requires.
    let publisher = if feed.publisher.is_empty() {
        &feed.title
    } else {
        &feed.publisher
    };
    write_author(
        xml,
        &FeedAuthor {
            name: publisher.clone(),
            url: None,
        },
    );
    xml.leaf_if("rights", feed.rights.as_deref());
    xml.leaf_if("icon", feed.icon.as_ref().map(|icon| icon.url.as_str()));
    xml.empty(
        "link",
        &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.link)],
    );
    xml.empty(
        "link",
        &[
            ("rel", "self"),
            ("type", "application/atom+xml"),
            ("href", &feed.self_url),
        ],
    );
    for (rel, url) in [("next", &feed.next_url), ("previous", &feed.previous_url)] {
        if let Some(url) = url {
            xml.empty(
                "link",
                &[("rel", rel), ("type", "application/atom+xml"), ("href", url)],
            );
        }
    }
    for hub in &feed.hubs {
        xml.empty("link", &[("rel", "hub"), ("href", hub)]);
    }
}

fn write_entry(xml: &mut XmlText, feed: &Feed, item: &FeedItem) {
    xml.open("entry", &[("xml:lang", item.language.as_deref().unwrap_or(""))]);
    xml.leaf("id", &entry_id(feed, item));
    xml.leaf("title", &item.title);
    xml.leaf("published", &rfc3339(item.published_at));
    xml.leaf("updated", &rfc3339(item.changed_at()));
    xml.empty(
        "link",
        &[("rel", "alternate"), ("type", "text/html"), ("href", &item.url)],
    );
    for author in item.authors.iter().filter(|author| !author.name.is_empty()) {
        write_author(xml, author);
    }
    for category in item.categories() {
        xml.empty("category", &[("term", category)]);
    }
    xml.leaf_if("summary", item.summary.as_deref());
    if let Some(content) = item.content() {
        xml.leaf_with("content", &[("type", "html")], &content);
    }
    if let Some(image) = &item.image {
        write_image(xml, image);
    }
    xml.close();
}

fn entry_id(feed: &Feed, item: &FeedItem) -> String {
    let is_address = item
        .id
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphanumeric()));
    if is_address {
        return item.id.clone();
    }
    let host = feed
        .link
        .split("://")
        .nth(1)
        .and_then(|rest| rest.split(['/', ':', '?', '#']).next());
    format!(
        "tag:{},2026:{}",
        host.filter(|host| !host.is_empty()).unwrap_or("localhost"),
        item.id
    )
}

fn write_author(xml: &mut XmlText, author: &FeedAuthor) {
    xml.open("author", &[]);
    xml.leaf("name", &author.name);
    xml.leaf_if("uri", author.url.as_deref());
    xml.close();
}

fn write_image(xml: &mut XmlText, image: &FeedImage) {
    let media_type = image.media_type.as_deref().unwrap_or("");
    let (width, height) = image.sides();
    let attributes = [
        ("url", image.url.as_str()),
        ("type", media_type),
        ("medium", "image"),
        ("width", &width),
        ("height", &height),
    ];
    xml.open("media:content", &attributes);
    if let Some(words) = image.words() {
        xml.leaf_with("media:description", &[("type", "plain")], words);
    }
    xml.leaf_if("media:credit", image.credit.as_deref());
    xml.close();
}
