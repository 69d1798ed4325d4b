//! D1 for what is being typed: an autosave that the desk was told of is there after the server was killed, and of the many
//! autosaves of ten minutes one version stays.

use crate::desk::{self, Chance};
use crate::house::{Engine, House};
use crate::wire::Client;
use serde_json::json;
use std::time::Duration;

#[test]
fn what_was_typed_is_there_after_the_server_dies() {
    for (engine, kills) in Engine::each().into_iter().zip([20, 8]) {
        let mut chance = Chance::of_run(engine.name());
        let mut house = House::new(engine);
        house.start();
        let token = house.token("reporter", "desk");
        let id = desk::make(
            &mut house.client_of(&token),
            &desk::story("Typed 0", "<p>Text.</p>"),
        );
        let mut typed = 0;
        let mut acknowledged = 0;
        for _ in 0..kills {
            let (port, pause) = (house.port, Duration::from_micros(20_000 + chance.below(150_000)));
            let (token, id) = (&token, &id);
            let told = std::thread::scope(|scope| {
                let typing =
                    scope.spawn(move || keep_typing(&mut Client::with_token(port, token), id, typed));
                std::thread::sleep(pause);
                house.kill();
                typing.join().expect("the writer")
            });
            house.start();
            let now = house
                .client_of(token)
                .get(&format!("/api/v1/desk/stories/{id}"))
                .json();
            let headline = now["headline"].as_str().expect("a headline");
            let kept: u64 = headline.trim_start_matches("Typed ").parse().expect("a number");
            assert!(kept >= told, "{told} was acknowledged and {kept} is there");
            assert!(
                kept <= told + 1,
                "{kept} is there and {told} was the last to be sent on"
            );
            acknowledged += told - typed;
            typed = kept;
        }
        println!(
            "{}: {kills} kills, {acknowledged} autosaves acknowledged",
            house.engine.name()
        );
        assert!(acknowledged > kills, "the run did too little to prove anything");
        let mut client = house.client_of(&token);
        let versions = client.get(&format!("/api/v1/desk/stories/{id}/versions")).json();
        let versions = versions["items"].as_array().expect("versions").len();
        assert!(versions <= 4, "{versions} versions of {acknowledged} autosaves");
    }
}

/// Autosaves one number after the other until nobody answers; gives the last that was acknowledged.
fn keep_typing(client: &mut Client, id: &str, from: u64) -> u64 {
    let target = format!("/api/v1/desk/stories/{id}/autosave");
    let mut last = from;
    loop {
        let body = json!({ "headline": format!("Typed {}", last + 1) }).to_string();
        let headers = [("content-type", "application/json"), ("if-match", "*")];
        match client.send("PUT", &target, &headers, Some(body.as_bytes())) {
            Ok(answer) if answer.status == 204 => last += 1,
            _ => return last,
        }
    }
}
