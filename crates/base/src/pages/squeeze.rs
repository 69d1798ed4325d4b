//! The compressed forms of a page: made once, off the request's path.

use std::io::Write;

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

/// Good for text that lives seconds to days: about 2 ms for 30 KB, within 4 % of the densest setting.
const BROTLI_QUALITY: i32 = 6;
/// 4 MiB, the largest that every browser's decoder is asked to hold.
const BROTLI_WINDOW_BITS: i32 = 22;
/// Below this many bytes an encoding saves nothing worth a variant.
const SMALLEST_BYTES: usize = 512;

impl Encoding {
    /// In the order of our preference.
    pub(super) const COMPRESSED: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// The name in `Content-Encoding`; none for identity.
    pub fn token(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// Encodes a body. Writing to memory cannot fail; if it did, there is no such form.
    pub(super) fn encode(self, body: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Identity => Some(body.to_vec()),
            Self::Gzip => gzip(body),
            Self::Brotli => brotli(body),
        }
    }
}

/// Whether a body of this type gains by being compressed.
pub(super) fn is_worthwhile(content_type: &str, bytes: usize) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    let text = kind.starts_with("text/")
        || ["json", "xml", "javascript"]
            .iter()
            .any(|end| kind.ends_with(end))
        || kind == "application/manifest+json";
    text && bytes >= SMALLEST_BYTES
}

fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    let mut writer =
        flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 3), flate2::Compression::new(7));
    writer.write_all(body).ok()?;
    writer.finish().ok()
}

fn brotli(body: &[u8]) -> Option<Vec<u8>> {
    let mut packed = Vec::with_capacity(body.len() / 3);
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW_BITS,
        size_hint: body.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*body, &mut packed, &params).ok()?;
    Some(packed)
}
