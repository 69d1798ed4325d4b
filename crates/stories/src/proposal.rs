//! What comes in over the API, hostile until parsed: plain texts that become a draft, or a refusal that names the field.

use crate::draft::{Draft, Original, Picture, Source};
use crate::edition::Edition;
use crate::publication::Timing;
use crate::topic;
use base::db::Tx;
use base::{Error, Result};
use lexicon::{AssetId, CorrectionKind, EditionCode, Slug, SourceKind, StoryId};
use markup::Document;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

/// A story as a program sends it. In a `PUT`, what is missing stays as it was; a null takes the picture, the storyline or a
/// link to translations away.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    pub edition: Option<String>,
    pub section: Option<String>,
    /// news, live, feature, analysis, opinion, offbeat, gallery, video
    pub kind: Option<String>,
    pub headline: Option<String>,
    pub kicker: Option<String>,
    pub standfirst: Option<String>,
    pub slugline: Option<String>,
    pub dateline: Option<String>,
    pub byline: Option<String>,
    pub authors: Option<Vec<String>>,
    pub agency: Option<String>,
    pub topics: Option<Vec<String>>,
    /// BCP 47; the edition's own when missing.
    pub language: Option<String>,
    /// HTML, read into the story document; one of `body_html` and `body`.
    pub body_html: Option<String>,
    /// A story document (see /api/v1/story.schema.json).
    pub body: Option<Value>,
    pub sources: Option<Vec<SourceProposal>>,
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<PictureProposal>")]
    pub picture: Option<Option<PictureProposal>>,
    /// flash, urgent, bulletin, routine
    pub level: Option<String>,
    /// True ends a live coverage.
    pub closed: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<String>")]
    pub storyline: Option<Option<String>>,
    /// Stories with the same text here are translations of one another.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<String>")]
    pub translations: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<OriginalProposal>")]
    pub original: Option<Option<OriginalProposal>>,
    pub external_id: Option<String>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceProposal {
    pub name: String,
    /// official, document, witness, agency, expert, data, anonymous
    pub kind: String,
    #[serde(default)]
    pub confidential: bool,
    #[serde(default)]
    pub chain: String,
    #[serde(default)]
    pub text: String,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PictureProposal {
    pub asset: String,
    #[serde(default)]
    pub alt: String,
    #[serde(default)]
    pub caption: String,
    #[serde(default)]
    pub credit: String,
}

/// The story that this one translates, and the public version it was made from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OriginalProposal {
    pub story: String,
    pub version: i64,
}

/// When to publish; an empty object for at once.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimingProposal {
    /// RFC 3339; null for at once.
    #[serde(default)]
    pub publish_at: Option<String>,
    /// RFC 3339; nothing of the story is public before.
    #[serde(default)]
    pub embargo_until: Option<String>,
}

impl TimingProposal {
    pub fn timing(self) -> Timing {
        Timing {
            publish_at: self.publish_at,
            embargo_until: self.embargo_until,
        }
    }
}

/// Why a story is withdrawn; readers see it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Killing {
    pub reason: String,
}

/// A public correction. Without a body the text stays as it is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionProposal {
    /// update, clarification, correction, retraction
    pub kind: String,
    pub note: String,
    pub headline: Option<String>,
    pub standfirst: Option<String>,
    pub body_html: Option<String>,
    pub body: Option<Value>,
}

/// A proposal whose body has been read.
#[derive(Clone, Debug)]
pub struct Readied {
    proposal: Proposal,
    body: Option<Document>,
}

impl Proposal {
    /// Reads the body, away from the threads that serve readers. Errors: `stories.body` with the place, `stories.two_bodies`.
    pub async fn read(mut self) -> Result<Readied> {
        let (html, json) = (self.body_html.take(), self.body.take());
        let body = match (html, json) {
            (None, None) => None,
            (Some(_), Some(_)) => {
                return Err(Error::invalid(
                    "body",
                    "stories.two_bodies",
                    "send body_html or body, not both",
                ));
            }
            (html, json) => {
                let reading = tokio::task::spawn_blocking(move || document(html, json));
                Some(reading.await.map_err(Error::internal)??)
            }
        };
        Ok(Readied { proposal: self, body })
    }
}

impl CorrectionProposal {
    /// Its kind, its note, and what changes. `stories.kind` when the kind is none.
    pub async fn read(self) -> Result<(CorrectionKind, String, Readied)> {
        let kind = word("kind", "stories.kind", &self.kind)?;
        let Self {
            headline,
            standfirst,
            body_html,
            body,
            ..
        } = self;
        let readied = Proposal {
            headline,
            standfirst,
            body_html,
            body,
            ..Proposal::default()
        }
        .read()
        .await?;
        Ok((kind, self.note, readied))
    }
}

fn document(html: Option<String>, json: Option<Value>) -> Result<Document> {
    if let Some(html) = html {
        return Ok(markup::from_html(&html).0);
    }
    let text = json.unwrap_or_default().to_string();
    Document::from_json(&text).map_err(|error| Error::invalid("body", "stories.body", error.to_string()))
}

impl Readied {
    /// A new draft. Errors name the field that is missing or wrong.
    pub fn into_draft(self, tx: &mut Tx) -> Result<Draft> {
        let edition = EditionCode::parse(required("edition", self.proposal.edition.as_deref())?)?;
        let language = Edition::by_code(tx, &edition)?.language;
        let section = Slug::parse(required("section", self.proposal.section.as_deref())?)?;
        let mut empty = Draft::blank(edition, section, language);
        required("headline", self.proposal.headline.as_deref())?.clone_into(&mut empty.headline);
        self.over(tx, &empty)
    }

    /// The draft with what was sent in place of what was there.
    pub fn over(self, tx: &mut Tx, draft: &Draft) -> Result<Draft> {
        let Proposal {
            edition,
            section,
            kind,
            headline,
            kicker,
            standfirst,
            slugline,
            dateline,
            byline,
            ..
        } = self.proposal;
        let Proposal {
            authors,
            agency,
            topics,
            language,
            sources,
            picture,
            level,
            storyline,
            ..
        } = self.proposal;
        let Proposal {
            translations,
            original,
            external_id,
            closed,
            ..
        } = self.proposal;
        let mut draft = draft.clone();
        put(
            &mut draft.edition,
            edition.map(|text| EditionCode::parse(&text)).transpose()?,
        );
        put(
            &mut draft.section,
            section.map(|text| Slug::parse(&text)).transpose()?,
        );
        put(
            &mut draft.kind,
            kind.map(|text| word("kind", "stories.kind", &text)).transpose()?,
        );
        put(
            &mut draft.level,
            level
                .map(|text| word("level", "stories.level", &text))
                .transpose()?,
        );
        put(&mut draft.authors, authors.map(slugs).transpose()?);
        let edition = draft.edition.clone();
        let mut named = |words: &String| topic::named(tx, &edition, words);
        let topics = topics.map(|words| words.iter().map(&mut named).collect());
        put(&mut draft.topics, topics.transpose()?);
        put(
            &mut draft.sources,
            sources
                .map(|all| all.into_iter().map(SourceProposal::read).collect())
                .transpose()?,
        );
        put(&mut draft.body, self.body);
        put(&mut draft.closed, closed);
        for (field, sent) in [
            (&mut draft.headline, headline),
            (&mut draft.kicker, kicker),
            (&mut draft.standfirst, standfirst),
            (&mut draft.slugline, slugline),
            (&mut draft.dateline, dateline),
            (&mut draft.byline, byline),
            (&mut draft.agency, agency),
            (&mut draft.language, language),
        ] {
            put(field, sent);
        }
        let picture = picture.map(|sent| sent.map(PictureProposal::read).transpose());
        put(&mut draft.picture, picture.transpose()?);
        let storyline = storyline.map(|sent| sent.map(|text| Slug::parse(&text)).transpose());
        put(&mut draft.storyline, storyline.transpose()?);
        let original = original.map(|sent| sent.map(OriginalProposal::read).transpose());
        put(&mut draft.original, original.transpose()?);
        put(&mut draft.translations, translations);
        draft.external_id = external_id.or(draft.external_id);
        Ok(draft)
    }
}

impl SourceProposal {
    fn read(self) -> Result<Source> {
        let kind: SourceKind = word("sources.kind", "stories.source_kind", &self.kind)?;
        Ok(Source {
            name: self.name,
            kind,
            confidential: self.confidential,
            chain: self.chain,
            text: self.text,
        })
    }
}

impl PictureProposal {
    fn read(self) -> Result<Picture> {
        let asset = AssetId::parse(&self.asset)?;
        Ok(Picture {
            asset,
            alt: self.alt,
            caption: self.caption,
            credit: self.credit,
        })
    }
}

impl OriginalProposal {
    fn read(self) -> Result<Original> {
        Ok(Original {
            story: StoryId::parse(&self.story)?,
            version: self.version,
        })
    }
}

fn put<T>(field: &mut T, sent: Option<T>) {
    if let Some(sent) = sent {
        *field = sent;
    }
}

fn required<'a>(field: &str, sent: Option<&'a str>) -> Result<&'a str> {
    sent.ok_or_else(|| Error::invalid(field, "stories.missing", "must be given"))
}

fn word<T: std::str::FromStr>(field: &str, code: &'static str, text: &str) -> Result<T> {
    text.parse()
        .map_err(|_| Error::invalid(field, code, format!("{text:?} is not one of the known words")))
}

/// Authors may come by their names; they become slugs.
fn slugs(texts: Vec<String>) -> Result<Vec<Slug>> {
    texts
        .iter()
        .map(|text| Ok(Slug::parse(&crate::draft::slug(text, "author"))?))
        .collect()
}

/// Tells a null, which takes away, from a field that is missing.
fn given<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(
    field: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(field).map(Some)
}
