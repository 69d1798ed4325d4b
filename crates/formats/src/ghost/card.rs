//! Ghost's cards as HTML: the same payloads stand in mobiledoc and in Lexical.

use super::{Rendered, markdown_html};
use crate::html::escape;
use serde_json::{Map, Value};

type Payload = Map<String, Value>;

/// Cards that have no place on a page: forms to sign up, and what goes out by mail only.
const DROPPED: [&str; 5] = ["signup", "email", "email-cta", "collection", "nft"];

/// Whether the name is a card's, so that Lexical can tell cards from other nodes.
pub(super) fn is_known(name: &str) -> bool {
    const WRITTEN: [&str; 26] = [
        "image",
        "gallery",
        "markdown",
        "card-markdown",
        "html",
        "codeblock",
        "code",
        "embed",
        "bookmark",
        "callout",
        "toggle",
        "button",
        "file",
        "audio",
        "video",
        "product",
        "header",
        "call-to-action",
        "hr",
        "horizontalrule",
        "paywall",
        "transistor",
        "before-after",
        "before_after",
        "tweet",
        "link-card",
    ];
    WRITTEN.contains(&name) || DROPPED.contains(&name)
}

/// Writes a card. Unknown ones are left out with a warning.
pub(super) fn write(out: &mut Rendered, name: &str, card: &Payload) {
    let html = match name {
        "image" => image(card),
        "gallery" => gallery(card),
        "markdown" | "card-markdown" => markdown_html(text(card, "markdown")),
        "html" => text(card, "html").to_owned(),
        "code" | "codeblock" => code(card),
        "embed" | "tweet" | "transistor" => embed(card),
        "bookmark" | "link-card" => bookmark(card),
        "callout" => format!(
            "<aside><p>{} {}</p></aside>",
            escape(text(card, "calloutEmoji")),
            text(card, "calloutText")
        ),
        "toggle" => format!(
            "<details><summary>{}</summary>{}</details>",
            text(card, "heading"),
            text(card, "content")
        ),
        "button" => link_paragraph(text(card, "buttonUrl"), text(card, "buttonText")),
        "file" => file(card),
        "audio" | "video" => recording(name, card),
        "product" => product(card),
        "header" => header(card),
        "call-to-action" => call(card),
        "before-after" | "before_after" => before_after(card),
        "hr" | "horizontalrule" => "<hr>".to_owned(),
        // Where it stood, the free part of a post ended; the post's visibility says what that means.
        "paywall" => String::new(),
        _ => {
            out.warn("ghost.card", format!("a card of type `{name}` was left out"));
            String::new()
        }
    };
    if !html.is_empty() {
        out.html.push_str(&html);
        out.html.push('\n');
    }
}

fn image(card: &Payload) -> String {
    let picture = picture(card, "src");
    let href = text(card, "href");
    let picture = if href.is_empty() {
        picture
    } else {
        format!("<a href=\"{}\">{picture}</a>", escape(href))
    };
    figure(&picture, text(card, "caption"))
}

fn gallery(card: &Payload) -> String {
    let images = card
        .get("images")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object);
    let pictures: String = images.map(|image| picture(image, "src")).collect();
    figure(&pictures, text(card, "caption"))
}

fn before_after(card: &Payload) -> String {
    let sides = ["beforeImage", "afterImage"]
        .iter()
        .filter_map(|key| card.get(*key).and_then(Value::as_object));
    figure(
        &sides.map(|side| picture(side, "src")).collect::<String>(),
        text(card, "caption"),
    )
}

fn code(card: &Payload) -> String {
    let language = escape(text(card, "language"));
    let class = if language.is_empty() {
        String::new()
    } else {
        format!(" class=\"language-{language}\"")
    };
    let code = format!("<pre><code{class}>{}</code></pre>", escape(text(card, "code")));
    if text(card, "caption").is_empty() {
        code
    } else {
        figure(&code, text(card, "caption"))
    }
}

/// The player as the provider gave it, else a link to what it shows.
fn embed(card: &Payload) -> String {
    let (html, url) = (text(card, "html"), text(card, "url"));
    let shown = if html.is_empty() {
        link(url, url)
    } else {
        html.to_owned()
    };
    figure(&shown, text(card, "caption"))
}

fn bookmark(card: &Payload) -> String {
    let empty = Map::new();
    let metadata = card.get("metadata").and_then(Value::as_object).unwrap_or(&empty);
    let of = |key: &str| {
        Some(text(metadata, key))
            .filter(|text| !text.is_empty())
            .unwrap_or(text(card, key))
    };
    let url = of("url");
    let title = if of("title").is_empty() { url } else { of("title") };
    let parts = [
        link(url, title),
        line(of("description")),
        line(of("author")),
        line(of("publisher")),
    ];
    let thumbnail = of("thumbnail");
    let picture = if thumbnail.is_empty() {
        String::new()
    } else {
        format!("<img src=\"{}\" alt=\"\">", escape(thumbnail))
    };
    figure(&format!("{}{picture}", parts.concat()), text(card, "caption"))
}

fn file(card: &Payload) -> String {
    let title = [text(card, "fileTitle"), text(card, "fileName"), text(card, "src")]
        .into_iter()
        .find(|t| !t.is_empty());
    let caption = text(card, "fileCaption");
    format!(
        "<p>{}</p>{}",
        link(text(card, "src"), title.unwrap_or("")),
        line(caption)
    )
}

fn recording(tag: &str, card: &Payload) -> String {
    let poster = [text(card, "customThumbnailSrc"), text(card, "thumbnailSrc")]
        .into_iter()
        .find(|src| !src.is_empty());
    let poster = poster
        .filter(|_| tag == "video")
        .map(|src| format!(" poster=\"{}\"", escape(src)))
        .unwrap_or_default();
    let player = format!(
        "<{tag} src=\"{}\"{poster} controls></{tag}>",
        escape(text(card, "src"))
    );
    let title = if tag == "audio" {
        escape(text(card, "title"))
    } else {
        String::new()
    };
    figure(
        &player,
        if title.is_empty() {
            text(card, "caption")
        } else {
            &title
        },
    )
}

fn product(card: &Payload) -> String {
    let picture = match text(card, "productImageSrc") {
        "" => String::new(),
        src => format!("<figure><img src=\"{}\" alt=\"\"></figure>", escape(src)),
    };
    let title = format!("<h4>{}</h4>", text(card, "productTitle"));
    let button = link_paragraph(text(card, "productUrl"), text(card, "productButton"));
    format!("{picture}{title}{}{button}", text(card, "productDescription"))
}

fn header(card: &Payload) -> String {
    let heading = match text(card, "header") {
        "" => String::new(),
        header => format!("<h2>{header}</h2>"),
    };
    let subheading = match text(card, "subheader") {
        "" => String::new(),
        subheader => format!("<p>{subheader}</p>"),
    };
    let background = match text(card, "backgroundImageSrc") {
        "" => String::new(),
        src => format!("<figure><img src=\"{}\" alt=\"\"></figure>", escape(src)),
    };
    format!(
        "{heading}{subheading}{background}{}",
        link_paragraph(text(card, "buttonUrl"), text(card, "buttonText"))
    )
}

fn call(card: &Payload) -> String {
    let picture = match text(card, "imageUrl") {
        "" => String::new(),
        src => format!("<figure><img src=\"{}\" alt=\"\"></figure>", escape(src)),
    };
    format!(
        "{picture}{}{}",
        text(card, "textValue"),
        link_paragraph(text(card, "buttonUrl"), text(card, "buttonText"))
    )
}

fn picture(image: &Payload, source: &str) -> String {
    let side = |key: &str| {
        image
            .get(key)
            .and_then(Value::as_u64)
            .map(|side| format!(" {key}=\"{side}\""))
            .unwrap_or_default()
    };
    let (width, height) = (side("width"), side("height"));
    format!(
        "<img src=\"{}\" alt=\"{}\"{width}{height}>",
        escape(text(image, source)),
        escape(text(image, "alt"))
    )
}

/// Captions are HTML in both formats.
fn figure(inside: &str, caption: &str) -> String {
    match caption {
        "" => format!("<figure>{inside}</figure>"),
        caption => format!("<figure>{inside}<figcaption>{caption}</figcaption></figure>"),
    }
}

fn link(url: &str, words: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(url), escape(words))
}

fn link_paragraph(url: &str, words: &str) -> String {
    if url.is_empty() || words.is_empty() {
        String::new()
    } else {
        format!("<p>{}</p>", link(url, words))
    }
}

fn line(words: &str) -> String {
    if words.is_empty() {
        String::new()
    } else {
        format!("<p>{}</p>", escape(words))
    }
}

fn text<'c>(card: &'c Payload, key: &str) -> &'c str {
    card.get(key).and_then(Value::as_str).unwrap_or("")
}
