//! One post of a Ghost export as a story.

use super::tables::{Relations, text};
use super::{Rendered, Site, lexical_html, markdown_html, mobiledoc_html};
use crate::html;
use crate::imported::{Body, Imported, ImportedPicture, Kind, Place, Refusal, Status, Term};
use crate::moment::{self, Micros};
use serde_json::{Map, Value};

/// What Ghost writes where its own address stood.
const GHOST_URL: &str = "__GHOST_URL__";

/// Tells the post as a story. Refusals: `ghost.wrong_type`, `ghost.no_id`.
pub(super) fn story(post: Value, relations: &Relations, site: &Site) -> Result<Imported, Refusal> {
    let Value::Object(post) = post else {
        return Err(refusal(
            "post".to_owned(),
            "ghost.wrong_type",
            "a row of `posts` is not an object",
        ));
    };
    let title = text(post.get("title")).unwrap_or_default();
    let external_id = text(post.get("id")).or(text(post.get("uuid")));
    let external_id =
        external_id.ok_or_else(|| refusal(format!("post: {title}"), "ghost.no_id", "the post has no id"))?;
    let mut post = Post {
        row: post,
        meta: relations.meta.get(&external_id),
        site,
    };
    let mut story = Imported {
        kind: post.kind(),
        title: title.trim().to_owned(),
        excerpt: post.text("custom_excerpt").or(post.text("meta_description")),
        slug: post.text("slug"),
        language: post
            .text("locale")
            .or(post.text("language"))
            .or(site.language.clone()),
        group: None,
        published_at: post.moment("published_at"),
        modified_at: post.moment("updated_at"),
        picture: post.picture(),
        external_id,
        ..Imported::default()
    };
    post.set_relations(&mut story, relations);
    post.set_status(&mut story);
    post.set_body(&mut story);
    story.url = post.url(&story);
    story.extra.extend(post.rest());
    if story.title.is_empty() {
        story.warn("title.missing", "the post has no title");
    }
    Ok(story)
}

struct Post<'a> {
    row: Map<String, Value>,
    meta: Option<&'a Map<String, Value>>,
    site: &'a Site,
}

impl Post<'_> {
    /// A field of the post, or of its row in `posts_meta`, where Ghost 3 moved some.
    fn text(&self, key: &str) -> Option<String> {
        text(self.row.get(key)).or_else(|| text(self.meta?.get(key)))
    }

    fn moment(&self, key: &str) -> Option<Micros> {
        match self.row.get(key)? {
            Value::Number(ms) => ms.as_i64().and_then(moment::from_ms),
            Value::String(text) => moment::read(text),
            _ => None,
        }
    }

    /// A flag that is `1`, `true` or `"1"`.
    fn is_set(&self, key: &str) -> bool {
        let value = self.row.get(key).or_else(|| self.meta?.get(key));
        match value {
            Some(Value::Bool(set)) => *set,
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            Some(Value::String(text)) => text == "1" || text == "true",
            _ => false,
        }
    }

    fn kind(&self) -> Kind {
        match self.text("type").as_deref() {
            Some("page") => Kind::Page,
            Some(_) => Kind::Post,
            None if self.is_set("page") => Kind::Page,
            None => Kind::Post,
        }
    }

    fn set_relations(&self, story: &mut Imported, relations: &Relations) {
        let own_author = || {
            self.text("author_id")
                .and_then(|id| relations.users.get(&id))
                .cloned()
        };
        let authors = relations.post_authors.get(&story.external_id).cloned();
        story.authors = authors.unwrap_or_else(|| own_author().into_iter().collect());
        let tags = relations
            .post_tags
            .get(&story.external_id)
            .cloned()
            .unwrap_or_default();
        // Tags that begin with # are the newsroom's own marks, never shown.
        let (internal, tags): (Vec<Term>, Vec<Term>) =
            tags.into_iter().partition(|tag| tag.name.starts_with('#'));
        story.tags = tags;
        if !internal.is_empty() {
            let names: Vec<Value> = internal.into_iter().map(|tag| tag.name.into()).collect();
            story.extra.insert("internal_tags".to_owned(), names.into());
        }
    }

    /// Only what was on the open site is published: not what members paid for, nor what went out as mail only.
    fn set_status(&self, story: &mut Imported) {
        let visibility = self.text("visibility").unwrap_or_else(|| "public".to_owned());
        let status = self.text("status").unwrap_or_default();
        story.status = match status.as_str() {
            "published" if visibility != "public" => Status::Private,
            "published" => Status::Published,
            "scheduled" => Status::Scheduled,
            "sent" => Status::Private,
            _ => Status::Draft,
        };
        if story.status == Status::Private {
            let why = format!("the post was {status} with visibility `{visibility}`; it is taken as private");
            story.warn("status.not_public", why);
        }
        if story.published_at.is_none() && story.status == Status::Published {
            story.published_at = self.moment("created_at");
            story.warn(
                "date.missing",
                "the post has no date of publication; that of its creation is taken",
            );
        }
    }

    /// The stored HTML, else what was written: mobiledoc, Lexical, Markdown.
    fn set_body(&mut self, story: &mut Imported) {
        let mut take = |key: &str| text(self.row.remove(key).as_ref());
        let (html, mobiledoc, lexical, markdown) =
            (take("html"), take("mobiledoc"), take("lexical"), take("markdown"));
        let rendered = match (html, mobiledoc, lexical, markdown) {
            (Some(html), ..) => Rendered {
                html,
                warnings: Vec::new(),
            },
            (_, Some(json), ..) => mobiledoc_html(&json),
            (_, _, Some(json), _) => lexical_html(&json),
            (.., Some(markdown)) => Rendered {
                html: markdown_html(&markdown),
                warnings: Vec::new(),
            },
            _ => Rendered::default(),
        };
        story.warnings.extend(rendered.warnings);
        story.body = Body::Html(self.addressed(&rendered.html));
    }

    /// `/:slug/` and its like, for posts; pages are always `/slug/`.
    fn url(&self, story: &Imported) -> Option<String> {
        let slug = story.slug.as_deref()?;
        let pattern = if story.kind == Kind::Page {
            "/:slug/"
        } else {
            &self.site.permalinks
        };
        let date = story.published_at.map(moment::rfc3339).unwrap_or_default();
        let mut parts = date.get(..10).unwrap_or("").split('-');
        let mut path = pattern.replace(":slug", slug).replace(":id", &story.external_id);
        for key in [":year", ":month", ":day"] {
            path = path.replace(key, parts.next().unwrap_or(""));
        }
        if path.contains(':') && pattern.contains(':') && !slug.contains(':') {
            path = format!("/{slug}/");
        }
        Some(format!("{}{path}", self.site.url))
    }

    fn picture(&self) -> Option<ImportedPicture> {
        let url = self.text("feature_image").or(self.text("image"))?;
        let url = url.replace(GHOST_URL, &self.site.url);
        Some(ImportedPicture {
            url: if self.site.url.is_empty() {
                url
            } else {
                html::absolute(&url, &self.site.url)
            },
            attachment: None,
            alt: self.text("feature_image_alt"),
            caption: self.text("feature_image_caption"),
        })
    }

    /// Ghost's placeholder replaced, and addresses made whole when the old site's is known.
    fn addressed(&self, text: &str) -> String {
        let text = text.replace(GHOST_URL, &self.site.url);
        if self.site.url.is_empty() {
            text
        } else {
            html::absolutise(&text, &format!("{}/", self.site.url))
        }
    }

    /// What is not null and not told elsewhere.
    fn rest(self) -> Map<String, Value> {
        const TOLD: [&str; 19] = [
            "id",
            "uuid",
            "title",
            "slug",
            "plaintext",
            "image",
            "feature_image",
            "page",
            "type",
            "custom_excerpt",
            "locale",
            "language",
            "author_id",
            "created_by",
            "updated_by",
            "published_by",
            "published_at",
            "updated_at",
            "post_id",
        ];
        let meta = self.meta.cloned().unwrap_or_default();
        let all = meta.into_iter().chain(self.row);
        all.filter(|(key, value)| !value.is_null() && value != "" && !TOLD.contains(&key.as_str()))
            .collect()
    }
}

fn refusal(item: String, code: &'static str, reason: &str) -> Refusal {
    Refusal {
        item,
        code,
        reason: reason.to_owned(),
        place: Place::default(),
    }
}
