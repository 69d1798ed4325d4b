//! The words inside a picture's file: read from XMP, IIM and Exif; written as XMP and IIM, or as Exif where there is nothing else.

use crate::words::{Rights, Words};
use exif::{In, Tag, Value};
use formats::iim::{self, Iim};
use formats::xmp::{self, Xmp};
use std::borrow::Cow;

/// What a file says of itself: its raw blocks, as far as it has them.
#[derive(Default)]
pub struct Blocks {
    pub exif: Option<Vec<u8>>,
    pub iim: Option<Vec<u8>>,
    pub xmp: Option<Vec<u8>>,
}

/// The words of a file. Where two places differ, XMP counts before IIM, and that before Exif (Metadata Working Group, 2010).
pub fn read(blocks: &Blocks) -> Words {
    let iim = blocks
        .iim
        .as_deref()
        .map(unwrapped)
        .map(|block| Iim::find(&block))
        .unwrap_or_default();
    let xmp = blocks.xmp.as_deref().map(Xmp::parse).unwrap_or_default();
    let camera = blocks.exif.as_deref().map(Camera::read).unwrap_or_default();
    let first = |options: [Option<String>; 3]| options.into_iter().flatten().next().unwrap_or_default();
    let joined = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join(", "));
    let mut keywords = xmp.texts(xmp::SUBJECT);
    for keyword in iim.texts(iim::KEYWORDS) {
        if !keywords.contains(&keyword) {
            keywords.push(keyword);
        }
    }
    Words {
        title: first([
            xmp.text(xmp::TITLE),
            iim.text(iim::TITLE),
            xmp.text(xmp::HEADLINE).or_else(|| iim.text(iim::HEADLINE)),
        ]),
        alt: first([xmp.text(xmp::ALT), None, None]),
        caption: first([
            xmp.text(xmp::DESCRIPTION),
            iim.text(iim::CAPTION),
            camera.description,
        ]),
        credit: first([xmp.text(xmp::CREDIT), iim.text(iim::CREDIT), None]),
        creator: first([
            joined(xmp.texts(xmp::CREATOR)),
            joined(iim.texts(iim::BYLINE)),
            camera.artist,
        ]),
        copyright: first([
            xmp.text(xmp::COPYRIGHT),
            iim.text(iim::COPYRIGHT),
            camera.copyright,
        ]),
        source: first([xmp.text(xmp::SOURCE), iim.text(iim::SOURCE), None]),
        date: first([
            xmp.text(xmp::DATE_CREATED).or_else(|| iim.created()),
            xmp.text(xmp::DATE_TIME_ORIGINAL).or(camera.taken),
            xmp.text(xmp::CREATE_DATE),
        ]),
        keywords,
        rights: Rights {
            usage_terms: first([xmp.text(xmp::USAGE_TERMS), None, None]),
            web_statement: first([xmp.text(xmp::WEB_STATEMENT), None, None]),
            digital_source: first([xmp.text(xmp::DIGITAL_SOURCE), None, None]),
            instructions: first([xmp.text(xmp::INSTRUCTIONS), iim.text(iim::INSTRUCTIONS), None]),
        },
    }
}

/// PNG files carry foreign blocks as text: a name, a length, then hexadecimal digits.
fn unwrapped(block: &[u8]) -> Cow<'_, [u8]> {
    let text = std::str::from_utf8(block).unwrap_or_default().trim_start();
    let mut lines = text.lines().map(str::trim);
    let named = lines.next().is_some_and(|name| ["iptc", "8bim"].contains(&name));
    if !named || lines.next().is_none_or(|length| length.parse::<u32>().is_err()) {
        return Cow::Borrowed(block);
    }
    let digits: Vec<u8> = lines
        .flat_map(str::chars)
        .filter_map(|digit| digit.to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    Cow::Owned(
        digits
            .chunks_exact(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect(),
    )
}

/// What a camera writes.
#[derive(Default)]
struct Camera {
    description: Option<String>,
    artist: Option<String>,
    copyright: Option<String>,
    taken: Option<String>,
}

impl Camera {
    fn read(block: &[u8]) -> Self {
        let tiff = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
        let Ok(exif) = exif::Reader::new()
            .continue_on_error(true)
            .read_raw(tiff.to_vec())
            .or_else(|error| error.distill_partial_result(|_| ()))
        else {
            return Self::default();
        };
        let text = |tag: Tag| match &exif.get_field(tag, In::PRIMARY)?.value {
            Value::Ascii(texts) => {
                let text = texts
                    .iter()
                    .map(|text| String::from_utf8_lossy(text))
                    .collect::<Vec<_>>()
                    .join(", ");
                let text = text
                    .trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == ',')
                    .to_owned();
                (!text.is_empty()).then_some(text)
            }
            _ => None,
        };
        let taken = text(Tag::DateTimeOriginal).as_deref().and_then(iso);
        let zone = text(Tag::OffsetTimeOriginal).filter(|zone| zone.len() == 6);
        Self {
            description: text(Tag::ImageDescription),
            artist: text(Tag::Artist),
            copyright: text(Tag::Copyright),
            taken: taken.map(|taken| taken + zone.as_deref().unwrap_or_default()),
        }
    }
}

/// `2026:11:24 08:00:00` as ISO 8601. Cameras that know no date write zeros or blanks.
fn iso(text: &str) -> Option<String> {
    let (date, time) = text.split_once(' ')?;
    let whole = date.len() == 10 && time.len() == 8 && !date.starts_with("0000");
    (whole && date.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| format!("{}T{time}", date.replace(':', "-")))
}

/// The words as an XMP packet.
pub fn xmp(words: &Words) -> String {
    let mut xmp = Xmp::default();
    let rights = &words.rights;
    for (name, text) in [
        (xmp::TITLE, &words.title),
        (xmp::ALT, &words.alt),
        (xmp::DESCRIPTION, &words.caption),
        (xmp::CREDIT, &words.credit),
        (xmp::CREATOR, &words.creator),
        (xmp::COPYRIGHT, &words.copyright),
        (xmp::SOURCE, &words.source),
        (xmp::DATE_CREATED, &words.date),
        (xmp::USAGE_TERMS, &rights.usage_terms),
        (xmp::WEB_STATEMENT, &rights.web_statement),
        (xmp::DIGITAL_SOURCE, &rights.digital_source),
    ] {
        xmp.push(name, text);
    }
    words
        .keywords
        .iter()
        .for_each(|keyword| xmp.push(xmp::SUBJECT, keyword));
    xmp.to_packet()
}

/// The words as the segment in which a JPEG file carries IIM.
pub fn iim(words: &Words) -> Vec<u8> {
    let mut iim = Iim::default();
    for (dataset, text) in [
        (iim::TITLE, &words.title),
        (iim::BYLINE, &words.creator),
        (iim::CREDIT, &words.credit),
        (iim::SOURCE, &words.source),
        (iim::COPYRIGHT, &words.copyright),
        (iim::CAPTION, &words.caption),
    ] {
        iim.push(dataset, text);
    }
    words
        .keywords
        .iter()
        .for_each(|keyword| iim.push(iim::KEYWORDS, keyword));
    iim.to_segment()
}

/// Caption, creator and copyright as Exif: a TIFF header and one directory, texts behind it.
pub fn exif(words: &Words) -> Vec<u8> {
    let texts: Vec<(u16, &String)> = [
        (0x010E, &words.caption),
        (0x013B, &words.creator),
        (0x8298, &words.copyright),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .collect();
    let mut directory = u16::try_from(texts.len()).unwrap_or(0).to_be_bytes().to_vec();
    let (mut behind, mut at) = (Vec::new(), 8 + 2 + texts.len() * 12 + 4);
    for (tag, text) in texts {
        let mut bytes = text.as_bytes().to_vec();
        // Four bytes or fewer would have to stand in the entry itself.
        bytes.resize(bytes.len().max(4) + 1, 0);
        directory.extend_from_slice(&tag.to_be_bytes());
        directory.extend_from_slice(&[0, 2]);
        for number in [bytes.len(), at] {
            directory.extend_from_slice(&u32::try_from(number).unwrap_or(0).to_be_bytes());
        }
        at += bytes.len();
        behind.extend(bytes);
    }
    [b"MM\0\x2A\0\0\0\x08".as_slice(), &directory, &[0; 4], &behind].concat()
}
