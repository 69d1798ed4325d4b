use crate::front::{Front, Slot, Standing, Weight};
use base::Db;
use base::db::scratch::Scratch;
use lexicon::{At, EditionCode, Event, Level, Slug, StoryId, StoryKind, Stream};
use stories::{Draft, Edition, Heading, Picture, Story, Timing, Why};

/// A newsroom in two languages.
struct Room(Scratch);

impl Room {
    fn each() -> Vec<Self> {
        let migrations = [
            &base::migrations()[..],
            media::MIGRATIONS,
            stories::MIGRATIONS,
            crate::MIGRATIONS,
        ];
        let rooms: Vec<Self> = Scratch::on_each_engine(&migrations)
            .into_iter()
            .map(Self)
            .collect();
        for room in &rooms {
            room.db()
                .write_blocking(|tx| ["en", "ru"].iter().try_for_each(|code| furnish(tx, code)))
                .unwrap();
        }
        rooms
    }

    fn db(&self) -> &Db {
        self.0.db()
    }

    /// Publishes one a minute after whatever came before.
    fn publish(&self, headline: &str, change: fn(&mut Draft)) -> StoryId {
        self.0.clock.advance(At::MINUTE);
        let mut draft = draft(&english(), headline);
        change(&mut draft);
        let published = self.db().write_blocking(move |tx| {
            let story = Story::make(tx, draft.clone(), None, Why::Made)?;
            stories::publish(tx, &story.id, &Timing::default()).map(|_| story.id)
        });
        published.unwrap()
    }

    fn launch(&self, slots: Vec<Slot>, expected: Option<i64>) -> base::Result<Front> {
        self.0.clock.advance(At::MINUTE);
        self.db()
            .write_blocking(move |tx| Front::launch(tx, &english(), None, slots.clone(), expected))
    }

    fn standing(&self) -> Standing {
        let read = |read: &mut base::Read| {
            let front = Front::current(read, &english(), "")?;
            front.standing(read, &english(), "", 24)
        };
        self.db().public().read_blocking(read).unwrap()
    }

    fn lead(&self) -> String {
        self.standing()
            .lead
            .map(|card| card.facts.headline)
            .unwrap_or_default()
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
    let (slug, name, description) = (Slug::parse("world")?, "World".to_owned(), String::new());
    Heading {
        slug,
        name,
        description,
    }
    .add_section(tx, &edition.code)
    .map(|_| ())
}

fn english() -> EditionCode {
    EditionCode::parse("en").unwrap()
}

fn slot(story: &StoryId, weight: Weight) -> Slot {
    Slot {
        story: story.clone(),
        weight,
        headline: None,
        kicker: None,
    }
}

fn lead(story: &StoryId) -> Slot {
    slot(story, Weight::Lead)
}

fn plain(_: &mut Draft) {}

fn urgent(draft: &mut Draft) {
    draft.level = Level::Urgent;
}

fn pictured(draft: &mut Draft) {
    draft.picture = Some(Picture {
        asset: lexicon::AssetId::parse(&"a".repeat(26)).unwrap(),
        alt: "A river".into(),
        caption: String::new(),
        credit: String::new(),
    });
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
fn every_statement_prepares_and_reads_no_table_whole() {
    for room in Room::each() {
        base::db::scratch::prepare_all(&room.0, &crate::statements());
    }
    let migrations = [&base::migrations()[..], crate::MIGRATIONS].concat();
    let scans = base::db::scratch::full_scans(&Scratch::sqlite(&migrations), &crate::statements(), &[]);
    assert!(scans.is_empty(), "{scans:#?}");
}

#[test]
fn curated_slots_stand_as_launched_and_every_launch_is_kept() {
    for room in Room::each() {
        let (a, b, c) = (
            room.publish("A", plain),
            room.publish("B", plain),
            room.publish("C", plain),
        );
        let first = room
            .launch(vec![lead(&a), slot(&b, Weight::Second)], None)
            .unwrap();
        let between = room.0.clock.now();
        assert_eq!(
            (room.lead().as_str(), room.standing().seconds[0].id.clone()),
            ("A", b.clone())
        );
        let second = room.launch(vec![lead(&c)], None).unwrap();
        assert_eq!((first.number, second.number, room.lead().as_str()), (1, 2, "C"));
        let then = room
            .db()
            .public()
            .read_blocking(move |read| Front::at(read, &english(), "", between))
            .unwrap();
        assert_eq!(then, first, "what led then");
        let before = room
            .db()
            .public()
            .read_blocking(|read| Front::at(read, &english(), "", At(0)))
            .unwrap();
        assert_eq!((before.number, before.slots.len()), (0, 0));
        let records = room
            .db()
            .public()
            .read_blocking(|read| base::journal::after(read, &Stream::Public, 0, 100))
            .unwrap();
        let launches = records
            .iter()
            .filter(|record| matches!(record.event, Some(Event::FrontLaunched { .. })));
        assert_eq!(launches.count(), 2);
    }
}

#[test]
fn of_two_editors_the_second_is_told() {
    for room in Room::each() {
        let (a, b) = (room.publish("A", plain), room.publish("B", plain));
        room.launch(vec![lead(&a)], Some(0)).unwrap();
        let refused = room.launch(vec![lead(&b)], Some(0)).unwrap_err();
        assert_eq!((refused.status(), refused.code()), (412, "fronts.precondition"));
        assert_eq!(room.lead(), "A", "the first one's front stands");
        room.launch(vec![lead(&b)], Some(1)).unwrap();
        assert_eq!(room.lead(), "B");
    }
}

#[test]
fn a_slot_may_call_its_story_otherwise() {
    for room in Room::each() {
        let a = room.publish("A long headline for the story's page", plain);
        let named = Slot {
            headline: Some("Short".into()),
            kicker: Some("Flood".into()),
            ..lead(&a)
        };
        room.launch(vec![named.clone()], None).unwrap();
        let card = room.standing().lead.unwrap();
        assert_eq!(
            (card.facts.headline.as_str(), card.facts.kicker.as_str()),
            ("Short", "Flood")
        );
        let refused = room
            .launch(
                vec![Slot {
                    headline: Some("x\u{7}".into()),
                    ..named
                }],
                None,
            )
            .unwrap_err();
        assert_eq!(refused.code(), "fronts.line");
    }
}

#[test]
fn a_front_without_its_lead_falls_back() {
    for room in Room::each() {
        let (a, b) = (room.publish("A", plain), room.publish("B", plain));
        let newest = room.publish("C", plain);
        room.launch(vec![lead(&a), slot(&b, Weight::Second)], None)
            .unwrap();
        let killed = a.clone();
        room.db()
            .write_blocking(move |tx| stories::kill(tx, &killed, "It was not true."))
            .unwrap();
        let standing = room.standing();
        assert_eq!(standing.lead.map(|card| card.id), Some(newest));
        assert_eq!(standing.seconds[0].id, b, "what else was curated stays");
        assert!(standing.latest.iter().all(|card| card.id != a));
    }
}

#[test]
fn what_cannot_stand_on_a_front_is_refused() {
    for room in Room::each() {
        let (a, b) = (room.publish("A", plain), room.publish("B", plain));
        let mut foreign = draft(&EditionCode::parse("ru").unwrap(), "Р");
        foreign.language = "ru".into();
        let (foreign, hidden) = room
            .db()
            .write_blocking(move |tx| {
                let story = Story::make(tx, foreign.clone(), None, Why::Made)?;
                stories::publish(tx, &story.id, &Timing::default())?;
                let hidden = Story::make(tx, draft(&english(), "Embargoed"), None, Why::Made)?;
                Ok((story.id, hidden.id))
            })
            .unwrap();
        let many = |n| {
            (0..n)
                .map(|_| slot(&base::clock::story_id(), Weight::Strip))
                .collect()
        };
        let cases: [(Vec<Slot>, &str); 5] = [
            (vec![lead(&a), lead(&b)], "fronts.slots"),
            (vec![lead(&a), slot(&a, Weight::Strip)], "fronts.slots"),
            (many(61), "fronts.slots"),
            (vec![lead(&foreign)], "fronts.slots"),
            (vec![lead(&hidden)], "fronts.slots"),
        ];
        for (slots, code) in cases {
            assert_eq!(room.launch(slots, None).unwrap_err().code(), code);
        }
        let nowhere = Slug::parse("nowhere").unwrap();
        let launch = move |tx: &mut base::Tx| Front::launch(tx, &english(), Some(&nowhere), Vec::new(), None);
        assert_eq!(
            room.db().write_blocking(launch).unwrap_err().code(),
            "stories.no_section"
        );
        let front = room
            .db()
            .public()
            .read_blocking(|read| Front::current(read, &english(), ""))
            .unwrap();
        assert_eq!(front.number, 0, "nothing refused is left");
    }
}

#[test]
fn breaking_news_leads_over_what_was_launched_before_it() {
    for room in Room::each() {
        let a = room.publish("A", plain);
        room.launch(vec![lead(&a)], None).unwrap();
        let breaking = room.publish("Breaking", urgent);
        let standing = room.standing();
        assert_eq!(standing.lead.map(|card| card.id), Some(breaking));
        assert_eq!(standing.seconds[0].id, a, "the lead steps aside");
    }
}

#[test]
fn a_launch_after_breaking_news_has_the_last_word() {
    for room in Room::each() {
        let a = room.publish("A", plain);
        room.publish("Breaking", urgent);
        room.launch(vec![lead(&a)], None).unwrap();
        assert_eq!(room.lead(), "A");
    }
}

#[test]
fn an_edition_that_nobody_curates_has_a_sensible_lead() {
    for room in Room::each() {
        assert_eq!(room.standing().lead, None, "an empty edition has an empty front");
        room.publish("Old picture", pictured);
        for number in 0..8 {
            room.publish(&format!("Plain {number}"), plain);
        }
        assert_eq!(
            room.lead(),
            "Plain 7",
            "an old picture does not push the news aside"
        );
        room.publish("New picture", pictured);
        room.publish("Newest", plain);
        assert_eq!(room.lead(), "New picture");
        room.publish("Breaking", urgent);
        assert_eq!(room.lead(), "Breaking");
        room.0.clock.advance(13 * At::HOUR);
        room.publish("Next morning", plain);
        assert_eq!(
            room.lead(),
            "New picture",
            "yesterday's flash is no lead for ever"
        );
        let standing = room.standing();
        let mut ids: Vec<_> = standing
            .seconds
            .iter()
            .chain(&standing.lead)
            .map(|card| card.id.clone())
            .collect();
        ids.sort();
        ids.dedup();
        assert_eq!(
            (ids.len(), standing.seconds.len()),
            (4, 3),
            "no story twice at the top"
        );
    }
}
