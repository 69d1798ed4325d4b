//! Following the `public` stream: each story that changed is read as the public sees it now, and indexed.

use crate::index::{Change, Index, Pace, Passage};
use base::db::Query;
use base::hub::{Followed, Follower, Hub};
use base::journal::{self, Record};
use base::{App, Error, Read, Result};
use lexicon::{Event, StoryId, Stream};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use stories::{Card, PublicStory};

/// So many stories at most are read at once.
const BATCH: usize = 500;
/// So many records at once are a crowd, of which more will come.
const CROWD: usize = 64;
/// A crowd is gathered for so long, or until it is so large.
const GATHERING: Duration = Duration::from_secs(5);
const GATHERED: usize = 20_000;
/// With nothing to write for so long, the writer's memory is let go.
const REST: Duration = Duration::from_secs(20);

/// Keeps the index at the end of the `public` stream until the future is dropped.
pub async fn follow(app: App, hub: Arc<Hub>, index: Index) {
    let looked_at = index.clone();
    let sound = tokio::task::spawn_blocking(move || !looked_at.is_damaged()).await;
    let mut anew = !sound.unwrap_or(false);
    if anew {
        tracing::warn!(target: "search", "a file of the index is damaged; it is filled anew");
    }
    loop {
        if let Err(error) = keep_up(&app, &hub, &index, std::mem::take(&mut anew)).await {
            tracing::warn!(target: "search", cause = ?error, "the index fell behind; trying again");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn keep_up(app: &App, hub: &Arc<Hub>, index: &Index, anew: bool) -> Result<()> {
    let epoch = epoch(app).await?;
    let start = match index.position() {
        Some((known, seq)) if !anew && (known == epoch || cfg!(feature = "planted-any-epoch")) => seq,
        _ => rebuild(app, index, &epoch).await?,
    };
    let mut follower = hub.subscribe(Stream::Public, start).await?;
    let _following = index.followed_from(start);
    loop {
        let records = match tokio::time::timeout(REST, follower.next()).await {
            Err(_) => {
                index.rest();
                continue;
            }
            Ok(next) => next?,
        };
        if absorb(app, index, &epoch, &mut follower, records).await? == Ended::Outdated {
            return rebuild(app, index, &self::epoch(app).await?).await.map(|_| ());
        }
    }
}

#[derive(PartialEq, Eq)]
enum Ended {
    Committed,
    /// The stream goes on elsewhere: what was built must be built anew.
    Outdated,
}

/// Commits what came. A crowd (an import) is gathered first, because the index is much quicker with few large commits; a
/// search that waits for one of them ends the gathering at once.
async fn absorb(
    app: &App,
    index: &Index,
    epoch: &str,
    follower: &mut Follower,
    first: Followed,
) -> Result<Ended> {
    let (mut next, mut gathered, mut reached) = (first, 0, 0);
    let until = tokio::time::Instant::now() + GATHERING;
    loop {
        let Followed::Records(records) = next else {
            return Ok(Ended::Outdated);
        };
        let pace = if records.len() < CROWD && gathered == 0 {
            Pace::Single
        } else {
            Pace::Crowd
        };
        stage(app, index, &records, pace).await?;
        (gathered, reached) = (
            gathered + records.len(),
            records.last().map_or(reached, |last| last.seq),
        );
        if pace == Pace::Single || gathered >= GATHERED {
            break;
        }
        tokio::select! {
            biased;
            () = index.asked() => break,
            () = tokio::time::sleep_until(until) => break,
            more = follower.next() => next = more?,
        }
    }
    let (index, epoch) = (index.clone(), epoch.to_owned());
    blocking(move || index.reach(&epoch, reached)).await?;
    Ok(Ended::Committed)
}

async fn stage(app: &App, index: &Index, records: &[Arc<Record>], pace: Pace) -> Result<()> {
    for part in records.chunks(BATCH) {
        let touched: BTreeSet<StoryId> = part.iter().filter_map(|record| story_of(record)).collect();
        let changes = app.db.public().read(move |read| {
            touched
                .into_iter()
                .map(|id| change(read, id))
                .collect::<Result<Vec<_>>>()
        });
        let (changes, index) = (changes.await?, index.clone());
        blocking(move || index.stage(changes, pace)).await?;
    }
    Ok(())
}

/// Fills an empty index with all that is public; gives the number from which on to follow.
async fn rebuild(app: &App, index: &Index, epoch: &str) -> Result<i64> {
    let head = app
        .db
        .public()
        .read(|read| journal::head(read, &Stream::Public))
        .await?;
    let (emptied, at) = (index.clone(), epoch.to_owned());
    blocking(move || emptied.empty(&at)).await?;
    let mut after = (lexicon::At(i64::MIN), String::new());
    loop {
        let from = after.clone();
        let page = app.db.public().read(move |read| {
            let cards = Card::changed(read, from, BATCH)?;
            let last = cards.last().map(|card| (card.updated_at, card.id.to_string()));
            let changes = cards
                .into_iter()
                .map(|card| change(read, card.id))
                .collect::<Result<Vec<_>>>()?;
            Ok((changes, last))
        });
        let (changes, last) = page.await?;
        let (index, epoch, done) = (index.clone(), epoch.to_owned(), last.is_none());
        // The position stands only once everything is in; a rebuild that is cut begins again.
        blocking(move || index.apply(changes, &epoch, if done { head } else { 0 })).await?;
        match last {
            Some(last) => after = last,
            None => return Ok(head),
        }
    }
}

async fn blocking(work: impl FnOnce() -> Result<()> + Send + 'static) -> Result<()> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

async fn epoch(app: &App) -> Result<String> {
    app.db
        .public()
        .read(|read| Ok(journal::epoch(read)?.unwrap_or_default()))
        .await
}

fn story_of(record: &Record) -> Option<StoryId> {
    match record.event.as_ref()? {
        Event::StoryPublished(touch)
        | Event::StoryUpdated(touch)
        | Event::StoryCorrected(touch)
        | Event::StoryKilled(touch) => Some(touch.story.clone()),
        _ => None,
    }
}

fn change(read: &mut Read, id: StoryId) -> Result<Change> {
    match PublicStory::by_id(read, &id) {
        Ok(story) => Ok(Change::Put(Box::new(passage(&story)))),
        Err(Error::NotFound { .. } | Error::Gone { .. }) => Ok(Change::Remove(id)),
        Err(error) => Err(error),
    }
}

fn passage(story: &PublicStory) -> Passage {
    let PublicStory { card, body } = story;
    let facts = &card.facts;
    let byline = facts.byline.iter().map(|byline| byline.name.as_str());
    let topics = facts.topics.iter().map(|topic| topic.name.as_str());
    let mut text = vec![facts.kicker.as_str(), facts.standfirst.as_str()];
    text.extend(byline.chain(topics));
    let plain = body.plain();
    text.push(&plain);
    Passage {
        id: card.id.clone(),
        edition: card.edition.clone(),
        section: facts.section.slug.clone(),
        language: facts.language.clone(),
        published_at: card.published_at,
        headline: facts.headline.clone(),
        text: text.join("\n"),
    }
}

/// The text of a story that an excerpt is cut from.
pub(crate) fn text_of(read: &mut dyn Query, id: &StoryId) -> Result<Option<(Card, String)>> {
    match PublicStory::by_id(read, id) {
        Ok(story) => {
            let standfirst = story.card.facts.standfirst.clone();
            let text = format!("{standfirst} {}", story.body.plain());
            Ok(Some((story.card, text)))
        }
        Err(Error::NotFound { .. } | Error::Gone { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
