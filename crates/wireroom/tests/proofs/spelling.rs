//! W8: however an address is spelt, it is the one address, leads to it, or is nothing; the check of who asks does not move.

use crate::crawl;
use crate::desk::{self, Chance};
use crate::house::{Engine, House};
use crate::wire::{Answer, Client};

const SPELLINGS: usize = 6_000;

#[test]
fn an_address_has_one_spelling() {
    let house = House::serving(Engine::Sqlite);
    let owner = house.token("owner", "desk");
    let (id, path) = desk::publish_new(
        &mut house.client_of(&owner),
        &desk::story("Spelt", "<p>Once.</p>"),
    );
    let mut client = house.client();
    let routes = crawl::table(&mut client);
    let reading = routes
        .iter()
        .filter(|route| route.method == "GET" && !route.path.ends_with("/live"));
    let targets: Vec<String> = reading
        .map(|route| route.filled(&crawl::values(&path, &id)))
        .collect();
    let straight: Vec<(String, Answer)> = targets
        .iter()
        .map(|target| (target.clone(), client.get(target)))
        .collect();
    let mut chance = Chance::of_run("spelling");
    let (mut same, mut led, mut none) = (0, 0, 0);
    for _ in 0..SPELLINGS {
        let (target, right) = chance.pick(&straight);
        let odd = misspelt(target, &mut chance);
        if odd == *target {
            continue;
        }
        let answer = client.get(&odd);
        match answer.status {
            301 | 302 | 308 => {
                let there = end_of(&mut client, &answer);
                let right = end_of(&mut client, right);
                let known = there.status == right.status || there.status == 404 || targets.contains(&odd);
                assert!(
                    known,
                    "{odd} leads to {} where {target} is {}",
                    there.status, right.status
                );
                led += 1;
            }
            400 | 404 | 405 | 410 | 414 => none += 1,
            // Another address may be hit by a changed letter: then who may read it is the same as for that address.
            status if status == right.status => same += 1,
            status => assert!(
                is_open(status, right),
                "{odd}: {status}, but {target} is {}",
                right.status
            ),
        }
        let private = right.status == 401;
        assert!(
            !private || matches!(answer.status, 301 | 308 | 400 | 401 | 404 | 405),
            "{odd} is {} to nobody",
            answer.status
        );
        let echo = answer
            .header("content-type")
            .is_some_and(|kind| kind.contains("html"))
            && answer.text().contains("<script>alert");
        assert!(!echo, "{odd} is repeated in the page");
    }
    println!("{same} same, {led} led there, {none} nothing");
    assert!(led > 200 && none > 1_000, "{same} {led} {none}");
}

/// A public page where another public page was meant.
fn is_open(status: u16, right: &Answer) -> bool {
    right.status != 401 && matches!(status, 200 | 404 | 422)
}

fn end_of(client: &mut Client, answer: &Answer) -> Answer {
    let mut answer = answer.clone();
    for _ in 0..4 {
        let Some(location) = answer.header("location").map(str::to_owned) else {
            return answer;
        };
        assert!(
            location.starts_with('/') && !location.starts_with("//"),
            "leads off the site: {location}"
        );
        answer = client.get(&location);
    }
    panic!("more than four redirects");
}

/// Another spelling of the same address, or nearly.
fn misspelt(target: &str, chance: &mut Chance) -> String {
    let characters: Vec<char> = target.chars().collect();
    let at = chance.below(characters.len() as u64) as usize;
    let (before, after): (String, String) = (
        characters[..at].iter().collect(),
        characters[at..].iter().collect(),
    );
    let here = characters[at];
    let rest: String = characters[at + 1..].iter().collect();
    match chance.below(14) {
        0 => format!("{before}%{:02X}{rest}", u32::from(here) & 0xFF),
        1 => format!("{before}%{:02x}{rest}", u32::from(here) & 0xFF),
        2 => format!("{before}%25{:02x}{rest}", u32::from(here) & 0xFF),
        3 => format!("{before}{}{rest}", here.to_ascii_uppercase()),
        4 => target.replacen('/', "//", 1 + at % 3),
        5 => format!("{before}/./{after}"),
        6 => format!("{before}/x/../{after}"),
        7 => format!("{before}%2e%2e%2f{after}"),
        8 => format!("{before};a=b{after}"),
        9 => format!("{before}\\{after}"),
        10 => format!("{before}%E2%80%AE{after}"),
        11 => format!("{before}%C0%AF{after}"),
        12 => format!("{before}%3Cscript%3Ealert(1)%3C/script%3E{after}"),
        _ => match target.strip_suffix('/') {
            Some(bare) => bare.to_owned(),
            None => format!("{target}/"),
        },
    }
}
