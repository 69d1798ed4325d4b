//! Moments as the formats write them: RFC 3339, RFC 822, and the many ways exports put down a date.

use jiff::{Timestamp, civil::DateTime, fmt::rfc2822, tz::TimeZone};

/// A moment: microseconds since 1970-01-01T00:00:00Z.
pub type Micros = i64;

const MICROS_PER_MS: i64 = 1_000;

/// `2026-11-24T08:30:00Z` (RFC 3339), to the second: what Atom, JSON Feed, sitemaps and JSON-LD want.
pub fn rfc3339(at: Micros) -> String {
    timestamp(at).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `Tue, 24 Nov 2026 08:30:00 +0000` (RFC 822 as amended by RFC 1123 and 2822): what RSS wants.
pub fn rfc822(at: Micros) -> String {
    timestamp(at).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// Reads a date written in any of the ways exports use, or nothing. Without an offset it is taken as UTC, without
/// a time as midnight UTC. Understood: RFC 3339 (also with a space for the `T`), `YYYY-MM-DD[ HH:MM[:SS]]`,
/// RFC 822, `26-FEB-1987 15:01:01.79` (Reuters), and milliseconds since 1970 as digits (Ghost 0).
pub fn read(text: &str) -> Option<Micros> {
    let text = first_two_words(text);
    let short = text.trim();
    read_instant(short)
        .or_else(|| read_civil(short))
        .or_else(|| short.parse::<i64>().ok().and_then(from_ms))
        .filter(|at| is_plausible(*at))
}

/// Reads the RFC 822 date of a feed (`Wed, 20 Oct 2010 14:08:20 +0000`), or nothing.
pub fn read_rfc822(text: &str) -> Option<Micros> {
    let timestamp = rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()?;
    Some(timestamp.as_microsecond()).filter(|at| is_plausible(*at))
}

/// Milliseconds since 1970, as Ghost and JavaScript write moments.
pub fn from_ms(ms: i64) -> Option<Micros> {
    ms.checked_mul(MICROS_PER_MS).filter(|at| is_plausible(*at))
}

/// Years 1 to 9999: what every output format can write.
fn is_plausible(at: Micros) -> bool {
    const YEAR_1: i64 = -62_135_596_800_000_000;
    const YEAR_9999_END: i64 = 253_402_207_200_000_000;
    (YEAR_1..YEAR_9999_END).contains(&at)
}

fn timestamp(at: Micros) -> Timestamp {
    let at = if is_plausible(at) { at } else { 0 };
    Timestamp::from_microsecond(at).unwrap_or_default()
}

/// Reuters wrote notes behind the time, parted by control characters such as `&#9;`; a date is never more than two words except in RFC 822.
fn first_two_words(text: &str) -> String {
    let text = text.split("&#").next().unwrap_or(text);
    if text.contains(',') {
        return text.to_owned();
    }
    text.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

fn read_instant(text: &str) -> Option<Micros> {
    let parsed: Option<Timestamp> = text.parse().ok();
    parsed
        .map(Timestamp::as_microsecond)
        .or_else(|| read_rfc822(text))
}

fn read_civil(text: &str) -> Option<Micros> {
    const SHAPES: [&str; 4] = [
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%d-%b-%Y %H:%M:%S%.f",
        "%d-%b-%Y",
    ];
    let plain: Option<DateTime> = text.parse().ok();
    let civil = plain.or_else(|| {
        SHAPES
            .iter()
            .find_map(|shape| DateTime::strptime(shape, text).ok())
    });
    let midnight = || {
        jiff::civil::Date::strptime("%d-%b-%Y", text)
            .ok()
            .map(|date| date.at(0, 0, 0, 0))
    };
    let zoned = civil.or_else(midnight)?.to_zoned_datetime(TimeZone::UTC).ok()?;
    Some(zoned.timestamp().as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_exports_write_them() {
        let cases = [
            ("2026-11-24T08:30:00Z", "2026-11-24T08:30:00Z"),
            ("2026-11-24T08:30:00+03:00", "2026-11-24T05:30:00Z"),
            ("2014-01-09 12:47:59+00:00", "2014-01-09T12:47:59Z"),
            ("2010-10-20 14:08:20", "2010-10-20T14:08:20Z"),
            ("2010-10-20", "2010-10-20T00:00:00Z"),
            ("2010-10-20 14:08", "2010-10-20T14:08:00Z"),
            ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01Z"),
            ("5-MAR-1987  09:01:01.79", "1987-03-05T09:01:01Z"),
            ("11-MAR-1987 09:01:01.79&#9;&#9;&#9;A RM", "1987-03-11T09:01:01Z"),
            ("Wed, 20 Oct 2010 14:08:20 +0000", "2010-10-20T14:08:20Z"),
            ("Wed, 20 Oct 2010 14:08:20 GMT", "2010-10-20T14:08:20Z"),
            ("2017-09-01T12:29:50.000Z", "2017-09-01T12:29:50Z"),
            ("1424346554951", "2015-02-19T11:49:14Z"),
        ];
        for (given, expected) in cases {
            assert_eq!(read(given).map(rfc3339).as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for given in [
            "",
            "soon",
            "0000-00-00 00:00:00",
            "Mon, 30 Nov -001 00:00:00 +0000",
            "2026-13-01",
            "99999999999999999999",
        ] {
            assert_eq!(read(given), None, "{given}");
        }
    }

    #[test]
    fn rss_dates_name_the_weekday() {
        assert_eq!(rfc822(1_287_583_700_000_000), "Wed, 20 Oct 2010 14:08:20 +0000");
        assert_eq!(rfc3339(i64::MAX), "1970-01-01T00:00:00Z");
    }
}
