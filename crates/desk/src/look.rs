//! How somebody wishes the desk to look: language, light or dark, how close the rows stand, whether single keys act. It
//! lives in one cookie of this browser, so that the server draws the page right the first time.

use crate::texts::OFFERED;
use http::header::{ACCEPT_LANGUAGE, COOKIE, HeaderMap};
use serde::Serialize;

/// The cookie's name. It says nothing about anybody.
pub(crate) const COOKIE_NAME: &str = "wireroom-desk";

const THEMES: [&str; 3] = ["auto", "light", "dark"];
const ROWS: [&str; 3] = ["normal", "compact", "comfortable"];
const KEYS: [&str; 2] = ["on", "off"];

/// The wishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Look {
    /// `en` or `ru`.
    pub language: &'static str,
    /// `auto` follows the system.
    pub theme: &'static str,
    pub rows: &'static str,
    /// Single-key commands (WCAG 2.1.4 asks that they can be switched off).
    pub keys: &'static str,
}

impl Look {
    /// What the browser keeps, else what it asks for in general.
    pub fn of(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let kept = text(COOKIE).unwrap_or_default().split(';').find_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == COOKIE_NAME).then_some(value)
        });
        let wished = text(ACCEPT_LANGUAGE).unwrap_or_default();
        let mut parts = kept.unwrap_or_default().split('.');
        let mut next = |known: &[&'static str]| {
            let word = parts.next().unwrap_or_default();
            known.iter().copied().find(|known| *known == word)
        };
        Self {
            language: next(&OFFERED).unwrap_or_else(|| preferred(wished)),
            theme: next(&THEMES).unwrap_or("auto"),
            rows: next(&ROWS).unwrap_or("normal"),
            keys: next(&KEYS).unwrap_or("on"),
        }
    }

    /// With one wish changed; an unknown name or word changes nothing.
    pub fn wished(mut self, name: &str, word: &str) -> Self {
        let (place, known): (&mut &'static str, &[&'static str]) = match name {
            "language" => (&mut self.language, &OFFERED),
            "theme" => (&mut self.theme, &THEMES),
            "rows" => (&mut self.rows, &ROWS),
            "keys" => (&mut self.keys, &KEYS),
            _ => return self,
        };
        if let Some(word) = known.iter().copied().find(|known| *known == word) {
            *place = word;
        }
        self
    }

    /// `Set-Cookie` that keeps it for a year.
    pub fn cookie(&self) -> String {
        let Self {
            language,
            theme,
            rows,
            keys,
        } = self;
        format!(
            "{COOKIE_NAME}={language}.{theme}.{rows}.{keys}; Path=/desk; Max-Age=31536000; SameSite=Lax; HttpOnly"
        )
    }
}

/// The first language of `Accept-Language` that the desk has.
fn preferred(wished: &str) -> &'static str {
    let tags = wished.split(',').map(|part| part.trim().to_ascii_lowercase());
    for tag in tags {
        let primary = tag.split([';', '-']).next().unwrap_or_default().to_owned();
        if let Some(found) = OFFERED.into_iter().find(|code| *code == primary) {
            return found;
        }
    }
    OFFERED[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(cookie: &str, wished: &str) -> Look {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, cookie.parse().unwrap());
        headers.insert(ACCEPT_LANGUAGE, wished.parse().unwrap());
        Look::of(&headers)
    }

    #[test]
    fn what_is_kept_goes_before_what_the_browser_asks_for() {
        assert_eq!(look("a=b", "fr, ru-RU;q=0.8, en").language, "ru");
        assert_eq!(look("a=b", "fr").language, "en");
        let kept = look("x=1; wireroom-desk=en.dark.compact.off; y=2", "ru");
        assert_eq!(
            (kept.language, kept.theme, kept.rows, kept.keys),
            ("en", "dark", "compact", "off")
        );
        let again = look(&kept.cookie(), "ru");
        assert_eq!(again, kept);
    }

    #[test]
    fn a_made_up_cookie_says_nothing() {
        let made_up = look("wireroom-desk=<script>.x.y.z", "en");
        assert_eq!(made_up, look("", "en"));
        assert_eq!(made_up.clone().wished("theme", "\"><b>"), made_up);
    }
}
