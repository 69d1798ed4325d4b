//! Edition, section, topic and author: the places a story is listed under. Nothing in them is secret, so their tables are public.

use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Error, Result, values};
use lexicon::{At, EditionCode, Event, Slug, Stream};
use serde::{Deserialize, Serialize};

base::sql! {
    EDITIONS = "SELECT code, name, tagline, language, dir, timezone FROM public_edition ORDER BY position, code";
    EDITION = "SELECT code, name, tagline, language, dir, timezone FROM public_edition WHERE code = $1";
    ADD_EDITION = "INSERT INTO public_edition (code, name, tagline, language, dir, timezone, position, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, (SELECT COUNT(*) FROM public_edition), $7) ON CONFLICT (code) DO NOTHING";
    SECTIONS = "SELECT slug, name, description FROM public_section WHERE edition = $1 ORDER BY position, slug";
    SECTION = "SELECT slug, name, description FROM public_section WHERE edition = $1 AND slug = $2";
    ADD_SECTION = "INSERT INTO public_section (edition, slug, name, description, position)
        VALUES ($1, $2, $3, $4, (SELECT COUNT(*) FROM public_section)) ON CONFLICT (edition, slug) DO NOTHING";
    TOPICS = "SELECT slug, name, description FROM public_topic WHERE edition = $1 ORDER BY slug LIMIT 1000";
    TOPIC = "SELECT slug, name, description FROM public_topic WHERE edition = $1 AND slug = $2";
    ADD_TOPIC = "INSERT INTO public_topic (edition, slug, name, description) VALUES ($1, $2, $3, $4)
        ON CONFLICT (edition, slug) DO NOTHING";
    AUTHORS = "SELECT slug, name, title, bio FROM public_author WHERE edition = $1 ORDER BY slug LIMIT 1000";
    AUTHOR = "SELECT slug, name, title, bio FROM public_author WHERE edition = $1 AND slug = $2";
    ADD_AUTHOR = "INSERT INTO public_author (edition, slug, name, title, bio) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (edition, slug) DO NOTHING";
    PAGES = "SELECT slug, title, body FROM public_page WHERE edition = $1 ORDER BY position, slug";
    PAGE = "SELECT slug, title, body FROM public_page WHERE edition = $1 AND slug = $2";
    PUT_PAGE = "INSERT INTO public_page (edition, slug, title, body, position)
        VALUES ($1, $2, $3, $4, (SELECT COUNT(*) FROM public_page))
        ON CONFLICT (edition, slug) DO UPDATE SET title = excluded.title, body = excluded.body";
}

/// One language or region version of the site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    pub code: EditionCode,
    pub name: String,
    #[serde(default)]
    pub tagline: String,
    /// BCP 47.
    pub language: String,
    /// `ltr` or `rtl`.
    #[serde(default = "left_to_right")]
    pub dir: String,
    /// IANA name, e.g. `Europe/Moscow`.
    pub timezone: String,
}

fn left_to_right() -> String {
    "ltr".to_owned()
}

/// A section, or a topic: a name, its slug in URLs, and a line that describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    pub slug: Slug,
    pub name: String,
    #[serde(default)]
    pub description: String,
}

/// Someone whose byline links to a profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Author {
    pub slug: Slug,
    pub name: String,
    /// What they are at the paper: "Science correspondent".
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub bio: String,
}

/// A standing page of an edition: about, ethics, ownership. `body` is a story document as JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub slug: Slug,
    pub title: String,
    pub body: String,
}

/// Which way a language is written: by its script when the tag names one (ISO 15924), else by the language
/// (ISO 639; those in the scripts Arabic, Hebrew, Syriac, Thaana, N'Ko, Adlam).
pub fn direction(language: &str) -> &'static str {
    const SCRIPTS: [&str; 8] = ["arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg", "aran"];
    const LANGUAGES: [&str; 30] = [
        "ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ks", "ckb", "syr", "nqo", "ara", "arb", "arz",
        "heb", "fas", "per", "prs", "urd", "pus", "snd", "uig", "yid", "div", "pnb", "azb", "mzn", "lrc",
    ];
    let tag = language.to_ascii_lowercase();
    let mut parts = tag.split(['-', '_']);
    let primary = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let leftward = script.map_or(LANGUAGES.contains(&primary), |script| SCRIPTS.contains(&script));
    if leftward { "rtl" } else { "ltr" }
}

/// Words that stand for the edition's own pages and can be no section.
pub fn is_reserved(slug: &Slug) -> bool {
    [
        "newsfeed",
        "chats",
        "topics",
        "authors",
        "search",
        "corrections",
        "pages",
        "lite",
    ]
    .contains(&slug.as_str())
}

impl Edition {
    /// All editions, in the order in which they were made.
    pub fn all(db: &mut dyn Query) -> Result<Vec<Self>> {
        db.query(EDITIONS, &[])?.into_iter().map(Self::from_row).collect()
    }

    /// `stories.no_edition` when there is none with this code.
    pub fn by_code(db: &mut dyn Query, code: &EditionCode) -> Result<Self> {
        let row = db.one(EDITION, values![code])?;
        Self::from_row(row.ok_or(Error::not_found("stories.no_edition"))?)
    }

    /// Adds it; false when its code is taken already. `stories.timezone` when the zone is unknown.
    pub fn add(&self, tx: &mut Tx) -> Result<bool> {
        if jiff::tz::TimeZone::get(&self.timezone).is_err() {
            let message = format!(
                "{:?} is not an IANA time zone, such as Europe/Moscow",
                self.timezone
            );
            return Err(Error::invalid("timezone", "stories.timezone", message));
        }
        let now = tx.now();
        let Self {
            code,
            name,
            tagline,
            language,
            dir,
            timezone,
        } = self;
        let added = tx.execute(
            ADD_EDITION,
            values![code, name, tagline, language, dir, timezone, now],
        )?;
        changed(tx, code);
        Ok(added > 0)
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            code: columns.next()?,
            name: columns.next()?,
            tagline: columns.next()?,
            language: columns.next()?,
            dir: columns.next()?,
            timezone: columns.next()?,
        })
    }

    /// The local date of a moment: year, month, day.
    pub fn date(&self, at: At) -> (i16, i8, i8) {
        let local = at.zoned(&self.timezone);
        (local.year(), local.month(), local.day())
    }
}

impl Heading {
    pub fn sections(db: &mut dyn Query, edition: &EditionCode) -> Result<Vec<Self>> {
        db.query(SECTIONS, values![edition])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    pub fn section(db: &mut dyn Query, edition: &EditionCode, slug: &Slug) -> Result<Option<Self>> {
        db.one(SECTION, values![edition, slug])?
            .map(Self::from_row)
            .transpose()
    }

    pub fn topics(db: &mut dyn Query, edition: &EditionCode) -> Result<Vec<Self>> {
        db.query(TOPICS, values![edition])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    pub fn topic(db: &mut dyn Query, edition: &EditionCode, slug: &Slug) -> Result<Option<Self>> {
        db.one(TOPIC, values![edition, slug])?
            .map(Self::from_row)
            .transpose()
    }

    /// Adds it as a section; false when it is there already. `stories.no_edition` when the edition is not.
    pub fn add_section(&self, tx: &mut Tx, edition: &EditionCode) -> Result<bool> {
        // An import asks this once a story, and nearly always the section is there.
        if Self::section(tx, edition, &self.slug)?.is_some() {
            return Ok(false);
        }
        Edition::by_code(tx, edition)?;
        if is_reserved(&self.slug) {
            let message = format!("{} is the address of a page of the edition's own", self.slug);
            return Err(Error::invalid("slug", "stories.reserved", message));
        }
        let added = tx.execute(
            ADD_SECTION,
            values![edition, &self.slug, &self.name, &self.description],
        )?;
        if added > 0 {
            changed(tx, edition);
        }
        Ok(added > 0)
    }

    /// Adds it as a topic; false when it is there already.
    pub fn add_topic(&self, tx: &mut Tx, edition: &EditionCode) -> Result<bool> {
        Ok(tx.execute(
            ADD_TOPIC,
            values![edition, &self.slug, &self.name, &self.description],
        )? > 0)
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            slug: columns.next()?,
            name: columns.next()?,
            description: columns.next()?,
        })
    }
}

impl Author {
    pub fn all(db: &mut dyn Query, edition: &EditionCode) -> Result<Vec<Self>> {
        db.query(AUTHORS, values![edition])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    pub fn by_slug(db: &mut dyn Query, edition: &EditionCode, slug: &Slug) -> Result<Option<Self>> {
        db.one(AUTHOR, values![edition, slug])?
            .map(Self::from_row)
            .transpose()
    }

    /// Adds the profile; false when it is there already.
    pub fn add(&self, tx: &mut Tx, edition: &EditionCode) -> Result<bool> {
        let added = tx.execute(
            ADD_AUTHOR,
            values![edition, &self.slug, &self.name, &self.title, &self.bio],
        )?;
        Ok(added > 0)
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            slug: columns.next()?,
            name: columns.next()?,
            title: columns.next()?,
            bio: columns.next()?,
        })
    }
}

impl Page {
    pub fn all(db: &mut dyn Query, edition: &EditionCode) -> Result<Vec<Self>> {
        db.query(PAGES, values![edition])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    pub fn by_slug(db: &mut dyn Query, edition: &EditionCode, slug: &Slug) -> Result<Option<Self>> {
        db.one(PAGE, values![edition, slug])?
            .map(Self::from_row)
            .transpose()
    }

    /// Writes the page, over an earlier one of the same slug.
    pub fn put(&self, tx: &mut Tx, edition: &EditionCode) -> Result<()> {
        tx.execute(PUT_PAGE, values![edition, &self.slug, &self.title, &self.body])?;
        changed(tx, edition);
        Ok(())
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            slug: columns.next()?,
            title: columns.next()?,
            body: columns.next()?,
        })
    }
}

fn changed(tx: &mut Tx, edition: &EditionCode) {
    tx.record(
        Stream::Public,
        Happening::of(Event::EditionChanged {
            edition: edition.clone(),
        }),
    );
}
