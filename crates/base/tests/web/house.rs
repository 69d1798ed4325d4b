//! A small site behind the front door, with a route of every sort.

use super::client::Client;
use base::pages::{Page, PageStore, Tag};
use base::web::door::{self, Door};
use base::web::idempotency::{Deed, Idempotency, Precedent, SavedAnswer};
use base::web::{
    Access, Caller, Form, Identify, Json, Later, Moved, Path, Query, RateClass, Reception, Refusal, Route,
    Shield, Table, Via, bind,
};
use base::{Clock, Error, Result};
use http::HeaderMap;
use lexicon::{PersonId, Role, Scope};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::oneshot;

pub const ORIGIN: &str = "https://news.example";

pub struct House {
    pub address: SocketAddr,
    pub pages: Arc<PageStore>,
    pub renders: Arc<AtomicUsize>,
    stop: Option<oneshot::Sender<()>>,
    served: Option<std::thread::JoinHandle<()>>,
}

impl House {
    pub fn open() -> Self {
        Self::with(|_, _| {})
    }

    pub fn with(change: impl FnOnce(&mut Reception, &mut Door)) -> Self {
        Self::with_routes(change, Vec::new())
    }

    pub fn with_routes(change: impl FnOnce(&mut Reception, &mut Door), more: Vec<Route>) -> Self {
        let clock = Clock::system();
        let pages = PageStore::new(8 << 20, clock.clone(), Shield::of(ORIGIN));
        let renders = Arc::new(AtomicUsize::new(0));
        let mut reception = Reception::new(pages.clone(), clock.clone(), ORIGIN);
        reception.identify = Arc::new(Everybody);
        reception.error_page = Some(Arc::new(error_page));
        reception.idempotency = Some(Arc::new(Memory::default()));
        reception.moved = Some(moved());
        let mut door = Door::new(axum::Router::new(), pages.clone(), clock, ORIGIN);
        change(&mut reception, &mut door);
        let all = routes(&renders).into_iter().chain(more).collect();
        door.router = Table::new(all).unwrap().router(&reception);
        let listener = door::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let served = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            runtime
                .block_on(door::serve(listener, door, async { drop(stopped.await) }))
                .unwrap();
        });
        Self {
            address,
            pages,
            renders,
            stop: Some(stop),
            served: Some(served),
        }
    }

    pub fn client(&self) -> Client {
        Client::to(self.address)
    }

    pub fn renders(&self) -> usize {
        self.renders.load(Ordering::SeqCst)
    }

    pub fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    pub fn closed(mut self) {
        self.stop();
        self.served.take().unwrap().join().unwrap();
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Every sort of route.
pub fn table(renders: &Arc<AtomicUsize>) -> Table {
    Table::new(routes(renders)).unwrap()
}

fn routes(renders: &Arc<AtomicUsize>) -> Vec<Route> {
    let routes = vec![
        Route::get("/en/", show_front)
            .stored()
            .about("Shows the front")
            .answers_with(200, "text/html"),
        Route::get("/en/list/", show_list)
            .stored()
            .numbered()
            .about("Lists"),
        Route::get("/en/slow/", show_slow)
            .stored()
            .about("Takes its time"),
        Route::get("/en/host/", show_host)
            .stored()
            .about("Would tell the host"),
        Route::get("/en/broken/", show_broken).stored().about("Fails"),
        Route::get("/assets/{hash}/site.css", show_asset)
            .asset()
            .about("A file"),
        Route::get("/api/v1/words/{word}", show_word)
            .public(30)
            .about("Says a word")
            .query::<Words>()
            .answers::<Said>(200),
        Route::get("/panic", panic_now)
            .private(Access::Public)
            .about("Panics"),
        Route::get("/waits", wait_long)
            .private(Access::Public)
            .about("Waits"),
        Route::get("/desk/", show_desk)
            .private(Access::DESK)
            .about("Shows the desk"),
        Route::post("/desk/notes", post_note)
            .private(Access::WRITERS)
            .about("Takes a note")
            .body::<Note>(),
        Route::put("/desk/notes/{id}", put_note)
            .private(Access::PUBLISHERS)
            .about("Changes a note")
            .body::<Note>(),
        Route::delete("/desk/notes/{id}", delete_note)
            .private(Access::OWNER)
            .about("Removes a note"),
        Route::post("/api/v1/desk/notes", post_desk_note)
            .token(Access::WRITERS, Scope::Desk)
            .about("Takes a note")
            .body::<Note>(),
        Route::post("/sign-in", sign_in)
            .private(Access::Public)
            .rate(RateClass::SignIn)
            .about("Signs in"),
        Route::post("/large", post_large)
            .private(Access::Public)
            .body_limit(1 << 20)
            .about("Takes a long body"),
    ];
    bind(renders, routes)
}

type Renders = axum::extract::State<Arc<AtomicUsize>>;

#[derive(serde::Deserialize, schemars::JsonSchema)]
pub struct Note {
    text: String,
    #[serde(default)]
    inner: Option<Inner>,
}

#[derive(serde::Deserialize, schemars::JsonSchema)]
struct Inner {
    number: u8,
}

#[derive(serde::Deserialize, schemars::JsonSchema)]
struct Words {
    #[expect(dead_code, reason = "only its shape matters")]
    loud: Option<bool>,
}

#[derive(serde::Serialize, schemars::JsonSchema)]
struct Said {
    word: String,
}

#[derive(serde::Deserialize)]
struct Credentials {
    email: String,
}

fn page(renders: &AtomicUsize, words: &str) -> Page {
    renders.fetch_add(1, Ordering::SeqCst);
    let body = format!("<!doctype html><title>{words}</title>{}", "<p>words".repeat(3000));
    Page::html(body, 10).tagged([Tag::new("edition:en")])
}

async fn show_front(renders: Renders) -> Page {
    page(&renders.0, "front")
}

async fn show_list(renders: Renders) -> Page {
    page(&renders.0, "list")
}

async fn show_slow(renders: Renders) -> Page {
    tokio::time::sleep(Duration::from_millis(150)).await;
    page(&renders.0, "slow")
}

async fn show_host(renders: Renders, headers: HeaderMap) -> Page {
    page(&renders.0, &format!("{headers:?}"))
}

async fn show_broken() -> Result<Page> {
    Err(Error::internal("a secret cause"))
}

async fn show_asset() -> Page {
    Page::new("text/css", "body{}", 0)
}

async fn show_word(word: Path<String>, _query: Query<Words>, headers: HeaderMap) -> Result<Json<Said>> {
    assert!(!headers.contains_key("cookie") && !headers.contains_key("authorization"));
    Ok(Json(Said { word: word.0 }))
}

async fn panic_now() -> &'static str {
    panic!("on purpose")
}

async fn wait_long() -> &'static str {
    tokio::time::sleep(Duration::from_millis(400)).await;
    "waited"
}

async fn show_desk(caller: Caller) -> String {
    caller.name
}

async fn post_note(_caller: Caller, note: Json<Note>) -> (http::StatusCode, String) {
    (http::StatusCode::CREATED, note.0.text)
}

async fn put_note(note: Json<Note>) -> String {
    format!("{}{}", note.0.text, note.0.inner.map_or(0, |inner| inner.number))
}

async fn delete_note() {}

async fn post_desk_note(renders: Renders, note: Json<Note>) -> (http::StatusCode, String) {
    (
        http::StatusCode::CREATED,
        format!("{} {}", note.0.text, renders.0.fetch_add(1, Ordering::SeqCst)),
    )
}

async fn sign_in(form: Form<Credentials>) -> String {
    form.0.email
}

async fn post_large(body: axum::body::Body) -> Result<String> {
    let bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .map_err(|_| Error::TooLarge { limit_bytes: 1 << 20 })?;
    Ok(bytes.len().to_string())
}

/// `Bearer ROLE` or `session=ROLE` is somebody of that role; `Bearer ROLE.SCOPE` has a smaller scope.
struct Everybody;

impl Identify for Everybody {
    fn identify<'a>(&'a self, headers: &'a HeaderMap) -> Later<'a, Result<Option<Caller>>> {
        let text = |name: &str| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        let token = text("authorization").strip_prefix("Bearer ");
        let session = text("cookie").strip_prefix("session=");
        Box::pin(async move {
            let id = String::from("1");
            let via = if token.is_some() {
                Via::Token { id }
            } else {
                Via::Session { id }
            };
            Ok(token.or(session).and_then(|word| somebody(word, via)))
        })
    }
}

fn somebody(word: &str, via: Via) -> Option<Caller> {
    let (role, scope) = word.split_once('.').unwrap_or((word, "desk"));
    let role: Role = role.parse().ok()?;
    let person = PersonId::parse("00000000-0000-7000-8000-000000000001").ok()?;
    Some(Caller {
        person,
        name: role.to_string(),
        role,
        scope: scope.parse().unwrap_or(Scope::Desk),
        via,
    })
}

fn error_page(refusal: Refusal) -> Later<'static, Option<String>> {
    Box::pin(async move {
        assert!(!refusal.uri.path().contains("no-template"));
        Some(format!("<h1>{}</h1>{}", refusal.status, refusal.error))
    })
}

fn moved() -> Moved {
    Arc::new(|target| {
        Box::pin(async move {
            let known = [
                ("/?p=12", "/en/list/"),
                ("/2019/05/old-story", "/en/"),
                ("/caf%c3%a9", "/en/"),
            ];
            known
                .iter()
                .find(|(old, _)| *old == target)
                .map(|(_, new)| (*new).to_owned())
        })
    })
}

#[derive(Default)]
struct Memory(Mutex<HashMap<String, (Deed, Option<SavedAnswer>)>>);

impl Idempotency for Memory {
    fn begin<'a>(&'a self, deed: &'a Deed) -> Later<'a, Result<Precedent>> {
        Box::pin(async move {
            let mut known = self.0.lock().unwrap();
            match known.get(&deed.key) {
                Some((first, _)) if first != deed => {
                    Err(Error::conflict("web.idempotency_mismatch", "another request"))
                }
                Some((_, None)) => Err(Error::conflict("web.idempotency_under_way", "wait")),
                Some((_, Some(answer))) => Ok(Precedent::Done(answer.clone())),
                None => {
                    known.insert(deed.key.clone(), (deed.clone(), None));
                    Ok(Precedent::First)
                }
            }
        })
    }

    fn settle<'a>(&'a self, deed: &'a Deed, answer: SavedAnswer) -> Later<'a, Result<()>> {
        Box::pin(async move {
            self.0
                .lock()
                .unwrap()
                .insert(deed.key.clone(), (deed.clone(), Some(answer)));
            Ok(())
        })
    }

    fn release<'a>(&'a self, deed: &'a Deed) -> Later<'a, Result<()>> {
        Box::pin(async move {
            self.0.lock().unwrap().remove(&deed.key);
            Ok(())
        })
    }
}
