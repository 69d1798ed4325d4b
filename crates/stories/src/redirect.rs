//! Old addresses that lead to a story. They are kept in one spelling, so that a link finds its story however it is written.

use crate::edition::Edition;
use base::db::{Query, Row, Tx};
use base::{Result, values};

base::sql! {
    ADD = "INSERT INTO public_redirect (path, target) VALUES ($1, $2) ON CONFLICT (path) DO NOTHING";
    TURN = "UPDATE public_redirect SET target = $1 WHERE path = $2";
    FIND = "SELECT target FROM public_redirect WHERE path = $1";
}

/// A longer address is nobody's bookmark.
const LONGEST: usize = 2_000;

/// Leads `old` (an absolute URL of any host, or a path) to `target` (a path of ours). Gives whether it leads there and did
/// not before: not when it is no address, the target itself, or taken. Translations of one story may share an old address;
/// the one in the edition that stands first has it.
pub fn add(tx: &mut Tx, old: &str, target: &str) -> Result<bool> {
    let Some(path) = path_of(old).filter(|path| path != target && path != "/") else {
        return Ok(false);
    };
    if tx.execute(ADD, values![&path, target])? > 0 {
        return Ok(true);
    }
    let taken: Option<String> = tx.one(FIND, values![&path])?.map(Row::only).transpose()?;
    if let Some(taken) = taken.filter(|taken| taken != target)
        && goes_first(tx, target, &taken)?
    {
        tx.execute(TURN, values![target, &path])?;
    }
    Ok(false)
}

/// Whether the edition of one path stands before that of another.
fn goes_first(tx: &mut Tx, path: &str, other: &str) -> Result<bool> {
    let editions = Edition::all(tx)?;
    let place = |path: &str| {
        let code = path.split('/').nth(1).unwrap_or_default();
        let found = editions.iter().position(|edition| edition.code.as_str() == code);
        found.unwrap_or(usize::MAX)
    };
    Ok(place(path) < place(other))
}

/// Where an old path (with its query, when it had one) leads now. What links have picked up on their way is overlooked:
/// a last slash too many or too few, and a query that the old address did not have.
pub fn find(db: &mut dyn Query, path: &str) -> Result<Option<String>> {
    let Some(whole) = path_of(path) else {
        return Ok(None);
    };
    let bare = whole.split('?').next().unwrap_or_default();
    let mut tries = vec![whole.clone(), slash_turned(&whole)];
    if bare != "/" && bare.len() < whole.len() {
        tries.extend([bare.to_owned(), slash_turned(bare)]);
    }
    for path in tries {
        if let Some(row) = db.one(FIND, values![path])? {
            return Ok(Some(row.only()?));
        }
    }
    Ok(None)
}

/// The same path with its last slash taken off, or with one put there.
fn slash_turned(path: &str) -> String {
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, format!("?{query}")),
        None => (path, String::new()),
    };
    match path.strip_suffix('/') {
        Some(shorter) if !shorter.is_empty() => format!("{shorter}{query}"),
        Some(_) => format!("{path}{query}"),
        None => format!("{path}/{query}"),
    }
}

/// Path and query of an address in their one spelling, without host and fragment; none for what is no address of a page.
fn path_of(address: &str) -> Option<String> {
    let address = address.trim().split('#').next().unwrap_or_default();
    let rest = match address.split_once("//") {
        Some((scheme, rest)) if scheme.is_empty() || scheme.ends_with(':') => {
            &rest[rest.find(['/', '?'])?..]
        }
        _ if has_scheme(address) => return None,
        _ => address,
    };
    let path = spelt(rest);
    let plain = !path.is_empty() && path.len() <= LONGEST && !rest.chars().any(char::is_control);
    plain.then(|| {
        if path.starts_with('/') {
            path
        } else {
            format!("/{path}")
        }
    })
}

/// `mailto:…`, `tag:…`: a word and a colon before any slash.
fn has_scheme(address: &str) -> bool {
    let word = address.split(['/', '?']).next().unwrap_or_default();
    word.contains(':')
}

/// Escapes in one form: unreserved ASCII characters not escaped, everything else in upper-case digits (RFC 3986 §6.2.2).
fn spelt(path: &str) -> String {
    let bytes = path.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut spelt, mut at) = (String::with_capacity(path.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let escape = digit(at + 1).zip(digit(at + 2)).filter(|_| byte == b'%');
        let octet = escape.and_then(|(high, low)| u8::try_from(high << 4 | low).ok());
        at += if octet.is_some() { 3 } else { 1 };
        match octet {
            Some(octet) if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) => {
                spelt.push(char::from(octet))
            }
            Some(octet) => spelt += &format!("%{octet:02X}"),
            None if byte.is_ascii_graphic() => spelt.push(char::from(byte)),
            None => spelt += &format!("%{byte:02X}"),
        }
    }
    spelt
}

#[cfg(test)]
mod tests {
    use super::{path_of, slash_turned};

    #[test]
    fn an_old_address_is_known_by_its_path_and_query_in_one_spelling() {
        let cases = [
            ("https://old.example/2010/05/a-story/", Some("/2010/05/a-story/")),
            ("http://old.example/?p=12#more", Some("/?p=12")),
            ("http://old.example?p=12", Some("/?p=12")),
            ("//old.example/x", Some("/x")),
            ("/plain/path", Some("/plain/path")),
            ("2010/05/relative.html", Some("/2010/05/relative.html")),
            ("?p=12", Some("/?p=12")),
            (
                "https://old.example/новости",
                Some("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
            ),
            ("https://old.example/%d0%BD%7Ex", Some("/%D0%BD~x")),
            ("https://old.example/100%", Some("/100%")),
            ("https://old.example/a b", Some("/a%20b")),
            (
                "https://old.example/go?to=http://x.example/y",
                Some("/go?to=http://x.example/y"),
            ),
            ("http://old.example", None),
            ("mailto:x@example", None),
            ("", None),
        ];
        for (address, path) in cases {
            assert_eq!(path_of(address).as_deref(), path, "{address}");
        }
    }

    #[test]
    fn a_last_slash_is_turned_before_the_query() {
        for (path, turned) in [
            ("/a", "/a/"),
            ("/a/", "/a"),
            ("/", "/"),
            ("/a?x=1", "/a/?x=1"),
            ("/a/?x=1", "/a?x=1"),
        ] {
            assert_eq!(slash_turned(path), turned);
        }
    }
}
