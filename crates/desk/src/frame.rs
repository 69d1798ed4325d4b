//! The frame around every page of the desk: who is here, where they may go, in which language and colours.

use crate::files;
use crate::look::Look;
use crate::texts::Texts;
use crate::web::Bell;
use base::web::{Access, Caller};
use base::{App, Error, Result};
use fluent_bundle::{FluentArgs, FluentValue};
use include_dir::{Dir, include_dir};
use lexicon::At;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, ValueKind};
use minijinja::{AutoEscape, Environment, State, UndefinedBehavior, Value};
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// A template that runs away is stopped after so many steps.
const FUEL: u64 = 20_000_000;

/// A place in the navigation: its word, its address, who may go there, and its key after `g`.
pub struct Place {
    pub word: &'static str,
    pub path: &'static str,
    pub access: Access,
    pub key: &'static str,
}

/// The navigation, in order. A feature with pages at the desk adds its line; `{word}-title` in the texts is what it is called.
pub const PLACES: &[Place] = &[
    Place {
        word: "queue",
        path: "/desk/",
        access: Access::DESK,
        key: "q",
    },
    Place {
        word: "write",
        path: "/desk/write",
        access: Access::WRITERS,
        key: "w",
    },
    Place {
        word: "rooms",
        path: "/desk/rooms",
        access: rooms::MODERATORS,
        key: "r",
    },
    Place {
        word: "people",
        path: "/desk/people",
        access: Access::OWNER,
        key: "p",
    },
    Place {
        word: "house",
        path: "/desk/house",
        access: Access::OWNER,
        key: "h",
    },
];

/// What the desk's pages are made with. Cloning shares it.
#[derive(Clone)]
pub struct Desk {
    pub app: App,
    frame: Arc<Frame>,
    pub(crate) bell: Bell,
}

struct Frame {
    environment: Environment<'static>,
    texts: Texts,
    root: String,
}

impl Desk {
    /// Errors: `desk.template` and `desk.text`, with the place.
    pub fn new(app: &App, bell: Bell) -> Result<Self> {
        let (texts, root) = (Texts::read()?, files::root());
        let environment = environment(&texts, &root)?;
        let frame = Frame {
            environment,
            texts,
            root,
        };
        Ok(Self {
            app: app.clone(),
            frame: Arc::new(frame),
            bell,
        })
    }

    /// Where the desk's files are.
    pub(crate) fn root(&self) -> &str {
        &self.frame.root
    }

    /// A text of the desk.
    pub fn text(&self, look: &Look, key: &str) -> String {
        self.frame.texts.text(look.language, key, &FluentArgs::new())
    }

    /// The texts for the scripts: those whose key begins with `script-`, without that beginning.
    pub(crate) fn script_texts(&self, look: &Look) -> impl Serialize + use<> {
        self.frame.texts.beginning(look.language, "script-")
    }

    /// Renders a page inside the frame. `here` is its word in [`PLACES`]; `template` sees the context's fields beside the frame's.
    pub(crate) fn render(
        &self,
        caller: &Caller,
        look: &Look,
        here: &str,
        template: &str,
        context: serde_json::Value,
    ) -> Result<String> {
        let places: Vec<_> = PLACES
            .iter()
            .filter(|place| place.access.admits(Some(caller.role)))
            .map(|place| {
                json!({ "word": place.word, "path": place.path, "here": place.word == here, "key": place.key })
            })
            .collect();
        let frame = json!({
            "places": places, "here": here, "look": look, "lang": look.language, "now": self.app.clock.now(),
            "me": { "id": caller.person, "name": caller.name, "role": caller.role,
                "writes": caller.role.writes(), "publishes": caller.role.publishes() },
            "words": self.script_texts(look),
        });
        let page = self.frame.environment.get_template(template);
        let mut whole = context;
        if let (serde_json::Value::Object(whole), serde_json::Value::Object(frame)) = (&mut whole, frame) {
            whole.extend(frame);
        }
        page.and_then(|page| page.render(Serde(&whole)))
            .map_err(|error| faulty(&error))
    }
}

fn environment(texts: &Texts, root: &str) -> Result<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Lenient);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    environment.set_syntax(syntax.map_err(|error| faulty(&error))?);
    for file in TEMPLATES.files() {
        let name = file.path().to_string_lossy().into_owned();
        let source = file.contents_utf8().unwrap_or_default().to_owned();
        environment
            .add_template_owned(name, source)
            .map_err(|error| faulty(&error))?;
    }
    let words = texts.clone();
    environment.add_function("t", move |state: &State, key: String, arguments: Kwargs| {
        said(&words, state, &key, &arguments)
    });
    let root = root.to_owned();
    environment.add_function("asset", move |name: String| format!("{root}{name}"));
    let words = texts.clone();
    environment.add_filter("ago", move |state: &State, at: i64| ago(&words, state, at));
    let words = texts.clone();
    environment.add_filter("clock", move |state: &State, at: i64| clock(&words, state, at));
    environment.add_filter("iso", |at: i64| At(at).rfc3339());
    Ok(environment)
}

fn said(
    texts: &Texts,
    state: &State,
    key: &str,
    arguments: &Kwargs,
) -> std::result::Result<String, minijinja::Error> {
    let mut given = FluentArgs::new();
    for name in arguments.args() {
        let value: Value = arguments.get(name)?;
        let value = match i64::try_from(value.clone()) {
            Ok(number) if value.kind() == ValueKind::Number => FluentValue::from(number),
            _ => FluentValue::from(value.to_string()),
        };
        given.set(name.to_owned(), value);
    }
    Ok(texts.text(&language(state), key, &given))
}

fn language(state: &State) -> String {
    let language = state.lookup("lang");
    language
        .as_ref()
        .and_then(Value::as_str)
        .unwrap_or("en")
        .to_owned()
}

fn zone(state: &State) -> String {
    let zone = state.lookup("zone");
    zone.as_ref().and_then(Value::as_str).unwrap_or("UTC").to_owned()
}

/// "5 min ago", "in 2 h": what a queue is read by. The exact moment stands in the title of the element around it.
fn ago(texts: &Texts, state: &State, at: i64) -> String {
    let now = state
        .lookup("now")
        .and_then(|now| i64::try_from(now).ok())
        .unwrap_or(at);
    let (distance, ahead) = ((at - now).abs(), at > now);
    let (unit, count) = match distance {
        d if d < At::MINUTE => ("now", 0),
        d if d < At::HOUR => ("minutes", d / At::MINUTE),
        d if d < At::DAY => ("hours", d / At::HOUR),
        d => ("days", d / At::DAY),
    };
    let key = match (unit, ahead) {
        ("now", _) => "ago-now".to_owned(),
        (unit, true) => format!("in-{unit}"),
        (unit, false) => format!("ago-{unit}"),
    };
    let mut arguments = FluentArgs::new();
    arguments.set("count", count);
    texts.text(&language(state), &key, &arguments)
}

/// "24 Nov 2026, 14:05 MSK" on the wall clock of the page's zone.
fn clock(texts: &Texts, state: &State, at: i64) -> String {
    let language = language(state);
    let local = At(at).zoned(&zone(state));
    let month = texts.text(&language, &format!("month-{}", local.month()), &FluentArgs::new());
    format!(
        "{} {month} {}, {}",
        local.day(),
        local.year(),
        local.strftime("%H:%M %Z")
    )
}

fn faulty(error: &minijinja::Error) -> Error {
    let place = format!(
        "{}:{}",
        error.name().unwrap_or("template"),
        error.line().unwrap_or(0)
    );
    Error::internal(format!("desk.template {place}: {error:#}"))
}
