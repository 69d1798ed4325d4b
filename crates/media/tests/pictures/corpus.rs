//! The corpus: every file is a picture or is refused by name, soon and alone (F4); and what a picture says of itself is what
//! exiftool reads.

use super::bombs::{REFUSALS, verdict};
use base::sandbox::Sandbox;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

pub const TESTS: &[(&str, fn())] = &[
    (
        "every_file_of_the_corpus_is_a_picture_or_refused_by_name",
        every_file,
    ),
    (
        "the_words_of_a_picture_are_those_that_exiftool_reads",
        words_as_exiftool_reads_them,
    ),
];

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/images")
}

fn every_file() {
    let mut files = Vec::new();
    gather(&corpus(), &mut files);
    assert!(files.len() > 400, "the corpus is there");
    let (mut verdicts, mut faults) = (BTreeMap::<&str, usize>::new(), Vec::new());
    for path in files {
        let verdict = verdict(std::fs::read(&path).unwrap());
        *verdicts.entry(verdict).or_default() += 1;
        let named = verdict == "ok" || verdict.starts_with("media.") || verdict == "sandbox.memory";
        if !named {
            faults.push(format!("{}: {verdict}", path.display()));
        }
    }
    println!("{verdicts:?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(verdicts["ok"] > 200, "{verdicts:?}");
}

fn words_as_exiftool_reads_them() {
    let output = Command::new("exiftool")
        .args(["-j", "-G0", "-q", "-r"])
        .arg(corpus())
        .output()
        .expect("exiftool is installed");
    let theirs: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let theirs: HashMap<PathBuf, Value> = theirs
        .into_iter()
        .map(|read| (PathBuf::from(read["SourceFile"].as_str().unwrap()), read))
        .collect();
    let (mut compared, mut different) = (0, Vec::new());
    for (path, theirs) in theirs {
        let Some(ours) = words(&path) else { continue };
        for (field, tags) in FIELDS {
            let expected = tags.iter().find_map(|tag| said(&theirs[*tag]));
            let read = said(&ours[*field]);
            compared += usize::from(expected.is_some());
            let gap = GAPS.iter().any(|gap| path.ends_with(gap));
            if (expected != read) != (gap && expected.is_some()) {
                different.push(format!(
                    "{} {field}: exiftool {expected:?}, we {read:?}",
                    path.display()
                ));
            }
        }
    }
    different.sort();
    assert!(
        different.is_empty(),
        "{} of {compared}:\n{}",
        different.len(),
        different.join("\n")
    );
    assert!(compared > 60, "{compared}");
}

/// Our fields, and where exiftool has them: XMP before IIM before Exif.
const FIELDS: &[(&str, &[&str])] = &[
    (
        "caption",
        &[
            "XMP:Description",
            "IPTC:Caption-Abstract",
            "EXIF:ImageDescription",
        ],
    ),
    ("creator", &["XMP:Creator", "IPTC:By-line", "EXIF:Artist"]),
    ("credit", &["XMP:Credit", "IPTC:Credit"]),
    (
        "copyright",
        &["XMP:Rights", "IPTC:CopyrightNotice", "EXIF:Copyright"],
    ),
    ("source", &["XMP:Source", "IPTC:Source"]),
    ("alt", &["XMP:AltTextAccessibility"]),
];

/// What we do not read yet: XMP that goes on in further segments, and blocks that a PNG file carries as "raw profiles" or after
/// its pixels. A file that no longer differs is to be taken off this list.
const GAPS: &[&str] = &[
    "exiftool/ExtendedXMP.jpg",
    "exiftool/PNG.png",
    "exiv2/1343_exif.png",
    "image-rs/images-png-iptc.png",
];

/// A value as one text, blanks at its ends and doubled ones left out: they are what the two write differently.
fn said(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(all) => all.iter().filter_map(said).collect::<Vec<_>>().join(", "),
        _ => return None,
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// What our sandbox reads; none when it is no picture for us.
fn words(path: &Path) -> Option<Value> {
    let sandbox = Sandbox::new("picture")
        .within(Duration::from_secs(2))
        .refusals(REFUSALS);
    let mut facts = None;
    let order = json!({ "format": "jpg", "widths": [] });
    let outcome = sandbox.run(&order, Box::new(File::open(path).unwrap()), |frame| {
        facts = Some(serde_json::from_slice::<Value>(&frame).unwrap());
        Ok(())
    });
    outcome.ok().and(facts).map(|mut facts| facts["words"].take())
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            gather(&path, files);
        } else {
            files.push(path);
        }
    }
}
