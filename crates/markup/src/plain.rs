//! Words alone: for search, counts and summaries, and documents made of nothing but words.

use crate::block::{List, Paragraph};
use crate::{Block, Document, Href, Kind, Mark, Text};

/// A paragraph for each stretch of lines between blank lines. A single newline is a line break.
pub fn from_text(text: &str) -> Document {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match (line.is_empty(), paragraphs.last_mut()) {
            (false, Some(last)) if last.is_empty() => last.push_str(line),
            (false, Some(last)) => *last = format!("{last}\n{line}"),
            _ => paragraphs.push(String::new()),
        }
    }
    Document::new(
        paragraphs
            .iter()
            .filter(|words| !words.is_empty())
            .map(|words| paragraph(words))
            .collect(),
    )
}

/// Paragraphs of three sentences, or fewer when they are long (about 400 characters a paragraph).
pub fn from_sentences(sentences: &[String]) -> Document {
    let mut paragraphs: Vec<(usize, String)> = Vec::new();
    for sentence in sentences
        .iter()
        .map(|sentence| sentence.trim())
        .filter(|sentence| !sentence.is_empty())
    {
        match paragraphs.last_mut() {
            Some((count, words)) if *count < 3 && words.len() + sentence.len() < 400 => {
                *count += 1;
                words.push_str(&format!(" {sentence}"));
            }
            _ => paragraphs.push((1, sentence.to_owned())),
        }
    }
    Document::new(paragraphs.iter().map(|(_, words)| paragraph(words)).collect())
}

fn paragraph(words: &str) -> Block {
    Kind::Paragraph(Paragraph {
        text: Text::plain(words),
    })
    .into()
}

impl Document {
    /// What there is to read, blocks apart by a blank line. Alternative texts, notes and unknown blocks are not in it.
    pub fn plain(&self) -> String {
        let parts: Vec<String> = self
            .walk()
            .map(Block::plain)
            .filter(|words| !words.is_empty())
            .collect();
        parts.join("\n\n")
    }

    /// How many words: stretches between spaces, and each letter of a script that sets no spaces as half a word.
    pub fn words(&self) -> u32 {
        let count: u32 = self.walk().map(|block| count_words(&block.plain())).sum();
        count
    }

    /// The words of the first paragraph; empty when there is none.
    pub fn first_paragraph(&self) -> String {
        let text = self.walk().find_map(|block| match &block.kind {
            Kind::Paragraph(it) if !it.text.is_blank() => Some(it.text.words()),
            _ => None,
        });
        text.unwrap_or_default()
    }

    /// The assets of all pictures, in reading order, each once.
    pub fn assets(&self) -> Vec<String> {
        let pictures = self.walk().flat_map(|block| match &block.kind {
            Kind::Picture(it) => std::slice::from_ref(it),
            Kind::Gallery(it) => it.pictures.as_slice(),
            _ => &[],
        });
        once(pictures.filter_map(|picture| picture.asset.as_ref().map(|id| id.as_str().to_owned())))
    }

    /// Every address a reader can follow, in reading order, each once.
    pub fn links(&self) -> Vec<Href> {
        once(self.walk().flat_map(|block| {
            let marks = block
                .texts()
                .into_iter()
                .flat_map(|text| text.0.iter())
                .flat_map(|run| run.marks.iter());
            let inline = marks.filter_map(|mark| match mark {
                Mark::Link { href, .. } => Some(href.clone()),
                _ => None,
            });
            inline.chain(own_link(&block.kind)).collect::<Vec<_>>()
        }))
    }
}

fn own_link(kind: &Kind) -> Option<Href> {
    match kind {
        Kind::Embed(it) => Some(it.url.clone()),
        Kind::File(it) => Some(it.url.clone()),
        Kind::Quote(it) | Kind::PullQuote(it) => it.url.clone(),
        _ => None,
    }
}

fn once<T: Clone + Eq + std::hash::Hash>(found: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = std::collections::HashSet::new();
    found.filter(|item| seen.insert(item.clone())).collect()
}

impl Block {
    /// The words of the block itself, without those of inner blocks.
    pub fn plain(&self) -> String {
        match &self.kind {
            Kind::List(it) => list_lines(it).join("\n"),
            Kind::Embed(it) => it.title.clone(),
            Kind::Related(it) => it.headline.clone(),
            Kind::Entry(it) => it.headline.clone(),
            Kind::File(it) => it.name.clone(),
            Kind::Code(it) => it.text.clone(),
            Kind::Table(it) => {
                let rows = it
                    .rows
                    .iter()
                    .map(|row| joined(row.iter().map(|cell| &cell.text), "\t"));
                let caption = it.caption.words();
                [caption]
                    .into_iter()
                    .chain(rows)
                    .filter(|line| !line.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n")
            }
            _ => joined(self.texts().into_iter().filter(|text| !text.is_blank()), "\n"),
        }
    }
}

fn joined<'a>(texts: impl Iterator<Item = &'a Text>, between: &str) -> String {
    texts.map(Text::words).collect::<Vec<_>>().join(between)
}

fn list_lines(list: &List) -> Vec<String> {
    let lines = list.items.iter().flat_map(|item| {
        [item.text.words()]
            .into_iter()
            .chain(item.list.iter().flat_map(list_lines))
    });
    lines.filter(|line| !line.is_empty()).collect()
}

fn count_words(text: &str) -> u32 {
    let (mut spaced, mut unspaced, mut inside) = (0_usize, 0_usize, false);
    for letter in text.chars() {
        if is_unspaced(letter) {
            unspaced += 1;
            inside = false;
        } else if letter.is_whitespace() {
            inside = false;
        } else if !inside && letter.is_alphanumeric() {
            // A stretch counts once, with the first letter or figure in it.
            spaced += 1;
            inside = true;
        }
    }
    u32::try_from(spaced + unspaced.div_ceil(2)).unwrap_or(u32::MAX)
}

/// Han, kana: written without spaces; a word of them is about two letters.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// Bytes of all words of a document, alternative texts and credits included.
pub(crate) fn text_bytes(document: &Document) -> usize {
    let block_bytes = |block: &Block| match &block.kind {
        Kind::Unknown(it) => it.json.len(),
        Kind::Picture(it) => it.alt.len() + it.credit.len() + block.plain().len(),
        _ => block.plain().len(),
    };
    document.walk().map(block_bytes).sum()
}
