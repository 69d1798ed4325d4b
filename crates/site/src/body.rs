//! The text of a story on its page: pictures resolved, the dateline set, live entries taken out of the flow.

use crate::cards::{picture_view, some};
use crate::scene::Scene;
use crate::story_page::article;
use crate::views::{Coverage, EntryView, KeyEvent, PersonView, PictureView, StoryView};
use base::{Read, Result};
use formats::feed::FeedAuthor;
use formats::json_ld;
use lexicon::{AssetId, At, StoryId, StoryKind};
use markup::{Asset, Block, Document, Entry, Href, Id, Kind, Linked, Mark, Resolve, Run};
use serde_json::Value;
use std::collections::HashMap;
use stories::{Author, Byline, Card, Picture, PublicCorrection, PublicStory};

/// What a page shows of a document.
pub struct Shown {
    pub html: String,
    pub gallery: Vec<PictureView>,
    pub coverage: Option<Coverage>,
    /// The stories it links to, public or not yet.
    pub related: Vec<String>,
}

/// So many entries stand on the page; the others are in its archive.
const ENTRIES: usize = 200;

/// Renders the document for a page, or for its text-only twin.
pub fn show(scene: &Scene, read: &mut Read, story: &PublicStory, lite: bool) -> Result<Shown> {
    let resolver = Resolver::read(read, &story.body, lite)?;
    let (entries, mut flow): (Vec<Block>, Vec<Block>) = story
        .body
        .blocks
        .iter()
        .cloned()
        .partition(|block| matches!(block.kind, Kind::Entry(_)));
    let gallery = match story.card.facts.kind {
        StoryKind::Gallery => resolver.take_pictures(&mut flow),
        _ => Vec::new(),
    };
    set_dateline(&mut flow, &story.card.facts.dateline);
    let html = rendered(&story.body, flow, &resolver);
    let coverage = match story.card.facts.kind {
        StoryKind::Live => Some(coverage(scene, read, story, &entries, &resolver)?),
        _ => None,
    };
    Ok(Shown {
        html,
        gallery,
        coverage,
        related: related(&story.body.blocks),
    })
}

fn rendered(of: &Document, blocks: Vec<Block>, resolver: &Resolver) -> String {
    Document { blocks, ..of.clone() }.to_html(resolver)
}

/// "KOLVANE —" before the first words, as wires have it.
fn set_dateline(blocks: &mut [Block], dateline: &str) {
    let Some(Kind::Paragraph(paragraph)) = blocks
        .iter_mut()
        .map(|block| &mut block.kind)
        .find(|kind| matches!(kind, Kind::Paragraph(_)))
    else {
        return;
    };
    if !dateline.is_empty() {
        paragraph.text.0.insert(
            0,
            Run {
                text: dateline.to_owned(),
                marks: vec![Mark::Strong],
            },
        );
        paragraph.text.0.insert(
            1,
            Run {
                text: " — ".to_owned(),
                marks: Vec::new(),
            },
        );
    }
}

fn coverage(
    scene: &Scene,
    read: &mut Read,
    story: &PublicStory,
    blocks: &[Block],
    resolver: &Resolver,
) -> Result<Coverage> {
    let mut entries = Vec::new();
    for block in blocks {
        if let Kind::Entry(entry) = &block.kind {
            entries.push((
                entry.pinned,
                entry_view(scene, read, story, block.id.as_str(), entry, resolver)?,
            ));
        }
    }
    entries.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.at));
    let key_events = entries
        .iter()
        .filter(|(_, entry)| entry.key)
        .map(|(_, entry)| KeyEvent {
            at: entry.at,
            headline: entry.headline.clone().unwrap_or_default(),
            url: entry.url.clone(),
        });
    Ok(Coverage {
        key_events: key_events.collect(),
        pinned: entries
            .iter()
            .find(|(pinned, _)| *pinned)
            .map(|(_, entry)| entry.clone()),
        closed: story.card.facts.closed,
        entries: entries
            .into_iter()
            .map(|(_, entry)| entry)
            .take(ENTRIES)
            .collect(),
    })
}

fn entry_view(
    scene: &Scene,
    read: &mut Read,
    story: &PublicStory,
    id: &str,
    entry: &Entry,
    resolver: &Resolver,
) -> Result<EntryView> {
    let byline = match lexicon::Slug::parse(&entry.author) {
        Ok(slug) => Author::by_slug(read, &scene.edition.code, &slug)?.map(|author| Byline {
            name: author.name,
            slug: Some(slug),
        }),
        Err(_) => some(&entry.author).map(|name| Byline { name, slug: None }),
    };
    let byline: Vec<PersonView> = byline
        .iter()
        .map(|byline| crate::cards::person(scene, byline))
        .collect();
    Ok(EntryView {
        id: id.to_owned(),
        url: format!("{}#entry-{id}", story.card.path),
        at: At::parse(&entry.at).unwrap_or(story.card.published_at),
        headline: some(&entry.headline),
        body_html: rendered(&story.body, entry.blocks.clone(), resolver),
        key: entry.key_event,
        byline,
    })
}

/// A live story as schema.org's LiveBlogPosting, beside the NewsArticle.
pub fn live_blog(
    scene: &Scene,
    story: &PublicStory,
    view: &StoryView,
    corrections: &[PublicCorrection],
    relatives: &[(Card, String)],
) -> Option<Value> {
    let coverage = view.coverage.as_ref()?;
    let text = |id: &str| {
        let block = story.body.blocks.iter().find(|block| block.id.as_str() == id);
        match block.map(|block| &block.kind) {
            Some(Kind::Entry(entry)) => Document {
                blocks: entry.blocks.clone(),
                ..story.body.clone()
            }
            .plain(),
            _ => String::new(),
        }
    };
    let entry = |entry: &EntryView| json_ld::LiveEntry {
        url: scene.absolute(&entry.url),
        headline: entry.headline.clone().unwrap_or_default(),
        text: text(&entry.id),
        published_at: entry.at.0,
        authors: entry
            .byline
            .iter()
            .map(|person| FeedAuthor {
                name: person.name.clone(),
                url: None,
            })
            .collect(),
        ..json_ld::LiveEntry::default()
    };
    Some(json_ld::live_blog(&json_ld::LiveBlog {
        article: article(scene, story, view, corrections, relatives),
        starts_at: story.card.published_at.0,
        ends_at: coverage.closed.then_some(story.card.updated_at.0),
        entries: coverage.entries.iter().map(entry).collect(),
    }))
}

/// What a document's ids stand for, read before it is rendered.
pub struct Resolver {
    pictures: HashMap<String, PictureView>,
    stories: HashMap<String, Card>,
    lite: bool,
}

impl Resolver {
    pub fn read(read: &mut Read, body: &Document, lite: bool) -> Result<Self> {
        let mut pictures = HashMap::new();
        for id in body.assets() {
            let Ok(asset) = AssetId::parse(&id) else { continue };
            let picture = Picture {
                asset,
                alt: String::new(),
                caption: String::new(),
                credit: String::new(),
            };
            pictures.extend(picture_view(read, &picture)?.map(|view| (id.to_string(), view)));
        }
        let mut stories = HashMap::new();
        for id in related(&body.blocks) {
            if let Ok(story) = StoryId::parse(&id)
                && let Some(card) = Card::by_id(read, &story)?
            {
                stories.insert(id, card);
            }
        }
        Ok(Self {
            pictures,
            stories,
            lite,
        })
    }

    /// A gallery's pictures stand below its text, one after the other.
    fn take_pictures(&self, flow: &mut Vec<Block>) -> Vec<PictureView> {
        let mut taken = Vec::new();
        flow.retain(|block| {
            let pictures = match &block.kind {
                Kind::Picture(picture) => std::slice::from_ref(picture),
                Kind::Gallery(gallery) => gallery.pictures.as_slice(),
                _ => return true,
            };
            taken.extend(pictures.iter().filter_map(|picture| self.picture(picture)));
            false
        });
        taken
    }

    fn picture(&self, picture: &markup::Picture) -> Option<PictureView> {
        let view = self.pictures.get(picture.asset.as_ref()?.as_str())?.clone();
        let own = |text: &str, of_asset: Option<String>| some(text).or(of_asset);
        Some(PictureView {
            alt: own(&picture.alt, Some(view.alt.clone())).unwrap_or_default(),
            caption: own(&picture.caption.words(), view.caption.clone()),
            credit: own(&picture.credit, view.credit.clone()),
            ..view
        })
    }
}

fn related(blocks: &[Block]) -> Vec<String> {
    let of = |block: &Block| match &block.kind {
        Kind::Related(related) => vec![related.story.to_string()],
        Kind::Callout(callout) => related(&callout.blocks),
        Kind::Entry(entry) => related(&entry.blocks),
        _ => Vec::new(),
    };
    blocks.iter().flat_map(of).collect()
}

impl Resolve for Resolver {
    fn asset(&self, id: &Id) -> Option<Asset> {
        let view = self.pictures.get(id.as_str())?;
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        Some(Asset {
            src: view.src.clone(),
            srcset: if self.lite {
                String::new()
            } else {
                words(&view.srcset)
            },
            sizes: "(min-width: 740px) 640px, 82vw".to_owned(),
            width: Some(view.width),
            height: Some(view.height),
            alt: view.alt.clone(),
            caption: words(&view.caption),
            credit: words(&view.credit),
        })
    }

    /// Pictures of other sites would tell them who reads us; the renderer leaves a link.
    fn external(&self, _: &Href) -> Option<Asset> {
        None
    }

    fn story(&self, id: &Id) -> Option<Linked> {
        let card = self.stories.get(id.as_str())?;
        Some(Linked {
            url: card.path.clone(),
            headline: card.facts.headline.clone(),
        })
    }
}
