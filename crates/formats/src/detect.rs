//! Which format a file is in, told from how it begins.

/// A format this crate reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON lines, one story each.
    Jsonl,
    /// A WordPress export.
    Wxr,
    /// A Blogger export.
    Blogger,
    /// A Ghost export.
    Ghost,
    /// Compressed with gzip: undo that, and ask again.
    Gzip,
}

/// How much of a file is enough to tell.
pub const ENOUGH_BYTES: usize = 16 << 10;

/// Tells the format from the first bytes (at least [`ENOUGH_BYTES`] of them, or all); none when it is none of ours.
pub fn detect(beginning: &[u8]) -> Option<Format> {
    if beginning.starts_with(&[0x1F, 0x8B]) {
        return Some(Format::Gzip);
    }
    let beginning = &beginning[..beginning.len().min(ENOUGH_BYTES)];
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    match text.chars().next()? {
        '<' if is_wxr(text) => Some(Format::Wxr),
        '<' if is_blogger(text) => Some(Format::Blogger),
        '{' if is_ghost(text) => Some(Format::Ghost),
        '{' if is_story_line(text) => Some(Format::Jsonl),
        _ => None,
    }
}

fn is_wxr(text: &str) -> bool {
    text.contains("<rss") && (text.contains("wordpress.org/export/") || text.contains("wxr_version"))
}

/// Feeds of a Blogger site look much like its exports: only the latter name their entries' kinds or types at once.
fn is_blogger(text: &str) -> bool {
    let kinds = ["blogger/2008/kind#", "schemas.google.com/blogger/2018"];
    text.contains("<feed") && kinds.iter().any(|kind| text.contains(kind))
}

/// `{"db": [...]}`, `{"meta": {"exported_on": …}, "data": {…}}`: no story has such keys.
fn is_ghost(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let has_tables = bare.contains("\"data\":{") && bare.contains("\"exported_on\":");
    bare.starts_with("{\"db\":[") || bare.starts_with("{\"data\":{") || has_tables
}

fn is_story_line(text: &str) -> bool {
    let line = text.lines().next().unwrap_or("");
    [
        "\"id\"",
        "\"body_html\"",
        "\"body_text\"",
        "\"sentences\"",
        "\"title\"",
    ]
    .iter()
    .any(|key| line.contains(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        let cases: [(&[u8], Option<Format>); 9] = [
            (
                b"\xEF\xBB\xBF<?xml version='1.0'?>\n<rss xmlns:wp='http://wordpress.org/export/1.2/'>",
                Some(Format::Wxr),
            ),
            (b"<rss version='2.0'><channel>", None),
            (b"{\n \"db\": [ {", Some(Format::Ghost)),
            (
                b"{\"meta\":{\"exported_on\":1,\"version\":\"2.0.0\"},\"data\":{\"posts\":[",
                Some(Format::Ghost),
            ),
            (
                b"{\"id\": \"a\", \"body_text\": \"data\"}\n{",
                Some(Format::Jsonl),
            ),
            (b"{\"x\": 1}", None),
            (b"\x1f\x8b\x08", Some(Format::Gzip)),
            (b"", None),
            (b"\xff\xfe<\0", None),
        ];
        for (given, expected) in cases {
            assert_eq!(detect(given), expected, "{}", String::from_utf8_lossy(given));
        }
    }
}
