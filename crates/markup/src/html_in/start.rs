//! What each tag means to a story.

use super::builder::{Builder, Dropping};
use super::carried;
use super::frame::{Frame, Role, Slot};
use super::names::{is_block, is_inline};
use super::objects::{self, Image};
use super::scan::{Scanner, Tag};
use super::{address, short};
use crate::{Href, Id, Kind, Text, provider, rules};

impl Builder {
    /// A start tag. Elements whose content is raw text take it from the scanner at once.
    pub(crate) fn start(&mut self, tag: &Tag, scanner: &mut Scanner) {
        if self.dropping.is_some() && !self.start_dropped(tag, scanner) {
            return;
        }
        if self.start_carried(tag) || self.start_raw(tag, scanner) || self.start_removed(tag) {
            return;
        }
        match tag.name.as_str() {
            "br" => self.break_line(),
            "hr" => self.push_new(crate::Block {
                id: carried::id_of(tag),
                kind: Kind::Divider,
            }),
            "img" | "image" | "amp-img" => self.start_image(tag),
            "embed" => self.start_player(tag),
            "p" if self.is_callout_title(tag) => {
                self.open("p", Role::Words(Slot::Title), Id::default());
            }
            "p" => self.begin_leaf(None, carried::id_of(tag), tag.attribute("data-block").is_some()),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.start_heading(tag),
            name if is_inline(name) => self.start_inline(tag),
            "pre" | "listing" => {
                scanner.skip_newline();
                self.start_frame(tag);
            }
            _ => self.start_frame(tag),
        }
    }

    /// An end tag.
    pub(crate) fn end(&mut self, name: &str) {
        if let Some(dropping) = &mut self.dropping {
            if dropping.name == name {
                dropping.depth -= 1;
            }
            if dropping.depth == 0
                && let Some(dropping) = self.dropping.take()
            {
                self.finish_dropping(dropping);
            }
            return;
        }
        let floor = self.top().floor;
        match name {
            "br" => self.break_line(),
            "dt" => {
                self.flush();
                self.marks.end("dt");
            }
            "thead" | "tbody" | "tfoot" => self.end_rows(),
            "q" if self.marks.has_since(0, "q") => {
                self.write("\u{201d}");
                self.marks.end("q");
            }
            _ if self.marks.has_since(floor, name) => self.marks.end(name),
            _ if self.close_named(name) => {}
            _ if is_inline(name) => self.marks.end(name),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dd" => self.end_leaf(),
            _ if is_block(name) => self.end_leaf(),
            _ => {}
        }
    }

    /// A tag of our own that says by itself what it is.
    fn start_carried(&mut self, tag: &Tag) -> bool {
        match carried::block_of(tag) {
            Ok(Some(block)) => {
                self.end_leaf();
                self.push_new(block);
                if tag.name != "hr" && tag.name != "img" {
                    self.dropping = Some(Dropping {
                        name: tag.name.clone(),
                        depth: 1,
                        player: None,
                        foreign: false,
                    });
                }
                true
            }
            Ok(None) => false,
            Err(code) => {
                self.warn("html.carried", &code);
                false
            }
        }
    }

    fn start_image(&mut self, tag: &Tag) {
        match objects::image(tag) {
            Image::Picture(picture) => {
                let alt = self.budget.words(&picture.alt).to_owned();
                let id = carried::id_of(tag);
                self.push_new(crate::Block {
                    id,
                    kind: Kind::Picture(crate::Picture { alt, ..picture }),
                });
            }
            Image::Words(words) => self.write(&words),
            Image::Nothing => {}
            Image::Broken(src) => self.warn("html.picture", &src),
        }
    }

    pub(super) fn start_player(&mut self, tag: &Tag) {
        match objects::player(tag) {
            Some(url) => self.push_embed(provider::embed(
                url,
                &short(tag.attribute("title").unwrap_or_default()),
            )),
            None => self.warn("html.embed", tag.attribute("src").unwrap_or(&tag.name)),
        }
    }

    fn start_heading(&mut self, tag: &Tag) {
        let level = tag.name.as_bytes()[1] - b'0';
        self.begin_leaf(
            Some(level.clamp(2, 4)),
            carried::id_of(tag),
            tag.attribute("data-block").is_some(),
        );
    }

    fn start_inline(&mut self, tag: &Tag) {
        let in_figure = || {
            self.frames
                .iter()
                .any(|frame| matches!(frame.role, Role::Figure { .. }))
        };
        let says_who =
            tag.name == "cite" && self.pen.is_empty() && matches!(self.top().role, Role::Quote { .. });
        if says_who {
            self.open("cite", Role::Words(Slot::Cite), Id::default());
            return;
        }
        if tag.has_class_like("credit") && in_figure() {
            return self.start_credit(tag);
        }
        if let (Some(href), "a") = (tag.attribute("href"), tag.name.as_str())
            && address(href).is_none()
        {
            self.warn("html.link", href);
        }
        if tag.name == "code" {
            self.name_language(tag);
        }
        self.marks.start(tag);
        if tag.name == "q" {
            self.write("\u{201c}");
        }
    }

    /// `<pre><code class="language-x">`.
    fn name_language(&mut self, tag: &Tag) {
        let last = self.frames.len() - 1;
        if let Role::Pre { language } = &mut self.frames[last].role
            && language.is_empty()
        {
            *language = language_of(tag);
        }
    }

    /// A credit leaves the caption it stands in for the figure's own.
    fn start_credit(&mut self, tag: &Tag) {
        let caption = matches!(self.top().role, Role::Words(Slot::Caption));
        let name = if caption { "figcaption" } else { "" };
        if caption {
            self.close_named(name);
        }
        self.open(&tag.name, Role::Words(Slot::Credit), Id::default());
    }

    fn start_frame(&mut self, tag: &Tag) {
        let id = carried::id_of(tag);
        let name = tag.name.as_str();
        let role = match name {
            "ul" | "ol" | "menu" | "dir" | "dl" => Role::List {
                ordered: name == "ol",
                items: Vec::new(),
            },
            "blockquote" => quote(tag),
            "figure" => figure(tag),
            "figcaption" => Role::Words(Slot::Caption),
            "summary" => Role::Words(Slot::Title),
            "details" => Role::Callout {
                title: Text::default(),
            },
            "aside" if tag.has_class_like("callout") => Role::Callout {
                title: Text::default(),
            },
            "footer" if matches!(self.top().role, Role::Quote { .. }) => Role::Words(Slot::Cite),
            "pre" | "listing" => Role::Pre {
                language: language_of(tag),
            },
            "li" | "dt" | "dd" => return self.start_item(name),
            "table" | "caption" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" => {
                return self.start_table_part(tag);
            }
            name if is_block(name) => return self.begin_leaf(None, Id::default(), false),
            _ => return,
        };
        if self.open(name, role, id) && tag.attribute("data-block").is_some() {
            self.frames
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|frame| frame.exact = true);
            self.end_leaf();
        }
    }

    fn is_callout_title(&self, tag: &Tag) -> bool {
        tag.has_class_like("callout-title") && self.frames.iter().any(is_callout)
    }
}

fn is_callout(frame: &Frame) -> bool {
    matches!(frame.role, Role::Callout { .. })
}

/// `cite` is an address by the standard, and in many a newsroom's HTML a name.
fn quote(tag: &Tag) -> Role {
    let source = tag.attribute("cite").unwrap_or_default();
    let url = address(source).filter(Href::is_web);
    let name = if url.is_some() || source.contains(':') {
        String::new()
    } else {
        short(source)
    };
    Role::Quote {
        pull: tag.has_class_like("pull"),
        url,
        cite: Text::plain(name.trim()),
    }
}

fn figure(tag: &Tag) -> Role {
    let pull = tag.has_class_like("pullquote");
    Role::Figure {
        pull,
        caption: Text::default(),
        credit: String::new(),
        loose_is_caption: false,
    }
}

fn language_of(tag: &Tag) -> String {
    let classes = tag
        .attribute("class")
        .unwrap_or_default()
        .split_ascii_whitespace();
    let word = classes
        .filter_map(|class| class.strip_prefix("language-"))
        .find(|word| rules::is_language(word));
    word.unwrap_or_default().to_owned()
}
