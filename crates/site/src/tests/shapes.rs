//! Every page with every shape of story, in the strict theme: nothing that a template prints is missing.

use super::*;
use base::Error;
use base::web::Refusal;
use http::{Method, StatusCode, Uri};
use lexicon::{CorrectionKind, SourceKind};
use stories::{Background, Correction, Original, Source, Storyline};

const LONG_WORD: &str =
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsänderungsantragsformularvordruck";
const HOSTILE: &str = "<script>alert(1)</script> & \"quotes\" 'here' {{ 7*7 }}";

fn shapes() -> Vec<Draft> {
    let slug = |text: &str| Slug::parse(text).unwrap();
    let bare = draft("en", "Bare");
    let mut full = draft("en", "Full");
    full.kicker = "Rivers".into();
    full.standfirst = "What it is about.".into();
    full.dateline = "KOLVANE".into();
    full.agency = "Lorne News Agency".into();
    full.authors = vec![slug("ann-ellin")];
    full.topics = vec![slug("ice")];
    full.storyline = Some(slug("flood"));
    full.level = Level::Urgent;
    let source = |confidential: bool, chain: &str| Source {
        name: "The mayor".into(),
        kind: SourceKind::Official,
        confidential,
        chain: chain.into(),
        text: "That it rained.".into(),
    };
    full.sources = vec![source(false, "via the Gazette"), source(true, "")];
    let blocks = "<h2>Part</h2><p>One <a href=\"https://x.example/\">link</a>.</p><ul><li>a</li></ul><blockquote>q</blockquote>\
                  <table><tr><th>a</th></tr><tr><td>b</td></tr></table><pre>code</pre>";
    full.body = markup::from_html(blocks).0;
    let headline = |edition: &str, headline: &str| draft(edition, headline);
    let mut foreign = headline("en", "فيضان في لورن");
    foreign.language = "ar".into();
    let mut leftward = headline("ar", "Flood in Lorne");
    leftward.language = "en".into();
    let mut hostile = headline("en", HOSTILE);
    (hostile.standfirst, hostile.byline, hostile.kicker) = (HOSTILE.into(), HOSTILE.into(), HOSTILE.into());
    let live = r#"{"version":1,"blocks":[{"id":"p1","type":"paragraph","text":[{"text":"Background."}]},
        {"id":"e1","type":"entry","at":"2026-11-24T07:00:00Z","headline":"First","key_event":true,"author":"ann-ellin",
         "blocks":[{"id":"p2","type":"paragraph","text":[{"text":"It began."}]}]},
        {"id":"e2","type":"entry","at":"2026-11-24T07:30:00Z","pinned":true,"author":"A. Guest",
         "blocks":[{"id":"p3","type":"paragraph","text":[{"text":"It goes on."}]}]}]}"#;
    let mut coverage = headline("en", "Live");
    coverage.kind = StoryKind::Live;
    coverage.body = markup::Document::from_json(live).unwrap();
    let mut ended = coverage.clone();
    (ended.headline, ended.closed) = ("Ended".into(), true);
    let kinds = [
        StoryKind::Feature,
        StoryKind::Analysis,
        StoryKind::Opinion,
        StoryKind::Offbeat,
        StoryKind::Gallery,
        StoryKind::Video,
    ];
    let of_kind = |kind: StoryKind| {
        let mut story = draft("en", kind.as_str());
        (story.kind, story.section) = (kind, Slug::parse("opinion").unwrap());
        story.byline = "By our correspondent".into();
        story
    };
    let mut shapes: Vec<Draft> = kinds.into_iter().map(of_kind).collect();
    shapes.extend([
        bare,
        full,
        headline("en", &"An awfully long headline ".repeat(12)),
        headline("en", LONG_WORD),
        headline("ar", "فيضان في لورن"),
        headline("fi", "Tulva Lornessa"),
        foreign,
        leftward,
        hostile,
        coverage,
        ended,
    ]);
    shapes
}

async fn fill(room: &Room) -> Vec<StoryId> {
    let entries = vec![Background {
        at: At(0),
        text: "It began.".into(),
    }];
    let storyline = Storyline {
        slug: Slug::parse("flood").unwrap(),
        title: "The flood".into(),
        entries,
    };
    room.act(move |tx| storyline.put(tx, &EditionCode::parse("en")?))
        .await
        .unwrap();
    let mut ids = Vec::new();
    for shape in shapes() {
        let mut shape = shape;
        if let Some(first) = ids.first() {
            shape.translations = Some("group".into());
            shape.original = Some(Original {
                story: StoryId::clone(first),
                version: 0,
            });
        }
        ids.push(room.publish(shape).await);
    }
    ids
}

async fn correct(room: &Room, id: &StoryId, kind: CorrectionKind, change: fn(&mut Draft)) {
    room.scratch.clock.advance(At::MINUTE);
    let id = id.clone();
    let act = move |tx: &mut Tx| {
        let story = Story::by_id(tx, &id)?;
        let mut draft = story.draft.clone();
        change(&mut draft);
        stories::correct(
            tx,
            story,
            draft,
            Correction {
                kind,
                note: "It was wrong.".into(),
                by: None,
            },
        )
    };
    room.act(act).await.unwrap();
}

fn whole(html: &str, what: &str) {
    for hole in ["undefined", ">none<", "{{", "{%", "alert(1)</script>"] {
        let allowed = hole == "{{" && html.contains("{{ 7*7 }}");
        assert!(allowed || !html.contains(hole), "{what} prints {hole}");
    }
}

#[test]
fn every_page_renders_with_every_shape_of_story() {
    check(async |room| {
        let ids = fill(room).await;
        for kind in [
            CorrectionKind::Update,
            CorrectionKind::Clarification,
            CorrectionKind::Correction,
            CorrectionKind::Retraction,
        ] {
            correct(room, &ids[7], kind, |draft| draft.headline += "!").await;
        }
        let mut targets = vec![
            Target::List("en", "topic", "ice", false),
            Target::List("en", "topic", "ice", true),
        ];
        for (code, _) in EDITIONS {
            for lite in [false, true] {
                targets.extend([Target::Front(code, lite), Target::Newsfeed(code, 1, lite)]);
                targets.extend(
                    ["world", "opinion", "sport"].map(|slug| Target::List(code, "section", slug, lite)),
                );
                targets.push(Target::List(code, "author", "ann-ellin", lite));
            }
            targets.extend([
                Target::Corrections(code, 1),
                Target::Indexes(code, "topic"),
                Target::Indexes(code, "author"),
                Target::Standing(code),
            ]);
        }
        for id in &ids {
            targets.extend(
                [Shape::Page, Shape::Lite, Shape::Fragment].map(|shape| Target::Story(id.clone(), shape)),
            );
            targets.push(Target::Versions(id.clone()));
        }
        for target in targets {
            let html = room.text(&target).await;
            whole(&html, &format!("{target:?}"));
        }
    });
}

#[test]
fn refusals_are_pages_that_help() {
    check(async |room| {
        let ids = fill(room).await;
        let (path, killed) = (room.path(&ids[6]).await, ids[6].clone());
        room.act(move |tx| stories::kill(tx, &killed, "The numbers <b>were</b> invented."))
            .await
            .unwrap();
        let statuses = [400, 403, 404, 410, 413, 422, 429, 500, 503];
        for path in [
            path.as_str(),
            "/ar/nowhere",
            "/fi/nowhere",
            "/nowhere/at/all",
            "/lite/en/nowhere",
            "/",
        ] {
            for status in statuses {
                let refusal = Refusal {
                    error: Arc::new(Error::TooMany {
                        code: "web.too_many",
                        retry_after_s: 7,
                    }),
                    status: StatusCode::from_u16(status).unwrap(),
                    method: Method::GET,
                    uri: path.parse::<Uri>().unwrap(),
                    request_id: "r1".into(),
                };
                let html = room.house.error_page()(refusal).await.unwrap_or_default();
                assert!(html.contains("<h1"), "{path} {status}");
                whole(&html, path);
                if status == 410 && path.starts_with("/en/") {
                    assert!(
                        html.contains("The numbers &lt;b&gt;were&lt;/b&gt; invented."),
                        "says why"
                    );
                    assert!(!html.contains("Bare"), "never what it said");
                }
            }
        }
    });
}

#[test]
fn texts_in_another_language_are_marked_with_theirs() {
    check(async |room| {
        let ids = fill(room).await;
        let find = |headline: &str| {
            shapes()
                .iter()
                .position(|shape| shape.headline == headline)
                .map(|at| ids[at].clone())
                .unwrap()
        };
        let finnish = room.story(&find("Tulva Lornessa")).await;
        assert!(
            finnish.starts_with("<!doctype html>") && finnish.contains("<html lang=\"fi\" dir=\"ltr\">"),
            "{}",
            &finnish[..300]
        );
        assert!(
            finnish.contains("lang=\"en\">Published")
                || finnish.contains("lang=\"en\" dir=\"ltr\">Published"),
            "interface texts are English and say so"
        );
        let arabic_story = room.story(&find("فيضان في لورن")).await;
        assert!(arabic_story.contains("<html lang=\"ar\" dir=\"rtl\">"));
        let foreign = shapes()
            .iter()
            .position(|shape| shape.language == "ar" && shape.edition.as_str() == "en")
            .unwrap();
        let foreign = room.story(&ids[foreign]).await;
        assert!(
            foreign.contains("<html lang=\"en\" dir=\"ltr\">")
                && foreign.contains(" lang=\"ar\" dir=\"rtl\""),
            "a story in Arabic on an English page"
        );
        let leftward = room.story(&find("Flood in Lorne")).await;
        assert!(
            leftward.contains("<html lang=\"ar\" dir=\"rtl\">")
                && leftward.contains(" lang=\"en\" dir=\"ltr\"")
        );
    });
}

#[test]
fn what_writers_type_is_text_and_never_markup() {
    check(async |room| {
        let ids = fill(room).await;
        let at = shapes()
            .iter()
            .position(|shape| shape.headline == HOSTILE)
            .unwrap();
        for shape in [Shape::Page, Shape::Lite, Shape::Fragment] {
            let html = room.text(&Target::Story(ids[at].clone(), shape)).await;
            assert!(
                html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
                "the subject exists"
            );
            assert!(!html.contains("<script>alert"), "{shape:?}");
        }
        for file in ["feed.rss", "feed.atom", "feed.json"] {
            let feed = room.text(&Target::Feed("en", file, 1)).await;
            assert!(file == "feed.json" || !feed.contains("<script>alert"), "{file}");
        }
    });
}

#[test]
fn a_translation_tells_that_its_original_went_on() {
    check(async |room| {
        let original = room.publish(draft("en", "Flood")).await;
        let mut translated = draft("ar", "فيضان");
        translated.translations = Some("g".into());
        translated.original = Some(Original {
            story: original.clone(),
            version: 1,
        });
        let translation = room.publish(translated).await;
        let marked = |html: &str| html.contains("notice-outdated");
        assert!(!marked(&room.story(&translation).await));
        correct(room, &original, CorrectionKind::Correction, |draft| {
            draft.headline = "Flood falls".into()
        })
        .await;
        let html = room.story(&translation).await;
        assert!(
            marked(&html) && html.contains("Flood falls"),
            "it leads to the original as it is now"
        );
        let lite = room.text(&Target::Story(translation.clone(), Shape::Lite)).await;
        assert!(lite.contains("Flood falls"));
        correct(room, &translation, CorrectionKind::Update, |draft| {
            draft.original.as_mut().unwrap().version = 2
        })
        .await;
        assert!(!marked(&room.story(&translation).await));
    });
}

#[test]
fn what_changed_shows_each_version_with_its_difference() {
    check(async |room| {
        let mut first = draft("en", "Flood");
        first.standfirst = "About 14,100 people leave.".into();
        first.body = markup::from_html("<p>It began.</p><p>The order covers 14,100 people.</p>").0;
        let id = room.publish(first).await;
        correct(room, &id, CorrectionKind::Correction, |draft| {
            draft.standfirst = "About 11,400 people leave.".into();
            draft.body = markup::from_html("<p>It began.</p><p>The order covers 11,400 people.</p>").0;
        })
        .await;
        let html = room.text(&Target::Versions(id.clone())).await;
        assert!(
            html.matches("<del").count() >= 2 && html.matches("<ins").count() >= 2,
            "standfirst and body: {html}"
        );
        assert!(html.contains("14,100") && html.contains("11,400") && html.contains("It was wrong."));
        let log = room.text(&Target::Corrections("en", 1)).await;
        assert!(
            log.contains("It was wrong.")
                && log.contains(&format!("{}/versions#version-2", room.path(&id).await))
        );
        let read = move |read: &mut base::Read| stories::PublicCorrection::of_story(read, &id);
        let kept = room.house.app.db.public().read(read).await.unwrap();
        assert!(
            kept[0].before.contains("About 14,100") && kept[0].after.contains("About 11,400"),
            "the standfirst too: {kept:?}"
        );
    });
}

#[test]
fn a_section_shows_what_was_launched_for_it_first() {
    check(async |room| {
        let old = room.publish(draft("en", "Old but good")).await;
        room.publish(draft("en", "Newest")).await;
        room.scratch.clock.advance(At::MINUTE);
        room.act(move |tx| {
            let (weight, headline) = (fronts::Weight::Lead, Some("As launched".to_owned()));
            let slot = fronts::Slot {
                story: old.clone(),
                weight,
                headline,
                kicker: None,
            };
            fronts::Front::launch(
                tx,
                &EditionCode::parse("en")?,
                Some(&Slug::parse("world")?),
                vec![slot],
                None,
            )
        })
        .await
        .unwrap();
        let html = room.text(&Target::List("en", "section", "world", false)).await;
        let (lead, newest) = (html.find("As launched").unwrap(), html.rfind("Newest").unwrap());
        assert!(lead < newest && !html.contains("Old but good"));
    });
}

#[test]
fn the_text_only_twins_are_small() {
    check(async |room| {
        let paragraph =
            "The river rose again during the night and the town closed its lower bridge. ".repeat(6);
        let mut story = draft("en", "A story of ordinary length");
        story.body = markup::from_html(&format!("<p>{paragraph}</p>").repeat(12)).0;
        let id = room.publish(story).await;
        for number in 0..60 {
            let mut draft = draft(
                "en",
                &format!("Story {number} with a headline of ordinary length"),
            );
            draft.standfirst = "One sentence that says what the story is about, as most have.".into();
            room.publish(draft).await;
        }
        let targets = [
            Target::Story(id, Shape::Lite),
            Target::Front("en", true),
            Target::Newsfeed("en", 1, true),
            Target::List("en", "section", "world", true),
        ];
        for target in targets {
            let bytes = room.text(&target).await.len();
            assert!(bytes <= 15_000, "{target:?}: {bytes} bytes");
        }
    });
}
