//! Ghost exports, versions 0 to 6: Markdown, mobiledoc and Lexical bodies, with their tags, authors and pictures.
//!
//! The file is JSON tables; relations may stand behind the posts, so all posts are held. A file that is cut off or
//! broken gives the posts that were whole, then one refusal with its place.

mod card;
mod lexical;
mod markdown;
mod mobiledoc;
mod post;
mod tables;

use crate::imported::{Imported, Refusal, Warning};
use std::io::BufRead;
use tables::Tables;

/// The largest export taken: 512 MiB.
pub const MAX_FILE_BYTES: u64 = 512 << 20;

/// Reads an export. Addresses within the old site (`__GHOST_URL__`) become root-relative; [`items_at`] makes them whole.
///
/// Refusals that stand for one post: `ghost.no_id`, `ghost.wrong_type`. Refusals that end the reading:
/// `ghost.not_ghost`, `ghost.not_json`, `ghost.cut_off`, `ghost.too_large`, `io.read`.
pub fn items<R: BufRead>(reader: R) -> Items {
    items_at(reader, "")
}

/// Like [`items`], with the old site's address (`https://old.example`), which exports do not hold.
pub fn items_at<R: BufRead>(reader: R, site_url: &str) -> Items {
    let (mut tables, trouble) = Tables::read(reader);
    let posts = std::mem::take(&mut tables.posts).into_iter();
    let site = tables.site(site_url);
    Items {
        relations: tables.relations(),
        posts,
        site,
        trouble,
    }
}

/// The site an export comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Ghost's version, as in `meta.version`: `003`, `2.9.0`, `6.10.3`.
    pub version: String,
    pub title: String,
    pub description: String,
    /// As written: `en`, `en_US`.
    pub language: Option<String>,
    /// IANA name.
    pub timezone: Option<String>,
    /// The address given by the caller, without a slash at its end.
    pub url: String,
    /// How addresses of posts were made: `/:slug/`, `/:year/:month/:day/:slug/`.
    pub permalinks: String,
    pub authors: u64,
    pub tags: u64,
}

/// The stories of an export; see [`items`].
pub struct Items {
    posts: std::vec::IntoIter<serde_json::Value>,
    relations: tables::Relations,
    site: Site,
    trouble: Option<Refusal>,
}

impl Items {
    /// The site, known from the start.
    pub fn site(&self) -> &Site {
        &self.site
    }
}

impl Iterator for Items {
    type Item = Result<Imported, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.posts.next() {
            Some(post) => Some(post::story(post, &self.relations, &self.site)),
            None => self.trouble.take().map(Err),
        }
    }
}

/// A body as HTML, with what was lost on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    pub html: String,
    pub warnings: Vec<Warning>,
}

impl Rendered {
    fn warn(&mut self, code: &'static str, text: impl Into<String>) {
        self.warnings.push(Warning {
            code,
            text: text.into(),
        });
    }
}

/// A mobiledoc body (Ghost 1 to 5) as HTML. What is no mobiledoc gives an empty body and a warning.
pub fn mobiledoc_html(json: &str) -> Rendered {
    mobiledoc::render(json)
}

/// A Lexical body (Ghost 5 and 6) as HTML. What is no Lexical document gives an empty body and a warning.
pub fn lexical_html(json: &str) -> Rendered {
    lexical::render(json)
}

/// Markdown as Ghost writes it: line ends are breaks; tables, strike-through, `==marks==`, footnotes and HTML are
/// understood, and footnotes stand at the end.
pub fn markdown_html(text: &str) -> String {
    markdown::render(text)
}

#[cfg(test)]
mod tests;
