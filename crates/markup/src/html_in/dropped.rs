//! Elements whose content is not text of the story: scripts, drawings, players, what is hidden.

use super::builder::{Builder, Dropping};
use super::frame::Role;
use super::names::is_breakout;
use super::objects;
use super::scan::{Scanner, Tag};
use super::short;
use crate::{Id, provider};

impl Builder {
    /// Inside something that is dropped. `true` when the tag ends it and counts itself.
    pub(super) fn start_dropped(&mut self, tag: &Tag, scanner: &mut Scanner) -> bool {
        let Some(dropping) = &mut self.dropping else {
            return true;
        };
        if dropping.foreign && is_breakout(&tag.name) {
            self.dropping = None;
            return true;
        }
        if dropping.name == tag.name && !(dropping.foreign && tag.self_closing) {
            dropping.depth += 1;
        }
        if let (Some((player @ None, _)), "source" | "embed" | "param") =
            (&mut dropping.player, tag.name.as_str())
        {
            *player = objects::player(tag);
        }
        if !dropping.foreign
            && matches!(
                tag.name.as_str(),
                "script" | "style" | "iframe" | "textarea" | "title"
            )
        {
            scanner.take_raw(&tag.name);
        }
        false
    }

    pub(super) fn finish_dropping(&mut self, dropping: Dropping) {
        match dropping.player {
            Some((Some(url), title)) => self.push_embed(provider::embed(url, &title)),
            Some((None, _)) => self.warn("html.embed", &dropping.name),
            None => {}
        }
    }

    pub(super) fn start_raw(&mut self, tag: &Tag, scanner: &mut Scanner) -> bool {
        match tag.name.as_str() {
            "script" | "style" | "noembed" | "noframes" | "textarea" | "title" => {
                scanner.take_raw(&tag.name);
                if tag.name == "script" {
                    self.warn("html.removed", "script");
                }
            }
            "xmp" => {
                let text = scanner.take_raw("xmp");
                if self.open(
                    "xmp",
                    Role::Pre {
                        language: String::new(),
                    },
                    Id::default(),
                ) {
                    self.write(text);
                }
            }
            "iframe" => {
                scanner.take_raw("iframe");
                self.start_player(tag);
            }
            _ => return false,
        }
        true
    }

    pub(super) fn start_removed(&mut self, tag: &Tag) -> bool {
        let name = tag.name.as_str();
        let foreign = matches!(name, "svg" | "math");
        let player = matches!(name, "video" | "audio" | "object" | "applet");
        let silent = matches!(
            name,
            "template" | "noscript" | "canvas" | "select" | "datalist" | "frameset"
        );
        if !(foreign || player || silent || is_hidden(tag)) {
            return false;
        }
        if foreign {
            self.planted(tag);
            self.warn("html.removed", name);
        }
        if !(foreign && tag.self_closing) {
            let title = || short(tag.attribute("title").unwrap_or_default());
            let player = player.then(|| (objects::player(tag), title()));
            self.dropping = Some(Dropping {
                name: name.to_owned(),
                depth: 1,
                player,
                foreign,
            });
        }
        true
    }

    /// The bug that the sanitizer test has to find.
    #[cfg(feature = "planted-allow-svg")]
    fn planted(&mut self, tag: &Tag) {
        let attributes: String = tag
            .attributes
            .iter()
            .map(|(name, value)| format!(" {name}=\"{value}\""))
            .collect();
        let json = format!("<{}{attributes}></{}>", tag.name, tag.name);
        self.push_new(
            crate::Kind::Unknown(crate::Unknown {
                word: "svg".to_owned(),
                json,
            })
            .into(),
        );
    }

    #[cfg(not(feature = "planted-allow-svg"))]
    fn planted(&mut self, _: &Tag) {}
}

/// Not shown by any browser. Paragraphs and items may end without a tag, so they are shown in doubt.
fn is_hidden(tag: &Tag) -> bool {
    let closes = matches!(
        tag.name.as_str(),
        "div" | "span" | "section" | "article" | "aside" | "figure" | "nav" | "a"
    );
    let style = || {
        tag.attribute("style")
            .unwrap_or_default()
            .to_ascii_lowercase()
            .replace(' ', "")
    };
    closes
        && (tag.attribute("hidden").is_some()
            || style().contains("display:none")
            || style().contains("mso-hide:all"))
}
