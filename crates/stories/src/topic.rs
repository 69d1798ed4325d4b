//! A topic's name, from the day a writer first types it: kept at the desk, public with the first story that has the topic.

use crate::draft::{Draft, slug};
use crate::edition::Heading;
use base::db::{Query, Row, Tx};
use base::{Result, values};
use lexicon::{EditionCode, Slug};

base::sql! {
    KEEP = "INSERT INTO story_topic (edition, slug, name) VALUES ($1, $2, $3) ON CONFLICT (edition, slug) DO NOTHING";
    NAME = "SELECT name FROM story_topic WHERE edition = $1 AND slug = $2";
}

/// The slug of a topic that came as words, or as a slug already. The words are kept as its name.
pub(crate) fn named(tx: &mut Tx, edition: &EditionCode, words: &str) -> Result<Slug> {
    let (name, slug) = (words.trim(), Slug::parse(&slug(words, "topic"))?);
    if name != slug.as_str() && !name.is_empty() && !name.chars().any(char::is_control) {
        let name: String = name.chars().take(200).collect();
        tx.execute(KEEP, values![edition, &slug, name])?;
    }
    Ok(slug)
}

/// Adds the topics of a draft that readers do not know yet. A topic that nobody named is known by its slug in words.
pub(crate) fn show(tx: &mut Tx, draft: &Draft) -> Result<()> {
    for slug in &draft.topics {
        if Heading::topic(tx, &draft.edition, slug)?.is_some() {
            continue;
        }
        let kept = tx.one(NAME, values![&draft.edition, slug])?.map(Row::only);
        let heading = Heading {
            slug: slug.clone(),
            name: kept
                .transpose()?
                .unwrap_or_else(|| slug.as_str().replace('-', " ")),
            description: String::new(),
        };
        heading.add_topic(tx, &draft.edition)?;
    }
    Ok(())
}
