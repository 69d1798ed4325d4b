//! The wiring: which crates there are, their tables, routes, workers and followers, put together once.

use base::hub::{Hub, Listing, ReaderDoor, Reading};
use base::jobs::Workers;
use base::pages::PageStore;
use base::web::door::Door;
use base::web::{LiveDoor, Reception, Route, Shield};
use base::{App, Clock, Config, Db, Error, Result};
use lexicon::{StoryId, Stream};
use people::People;
use search::Index;
use site::theme::Theme;
use std::sync::Arc;
use std::time::Duration;

/// The running program and what only `serve` needs of it.
pub struct House {
    pub app: App,
    pub theme: Theme,
    pub index: Index,
    pub people: Arc<People>,
    pub media: media::Store,
    pub rooms: rooms::Rooms,
    pub smtp: notify::Smtp,
    pub desk: desk::Desk,
}

/// The tables of all crates, in the order of their levels.
pub fn migrations() -> Vec<base::db::Migration> {
    let own = [
        people::MIGRATIONS,
        media::MIGRATIONS,
        notify::MIGRATIONS,
        stories::MIGRATIONS,
        fronts::MIGRATIONS,
        newsfeed::MIGRATIONS,
        rooms::MIGRATIONS,
    ];
    [base::migrations(), own.concat()].concat()
}

/// Every statement of the program, for the test that prepares each on both engines.
#[cfg(test)]
pub fn statements() -> Vec<base::db::Sql> {
    [
        base::statements(),
        crate::health::STATEMENTS.to_vec(),
        crate::commands::statements(),
        people::statements(),
        media::statements(),
        notify::statements(),
        stories::statements(),
        fronts::statements(),
        newsfeed::statements(),
        rooms::statements(),
    ]
    .concat()
}

/// What each crate keeps of people: given out and taken away together.
pub const PARTS: &[people::Part] = match cfg!(feature = "planted-unlisted-part") {
    true => &[
        stories::erase::PART,
        people::erase::PART,
        rooms::erase::PART,
        RECORD,
    ],
    false => &[
        stories::erase::PART,
        people::erase::PART,
        notify::PART,
        rooms::erase::PART,
        RECORD,
    ],
};

/// Who brought in which picture is the newsroom's own record: the bare id stays, and leads to nobody once the account is gone.
const RECORD: people::Part = people::Part {
    name: "record",
    personal: &[],
    kept: &["media_asset.by_person"],
    erase: |_, _| Ok(()),
    export: |_, _| Ok(serde_json::Value::Null),
};

/// Opens the database of this configuration and brings its tables up to date. Whom a restored backup brought back though
/// they were erased is gone again before anybody can ask.
pub fn open(config: &Config, clock: &Clock) -> Result<Db> {
    make_folder(&config.data())?;
    let db = Db::open(&config.database()?, clock.clone(), &migrations())?;
    // The first start begins the first epoch.
    if db
        .public()
        .read_blocking(|read| base::journal::epoch(read))?
        .is_none()
    {
        db.write_blocking(|tx| base::journal::renew_epoch(tx).map(|_| ()))?;
    }
    db.write_blocking(people::Profile::complete)?;
    let again = people::erase::stay_erased(&db, &config.data(), PARTS)?;
    if again > 0 {
        tracing::info!(target: "people", people = again, "who had been erased was erased again");
    }
    Ok(db)
}

/// Drafts and keys will be in it: a new data folder is closed to everybody else on the machine.
fn make_folder(data: &std::path::Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = std::fs::DirBuilder::new();
    Ok(builder.recursive(true).mode(0o700).create(data)?)
}

impl House {
    /// Puts the program together. Needs a runtime.
    pub fn build(config: Config, clock: Clock, db: Db) -> Result<Self> {
        let shared = matches!(config.database()?, base::db::Place::Postgres(_));
        let pages = PageStore::new(config.pages_bytes(), clock.clone(), Shield::of(&config.origin()));
        let limits = base::hub::Limits {
            poll: shared.then(|| Duration::from_secs(1)),
            ..base::hub::Limits::default()
        };
        let ledger = Arc::new(db.public().clone());
        let hub = Hub::new(ledger, Arc::new(Streams(db.clone())), limits, clock.clone())?;
        let bell = desk::Bell::default();
        observe(&db, &hub, &pages, &bell);
        let theme = Theme::load(&config.data(), config.theme())?;
        let index = Index::open(&config.data().join("search"))?;
        let app = App {
            db,
            clock,
            config: Arc::new(config),
            hub,
            pages,
        };
        let people = People::new(&app)
            .with_post(Arc::new(notify::Outbox))
            .with_parts(PARTS);
        let smtp = notify::Smtp::of(&app.config)?;
        let media = media::Store::open(&app.config)?;
        let rooms = rooms::Rooms::new(&app);
        let desk = desk::Desk::new(&app, bell)?;
        Ok(Self {
            app,
            theme,
            index,
            people: Arc::new(people),
            media,
            rooms,
            smtp,
            desk,
        })
    }

    pub fn site(&self) -> site::House {
        site::House {
            app: self.app.clone(),
            theme: self.theme.clone(),
            index: self.index.clone(),
        }
    }

    /// Every route of the program.
    pub fn routes(&self) -> Vec<Route> {
        let (app, site) = (&self.app, self.site());
        [
            crate::health::routes(app),
            people::routes(&self.people, Arc::new(site.clone())),
            media::routes(app, &self.media),
            notify::routes(app, Arc::new(site.clone())),
            stories::routes(app),
            fronts::routes(app),
            newsfeed::routes(app),
            rooms::routes(&self.rooms),
            search::routes(app, &self.index),
            site::routes(&site),
            desk::routes(&self.desk),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The front door with everything behind it.
    pub fn door(&self) -> Result<Door> {
        let (app, site) = (&self.app, self.site());
        let origin = app.config.origin();
        let live: Arc<dyn LiveDoor> = Arc::new(ReaderDoor::new(app.hub.clone(), self.people.clone()));
        let routes = self
            .routes()
            .into_iter()
            .chain([base::web::live::route(live.clone())]);
        let table = crate::health::documented(routes.collect())?;
        let mut reception = Reception::new(app.pages.clone(), app.clock.clone(), origin.clone());
        reception.identify = self.people.clone();
        reception.rate_limits = app.config.limits();
        reception.error_page = Some(site.error_page());
        reception.moved = Some(site.moved());
        reception.entrance = Some(desk::entrance);
        reception.idempotency = Some(Arc::new(app.db.clone()));
        let mut door = Door::new(
            table.router(&reception),
            app.pages.clone(),
            app.clock.clone(),
            origin,
        );
        door.live = Some(live);
        Ok(door)
    }

    pub fn workers(&self) -> Workers {
        let workers = stories::workers(&self.app, Workers::default());
        let workers = rooms::workers(&self.app, workers);
        let workers = media::workers(&self.app, &self.media, workers);
        notify::workers(&self.app, &self.smtp, Arc::new(self.site()), workers)
    }
}

/// Pages first, then readers: who hears of a record finds it on every page.
fn observe(db: &Db, hub: &Arc<Hub>, pages: &Arc<PageStore>, bell: &desk::Bell) {
    let (hub, pages, bell) = (hub.clone(), pages.clone(), bell.clone());
    db.observe(Box::new(move |records| {
        for record in records.iter().filter(|record| record.stream == Stream::Public) {
            if let Some(event) = &record.event {
                pages.drop_tags(&site::tags::touched(event), record.seq);
            }
        }
        people::heard(&hub, records);
        hub.commit(records);
        bell.heard(records);
    }));
}

/// Which streams readers may subscribe to: those of editions and of published live coverage.
struct Streams(Db);

impl Listing for Streams {
    fn exists(&self, stream: &Stream) -> Reading<'_, bool> {
        let stream = stream.clone();
        Box::pin(self.0.public().read(move |read| {
            let found = match &stream {
                Stream::Edition(code) => stories::Edition::by_code(read, code).map(|_| ()),
                Stream::Live(story) | Stream::Room(story) => public(read, story),
                Stream::Public | Stream::Desk => return Ok(false),
            };
            match found {
                Ok(()) => Ok(true),
                Err(Error::NotFound { .. } | Error::Gone { .. }) => Ok(false),
                Err(error) => Err(error),
            }
        }))
    }
}

fn public(read: &mut base::Read, story: &StoryId) -> Result<()> {
    stories::PublicStory::by_id(read, story).map(|_| ())
}

#[cfg(test)]
mod tests {
    use base::db::scratch::{Scratch, prepare_all};
    use std::collections::BTreeSet;

    /// Whether a column of this name holds a person, by the words that we use for people.
    fn names_a_person(column: &str) -> bool {
        const WORDS: [&str; 14] = [
            "person",
            "ignored",
            "author",
            "writer",
            "sender",
            "member",
            "reader",
            "moderator",
            "reporter",
            "assignee",
            "owner",
            "editor",
            "by",
            "who",
        ];
        column.split('_').any(|word| WORDS.contains(&word))
            && !["superseded_by", "shown_by"].contains(&column)
    }

    /// P1: a table that tells of people and is in no part would be neither given out nor erased.
    #[test]
    fn every_table_that_holds_a_person_is_listed_as_personal() {
        let listed: BTreeSet<&str> = super::PARTS
            .iter()
            .flat_map(|part| part.personal.iter().chain(part.kept))
            .copied()
            .collect();
        let mut found = 0;
        for step in super::migrations() {
            for table in step.sql.split("CREATE TABLE ").skip(1) {
                let (name, rest) = table.split_once('(').unwrap();
                let name = name.trim();
                for column in rest.split(") {").next().unwrap().split(',') {
                    let column = column.split_whitespace().next().unwrap_or_default();
                    if !names_a_person(column) {
                        continue;
                    }
                    found += 1;
                    let full = format!("{name}.{column}");
                    assert!(
                        listed.contains(full.as_str()),
                        "{full} is in no people::Part (house.rs: PARTS)"
                    );
                }
            }
        }
        assert!(found >= 18, "{found} columns");
    }

    #[test]
    fn every_statement_is_understood_by_both_engines() {
        let statements = super::statements();
        assert!(statements.len() > 80, "{} statements", statements.len());
        for scratch in Scratch::on_each_engine(&[&super::migrations()]) {
            prepare_all(&scratch, &statements);
        }
    }
}
