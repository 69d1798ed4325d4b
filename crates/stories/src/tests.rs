mod desk;
mod work;

use super::*;
use crate::ingest::{Arrival, Outcome, take_in};
use crate::public::newest;
use base::db::scratch::{MORNING, Scratch};
use base::db::{Dialect, Query, Row, Sql, Tx, Value};
use base::{Db, Result, journal};
use lexicon::{
    At, CorrectionKind, EditionCode, Level, Slug, SourceKind, StoryId, StoryKind, StoryState, Stream,
};
use markup::Document;
use std::collections::BTreeMap;

/// Does something bad to a draft.
/// Stands in texts that must not be seen.
const CANARY: &str = "kwqzvbtrn7canary";

fn each() -> Vec<Scratch> {
    let scratches = Scratch::on_each_engine(&[&base::migrations(), media::MIGRATIONS, MIGRATIONS]);
    for scratch in &scratches {
        scratch.db().write_blocking(furnish).unwrap();
    }
    scratches
}

fn furnish(tx: &mut Tx) -> Result<()> {
    for (code, language) in [("en", "en"), ("ru", "ru")] {
        let edition = Edition {
            code: EditionCode::parse(code)?,
            name: code.to_uppercase(),
            tagline: String::new(),
            language: language.to_owned(),
            dir: "ltr".to_owned(),
            timezone: "Europe/Moscow".to_owned(),
        };
        edition.add(tx)?;
        heading("world", "World").add_section(tx, &edition.code)?;
    }
    Ok(())
}

fn heading(slug: &str, name: &str) -> Heading {
    Heading {
        slug: Slug::parse(slug).unwrap(),
        name: name.to_owned(),
        description: String::new(),
    }
}

fn english() -> EditionCode {
    EditionCode::parse("en").unwrap()
}

fn draft(headline: &str, html: &str) -> Draft {
    Draft {
        edition: english(),
        section: Slug::parse("world").unwrap(),
        kind: StoryKind::News,
        headline: headline.to_owned(),
        kicker: String::new(),
        standfirst: String::new(),
        slugline: String::new(),
        dateline: String::new(),
        byline: "By our correspondent".to_owned(),
        authors: Vec::new(),
        agency: String::new(),
        topics: vec![Slug::parse("rivers").unwrap()],
        language: "en".to_owned(),
        body: markup::from_html(html).0,
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

fn make(db: &Db, draft: Draft) -> StoryId {
    db.write_blocking(move |tx| Ok(Story::make(tx, draft.clone(), None, Why::Made)?.id))
        .unwrap()
}

fn publish_now(db: &Db, id: &StoryId) -> Published {
    let id = id.clone();
    db.write_blocking(move |tx| publish(tx, &id, &Timing::default()))
        .unwrap()
}

fn at(moment: At) -> Timing {
    Timing {
        publish_at: None,
        embargo_until: Some(moment.rfc3339()),
    }
}

/// Every row of every table that the public connection can read.
fn public_side(db: &Db) -> BTreeMap<String, Vec<Vec<Value>>> {
    let names = match db.dialect() {
        Dialect::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'public_%' ORDER BY name"
        }
        Dialect::Postgres => {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()
             AND table_name LIKE 'public_%' ORDER BY table_name"
        }
    };
    let names: Vec<String> = db
        .read_blocking(move |read| {
            read.query(Sql::new(names), &[])?
                .into_iter()
                .map(Row::only)
                .collect()
        })
        .unwrap();
    assert!(names.len() > 10, "the subject exists: {names:?}");
    let rows = |name: &String| {
        let text: &'static str = format!("SELECT * FROM {name} ORDER BY 1, 2").leak();
        let read = move |read: &mut base::Read| {
            Ok(read
                .query(Sql::new(text), &[])?
                .into_iter()
                .map(values_of)
                .collect())
        };
        (name.clone(), db.public().read_blocking(read).unwrap())
    };
    names.iter().map(rows).collect()
}

fn values_of(row: Row) -> Vec<Value> {
    row.into_values()
}

fn public_has(db: &Db, words: &str) -> bool {
    let holds = |value: &Value| matches!(value, Value::Text(text) if text.contains(words));
    public_side(db).values().flatten().flatten().any(holds)
}

#[test]
fn every_statement_prepares_on_both_engines() {
    for scratch in each() {
        base::db::scratch::prepare_all(&scratch, &statements());
    }
}

#[test]
fn a_published_story_is_listed_and_its_readers_are_told() {
    for scratch in each() {
        let db = scratch.db();
        let id = make(db, draft("River rises", "<p>The river rose.</p>"));
        assert!(!public_has(db, "River rises"), "a draft is not public");
        let Published::Published { path, version } = publish_now(db, &id) else {
            panic!("not published")
        };
        assert_eq!(
            (path, version),
            (format!("/en/world/2026/11/24/river-rises-{id}"), 1)
        );
        for place in ["", "section/world", "topic/rivers"] {
            let listed = db
                .public()
                .read_blocking(move |read| Card::listed(read, &english(), place, newest(), 10))
                .unwrap();
            assert_eq!(listed.len(), 1, "{place}");
        }
        let stream = Stream::Edition(english());
        let told = db
            .public()
            .read_blocking(move |read| journal::after(read, &stream, 0, 10))
            .unwrap();
        assert_eq!((told.len(), told[0].kind.as_str()), (1, "story.published"));
        assert!(told[0].data.contains("River rises"));
    }
}

#[test]
fn of_two_writers_the_second_is_told() {
    for scratch in each() {
        let db = scratch.db();
        let id = make(db, draft("First", "<p>One.</p>"));
        let save = |headline: &'static str| {
            let id = id.clone();
            db.write_blocking(move |tx| {
                Story::by_id(tx, &id)?.save(tx, draft(headline, "<p>Two.</p>"), 1, None, Why::Saved)
            })
        };
        assert_eq!(save("Second").unwrap().version, 2);
        let refused = save("Third").unwrap_err();
        assert_eq!((refused.status(), refused.code()), (412, "stories.precondition"));
        let kept = db.read_blocking(move |read| Story::by_id(read, &id)).unwrap();
        assert_eq!((kept.draft.headline.as_str(), kept.version), ("Second", 2));
    }
}

#[test]
fn what_is_embargoed_leaves_the_public_tables_as_they_were() {
    for scratch in each() {
        let db = scratch.db();
        let before = public_side(db);
        let mut secret = draft(CANARY, &format!("<p>{CANARY}</p>"));
        secret.topics = vec![Slug::parse(CANARY).unwrap()];
        let id = make(db, secret);
        let embargo = at(MORNING.plus(At::HOUR));
        let timed = id.clone();
        let published = db
            .write_blocking(move |tx| publish(tx, &timed, &embargo))
            .unwrap();
        assert!(matches!(published, Published::Scheduled { .. }));
        assert_eq!(
            public_side(db),
            before,
            "two worlds, one of them with an embargoed story, are the same from outside"
        );
    }
}

#[test]
fn a_scheduled_story_is_released_at_its_moment_and_once() {
    for scratch in each() {
        let (db, clock) = (scratch.db(), &scratch.clock);
        let id = make(db, draft("At ten", "<p>It is ten.</p>"));
        let (timed, ten) = (id.clone(), at(MORNING.plus(2 * At::HOUR)));
        db.write_blocking(move |tx| publish(tx, &timed, &ten)).unwrap();
        let due = || {
            let id = id.clone();
            db.write_blocking(move |tx| publication::release_due(tx, &id))
                .unwrap()
        };
        assert!(!due(), "two hours early");
        clock.advance(2 * At::HOUR - 1);
        assert!(!due(), "a microsecond early");
        clock.advance(1);
        assert!(due());
        assert!(!due(), "once");
        assert!(public_has(db, "At ten"));
    }
}

#[test]
fn a_hold_takes_a_story_off_the_schedule() {
    for scratch in each() {
        let db = scratch.db();
        let id = make(db, draft(CANARY, "<p>x</p>"));
        let (timed, soon) = (id.clone(), at(MORNING.plus(At::MINUTE)));
        db.write_blocking(move |tx| publish(tx, &timed, &soon)).unwrap();
        let held = id.clone();
        db.write_blocking(move |tx| Story::by_id(tx, &held)?.hold(tx))
            .unwrap();
        scratch.clock.advance(At::HOUR);
        let released = id.clone();
        assert!(
            !db.write_blocking(move |tx| publication::release_due(tx, &released))
                .unwrap()
        );
        let waiting = db.read_blocking(|read| base::jobs::waiting(read)).unwrap();
        assert!(waiting.is_empty() && !public_has(db, CANARY), "{waiting:?}");
    }
}

#[test]
fn a_correction_keeps_exactly_what_it_said_before_and_after() {
    for scratch in each() {
        let db = scratch.db();
        let id = make(
            db,
            draft("Flood", "<p>It began.</p><p>The order covers 14,100 people.</p>"),
        );
        publish_now(db, &id);
        let corrected = id.clone();
        db.write_blocking(move |tx| {
            let story = Story::by_id(tx, &corrected)?;
            let new = draft("Flood", "<p>It began.</p><p>The order covers 11,400 people.</p>");
            let correction = Correction {
                kind: CorrectionKind::Correction,
                note: "The number was wrong.".into(),
                by: None,
            };
            correct(tx, story, new, correction)
        })
        .unwrap();
        let story = id.clone();
        let (corrections, past, now) = db
            .public()
            .read_blocking(move |read| {
                let corrections = PublicCorrection::of_story(read, &story)?;
                Ok((
                    corrections,
                    PastVersion::of_story(read, &story)?,
                    PublicStory::by_id(read, &story)?,
                ))
            })
            .unwrap();
        assert!(
            corrections[0].before.contains("14,100") && corrections[0].after.contains("11,400"),
            "{corrections:?}"
        );
        assert_eq!(
            (corrections[0].version, past[0].number, now.card.version),
            (2, 1, 2)
        );
        assert!(past[0].body.plain().contains("14,100") && now.body.plain().contains("11,400"));
        let stream = Stream::Edition(english());
        let told = db
            .public()
            .read_blocking(move |read| journal::after(read, &stream, 0, 10))
            .unwrap();
        assert_eq!(
            told.iter().map(|record| record.kind.as_str()).collect::<Vec<_>>(),
            ["story.published", "story.corrected"]
        );
    }
}

#[test]
fn a_kill_takes_the_text_out_of_every_public_table() {
    for scratch in each() {
        let db = scratch.db();
        let id = make(db, draft(CANARY, &format!("<p>{CANARY} one</p>")));
        publish_now(db, &id);
        let updated = id.clone();
        db.write_blocking(move |tx| {
            let story = Story::by_id(tx, &updated)?;
            let correction = Correction {
                kind: CorrectionKind::Update,
                note: format!("{CANARY} note"),
                by: None,
            };
            correct(
                tx,
                story,
                draft(CANARY, &format!("<p>{CANARY} two</p>")),
                correction,
            )
        })
        .unwrap();
        assert!(public_has(db, CANARY), "the subject exists");
        let killed = id.clone();
        db.write_blocking(move |tx| kill(tx, &killed, "It was not true."))
            .unwrap();
        // The address stays, so that it can say why it is empty; it was public and holds the headline's words.
        let mut side = public_side(db);
        for row in side.get_mut("public_story").unwrap() {
            row.retain(|value| !matches!(value, Value::Text(text) if text.starts_with("/en/")));
        }
        for row in side.get_mut("public_record").unwrap() {
            for value in row {
                if let Value::Text(text) = value {
                    *text = text.replace(&format!("{CANARY}-{id}"), "address");
                }
            }
        }
        let left: Vec<_> = side
            .iter()
            .filter(|(_, rows)| format!("{rows:?}").contains(CANARY))
            .map(|(name, _)| name)
            .collect();
        assert!(left.is_empty(), "{left:?}");
        let gone = db
            .public()
            .read_blocking(move |read| PublicStory::by_id(read, &id))
            .unwrap_err();
        assert_eq!(
            (gone.status(), gone.to_string().as_str()),
            (410, "It was not true.")
        );
    }
}

#[test]
fn a_confidential_name_is_in_no_public_table() {
    for scratch in each() {
        let db = scratch.db();
        let mut with_source = draft("Sources", "<p>Somebody said.</p>");
        with_source.sources = vec![Source {
            name: CANARY.to_owned(),
            kind: SourceKind::Anonymous,
            confidential: true,
            chain: format!("met {CANARY} at home"),
            text: "That it rained.".to_owned(),
        }];
        let id = make(db, with_source);
        publish_now(db, &id);
        assert!(public_has(db, "That it rained."), "the subject exists");
        assert!(!public_has(db, CANARY));
    }
}

#[test]
fn a_translation_names_its_relatives_so_that_their_pages_follow() {
    for scratch in each() {
        let db = scratch.db();
        let group = |mut draft: Draft| {
            draft.translations = Some("g1".to_owned());
            draft
        };
        let first = make(db, group(draft("One", "<p>a</p>")));
        publish_now(db, &first);
        let mut second = group(draft("Один", "<p>а</p>"));
        (second.edition, second.language) = (EditionCode::parse("ru").unwrap(), "ru".to_owned());
        let second = make(db, second);
        publish_now(db, &second);
        let records = db
            .public()
            .read_blocking(|read| journal::after(read, &Stream::Public, 0, 100))
            .unwrap();
        let Some(lexicon::Event::StoryPublished(touch)) = &records.last().unwrap().event else {
            panic!("{records:?}")
        };
        assert_eq!(
            (touch.story.clone(), touch.relatives.clone()),
            (second, vec![first])
        );
    }
}

fn arrival(id: &str, date: &str) -> Arrival {
    let mut draft = draft("Old news", "<p>It happened.</p>");
    draft.external_id = Some(id.to_owned());
    draft.section = Slug::parse("archive").unwrap();
    Arrival {
        draft,
        public: true,
        published_at: At::parse(date),
        changed_at: None,
        old_url: Some(format!("https://old.example/{id}")),
        section: heading("archive", "Archive"),
        topics: vec![heading("rivers", "Rivers")],
        authors: Vec::new(),
    }
}

fn ready(arrival: Arrival) -> ingest::Prepared {
    arrival.prepare().unwrap()
}

#[test]
fn an_arrival_is_taken_in_once_with_its_date_and_its_old_address() {
    for scratch in each() {
        let db = scratch.db();
        let taken = db
            .write_each(
                vec![
                    ready(arrival("a1", "2004-02-29")),
                    ready(arrival("a1", "2004-02-29")),
                ],
                take_in,
            )
            .unwrap();
        let outcomes: Vec<Outcome> = taken.into_iter().map(Result::unwrap).collect();
        assert_eq!(outcomes, [Outcome::Made { redirected: true }, Outcome::Unchanged]);
        let target = db
            .public()
            .read_blocking(|read| redirect::find(read, "/a1"))
            .unwrap()
            .unwrap();
        assert!(target.starts_with("/en/archive/2004/02/29/old-news-"), "{target}");
        let told = db
            .public()
            .read_blocking(|read| journal::head(read, &Stream::Edition(english())))
            .unwrap();
        assert_eq!(told, 0, "the past is no news");
        let future = db
            .write_each(vec![ready(arrival("a2", "2031-01-01"))], take_in)
            .unwrap();
        assert_eq!(future[0].as_ref().unwrap_err().code(), "stories.future");
    }
}

/// Takes in one arrival; its code when it is refused.
fn taken(scratch: &Scratch, arrival: Arrival) -> Result<Outcome, &'static str> {
    let mut answers = scratch.db().write_each(vec![ready(arrival)], take_in).unwrap();
    answers.remove(0).map_err(|error| error.code())
}

#[test]
fn what_changed_there_is_changed_here_unless_somebody_changed_it_here() {
    for scratch in each() {
        let first = arrival("c1", "2004-02-29");
        let made = taken(&scratch, first.clone());
        assert_eq!(made, Ok(Outcome::Made { redirected: true }));
        let mut second = first.clone();
        second.draft.headline = "Old news, told better".to_owned();
        let changed = taken(&scratch, second.clone());
        assert_eq!(changed, Ok(Outcome::Changed { redirected: false }));
        assert_eq!(taken(&scratch, second.clone()), Ok(Outcome::Unchanged));
        let db = scratch.db();
        let id = db
            .read_blocking(|read| Story::by_external(read, &english(), "c1"))
            .unwrap()
            .unwrap();
        let own = id.clone();
        let shown = db
            .public()
            .read_blocking(move |read| PublicStory::by_id(read, &own))
            .unwrap();
        assert_eq!(shown.card.facts.headline, "Old news, told better");
        let path = &shown.card.path;
        assert!(
            path.starts_with("/en/archive/2004/02/29/"),
            "the address stays: {path}"
        );
        db.write_blocking(move |tx| {
            let story = Story::by_id(tx, &id)?;
            let (mut draft, version) = (story.draft.clone(), story.version);
            draft.headline = "The desk's own words".to_owned();
            story.save(tx, draft, version, None, Why::Saved)
        })
        .unwrap();
        assert_eq!(
            taken(&scratch, second),
            Ok(Outcome::Unchanged),
            "nothing new there"
        );
        assert_eq!(taken(&scratch, first), Err("stories.edited_here"));
    }
}

#[test]
fn a_draft_that_was_published_there_is_published_here() {
    for scratch in each() {
        let mut draft = arrival("d1", "2004-02-29");
        draft.public = false;
        let made = taken(&scratch, draft.clone());
        assert_eq!(made, Ok(Outcome::Made { redirected: false }));
        draft.public = true;
        let shown = taken(&scratch, draft.clone());
        assert_eq!(shown, Ok(Outcome::Changed { redirected: true }));
        assert_eq!(taken(&scratch, draft), Ok(Outcome::Unchanged));
    }
}

#[test]
fn an_address_that_translations_share_leads_to_the_first_edition() {
    for scratch in each() {
        let db = scratch.db();
        db.write_blocking(|tx| {
            redirect::add(tx, "https://old.example/shared", "/ru/archive/x")?;
            redirect::add(tx, "https://old.example/shared", "/en/archive/x")?;
            redirect::add(tx, "https://old.example/shared", "/ru/archive/y")?;
            redirect::add(tx, "https://old.example/но?p=1", "/en/archive/z")
        })
        .unwrap();
        let led = |path: &'static str| {
            db.public()
                .read_blocking(move |read| redirect::find(read, path))
                .unwrap()
        };
        assert_eq!(led("/shared/?utm_source=mail").as_deref(), Some("/en/archive/x"));
        assert_eq!(led("/%d0%bd%D0%BE?p=1").as_deref(), Some("/en/archive/z"));
        assert_eq!(led("/%d0%bd%D0%BE?p=2"), None);
        assert_eq!(led("/nothing"), None);
    }
}

#[test]
fn bad_drafts_are_refused_by_field() {
    type Case = (&'static str, fn(&mut Draft));
    let cases: [Case; 6] = [
        ("stories.headline", |draft| draft.headline = " ".to_owned()),
        ("stories.too_long", |draft| draft.headline = "x".repeat(301)),
        ("stories.control_character", |draft| {
            draft.kicker = "a\u{0}b".to_owned()
        }),
        ("stories.language", |draft| {
            draft.language = "english, please".to_owned()
        }),
        ("stories.too_many", |draft| {
            draft.topics = vec![Slug::parse("t").unwrap(); 101]
        }),
        ("stories.no_section", |draft| {
            draft.section = Slug::parse("nowhere").unwrap()
        }),
    ];
    for scratch in each() {
        for (code, spoil) in cases {
            let mut bad = draft("Fine", "<p>x</p>");
            spoil(&mut bad);
            let refused = scratch
                .db()
                .write_blocking(move |tx| Story::make(tx, bad.clone(), None, Why::Made))
                .unwrap_err();
            assert_eq!((refused.code(), refused.status()), (code, 422));
        }
        let empty = scratch
            .db()
            .read_blocking(|read| Story::latest(read, newest(), 10))
            .unwrap();
        assert!(empty.is_empty(), "nothing half-done is left");
    }
}

/// What an editor may do with a story, in any order.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Save,
    Schedule,
    Hold,
    TakeUp,
    Spike,
    Wait,
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]
    #[test]
    fn no_order_of_deeds_makes_an_embargoed_story_public_early(deeds in proptest::collection::vec(0..6usize, 1..14)) {
        let scratch = Scratch::sqlite(&[&base::migrations()[..], media::MIGRATIONS, MIGRATIONS].concat());
        let db = scratch.db();
        db.write_blocking(furnish).unwrap();
        let id = make(db, draft(CANARY, "<p>x</p>"));
        let embargo = MORNING.plus(At::HOUR);
        for deed in deeds {
            let deed = [Deed::Save, Deed::Schedule, Deed::Hold, Deed::TakeUp, Deed::Spike, Deed::Wait][deed];
            let own = id.clone();
            let _ = db.write_blocking(move |tx| {
                let story = Story::by_id(tx, &own)?;
                match deed {
                    Deed::Save => {
                        let version = story.version;
                        story.save(tx, draft(CANARY, "<p>y</p>"), version, None, Why::Saved).map(|_| ())
                    }
                    Deed::Schedule => publish(tx, &own, &at(embargo)).map(|_| ()),
                    Deed::Hold => story.hold(tx),
                    Deed::TakeUp => story.take_up(tx),
                    Deed::Spike => story.spike(tx),
                    Deed::Wait => Ok(()),
                }
            });
            if matches!(deed, Deed::Wait) {
                scratch.clock.advance(At::MINUTE);
            }
            let own = id.clone();
            db.write_blocking(move |tx| publication::release_due(tx, &own)).unwrap();
            let early = scratch.clock.now() < embargo;
            proptest::prop_assert!(!(early && public_has(db, CANARY)), "{deed:?} made it public");
        }
        let state = db.read_blocking(move |read| Story::by_id(read, &id)).unwrap().state;
        proptest::prop_assert!(state != StoryState::Published || scratch.clock.now() >= embargo);
    }
}

#[test]
fn a_document_survives_its_way_to_the_public_and_back() {
    for scratch in each() {
        let html =
            "<h2>Part</h2><p>A <a href=\"https://x.example/\">link</a>.</p><ul><li>one</li><li>two</li></ul>";
        let id = make(scratch.db(), draft("Whole", html));
        publish_now(scratch.db(), &id);
        let story = scratch
            .db()
            .public()
            .read_blocking(move |read| PublicStory::by_id(read, &id))
            .unwrap();
        let expected: Document = markup::from_html(html).0;
        assert_eq!(story.body, expected);
    }
}
