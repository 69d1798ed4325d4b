//! A small newsroom around the pictures: a database, the routes behind the gate, a person with a token.

use base::db::scratch::Scratch;
use base::hub::{Hub, Limits, Listing, Reading};
use base::jobs::Workers;
use base::pages::PageStore;
use base::web::{Caller, Identify, Later, Reception, Shield, Table, Via};
use base::{App, Config, Result};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use lexicon::{AssetId, PersonId, Role, Scope, StoryId, Stream};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use tower::ServiceExt;

pub struct House {
    pub app: App,
    pub store: media::Store,
    pub runtime: tokio::runtime::Runtime,
    reception: Reception,
    _scratch: Scratch,
    _data: tempfile::TempDir,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

struct Nothing;

impl Listing for Nothing {
    fn exists(&self, _: &Stream) -> Reading<'_, bool> {
        Box::pin(async { Ok(false) })
    }
}

struct Photographer;

impl Identify for Photographer {
    fn identify<'a>(&'a self, headers: &'a HeaderMap) -> Later<'a, Result<Option<Caller>>> {
        let signed_in = headers.contains_key("authorization");
        Box::pin(async move {
            Ok(signed_in.then(|| Caller {
                person: PersonId::parse("01939b1e-0000-7000-8000-000000000000").unwrap(),
                name: "Mara Ellin".to_owned(),
                role: Role::Photo,
                scope: Scope::Desk,
                via: Via::Token { id: "t".to_owned() },
            }))
        })
    }
}

impl House {
    pub fn on_each_engine() -> Vec<Self> {
        let scratches = Scratch::on_each_engine(&[&base::migrations(), media::MIGRATIONS]);
        scratches.into_iter().map(Self::over).collect()
    }

    pub fn open() -> Self {
        Self::over(Scratch::sqlite(
            &[&base::migrations()[..], media::MIGRATIONS].concat(),
        ))
    }

    fn over(scratch: Scratch) -> Self {
        let data = tempfile::tempdir().unwrap();
        let flags = BTreeMap::from([("data".to_owned(), data.path().display().to_string())]);
        let config = Config::resolve(&flags, &BTreeMap::new()).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let _inside = runtime.enter();
        let (db, clock) = (scratch.db().clone(), scratch.clock.clone());
        db.write_blocking(|tx| base::journal::renew_epoch(tx).map(|_| ()))
            .unwrap();
        let ledger = Arc::new(db.public().clone());
        let hub = Hub::new(ledger, Arc::new(Nothing), Limits::default(), clock.clone()).unwrap();
        let pages = PageStore::new(1 << 20, clock.clone(), Shield::of(&config.origin()));
        let mut reception = Reception::new(pages.clone(), clock.clone(), config.origin());
        reception.identify = Arc::new(Photographer);
        reception.idempotency = Some(Arc::new(db.clone()));
        let store = media::Store::open(&config).unwrap().brisk();
        let app = App {
            db,
            clock,
            config: Arc::new(config),
            hub,
            pages,
        };
        drop(_inside);
        Self {
            app,
            store,
            runtime,
            reception,
            _scratch: scratch,
            _data: data,
        }
    }

    pub fn send(&self, request: Request<Full<bytes::Bytes>>) -> Answer {
        let table = Table::new(media::routes(&self.app, &self.store)).unwrap();
        self.runtime.block_on(async {
            let response = table.router(&self.reception).oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes().to_vec();
            Answer {
                status: parts.status,
                headers: parts.headers,
                body,
            }
        })
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request("GET", path, headers, Vec::new()))
    }

    pub fn desk(&self, method: &str, path: &str, body: &Value) -> Answer {
        let headers = [
            ("authorization", "Bearer t"),
            ("content-type", "application/json"),
        ];
        self.send(request(method, path, &headers, body.to_string().into_bytes()))
    }

    pub fn upload(&self, file: &[u8], fields: &[(&str, &str)]) -> Answer {
        self.post_form(&form(Some(file), fields), &[])
    }

    pub fn post_form(&self, form: &[u8], more: &[(&str, &str)]) -> Answer {
        let length = form.len().to_string();
        let own = [
            ("authorization", "Bearer t"),
            ("content-type", "multipart/form-data; boundary=parting"),
            ("content-length", length.as_str()),
        ];
        self.send(request(
            "POST",
            "/api/v1/desk/assets",
            &[&own, more].concat(),
            form.to_vec(),
        ))
    }

    pub fn publish(&self, assets: &[AssetId]) {
        let assets = assets.to_vec();
        self.app
            .db
            .write_blocking(move |tx| media::Asset::publish(tx, &story(), &assets))
            .unwrap();
    }

    /// The addresses that a page would name.
    pub fn set(&self, id: &AssetId) -> media::SrcSet {
        let id = id.clone();
        let media = self
            .app
            .db
            .public()
            .read_blocking(move |read| media::PublicMedia::by_id(read, &id))
            .unwrap();
        media::srcset(&media.unwrap())
    }

    /// Does the work that was left for later.
    pub fn catch_up(&self) {
        self.app.clock.advance(3600 * 1_000_000);
        let workers = media::workers(&self.app, &self.store, Workers::default());
        while self
            .runtime
            .block_on(workers.turn_later(&self.app.db, &self.app.clock))
            .unwrap()
            > 0
        {}
    }
}

pub fn story() -> StoryId {
    StoryId::parse("aaaaaaaaaaaa").unwrap()
}

pub fn id_of(answer: &Answer) -> AssetId {
    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
    AssetId::parse(answer.json()["id"].as_str().unwrap()).unwrap()
}

pub fn form(file: Option<&[u8]>, fields: &[(&str, &str)]) -> Vec<u8> {
    let mut form = Vec::new();
    for (name, text) in fields {
        form.extend(
            format!("--parting\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
                .into_bytes(),
        );
    }
    if let Some(file) = file {
        let head =
            "--parting\r\ncontent-disposition: form-data; name=\"file\"; filename=\"../a\tb.jpg\"\r\n\r\n";
        form.extend([head.as_bytes(), file, b"\r\n"].concat());
    }
    [form, b"--parting--\r\n".to_vec()].concat()
}

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Request<Full<bytes::Bytes>> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Full::new(body.into())).unwrap()
}
