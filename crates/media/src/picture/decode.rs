//! From hostile bytes to pixels: what it is, how large it says it is, and only then the decoding.

use super::{Facts, caption};
use base::sandbox::Refusal;
use fast_image_resize::{ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use std::io::Cursor;

/// The most pixels a picture may have.
const PIXELS: u64 = 100_000_000;
/// Neither side may be so many times the other.
const RATIO: u32 = 100;
/// The most memory for decoded pixels; the sandbox has 256 MiB for everything.
const DECODED_BYTES: u64 = 176 << 20;
/// The longest colour profile that is looked at.
const PROFILE_BYTES: usize = 4 << 20;

/// A decoded picture, in its own size and as it was stored.
pub struct Negative {
    pixels: DynamicImage,
    orientation: Orientation,
    profile: Option<ColorProfile>,
    width: u32,
    exif: Option<Vec<u8>>,
}

/// Reads what a file is, and decodes it.
pub fn negative(bytes: Vec<u8>) -> Result<(Facts, Negative), Refusal> {
    let format = recognised(&bytes)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODED_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height, decoder.total_bytes())?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = profile(decoder.icc_profile().ok().flatten());
    // A block that cannot be read is as good as none: the picture is what counts.
    let blocks = caption::Blocks {
        exif: decoder.exif_metadata().ok().flatten(),
        iim: decoder.iptc_metadata().ok().flatten(),
        xmp: decoder.xmp_metadata().ok().flatten(),
    };
    let words = caption::read(&blocks).cut();
    let pixels = DynamicImage::from_decoder(decoder).map_err(broken)?;
    let turned = is_turned(orientation);
    let (width, height) = if turned { (height, width) } else { (width, height) };
    let facts = Facts {
        media_type: format.to_mime_type().to_owned(),
        width,
        height,
        words,
    };
    Ok((
        facts,
        Negative {
            pixels,
            orientation,
            profile,
            width,
            exif: blocks.exif,
        },
    ))
}

/// Errors: `media.empty`, `media.svg`, `media.type`.
fn recognised(bytes: &[u8]) -> Result<ImageFormat, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new("media.empty", "the file is empty"));
    }
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP)) => {
            Ok(format)
        }
        _ if looks_like_svg(bytes) => Err(Refusal::new(
            "media.svg",
            "SVG can carry scripts and is not taken; export it as PNG",
        )),
        _ => Err(Refusal::new(
            "media.type",
            "this is not a JPEG, PNG, GIF or WebP picture",
        )),
    }
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    head.contains("<svg")
}

fn check_size(width: u32, height: u32, decoded_bytes: u64) -> Result<(), Refusal> {
    if width == 0 || height == 0 || width.max(height) / width.min(height) >= RATIO {
        return Err(Refusal::new(
            "media.shape",
            &format!("{width} × {height} pixels is no picture for a page"),
        ));
    }
    let pixels = u64::from(width) * u64::from(height);
    if pixels > PIXELS {
        let reason = format!(
            "{width} × {height} pixels are more than {} million; make it smaller",
            PIXELS / 1_000_000
        );
        return Err(Refusal::new("media.pixels", &reason));
    }
    if decoded_bytes > DECODED_BYTES {
        let reason = format!(
            "{width} × {height} pixels take more than {} MiB of memory; make it smaller",
            DECODED_BYTES >> 20
        );
        return Err(Refusal::new("media.memory", &reason));
    }
    Ok(())
}

fn broken(error: image::ImageError) -> Refusal {
    let code = match &error {
        image::ImageError::Limits(_) => "media.memory",
        image::ImageError::Unsupported(_) => "media.type",
        _ => "media.broken",
    };
    Refusal::new(code, &format!("the picture cannot be read: {error}"))
}

/// A profile of colours that we understand. Without one, a picture is taken as sRGB, as browsers do.
fn profile(icc: Option<Vec<u8>>) -> Option<ColorProfile> {
    let icc = icc.filter(|icc| icc.len() <= PROFILE_BYTES)?;
    let profile = ColorProfile::new_from_slice(&icc).ok()?;
    (profile.color_space == DataColorSpace::Rgb).then_some(profile)
}

fn is_turned(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

impl Negative {
    /// Makes smaller pictures of it, which must be asked for from the largest to the smallest; and what the camera wrote.
    pub fn prints(mut self) -> (Prints, Option<Vec<u8>>) {
        let exif = self.exif.take();
        (Prints { of: self, last: None }, exif)
    }
}

/// Each size is made from the one before, so that a large original is gone through only once.
pub struct Prints {
    of: Negative,
    last: Option<DynamicImage>,
}

impl Prints {
    /// The picture in this width: turned as it should be, in sRGB, on white.
    pub fn next(&mut self, width: u32) -> Result<RgbImage, Refusal> {
        let from = self.last.as_ref().unwrap_or(&self.of.pixels);
        let turned = is_turned(self.of.orientation);
        let own = if turned { from.height() } else { from.width() };
        let scaled = |side: u32| {
            let side = (u64::from(side) * u64::from(width) + u64::from(own) / 2) / u64::from(own.max(1));
            u32::try_from(side).unwrap_or(u32::MAX).max(1)
        };
        let mut small = if width >= own && width >= self.of.width {
            from.clone()
        } else {
            let mut small = DynamicImage::new(scaled(from.width()), scaled(from.height()), from.color());
            Resizer::new()
                .resize(from, &mut small, &ResizeOptions::new())
                .map_err(|error| Refusal::new("media.broken", &error.to_string()))?;
            small
        };
        self.last = Some(small.clone());
        small.apply_orientation(self.of.orientation);
        Ok(self.in_srgb(on_white(small)))
    }

    fn in_srgb(&self, picture: RgbImage) -> RgbImage {
        let Some(profile) = &self.of.profile else {
            return picture;
        };
        let srgb = ColorProfile::new_srgb();
        let transform =
            profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default());
        let mut converted = RgbImage::new(picture.width(), picture.height());
        match transform.and_then(|transform| transform.transform(picture.as_raw(), &mut converted)) {
            Ok(()) => converted,
            Err(_) => picture,
        }
    }
}

/// JPEG knows no transparency, and pages are white where a picture has none.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let blended = |pixel: &image::Rgba<u8>| {
        let [red, green, blue, alpha] = pixel.0;
        let over = |part: u8| {
            let sum = u16::from(part) * u16::from(alpha) + 255 * (255 - u16::from(alpha));
            u8::try_from((sum + 127) / 255).unwrap_or(255)
        };
        [over(red), over(green), over(blue)]
    };
    let (width, height) = picture.dimensions();
    let bytes = picture.pixels().flat_map(blended).collect();
    RgbImage::from_raw(width, height, bytes).unwrap_or_else(|| RgbImage::new(1, 1))
}
