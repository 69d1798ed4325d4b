//! Pictures, cards and boxes as HTML.

use super::{Asset, Linked, Manner, Page};
use crate::{Code, Embed, File, Gallery, Id, Picture, Related, Storyline, Text, Unknown};

impl Page<'_> {
    pub(crate) fn picture(&mut self, picture: &Picture, id: &Id) {
        let shown = self.shown(picture);
        if shown.is_none() && self.manner != Manner::Carrier {
            return;
        }
        self.figure("figure", picture, shown.unwrap_or_default(), id);
    }

    /// A gallery is a list of its pictures, so that a screen reader says how many there are.
    pub(crate) fn gallery(&mut self, gallery: &Gallery, id: &Id) {
        self.open("figure", id);
        self.class("story-gallery");
        self.raw(">");
        for picture in &gallery.pictures {
            if let Some(asset) = self.shown(picture) {
                self.figure("figure", picture, asset, &Id::default());
            }
        }
        if !gallery.caption.0.is_empty() {
            self.raw("<figcaption>");
            self.text(&gallery.caption);
            self.raw("</figcaption>");
        }
        self.raw("</figure>");
    }

    fn shown(&self, picture: &Picture) -> Option<Asset> {
        match (&picture.asset, &picture.url) {
            (Some(id), _) => self.resolve.asset(id),
            (None, Some(url)) => self.resolve.external(url),
            (None, None) => None,
        }
    }

    fn figure(&mut self, name: &str, picture: &Picture, asset: Asset, id: &Id) {
        match id.is_empty() {
            true => self.raw("<figure"),
            false => self.open(name, id),
        }
        self.class("story-picture");
        self.raw("><img");
        self.image(picture, &asset);
        self.raw(">");
        let cached = Text::plain(&asset.caption);
        let caption = if picture.caption.0.is_empty() {
            &cached
        } else {
            &picture.caption
        };
        let credit = if picture.credit.is_empty() {
            &asset.credit
        } else {
            &picture.credit
        };
        self.caption(caption, credit);
        self.raw("</figure>");
    }

    fn image(&mut self, picture: &Picture, asset: &Asset) {
        if let (Some(id), true) = (&picture.asset, self.manner != Manner::Feed) {
            self.attribute("data-asset", id.as_str());
        }
        for (name, value) in [
            ("src", &asset.src),
            ("srcset", &asset.srcset),
            ("sizes", &asset.sizes),
        ] {
            if !value.is_empty() {
                self.attribute(name, value);
            }
        }
        self.attribute(
            "alt",
            if picture.alt.is_empty() {
                &asset.alt
            } else {
                &picture.alt
            },
        );
        self.number("width", asset.width.or(picture.width));
        self.number("height", asset.height.or(picture.height));
        if self.manner == Manner::Page {
            self.raw(" loading=\"lazy\" decoding=\"async\"");
        }
    }

    fn caption(&mut self, caption: &Text, credit: &str) {
        if caption.0.is_empty() && credit.is_empty() {
            return;
        }
        self.raw("<figcaption>");
        self.text(caption);
        if !credit.is_empty() {
            self.raw(if caption.0.is_empty() { "<small" } else { " <small" });
            self.class("story-credit");
            self.raw(">");
            self.words(credit);
            self.raw("</small>");
        }
        self.raw("</figcaption>");
    }

    /// A card to click: nothing of the other site is loaded before the reader asks for it.
    pub(crate) fn embed(&mut self, embed: &Embed, id: &Id) {
        self.open("p", id);
        self.class("story-embed");
        if self.manner != Manner::Feed {
            self.attribute("data-embed", embed.url.as_str());
            self.attribute("data-provider", &embed.provider);
            self.attribute("data-title", &embed.title);
        }
        self.raw("><a");
        let address = self.resolve.href(&embed.url);
        self.attribute("href", &address);
        self.raw(" rel=\"noopener nofollow\">");
        let label = self.resolve.embed_label(embed);
        self.words(if embed.title.is_empty() {
            &label
        } else {
            &embed.title
        });
        self.raw("</a>");
        if !embed.title.is_empty() && !label.is_empty() {
            self.raw(" <small>");
            self.words(&label);
            self.raw("</small>");
        }
        self.raw("</p>");
    }

    pub(crate) fn related(&mut self, related: &Related, id: &Id) {
        let link = self.resolve.story(&related.story);
        let cached = Linked {
            url: String::new(),
            headline: related.headline.clone(),
        };
        self.card(
            link.unwrap_or(cached),
            id,
            ("story-related", "data-story", &related.story),
        );
    }

    pub(crate) fn storyline(&mut self, it: &Storyline, id: &Id) {
        let link = self.resolve.storyline(&it.storyline).unwrap_or_default();
        self.card(link, id, ("story-storyline", "data-storyline", &it.storyline));
    }

    fn card(&mut self, link: Linked, id: &Id, (class, name, target): (&str, &str, &Id)) {
        if link.headline.is_empty() && self.manner != Manner::Carrier {
            return;
        }
        self.open("p", id);
        self.class(class);
        if self.manner != Manner::Feed {
            self.attribute(name, target.as_str());
            self.attribute("data-headline", &link.headline);
        }
        self.raw(">");
        if link.url.is_empty() {
            self.words(&link.headline);
        } else {
            self.raw("<a");
            self.attribute("href", &link.url);
            self.raw(">");
            self.words(&link.headline);
            self.raw("</a>");
        }
        self.raw("</p>");
    }

    pub(crate) fn file(&mut self, file: &File, id: &Id) {
        self.open("p", id);
        self.class("story-file");
        self.raw("><a");
        let address = self.resolve.href(&file.url);
        self.attribute("href", &address);
        if !file.media_type.is_empty() {
            self.attribute("type", &file.media_type);
        }
        self.raw(">");
        self.words(&file.name);
        self.raw("</a></p>");
    }

    pub(crate) fn code(&mut self, code: &Code, id: &Id) {
        self.open("pre", id);
        self.class("story-code");
        self.raw("><code");
        if !code.language.is_empty() && self.manner != Manner::Feed {
            self.attribute("class", &format!("language-{}", code.language));
        }
        self.raw(">");
        // A browser drops the first newline of a <pre>; one more keeps the text's own.
        if code.text.starts_with('\n') {
            self.raw("\n");
        }
        self.words(&code.text);
        self.raw("</code></pre>");
    }

    /// A block this version does not know is not shown, but the carrier keeps it.
    pub(crate) fn unknown(&mut self, unknown: &Unknown, id: &Id) {
        if self.manner == Manner::Carrier {
            self.open("div", id);
            self.raw("></div>");
        }
        #[cfg(feature = "planted-allow-svg")]
        if unknown.word == "svg" {
            self.raw(&unknown.json);
        }
        #[cfg(not(feature = "planted-allow-svg"))]
        let _ = unknown;
    }
}
