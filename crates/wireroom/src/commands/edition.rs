//! `wireroom edition` and `wireroom section`.

use super::Desk;
use crate::cli::{EditionVerb, SectionVerb};
use crate::console::Console;
use base::{Error, Result};
use lexicon::{EditionCode, Slug};
use stories::{Edition, Heading};

pub fn run_edition(verb: &EditionVerb, desk: &Desk, console: &mut Console) -> Result<()> {
    match verb {
        EditionVerb::Add {
            code,
            name,
            tagline,
            language,
            timezone,
        } => {
            let language = language.clone().unwrap_or_else(|| code.clone());
            let edition = Edition {
                code: EditionCode::parse(code)?,
                name: name.clone(),
                tagline: tagline.clone(),
                dir: stories::edition::direction(&language).to_owned(),
                language,
                timezone: timezone.clone(),
            };
            let said = edition.clone();
            match desk.db.write_blocking(move |tx| edition.add(tx))? {
                true => console.say(format_args!("/{}/ {}", said.code, said.name)),
                false => {
                    return Err(Error::conflict(
                        "stories.edition_there",
                        format!("There is an edition {code} already."),
                    ));
                }
            }
        }
        EditionVerb::List { json } => {
            let editions = desk.db.read_blocking(|read| Edition::all(read))?;
            for edition in editions {
                match json {
                    true => console.say(serde_json::to_string(&edition)?),
                    false => console.say(format_args!(
                        "{}\t{}\t{}\t{}",
                        edition.code, edition.language, edition.timezone, edition.name
                    )),
                }
            }
        }
    }
    Ok(())
}

pub fn run_section(verb: &SectionVerb, desk: &Desk, console: &mut Console) -> Result<()> {
    match verb {
        SectionVerb::Add {
            edition,
            slug,
            name,
            description,
        } => {
            let code = EditionCode::parse(edition)?;
            let section = Heading {
                slug: Slug::parse(slug)?,
                name: name.clone(),
                description: description.clone(),
            };
            let (path, own) = (format!("/{code}/{slug}/"), section.clone());
            match desk.db.write_blocking(move |tx| own.add_section(tx, &code))? {
                true => console.say(format_args!("{path} {}", section.name)),
                false => {
                    return Err(Error::conflict(
                        "stories.section_there",
                        format!("There is a section {slug} already."),
                    ));
                }
            }
        }
        SectionVerb::List { edition, json } => {
            let code = EditionCode::parse(edition)?;
            let sections = desk.db.read_blocking(move |read| {
                Edition::by_code(read, &code)?;
                Heading::sections(read, &code)
            })?;
            for section in sections {
                match json {
                    true => console.say(serde_json::to_string(&section)?),
                    false => console.say(format_args!("{}\t{}", section.slug, section.name)),
                }
            }
        }
    }
    Ok(())
}
