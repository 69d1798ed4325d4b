//! The model of the second factor's proof: people and those who pretend to be them, and what was proved so far.

use super::house::{Answer, Browser, House, PASSWORD};
use crate::Person;
use crate::totp::{Enrolment, code_at};
use lexicon::{At, Role};
use std::collections::HashSet;

const SESSION: &str = "__Host-wireroom";
const TICKET: &str = "__Host-wireroom-sign-in";
/// People at once; each has a sequence of their own.
pub const AT_ONCE: usize = 125;

/// A batch of new people, half of whom have a phone already.
pub async fn actors(house: &House, batch: usize, hash: &str, dice: &mut Dice) -> Vec<Actor> {
    let hash = hash.to_owned();
    let add = move |tx: &mut base::Tx| {
        (0..AT_ONCE)
            .map(|n| {
                let email = format!("p{batch}-{n}@news.example");
                let person = Person::add(tx, &email, "Somebody", Role::Reporter, Some(&hash))?;
                // Every second one has a phone already: their password alone must be worth nothing.
                if n % 2 == 0 {
                    return Ok((None, Vec::new()));
                }
                let secret = Enrolment::secret(tx, &email, &person.id)?;
                let now = tx.now();
                let codes = Enrolment::confirm(tx, &email, &person.id, &code_at(&secret, now))?;
                Ok((Some((secret, now.0 / At::SECOND / 30)), codes.unwrap()))
            })
            .collect::<base::Result<Vec<_>>>()
    };
    let mut phones = house.app.db.write(add).await.unwrap().into_iter();
    let actor = |n: usize| {
        let (phone, recovery) = phones.next().unwrap();
        Actor {
            house: House {
                letters: house.letters.clone(),
                app: house.app.clone(),
                people: house.people.clone(),
                router: house.router.clone(),
            },
            email: format!("p{batch}-{n}@news.example"),
            dice: Dice(((dice.roll(usize::MAX >> 1) as u64) << 1) | 1),
            browsers: (0..2)
                .map(|browser| {
                    let mut made = house.browser();
                    made.address = [10, (batch % 250) as u8, n as u8, browser as u8].into();
                    made
                })
                .collect(),
            phone,
            tickets: Vec::new(),
            sessions: HashSet::new(),
            recovery,
            seen_codes: Vec::new(),
            foreign: base::clock::random_bytes(20),
            entered: 0,
            calls: Vec::new(),
        }
    };
    (0..AT_ONCE).map(actor).collect()
}

/// A small generator of its own, so that a sequence is found again by its seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() {
            None
        } else {
            Some(&from[self.roll(from.len())])
        }
    }
}

/// One person, the browsers in which somebody pretends to be them, and what was proved so far.
pub struct Actor {
    house: House,
    email: String,
    dice: Dice,
    browsers: Vec<Browser>,
    /// The confirmed secret, and the last step that was used with it.
    phone: Option<(Vec<u8>, i64)>,
    /// Tickets that a right password gave: secret, moment, and the secret that their page showed.
    tickets: Vec<(String, At, Option<Vec<u8>>)>,
    /// Sessions that both factors gave.
    sessions: HashSet<String>,
    recovery: Vec<String>,
    seen_codes: Vec<String>,
    /// A secret of somebody else's.
    foreign: Vec<u8>,
    pub entered: usize,
    calls: Vec<String>,
}

/// How the code that is sent came about.
#[derive(Clone, Debug)]
enum Source {
    Phone,
    Shown,
    Foreign,
    Seen,
    Recovery,
    Random,
    Nothing,
}

impl Actor {
    pub async fn act(&mut self) {
        let browser = usize::from(self.dice.roll(4) == 0);
        match self.dice.roll(14) {
            0..=2 => self.sign_in(browser, PASSWORD).await,
            3 => return self.sign_in(browser, "a barge in the mist").await,
            4 | 5 => return self.look(browser).await,
            6..=8 => self.send_code(browser, Source::Phone).await,
            9 => {
                let sources = [
                    Source::Shown,
                    Source::Foreign,
                    Source::Seen,
                    Source::Recovery,
                    Source::Random,
                    Source::Nothing,
                ];
                let source = self.dice.pick(&sources).cloned().unwrap();
                self.send_code(browser, source).await;
            }
            10 => self.swap(browser),
            11 => self.sign_out(browser).await,
            12 => self.renew(browser).await,
            _ => self.new_recovery(browser).await,
        }
        self.check(browser).await;
    }

    async fn sign_in(&mut self, browser: usize, password: &str) {
        self.calls
            .push(format!("{browser}: sign in {}", password == PASSWORD));
        let held = self.browsers[browser].held(SESSION);
        let answer = self.browsers[browser].sign_in(&self.email, password).await;
        if answer.location() == "/sign-in/code" {
            assert_eq!(password, PASSWORD, "{:?}", self.calls);
            self.sessions.remove(&held);
            let ticket = self.browsers[browser].held(TICKET);
            self.tickets.push((ticket, self.house.app.clock.now(), None));
        }
        assert!(
            answer.location() != "/desk/" && self.browsers[browser].held(SESSION).is_empty()
                || answer.status != 303,
            "{:?}",
            self.calls
        );
    }

    /// Looks at the page that asks for the code; whoever has no phone yet is shown a secret.
    async fn look(&mut self, browser: usize) {
        self.calls.push(format!("{browser}: look"));
        let ticket = self.browsers[browser].held(TICKET);
        let answer = self.browsers[browser].get("/sign-in/code").await;
        if answer.status == 200 && answer.json()["page"] == "enrol" {
            let secret = answer.secret();
            if let Some(known) = self.tickets.iter_mut().find(|(held, ..)| *held == ticket) {
                known.2 = Some(secret);
            }
        }
    }

    fn code_of(&mut self, browser: usize, source: &Source) -> String {
        let now = self.house.app.clock.now();
        let ticket = self.browsers[browser].held(TICKET);
        let shown: Vec<Vec<u8>> = self
            .tickets
            .iter()
            .filter_map(|(.., shown)| shown.clone())
            .collect();
        let here = self
            .tickets
            .iter()
            .find(|(held, ..)| *held == ticket)
            .and_then(|(.., shown)| shown.clone());
        let code = match source {
            Source::Phone => self
                .phone
                .as_ref()
                .map(|(secret, _)| secret.clone())
                .or(here)
                .map(|secret| code_at(&secret, now)),
            Source::Shown => self.dice.pick(&shown).map(|secret| code_at(secret, now)),
            Source::Foreign => Some(code_at(&self.foreign, now)),
            Source::Seen => self.dice.pick(&self.seen_codes).cloned(),
            Source::Recovery => self.dice.pick(&self.recovery).cloned(),
            Source::Random => Some(format!("{:06}", self.dice.roll(1_000_000))),
            Source::Nothing => Some(String::new()),
        };
        code.unwrap_or_else(|| "000000".to_owned())
    }

    /// Whether this code on this ticket is both factors. Only what the model knows to be proved counts.
    fn proves(&self, ticket: &str, code: &str) -> bool {
        let now = self.house.app.clock.now();
        let Some((_, at, shown)) = self.tickets.iter().find(|(held, ..)| held == ticket) else {
            return false;
        };
        let fresh = now.0 - at.0 < crate::limits::TICKET;
        let step_with = |secret: &[u8]| {
            (-1..=1)
                .find(|off| code_at(secret, now.plus(off * 30 * At::SECOND)) == code)
                .map(|off| now.0 / At::SECOND / 30 + off)
        };
        let right = match (&self.phone, shown) {
            (Some((secret, last)), _) => {
                step_with(secret).is_some_and(|step| step > *last)
                    || self.recovery.iter().any(|known| known == code)
            }
            (None, Some(secret)) => step_with(secret).is_some(),
            (None, None) => false,
        };
        fresh && right
    }

    async fn send_code(&mut self, browser: usize, source: Source) {
        let code = self.code_of(browser, &source);
        self.calls.push(format!("{browser}: code of {source:?}"));
        let ticket = self.browsers[browser].held(TICKET);
        let (proved, before) = (self.proves(&ticket, &code), self.browsers[browser].held(SESSION));
        let answer = self.browsers[browser].code(&code).await;
        let session = self.browsers[browser].held(SESSION);
        let entered = session != before && !session.is_empty();
        assert!(
            proved || !entered,
            "let in without both factors: {:?}",
            self.calls
        );
        if entered {
            self.sessions.remove(&before);
            self.sessions.insert(session);
            self.take_in(&ticket, &code, &answer);
        }
    }

    /// What the model learns from a code that was taken.
    fn take_in(&mut self, ticket: &str, code: &str, answer: &Answer) {
        self.entered += 1;
        let now = self.house.app.clock.now();
        let shown = self
            .tickets
            .iter()
            .find(|(held, ..)| held == ticket)
            .and_then(|(.., shown)| shown.clone());
        self.tickets.retain(|(held, ..)| held != ticket);
        if self.phone.is_none() {
            self.phone = shown.map(|secret| (secret, 0));
            self.recovery = codes_of(answer);
        }
        self.recovery.retain(|known| known != code);
        self.seen_codes.push(code.to_owned());
        self.used(code, now);
    }

    fn used(&mut self, code: &str, now: At) {
        if let Some((secret, last)) = &mut self.phone {
            let off = (-1..=1).find(|off| code_at(secret, now.plus(off * 30 * At::SECOND)) == code);
            *last = off.map_or(*last, |off| now.0 / At::SECOND / 30 + off);
        }
    }

    /// Puts what one browser holds where it does not belong.
    fn swap(&mut self, browser: usize) {
        self.calls.push(format!("{browser}: swap"));
        let other = self.dice.roll(self.browsers.len());
        let (from, to) = (
            [SESSION, TICKET][self.dice.roll(2)],
            [SESSION, TICKET][self.dice.roll(2)],
        );
        let secret = self.browsers[other].held(from);
        if !secret.is_empty() {
            self.browsers[browser].jar.insert(to.to_owned(), secret);
        }
    }

    async fn sign_out(&mut self, browser: usize) {
        self.calls.push(format!("{browser}: sign out"));
        let (session, ticket) = (
            self.browsers[browser].held(SESSION),
            self.browsers[browser].held(TICKET),
        );
        let answer = self.browsers[browser].post("/sign-out", &[]).await;
        assert_eq!(answer.status, 303);
        self.sessions.remove(&session);
        self.tickets.retain(|(held, ..)| *held != ticket);
    }

    /// Sets the second factor up anew, as far as they let.
    async fn renew(&mut self, browser: usize) {
        self.calls.push(format!("{browser}: another phone"));
        let session = self.browsers[browser].held(SESSION);
        let page = self.browsers[browser].get("/account/totp").await;
        let may = self.sessions.contains(&session);
        assert_eq!(page.status == 200, may, "{:?}", self.calls);
        let now = self.house.app.clock.now();
        let code = if may {
            code_at(&page.secret(), now)
        } else {
            "123456".to_owned()
        };
        let sent = [("present", PASSWORD), ("code", code.as_str())];
        let answer = self.browsers[browser].post("/account/totp", &sent).await;
        assert!(may || answer.status == 401, "{:?}", self.calls);
        if answer.status == 200 {
            self.phone = Some((page.secret(), 0));
            self.used(&code, now);
            self.seen_codes.push(code);
            self.recovery = codes_of(&answer);
            self.sessions = HashSet::from([self.browsers[browser].held(SESSION)]);
            self.tickets.clear();
        }
    }

    async fn new_recovery(&mut self, browser: usize) {
        self.calls.push(format!("{browser}: recovery codes"));
        let may = self.sessions.contains(&self.browsers[browser].held(SESSION));
        let answer = self.browsers[browser]
            .post("/account/recovery-codes", &[("present", PASSWORD)])
            .await;
        assert!(may || answer.status == 401, "{:?}", self.calls);
        if answer.status == 200 {
            self.recovery = codes_of(&answer);
        }
    }

    /// The desk, and the account, are open to those of whom both factors are proved, and to nobody else.
    async fn check(&mut self, browser: usize) {
        let may = self.sessions.contains(&self.browsers[browser].held(SESSION));
        let seen = self.browsers[browser].me().await;
        assert_eq!(seen == 200, may, "{seen}: {:?}", self.calls);
    }
}

pub fn codes_of(answer: &Answer) -> Vec<String> {
    let said = answer.json();
    let codes = said["account"]["recovery_codes"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    codes
        .iter()
        .filter_map(|code| code.as_str().map(str::to_owned))
        .collect()
}
