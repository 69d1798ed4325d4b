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
            json,
        } => {
            let language = language.clone().unwrap_or_else(|| code.clone());
            let edition = Edition {
                code: code_of(code)?,
                name: name.clone(),
                tagline: tagline.clone(),
                dir: stories::edition::direction(&language).to_owned(),
                language,
                timezone: timezone.clone(),
            };
            add_edition(edition, *json, desk, console)
        }
        EditionVerb::List { json } => {
            for edition in desk.db.read_blocking(|read| Edition::all(read))? {
                match json {
                    true => console.say(serde_json::to_string(&edition)?),
                    false => console.say(format_args!(
                        "{}\t{}\t{}\t{}",
                        edition.code, edition.language, edition.timezone, edition.name
                    )),
                }
            }
            Ok(())
        }
    }
}

fn add_edition(edition: Edition, json: bool, desk: &Desk, console: &mut Console) -> Result<()> {
    let own = edition.clone();
    if !desk.db.write_blocking(move |tx| own.add(tx))? {
        let message = format!("There is an edition {} already.", edition.code);
        return Err(Error::conflict("stories.edition_there", message));
    }
    match json {
        true => console.say(serde_json::to_string(&edition)?),
        false => console.say(format_args!("/{}/ {}", edition.code, edition.name)),
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
            json,
        } => {
            let section = Heading {
                slug: slug_of(slug)?,
                name: name.clone(),
                description: description.clone(),
            };
            add_section(there(desk, edition)?, section, *json, desk, console)
        }
        SectionVerb::List { edition, json } => {
            let code = there(desk, edition)?;
            for section in desk
                .db
                .read_blocking(move |read| Heading::sections(read, &code))?
            {
                match json {
                    true => console.say(serde_json::to_string(&section)?),
                    false => console.say(format_args!("{}\t{}", section.slug, section.name)),
                }
            }
            Ok(())
        }
    }
}

fn add_section(
    edition: EditionCode,
    section: Heading,
    json: bool,
    desk: &Desk,
    console: &mut Console,
) -> Result<()> {
    let (code, own) = (edition.clone(), section.clone());
    if !desk.db.write_blocking(move |tx| own.add_section(tx, &code))? {
        let message = format!("There is a section {} already.", section.slug);
        return Err(Error::conflict("stories.section_there", message));
    }
    match json {
        true => console.say(serde_json::to_string(&section)?),
        false => console.say(format_args!("/{edition}/{}/ {}", section.slug, section.name)),
    }
    Ok(())
}

/// The edition of the command line; with the ones there are when it is none of them.
fn there(desk: &Desk, code: &str) -> Result<EditionCode> {
    let (code, editions) = (code_of(code)?, desk.db.read_blocking(|read| Edition::all(read))?);
    if editions.iter().any(|edition| edition.code == code) {
        return Ok(code);
    }
    let codes: Vec<_> = editions.iter().map(|edition| edition.code.as_str()).collect();
    let message = format!("there is no edition {code} (there are: {})", codes.join(", "));
    Err(Error::invalid("edition", "stories.no_edition", message))
}

fn code_of(text: &str) -> Result<EditionCode> {
    EditionCode::parse(text).map_err(|_| {
        let message =
            format!("{text:?} must be 2 to 16 of a-z, 0-9 and -, beginning with a letter, such as pt-br");
        Error::invalid("code", "stories.edition_code", message)
    })
}

fn slug_of(text: &str) -> Result<Slug> {
    Slug::parse(text).map_err(|_| {
        let message = format!("{text:?} must be 1 to 80 of a-z, 0-9 and -, such as world-news");
        Error::invalid("slug", "stories.slug", message)
    })
}
