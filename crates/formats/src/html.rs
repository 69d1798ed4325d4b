//! The little HTML the formats need: escape, plain text out of markup, addresses made absolute.
//! None of this makes HTML safe; a sanitizer does that.

use quick_xml::escape::resolve_html5_entity;

/// Escapes text for HTML content and double-quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    crate::xml::escape_into(&mut out, text);
    out
}

/// The text of a piece of markup: tags and comments gone, entities decoded, spaces folded.
/// Lenient: a `<` that begins no tag is a `<`.
pub(crate) fn text_of(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match tag_length(rest) {
            Some(length) => {
                text.push_str(if is_inline(rest) || rest.starts_with("<!--") {
                    ""
                } else {
                    " "
                });
                rest = &rest[length..];
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    decode(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Decodes numeric and named (HTML5) character references; what is none stays as it is.
pub(crate) fn decode(text: &str) -> String {
    const LONGEST_NAME: usize = 33;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(LONGEST_NAME).position(|b| b == b';');
        match end.and_then(|end| Some((end, reference(&rest[..end])?))) {
            Some((end, decoded)) => {
                out.push_str(&decoded);
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// Makes the addresses of `href`, `src`, `poster`, `data` and `srcset` absolute, as feeds demand: `/a` and `a`
/// are taken from `page`, `#a` points into it. Whole addresses and other schemes stay as they are.
pub(crate) fn absolutise(html: &str, page: &str) -> String {
    let mut out = String::with_capacity(html.len() + 256);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = tag_length(rest).unwrap_or(1);
        out.push_str(&absolutise_tag(&rest[..length], page));
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Resolves one address against the page it stands on (the common part of RFC 3986 §5.2).
pub(crate) fn absolute(address: &str, page: &str) -> String {
    let Some((scheme, after)) = page.split_once("://") else {
        return address.to_owned();
    };
    let authority = after.split(['/', '?', '#']).next().unwrap_or(after);
    let path = page.split(['?', '#']).next().unwrap_or(page);
    let folder = match path.rfind('/') {
        Some(slash) if slash > scheme.len() + 2 => path[..=slash].to_owned(),
        _ => format!("{path}/"),
    };
    match address {
        _ if has_scheme(address) => address.to_owned(),
        _ if address.starts_with("//") => format!("{scheme}:{address}"),
        _ if address.starts_with('/') => format!("{scheme}://{authority}{address}"),
        _ if address.starts_with('#') => format!("{}{address}", page.split('#').next().unwrap_or(page)),
        _ if address.starts_with('?') => format!("{path}{address}"),
        _ => format!("{folder}{address}"),
    }
}

/// `mailto:`, `https:`, …: a letter, then letters, digits, `+-.`, then a colon.
fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn absolutise_tag(tag: &str, page: &str) -> String {
    let mut out = String::with_capacity(tag.len());
    let mut rest = tag;
    while let Some(at) = rest.find(['"', '\'']) {
        let quote = if rest.as_bytes()[at] == b'"' { '"' } else { '\'' };
        let value_length = rest[at + 1..].find(quote).unwrap_or(rest.len() - at - 1);
        let (before, value) = (&rest[..=at], &rest[at + 1..at + 1 + value_length]);
        out.push_str(before);
        out.push_str(&absolutise_value(attribute_before(before), value, page));
        rest = &rest[at + 1 + value_length..];
        if let Some(after) = rest.strip_prefix(quote) {
            out.push(quote);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn absolutise_value(attribute: &str, value: &str, page: &str) -> String {
    let value_trimmed = value.trim();
    match attribute.to_ascii_lowercase().as_str() {
        _ if value_trimmed.is_empty() => value.to_owned(),
        "href" | "src" | "poster" | "data" => absolute(value_trimmed, page),
        "srcset" => {
            let candidates = value
                .split(", ")
                .map(|candidate| absolute(candidate.trim(), page));
            candidates.collect::<Vec<_>>().join(", ")
        }
        _ => value.to_owned(),
    }
}

/// The attribute's name in `<a class="x" href="`, cut behind the quote.
fn attribute_before(text: &str) -> &str {
    let name = text
        .trim_end_matches(['"', '\''])
        .trim_end()
        .trim_end_matches('=')
        .trim_end();
    name.rsplit(|c: char| c.is_whitespace() || c == '"' || c == '\'')
        .next()
        .unwrap_or(name)
}

/// The length of the tag, comment or declaration that `text` begins with, quotes respected; none when it begins none.
pub(crate) fn tag_length(text: &str) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some(comment.find("-->").map_or(text.len(), |end| end + 7));
    }
    let begins_tag = |c: char| c.is_ascii_alphabetic() || "/!?".contains(c);
    if !text.get(1..)?.starts_with(begins_tag) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    Some(text.len())
}

/// The name of the tag that `text` begins with, without its slash; empty when it begins none.
pub(crate) fn tag_name(text: &str) -> &str {
    let name = text.strip_prefix("</").or(text.strip_prefix('<')).unwrap_or("");
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or("")
}

/// Whether the tag leaves the words around it together.
fn is_inline(tag: &str) -> bool {
    const INLINE: [&str; 20] = [
        "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small",
        "span", "strong", "sub", "sup", "u",
    ];
    let name = tag_name(tag);
    INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline))
}

fn reference(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
        .filter(|c| crate::xml::is_legal(*c))
        .map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_markup() {
        let cases = [
            ("<p>One</p><p>Two</p>", "One Two"),
            (
                "1 < 2 &amp; 3 &gt; 2 &hellip; &#8217;&#x41; &nope;",
                "1 < 2 & 3 > 2 … ’A &nope;",
            ),
            ("a<b>c</b>d<!-- <i>e -->f", "acdf"),
            ("<a title='>'>x</a", "x"),
        ];
        for (given, expected) in cases {
            assert_eq!(text_of(given), expected, "{given}");
        }
    }

    #[test]
    fn addresses_become_absolute() {
        let page = "https://n.example/en/world/a-1?x=1#top";
        let cases = [
            (r#"<a href="/b">x</a>"#, r#"<a href="https://n.example/b">x</a>"#),
            (
                r##"<a class="href=/" href='#c'>x</a>"##,
                r#"<a class="href=/" href='https://n.example/en/world/a-1?x=1#c'>x</a>"#,
            ),
            (
                r#"<img src="b.jpg" srcset="/b 1x, /c 2x">"#,
                r#"<img src="https://n.example/en/world/b.jpg" srcset="https://n.example/b 1x, https://n.example/c 2x">"#,
            ),
            (
                r#"<a href="mailto:a@b.c">href="/x" </a>"#,
                r#"<a href="mailto:a@b.c">href="/x" </a>"#,
            ),
            (
                r#"<a href="//cdn.example/x">1 < 2</a>"#,
                r#"<a href="https://cdn.example/x">1 < 2</a>"#,
            ),
        ];
        for (given, expected) in cases {
            assert_eq!(absolutise(given, page), expected);
        }
        assert_eq!(absolute("a", "https://n.example"), "https://n.example/a");
    }
}
