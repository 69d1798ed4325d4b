//! OPML 2.0: a list of feeds, to be taken into a feed reader in one go.

use crate::moment::{Micros, rfc822};
use crate::xml::XmlText;

/// `text/x-opml; charset=utf-8`.
pub const MEDIA_TYPE: &str = "text/x-opml; charset=utf-8";

/// Feeds under one heading; an empty name puts them on the top level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlineGroup {
    pub name: String,
    pub feeds: Vec<OutlineFeed>,
}

/// One feed of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlineFeed {
    pub title: String,
    pub feed_url: String,
    pub page_url: String,
    pub language: Option<String>,
}

/// Writes the list.
pub fn write(title: &str, created_at: Micros, groups: &[OutlineGroup]) -> String {
    let mut xml = XmlText::begin(None);
    xml.open("opml", &[("version", "2.0")]);
    xml.open("head", &[]);
    xml.leaf("title", title);
    xml.leaf("dateCreated", &rfc822(created_at));
    xml.close();
    xml.open("body", &[]);
    for group in groups {
        write_group(&mut xml, group);
    }
    xml.end()
}

fn write_group(xml: &mut XmlText, group: &OutlineGroup) {
    let headed = !group.name.is_empty();
    if headed {
        xml.open("outline", &[("text", &group.name), ("title", &group.name)]);
    }
    for feed in &group.feeds {
        let attributes = [
            ("type", "rss"),
            ("text", feed.title.as_str()),
            ("title", &feed.title),
            ("xmlUrl", &feed.feed_url),
            ("htmlUrl", &feed.page_url),
            ("language", feed.language.as_deref().unwrap_or("")),
        ];
        xml.empty("outline", &attributes);
    }
    if headed {
        xml.close();
    }
}
