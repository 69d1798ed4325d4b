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
        let (index, _follower) = room.follow().await;
        let (epoch, seq) = index.position().unwrap();
        let started = Instant::now();
        for _ in 0..stories / 500 {
            let passage = |_| following::passage(&text());
            let batch = (0..500)
                .map(passage)
                .map(|passage| Change::Put(Box::new(passage)));
            let (index, epoch, batch) = (index.clone(), epoch.clone(), batch.collect());
            tokio::task::block_in_place(|| index.apply(batch, &epoch, seq)).unwrap();
        }
        println!("filled with {} stories in {:?}", index.len(), started.elapsed());
        let mut times = Vec::new();
        for n in 0..PUBLISHED {
            let word = format!("fresh{n}");
            room.publish(draft("en", &word, &text())).await;
            let answered = Instant::now();
            assert_eq!(room.find(&index, &word).await, [word.as_str()]);
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
