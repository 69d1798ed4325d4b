//! The queue: what the newsroom works on, by due time. Every filter stands in the address, so that it can be kept and sent.

use super::Visit;
use crate::frame::Desk;
use axum::extract::State;
use axum::response::Response;
use base::Result;
use base::db::Query as Db;
use base::web::Query;
use lexicon::{At, PersonId, Stage, StoryState};
use people::Person;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use stories::{Edition, Line};

/// The most lines of one page.
const LINES: usize = 200;

/// Which stories. All may be left out.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
pub(crate) struct Asked {
    /// A stage (idea, writing, desk, subs, ready) or a state (hold, scheduled, spiked, published, killed).
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    /// `me`, `none`, or a person's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<String>,
    /// Words of the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    q: Option<String>,
}

/// A line as the page shows it.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    line: Line,
    at: &'static str,
    who: Option<String>,
    late: bool,
}

pub(crate) async fn show_queue(
    State(desk): State<Desk>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (now, me) = (desk.app.clock.now(), visit.caller.person.clone());
    let wish = asked.trimmed();
    let read = move |read: &mut base::Read| Page::read(read, &wish, &me, now);
    let page = desk.app.db.read(read).await?;
    let back = page.back.clone();
    let mut context = serde_json::to_value(page)?;
    context["back"] = back.into();
    desk.page(&visit, "queue", "queue.html", context)
}

#[derive(Serialize)]
struct Page {
    asked: Asked,
    lines: Vec<Shown>,
    tabs: Vec<Value>,
    editions: Vec<Edition>,
    people: Vec<Value>,
    zone: String,
    filtered: bool,
    back: String,
}

impl Page {
    fn read(db: &mut dyn Db, asked: &Asked, me: &PersonId, now: At) -> Result<Self> {
        let everybody = Person::all(db)?;
        let names: BTreeMap<&str, &str> = everybody
            .iter()
            .map(|person| (person.id.as_str(), person.name.as_str()))
            .collect();
        let open: Vec<Line> = Line::open(db)?
            .into_iter()
            .filter(|line| asked.takes(line, me))
            .collect();
        let tabs = asked.tabs(&open);
        let lines = match asked.closed() {
            Some(state) => {
                let lines = Line::in_state(db, state, now.plus(At::DAY), LINES)?;
                lines.into_iter().filter(|line| asked.takes(line, me)).collect()
            }
            None => open,
        };
        let at = asked.at.as_deref().filter(|_| asked.closed().is_none());
        let shown = lines
            .into_iter()
            .filter(|line| at.is_none_or(|at| line.standing() == at))
            .take(LINES);
        let shown = shown.map(|line| Shown {
            at: line.standing(),
            who: line
                .person
                .as_ref()
                .and_then(|id| names.get(id.as_str()).map(|name| (*name).to_owned())),
            late: line.due_at.is_some_and(|due| due < now),
            line: line.with_pen_at(now),
        });
        let lines = shown.collect();
        let editions = Edition::all(db)?;
        let staff = everybody.iter().filter(|person| person.role.is_staff());
        Ok(Self {
            lines,
            tabs,
            people: staff
                .map(|person| json!({ "id": person.id, "name": person.name }))
                .collect(),
            zone: editions
                .first()
                .map_or("UTC".to_owned(), |edition| edition.timezone.clone()),
            editions,
            filtered: asked.edition.is_some() || asked.who.is_some() || asked.q.is_some(),
            back: format!("/desk/{}", asked.query()),
            asked: asked.clone(),
        })
    }
}

impl Asked {
    /// An empty field of the form is no wish.
    fn trimmed(self) -> Self {
        let kept = |field: Option<String>| field.filter(|text| !text.trim().is_empty());
        Self {
            at: kept(self.at),
            edition: kept(self.edition),
            who: kept(self.who),
            q: kept(self.q),
        }
    }

    /// A state that is not open work.
    fn closed(&self) -> Option<StoryState> {
        let state: StoryState = self.at.as_deref()?.parse().ok()?;
        (!matches!(
            state,
            StoryState::Draft | StoryState::Hold | StoryState::Scheduled
        ))
        .then_some(state)
    }

    fn takes(&self, line: &Line, me: &PersonId) -> bool {
        let words = self.q.as_deref().map(str::to_lowercase);
        self.edition
            .as_deref()
            .is_none_or(|code| line.edition.as_str() == code)
            && words.is_none_or(|words| line.headline.to_lowercase().contains(words.trim()))
            && match self.who.as_deref() {
                None => true,
                Some("me") => line.person.as_ref() == Some(me),
                Some("none") => line.person.is_none(),
                Some(id) => line.person.as_ref().is_some_and(|person| person.as_str() == id),
            }
    }

    /// The way through the stages, with counts of what is open under the other filters.
    fn tabs(&self, open: &[Line]) -> Vec<Value> {
        let count = |at: &str| open.iter().filter(|line| line.standing() == at).count();
        let tab = |at: &str, count: Option<usize>| {
            let to = Self {
                at: (!at.is_empty()).then(|| at.to_owned()),
                ..self.clone()
            };
            let here = self.at.as_deref().unwrap_or_default() == at;
            json!({ "at": at, "count": count, "href": format!("/desk/{}", to.query()), "here": here })
        };
        let stages = Stage::ALL.iter().map(|stage| stage.as_str());
        let open_tabs = stages.chain(["scheduled", "hold"]);
        let mut tabs = vec![tab("", Some(open.len()))];
        tabs.extend(open_tabs.map(|at| tab(at, Some(count(at)))));
        tabs.extend(["published", "spiked", "killed"].map(|at| tab(at, None)));
        tabs
    }

    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("at", &self.at),
            ("edition", &self.edition),
            ("who", &self.who),
            ("q", &self.q),
        ] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() {
            query
        } else {
            format!("?{query}")
        }
    }
}
