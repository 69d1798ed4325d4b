//! What an export says of the site itself: its name, authors, terms, and the files its stories refer to.

use super::item::RawItem;
use crate::imported::{ImportedAuthor, Refusal};
use std::collections::{BTreeMap, HashMap};

/// The site an export comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    pub title: String,
    pub link: String,
    pub description: String,
    /// As written: `en-US`, `ru-RU`, …
    pub language: Option<String>,
    /// `1.0`, `1.1`, `1.2`; none when the file does not say.
    pub wxr_version: Option<String>,
    pub base_site_url: Option<String>,
    pub base_blog_url: Option<String>,
    pub generator: Option<String>,
    pub authors: Vec<ImportedAuthor>,
    pub categories: Vec<SiteTerm>,
    pub tags: Vec<SiteTerm>,
    /// Terms of other taxonomies (menus, formats, the site's own).
    pub terms: Vec<SiteTerm>,
    /// Where an author's login stands in `authors`.
    by_login: HashMap<String, usize>,
    /// Whether the root element was there.
    pub(super) seen: bool,
}

/// A category, tag or other term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteTerm {
    /// `category`, `post_tag`, `nav_menu`, …
    pub taxonomy: String,
    pub slug: String,
    pub name: String,
    pub parent: Option<String>,
    pub description: Option<String>,
}

/// A file of the media library; the export has only its address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    pub url: String,
    pub title: String,
    pub alt: Option<String>,
    pub caption: Option<String>,
    /// The post it was uploaded to.
    pub parent: Option<String>,
}

/// A whole export, looked through once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    pub site: Site,
    /// By post id.
    pub attachments: HashMap<String, Attachment>,
    /// How many items of each post type.
    pub counts: BTreeMap<String, u64>,
    pub comments: u64,
    /// What ended the reading early.
    pub trouble: Option<Refusal>,
    /// The text of the attachments kept, for the limit.
    attachment_bytes: usize,
}

/// Authors, terms and attachments beyond this are not kept; no site has as many.
const MAX_KEPT: usize = 200_000;
const MAX_ATTACHMENT_BYTES: usize = 32 << 20;
const MAX_POST_TYPES: usize = 1_000;

impl Survey {
    pub(super) fn count(&mut self, item: &RawItem) {
        let post_type = item.post_type();
        if self.counts.len() < MAX_POST_TYPES || self.counts.contains_key(post_type) {
            *self.counts.entry(post_type.to_owned()).or_default() += 1;
        }
        self.comments += item.comments.len() as u64;
        if let Some((id, attachment)) = item.attachment() {
            self.attachment_bytes += id.len() + attachment.bytes();
            if self.attachments.len() < MAX_KEPT && self.attachment_bytes <= MAX_ATTACHMENT_BYTES {
                self.attachments.insert(id, attachment);
            }
        }
    }
}

impl Attachment {
    fn bytes(&self) -> usize {
        let optional = [&self.alt, &self.caption, &self.parent]
            .into_iter()
            .flatten()
            .map(String::len);
        self.url.len() + self.title.len() + optional.sum::<usize>()
    }
}

impl Site {
    /// The author with this login.
    pub fn author(&self, login: &str) -> Option<&ImportedAuthor> {
        self.by_login.get(login).and_then(|at| self.authors.get(*at))
    }

    pub(super) fn set(&mut self, leaf: &str, text: String, fields: &mut Vec<(String, String)>) {
        let text = text.trim().to_owned();
        match leaf {
            "title" => self.title = text,
            "link" if self.link.is_empty() => self.link = text,
            "description" => self.description = text,
            "language" => self.language = Some(text).filter(|text| !text.is_empty()),
            "generator" => self.generator = Some(text),
            "wp:wxr_version" => self.wxr_version = Some(text),
            "wp:base_site_url" => self.base_site_url = Some(text),
            "wp:base_blog_url" => self.base_blog_url = Some(text),
            "wp:author" => self.add_author(Fields(std::mem::take(fields))),
            "wp:category" => keep(&mut self.categories, category(&Fields(std::mem::take(fields)))),
            "wp:tag" => keep(&mut self.tags, tag(&Fields(std::mem::take(fields)))),
            "wp:term" => keep(&mut self.terms, term(&Fields(std::mem::take(fields)))),
            _ => {}
        }
    }

    fn add_author(&mut self, fields: Fields) {
        let login = fields.text("wp:author_login").unwrap_or_default();
        let whole = [
            fields.text("wp:author_first_name"),
            fields.text("wp:author_last_name"),
        ];
        let whole = whole.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let whole = Some(whole).filter(|name| !name.is_empty());
        let name = fields
            .text("wp:author_display_name")
            .or(whole)
            .unwrap_or_else(|| login.clone());
        if self.authors.len() < MAX_KEPT {
            self.by_login.insert(login.clone(), self.authors.len());
            self.authors.push(ImportedAuthor {
                name,
                slug: Some(login),
                email: fields.text("wp:author_email"),
            });
        }
    }
}

fn keep(terms: &mut Vec<SiteTerm>, term: SiteTerm) {
    if terms.len() < MAX_KEPT {
        terms.push(term);
    }
}

fn category(fields: &Fields) -> SiteTerm {
    SiteTerm {
        taxonomy: "category".to_owned(),
        slug: fields.text("wp:category_nicename").unwrap_or_default(),
        name: fields.text("wp:cat_name").unwrap_or_default(),
        parent: fields.text("wp:category_parent"),
        description: fields.text("wp:category_description"),
    }
}

fn tag(fields: &Fields) -> SiteTerm {
    SiteTerm {
        taxonomy: "post_tag".to_owned(),
        slug: fields.text("wp:tag_slug").unwrap_or_default(),
        name: fields.text("wp:tag_name").unwrap_or_default(),
        parent: None,
        description: fields.text("wp:tag_description"),
    }
}

fn term(fields: &Fields) -> SiteTerm {
    SiteTerm {
        taxonomy: fields.text("wp:term_taxonomy").unwrap_or_default(),
        slug: fields.text("wp:term_slug").unwrap_or_default(),
        name: fields.text("wp:term_name").unwrap_or_default(),
        parent: fields.text("wp:term_parent"),
        description: fields.text("wp:term_description"),
    }
}

/// Name and text of the elements in a group.
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    /// The first text of that name that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let mut same = self
            .0
            .iter()
            .filter(|(key, text)| key == name && !text.is_empty());
        same.next().map(|(_, text)| text.clone())
    }
}
