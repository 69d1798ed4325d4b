//! The address of a link: what is not on the list of schemes is no address.

use serde::{Deserialize, Serialize};

const MAX_BYTES: usize = 4096;

/// An `http`, `https`, `mailto` or `tel` URL, or a path (`/…`) or fragment (`#…`) of the site itself.
///
/// There is no other way to make one, so a `javascript:` link cannot be in a document. Reading follows the URL
/// standard where it matters for safety: outer blanks and inner tabs and newlines go before the scheme is judged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Href(String);

impl Href {
    /// `None` when it is no address we would link to.
    pub fn parse(text: &str) -> Option<Self> {
        let trimmed = text.trim_matches(|letter: char| letter <= ' ');
        if trimmed.len() > MAX_BYTES {
            return None;
        }
        let kept: String = trimmed
            .chars()
            .filter(|letter| !matches!(letter, '\t' | '\n' | '\r'))
            .collect();
        if kept.chars().any(|letter| letter.is_control() || letter == '\\') {
            return None;
        }
        let address = with_known_scheme(&kept)?;
        Some(Self(address.replace(' ', "%20")))
    }

    /// Only `http` and `https`: what a picture, an embed or a picture's source may have.
    pub fn parse_web(text: &str) -> Option<Self> {
        Self::parse(text).filter(Self::is_web)
    }

    /// Whether it is an absolute `http` or `https` URL.
    pub fn is_web(&self) -> bool {
        self.0.starts_with("http://") || self.0.starts_with("https://")
    }

    /// The host without `www.`, lower case; empty when the address has none.
    pub fn host(&self) -> String {
        let Some((_, rest)) = self.0.split_once("://") else {
            return String::new();
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default().to_lowercase();
        host.strip_prefix("www.").map_or(host.clone(), str::to_owned)
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn with_known_scheme(text: &str) -> Option<String> {
    if text.starts_with('#') || (text.starts_with('/') && !text.starts_with("//")) {
        return Some(text.to_owned());
    }
    let (scheme, rest) = text.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let sound = match scheme.as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(has_host),
        "mailto" | "tel" => !rest.trim_matches([' ', '/']).is_empty(),
        _ => false,
    };
    sound.then(|| format!("{scheme}:{rest}"))
}

fn has_host(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|letter| !matches!(letter, '/' | '?' | '#' | ' ' | ':' | '@'))
}

impl TryFrom<String> for Href {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("markup.url: a link is http, https, mailto, tel, or begins with '/' or '#'")
    }
}

impl From<Href> for String {
    fn from(href: Href) -> Self {
        href.0
    }
}

impl std::fmt::Display for Href {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}
