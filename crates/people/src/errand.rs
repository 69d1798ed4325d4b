//! What a reader asked for and confirms by a link that was mailed to them: an account, signing in, a new password, another
//! address, the end of everything. A link works once, for an hour, in the browser that asked and in no other, so that a
//! mail that is read by somebody else opens nothing for them. Staff never get such a link.

use crate::email::{Email, fold};
use crate::event::Event;
use crate::guess::Place;
use crate::limits::ERRAND;
use crate::page::Tongue;
use crate::password::Password;
use crate::person::Person;
use crate::post::{Letter, Post};
use crate::secret;
use crate::ticket::{Entered, Ticket};
use base::db::{Query, Row, Tx};
use base::{Error, Result, values};
use lexicon::{At, PersonId, Role};

base::sql! {
    MAKE = "INSERT INTO people_errand (hash, kind, person, folded, email, name, browser, next, made_at, ends_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    FIND = "SELECT kind, person, email, name, browser, next, ends_at, used_at FROM people_errand WHERE hash = $1";
    USE = "UPDATE people_errand SET used_at = $1 WHERE hash = $2 AND used_at IS NULL";
    /// Only those of the same browser: nobody elsewhere can make somebody's link stop working.
    END_EARLIER = "UPDATE people_errand SET used_at = $1 WHERE folded = $2 AND browser = $3 AND used_at IS NULL";
    FORGET_OLD = "DELETE FROM people_errand WHERE ends_at < $1";
    FORGET_PERSON = "DELETE FROM people_errand WHERE person = $1";
    FORGET_ADDRESS = "DELETE FROM people_errand WHERE folded = $1";
}

/// What the link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Register,
    SignIn,
    Password,
    Address,
    Deletion,
    /// Nothing: the address has no account, or one of staff. The row is there all the same, so that the work is too.
    Nothing,
}

/// The words in the database.
const KINDS: [(Kind, &str); 6] = [
    (Kind::Register, "register"),
    (Kind::SignIn, "sign_in"),
    (Kind::Password, "password"),
    (Kind::Address, "address"),
    (Kind::Deletion, "deletion"),
    (Kind::Nothing, "nothing"),
];

impl Kind {
    pub fn as_str(self) -> &'static str {
        KINDS
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("nothing", |(_, word)| *word)
    }

    fn parse(word: &str) -> Self {
        KINDS
            .iter()
            .find(|(_, known)| *known == word)
            .map_or(Self::Nothing, |(kind, _)| *kind)
    }
}

/// What somebody who is not signed in asks for with an address.
#[derive(Clone, Debug)]
pub(crate) enum Wish {
    Register { name: String },
    SignIn,
    Password,
}

/// Somebody's asking, with where from.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    pub wish: Wish,
    pub email: Email,
    pub network: String,
    /// The secret in the browser's cookie.
    pub browser: String,
    pub next: Option<String>,
    pub tongue: Tongue,
    pub origin: String,
}

/// A link that works.
#[derive(Clone, Debug)]
pub(crate) struct Errand {
    pub kind: Kind,
    pub person: Option<PersonId>,
    pub email: String,
    pub name: String,
    pub next: Option<String>,
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Done {
    /// Signed in, as far as a mailed link goes.
    Entered(Entered, Option<String>),
    /// The account has another address now; this was the old one.
    Moved { old: String },
    /// There is no account any more.
    Erased,
}

impl Asking {
    /// Sends exactly one letter and writes exactly one row, whoever the address belongs to. Errors: `people.guesses`.
    pub fn send(&self, tx: &mut Tx, post: &dyn Post) -> Result<()> {
        Place::mail_network(&self.network).take(tx)?;
        Place::mailbox(&self.email.folded).take(tx)?;
        let person = Person::by_email(tx, &self.email.folded)?;
        let (kind, letter) = self.decide(tx, person.as_ref())?;
        // To the address of the account, letter by letter, and not to one that only compares alike.
        let to = match &person {
            Some(person) if !cfg!(feature = "planted-typed-mailbox") => person.email.clone(),
            _ => self.email.typed.clone(),
        };
        let id = person.map(|person| person.id);
        let name = match &self.wish {
            Wish::Register { name } => name.as_str(),
            _ => "",
        };
        let row = Errand {
            kind,
            person: id.clone(),
            email: to.clone(),
            name: name.to_owned(),
            next: self.next.clone(),
        };
        let secret = row.make(tx, &self.browser)?;
        let link = match kind {
            Kind::Nothing if letter == "unknown" => format!("{}/me/register", self.origin),
            Kind::Nothing => format!("{}/sign-in", self.origin),
            _ => address_of(&self.origin, &secret, &self.tongue),
        };
        let letter = Letter::new(letter, &to, &self.tongue).about(id.as_ref());
        // No word of the asker's stands in it: whoever can make us write to any address must not choose what is read there.
        post.send(tx, &letter.leading_to(link))
    }

    /// What the link will do, and which letter says so.
    fn decide(&self, tx: &mut Tx, person: Option<&Person>) -> Result<(Kind, &'static str)> {
        let Some(person) = person else {
            let closed = Person::was_here(tx, &self.email.folded)?;
            return Ok(match self.wish {
                _ if closed => (Kind::Nothing, "closed"),
                Wish::Register { .. } => (Kind::Register, "register"),
                Wish::SignIn | Wish::Password => (Kind::Nothing, "unknown"),
            });
        };
        if person.role != Role::Reader && !cfg!(feature = "planted-mail-signs-staff") {
            return Ok((Kind::Nothing, "staff"));
        }
        Ok(match self.wish {
            Wish::Register { .. } => (Kind::SignIn, "known"),
            Wish::SignIn => (Kind::SignIn, "sign-in"),
            Wish::Password => (Kind::Password, "password"),
        })
    }
}

/// Where a mailed link leads, in the edition it was asked for in.
pub(crate) fn address_of(origin: &str, secret: &str, tongue: &Tongue) -> String {
    let edition = tongue.edition.as_ref().map(|code| format!("&edition={code}"));
    format!("{origin}/me/link?key={secret}{}", edition.unwrap_or_default())
}

impl Errand {
    /// Writes the errand down and gives the link's secret. Earlier links of this browser to the address end.
    pub fn make(&self, tx: &mut Tx, browser: &str) -> Result<String> {
        let (secret, now, folded) = (secret::draw(), tx.now(), fold(&self.email));
        let browser = secret::hash(browser);
        tx.execute(FORGET_OLD, values![now.plus(-At::DAY)])?;
        tx.execute(END_EARLIER, values![now, &folded, browser.clone()])?;
        let next = self.next.clone().unwrap_or_default();
        tx.execute(
            MAKE,
            values![
                secret::hash(&secret),
                self.kind.as_str(),
                self.person.clone(),
                folded,
                &self.email,
                &self.name,
                browser,
                next,
                now,
                now.plus(ERRAND)
            ],
        )?;
        Ok(secret)
    }

    /// Looks a link up for a browser.
    /// Errors: `people.link_unknown`, `people.link_used`, `people.link_expired`, `people.link_elsewhere`.
    pub fn open(db: &mut dyn Query, secret: &str, browser: Option<&str>, now: At) -> Result<Self> {
        let row = db.one(FIND, values![secret::hash(secret)])?;
        let (errand, bound, ends_at, used_at) = row.map_or(Err(unknown()), Self::from_row)?;
        if errand.kind == Kind::Nothing {
            return Err(unknown());
        }
        let gone = |code, message: &str| {
            let message = message.to_owned();
            Err(Error::Gone { code, message })
        };
        if used_at.is_some() && !cfg!(feature = "planted-errand-reused") {
            return gone("people.link_used", "This link was used already; each works once.");
        }
        if now >= ends_at {
            return gone("people.link_expired", "This link has expired; ask for a new one.");
        }
        let here = browser.is_some_and(|browser| secret::hash(browser) == bound);
        if !here && !cfg!(feature = "planted-errand-anywhere") {
            return Err(Error::Forbidden {
                code: "people.link_elsewhere",
            });
        }
        Ok(errand)
    }

    /// Uses the link up and does what it is for; `password` is the hash of a new one, where one is asked for.
    /// The end of an account is left to the caller, who knows every part.
    pub fn run(
        tx: &mut Tx,
        secret: &str,
        browser: Option<&str>,
        password: Option<&str>,
        agent: &str,
    ) -> Result<(Self, Option<Done>)> {
        let now = tx.now();
        let errand = Self::open(tx, secret, browser, now)?;
        tx.execute(USE, values![now, secret::hash(secret)])?;
        let done = match errand.kind {
            Kind::Register => Some(errand.register(tx, agent)?),
            Kind::SignIn => Some(errand.enter(tx, agent)?),
            Kind::Password => Some(errand.set_password(tx, password, agent)?),
            Kind::Address => Some(errand.move_address(tx)?),
            Kind::Deletion | Kind::Nothing => None,
        };
        Ok((errand, done))
    }

    /// Makes the account. Who got one meanwhile, by a second link, is let in.
    fn register(&self, tx: &mut Tx, agent: &str) -> Result<Done> {
        let person = match Person::by_email(tx, &self.email)? {
            Some(person) => person,
            None => Person::add(tx, &self.email, &self.name, Role::Reader, None)?,
        };
        self.let_in(tx, &person, agent)
    }

    fn enter(&self, tx: &mut Tx, agent: &str) -> Result<Done> {
        let person = self.owner(tx)?;
        self.let_in(tx, &person, agent)
    }

    fn set_password(&self, tx: &mut Tx, hash: Option<&str>, agent: &str) -> Result<Done> {
        let person = self.owner(tx)?;
        let hash = hash.ok_or_else(unknown)?;
        Password::set(tx, &person.id, hash)?;
        Event::note(tx, "password_set", &person.id, Some(&person.id), "mail")?;
        Person::end_sessions(tx, &person.id)?;
        Place::account(&fold(&person.email)).forget(tx)?;
        self.let_in(tx, &person, agent)
    }

    fn move_address(&self, tx: &mut Tx) -> Result<Done> {
        let id = self.person.clone().ok_or_else(unknown)?;
        let person = Person::by_id(tx, &id)?.ok_or_else(unknown)?;
        Person::move_to(tx, &id, &self.email)?;
        Ok(Done::Moved { old: person.email })
    }

    /// A mailed link is enough for readers only, whatever somebody has become since it was sent.
    fn let_in(&self, tx: &mut Tx, person: &Person, agent: &str) -> Result<Done> {
        if person.role != Role::Reader && !cfg!(feature = "planted-mail-signs-staff") {
            return Err(unknown());
        }
        let entered = Ticket::enter(tx, person, agent)?;
        Ok(Done::Entered(entered, self.next.clone()))
    }

    /// Whose link it is: it does not survive a change of the address it was mailed to.
    fn owner(&self, tx: &mut Tx) -> Result<Person> {
        let person = match &self.person {
            Some(id) => Person::by_id(tx, id)?,
            None => None,
        };
        let person = person.filter(|person| fold(&person.email) == fold(&self.email));
        person.ok_or_else(unknown)
    }

    /// Takes away what is written of an account and of its address.
    pub fn forget(tx: &mut Tx, person: &PersonId, folded: &str) -> Result<()> {
        tx.execute(FORGET_PERSON, values![person])?;
        tx.execute(FORGET_ADDRESS, values![folded]).map(|_| ())
    }

    fn from_row(row: Row) -> Result<(Self, Vec<u8>, At, Option<At>)> {
        let mut columns = row.columns();
        let kind: String = columns.next()?;
        let (person, email, name) = (columns.next()?, columns.next()?, columns.next()?);
        let (browser, next): (Vec<u8>, String) = (columns.next()?, columns.next()?);
        let errand = Self {
            kind: Kind::parse(&kind),
            person,
            email,
            name,
            next: Some(next).filter(|next| !next.is_empty()),
        };
        Ok((errand, browser, columns.next()?, columns.next()?))
    }
}

fn unknown() -> Error {
    Error::not_found("people.link_unknown")
}
