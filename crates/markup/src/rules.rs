//! What the shape of a block cannot say: levels, times, and pictures that are somewhere.

use crate::inline::is_lang;
use crate::{Href, Kind, List, Mark, Picture, Text};

/// A broken rule: a code of [`crate::Error`] and the field below the block.
pub(crate) struct Fault {
    pub code: &'static str,
    pub field: &'static str,
    pub message: &'static str,
}

type Verdict = Result<(), Fault>;

/// Checks one block, without those inside it.
pub(crate) fn check(kind: &Kind) -> Verdict {
    match kind {
        Kind::Heading(it) => rule(
            (2..=4).contains(&it.level),
            "markup.level",
            "level",
            "a heading is of level 2, 3 or 4",
        ),
        Kind::List(it) => check_list(it),
        Kind::Picture(it) => check_picture(it, "url"),
        Kind::Gallery(it) => it
            .pictures
            .iter()
            .try_for_each(|picture| check_picture(picture, "pictures")),
        Kind::Embed(it) => web(&it.url, "url"),
        Kind::Quote(it) | Kind::PullQuote(it) => it.url.iter().try_for_each(|url| web(url, "url")),
        Kind::Entry(it) => rule(
            is_rfc3339(&it.at),
            "markup.time",
            "at",
            "a time is RFC 3339, as 2026-11-24T09:30:00Z",
        ),
        Kind::Code(it) => rule(
            is_language(&it.language),
            "markup.shape",
            "language",
            "a language is a short word",
        ),
        Kind::Table(it) => {
            let spans = it
                .rows
                .iter()
                .flatten()
                .flat_map(|cell| [cell.columns, cell.rows]);
            rule(
                spans.into_iter().all(|span| (1..=100).contains(&span)),
                "markup.shape",
                "rows",
                "a cell covers 1 to 100 rows or columns",
            )
        }
        _ => Ok(()),
    }?;
    check_langs(kind)
}

fn rule(kept: bool, code: &'static str, field: &'static str, message: &'static str) -> Verdict {
    if kept {
        Ok(())
    } else {
        Err(Fault { code, field, message })
    }
}

fn web(url: &Href, field: &'static str) -> Verdict {
    rule(
        url.is_web(),
        "markup.url",
        field,
        "this address has to be http or https",
    )
}

fn check_list(list: &List) -> Verdict {
    rule(
        !list.items.is_empty(),
        "markup.shape",
        "items",
        "a list has at least one item",
    )?;
    list.items
        .iter()
        .filter_map(|item| item.list.as_ref())
        .filter(|inner| !inner.items.is_empty())
        .try_for_each(check_list)
}

fn check_picture(picture: &Picture, field: &'static str) -> Verdict {
    picture.url.iter().try_for_each(|url| web(url, field))?;
    let somewhere = picture.asset.is_some() || picture.url.is_some();
    rule(
        somewhere,
        "markup.picture",
        field,
        "a picture has an asset or a url",
    )
}

fn check_langs(kind: &Kind) -> Verdict {
    let sound = |text: &&Text| {
        text.0.iter().flat_map(|run| &run.marks).all(|mark| match mark {
            Mark::Lang { lang, .. } => is_lang(lang),
            _ => true,
        })
    };
    rule(
        kind.texts().iter().all(sound),
        "markup.shape",
        "text",
        "a language is a BCP 47 tag, as 'ar' or 'zh-Hans'",
    )
}

pub(crate) fn is_language(word: &str) -> bool {
    word.len() <= 32
        && word
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "+#-_.".contains(letter))
}

/// RFC 3339 by its digits and ranges; whether the day exists is the calendar's business.
fn is_rfc3339(text: &str) -> bool {
    let Some((date, rest)) = text.split_at_checked(10) else {
        return false;
    };
    let Some((clock, zone)) = rest.strip_prefix('T').and_then(|rest| rest.split_at_checked(8)) else {
        return false;
    };
    let zone = zone.strip_prefix('.').map_or(zone, |tail| {
        tail.trim_start_matches(|digit: char| digit.is_ascii_digit())
    });
    numbers(date, '-', &[(0, 9999), (1, 12), (1, 31)])
        && numbers(clock, ':', &[(0, 23), (0, 59), (0, 60)])
        && is_zone(zone)
}

fn is_zone(zone: &str) -> bool {
    let offset = zone
        .strip_prefix(['+', '-'])
        .is_some_and(|offset| numbers(offset, ':', &[(0, 23), (0, 59)]));
    zone == "Z" || offset
}

fn numbers(text: &str, between: char, ranges: &[(u32, u32)]) -> bool {
    let parts: Vec<&str> = text.split(between).collect();
    let within = |(part, range): (&&str, &(u32, u32))| {
        let digits = part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits
            && part
                .parse()
                .is_ok_and(|number: u32| (range.0..=range.1).contains(&number))
    };
    parts.len() == ranges.len() && parts.iter().zip(ranges).all(within)
}
