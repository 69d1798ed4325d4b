//! What a message may say: cleaned of what hides or disturbs, and a small Markdown that becomes typed pieces, never HTML from outside.

mod clean;
mod html;

pub use clean::clean;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};

/// A message is at most so long, in characters.
pub const LONGEST: usize = 6_000;
/// Quotes in quotes, and emphasis in emphasis, go only so deep.
const DEEPEST: usize = 3;

/// A piece of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    P(Vec<Inline>),
    Quote(Vec<Block>),
    Code(String),
}

/// A piece of a line. `\n` in a text is a line break.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    Strong(Vec<Inline>),
    Em(Vec<Inline>),
    Code(String),
    Link {
        url: String,
        text: Vec<Inline>,
    },
    #[serde(untagged)]
    Text(String),
}

/// A message's text in typed pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Block>);

impl Text {
    /// Reads the small Markdown: strong, emphasis, code, links, quotes. Everything else stays as it was typed.
    pub fn read(source: &str) -> Self {
        let mut builder = Builder::default();
        for event in Parser::new_ext(source, Options::empty()) {
            builder.take(event);
        }
        builder.finish()
    }

    /// For pages.
    pub fn to_html(&self) -> String {
        html::of(&self.0)
    }

    /// The words alone, a line a piece: for rules, excerpts and feeds.
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        self.0.iter().for_each(|block| plain_block(block, &mut plain));
        plain.trim_end().to_owned()
    }

    /// The first words on one line; quotes of others are left out.
    pub fn excerpt(&self, longest: usize) -> String {
        let own: Vec<Block> = self
            .0
            .iter()
            .filter(|block| !matches!(block, Block::Quote(_)))
            .cloned()
            .collect();
        let plain = Self(if own.is_empty() { self.0.clone() } else { own }).plain();
        let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() <= longest {
            return line;
        }
        let cut: String = line.chars().take(longest).collect();
        let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
        format!("{whole}…")
    }
}

fn plain_block(block: &Block, out: &mut String) {
    match block {
        Block::P(inlines) => inlines.iter().for_each(|inline| plain_inline(inline, out)),
        Block::Quote(blocks) => blocks.iter().for_each(|block| plain_block(block, out)),
        Block::Code(code) => out.push_str(code),
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
}

fn plain_inline(inline: &Inline, out: &mut String) {
    match inline {
        Inline::Text(text) | Inline::Code(text) => out.push_str(text),
        Inline::Strong(inner) | Inline::Em(inner) | Inline::Link { text: inner, .. } => {
            inner.iter().for_each(|inline| plain_inline(inline, out));
        }
    }
}

/// What an open piece of a line becomes when it ends.
enum Wrap {
    Paragraph,
    Strong,
    Em,
    Link(String),
    /// Too deep, or nothing we show: its words go on as they are.
    Nothing,
}

/// Puts the parser's events together.
#[derive(Default)]
struct Builder {
    done: Vec<Block>,
    quotes: Vec<Vec<Block>>,
    /// Quotes deeper than we go: their words stay in the deepest.
    too_deep: usize,
    line: Vec<(Wrap, Vec<Inline>)>,
    code: Option<String>,
    lists: Vec<Option<u64>>,
}

impl Builder {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(code) => self.push(Inline::Code(code.into_string())),
            Event::SoftBreak | Event::HardBreak => self.text("\n"),
            Event::Rule => {
                self.flush();
                self.text("---");
                self.flush();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Strong => self.open(Wrap::Strong),
            Tag::Emphasis => self.open(Wrap::Em),
            Tag::Link { dest_url, .. } => self.open(Wrap::Link(dest_url.into_string())),
            Tag::Image { .. } => self.open(Wrap::Nothing),
            Tag::BlockQuote(_) => {
                self.flush();
                match self.quotes.len() < DEEPEST {
                    true => self.quotes.push(Vec::new()),
                    false => self.too_deep += 1,
                }
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::Heading { level, .. } => {
                self.flush();
                self.text(&"#".repeat(level as usize));
                self.text(" ");
            }
            _ => self.flush(),
        }
    }

    /// Lists stay as they were typed.
    fn item(&mut self) {
        self.flush();
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            _ => "– ".to_owned(),
        };
        self.text(&marker);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image => self.close(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                if self.too_deep > 0 {
                    self.too_deep -= 1;
                } else if let Some(blocks) = self.quotes.pop().filter(|blocks| !blocks.is_empty()) {
                    self.block(Block::Quote(blocks));
                }
            }
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take().filter(|code| !code.trim().is_empty()) {
                    self.block(Block::Code(code.trim_end_matches('\n').to_owned()));
                }
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            _ => self.flush(),
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.code {
            Some(code) => code.push_str(text),
            None => self.push(Inline::Text(text.to_owned())),
        }
    }

    fn open(&mut self, wrap: Wrap) {
        self.paragraph();
        let wrap = if self.line.len() > DEEPEST {
            Wrap::Nothing
        } else {
            wrap
        };
        self.line.push((wrap, Vec::new()));
    }

    fn close(&mut self) {
        if self.line.len() < 2 {
            return;
        }
        let Some((wrap, inner)) = self.line.pop() else {
            return;
        };
        let made = match wrap {
            Wrap::Strong => vec![Inline::Strong(inner)],
            Wrap::Em => vec![Inline::Em(inner)],
            Wrap::Link(url) if clean::is_web_address(&url) && !inner.is_empty() => {
                vec![Inline::Link { url, text: inner }]
            }
            Wrap::Link(_) | Wrap::Nothing | Wrap::Paragraph => inner,
        };
        made.into_iter().for_each(|inline| self.push(inline));
    }

    fn paragraph(&mut self) {
        if self.line.is_empty() {
            self.line.push((Wrap::Paragraph, Vec::new()));
        }
    }

    /// The parser cuts texts at every sign that could have meant something; here they are one again.
    fn push(&mut self, inline: Inline) {
        self.paragraph();
        let Some((_, line)) = self.line.last_mut() else {
            return;
        };
        match (line.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => line.push(inline),
        }
    }

    fn flush(&mut self) {
        while self.line.len() > 1 {
            self.close();
        }
        let Some((_, line)) = self.line.pop() else { return };
        let mut line = with_links(line);
        if let Some(Inline::Text(last)) = line.last_mut() {
            last.truncate(last.trim_end().len());
        }
        let says = |inline: &Inline| !matches!(inline, Inline::Text(text) if text.trim().is_empty());
        if line.iter().any(says) {
            self.block(Block::P(line));
        }
    }

    fn block(&mut self, block: Block) {
        self.quotes.last_mut().unwrap_or(&mut self.done).push(block);
    }

    fn finish(mut self) -> Text {
        self.flush();
        while let Some(blocks) = self.quotes.pop() {
            self.block(Block::Quote(blocks));
        }
        Text(self.done)
    }
}

/// Addresses that stand bare in a text become links. Inside a link they do not.
fn with_links(line: Vec<Inline>) -> Vec<Inline> {
    let linked = |inline: Inline| match inline {
        Inline::Text(text) => linked_text(&text),
        Inline::Strong(inner) => vec![Inline::Strong(with_links(inner))],
        Inline::Em(inner) => vec![Inline::Em(with_links(inner))],
        other => vec![other],
    };
    line.into_iter().flat_map(linked).collect()
}

fn linked_text(text: &str) -> Vec<Inline> {
    let (mut out, mut rest) = (Vec::new(), text);
    while let Some((before, url, after)) = clean::first_address(rest) {
        if !before.is_empty() {
            out.push(Inline::Text(before.to_owned()));
        }
        out.push(Inline::Link {
            url: url.to_owned(),
            text: vec![Inline::Text(url.to_owned())],
        });
        rest = after;
    }
    if !rest.is_empty() {
        out.push(Inline::Text(rest.to_owned()));
    }
    out
}
