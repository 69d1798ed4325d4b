//! Addresses in a message, and the hosts they lead to.
//!
//! Hosts are compared whole, label by label: `example.org` is not `notexample.org`, and `example.org.evil.example` is not it either.

use super::{fold, limits};
use base::{Error, Result};
use unicode_normalization::UnicodeNormalization;

/// Ends of names that make `word.end` an address even without `https://`. Two-letter words that people write after a stop
/// ("ok.so", "go.to") are left out.
const ENDS: &[&str] = &[
    "com", "net", "org", "info", "biz", "xyz", "top", "shop", "site", "online", "club", "link", "click",
    "live", "store", "app", "dev", "blog", "news", "icu", "vip", "win", "bet", "casino", "loan", "io", "co",
    "tv", "gl", "ly", "ru", "su", "ua", "by", "kz", "uk", "de", "fr", "cn", "jp", "br", "pl", "nl", "рф",
    "gg", "cc", "ws", "tk", "ml", "ga", "cf", "gq", "onion",
];
/// Of these ends, those that are words too: only with a path after them.
const WORDLIKE: &[&str] = &[
    "live", "store", "app", "news", "link", "win", "bet", "click", "top", "online", "co", "by", "de", "blog",
    "vip", "site", "shop", "club", "loan",
];

/// An address and where it stands in the text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Lower case, without port, user and last stop.
    pub host: String,
    pub written: String,
    pub from: usize,
}

/// A name of a list: the host itself, or with a leading stop (`.example.org`) all below it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host {
    name: String,
    below: bool,
}

impl Host {
    /// `rooms.rule_host` when it is no host's name.
    pub fn parse(list: &'static str, text: &str) -> Result<Self> {
        let below = text.starts_with('.') || text.starts_with("*.");
        let name = normal(text.trim_start_matches("*.").trim_start_matches('.'));
        let labels_are_good = name.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        });
        if !labels_are_good || !name.contains('.') || name.len() > 253 {
            let message =
                format!("“{text}”: write a host such as example.org, or .example.org for all below it too");
            return Err(Error::invalid(list, "rooms.rule_host", message));
        }
        Ok(Self { name, below })
    }

    pub fn is(&self, host: &str) -> bool {
        #[cfg(feature = "planted-suffix-match")]
        return host.ends_with(&self.name);
        #[cfg(not(feature = "planted-suffix-match"))]
        {
            let below = || {
                host.strip_suffix(&self.name)
                    .is_some_and(|rest| rest.ends_with('.'))
            };
            host == self.name || (self.below && below())
        }
    }
}

/// The addresses of a text: with a scheme, with `www.`, or a bare name with a well-known end.
pub fn links(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut from = 0;
    for chunk in
        text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”'))
    {
        if let Some(at) = text.get(from..).and_then(|rest| rest.find(chunk)) {
            from += at;
        }
        let bare = chunk.trim_matches(|c: char| {
            matches!(
                c,
                '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';' | '\'' | '!' | '?' | '*' | '…'
            ) || fold::is_invisible(c)
        });
        if !bare.is_empty() {
            links.extend(in_chunk(bare, from));
        }
        from += chunk.len();
        if links.len() > limits::CHARACTERS {
            break;
        }
    }
    links
}

/// The links of a stretch without spaces: usually none or one; `](https://…)` and two put together are found too.
fn in_chunk(chunk: &str, from: usize) -> Vec<Link> {
    let seen: String = chunk
        .chars()
        .filter(|c| !fold::is_invisible(*c))
        .nfkc()
        .collect::<String>()
        .to_lowercase();
    let seen = seen
        .replace("hxxp", "http")
        .replace("[.]", ".")
        .replace("(.)", ".");
    let link = |host: String| Link {
        host,
        written: chunk.to_owned(),
        from,
    };
    let mut found = Vec::new();
    let mut rest = seen.as_str();
    while let Some(at) = rest.find("://") {
        rest = rest.get(at + 3..).unwrap_or_default();
        let host = host_of(rest);
        if host.contains('.') || host == "localhost" || host.starts_with('[') {
            found.push(link(host));
        }
    }
    if found.is_empty() && is_bare(&seen) {
        found.push(link(host_of(&seen)));
    }
    found
}

/// The host of what follows `//`: browsers end it at `/`, `\`, `?` and `#`, and what stands before an `@` is no host.
fn host_of(rest: &str) -> String {
    let authority = rest
        .trim_start_matches(['/', '\\'])
        .split(['/', '\\', '?', '#', ')', ']', '(', ','])
        .next()
        .unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default();
    normal(host)
}

/// One spelling of a host: lower case, NFC, ideographic stops as stops, percent signs undone, no last stop.
fn normal(host: &str) -> String {
    let host: String = host
        .nfkc()
        .filter(|c| !fold::is_invisible(*c))
        .collect::<String>()
        .to_lowercase();
    let host = undo_percent(&host).replace(['。', '｡', '．'], ".");
    host.trim_matches('.').to_owned()
}

fn undo_percent(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() {
            tail.get(2..).unwrap_or_default()
        } else {
            tail
        };
    }
    String::from_utf8_lossy(&bytes).to_lowercase()
}

fn is_bare(seen: &str) -> bool {
    let host = host_of(seen);
    let path = seen.contains(&format!("{host}/"));
    if seen.starts_with("www.") && host.matches('.').count() >= 2 {
        return true;
    }
    let Some((name, end)) = host.rsplit_once('.') else {
        return false;
    };
    let before = seen.split(['/', '?', '#']).next().unwrap_or_default();
    if before.contains('@')
        || name.is_empty()
        || !name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'))
    {
        return false;
    }
    ENDS.contains(&end) && (path || !WORDLIKE.contains(&end)) && name.chars().any(char::is_alphabetic)
}
