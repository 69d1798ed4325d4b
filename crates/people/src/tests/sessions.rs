//! A2: a session's secret is new at every step, is worth nothing once it ended, and ends when it should.

use super::house::{House, PASSWORD, call, on_each_engine};
use crate::limits::{SESSION_IDLE, SESSION_WHOLE};
use crate::{Person, Token};
use base::db::Dialect;
use base::db::scratch::Scratch;
use base::hub::{Ask, ReaderDoor};
use base::web::{LiveDoor, LiveRequest};
use http::{HeaderMap, Method, Request};
use lexicon::{At, EditionCode, PersonId, Role, Scope, Stream};
use std::time::Duration;

const SESSION: &str = "__Host-wireroom";
const TICKET: &str = "__Host-wireroom-sign-in";

async fn write(house: &House, body: impl FnMut(&mut base::Tx) -> base::Result<()> + Send + 'static) {
    house.app.db.write(body).await.unwrap();
}

#[test]
fn a_secret_brought_along_is_never_taken_over() {
    on_each_engine(async |house| {
        house.add("ruth@news.example", Role::Editor).await;
        let planted = "a".repeat(52);
        let mut browser = house.browser();
        for name in [SESSION, TICKET] {
            browser.jar.insert(name.to_owned(), planted.clone());
        }
        browser.sign_in("ruth@news.example", PASSWORD).await;
        let ticket = browser.held(TICKET);
        assert!(ticket != planted && ticket.len() == 52 && browser.held(SESSION).is_empty());
        let secret = browser.get("/sign-in/code").await.secret();
        let entered = browser.code(&house.code(&secret)).await;
        let session = browser.held(SESSION);
        assert!(
            session != planted && session != ticket && browser.held(TICKET).is_empty(),
            "{}",
            entered.text()
        );
        let mut thief = house.browser();
        for secret in [&planted, &ticket] {
            for name in [SESSION, TICKET] {
                thief.jar.insert(name.to_owned(), secret.clone());
            }
            assert_eq!(thief.me().await, 401);
            assert_eq!(thief.get("/sign-in/code").await.location(), "/sign-in");
        }
        let set = entered
            .headers
            .get_all("set-cookie")
            .iter()
            .find(|line| line.as_bytes().starts_with(b"__Host-wireroom="));
        let set = set.unwrap().to_str().unwrap();
        assert!(
            set.ends_with("; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure"),
            "{set}"
        );
    });
}

#[test]
fn signing_in_again_ends_what_the_browser_held() {
    on_each_engine(async |house| {
        let (_, mut browser, secret) = house.staff("ruth@news.example", Role::Editor).await;
        let mut before = browser.clone();
        house.pass(30);
        browser.sign_in("ruth@news.example", PASSWORD).await;
        browser.code(&house.code(&secret)).await;
        assert_ne!(browser.held(SESSION), before.held(SESSION));
        assert_eq!((browser.me().await, before.me().await), (200, 401));
    });
}

#[test]
fn after_signing_out_the_secret_is_worth_nothing() {
    on_each_engine(async |house| {
        let (_, mut browser, _) = house.staff("ruth@news.example", Role::Editor).await;
        let mut thief = browser.clone();
        assert_eq!((browser.me().await, thief.me().await), (200, 200));
        let out = browser.post("/sign-out", &[]).await;
        assert_eq!(
            (
                out.status.as_u16(),
                out.location(),
                browser.held(SESSION).as_str()
            ),
            (303, "/", "")
        );
        assert_eq!((browser.me().await, thief.me().await), (401, 401));
    });
}

#[test]
fn another_password_ends_every_other_session_and_renews_this_one() {
    on_each_engine(async |house| {
        let (_, mut here, secret) = house.staff("ruth@news.example", Role::Editor).await;
        let (mut other, mut thief) = (house.signed_in("ruth@news.example", &secret).await, here.clone());
        let mut halfway = house.browser();
        halfway.sign_in("ruth@news.example", PASSWORD).await;
        assert_eq!((here.me().await, other.me().await), (200, 200));
        let wrong = here
            .post(
                "/account/password",
                &[
                    ("present", "not my password"),
                    ("password", "a heron on the quay"),
                ],
            )
            .await;
        assert_eq!(
            (wrong.status.as_u16(), wrong.wrong("present").as_str()),
            (422, "wrong-present")
        );
        let short = here
            .post(
                "/account/password",
                &[("present", PASSWORD), ("password", "elevenchars")],
            )
            .await;
        assert_eq!(
            (short.status.as_u16(), short.wrong("password").as_str()),
            (422, "wrong-password-short")
        );
        assert_eq!(other.me().await, 200, "nothing was changed yet");
        let changed = here
            .post(
                "/account/password",
                &[("present", PASSWORD), ("password", "a heron on the quay")],
            )
            .await;
        assert_eq!(
            (changed.status.as_u16(), changed.location()),
            (303, "/account"),
            "{}",
            changed.text()
        );
        assert_eq!(
            (here.me().await, other.me().await, thief.me().await),
            (200, 401, 401)
        );
        assert_eq!(
            halfway.get("/sign-in/code").await.location(),
            "/sign-in",
            "halfway in with the old password"
        );
        assert_eq!(
            house
                .browser()
                .sign_in("ruth@news.example", PASSWORD)
                .await
                .status,
            422
        );
    });
}

#[test]
fn a_role_that_changes_an_account_that_ends_and_an_order_end_sessions_at_once() {
    on_each_engine(async |house| {
        house.add("olga@news.example", Role::Owner).await;
        let (ruth, mut browser, secret) = house.staff("ruth@news.example", Role::Editor).await;
        let token = house.token(&ruth.id).await;
        let me = async || call(&house.router, Method::GET, "/api/v1/desk/me", &token, "").await;
        let id = ruth.id.clone();
        write(&house, move |tx| Person::set_role(tx, &id, Role::Reporter)).await;
        assert_eq!(browser.me().await, 401);
        assert_eq!(
            me().await.json()["role"],
            "reporter",
            "a token goes on with the new role"
        );
        let mut browser = house.signed_in("ruth@news.example", &secret).await;
        let id = ruth.id.clone();
        write(&house, move |tx| Person::end_sessions(tx, &id)).await;
        assert_eq!(browser.me().await, 401);
        let mut browser = house.signed_in("ruth@news.example", &secret).await;
        let id = ruth.id.clone();
        write(&house, move |tx| Person::end(tx, &id, None)).await;
        assert_eq!((browser.me().await, me().await.status.as_u16()), (401, 401));
        assert_eq!(
            house
                .browser()
                .sign_in("ruth@news.example", PASSWORD)
                .await
                .status,
            422
        );
    });
}

#[test]
fn the_last_owner_stays() {
    on_each_engine(async |house| {
        let owner = house.add("olga@news.example", Role::Owner).await;
        let refused = |outcome: base::Result<()>| outcome.unwrap_err().code();
        let (id, again) = (owner.id.clone(), owner.id.clone());
        let lower = house
            .app
            .db
            .write(move |tx| Person::set_role(tx, &id, Role::Editor))
            .await;
        let end = house.app.db.write(move |tx| Person::end(tx, &again, None)).await;
        assert_eq!(
            (refused(lower), refused(end)),
            ("people.last_owner", "people.last_owner")
        );
        house.add("ruth@news.example", Role::Owner).await;
        write(&house, move |tx| Person::end(tx, &owner.id, None)).await;
    });
}

#[test]
fn a_session_ends_by_itself_and_no_clock_revives_it() {
    on_each_engine(async |house| {
        let (_, mut idle, secret) = house.staff("ruth@news.example", Role::Editor).await;
        house.app.clock.advance(SESSION_IDLE - At::SECOND);
        assert_eq!(idle.me().await, 200);
        house.app.clock.advance(SESSION_IDLE);
        assert_eq!(idle.me().await, 401);
        house.app.clock.advance(-SESSION_IDLE);
        assert_eq!(idle.me().await, 401, "the clock was set back");
        let mut used = house.signed_in("ruth@news.example", &secret).await;
        let began = house.app.clock.now();
        while house.app.clock.now().plus(SESSION_IDLE / 2) < began.plus(SESSION_WHOLE) {
            assert_eq!(used.me().await, 200);
            house.app.clock.advance(SESSION_IDLE / 2);
        }
        let left = began.plus(SESSION_WHOLE).0 - house.app.clock.now().0;
        house.app.clock.advance(left - At::SECOND);
        assert_eq!(used.me().await, 200);
        house.app.clock.advance(At::SECOND);
        assert_eq!(used.me().await, 401);
    });
}

#[test]
fn one_sees_and_ends_ones_own_sessions_and_tokens_and_nobody_elses() {
    on_each_engine(async |house| {
        let (ruth, mut here, secret) = house.staff("ruth@news.example", Role::Editor).await;
        let mut other = house.signed_in("ruth@news.example", &secret).await;
        let (max, mut max_browser, _) = house.staff("max@news.example", Role::Reporter).await;
        let (own, foreign) = (house.token(&ruth.id).await, house.token(&max.id).await);
        let page = here.get("/account").await.json()["account"].clone();
        let sessions = page["sessions"].as_array().unwrap();
        assert_eq!(sessions.len(), 2);
        let current: Vec<&serde_json::Value> = sessions.iter().filter(|row| row["current"] == true).collect();
        assert_eq!(current.len(), 1);
        let ending = sessions.iter().find(|row| row["current"] == false).unwrap()["end_url"]
            .as_str()
            .unwrap();
        assert_eq!(max_browser.post(ending, &[]).await.status, 303);
        assert_eq!(other.me().await, 200, "somebody else's ending");
        assert_eq!(here.post(ending, &[]).await.status, 303);
        assert_eq!((here.me().await, other.me().await), (200, 401));
        let ending = page["tokens"][0]["end_url"].as_str().unwrap();
        assert_eq!(max_browser.post(ending, &[]).await.status, 404);
        let me = async |token: &str| {
            call(&house.router, Method::GET, "/api/v1/desk/me", token, "")
                .await
                .status
                .as_u16()
        };
        assert_eq!(me(&own).await, 200);
        assert_eq!(here.post(ending, &[]).await.status, 303);
        assert_eq!((me(&own).await, me(&foreign).await), (401, 200));
    });
}

#[test]
fn a_token_is_known_by_its_whole_secret_until_it_ends() {
    on_each_engine(async |house| {
        let owner = house.add("olga@news.example", Role::Owner).await;
        let token = house.token(&owner.id).await;
        let me = async |token: &str| {
            call(&house.router, Method::GET, "/api/v1/desk/me", token, "")
                .await
                .status
                .as_u16()
        };
        assert_eq!(me(&token).await, 200, "it needs no second factor");
        let mut wrong = vec![
            token[..54].to_owned(),
            format!("{token}a"),
            token.to_uppercase(),
            token.replacen("wr_", "", 1),
            String::new(),
        ];
        wrong.extend((3..55).map(|n| {
            let mut letters: Vec<char> = token.chars().collect();
            letters[n] = if letters[n] == 'a' { 'b' } else { 'a' };
            letters.iter().collect()
        }));
        for wrong in wrong {
            assert_eq!(me(&wrong).await, 401, "{wrong}");
        }
        let changes = [
            ("/account/password", "present=x&password=y"),
            ("/account/recovery-codes", "present=x"),
            ("/account/totp", "present=x&code=1"),
        ];
        for (path, body) in changes {
            let request = Request::post(path)
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", super::house::FORM);
            let refused = house.browser().send(request, body.into()).await;
            assert_eq!(
                (refused.status.as_u16(), refused.json()["code"].as_str()),
                (403, Some("people.session_only")),
                "{path}"
            );
        }
        let (id, ends_at) = (owner.id.clone(), house.app.clock.now().plus(At::HOUR));
        let add = move |tx: &mut base::Tx| Token::add_until(tx, &id, "short", Scope::Read, Some(ends_at));
        let short = house.app.db.write(add).await.unwrap();
        house.app.clock.advance(At::HOUR - At::SECOND);
        assert_eq!(me(&short).await, 200);
        house.app.clock.advance(At::SECOND);
        assert_eq!(me(&short).await, 401);
        let id = owner.id.clone();
        let listed = house
            .app
            .db
            .read(move |read| Token::of_person(read, &id))
            .await
            .unwrap();
        let first = listed.iter().find(|token| token.name == "test").unwrap();
        assert!(first.used_at.is_some());
        let id = first.id.clone();
        write(&house, move |tx| Token::end(tx, &id)).await;
        assert_eq!(me(&token).await, 401);
    });
}

/// A live stream that this browser has open.
async fn open_stream(
    house: &House,
    headers: HeaderMap,
) -> std::pin::Pin<Box<dyn futures_core::Stream<Item = bytes::Bytes> + Send>> {
    let door = ReaderDoor::new(house.app.hub.clone(), house.people.clone());
    let request = LiveRequest {
        target: "/api/v1/live?edition=en".to_owned(),
        last_event_id: None,
        headers,
        peer: [203, 0, 113, 7].into(),
        h2: true,
    };
    door.admit(request).await.unwrap().into_body()
}

/// Whether a stream ends within a second.
async fn ends(mut stream: std::pin::Pin<Box<dyn futures_core::Stream<Item = bytes::Bytes> + Send>>) -> bool {
    let drained = async {
        while std::future::poll_fn(|context| stream.as_mut().poll_next(context))
            .await
            .is_some()
        {}
    };
    tokio::time::timeout(Duration::from_secs(1), drained)
        .await
        .is_ok()
}

fn with_session(secret: &str) -> HeaderMap {
    HeaderMap::from_iter([(
        http::header::COOKIE,
        format!("{SESSION}={secret}").parse().unwrap(),
    )])
}

fn with_token(secret: &str) -> HeaderMap {
    HeaderMap::from_iter([(
        http::header::AUTHORIZATION,
        format!("Bearer {secret}").parse().unwrap(),
    )])
}

#[test]
fn open_streams_end_within_a_second_of_the_sign_in() {
    on_each_engine(async |house| {
        Ask::new(vec![Stream::Edition(EditionCode::parse("en").unwrap())]).unwrap();
        house.add("olga@news.example", Role::Owner).await;
        let (ruth, mut browser, secret) = house.staff("ruth@news.example", Role::Editor).await;
        let (max, max_browser, _) = house.staff("max@news.example", Role::Editor).await;
        let others = open_stream(&house, with_session(&max_browser.held(SESSION))).await;
        let strangers = open_stream(&house, HeaderMap::new()).await;

        let stream = open_stream(&house, with_session(&browser.held(SESSION))).await;
        browser.post("/sign-out", &[]).await;
        assert!(ends(stream).await, "signed out");

        let acts: [fn(&mut base::Tx, &PersonId) -> base::Result<()>; 2] = [
            |tx, id| Person::set_role(tx, id, Role::Reporter),
            Person::end_sessions,
        ];
        for act in acts {
            let browser = house.signed_in("ruth@news.example", &secret).await;
            let stream = open_stream(&house, with_session(&browser.held(SESSION))).await;
            let id = ruth.id.clone();
            write(&house, move |tx| act(tx, &id)).await;
            assert!(ends(stream).await);
        }

        let token = house.token(&ruth.id).await;
        let stream = open_stream(&house, with_token(&token)).await;
        let id = ruth.id.clone();
        write(&house, move |tx| {
            let tokens = Token::of_person(tx, &id)?;
            tokens.iter().try_for_each(|token| Token::end(tx, &token.id))
        })
        .await;
        assert!(ends(stream).await, "the token ended");
        assert!(
            !ends(others).await && !ends(strangers).await,
            "nobody else's stream ends"
        );
        drop(max);
    });
}

#[test]
fn a_readers_open_streams_end_with_what_opened_them() {
    on_each_engine(async |house| {
        let mut browser = house.reader("ada@reader.example").await;
        let stream = open_stream(&house, with_session(&browser.held(SESSION))).await;
        browser
            .post("/me/password", &[("password", super::house::PASSWORD)])
            .await;
        assert!(ends(stream).await, "another password");
        let mut other = house.browser();
        other
            .post("/me/sign-in/link", &[("email", "ada@reader.example")])
            .await;
        other.follow(&house).await;
        let stream = open_stream(&house, with_session(&other.held(SESSION))).await;
        browser.post("/me/sessions/ending", &[]).await;
        assert!(ends(stream).await, "ended from elsewhere");
        let stream = open_stream(&house, with_session(&browser.held(SESSION))).await;
        browser
            .post("/me/deletion", &[("present", super::house::PASSWORD)])
            .await;
        assert!(ends(stream).await, "the account is gone");
    });
}

/// On PostgreSQL, where there may be several nodes: a sign-out on one is heard on the other.
#[test]
fn open_streams_on_another_node_end_within_a_second_too() {
    let migrations = [&base::migrations()[..], crate::MIGRATIONS].concat();
    for scratch in Scratch::on_each_engine(&[&migrations]) {
        if scratch.db().dialect() == Dialect::Sqlite {
            continue;
        }
        let other = base::Db::open(&scratch.place, scratch.clock.clone(), &migrations).unwrap();
        super::house::on(&scratch, &async |house: House| {
            let there = House::beside(&house, &other);
            let watching = tokio::spawn(crate::watch(there.app.clone()));
            let (_, mut browser, _) = house.staff("ruth@news.example", Role::Editor).await;
            let stream = open_stream(&there, with_session(&browser.held(SESSION))).await;
            // The watcher must have taken its place in the stream of sign-outs.
            tokio::time::sleep(Duration::from_millis(600)).await;
            browser.post("/sign-out", &[]).await;
            assert!(ends(stream).await);
            watching.abort();
        });
        // Not closed: its hub, which ends with the process, still reads through it.
        drop(other);
    }
}
