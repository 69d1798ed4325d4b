//! What the desk agrees, keeps and looks at before a story goes out.

use super::*;
use crate::note::NoteDraft;
use base::Error;
use base::web::{Caller, Via};
use lexicon::{PersonId, Role, Scope, Stage};

fn reporter(tx: &mut Tx, name: &str) -> Result<Caller> {
    let email = format!("{name}@example.org");
    let person = people::Person::add(tx, &email, name, Role::Reporter, None)?;
    Ok(Caller {
        person: person.id,
        name: name.to_owned(),
        role: Role::Reporter,
        scope: Scope::Desk,
        via: Via::Session { id: name.to_owned() },
    })
}

fn staffed() -> Vec<Scratch> {
    let tables = [
        base::migrations(),
        people::MIGRATIONS.to_vec(),
        media::MIGRATIONS.to_vec(),
        MIGRATIONS.to_vec(),
    ]
    .concat();
    let scratches = Scratch::on_each_engine(&[&tables]);
    for scratch in &scratches {
        scratch.db().write_blocking(furnish).unwrap();
    }
    scratches
}

fn typed(db: &Db, id: &StoryId, by: &PersonId, headline: &str) -> Story {
    let (id, by, headline) = (id.clone(), by.clone(), headline.to_owned());
    db.write_blocking(move |tx| {
        let story = Story::by_id(tx, &id)?;
        let draft = Draft {
            headline: headline.clone(),
            ..story.draft.clone()
        };
        let expected = story.version;
        story.save(tx, draft, expected, Some(&by), Why::Autosaved)
    })
    .unwrap()
}

fn versions(db: &Db, id: &StoryId) -> Vec<(i64, String)> {
    let id = id.clone();
    let read = move |read: &mut base::Read| Story::by_id(read, &id)?.versions(read);
    let versions = db.read_blocking(read).unwrap();
    versions
        .into_iter()
        .map(|version| (version.number, version.why))
        .collect()
}

#[test]
fn of_the_autosaves_of_ten_minutes_the_last_is_kept() {
    for scratch in staffed() {
        let db = scratch.db();
        let [ann, bob] =
            ["ann", "bob"].map(|name| db.write_blocking(move |tx| reporter(tx, name)).unwrap().person);
        let id = make(db, draft("River", "<p>The river rose.</p>"));
        for headline in ["", "River r", "River ris"] {
            typed(db, &id, &ann, headline);
        }
        assert_eq!(versions(db, &id), [(4, "autosaved".into()), (1, "made".into())]);
        typed(db, &id, &bob, "River rises");
        scratch.clock.advance(11 * At::MINUTE);
        let last = typed(db, &id, &bob, "River rises again");
        assert_eq!(
            (last.version, last.draft.headline.as_str()),
            (6, "River rises again")
        );
        let kept: Vec<i64> = versions(db, &id).into_iter().map(|(number, _)| number).collect();
        assert_eq!(
            kept,
            [6, 5, 4, 1],
            "another hand, or ten minutes later, is a version of its own"
        );
    }
}

#[test]
fn what_the_public_sees_stays_a_version_whoever_types_on() {
    for scratch in staffed() {
        let db = scratch.db();
        let ann = db.write_blocking(|tx| reporter(tx, "ann")).unwrap().person;
        let id = make(db, draft("River", "<p>The river rose.</p>"));
        typed(db, &id, &ann, "River rises");
        publish_now(db, &id);
        typed(db, &id, &ann, "River rises fast");
        let (of, public) = (
            id.clone(),
            typed(db, &id, &ann, "River rises faster").public_version,
        );
        let read = move |read: &mut base::Read| Story::by_id(read, &of)?.public_draft(read);
        assert_eq!(public, Some(2));
        assert_eq!(db.read_blocking(read).unwrap().headline, "River rises");
    }
}

#[test]
fn an_unnamed_story_is_kept_but_not_published() {
    for scratch in staffed() {
        let db = scratch.db();
        let ann = db.write_blocking(|tx| reporter(tx, "ann")).unwrap().person;
        let id = make(db, draft("River", "<p>The river rose.</p>"));
        typed(db, &id, &ann, " ");
        let refused = db.write_blocking(move |tx| publish(tx, &id, &Timing::default()));
        assert_eq!(refused.unwrap_err().code(), "stories.headline");
    }
}

#[test]
fn one_writes_at_a_time_and_whoever_is_taken_over_is_told() {
    for scratch in staffed() {
        let db = scratch.db();
        let [ann, bob] = ["ann", "bob"].map(|name| db.write_blocking(move |tx| reporter(tx, name)).unwrap());
        let id = make(db, draft("River", "<p>The river rose.</p>"));
        let take = |who: &Caller, over: bool| {
            let (who, id) = (who.clone(), id.clone());
            db.write_blocking(move |tx| {
                let story = Story::by_id(tx, &id)?;
                Pen::take(tx, &story, &who, &who.name, over)
            })
        };
        take(&ann, false).unwrap();
        take(&ann, false).unwrap();
        let Err(Error::Conflict { code, current, .. }) = take(&bob, false) else {
            panic!("two pens")
        };
        assert_eq!(
            (code, current.unwrap()["name"].as_str().unwrap().to_owned()),
            ("stories.pen", "ann".to_owned())
        );
        take(&bob, true).unwrap();
        assert_eq!(take(&ann, false).unwrap_err().code(), "stories.pen");
        scratch.clock.advance(2 * At::MINUTE);
        take(&ann, false).unwrap();
    }
}

#[test]
fn a_story_moves_on_its_way_and_the_queue_stands_by_due_time() {
    for scratch in staffed() {
        let db = scratch.db();
        let ann = db.write_blocking(|tx| reporter(tx, "ann")).unwrap();
        let ids = ["Late", "Soon", "Some time"].map(|headline| make(db, draft(headline, "<p>Text.</p>")));
        let (of, by) = (ids.clone(), ann.person.clone());
        db.write_blocking(move |tx| {
            for (id, hours) in [(&of[0], 5), (&of[1], 1)] {
                let (story, due) = (Story::by_id(tx, id)?, tx.now().plus(hours * At::HOUR));
                Work::assign(tx, &story, Some(by.clone()), Some(due), Some(400), &by)?;
                Work::move_to(tx, &story, Stage::Desk, &by)?;
            }
            Ok(())
        })
        .unwrap();
        let lines = db.read_blocking(|read| Line::open(read)).unwrap();
        let shown: Vec<_> = lines
            .iter()
            .map(|line| (line.headline.as_str(), line.standing(), line.words))
            .collect();
        assert_eq!(
            shown,
            [
                ("Soon", "desk", Some(400)),
                ("Late", "desk", Some(400)),
                ("Some time", "writing", None)
            ]
        );
        publish_now(db, &ids[1]);
        let (of, by) = (ids[1].clone(), ann.person);
        let moved = db.write_blocking(move |tx| {
            let story = Story::by_id(tx, &of)?;
            Work::move_to(tx, &story, Stage::Idea, &by)
        });
        assert_eq!(moved.unwrap_err().code(), "stories.not_open");
        assert_eq!(db.read_blocking(|read| Line::open(read)).unwrap().len(), 2);
        assert_eq!(
            db.read_blocking(|read| Line::named(read, "soo", 5))
                .unwrap()
                .len(),
            1
        );
    }
}

fn judged(db: &Db, id: &StoryId, going: Going) -> Checklist {
    let id = id.clone();
    db.read_blocking(move |read| {
        let story = Story::by_id(read, &id)?;
        Checklist::of(read, &story, going)
    })
    .unwrap()
}

fn blocking(checklist: &Checklist) -> Vec<&'static str> {
    let blocks = checklist
        .items
        .iter()
        .filter(|item| item.verdict == checklist::Verdict::Blocks);
    blocks.map(|item| item.what).collect()
}

#[test]
fn the_checklist_blocks_what_may_not_go_out() {
    for scratch in staffed() {
        let db = scratch.db();
        let now = Going::Out { at: MORNING };
        let good = make(
            db,
            draft("River rises", "<p>The river rose. TKs are not TKMAXX.</p>"),
        );
        assert_eq!(blocking(&judged(db, &good, now)), Vec::<&str>::new());
        judged(db, &good, now).enforce().unwrap();
        let mut bad = draft("River rises TK", "<p>It rose to TKTK metres.</p>");
        bad.byline.clear();
        let bad = make(db, bad);
        let checklist = judged(db, &bad, now);
        assert_eq!(blocking(&checklist), ["byline", "tk"]);
        assert_eq!(
            checklist
                .items
                .iter()
                .find(|item| item.what == "tk")
                .unwrap()
                .count,
            2
        );
        assert_eq!(checklist.enforce().unwrap_err().code(), "stories.checklist");
        let claim = markup::Document::from_json(
            r#"{"version":1,"blocks":[{"type":"paragraph","text":[{"text":"It is so.","marks":[{"type":"source"}]}]},
                {"type":"picture","url":"https://example.org/a.jpg"}]}"#,
        );
        let claim = make(
            db,
            Draft {
                body: claim.unwrap(),
                ..draft("Claim", "<p>x</p>")
            },
        );
        assert_eq!(
            blocking(&judged(db, &claim, now)),
            ["alt", "caption", "credit", "claims"]
        );
    }
}

#[test]
fn an_embargo_and_a_silent_change_block() {
    for scratch in staffed() {
        let db = scratch.db();
        let id = make(db, draft("River rises", "<p>The river rose.</p>"));
        let (of, until) = (id.clone(), scratch.clock.now().plus(At::HOUR));
        db.write_blocking(move |tx| publish(tx, &of, &at(until))).unwrap();
        let now = Going::Out {
            at: scratch.clock.now(),
        };
        assert_eq!(blocking(&judged(db, &id, now)), ["embargo"]);
        assert_eq!(
            blocking(&judged(db, &id, Going::Out { at: until })),
            Vec::<&str>::new()
        );
        let open = make(db, draft("Bridge", "<p>The bridge is shut.</p>"));
        let ann = db.write_blocking(|tx| reporter(tx, "ann")).unwrap().person;
        publish_now(db, &open);
        assert_eq!(blocking(&judged(db, &open, now)), Vec::<&str>::new());
        typed(db, &open, &ann, "Bridge open");
        assert_eq!(blocking(&judged(db, &open, now)), ["correction"]);
        assert_eq!(blocking(&judged(db, &open, Going::Corrected)), Vec::<&str>::new());
    }
}

#[test]
fn notes_are_threads_that_end_and_no_reader_sees_one() {
    for scratch in staffed() {
        let db = scratch.db();
        let ann = db.write_blocking(|tx| reporter(tx, "ann")).unwrap();
        let id = make(db, draft("River rises", "<p>The river rose.</p>"));
        let of = id.clone();
        let thread = db.write_blocking(move |tx| {
            let story = Story::by_id(tx, &of)?;
            let say = |thread: Option<String>| NoteDraft {
                id: None,
                thread,
                text: CANARY.into(),
                about: String::new(),
            };
            let note = Note::add(tx, &story, say(None), &ann.person, &ann.name)?;
            Note::add(tx, &story, say(Some(note.id.clone())), &ann.person, &ann.name)?;
            let lost = Note::add(tx, &story, say(Some("nothing".into())), &ann.person, &ann.name);
            assert_eq!(lost.unwrap_err().code(), "stories.no_note");
            Ok(note.id)
        });
        let (of, thread) = (id.clone(), thread.unwrap());
        let open = |id: StoryId| db.read_blocking(move |read| Note::open(read, &id)).unwrap();
        assert_eq!(open(id.clone()), 1);
        publish_now(db, &id);
        assert!(public_has(db, "River rises"));
        assert!(!public_has(db, CANARY), "a note is public");
        db.write_blocking(move |tx| {
            let story = Story::by_id(tx, &of)?;
            Note::resolve(tx, &story, &thread, Some("ann"))
        })
        .unwrap();
        assert_eq!(open(id), 0);
    }
}

#[test]
fn what_the_newsroom_marks_in_a_text_stays_with_it() {
    for scratch in staffed() {
        let db = scratch.db();
        let text = format!(
            r#"{{"version":1,"blocks":[{{"id":"p1","type":"paragraph","text":[{{"text":"It rained. "}},{{"text":"So they say.",
                "marks":[{{"type":"note","id":"{CANARY}"}},{{"type":"source","name":"{CANARY}"}},{{"type":"strong"}}]}}]}},
                {{"id":"l1","type":"list","items":[{{"text":[{{"text":"wet","marks":[{{"type":"source","id":"{CANARY}"}}]}}]}}]}}]}}"#
        );
        let body = Document::from_json(&text).unwrap();
        let id = make(
            db,
            Draft {
                body: body.clone(),
                ..draft("Rain", "<p>x</p>")
            },
        );
        publish_now(db, &id);
        assert!(public_has(db, "So they say."), "the subject exists");
        assert!(!public_has(db, CANARY));
        let public = db
            .public()
            .read_blocking({
                let id = id.clone();
                move |read| PublicStory::by_id(read, &id)
            })
            .unwrap();
        assert_eq!(public.body.blocks[0].id.as_str(), "p1");
        assert_eq!(
            public.body.blocks[0].texts()[0].0[1].marks,
            [markup::Mark::Strong]
        );
        let (of, kept) = (id.clone(), CANARY);
        db.write_blocking(move |tx| {
            let story = Story::by_id(tx, &of)?;
            let note = Correction {
                kind: CorrectionKind::Correction,
                note: "It rained more.".into(),
                by: None,
            };
            let draft = Draft {
                headline: "More rain".into(),
                ..story.draft.clone()
            };
            correct(tx, story, draft, note)
        })
        .unwrap();
        assert!(public_has(db, "More rain") && !public_has(db, kept));
        let draft = db
            .read_blocking(move |read| Story::by_id(read, &id))
            .unwrap()
            .draft;
        assert_eq!(draft.body, body, "the newsroom keeps it");
    }
}
