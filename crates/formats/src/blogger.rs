//! Blogger exports: Atom feeds of posts and pages, with the site's settings and comments among them.
//!
//! Both shapes are read: the backup of the dashboard (kinds are categories) and that of Takeout (`blogger:type`).
//! Faults and limits are those of [`crate::wxr`].

use crate::html;
use crate::imported::{Body, Imported, ImportedAuthor, Kind, Place, Refusal, Status, Term};
use crate::moment;
use crate::xml_in::{Node, Nodes};
use std::io::BufRead;

const KIND_SCHEME: &str = "http://schemas.google.com/g/2005#kind";
const MAX_LABELS: usize = 1_000;
const MAX_LABEL_BYTES: usize = 1_000;

/// Reads the stories one by one.
///
/// Refusals that stand for one entry: `blogger.comment` (comments stand apart from their posts and are not taken),
/// `blogger.kind` (settings, templates), `blogger.no_id`. Refusals that end the reading: `blogger.not_blogger` and
/// the `xml.…` codes.
pub fn items<R: BufRead>(reader: R) -> Items<R> {
    Items {
        nodes: Nodes::new(reader),
        path: Vec::new(),
        entry: Entry::default(),
        seen: false,
        ended: false,
    }
}

/// The stories of an export; see [`items`].
pub struct Items<R> {
    nodes: Nodes<R>,
    path: Vec<String>,
    entry: Entry,
    seen: bool,
    ended: bool,
}

impl<R: BufRead> Iterator for Items<R> {
    type Item = Result<Imported, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.step() {
                Ok(None) => {}
                Ok(Some(entry)) => return Some(entry.story()),
                Err(refusal) => {
                    self.ended = true;
                    return Some(Err(refusal));
                }
            }
        }
        None
    }
}

impl<R: BufRead> Items<R> {
    /// Takes one node; gives the entry when it ends one.
    fn step(&mut self) -> Result<Option<Entry>, Refusal> {
        match self.nodes.next_node()? {
            Node::Eof if self.seen => self.ended = true,
            Node::Eof => return Err(self.nodes.refusal("blogger.not_blogger", "the file is empty")),
            Node::Start { name, attributes } => {
                self.path.push(name);
                self.begin(attributes)?;
            }
            Node::End { text, .. } => {
                let whole = self.finish(text);
                self.path.pop();
                return Ok(whole);
            }
        }
        Ok(None)
    }

    fn begin(&mut self, attributes: Vec<(String, String)>) -> Result<(), Refusal> {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let attribute = |key: &str| {
            attributes
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.as_str())
        };
        match path.as_slice() {
            ["feed"] => self.seen = true,
            [root] => {
                let why = format!("the root element is <{root}>, not the <feed> of a Blogger export");
                return Err(self.nodes.refusal("blogger.not_blogger", why));
            }
            ["feed", "entry"] => {
                self.entry = Entry {
                    place: self.nodes.place(),
                    ..Entry::default()
                }
            }
            ["feed", "entry", "category"] => {
                let term = attribute("term").unwrap_or("");
                self.entry.add_category(attribute("scheme").unwrap_or(""), term);
            }
            ["feed", "entry", "link"] if attribute("rel") == Some("alternate") => {
                self.entry.url = attribute("href").map(str::to_owned);
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, text: String) -> Option<Entry> {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let entry = &mut self.entry;
        match path.as_slice() {
            ["feed", "entry"] => return Some(std::mem::take(entry)),
            ["feed", "entry", "id"] => entry.id = text.trim().to_owned(),
            ["feed", "entry", "title"] => entry.title = html::text_of(&text),
            ["feed", "entry", "content"] => entry.content = text,
            ["feed", "entry", "published"] => entry.published = text,
            ["feed", "entry", "updated"] => entry.updated = text,
            ["feed", "entry", "author", "name"] => entry.author = Some(ImportedAuthor::named(text.trim())),
            ["feed", "entry", "app:control", "app:draft"] => entry.is_draft = text.trim() == "yes",
            ["feed", "entry", "blogger:type"] => entry.kind = text.trim().to_ascii_lowercase(),
            ["feed", "entry", "blogger:status"] => entry.status = Some(text.trim().to_owned()),
            ["feed", "entry", "blogger:filename"] if !text.trim().is_empty() => {
                entry.url.get_or_insert(text.trim().to_owned());
            }
            _ => {}
        }
        None
    }
}

/// What stands in an entry.
#[derive(Default)]
struct Entry {
    id: String,
    /// `post`, `page`, `comment`, `settings`, `template`; empty when the entry does not say.
    kind: String,
    title: String,
    content: String,
    published: String,
    updated: String,
    url: Option<String>,
    author: Option<ImportedAuthor>,
    labels: Vec<Term>,
    is_draft: bool,
    status: Option<String>,
    place: Place,
}

impl Entry {
    /// The kind of an entry is a category of its own scheme; the others are labels.
    fn add_category(&mut self, scheme: &str, term: &str) {
        if scheme == KIND_SCHEME {
            self.kind = term.rsplit('#').next().unwrap_or(term).to_owned();
        } else if (1..=MAX_LABEL_BYTES).contains(&term.len()) && self.labels.len() < MAX_LABELS {
            self.labels.push(Term::named(term));
        }
    }

    fn story(self) -> Result<Imported, Refusal> {
        let kind = match self.kind.as_str() {
            "post" => Kind::Post,
            "page" => Kind::Page,
            "comment" => {
                return Err(self.refusal("blogger.comment", "a comment; those of Blogger are not taken"));
            }
            other => {
                return Err(self.refusal("blogger.kind", &format!("`{other}` is neither a post nor a page")));
            }
        };
        if self.id.is_empty() {
            return Err(self.refusal("blogger.no_id", "the entry has no id"));
        }
        let mut story = Imported {
            kind,
            status: self.status(),
            slug: self.slug(),
            external_id: self.id,
            title: self.title,
            body: Body::Html(self.content),
            published_at: moment::read(&self.published),
            modified_at: moment::read(&self.updated),
            url: self.url,
            authors: self.author.into_iter().collect(),
            tags: self.labels,
            ..Imported::default()
        };
        if story.title.is_empty() {
            story.warn("title.missing", "the entry has no title");
        }
        Ok(story)
    }

    fn status(&self) -> Status {
        match self.status.as_deref() {
            _ if self.is_draft => Status::Draft,
            None | Some("LIVE") => Status::Published,
            Some("SCHEDULED") => Status::Scheduled,
            Some("SOFT_TRASHED") => Status::Trash,
            Some(_) => Status::Draft,
        }
    }

    /// The last part of `/2020/01/a-story.html`.
    fn slug(&self) -> Option<String> {
        let name = self.url.as_deref()?.rsplit('/').next()?;
        Some(name.trim_end_matches(".html").to_owned()).filter(|slug| !slug.is_empty())
    }

    fn refusal(&self, code: &'static str, reason: &str) -> Refusal {
        Refusal {
            item: format!("{} {}", self.id, self.title),
            code,
            reason: reason.to_owned(),
            place: self.place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = r#"<?xml version="1.0"?><?xml-stylesheet href="x"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#" xmlns:b="http://schemas.google.com/blogger/2018">
        <title>Site</title>
        <entry><id>s</id><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#settings"/></entry>
        <entry><id>p1</id><published>2012-01-02T03:04:05.006+01:00</published><title type="text">A &amp;amp; B</title>
          <category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/>
          <category scheme="http://www.blogger.com/atom/ns#" term="Label"/><content type="html">&lt;p>x&lt;/p></content>
          <link rel="replies" href="no"/><link rel="alternate" href="http://a.example/2012/01/a-b.html"/>
          <author><name>Ann</name></author></entry>
        <entry><id>p2</id><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#page"/>
          <app:control><app:draft>yes</app:draft></app:control></entry>
        <entry><id>p3</id><b:type>POST</b:type><b:status>LIVE</b:status><title>New</title><b:filename>/2024/05/new.html</b:filename></entry>
        <entry><id>c</id><b:type>COMMENT</b:type></entry>"#;

    #[test]
    fn both_shapes_are_read() {
        let whole = format!("{EXPORT}</feed>");
        let (taken, refused): (Vec<_>, Vec<_>) = items(whole.as_bytes()).partition(Result::is_ok);
        let taken: Vec<_> = taken.into_iter().flatten().collect();
        let codes: Vec<_> = refused
            .into_iter()
            .filter_map(Result::err)
            .map(|refusal| refusal.code)
            .collect();
        assert_eq!(codes, ["blogger.kind", "blogger.comment"]);
        let told: Vec<_> = taken
            .iter()
            .map(|story| (story.external_id.as_str(), story.kind, story.status))
            .collect();
        let expected = [
            ("p1", Kind::Post, Status::Published),
            ("p2", Kind::Page, Status::Draft),
            ("p3", Kind::Post, Status::Published),
        ];
        assert_eq!(told, expected);
        assert_eq!(
            (taken[0].title.as_str(), taken[0].slug.as_deref()),
            ("A & B", Some("a-b"))
        );
        assert_eq!(
            taken[0].published_at.map(moment::rfc3339).as_deref(),
            Some("2012-01-02T02:04:05Z")
        );
        assert_eq!(
            (taken[0].tags[0].name.as_str(), taken[0].authors[0].name.as_str()),
            ("Label", "Ann")
        );
        assert_eq!(taken[2].url.as_deref(), Some("/2024/05/new.html"));
    }

    #[test]
    fn a_cut_file_gives_what_was_whole() {
        let outcomes: Vec<_> = items(EXPORT.as_bytes()).collect();
        assert_eq!(outcomes.len(), 6);
        assert_eq!(
            outcomes[5].as_ref().map_err(|refusal| refusal.code),
            Err("xml.cut_off")
        );
        assert_eq!(
            items(&b"<rss/>"[..])
                .next()
                .map(|first| first.map_err(|refusal| refusal.code)),
            Some(Err("blogger.not_blogger"))
        );
    }
}
