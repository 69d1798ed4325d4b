//! IPTC-IIM, the older of the two ways in which a picture carries its words (IPTC-NAA Information Interchange Model 4.2),
//! and the Photoshop resource blocks in which JPEG and TIFF files carry it.

/// A dataset: record and number.
pub type Dataset = (u8, u8);

pub const CHARSET: Dataset = (1, 90);
pub const TITLE: Dataset = (2, 5);
pub const KEYWORDS: Dataset = (2, 25);
pub const INSTRUCTIONS: Dataset = (2, 40);
pub const DATE_CREATED: Dataset = (2, 55);
pub const TIME_CREATED: Dataset = (2, 60);
pub const BYLINE: Dataset = (2, 80);
pub const HEADLINE: Dataset = (2, 105);
pub const CREDIT: Dataset = (2, 110);
pub const SOURCE: Dataset = (2, 115);
pub const COPYRIGHT: Dataset = (2, 116);
pub const CAPTION: Dataset = (2, 120);

/// ISO 2022's announcement of UTF-8.
const UTF_8: &[u8] = b"\x1b%G";
/// The number of the resource block that holds IIM.
const RESOURCE: u16 = 0x0404;
/// More datasets than any picture has.
const DATASETS: usize = 4_096;

/// The datasets of a picture, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Iim(Vec<(Dataset, Vec<u8>)>);

impl Iim {
    /// Reads datasets until one is broken; what came before it counts.
    pub fn parse(bytes: &[u8]) -> Self {
        let (mut rest, mut read) = (bytes, Vec::new());
        while let Some((dataset, value, after)) = next(rest) {
            read.push((dataset, value.to_vec()));
            rest = after;
            if read.len() == DATASETS {
                break;
            }
        }
        Self(read)
    }

    /// Finds IIM among Photoshop's resource blocks, or takes the bytes as IIM when they begin like it.
    pub fn find(bytes: &[u8]) -> Self {
        if bytes.first() == Some(&0x1C) {
            return Self::parse(bytes);
        }
        let (mut rest, mut found) = (bytes, Self::default());
        while let Some((id, value, after)) = resource(rest) {
            if id == RESOURCE {
                found.0.extend(Self::parse(value).0);
            }
            rest = after;
        }
        found
    }

    /// The first value of a dataset, without blanks at its ends; none when it is empty or missing.
    pub fn text(&self, dataset: Dataset) -> Option<String> {
        self.texts(dataset).into_iter().next()
    }

    /// All values of a dataset.
    pub fn texts(&self, dataset: Dataset) -> Vec<String> {
        let values = self.0.iter().filter(|(of, _)| *of == dataset);
        let texts = values.map(|(_, value)| self.decoded(value));
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// Date and time of creation as ISO 8601: `2026-11-24T08:00:00+03:00`, or as much of it as there is.
    pub fn created(&self) -> Option<String> {
        let date = self
            .text(DATE_CREATED)
            .filter(|date| date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit()))?;
        let parts = [&date[..4], &date[4..6], &date[6..]];
        let known: Vec<&str> = parts
            .into_iter()
            .take_while(|part| part.bytes().any(|b| b != b'0'))
            .collect();
        let date = known.join("-");
        match self.text(TIME_CREATED).as_deref().and_then(time) {
            Some(time) if known.len() == 3 => Some(format!("{date}T{time}")),
            _ => Some(date).filter(|date| !date.is_empty()),
        }
    }

    /// Adds a value. One that is longer than a dataset can be is cut between two characters.
    pub fn push(&mut self, dataset: Dataset, text: &str) {
        let mut end = text.len().min(32_767);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        if end > 0 {
            self.0.push((dataset, text.as_bytes()[..end].to_vec()));
        }
    }

    /// The datasets as bytes, in UTF-8 and saying so.
    pub fn to_bytes(&self) -> Vec<u8> {
        let own = self.0.iter().filter(|(dataset, _)| *dataset != CHARSET);
        let mut all: Vec<(Dataset, &[u8])> = vec![(CHARSET, UTF_8), ((2, 0), &[0, 4])];
        all.extend(own.map(|(dataset, value)| (*dataset, value.as_slice())));
        let mut bytes = Vec::new();
        for ((record, number), value) in all {
            let length = u16::try_from(value.len()).unwrap_or(0);
            bytes.extend_from_slice(&[0x1C, record, number]);
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(&value[..usize::from(length)]);
        }
        bytes
    }

    /// The datasets in a Photoshop resource block, as they stand in a JPEG file's APP13 segment.
    pub fn to_segment(&self) -> Vec<u8> {
        let mut value = self.to_bytes();
        let length = u32::try_from(value.len()).unwrap_or(0);
        value.resize(value.len() + value.len() % 2, 0);
        let mut segment = b"Photoshop 3.0\x008BIM".to_vec();
        segment.extend_from_slice(&RESOURCE.to_be_bytes());
        segment.extend_from_slice(&[0, 0]);
        segment.extend_from_slice(&length.to_be_bytes());
        segment.extend_from_slice(&value);
        segment
    }

    /// Most files that do not say so are in UTF-8 all the same; the others are in Windows' Western set.
    fn decoded(&self, value: &[u8]) -> String {
        let text = match std::str::from_utf8(value) {
            Ok(text) => text.to_owned(),
            Err(_) if self.says_utf_8() => String::from_utf8_lossy(value).into_owned(),
            Err(_) => value.iter().copied().map(western).collect(),
        };
        text.trim_matches(|c: char| c.is_whitespace() || c == '\0')
            .to_owned()
    }

    fn says_utf_8(&self) -> bool {
        self.0
            .iter()
            .any(|(dataset, value)| *dataset == CHARSET && value.starts_with(UTF_8))
    }
}

/// One dataset and what follows it (IIM §1.6). A length with its top bit set counts the bytes of the real length.
fn next(bytes: &[u8]) -> Option<(Dataset, &[u8], &[u8])> {
    let &[0x1C, record, number, high, low, ref rest @ ..] = bytes else {
        return None;
    };
    let short = u16::from_be_bytes([high, low]);
    let (length, rest) = if short & 0x8000 == 0 {
        (usize::from(short), rest)
    } else {
        let (digits, rest) = rest
            .split_at_checked(usize::from(short & 0x7FFF))
            .filter(|(digits, _)| digits.len() <= 4)?;
        (
            digits
                .iter()
                .fold(0, |length, digit| length << 8 | usize::from(*digit)),
            rest,
        )
    };
    let (value, rest) = rest.split_at_checked(length)?;
    Some(((record, number), value, rest))
}

/// One resource block: its number, its bytes, what follows. Name and bytes are padded to even lengths.
fn resource(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let rest = bytes
        .strip_prefix(b"Photoshop 3.0\0")
        .unwrap_or(bytes)
        .strip_prefix(b"8BIM")?;
    let (id, rest) = rest.split_first_chunk::<2>()?;
    let name = usize::from(*rest.first()?) + 1;
    let rest = rest.get(name + name % 2..)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes(*length) as usize;
    let (value, after) = rest.split_at_checked(length)?;
    Some((
        u16::from_be_bytes(*id),
        value,
        after.get(length % 2..).unwrap_or_default(),
    ))
}

/// `HHMMSS±HHMM` as `HH:MM:SS±HH:MM`; the zone may be missing.
fn time(text: &str) -> Option<String> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let clock = text.get(..6).filter(|clock| digits(clock))?;
    let clock = format!("{}:{}:{}", &clock[..2], &clock[2..4], &clock[4..]);
    match text.get(6..) {
        Some(zone) if zone.len() == 5 && zone.starts_with(['+', '-']) && digits(&zone[1..]) => {
            Some(format!("{clock}{}:{}", &zone[..3], &zone[3..]))
        }
        _ => Some(clock),
    }
}

/// Windows-1252, whose five holes stay what they are.
fn western(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_is_read() {
        let mut iim = Iim::default();
        iim.push(CAPTION, "Паром у причала — «Лиана»");
        iim.push(KEYWORDS, "ferry");
        iim.push(KEYWORDS, "порт");
        iim.push(BYLINE, "");
        for bytes in [iim.to_bytes(), iim.to_segment()] {
            let read = Iim::find(&bytes);
            assert_eq!(read.text(CAPTION).as_deref(), Some("Паром у причала — «Лиана»"));
            assert_eq!(read.texts(KEYWORDS), ["ferry", "порт"]);
            assert_eq!(read.text(BYLINE), None);
        }
        iim.push(CAPTION, &"ж".repeat(20_000));
        assert_eq!(
            Iim::parse(&iim.to_bytes()).texts(CAPTION)[1].chars().count(),
            16_383
        );
    }

    #[test]
    fn a_file_that_names_no_charset_is_utf_8_or_western() {
        let one = |value: &[u8]| {
            let mut bytes = vec![0x1C, 2, 120, 0, u8::try_from(value.len()).unwrap()];
            bytes.extend_from_slice(value);
            Iim::parse(&bytes).text(CAPTION)
        };
        assert_eq!(one("Köln".as_bytes()).as_deref(), Some("Köln"));
        assert_eq!(one(b"K\xF6ln \x96 Dom ").as_deref(), Some("Köln – Dom"));
        assert_eq!(one(b" \0"), None);
    }

    #[test]
    fn lengths_may_be_long_and_may_lie() {
        let mut bytes = vec![0x1C, 2, 120, 0x80, 4, 0, 1, 0, 0];
        bytes.resize(bytes.len() + 65_536, b'a');
        assert_eq!(
            Iim::parse(&bytes).text(CAPTION).map(|text| text.len()),
            Some(65_536)
        );
        bytes.pop();
        assert_eq!(Iim::parse(&bytes), Iim::default(), "one byte is missing");
        assert_eq!(Iim::parse(&[0x1C, 2, 120, 0xFF, 0xFF]), Iim::default());
    }

    #[test]
    fn a_date_is_as_long_as_it_is_known() {
        let created = |date: &str, time: &str| {
            let mut iim = Iim::default();
            iim.push(DATE_CREATED, date);
            iim.push(TIME_CREATED, time);
            iim.created()
        };
        assert_eq!(
            created("20261124", "080000+0300").as_deref(),
            Some("2026-11-24T08:00:00+03:00")
        );
        assert_eq!(
            created("20261124", "080000").as_deref(),
            Some("2026-11-24T08:00:00")
        );
        assert_eq!(created("20261124", "soon").as_deref(), Some("2026-11-24"));
        assert_eq!(created("20260000", "080000").as_deref(), Some("2026"));
        assert_eq!(created("00000000", ""), None);
        assert_eq!(created("yesterda", ""), None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let marked: Vec<u8> = bytes.iter().map(|b| if b % 7 == 0 { 0x1C } else { *b }).collect();
            for bytes in [&bytes, &marked, &[b"8BIM\x04\x04\0\0".as_slice(), &bytes].concat()] {
                let iim = Iim::find(bytes);
                let _ = (iim.created(), iim.texts(KEYWORDS), iim.to_segment());
            }
        }
    }
}
