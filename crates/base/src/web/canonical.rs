//! One spelling for each address: what is not it is sent there once, or does not exist.
//!
//! So no proxy, cache or access rule in front can see two addresses where we see one (or the reverse).

/// What to do with a request target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spelling {
    Canonical,
    /// The same address, spelt right: path and query.
    Elsewhere(String),
    /// Nothing can be there.
    Impossible,
}

/// Judges the path of a target (`/en//x?q=1`). The query stays as it is.
pub fn spelling(path: &str, query: Option<&str>) -> Spelling {
    if !path.starts_with('/') || path.bytes().any(is_never_ours) {
        return Spelling::Impossible;
    }
    let Some(decoded) = normal_escapes(path) else {
        return Spelling::Impossible;
    };
    if decoded
        .split('/')
        .any(|segment| segment == "." || segment == "..")
    {
        return Spelling::Impossible;
    }
    let mut right = decoded;
    while right.contains("//") {
        right = right.replace("//", "/");
    }
    match (right == path, query) {
        (true, Some("")) | (false, None | Some("")) => Spelling::Elsewhere(right),
        (true, _) => Spelling::Canonical,
        (false, Some(query)) => Spelling::Elsewhere(format!("{right}?{query}")),
    }
}

/// A matrix parameter, a Windows separator, a fragment or a control character is in no address of ours.
fn is_never_ours(byte: u8) -> bool {
    matches!(
        byte,
        b';' | b'\\' | b'#' | b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'|' | b'}'
    ) || !byte.is_ascii_graphic()
}

/// Escapes in their normal form (RFC 3986 §6.2.2): upper-case digits, unreserved characters not escaped.
/// `None` for a broken escape, and for one of a separator, a control character or half a character.
fn normal_escapes(path: &str) -> Option<String> {
    let mut normal = String::with_capacity(path.len());
    let mut raw = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        let (octet, escaped) = if byte == b'%' {
            (hex(bytes.next()?)? << 4 | hex(bytes.next()?)?, true)
        } else {
            (byte, false)
        };
        if escaped
            && (octet.is_ascii_control()
                || is_never_ours(octet) && octet.is_ascii() && octet != b' '
                || matches!(octet, b'/' | b'%'))
        {
            return None;
        }
        raw.push(octet);
        if escaped && !is_unreserved(octet) {
            normal.push_str(&format!("%{octet:02X}"));
        } else {
            normal.push(char::from(octet));
        }
    }
    std::str::from_utf8(&raw).is_ok().then_some(normal)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

fn is_unreserved(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~')
}

/// The key under which a numbered or plain page may be kept; `None` when its query is another one.
/// A number is 2 to 9999 without leading zeros, since page 1 is the page without a number.
pub fn stored_target<'a>(path: &'a str, target: &'a str, numbered: bool) -> Option<&'a str> {
    if target.len() == path.len() {
        return Some(path);
    }
    let number = target.get(path.len()..)?.strip_prefix("?page=")?;
    let canonical = (1..=4).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
        && !number.starts_with('0')
        && number != "1";
    (numbered && canonical).then_some(target)
}
