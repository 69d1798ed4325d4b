//! Sitemaps: an index, a file for each edition and 30 days, and the news of the last two days.

use crate::House;
use base::pages::{Page, Tag};
use base::{Error, Read, Result, journal};
use formats::sitemap::{self, Alternate, Limits, NewsEntry, SitemapRef, SitemapUrl};
use lexicon::{At, EditionCode, Stream};
use std::collections::HashMap;
use stories::{Card, Edition};

/// Google reads news of the last two days and at most 1,000 of them.
const NEWS_FOR: i64 = 2 * At::DAY;
const NEWS: usize = 1_000;
/// Addresses in a part: fewer than the protocol allows, because each may name a hundred translations.
const PART: usize = 10_000;

/// `/sitemap.xml`.
pub async fn index(house: &House) -> Result<Page> {
    let origin = house.app.config.origin();
    let read = |read: &mut Read| {
        let mut spans = Vec::new();
        for edition in Edition::all(read)? {
            let of_edition = Card::spans(read, &edition.code)?.into_iter();
            spans.extend(of_edition.map(|span| (edition.code.clone(), span)));
        }
        Ok((spans, journal::head(read, &Stream::Public)?))
    };
    let (spans, at_seq) = house.app.db.public().read(read).await?;
    let news = SitemapRef {
        loc: format!("{origin}/sitemap-news.xml"),
        modified_at: None,
    };
    let parts = spans.iter().flat_map(|(edition, (span, count, changed_at))| {
        let file = |part: usize| SitemapRef {
            loc: format!("{origin}/sitemaps/{edition}/{}", file_name(*span, part)),
            modified_at: Some(changed_at.0),
        };
        (0..count.div_ceil(PART)).map(file).collect::<Vec<_>>()
    });
    let text = sitemap::indexes(std::iter::once(news).chain(parts), Limits::PROTOCOL).next();
    Ok(xml(text, at_seq).tagged([everywhere()]))
}

/// `{span}.xml`, and `{span}_2.xml` and so on when a span has many stories.
fn file_name(span: i64, part: usize) -> String {
    match part {
        0 => format!("{span}.xml"),
        part => format!("{span}_{}.xml", part + 1),
    }
}

fn read_file_name(name: &str) -> Option<(i64, usize)> {
    let name = name.strip_suffix(".xml")?;
    let (span, part) = name.split_once('_').unwrap_or((name, "1"));
    let part = part.parse::<usize>().ok()?.checked_sub(1)?;
    Some((span.parse().ok()?, part))
}

/// `/sitemaps/{edition}/{span}.xml`.
pub async fn part(house: &House, edition: String, file: String) -> Result<Page> {
    let missing = || Error::not_found("site.no_sitemap");
    let code = EditionCode::parse(&edition).map_err(|_| missing())?;
    let (span, part) = read_file_name(&file)
        .filter(|(_, part)| *part < 1_000)
        .ok_or_else(missing)?;
    let (origin, own) = (house.app.config.origin(), code.clone());
    let read = move |read: &mut Read| {
        let cards = Card::in_span(read, &own, span, part * PART, PART)?;
        let urls = cards
            .iter()
            .map(|card| url(read, &origin, card))
            .collect::<Result<Vec<_>>>()?;
        Ok((urls, journal::head(read, &Stream::Public)?))
    };
    let (urls, at_seq) = house.app.db.public().read(read).await?;
    if urls.is_empty() {
        return Err(missing());
    }
    // A translation in another edition changes it too.
    Ok(xml(sitemap::urlsets(urls, Limits::PROTOCOL).next(), at_seq).tagged([everywhere()]))
}

/// `/sitemap-news.xml`.
pub async fn news(house: &House) -> Result<Page> {
    let (origin, now) = (house.app.config.origin(), house.app.clock.now());
    let read = move |read: &mut Read| {
        let editions = Edition::all(read)?;
        let names: HashMap<_, _> = editions
            .iter()
            .map(|edition| (edition.code.clone(), edition.name.clone()))
            .collect();
        let mut cards = Vec::new();
        for edition in &editions {
            // Without an end: what is public is public, even when this node's clock is behind the database's.
            let (from, to) = (now.plus(1 - NEWS_FOR), (At(i64::MAX), String::new()));
            cards.extend(Card::between(read, &edition.code, from, to, NEWS)?);
        }
        cards.sort_by_key(|card| std::cmp::Reverse(card.published_at));
        cards.truncate(NEWS);
        let entry =
            |card: &Card| news_url(&origin, card, names.get(&card.edition).map_or("", String::as_str));
        let oldest = cards.last().map(|card| card.published_at.plus(NEWS_FOR));
        let urls: Vec<SitemapUrl> = cards.iter().map(entry).collect();
        Ok((urls, oldest, journal::head(read, &Stream::Public)?))
    };
    let (urls, leaves_at, at_seq) = house.app.db.public().read(read).await?;
    let text = sitemap::urlsets(urls, Limits::NEWS).next();
    let page = xml(text, at_seq).tagged([everywhere(), Tag::new("chrome")]);
    // The oldest story leaves by itself.
    Ok(match leaves_at {
        Some(at) => page.until(at),
        None => page,
    })
}

/// The tag of what looks at all editions.
fn everywhere() -> Tag {
    Tag::new("list:everywhere")
}

/// An empty list is a valid answer for programs that come every minute.
fn xml(text: Option<String>, at_seq: i64) -> Page {
    const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"></urlset>\n";
    Page::new(
        sitemap::MEDIA_TYPE,
        text.unwrap_or_else(|| EMPTY.to_owned()),
        at_seq,
    )
}

fn url(read: &mut Read, origin: &str, card: &Card) -> Result<SitemapUrl> {
    let translations = match &card.facts.translations {
        Some(group) => Card::translations(read, group)?,
        None => Vec::new(),
    };
    let alternate = |other: &Card| Alternate {
        hreflang: other.facts.language.clone(),
        href: format!("{origin}{}", other.path),
    };
    Ok(SitemapUrl {
        loc: format!("{origin}{}", card.path),
        modified_at: Some(card.updated_at.0),
        alternates: if translations.len() > 1 {
            translations.iter().map(alternate).collect()
        } else {
            Vec::new()
        },
        ..SitemapUrl::default()
    })
}

fn news_url(origin: &str, card: &Card, publication: &str) -> SitemapUrl {
    let news = NewsEntry {
        title: card.facts.headline.clone(),
        publication: publication.to_owned(),
        language: news_language(&card.facts.language),
        published_at: card.published_at.0,
    };
    SitemapUrl {
        loc: format!("{origin}{}", card.path),
        news: Some(news),
        ..SitemapUrl::default()
    }
}

/// ISO 639, with `zh-cn` and `zh-tw` for Chinese, as the news sitemap wants it.
fn news_language(language: &str) -> String {
    let lower = language.to_ascii_lowercase();
    match lower.split('-').next().unwrap_or_default() {
        "zh" if lower.contains("tw") || lower.contains("hant") || lower.contains("hk") => "zh-tw".to_owned(),
        "zh" => "zh-cn".to_owned(),
        primary => primary.to_owned(),
    }
}
