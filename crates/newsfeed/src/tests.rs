use crate::flash::Flash;
use crate::item::{Item, What};
use base::Db;
use base::db::scratch::Scratch;
use lexicon::{At, CorrectionKind, EditionCode, Level, Slug, StoryId, StoryKind, Stream};
use stories::ingest::{Arrival, take_in};
use stories::public::newest;
use stories::{Correction, Draft, Edition, Heading, Story, Timing, Why};

struct Room(Scratch);

impl Room {
    fn each() -> Vec<Self> {
        let migrations = [
            &base::migrations()[..],
            media::MIGRATIONS,
            stories::MIGRATIONS,
            crate::MIGRATIONS,
        ];
        Scratch::on_each_engine(&migrations)
            .into_iter()
            .map(Self::of)
            .collect()
    }

    fn of(scratch: Scratch) -> Self {
        scratch
            .db()
            .write_blocking(|tx| ["en", "ru"].iter().try_for_each(|code| furnish(tx, code)))
            .unwrap();
        Self(scratch)
    }

    fn db(&self) -> &Db {
        self.0.db()
    }

    fn publish(&self, headline: &str) -> StoryId {
        self.0.clock.advance(At::SECOND);
        let draft = draft(&english(), headline);
        let published = self.db().write_blocking(move |tx| {
            let story = Story::make(tx, draft.clone(), None, Why::Made)?;
            stories::publish(tx, &story.id, &Timing::default()).map(|_| story.id)
        });
        published.unwrap()
    }

    fn flash(&self, headline: &'static str, story: Option<StoryId>) -> Flash {
        self.0.clock.advance(At::SECOND);
        self.db()
            .write_blocking(move |tx| Flash::send(tx, &english(), Level::Flash, headline, story.clone()))
            .unwrap()
    }

    fn kill(&self, id: &StoryId) {
        let id = id.clone();
        self.db()
            .write_blocking(move |tx| stories::kill(tx, &id, "It was not true."))
            .unwrap();
    }

    fn latest(&self, after: (At, String), limit: usize) -> Vec<Item> {
        self.db()
            .public()
            .read_blocking(move |read| Item::latest(read, &english(), after, limit))
            .unwrap()
    }

    fn all(&self) -> Vec<Item> {
        self.latest(newest(), 1_000)
    }

    fn head(&self) -> i64 {
        self.db()
            .public()
            .read_blocking(|read| base::journal::head(read, &Stream::Edition(english())))
            .unwrap()
    }
}

fn furnish(tx: &mut base::Tx, code: &str) -> base::Result<()> {
    let edition = Edition {
        code: EditionCode::parse(code)?,
        name: code.to_uppercase(),
        tagline: String::new(),
        language: code.to_owned(),
        dir: "ltr".to_owned(),
        timezone: "Europe/Moscow".to_owned(),
    };
    edition.add(tx)?;
    world().add_section(tx, &edition.code).map(|_| ())
}

fn world() -> Heading {
    Heading {
        slug: Slug::parse("world").unwrap(),
        name: "World".to_owned(),
        description: String::new(),
    }
}

fn english() -> EditionCode {
    EditionCode::parse("en").unwrap()
}

fn words(items: &[Item]) -> Vec<String> {
    let words = |item: &Item| match &item.what {
        What::Story(card) => card.facts.headline.clone(),
        What::Flash(flash, _) => format!("* {}", flash.headline),
    };
    items.iter().map(words).collect()
}

fn draft(edition: &EditionCode, headline: &str) -> Draft {
    Draft {
        edition: edition.clone(),
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
        language: edition.to_string(),
        body: markup::from_html("<p>x</p>").0,
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
fn every_statement_prepares_and_reads_no_growing_table_whole() {
    for room in Room::each() {
        base::db::scratch::prepare_all(&room.0, &crate::statements());
    }
    let migrations = [
        &base::migrations()[..],
        media::MIGRATIONS,
        stories::MIGRATIONS,
        crate::MIGRATIONS,
    ]
    .concat();
    let scans = base::db::scratch::full_scans(&Scratch::sqlite(&migrations), &crate::statements(), &[]);
    assert!(
        scans.iter().all(|scan| scan.contains("GROUP BY subject")),
        "{scans:#?}"
    );
    assert!(scans.iter().all(|scan| !scan.starts_with("SCAN")), "{scans:#?}");
}

#[test]
fn stories_and_flashes_stand_in_one_order_with_their_own_numbers() {
    for room in Room::each() {
        let first = room.publish("First");
        room.flash("Something happened", None);
        room.publish("Second");
        let corrected = first.clone();
        room.db()
            .write_blocking(move |tx| {
                let story = Story::by_id(tx, &corrected)?;
                let (kind, note) = (CorrectionKind::Correction, "It was wrong.".to_owned());
                stories::correct(
                    tx,
                    story,
                    draft(&english(), "First, corrected"),
                    Correction { kind, note, by: None },
                )
            })
            .unwrap();
        room.publish("Third");
        let items = room.all();
        assert_eq!(
            words(&items),
            ["Third", "Second", "* Something happened", "First, corrected"]
        );
        let numbers: Vec<_> = items.iter().map(|item| item.seq).collect();
        assert_eq!(
            numbers,
            [Some(5), Some(3), Some(2), Some(1)],
            "a correction takes number 4 and changes no item's"
        );
        assert_eq!(room.head(), 5);
        for seen in 0..=5 {
            let unseen = items
                .iter()
                .filter(|item| item.seq.is_some_and(|seq| seq > seen))
                .count();
            assert_eq!(unseen, [4, 3, 2, 1, 1, 0][usize::try_from(seen).unwrap()]);
        }
    }
}

#[test]
fn what_came_in_from_the_past_is_unseen_by_nobody() {
    for room in Room::each() {
        room.publish("News");
        let mut draft = draft(&english(), "Old news");
        draft.external_id = Some("a1".to_owned());
        let arrival = Arrival {
            draft,
            public: true,
            published_at: At::parse("2004-02-29"),
            changed_at: None,
            old_url: None,
            section: world(),
            topics: Vec::new(),
            authors: Vec::new(),
        };
        room.db()
            .write_each(vec![arrival.prepare().unwrap()], take_in)
            .unwrap();
        let items = room.all();
        assert_eq!(words(&items), ["News", "Old news"]);
        assert_eq!((items[0].seq, items[1].seq, room.head()), (Some(1), None, 1));
    }
}

#[test]
fn a_killed_story_is_in_no_list_and_neither_is_its_flash() {
    for room in Room::each() {
        let killed = room.publish("Killed");
        let stays = room.publish("Stays");
        room.flash("About the killed one", Some(killed.clone()));
        room.flash("About the one that stays", Some(stays.clone()));
        let items = room.all();
        assert_eq!(items.len(), 4, "the subjects exist");
        let read = |read: &mut base::Read| base::journal::after(read, &Stream::Edition(english()), 2, 10);
        let told = room.db().public().read_blocking(read).unwrap();
        assert!(
            told[0].data.contains("\"url\":\"/en/world/"),
            "an open page can link it at once: {}",
            told[0].data
        );
        let What::Flash(_, Some(card)) = &items[0].what else {
            panic!("{items:?}")
        };
        assert_eq!(card.id, stays, "a flash leads to its story");
        room.kill(&killed);
        assert_eq!(words(&room.all()), ["* About the one that stays", "Stays"]);
    }
}

#[test]
fn a_flash_taken_back_is_nowhere() {
    for room in Room::each() {
        let flash = room.flash("kwqzvb canary", None);
        let id = flash.id.clone();
        room.db()
            .write_blocking(move |tx| Flash::withdraw(tx, &id))
            .unwrap();
        assert!(room.all().is_empty());
        let records = room
            .db()
            .public()
            .read_blocking(|read| base::journal::after(read, &Stream::Edition(english()), 0, 10))
            .unwrap();
        assert_eq!(
            records
                .iter()
                .map(|record| record.kind.as_str())
                .collect::<Vec<_>>(),
            ["flash", "flash.withdrawn"]
        );
        assert!(
            records.iter().all(|record| !record.data.contains("canary")),
            "a replay does not send it again"
        );
        let again = room
            .db()
            .write_blocking(move |tx| Flash::withdraw(tx, &flash.id))
            .unwrap_err();
        assert_eq!(again.status(), 404);
    }
}

#[test]
fn bad_flashes_are_refused() {
    for room in Room::each() {
        let other = room
            .db()
            .write_blocking(|tx| {
                let russian = EditionCode::parse("ru")?;
                let story = Story::make(tx, draft(&russian, "Р"), None, Why::Made)?;
                stories::publish(tx, &story.id, &Timing::default()).map(|_| story.id)
            })
            .unwrap();
        let cases = [
            (" ".to_owned(), None, "newsfeed.headline"),
            ("x".repeat(301), None, "newsfeed.headline"),
            ("two\nlines".to_owned(), None, "newsfeed.headline"),
            (
                "Fine".to_owned(),
                Some(base::clock::story_id()),
                "stories.not_found",
            ),
            ("Fine".to_owned(), Some(other), "newsfeed.story"),
        ];
        for (headline, story, code) in cases {
            let send =
                move |tx: &mut base::Tx| Flash::send(tx, &english(), Level::Flash, &headline, story.clone());
            assert_eq!(room.db().write_blocking(send).unwrap_err().code(), code);
        }
        assert!(room.all().is_empty());
    }
}

#[test]
fn pages_counted_by_stories_lose_no_flash_and_no_story() {
    for room in Room::each() {
        for _ in 0..7 {
            room.publish("Story");
            room.flash("one", None);
            room.flash("two", None);
        }
        let all: Vec<String> = room.all().iter().map(|item| item.id().to_owned()).collect();
        let read = |read: &mut base::Read| {
            let mut paged = Vec::new();
            for page in 0..3 {
                let after = stories::Card::cursor_at(read, &english(), "", page * 3)?.unwrap();
                paged.extend(Item::page(read, &english(), after, 3)?);
            }
            Ok(paged)
        };
        let paged = room.db().public().read_blocking(read).unwrap();
        let paged: Vec<String> = paged.iter().map(|item| item.id().to_owned()).collect();
        assert_eq!((paged.len(), paged), (21, all));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
    #[test]
    fn a_reader_who_pages_while_items_come_in_sees_each_earlier_one_once(
        before in 0..12usize, deeds in proptest::collection::vec(0..4usize, 0..12), limit in 1..5usize,
    ) {
        let room = Room::of(Scratch::sqlite(&[&base::migrations()[..], media::MIGRATIONS, stories::MIGRATIONS, crate::MIGRATIONS].concat()));
        for number in 0..before {
            // Some at the same moment.
            if number % 3 == 0 { room.0.clock.advance(-At::SECOND); }
            if number % 2 == 0 { room.publish("Story"); } else { room.flash("Flash", None); }
        }
        let expect: Vec<String> = room.all().iter().map(|item| item.id().to_owned()).collect();
        let (mut seen, mut after, mut deeds) = (Vec::new(), newest(), deeds.into_iter());
        room.0.clock.advance(At::HOUR);
        loop {
            let page = room.latest(after, limit);
            seen.extend(page.iter().map(|item| item.id().to_owned()));
            if page.len() < limit { break; }
            let last = page.last().unwrap();
            after = (last.at, last.id().to_owned());
            match deeds.next() {
                Some(0) => { room.publish("Meanwhile"); }
                Some(1) => { room.flash("Meanwhile", None); }
                _ => {}
            }
        }
        proptest::prop_assert_eq!(seen, expect);
    }
}
