//! News formats, read and written: a file each, pure, and safe on any input.
//!
//! Nothing here opens a file, asks the time or panics: readers take `BufRead`, writers give `String`
//! or `serde_json::Value`. What goes out (feeds, sitemaps, JSON-LD, OPML) comes from a few plain structs;
//! what comes in (JSON lines, WordPress, Blogger and Ghost exports) ends as [`Imported`] items, and what cannot
//! be taken as a [`Refusal`] that names the item, a stable code, the reason and the place.

pub mod atom;
pub mod blogger;
pub mod detect;
pub mod feed;
pub mod ghost;
mod html;
pub mod iim;
pub mod imported;
pub mod json_feed;
pub mod json_ld;
pub mod jsonl;
pub mod moment;
pub mod opml;
pub mod rss;
pub mod sitemap;
pub mod wxr;
mod xml;
mod xml_in;
pub mod xmp;

pub use detect::{Format, detect};
pub use feed::{Correction, Feed, FeedAuthor, FeedImage, FeedItem};
pub use imported::{
    Body, CommentState, Imported, ImportedAuthor, ImportedComment, ImportedPicture, Kind, Place, Refusal,
    Status, Term, Warning,
};
pub use moment::Micros;
