//! XMP, the newer of the two ways in which a picture carries its words (ISO 16684-1): RDF in XML.
//!
//! Read and written are the properties of the IPTC Photo Metadata Standard that a newsroom needs; structures inside
//! properties are not looked into.

use roxmltree::{Document, Node, ParsingOptions};
use std::borrow::Cow;

/// A property's name: namespace and local name.
pub type Name = (&'static str, &'static str);

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const EXIF: &str = "http://ns.adobe.com/exif/1.0/";
const IPTC_CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const IPTC_EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

pub const TITLE: Name = (DC, "title");
pub const DESCRIPTION: Name = (DC, "description");
pub const CREATOR: Name = (DC, "creator");
pub const COPYRIGHT: Name = (DC, "rights");
pub const SUBJECT: Name = (DC, "subject");
pub const CREDIT: Name = (PHOTOSHOP, "Credit");
pub const SOURCE: Name = (PHOTOSHOP, "Source");
pub const DATE_CREATED: Name = (PHOTOSHOP, "DateCreated");
pub const HEADLINE: Name = (PHOTOSHOP, "Headline");
pub const INSTRUCTIONS: Name = (PHOTOSHOP, "Instructions");
pub const ALT: Name = (IPTC_CORE, "AltTextAccessibility");
pub const USAGE_TERMS: Name = (RIGHTS, "UsageTerms");
pub const WEB_STATEMENT: Name = (RIGHTS, "WebStatement");
pub const DIGITAL_SOURCE: Name = (IPTC_EXT, "DigitalSourceType");
pub const CREATE_DATE: Name = (XMP, "CreateDate");
pub const DATE_TIME_ORIGINAL: Name = (EXIF, "DateTimeOriginal");

/// How a property is written.
#[derive(Clone, Copy)]
enum Form {
    Plain,
    /// One text a language; ours says which is the default.
    Languages,
    Ordered,
    Unordered,
}

/// The properties that are written, with the prefix that other programs expect.
const WRITTEN: &[(Name, &str, Form)] = &[
    (TITLE, "dc", Form::Languages),
    (DESCRIPTION, "dc", Form::Languages),
    (CREATOR, "dc", Form::Ordered),
    (COPYRIGHT, "dc", Form::Languages),
    (SUBJECT, "dc", Form::Unordered),
    (CREDIT, "photoshop", Form::Plain),
    (SOURCE, "photoshop", Form::Plain),
    (DATE_CREATED, "photoshop", Form::Plain),
    (INSTRUCTIONS, "photoshop", Form::Plain),
    (ALT, "Iptc4xmpCore", Form::Languages),
    (USAGE_TERMS, "xmpRights", Form::Languages),
    (WEB_STATEMENT, "xmpRights", Form::Plain),
    (DIGITAL_SOURCE, "Iptc4xmpExt", Form::Plain),
];

/// The longest packet that is read, in bytes.
const PACKET_BYTES: usize = 4 << 20;
/// The most nodes of a packet.
const NODES: u32 = 200_000;

/// One text of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Value {
    namespace: String,
    name: String,
    text: String,
    /// The default among several languages.
    preferred: bool,
}

/// The properties of a picture, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Xmp(Vec<Value>);

impl Xmp {
    /// Reads a packet. What is no XMP, carries a document type declaration or is too long has no properties.
    pub fn parse(packet: &[u8]) -> Self {
        let text = decoded(&packet[..packet.len().min(PACKET_BYTES)]);
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
        let options = ParsingOptions {
            allow_dtd: false,
            nodes_limit: NODES,
            ..ParsingOptions::default()
        };
        let mut read = Self::default();
        if let Ok(document) = Document::parse_with_options(text, options) {
            let described = document.descendants().filter(|node| {
                node.has_tag_name((RDF, "Description"))
                    && node
                        .parent()
                        .is_some_and(|parent| parent.has_tag_name((RDF, "RDF")))
            });
            described.for_each(|description| read.describe(description));
        }
        read
    }

    /// The first text of a property, that of the default language before others; none when it is empty or missing.
    pub fn text(&self, name: Name) -> Option<String> {
        let preferred = self.of(name).find(|value| value.preferred);
        preferred
            .or_else(|| self.of(name).next())
            .map(|value| value.text.clone())
    }

    /// All texts of a property.
    pub fn texts(&self, name: Name) -> Vec<String> {
        self.of(name).map(|value| value.text.clone()).collect()
    }

    /// Adds a text.
    pub fn push(&mut self, (namespace, name): Name, text: &str) {
        self.add(namespace, name, text, true);
    }

    /// A whole packet with the properties that a newsroom needs.
    pub fn to_packet(&self) -> String {
        let mut body = String::new();
        for (name, prefix, form) in WRITTEN {
            let texts = self.texts(*name);
            if let Some(first) = texts.first() {
                body += &property(&format!("{prefix}:{}", name.1), *form, first, &texts);
            }
        }
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"{RDF}\">\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"{DC}\" xmlns:photoshop=\"{PHOTOSHOP}\" xmlns:xmpRights=\"{RIGHTS}\" \
             xmlns:Iptc4xmpCore=\"{IPTC_CORE}\" xmlns:Iptc4xmpExt=\"{IPTC_EXT}\">{body}</rdf:Description></rdf:RDF></x:xmpmeta>\
             <?xpacket end=\"r\"?>"
        )
    }

    fn of(&self, (namespace, name): Name) -> impl Iterator<Item = &Value> {
        self.0
            .iter()
            .filter(move |value| value.namespace == namespace && value.name == name)
    }

    fn describe(&mut self, description: Node) {
        for attribute in description.attributes() {
            if let Some(namespace) = attribute
                .namespace()
                .filter(|namespace| ![RDF, XML].contains(namespace))
            {
                self.add(namespace, attribute.name(), attribute.value(), false);
            }
        }
        for property in description.children().filter(Node::is_element) {
            let (namespace, name) = (
                property.tag_name().namespace().unwrap_or_default(),
                property.tag_name().name(),
            );
            let mut parts = property.children().filter(Node::is_element).peekable();
            if parts.peek().is_none() {
                let resource = property.attribute((RDF, "resource"));
                self.add(namespace, name, resource.unwrap_or(&words(property)), false);
            }
            for item in parts
                .flat_map(|list| list.children())
                .filter(|item| item.has_tag_name((RDF, "li")))
            {
                let default = item.attribute((XML, "lang")) == Some("x-default");
                self.add(
                    namespace,
                    name,
                    item.attribute((RDF, "resource")).unwrap_or(&words(item)),
                    default,
                );
            }
        }
    }

    fn add(&mut self, namespace: &str, name: &str, text: &str, preferred: bool) {
        let text = text.trim();
        if !text.is_empty() {
            self.0.push(Value {
                namespace: namespace.to_owned(),
                name: name.to_owned(),
                text: text.to_owned(),
                preferred,
            });
        }
    }
}

/// UTF-8, or UTF-16 as its first `<` or its mark shows.
fn decoded(packet: &[u8]) -> Cow<'_, str> {
    let units = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = packet
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]))
            .collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match packet {
        [0, b'<', ..] | [0xFE, 0xFF, ..] => units(u16::from_be_bytes),
        [b'<', 0, ..] | [0xFF, 0xFE, ..] => units(u16::from_le_bytes),
        _ => String::from_utf8_lossy(packet),
    }
}

/// The text that stands directly in an element.
fn words(node: Node) -> String {
    node.children()
        .filter(|child| child.is_text())
        .filter_map(|child| child.text())
        .collect()
}

fn property(tag: &str, form: Form, first: &str, all: &[String]) -> String {
    let items: String = all
        .iter()
        .map(|text| format!("<rdf:li>{}</rdf:li>", escaped(text)))
        .collect();
    let inner = match form {
        Form::Plain => escaped(first),
        Form::Languages => format!(
            "<rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt>",
            escaped(first)
        ),
        Form::Ordered => format!("<rdf:Seq>{items}</rdf:Seq>"),
        Form::Unordered => format!("<rdf:Bag>{items}</rdf:Bag>"),
    };
    format!("<{tag}>{inner}</{tag}>")
}

/// Text in XML. What XML cannot hold at all (most control characters) is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn described(attributes: &str, inner: &str) -> Xmp {
        let packet = format!(
            "<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='{RDF}' xmlns:d='{DC}' xmlns:p='{PHOTOSHOP}' \
             xmlns:e='{IPTC_EXT}'><r:Description r:about='' {attributes}>{inner}</r:Description></r:RDF></x:xmpmeta><?xpacket end='w'?>\0"
        );
        Xmp::parse(packet.as_bytes())
    }

    #[test]
    fn every_form_of_a_property_is_read() {
        let xmp = described(
            "p:Credit='AP &amp; us'",
            "<d:title><r:Alt><r:li xml:lang='de'>Hafen</r:li><r:li xml:lang='x-default'>Harbour</r:li></r:Alt></d:title>
             <d:subject><r:Bag><r:li>ferry</r:li><r:li> </r:li><r:li>port</r:li></r:Bag></d:subject>
             <p:Source> The Desk\n</p:Source>
             <e:DigitalSourceType r:resource='http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture'/>
             <e:PersonInImageWDetails><r:Bag><r:li r:parseType='Resource'><d:title>no title</d:title></r:li></r:Bag></e:PersonInImageWDetails>",
        );
        assert_eq!(xmp.text(CREDIT).as_deref(), Some("AP & us"));
        assert_eq!(xmp.text(TITLE).as_deref(), Some("Harbour"));
        assert_eq!(xmp.texts(SUBJECT), ["ferry", "port"]);
        assert_eq!(xmp.text(SOURCE).as_deref(), Some("The Desk"));
        assert!(
            xmp.text(DIGITAL_SOURCE)
                .is_some_and(|uri| uri.ends_with("digitalCapture"))
        );
        assert_eq!(xmp.text(ALT), None);
    }

    #[test]
    fn what_is_written_is_read() {
        let mut xmp = Xmp::default();
        for (name, _, _) in WRITTEN {
            xmp.push(*name, &format!("<{}> & \u{1}\"ж\"", name.1));
        }
        xmp.push(SUBJECT, "second");
        let read = Xmp::parse(xmp.to_packet().as_bytes());
        for (name, _, _) in WRITTEN {
            assert_eq!(read.text(*name), Some(format!("<{}> & \"ж\"", name.1)));
        }
        assert_eq!(read.texts(SUBJECT)[1..], ["second"]);
    }

    #[test]
    fn it_may_be_in_any_unicode() {
        let mut xmp = Xmp::default();
        xmp.push(DESCRIPTION, "Паром");
        let packet = xmp.to_packet();
        let big: Vec<u8> = packet.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = packet.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [big, little] {
            assert_eq!(Xmp::parse(&bytes).text(DESCRIPTION).as_deref(), Some("Паром"));
        }
    }

    #[test]
    fn no_declaration_is_let_in() {
        let dtd = "<!DOCTYPE x [<!ENTITY a 'b'>]><x:xmpmeta xmlns:x='adobe:ns:meta/'/>";
        assert_eq!(Xmp::parse(dtd.as_bytes()), Xmp::default());
        let deep = "<a>".repeat(100_000);
        assert_eq!(Xmp::parse(deep.as_bytes()), Xmp::default());
        assert_eq!(Xmp::parse(b"\xFF\xFE<"), Xmp::default());
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "[<>/a-c:='\" &;]{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            let _ = (Xmp::parse(text.as_bytes()), Xmp::parse(&bytes), described("", &text));
        }

        #[test]
        fn any_text_comes_back(text in "\\PC{1,60}") {
            let mut xmp = Xmp::default();
            xmp.push(DESCRIPTION, &text);
            let read = Xmp::parse(xmp.to_packet().as_bytes());
            prop_assert_eq!(read.text(DESCRIPTION).unwrap_or_default(), text.trim());
        }
    }
}
