//! An `<item>` told as a story, or refused.

use super::body;
use super::item::{RawItem, RawTerm};
use super::site::{Attachment, Site};
use crate::html;
use crate::imported::{Body, Imported, ImportedAuthor, ImportedPicture, Kind, Refusal, Status, Term};
use crate::moment::{self, Micros};
use serde_json::{Value, json};
use std::collections::HashMap;

impl RawItem {
    /// The item as a story; what is no post or page is refused.
    pub(super) fn story(
        self,
        site: &Site,
        attachments: &HashMap<String, Attachment>,
    ) -> Result<Imported, Refusal> {
        let kind = match self.post_type() {
            "post" => Kind::Post,
            "page" => Kind::Page,
            "attachment" => {
                let url = self
                    .leaf("wp:attachment_url")
                    .or(self.leaf("guid"))
                    .unwrap_or("without an address");
                return Err(self.refusal("wxr.attachment", format!("a file, listed only: {url}")));
            }
            other => {
                return Err(self.refusal("wxr.post_type", format!("`{other}` is neither a post nor a page")));
            }
        };
        let mut story = Imported {
            external_id: self.external_id().ok_or_else(|| {
                self.refusal("wxr.no_id", "the item has no wp:post_id, guid or link".to_owned())
            })?,
            kind,
            title: html::text_of(self.leaf("title").unwrap_or("")),
            excerpt: self
                .leaf("excerpt:encoded")
                .or(self.leaf("description"))
                .map(str::to_owned),
            url: self.leaf("link").map(str::to_owned),
            slug: self.leaf("wp:post_name").map(str::to_owned),
            language: site.language.clone(),
            authors: self.authors(site),
            sections: self.terms_of(&["category"]),
            tags: self.terms_of(&["post_tag", "tag"]),
            picture: self.picture(attachments),
            ..Imported::default()
        };
        self.set_dates(&mut story);
        self.set_status(&mut story);
        self.set_body(&mut story);
        self.set_extra(&mut story);
        self.set_warnings(&mut story);
        story.comments = self.comments;
        Ok(story)
    }

    fn external_id(&self) -> Option<String> {
        let id = self
            .leaf("wp:post_id")
            .or(self.leaf("guid"))
            .or(self.leaf("link"));
        id.map(str::to_owned)
    }

    fn set_dates(&self, story: &mut Imported) {
        let moment_of = |leaf: &str| self.leaf(leaf).and_then(moment::read);
        let local = moment_of("wp:post_date");
        story.published_at = moment_of("wp:post_date_gmt")
            .or(self.leaf("pubDate").and_then(moment::read_rfc822))
            .or(local);
        story.modified_at = moment_of("wp:post_modified_gmt").or(moment_of("wp:post_modified"));
        if let Some(offset_minutes) = offset_minutes(local, story.published_at) {
            story
                .extra
                .insert("utc_offset_minutes".to_owned(), offset_minutes.into());
        }
        if story.published_at.is_none() {
            story.warn("date.missing", "the item has no readable date");
        }
    }

    /// Only `publish` without a password is public.
    fn set_status(&self, story: &mut Imported) {
        let status = self.leaf("wp:status").unwrap_or("");
        story.status = match status {
            "publish" => Status::Published,
            "future" => Status::Scheduled,
            "draft" | "auto-draft" => Status::Draft,
            "pending" => Status::Pending,
            "private" => Status::Private,
            "trash" => Status::Trash,
            _ => Status::Draft,
        };
        if ![
            "publish",
            "future",
            "draft",
            "auto-draft",
            "pending",
            "private",
            "trash",
        ]
        .contains(&status)
        {
            story.warn(
                "status.unknown",
                format!("the status `{status}` is taken as a draft"),
            );
            story.extra.insert("status".to_owned(), status.into());
        }
        if self.leaf("wp:post_password").is_some() {
            story.status = if story.status == Status::Published {
                Status::Private
            } else {
                story.status
            };
            story.warn(
                "password",
                "the item was behind a password; it is taken as private, the password is not kept",
            );
        }
    }

    fn set_body(&self, story: &mut Imported) {
        let content = self
            .leaves
            .get("content:encoded")
            .map(String::as_str)
            .unwrap_or("");
        let told = body::html(content);
        if told.shortcodes {
            story.warn(
                "body.shortcode",
                "the text holds [shortcodes] of plugins, which are left as they are",
            );
        }
        story.body = Body::Html(told.html);
    }

    fn set_extra(&self, story: &mut Imported) {
        let other = self
            .terms
            .iter()
            .filter(|term| !["category", "post_tag", "tag", ""].contains(&term.domain.as_str()));
        let other: Vec<Value> = other
            .map(|term| json!({"taxonomy": term.domain, "slug": term.slug, "name": term.name}))
            .collect();
        let meta: Vec<Value> = self.meta.iter().map(|(key, value)| json!([key, value])).collect();
        for (key, values) in [("terms", other), ("postmeta", meta)] {
            if !values.is_empty() {
                story.extra.insert(key.to_owned(), values.into());
            }
        }
        if self.leaf("wp:is_sticky") == Some("1") {
            story.extra.insert("sticky".to_owned(), true.into());
        }
        for (key, leaf) in [
            ("parent", "wp:post_parent"),
            ("guid", "guid"),
            ("comment_status", "wp:comment_status"),
        ] {
            if let Some(text) = self.leaf(leaf).filter(|text| *text != "0") {
                story.extra.insert(key.to_owned(), text.into());
            }
        }
    }

    fn set_warnings(&self, story: &mut Imported) {
        if story.title.is_empty() {
            story.warn("title.missing", "the item has no title");
        }
        if self.dropped_characters {
            story.warn("text.characters", "characters that XML forbids were left out");
        }
        if self.left_out {
            story.warn(
                "item.left_out",
                "the item has more comments, fields or terms than are taken",
            );
        }
    }

    fn authors(&self, site: &Site) -> Vec<ImportedAuthor> {
        let login = self
            .leaf("dc:creator")
            .or(self.leaf("wp:author"))
            .or(self.leaf("author"));
        let known = |login: &str| site.author(login).cloned();
        let author = login.map(|login| known(login).unwrap_or_else(|| ImportedAuthor::named(login)));
        author.into_iter().collect()
    }

    /// WXR 1.0 repeats each category bare; bare ones count only when none has a domain.
    fn terms_of(&self, domains: &[&str]) -> Vec<Term> {
        let bare_only = self.terms.iter().all(|term| term.domain.is_empty());
        let wanted = |term: &&RawTerm| match bare_only {
            true => domains.contains(&"category"),
            false => domains.contains(&term.domain.as_str()),
        };
        let mut terms: Vec<Term> = Vec::new();
        for term in self.terms.iter().filter(wanted) {
            if !terms.iter().any(|known| known.name == term.name) {
                terms.push(Term {
                    name: term.name.clone(),
                    slug: term.slug.clone(),
                });
            }
        }
        terms
    }

    fn picture(&self, attachments: &HashMap<String, Attachment>) -> Option<ImportedPicture> {
        let id = self.meta_value("_thumbnail_id")?;
        let known = attachments.get(&id);
        Some(ImportedPicture {
            url: known.map(|file| file.url.clone()).unwrap_or_default(),
            alt: known.and_then(|file| file.alt.clone()),
            caption: known.and_then(|file| file.caption.clone()),
            attachment: Some(id),
        })
    }
}

/// How far the site's clock was from UTC, when the item says both and they fit on the globe.
fn offset_minutes(local: Option<Micros>, utc: Option<Micros>) -> Option<i64> {
    const MICROS_PER_MINUTE: i64 = 60_000_000;
    let minutes = (local? - utc?) / MICROS_PER_MINUTE;
    (minutes != 0 && minutes.abs() <= 15 * 60).then_some(minutes)
}
