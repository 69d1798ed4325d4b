//! How soon a story is found, with a newsroom's worth of them in the index. Run with
//! `cargo test --release -p search --lib -- --ignored --nocapture published_stories_are_found_soon`.

use super::*;

const PUBLISHED: usize = 200;

#[ignore = "a measurement, not a test: it takes a minute and prints figures"]
#[test]
fn published_stories_are_found_soon() {
    check_on(vec![Scratch::sqlite(&migrations())], async |room| {
        let stories: usize = std::env::var("STORIES").map_or(100_000, |count| count.parse().unwrap());
        let mut number = 0_u32;
        let mut text = || {
            let word = |n: u32| format!("w{} ", n.wrapping_mul(2_654_435_761) % 20_000);
            number += 1;
            (0..60).map(|at| word(number * 61 + at)).collect::<String>()
        };
        for _ in 0..stories / 500 {
            let batch: Vec<Draft> = (0..500)
                .map(|n| draft("en", &format!("Story {n}"), &text()))
                .collect();
            let publish = |tx: &mut base::Tx, draft: &Draft| {
                let story = Story::make(tx, draft.clone(), None, Why::Made)?;
                stories::publish(tx, &story.id, &Timing::default())
            };
            let made = tokio::task::block_in_place(|| room.app.db.write_each(batch, publish));
            made.unwrap().into_iter().for_each(|made| drop(made.unwrap()));
        }
        let index = Index::open(&room.folder).unwrap();
        let started = Instant::now();
        let _task = Follower(tokio::spawn(follow(
            room.app.clone(),
            room.app.hub.clone(),
            index.clone(),
        )));
        while index.position().is_none() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        println!("filled with {} stories in {:?}", index.len(), started.elapsed());
        let mut times = Vec::new();
        for n in 0..PUBLISHED {
            let word = format!("fresh{n}");
            room.publish(draft("en", &word, &text())).await;
            let answered = Instant::now();
            assert_eq!(room.find(&index, &word).await, std::slice::from_ref(&word));
            times.push(answered.elapsed());
            tokio::time::sleep(Duration::from_millis(if n % 50 == 49 { 1_000 } else { 20 })).await;
        }
        times.sort();
        println!(
            "publish answered → found: median {:?}, p90 {:?}, p99 {:?}, longest {:?}",
            times[PUBLISHED / 2],
            times[PUBLISHED * 9 / 10],
            times[PUBLISHED * 99 / 100],
            times[PUBLISHED - 1]
        );
        let started = Instant::now();
        for n in 0..200 {
            room.find(&index, &format!("w{n}")).await;
        }
        println!("a search: {:?}", started.elapsed() / 200);
    });
}
