//! Picture files made by hand.

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use std::io::Write;

/// A PNG file of these chunks.
pub fn png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, bytes) in chunks.iter().chain([&(b"IEND", b"".as_slice())]) {
        let mut crc = Crc::new();
        crc.update(*kind);
        crc.update(bytes);
        file.extend_from_slice(&u32::try_from(bytes.len()).unwrap().to_be_bytes());
        file.extend_from_slice(*kind);
        file.extend_from_slice(bytes);
        file.extend_from_slice(&crc.sum().to_be_bytes());
    }
    file
}

/// A PNG header: eight bits a channel, colour type 2 is RGB.
pub fn png_header(width: u32, height: u32) -> Vec<u8> {
    [
        width.to_be_bytes().as_slice(),
        &height.to_be_bytes(),
        &[8, 2, 0, 0, 0],
    ]
    .concat()
}

/// So many zeros, compressed.
pub fn zeros(count: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let block = vec![0; 1 << 20];
    for _ in 0..count >> 20 {
        encoder.write_all(&block).unwrap();
    }
    encoder.write_all(&block[..count & ((1 << 20) - 1)]).unwrap();
    encoder.finish().unwrap()
}

/// A whole black PNG picture.
pub fn black_png(width: u32, height: u32) -> Vec<u8> {
    let pixels = zeros((width as usize * 3 + 1) * height as usize);
    png(&[(b"IHDR", &png_header(width, height)), (b"IDAT", &pixels)])
}

/// A JPEG picture that is red above and blue below, with these application segments.
pub fn jpeg(width: u16, height: u16, segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 90);
    for (number, bytes) in segments {
        encoder.add_app_segment(*number, bytes.clone()).unwrap();
    }
    let half = usize::from(width) * usize::from(height) / 2;
    let pixels = [
        [255, 0, 0].repeat(half),
        [0, 0, 255].repeat(usize::from(width) * usize::from(height) - half),
    ]
    .concat();
    encoder
        .encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    file
}

/// An Exif segment with an orientation, a serial number and a place by satellite.
pub fn exif(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [
            tag.to_be_bytes().as_slice(),
            &kind.to_be_bytes(),
            &count.to_be_bytes(),
            &value,
        ]
        .concat()
    };
    let gps_at = 8 + 2 + 3 * 12 + 4;
    let main = [
        entry(0x0112, 3, 1, [0, orientation, 0, 0]),
        entry(0x8825, 4, 1, [0, 0, 0, gps_at]),
        entry(0xA431, 2, 4, *b"S77\0"),
    ];
    let gps = [
        entry(1, 2, 2, *b"N\0\0\0"),
        entry(2, 5, 3, [0, 0, 0, gps_at + 2 + 2 * 12 + 4]),
    ];
    let degrees = [
        [0, 0, 0, 59, 0, 0, 0, 1],
        [0, 0, 0, 56, 0, 0, 0, 1],
        [0, 0, 0, 7, 0, 0, 0, 1],
    ]
    .concat();
    [
        b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x03".to_vec(),
        main.concat(),
        vec![0; 4],
        vec![0, 2],
        gps.concat(),
        vec![0; 4],
        degrees,
    ]
    .concat()
}

/// A GIF file of so many full frames.
pub fn gif(width: u16, height: u16, frames: usize) -> Vec<u8> {
    let (width, height) = (width.to_le_bytes(), height.to_le_bytes());
    let screen = [
        b"GIF89a".as_slice(),
        &width,
        &height,
        &[0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    ]
    .concat();
    // One pixel and the end; what a decoder lacks it fills or refuses.
    let frame = [
        &[0x2C, 0, 0, 0, 0],
        width.as_slice(),
        &height,
        &[0, 2, 2, 0x44, 0x01, 0],
    ]
    .concat();
    [screen, frame.repeat(frames), vec![0x3B]].concat()
}
