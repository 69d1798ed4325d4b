//! What the renderer has to ask: it knows ids, and only the site knows where they live today.

use crate::{Embed, Href, Id};

/// A picture as it can be shown now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asset {
    /// The default file.
    pub src: String,
    /// All sizes, as in the `srcset` attribute; may be empty.
    pub srcset: String,
    /// As in the `sizes` attribute; may be empty.
    pub sizes: String,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
    /// Used when the block says nothing of its own.
    pub alt: String,
    /// Used when the block says nothing of its own.
    pub caption: String,
    /// Used when the block says nothing of its own.
    pub credit: String,
}

/// A story or storyline that can be linked to now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// Where it is.
    pub url: String,
    /// What the link says.
    pub headline: String,
}

/// The site's answers. Each has a default, so that a document can be shown without a site.
pub trait Resolve {
    /// A picture of ours. `None` leaves it out: gone, embargoed, or without rights.
    fn asset(&self, _id: &Id) -> Option<Asset> {
        None
    }

    /// A picture of another site. By default as it is.
    fn external(&self, url: &Href) -> Option<Asset> {
        Some(Asset {
            src: url.as_str().to_owned(),
            ..Asset::default()
        })
    }

    /// A story of ours. `None` shows the cached headline without a link, or nothing when there is none.
    fn story(&self, _id: &Id) -> Option<Linked> {
        None
    }

    /// A storyline of ours. `None` leaves the box out.
    fn storyline(&self, _id: &Id) -> Option<Linked> {
        None
    }

    /// The address of a link. Feeds make those of the site absolute.
    fn href(&self, href: &Href) -> String {
        href.as_str().to_owned()
    }

    /// A time as readers read it; `at` is RFC 3339.
    fn time(&self, at: &str) -> String {
        at.to_owned()
    }

    /// What the link of an embed says when it has no title.
    fn embed_label(&self, embed: &Embed) -> String {
        if embed.provider.is_empty() {
            embed.url.host()
        } else {
            embed.provider.clone()
        }
    }
}

/// No site at all: every default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Resolve for Plain {}
