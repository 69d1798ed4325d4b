//! What the desk relies on: names of topics, pictures, translations, lists, and the way in over the API.

use super::*;
use crate::draft::{Original, Picture};
use crate::proposal::Proposal;
use crate::topic;
use lexicon::AssetId;
use std::collections::BTreeSet;

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn by_id(db: &Db, id: &StoryId) -> Card {
    let id = id.clone();
    db.public()
        .read_blocking(move |read| Card::by_id(read, &id))
        .unwrap()
        .unwrap()
}

fn update(db: &Db, id: &StoryId, change: fn(&mut Draft)) {
    let id = id.clone();
    db.write_blocking(move |tx| {
        let story = Story::by_id(tx, &id)?;
        let mut draft = story.draft.clone();
        change(&mut draft);
        let version = story.version;
        story.save(tx, draft, version, None, Why::Saved)?;
        publish(tx, &id, &Timing::default()).map(|_| ())
    })
    .unwrap();
}

#[test]
fn a_topic_is_known_by_the_words_it_was_first_typed_in() {
    for scratch in each() {
        let db = scratch.db();
        let slug = db
            .write_blocking(|tx| topic::named(tx, &english(), "Паводок на Лорне"))
            .unwrap();
        let mut story = draft("Вода", "<p>Выше.</p>");
        story.topics = vec![slug.clone(), Slug::parse("ice-age").unwrap()];
        let id = make(db, story);
        assert!(
            !public_has(db, "Паводок"),
            "a topic is public with its first story"
        );
        publish_now(db, &id);
        let topics = by_id(db, &id).facts.topics;
        let names: Vec<&str> = topics.iter().map(|topic| topic.name.as_str()).collect();
        assert_eq!(names, ["Паводок на Лорне", "ice age"]);
        let known = db
            .public()
            .read_blocking(|read| Heading::topics(read, &english()))
            .unwrap();
        assert_eq!(known.len(), 2, "both stand in the list of topics: {known:?}");
    }
}

#[test]
fn a_translation_is_behind_when_its_original_changes_in_public() {
    for scratch in each() {
        let db = scratch.db();
        let original = make(db, draft("Flood", "<p>One.</p>"));
        publish_now(db, &original);
        let mut translated = draft("Паводок", "<p>Раз.</p>");
        translated.original = Some(Original {
            story: original.clone(),
            version: 1,
        });
        let translation = make(db, translated);
        publish_now(db, &translation);
        let behind = || by_id(db, &translation).is_behind(&by_id(db, &original));
        assert!(!behind(), "made from what the public sees");
        update(db, &original, |draft| draft.headline = "Flood falls".to_owned());
        assert!(behind(), "the original went on");
        assert!(
            !by_id(db, &original).is_behind(&by_id(db, &translation)),
            "never the other way round"
        );
        update(db, &translation, |draft| {
            draft.original.as_mut().unwrap().version = 2
        });
        assert!(!behind(), "brought up to date");
    }
}

#[test]
fn a_list_can_be_narrowed_to_what_stands_in_others_too() {
    for scratch in each() {
        let db = scratch.db();
        let profile = Author {
            slug: slug("ann"),
            name: "Ann".into(),
            title: String::new(),
            bio: String::new(),
        };
        db.write_blocking(move |tx| profile.add(tx, &english())).unwrap();
        let story = |headline: &str, topics: &[&str], by_ann: bool| {
            let mut story = draft(headline, "<p>x</p>");
            story.topics = topics.iter().map(|topic| slug(topic)).collect();
            story.authors = if by_ann { vec![slug("ann")] } else { Vec::new() };
            scratch.clock.advance(1);
            publish_now(db, &make(db, story));
        };
        story("both", &["ice", "rivers"], true);
        story("ice only", &["ice"], false);
        story("rivers only", &["rivers"], true);
        let cases = [
            (["", "", ""], vec!["rivers only", "ice only", "both"]),
            (["topic/ice", "", ""], vec!["ice only", "both"]),
            (["author/ann", "topic/ice", "section/world"], vec!["both"]),
            (["topic/ice", "section/nowhere", ""], vec![]),
        ];
        for (places, expect) in cases {
            let read = move |read: &mut base::Read| Card::narrowed(read, &english(), places, newest(), 10);
            let found = db.public().read_blocking(read).unwrap();
            let headlines: Vec<&str> = found.iter().map(|card| card.facts.headline.as_str()).collect();
            assert_eq!(headlines, expect, "{places:?}");
        }
    }
}

#[test]
fn the_parts_of_a_span_hold_each_story_once() {
    for scratch in each() {
        let db = scratch.db();
        for number in 0..7 {
            scratch.clock.advance(if number == 5 { 31 * At::DAY } else { 0 });
            publish_now(db, &make(db, draft(&format!("Story {number}"), "<p>x</p>")));
        }
        let spans = db
            .public()
            .read_blocking(|read| Card::spans(read, &english()))
            .unwrap();
        assert_eq!(spans.iter().map(|span| span.1).collect::<Vec<_>>(), [5, 2]);
        let mut seen = BTreeSet::new();
        for (span, count, _) in spans {
            for skip in (0..count).step_by(2) {
                let read = move |read: &mut base::Read| Card::in_span(read, &english(), span, skip, 2);
                for card in db.public().read_blocking(read).unwrap() {
                    assert!(seen.insert(card.id), "twice");
                }
            }
        }
        assert_eq!(seen.len(), 7);
    }
}

#[test]
fn a_correction_moves_the_date_of_its_span() {
    for scratch in each() {
        let db = scratch.db();
        let id = make(db, draft("Flood", "<p>x</p>"));
        publish_now(db, &id);
        scratch.clock.advance(40 * At::DAY);
        update(db, &id, |draft| draft.headline = "Flood falls".to_owned());
        let spans = db
            .public()
            .read_blocking(|read| Card::spans(read, &english()))
            .unwrap();
        assert_eq!((spans.len(), spans[0].2), (1, MORNING.plus(40 * At::DAY)));
    }
}

#[test]
fn what_a_put_does_not_name_stays_and_a_null_takes_away() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for scratch in each() {
        let mut before = draft("Flood", "<p>x</p>");
        before.picture = Some(Picture {
            asset: AssetId::parse(&"a".repeat(26)).unwrap(),
            alt: "A river".into(),
            caption: String::new(),
            credit: String::new(),
        });
        (before.storyline, before.translations) = (Some(slug("flood")), Some("g1".into()));
        let over = |sent: serde_json::Value| {
            let proposal: Proposal = serde_json::from_value(sent).unwrap();
            let readied = runtime.block_on(proposal.read()).unwrap();
            let before = before.clone();
            scratch
                .db()
                .write_blocking(move |tx| readied.clone().over(tx, &before))
                .unwrap()
        };
        let renamed = over(serde_json::json!({ "headline": "Flood falls" }));
        assert_eq!(
            (renamed.picture.as_ref(), renamed.storyline.as_ref()),
            (before.picture.as_ref(), before.storyline.as_ref())
        );
        let bare = over(serde_json::json!({ "picture": null, "storyline": null, "translations": null }));
        assert_eq!(
            (
                bare.picture,
                bare.storyline,
                bare.translations,
                bare.headline.as_str()
            ),
            (None, None, None, "Flood")
        );
    }
}

#[test]
fn an_author_without_a_profile_is_refused() {
    for scratch in each() {
        let mut unknown = draft("Flood", "<p>x</p>");
        unknown.authors = vec![slug("nobody")];
        let refused = scratch
            .db()
            .write_blocking(move |tx| Story::make(tx, unknown.clone(), None, Why::Made));
        assert_eq!(refused.unwrap_err().code(), "stories.no_author");
    }
}

#[test]
fn no_statement_reads_a_growing_table_whole() {
    let scratch = Scratch::sqlite(&[&base::migrations()[..], media::MIGRATIONS, MIGRATIONS].concat());
    // These few tables hold what the newsroom itself sets up: tens of rows.
    let small = ["public_edition", "public_section", "public_page"];
    // So are those that sort what one edition, one story or one group of translations has.
    let sorted = [
        "FROM public_edition ",
        "FROM public_section ",
        "FROM public_page ",
        "c.story = $1",
        "translations = $1",
        "GROUP BY",
    ];
    let scans = base::db::scratch::full_scans(&scratch, &statements(), &small);
    let growing: Vec<&String> = scans
        .iter()
        .filter(|scan| !sorted.iter().any(|few| scan.contains(few)))
        .collect();
    assert!(growing.is_empty(), "{growing:#?}");
    let planted = base::db::scratch::full_scans(
        &scratch,
        &[Sql::new("SELECT id FROM public_story WHERE facts = $1")],
        &small,
    );
    assert_eq!(planted.len(), 1, "a scan would be seen");
}

#[test]
fn a_correction_takes_nothing_unfinished_with_it() {
    for scratch in each() {
        let db = scratch.db();
        let id = make(db, draft("Flood", "<p>One.</p>"));
        publish_now(db, &id);
        let own = id.clone();
        db.write_blocking(move |tx| {
            let unfinished = draft("Flood", &format!("<p>{CANARY}</p>"));
            Story::by_id(tx, &own)?.save(tx, unfinished, 1, None, Why::Saved)?;
            let story = Story::by_id(tx, &own)?;
            let (kind, note) = (CorrectionKind::Clarification, "It was on Monday.".to_owned());
            let draft = story.public_draft(tx)?;
            correct(tx, story, draft, Correction { kind, note, by: None })
        })
        .unwrap();
        assert!(public_has(db, "It was on Monday."), "the subject exists");
        assert!(!public_has(db, CANARY));
    }
}

#[test]
fn nobody_overwrites_without_saying_what() {
    use http::{HeaderMap, header};
    let cases = [
        (None, Err(428)),
        (Some("\"v3\""), Ok(Some(3))),
        (Some("W/\"v3\""), Ok(Some(3))),
        (Some("*"), Ok(None)),
        (Some("\"x\""), Err(412)),
        (Some("3"), Err(412)),
    ];
    for (sent, expect) in cases {
        let mut headers = HeaderMap::new();
        headers.extend(sent.map(|etag| (header::IF_MATCH, etag.parse().unwrap())));
        assert_eq!(
            crate::web::if_match(&headers).map_err(|error| error.status()),
            expect,
            "{sent:?}"
        );
    }
}
