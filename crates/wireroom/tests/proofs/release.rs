//! E5: the database's clock decides the moment of release; a node whose clock is wrong, or that dies at that moment, does not.

use crate::desk;
use crate::house::{Engine, House};
use crate::wire::Client;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Adds `SKEW` seconds to the wall clock of the process that loads it, and to nothing else.
const SKEWED: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include <sys/time.h>
int clock_gettime(clockid_t id, struct timespec *at) {
    static int (*own)(clockid_t, struct timespec *);
    if (!own) own = dlsym(RTLD_NEXT, "clock_gettime");
    int outcome = own(id, at);
    const char *skew = getenv("SKEW");
    if (outcome == 0 && id == CLOCK_REALTIME && skew) at->tv_sec += atol(skew);
    return outcome;
}
int gettimeofday(struct timeval *at, void *zone) {
    struct timespec now;
    int outcome = clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return outcome;
}
"#;

#[test]
fn a_node_whose_clock_is_wrong_releases_nothing_early_and_nothing_late() {
    // On SQLite the one process is the database, and its clock the database's clock.
    for skew_s in [3600, -3600] {
        let Some(engine) = Engine::postgres() else { return };
        let mut house = House::new(engine);
        let library = skewed_clock(house.data.parent().expect("a folder"));
        let own = [
            ("LD_PRELOAD", library.display().to_string()),
            ("SKEW", skew_s.to_string()),
        ];
        house
            .environment
            .extend(own.map(|(name, value)| (name.to_owned(), value)));
        house.start();
        let token = house.token("owner", "desk");
        let mut desk = house.client_of(&token);
        let said = house
            .client()
            .get("/healthz")
            .header("date")
            .expect("a date")
            .to_owned();
        let said = jiff::fmt::rfc2822::parse(&said)
            .expect("a date")
            .timestamp()
            .as_second();
        assert!(
            (said - now_ms() / 1000 - skew_s).abs() < 30,
            "the server's clock is not skewed"
        );
        for n in 0..5 {
            let (id, at) = schedule(&mut desk, n, 1_500);
            assert_eq!(
                watch(&mut house, &id, at),
                Release::InTime,
                "with a clock {skew_s} s ahead"
            );
        }
    }
}

#[test]
fn a_node_killed_at_the_moment_of_release_releases_once_and_not_early() {
    for engine in Engine::each() {
        let mut house = House::serving(engine);
        let token = house.token("owner", "desk");
        for n in 0..8 {
            let (id, at) = schedule(&mut house.client_of(&token), n, 1_000);
            // Killed from a second before to a second after, and started again.
            let pause = at - now_ms() - 900 + 250 * n;
            std::thread::sleep(Duration::from_millis(pause.max(0).cast_unsigned()));
            house.kill();
            house.start();
            assert_ne!(watch(&mut house, &id, at), Release::Early);
            let answer = house.client().get(&format!("/api/v1/stories/{id}"));
            assert_eq!(answer.json()["version"], 1, "released once");
            let told = house.client().get("/api/v1/newsfeed?edition=en&limit=100").json();
            let times = told["items"]
                .as_array()
                .expect("items")
                .iter()
                .filter(|item| item["id"] == id.as_str())
                .count();
            assert_eq!(times, 1);
        }
    }
}

#[derive(Debug, PartialEq)]
enum Release {
    Early,
    InTime,
    Late,
}

/// A story that is to be released in so many milliseconds; its id and the moment.
fn schedule(desk: &mut Client, n: i64, in_ms: i64) -> (String, i64) {
    let id = desk::make(desk, &desk::story(&format!("Release {n}"), "<p>Now.</p>"));
    let at = now_ms() + in_ms;
    let timing = json!({ "embargo_until": desk::moment_in(in_ms) });
    assert_eq!(desk::timed(desk, &id, &timing).status, 202);
    (id, at)
}

/// Asks for the story until it is there; then all surfaces must have it. A second is promised; a machine that is busy with
/// other tests is given five before the release counts as late.
fn watch(house: &mut House, id: &str, at: i64) -> Release {
    let mut public = house.client();
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let answer = public.get(&format!("/api/v1/stories/{id}"));
        let now = now_ms();
        if answer.status == 200 {
            let path = desk::path_of(answer.json()["url"].as_str().expect("a url"));
            for surface in ["/en/", "/en/news/", "/en/feed.rss", "/sitemap-news.xml", &path] {
                // The row is there a moment before the pages are dropped; a second is promised for all of them.
                while !public.get(surface).text().contains(id) {
                    assert!(now_ms() < now + 1_000, "{surface} has it not yet");
                    std::thread::sleep(Duration::from_millis(5));
                }
            }
            return if now < at - 5 {
                Release::Early
            } else if now > at + 5_000 {
                Release::Late
            } else {
                Release::InTime
            };
        }
        assert!(Instant::now() < end, "never released:\n{}", house.logged());
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn now_ms() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    i64::try_from(now.as_millis()).expect("before the year 292 million")
}

/// The clock as a library that the server loads before its own.
fn skewed_clock(folder: &Path) -> PathBuf {
    let (source, library) = (folder.join("skewed.c"), folder.join("skewed.so"));
    std::fs::write(&source, SKEWED).expect("the source");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(&source)
        .arg("-ldl")
        .status();
    assert!(built.expect("a C compiler").success());
    library
}
