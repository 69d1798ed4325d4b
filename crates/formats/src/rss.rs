//! RSS 2.0.11 as the RSS Advisory Board's Best Practices Profile wants it, with Media RSS 1.5.1 pictures.

use crate::feed::{Feed, FeedImage, FeedItem};
use crate::moment::{rfc822, rfc3339};
use crate::xml::XmlText;

/// `application/rss+xml; charset=utf-8`.
pub const MEDIA_TYPE: &str = "application/rss+xml; charset=utf-8";

const NAMESPACES: &[(&str, &str)] = &[
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:dcterms", "http://purl.org/dc/terms/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
];

/// Writes the feed. Always valid XML; required elements are there whatever the feed says.
pub fn write(feed: &Feed) -> String {
    let mut xml = XmlText::begin(feed.stylesheet.as_deref());
    xml.open("rss", NAMESPACES);
    xml.open("channel", &[]);
    write_channel(&mut xml, feed);
    for item in &feed.items {
        write_item(&mut xml, item);
    }
    xml.end()
}

fn write_channel(xml: &mut XmlText, feed: &Feed) {
    xml.leaf("title", &feed.title);
    xml.leaf("link", &feed.link);
    xml.leaf(
        "description",
        if feed.description.is_empty() {
            &feed.title
        } else {
            &feed.description
        },
    );
    xml.leaf_if("language", Some(&feed.language));
    xml.leaf_if("copyright", feed.rights.as_deref());
    xml.leaf("lastBuildDate", &rfc822(feed.updated_at));
    xml.leaf("docs", "https://www.rssboard.org/rss-specification");
    if let Some(icon) = &feed.icon {
        write_icon(xml, feed, icon);
    }
    xml.empty(
        "atom:link",
        &[
            ("rel", "self"),
            ("href", &feed.self_url),
            ("type", "application/rss+xml"),
        ],
    );
    for (rel, url) in [("next", &feed.next_url), ("previous", &feed.previous_url)] {
        if let Some(url) = url {
            xml.empty(
                "atom:link",
                &[("rel", rel), ("href", url), ("type", "application/rss+xml")],
            );
        }
    }
    for hub in &feed.hubs {
        xml.empty("atom:link", &[("rel", "hub"), ("href", hub)]);
    }
}

/// The channel's `title` and `link` must be repeated exactly (profile, `image`).
fn write_icon(xml: &mut XmlText, feed: &Feed, icon: &FeedImage) {
    xml.open("image", &[]);
    xml.leaf("url", &icon.url);
    xml.leaf("title", &feed.title);
    xml.leaf("link", &feed.link);
    xml.close();
}

fn write_item(xml: &mut XmlText, item: &FeedItem) {
    xml.open("item", &[]);
    xml.leaf("title", &item.title);
    xml.leaf("link", &item.url);
    xml.leaf_with("guid", &[("isPermaLink", "false")], &item.id);
    xml.leaf("pubDate", &rfc822(item.published_at));
    if let Some(updated_at) = item.updated_at {
        xml.leaf("dcterms:modified", &rfc3339(updated_at));
    }
    for author in &item.authors {
        xml.leaf_if("dc:creator", Some(&author.name));
    }
    for category in item.categories() {
        xml.leaf("category", category);
    }
    xml.leaf_if("dc:language", item.language.as_deref());
    xml.leaf_if("comments", item.room_url.as_deref());
    // The profile: `description` stands before `content:encoded`, for readers that keep the last of the two.
    xml.leaf_if("description", item.summary.as_deref());
    xml.leaf_if("content:encoded", item.content().as_deref());
    if let Some(image) = &item.image {
        write_image(xml, image);
    }
    xml.close();
}

/// An `enclosure` only when its three attributes are known, as RSS demands them all; `media:content` always.
fn write_image(xml: &mut XmlText, image: &FeedImage) {
    let media_type = image.media_type.as_deref().unwrap_or("");
    let size = image
        .size_bytes
        .map(|bytes| bytes.to_string())
        .unwrap_or_default();
    let (width, height) = image.sides();
    if !media_type.is_empty() && !size.is_empty() {
        xml.empty(
            "enclosure",
            &[("url", &image.url), ("length", &size), ("type", media_type)],
        );
    }
    let attributes = [
        ("url", image.url.as_str()),
        ("type", media_type),
        ("medium", "image"),
        ("width", &width),
        ("height", &height),
        ("fileSize", &size),
    ];
    xml.open("media:content", &attributes);
    if let Some(words) = image.words() {
        xml.leaf_with("media:description", &[("type", "plain")], words);
    }
    xml.leaf_if("media:credit", image.credit.as_deref());
    xml.empty(
        "media:thumbnail",
        &[("url", &image.url), ("width", &width), ("height", &height)],
    );
    xml.close();
}
