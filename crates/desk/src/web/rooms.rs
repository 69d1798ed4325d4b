//! The moderators' pages: the queue over all rooms, rules, people, decisions, notices. Every act is also a form, so that the
//! pages work without script; the script only makes them fast.

use super::Visit;
use crate::frame::Desk;
use ::rooms::decision::{Act, Decision, GROUNDS};
use ::rooms::notice::{self, Appeal, Notice};
use ::rooms::queue::{self, Filter, Item, Kind};
use ::rooms::rules::limits::TIMEOUTS_S;
use ::rooms::{NewDecision, history, read_cursor};
use axum::extract::State;
use axum::response::Response;
use base::db::Query;
use base::web::{Form, Path, Query as Asking};
use base::{Error, Read, Result};
use lexicon::{At, MessageId, PersonId};
use serde::Deserialize;
use serde_json::{Value, json};
use stories::Edition;

/// Which part of the queue, and which message is open beside it.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
pub(crate) struct Asked {
    kind: Option<String>,
    edition: Option<String>,
    room: Option<String>,
    person: Option<String>,
    rule: Option<String>,
    cursor: Option<String>,
    /// The message that is open.
    at: Option<String>,
    /// The act that was just done, so that it can be undone.
    done: Option<String>,
}

/// A decision as the form sends it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct SentDecision {
    act: Act,
    #[serde(default)]
    message: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    ground: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    seconds: String,
    #[serde(default)]
    alike: String,
    #[serde(default)]
    all_messages: String,
    #[serde(default)]
    confirm: String,
    #[serde(default)]
    back: String,
}

/// An act to be taken back.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct SentUndoing {
    batch: String,
    #[serde(default)]
    back: String,
}

/// An answer to a notice or an appeal.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct SentAnswer {
    /// `notice` or `appeal`
    of: String,
    id: String,
    /// `yes` or `no`
    granted: String,
    answer: String,
}

/// A line for the next shift.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct SentNote {
    text: String,
}

/// From where on.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
pub(crate) struct From {
    cursor: Option<String>,
    person: Option<String>,
}

const PAGE: usize = 40;
const KINDS: [Kind; 4] = [Kind::Held, Kind::Reported, Kind::New, Kind::All];

pub(crate) async fn show_rooms(
    State(desk): State<Desk>,
    visit: Visit,
    Asking(asked): Asking<Asked>,
) -> Result<Response> {
    let now = desk.app.clock.now();
    let context = desk
        .app
        .db
        .read(move |read| queue_page(read, &asked, now))
        .await?;
    desk.page(&visit, "rooms", "rooms.html", context)
}

fn queue_page(read: &mut Read, asked: &Asked, now: At) -> Result<Value> {
    let kind = Kind::parse(asked.kind.as_deref().unwrap_or("held"))?;
    let filter = asked.filter();
    let items = queue::page(read, kind, &filter, asked.cursor.as_deref(), PAGE)?;
    let next = items.last().filter(|_| items.len() == PAGE).map(Item::cursor);
    let rows = items
        .iter()
        .map(|item| item.row(read))
        .collect::<Result<Vec<_>>>()?;
    let wished = asked.at.as_deref().and_then(|id| MessageId::parse(id).ok());
    let open = match wished.or_else(|| items.first().map(|item| item.id.clone())) {
        Some(id) => whole(read, &id, now).ok(),
        None => None,
    };
    let counts = queue::counts(read)?;
    let tabs: Vec<Value> = KINDS
        .iter()
        .map(|tab| {
            json!({ "kind": tab.as_str(), "here": *tab == kind, "count": counts[tab.as_str()], "href": asked.address(tab.as_str(), None) })
        })
        .collect();
    let notes: Vec<Value> = notice::notes(read)?
        .into_iter()
        .take(5)
        .map(|(at, name, text)| json!({ "at": at, "name": name, "text": text }))
        .collect();
    let open_notices =
        Notice::in_state(read, "open", 100)?.len() + Appeal::in_state(read, "open", 100)?.len();
    Ok(json!({
        "kind": kind.as_str(), "items": rows, "open": open, "tabs": tabs, "notes": notes, "open_notices": open_notices,
        "editions": Edition::all(read)?, "asked": { "edition": filter.edition, "room": filter.room, "person": filter.person, "rule": filter.rule },
        "filtered": !(filter.edition.is_empty() && filter.room.is_empty() && filter.person.is_empty() && filter.rule.is_empty()),
        "next": next.map(|next| asked.address(kind.as_str(), Some(&next))), "here_path": asked.address(kind.as_str(), None),
        "done": asked.done, "grounds": &GROUNDS[1..], "timeouts": TIMEOUTS_S, "back": "/desk/rooms",
    }))
}

impl Asked {
    fn filter(&self) -> Filter {
        let text = |wish: &Option<String>| wish.clone().unwrap_or_default();
        Filter {
            edition: text(&self.edition),
            room: text(&self.room),
            person: text(&self.person),
            rule: text(&self.rule),
        }
    }

    /// The address of another list or page with the same filter.
    fn address(&self, kind: &str, cursor: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("kind", kind);
        let filter = self.filter();
        for (name, value) in [
            ("edition", filter.edition.as_str()),
            ("room", filter.room.as_str()),
            ("person", filter.person.as_str()),
            ("rule", filter.rule.as_str()),
            ("cursor", cursor.unwrap_or_default()),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        format!("/desk/rooms?{}", query.finish())
    }
}

/// A message with what a decision needs: its word marked, the likeliest ground chosen, what was decided about it before.
fn whole(read: &mut Read, id: &MessageId, now: At) -> Result<Value> {
    let item = Item::by_id(read, id)?;
    let mut whole = item.whole(read, now)?;
    let history = Decision::of_person(read, &item.person, read_cursor(None)?, 8)?;
    whole["history"] = json!(history);
    whole["ground"] = likely_ground(&whole).into();
    whole["marked"] = marked(&item);
    Ok(whole)
}

fn likely_ground(whole: &Value) -> &'static str {
    let reported = whole["reported"][0]["reason"].as_str().unwrap_or_default();
    if let Some(ground) = GROUNDS[1..].iter().find(|ground| **ground == reported) {
        return ground;
    }
    match whole["rule"].as_str().unwrap_or_default() {
        "spam" | "links" | "denied_host" | "crowd" | "near_repeat" => "spam",
        "watched" | "banned" => "abuse",
        _ => "other",
    }
}

/// The text in three parts, the word that met the rule in the middle.
fn marked(item: &Item) -> Value {
    let word = item.word.split(" (").next().unwrap_or_default();
    let parts = item
        .text
        .split_once(word)
        .filter(|_| !word.is_empty() && !item.rule.is_empty());
    match parts {
        Some((before, after)) => json!([before, word, after]),
        None => json!([item.text, "", ""]),
    }
}

pub(crate) async fn show_room_message(
    State(desk): State<Desk>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response> {
    let id = MessageId::parse(&id).map_err(|_| Error::not_found("rooms.no_message"))?;
    let now = desk.app.clock.now();
    let open = desk.app.db.read(move |read| whole(read, &id, now)).await?;
    let context = json!({ "open": open, "grounds": &GROUNDS[1..], "timeouts": TIMEOUTS_S, "back": "/desk/rooms", "here_path": "/desk/rooms" });
    desk.page(&visit, "rooms", "rooms-message.html", context)
}

pub(crate) async fn decide_in_rooms(
    State(desk): State<Desk>,
    visit: Visit,
    Form(sent): Form<SentDecision>,
) -> Result<Response> {
    let order = sent.order()?;
    let by = visit.caller.person;
    let made = desk.app.db.write(move |tx| order.carry_out(tx, &by)).await?;
    let batch = made["batch"].as_str().unwrap_or_default();
    let joint = if sent.back.contains('?') { '&' } else { '?' };
    desk.lead(&format!("{}{joint}done={batch}", sent.back))
}

impl SentDecision {
    fn order(&self) -> Result<NewDecision> {
        let whole = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let seconds = match (self.act, self.seconds.as_str()) {
            (Act::TimeOut, seconds) => {
                let refuse = |_| Error::invalid("seconds", "rooms.seconds", "choose how long");
                Some(seconds.parse().map_err(refuse)?)
            }
            _ => None,
        };
        Ok(NewDecision {
            act: self.act,
            messages: whole(&self.message).into_iter().collect(),
            person: whole(&self.person),
            alike: !self.alike.is_empty(),
            all_messages: !self.all_messages.is_empty(),
            ground: self.ground.clone(),
            reason: self.reason.clone(),
            seconds,
            confirm: !self.confirm.is_empty(),
        })
    }
}

pub(crate) async fn undo_in_rooms(
    State(desk): State<Desk>,
    visit: Visit,
    Form(sent): Form<SentUndoing>,
) -> Result<Response> {
    let by = visit.caller.person;
    let batch = sent.batch;
    desk.app
        .db
        .write(move |tx| Decision::undo_batch(tx, &batch, &by))
        .await?;
    desk.lead(if sent.back.is_empty() {
        "/desk/rooms"
    } else {
        &sent.back
    })
}

pub(crate) async fn show_room_person(
    State(desk): State<Desk>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response> {
    let id = PersonId::parse(&id).map_err(|_| Error::not_found("people.no_person"))?;
    let now = desk.app.clock.now();
    let who = desk.app.db.read(move |read| history(read, &id, now)).await?;
    let back = format!("/desk/rooms/people/{}", who["id"].as_str().unwrap_or_default());
    let context = json!({ "title": who["name"], "who": who, "grounds": &GROUNDS[1..], "timeouts": TIMEOUTS_S, "back": back });
    desk.page(&visit, "rooms", "rooms-person.html", context)
}

pub(crate) async fn show_room_decisions(
    State(desk): State<Desk>,
    visit: Visit,
    Asking(from): Asking<From>,
) -> Result<Response> {
    let after = read_cursor(from.cursor.as_deref())?;
    let person = from
        .person
        .as_deref()
        .filter(|id| !id.is_empty())
        .map(PersonId::parse)
        .transpose()?;
    let read = desk.app.db.read(move |read| {
        let made = match &person {
            Some(person) => Decision::of_person(read, person, after.clone(), PAGE)?,
            None => Decision::latest(read, after.clone(), PAGE)?,
        };
        made.iter()
            .map(|decision| named(read, decision))
            .collect::<Result<Vec<Value>>>()
    });
    let made = read.await?;
    let cursor = |last: &Value| format!("{}.{}", last["at"], last["id"].as_str().unwrap_or_default());
    let next = made.last().filter(|_| made.len() == PAGE).map(cursor);
    let context = json!({ "decisions": made, "next": next, "back": "/desk/rooms/decisions" });
    desk.page(&visit, "rooms", "rooms-decisions.html", context)
}

/// A decision with the names of those in it.
fn named(db: &mut dyn Query, decision: &Decision) -> Result<Value> {
    let mut shown = serde_json::to_value(decision)?;
    for (field, id) in [
        ("person_name", &decision.person),
        ("by_name", &decision.by),
        ("undone_name", &decision.undone_by),
    ] {
        let whom = id
            .as_ref()
            .map(|id| people::Person::by_id(db, id))
            .transpose()?
            .flatten();
        shown[field] = whom.map(|whom| whom.name).into();
    }
    Ok(shown)
}

pub(crate) async fn show_room_notices(State(desk): State<Desk>, visit: Visit) -> Result<Response> {
    let read = desk.app.db.read(|read| {
        let mut notices = Vec::new();
        for notice in Notice::in_state(read, "open", PAGE)? {
            let item = Item::by_id(read, &notice.message).ok();
            let (text, headline) = item.map(|item| (item.text, item.headline)).unzip();
            notices.push(json!({ "notice": notice, "text": text, "headline": headline }));
        }
        let mut appeals = Vec::new();
        for appeal in Appeal::in_state(read, "open", PAGE)? {
            let decision = Decision::by_id(read, &appeal.decision)?;
            let text = decision
                .message
                .as_ref()
                .and_then(|id| Item::by_id(read, id).ok())
                .map(|item| item.text);
            appeals.push(json!({ "appeal": appeal, "decision": named(read, &decision)?, "text": text }));
        }
        Ok(json!({ "notices": notices, "appeals": appeals, "back": "/desk/rooms/notices" }))
    });
    let context = read.await?;
    desk.page(&visit, "rooms", "rooms-notices.html", context)
}

pub(crate) async fn answer_in_rooms(
    State(desk): State<Desk>,
    visit: Visit,
    Form(sent): Form<SentAnswer>,
) -> Result<Response> {
    let (by, granted) = (visit.caller.person, sent.granted == "yes");
    let settle = move |tx: &mut base::Tx| match sent.of.as_str() {
        "appeal" => Appeal::settle(tx, &sent.id, granted, &sent.answer, &by).map(|_| ()),
        _ => Notice::settle(tx, &sent.id, granted, &sent.answer, &by).map(|_| ()),
    };
    desk.app.db.write(settle).await?;
    desk.lead("/desk/rooms/notices")
}

pub(crate) async fn leave_shift_note(
    State(desk): State<Desk>,
    visit: Visit,
    Form(sent): Form<SentNote>,
) -> Result<Response> {
    let (by, name) = (visit.caller.person, visit.caller.name);
    desk.app
        .db
        .write(move |tx| notice::leave_note(tx, &by, &name, &sent.text))
        .await?;
    desk.lead("/desk/rooms")
}
