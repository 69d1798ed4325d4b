//! A list of stories as any feed format sees it: one struct, written by `rss`, `atom` and `json_feed`.

use crate::html;
use crate::moment::Micros;

/// A feed. Addresses are absolute; texts are plain unless the name says `html`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    pub title: String,
    /// What the list is about; the title is written when it is empty (RSS demands one).
    pub description: String,
    /// The page this feed stands beside.
    pub link: String,
    /// This document's own address.
    pub self_url: String,
    /// The next, older page of the feed (RFC 5005 §3).
    pub next_url: Option<String>,
    pub previous_url: Option<String>,
    /// WebSub hubs.
    pub hubs: Vec<String>,
    /// BCP 47.
    pub language: String,
    pub updated_at: Micros,
    /// The publication: the author of what names none.
    pub publisher: String,
    pub rights: Option<String>,
    pub icon: Option<FeedImage>,
    /// An XSLT that shows the feed to a person who opens it in a browser.
    pub stylesheet: Option<String>,
    pub items: Vec<FeedItem>,
}

/// A story in a feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedItem {
    /// Stable for ever, whatever happens to the address.
    pub id: String,
    pub url: String,
    pub title: String,
    /// Plain text.
    pub summary: Option<String>,
    pub content_html: Option<String>,
    pub published_at: Micros,
    pub updated_at: Option<Micros>,
    pub authors: Vec<FeedAuthor>,
    pub section: Option<String>,
    pub topics: Vec<String>,
    pub image: Option<FeedImage>,
    /// Corrections and the like, oldest first; written behind the text.
    pub corrections: Vec<Correction>,
    /// BCP 47, when it is not the feed's.
    pub language: Option<String>,
    /// The page where readers talk about it.
    pub room_url: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedAuthor {
    pub name: String,
    pub url: Option<String>,
}

/// A picture. `type` is a media type such as `image/jpeg`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedImage {
    pub url: String,
    pub media_type: Option<String>,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub size_bytes: Option<u64>,
    pub credit: Option<String>,
    pub alt: Option<String>,
    pub caption: Option<String>,
}

/// A correction as readers see it: `Correction`, and the note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// What kind of note, in the feed's language.
    pub label: String,
    pub note: String,
}

impl FeedItem {
    /// The whole text with absolute addresses, corrections behind it; none when there is neither.
    pub(crate) fn content(&self) -> Option<String> {
        let notes: String = self.corrections.iter().map(Correction::html).collect();
        let body = self.content_html.as_deref().unwrap_or("");
        let content = html::absolutise(body, &self.url) + &notes;
        (!content.is_empty()).then_some(content)
    }

    /// The section, then the topics, none twice.
    pub(crate) fn categories(&self) -> Vec<&str> {
        let mut seen: Vec<&str> = Vec::new();
        for name in self.section.iter().chain(&self.topics).map(String::as_str) {
            if !name.is_empty() && !seen.contains(&name) {
                seen.push(name);
            }
        }
        seen
    }

    pub(crate) fn changed_at(&self) -> Micros {
        self.updated_at.unwrap_or(self.published_at)
    }
}

impl Correction {
    fn html(&self) -> String {
        format!(
            "<p><strong>{}</strong> {}</p>",
            html::escape(&self.label),
            html::escape(&self.note)
        )
    }
}

impl FeedImage {
    /// What the picture shows, for those who do not see it: the caption, else the alternative text.
    pub(crate) fn words(&self) -> Option<&str> {
        self.caption
            .as_deref()
            .or(self.alt.as_deref())
            .filter(|text| !text.is_empty())
    }

    /// Width and height as attribute values; empty when unknown, and then not written.
    pub(crate) fn sides(&self) -> (String, String) {
        let text = |side: Option<u32>| side.map(|side| side.to_string()).unwrap_or_default();
        (text(self.width), text(self.height))
    }
}
