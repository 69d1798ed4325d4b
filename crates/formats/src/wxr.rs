//! WordPress exports (WordPress eXtended RSS 1.0 to 1.2), read item by item.
//!
//! Only the current item is in memory, besides the site's authors and terms. Posts and pages are stories; whatever
//! else is in the file (attachments, menu entries, custom types) is a refusal with its reason. In an ill-formed file
//! all items that were complete before the fault come first, then one refusal with its place, then nothing.

mod body;
mod item;
mod site;
mod story;

pub use site::{Attachment, Site, SiteTerm, Survey};

use crate::imported::{Imported, Refusal};
use crate::xml_in::{Node, Nodes};
use item::RawItem;
use std::collections::HashMap;
use std::io::BufRead;

/// All the text of one item, its comments and custom fields among it: 16 MiB.
pub const MAX_ITEM_BYTES: usize = 16 << 20;
/// All that is kept of the site, its authors and terms among it: 16 MiB; what is beyond is passed over.
const MAX_SITE_BYTES: usize = 16 << 20;

/// Reads the stories one by one. Featured pictures that stand later in the file are known by their attachment id
/// only; [`items_with`] resolves them.
///
/// Refusals that stand for one item: `wxr.attachment`, `wxr.post_type`, `wxr.no_id`. Refusals that end the reading: `wxr.not_wxr`,
/// `wxr.item_too_large`, and the `xml.…` codes.
pub fn items<R: BufRead>(reader: R) -> Items<R> {
    items_with(reader, HashMap::new())
}

/// Like [`items`], with the attachments of an earlier [`survey`] of the same file.
pub fn items_with<R: BufRead>(reader: R, attachments: HashMap<String, Attachment>) -> Items<R> {
    let cursor = Cursor {
        nodes: Nodes::new(reader),
        path: Vec::new(),
        site: Site::default(),
        site_bytes: 0,
        fields: Vec::new(),
    };
    Items {
        cursor,
        attachments,
        ended: false,
    }
}

/// Reads the whole file once for what stands outside of stories: the site, its authors, terms and attachments.
pub fn survey<R: BufRead>(reader: R) -> Survey {
    let mut cursor = items(reader).cursor;
    let mut survey = Survey::default();
    loop {
        match cursor.next_item() {
            Ok(Some(item)) => survey.count(&item),
            Ok(None) => break,
            Err(refusal) => {
                survey.trouble = Some(refusal);
                break;
            }
        }
    }
    survey.site = cursor.site;
    survey
}

/// The stories of an export; see [`items`].
pub struct Items<R> {
    cursor: Cursor<R>,
    attachments: HashMap<String, Attachment>,
    ended: bool,
}

impl<R> Items<R> {
    /// The site as far as it has been read: in a file of WordPress' own all of it stands before the first item.
    pub fn site(&self) -> &Site {
        &self.cursor.site
    }
}

impl<R: BufRead> Iterator for Items<R> {
    type Item = Result<Imported, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.cursor.next_item() {
            Ok(Some(item)) => Some(item.story(&self.cursor.site, &self.attachments)),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(refusal) => {
                self.ended = true;
                Some(Err(refusal))
            }
        }
    }
}

/// Walks the file to the end of the next item, keeping what stands in between.
struct Cursor<R> {
    nodes: Nodes<R>,
    path: Vec<String>,
    site: Site,
    site_bytes: usize,
    /// Name and text of what stands in the current `wp:author`, `wp:term`, `wp:comment`, `wp:postmeta`, …
    fields: Vec<(String, String)>,
}

impl<R: BufRead> Cursor<R> {
    fn next_item(&mut self) -> Result<Option<RawItem>, Refusal> {
        let mut item: Option<RawItem> = None;
        loop {
            let node = match self.nodes.next_node() {
                Ok(node) => node,
                Err(refusal) => return Err(named(refusal, item.as_ref())),
            };
            match node {
                Node::Eof if self.site.seen => return Ok(None),
                Node::Eof => return Err(self.nodes.refusal("wxr.not_wxr", "the file is empty")),
                Node::Start { name, attributes } => self.begin(name, attributes, &mut item)?,
                Node::End { text, .. } => {
                    let whole = self.finish(text, &mut item);
                    self.path.pop();
                    self.check_size(item.as_ref())?;
                    if let Some(whole) = whole {
                        return Ok(Some(whole));
                    }
                }
            }
        }
    }

    fn begin(
        &mut self,
        name: String,
        attributes: Vec<(String, String)>,
        item: &mut Option<RawItem>,
    ) -> Result<(), Refusal> {
        self.path.push(name);
        match self.names().as_slice() {
            ["rss"] => self.site.seen = true,
            [root] => {
                let why = format!("the root element is <{root}>, not the <rss> of a WordPress export");
                return Err(self.nodes.refusal("wxr.not_wxr", why));
            }
            ["rss", "channel", "item"] => *item = Some(RawItem::new(self.nodes.place())),
            ["rss", "channel", _] | ["rss", "channel", "item", "wp:comment" | "wp:postmeta"] => {
                self.fields.clear()
            }
            ["rss", "channel", "item", _] => {
                if let Some(item) = item {
                    item.bytes += attributes
                        .iter()
                        .map(|(name, value)| name.len() + value.len())
                        .sum::<usize>();
                    item.attributes = attributes;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes in what just ended; gives the item when it is the item.
    fn finish(&mut self, text: String, item: &mut Option<RawItem>) -> Option<RawItem> {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        match (path.as_slice(), item.as_mut()) {
            (["rss", "channel", "item"], _) => return self.whole(item.take()),
            (["rss", "channel", "item", "wp:comment"], Some(item)) => item.add_comment(&mut self.fields),
            (["rss", "channel", "item", "wp:postmeta"], Some(item)) => item.add_meta(&mut self.fields),
            (["rss", "channel", "item", "wp:comment" | "wp:postmeta", field], Some(item)) => {
                item.bytes += text.len() + field.len();
                push_field(&mut self.fields, field, text);
            }
            (["rss", "channel", "item", leaf], Some(item)) => item.set(leaf, text),
            (["rss", "channel", group, field], None) if group.starts_with("wp:") => {
                self.site_bytes += text.len() + field.len();
                if self.site_bytes <= MAX_SITE_BYTES {
                    push_field(&mut self.fields, field, text);
                }
            }
            (["rss", "channel", leaf], None) => self.site.set(leaf, text, &mut self.fields),
            _ => {}
        }
        None
    }

    fn whole(&mut self, item: Option<RawItem>) -> Option<RawItem> {
        let mut item = item?;
        item.dropped_characters = self.nodes.take_dropped();
        Some(item)
    }

    fn check_size(&self, item: Option<&RawItem>) -> Result<(), Refusal> {
        match item {
            Some(item) if item.bytes > MAX_ITEM_BYTES => {
                let why = format!("the item is larger than {MAX_ITEM_BYTES} bytes");
                Err(named(self.nodes.refusal("wxr.item_too_large", why), Some(item)))
            }
            _ => Ok(()),
        }
    }

    fn names(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }
}

/// Fields of one comment, author or term: more than WordPress ever writes.
const MAX_FIELDS: usize = 256;

fn push_field(fields: &mut Vec<(String, String)>, name: &str, text: String) {
    if fields.len() < MAX_FIELDS {
        fields.push((name.to_owned(), text.trim().to_owned()));
    }
}

/// A fault within an item names the item.
fn named(refusal: Refusal, item: Option<&RawItem>) -> Refusal {
    Refusal {
        item: item.map(RawItem::label).unwrap_or_default(),
        ..refusal
    }
}

#[cfg(test)]
mod tests;
