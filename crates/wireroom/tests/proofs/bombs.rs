//! F3: XML that explodes, nests, or points elsewhere, as a WordPress export: refused soon, small, and nothing is fetched.

use crate::house::{Engine, House};
use std::fmt::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What one import may grow by.
const GROWTH_KIB: u64 = 64 << 10;
const SOON: Duration = Duration::from_secs(2);

#[test]
fn xml_bombs_are_refused_soon_and_small_and_fetch_nothing() {
    let house = House::serving(Engine::Sqlite);
    let (trap, hits) = trap();
    // As large as the bombs, so that what is measured is what they make of it.
    let filler = format!("<title>Usual</title><!--{}-->", "-x".repeat(2_000_000));
    let usual = import(&house, "usual", &export("", &filler));
    assert!(usual.report["made"] == 1, "{}", usual.report);
    for (name, text) in bombs(trap) {
        let outcome = import(&house, name, &text);
        println!(
            "{name}: {} ms, {} KiB more, {}",
            outcome.took.as_millis(),
            outcome.peak_kib.saturating_sub(usual.peak_kib),
            outcome.report
        );
        let refused = outcome.report["not_taken"].as_array().is_some_and(|items| {
            items
                .iter()
                .all(|item| item["reason"].as_str().is_some_and(|reason| !reason.is_empty()))
        });
        assert!(refused, "{name}: {}", outcome.report);
        let by_doctype = outcome.text.contains("xml.doctype");
        assert_eq!(
            by_doctype,
            text.contains("<!DOCTYPE"),
            "{name}: {}",
            outcome.report
        );
        let sum = |word: &str| outcome.report[word].as_u64().unwrap_or(0);
        assert_eq!(
            sum("read"),
            sum("made")
                + sum("unchanged")
                + outcome.report["not_taken"].as_array().map_or(0, Vec::len) as u64,
            "{name}"
        );
        // A machine that does other things meanwhile is given twice the time.
        assert!(outcome.took < 2 * SOON, "{name} took {:?}", outcome.took);
        assert!(
            outcome.peak_kib < usual.peak_kib + GROWTH_KIB,
            "{name} grew by {} KiB",
            outcome.peak_kib - usual.peak_kib
        );
        assert!(!outcome.text.contains("root:x:0"), "{name} read a file");
    }
    assert_eq!(hits.load(Ordering::SeqCst), 0, "something was fetched");
    let list = house.client().get("/healthz");
    assert_eq!(list.status, 200);
}

struct Outcome {
    report: serde_json::Value,
    text: String,
    took: Duration,
    /// The highest memory of the server process so far; commands run in it or in children of it.
    peak_kib: u64,
}

fn import(house: &House, name: &str, text: &str) -> Outcome {
    let file = house.data.join(format!("{name}.xml"));
    std::fs::write(&file, text).expect("the file");
    let watch = Watch::start(house.pid());
    let began = Instant::now();
    let output = house.try_run(
        &[
            "import",
            "wxr",
            &file.to_string_lossy(),
            "--edition",
            "en",
            "--section",
            "news",
            "--json",
        ],
        "",
    );
    let took = began.elapsed();
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let report = out
        .lines()
        .last()
        .and_then(|line| serde_json::from_str(line).ok())
        .unwrap_or_default();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{name} ended with {:?}: {told}",
        output.status
    );
    Outcome {
        report,
        text: out + &told,
        took,
        peak_kib: watch.end(),
    }
}

/// Adds up the memory of a process and its children while it runs.
struct Watch {
    stop: Arc<std::sync::atomic::AtomicBool>,
    thread: std::thread::JoinHandle<u64>,
}

impl Watch {
    fn start(pid: u32) -> Self {
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let end = stop.clone();
        let thread = std::thread::spawn(move || {
            let mut peak = 0;
            while !end.load(Ordering::SeqCst) {
                peak = peak.max(resident_kib(pid));
                std::thread::sleep(Duration::from_millis(2));
            }
            peak
        });
        Self { stop, thread }
    }

    fn end(self) -> u64 {
        self.stop.store(true, Ordering::SeqCst);
        self.thread.join().expect("the watch")
    }
}

fn resident_kib(pid: u32) -> u64 {
    // The proportional size: what parent and child share at a fork counts once.
    // What is made of the input; pages of the program's own file are the kernel's to give and take.
    let own = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let own = own.lines().find_map(|line| line.strip_prefix("Pss_Anon:"));
    let own: u64 = own
        .and_then(|text| text.trim().trim_end_matches("kB").trim().parse().ok())
        .unwrap_or(0);
    let mut all = own;
    for task in std::fs::read_dir(format!("/proc/{pid}/task"))
        .into_iter()
        .flatten()
        .flatten()
    {
        let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        all += children
            .split_whitespace()
            .filter_map(|child| child.parse().ok())
            .map(resident_kib)
            .sum::<u64>();
    }
    all
}

/// A listener that nobody may call.
fn trap() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a trap");
    let (port, hits) = (
        listener.local_addr().expect("an address").port(),
        Arc::new(AtomicUsize::new(0)),
    );
    let count = hits.clone();
    std::thread::spawn(move || {
        for _ in listener.incoming() {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    (port, hits)
}

fn export(doctype: &str, item: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{doctype}<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:wp=\"http://wordpress.org/export/1.2/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Old</title>\
         <link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version><item>{item}<link>https://old.example/1</link>\
         <wp:post_id>7</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>\
         <wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt><content:encoded><![CDATA[<p>Text.</p>]]></content:encoded></item></channel></rss>"
    )
}

fn bombs(trap: u16) -> Vec<(&'static str, String)> {
    let mut laughs = String::from("<!DOCTYPE rss [<!ENTITY a0 \"ha\">");
    for n in 1..30 {
        let _ = write!(
            laughs,
            "<!ENTITY a{n} \"{}\">",
            format!("&a{};", n - 1).repeat(10)
        );
    }
    laughs += "]>\n";
    let blowup = format!("<!DOCTYPE rss [<!ENTITY a \"{}\">]>\n", "x".repeat(100_000));
    let from = |system: &str| format!("<!DOCTYPE rss [<!ENTITY x SYSTEM \"{system}\">]>\n");
    let attributes = (0..200_000).fold(String::new(), |mut all, n| {
        let _ = write!(all, " a{n}=\"1\"");
        all
    });
    let namespaces = (0..50_000).fold(String::new(), |mut all, n| {
        let _ = write!(all, " xmlns:n{n}=\"urn:{n}\"");
        all
    });
    vec![
        ("billion laughs", export(&laughs, "<title>&a29;</title>")),
        (
            "quadratic blow-up",
            export(&blowup, &format!("<title>{}</title>", "&a;".repeat(10_000))),
        ),
        (
            "external entity over http",
            export(&from(&format!("http://127.0.0.1:{trap}/x")), "<title>&x;</title>"),
        ),
        (
            "external entity of a file",
            export(&from("file:///etc/passwd"), "<title>&x;</title>"),
        ),
        (
            "external subset",
            export(
                &format!("<!DOCTYPE rss SYSTEM \"http://127.0.0.1:{trap}/x.dtd\">\n"),
                "<title>T</title>",
            ),
        ),
        (
            "parameter entity",
            export(
                &format!("<!DOCTYPE rss [<!ENTITY % p SYSTEM \"http://127.0.0.1:{trap}/p\"> %p;]>\n"),
                "<title>T</title>",
            ),
        ),
        (
            "itself within itself",
            export(
                "<!DOCTYPE rss [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]>\n",
                "<title>&a;</title>",
            ),
        ),
        (
            "deep",
            export("", &("<d>".repeat(500_000) + &"</d>".repeat(500_000))),
        ),
        ("deep and never closed", export("", &"<d>".repeat(1_000_000))),
        ("attributes", export("", &format!("<title{attributes}>T</title>"))),
        ("namespaces", export("", &format!("<title{namespaces}>T</title>"))),
        (
            "one long name",
            export("", &format!("<{0}>T</{0}>", "n".repeat(5_000_000))),
        ),
        (
            "one long comment",
            export("", &format!("<!--{}--><title>T</title>", "c".repeat(20_000_000))),
        ),
        (
            "stylesheet",
            export(
                &format!("<?xml-stylesheet href=\"http://127.0.0.1:{trap}/s.xsl\"?>\n"),
                "<title>&undefined;</title>",
            ),
        ),
        (
            "include",
            export(
                "",
                &format!(
                    "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"http://127.0.0.1:{trap}/i\"/><title>T</title>"
                ),
            ),
        ),
    ]
}
