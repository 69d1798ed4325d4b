//! Writing XML: every text escaped, every character XML 1.0 forbids left out, every element closed.

use std::fmt::Write;

/// Whether XML 1.0 allows the character (production 2 `Char`). Non-characters U+FFFE and U+FFFF are out.
pub(crate) fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// Appends `text` escaped for element content and for attribute values in double quotes alike.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars().filter(|c| is_legal(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(c),
        }
    }
}

/// A document being written. Names are ours (static), so only values need escaping.
pub(crate) struct XmlText {
    out: String,
    open: Vec<&'static str>,
}

/// Attributes of an element, name and value.
pub(crate) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl XmlText {
    /// Begins a document; `stylesheet` is the address of an XSLT that shows the feed in a browser.
    pub(crate) fn begin(stylesheet: Option<&str>) -> Self {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        if let Some(address) = stylesheet {
            out.push_str("<?xml-stylesheet type=\"text/xsl\" href=\"");
            escape_into(&mut out, address);
            out.push_str("\"?>\n");
        }
        Self {
            out,
            open: Vec::new(),
        }
    }

    /// Begins a part of a document: no declaration.
    pub(crate) fn fragment() -> Self {
        Self {
            out: String::new(),
            open: Vec::new(),
        }
    }

    /// Opens an element that [`XmlText::close`] or [`XmlText::end`] will close.
    pub(crate) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes, ">");
        self.open.push(name);
    }

    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            let _ = write!(self.out, "</{name}>");
        }
    }

    /// `<name>text</name>`.
    pub(crate) fn leaf(&mut self, name: &'static str, text: &str) {
        self.leaf_with(name, &[], text);
    }

    /// `<name>text</name>` when there is a text.
    pub(crate) fn leaf_if(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.leaf(name, text);
        }
    }

    pub(crate) fn leaf_with(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.tag(name, attributes, ">");
        escape_into(&mut self.out, text);
        let _ = write!(self.out, "</{name}>");
    }

    /// `<name …/>`.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes, "/>");
    }

    /// Closes what is open and gives the document.
    pub(crate) fn end(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.push('\n');
        self.out
    }

    /// Attributes with an empty value are left out: none of our formats gives one a meaning.
    fn tag(&mut self, name: &'static str, attributes: Attributes<'_>, end: &str) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            let _ = write!(self.out, " {key}=\"");
            escape_into(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push_str(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_are_left_out_and_the_rest_survives_a_parser() {
        let mut xml = XmlText::begin(Some("/s.xsl?a&b"));
        xml.open("a", &[("b", "1 < \"2\" & \u{0}\u{8}3"), ("empty", "")]);
        xml.leaf("c", "]]> <x> \u{FFFE}\u{1F}é\u{1F600}");
        let text = xml.end();
        let document = roxmltree::Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("b"), Some("1 < \"2\" & 3"));
        assert_eq!(root.attributes().len(), 1);
        assert_eq!(
            root.first_element_child().unwrap().text(),
            Some("]]> <x> é\u{1F600}")
        );
    }
}
