//! Reading foreign XML without being hurt by it: a pull reader with every limit in one place.
//!
//! Refused: document type declarations (and with them entities and external addresses), encodings other than UTF-8,
//! depth over 64, more than 64 attributes on an element, a single text or tag over 8 MiB, names over 1 KiB. What is ill-formed ends
//! the reading with a named error and its place; characters XML forbids are dropped.

mod measured;

use crate::imported::{Place, Refusal};
use measured::Measured;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use std::io::BufRead;

/// Elements within elements.
pub(crate) const MAX_DEPTH: usize = 64;
/// Attributes on one element.
pub(crate) const MAX_ATTRIBUTES: usize = 64;
/// One tag, text or CDATA section, and all the text of one element.
pub(crate) const MAX_TEXT_BYTES: usize = 8 << 20;
/// The name of one element: those of open elements are kept.
pub(crate) const MAX_NAME_BYTES: usize = 1 << 10;

/// What the reader meets.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// An element begins. Its name has the usual prefix of its namespace: `wp:post_id`, `content:encoded`.
    Start {
        name: String,
        attributes: Vec<(String, String)>,
    },
    /// An element ends; `text` is what stood directly in it.
    End { name: String, text: String },
    /// The document is over, and whole.
    Eof,
}

/// A reader of nodes; after an error it must not be asked again.
pub(crate) struct Nodes<R> {
    reader: NsReader<Measured<R>>,
    buffer: Vec<u8>,
    open: Vec<Open>,
    /// The end that belongs to an empty element, due next.
    due: Option<Node>,
    root_seen: bool,
    dropped_characters: bool,
}

struct Open {
    name: String,
    text: String,
}

impl<R: BufRead> Nodes<R> {
    pub(crate) fn new(reader: R) -> Self {
        let mut reader = NsReader::from_reader(Measured::new(reader));
        reader.config_mut().check_end_names = true;
        Self {
            reader,
            buffer: Vec::new(),
            open: Vec::new(),
            due: None,
            root_seen: false,
            dropped_characters: false,
        }
    }

    /// The next node.
    pub(crate) fn next_node(&mut self) -> Result<Node, Refusal> {
        if let Some(node) = self.due.take() {
            return Ok(node);
        }
        loop {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            self.reader.get_mut().token_bytes = 0;
            let node = self.step(&mut buffer);
            self.buffer = buffer;
            if let Some(node) = node? {
                return Ok(node);
            }
        }
    }

    /// Whether a character XML forbids was dropped since the last call.
    pub(crate) fn take_dropped(&mut self) -> bool {
        std::mem::take(&mut self.dropped_characters)
    }

    /// Where the reader is.
    pub(crate) fn place(&self) -> Place {
        let lines = self.reader.get_ref().lines;
        Place {
            line: Some(lines),
            column: None,
            byte: Some(self.reader.buffer_position()),
        }
    }

    pub(crate) fn refusal(&self, code: &'static str, reason: impl Into<String>) -> Refusal {
        Refusal {
            item: String::new(),
            code,
            reason: reason.into(),
            place: self.place(),
        }
    }

    fn step(&mut self, buffer: &mut Vec<u8>) -> Result<Option<Node>, Refusal> {
        let event = match self.reader.read_event_into(buffer) {
            Ok(event) => event,
            Err(error) => return Err(self.ill_formed(&error)),
        };
        match event {
            Event::Start(tag) => self.start(&tag).map(Some),
            Event::Empty(tag) => {
                let node = self.start(&tag)?;
                self.due = self.end();
                Ok(Some(node))
            }
            Event::End(_) => Ok(self.end()),
            Event::Text(text) => self.text(&text.xml10_content()).map(|()| None),
            Event::CData(text) => self.text(&text.xml10_content()).map(|()| None),
            Event::GeneralRef(reference) => self.reference(&reference).map(|()| None),
            Event::Decl(declaration) => {
                let encoding = declaration
                    .encoding()
                    .and_then(Result::ok)
                    .map(|name| name.into_owned());
                self.check_encoding(encoding.as_deref()).map(|()| None)
            }
            Event::DocType(_) if cfg!(feature = "planted-dtd-allowed") => Ok(None),
            Event::DocType(_) => Err(self.refusal("xml.doctype", "document type declarations are not taken")),
            Event::Comment(_) | Event::PI(_) => Ok(None),
            Event::Eof => self.eof().map(Some),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<Node, Refusal> {
        if self.open.len() >= MAX_DEPTH {
            return Err(self.refusal(
                "xml.too_deep",
                format!("more than {MAX_DEPTH} elements within each other"),
            ));
        }
        if self.open.is_empty() && std::mem::replace(&mut self.root_seen, true) {
            return Err(self.refusal("xml.ill_formed", "a second root element"));
        }
        let name = self.name(tag);
        if name.len() > MAX_NAME_BYTES {
            return Err(self.refusal(
                "xml.too_large",
                format!("a name is longer than {MAX_NAME_BYTES} bytes"),
            ));
        }
        let attributes = self.attributes(tag)?;
        self.open.push(Open {
            name: name.clone(),
            text: String::new(),
        });
        Ok(Node::Start { name, attributes })
    }

    fn end(&mut self) -> Option<Node> {
        let Open { name, text } = self.open.pop()?;
        Some(Node::End { name, text })
    }

    fn eof(&mut self) -> Result<Node, Refusal> {
        match self.open.last() {
            Some(open) => Err(self.refusal("xml.cut_off", format!("the input ends inside <{}>", open.name))),
            None => Ok(Node::Eof),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        let Some(open) = self.open.last_mut() else {
            let blank = text.trim_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']).is_empty();
            return if blank {
                Ok(())
            } else {
                Err(self.refusal("xml.ill_formed", "text outside of the root element"))
            };
        };
        if open.text.len() + text.len() > MAX_TEXT_BYTES {
            return Err(self.too_large());
        }
        if text.chars().all(crate::xml::is_legal) {
            open.text.push_str(text);
        } else {
            open.text
                .extend(text.chars().filter(|c| crate::xml::is_legal(*c)));
            self.dropped_characters = true;
        }
        Ok(())
    }

    /// The five entities of XML and character references; any other would need a document type declaration.
    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Refusal> {
        let name: &str = reference.as_ref();
        let text = match name {
            "lt" => "<".to_owned(),
            "gt" => ">".to_owned(),
            "amp" => "&".to_owned(),
            "apos" => "'".to_owned(),
            "quot" => "\"".to_owned(),
            _ => match reference.resolve_char_ref() {
                Ok(Some(c)) => c.to_string(),
                Ok(None) => {
                    return Err(self.refusal(
                        "xml.unknown_entity",
                        format!("the entity &{name}; is not defined"),
                    ));
                }
                Err(error) => return Err(self.refusal("xml.ill_formed", error.to_string())),
            },
        };
        self.text(&text)
    }

    fn name(&self, tag: &BytesStart<'_>) -> String {
        let (resolved, local) = self.reader.resolver().resolve_element(tag.name());
        let prefix = match resolved {
            ResolveResult::Bound(Namespace(address)) => usual_prefix(address),
            ResolveResult::Unbound => "",
            // An undeclared prefix is an error of namespaces, but not one a reader of news need die of.
            ResolveResult::Unknown(_) => return tag.name().as_ref().to_owned(),
        };
        let local: &str = local.as_ref();
        if prefix.is_empty() {
            local.to_owned()
        } else {
            format!("{prefix}:{local}")
        }
    }

    fn attributes(&self, tag: &BytesStart<'_>) -> Result<Vec<(String, String)>, Refusal> {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|e| self.refusal("xml.ill_formed", e.to_string()))?;
            if attributes.len() >= MAX_ATTRIBUTES {
                let why = format!("more than {MAX_ATTRIBUTES} attributes on one element");
                return Err(self.refusal("xml.too_many_attributes", why));
            }
            let name: &str = attribute.key.as_ref();
            let value =
                quick_xml::escape::unescape_with(&attribute.value, quick_xml::escape::resolve_xml_entity);
            let value = value.map_err(|e| self.refusal("xml.ill_formed", e.to_string()))?;
            attributes.push((
                name.to_owned(),
                value.chars().filter(|c| crate::xml::is_legal(*c)).collect(),
            ));
        }
        Ok(attributes)
    }

    fn check_encoding(&self, name: Option<&str>) -> Result<(), Refusal> {
        let name = name.unwrap_or("utf-8").to_ascii_lowercase();
        match name.as_str() {
            "utf-8" | "utf8" | "us-ascii" | "ascii" => Ok(()),
            other => Err(self.refusal(
                "xml.encoding",
                format!("the encoding is `{other}`; save the file as UTF-8"),
            )),
        }
    }

    fn ill_formed(&self, error: &quick_xml::Error) -> Refusal {
        let code = match error {
            quick_xml::Error::Io(io) if io.kind() == std::io::ErrorKind::FileTooLarge => {
                return self.too_large();
            }
            quick_xml::Error::Io(_) => "io.read",
            quick_xml::Error::Encoding(_) => "xml.not_utf8",
            _ => "xml.ill_formed",
        };
        let mut refusal = self.refusal(code, error.to_string());
        refusal.place.byte = Some(self.reader.error_position());
        refusal
    }

    fn too_large(&self) -> Refusal {
        self.refusal(
            "xml.too_large",
            format!("a text or tag is larger than {MAX_TEXT_BYTES} bytes"),
        )
    }
}

/// The prefix a namespace usually has. WordPress writes its own with http and https, and the version in it.
fn usual_prefix(address: &str) -> &'static str {
    match address.trim_start_matches("https:").trim_start_matches("http:") {
        "//purl.org/rss/1.0/modules/content/" => "content",
        "//purl.org/dc/elements/1.1/" => "dc",
        "//www.w3.org/2005/Atom" => "",
        "//purl.org/atom/app#" | "//www.w3.org/2007/app" => "app",
        "//purl.org/syndication/thread/1.0" => "thr",
        "//schemas.google.com/blogger/2018" => "blogger",
        address if address.starts_with("//wordpress.org/export/") && address.ends_with("/excerpt/") => {
            "excerpt"
        }
        address if address.starts_with("//wordpress.org/export/") => "wp",
        "" => "",
        _ => "other",
    }
}
