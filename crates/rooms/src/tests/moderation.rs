//! Moderation: what the tables hold after each act, who is told what, and what nobody can do.

use super::*;
use crate::bench::Bench;
use crate::decision::{self, Act, Decision, Order};
use crate::notice::{Appeal, Claim, Notice};
use crate::queue::{self, Filter, Item, Kind};
use crate::rule::{Place, Said, try_on};
use crate::rules::{Layer, Stop, limits};
use crate::{report, sanction};
use people::Person;

/// A reader with an account of an age.
fn account(scratch: &Scratch, name: &str, role: Role, age: i64) -> Author {
    let (db, mail) = (scratch.db(), format!("{name}@example.org"));
    scratch.clock.advance(-age);
    let named = name.to_owned();
    let made = db
        .write_blocking(move |tx| Person::add(tx, &mail, &named, role, None))
        .unwrap();
    scratch.clock.advance(age);
    let badge = if role == Role::Reader {
        Badge::None
    } else {
        Badge::Moderator
    };
    Author {
        key: base::clock::random_base32(16),
        person: made.id,
        role,
        name: name.to_owned(),
        badge,
    }
}

/// Posts with the real judge.
fn say(db: &Db, story: &StoryId, author: &Author, text: &str) -> Result<Receipt> {
    let judge = Bench::default().judging();
    post_judged(
        db,
        story,
        author,
        words(text),
        move |tx: &mut Tx, case: &Case<'_>| judge(tx, case),
    )
}

fn order(act: Act) -> Order {
    Order {
        act,
        ground: "abuse".to_owned(),
        reason: "You insult people.".to_owned(),
        seconds: None,
        batch: "b1".to_owned(),
    }
}

fn decide(db: &Db, id: &MessageId, order: Order, by: &Author) -> Result<Decision> {
    let (id, by) = (id.clone(), by.person.clone());
    db.write_blocking(move |tx| Decision::on_message(tx, &id, &order, &by))
}

fn undo(db: &Db, decision: &Decision, by: &Author) -> Result<Decision> {
    let (id, by) = (decision.id.clone(), by.person.clone());
    db.write_blocking(move |tx| Decision::undo(tx, &id, &by))
}

fn list(db: &Db, kind: Kind) -> Vec<Item> {
    db.read_blocking(move |read| queue::page(read, kind, &Filter::default(), None, 100))
        .unwrap()
}

fn rules(db: &Db, place: Place, set: impl Fn(&mut Layer), by: &Author) {
    let mut layer = Layer::default();
    set(&mut layer);
    let by = by.person.clone();
    db.write_blocking(move |tx| {
        let version = Said::of(tx, &place)?.version;
        Said::set(tx, &place, version, &layer, &by)
    })
    .unwrap();
}

fn state(db: &Db, id: &MessageId) -> String {
    let id = id.clone();
    db.read_blocking(move |read| Item::by_id(read, &id))
        .unwrap()
        .state
}

#[test]
fn held_text_is_in_no_public_table_and_its_author_is_told_rule_and_word() {
    for (scratch, story) in each() {
        let (db, mo) = (scratch.db(), account(&scratch, "Mo", Role::Moderator, At::DAY));
        let ann = account(&scratch, "Ann", Role::Reader, 40 * At::DAY);
        rules(
            db,
            Place::Newsroom,
            |layer| layer.watched = vec!["dolt".to_owned()],
            &mo,
        );
        let held = say(db, &story, &ann, &format!("You d0lt {CANARY}")).unwrap();
        assert_eq!((held.seq, held.held_by.as_deref()), (None, Some("watched")));
        assert!(!public_has(db, CANARY), "held text is nowhere public");
        let item = list(db, Kind::Held).pop().unwrap();
        assert_eq!(
            (item.rule.as_str(), item.word.as_str()),
            ("watched", "d0lt (dolt)")
        );
        let (of, person) = (story.clone(), ann.person.clone());
        let own = db
            .read_blocking(move |read| message::waiting(read, &of, &person))
            .unwrap();
        assert_eq!(
            (&own[0]["rule"], &own[0]["word"]),
            (&"watched".into(), &"d0lt (dolt)".into())
        );

        let approved = decide(db, &held.id, order(Act::Approve), &mo).unwrap();
        assert!(public_has(db, CANARY) && list(db, Kind::Held).is_empty());
        undo(db, &approved, &mo).unwrap();
        assert!(!public_has(db, CANARY), "held again, it is nowhere public");
        assert!(
            records(db, &story)
                .iter()
                .all(|record| !record.data.contains(CANARY)),
            "nor in a replay"
        );
        decide(db, &held.id, order(Act::Reject), &mo).unwrap();
        assert_eq!(state(db, &held.id), "rejected");
    }
}

/// P4: what is taken out is out for everybody at once, in the tables, in the stream and in every replay; undone, it stands where it stood.
#[test]
fn what_is_removed_never_comes_back_in_backfill_and_undo_puts_it_where_it_stood() {
    for (scratch, story) in each() {
        let (db, mo) = (scratch.db(), account(&scratch, "Mo", Role::Moderator, At::DAY));
        let ann = account(&scratch, "Ann", Role::Reader, 40 * At::DAY);
        let first = say(db, &story, &ann, &format!("First {CANARY}")).unwrap();
        say(db, &story, &ann, "Second").unwrap();
        assert!(public_has(db, CANARY));
        let removed = decide(db, &first.id, order(Act::Remove), &mo).unwrap();
        assert!(!public_has(db, CANARY));
        let told = records(db, &story);
        assert!(told.iter().all(|record| !record.data.contains(CANARY)));
        assert_eq!(told.last().unwrap().kind, "message.removed");
        assert!(
            messages(db, &story)[1].removed == "moderator",
            "a mark stands where it was"
        );
        let again = decide(db, &first.id, order(Act::Remove), &mo).unwrap_err();
        assert_eq!(again.code(), "rooms.not_shown");

        undo(db, &removed, &mo).unwrap();
        let shown = messages(db, &story);
        assert_eq!(
            (shown[1].seq, shown[1].text.as_str()),
            (first.seq.unwrap(), &*format!("First {CANARY}"))
        );
        assert_eq!(shown[1].name, "Ann");
        assert_eq!(undo(db, &removed, &mo).unwrap_err().code(), "rooms.undone");
        assert_eq!(room(db, &story).messages, 2);
    }
}

#[test]
fn who_is_stopped_is_stopped_everywhere_told_why_and_free_when_it_is_undone_or_over() {
    for (scratch, story) in each() {
        let (db, mo) = (scratch.db(), account(&scratch, "Mo", Role::Moderator, At::DAY));
        let ann = account(&scratch, "Ann", Role::Reader, 40 * At::DAY);
        let said = say(db, &story, &ann, "Good evening").unwrap();
        let timed = Order {
            seconds: Some(60),
            ..order(Act::TimeOut)
        };
        decide(db, &said.id, timed, &mo).unwrap();
        let refused = say(db, &story, &ann, "And another thing").unwrap_err();
        assert_eq!((refused.code(), refused.status()), ("rooms.timed_out", 403));
        assert!(refused.to_string().contains("You insult people"), "{refused}");
        scratch.clock.advance(61 * At::SECOND);
        say(db, &story, &ann, "Now I may").unwrap();
        for (act, how) in [(Act::Mute, Stop::Muted), (Act::Ban, Stop::Banned)] {
            let decision = decide(db, &said.id, order(act), &mo).unwrap();
            assert_eq!(
                say(db, &story, &ann, "Still here").unwrap_err().code(),
                how.code()
            );
            let (id, person) = (said.id.clone(), ann.clone());
            let edit = db.write_blocking(move |tx| {
                let judge = Bench::default().judging();
                Message::edit(tx, &id, &person, "Changed", |tx, case| judge(tx, case))
            });
            assert_ne!(edit.unwrap_err().code(), "internal");
            undo(db, &decision, &mo).unwrap();
        }
        scratch.clock.advance(At::HOUR);
        say(db, &story, &ann, "Free again").unwrap();
        // A warning stops nobody but is remembered.
        decide(db, &said.id, order(Act::Warn), &mo).unwrap();
        say(db, &story, &ann, "I have understood").unwrap();
        let (person, now) = (ann.person.clone(), scratch.clock.now());
        let standing = db
            .read_blocking(move |read| sanction::standing(read, &person, now))
            .unwrap();
        assert_eq!(
            (standing.sanctions, standing.stopped),
            (2, None),
            "the timeout and the warning; what was undone does not count"
        );
        let wrong = Order {
            seconds: Some(61),
            ..order(Act::TimeOut)
        };
        assert_eq!(
            decide(db, &said.id, wrong, &mo).unwrap_err().code(),
            "rooms.seconds"
        );
        let own = say(db, &story, &mo, "From the newsroom").unwrap();
        assert_eq!(
            decide(db, &own.id, order(Act::Ban), &mo).unwrap_err().code(),
            "rooms.staff"
        );
        let silent = Order {
            ground: String::new(),
            reason: " ".to_owned(),
            ..order(Act::Ban)
        };
        assert_eq!(
            decide(db, &said.id, silent, &mo).unwrap_err().code(),
            "rooms.decision_reason",
            "nobody is stopped without a word"
        );
    }
}

/// P6: a thousand new accounts report one person, and nothing happens but that a moderator can look. Trusted people's weight holds.
#[test]
fn a_storm_of_reports_by_new_accounts_removes_nothing() {
    for (scratch, story) in each() {
        let (db, mo) = (scratch.db(), account(&scratch, "Mo", Role::Moderator, At::DAY));
        let ann = account(&scratch, "Ann", Role::Reader, 40 * At::DAY);
        let said = say(db, &story, &ann, &format!("An unpopular view {CANARY}")).unwrap();
        let storm: Vec<PersonId> = (0..1_000).map(|_| scratch.clock.person_id()).collect();
        for some in storm.chunks(100) {
            let (some, id) = (some.to_vec(), said.id.clone());
            db.write_blocking(move |tx| {
                some.iter()
                    .try_for_each(|person| report::report(tx, &id, person, "hate", "").map(|_| ()))
            })
            .unwrap();
        }
        assert_eq!(state(db, &said.id), "shown");
        assert!(public_has(db, CANARY));
        let waiting = list(db, Kind::Reported);
        assert_eq!(waiting.len(), 1, "one message waits, however many reported it");
        let item = waiting[0].clone();
        let row = db.read_blocking(move |read| item.row(read)).unwrap();
        assert_eq!((&row["reports"], &row["weight"]), (&1_000.into(), &0.into()));

        // Four regulars weigh two each: held, not removed, and a moderator's approval ends it.
        for nth in 0..4 {
            let regular = account(&scratch, &format!("Reg{nth}"), Role::Reader, 40 * At::DAY);
            for number in 0..limits::REGULAR_APPROVED {
                scratch.clock.advance(At::HOUR);
                post(db, &story, &regular, &format!("Regular {nth} says {number}"));
            }
            let (id, person) = (said.id.clone(), regular.person);
            db.write_blocking(move |tx| report::report(tx, &id, &person, "hate", ""))
                .unwrap();
            assert_eq!(
                state(db, &said.id),
                if nth < 3 { "shown" } else { "held" },
                "after {} regulars",
                nth + 1
            );
        }
        assert!(!public_has(db, CANARY));
        decide(db, &said.id, order(Act::Approve), &mo).unwrap();
        assert!(public_has(db, CANARY) && list(db, Kind::Reported).is_empty());
        let trusted = account(&scratch, "Late", Role::Reader, 40 * At::DAY);
        for number in 0..limits::REGULAR_APPROVED {
            scratch.clock.advance(At::HOUR);
            post(db, &story, &trusted, &format!("Late says {number}"));
        }
        let id = said.id.clone();
        db.write_blocking(move |tx| report::report(tx, &id, &trusted.person, "hate", ""))
            .unwrap();
        assert_eq!(
            state(db, &said.id),
            "shown",
            "what a moderator let through is not held by reports again"
        );
    }
}

#[test]
fn the_queue_pages_without_gap_or_double_and_finds_what_is_asked() {
    for (scratch, story) in each() {
        let (db, mo) = (scratch.db(), account(&scratch, "Mo", Role::Moderator, At::DAY));
        rules(
            db,
            Place::Edition(EditionCode::parse("en").unwrap()),
            |layer| layer.premoderated = Some(1),
            &mo,
        );
        let people = ["Ann", "Ben"].map(|name| account(&scratch, name, Role::Reader, 40 * At::DAY));
        let mut ids = Vec::new();
        for number in 0..15 {
            // Some at the same moment.
            scratch
                .clock
                .advance(if number % 3 == 0 { 7 * At::SECOND } else { 0 });
            ids.push(
                say(db, &story, &people[number % 2], &format!("number {number}"))
                    .unwrap()
                    .id,
            );
        }
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let from: Option<String> = cursor.clone();
            let page = db
                .read_blocking(move |read| {
                    queue::page(read, Kind::Held, &Filter::default(), from.as_deref(), 4)
                })
                .unwrap();
            seen.extend(page.iter().map(|item| item.id.clone()));
            let Some(last) = page.last() else { break };
            cursor = Some(last.cursor());
        }
        let sorted = |mut ids: Vec<MessageId>| {
            ids.sort();
            ids
        };
        assert_eq!(sorted(seen), sorted(ids));
        let filter = Filter {
            person: people[0].person.to_string(),
            ..Filter::default()
        };
        let page = db
            .read_blocking(move |read| queue::page(read, Kind::Held, &filter, None, 100))
            .unwrap();
        assert_eq!(page.len(), 8);
        let forged =
            db.read_blocking(|read| queue::page(read, Kind::Held, &Filter::default(), Some("1.2.x"), 4));
        assert_eq!(forged.unwrap_err().code(), "rooms.cursor");
        let waiting = db.read_blocking(|read| queue::counts(read)).unwrap();
        assert_eq!(waiting["held"], 15);
    }
}

#[test]
fn like_messages_are_found_together_and_undone_together() {
    for (scratch, story) in each() {
        let (db, mo) = (scratch.db(), account(&scratch, "Mo", Role::Moderator, At::DAY));
        let mut ids = Vec::new();
        for nth in 0..6 {
            let person = account(&scratch, &format!("Bot{nth}"), Role::Reader, 40 * At::DAY);
            let text = if nth % 2 == 0 {
                "Come to the wonderful shop!"
            } else {
                "come to the WONDERFUL shop"
            };
            ids.push(say(db, &story, &person, text).unwrap());
        }
        let held: Vec<bool> = ids.iter().map(|receipt| receipt.held_by.is_some()).collect();
        assert_eq!(
            held,
            [false, false, false, false, true, true],
            "from the fifth person on it is a crowd"
        );
        let id = ids[0].id.clone();
        let alike = db
            .read_blocking(move |read| decision::cluster(read, &id))
            .unwrap();
        assert_eq!(alike.len(), 4);
        let by = mo.person.clone();
        db.write_blocking(move |tx| {
            alike
                .iter()
                .try_for_each(|id| Decision::on_message(tx, id, &order(Act::Remove), &by).map(|_| ()))
        })
        .unwrap();
        assert!(
            messages(db, &story)
                .iter()
                .all(|message| message.removed == "moderator")
        );
        let by = mo.person.clone();
        assert_eq!(
            db.write_blocking(move |tx| Decision::undo_batch(tx, "b1", &by))
                .unwrap(),
            4
        );
        assert!(
            messages(db, &story)
                .iter()
                .all(|message| message.removed.is_empty())
        );
    }
}

#[test]
fn rules_are_tried_on_last_month_before_they_are_switched_on() {
    for (scratch, story) in each() {
        let (db, mo) = (scratch.db(), account(&scratch, "Mo", Role::Moderator, At::DAY));
        let ann = account(&scratch, "Ann", Role::Reader, 40 * At::DAY);
        for text in [
            "The minister is a dolt",
            "What a fine day",
            "dolts, all of them",
            "The minister spoke",
        ] {
            scratch.clock.advance(At::MINUTE);
            say(db, &story, &ann, text).unwrap();
        }
        scratch.clock.advance(2 * At::HOUR);
        let (layer, now) = (
            Layer {
                watched: vec!["dolt*".to_owned()],
                ..Layer::default()
            },
            scratch.clock.now(),
        );
        let tried = layer.clone();
        let trial = db
            .read_blocking(move |read| try_on(read, &Place::Newsroom, &tried, now))
            .unwrap();
        assert_eq!((trial.looked_at, trial.held, trial.new), (4, 2, 2));
        assert_eq!(trial.by_rule, BTreeMap::from([("watched", 2)]));
        assert_eq!(trial.examples[0]["word"], "dolts");
        assert!(
            say(db, &story, &ann, "You dolt, you").unwrap().held_by.is_none(),
            "a trial changes nothing"
        );
        rules(db, Place::Newsroom, move |on| *on = layer.clone(), &mo);
        assert!(
            say(db, &story, &ann, "You dolt, again")
                .unwrap()
                .held_by
                .is_some()
        );
        let (by, empty) = (mo.person.clone(), Layer::default());
        let blind = db
            .write_blocking(move |tx| Said::set(tx, &Place::Newsroom, 0, &empty, &by))
            .unwrap_err();
        assert_eq!((blind.code(), blind.status()), ("rooms.rule_changed", 409));
        let kept = db
            .read_blocking(|read| Said::versions(read, &Place::Newsroom))
            .unwrap();
        assert_eq!(kept.len(), 1);
    }
}

#[test]
fn new_people_are_looked_at_until_they_are_known() {
    for (scratch, story) in each() {
        let (db, mo) = (scratch.db(), account(&scratch, "Mo", Role::Moderator, At::DAY));
        let ann = account(&scratch, "Ann", Role::Reader, At::HOUR);
        let mut ids = Vec::new();
        for number in 0..5 {
            scratch.clock.advance(At::MINUTE);
            ids.push(say(db, &story, &ann, &format!("number {number}")).unwrap().id);
        }
        assert_eq!(list(db, Kind::New).len(), 3, "the first three, then she is known");
        decide(db, &ids[0], order(Act::Approve), &mo).unwrap();
        assert_eq!(list(db, Kind::New).len(), 2);
        assert!(messages(db, &story).len() == 5);
    }
}

#[test]
fn a_notice_is_answered_and_a_decision_appealed_against_and_the_public_log_names_nobody() {
    for (scratch, story) in each() {
        let (db, mo) = (scratch.db(), account(&scratch, "Mo", Role::Moderator, At::DAY));
        let (ann, eve) = (
            account(&scratch, "Ann", Role::Reader, 40 * At::DAY),
            account(&scratch, "Eve", Role::Editor, At::DAY),
        );
        let said = say(db, &story, &ann, "This person lives at 12 Quay Street").unwrap();
        let claim = Claim {
            law: "Data protection".to_owned(),
            explanation: CANARY.to_owned(),
            good_faith: true,
            ..Claim::default()
        };
        for (bad, code) in [
            (
                Claim {
                    good_faith: false,
                    ..claim.clone()
                },
                "rooms.good_faith",
            ),
            (
                Claim {
                    explanation: " ".to_owned(),
                    ..claim.clone()
                },
                "rooms.notice_text",
            ),
            (
                Claim {
                    mail: "nobody".to_owned(),
                    ..claim.clone()
                },
                "rooms.notice_mail",
            ),
        ] {
            let id = said.id.clone();
            assert_eq!(
                db.write_blocking(move |tx| Notice::add(tx, &id, &bad))
                    .unwrap_err()
                    .code(),
                code
            );
        }
        let id = said.id.clone();
        let (notice, secret) = db.write_blocking(move |tx| Notice::add(tx, &id, &claim)).unwrap();
        let (asked, wrong) = (notice.clone(), secret.replace(|_| true, "a"));
        assert_eq!(
            db.read_blocking(move |read| Notice::by_secret(read, &asked, &wrong))
                .unwrap_err()
                .code(),
            "rooms.no_notice"
        );
        let (of, by) = (notice.clone(), mo.person.clone());
        let settled = db
            .write_blocking(move |tx| Notice::settle(tx, &of, true, "We took it out.", &by))
            .unwrap();
        assert_eq!(
            (settled.state.as_str(), state(db, &said.id).as_str()),
            ("upheld", "removed")
        );
        let decision = settled.decision.unwrap();
        let asked = decision.clone();
        let made = db
            .read_blocking(move |read| Decision::by_id(read, &asked))
            .unwrap();
        let statement = made.statement();
        assert_eq!(
            (&statement["basis"], &statement["facts"]),
            (&"law".into(), &"Data protection".into())
        );
        assert!(
            !statement.to_string().contains(mo.person.as_str()),
            "the statement does not name the moderator"
        );

        let (of, stranger) = (decision.clone(), eve.person.clone());
        let refused = db
            .write_blocking(move |tx| Appeal::make(tx, &of, &stranger, "Not mine"))
            .unwrap_err();
        assert_eq!(refused.code(), "rooms.no_decision");
        let (of, own) = (decision.clone(), ann.person.clone());
        db.write_blocking(move |tx| Appeal::make(tx, &of, &own, "It is my own address."))
            .unwrap();
        let (of, same) = (decision.clone(), mo.person.clone());
        let refused = db
            .write_blocking(move |tx| Appeal::settle(tx, &of, true, "Yes", &same))
            .unwrap_err();
        assert_eq!(refused.code(), "rooms.own_decision");
        let (of, other) = (decision.clone(), eve.person.clone());
        let appeal = db
            .write_blocking(move |tx| Appeal::settle(tx, &of, true, "You are right.", &other))
            .unwrap();
        assert_eq!(
            (appeal.state.as_str(), state(db, &said.id).as_str()),
            ("granted", "shown")
        );

        let newest = (At(i64::MAX), "~".to_owned());
        let english = EditionCode::parse("en").unwrap();
        let log = db
            .public()
            .read_blocking(move |read| decision::public_log(read, &english, newest.clone(), 10))
            .unwrap();
        assert_eq!(log.len(), 1);
        assert!(log[0]["undone_at"].is_i64());
        for name in [ann.person.as_str(), mo.person.as_str(), said.id.as_str(), "Quay"] {
            assert!(
                !serde_json::to_string(&log).unwrap().contains(name),
                "{name} in {log:?}"
            );
        }
        assert!(
            !public_has(db, CANARY),
            "a notice's words are nobody's but the moderators'"
        );
    }
}
