//! From pixels to the files that readers get. They say who made the picture and what it shows, and nothing else that the
//! original said: no place by satellite, no serial number, no editing history.

use super::caption;
use crate::words::Words;
use base::sandbox::Refusal;
use image::RgbImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use ravif::{Img, RGB8};

/// Good to look at, and not larger than it must be.
const JPEG_QUALITY: u8 = 80;
const AVIF_QUALITY: f32 = 50.0;
/// 1 takes for ever, 10 is careless.
const AVIF_SPEED: u8 = 7;
/// The longest segment of a JPEG file, in bytes.
const SEGMENT_BYTES: usize = 65_500;
const XMP_HEADER: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

pub fn jpeg(print: &RgbImage, words: &Words, exif: Option<&[u8]>) -> Result<Vec<u8>, Refusal> {
    let side = |pixels: u32| u16::try_from(pixels).map_err(failed);
    let (width, height) = (side(print.width())?, side(print.height())?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, JPEG_QUALITY);
    encoder.set_progressive(true);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    if let Some(exif) = exif.filter(|_| cfg!(feature = "planted-gps-kept")) {
        encoder.add_exif_metadata(exif).map_err(failed)?;
    }
    let packet = [XMP_HEADER, caption::xmp(words).as_bytes()].concat();
    for (number, segment) in [(1, packet), (13, caption::iim(words))] {
        // Words that no segment holds are left out; no newsroom writes so many.
        if segment.len() <= SEGMENT_BYTES {
            encoder.add_app_segment(number, segment).map_err(failed)?;
        }
    }
    encoder
        .encode(print.as_raw(), width, height, ColorType::Rgb)
        .map_err(failed)?;
    Ok(bytes)
}

pub fn avif(print: &RgbImage, words: &Words) -> Result<Vec<u8>, Refusal> {
    let pixels: Vec<RGB8> = print.pixels().map(|pixel| RGB8::from(pixel.0)).collect();
    let (width, height) = (print.width() as usize, print.height() as usize);
    let encoder = ravif::Encoder::new()
        .with_quality(AVIF_QUALITY)
        .with_speed(AVIF_SPEED)
        .with_num_threads(Some(1))
        .with_exif(caption::exif(words));
    let encoded = encoder
        .encode_rgb(Img::new(pixels.as_slice(), width, height))
        .map_err(failed)?;
    Ok(encoded.avif_file)
}

fn failed(error: impl std::fmt::Display) -> Refusal {
    Refusal::new("media.broken", &format!("it cannot be written: {error}"))
}
