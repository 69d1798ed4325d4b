//! The rules of rooms at the desk: a place is chosen, lists and numbers are written, tried on last month, switched on.

use super::Visit;
use crate::frame::Desk;
use ::rooms::rule::{Place, Said, Trial, try_on};
use ::rooms::rules::{Layer, SETTINGS};
use axum::extract::State;
use axum::response::Response;
use base::web::{Form, Query as Asking};
use base::{Error, Read, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use stories::Edition;

/// Whose rules.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
pub(crate) struct Asked {
    /// newsroom (when missing), edition:en, room:ID
    place: Option<String>,
    saved: Option<String>,
}

pub(crate) async fn show_room_rules(
    State(desk): State<Desk>,
    visit: Visit,
    Asking(asked): Asking<Asked>,
) -> Result<Response> {
    let place = Place::parse(asked.place.as_deref().unwrap_or("newsroom"))?;
    let read = desk.app.db.read(move |read| {
        let said = Said::of(read, &place)?;
        page(read, &place, &said, None)
    });
    let mut context = read.await?;
    context["saved"] = asked.saved.into();
    desk.page(&visit, "rooms", "rooms-rules.html", context)
}

/// `layer` is what the form says; `said` is what stands.
fn page(read: &mut Read, place: &Place, said: &Said, tried: Option<(&Layer, &Trial)>) -> Result<Value> {
    let layer = tried.map_or(&said.layer, |(layer, _)| layer);
    let own = serde_json::to_value(layer)?;
    let numbers: Vec<Value> = SETTINGS
        .iter()
        .map(|setting| json!({ "name": setting.name, "usual": setting.usual, "most": setting.most, "own": own[setting.name] }))
        .collect();
    let lists: Vec<Value> = LISTS
        .iter()
        .map(|name| {
            let entries = own[*name].as_array().cloned().unwrap_or_default();
            let lines: Vec<&str> = entries.iter().filter_map(Value::as_str).collect();
            json!({ "name": name, "text": lines.join("\n") })
        })
        .collect();
    Ok(json!({
        "place": place.to_string(), "version": said.version, "numbers": numbers, "lists": lists,
        "editions": Edition::all(read)?, "places": Said::all(read)?.iter().map(|said| said.place.clone()).collect::<Vec<_>>(),
        "versions": Said::versions(read, place)?.len(), "trial": tried.map(|(_, trial)| trial), "back": "/desk/rooms/rules",
    }))
}

const LISTS: [&str; 5] = ["banned", "watched", "allowed", "denied_hosts", "allowed_hosts"];

/// The form: one field for each number and list, and which button was pressed.
pub(crate) async fn change_room_rules(
    State(desk): State<Desk>,
    visit: Visit,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response> {
    let text = |name: &str| sent.get(name).map_or("", String::as_str);
    let place = Place::parse(text("place"))?;
    let layer = layer(&sent)?;
    if text("go") == "try" {
        let now = desk.app.clock.now();
        let read = desk.app.db.read(move |read| {
            let trial = try_on(read, &place, &layer, now)?;
            let said = Said::of(read, &place)?;
            page(read, &place, &said, Some((&layer, &trial)))
        });
        let context = read.await?;
        return desk.page(&visit, "rooms", "rooms-rules.html", context);
    }
    let refuse = |_| Error::invalid("version", "rooms.rule_number", "load the page again");
    let version: i64 = text("version").parse().map_err(refuse)?;
    let (by, to) = (
        visit.caller.person,
        format!("/desk/rooms/rules?place={place}&saved=1"),
    );
    desk.app
        .db
        .write(move |tx| Said::set(tx, &place, version, &layer, &by))
        .await?;
    desk.lead(&to)
}

fn layer(sent: &BTreeMap<String, String>) -> Result<Layer> {
    let lines = |name: &str| -> Vec<String> {
        let text = sent.get(name).map_or("", String::as_str);
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let mut layer = Layer {
        banned: lines("banned"),
        watched: lines("watched"),
        allowed: lines("allowed"),
        allowed_hosts: lines("allowed_hosts"),
        denied_hosts: lines("denied_hosts"),
        ..Layer::default()
    };
    for setting in SETTINGS {
        let text = sent.get(setting.name).map_or("", |text| text.trim());
        let refuse = |_| {
            Error::invalid(
                setting.name,
                "rooms.rule_number",
                format!("write a number from 0 to {}", setting.most),
            )
        };
        let value = if text.is_empty() {
            None
        } else {
            Some(text.parse().map_err(refuse)?)
        };
        layer.set(setting.name, value);
    }
    layer.check().map(|()| layer)
}
