//! A publication: what the public sees of a story. Read through the public connection; it has no other table to look at.

use crate::draft::{Draft, Original, Picture};
use crate::edition::{Author, Heading};
use base::db::{Query, Row};
use base::{Error, Result, values};
use lexicon::{At, EditionCode, Level, Slug, SourceKind, StoryId, StoryKind};
use markup::Document;
use serde::{Deserialize, Serialize};

base::sql! {
    BY_ID = "SELECT id, edition, path, facts, version, published_at, updated_at, killed_at, kill_reason, body
        FROM public_story WHERE id = $1";
    WITHDRAWN = "SELECT killed_at, kill_reason FROM public_story WHERE id = $1 AND killed_at IS NOT NULL";
    LISTED = "SELECT s.id, s.edition, s.path, s.facts, s.version, s.published_at, s.updated_at
        FROM public_story_listing l JOIN public_story s ON s.id = l.story
        WHERE l.edition = $1 AND l.place = $2 AND (l.published_at, l.story) < ($3, $4)
        ORDER BY l.published_at DESC, l.story DESC LIMIT $5";
    COUNT = "SELECT COUNT(*) FROM public_story_listing WHERE edition = $1 AND place = $2";
    SKIPPED = "SELECT published_at, story FROM public_story_listing WHERE edition = $1 AND place = $2
        ORDER BY published_at DESC, story DESC LIMIT 1 OFFSET $3";
    TRANSLATIONS = "SELECT id, edition, path, facts, version, published_at, updated_at
        FROM public_story WHERE translations = $1 AND killed_at IS NULL ORDER BY edition, id LIMIT 100";
    IN_STORYLINE = "SELECT id, edition, path, facts, version, published_at, updated_at
        FROM public_story WHERE storyline = $1 AND edition = $2 AND killed_at IS NULL ORDER BY published_at DESC LIMIT 20";
    SPANS = "SELECT published_at / 2592000000000, COUNT(*), MAX(updated_at) FROM public_story
        WHERE edition = $1 AND killed_at IS NULL GROUP BY published_at / 2592000000000 ORDER BY 1";
    BETWEEN = "SELECT s.id, s.edition, s.path, s.facts, s.version, s.published_at, s.updated_at
        FROM public_story_listing l JOIN public_story s ON s.id = l.story
        WHERE l.edition = $1 AND l.place = '' AND l.published_at >= $2 AND (l.published_at, l.story) < ($3, $4)
        ORDER BY l.published_at DESC, l.story DESC LIMIT $5";
    SKIPPED_BETWEEN = "SELECT published_at, story FROM public_story_listing
        WHERE edition = $1 AND place = '' AND published_at >= $2 AND published_at < $3
        ORDER BY published_at DESC, story DESC LIMIT 1 OFFSET $4";
    NARROWED = "SELECT s.id, s.edition, s.path, s.facts, s.version, s.published_at, s.updated_at
        FROM public_story_listing l JOIN public_story s ON s.id = l.story
        WHERE l.edition = $1 AND l.place = $2 AND (l.published_at, l.story) < ($3, $4)
        AND EXISTS (SELECT 1 FROM public_story_listing m WHERE m.edition = l.edition AND m.place = $5
            AND m.published_at = l.published_at AND m.story = l.story)
        AND EXISTS (SELECT 1 FROM public_story_listing m WHERE m.edition = l.edition AND m.place = $6
            AND m.published_at = l.published_at AND m.story = l.story)
        ORDER BY l.published_at DESC, l.story DESC LIMIT $7";
    CARD = "SELECT id, edition, path, facts, version, published_at, updated_at FROM public_story
        WHERE id = $1 AND killed_at IS NULL";
    CHANGED = "SELECT id, edition, path, facts, version, published_at, updated_at FROM public_story
        WHERE (updated_at, id) > ($1, $2) AND killed_at IS NULL ORDER BY updated_at, id LIMIT $3";
}

/// What lists and pages show of a story, besides its body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    pub kind: StoryKind,
    pub section: Heading,
    pub headline: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kicker: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub standfirst: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dateline: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub byline: Vec<Byline>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agency: String,
    pub language: String,
    pub level: Level,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<PublicSource>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Heading>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storyline: Option<Slug>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translations: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
    pub words: usize,
    /// A live coverage that has ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// What made this version public: `published`, or a kind of correction.
    pub change: String,
}

/// A name over a story; linked when it has a profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Byline {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<Slug>,
}

/// A source as readers see it. The name of a confidential one is not in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicSource {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub kind: SourceKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub chain: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// A story in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    pub id: StoryId,
    pub edition: EditionCode,
    /// The story's address on this site, without origin.
    pub path: String,
    #[serde(flatten)]
    pub facts: Facts,
    /// Counts what the public has seen of it, from 1.
    pub version: i64,
    pub published_at: At,
    pub updated_at: At,
}

/// A story's page.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicStory {
    pub card: Card,
    pub body: Document,
}

/// A place in a list; the next page begins after it.
pub type Cursor = (At, String);

/// Before everything.
pub fn newest() -> Cursor {
    (At(i64::MAX), String::new())
}

impl Facts {
    /// What of a draft the public may see; its `words` are counted already. Names of profiles and headings are looked up.
    pub(crate) fn of(db: &mut dyn Query, draft: &Draft, words: usize, change: &str) -> Result<Self> {
        let edition = &draft.edition;
        let section =
            Heading::section(db, edition, &draft.section)?.ok_or(Error::not_found("stories.no_section"))?;
        Ok(Self {
            kind: draft.kind,
            section: Heading {
                description: String::new(),
                ..section
            },
            headline: draft.headline.clone(),
            kicker: draft.kicker.clone(),
            standfirst: draft.standfirst.clone(),
            dateline: draft.dateline.clone(),
            byline: bylines(db, draft)?,
            agency: draft.agency.clone(),
            language: draft.language.clone(),
            level: draft.level,
            picture: draft.picture.clone(),
            sources: draft.sources.iter().map(PublicSource::of).collect(),
            topics: topics(db, draft)?,
            storyline: draft.storyline.clone(),
            translations: draft.translations.clone(),
            original: draft.original.clone(),
            words,
            closed: draft.closed,
            change: change.to_owned(),
        })
    }

    /// The lists this story stands in, as `Touch::places` names them.
    pub fn places(&self) -> Vec<String> {
        let mut places = vec![String::new(), format!("section/{}", self.section.slug)];
        places.extend(self.topics.iter().map(|topic| format!("topic/{}", topic.slug)));
        places.extend(
            self.byline
                .iter()
                .filter_map(|byline| byline.slug.as_ref())
                .map(|slug| format!("author/{slug}")),
        );
        places.sort();
        places.dedup();
        places
    }
}

fn bylines(db: &mut dyn Query, draft: &Draft) -> Result<Vec<Byline>> {
    let mut bylines = Vec::new();
    for slug in &draft.authors {
        if let Some(author) = Author::by_slug(db, &draft.edition, slug)? {
            bylines.push(Byline {
                name: author.name,
                slug: Some(slug.clone()),
            });
        }
    }
    if bylines.is_empty() && !draft.byline.is_empty() {
        bylines.push(Byline {
            name: draft.byline.clone(),
            slug: None,
        });
    }
    Ok(bylines)
}

/// A topic that has no description yet is known by its slug in words.
fn topics(db: &mut dyn Query, draft: &Draft) -> Result<Vec<Heading>> {
    let name = |slug: &Slug| slug.as_str().replace('-', " ");
    let heading = |slug: &Slug| Heading {
        slug: slug.clone(),
        name: name(slug),
        description: String::new(),
    };
    let mut topics = Vec::new();
    for slug in &draft.topics {
        let known = Heading::topic(db, &draft.edition, slug)?;
        topics.push(known.map_or_else(
            || heading(slug),
            |topic| Heading {
                description: String::new(),
                ..topic
            },
        ));
    }
    Ok(topics)
}

impl PublicSource {
    fn of(source: &crate::draft::Source) -> Self {
        let open = !source.confidential || cfg!(feature = "planted-confidential-name");
        Self {
            name: open.then(|| source.name.clone()),
            kind: source.kind,
            chain: if open { source.chain.clone() } else { String::new() },
            text: source.text.clone(),
        }
    }
}

impl PublicStory {
    /// `stories.not_found` when the public never saw it, `Gone` with the reason when it was withdrawn.
    pub fn by_id(db: &mut dyn Query, id: &StoryId) -> Result<Self> {
        let row = db
            .one(BY_ID, values![id])?
            .ok_or(Error::not_found("stories.not_found"))?;
        let mut columns = row.columns();
        let head = (columns.next()?, columns.next()?, columns.next()?);
        let (facts, version, published_at, updated_at): (String, _, _, _) =
            (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
        if columns.next::<Option<At>>()?.is_some() {
            let message = columns.next::<Option<String>>()?.unwrap_or_default();
            return Err(Error::Gone {
                code: "stories.killed",
                message,
            });
        }
        let (_, body) = (columns.next::<Option<String>>()?, columns.next::<String>()?);
        let (id, edition, path) = head;
        let facts = serde_json::from_str(&facts)?;
        let card = Card {
            id,
            edition,
            path,
            facts,
            version,
            published_at,
            updated_at,
        };
        Ok(Self {
            card,
            body: Document::from_json(&body).map_err(Error::internal)?,
        })
    }

    /// When a story was withdrawn, and why; none when it was not.
    pub fn withdrawn(db: &mut dyn Query, id: &StoryId) -> Result<Option<(At, String)>> {
        let Some(row) = db.one(WITHDRAWN, values![id])? else {
            return Ok(None);
        };
        let mut columns = row.columns();
        Ok(Some((columns.next()?, columns.next()?)))
    }

    /// The address of the story, even of one withdrawn.
    pub fn path_of(db: &mut dyn Query, id: &StoryId) -> Result<Option<String>> {
        let row = db.one(BY_ID, values![id])?;
        row.map(|row| {
            let mut columns = row.columns();
            let _: (String, String) = (columns.next()?, columns.next()?);
            columns.next()
        })
        .transpose()
    }
}

impl Card {
    /// The stories of a list, newest first, from after a cursor.
    pub fn listed(
        db: &mut dyn Query,
        edition: &EditionCode,
        place: &str,
        after: Cursor,
        limit: usize,
    ) -> Result<Vec<Self>> {
        // An empty id sorts before every other, so at one moment the cursor (moment, "") stands after all of its stories.
        db.query(LISTED, values![edition, place, after.0, after.1, limit])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    /// How many stories a list has.
    pub fn count(db: &mut dyn Query, edition: &EditionCode, place: &str) -> Result<i64> {
        db.one(COUNT, values![edition, place])?.map_or(Ok(0), Row::only)
    }

    /// The cursor before the `nth` story of a list, for numbered pages; none past its end.
    pub fn cursor_at(
        db: &mut dyn Query,
        edition: &EditionCode,
        place: &str,
        nth: usize,
    ) -> Result<Option<Cursor>> {
        if nth == 0 {
            return Ok(Some(newest()));
        }
        let cursor = |row: Row| {
            let mut columns = row.columns();
            Ok((columns.next()?, columns.next()?))
        };
        db.one(SKIPPED, values![edition, place, nth - 1])?
            .map(cursor)
            .transpose()
    }

    /// The same story in other languages, itself included.
    pub fn translations(db: &mut dyn Query, group: &str) -> Result<Vec<Self>> {
        db.query(TRANSLATIONS, values![group])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    /// The stories of a storyline in one edition, newest first (20 at most).
    pub fn in_storyline(db: &mut dyn Query, edition: &EditionCode, storyline: &Slug) -> Result<Vec<Self>> {
        db.query(IN_STORYLINE, values![storyline, edition])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    /// The stories that stand in three lists at once, newest first. The first should be the shortest one.
    pub fn narrowed(
        db: &mut dyn Query,
        edition: &EditionCode,
        places: [&str; 3],
        after: Cursor,
        limit: usize,
    ) -> Result<Vec<Self>> {
        let [first, second, third] = places;
        db.query(
            NARROWED,
            values![edition, first, after.0, after.1, second, third, limit],
        )?
        .into_iter()
        .map(Self::from_row)
        .collect()
    }

    /// The story, when the public sees it now.
    pub fn by_id(db: &mut dyn Query, id: &StoryId) -> Result<Option<Self>> {
        db.one(CARD, values![id])?.map(Self::from_row).transpose()
    }

    /// Whether this is a translation of that story, made from an earlier version than the public sees now.
    pub fn is_behind(&self, original: &Self) -> bool {
        let made_from = self
            .facts
            .original
            .as_ref()
            .filter(|made_from| made_from.story == original.id);
        made_from.is_some_and(|made_from| made_from.version < original.version)
            && !cfg!(feature = "planted-fresh-for-ever")
    }

    /// The spans of 30 days in which an edition published: number of the span since 1970, how many, the last change.
    pub fn spans(db: &mut dyn Query, edition: &EditionCode) -> Result<Vec<(i64, usize, At)>> {
        let span = |row: Row| {
            let mut columns = row.columns();
            let (number, count): (i64, i64) = (columns.next()?, columns.next()?);
            Ok((number, usize::try_from(count).unwrap_or(0), columns.next()?))
        };
        db.query(SPANS, values![edition])?.into_iter().map(span).collect()
    }

    /// An edition's stories of one such span, newest first, from after the first `skip`.
    pub fn in_span(
        db: &mut dyn Query,
        edition: &EditionCode,
        span: i64,
        skip: usize,
        limit: usize,
    ) -> Result<Vec<Self>> {
        const SPAN: i64 = 30 * At::DAY;
        // Division cuts towards zero, so the span 0 holds the days before 1970 as well.
        let from = if span <= 0 {
            (span - 1).saturating_mul(SPAN) + 1
        } else {
            span.saturating_mul(SPAN)
        };
        let to = if span < 0 {
            span.saturating_mul(SPAN) + 1
        } else {
            span.saturating_add(1).saturating_mul(SPAN)
        };
        if skip == 0 {
            return Self::between(db, edition, At(from), (At(to), String::new()), limit);
        }
        let Some(row) = db.one(SKIPPED_BETWEEN, values![edition, from, to, skip - 1])? else {
            return Ok(Vec::new());
        };
        let mut columns = row.columns();
        Self::between(db, edition, At(from), (columns.next()?, columns.next()?), limit)
    }

    /// An edition's stories published from one moment to before a place, newest first.
    pub fn between(
        db: &mut dyn Query,
        edition: &EditionCode,
        from: At,
        to: Cursor,
        limit: usize,
    ) -> Result<Vec<Self>> {
        db.query(BETWEEN, values![edition, from, to.0, to.1, limit])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    /// All public stories in the order of their last change, from after a place in it. For rebuilding followers.
    pub fn changed(db: &mut dyn Query, after: Cursor, limit: usize) -> Result<Vec<Self>> {
        db.query(CHANGED, values![after.0, after.1, limit])?
            .into_iter()
            .map(Self::from_row)
            .collect()
    }

    fn from_row(row: Row) -> Result<Self> {
        let mut columns = row.columns();
        Ok(Self {
            id: columns.next()?,
            edition: columns.next()?,
            path: columns.next()?,
            facts: serde_json::from_str(&columns.next::<String>()?)?,
            version: columns.next()?,
            published_at: columns.next()?,
            updated_at: columns.next()?,
        })
    }
}
