//! Readers come in by mail, and by nothing that is not theirs (A1, A3, A4, A5 for readers).

use super::house::{Browser, House, PASSWORD, on_each_engine, on_sqlite};
use crate::{Person, Profile};
use base::Tx;
use http::header::{DATE, SET_COOKIE};
use lexicon::{At, Role};

#[test]
fn a_reader_registers_by_a_link_that_works_once_in_their_own_browser() {
    on_each_engine(async |house| {
        let mut browser = house.browser();
        let asked = browser.register(&house, "Ada Quill", "Ada@Reader.example").await;
        assert_eq!((asked.status.as_u16(), asked.location()), (303, "/me/sent"));
        let letter = house.letters.last();
        assert_eq!(
            (letter.kind.as_str(), letter.to.as_str()),
            ("register", "Ada@Reader.example")
        );
        assert!(
            letter.words.is_empty(),
            "no word of a stranger's stands in a mail to an address"
        );
        let (path, key) = house.letters.link();

        let mut elsewhere = house.browser();
        let refused = elsewhere.get(&path).await;
        assert_eq!(
            (refused.status.as_u16(), why(&refused)),
            (403, "errand-elsewhere".to_owned())
        );
        let refused = elsewhere.post("/me/link", &[("token", &key)]).await;
        assert_eq!(refused.status, 403);
        assert_eq!(
            everybody(&house).await,
            0,
            "nothing is made until the link is used"
        );

        // Programs that look into mail open links; that uses nothing up.
        for _ in 0..3 {
            assert_eq!(browser.get(&path).await.status, 200);
        }
        let entered = browser.post("/me/link", &[("token", &key)]).await;
        assert_eq!((entered.status.as_u16(), entered.location()), (303, "/me/"));
        assert_eq!(browser.name().await.as_deref(), Some("Ada Quill"));
        let again = browser.post("/me/link", &[("token", &key)]).await;
        assert_eq!(
            (again.status.as_u16(), why(&again)),
            (410, "errand-used".to_owned())
        );
        assert_eq!(everybody(&house).await, 1);

        browser.post("/sign-out", &[]).await;
        assert_eq!(browser.name().await, None);
    });
}

fn why(answer: &super::house::Answer) -> String {
    answer.json()["why"]["key"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

async fn everybody(house: &House) -> usize {
    house.app.db.read(|read| Person::all(read)).await.unwrap().len()
}

#[test]
fn of_fifty_presses_of_one_link_one_makes_the_account() {
    on_each_engine(async |house| {
        let mut browser = house.browser();
        browser.register(&house, "Ada Quill", "ada@reader.example").await;
        let (_, key) = house.letters.link();
        let press = |_| {
            let (mut browser, key) = (browser.clone(), key.clone());
            tokio::spawn(async move { browser.post("/me/link", &[("token", &key)]).await.status.as_u16() })
        };
        let mut in_at_once = 0;
        for task in (0..50).map(press).collect::<Vec<_>>() {
            in_at_once += usize::from(task.await.unwrap() == 303);
        }
        assert_eq!((in_at_once, everybody(&house).await), (1, 1));
    });
}

#[test]
fn a_link_ends_after_an_hour_and_with_the_address_it_was_mailed_to() {
    on_sqlite(async |house| {
        let mut browser = house.reader("ada@reader.example").await;
        let mut asking = house.browser();
        asking
            .post("/me/sign-in/link", &[("email", "ada@reader.example")])
            .await;
        let (path, _) = house.letters.link();
        house.pass(3599);
        assert_eq!(asking.get(&path).await.status, 200);
        house.pass(1);
        assert_eq!(asking.get(&path).await.status, 410);

        asking
            .post("/me/sign-in/link", &[("email", "ada@reader.example")])
            .await;
        let (_, key) = house.letters.link();
        browser
            .post("/me/address", &[("email", "quill@reader.example")])
            .await;
        assert_eq!(browser.follow(&house).await.location(), "/me/?done=address");
        let stale = asking.post("/me/link", &[("token", &key)]).await;
        assert_eq!((stale.status.as_u16(), asking.name().await), (404, None));
    });
}

#[test]
fn mail_alone_never_signs_staff_in() {
    on_each_engine(async |house| {
        house.add("ruth@news.example", Role::Editor).await;
        let reader = house.add("ada@reader.example", Role::Reader).await;
        for path in ["/me/sign-in/link", "/me/forgotten"] {
            let mut browser = house.browser();
            browser.post(path, &[("email", "ruth@news.example")]).await;
            let letter = house.letters.last();
            assert_eq!(letter.kind, "staff");
            let (_, key) = house.letters.link();
            let pressed = browser
                .post(
                    "/me/link",
                    &[("token", &key), ("password", "a barge in the mist")],
                )
                .await;
            assert!(pressed.status.is_client_error(), "{}", pressed.text());
            assert_eq!(browser.name().await, None);
        }
        // Somebody who became staff after the letter was sent.
        let mut browser = house.browser();
        browser
            .post("/me/sign-in/link", &[("email", "ada@reader.example")])
            .await;
        let promote = move |tx: &mut Tx| Person::set_role(tx, &reader.id, Role::Reporter);
        house.app.db.write(promote).await.unwrap();
        assert_eq!(browser.follow(&house).await.status, 404);
        assert_eq!(browser.name().await, None);
    });
}

#[test]
fn whether_an_address_has_an_account_shows_nowhere_but_in_its_mailbox() {
    on_each_engine(async |house| {
        house.add("ruth@news.example", Role::Editor).await;
        house.add("ada1@news.example", Role::Reader).await;
        let gone = house.add("gone@news.example", Role::Reader).await;
        let end = move |tx: &mut Tx| Person::end(tx, &gone.id, None);
        house.app.db.write(end).await.unwrap();
        let asked = [
            "ruth@news.example",
            "ada1@news.example",
            "gone@news.example",
            "noby@news.example",
        ];
        for round in 0..25_u8 {
            for path in ["/me/register", "/me/sign-in/link", "/me/forgotten", "/me/sign-in"] {
                let mut seen = Vec::new();
                for (n, email) in asked.into_iter().enumerate() {
                    let mut browser = house.browser();
                    browser.address = [10, 1 + n as u8, round, 7].into();
                    let (letters, hashes) = (house.letters.count(), house.people.hashing.done());
                    let answer = match path {
                        "/me/register" => browser.register(&house, "Ada Quill", email).await,
                        "/me/sign-in" => {
                            browser
                                .post(path, &[("email", email), ("password", "a barge in the mist")])
                                .await
                        }
                        _ => browser.post(path, &[("email", email)]).await,
                    };
                    let mut headers = answer.headers.clone();
                    for name in [SET_COOKIE, DATE, "x-request-id".parse().unwrap()] {
                        headers.remove(name);
                    }
                    let body = answer.text().replace(email, "…");
                    let work = (
                        house.letters.count() - letters,
                        house.people.hashing.done() - hashes,
                    );
                    seen.push((answer.status, headers, body, work, browser.jar.len()));
                }
                assert!(
                    seen.iter().all(|one| *one == seen[0]),
                    "{path} {round}: {seen:#?}"
                );
            }
            house.pass(3600);
        }
    });
}

#[test]
fn a_program_that_fills_in_forms_is_sent_nothing() {
    on_sqlite(async |house| {
        let mut browser = house.browser();
        let stamp = |shown: super::house::Answer| shown.json()["form"]["stamp"].as_str().unwrap().to_owned();
        let first = stamp(browser.get("/me/register").await);
        let fill = |website: &'static str, stamp: String| {
            vec![
                ("name", "Ada".to_owned()),
                ("email", "ada@reader.example".to_owned()),
                ("website", website.to_owned()),
                ("stamp", stamp),
            ]
        };
        let send = async |browser: &mut Browser, fields: Vec<(&str, String)>| {
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            browser.post("/me/register", &fields).await
        };
        let at_once = send(&mut browser, fill("", first.clone())).await;
        assert_eq!(
            (at_once.status.as_u16(), at_once.wrong("form").as_str()),
            (422, "wrong-too-soon")
        );
        house.pass(3);
        let trapped = send(&mut browser, fill("https://spam.example", first.clone())).await;
        assert_eq!(trapped.location(), "/me/sent", "it is not told");
        let forged = send(&mut browser, fill("", "1.0".to_owned())).await;
        assert_eq!(forged.status, 422);
        assert_eq!(house.letters.count(), 0);
        assert_eq!(send(&mut browser, fill("", first)).await.location(), "/me/sent");
        assert_eq!(house.letters.count(), 1);
        let thrown = browser.register(&house, "Ada", "ada@mailinator.com").await;
        assert_eq!(thrown.wrong("email"), "wrong-email-disposable");
    });
}

#[test]
fn no_mailbox_is_flooded_through_us() {
    on_sqlite(async |house| {
        house.add("ada@reader.example", Role::Reader).await;
        let (mut refused, end) = (0, house.app.clock.now().plus(At::DAY));
        let mut n = 0_u32;
        while house.app.clock.now() < end {
            let mut browser = house.browser();
            browser.address = std::net::Ipv4Addr::from(0x0a00_0000 + n).into();
            let answer = browser
                .post("/me/sign-in/link", &[("email", "ADA@reader.example")])
                .await;
            refused += usize::from(answer.status == 429);
            (n, _) = (n + 1, house.pass(60));
        }
        assert!(
            (10..=110).contains(&house.letters.count()),
            "{} letters in a day",
            house.letters.count()
        );
        assert!(refused > 1000, "{refused}");
        // One network that asks for many addresses is slowed down as well.
        let (before, mut browser) = (house.letters.count(), house.browser());
        for n in 0..60 {
            browser
                .post("/me/sign-in/link", &[("email", &format!("x{n}@reader.example"))])
                .await;
        }
        assert_eq!(house.letters.count() - before, 20);
    });
}

#[test]
fn a_reader_sets_a_password_and_every_other_session_ends() {
    on_each_engine(async |house| {
        let mut browser = house.reader("ada@reader.example").await;
        let mut other = house.browser();
        other
            .post("/me/sign-in/link", &[("email", "ada@reader.example")])
            .await;
        other.follow(&house).await;
        assert!(other.name().await.is_some());
        let short = browser.post("/me/password", &[("password", "short")]).await;
        assert_eq!(short.wrong("password"), "wrong-password-short");
        let set = browser.post("/me/password", &[("password", PASSWORD)]).await;
        assert_eq!(set.location(), "/me/?done=password");
        assert_eq!((browser.name().await.is_some(), other.name().await), (true, None));
        // From now on the present one is asked for.
        let again = browser
            .post("/me/password", &[("password", "another barge in fog")])
            .await;
        assert_eq!(again.wrong("present"), "wrong-present");

        let signed = other
            .post(
                "/me/sign-in",
                &[("email", "ada@reader.example"), ("password", PASSWORD)],
            )
            .await;
        assert_eq!(signed.location(), "/me/");
        let ended = browser.post("/me/sessions/ending", &[]).await;
        assert_eq!(ended.location(), "/me/?done=session");
        assert_eq!((browser.name().await.is_some(), other.name().await), (true, None));

        // Forgotten: a new one by mail, and all sessions end.
        other
            .post("/me/forgotten", &[("email", "ada@reader.example")])
            .await;
        let (path, key) = house.letters.link();
        assert_eq!(other.get(&path).await.json()["page"], "password");
        let weak = other
            .post("/me/link", &[("token", &key), ("password", "password1234")])
            .await;
        assert_eq!(weak.wrong("password"), "wrong-password-common");
        let fields = [("token", key.as_str()), ("password", "quite another barge")];
        assert_eq!(other.post("/me/link", &fields).await.location(), "/me/");
        assert_eq!((browser.name().await, other.name().await.is_some()), (None, true));
    });
}

#[test]
fn another_address_is_confirmed_at_the_new_one_and_told_to_the_old_one() {
    on_sqlite(async |house| {
        house.add("taken@reader.example", Role::Reader).await;
        let mut browser = house.reader("ada@reader.example").await;
        let answers = [
            browser
                .post("/me/address", &[("email", "taken@reader.example")])
                .await,
            browser
                .post("/me/address", &[("email", "quill@reader.example")])
                .await,
        ];
        assert!(
            answers.iter().all(|answer| answer.location() == "/me/sent"),
            "{answers:?}"
        );
        assert_eq!(house.letters.last().to, "quill@reader.example");
        assert_eq!(
            browser.get("/me/").await.json()["me"]["email"],
            "ada@reader.example"
        );
        assert_eq!(browser.follow(&house).await.location(), "/me/?done=address");
        let told = house.letters.last();
        assert_eq!(
            (told.kind.as_str(), told.to.as_str(), told.link),
            ("address-told", "ada@reader.example", None)
        );
        assert_eq!(
            browser.get("/me/").await.json()["me"]["email"],
            "quill@reader.example"
        );
        let renamed = browser.post("/me/name", &[("name", "Ada Lovelock")]).await;
        assert_eq!(
            (renamed.location(), browser.name().await.as_deref()),
            ("/me/?done=name", Some("Ada Lovelock"))
        );
        for wrong in [
            " ",
            "Ada\u{202e}",
            "A\u{336}\u{337}\u{338}\u{351}\u{352}",
            "\u{200b}",
        ] {
            assert_eq!(
                browser.post("/me/name", &[("name", wrong)]).await.wrong("name"),
                "wrong-name"
            );
        }
        // Nobody passes for one of the newsroom, by whatever letters.
        house.add("ruth@news.example", Role::Editor).await;
        let passing = browser.post("/me/name", &[("name", "RUTH Еllin")]).await;
        assert_eq!(passing.wrong("name"), "wrong-name-taken");
        let mut other = house.browser();
        let passing = other.register(&house, "Ruth Ellin", "ruth2@reader.example").await;
        assert_eq!(passing.wrong("name"), "wrong-name-taken");
    });
}

#[test]
fn an_account_is_deleted_only_when_it_was_asked_twice() {
    on_each_engine(async |house| {
        let mut browser = house.reader("ada@reader.example").await;
        assert_eq!(browser.get("/me/deletion").await.status, 200);
        let wrong = browser.post("/me/deletion", &[("present", "")]).await;
        assert_eq!(wrong.wrong("present"), "wrong-present");
        let export = browser.get("/me/export").await;
        assert_eq!(
            export.header("content-disposition"),
            "attachment; filename=\"my-account.json\""
        );
        assert_eq!(export.json()["people"]["email"], "ada@reader.example");
        browser.post("/me/deletion/link", &[]).await;
        assert_eq!(browser.follow(&house).await.json()["page"], "farewell");
        assert_eq!((everybody(&house).await, browser.name().await), (0, None));

        let mut second = house.reader("ada@reader.example").await;
        second.post("/me/password", &[("password", PASSWORD)]).await;
        let gone = second.post("/me/deletion", &[("present", PASSWORD)]).await;
        assert_eq!(gone.json()["page"], "farewell", "{}", gone.text());
        assert_eq!(
            (
                everybody(&house).await,
                second.jar.contains_key("__Host-wireroom")
            ),
            (0, false)
        );

        let (_, mut staff, _) = house.staff("ruth@news.example", Role::Editor).await;
        assert_eq!(
            staff.get("/me/deletion").await.json()["deletion"]["is_staff"],
            true
        );
        assert_eq!(
            staff.post("/me/deletion", &[("present", PASSWORD)]).await.status,
            409
        );
    });
}

#[test]
fn a_reader_ignores_readers_and_nobody_else() {
    on_each_engine(async |house| {
        let mut browser = house.reader("ada@reader.example").await;
        let other = house.add("bob@reader.example", Role::Reader).await;
        let editor = house.add("ruth@news.example", Role::Editor).await;
        let read = move |read: &mut base::Read| {
            Ok((
                Profile::by_id(read, &other.id)?,
                Profile::by_id(read, &editor.id)?,
            ))
        };
        let (bob, ruth) = house.app.db.read(read).await.unwrap();
        let (bob, ruth) = (bob.unwrap().key, ruth.unwrap().key);
        let call = async |browser: &mut Browser, method: http::Method, key: &str| {
            let request = http::Request::builder()
                .method(method)
                .uri(format!("/api/v1/me/ignored/{key}"))
                .header("origin", super::house::ORIGIN);
            browser.send(request, bytes::Bytes::new()).await.status.as_u16()
        };
        assert_eq!(call(&mut browser, http::Method::PUT, &bob).await, 204);
        assert_eq!(
            call(&mut browser, http::Method::PUT, &bob).await,
            204,
            "twice is once"
        );
        assert_eq!(call(&mut browser, http::Method::PUT, &ruth).await, 409);
        assert_eq!(
            call(&mut browser, http::Method::PUT, "aaaaaaaaaaaaaaaa").await,
            404
        );
        let listed = browser.get("/api/v1/me/ignored").await.json();
        assert_eq!(
            listed["items"],
            serde_json::json!([{ "id": bob, "name": "Ruth Ellin" }])
        );
        assert_eq!(
            browser.get("/me/ignored").await.json()["people"]
                .as_array()
                .unwrap()
                .len(),
            1
        );
        assert_eq!(call(&mut browser, http::Method::DELETE, &bob).await, 204);
        assert_eq!(
            browser.get("/api/v1/me/ignored").await.json()["items"],
            serde_json::json!([])
        );
    });
}

#[test]
fn a_reader_stays_signed_in_and_is_led_back_to_the_story() {
    on_sqlite(async |house| {
        let mut browser = house.browser();
        let story = "/en/world/2026/12/01/a-story-abc";
        let shown = browser.get(&format!("/me/sign-in?next={story}")).await.json();
        assert_eq!(shown["form"]["next"], story);
        house.add("ada@reader.example", Role::Reader).await;
        browser
            .post(
                "/me/sign-in/link",
                &[("email", "ada@reader.example"), ("next", story)],
            )
            .await;
        let entered = browser.follow(&house).await;
        assert_eq!(entered.location(), story);
        assert!(
            entered
                .headers
                .get_all(SET_COOKIE)
                .iter()
                .any(|line| line.to_str().unwrap().contains("Max-Age=15552000"))
        );
        house.pass(59 * 86_400);
        assert!(browser.name().await.is_some());
        house.pass(61 * 86_400);
        assert_eq!(browser.name().await, None);
        let evil = house
            .browser()
            .post(
                "/me/sign-in/link",
                &[("email", "ada@reader.example"), ("next", "//evil.example")],
            )
            .await;
        assert_eq!(evil.location(), "/me/sent");
        let mut last = house.browser();
        last.post(
            "/me/sign-in/link",
            &[("email", "ada@reader.example"), ("next", "//evil.example")],
        )
        .await;
        assert_eq!(last.follow(&house).await.location(), "/me/");
    });
}

#[test]
fn nobody_guesses_their_way_into_a_readers_account() {
    on_sqlite(async |house| {
        let mut known = house.reader("ada@reader.example").await;
        known.post("/me/password", &[("password", PASSWORD)]).await;
        let before = house.people.hashing.done();
        let guesses = 2_000;
        for n in 0..guesses {
            let mut browser = house.browser();
            browser.address = std::net::Ipv4Addr::from(0x0a00_0000 + n).into();
            let guess = format!("guess number {n}");
            let path = ["/me/sign-in", "/sign-in"][n as usize % 2];
            let fields = [("email", "Ada@Reader.example"), ("password", guess.as_str())];
            let answer = browser.post(path, &fields).await;
            assert!([422, 429].contains(&answer.status.as_u16()), "{}", answer.text());
            house.app.clock.advance(At::DAY / i64::from(guesses));
        }
        let checked = house.people.hashing.done() - before;
        assert!((10..=100).contains(&checked), "{checked} were checked in a day");
        // In the reader's own browser the flood is not felt, nor by mail.
        known.post("/sign-out", &[]).await;
        let fields = [("email", "ada@reader.example"), ("password", PASSWORD)];
        assert_eq!(known.post("/me/sign-in", &fields).await.location(), "/me/");
        let mut elsewhere = house.browser();
        elsewhere
            .post("/me/sign-in/link", &[("email", "ada@reader.example")])
            .await;
        assert_eq!(elsewhere.follow(&house).await.location(), "/me/");
    });
}

#[test]
fn no_way_of_asking_mails_a_readers_link_to_another_address() {
    on_each_engine(async |house| {
        house.add("ada@reader.example", Role::Reader).await;
        let alike = [
            "ADA@READER.EXAMPLE",
            " ada@reader.example ",
            "Ada@Reader.Example",
            "ad\u{430}@reader.example",
            "ada@reader.example\u{200b}",
            "ada@reader.example.evil.example",
            "ada+x@reader.example",
            "ａda@reader.example",
        ];
        for path in ["/me/sign-in/link", "/me/forgotten"] {
            for email in alike {
                let mut browser = house.browser();
                let before = house.letters.count();
                let request = http::Request::post(path)
                    .header("content-type", super::house::FORM)
                    .header("origin", super::house::ORIGIN)
                    .header("host", "evil.example")
                    .header("x-forwarded-host", "evil.example")
                    .header("forwarded", "host=evil.example");
                let body = super::house::form(&[("email", email)]);
                browser.send(request, bytes::Bytes::from(body)).await;
                if house.letters.count() > before {
                    let letter = house.letters.last();
                    let ours = letter.person.is_some();
                    assert_eq!(ours, letter.to == "ada@reader.example", "{email:?}: {letter:?}");
                    assert!(ours || letter.kind == "unknown", "{email:?}");
                    assert!(letter.link.unwrap().starts_with(super::house::ORIGIN));
                }
                house.pass(3600);
            }
            // What means two things is nothing.
            for body in [
                "email=ada%40reader.example&email=evil%40evil.example",
                "email[]=ada%40reader.example&email[]=evil%40evil.example",
                "email=ada%40reader.example%0D%0ABcc%3A+evil%40evil.example",
                "email=ada%40reader.example%2Cevil%40evil.example",
                "email=ada%40reader.example&person=x",
                "",
            ] {
                let before = house.letters.count();
                let answer = house.browser().post_body(path, body).await;
                assert!(answer.status.is_client_error(), "{body}: {}", answer.text());
                assert_eq!(house.letters.count(), before, "{body}");
            }
        }
    });
}
