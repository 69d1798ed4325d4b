//! A1: a link works once, for whom it was made, and nothing in the request makes it another's.

use super::house::{Browser, House, ORIGIN, PASSWORD, call, form, on_each_engine};
use crate::limits::{INVITATION, RESET_LINK, SETUP_LINK};
use crate::link::{Kind, Link};
use crate::{Person, Setup};
use bytes::Bytes;
use http::{Method, Request};
use lexicon::{At, PersonId, Role};

const OTHER: &str = "another barge in the fog";

fn owner(key: &str) -> [(&str, &str); 4] {
    [
        ("token", key),
        ("name", "Ruth Ellin"),
        ("email", "ruth@news.example"),
        ("password", PASSWORD),
    ]
}

async fn link(house: &House, kind: Kind, person: &Person) -> String {
    let person = person.clone();
    house
        .app
        .db
        .write(move |tx| Link::make(tx, kind, Some(&person), None))
        .await
        .unwrap()
}

async fn everybody(house: &House) -> Vec<Person> {
    house.app.db.read(|read| Person::all(read)).await.unwrap()
}

/// Whether this password gets the person to their code.
async fn fits(house: &House, email: &str, password: &str) -> bool {
    house.browser().sign_in(email, password).await.location() == "/sign-in/code"
}

#[test]
fn the_first_visitor_with_the_link_becomes_the_owner_and_nobody_after() {
    on_each_engine(async |house| {
        let (key, second) = (house.setup_key().await, house.setup_key().await);
        let mut browser = house.browser();
        assert_eq!(
            browser.get(&format!("/setup?key={key}")).await.json()["page"],
            "setup"
        );
        let made = browser.post("/setup", &owner(&key)).await;
        assert_eq!(
            (made.status.as_u16(), made.location()),
            (303, "/sign-in/code"),
            "{}",
            made.text()
        );
        assert_eq!(everybody(&house).await[0].role, Role::Owner);
        // The password alone opens nothing; the second factor comes first.
        assert_eq!(browser.me().await, 401);
        let secret = browser.get("/sign-in/code").await.secret();
        assert_eq!(browser.code(&house.code(&secret)).await.status, 200);
        assert_eq!(browser.me().await, 200);
        for key in [&key, &second] {
            let shown = browser.get(&format!("/setup?key={key}")).await;
            assert_eq!(
                (shown.status.as_u16(), shown.json()["why"]["key"].as_str()),
                (410, Some("link-used"))
            );
            let again = browser.post("/setup", &owner(key)).await;
            assert_eq!(again.status, 410, "{}", again.text());
        }
        assert_eq!(everybody(&house).await.len(), 1);
        assert!(Setup::link(&house.app.db).await.unwrap().is_none());
    });
}

#[test]
fn a_set_up_link_is_dead_once_there_is_an_owner_from_elsewhere() {
    on_each_engine(async |house| {
        let key = house.setup_key().await;
        house.add("olga@news.example", Role::Owner).await;
        let refused = house.browser().post("/setup", &owner(&key)).await;
        assert_eq!(
            (refused.status.as_u16(), refused.json()["why"]["key"].as_str()),
            (410, Some("link-has-owner"))
        );
    });
}

#[test]
fn mistakes_are_shown_in_place_and_what_was_typed_is_kept() {
    on_each_engine(async |house| {
        let key = house.setup_key().await;
        let wrong = [
            ("email", "ruth", "wrong-email"),
            ("name", " ", "wrong-name"),
            ("password", "elevenchars", "wrong-password-short"),
            ("password", "ruth@news.example", "wrong-password-common"),
        ];
        for (field, typed, words) in wrong {
            let mut sent = owner(&key);
            sent.iter_mut()
                .filter(|(name, _)| *name == field)
                .for_each(|pair| pair.1 = typed);
            let answer = house.browser().post("/setup", &sent).await;
            assert_eq!(
                (answer.status.as_u16(), answer.wrong(field).as_str()),
                (422, words),
                "{}",
                answer.text()
            );
            let form = &answer.json()["form"];
            assert_eq!(
                (form["token"].as_str(), form["values"]["password"].as_str()),
                (Some(key.as_str()), None)
            );
            assert_eq!(form["values"]["email"], sent[2].1);
        }
        assert!(everybody(&house).await.is_empty());
    });
}

#[test]
fn a_body_that_means_two_things_is_refused_and_uses_nothing_up() {
    on_each_engine(async |house| {
        let key = house.setup_key().await;
        let plain = form(&owner(&key));
        let twisted = [
            format!("{plain}&email=evil%40evil.example"),
            plain.replace("email=", "email[]="),
            plain.replace("email=", "email%5B%5D="),
            plain.replace("email=", "email[0]="),
            plain.replace("email=", "Email="),
            format!("{plain}&token={key}"),
            format!("{plain}&role=owner"),
            plain.replace("token=", "key="),
            plain.replace(
                "ruth%40news.example",
                "ruth%40news.example%0D%0ABcc%3A+evil%40evil.example",
            ),
            plain.replace("ruth%40news.example", "ruth%40news.example%2Cevil%40evil.example"),
            plain.replace("ruth%40news.example", "ruth%40news.example%00"),
            plain.replace("ruth%40news.example", "ruth%40news.example+evil%40evil.example"),
            plain.replace(&key, &key.to_uppercase()),
            plain.replace(&key, &format!("{key}%00")),
            plain.replace(&key, &format!("{key}+")),
            plain.replace(&key, ""),
        ];
        for body in &twisted {
            let answer = house.browser().post_body("/setup", body).await;
            assert!(
                [404, 422].contains(&answer.status.as_u16()),
                "{body}: {}",
                answer.text()
            );
        }
        let json = serde_json::json!({"token": key, "name": "R", "email": ["ruth@news.example", "evil@evil.example"], "password": PASSWORD});
        let request = Request::post("/setup")
            .header("content-type", "application/json")
            .header("origin", ORIGIN);
        assert_eq!(
            house
                .browser()
                .send(request, Bytes::from(json.to_string()))
                .await
                .status,
            415
        );
        assert!(everybody(&house).await.is_empty());
        assert_eq!(
            house.browser().post_body("/setup", &plain).await.status,
            303,
            "the link was not used up"
        );
    });
}

#[test]
fn the_address_that_is_typed_decides_nothing() {
    on_each_engine(async |house| {
        let (owner, victim) = (
            house.add("olga@news.example", Role::Owner).await,
            house.add("ruth@news.example", Role::Editor).await,
        );
        assert!(fits(&house, &owner.email, PASSWORD).await);
        for typed in [
            "olga@news.example",
            "OLGA@news.example",
            "ol\u{212a}a@news.example",
            "ruth@news.example,olga@news.example",
            "",
        ] {
            let key = link(&house, Kind::Reset, &victim).await;
            let sent = [("token", key.as_str()), ("email", typed), ("password", OTHER)];
            let answer = house.browser().post("/reset", &sent).await;
            assert_eq!(answer.status, 303, "{typed}: {}", answer.text());
            assert!(
                fits(&house, &owner.email, PASSWORD).await,
                "{typed}: the owner's password is another"
            );
            assert!(fits(&house, &victim.email, OTHER).await, "{typed}");
        }
        let key = link(&house, Kind::Reset, &victim).await;
        let doubled = format!("token={key}&email=ruth%40news.example&email=olga%40news.example&password=x");
        assert_eq!(house.browser().post_body("/reset", &doubled).await.status, 422);
    });
}

#[test]
fn links_name_our_own_address_whatever_the_request_says_of_its_host() {
    on_each_engine(async |house| {
        let owner = house.add("olga@news.example", Role::Owner).await;
        let token = house.token(&owner.id).await;
        let body = r#"{"email":"max@news.example","name":"Max","role":"reporter"}"#;
        let made = call(&house.router, Method::POST, "/api/v1/desk/people", &token, body).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let said = made.json();
        let key = said["link"]
            .as_str()
            .unwrap()
            .strip_prefix("https://news.example/invitation?key=")
            .unwrap()
            .to_owned();
        let mut browser = house.browser();
        let request = Request::get(format!("/invitation?key={key}"))
            .header("host", "evil.example")
            .header("x-forwarded-host", "evil.example")
            .header("forwarded", "host=evil.example");
        let shown = browser.send(request, Bytes::new()).await;
        assert_eq!(shown.json()["form"]["values"]["email"], "max@news.example");
        assert!(!shown.text().contains("evil"), "{}", shown.text());
        assert_eq!(shown.header("referrer-policy"), "same-origin");
        let sent = [("token", key.as_str()), ("password", OTHER)];
        let request = Request::post("/invitation")
            .header("content-type", super::house::FORM)
            .header("origin", ORIGIN)
            .header("x-forwarded-host", "evil.example");
        let taken = browser.send(request, Bytes::from(form(&sent))).await;
        assert_eq!((taken.status.as_u16(), taken.location()), (303, "/sign-in/code"));
        assert!(fits(&house, "max@news.example", OTHER).await);
    });
}

#[test]
fn of_fifty_who_use_a_link_at_once_one_gets_in() {
    on_each_engine(async |house| {
        let key = house.setup_key().await;
        let visit = |n: usize| {
            let (mut browser, key) = (house.browser(), key.clone());
            tokio::spawn(async move {
                let email = format!("visitor-{n}@news.example");
                let mut sent = owner(&key);
                sent[2].1 = &email;
                browser.post("/setup", &sent).await.status.as_u16()
            })
        };
        let statuses = all((0..50).map(visit)).await;
        assert_eq!(
            statuses.iter().filter(|status| **status == 303).count(),
            1,
            "{statuses:?}"
        );
        assert!(
            statuses.iter().all(|status| [303, 410].contains(status)),
            "{statuses:?}"
        );
        assert_eq!(everybody(&house).await.len(), 1);

        let person = everybody(&house).await.remove(0);
        let key = link(&house, Kind::Reset, &person).await;
        let visit = |n: usize| {
            let (mut browser, key): (Browser, _) = (house.browser(), key.clone());
            let password = format!("a barge in the fog, number {n}");
            tokio::spawn(async move {
                browser
                    .post("/reset", &[("token", &key), ("password", &password)])
                    .await
                    .status
                    .as_u16()
            })
        };
        let statuses = all((0..50).map(visit)).await;
        assert_eq!(
            statuses.iter().filter(|status| **status == 303).count(),
            1,
            "{statuses:?}"
        );
    });
}

async fn all(tasks: impl Iterator<Item = tokio::task::JoinHandle<u16>>) -> Vec<u16> {
    let tasks: Vec<_> = tasks.collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.unwrap());
    }
    statuses
}

#[test]
fn a_link_ends_in_time_and_is_of_one_kind() {
    on_each_engine(async |house| {
        let key = house.setup_key().await;
        house.app.clock.advance(SETUP_LINK);
        let late = house.browser().get(&format!("/setup?key={key}")).await;
        assert_eq!(
            (late.status.as_u16(), late.json()["why"]["key"].as_str()),
            (410, Some("link-expired"))
        );
        let person = house.add("ruth@news.example", Role::Editor).await;
        for (kind, lasts, other) in [
            (Kind::Invitation, INVITATION, Kind::Reset),
            (Kind::Reset, RESET_LINK, Kind::Invitation),
        ] {
            let key = link(&house, kind, &person).await;
            let status = async |kind: Kind| {
                house
                    .browser()
                    .get(&format!("{}?key={key}", kind.path()))
                    .await
                    .status
                    .as_u16()
            };
            assert_eq!(
                (status(kind).await, status(other).await, status(Kind::Setup).await),
                (200, 404, 404)
            );
            house.app.clock.advance(lasts - At::SECOND);
            assert_eq!(status(kind).await, 200);
            house.app.clock.advance(At::SECOND);
            assert_eq!(status(kind).await, 410);
        }
        let (first, second) = (
            link(&house, Kind::Reset, &person).await,
            link(&house, Kind::Reset, &person).await,
        );
        assert_eq!(
            house.browser().get(&format!("/reset?key={first}")).await.status,
            410,
            "a newer link ends the older"
        );
        assert_eq!(
            house.browser().get(&format!("/reset?key={second}")).await.status,
            200
        );
        let id: PersonId = person.id.clone();
        house
            .app
            .db
            .write(move |tx| Person::end(tx, &id, None))
            .await
            .unwrap();
        assert!(
            house
                .browser()
                .get(&format!("/reset?key={second}"))
                .await
                .status
                .is_client_error()
        );
    });
}
