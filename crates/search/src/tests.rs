use crate::index::{Change, Passage};
use crate::web::{Results, SearchQuery, results};
use crate::{Index, follow};
use base::db::scratch::{MORNING, Scratch};
use base::hub::{Hub, Limits, Listing, Reading};
use base::pages::PageStore;
use base::web::Shield;
use base::{App, Config};
use lexicon::{At, CorrectionKind, EditionCode, Level, Slug, StoryId, StoryKind, Stream};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use stories::{Correction, Draft, Edition, Heading, Story, Timing, Why};

mod following;
mod freshness;
mod words;

/// A newsroom with editions in several languages, and its index.
struct Room {
    scratch: Scratch,
    app: App,
    folder: PathBuf,
    _keep: tempfile::TempDir,
}

struct NoStreams;

impl Listing for NoStreams {
    fn exists(&self, _: &Stream) -> Reading<'_, bool> {
        Box::pin(async { Ok(true) })
    }
}

const LANGUAGES: [&str; 12] = [
    "en", "ru", "ar", "de", "fr", "es", "zh", "ja", "ko", "fi", "tr", "eo",
];

/// Runs a test in a room on each engine.
fn check(test: impl AsyncFn(&Room)) {
    check_on(Scratch::on_each_engine(&[&migrations()]), test);
}

fn check_on(scratches: Vec<Scratch>, test: impl AsyncFn(&Room)) {
    for scratch in scratches {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let room = {
            let _inside = runtime.enter();
            Room::of(scratch)
        };
        runtime.block_on(test(&room));
        runtime.shutdown_timeout(Duration::from_secs(5));
    }
}

fn migrations() -> Vec<base::db::Migration> {
    [&base::migrations()[..], media::MIGRATIONS, stories::MIGRATIONS].concat()
}

impl Room {
    fn of(scratch: Scratch) -> Self {
        let keep = tempfile::tempdir().unwrap();
        let data = BTreeMap::from([("data".to_owned(), keep.path().display().to_string())]);
        let config = Config::resolve(&data, &BTreeMap::new()).unwrap();
        let (db, clock) = (scratch.db().clone(), scratch.clock.clone());
        db.write_blocking(|tx| {
            base::journal::renew_epoch(tx)?;
            LANGUAGES.iter().try_for_each(|code| furnish(tx, code))
        })
        .unwrap();
        let ledger = Arc::new(db.public().clone());
        let hub = Hub::new(ledger, Arc::new(NoStreams), Limits::default(), clock.clone()).unwrap();
        let told = hub.clone();
        db.observe(Box::new(move |records| told.commit(records)));
        let pages = PageStore::new(1 << 20, clock.clone(), Shield::of(&config.origin()));
        let config = Arc::new(config);
        Self {
            app: App {
                db,
                clock,
                config,
                hub,
                pages,
            },
            folder: keep.path().join("search"),
            scratch,
            _keep: keep,
        }
    }

    /// Opens the index and follows until the task is ended.
    async fn follow(&self) -> (Index, Follower) {
        let index = Index::open(&self.folder).unwrap().patient();
        let task = tokio::spawn(follow(self.app.clone(), self.app.hub.clone(), index.clone()));
        let head = self.head().await;
        until(|| index.is_followed() && index.position().is_some_and(|(_, seq)| seq >= head)).await;
        (index, Follower(task))
    }

    async fn head(&self) -> i64 {
        let public = self.app.db.public();
        public
            .read(|read| base::journal::head(read, &Stream::Public))
            .await
            .unwrap()
    }

    async fn publish(&self, draft: Draft) -> StoryId {
        let published = self.app.db.write(move |tx| {
            let story = Story::make(tx, draft.clone(), None, Why::Made)?;
            stories::publish(tx, &story.id, &Timing::default())?;
            Ok(story.id)
        });
        published.await.unwrap()
    }

    async fn kill(&self, id: &StoryId) {
        let id = id.clone();
        self.app
            .db
            .write(move |tx| stories::kill(tx, &id, "It was not true."))
            .await
            .unwrap();
    }

    async fn correct(&self, id: &StoryId, new: Draft) {
        let id = id.clone();
        let corrected = self.app.db.write(move |tx| {
            let story = Story::by_id(tx, &id)?;
            let (kind, note) = (CorrectionKind::Correction, "It was wrong.".to_owned());
            stories::correct(tx, story, new.clone(), Correction { kind, note, by: None })
        });
        corrected.await.unwrap();
    }

    async fn ask(&self, index: &Index, query: SearchQuery) -> base::Result<Results> {
        results(&self.app, index, &query).await
    }

    /// The headlines found, best first.
    async fn find(&self, index: &Index, q: &str) -> Vec<String> {
        headlines(&self.ask(index, asked(q)).await.unwrap())
    }
}

/// A follower that ends with its test.
struct Follower(tokio::task::JoinHandle<()>);

impl Follower {
    async fn end(self) {
        self.0.abort();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn asked(q: &str) -> SearchQuery {
    SearchQuery {
        q: q.to_owned(),
        ..SearchQuery::default()
    }
}

fn headlines(results: &Results) -> Vec<String> {
    results
        .items
        .iter()
        .map(|shown| shown.card.facts.headline.clone())
        .collect()
}

async fn until(reached: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if reached() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it took more than ten seconds");
}

fn furnish(tx: &mut base::Tx, code: &str) -> base::Result<()> {
    let edition = Edition {
        code: EditionCode::parse(code)?,
        name: code.to_uppercase(),
        tagline: String::new(),
        language: code.to_owned(),
        dir: stories::edition::direction(code).to_owned(),
        timezone: "Europe/Moscow".to_owned(),
    };
    edition.add(tx)?;
    for slug in ["world", "sport"] {
        let (slug, name) = (Slug::parse(slug)?, slug.to_owned());
        let description = String::new();
        Heading {
            slug,
            name,
            description,
        }
        .add_section(tx, &edition.code)?;
    }
    Ok(())
}

fn draft(language: &str, headline: &str, text: &str) -> Draft {
    Draft {
        edition: EditionCode::parse(language).unwrap(),
        section: Slug::parse("world").unwrap(),
        kind: StoryKind::News,
        headline: headline.to_owned(),
        kicker: String::new(),
        standfirst: String::new(),
        slugline: String::new(),
        dateline: String::new(),
        byline: String::new(),
        authors: Vec::new(),
        agency: String::new(),
        topics: Vec::new(),
        language: language.to_owned(),
        body: markup::from_html(&format!("<p>{text}</p>")).0,
        sources: Vec::new(),
        picture: None,
        level: Level::Routine,
        closed: false,
        storyline: None,
        translations: None,
        original: None,
        external_id: None,
        extra: serde_json::Map::new(),
    }
}
