//! Passkeys: a device that holds the key comes in, and nothing else does.

use super::house::{Answer, Browser, House, ORIGIN, on_each_engine, on_sqlite};
use crate::passkey::device::Device;
use bytes::Bytes;
use http::Request;
use lexicon::Role;
use serde_json::{Value, json};

const ENTRY: &str = "/api/v1/me/passkeys/sign-in";

async fn post(browser: &mut Browser, path: &str, body: &Value) -> Answer {
    let request = Request::post(path)
        .header("content-type", "application/json")
        .header("origin", ORIGIN);
    browser.send(request, Bytes::from(body.to_string())).await
}

async fn challenge(browser: &mut Browser, path: &str) -> String {
    let answer = post(browser, path, &json!({})).await;
    answer.json()["challenge"].as_str().unwrap().to_owned()
}

/// Adds the device's key to the account of whoever is signed in here.
async fn add(browser: &mut Browser, device: &mut Device) -> u16 {
    let asked = challenge(browser, "/api/v1/me/passkeys/challenge").await;
    let proof = device.create(&asked);
    post(browser, "/api/v1/me/passkeys", &proof).await.status.as_u16()
}

async fn enter(house: &House, device: &mut Device) -> (Browser, Answer) {
    let mut browser = house.browser();
    let asked = challenge(&mut browser, "/api/v1/me/passkeys/sign-in/challenge").await;
    let answer = post(&mut browser, ENTRY, &json!({ "proof": device.get(&asked) })).await;
    (browser, answer)
}

#[test]
fn a_device_that_holds_the_key_comes_in() {
    on_each_engine(async |house| {
        let mut browser = house.reader("ada@reader.example").await;
        let mut device = Device::new(ORIGIN);
        assert_eq!(add(&mut browser, &mut device).await, 201);
        assert_eq!(house.letters.last().kind, "passkey");
        assert_eq!(add(&mut browser, &mut device).await, 409, "once");
        let (mut there, answer) = enter(&house, &mut device).await;
        assert_eq!(answer.json()["next"], "/me/");
        assert_eq!(there.name().await.as_deref(), Some("Ada Quill"));
        let shown = browser.get("/me/").await.json();
        let url = shown["me"]["passkeys"][0]["end_url"].as_str().unwrap().to_owned();
        assert_eq!(browser.post(&url, &[]).await.location(), "/me/?done=passkey");
        assert_eq!(enter(&house, &mut device).await.1.status, 422);
    });
}

#[test]
fn staff_with_a_passkey_are_asked_for_their_code_all_the_same() {
    on_each_engine(async |house| {
        let (_, mut browser, secret) = house.staff("ruth@news.example", Role::Editor).await;
        let mut device = Device::new(ORIGIN);
        assert_eq!(add(&mut browser, &mut device).await, 201);
        house.pass(30);
        let (mut there, answer) = enter(&house, &mut device).await;
        assert_eq!(answer.json()["next"], "/sign-in/code");
        assert_eq!(there.me().await, 401);
        assert_eq!(there.code(&house.code(&secret)).await.location(), "/desk/");
        assert_eq!(there.me().await, 200);
    });
}

#[test]
fn nothing_but_the_key_of_this_place_comes_in() {
    on_sqlite(async |house| {
        let mut browser = house.reader("ada@reader.example").await;
        let mut device = Device::new(ORIGIN);
        add(&mut browser, &mut device).await;
        let refused = async |proof: Value| {
            let mut stranger = house.browser();
            let answer = post(&mut stranger, ENTRY, &json!({ "proof": proof })).await;
            assert_eq!(answer.status, 422, "{}", answer.text());
            assert_eq!(answer.json()["code"], "people.passkey");
            assert_eq!(stranger.name().await, None);
        };
        let draw = async || challenge(&mut house.browser(), "/api/v1/me/passkeys/sign-in/challenge").await;
        // An answer that was heard on the way is worth nothing a second time.
        let asked = draw().await;
        let proof = device.get(&asked);
        assert_eq!(
            post(&mut house.browser(), ENTRY, &json!({ "proof": proof }))
                .await
                .status,
            200
        );
        refused(proof).await;
        // A challenge that nobody drew, one that is too old, one that was drawn to add a key.
        refused(device.get("AAAA")).await;
        let asked = draw().await;
        house.pass(301);
        refused(device.get(&asked)).await;
        let asked = challenge(&mut browser, "/api/v1/me/passkeys/challenge").await;
        refused(device.get(&asked)).await;
        // Another site, a device that asked nobody who they are, another key under this name, a copied key.
        for spoil in 0..5 {
            let mut proof = match spoil {
                0 => {
                    device.origin = "https://news.example.evil.example".to_owned();
                    device.get(&draw().await)
                }
                1 => {
                    device.flags = 0x01;
                    device.get(&draw().await)
                }
                2 => {
                    let mut other = Device::new(ORIGIN);
                    other.count = 1000;
                    other.get(&draw().await)
                }
                3 => {
                    device.count = 0;
                    device.get(&draw().await)
                }
                _ => device.create(&draw().await),
            };
            (device.origin, device.flags) = (ORIGIN.to_owned(), 0x05);
            if spoil == 2 {
                proof["id"] = device.get("x")["id"].clone();
            }
            refused(proof).await;
        }
        for field in ["client_data", "authenticator_data", "signature"] {
            let mut proof = device.get(&draw().await);
            proof[field] = "AAAA".into();
            refused(proof).await;
        }
        device.count = 500;
        assert_eq!(
            enter(&house, &mut device).await.1.status,
            200,
            "the key itself is still good"
        );
    });
}
