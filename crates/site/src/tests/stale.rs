//! Never stale: after whatever happens, every page that is still stored is what would be rendered now.

use super::*;
use crate::tags;
use lexicon::CorrectionKind;
use newsfeed::Flash;
use stories::ingest::{Arrival, take_in};
use stories::{Background, Correction, Original, Storyline};

/// What a newsroom does, with numbers that choose what it does it to.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Publish(usize),
    Correct(usize),
    Move(usize),
    Kill(usize),
    Flash(usize),
    FlashBack(usize),
    Launch(usize),
    Import(usize),
    Furnish(usize),
    Wait(usize),
}

/// A store of pages as the page store keeps them: dropped by tags, and at their time.
struct Store<'a> {
    room: &'a Room,
    pages: BTreeMap<Target, Page>,
    stories: Vec<StoryId>,
    flashes: Vec<String>,
    seq: i64,
}

const CODES: [&str; 2] = ["en", "ar"];

impl<'a> Store<'a> {
    fn new(room: &'a Room) -> Self {
        Self {
            room,
            pages: BTreeMap::new(),
            stories: Vec::new(),
            flashes: Vec::new(),
            seq: 0,
        }
    }

    fn targets(&self) -> Vec<Target> {
        let mut targets = vec![Target::Sitemap, Target::News];
        let span = self.room.scratch.clock.now().0 / (30 * At::DAY);
        for code in CODES {
            targets.extend([false, true].map(|lite| Target::Front(code, lite)));
            targets.extend([false, true].map(|lite| Target::Newsfeed(code, 1, lite)));
            targets.extend(["world", "sport"].map(|slug| Target::List(code, "section", slug, false)));
            targets.extend(["feed.rss", "feed.json"].map(|file| Target::Feed(code, file, 1)));
            targets.extend([
                Target::Corrections(code, 1),
                Target::List(code, "topic", "ice", false),
                Target::List(code, "author", "ann-ellin", true),
                Target::Indexes(code, "topic"),
                Target::Indexes(code, "author"),
                Target::SectionFeed(code, "world"),
                Target::Part(code, format!("{span}.xml")),
                Target::Manifest(code),
                Target::Standing(code),
            ]);
        }
        for id in &self.stories {
            targets.extend(
                [Shape::Page, Shape::Lite, Shape::Fragment].map(|shape| Target::Story(id.clone(), shape)),
            );
            targets.push(Target::Versions(id.clone()));
        }
        targets
    }

    /// Drops what the events since the last time touch, and what has expired; then compares and stores all pages.
    async fn settle(&mut self, after: &str) {
        let (public, seq) = (self.room.house.app.db.public(), self.seq);
        let read = move |read: &mut base::Read| base::journal::after(read, &Stream::Public, seq, 1_000);
        for record in public.read(read).await.unwrap() {
            let touched = record.event.as_ref().map(tags::touched).unwrap_or_default();
            self.pages
                .retain(|_, page| !page.tags.iter().any(|tag| touched.contains(tag)));
            self.seq = record.seq;
        }
        let now = self.room.scratch.clock.now();
        self.pages
            .retain(|_, page| page.expires_at.is_none_or(|at| now < at));
        for target in self.targets() {
            let fresh = target.render(self.room).await;
            match (self.pages.get(&target), fresh) {
                (Some(stored), Ok(fresh)) => {
                    assert_eq!(shown(stored), shown(&fresh), "{target:?} is stale after {after}")
                }
                (Some(_), Err(error)) => panic!("{target:?} is stale after {after}: now {error:?}"),
                (None, Ok(fresh)) => drop(self.pages.insert(target, fresh)),
                (None, Err(error)) => assert!([404, 410].contains(&error.status()), "{target:?}: {error:?}"),
            }
        }
    }

    async fn live(&mut self, deeds: &[Deed]) {
        self.settle("the start").await;
        for deed in deeds {
            // What is refused (a second kill) changes nothing, and that is compared too.
            let _ = self.act(*deed).await;
            self.settle(&format!("{deed:?}")).await;
        }
    }

    fn chosen(&self, n: usize) -> Option<StoryId> {
        (!self.stories.is_empty()).then(|| self.stories[n % self.stories.len()].clone())
    }

    async fn act(&mut self, deed: Deed) -> Result<()> {
        let room = self.room;
        match deed {
            Deed::Publish(n) => {
                let draft = self.varied(n);
                let id = room.publish(draft).await;
                self.stories.push(id);
                Ok(())
            }
            Deed::Import(n) => {
                let mut draft = self.varied(n);
                draft.external_id = Some(format!("old-{}", self.stories.len()));
                self.import(draft).await
            }
            Deed::Correct(n) => self.change(n, |draft| draft.headline += "!").await,
            Deed::Move(n) => {
                self.change(n, |draft| {
                    let other = if draft.section.as_str() == "world" {
                        "sport"
                    } else {
                        "world"
                    };
                    draft.section = Slug::parse(other).unwrap();
                    draft.topics.clear();
                })
                .await
            }
            Deed::Kill(n) => {
                let Some(id) = self.chosen(n) else { return Ok(()) };
                room.act(move |tx| stories::kill(tx, &id, "It was not true."))
                    .await
            }
            Deed::Flash(n) => {
                let (code, story) = (
                    EditionCode::parse(CODES[n % 2])?,
                    self.chosen(n).filter(|_| n > 3),
                );
                let send = move |tx: &mut Tx| {
                    Flash::send(tx, &code, Level::Flash, "Something happened", story.clone())
                };
                self.flashes.push(room.act(send).await?.id);
                Ok(())
            }
            Deed::FlashBack(n) => {
                let Some(id) = self.flashes.get(n % self.flashes.len().max(1)).cloned() else {
                    return Ok(());
                };
                room.act(move |tx| Flash::withdraw(tx, &id)).await
            }
            Deed::Launch(n) => self.launch(n).await,
            Deed::Furnish(n) => room.act(move |tx| new_furniture(tx, n)).await,
            Deed::Wait(n) => {
                room.scratch
                    .clock
                    .advance([At::HOUR, 4 * At::HOUR, At::DAY, 31 * At::DAY][n % 4]);
                Ok(())
            }
        }
    }

    /// A story that is linked with others in every way there is.
    fn varied(&self, n: usize) -> Draft {
        let mut draft = draft(CODES[n % 2], &format!("Story {n}"));
        let other = self.chosen(n / 2);
        draft.section = Slug::parse(if n.is_multiple_of(3) { "sport" } else { "world" }).unwrap();
        draft.level = if n.is_multiple_of(5) {
            Level::Urgent
        } else {
            Level::Routine
        };
        draft.kind = if n % 7 == 1 {
            StoryKind::Live
        } else {
            StoryKind::News
        };
        if n % 2 == 1 || n % 5 == 2 {
            draft.translations = Some("group".into());
            draft.original = other.clone().map(|story| Original { story, version: 1 });
        }
        if n % 4 < 2 {
            draft.topics = vec![Slug::parse("ice").unwrap()];
            draft.authors = vec![Slug::parse("ann-ellin").unwrap()];
            draft.storyline = Some(Slug::parse("flood").unwrap());
        }
        if let Some(other) = other.filter(|_| n % 3 == 1) {
            let body = format!(
                r#"{{"version":1,"blocks":[{{"id":"r1","type":"related","story":"{other}","headline":"x"}}]}}"#
            );
            draft.body = markup::Document::from_json(&body).unwrap();
        }
        draft
    }

    async fn import(&mut self, draft: Draft) -> Result<()> {
        let past = self.room.scratch.clock.now().plus(-2 * At::HOUR);
        let external = (draft.edition.clone(), draft.external_id.clone().unwrap());
        let arrival = Arrival {
            section: heading(draft.section.as_str()),
            draft,
            public: true,
            published_at: Some(past),
            changed_at: None,
            old_url: None,
            topics: Vec::new(),
            authors: Vec::new(),
        }
        .prepare()?;
        let take = move |tx: &mut Tx| {
            take_in(tx, &arrival)?;
            Story::by_external(tx, &external.0, &external.1)
        };
        self.stories.extend(self.room.act(take).await?);
        Ok(())
    }

    async fn change(&self, n: usize, change: fn(&mut Draft)) -> Result<()> {
        let Some(id) = self.chosen(n) else { return Ok(()) };
        self.room.scratch.clock.advance(At::MINUTE);
        let act = move |tx: &mut Tx| {
            let story = Story::by_id(tx, &id)?;
            let mut draft = story.draft.clone();
            change(&mut draft);
            let (kind, note) = (CorrectionKind::Correction, "It was wrong.".to_owned());
            stories::correct(tx, story, draft, Correction { kind, note, by: None })
        };
        self.room.act(act).await.map(|_| ())
    }

    async fn launch(&self, n: usize) -> Result<()> {
        let Some(story) = self.chosen(n) else {
            return Ok(());
        };
        self.room.scratch.clock.advance(At::MINUTE);
        let launch = move |tx: &mut Tx| {
            let edition = stories::PublicStory::by_id(tx, &story)?.card.edition;
            let section = n.is_multiple_of(2).then(|| Slug::parse("world")).transpose()?;
            let (weight, headline) = (fronts::Weight::Lead, Some(format!("Launched {n}")));
            let slot = fronts::Slot {
                story: story.clone(),
                weight,
                headline,
                kicker: None,
            };
            fronts::Front::launch(tx, &edition, section.as_ref(), vec![slot], None)
        };
        self.room.act(launch).await.map(|_| ())
    }
}

/// A section, topic, author, page, storyline or edition that was not there before.
fn new_furniture(tx: &mut Tx, n: usize) -> Result<()> {
    let edition = EditionCode::parse(CODES[n % 2])?;
    let slug = Slug::parse(&format!("new-{n}"))?;
    match n % 6 {
        0 => heading(slug.as_str()).add_section(tx, &edition).map(|_| ()),
        1 => heading(slug.as_str()).add_topic(tx, &edition).map(|_| ()),
        2 => {
            let (name, title, bio) = ("New".to_owned(), String::new(), String::new());
            Author {
                slug,
                name,
                title,
                bio,
            }
            .add(tx, &edition)
            .map(|_| ())
        }
        3 => {
            let (title, body) = ("New".to_owned(), markup::Document::default().to_json());
            stories::Page { slug, title, body }.put(tx, &edition)
        }
        4 => {
            let entries = vec![Background {
                at: At(n as i64),
                text: format!("It began {n}."),
            }];
            let (slug, title) = (Slug::parse("flood")?, "Flood".to_owned());
            Storyline { slug, title, entries }.put(tx, &edition)
        }
        _ => furnish(tx, &format!("n{n}"), "New"),
    }
}

/// A page without the moment at which it was made, which the text-only twins print.
fn shown(page: &Page) -> String {
    let text = String::from_utf8_lossy(&page.body).into_owned();
    match (text.find("</b></a> <span>"), text.find("</span></p>")) {
        (Some(from), Some(to)) if from < to => format!("{}{}", &text[..from], &text[to..]),
        _ => text,
    }
}

fn scratch() -> Vec<Scratch> {
    vec![Scratch::sqlite(&migrations())]
}

#[test]
fn every_kind_of_event_drops_the_pages_it_changes() {
    use Deed::*;
    let deeds = [
        Furnish(4),
        Publish(0),
        Publish(1),
        Publish(4),
        Publish(7),
        Correct(0),
        Publish(2),
        Import(4),
        Move(1),
        Publish(5),
        Launch(1),
        Launch(2),
        Flash(1),
        Flash(4),
        Wait(0),
        Publish(10),
        Kill(2),
        Furnish(0),
        Furnish(1),
        Furnish(2),
        FlashBack(0),
        Wait(1),
        Correct(3),
        Furnish(3),
        Import(1),
        Wait(2),
        Kill(0),
        Wait(3),
        Furnish(5),
        Publish(9),
    ];
    check_on(scratch(), async |room| Store::new(room).live(&deeds).await);
}

fn deed() -> impl proptest::strategy::Strategy<Value = Deed> {
    use proptest::strategy::Strategy;
    const DEEDS: [fn(usize) -> Deed; 13] = [
        Deed::Publish,
        Deed::Publish,
        Deed::Publish,
        Deed::Correct,
        Deed::Correct,
        Deed::Move,
        Deed::Kill,
        Deed::Flash,
        Deed::FlashBack,
        Deed::Launch,
        Deed::Import,
        Deed::Furnish,
        Deed::Wait,
    ];
    (0..DEEDS.len(), 0..30usize).prop_map(|(deed, n)| DEEDS[deed](n))
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 3, max_shrink_iters: 20, ..Default::default() })]
    #[test]
    fn in_no_order_of_deeds_is_a_stored_page_stale(deeds in proptest::collection::vec(deed(), 6..14)) {
        check_on(scratch(), async |room| Store::new(room).live(&deeds).await);
    }
}
