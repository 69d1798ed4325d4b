//! A3: nobody gets in without the second factor, in whatever order the calls come.
//!
//! Random sequences of every call there is, by somebody who has the password, sometimes the phone, and everything they ever
//! saw. A model that knows only what was *proved* says who may be in; the newsroom must never let in anybody else.

use super::actor::{AT_ONCE, Dice, actors, codes_of};
use super::house::{PASSWORD, on_each_engine};
use base::db::Dialect;
use lexicon::Role;

/// Calls in a sequence.
const CALLS: usize = 12;

/// How many sequences: 10⁴ on SQLite, fewer over the wire; `WIREROOM_SEQUENCES` says otherwise.
fn sequences(dialect: Dialect) -> usize {
    let wished = std::env::var("WIREROOM_SEQUENCES")
        .ok()
        .and_then(|text| text.parse().ok());
    wished.unwrap_or(if dialect == Dialect::Sqlite { 10_000 } else { 250 })
}

#[test]
fn nobody_gets_in_without_the_second_factor_in_any_order_of_calls() {
    on_each_engine(async |house| {
        let hash = house.people.hashing.hash(PASSWORD).await.unwrap();
        let (mut entered, mut dice, all) = (0, Dice(0x5eed), sequences(house.app.db.dialect()));
        for batch in 0..all / AT_ONCE {
            let mut actors = actors(&house, batch, &hash, &mut dice).await;
            for _ in 0..CALLS {
                let acting: Vec<_> = actors
                    .into_iter()
                    .map(|mut actor| {
                        tokio::spawn(async move {
                            actor.act().await;
                            actor
                        })
                    })
                    .collect();
                actors = Vec::with_capacity(AT_ONCE);
                for actor in acting {
                    actors.push(actor.await.unwrap());
                }
                house.pass([0, 1, 20, 30, 31, 61, 300][dice.roll(7)]);
            }
            entered += actors.iter().map(|actor| actor.entered).sum::<usize>();
            house.pass(3600);
        }
        // The test would prove nothing if hardly anybody ever got in.
        assert!(entered > all / 4, "{entered} entered in {all} sequences");
    });
}

#[test]
fn a_code_works_once_and_for_its_own_ticket() {
    on_each_engine(async |house| {
        let (_, _, secret) = house.staff("ruth@news.example", Role::Editor).await;
        house.pass(30);
        let code = house.code(&secret);
        let (mut first, mut second) = (house.browser(), house.browser());
        first.sign_in("ruth@news.example", PASSWORD).await;
        second.sign_in("ruth@news.example", PASSWORD).await;
        assert_eq!(
            house.browser().code(&code).await.location(),
            "/sign-in",
            "without a ticket"
        );
        assert_eq!(first.code(&code).await.location(), "/desk/");
        let again = second.code(&code).await;
        assert_eq!(
            (again.status.as_u16(), again.wrong("code").as_str()),
            (422, "wrong-code")
        );
        assert_eq!(second.me().await, 401);
        house.pass(-30);
        assert_eq!(
            second.code(&house.code(&secret)).await.status,
            422,
            "the code before it"
        );
        let (max, _, other) = house.staff("max@news.example", Role::Editor).await;
        house.pass(90);
        assert_eq!(
            second.code(&house.code(&other)).await.status,
            422,
            "{}'s code",
            max.name
        );
        assert_eq!(second.code(&house.code(&secret)).await.location(), "/desk/");
    });
}

#[test]
fn one_wrong_code_too_many_ends_the_ticket_and_so_does_time() {
    on_each_engine(async |house| {
        let (_, _, secret) = house.staff("ruth@news.example", Role::Editor).await;
        house.pass(30);
        let mut browser = house.browser();
        browser.sign_in("ruth@news.example", PASSWORD).await;
        for _ in 1..crate::limits::TICKET_WRONG {
            assert_eq!(browser.code("000000").await.status, 422);
        }
        assert_eq!(browser.code("000000").await.location(), "/sign-in");
        house.pass(60);
        assert_eq!(browser.code(&house.code(&secret)).await.location(), "/sign-in");
        house.pass(3600);
        browser.sign_in("ruth@news.example", PASSWORD).await;
        house.app.clock.advance(crate::limits::TICKET);
        assert_eq!(browser.code(&house.code(&secret)).await.location(), "/sign-in");
        assert_eq!(browser.me().await, 401);
    });
}

#[test]
fn recovery_codes_work_once_each_and_new_ones_end_the_old() {
    on_each_engine(async |house| {
        house.add("ruth@news.example", Role::Editor).await;
        let mut browser = house.browser();
        browser.sign_in("ruth@news.example", PASSWORD).await;
        let secret = browser.get("/sign-in/code").await.secret();
        let codes = codes_of(&browser.code(&house.code(&secret)).await);
        assert_eq!((codes.len(), codes[0].len()), (10, 29));
        let with = async |code: &str| {
            let mut browser = house.browser();
            browser.sign_in("ruth@news.example", PASSWORD).await;
            browser.code(code).await.location() == "/desk/"
        };
        assert!(with(&codes[0].to_uppercase().replace('-', " ")).await);
        assert!(!with(&codes[0]).await, "a second time");
        assert_eq!(
            browser.get("/account").await.json()["account"]["recovery_left"],
            9
        );
        let refused = browser
            .post("/account/recovery-codes", &[("present", "not my password")])
            .await;
        assert_eq!(refused.wrong("present"), "wrong-present");
        let renewed = codes_of(
            &browser
                .post("/account/recovery-codes", &[("present", PASSWORD)])
                .await,
        );
        assert!(!with(&codes[1]).await && with(&renewed[1]).await);
    });
}

#[test]
fn readers_will_sign_in_with_a_password_alone_unless_they_wish_otherwise() {
    on_each_engine(async |house| {
        house.add("rita@news.example", Role::Reader).await;
        let mut browser = house.browser();
        let entered = browser.sign_in("rita@news.example", PASSWORD).await;
        assert_eq!(
            (entered.location(), browser.get("/account").await.status.as_u16()),
            ("/me/", 200)
        );
        assert_eq!(browser.me().await, 403, "the desk is not for readers");
        let secret = browser.get("/account/totp").await.secret();
        let set = browser
            .post(
                "/account/totp",
                &[("present", PASSWORD), ("code", &house.code(&secret))],
            )
            .await;
        assert_eq!(set.status, 200, "{}", set.text());
        assert_eq!(
            house
                .browser()
                .sign_in("rita@news.example", PASSWORD)
                .await
                .location(),
            "/sign-in/code"
        );
    });
}
