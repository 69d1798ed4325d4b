//! What changed between two versions: blocks first, then words.

use crate::{Block, Document};
use similar::{Algorithm, ChangeTag, TextDiff};
use std::collections::{HashMap, VecDeque};

/// Steps of word comparing, counted as the words of one side times those of the other: what the worst text can cost.
const MAX_STEPS: usize = 100_000_000;
/// Longer blocks are not looked at for likeness.
const MAX_ALIKE_BYTES: usize = 20_000;

/// One block of the result, in the order of the new document, with removed ones where they stood.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The same in both.
    Kept(Block),
    /// Only in the new one.
    Added(Block),
    /// Only in the old one.
    Removed(Block),
    /// The same block with other content.
    Changed {
        /// As it was.
        old: Block,
        /// As it is.
        new: Block,
        /// Its words; equal ones throughout when only something else changed (a link, a picture).
        pieces: Vec<Piece>,
    },
}

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the new one.
    Added(String),
    /// Only in the old one.
    Removed(String),
}

/// Compares two documents. Blocks are paired by id, then by equal content, then, between two pairs, by likeness of
/// their words. Work is bounded: when too many words changed, whole blocks are shown.
pub fn diff(old: &Document, new: &Document) -> Vec<Change> {
    let partners = partners(&old.blocks, &new.blocks);
    let mut steps = MAX_STEPS;
    let mut changes = Vec::new();
    let mut shown = 0;
    for (block, partner) in new.blocks.iter().zip(&partners) {
        match partner {
            None => changes.push(Change::Added(block.clone())),
            Some(at) => {
                let gone = |(skipped, _): &(usize, &Block)| !partners.contains_at(*skipped);
                let between = old.blocks.iter().enumerate().take(*at).skip(shown).filter(gone);
                changes.extend(between.map(|(_, block)| Change::Removed(block.clone())));
                shown = shown.max(at + 1);
                changes.push(pair(&old.blocks[*at], block, &mut steps));
            }
        }
    }
    let gone = old
        .blocks
        .iter()
        .enumerate()
        .skip(shown)
        .filter(|(at, _)| !partners.contains_at(*at));
    changes.extend(gone.map(|(_, block)| Change::Removed(block.clone())));
    changes
}

/// The words of what was removed or changed, and of what was added or changed, blocks apart by a newline.
pub fn changed_text(old: &Document, new: &Document) -> (String, String) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for change in diff(old, new) {
        match change {
            Change::Kept(_) => {}
            Change::Added(block) => after.push(words(&block)),
            Change::Removed(block) => before.push(words(&block)),
            Change::Changed { old, new, .. } => {
                before.push(words(&old));
                after.push(words(&new));
            }
        }
    }
    (join(before), join(after))
}

fn join(mut lines: Vec<String>) -> String {
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// The words of a block and of those inside it.
pub(crate) fn words(block: &Block) -> String {
    let inner = block.inner().iter().map(words);
    join([block.plain()].into_iter().chain(inner).collect())
}

fn pair(old: &Block, new: &Block, steps: &mut usize) -> Change {
    if old.kind == new.kind {
        return Change::Kept(new.clone());
    }
    let (before, after) = (words(old), words(new));
    let count = |text: &str| text.split_whitespace().count() * 2 + 1;
    let pieces = match steps.checked_sub(count(&before).saturating_mul(count(&after))) {
        Some(left) => {
            *steps = left;
            pieces(&before, &after)
        }
        None => vec![Piece::Removed(before), Piece::Added(after)],
    };
    Change::Changed {
        old: old.clone(),
        new: new.clone(),
        pieces,
    }
}

fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Myers)
        .diff_words(before, after);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        match (pieces.last_mut(), change.tag()) {
            (Some(Piece::Same(words)), ChangeTag::Equal)
            | (Some(Piece::Added(words)), ChangeTag::Insert)
            | (Some(Piece::Removed(words)), ChangeTag::Delete) => words.push_str(change.value()),
            (_, ChangeTag::Equal) => pieces.push(Piece::Same(change.value().to_owned())),
            (_, ChangeTag::Insert) => pieces.push(Piece::Added(change.value().to_owned())),
            (_, ChangeTag::Delete) => pieces.push(Piece::Removed(change.value().to_owned())),
        }
    }
    readable(pieces)
}

/// A lone space between two changes is part of them: "~~one two~~ three four" reads better than word by word.
fn readable(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    let mut left = pieces.into_iter().peekable();
    while let Some(piece) = left.next() {
        match piece {
            Piece::Removed(words) => removed.push_str(&words),
            Piece::Added(words) => added.push_str(&words),
            Piece::Same(words)
                if words.trim().is_empty() && left.peek().is_some() && both(&removed, &added) =>
            {
                removed.push_str(&words);
                added.push_str(&words);
            }
            Piece::Same(words) => {
                settle(&mut out, &mut removed, &mut added);
                out.push(Piece::Same(words));
            }
        }
    }
    settle(&mut out, &mut removed, &mut added);
    out
}

fn both(removed: &str, added: &str) -> bool {
    !removed.is_empty() && !added.is_empty()
}

fn settle(out: &mut Vec<Piece>, removed: &mut String, added: &mut String) {
    if !removed.is_empty() {
        out.push(Piece::Removed(std::mem::take(removed)));
    }
    if !added.is_empty() {
        out.push(Piece::Added(std::mem::take(added)));
    }
}

/// For each new block the place of its old one. Places only ever rise, so that the result reads in one order: a block
/// that moved is a removal and an addition.
struct Partners {
    of_new: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Partners {
    fn contains_at(&self, at: usize) -> bool {
        self.taken[at]
    }
}

impl<'a> IntoIterator for &'a Partners {
    type Item = &'a Option<usize>;
    type IntoIter = std::slice::Iter<'a, Option<usize>>;

    fn into_iter(self) -> Self::IntoIter {
        self.of_new.iter()
    }
}

fn partners(old: &[Block], new: &[Block]) -> Partners {
    let mut found = Partners {
        of_new: vec![None; new.len()],
        taken: vec![false; old.len()],
    };
    for (at, from) in rising(by_identity(old, new)) {
        found.of_new[at] = Some(from);
        found.taken[from] = true;
    }
    by_likeness(old, new, &mut found);
    found
}

/// Pairs with the same id, or with the same content when an import gave new ids.
fn by_identity(old: &[Block], new: &[Block]) -> Vec<(usize, usize)> {
    let ids: HashMap<&str, usize> = old
        .iter()
        .enumerate()
        .map(|(at, block)| (block.id.as_str(), at))
        .collect();
    let named = |block: &Block| {
        let from = *ids.get(block.id.as_str())?;
        (old[from].kind.word() == block.kind.word()).then_some(from)
    };
    let mut pairs: Vec<Option<usize>> = new.iter().map(named).collect();
    let mut free = vec![true; old.len()];
    pairs.iter().flatten().for_each(|from| free[*from] = false);
    let mut places: HashMap<u64, VecDeque<usize>> = HashMap::new();
    for (from, block) in old.iter().enumerate().filter(|(from, _)| free[*from]) {
        places.entry(content(block)).or_default().push_back(from);
    }
    for (pair, block) in pairs.iter_mut().zip(new).filter(|(pair, _)| pair.is_none()) {
        *pair = places.get_mut(&content(block)).and_then(VecDeque::pop_front);
    }
    pairs
        .into_iter()
        .enumerate()
        .filter_map(|(at, from)| from.map(|from| (at, from)))
        .collect()
}

fn content(block: &Block) -> u64 {
    crate::id::hash(&format!("{} {}", block.kind.word(), words(block)))
}

/// The longest run of pairs in which both sides rise (patience sorting).
fn rising(pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, (_, from)) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|top| pairs[*top].1 < *from);
        before[at] = pile.checked_sub(1).map(|below| tops[below]);
        if pile == tops.len() {
            tops.push(at)
        } else {
            tops[pile] = at
        }
    }
    let mut chain = Vec::new();
    let mut next = tops.last().copied();
    while let Some(at) = next {
        chain.push(pairs[at]);
        next = before[at];
    }
    chain.reverse();
    chain
}

/// Between two pairs, the first free old block of the same type that shares half of its words.
fn by_likeness(old: &[Block], new: &[Block], found: &mut Partners) {
    let before: Vec<String> = old.iter().map(words).collect();
    let mut from = 0;
    for (at, block) in new.iter().enumerate() {
        if let Some(own) = found.of_new[at] {
            from = own + 1;
            continue;
        }
        let after = words(block);
        let mut window = (from..old.len())
            .take_while(|old_at| !found.taken[*old_at])
            .take(8);
        let like = |at: &usize| old[*at].kind.word() == block.kind.word() && alike(&before[*at], &after);
        if let Some(like) = window.find(like) {
            found.of_new[at] = Some(like);
            found.taken[like] = true;
            from = like + 1;
        }
    }
}

/// Lengths are compared first: one long block beside many short ones would be counted again for each of them.
fn alike(before: &str, after: &str) -> bool {
    let (short, long) = (before.len().min(after.len()), before.len().max(after.len()));
    if long > MAX_ALIKE_BYTES || long > short.saturating_mul(4) {
        return false;
    }
    let mut bag: HashMap<&str, usize> = HashMap::new();
    before
        .split_whitespace()
        .for_each(|word| *bag.entry(word).or_default() += 1);
    let mut shared = 0;
    for word in after.split_whitespace() {
        if let Some(left) = bag.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    let most = before
        .split_whitespace()
        .count()
        .max(after.split_whitespace().count());
    shared * 2 >= most && most > 0
}
