//! An attempt to sign in with address and password.

use crate::browser::Browser;
use crate::email::fold;
use crate::guess::Place;
use crate::password::Password;
use crate::person::Person;
use crate::session::Session;
use crate::ticket::{Entered, Ticket};
use base::Result;
use base::db::Tx;

/// What came with the form.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    folded: String,
    network: String,
    agent: String,
    /// The marks that the browser holds: of itself, of a ticket, of a session.
    pub held: Held,
}

/// The secrets in a browser's cookies.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    pub browser: Option<String>,
    pub ticket: Option<String>,
    pub session: Option<String>,
}

/// Whose password is to be checked: nobody's, when there is no such account.
pub(crate) struct Asked {
    pub person: Option<Person>,
    pub hash: Option<String>,
}

impl Attempt {
    pub fn new(email: &str, network: String, agent: String, held: Held) -> Self {
        let folded = fold(email);
        Self {
            folded,
            network,
            agent,
            held,
        }
    }

    pub fn agent(&self) -> &str {
        &self.agent
    }

    /// Counts the guess, then finds whose password it is about. Errors: `people.guesses`.
    pub fn begin(&self, tx: &mut Tx) -> Result<Asked> {
        let person = Person::by_email(tx, &self.folded)?;
        Place::network(&self.network).take(tx)?;
        self.place(tx, person.as_ref())?.take(tx)?;
        let hash = match &person {
            Some(person) => Password::hash_of(tx, &person.id)?,
            None => None,
        };
        Ok(Asked { person, hash })
    }

    /// Lets the person in as far as a password goes, unless it was changed meanwhile. What the browser held before ends.
    pub fn succeed(&self, tx: &mut Tx, person: &Person, hash: &str) -> Result<Option<Entered>> {
        let still = Person::by_id(tx, &person.id)?;
        let (Some(person), Some(stored)) = (still, Password::hash_of(tx, &person.id)?) else {
            return Ok(None);
        };
        if stored != hash {
            return Ok(None);
        }
        Place::network(&self.network).give_back(tx)?;
        self.place(tx, Some(&person))?.give_back(tx)?;
        self.held.end(tx)?;
        Ticket::enter(tx, &person, &self.agent).map(Some)
    }

    /// Where a guess at the account counts: apart, for a browser that the account knows.
    fn place(&self, tx: &mut Tx, person: Option<&Person>) -> Result<Place> {
        Ok(match (&self.held.browser, person) {
            (Some(mark), Some(person)) if Browser::knows(tx, mark, &person.id)? => Place::browser(mark),
            _ => Place::account(&self.folded),
        })
    }
}

impl Held {
    /// Ends what this browser was signed in with.
    pub fn end(&self, tx: &mut Tx) -> Result<()> {
        if let Some(secret) = &self.ticket {
            Ticket::end_held(tx, secret)?;
        }
        if let Some(secret) = &self.session {
            Session::end_held(tx, secret)?;
        }
        Ok(())
    }
}
