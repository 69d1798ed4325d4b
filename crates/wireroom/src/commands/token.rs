//! `wireroom token`.

use super::Desk;
use crate::cli::TokenVerb;
use crate::console::Console;
use base::Result;
use lexicon::Scope;
use people::Token;

pub fn run(verb: &TokenVerb, desk: &Desk, console: &mut Console) -> Result<()> {
    match verb {
        TokenVerb::Add {
            person,
            name,
            scope,
            json,
        } => {
            let (person, scope): (_, Scope) = (desk.person(person)?, scope.parse()?);
            let (owner, label) = (person.id.clone(), name.clone());
            let secret = desk
                .db
                .write_blocking(move |tx| Token::add(tx, &owner, &label, scope))?;
            match json {
                true => console.say(serde_json::json!({ "token": secret, "name": name, "scope": scope })),
                false => console.say(secret),
            }
        }
        TokenVerb::List { person, json } => {
            let person = desk.person(person)?;
            let tokens = desk
                .db
                .read_blocking(move |read| Token::of_person(read, &person.id))?;
            for token in tokens {
                match json {
                    true => console.say(serde_json::to_string(&token)?),
                    false => console.say(format_args!("{}\t{}\t{}", token.id, token.scope, token.name)),
                }
            }
        }
        TokenVerb::End { id } => {
            let id = id.clone();
            desk.db.write_blocking(move |tx| Token::end(tx, &id))?;
        }
    }
    Ok(())
}
