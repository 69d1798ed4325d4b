//! Where an item goes: its edition by language, its section, and the headings and profiles it names.

use super::super::Desk;
use super::language::{endonym, tag, without_home};
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
    dry_run: bool,
    /// Where in `editions` the one of each language met so far stands.
    known: HashMap<String, usize>,
}

/// A headline's most characters, as stories have it.
const HEADLINE: usize = 300;
/// A headline made of the text's beginning.
const MADE_UP: usize = 80;
/// The most headings of one story.
const HEADINGS: usize = 100;

impl Destination {
    /// `stories.no_edition` when the edition on the command line is none.
    pub fn new(desk: &Desk, args: &ImportArgs) -> Result<Self> {
        let editions = desk.db.read_blocking(|read| Edition::all(read))?;
        let chosen = args.edition.as_deref().map(EditionCode::parse).transpose()?;
        if let Some(code) = &chosen
            && !editions.iter().any(|edition| edition.code == *code)
        {
            let codes = editions.iter().map(|edition| edition.code.as_str());
            let there = codes.collect::<Vec<_>>().join(", ");
            let message = format!(
                "there is no edition {code} (there are: {there}); make it with `wireroom edition add`"
            );
            return Err(Error::invalid("edition", "stories.no_edition", message));
        }
        Ok(Self {
            editions,
            chosen,
            section: args.section.clone(),
            dry_run: args.dry_run,
            known: HashMap::new(),
        })
    }

    /// The item as a story of its edition; the edition is made when there is none of its language.
    pub fn arrival(&mut self, desk: &Desk, parcel: Parcel) -> Result<Arrival> {
        let language = parcel.language.as_deref().map(tag).filter(|tag| !tag.is_empty());
        let edition = self.edition(desk, language.as_deref())?;
        let section = self.section(&parcel)?;
        let named = parcel.sections.iter().skip(1).chain(&parcel.tags);
        let topics = headings(named.filter(|named| !is_no_category(named)))?;
        let authors = profiles(&parcel.authors)?;
        let (published_at, changed_at) = (parcel.published_at.map(At), parcel.changed_at.map(At));
        let (public, old_url) = (parcel.published, parcel.url.clone());
        let mut draft = draft(parcel, &edition, language)?;
        draft.section = section.slug.clone();
        draft.topics = topics.iter().map(|topic| topic.slug.clone()).collect();
        draft.authors = authors.iter().map(|author| author.slug.clone()).collect();
        Ok(Arrival {
            draft,
            public,
            published_at,
            changed_at,
            old_url,
            section,
            topics,
            authors,
        })
    }

    fn edition(&mut self, desk: &Desk, language: Option<&str>) -> Result<Edition> {
        let place = match (&self.chosen, language) {
            (Some(code), _) => self.editions.iter().position(|edition| edition.code == *code),
            (None, Some(language)) => self.known.get(language).copied(),
            (None, None) => (!self.editions.is_empty()).then_some(0),
        };
        if let Some(edition) = place.and_then(|place| self.editions.get(place)) {
            return Ok(edition.clone());
        }
        let language = language.unwrap_or("en");
        let plain = without_home(language);
        let place = match self.of_language(language).or_else(|| self.of_language(plain)) {
            Some(place) => place,
            None => self.make(desk, plain)?,
        };
        self.known.insert(language.to_owned(), place);
        let edition = self.editions.get(place).cloned();
        edition.ok_or_else(|| Error::internal("an edition that was just there"))
    }

    /// The edition in this language; an edition of the same language in another region will do, not the other way round.
    fn of_language(&self, language: &str) -> Option<usize> {
        let lower = language.to_ascii_lowercase();
        let own = |edition: &Edition| edition.language.to_ascii_lowercase();
        let exact = |edition: &Edition| own(edition) == lower || edition.code.as_str() == lower;
        let general = |edition: &Edition| {
            !lower.contains('-')
                && own(edition)
                    .split('-')
                    .next()
                    .is_some_and(|primary| primary == lower)
        };
        let first = |like: &dyn Fn(&Edition) -> bool| self.editions.iter().position(like);
        first(&exact).or_else(|| first(&general))
    }

    fn make(&mut self, desk: &Desk, language: &str) -> Result<usize> {
        let code = EditionCode::parse(&language.to_ascii_lowercase()).map_err(|_| {
            let message =
                format!("{language:?} is no language of which an edition could be made; give --edition");
            Error::invalid("lang", "import.language", message)
        })?;
        let edition = Edition {
            name: endonym(language),
            tagline: String::new(),
            dir: stories::edition::direction(language).to_owned(),
            language: language.to_owned(),
            timezone: "UTC".to_owned(),
            code,
        };
        if !self.dry_run {
            let own = edition.clone();
            desk.db.write_blocking(move |tx| own.add(tx))?;
        }
        self.editions.push(edition);
        Ok(self.editions.len() - 1)
    }

    /// The item's first section, the command line's, or News.
    fn section(&self, parcel: &Parcel) -> Result<Heading> {
        if let Some(first) = parcel.sections.first().filter(|first| !is_no_category(first)) {
            return Ok(Heading {
                slug: not_reserved(heading(first, "section")?.slug)?,
                name: titled(&clean(&first.name, 200)),
                description: String::new(),
            });
        }
        let fallback = if parcel.page { "Pages" } else { "News" };
        let name = self.section.clone().unwrap_or_else(|| fallback.to_owned());
        let heading = heading(&Named { name, slug: None }, "section")?;
        Ok(Heading {
            slug: not_reserved(heading.slug)?,
            ..heading
        })
    }
}

/// What the item says, as a draft of the edition; where it is listed is filled in by the caller.
fn draft(parcel: Parcel, edition: &Edition, language: Option<String>) -> Result<Draft> {
    let body = markup::Document::from_json(&parcel.body).map_err(Error::internal)?;
    let mut extra = parcel.extra;
    let (headline, whole) = headline(&parcel.title, &body);
    if let Some(whole) = whole {
        extra.insert("title".into(), whole.into());
    }
    Ok(Draft {
        edition: edition.code.clone(),
        section: Slug::parse("news")?,
        kind: StoryKind::News,
        headline,
        kicker: String::new(),
        standfirst: clean(&parcel.excerpt, 4_000),
        slugline: String::new(),
        dateline: clean(&parcel.dateline, 1_000),
        byline: String::new(),
        authors: Vec::new(),
        agency: clean(&parcel.source, 1_000),
        topics: Vec::new(),
        language: language.unwrap_or_else(|| edition.language.clone()),
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
    })
}

/// What WordPress says of a post that nobody put anywhere.
fn is_no_category(named: &Named) -> bool {
    named.slug.as_deref() == Some("uncategorized") || named.name.eq_ignore_ascii_case("uncategorized")
}

/// A section that an export names by a bare word (`press-releases`) stands in the navigation with a capital.
fn titled(name: &str) -> String {
    if name
        .bytes()
        .any(|byte| !byte.is_ascii_lowercase() && !byte.is_ascii_digit() && byte != b'-')
    {
        return name.to_owned();
    }
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}

fn heading(named: &Named, fallback: &str) -> Result<Heading> {
    Ok(Heading {
        slug: address(named, fallback)?,
        name: clean(&named.name, 200),
        description: String::new(),
    })
}

/// The slug it has there, or one made of its name. A name in signs alone (`+`, an emoji) gets one that is its own.
fn address(named: &Named, fallback: &str) -> Result<Slug> {
    let ascii = named
        .slug
        .as_deref()
        .filter(|slug| slug.is_ascii() && !slug.contains('%'));
    let words = slug(ascii.unwrap_or(&named.name), "");
    if words.is_empty() {
        let hash = blake3::hash(named.name.as_bytes()).to_hex();
        return Ok(Slug::parse(&format!("{fallback}-{}", &hash[..8]))?);
    }
    Ok(Slug::parse(&words)?)
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
        if !headings.iter().any(|other| other.slug == heading.slug) && headings.len() < HEADINGS {
            headings.push(heading);
        }
    }
    Ok(headings)
}

fn profiles(named: &[Named]) -> Result<Vec<Author>> {
    let mut profiles: Vec<Author> = Vec::new();
    for named in named.iter().filter(|named| !named.name.trim().is_empty()) {
        let author = Author {
            slug: address(named, "author")?,
            name: clean(&named.name, 200),
            title: String::new(),
            bio: String::new(),
        };
        if !profiles.iter().any(|other| other.slug == author.slug) && profiles.len() < HEADINGS {
            profiles.push(author);
        }
    }
    Ok(profiles)
}

/// The title as a headline, and the whole of it when it is too long for one; the text's beginning when there is none.
fn headline(title: &str, body: &markup::Document) -> (String, Option<String>) {
    let title = clean(title, usize::MAX);
    if title.is_empty() {
        let first = clean(&body.first_paragraph(), usize::MAX);
        let made_up = if first.is_empty() {
            "—".to_owned()
        } else {
            shortened(&first, MADE_UP)
        };
        return (made_up, None);
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

/// One line of text without control characters, cut to a length.
fn clean(text: &str, most: usize) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let line = plain.collect::<String>();
    shortened(&line.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

#[cfg(test)]
mod tests {
    use super::{Named, address, titled};

    #[test]
    fn bare_words_get_a_capital_and_names_stay() {
        for (name, shown) in [
            ("press-releases", "Press releases"),
            ("BBC", "BBC"),
            ("Мир", "Мир"),
            ("мир", "мир"),
        ] {
            assert_eq!(titled(name), shown);
        }
        assert_eq!(titled(""), "");
    }

    #[test]
    fn an_address_is_never_shared_for_want_of_letters() {
        let of = |name: &str, slug: Option<&str>| {
            let named = Named {
                name: name.to_owned(),
                slug: slug.map(str::to_owned),
            };
            address(&named, "topic").map(|slug| slug.to_string())
        };
        assert_eq!(of("Новости", None).unwrap(), "novosti");
        assert_eq!(of("Новости", Some("%d0%bd")).unwrap(), "novosti");
        assert_eq!(of("Anything", Some("own")).unwrap(), "own");
        assert_ne!(of("+", None).unwrap(), of("-", None).unwrap());
    }
}
