//! The sizes: turned as they should be, with the words that must travel, without what must not.

use super::files::{exif, jpeg};
use super::house::{House, id_of};
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};

pub const TESTS: &[(&str, fn())] = &[
    (
        "a_size_is_turned_as_the_camera_was_held",
        a_size_is_turned_as_the_camera_was_held,
    ),
    (
        "words_travel_and_the_place_does_not",
        words_travel_and_the_place_does_not,
    ),
    (
        "all_sizes_are_there_in_the_end_and_as_avif",
        all_sizes_are_there_in_the_end_and_as_avif,
    ),
    ("transparent_is_white", transparent_is_white),
];

/// What exiftool reads: the name of each tag with its value.
fn exiftool(file: &[u8]) -> Value {
    let mut child = Command::new("exiftool")
        .args(["-j", "-G0", "-charset", "iptc=UTF8", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("exiftool is installed");
    let mut stdin = child.stdin.take().unwrap();
    let file = file.to_vec();
    let feed = std::thread::spawn(move || stdin.write_all(&file));
    let output = child.wait_with_output().unwrap();
    let _ = feed.join();
    serde_json::from_slice::<Value>(&output.stdout).unwrap()[0].clone()
}

fn published(house: &House, file: &[u8], fields: &[(&str, &str)]) -> media::SrcSet {
    let id = id_of(&house.upload(file, fields));
    house.publish(std::slice::from_ref(&id));
    house.set(&id)
}

fn a_size_is_turned_as_the_camera_was_held() {
    let house = House::open();
    // Red above and blue below, held so that what is above belongs to the right.
    let set = published(&house, &jpeg(500, 400, &[(1, exif(6))]), &[]);
    assert_eq!((set.width, set.height), (400, 500));
    let print = image::load_from_memory(&house.get(&set.src).body)
        .unwrap()
        .into_rgb8();
    assert_eq!(print.dimensions(), (400, 500));
    let (left, right) = (print.get_pixel(50, 250).0, print.get_pixel(350, 250).0);
    assert!(left[2] > 200 && right[0] > 200, "{left:?} {right:?}");
}

fn words_travel_and_the_place_does_not() {
    let house = House::open();
    let original = jpeg(700, 500, &[(1, exif(1))]);
    let read = exiftool(&original);
    assert!(
        read["EXIF:GPSLatitude"].is_string() && read["EXIF:SerialNumber"].is_string(),
        "the original has them: {read}"
    );
    let fields = [
        ("caption", "Паром у причала «Лиана» & co"),
        ("alt", "A ferry"),
        ("credit", "AFP"),
        ("creator", "Mara Ellin"),
        ("copyright", "© 2026 M. Ellin"),
        ("keywords", "ferry, порт"),
    ];
    let set = published(&house, &original, &fields);
    for address in addresses(&set) {
        let read = exiftool(&house.get(&address).body);
        let all = read.to_string();
        assert!(
            !all.contains("GPS") && !all.contains("SerialNumber"),
            "{address}: {all}"
        );
        for (tag, value) in [
            ("XMP:Description", "Паром у причала «Лиана» & co"),
            ("IPTC:Caption-Abstract", "Паром у причала «Лиана» & co"),
            ("XMP:AltTextAccessibility", "A ferry"),
            ("XMP:Credit", "AFP"),
            ("IPTC:Credit", "AFP"),
            ("XMP:Creator", "Mara Ellin"),
            ("IPTC:By-line", "Mara Ellin"),
            ("XMP:Rights", "© 2026 M. Ellin"),
        ] {
            assert_eq!(read[tag], value, "{address} {tag}");
        }
        assert_eq!(
            read["XMP:Subject"],
            serde_json::json!(["ferry", "порт"]),
            "{address}"
        );
    }
}

fn all_sizes_are_there_in_the_end_and_as_avif() {
    for house in House::on_each_engine() {
        let id = id_of(&house.upload(
            &jpeg(330, 40, &[]),
            &[("creator", "Mara Ellin"), ("caption", "Two halves")],
        ));
        house.publish(std::slice::from_ref(&id));
        let accepting = [("accept", "image/avif,image/webp,*/*;q=0.8")];
        let entries = addresses(&house.set(&id));
        assert_eq!(entries.len(), 2);
        let early = house.get_with(&entries[0], &accepting);
        assert_eq!(early.header("content-type"), "image/jpeg", "not made yet");
        house.catch_up();
        for address in entries {
            let plain = house.get_with(&address, &[("accept", "*/*")]);
            assert_eq!(
                (plain.header("content-type"), plain.header("vary")),
                ("image/jpeg", "Accept")
            );
            let answer = house.get_with(&address, &accepting);
            assert_eq!(
                (answer.status.as_u16(), answer.header("content-type")),
                (200, "image/avif")
            );
            let read = exiftool(&answer.body);
            assert_eq!(
                (&read["EXIF:Artist"], &read["EXIF:ImageDescription"]),
                (&"Mara Ellin".into(), &"Two halves".into())
            );
        }
    }
}

fn transparent_is_white() {
    let house = House::open();
    let mut clear = image::RgbaImage::new(400, 400);
    clear.put_pixel(0, 0, image::Rgba([0, 0, 0, 1]));
    let mut file = std::io::Cursor::new(Vec::new());
    clear.write_to(&mut file, image::ImageFormat::Png).unwrap();
    let set = published(&house, file.get_ref(), &[]);
    let print = image::load_from_memory(&house.get(&set.src).body)
        .unwrap()
        .into_rgb8();
    assert!(print.get_pixel(200, 200).0.iter().all(|part| *part > 250));
}

pub fn addresses(set: &media::SrcSet) -> Vec<String> {
    let entries = set.srcset.clone().unwrap_or_else(|| format!("{} 1w", set.src));
    entries
        .split(", ")
        .map(|entry| entry.split(' ').next().unwrap().to_owned())
        .collect()
}
