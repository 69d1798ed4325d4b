mod hostile;
mod moderation;

use super::*;
use crate::author::Badge;
use crate::message::{Case, pass};
use crate::reaction::react;
use base::db::scratch::Scratch;
use base::db::{Dialect, Query, Row, Sql, Tx, Value};
use base::journal::{self, Record};
use base::{Clock, Db, Result};
use lexicon::{At, EditionCode, MessageId, PersonId, Role, RoomState, Slug, StoryId, Stream};
use std::collections::BTreeMap;
use stories::{Edition, Heading, Story, Timing};

/// Stands in texts that must not be seen any more.
const CANARY: &str = "kwqzvbtrn7canary";

fn each() -> Vec<(Scratch, StoryId)> {
    let tables = [
        &base::migrations()[..],
        people::MIGRATIONS,
        media::MIGRATIONS,
        stories::MIGRATIONS,
        MIGRATIONS,
    ];
    let furnished = |scratch: Scratch| {
        let story = scratch.db().write_blocking(furnish).unwrap();
        (scratch, story)
    };
    Scratch::on_each_engine(&tables)
        .into_iter()
        .map(furnished)
        .collect()
}

fn furnish(tx: &mut Tx) -> Result<StoryId> {
    let edition = Edition {
        code: EditionCode::parse("en")?,
        name: "The Lorne Ledger".to_owned(),
        tagline: String::new(),
        language: "en".to_owned(),
        dir: "ltr".to_owned(),
        timezone: "UTC".to_owned(),
    };
    edition.add(tx)?;
    let section = Heading {
        slug: Slug::parse("world")?,
        name: "World".to_owned(),
        description: String::new(),
    };
    section.add_section(tx, &edition.code)?;
    let draft = stories::Draft {
        edition: edition.code,
        section: section.slug,
        kind: lexicon::StoryKind::News,
        headline: "River rises".to_owned(),
        kicker: String::new(),
        standfirst: String::new(),
        slugline: String::new(),
        dateline: String::new(),
        byline: "M. Ellin".to_owned(),
        authors: Vec::new(),
        agency: String::new(),
        topics: Vec::new(),
        language: "en".to_owned(),
        body: markup::from_html("<p>The river rose.</p>").0,
        sources: Vec::new(),
        picture: None,
        level: lexicon::Level::Routine,
        closed: false,
        storyline: None,
        translations: None,
        original: None,
        external_id: None,
        extra: serde_json::Map::new(),
    };
    let story = Story::make(tx, draft, None, stories::Why::Made)?;
    stories::publish(tx, &story.id, &Timing::default())?;
    Ok(story.id)
}

fn person() -> PersonId {
    Clock::system().person_id()
}

fn reader(name: &str) -> Author {
    let person = person();
    let key = base::clock::random_base32(16);
    Author {
        person,
        role: Role::Reader,
        key,
        name: name.to_owned(),
        badge: Badge::None,
    }
}

fn moderator() -> Author {
    Author {
        role: Role::Moderator,
        badge: Badge::Moderator,
        ..reader("Mo")
    }
}

fn words(text: &str) -> Posting {
    Posting {
        text: text.to_owned(),
        ..Posting::default()
    }
}

fn post_judged(
    db: &Db,
    story: &StoryId,
    author: &Author,
    posting: Posting,
    judge: impl Fn(&mut Tx, &Case<'_>) -> Result<Verdict> + Send + 'static,
) -> Result<Receipt> {
    let (story, author) = (story.clone(), author.clone());
    db.write_blocking(move |tx| {
        let room = Room::of(tx, &story)?;
        Message::post(tx, room, &author, None, &posting, &judge)
    })
}

fn post(db: &Db, story: &StoryId, author: &Author, text: &str) -> Receipt {
    post_judged(db, story, author, words(text), pass).unwrap()
}

fn records(db: &Db, story: &StoryId) -> Vec<Record> {
    let stream = Stream::Room(story.clone());
    db.public()
        .read_blocking(move |read| journal::after(read, &stream, 0, 1_000))
        .unwrap()
}

fn messages(db: &Db, story: &StoryId) -> Vec<Message> {
    let story = story.clone();
    db.public()
        .read_blocking(move |read| Message::before(read, &story, i64::MAX, 100))
        .unwrap()
}

fn room(db: &Db, story: &StoryId) -> Room {
    let story = story.clone();
    db.public()
        .read_blocking(move |read| Room::of(read, &story))
        .unwrap()
}

fn set(db: &Db, story: &StoryId, change: fn(&mut room::Settings)) {
    let story = story.clone();
    db.write_blocking(move |tx| {
        let room = Room::of(tx, &story)?;
        let mut settings = room.settings();
        change(&mut settings);
        room.set(tx, settings)
    })
    .unwrap();
}

fn act<T: Send + 'static>(db: &Db, act: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
    db.write_blocking(act)
}

/// Every value of every table that the public connection can read.
fn public_has(db: &Db, words: &str) -> bool {
    let names = match db.dialect() {
        Dialect::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'public_%'",
        Dialect::Postgres => {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND table_name LIKE 'public_%'"
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
    assert!(
        names.iter().any(|name| name == "public_room_message"),
        "the subject exists: {names:?}"
    );
    let holds = |name: &String| {
        let text: &'static str = format!("SELECT * FROM {name}").leak();
        let rows = db
            .public()
            .read_blocking(move |read| read.query(Sql::new(text), &[]))
            .unwrap();
        rows.into_iter()
            .flat_map(Row::into_values)
            .any(|value| matches!(value, Value::Text(text) if text.contains(words)))
    };
    names.iter().any(holds)
}

fn hold_all(_: &mut Tx, _: &Case) -> Result<Verdict> {
    Ok(Verdict::Hold {
        rule: "test".to_owned(),
        word: "word".to_owned(),
    })
}

#[test]
fn every_statement_prepares_on_both_engines() {
    for (scratch, _) in each() {
        base::db::scratch::prepare_all(&scratch, &statements());
    }
}

#[test]
fn a_message_is_told_under_the_number_it_is_kept_under() {
    for (scratch, story) in each() {
        let db = scratch.db();
        let ann = reader("Ann");
        // Many at once: they share commits, and each must still know its own number.
        let items: Vec<(StoryId, Author, String)> = (0..50)
            .map(|number| (story.clone(), ann.clone(), format!("Message {number}")))
            .collect();
        let posted = db
            .write_each(items, |tx, (story, author, text)| {
                let room = Room::of(tx, story)?;
                if text.ends_with('7') {
                    return Message::post(tx, room, author, None, &words(" "), pass);
                }
                Message::post(tx, room, author, None, &words(text), pass)
            })
            .unwrap();
        let (posted, refused): (Vec<_>, Vec<_>) = posted.into_iter().partition(Result::is_ok);
        assert_eq!(
            (posted.len(), refused.len()),
            (45, 5),
            "one that fails takes no number with it"
        );
        let by_id: BTreeMap<String, i64> = records(db, &story)
            .into_iter()
            .filter(|record| record.kind == "message.posted")
            .filter_map(|record| Some((record.subject?, record.seq)))
            .collect();
        assert_eq!(by_id.len(), 45);
        for receipt in posted.into_iter().map(Result::unwrap) {
            assert_eq!(by_id.get(receipt.id.as_str()).copied(), receipt.seq);
        }
        let kept = messages(db, &story);
        assert!(
            kept.iter()
                .all(|message| by_id.get(message.id.as_str()) == Some(&message.seq))
        );
        assert_eq!(room(db, &story).messages, 45);
    }
}

#[test]
fn a_retry_never_doubles() {
    for (scratch, story) in each() {
        let db = scratch.db();
        let (ann, ben) = (reader("Ann"), reader("Ben"));
        let keyed = || Posting {
            key: Some("k1".to_owned()),
            ..words("Once")
        };
        let first = post_judged(db, &story, &ann, keyed(), pass).unwrap();
        let again = post_judged(db, &story, &ann, keyed(), pass).unwrap();
        assert_eq!((&again.id, again.seq, again.again), (&first.id, first.seq, true));
        post_judged(db, &story, &ben, keyed(), pass).unwrap();
        assert_eq!(
            messages(db, &story).len(),
            2,
            "another person's key is another key"
        );
        // Even after the room was closed a retry is answered as the first sending was.
        set(db, &story, |settings| settings.state = RoomState::Closed);
        assert_eq!(post_judged(db, &story, &ann, keyed(), pass).unwrap().id, first.id);
    }
}

#[test]
fn a_held_message_is_nowhere_public_until_it_is_shown() {
    for (scratch, story) in each() {
        let (db, ann) = (scratch.db(), reader("Ann"));
        let held = post_judged(db, &story, &ann, words(CANARY), hold_all).unwrap();
        assert_eq!((held.seq, held.held_by.as_deref()), (None, Some("test")));
        assert!(!public_has(db, CANARY));
        let (id, by) = (held.id.clone(), person());
        let shown = act(db, move |tx| Message::show(tx, &id, &by)).unwrap();
        assert!(public_has(db, CANARY), "the search finds what is there");
        assert_eq!(records(db, &story).last().unwrap().seq, shown.seq);
        let (id, by) = (held.id, person());
        assert_eq!(
            act(db, move |tx| Message::show(tx, &id, &by)).unwrap_err().code(),
            "rooms.not_held"
        );
    }
}

#[test]
fn what_is_taken_out_is_in_no_public_table_and_no_record() {
    for (scratch, story) in each() {
        let (db, ann) = (scratch.db(), reader("Ann"));
        let first = post(db, &story, &ann, CANARY);
        let reply = Posting {
            reply_to: Some(first.id.clone()),
            ..words("I answer")
        };
        post_judged(db, &story, &reader("Ben"), reply, pass).unwrap();
        assert!(public_has(db, CANARY), "the subject exists");
        assert_eq!(messages(db, &story)[0].reply.as_ref().unwrap().excerpt, CANARY);
        let (id, by) = (first.id.clone(), person());
        act(db, move |tx| {
            Message::remove(tx, &id, Some(&by), "moderator", "off topic")
        })
        .unwrap();
        assert!(!public_has(db, CANARY));
        let told = records(db, &story);
        let last = told.last().unwrap();
        assert_eq!(
            (last.kind.as_str(), last.subject.as_deref()),
            ("message.removed", Some(first.id.as_str()))
        );
        let kept = messages(db, &story);
        assert_eq!(kept[1].removed, "moderator");
        assert!(kept[1].shown().get("text").is_none());
        assert_eq!(room(db, &story).messages, 1);
    }
}

#[test]
fn an_edit_takes_the_old_text_out_of_the_records() {
    for (scratch, story) in each() {
        let (db, ann) = (scratch.db(), reader("Ann"));
        let first = post(db, &story, &ann, CANARY);
        let (id, author) = (first.id.clone(), ann.clone());
        act(db, move |tx| Message::edit(tx, &id, &author, "Better", pass)).unwrap();
        assert!(!public_has(db, CANARY));
        assert!(records(db, &story).last().unwrap().data.contains("Better"));
        let (id, ben) = (first.id.clone(), reader("Ben"));
        let refused = act(db, move |tx| Message::edit(tx, &id, &ben, "Mine", pass)).unwrap_err();
        assert_eq!(refused.code(), "rooms.not_yours");
        scratch.clock.advance(40 * At::SECOND);
        let (id, author) = (first.id, ann);
        let refused = act(db, move |tx| Message::edit(tx, &id, &author, "Late", pass)).unwrap_err();
        // The engine's own clock counts on PostgreSQL, and the test's on SQLite.
        if db.dialect() == Dialect::Sqlite {
            assert_eq!(refused.code(), "rooms.edit_window");
        }
    }
}

#[test]
fn a_room_takes_messages_as_it_is_set() {
    for (scratch, story) in each() {
        let (db, ann) = (scratch.db(), reader("Ann"));
        let refused =
            |text: &str| post_judged(db, &story, &ann, words(text), pass).map_err(|error| error.code());
        set(db, &story, |settings| settings.state = RoomState::ReadOnly);
        assert_eq!(refused("a").unwrap_err(), "rooms.read_only");
        post(db, &story, &moderator(), "The newsroom writes");
        set(db, &story, |settings| settings.state = RoomState::Closed);
        assert_eq!(refused("b").unwrap_err(), "rooms.closed");
        set(db, &story, |settings| {
            settings.state = RoomState::Open;
            settings.members_only = true;
        });
        assert_eq!(refused("c").unwrap_err(), "rooms.members_only");
        set(db, &story, |settings| {
            settings.members_only = false;
            settings.slow_seconds = 30;
        });
        refused("d").unwrap();
        let slow = post_judged(db, &story, &ann, words("e"), pass).unwrap_err();
        assert_eq!((slow.code(), slow.status()), ("rooms.slow_mode", 429));
        assert!(
            slow.retry_after_s()
                .is_some_and(|seconds| (25..=31).contains(&seconds))
        );
        post(db, &story, &moderator(), "one");
        post(db, &story, &moderator(), "two");
        set(db, &story, |settings| {
            settings.slow_seconds = 0;
            settings.state = RoomState::Premoderated;
        });
        let held = post_judged(db, &story, &ann, words("f"), pass).unwrap();
        assert_eq!(held.held_by.as_deref(), Some("premoderated"));
        let told = records(db, &story)
            .into_iter()
            .filter(|record| record.kind == "room.closed")
            .count();
        assert_eq!(told, 1);
    }
}

#[test]
fn a_room_closes_after_its_time() {
    for (scratch, story) in each() {
        let db = scratch.db();
        post(db, &story, &reader("Ann"), "Early");
        set(db, &story, |settings| settings.closes_at = At(1));
        let refused = post_judged(db, &story, &reader("Ben"), words("Late"), pass).unwrap_err();
        assert_eq!(refused.code(), "rooms.closed");
        let id = story.clone();
        act(db, move |tx| Room::close_due(tx, &id)).unwrap();
        assert_eq!(room(db, &story).state, RoomState::Closed);
    }
}

#[test]
fn a_reaction_counts_once_and_leaves_the_text_in_the_record() {
    for (scratch, story) in each() {
        let db = scratch.db();
        let first = post(db, &story, &reader("Ann"), "A thought");
        let (ben, cleo) = (person(), person());
        for (who, on) in [(&ben, true), (&ben, true), (&cleo, true), (&cleo, false)] {
            let (id, who) = (first.id.clone(), who.clone());
            act(db, move |tx| react(tx, &id, &who, "agree", on)).unwrap();
        }
        assert_eq!(messages(db, &story)[0].reactions, [("agree".to_owned(), 1)]);
        let told = records(db, &story);
        assert!(told[0].data.contains("A thought"), "{:?}", told[0]);
        assert_eq!(told.len(), 4, "what changes nothing is not told");
        let (id, who) = (first.id, ben);
        assert_eq!(
            act(db, move |tx| react(tx, &id, &who, "clap", true))
                .unwrap_err()
                .code(),
            "rooms.reaction"
        );
    }
}

#[test]
fn a_report_counts_once_and_removes_nothing() {
    for (scratch, story) in each() {
        let db = scratch.db();
        let first = post(db, &story, &reader("Ann"), "A thought");
        let who = person();
        let report = |reason: &'static str| {
            let (id, who) = (first.id.clone(), who.clone());
            act(db, move |tx| report::report(tx, &id, &who, reason, "please look"))
        };
        assert!(report("spam").unwrap());
        assert!(!report("abuse").unwrap());
        assert_eq!(report("because").unwrap_err().code(), "rooms.report_reason");
        assert_eq!(messages(db, &story).len(), 1);
    }
}

#[test]
fn a_withdrawn_story_takes_its_room_with_it() {
    for (scratch, story) in each() {
        let db = scratch.db();
        post(db, &story, &reader("Ann"), "A thought");
        let id = story.clone();
        act(db, move |tx| stories::kill(tx, &id, "It was wrong.")).unwrap();
        let refused = post_judged(db, &story, &reader("Ben"), words("And now?"), pass).unwrap_err();
        assert_eq!((refused.code(), refused.status()), ("stories.killed", 410));
    }
}

#[test]
fn a_person_who_goes_leaves_nothing() {
    for (scratch, story) in each() {
        let (db, ann) = (scratch.db(), reader(CANARY));
        let first = post(db, &story, &ann, "Mine");
        let other = post(db, &story, &reader("Ben"), "His");
        let (id, who) = (other.id.clone(), ann.person.clone());
        act(db, move |tx| react(tx, &id, &who, "agree", true)).unwrap();
        assert!(public_has(db, CANARY) && public_has(db, "Mine"));
        let who = ann.person.clone();
        let given = db.read_blocking(move |read| erase::export(read, &who)).unwrap();
        assert_eq!(
            (
                given["messages"][0]["id"].as_str(),
                given["reactions"][0]["kind"].as_str()
            ),
            (Some(first.id.as_str()), Some("agree"))
        );
        let who = ann.person.clone();
        act(db, move |tx| erase::erase(tx, &who)).unwrap();
        assert!(!public_has(db, CANARY) && !public_has(db, "Mine"));
        assert!(messages(db, &story)[0].reactions.is_empty());
    }
}

#[test]
fn marks_of_reading_only_move_forward() {
    for (scratch, story) in each() {
        let db = scratch.db();
        for text in ["a", "b", "c"] {
            post(db, &story, &reader("Ann"), text);
        }
        let who = person();
        for seq in [2, 1, 99] {
            let (story, who) = (story.clone(), who.clone());
            act(db, move |tx| seen::mark(tx, &who, &story, seq)).unwrap();
        }
        let marks = db.read_blocking(move |read| seen::of_person(read, &who)).unwrap();
        assert_eq!(marks, [(story.to_string(), 3)]);
    }
}

#[test]
fn a_featured_answer_is_found_and_a_pin_goes_with_its_message() {
    for (scratch, story) in each() {
        let db = scratch.db();
        let first = post(db, &story, &moderator(), "The answer");
        let id = first.id.clone();
        act(db, move |tx| Message::feature(tx, &id, true)).unwrap();
        let id = story.clone();
        let featured = db
            .public()
            .read_blocking(move |read| Message::featured(read, &id))
            .unwrap();
        assert_eq!(featured.len(), 1);
        let (id, pinned) = (story.clone(), first.id.clone());
        act(db, move |tx| {
            let room = Room::of(tx, &id)?;
            Message::pin(tx, room, Some(pinned.clone()))
        })
        .unwrap();
        assert_eq!(room(db, &story).pinned, Some(first.id.clone()));
        let id: MessageId = first.id;
        act(db, move |tx| Message::remove(tx, &id, None, "author", "")).unwrap();
        assert_eq!(room(db, &story).pinned, None);
        let touched = db
            .public()
            .read_blocking(|read| journal::after(read, &Stream::Public, 0, 100))
            .unwrap();
        assert!(touched.iter().any(|record| record.kind == "room.changed"));
    }
}
