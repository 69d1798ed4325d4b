//! A4 and A5: nothing tells who has an account here, and nobody guesses their way into one.

use super::house::{Answer, House, PASSWORD, on_each_engine, on_sqlite};
use crate::Person;
use http::header::{DATE, HeaderMap};
use lexicon::{At, Role};

/// An answer without what is different in every answer, and without what the person typed.
fn essence(answer: &Answer, typed: &str) -> (u16, HeaderMap, String) {
    let mut headers = answer.headers.clone();
    headers.remove("x-request-id");
    headers.remove(DATE);
    (answer.status.as_u16(), headers, answer.text().replace(typed, "…"))
}

#[test]
fn whether_an_account_exists_shows_in_no_byte_and_in_no_work() {
    on_each_engine(async |house| {
        house.add("ruth@news.example", Role::Editor).await;
        house.add("olga@news.example", Role::Owner).await;
        let gone = house.add("gone@news.example", Role::Editor).await;
        house
            .app
            .db
            .write(move |tx| Person::end(tx, &gone.id, None))
            .await
            .unwrap();
        let add = |tx: &mut base::Tx| Person::add(tx, "newp@news.example", "New", Role::Photo, None);
        house.app.db.write(add).await.unwrap();
        // All of one length, since the form gives back what was typed.
        let asked = [
            "ruth@news.example",
            "olga@news.example",
            "gone@news.example",
            "newp@news.example",
            "noby@news.example",
        ];
        for round in 0..200 {
            let mut seen = Vec::new();
            for (n, email) in asked.into_iter().enumerate() {
                let mut browser = house.browser();
                browser.address = [10, 0, round, n as u8].into();
                let before = house.people.hashing.done();
                let answer = browser.sign_in(email, "a barge in the mist").await;
                let typed = serde_json::to_string(email).unwrap();
                seen.push((
                    essence(&answer, &typed),
                    house.people.hashing.done() - before,
                    browser.jar.len(),
                ));
            }
            assert!(seen.iter().all(|one| *one == seen[0]), "round {round}: {seen:#?}");
            house.pass(if round < 20 { 1 } else { 1800 });
        }
    });
}

#[test]
fn the_answer_to_a_wrong_password_says_which_of_both_is_wrong_of_neither() {
    on_sqlite(async |house| {
        house.add("ruth@news.example", Role::Editor).await;
        let answer = house
            .browser()
            .sign_in("ruth@news.example", "a barge in the mist")
            .await;
        assert_eq!(
            (answer.status.as_u16(), answer.wrong("form").as_str()),
            (422, "wrong-sign-in")
        );
        assert_eq!(
            answer.json()["form"]["values"],
            serde_json::json!({"email": "ruth@news.example"})
        );
        assert!(!answer.text().contains("mist"));
    });
}

/// Guesses at an account, each from a network of its own, forty at a time and spread over a day. Gives how many were checked.
async fn flood(house: &House, email: &'static str, guesses: u32) -> u64 {
    let before = house.people.hashing.done();
    for burst in 0..guesses / 40 {
        let guess = |n: u32| {
            let mut browser = house.browser();
            browser.address = std::net::Ipv4Addr::from(0x0a00_0000 + burst * 40 + n).into();
            tokio::spawn(async move { browser.sign_in(email, &format!("guess number {n}")).await })
        };
        let tasks: Vec<_> = (0..40).map(guess).collect();
        for task in tasks {
            let answer = task.await.unwrap();
            assert!([422, 429].contains(&answer.status.as_u16()), "{}", answer.text());
            assert_eq!(answer.status == 429, !answer.header("retry-after").is_empty());
        }
        house.app.clock.advance(At::DAY / i64::from(guesses / 40));
    }
    house.people.hashing.done() - before
}

#[test]
fn ten_thousand_guesses_from_ten_thousand_networks_are_hardly_ever_checked() {
    on_sqlite(async |house| {
        let (_, mut known, secret) = house.staff("olga@news.example", Role::Owner).await;
        let checked = flood(&house, "olga@news.example", 10_000).await;
        assert!((10..=100).contains(&checked), "{checked} were checked in a day");
        // In a browser that she used before, the owner gets in while the flood goes on.
        known.post("/sign-out", &[]).await;
        assert_eq!(
            known.sign_in("olga@news.example", PASSWORD).await.location(),
            "/sign-in/code"
        );
        assert_eq!(known.code(&house.code(&secret)).await.location(), "/desk/");
        // Elsewhere she waits as long as she is told, which is never more than half an hour.
        let mut elsewhere = house.browser();
        let told = elsewhere.sign_in("olga@news.example", PASSWORD).await;
        if told.status == 429 {
            let seconds: i64 = told.header("retry-after").parse().unwrap();
            assert!(seconds <= 1801, "{seconds}");
            house.pass(seconds);
        }
        assert_eq!(
            elsewhere.sign_in("olga@news.example", PASSWORD).await.location(),
            "/sign-in/code"
        );
    });
}

#[test]
fn a_flood_on_both_engines_stops_at_the_free_guesses() {
    on_each_engine(async |house| {
        house.add("ruth@news.example", Role::Editor).await;
        let before = house.people.hashing.done();
        let guess = |n: u8| {
            let mut browser = house.browser();
            browser.address = [10, 1, 1, n].into();
            tokio::spawn(async move {
                browser
                    .sign_in("RUTH@news.example", "a barge in the mist")
                    .await
                    .status
                    .as_u16()
            })
        };
        let tasks: Vec<_> = (0..50).map(guess).collect();
        for task in tasks {
            task.await.unwrap();
        }
        let checked = house.people.hashing.done() - before;
        assert_eq!(
            checked,
            crate::limits::ACCOUNT.free.unsigned_abs(),
            "of fifty at once"
        );
    });
}

#[test]
fn a_browser_known_to_one_is_a_stranger_to_another() {
    on_each_engine(async |house| {
        let (_, known, _) = house.staff("max@news.example", Role::Editor).await;
        house.add("olga@news.example", Role::Owner).await;
        let before = house.people.hashing.done();
        for n in 0..40 {
            let mut browser = known.clone();
            browser.address = [10, 2, 1, n].into();
            browser.sign_in("olga@news.example", "a barge in the mist").await;
        }
        assert_eq!(
            house.people.hashing.done() - before,
            crate::limits::ACCOUNT.free.unsigned_abs()
        );
    });
}

#[test]
fn codes_are_not_guessed_either() {
    on_sqlite(async |house| {
        let (_, _, secret) = house.staff("ruth@news.example", Role::Editor).await;
        let (mut checked, end) = (0, house.app.clock.now().plus(At::DAY));
        let mut browser = house.browser();
        while house.app.clock.now() < end {
            let answer = browser.code("000000").await;
            match answer.status.as_u16() {
                422 => checked += 1,
                429 => house.pass(answer.header("retry-after").parse().unwrap()),
                _ => {
                    // Whoever guesses codes has the password: it is given back each time and never counts.
                    assert_eq!(
                        browser.sign_in("ruth@news.example", PASSWORD).await.location(),
                        "/sign-in/code"
                    );
                }
            }
        }
        assert!((10..=100).contains(&checked), "{checked}");
        house.pass(1801);
        browser.sign_in("ruth@news.example", PASSWORD).await;
        assert_eq!(browser.code(&house.code(&secret)).await.location(), "/desk/");
    });
}

#[test]
fn the_front_door_slows_one_network_down_before_all_that() {
    on_sqlite(async |house| {
        house.add("ruth@news.example", Role::Editor).await;
        let mut browser = house.browser();
        browser.router = house.limited();
        let mut statuses = Vec::new();
        for n in 0..12 {
            statuses.push(
                browser
                    .sign_in(&format!("somebody-{n}@news.example"), "a barge in the mist")
                    .await
                    .status
                    .as_u16(),
            );
        }
        assert_eq!(
            (&statuses[..10], &statuses[10..]),
            (&[422; 10][..], &[429; 2][..])
        );
    });
}
