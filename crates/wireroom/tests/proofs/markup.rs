//! F2 and W1: every attack vector of the corpus as a story's body; the page as served is read by a browser's own rules, and
//! only what we mean is in it.

use crate::desk;
use crate::house::{Engine, House};
use crate::wire::Client;
use html5ever::interface::{Attribute, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{QualName, parse_document};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// So many vectors of the corpus in one story; each also meets what the ones before it left open.
const TOGETHER: usize = 40;

#[test]
fn no_vector_of_the_corpus_runs_on_a_page() {
    let house = House::serving(Engine::Sqlite);
    let token = house.token("owner", "desk");
    let (mut desk, mut public) = (house.client_of(&token), house.client());
    let plain = page(&mut desk, &mut public, "<p>Words.</p>");
    let usual: BTreeSet<(String, String)> = plain
        .iter()
        .filter(|(name, _)| of_the_theme(name))
        .map(|(name, pairs)| (name.clone(), format!("{pairs:?}")))
        .collect();
    let vectors = vectors();
    println!("{} vectors", vectors.len());
    for part in vectors.chunks(TOGETHER) {
        let page = page(&mut desk, &mut public, &part.join("\n<p>next</p>\n"));
        for (element, attributes) in &page {
            check(element, attributes, &usual, part);
        }
        assert!(
            page.iter().any(|(name, _)| name == "footer"),
            "the page ends within the body: {part:?}"
        );
    }
    let feed = public.get("/en/feed.rss").text();
    assert!(
        !feed.contains("<script") && !feed.contains("&lt;script&gt;alert"),
        "a feed carries a script"
    );
}

/// A published story's page, as a browser's tree builder makes it.
fn page(desk: &mut Client, public: &mut Client, body_html: &str) -> Vec<Element> {
    let (_, path) = desk::publish_new(desk, &desk::story("Vector", body_html));
    let answer = public.get(&path);
    assert_eq!(answer.status, 200);
    let policy = answer.header("content-security-policy").unwrap_or_default();
    assert!(
        policy.contains("script-src 'self'") && !policy.contains("unsafe"),
        "{policy}"
    );
    let whole = Tree::default();
    parse_document(whole, Default::default()).one(answer.text().as_str())
}

/// What only the theme may put on a page.
fn of_the_theme(element: &str) -> bool {
    matches!(element, "script" | "link" | "template")
}

fn check(
    element: &str,
    attributes: &[(String, String)],
    usual: &BTreeSet<(String, String)>,
    part: &[String],
) {
    let never = [
        "iframe",
        "object",
        "embed",
        "base",
        "applet",
        "frame",
        "frameset",
        "style",
        "math",
        "foreignobject",
        "animate",
        "set",
        "portal",
        "xmp",
        "plaintext",
        "marquee",
    ];
    assert!(!never.contains(&element), "<{element}> from one of {part:?}");
    if of_the_theme(element) {
        let known = (element.to_owned(), format!("{attributes:?}"));
        let page_s_own = attributes.iter().any(|(name, value)| {
            name == "type" && value.contains("json")
                || name == "rel" && matches!(value.as_str(), "canonical" | "alternate")
        });
        assert!(
            usual.contains(&known) || page_s_own,
            "<{element} {attributes:?}> from one of {part:?}"
        );
    }
    for (name, value) in attributes {
        assert!(
            !name.starts_with("on")
                && !matches!(
                    name.as_str(),
                    "style" | "srcdoc" | "formaction" | "http-equiv" | "ping" | "background"
                ),
            "<{element} {name}={value:?}> from one of {part:?}"
        );
        if matches!(
            name.as_str(),
            "href" | "src" | "action" | "srcset" | "cite" | "data" | "poster"
        ) {
            let value: String = value
                .chars()
                .filter(|c| !c.is_whitespace() && !c.is_control())
                .collect::<String>()
                .to_ascii_lowercase();
            let scheme = value.split(['/', '?', '#']).next().unwrap_or_default();
            let known = !scheme.contains(':')
                || ["https:", "http:", "mailto:", "tel:"]
                    .iter()
                    .any(|own| scheme.starts_with(own));
            assert!(known, "<{element} {name}={value:?}> from one of {part:?}");
        }
    }
}

fn vectors() -> Vec<String> {
    let root = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/corpus/sanitizer"
    ));
    let mut found = Vec::new();
    if root.is_dir() {
        read(&root, &mut found);
        assert!(found.len() > 1_000, "only {} vectors in the corpus", found.len());
    } else {
        assert_ne!(
            std::env::var("WIREROOM_CORPUS").as_deref(),
            Ok("required"),
            "corpus missing: {}",
            root.display()
        );
        println!("corpus missing: {}", root.display());
    }
    found.extend(OWN.map(str::to_owned));
    found
}

/// Without a corpus at least these.
const OWN: [&str; 8] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "</main></body><base href=//evil>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "--><script>alert(1)</script>",
];

/// Lines of lists, payloads of JSON, and whole files.
fn read(folder: &Path, found: &mut Vec<String>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read(&path, found);
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with("expect.json") {
            let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
            found.extend(
                cases
                    .iter()
                    .filter_map(|case| case["payload"].as_str())
                    .map(str::to_owned),
            );
        } else if name.ends_with(".txt") {
            found.extend(text.lines().filter(|line| !line.is_empty()).map(str::to_owned));
        } else if name.ends_with(".xml") {
            found.push(
                text.replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&"),
            );
        } else if name != "README.md" {
            found.push(text);
        }
    }
}

type Element = (String, Vec<(String, String)>);

/// Notes every element and its attributes, in the order in which the tree builder makes them.
#[derive(Default)]
struct Tree(RefCell<Vec<(&'static QualName, Vec<Attribute>)>>);

impl TreeSink for Tree {
    type Handle = usize;
    type Output = Vec<Element>;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Vec<Element> {
        let pair = |one: Attribute| (one.name.local.to_string(), one.value.to_string());
        let element = |(name, attributes): (&QualName, Vec<Attribute>)| {
            (name.local.to_string(), attributes.into_iter().map(pair).collect())
        };
        self.0.into_inner().into_iter().map(element).collect()
    }
    fn elem_name<'a>(&'a self, at: &'a usize) -> &'a QualName {
        self.0.borrow()[*at - 1].0
    }
    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        self.0.borrow_mut().push((Box::leak(Box::new(name)), attributes));
        self.0.borrow().len()
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
    fn add_attrs_if_missing(&self, at: &usize, attributes: Vec<Attribute>) {
        self.0.borrow_mut()[*at - 1].1.extend(attributes);
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
