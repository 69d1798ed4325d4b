//! From draft to public: publish, schedule, update, correct, kill. Each is one transaction of rows, journal records and jobs.

use crate::correction::Correction;
use crate::draft::{Draft, Written};
use crate::edition::Edition;
use crate::public::{Card, Facts, PublicStory};
use crate::story::Story;
use crate::topic;
use crate::work::Work;
use base::db::{Query, Row, Tx};
use base::journal::Happening;
use base::{Error, Result, jobs, values};
use lexicon::{AssetId, At, CorrectionKind, Event, StoryId, StoryState, Stream, Touch};
use serde::{Deserialize, Serialize};
use serde_json::json;

base::sql! {
    ADD = "INSERT INTO public_story (id, edition, section, path, facts, body, language, translations, storyline, version,
        published_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    CHANGE = "UPDATE public_story SET section = $1, facts = $2, body = $3, language = $4, translations = $5, storyline = $6,
        version = $7, updated_at = $8 WHERE id = $9";
    KEEP = "INSERT INTO public_story_version (story, number, kind, at, headline, standfirst, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LIST = "INSERT INTO public_story_listing (edition, place, published_at, story) VALUES ($1, $2, $3, $4)";
    UNLIST = "DELETE FROM public_story_listing WHERE story = $1";
    KILL = "UPDATE public_story SET facts = '{}', body = '', translations = NULL, storyline = NULL, killed_at = $1,
        kill_reason = $2, updated_at = $3 WHERE id = $4";
    FORGET_VERSIONS = "DELETE FROM public_story_version WHERE story = $1";
    FORGET_CORRECTIONS = "DELETE FROM public_correction WHERE story = $1";
    TRANSLATIONS = "SELECT id FROM public_story WHERE translations = $1 AND killed_at IS NULL AND id <> $2 LIMIT 200";
    IN_STORYLINE = "SELECT id FROM public_story WHERE storyline = $1 AND edition = $2 AND killed_at IS NULL AND id <> $3
        ORDER BY published_at DESC LIMIT 20";
}

/// The kind of the job that releases a story at its time.
pub const RELEASE: &str = "stories.release";

pub(crate) fn release_key(id: &StoryId) -> String {
    format!("{RELEASE}:{id}")
}

/// When a story is to be public: at once, at a time, not before an embargo ends.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Timing {
    /// RFC 3339; null for at once.
    #[serde(default)]
    pub publish_at: Option<String>,
    /// RFC 3339; nothing of the story is public before.
    #[serde(default)]
    pub embargo_until: Option<String>,
}

impl Timing {
    /// The later of both. `stories.moment` when one is not a moment.
    pub(crate) fn release_at(&self) -> Result<Option<At>> {
        Ok(moment("publish_at", &self.publish_at)?.max(self.embargo()?))
    }

    fn embargo(&self) -> Result<Option<At>> {
        moment("embargo_until", &self.embargo_until)
    }
}

fn moment(field: &str, text: &Option<String>) -> Result<Option<At>> {
    match text {
        None => Ok(None),
        Some(text) => At::parse(text).map(Some).ok_or_else(|| {
            let message = "must be RFC 3339, such as 2026-11-24T08:00:00Z";
            Error::invalid(field, "stories.moment", message)
        }),
    }
}

/// What publishing did.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Published {
    Scheduled { release_at: At },
    Published { path: String, version: i64 },
}

/// Publishes the story's draft now, or schedules it. A story that is public already is updated.
/// Errors: `stories.killed`, `stories.spiked`, `stories.moment`.
pub fn publish(tx: &mut Tx, id: &StoryId, timing: &Timing) -> Result<Published> {
    let story = Story::by_id(tx, id)?;
    story.draft.is_named()?;
    if timing.embargo_until.is_some() {
        Work::embargo(tx, id, timing.embargo()?)?;
    }
    match story.state {
        StoryState::Killed => {
            return Err(Error::Gone {
                code: "stories.killed",
                message: "This story was withdrawn; make a new one.".into(),
            });
        }
        StoryState::Spiked => {
            return Err(Error::conflict(
                "stories.spiked",
                "This story is spiked; take it up again first.",
            ));
        }
        _ => {}
    }
    match timing
        .release_at()?
        .filter(|at| *at > tx.now() && !cfg!(feature = "planted-early-release"))
    {
        Some(release_at) => schedule(tx, &story, release_at),
        None => release(tx, &story, None),
    }
}

fn schedule(tx: &mut Tx, story: &Story, release_at: At) -> Result<Published> {
    if story.public_version.is_some() {
        return Err(Error::conflict(
            "stories.is_public",
            "A published story is updated at once; it cannot be scheduled.",
        ));
    }
    story.enter(tx, StoryState::Scheduled, Some(release_at))?;
    if cfg!(feature = "planted-counted-early") {
        tx.execute(LIST, values![&story.draft.edition, "", release_at, &story.id])?;
    }
    jobs::enqueue(
        tx,
        RELEASE,
        story.id.as_str(),
        release_at,
        Some(&release_key(&story.id)),
    )?;
    Ok(Published::Scheduled { release_at })
}

/// Releases a scheduled story, if the database's moment has come. False when it is not scheduled for now (any more).
pub fn release_due(tx: &mut Tx, id: &StoryId) -> Result<bool> {
    let story = Story::by_id(tx, id)?;
    let due = story.release_at.is_some_and(|at| at <= tx.now());
    if story.state != StoryState::Scheduled || !due {
        return Ok(false);
    }
    release(tx, &story, None).map(|_| true)
}

/// Changes a published story in public, with a typed note. `draft` is what it says now.
/// Errors: `stories.not_public`, and those of saving.
pub fn correct(tx: &mut Tx, story: Story, draft: Draft, correction: Correction) -> Result<Published> {
    if story.public_version.is_none() || story.state != StoryState::Published {
        return Err(Error::conflict(
            "stories.not_public",
            "Only a published story can be corrected; save the draft instead.",
        ));
    }
    correction.check()?;
    let (expected, by) = (story.version, correction.by.clone());
    let why = crate::draft::Why::Corrected(correction.kind);
    let story = story.save(tx, draft, expected, by.as_ref(), why)?;
    release(tx, &story, Some(&correction))
}

/// Makes the draft public in this transaction.
pub(crate) fn release(tx: &mut Tx, story: &Story, correction: Option<&Correction>) -> Result<Published> {
    jobs::withdraw(tx, &release_key(&story.id))?;
    let before = match PublicStory::by_id(tx, &story.id) {
        Ok(public) => Some(public),
        Err(Error::NotFound { .. }) => None,
        Err(error) => return Err(error),
    };
    let change = match (correction, &before) {
        (Some(correction), _) => correction.kind.as_str(),
        (None, Some(_)) => CorrectionKind::Update.as_str(),
        (None, None) => "published",
    };
    topic::show(tx, &story.draft)?;
    let facts = Facts::of(tx, &story.draft, story.draft.body.words() as usize, change)?;
    let card = match &before {
        None => add(tx, story, facts, story.draft.body_json()?)?,
        Some(public) => replace(tx, story, facts, public)?,
    };
    media::Asset::publish(tx, &story.id, &pictures(&story.draft))?;
    if let (Some(correction), Some(public)) = (correction, &before) {
        correction.add(tx, &card, public, &story.draft.public_body())?;
    }
    story.enter_public(tx)?;
    announce(tx, &card, before.as_ref(), correction)?;
    Ok(Published::Published {
        path: card.path,
        version: card.version,
    })
}

/// Makes a story public that was brought in as published in this transaction: nothing of it can be there to be replaced,
/// and its topics are known.
pub(crate) fn release_new(tx: &mut Tx, story: &Story, written: &Written) -> Result<Published> {
    let facts = Facts::of(tx, &story.draft, written.words, "published")?;
    let card = add(tx, story, facts, written.body.clone())?;
    let pictures = pictures(&story.draft);
    if !pictures.is_empty() {
        media::Asset::publish(tx, &story.id, &pictures)?;
    }
    announce(tx, &card, None, None)?;
    Ok(Published::Published {
        path: card.path,
        version: card.version,
    })
}

fn add(tx: &mut Tx, story: &Story, facts: Facts, body: String) -> Result<Card> {
    let (draft, now) = (&story.draft, tx.now());
    let edition = Edition::by_code(tx, &draft.edition)?;
    let (year, month, day) = edition.date(now);
    let path = format!(
        "/{}/{}/{year:04}/{month:02}/{day:02}/{}-{}",
        draft.edition,
        draft.section,
        draft.slug(),
        story.id
    );
    let json = serde_json::to_string(&facts)?;
    let row = values![
        &story.id,
        &draft.edition,
        &draft.section,
        &path,
        json,
        body,
        &draft.language,
        facts.translations.clone(),
        facts.storyline.clone(),
        1_i64,
        now,
        now
    ];
    tx.execute(ADD, row)?;
    let (id, edition) = (story.id.clone(), draft.edition.clone());
    let card = Card {
        id,
        edition,
        path,
        facts,
        version: 1,
        published_at: now,
        updated_at: now,
    };
    list(tx, &card)?;
    Ok(card)
}

/// The outgoing version is kept for "what changed"; the address and the first date stay.
fn replace(tx: &mut Tx, story: &Story, facts: Facts, public: &PublicStory) -> Result<Card> {
    let (old, draft, now) = (&public.card, &story.draft, tx.now());
    let body = serde_json::to_string(&public.body)?;
    let kept = values![
        &old.id,
        old.version,
        &old.facts.change,
        old.updated_at,
        &old.facts.headline,
        &old.facts.standfirst,
        body
    ];
    tx.execute(KEEP, kept)?;
    let (json, version) = (serde_json::to_string(&facts)?, old.version + 1);
    let row = values![
        &draft.section,
        json,
        draft.body_json()?,
        &draft.language,
        facts.translations.clone(),
        facts.storyline.clone(),
        version,
        now,
        &old.id
    ];
    tx.execute(CHANGE, row)?;
    tx.execute(UNLIST, values![&old.id])?;
    let card = Card {
        facts,
        version,
        updated_at: now,
        ..old.clone()
    };
    list(tx, &card)?;
    Ok(card)
}

fn list(tx: &mut Tx, card: &Card) -> Result<()> {
    for place in card.facts.places() {
        tx.execute(LIST, values![&card.edition, place, card.published_at, &card.id])?;
    }
    Ok(())
}

/// The lead picture and those in the body.
fn pictures(draft: &Draft) -> Vec<AssetId> {
    let lead = draft.picture.iter().map(|picture| picture.asset.clone());
    let inner = draft
        .body
        .assets()
        .into_iter()
        .filter_map(|id| AssetId::parse(&id).ok());
    lead.chain(inner).collect()
}

/// Tells followers and the edition's readers. What is brought in from the past is no news, so readers are not rung for it.
fn announce(
    tx: &mut Tx,
    card: &Card,
    before: Option<&PublicStory>,
    correction: Option<&Correction>,
) -> Result<()> {
    let touch = touched(tx, card, before)?;
    let event = match (correction, before) {
        (Some(_), _) => Event::StoryCorrected(touch),
        (None, Some(_)) => Event::StoryUpdated(touch),
        (None, None) => Event::StoryPublished(touch),
    };
    let kind = event.kind();
    tx.record(Stream::Public, Happening::of(event));
    if tx.is_past() {
        return Ok(());
    }
    let mut shown = shown(card);
    if let Some(correction) = correction {
        shown["correction"] = json!({ "kind": correction.kind, "note": correction.note });
    }
    tx.record(
        Stream::Edition(card.edition.clone()),
        Happening::shown(kind, card.id.as_str(), &shown),
    );
    Ok(())
}

fn touched(tx: &mut Tx, card: &Card, before: Option<&PublicStory>) -> Result<Touch> {
    let seen = [Some(&card.facts), before.map(|public| &public.card.facts)];
    let mut places = Vec::new();
    for facts in seen.into_iter().flatten() {
        places.extend(facts.places());
        // Every page of a storyline shows its newest stories.
        places.extend(facts.storyline.iter().map(|slug| format!("storyline/{slug}")));
    }
    places.sort();
    places.dedup();
    let mut relatives = Vec::new();
    for facts in before
        .iter()
        .map(|public| &public.card.facts)
        .chain([&card.facts])
    {
        relatives.extend(relatives_of(tx, card, facts)?);
    }
    relatives.sort();
    relatives.dedup();
    Ok(Touch {
        story: card.id.clone(),
        edition: card.edition.clone(),
        inserted: inserted(tx, card, before),
        places,
        relatives,
    })
}

/// The lists a story came into below their newest end: those of a story with a past date, and those an update moves it to.
fn inserted(tx: &Tx, card: &Card, before: Option<&PublicStory>) -> Vec<String> {
    let places = card.facts.places().into_iter();
    match before {
        Some(public) => {
            let old = public.card.facts.places();
            places.filter(|place| !old.contains(place)).collect()
        }
        None if tx.is_past() => places.collect(),
        None => Vec::new(),
    }
}

/// Ids alone: a story may have a hundred translations, and an import of them asks this once for each.
fn relatives_of(tx: &mut Tx, card: &Card, facts: &Facts) -> Result<Vec<StoryId>> {
    let mut rows = Vec::new();
    if let Some(group) = &facts.translations {
        rows.extend(tx.query(TRANSLATIONS, values![group, &card.id])?);
    }
    if let Some(storyline) = &facts.storyline {
        rows.extend(tx.query(IN_STORYLINE, values![storyline, &card.edition, &card.id])?);
    }
    rows.into_iter().map(Row::only).collect()
}

/// What readers of the live stream get of a story.
pub fn shown(card: &Card) -> serde_json::Value {
    let Card {
        id,
        path,
        facts,
        published_at,
        updated_at,
        ..
    } = card;
    json!({
        "story": {
            "id": id, "url": path, "kind": facts.kind, "headline": facts.headline, "kicker": facts.kicker,
            "standfirst": facts.standfirst, "section": { "slug": facts.section.slug, "name": facts.section.name },
            "published_at": published_at.rfc3339(), "updated_at": updated_at.rfc3339(),
        },
        "level": facts.level,
    })
}

/// Ends a publication for a reason that readers are told. A story that was only scheduled is taken off the schedule.
/// Errors: `stories.reason` (none given), `stories.not_public`.
pub fn kill(tx: &mut Tx, id: &StoryId, reason: &str) -> Result<()> {
    let story = Story::by_id(tx, id)?;
    if story.state == StoryState::Scheduled {
        return story.take_up(tx);
    }
    if story.public_version.is_none() || story.state != StoryState::Published {
        return Err(Error::conflict("stories.not_public", "This story is not public."));
    }
    if reason.trim().is_empty() || reason.chars().count() > 1_000 {
        return Err(Error::invalid(
            "reason",
            "stories.reason",
            "say in at most 1,000 characters why it is withdrawn; readers see it",
        ));
    }
    crate::draft::without_controls("reason", reason)?;
    let public = PublicStory::by_id(tx, id)?;
    let touch = touched(tx, &public.card, None)?;
    let now = tx.now();
    tx.execute(KILL, values![now, reason, now, id])?;
    for forget in [UNLIST, FORGET_VERSIONS, FORGET_CORRECTIONS] {
        if !cfg!(feature = "planted-kept-after-kill") {
            tx.execute(forget, values![id])?;
        }
    }
    media::Asset::withdraw(tx, id)?;
    story.enter(tx, StoryState::Killed, None)?;
    let Card { edition, path, .. } = public.card;
    let told = json!({ "story": { "id": id, "url": path }, "reason": reason });
    tx.record(Stream::Public, Happening::of(Event::StoryKilled(touch)));
    tx.record(
        Stream::Edition(edition),
        Happening::shown("story.killed", id.as_str(), &told),
    );
    Ok(())
}
