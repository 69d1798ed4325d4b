//! F4: what claims or becomes more than it should is refused by name, and the server pays nothing for it.

use super::files::{black_png, exif, gif, jpeg, png, png_header, zeros};
use super::house::House;
use base::sandbox::Sandbox;
use serde_json::json;
use std::io::Cursor;
use std::time::Duration;

pub const TESTS: &[(&str, fn())] = &[
    (
        "what_claims_too_much_is_refused_by_name",
        what_claims_too_much_is_refused_by_name,
    ),
    (
        "a_bomb_costs_the_server_no_memory",
        a_bomb_costs_the_server_no_memory,
    ),
    ("blocks_that_blow_up_do_no_harm", blocks_that_blow_up_do_no_harm),
    (
        "a_file_cut_anywhere_is_a_picture_or_refused",
        a_file_cut_anywhere_is_a_picture_or_refused,
    ),
];

/// The code with which the sandbox refuses a file, `ok` for a picture.
pub fn verdict(file: Vec<u8>) -> &'static str {
    let sandbox = Sandbox::new("picture")
        .within(Duration::from_secs(2))
        .refusals(REFUSALS);
    let outcome = sandbox.run(
        &json!({ "format": "jpg", "widths": [320] }),
        Box::new(Cursor::new(file)),
        |_| Ok(()),
    );
    outcome.map_or_else(|error| error.code(), |()| "ok")
}

/// Every refusal of a picture that has a name of its own.
pub const REFUSALS: &[&str] = &[
    "media.empty",
    "media.svg",
    "media.type",
    "media.pixels",
    "media.shape",
    "media.memory",
    "media.broken",
    "sandbox.panicked",
];

fn what_claims_too_much_is_refused_by_name() {
    let webp = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0VP8 \0\0\0\0".to_vec();
    let mut tall_jpeg = jpeg(64, 64, &[]);
    let frame = tall_jpeg
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .unwrap();
    tall_jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    for (what, file, code) in [
        (
            "a kilobyte of PNG that claims 60,000²",
            png(&[(b"IHDR", &png_header(60_000, 60_000)), (b"IDAT", &[7; 900])]),
            "media.pixels",
        ),
        ("a JPEG that claims 65,500²", tall_jpeg, "media.pixels"),
        (
            "a GIF that claims 65,535²",
            gif(65_535, 65_535, 1),
            "media.pixels",
        ),
        ("a WebP that claims 16,384²", webp, "media.pixels"),
        ("81 million black pixels", black_png(9_000, 9_000), "media.memory"),
        ("a thread", black_png(30_000, 20), "media.shape"),
        ("nothing", Vec::new(), "media.empty"),
        (
            "SVG",
            b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            "media.svg",
        ),
        (
            "HTML",
            b"<!doctype html><script>alert(1)</script>".to_vec(),
            "media.type",
        ),
        ("PDF", b"%PDF-1.4".to_vec(), "media.type"),
        ("BMP", b"BM\x46\0\0\0".to_vec(), "media.type"),
    ] {
        assert_eq!(verdict(file), code, "{what}");
    }
    assert_eq!(
        verdict(jpeg(64, 64, &[(1, exif(1))])),
        "ok",
        "and a plain picture is taken"
    );
}

fn a_bomb_costs_the_server_no_memory() {
    let house = House::open();
    let bombs = [
        black_png(9_000, 9_000),
        png(&[
            (b"IHDR", &png_header(60_000, 60_000)),
            (b"IDAT", &zeros(50 << 20)),
        ]),
    ];
    let before = highest_kib();
    for bomb in &bombs {
        let answer = house.upload(bomb, &[]);
        assert_eq!(answer.status, 422, "{}", answer.code());
    }
    let grown = highest_kib() - before;
    assert!(grown < 100 << 10, "{grown} KiB");
}

fn blocks_that_blow_up_do_no_harm() {
    let pixels = zeros(64 * (64 * 3 + 1));
    let header = png_header(64, 64);
    let chunks = |extra: (&'static [u8; 4], Vec<u8>)| {
        png(&[(b"IHDR", &header), (extra.0, &extra.1), (b"IDAT", &pixels)])
    };
    let profile = [b"p\0\0".as_slice(), &zeros(300 << 20)].concat();
    let text = [b"XML:com.adobe.xmp\0\x01\0\0\0".as_slice(), &zeros(300 << 20)].concat();
    for (what, file) in [
        ("colour profile", chunks((b"iCCP", profile))),
        ("text", chunks((b"iTXt", text))),
    ] {
        let verdict = verdict(file);
        assert!(
            ["ok", "media.broken", "media.memory", "sandbox.memory"].contains(&verdict),
            "{what}: {verdict}"
        );
    }
    let icc: Vec<(u8, Vec<u8>)> = (1..=255)
        .map(|number| {
            (
                2,
                [b"ICC_PROFILE\0".as_slice(), &[number, 255], &[7; 65_000]].concat(),
            )
        })
        .collect();
    assert_eq!(verdict(jpeg(64, 64, &icc)), "ok", "sixteen megabytes of profile");
    assert_eq!(
        verdict(gif(400, 400, 20_000)),
        verdict(gif(400, 400, 1)),
        "only the first frame counts"
    );
}

fn a_file_cut_anywhere_is_a_picture_or_refused() {
    let whole = jpeg(200, 200, &[(1, exif(6))]);
    for end in (0..whole.len()).step_by(whole.len() / 40) {
        let verdict = verdict(whole[..end].to_vec());
        assert!(
            ["ok", "media.broken", "media.type", "media.empty"].contains(&verdict),
            "cut at {end}: {verdict}"
        );
    }
}

/// The most memory this process ever had.
fn highest_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
