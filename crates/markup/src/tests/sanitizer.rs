//! Attack vectors as story bodies: what comes out is read again as a browser would, and only what we mean is there.

use crate::{Document, Href, Options, Plain, from_html, from_html_with};
use html5ever::interface::{Attribute, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{LocalName, QualName, ns, parse_fragment};
use std::borrow::Cow;
use std::cell::RefCell;
use std::path::PathBuf;

const ELEMENTS: &[&str] = &[
    "a",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "del",
    "div",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h2",
    "h3",
    "h4",
    "hr",
    "html",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "ul",
];

const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-label",
    "cite",
    "class",
    "colspan",
    "data-asset",
    "data-block",
    "data-dir",
    "data-embed",
    "data-headline",
    "data-json",
    "data-name",
    "data-note",
    "data-provider",
    "data-source",
    "data-story",
    "data-storyline",
    "data-title",
    "data-type",
    "datetime",
    "decoding",
    "dir",
    "height",
    "href",
    "id",
    "lang",
    "loading",
    "rel",
    "role",
    "rowspan",
    "scope",
    "src",
    "tabindex",
    "title",
    "type",
    "width",
];

#[test]
fn sanitizer_lets_only_listed_elements_attributes_and_addresses_out() {
    for (name, html) in vectors() {
        for options in [Options::default(), Options::wordpress()] {
            let document = from_html_with(&html, options).0;
            for out in [
                document.to_html(&Plain),
                document.to_feed_html(&Plain),
                document.to_lossless_html(),
            ] {
                check(&name, &out);
            }
        }
    }
}

#[test]
fn reading_what_was_written_changes_no_word() {
    for (name, html) in vectors() {
        let first = from_html(&html).0;
        let second = from_html(&first.to_html(&Plain)).0;
        assert_eq!(folded(&second), folded(&first), "{name}: {html}");
        assert_eq!(from_html(&first.to_lossless_html()).0, first, "{name}: {html}");
        assert_eq!(
            Document::from_json(&first.to_json()).as_ref(),
            Ok(&first),
            "{name}"
        );
    }
}

/// Code and cells may fold into other blocks; their words may not.
fn folded(document: &Document) -> String {
    document.plain().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Own vectors, and all of the corpus when it is there.
pub(super) fn vectors() -> Vec<(String, String)> {
    let own = OWN.iter().map(|html| ("own".to_owned(), (*html).to_owned()));
    own.chain(corpus()).collect()
}

const OWN: &[&str] = &[
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<a href=\"java\tscript:alert(1)\">x</a><a href=\"\u{1}javascript:x\">y</a><a href='&#106;avascript:x'>z</a>",
    "<a href='https:\\\\evil'>x</a><a href='/\\evil'>x</a><a href='data:text/html,x'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><iframe src=javascript:alert(1)></iframe>",
    "<object data=javascript:x></object><embed src='data:x'><video src=javascript:x><source onerror=x></video>",
    "<p data-type=paragraph data-json='{\"type\":\"paragraph\",\"text\":[{\"text\":\"<img src=x onerror=1>\"}]}'>x</p>",
    "<p data-type=x data-json='{\"type\":\"svg\",\"html\":\"<svg onload=1>\"}'>x</p>",
    "<p data-type=embed data-json='{\"type\":\"embed\",\"url\":\"javascript:x\"}'>x</p>",
    "<p data-embed='javascript:x'>x</p><img data-asset='x\" onerror=1' src='https://x.org/\"onerror=1'>",
    "<img src=\"https://x.org/a.png\" alt='\"><script>alert(1)</script>'>",
    "<xmp><script>alert(1)</script></xmp><plaintext><script>alert(2)</script>",
    "<textarea><script>alert(1)</script></textarea><title><img src=x onerror=1></title>x",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
];

fn corpus() -> Vec<(String, String)> {
    let root = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/corpus/sanitizer"
    ));
    if !root.is_dir() {
        assert_ne!(
            std::env::var("WIREROOM_CORPUS").as_deref(),
            Ok("required"),
            "corpus missing: {}",
            root.display()
        );
        println!("corpus missing: {}", root.display());
        return Vec::new();
    }
    let mut found = Vec::new();
    for folder in [
        root.clone(),
        root.join("bleach"),
        root.join("feedparser-sanitize"),
        root.join("html5lib-tests"),
        root.join("paste"),
    ] {
        for file in std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .filter(|path| path.is_file())
        {
            let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            found.extend(cut(&name, &text).into_iter().map(|html| (name.clone(), html)));
        }
    }
    assert!(found.len() > 1_000, "only {} vectors in the corpus", found.len());
    found
}

/// A file as its vectors; the file as a whole is one too.
fn cut(name: &str, text: &str) -> Vec<String> {
    let mut found = vec![text.to_owned()];
    if name.ends_with("expect.json") {
        let cases: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
        found.extend(
            cases
                .iter()
                .filter_map(|case| case["payload"].as_str())
                .map(str::to_owned),
        );
    }
    if name.ends_with(".xml") {
        found.push(
            text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&"),
        );
    }
    if name.ends_with(".txt") || name.ends_with(".test") {
        found.extend(text.lines().filter(|line| !line.is_empty()).map(str::to_owned));
    }
    found
}

fn check(name: &str, out: &str) {
    let seen = Seen::of(out);
    for (element, attributes) in &seen {
        assert!(
            ELEMENTS.contains(&element.as_str()),
            "{name}: <{element}> in {out}"
        );
        for (attribute, value) in attributes {
            assert!(
                ATTRIBUTES.contains(&attribute.as_str()),
                "{name}: <{element} {attribute}> in {out}"
            );
            if matches!(attribute.as_str(), "href" | "src" | "cite" | "data-embed") {
                let known = Href::parse(value).is_some_and(|href| href.as_str() == value);
                assert!(known, "{name}: <{element} {attribute}={value:?}> in {out}");
            }
        }
    }
}

/// Every element a browser's tree builder makes of it.
struct Seen {
    names: RefCell<Vec<QualName>>,
    attributes: RefCell<Vec<Vec<Attribute>>>,
}

type Elements = Vec<(String, Vec<(String, String)>)>;

impl Seen {
    fn of(html: &str) -> Elements {
        let sink = Self {
            names: RefCell::default(),
            attributes: RefCell::default(),
        };
        let context = QualName::new(None, ns!(html), LocalName::from("div"));
        parse_fragment(sink, Default::default(), context, Vec::new(), false).one(html)
    }
}

impl TreeSink for Seen {
    type Handle = usize;
    type Output = Elements;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Elements {
        let attributes = self.attributes.into_inner();
        let names = self.names.into_inner();
        let pairs = |list: Vec<Attribute>| {
            list.into_iter()
                .map(|one| (one.name.local.to_string(), one.value.to_string()))
                .collect()
        };
        // The first is the context, which is not of the input.
        names
            .into_iter()
            .map(|name| name.local.to_string())
            .zip(attributes.into_iter().map(pairs))
            .skip(1)
            .collect()
    }

    fn elem_name<'a>(&'a self, at: &'a usize) -> &'a QualName {
        let name = self.names.borrow()[*at - 1].clone();
        Box::leak(Box::new(name))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        self.names.borrow_mut().push(name);
        self.attributes.borrow_mut().push(attributes);
        self.names.borrow().len()
    }

    fn get_document(&self) -> usize {
        0
    }
    fn create_comment(&self, _: StrTendril) -> usize {
        usize::MAX
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        usize::MAX
    }
    fn get_template_contents(&self, at: &usize) -> usize {
        *at
    }
    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }
    fn add_attrs_if_missing(&self, _: &usize, attributes: Vec<Attribute>) {
        self.attributes.borrow_mut().push(attributes);
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn append(&self, _: &usize, _: NodeOrText<usize>) {}
    fn append_based_on_parent_node(&self, _: &usize, _: &usize, _: NodeOrText<usize>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_before_sibling(&self, _: &usize, _: NodeOrText<usize>) {}
    fn remove_from_parent(&self, _: &usize) {}
    fn reparent_children(&self, _: &usize, _: &usize) {}
}
