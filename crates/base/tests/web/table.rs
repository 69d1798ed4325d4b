//! The route table as a whole: what cannot be declared, and the document made from it.

use super::house::table;
use base::Clock;
use base::pages::{Page, PageStore};
use base::web::{Access, Reception, Route, Shield, Table, openapi};
use lexicon::Scope;
use std::sync::Arc;

async fn show() -> Page {
    Page::html("", 0)
}

async fn other() {}

#[test]
fn contradictions_are_refused_by_name() {
    let cases: [(&str, Vec<Route>); 8] = [
        ("summary", vec![Route::get("/a", other).private(Access::Public)]),
        (
            "only public reading",
            vec![Route::post("/a", other).stored().about("x")],
        ),
        (
            "admits nobody",
            vec![
                Route::get("/a", other)
                    .token(Access::Public, Scope::Read)
                    .about("x"),
            ],
        ),
        (
            "admits nobody",
            vec![Route::get("/a", other).private(Access::Staff(&[])).about("x")],
        ),
        (
            "one slash",
            vec![Route::get("a", other).private(Access::Public).about("x")],
        ),
        (
            "numbered",
            vec![
                Route::get("/a", other)
                    .private(Access::Public)
                    .numbered()
                    .about("x"),
            ],
        ),
        (
            "two handlers",
            vec![
                Route::get("/a", other).private(Access::Public).about("x"),
                Route::get("/b", other).private(Access::Public).about("x"),
            ],
        ),
        (
            "two routes",
            vec![
                Route::get("/{a}", other).private(Access::Public).about("x"),
                Route::get("/{b}", show).stored().about("x"),
            ],
        ),
    ];
    for (what, routes) in cases {
        let fault = Table::new(routes).err().map(|error| format!("{error:?}"));
        assert!(
            fault.as_ref().is_some_and(|fault| fault.contains(what)),
            "{what}: {fault:?}"
        );
    }
}

#[test]
fn the_document_has_every_route_and_nothing_else() {
    let table = table(&Arc::default());
    let document = openapi(&table, "0.1.0");
    assert_eq!(document["openapi"], "3.1.0");
    let mut documented: Vec<String> = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            documented.push(format!(
                "{} {path} {}",
                method.to_uppercase(),
                operation["operationId"].as_str().unwrap()
            ));
        }
    }
    let mut declared: Vec<String> = table
        .routes()
        .iter()
        .map(|route| format!("{} {} {}", route.method, route.path, route.id))
        .collect();
    documented.sort();
    declared.sort();
    assert_eq!(documented, declared);
    let operation = &document["paths"]["/api/v1/words/{word}"]["get"];
    assert_eq!(operation["parameters"][0]["name"], "word");
    assert_eq!(operation["parameters"][1]["name"], "loud");
    let note = &document["paths"]["/desk/notes"]["post"]["requestBody"]["content"]["application/json"]["schema"]
        ["$ref"];
    assert_eq!(note, "#/components/schemas/Note");
    assert!(document["components"]["schemas"]["Note"]["properties"]["text"].is_object());
    assert!(!document.to_string().contains("$defs"));
}

/// Roles, scopes and access, for every route of the table.
#[test]
fn the_gate_admits_whom_the_table_admits() {
    use super::client::get;
    let house = super::house::House::with(|reception, _| reception.rate_limits = false);
    for route in table(&Arc::default()).routes() {
        if ["panic_now", "wait_long"].contains(&route.id) {
            continue;
        }
        for who in [
            "",
            "reader",
            "moderator",
            "photo",
            "reporter",
            "editor",
            "owner",
            "owner.read",
            "nobody",
        ] {
            let path = route
                .path
                .replace("{id}", "1")
                .replace("{hash}", "1")
                .replace("{word}", "a");
            let header = if who.is_empty() {
                String::new()
            } else {
                format!("Authorization: Bearer {who}\r\n")
            };
            let own = "Origin: https://news.example\r\n";
            let request = get(&path, &format!("{header}{own}")).replacen("GET", route.method.as_str(), 1);
            let status = house.client().ask(&request).status;
            let (role, scope) = who.split_once('.').unwrap_or((who, "desk"));
            let open = matches!(route.access, Access::Public | Access::SecretLink);
            let admitted = route.access.admits(role.parse().ok())
                && (open || scope.parse::<Scope>().is_ok_and(|scope| scope >= route.scope));
            assert_eq!(
                matches!(status, 401 | 403),
                !admitted,
                "{} {} as {who:?}: {status}",
                route.method,
                route.path
            );
        }
    }
}

#[test]
fn a_router_can_be_made_more_than_once() {
    let clock = Clock::system();
    let reception = Reception::new(
        PageStore::new(1 << 20, clock.clone(), Shield::default()),
        clock,
        "http://localhost",
    );
    let table = table(&Arc::default());
    let _ = (table.router(&reception), table.router(&reception));
}
