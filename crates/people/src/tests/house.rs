//! A newsroom for tests: the real routes behind the real gate, a frozen clock, and pages that say in JSON what is on them.

use crate::page::{Page, Tongue};
use crate::password::Cost;
use crate::totp::code_at;
use crate::{Pages, People, Person, heard};
use axum::Router;
use axum::body::Body;
use base::db::scratch::Scratch;
use base::hub::{Hub, Limits, Listing, Reading};
use base::pages::PageStore;
use base::web::{Later, Peer, Reception, Shield, Table};
use base::{App, Clock, Config, Db, Result};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN as FROM, SET_COOKIE};
use http::{HeaderMap, Method, Request, StatusCode};
use lexicon::{PersonId, Role, Stream};
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use tower::ServiceExt;

pub const ORIGIN: &str = "https://news.example";
pub const PASSWORD: &str = "a barge in the fog";
pub const FORM: &str = "application/x-www-form-urlencoded";

pub struct House {
    /// Every letter that was sent.
    pub letters: Arc<Letters>,
    pub app: App,
    pub people: Arc<People>,
    pub router: Router,
}

/// Runs a test in a newsroom on each engine.
pub fn on_each_engine<F: Future<Output = ()>>(test: impl Fn(House) -> F) {
    for scratch in Scratch::on_each_engine(&[&base::migrations(), crate::MIGRATIONS]) {
        on(&scratch, &test);
    }
}

/// Runs a test in a newsroom on SQLite.
pub fn on_sqlite<F: Future<Output = ()>>(test: impl Fn(House) -> F) {
    on(
        &Scratch::sqlite(&[&base::migrations()[..], crate::MIGRATIONS].concat()),
        &test,
    );
}

pub fn on<F: Future<Output = ()>>(scratch: &Scratch, test: &impl Fn(House) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    scratch
        .db()
        .write_blocking(|tx| base::journal::renew_epoch(tx).map(|_| ()))
        .unwrap();
    runtime.block_on(async { test(House::open(scratch, ORIGIN)).await });
}

impl House {
    pub fn open(scratch: &Scratch, origin: &str) -> Self {
        Self::with(scratch.db().clone(), scratch.clock.clone(), origin)
    }

    /// Another node of the same newsroom.
    pub fn beside(house: &Self, db: &Db) -> Self {
        Self::with(db.clone(), house.app.clock.clone(), ORIGIN)
    }

    fn with(db: Db, clock: Clock, origin: &str) -> Self {
        let flags = BTreeMap::from([
            ("data".to_owned(), "/nonexistent".to_owned()),
            ("origin".to_owned(), origin.to_owned()),
        ]);
        let hub = Hub::new(
            Arc::new(db.public().clone()),
            Arc::new(Everything),
            Limits::default(),
            clock.clone(),
        );
        let app = App {
            pages: PageStore::new(1 << 20, clock.clone(), Shield::of(origin)),
            config: Arc::new(Config::resolve(&flags, &BTreeMap::new()).unwrap()),
            hub: hub.unwrap(),
            db,
            clock,
        };
        let hub = app.hub.clone();
        app.db.observe(Box::new(move |records| heard(&hub, records)));
        let letters = Arc::new(Letters::default());
        let people = People::with_cost(&app, Cost::small())
            .with_post(letters.clone())
            .with_parts(&[crate::erase::PART]);
        let people = Arc::new(people);
        let router = router(&app, &people, false);
        Self {
            letters,
            app,
            people,
            router,
        }
    }

    /// The same newsroom with the limits of the front door on.
    pub fn limited(&self) -> Router {
        router(&self.app, &self.people, true)
    }

    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            jar: BTreeMap::new(),
            address: Ipv4Addr::new(203, 0, 113, 7).into(),
        }
    }

    /// Adds somebody with the test's password.
    pub async fn add(&self, email: &str, role: Role) -> Person {
        let hash = self.people.hashing.hash(PASSWORD).await.unwrap();
        let email = email.to_owned();
        let add = move |tx: &mut base::Tx| Person::add(tx, &email, "Ruth Ellin", role, Some(&hash));
        self.app.db.write(add).await.unwrap()
    }

    /// Signs somebody in who has no second factor yet; gives their browser and the secret of their app.
    pub async fn enrolled(&self, email: &str) -> (Browser, Vec<u8>) {
        let mut browser = self.browser();
        let answer = browser.sign_in(email, PASSWORD).await;
        assert_eq!(answer.location(), "/sign-in/code", "{}", answer.text());
        let secret = browser.get("/sign-in/code").await.secret();
        let entered = browser.code(&self.code(&secret)).await;
        assert_eq!(entered.status, 200, "{}", entered.text());
        (browser, secret)
    }

    /// A reader who registered by mail, in their browser.
    pub async fn reader(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        let asked = browser.register(self, "Ada Quill", email).await;
        assert_eq!(asked.location(), "/me/sent", "{}", asked.text());
        let entered = browser.follow(self).await;
        assert_eq!(entered.location(), "/me/", "{}", entered.text());
        browser
    }

    /// A member of staff, added and signed in.
    pub async fn staff(&self, email: &str, role: Role) -> (Person, Browser, Vec<u8>) {
        let person = self.add(email, role).await;
        let (browser, secret) = self.enrolled(email).await;
        (person, browser, secret)
    }

    /// Signs somebody in with both factors, in a new browser. Takes a step of time, since each code works once.
    pub async fn signed_in(&self, email: &str, secret: &[u8]) -> Browser {
        self.pass(30);
        let mut browser = self.browser();
        browser.sign_in(email, PASSWORD).await;
        let entered = browser.code(&self.code(secret)).await;
        assert_eq!(entered.location(), "/desk/", "{}", entered.text());
        browser
    }

    pub fn code(&self, secret: &[u8]) -> String {
        code_at(secret, self.app.clock.now())
    }

    pub fn pass(&self, seconds: i64) {
        self.app.clock.advance(seconds * lexicon::At::SECOND);
    }

    pub async fn token(&self, person: &PersonId) -> String {
        let person = person.clone();
        let add = move |tx: &mut base::Tx| crate::Token::add(tx, &person, "test", lexicon::Scope::Desk);
        self.app.db.write(add).await.unwrap()
    }

    pub async fn setup_key(&self) -> String {
        crate::Setup::link(&self.app.db)
            .await
            .unwrap()
            .expect("there is no owner yet")
    }
}

fn router(app: &App, people: &Arc<People>, limits: bool) -> Router {
    let mut reception = Reception::new(app.pages.clone(), app.clock.clone(), app.config.origin());
    reception.identify = people.clone();
    reception.rate_limits = limits;
    Table::new(routes(people)).unwrap().router(&reception)
}

pub fn routes(people: &Arc<People>) -> Vec<base::web::Route> {
    crate::routes(people, Arc::new(Said))
}

/// A post that keeps what it is given.
#[derive(Default)]
pub struct Letters(std::sync::Mutex<Vec<crate::Letter>>);

impl crate::Post for Letters {
    fn send(&self, _: &mut base::Tx, letter: &crate::Letter) -> Result<()> {
        self.0.lock().unwrap().push(letter.clone());
        Ok(())
    }
}

impl Letters {
    pub fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    pub fn last(&self) -> crate::Letter {
        self.0.lock().unwrap().last().cloned().expect("a letter was sent")
    }

    /// The path of the last letter's link, and its secret.
    pub fn link(&self) -> (String, String) {
        let link = self.last().link.expect("the letter has a link");
        let path = link.strip_prefix(ORIGIN).expect("our own address").to_owned();
        let key = path.split("key=").nth(1).unwrap_or_default();
        let key = key.split('&').next().unwrap_or_default().to_owned();
        (path, key)
    }
}

/// Every stream is there.
struct Everything;

impl Listing for Everything {
    fn exists(&self, _: &Stream) -> Reading<'_, bool> {
        Box::pin(async { Ok(true) })
    }
}

/// Pages as JSON.
struct Said;

impl Pages for Said {
    fn render(&self, page: Page, tongue: Tongue) -> Later<'_, Result<String>> {
        Box::pin(async move {
            let mut said = serde_json::to_value(page)?;
            said["edition"] = tongue.edition.into();
            Ok(said.to_string())
        })
    }
}

/// A browser: it keeps cookies as browsers do, and says where its requests come from.
#[derive(Clone)]
pub struct Browser {
    pub router: Router,
    pub jar: BTreeMap<String, String>,
    pub address: IpAddr,
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Bytes::new()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_body(path, &form(fields)).await
    }

    pub async fn post_body(&mut self, path: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header(CONTENT_TYPE, FORM)
            .header(FROM, ORIGIN);
        self.send(request, body.to_owned().into()).await
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("email", email), ("password", password)])
            .await
    }

    /// Fills the registration in, as slowly as a person.
    pub async fn register(&mut self, house: &House, name: &str, email: &str) -> Answer {
        let shown = self.get("/me/register").await.json();
        let stamp = shown["form"]["stamp"].as_str().unwrap_or_default().to_owned();
        house.pass(3);
        let fields = [
            ("name", name),
            ("email", email),
            ("website", ""),
            ("stamp", &stamp),
        ];
        self.post("/me/register", &fields).await
    }

    /// Presses the button of the link in the last letter.
    pub async fn follow(&mut self, house: &House) -> Answer {
        let (_, key) = house.letters.link();
        self.post("/me/link", &[("token", &key)]).await
    }

    /// Whether a reader is signed in here, by what scripts are told.
    pub async fn name(&mut self) -> Option<String> {
        let me = self.get("/api/v1/me").await.json();
        me["name"].as_str().map(str::to_owned)
    }

    pub async fn code(&mut self, code: &str) -> Answer {
        self.post("/sign-in/code", &[("code", code)]).await
    }

    /// The status of what only staff may see: 200 or 401.
    pub async fn me(&mut self) -> u16 {
        self.get("/api/v1/desk/me").await.status.as_u16()
    }

    pub fn held(&self, name: &str) -> String {
        self.jar.get(name).cloned().unwrap_or_default()
    }

    pub async fn send(&mut self, request: http::request::Builder, body: Bytes) -> Answer {
        let cookies: Vec<String> = self
            .jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = request.extension(Peer(self.address));
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        let answer = ask(&self.router, request.body(Body::from(body)).unwrap()).await;
        for line in answer.headers.get_all(SET_COOKIE) {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            match rest.split(';').next().unwrap_or_default() {
                "" => self.jar.remove(name),
                value => self.jar.insert(name.to_owned(), value.to_owned()),
            };
        }
        answer
    }
}

pub async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: axum::body::to_bytes(body, 1 << 20).await.unwrap(),
    }
}

/// A request of a program with a token.
pub async fn call(router: &Router, method: Method, path: &str, token: &str, body: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {token}"))
        .header(CONTENT_TYPE, "application/json")
        .header(HOST, "evil.example")
        .extension(Peer(Ipv4Addr::new(203, 0, 113, 8).into()));
    ask(router, request.body(Body::from(body.to_owned())).unwrap()).await
}

pub fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(&self.body))
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()))
    }

    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The secret that an enrolment page shows.
    pub fn secret(&self) -> Vec<u8> {
        let said = self.json();
        let text = said["secret"]["text"]
            .as_str()
            .unwrap_or_else(|| panic!("{}", self.text()));
        let secret = totp_rs::Secret::try_from_base32(text.replace(' ', "")).unwrap();
        secret.as_bytes().to_vec()
    }

    /// What the form says is wrong with a field; `form` for the whole of it.
    pub fn wrong(&self, field: &str) -> String {
        let said = self.json();
        let form = match said["page"].as_str() {
            Some("account") => said["account"]["form"].clone(),
            Some("me") if field == "name" => said["me"]["name_form"].clone(),
            Some("me") => said["me"]["address_form"].clone(),
            _ => said["form"].clone(),
        };
        let words = match field {
            "form" => &form["error"],
            field => &form["errors"][field],
        };
        words["key"].as_str().unwrap_or_default().to_owned()
    }
}
