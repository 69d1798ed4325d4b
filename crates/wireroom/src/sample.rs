//! The sample newsroom that a first start shows: fictional, in three languages, told as if it had just happened.

mod rooms;
mod script;

use base::db::Tx;
use base::{Clock, Db, Error, Result};
use include_dir::{Dir, include_dir};
use lexicon::{AssetId, At, CorrectionKind, EditionCode, Slug, StoryId, StoryKind};
use script::{Newsroom, PictureSheet, Script};
use serde_json::json;
use std::collections::HashMap;
use stories::{
    Author, Background, Correction, Draft, Edition, Original, Picture, Source, Story, Storyline, Timing, Why,
};

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../sample");

/// Fills an empty newsroom. It is one transaction: a start that is cut leaves nothing, and the next one begins again.
pub fn load(db: &Db, clock: &Clock, media: &media::Store) -> Result<()> {
    let newsroom: Newsroom = toml_file("newsroom.toml")?;
    let sheet: PictureSheet = toml_file("pictures.toml")?;
    let scripts = scripts()?;
    let rooms: rooms::Rooms = toml_file("rooms.toml")?;
    let blobs = pictures(media, &sheet)?;
    let now = clock.now();
    db.write_blocking(move |tx| {
        let assets = blobs
            .iter()
            .map(|(key, draft)| Ok((key.clone(), media::Asset::add(tx, draft)?)))
            .collect::<Result<_>>()?;
        let stage = Stage {
            now,
            newsroom: &newsroom,
            sheet: &sheet,
            assets,
        };
        stage.furnish(tx)?;
        let played = stage.play(tx, &scripts)?;
        rooms.play(tx, now, &played)
    })
}

fn file(path: &str) -> Result<&'static [u8]> {
    SAMPLE
        .get_file(path)
        .map(|file| file.contents())
        .ok_or_else(|| Error::internal(format!("sample/{path} is missing")))
}

fn text(path: &str) -> Result<&'static str> {
    std::str::from_utf8(file(path)?).map_err(|error| Error::internal(format!("sample/{path}: {error}")))
}

fn toml_file<T: serde::de::DeserializeOwned>(path: &str) -> Result<T> {
    toml::from_str(text(path)?).map_err(|error| Error::internal(format!("sample/{path}: {error}")))
}

/// Every story's script, oldest first, originals before their translations.
fn scripts() -> Result<Vec<Script>> {
    let folder = SAMPLE
        .get_dir("stories")
        .ok_or_else(|| Error::internal("sample/stories is missing"))?;
    let mut scripts = Vec::new();
    for edition in folder.dirs() {
        let code = edition
            .path()
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        for file in edition.files() {
            let path = file.path().to_string_lossy();
            let text = file
                .contents_utf8()
                .ok_or_else(|| Error::internal(format!("sample/{path} is not text")))?;
            scripts.push(
                Script::read(code, text)
                    .map_err(|error| Error::internal(format!("sample/{path}: {error}")))?,
            );
        }
    }
    scripts.sort_by_key(|script| (script.translation_of.is_some(), std::cmp::Reverse(script.age)));
    Ok(scripts)
}

/// Puts the picture files into the store; their rows follow in the transaction.
fn pictures(media: &media::Store, sheet: &PictureSheet) -> Result<Vec<(String, media::AssetDraft)>> {
    let name = |picture: &script::PictureRow| format!("pictures/{}.jpg", picture.key);
    let names: Vec<String> = sheet.picture.iter().map(name).collect();
    let files = names
        .iter()
        .map(|name| Ok((name.as_str(), file(name)?)))
        .collect::<Result<Vec<_>>>()?;
    let mut drafts = media.own_originals(&files)?;
    for (draft, picture) in drafts.iter_mut().zip(&sheet.picture) {
        draft.words.alt = picture.alt.values().next().cloned().unwrap_or_default();
        draft.words.caption = picture.caption.values().next().cloned().unwrap_or_default();
        draft.words.credit = picture.credit.clone();
        draft.words.creator = picture.creator.clone();
    }
    let keys = sheet.picture.iter().map(|picture| picture.key.clone());
    Ok(keys.zip(drafts).collect())
}

/// The newsroom while it is being filled.
struct Stage<'a> {
    now: At,
    newsroom: &'a Newsroom,
    sheet: &'a PictureSheet,
    assets: HashMap<String, AssetId>,
}

/// What has been played: by a script's key, the story and its public version.
type Played = HashMap<String, (StoryId, i64)>;

impl Stage<'_> {
    /// Editions, sections, topics, authors, storylines and standing pages.
    fn furnish(&self, tx: &mut Tx) -> Result<()> {
        for row in &self.newsroom.edition {
            let code = EditionCode::parse(&row.code)?;
            let edition = Edition {
                code: code.clone(),
                name: row.name.clone(),
                tagline: row.tagline.clone(),
                language: row.language.clone(),
                dir: row.direction.clone(),
                timezone: row.timezone.clone(),
            };
            edition.add(tx)?;
            for section in &row.section {
                section.heading()?.add_section(tx, &code)?;
            }
            for topic in &row.topic {
                topic.heading()?.add_topic(tx, &code)?;
            }
            self.furnish_people(tx, &code)?;
            self.furnish_pages(tx, &code)?;
        }
        Ok(())
    }

    fn furnish_people(&self, tx: &mut Tx, code: &EditionCode) -> Result<()> {
        for row in &self.newsroom.author {
            let word =
                |words: &HashMap<String, String>| words.get(code.as_str()).cloned().unwrap_or_default();
            let (name, title, bio) = (word(&row.name), word(&row.role), word(&row.bio));
            if !name.is_empty() {
                Author {
                    slug: Slug::parse(&row.key)?,
                    name,
                    title,
                    bio,
                }
                .add(tx, code)?;
            }
        }
        for row in &self.newsroom.storyline {
            let Some(title) = row.title.get(code.as_str()).cloned() else {
                continue;
            };
            let entry = |entry: &script::StorylineEntry| {
                let at = entry.at(self.now)?;
                Ok(entry.text.get(code.as_str()).map(|text| Background {
                    at,
                    text: text.clone(),
                }))
            };
            let entries = row.entry.iter().map(entry).collect::<Result<Vec<_>>>()?;
            let entries = entries.into_iter().flatten().collect();
            Storyline {
                slug: Slug::parse(&row.key)?,
                title,
                entries,
            }
            .put(tx, code)?;
        }
        Ok(())
    }

    fn furnish_pages(&self, tx: &mut Tx, code: &EditionCode) -> Result<()> {
        let Some(folder) = SAMPLE.get_dir(format!("pages/{code}")) else {
            return Ok(());
        };
        for file in folder.files() {
            let name = file
                .path()
                .file_stem()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            let (title, html) = script::page(file.contents_utf8().unwrap_or_default());
            let body = serde_json::to_string(&markup::from_html(html).0)?;
            stories::Page {
                slug: Slug::parse(name)?,
                title,
                body,
            }
            .put(tx, code)?;
        }
        Ok(())
    }

    /// Publishes every story at its time, with its corrections at theirs, and launches the fronts.
    fn play(&self, tx: &mut Tx, scripts: &[Script]) -> Result<Played> {
        let mut played = Played::new();
        for script in scripts {
            self.play_one(tx, script, &mut played)?;
        }
        for row in &self.newsroom.edition {
            self.launch(tx, &EditionCode::parse(&row.code)?, scripts, &played)?;
        }
        Ok(played)
    }

    fn play_one(&self, tx: &mut Tx, script: &Script, played: &mut Played) -> Result<()> {
        tx.as_of(self.now.plus(-script.age));
        let last = self.draft(script, played)?;
        let mut first = last.clone();
        for correction in &script.correction {
            first.body = replaced(&first.body, &correction.after, &correction.before)?;
        }
        let story = Story::make(tx, first, None, Why::Imported)?;
        stories::publish(tx, &story.id, &Timing::default())?;
        self.correct(tx, script, &story.id, &last)?;
        if let Some(age) = script.updated_age {
            tx.as_of(self.now.plus(-age));
            let story = Story::by_id(tx, &story.id)?;
            let (id, version) = (story.id.clone(), story.version);
            story.save(tx, last, version, None, Why::Saved)?;
            stories::publish(tx, &id, &Timing::default())?;
        }
        let version = stories::PublicStory::by_id(tx, &story.id)?.card.version;
        played.insert(script.key.clone(), (story.id, version));
        Ok(())
    }

    /// Each correction puts right its own sentence; the last one leaves the text as it is now.
    fn correct(&self, tx: &mut Tx, script: &Script, id: &StoryId, last: &Draft) -> Result<()> {
        let mut corrections: Vec<_> = script.correction.iter().collect();
        corrections.sort_by_key(|correction| std::cmp::Reverse(correction.age));
        for row in corrections {
            tx.as_of(self.now.plus(-row.age));
            let story = Story::by_id(tx, id)?;
            let body = replaced(&story.draft.body, &row.before, &row.after)?;
            let draft = Draft { body, ..last.clone() };
            let kind: CorrectionKind = row.kind.parse()?;
            stories::correct(
                tx,
                story,
                draft,
                Correction {
                    kind,
                    note: row.note.clone(),
                    by: None,
                },
            )?;
        }
        Ok(())
    }

    fn draft(&self, script: &Script, played: &Played) -> Result<Draft> {
        let code = EditionCode::parse(&script.edition)?;
        let language = self
            .newsroom
            .edition
            .iter()
            .find(|row| row.code == script.edition)
            .map(|row| row.language.clone());
        let slugs = |words: &[String]| {
            words
                .iter()
                .map(|word| Ok(Slug::parse(word)?))
                .collect::<Result<Vec<_>>>()
        };
        let original = script
            .translation_of
            .as_ref()
            .and_then(|key| played.get(key))
            .map(|(story, version)| Original {
                story: story.clone(),
                // A stale translation was made from an earlier version than the one that is public.
                version: if script.stale { version - 1 } else { *version },
            });
        Ok(Draft {
            edition: code,
            section: Slug::parse(&script.section)?,
            kind: script.kind.parse()?,
            headline: script.headline.clone(),
            kicker: script.kicker.clone(),
            standfirst: script.standfirst.clone(),
            slugline: script.slugline.clone(),
            dateline: script.dateline.clone(),
            byline: String::new(),
            authors: slugs(&script.authors)?,
            agency: script.agency.clone(),
            topics: slugs(&script.topics)?,
            language: language.unwrap_or_else(|| script.edition.clone()),
            body: self.body(script)?,
            sources: script.source.iter().map(source).collect::<Result<_>>()?,
            picture: self.lead_picture(script),
            level: lexicon::Level::Routine,
            closed: false,
            storyline: script.storyline.as_deref().map(Slug::parse).transpose()?,
            translations: (!script.group.is_empty()).then(|| script.group.clone()),
            original,
            external_id: Some(format!("sample:{}", script.key)),
            extra: serde_json::Map::new(),
        })
    }

    fn body(&self, script: &Script) -> Result<markup::Document> {
        let html = self.with_assets(&script.html, &script.edition);
        let mut body = serde_json::to_value(markup::from_html(&html).0)?;
        if script.kind.parse() == Ok(StoryKind::Live) {
            for (number, entry) in script.entry.iter().enumerate() {
                let inner = serde_json::to_value(markup::from_html(&entry.html).0)?;
                let block = json!({
                    "id": format!("entry-{}", script.entry.len() - number), "type": "entry",
                    "at": self.now.plus(-entry.age).rfc3339(), "headline": entry.headline,
                    "key_event": entry.key_event, "pinned": entry.pinned, "author": entry.author, "blocks": inner["blocks"],
                });
                if let Some(blocks) = body["blocks"].as_array_mut() {
                    blocks.push(block);
                }
            }
        }
        markup::Document::from_json(&body.to_string()).map_err(Error::internal)
    }

    /// In the sample's HTML a picture is named by its key; here it gets its id, and the words of its language.
    fn with_assets(&self, html: &str, edition: &str) -> String {
        let mut html = html.to_owned();
        for row in &self.sheet.picture {
            if let Some(id) = self.assets.get(&row.key) {
                let alt = row
                    .alt
                    .get(edition)
                    .map(|alt| alt.replace('"', "&quot;"))
                    .unwrap_or_default();
                let named = format!("data-asset=\"{}\"", row.key);
                let bound = if alt.is_empty() {
                    format!("data-asset=\"{id}\"")
                } else {
                    format!("data-asset=\"{id}\" alt=\"{alt}\"")
                };
                html = html.replace(&named, &bound);
            }
        }
        html
    }

    fn lead_picture(&self, script: &Script) -> Option<Picture> {
        let row = self.sheet.picture.iter().find(|row| row.key == script.picture)?;
        let word = |words: &HashMap<String, String>| words.get(&script.edition).cloned().unwrap_or_default();
        let caption = if script.caption.is_empty() {
            word(&row.caption)
        } else {
            script.caption.clone()
        };
        Some(Picture {
            asset: self.assets.get(&row.key)?.clone(),
            alt: word(&row.alt),
            caption,
            credit: row.credit.clone(),
        })
    }

    fn launch(&self, tx: &mut Tx, code: &EditionCode, scripts: &[Script], played: &Played) -> Result<()> {
        let mut placed: Vec<_> = scripts
            .iter()
            .filter(|script| script.edition == code.as_str() && !script.front.is_empty())
            .collect();
        placed.sort_by_key(|script| script.rank);
        let slot = |script: &&Script| {
            let weight = match script.front.as_str() {
                "lead" => fronts::Weight::Lead,
                "second" => fronts::Weight::Second,
                _ => return None,
            };
            played.get(&script.key).map(|(story, _)| fronts::Slot {
                story: story.clone(),
                weight,
                headline: None,
                kicker: None,
            })
        };
        let slots = placed.iter().filter_map(slot).collect();
        fronts::Front::launch(tx, code, None, slots, None).map(|_| ())
    }
}

fn source(row: &script::SourceRow) -> Result<Source> {
    Ok(Source {
        name: row.name.clone(),
        kind: row.kind.parse()?,
        confidential: row.confidential,
        chain: row.chain.clone(),
        text: row.text.clone(),
    })
}

/// The document with one passage of its text replaced, wherever it stands.
fn replaced(body: &markup::Document, old: &str, new: &str) -> Result<markup::Document> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let (old, new) = (quoted(old), quoted(new));
    let json = serde_json::to_string(body)?.replace(&old[1..old.len() - 1], &new[1..new.len() - 1]);
    markup::Document::from_json(&json).map_err(Error::internal)
}
