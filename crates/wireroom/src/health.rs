//! Is it well? For load balancers, monitors and people with curl.

use crate::console::Console;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::metrics::Exposition;
use base::web::door::{self, Door};
use base::web::{Access, Route, Table, bind, openapi};
use base::{App, Config, Error, Result, jobs, values};
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

pub const VERSION: &str = env!("CARGO_PKG_VERSION");

base::sql! {
    MARK = "INSERT INTO base_setting (name, value) VALUES ('health', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

pub fn routes(app: &App) -> Vec<Route> {
    let routes = vec![
        Route::get("/healthz", show_health)
            .private(Access::Public)
            .about("The process answers."),
        Route::get("/readyz", show_readiness)
            .private(Access::Public)
            .about("Database and disk take writes; 503 otherwise."),
        Route::get("/version", show_version)
            .public(60)
            .about("Name and version of the program."),
        Route::get("/metrics", show_metrics)
            .private(Access::Public)
            .about("Prometheus metrics, with the metrics token."),
    ];
    bind(app, routes)
}

/// The table of all routes, with the one that serves the document of them all, itself included.
pub fn documented(routes: Vec<Route>) -> Result<Table> {
    let document: Document = Arc::default();
    let route = Route::get("/api/v1/openapi.json", show_openapi)
        .public(60)
        .about("This document.");
    let table = Table::new(routes.into_iter().chain(bind(&document, vec![route])).collect())?;
    let _ = document.set(openapi(&table, VERSION));
    Ok(table)
}

type Document = Arc<OnceLock<Value>>;

async fn show_openapi(State(document): State<Document>) -> Response {
    axum::Json(document.get().cloned().unwrap_or(Value::Null)).into_response()
}

async fn show_health() -> &'static str {
    "ok\n"
}

async fn show_readiness(State(app): State<App>) -> Result<Response> {
    let now = app.clock.now();
    app.db
        .write(move |tx| tx.execute(MARK, values![now.rfc3339()]).map(|_| ()))
        .await?;
    Ok((StatusCode::OK, "ready\n").into_response())
}

async fn show_version() -> Response {
    axum::Json(json!({ "name": "wireroom", "version": VERSION })).into_response()
}

async fn show_metrics(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let sent = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    match (app.config.metrics_token(), sent) {
        (Some(token), Some(sent)) if blake3::hash(token.as_bytes()) == blake3::hash(sent.as_bytes()) => {}
        _ => return Err(Error::not_found("web.not_found")),
    }
    Ok((
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        metrics(&app).await?,
    )
        .into_response())
}

/// All metrics of this node.
pub async fn metrics(app: &App) -> Result<String> {
    let mut page = Exposition::default();
    let pages = app.pages.counters();
    page.counter(
        "wireroom_pages_hits_total",
        "Pages answered from memory.",
        pages.hits,
    );
    page.counter(
        "wireroom_pages_misses_total",
        "Pages asked for that were not in memory.",
        pages.misses,
    );
    page.counter("wireroom_pages_renders_total", "Pages rendered.", pages.renders);
    page.gauge(
        "wireroom_pages_bytes",
        "Bytes of pages in memory.",
        pages.bytes as f64,
    );
    let live = app.hub.counts();
    page.gauge(
        "wireroom_live_connections",
        "Open live streams.",
        live.readers as f64,
    );
    page.counter(
        "wireroom_live_deliveries_total",
        "Records sent to readers.",
        live.deliveries,
    );
    page.counter(
        "wireroom_live_cuts_total",
        "Readers cut because they fell behind or lost their rights.",
        live.cuts,
    );
    page.counter(
        "wireroom_live_resets_total",
        "Resumes that could not be exact.",
        live.resets,
    );
    let waiting = app.db.read(|read| jobs::waiting(read)).await?;
    let waiting: Vec<_> = waiting
        .into_iter()
        .map(|(kind, count, _)| (kind, count as f64))
        .collect();
    page.gauges("wireroom_jobs_waiting", "Jobs not done yet.", "kind", &waiting);
    Ok(page.text())
}

/// `wireroom healthcheck`: asks the running server over its own listener.
pub fn check(config: &Config, console: &mut Console) -> i32 {
    let asked = config
        .listen()
        .map_err(|error| error.to_string())
        .and_then(|address| ask(address).map_err(|error| error.to_string()));
    match asked {
        Ok(answer) if answer.starts_with("HTTP/1.1 200") => {
            console.say("ready");
            0
        }
        Ok(answer) => {
            console.tell(answer.lines().next().unwrap_or("no answer"));
            1
        }
        Err(error) => {
            console.tell(error);
            1
        }
    }
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = std::net::TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(
        format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes(),
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// Serves `/metrics` alone on a listener of its own, for a network that readers cannot reach.
pub async fn serve_metrics(app: App, address: SocketAddr) {
    let (pages, clock, origin) = (app.pages.clone(), app.clock.clone(), app.config.origin());
    let show = move || {
        let app = app.clone();
        async move { metrics(&app).await }
    };
    let router = axum::Router::new().route("/metrics", axum::routing::get(show));
    let served = match door::listen(address) {
        Ok(listener) => {
            door::serve(
                listener,
                Door::new(router, pages, clock, origin),
                std::future::pending(),
            )
            .await
        }
        Err(error) => Err(error),
    };
    if let Err(error) = served {
        tracing::error!(target: "wireroom", cause = %error, "the metrics listener stopped");
    }
}
