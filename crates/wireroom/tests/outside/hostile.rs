//! Exports made to hurt: refused by name, in bounded time and memory, and the next command finds everything whole.

use super::house::{Newsroom, Report};
use std::io::{Read, Write};
use std::process::Stdio;

/// Runs an import and gives its report and the most memory it had, in KiB.
fn weighed(house: &Newsroom, format: &str, file: &str) -> (Report, u64) {
    let mut child = house
        .command(&["import", format, file, "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut most = 0;
    let status = loop {
        let text = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let peak = text.lines().find_map(|line| {
            line.strip_prefix("VmHWM:")?
                .trim()
                .strip_suffix(" kB")?
                .parse()
                .ok()
        });
        most = most.max(peak.unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    let (mut out, mut err) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    let ran = super::house::Ran {
        code: status.code().unwrap_or(-1),
        out,
        err,
    };
    (Report::of(&ran), most)
}

fn good(id: &str) -> Vec<u8> {
    format!("{{\"id\":\"{id}\",\"lang\":\"en\",\"title\":\"T{id}\",\"date\":\"2020-01-01\",\"body_text\":\"x\"}}\n").into_bytes()
}

fn squeezed(mut write: impl FnMut(&mut dyn Write)) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    write(&mut gzip);
    gzip.finish().unwrap()
}

/// The first line is good, the rest hurts: the good one is taken, the rest refused for the reason.
fn hurts(name: &str, bytes: Vec<u8>, reason: &str) {
    let house = Newsroom::on_sqlite();
    house.file(name, bytes);
    let (report, kib) = weighed(&house, "jsonl", name);
    assert_eq!((report.code, report.made), (1, 1), "{name}: {report:?}");
    let said = report.not_taken.iter().any(|(item, why)| {
        why.contains(reason) && (item.contains("line") || why.contains("line") || item == "(the file)")
    });
    assert!(
        said,
        "{name}: {:?}",
        &report.not_taken[..report.not_taken.len().min(3)]
    );
    assert!(kib < 256 << 10, "{name}: {kib} KiB");
    let again = house.import("jsonl", &house.beside(name), &[]);
    assert_eq!((again.made, again.unchanged), (0, 1), "{name}");
}

#[test]
fn a_gigabyte_of_spaces_is_no_export() {
    // A gzip file may have many members, so one megabyte of spaces is squeezed once and repeated.
    let good = squeezed(|gzip| gzip.write_all(&good("1")).unwrap());
    let spaces = squeezed(|gzip| gzip.write_all(&vec![b' '; 1 << 20]).unwrap());
    let bomb = [good, spaces.repeat(1024)].concat();
    hurts("spaces.jsonl.gz", bomb, "grows to more than 200 times its size");
}

#[test]
fn a_line_of_a_hundred_megabytes_is_passed_over() {
    let mut bytes = good("1");
    bytes.extend_from_slice(b"{\"id\":\"2\",\"body_text\":\"");
    bytes.resize(100 << 20, b'x');
    bytes.extend_from_slice(b"\"}\n");
    hurts("long.jsonl", bytes, "longer than");
}

#[test]
fn what_is_no_text_is_named_by_its_line() {
    hurts(
        "utf8.jsonl",
        [good("1"), b"{\"id\":\"\xFF\xFE\"}\n".to_vec()].concat(),
        "utf-8",
    );
    hurts(
        "surrogate.jsonl",
        [
            good("1"),
            br#"{"id":"2","lang":"en","title":"\ud800","body_text":"x"}"#.to_vec(),
        ]
        .concat(),
        "hex escape",
    );
    hurts(
        "deep.jsonl",
        [good("1"), b"[".repeat(1 << 20)].concat(),
        "recursion limit",
    );
}

#[test]
fn a_cut_gzip_gives_what_was_whole() {
    // Noise does not shrink, so the cut falls behind the good line.
    let whole = squeezed(|gzip| {
        gzip.write_all(&good("1")).unwrap();
        let noise: Vec<u8> = (0..200_000_u32)
            .map(|n| b'a' + (n.wrapping_mul(2_654_435_761) >> 13) as u8 % 26)
            .collect();
        gzip.write_all(&noise).unwrap();
    });
    hurts("cut.jsonl.gz", whole[..whole.len() / 2].to_vec(), "io.read");
}

#[test]
fn a_nul_in_a_text_is_taken_without_it() {
    let house = Newsroom::on_sqlite();
    let nul = br#"{"id":"1","lang":"en","title":"A\u0000B","date":"2020-01-01","body_text":"x\u0000y"}"#;
    assert_eq!(house.import("jsonl", &house.file("nul.jsonl", nul), &[]).made, 1);
    let serving = house.serve(&[]);
    assert_eq!(serving.stories("en")[0]["headline"], "A B");
}

#[test]
fn entity_and_depth_bombs_are_refused_by_name() {
    let house = Newsroom::on_sqlite();
    let levels: String = (1..10)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect();
    house.file(
        "laughs.xml",
        format!("<!DOCTYPE rss [<!ENTITY l0 \"lol\">{levels}]><rss><channel>&l9;</channel></rss>"),
    );
    house.file("deep.xml", format!("<rss><channel>{}", "<a>".repeat(1 << 20)));
    for (file, reason) in [("laughs.xml", "xml.doctype"), ("deep.xml", "xml.too_deep")] {
        let (report, kib) = weighed(&house, "wxr", file);
        assert_eq!((report.code, report.made), (1, 0), "{file}");
        assert!(report.not_taken[0].1.contains(reason), "{file}: {report:?}");
        assert!(kib < 256 << 10, "{file}: {kib} KiB");
    }
    house.file("deep.json", "[".repeat(8 << 20));
    let (report, kib) = weighed(&house, "ghost", "deep.json");
    assert_eq!((report.code, report.made), (1, 0), "{report:?}");
    assert!(kib < 256 << 10, "{kib} KiB");
}
