//! What a reader types becomes a query: words that must all be there, "phrases", and -words that must not.

use crate::analysis;
use crate::index::{Fields, Index};
use base::{Error, Result};
use lexicon::{At, EditionCode, Slug, StoryId};
use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{DocAddress, Order, Searcher, TantivyDocument, Term};

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Find {
    pub words: String,
    pub edition: Option<EditionCode>,
    /// Within the edition.
    pub section: Option<Slug>,
    pub from: Option<At>,
    pub to: Option<At>,
    /// Newest first instead of best first.
    pub by_date: bool,
    pub offset: usize,
    pub limit: usize,
}

/// A story that was found.
pub struct Hit {
    pub id: StoryId,
}

/// The answer: hits in order, how many there are in all, and the means to show why.
pub struct Found {
    pub hits: Vec<Hit>,
    pub total: usize,
    why: Why,
}

/// Marks the words of a query in texts, each language's in its own way.
struct Why {
    index: Index,
    searcher: Searcher,
    query: Box<dyn Query>,
    markers: BTreeMap<&'static str, Option<SnippetGenerator>>,
}

/// Longest query in characters, and the most words of it that count.
const LONGEST: usize = 200;
const WORDS: usize = 16;
/// A word in the headline counts so much more.
const HEADLINE_BOOST: f32 = 3.0;
/// An excerpt's length in characters.
const EXCERPT: usize = 200;
/// Nobody reads on after so many.
pub(crate) const DEEPEST: usize = 1_000;

impl Index {
    /// Searches. Errors: `search.too_long`.
    pub fn find(&self, find: &Find) -> Result<Found> {
        if find.words.chars().count() > LONGEST {
            return Err(Error::invalid(
                "q",
                "search.too_long",
                format!("at most {LONGEST} characters"),
            ));
        }
        let searcher = self.0.reader.searcher();
        let query = self.query(&searcher, find);
        let (mut hits, mut total) = (Vec::new(), 0);
        if !parts(&find.words).is_empty() && find.offset < DEEPEST {
            let (addresses, all) = ranked(&searcher, &*query, find).map_err(Error::internal)?;
            let found = addresses
                .into_iter()
                .filter_map(|address| self.hit(&searcher, address));
            (hits, total) = (found.collect(), all);
        }
        let why = Why {
            index: self.clone(),
            searcher,
            query,
            markers: BTreeMap::new(),
        };
        Ok(Found { hits, total, why })
    }

    fn hit(&self, searcher: &Searcher, address: DocAddress) -> Option<Hit> {
        let document: TantivyDocument = searcher.doc(address).ok()?;
        let id = document.get_first(self.0.fields.id)?;
        StoryId::parse(id.as_str()?).ok().map(|id| Hit { id })
    }

    /// A story is found by its own language's words, whatever edition it is in.
    fn query(&self, searcher: &Searcher, find: &Find) -> Box<dyn Query> {
        let fields = self.0.fields.in_use(searcher);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (occur, words) in parts(&find.words).into_iter().take(WORDS) {
            clauses.push((occur, self.anywhere(&fields, &words)));
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        clauses.extend(
            filters(&self.0.fields, find)
                .into_iter()
                .map(|filter| (Occur::Must, filter)),
        );
        Box::new(BooleanQuery::new(clauses))
    }

    /// The words, one after the other, in a headline or a text.
    fn anywhere(&self, fields: &[(Field, Field)], words: &str) -> Box<dyn Query> {
        let mut places: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (headline, text) in fields {
            if let Some(query) = self.in_field(*headline, words) {
                places.push((Occur::Should, Box::new(BoostQuery::new(query, HEADLINE_BOOST))));
            }
            places.extend(self.in_field(*text, words).map(|query| (Occur::Should, query)));
        }
        Box::new(BooleanQuery::new(places))
    }

    fn in_field(&self, field: Field, words: &str) -> Option<Box<dyn Query>> {
        let mut analyzer = self.0.index.tokenizer_for_field(field).ok()?;
        let (mut stream, mut terms) = (analyzer.token_stream(words), Vec::new());
        while stream.advance() {
            let token = stream.token();
            terms.push((token.position, Term::from_field_text(field, &token.text)));
        }
        match terms.len() {
            0 => None,
            1 => Some(Box::new(TermQuery::new(
                terms.swap_remove(0).1,
                IndexRecordOption::WithFreqs,
            ))),
            _ => Some(Box::new(PhraseQuery::new_with_offset(terms))),
        }
    }
}

impl Found {
    /// The part of a text of this language that shows why it was found: pieces, each with whether it is one of the words.
    pub fn excerpt(&mut self, language: &str, text: &str) -> Vec<(String, bool)> {
        let snippet = self.why.marker(language).map(|marker| marker.snippet(text));
        let Some(snippet) = snippet.filter(|snippet| !snippet.is_empty()) else {
            return vec![(text.chars().take(EXCERPT).collect(), false)];
        };
        let (fragment, mut pieces, mut at) = (snippet.fragment(), Vec::new(), 0);
        for range in joined(snippet.highlighted()) {
            let (Some(before), Some(hit)) = (fragment.get(at..range.start), fragment.get(range.clone()))
            else {
                continue;
            };
            pieces.extend([(before.to_owned(), false), (hit.to_owned(), true)]);
            at = range.end;
        }
        pieces.push((fragment.get(at..).unwrap_or_default().to_owned(), false));
        pieces.retain(|(piece, _)| !piece.is_empty());
        // Cut text says so, or a sentence without its beginning looks like a mistake.
        let place = text.find(fragment).unwrap_or(0);
        if place > 0 {
            pieces.insert(0, ("… ".to_owned(), false));
        }
        if place + fragment.len() < text.trim_end().len() {
            pieces.push((" …".to_owned(), false));
        }
        pieces
    }
}

impl Why {
    fn marker(&mut self, language: &str) -> Option<&SnippetGenerator> {
        let name = analysis::of_language(language);
        let Self {
            index,
            searcher,
            query,
            markers,
        } = self;
        let make = || {
            let (_, text) = index.0.fields.texts.get(name)?;
            let mut marker = SnippetGenerator::create(searcher, &**query, *text).ok()?;
            marker.set_max_num_chars(EXCERPT);
            Some(marker)
        };
        markers.entry(name).or_insert_with(make).as_ref()
    }
}

/// Pairs of characters overlap: 東京 and 京都 are one mark over 東京都.
fn joined(ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range.clone()),
        }
    }
    joined
}

fn ranked(searcher: &Searcher, query: &dyn Query, find: &Find) -> tantivy::Result<(Vec<DocAddress>, usize)> {
    let top = TopDocs::with_limit(find.limit.max(1)).and_offset(find.offset);
    if find.by_date {
        let newest = top.order_by_fast_field::<i64>("published_at", Order::Desc);
        let (documents, total) = searcher.search(query, &(newest, Count))?;
        return Ok((documents.into_iter().map(|(_, address)| address).collect(), total));
    }
    // Among equally good ones the newest: otherwise they stand as the index happens to lie on disk, and pages of results
    // overlap once it has tidied itself up.
    let newest = SortByStaticFastValue::<i64>::for_field("published_at");
    let best = top.order_by((SortBySimilarityScore, newest));
    let (documents, total) = searcher.search(query, &(best, Count))?;
    Ok((documents.into_iter().map(|(_, address)| address).collect(), total))
}

fn filters(fields: &Fields, find: &Find) -> Vec<Box<dyn Query>> {
    let term = |field, text: &str| -> Box<dyn Query> {
        Box::new(TermQuery::new(
            Term::from_field_text(field, text),
            IndexRecordOption::Basic,
        ))
    };
    let mut filters = Vec::new();
    if let Some(edition) = &find.edition {
        filters.push(match &find.section {
            Some(section) => term(fields.section, &format!("{edition}/{section}")),
            None => term(fields.edition, edition.as_str()),
        });
    }
    if find.from.is_some() || find.to.is_some() {
        let bound = |at: Option<At>| at.map(|at| Term::from_field_i64(fields.published_at, at.0));
        let from = bound(find.from).map_or(Bound::Unbounded, Bound::Included);
        let to = bound(find.to).map_or(Bound::Unbounded, Bound::Excluded);
        filters.push(Box::new(RangeQuery::new(from, to)));
    }
    filters
}

/// Words and "phrases", each wanted or (after a hyphen) not.
fn parts(words: &str) -> Vec<(Occur, String)> {
    let (mut parts, mut rest) = (Vec::new(), words.trim());
    while !rest.is_empty() {
        let (occur, body) = match rest.strip_prefix('-') {
            Some(body) => (Occur::MustNot, body),
            None => (Occur::Must, rest),
        };
        let (part, after) = match body.strip_prefix(['"', '«', '“']) {
            Some(quoted) => quoted.split_once(['"', '»', '”']).unwrap_or((quoted, "")),
            None => body.split_once(char::is_whitespace).unwrap_or((body, "")),
        };
        if part.chars().any(char::is_alphanumeric) {
            parts.push((occur, part.to_owned()));
        }
        rest = after.trim_start();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_split_into_wanted_and_unwanted_parts() {
        let must = |text: &str| (Occur::Must, text.to_owned());
        let cases = [
            ("river  flood", vec![must("river"), must("flood")]),
            (
                "\"river flood\" -port",
                vec![must("river flood"), (Occur::MustNot, "port".to_owned())],
            ),
            (
                "«паводок на реке» порт",
                vec![must("паводок на реке"), must("порт")],
            ),
            ("\"never closed", vec![must("never closed")]),
            ("- \"\" ?", vec![]),
        ];
        for (words, expect) in cases {
            assert_eq!(parts(words), expect, "{words}");
        }
    }
}
