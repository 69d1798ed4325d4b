//! Where an item goes: its edition by language, its section, and the headings and profiles it names.

use super::super::Desk;
use super::parcel::{Named, Parcel};
use crate::cli::ImportArgs;
use base::{Error, Result};
use lexicon::{At, EditionCode, Level, Slug, StoryKind};
use std::collections::HashMap;
use stories::draft::slug;
use stories::ingest::Arrival;
use stories::{Author, Draft, Edition, Heading};

/// The editions there are, and what the command line says of the destination.
pub struct Destination {
    editions: Vec<Edition>,
    chosen: Option<EditionCode>,
    section: Option<String>,
    /// The edition of each language met so far.
    known: HashMap<String, EditionCode>,
}

/// A headline's most characters, as stories have it.
const HEADLINE: usize = 300;
/// A headline made of the text's beginning.
const MADE_UP: usize = 80;

impl Destination {
    /// `stories.no_edition` when the edition on the command line is none.
    pub fn new(desk: &Desk, args: &ImportArgs) -> Result<Self> {
        let editions = desk.db.read_blocking(|read| Edition::all(read))?;
        let chosen = args.edition.as_deref().map(EditionCode::parse).transpose()?;
        if let Some(code) = chosen
            .as_ref()
            .filter(|code| !editions.iter().any(|edition| edition.code == **code))
        {
            return Err(Error::invalid(
                "edition",
                "stories.no_edition",
                format!("there is no edition {code}"),
            ));
        }
        Ok(Self {
            editions,
            chosen,
            section: args.section.clone(),
            known: HashMap::new(),
        })
    }

    /// The item as a story of its edition; the edition is made when there is none of its language.
    pub fn arrival(&mut self, desk: &Desk, parcel: Parcel, dry_run: bool) -> Result<Arrival> {
        let edition = self.edition(desk, parcel.language.as_deref(), dry_run)?;
        let body = markup::Document::from_json(&parcel.body).map_err(Error::internal)?;
        let section = self.section(&parcel)?;
        let topics = headings(parcel.sections.iter().skip(1).chain(&parcel.tags))?;
        let authors = parcel
            .authors
            .iter()
            .filter(|author| !author.name.trim().is_empty())
            .map(profile)
            .collect::<Result<Vec<_>>>()?;
        let mut extra = parcel.extra;
        let (headline, whole) = headline(&parcel.title, &body);
        if let Some(whole) = whole {
            extra.insert("title".into(), whole.into());
        }
        let draft = Draft {
            section: section.slug.clone(),
            kind: StoryKind::News,
            headline,
            kicker: String::new(),
            standfirst: clean(&parcel.excerpt, 4_000),
            slugline: String::new(),
            dateline: clean(&parcel.dateline, 1_000),
            byline: String::new(),
            authors: authors.iter().map(|author| author.slug.clone()).collect(),
            agency: clean(&parcel.source, 1_000),
            topics: topics.iter().map(|topic| topic.slug.clone()).collect(),
            language: parcel
                .language
                .as_deref()
                .map(tag)
                .filter(|tag| !tag.is_empty())
                .unwrap_or_else(|| edition.language.clone()),
            edition: edition.code,
            body,
            sources: Vec::new(),
            picture: None,
            level: Level::Routine,
            closed: false,
            storyline: None,
            translations: parcel.group,
            original: None,
            external_id: Some(parcel.id),
            extra,
        };
        let published_at = parcel.published_at.map(At);
        Ok(Arrival {
            draft,
            public: parcel.published,
            published_at,
            old_url: parcel.url,
            section,
            topics,
            authors,
        })
    }

    fn edition(&mut self, desk: &Desk, language: Option<&str>, dry_run: bool) -> Result<Edition> {
        let wanted = match (&self.chosen, language.map(tag).filter(|tag| !tag.is_empty())) {
            (Some(code), _) => Some(code.clone()),
            (None, Some(language)) => self.known.get(&language).cloned(),
            (None, None) => self.editions.first().map(|edition| edition.code.clone()),
        };
        if let Some(edition) =
            wanted.and_then(|code| self.editions.iter().find(|edition| edition.code == code))
        {
            return Ok(edition.clone());
        }
        let language = language
            .map(tag)
            .filter(|tag| !tag.is_empty())
            .unwrap_or_else(|| "en".to_owned());
        let edition = match self.of_language(&language) {
            Some(edition) => edition,
            None => self.make(desk, &language, dry_run)?,
        };
        self.known.insert(language, edition.code.clone());
        Ok(edition)
    }

    /// The edition in this language; an edition of the same language in another region will do, not the other way round.
    fn of_language(&self, language: &str) -> Option<Edition> {
        let lower = language.to_ascii_lowercase();
        let exact = self
            .editions
            .iter()
            .find(|edition| edition.language.to_ascii_lowercase() == lower || edition.code.as_str() == lower);
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let general = || {
            self.editions
                .iter()
                .find(|edition| !lower.contains('-') && primary(&edition.language) == lower)
        };
        exact.or_else(general).cloned()
    }

    fn make(&mut self, desk: &Desk, language: &str, dry_run: bool) -> Result<Edition> {
        let code = EditionCode::parse(&slug(language, "edition")).map_err(|_| {
            Error::invalid(
                "lang",
                "import.language",
                format!("{language:?} cannot be an edition's code"),
            )
        })?;
        let edition = Edition {
            name: endonym(language).unwrap_or(language).to_owned(),
            tagline: String::new(),
            dir: stories::edition::direction(language).to_owned(),
            language: language.to_owned(),
            timezone: "UTC".to_owned(),
            code,
        };
        if !dry_run {
            let own = edition.clone();
            desk.db.write_blocking(move |tx| own.add(tx))?;
        }
        self.editions.push(edition.clone());
        Ok(edition)
    }

    /// The item's first section, the command line's, or News.
    fn section(&self, parcel: &Parcel) -> Result<Heading> {
        if let Some(first) = parcel.sections.first() {
            return heading(first, "section");
        }
        let fallback = if parcel.page { "Pages" } else { "News" };
        let name = self.section.clone().unwrap_or_else(|| fallback.to_owned());
        heading(&Named { name, slug: None }, "section")
    }
}

/// A BCP 47 tag of what exports write: `pt_BR`, `zh-cn`.
fn tag(language: &str) -> String {
    language.trim().replace('_', "-")
}

fn heading(named: &Named, fallback: &str) -> Result<Heading> {
    let ascii = named
        .slug
        .as_deref()
        .filter(|slug| slug.is_ascii())
        .unwrap_or(&named.name);
    let slug = Slug::parse(&slug(ascii, fallback))?;
    Ok(Heading {
        slug: not_reserved(slug)?,
        name: clean(&named.name, 200),
        description: String::new(),
    })
}

/// A section may not stand in the way of the edition's own pages.
fn not_reserved(slug: Slug) -> Result<Slug> {
    match stories::edition::is_reserved(&slug) {
        true => Ok(Slug::parse(&format!("{slug}-section"))?),
        false => Ok(slug),
    }
}

fn headings<'a>(named: impl Iterator<Item = &'a Named>) -> Result<Vec<Heading>> {
    let mut headings: Vec<Heading> = Vec::new();
    for named in named.filter(|named| !named.name.trim().is_empty()) {
        let heading = heading(named, "topic")?;
        if !headings.iter().any(|other| other.slug == heading.slug) && headings.len() < 100 {
            headings.push(heading);
        }
    }
    Ok(headings)
}

fn profile(named: &Named) -> Result<Author> {
    let ascii = named
        .slug
        .as_deref()
        .filter(|slug| slug.is_ascii())
        .unwrap_or(&named.name);
    let slug = Slug::parse(&slug(ascii, "author"))?;
    Ok(Author {
        slug,
        name: clean(&named.name, 200),
        title: String::new(),
        bio: String::new(),
    })
}

/// The title as a headline, and the whole of it when it is too long for one; the text's beginning when there is none.
fn headline(title: &str, body: &markup::Document) -> (String, Option<String>) {
    let title = clean(title, usize::MAX);
    if title.is_empty() {
        let first = clean(&body.first_paragraph(), usize::MAX);
        return (
            if first.is_empty() {
                "—".to_owned()
            } else {
                shortened(&first, MADE_UP)
            },
            None,
        );
    }
    if title.chars().count() <= HEADLINE {
        return (title, None);
    }
    (shortened(&title, HEADLINE), Some(title))
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most - 1).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

/// One line without control characters.
fn clean(text: &str, most: usize) -> String {
    let line = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    shortened(&line, most)
}

/// What a language calls itself (CLDR), for the editions' switcher.
fn endonym(language: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        ("ar", "العربية"),
        ("bg", "Български"),
        ("ca", "Català"),
        ("cs", "Čeština"),
        ("da", "Dansk"),
        ("de", "Deutsch"),
        ("el", "Ελληνικά"),
        ("en", "English"),
        ("eo", "Esperanto"),
        ("es", "Español"),
        ("et", "Eesti"),
        ("eu", "Euskara"),
        ("fa", "فارسی"),
        ("fi", "Suomi"),
        ("fr", "Français"),
        ("gl", "Galego"),
        ("he", "עברית"),
        ("hi", "हिन्दी"),
        ("hr", "Hrvatski"),
        ("hu", "Magyar"),
        ("hy", "Հայերեն"),
        ("id", "Indonesia"),
        ("is", "Íslenska"),
        ("it", "Italiano"),
        ("ja", "日本語"),
        ("ka", "ქართული"),
        ("kk", "Қазақ тілі"),
        ("ko", "한국어"),
        ("lt", "Lietuvių"),
        ("lv", "Latviešu"),
        ("mk", "Македонски"),
        ("ml", "മലയാളം"),
        ("ms", "Melayu"),
        ("nb", "Norsk bokmål"),
        ("nl", "Nederlands"),
        ("nn", "Norsk nynorsk"),
        ("no", "Norsk"),
        ("pl", "Polski"),
        ("pt", "Português"),
        ("pt-br", "Português (Brasil)"),
        ("ro", "Română"),
        ("ru", "Русский"),
        ("sk", "Slovenčina"),
        ("sl", "Slovenščina"),
        ("sq", "Shqip"),
        ("sr", "Српски"),
        ("sv", "Svenska"),
        ("ta", "தமிழ்"),
        ("th", "ไทย"),
        ("tr", "Türkçe"),
        ("uk", "Українська"),
        ("ur", "اردو"),
        ("vi", "Tiếng Việt"),
        ("zh", "中文"),
        ("zh-cn", "简体中文"),
        ("zh-hk", "中文（香港）"),
        ("zh-tw", "繁體中文"),
    ];
    let lower = language.to_ascii_lowercase();
    NAMES
        .iter()
        .find(|(code, _)| *code == lower)
        .map(|(_, name)| *name)
}
