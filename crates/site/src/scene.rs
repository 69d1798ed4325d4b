//! What every page of an edition stands on, read in the same snapshot as the page itself.

use crate::House;
use crate::views::{
    Alternate, Chrome, EditionLink, EditionView, FeedLink, HeadingView, Link, Nav, PageView, Site,
};
use base::pages::{Page, Tag};
use base::{Error, Read, Result, journal};
use formats::json_ld::Publisher;
use lexicon::{At, EditionCode, Stream};
use minijinja::Value;
use minijinja::value::{Serde, merge_maps};
use serde::Serialize;
use std::cell::Cell;
use stories::{Edition, Heading};

/// An edition at one moment.
pub struct Scene {
    pub edition: Edition,
    pub editions: Vec<Edition>,
    pub sections: Vec<Heading>,
    pages: Vec<(String, String)>,
    /// The position of the `public` stream in this snapshot.
    pub at_seq: i64,
    pub now: At,
    /// When the page says something else though nothing happened: at midnight, or when something is old enough.
    changes_at: Cell<At>,
    /// The interface language.
    pub language: String,
    pub origin: String,
}

impl Scene {
    /// Reads it. `stories.no_edition` when the code is none of an edition.
    pub fn read(house: &House, read: &mut Read, code: &str) -> Result<Self> {
        let code = EditionCode::parse(code).map_err(|_| Error::not_found("stories.no_edition"))?;
        let editions = Edition::all(read)?;
        let edition = editions.iter().find(|edition| edition.code == code).cloned();
        let edition = edition.ok_or(Error::not_found("stories.no_edition"))?;
        let sections = Heading::sections(read, &code)?;
        let now = house.app.clock.now();
        let pages = stories::Page::all(read, &code)?;
        Ok(Self {
            language: house
                .theme
                .now()
                .languages
                .for_language(&edition.language)
                .to_owned(),
            pages: pages
                .into_iter()
                .map(|page| (page.title, format!("/{code}/pages/{}", page.slug)))
                .collect(),
            at_seq: journal::head(read, &Stream::Public)?,
            changes_at: Cell::new(midnight(&edition, now)),
            now,
            origin: house.app.config.origin(),
            edition,
            editions,
            sections,
        })
    }

    /// A place for pages that must show before there is any edition: the set-up of an empty newsroom.
    pub fn bare(house: &House, language: &str) -> Result<Self> {
        let language = house.theme.now().languages.for_language(language).to_owned();
        let edition = Edition {
            code: EditionCode::parse(&language)?,
            name: "Wireroom".to_owned(),
            tagline: String::new(),
            dir: stories::edition::direction(&language).to_owned(),
            timezone: "UTC".to_owned(),
            language: language.clone(),
        };
        Ok(Self {
            edition,
            editions: Vec::new(),
            sections: Vec::new(),
            pages: Vec::new(),
            at_seq: 0,
            now: house.app.clock.now(),
            language,
            origin: house.app.config.origin(),
            changes_at: Cell::new(At(i64::MAX)),
        })
    }

    /// What is on the page will look otherwise from that moment on; one that has passed changes nothing any more.
    pub fn changes_at(&self, at: At) {
        if at > self.now && at < self.changes_at.get() {
            self.changes_at.set(at);
        }
    }

    /// The tag of pages that show stories of a list older than one of their own.
    pub fn older_tag(&self, place: &str) -> Tag {
        Tag::new(format!("older:{}/{place}", self.code()))
    }

    /// The tag of launched fronts.
    pub fn front_tag(&self) -> Tag {
        Tag::new(format!("front:{}", self.code()))
    }

    pub fn code(&self) -> &str {
        self.edition.code.as_str()
    }

    /// `/en/` and what follows.
    pub fn path(&self, rest: &str) -> String {
        format!("/{}/{rest}", self.code())
    }

    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// A title for the browser: the page's own, then the newsroom's.
    pub fn title(&self, title: &str) -> String {
        format!("{title} – {}", self.edition.name)
    }

    /// A page of this edition with what every such page has: canonical address, feeds, twin.
    pub fn page(&self, kind: &'static str, title: &str, path: &str) -> PageView {
        PageView {
            kind,
            title: title.to_owned(),
            made_at: self.now,
            canonical: Some(self.absolute(path)),
            feeds: self.feeds(&self.edition.name, &self.path("")),
            robots: Some("max-image-preview:large"),
            ..PageView::default()
        }
    }

    /// The three feeds beside a list.
    pub fn feeds(&self, title: &str, list: &str) -> Vec<FeedLink> {
        let feed = |media_type, name: &str| FeedLink {
            media_type,
            title: title.to_owned(),
            url: format!("{list}{name}"),
        };
        vec![
            feed("application/rss+xml", "feed.rss"),
            feed("application/atom+xml", "feed.atom"),
            feed("application/feed+json", "feed.json"),
        ]
    }

    /// The same kind of page in every edition, for hreflang; the first edition is the default.
    pub fn everywhere(&self, rest: &str) -> Vec<Alternate> {
        let address = |edition: &Edition| format!("{}/{}/{rest}", self.origin, edition.code);
        let each = self.editions.iter().map(|edition| Alternate {
            lang: edition.language.clone(),
            url: address(edition),
        });
        let default = self.editions.first().map(|edition| Alternate {
            lang: "x-default".to_owned(),
            url: address(edition),
        });
        each.chain(default).collect()
    }

    /// Whether the edition has this standing page.
    pub fn has_page(&self, path: &str) -> bool {
        self.pages.iter().any(|(_, url)| url == path)
    }

    /// The newsroom, as articles name it.
    pub fn publisher(&self) -> Publisher {
        Publisher {
            name: self.edition.name.clone(),
            url: self.absolute(&self.path("")),
            logo_url: Some(self.absolute("/icon.png")),
        }
    }

    /// The tag of what stands on every page: editions, sections, policy pages.
    pub fn chrome_tag(&self) -> Tag {
        Tag::new("chrome")
    }

    /// The tag of a list of the edition: ``, `section/world`, ….
    pub fn list_tag(&self, place: &str) -> Tag {
        Tag::new(format!("list:{}/{place}", self.code()))
    }

    /// Renders a template with this scene around it.
    pub fn render(&self, house: &House, template: &str, page: PageView, own: impl Serialize) -> Result<Page> {
        let current = page.canonical.clone().unwrap_or_default();
        let chrome = Value::from(Serde(self.chrome(page, &current)));
        let own = Value::from(Serde(own));
        let html = house.theme.render(template, merge_maps([chrome, own]))?;
        Ok(Page::html(html, self.at_seq)
            .tagged([self.chrome_tag()])
            .until(self.changes_at.get()))
    }

    /// The common context.
    pub fn chrome(&self, page: PageView, current: &str) -> Chrome {
        let edition = &self.edition;
        let editions = self
            .editions
            .iter()
            .map(|other| self.edition_link(other, &page))
            .collect();
        Chrome {
            site: Site {
                name: edition.name.clone(),
                origin: self.origin.clone(),
            },
            edition: EditionView {
                code: edition.code.to_string(),
                name: edition.name.clone(),
                language: edition.language.clone(),
                dir: edition.dir.clone(),
                tagline: edition.tagline.clone(),
                home_url: self.path(""),
                timezone: edition.timezone.clone(),
            },
            editions,
            ui_dir: stories::edition::direction(&self.language),
            ui_lang: self.language.clone(),
            nav: self.nav(current),
            page,
        }
    }

    /// The switcher leads to this same page where the other edition has it, and to its front otherwise.
    fn edition_link(&self, other: &Edition, page: &PageView) -> EditionLink {
        let same = page
            .alternates
            .iter()
            .find(|alternate| alternate.lang == other.language);
        let url = same
            .and_then(|alternate| alternate.url.strip_prefix(&self.origin))
            .map(str::to_owned);
        EditionLink {
            code: other.code.to_string(),
            name: other.name.clone(),
            language: other.language.clone(),
            url: url.unwrap_or_else(|| format!("/{}/", other.code)),
            current: other.code == self.edition.code,
        }
    }

    fn nav(&self, current: &str) -> Nav {
        let here = current.strip_prefix(&self.origin).unwrap_or_default();
        let section = |section: &Heading| {
            let view = self.heading("", section);
            HeadingView {
                current: here.starts_with(&view.url),
                ..view
            }
        };
        Nav {
            sections: self.sections.iter().map(section).collect(),
            pages: self
                .pages
                .iter()
                .map(|(name, url)| Link {
                    name: name.clone(),
                    url: url.clone(),
                })
                .collect(),
            newsfeed_url: self.path("newsfeed"),
            search_url: self.path("search"),
            corrections_url: self.path("corrections"),
            topics_url: self.path("topics"),
            authors_url: self.path("authors"),
            sign_in_url: crate::people_pages::reader_sign_in(self, here),
            me_url: format!("/me/?edition={}", self.code()),
            lite_home_url: format!("/lite/{}/", self.code()),
            lite_newsfeed_url: format!("/lite/{}/newsfeed", self.code()),
            lite_search_url: format!("/lite/{}/search", self.code()),
            manifest_url: self.path("manifest.webmanifest"),
            live_url: format!("/api/v1/live?edition={}", self.code()),
            newsfeed_api_url: format!("/api/v1/newsfeed?edition={}&limit=50", self.code()),
            chats_url: self.path("chats"),
            chats_api_url: format!("/api/v1/rooms?edition={}&limit=30", self.code()),
        }
    }

    /// A section (`of` is empty), or a topic (`topics/`).
    pub fn heading(&self, of: &str, heading: &Heading) -> HeadingView {
        let slash = if of.is_empty() { "/" } else { "" };
        let rest = format!("{of}{}{slash}", heading.slug);
        HeadingView {
            name: heading.name.clone(),
            slug: heading.slug.to_string(),
            url: self.path(&rest),
            lite_url: format!("/lite{}", self.path(&rest)),
            description: heading.description.clone(),
            current: false,
        }
    }
}

/// The end of the edition's day: the date stands in every masthead.
fn midnight(edition: &Edition, now: At) -> At {
    let local = now.zoned(&edition.timezone);
    let tomorrow = local
        .date()
        .tomorrow()
        .ok()
        .and_then(|day| day.to_zoned_datetime(local.time_zone().clone()).ok());
    tomorrow.map_or(now.plus(At::HOUR), |midnight| {
        At(midnight.timestamp().as_microsecond())
    })
}
