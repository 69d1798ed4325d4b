//! What is looked at before a story is published: what blocks, and what is only advised.

use crate::draft::Draft;
use crate::note::Note;
use crate::story::Story;
use crate::work::Work;
use base::db::Query;
use base::{Error, Result};
use lexicon::{AssetId, At, StoryState};
use markup::{Kind, Mark, Text};
use media::Asset;
use serde::Serialize;

/// A headline longer than this is cut on phones, in cards and in search results.
const HEADLINE: usize = 110;

/// Whether a story may go out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checklist {
    /// Nothing blocks.
    pub passes: bool,
    pub items: Vec<Item>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// `headline`, `body`, `byline`, `alt`, `caption`, `credit`, `embargo`, `tk`, `claims`, `correction`, `standfirst`, `topics`,
    /// `picture`, `sources`, `notes`, `length`.
    pub what: &'static str,
    pub verdict: Verdict,
    /// How many places it concerns.
    pub count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Passed,
    Advises,
    Blocks,
}

/// How the story is to go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Going {
    /// Published at this moment, or now.
    Out { at: At },
    /// Changed in public with a note.
    Corrected,
}

impl Checklist {
    /// Looks at the draft as it stands.
    pub fn of(db: &mut dyn Query, story: &Story, going: Going) -> Result<Self> {
        let draft = &story.draft;
        let (alt, caption, credit) = pictures(db, draft)?;
        let work = Work::of(db, &story.id)?;
        let mut items = vec![
            must("headline", usize::from(draft.headline.trim().is_empty())),
            must(
                "body",
                usize::from(
                    draft
                        .body
                        .walk()
                        .all(|block| block.texts().iter().all(|text| text.is_blank())),
                ),
            ),
            must("byline", usize::from(anonymous(draft))),
            must("alt", alt),
            must("caption", caption),
            must("credit", credit),
            must("tk", left_open(draft)),
            must("claims", unnamed_claims(draft)),
        ];
        if let Going::Out { at } = going {
            items.push(must(
                "embargo",
                usize::from(work.embargo_until.is_some_and(|until| until > at)),
            ));
            items.push(must("correction", usize::from(is_silent_change(db, story)?)));
        }
        let open = usize::try_from(Note::open(db, &story.id)?).unwrap_or(0);
        items.extend([
            should("length", usize::from(draft.headline.chars().count() > HEADLINE)),
            should("standfirst", usize::from(draft.standfirst.trim().is_empty())),
            should("topics", usize::from(draft.topics.is_empty())),
            should("picture", usize::from(draft.picture.is_none())),
            should(
                "sources",
                usize::from(draft.sources.is_empty() && draft.agency.is_empty()),
            ),
            should("notes", open),
        ]);
        let passes = items.iter().all(|item| item.verdict != Verdict::Blocks);
        Ok(Self { passes, items })
    }

    /// Errors: `stories.checklist` with the list, when something blocks.
    pub fn enforce(self) -> Result<()> {
        if self.passes || cfg!(feature = "planted-unchecked") {
            return Ok(());
        }
        let named: Vec<_> = self
            .items
            .iter()
            .filter(|item| item.verdict == Verdict::Blocks)
            .map(|item| item.what)
            .collect();
        Err(Error::Conflict {
            code: "stories.checklist",
            message: format!("The checklist is not done: {}.", named.join(", ")),
            current: Some(serde_json::to_value(&self)?),
        })
    }
}

fn must(what: &'static str, count: usize) -> Item {
    judged(what, count, Verdict::Blocks)
}

fn should(what: &'static str, count: usize) -> Item {
    judged(what, count, Verdict::Advises)
}

fn judged(what: &'static str, count: usize, verdict: Verdict) -> Item {
    let verdict = if count == 0 { Verdict::Passed } else { verdict };
    Item { what, verdict, count }
}

/// No author, no byline, no agency and no source: nobody stands for it.
fn anonymous(draft: &Draft) -> bool {
    let blank = |text: &str| text.trim().is_empty();
    draft.authors.is_empty() && blank(&draft.byline) && blank(&draft.agency) && draft.sources.is_empty()
}

/// Pictures that lack words for who cannot see them, a caption, a credit. The asset's own words count.
fn pictures(db: &mut dyn Query, draft: &Draft) -> Result<(usize, usize, usize)> {
    let mut shown: Vec<(Option<AssetId>, bool, bool, bool)> = Vec::new();
    let has = |text: &str| !text.trim().is_empty();
    if let Some(lead) = &draft.picture {
        shown.push((
            Some(lead.asset.clone()),
            has(&lead.alt),
            has(&lead.caption),
            has(&lead.credit),
        ));
    }
    for block in draft.body.walk() {
        let inner = match &block.kind {
            Kind::Picture(picture) => std::slice::from_ref(picture),
            Kind::Gallery(gallery) => gallery.pictures.as_slice(),
            _ => continue,
        };
        shown.extend(inner.iter().map(|picture| {
            let asset = picture
                .asset
                .as_ref()
                .and_then(|id| AssetId::parse(id.as_str()).ok());
            (
                asset,
                has(&picture.alt),
                !picture.caption.is_blank(),
                has(&picture.credit),
            )
        }));
    }
    let mut missing = (0, 0, 0);
    for (asset, alt, caption, credit) in shown {
        let own = match asset.filter(|_| !(alt && caption && credit)) {
            Some(id) => Asset::by_id(db, &id)?.words,
            None => media::Words::default(),
        };
        missing.0 += usize::from(!alt && !has(&own.alt));
        missing.1 += usize::from(!caption && !has(&own.caption));
        missing.2 += usize::from(!credit && !has(&own.credit));
    }
    Ok(missing)
}

/// How often "TK", the trade's word for "to come", is left in the text.
fn left_open(draft: &Draft) -> usize {
    let lines = [
        &draft.headline,
        &draft.standfirst,
        &draft.kicker,
        &draft.dateline,
        &draft.byline,
    ];
    let lines: usize = lines.into_iter().map(|line| marks_to_come(line)).sum();
    let texts = draft.body.walk().flat_map(|block| block.texts());
    lines + texts.map(|text| marks_to_come(&text.words())).sum::<usize>()
}

/// `TK` by itself, or joined by `TKTK`; not the letters inside a word.
fn marks_to_come(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            !word.is_empty() && word.len() % 2 == 0 && word.as_bytes().chunks(2).all(|pair| pair == b"TK")
        })
        .count()
}

/// Sentences that are marked as somebody's word without saying whose.
fn unnamed_claims(draft: &Draft) -> usize {
    let nameless = |mark: &Mark| matches!(mark, Mark::Source { id: None, name } if name.as_ref().is_none_or(|name| name.trim().is_empty()));
    let runs = |text: &Text| text.0.iter().filter(|run| run.marks.iter().any(nameless)).count();
    draft.body.walk().flat_map(|block| block.texts()).map(runs).sum()
}

/// A published text that would change without a word to readers: it goes out as an update or a correction instead.
fn is_silent_change(db: &mut dyn Query, story: &Story) -> Result<bool> {
    if story.public_version.is_none() || story.state != StoryState::Published {
        return Ok(false);
    }
    let public = story.public_draft(db)?;
    let (old, new) = (&public, &story.draft);
    Ok(old.body != new.body || old.headline != new.headline || old.standfirst != new.standfirst)
}
