//! The cookies of this crate: what they are called, and how they are set and read.

use crate::limits::{BROWSER, FORM_LATEST, READER_WHOLE, SESSION_WHOLE, TICKET};
use crate::sign_in::Held;
use base::Error;
use base::Result;
use http::header::{COOKIE, HeaderMap, HeaderValue};
use lexicon::At;

/// One of our cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Jar {
    Session,
    Ticket,
    Browser,
    /// A reader's session: the same cookie, which stays longer.
    Reader,
    /// Binds a mailed link to the browser that asked for it.
    Errand,
    /// No secret and open to scripts: somebody is signed in here, so that a page asks who and others need not.
    Here,
}

/// Writes and reads cookies for the site at one origin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cookies {
    /// With https a browser keeps `__Host-` cookies from every other host, subdomain and path (RFC 6265bis §4.1.3.2).
    /// Without it, as on a loopback listener, there can be no such cookie.
    secure: bool,
}

impl Cookies {
    pub fn of(origin: &str) -> Self {
        let secure = origin.starts_with("https://");
        Self { secure }
    }

    pub fn name(self, jar: Jar) -> &'static str {
        match (jar, self.secure) {
            (Jar::Session | Jar::Reader, true) => "__Host-wireroom",
            (Jar::Session | Jar::Reader, false) => "wireroom",
            (Jar::Ticket, true) => "__Host-wireroom-sign-in",
            (Jar::Ticket, false) => "wireroom-sign-in",
            (Jar::Browser, true) => "__Host-wireroom-browser",
            (Jar::Browser, false) => "wireroom-browser",
            (Jar::Errand, true) => "__Host-wireroom-errand",
            (Jar::Errand, false) => "wireroom-errand",
            (Jar::Here, _) => "wireroom-here",
        }
    }

    /// `Set-Cookie` that gives the browser a secret.
    pub fn set(self, jar: Jar, secret: &str) -> Result<HeaderValue> {
        let lasts = match jar {
            Jar::Session => SESSION_WHOLE,
            Jar::Ticket => TICKET,
            Jar::Browser => BROWSER,
            Jar::Reader | Jar::Here => READER_WHOLE,
            Jar::Errand => FORM_LATEST,
        };
        self.line(jar, secret, lasts / At::SECOND)
    }

    /// `Set-Cookie` that takes it away.
    pub fn clear(self, jar: Jar) -> Result<HeaderValue> {
        self.line(jar, "", 0)
    }

    fn line(self, jar: Jar, value: &str, seconds: i64) -> Result<HeaderValue> {
        let name = self.name(jar);
        let secure = if self.secure { "; Secure" } else { "" };
        let hidden = if jar == Jar::Here { "" } else { "; HttpOnly" };
        let line = format!("{name}={value}; Path=/; Max-Age={seconds}{hidden}; SameSite=Lax{secure}");
        HeaderValue::try_from(line).map_err(Error::internal)
    }

    /// The secret in a cookie. One that is there twice is none: somebody else may have planted the other.
    pub fn read(self, headers: &HeaderMap, jar: Jar) -> Option<&str> {
        let lines = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let pairs = lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        let mut values = pairs
            .filter(|(name, _)| *name == self.name(jar))
            .map(|(_, value)| value);
        let first = values.next()?;
        let whole = (1..=64).contains(&first.len()) && values.next().is_none();
        whole.then_some(first)
    }

    /// Everything of ours that the browser holds.
    pub fn held(self, headers: &HeaderMap) -> Held {
        let read = |jar| self.read(headers, jar).map(str::to_owned);
        Held {
            browser: read(Jar::Browser),
            ticket: read(Jar::Ticket),
            session: read(Jar::Session),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<String> {
        let headers = HeaderMap::from_iter([(COOKIE, line.parse().unwrap())]);
        Cookies::of("https://news.example")
            .read(&headers, Jar::Session)
            .map(str::to_owned)
    }

    #[test]
    fn the_cookie_of_an_https_site_has_every_guard() {
        let set = Cookies::of("https://news.example")
            .set(Jar::Session, "abc")
            .unwrap();
        assert_eq!(
            set,
            "__Host-wireroom=abc; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure"
        );
        let plain = Cookies::of("http://localhost:8080").clear(Jar::Ticket).unwrap();
        assert_eq!(
            plain,
            "wireroom-sign-in=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
        );
    }

    #[test]
    fn a_cookie_is_read_once_and_by_its_whole_name() {
        assert_eq!(read("a=b; __Host-wireroom=abc; c=d").as_deref(), Some("abc"));
        for line in [
            "wireroom=abc",
            "__host-wireroom=abc",
            "x__Host-wireroom=abc",
            "__Host-wireroom=a; __Host-wireroom=b",
            "__Host-wireroom=",
            "__Host-wireroom",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
        assert_eq!(read(&format!("__Host-wireroom={}", "a".repeat(65))), None);
    }
}
