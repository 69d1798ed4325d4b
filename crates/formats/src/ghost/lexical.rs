//! Lexical, the body format of Ghost 5 and 6: a tree of nodes, cards among them.

use super::{Rendered, card};
use crate::html::escape;
use serde_json::{Map, Value};

/// Bits of a text node's `format`, with the element each stands for, outermost first.
const FORMATS: [(u64, &str); 8] = [
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (128, "mark"),
    (32, "sub"),
    (64, "sup"),
    (16, "code"),
];

pub(super) fn render(json: &str) -> Rendered {
    let mut out = Rendered::default();
    match serde_json::from_str::<Value>(json) {
        Ok(document) => match document.get("root").and_then(Value::as_object) {
            Some(root) => write_children(&mut out, root),
            None => out.warn("ghost.lexical", "the body is JSON, but no Lexical document"),
        },
        Err(error) => out.warn("ghost.lexical", format!("the body cannot be read: {error}")),
    }
    out
}

/// The depth is bounded by that of the JSON reader (128).
fn write_children(out: &mut Rendered, node: &Map<String, Value>) {
    for child in node
        .get("children")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        if let Some(child) = child.as_object() {
            write_node(out, child);
        }
    }
}

fn write_node(out: &mut Rendered, node: &Map<String, Value>) {
    match text(node, "type") {
        "text" | "extended-text" | "tk" | "code-highlight" => write_text(out, node),
        "linebreak" => out.html.push_str("<br>"),
        "tab" => out.html.push('\t'),
        "zwnj" => {}
        "paragraph" => element(out, node, "p"),
        "heading" | "extended-heading" => element(out, node, heading(text(node, "tag"))),
        "quote" | "extended-quote" => element(out, node, "blockquote"),
        "aside" => element(out, node, "aside"),
        "code" => {
            out.html.push_str("<pre>");
            element(out, node, "code");
            out.html.push_str("</pre>\n");
        }
        "list" => write_list(out, node),
        "listitem" => element(out, node, "li"),
        "link" | "autolink" | "at-link" => write_link(out, node),
        "root" | "at-link-search" => write_children(out, node),
        kind if card::is_known(kind) => card::write(out, kind, node),
        kind => {
            out.warn(
                "ghost.card",
                format!("a node of unknown type `{kind}` was left out, its text kept"),
            );
            write_children(out, node);
        }
    }
}

fn write_text(out: &mut Rendered, node: &Map<String, Value>) {
    let bits = node.get("format").and_then(Value::as_u64).unwrap_or(0);
    let tags: Vec<&str> = FORMATS
        .iter()
        .filter(|(bit, _)| bits & bit != 0)
        .map(|(_, tag)| *tag)
        .collect();
    for tag in &tags {
        out.html.push_str(&format!("<{tag}>"));
    }
    out.html.push_str(&escape(text(node, "text")));
    for tag in tags.iter().rev() {
        out.html.push_str(&format!("</{tag}>"));
    }
}

fn write_list(out: &mut Rendered, node: &Map<String, Value>) {
    let ordered = text(node, "listType") == "number" || text(node, "tag") == "ol";
    let start = node
        .get("start")
        .and_then(Value::as_u64)
        .filter(|start| ordered && *start > 1);
    let attribute = start
        .map(|start| format!(" start=\"{start}\""))
        .unwrap_or_default();
    let tag = if ordered { "ol" } else { "ul" };
    out.html.push_str(&format!("<{tag}{attribute}>"));
    write_children(out, node);
    out.html.push_str(&format!("</{tag}>\n"));
}

fn write_link(out: &mut Rendered, node: &Map<String, Value>) {
    out.html
        .push_str(&format!("<a href=\"{}\">", escape(text(node, "url"))));
    write_children(out, node);
    out.html.push_str("</a>");
}

fn element(out: &mut Rendered, node: &Map<String, Value>, tag: &str) {
    out.html.push_str(&format!("<{tag}>"));
    write_children(out, node);
    out.html.push_str(&format!("</{tag}>\n"));
}

fn heading(tag: &str) -> &'static str {
    const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
    HEADINGS
        .iter()
        .find(|known| **known == tag)
        .copied()
        .unwrap_or("h2")
}

fn text<'n>(node: &'n Map<String, Value>, key: &str) -> &'n str {
    node.get(key).and_then(Value::as_str).unwrap_or("")
}
