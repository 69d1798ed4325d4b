//! One `<item>` of an export, gathered as it is read.

use super::body;
use super::site::{Attachment, Fields};
use crate::html;
use crate::imported::{CommentState, ImportedComment, Place, Refusal};
use crate::moment;
use std::collections::HashMap;

const MAX_COMMENTS: usize = 50_000;
const MAX_META: usize = 10_000;
const MAX_TERMS: usize = 1_000;
const MAX_LEAVES: usize = 256;

/// What stands in an item.
#[derive(Default)]
pub(super) struct RawItem {
    pub(super) leaves: HashMap<String, String>,
    /// Attributes of the element being read.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) terms: Vec<RawTerm>,
    pub(super) meta: Vec<(String, String)>,
    pub(super) comments: Vec<ImportedComment>,
    /// The text held, for the limit.
    pub(super) bytes: usize,
    pub(super) dropped_characters: bool,
    pub(super) left_out: bool,
    pub(super) place: Place,
}

pub(super) struct RawTerm {
    pub(super) domain: String,
    pub(super) slug: Option<String>,
    pub(super) name: String,
}

impl RawItem {
    pub(super) fn new(place: Place) -> Self {
        Self {
            place,
            ..Self::default()
        }
    }

    /// Takes a plain element; of several with one name the first that says something counts.
    pub(super) fn set(&mut self, leaf: &str, text: String) {
        let attributes = std::mem::take(&mut self.attributes);
        self.bytes += text.len();
        if leaf == "category" {
            return self.add_term(&attributes, text.trim().to_owned());
        }
        if self.leaves.len() < MAX_LEAVES && !text.trim().is_empty() {
            self.leaves.entry(leaf.to_owned()).or_insert(text);
        }
    }

    pub(super) fn add_comment(&mut self, fields: &mut Vec<(String, String)>) {
        let fields = Fields(std::mem::take(fields));
        match self.comments.len() < MAX_COMMENTS {
            true => self.comments.push(comment(&fields)),
            false => self.left_out = true,
        }
    }

    pub(super) fn add_meta(&mut self, fields: &mut Vec<(String, String)>) {
        let fields = Fields(std::mem::take(fields));
        let Some(key) = fields.text("wp:meta_key") else {
            return;
        };
        match self.meta.len() < MAX_META {
            true => self
                .meta
                .push((key, fields.text("wp:meta_value").unwrap_or_default())),
            false => self.left_out = true,
        }
    }

    /// Without a type an item is a post, as in the first exports.
    pub(super) fn post_type(&self) -> &str {
        self.leaf("wp:post_type").unwrap_or("post")
    }

    /// For a report: `attachment 17: Title`.
    pub(super) fn label(&self) -> String {
        let title = html::text_of(self.leaf("title").unwrap_or(""));
        format!(
            "{} {}: {title}",
            self.post_type(),
            self.leaf("wp:post_id").unwrap_or("?")
        )
    }

    pub(super) fn attachment(&self) -> Option<(String, Attachment)> {
        let id = self.leaf("wp:post_id")?.to_owned();
        let attachment = Attachment {
            url: self.leaf("wp:attachment_url").or(self.leaf("guid"))?.to_owned(),
            title: html::text_of(self.leaf("title").unwrap_or("")),
            alt: self.meta_value("_wp_attachment_image_alt"),
            caption: self.leaf("excerpt:encoded").map(str::to_owned),
            parent: self
                .leaf("wp:post_parent")
                .filter(|id| *id != "0")
                .map(str::to_owned),
        };
        (self.post_type() == "attachment").then_some((id, attachment))
    }

    fn add_term(&mut self, attributes: &[(String, String)], name: String) {
        let attribute = |key: &str| {
            attributes
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.clone())
        };
        let term = RawTerm {
            domain: attribute("domain").unwrap_or_default(),
            slug: attribute("nicename"),
            name,
        };
        match self.terms.len() < MAX_TERMS {
            true if !term.name.is_empty() => self.terms.push(term),
            true => {}
            false => self.left_out = true,
        }
    }

    pub(super) fn meta_value(&self, key: &str) -> Option<String> {
        let mut same = self
            .meta
            .iter()
            .filter(|(name, value)| name == key && !value.is_empty());
        same.next().map(|(_, value)| value.clone())
    }

    pub(super) fn leaf(&self, name: &str) -> Option<&str> {
        self.leaves
            .get(name)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
    }

    pub(super) fn refusal(&self, code: &'static str, reason: String) -> Refusal {
        Refusal {
            item: self.label(),
            code,
            reason,
            place: self.place,
        }
    }
}

fn comment(fields: &Fields) -> ImportedComment {
    let text = |name: &str| fields.text(name);
    ImportedComment {
        external_id: text("wp:comment_id").unwrap_or_default(),
        parent: text("wp:comment_parent").filter(|id| id != "0"),
        author: html::text_of(&text("wp:comment_author").unwrap_or_default()),
        author_email: text("wp:comment_author_email"),
        author_url: text("wp:comment_author_url"),
        posted_at: text("wp:comment_date_gmt")
            .or(text("wp:comment_date"))
            .as_deref()
            .and_then(moment::read),
        body_html: body::html(&text("wp:comment_content").unwrap_or_default()).html,
        state: match text("wp:comment_approved").as_deref() {
            Some("1" | "approve" | "approved") => CommentState::Approved,
            Some("spam") => CommentState::Spam,
            Some("trash" | "post-trashed") => CommentState::Trash,
            _ => CommentState::Held,
        },
        kind: text("wp:comment_type").unwrap_or_else(|| "comment".to_owned()),
    }
}
