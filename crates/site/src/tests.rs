use crate::House;
use crate::feeds::{self, Format};
use crate::lists::{self, Of};
use crate::story_page::{self, Shape};
use crate::theme::Theme;
use crate::{front, machine, newsfeed_page, records, sitemaps};
use base::db::scratch::Scratch;
use base::hub::{Hub, Limits, Listing, Reading};
use base::pages::{Page, PageStore};
use base::web::Shield;
use base::{App, Config, Result, Tx};
use lexicon::{At, EditionCode, Level, Slug, StoryId, StoryKind, Stream};
use search::Index;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use stories::{Author, Draft, Edition, Heading, Story, Timing, Why};

mod machines;
mod rooms;
mod shapes;
mod stale;

/// A newsroom with its site, on one database.
struct Room {
    scratch: Scratch,
    house: House,
    _folder: tempfile::TempDir,
}

struct NoStreams;

impl Listing for NoStreams {
    fn exists(&self, _: &Stream) -> Reading<'_, bool> {
        Box::pin(async { Ok(true) })
    }
}

/// English, Arabic, and Finnish, which has no interface texts of its own.
const EDITIONS: [(&str, &str); 3] = [
    ("en", "The Lorne Ledger"),
    ("ar", "سجل لورن"),
    ("fi", "Lornen Lehti"),
];

fn migrations() -> Vec<base::db::Migration> {
    [
        &base::migrations()[..],
        media::MIGRATIONS,
        stories::MIGRATIONS,
        fronts::MIGRATIONS,
        newsfeed::MIGRATIONS,
        ::rooms::MIGRATIONS,
    ]
    .concat()
}

/// Runs a test in a room on each engine, with the theme that refuses to print what nobody gave it.
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

impl Room {
    fn of(scratch: Scratch) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let flags = [
            ("data", folder.path().display().to_string()),
            ("origin", "https://ledger.example".to_owned()),
        ];
        let flags = flags.map(|(key, value)| (key.to_owned(), value)).into();
        let config = Config::resolve(&flags, &BTreeMap::new()).unwrap();
        let (db, clock) = (scratch.db().clone(), scratch.clock.clone());
        db.write_blocking(|tx| {
            base::journal::renew_epoch(tx)?;
            EDITIONS
                .iter()
                .try_for_each(|(code, name)| furnish(tx, code, name))
        })
        .unwrap();
        let ledger = Arc::new(db.public().clone());
        let hub = Hub::new(ledger, Arc::new(NoStreams), Limits::default(), clock.clone()).unwrap();
        let told = hub.clone();
        db.observe(Box::new(move |records| told.commit(records)));
        let pages = PageStore::new(1 << 20, clock.clone(), Shield::of(&config.origin()));
        let config = Arc::new(config);
        let app = App {
            db,
            clock,
            config,
            hub,
            pages,
        };
        let (theme, index) = (
            Theme::strict().unwrap(),
            Index::open(&folder.path().join("search")).unwrap(),
        );
        Self {
            scratch,
            house: House { app, theme, index },
            _folder: folder,
        }
    }

    async fn act<T: Send + 'static>(
        &self,
        act: impl FnMut(&mut Tx) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.house.app.db.write(act).await
    }

    async fn publish(&self, draft: Draft) -> StoryId {
        self.scratch.clock.advance(At::MINUTE);
        let published = self.act(move |tx| {
            let story = Story::make(tx, draft.clone(), None, Why::Made)?;
            stories::publish(tx, &story.id, &Timing::default()).map(|_| story.id)
        });
        published.await.unwrap()
    }

    async fn path(&self, id: &StoryId) -> String {
        let id = id.clone();
        let read = move |read: &mut base::Read| stories::PublicStory::path_of(read, &id);
        self.house.app.db.public().read(read).await.unwrap().unwrap()
    }

    async fn text(&self, target: &Target) -> String {
        let page = target
            .render(self)
            .await
            .unwrap_or_else(|error| panic!("{target:?}: {error:?}"));
        String::from_utf8(page.body.to_vec()).unwrap()
    }

    async fn story(&self, id: &StoryId) -> String {
        self.text(&Target::Story(id.clone(), Shape::Page)).await
    }
}

/// A page of the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Front(&'static str, bool),
    Newsfeed(&'static str, usize, bool),
    Corrections(&'static str, usize),
    List(&'static str, &'static str, &'static str, bool),
    Indexes(&'static str, &'static str),
    Feed(&'static str, &'static str, usize),
    SectionFeed(&'static str, &'static str),
    Sitemap,
    News,
    Part(&'static str, String),
    Manifest(&'static str),
    Standing(&'static str),
    Story(StoryId, Shape),
    Versions(StoryId),
}

impl Target {
    async fn render(&self, room: &Room) -> Result<Page> {
        let house = &room.house;
        match self.clone() {
            Self::Front(edition, lite) => front::front(house, edition.into(), lite).await,
            Self::Newsfeed(edition, page, lite) => {
                newsfeed_page::newsfeed(house, edition.into(), page, lite).await
            }
            Self::Corrections(edition, page) => records::corrections(house, edition.into(), page).await,
            Self::List(edition, of, slug, lite) => {
                lists::list(house, edition.into(), kind(of), slug.into(), 1, lite).await
            }
            Self::Indexes(edition, of) => lists::index(house, edition.into(), kind(of)).await,
            Self::Feed(edition, file, page) => {
                feeds::feed(house, edition.into(), None, Format::of_file(file)?, page).await
            }
            Self::SectionFeed(edition, slug) => {
                feeds::feed(
                    house,
                    edition.into(),
                    Some((Of::Section, slug.into())),
                    Format::Atom,
                    1,
                )
                .await
            }
            Self::Sitemap => sitemaps::index(house).await,
            Self::News => sitemaps::news(house).await,
            Self::Part(edition, file) => sitemaps::part(house, edition.into(), file).await,
            Self::Manifest(edition) => machine::manifest(house, edition.into()).await,
            Self::Standing(edition) => machine::standing(house, edition.into(), "about".into()).await,
            Self::Story(id, shape) => {
                let path = room.path(&id).await;
                let asked = match shape {
                    Shape::Page => path.clone(),
                    Shape::Lite => format!("/lite{path}"),
                    Shape::Fragment => format!("{path}/article"),
                };
                let (edition, last) = parts(&path);
                story_page::story(house, asked, edition, &last, shape).await
            }
            Self::Versions(id) => {
                let path = room.path(&id).await;
                records::versions(house, format!("{path}/versions"), &parts(&path).1).await
            }
        }
    }
}

fn kind(of: &str) -> Of {
    match of {
        "section" => Of::Section,
        "topic" => Of::Topic,
        _ => Of::Author,
    }
}

/// The edition and the last part of a story's path.
fn parts(path: &str) -> (String, String) {
    let mut parts = path.split('/').skip(1);
    let edition = parts.next().unwrap().to_owned();
    (edition, parts.last().unwrap().to_owned())
}

fn furnish(tx: &mut Tx, code: &str, name: &str) -> Result<()> {
    let edition = Edition {
        code: EditionCode::parse(code)?,
        name: name.to_owned(),
        tagline: String::new(),
        language: code.to_owned(),
        dir: stories::edition::direction(code).to_owned(),
        timezone: "Europe/Moscow".to_owned(),
    };
    edition.add(tx)?;
    for slug in ["world", "sport", "opinion"] {
        heading(slug).add_section(tx, &edition.code)?;
    }
    let (slug, name) = (Slug::parse("ann-ellin")?, "Ann Ellin".to_owned());
    let (title, bio) = ("Correspondent".to_owned(), "Writes about rivers.".to_owned());
    Author {
        slug,
        name,
        title,
        bio,
    }
    .add(tx, &edition.code)?;
    let body = markup::from_html("<h2>Who we are</h2><p>A newspaper.</p>")
        .0
        .to_json();
    let (slug, title) = (Slug::parse("about")?, "About".to_owned());
    stories::Page { slug, title, body }.put(tx, &edition.code)
}

fn heading(slug: &str) -> Heading {
    Heading {
        slug: Slug::parse(slug).unwrap(),
        name: slug.to_uppercase(),
        description: String::new(),
    }
}

fn draft(edition: &str, headline: &str) -> Draft {
    Draft {
        edition: EditionCode::parse(edition).unwrap(),
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
        language: edition.to_owned(),
        body: markup::from_html("<p>It happened.</p>").0,
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

#[test]
fn no_statement_is_without_its_crate() {
    // This crate reads many tables and owns none: its pages are built from what other crates ask.
    let sources = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap();
    let texts = sources
        .flatten()
        .filter_map(|file| std::fs::read_to_string(file.path()).ok());
    let with_sql = texts.filter(|text| text.contains("sql!")).count();
    assert_eq!(with_sql, 1, "only this line says sql!");
}
