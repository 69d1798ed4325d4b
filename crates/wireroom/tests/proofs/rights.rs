//! E8 and A6: every route × every caller × every state of a story is allowed exactly as the table declares, and nothing is
//! changed for another site.
//!
//! The table says who may come in; this test says by itself what follows from it, and asks the running server.

use crate::crawl::{self, Route};
use crate::desk;
use crate::house::{Engine, House};
use crate::wire::{Answer, Client};
use serde_json::{Value, json};

const ROLES: [&str; 6] = ["reader", "moderator", "photo", "reporter", "editor", "owner"];
const SCOPES: [&str; 3] = ["read", "reader", "desk"];
/// How a story can stand when somebody comes for it.
const STATES: [&str; 6] = ["draft", "embargoed", "held", "spiked", "published", "killed"];

/// Who asks; nobody has neither role nor token.
struct Caller {
    name: String,
    role: &'static str,
    scope: &'static str,
    client: Client,
}

#[test]
fn every_cell_of_the_table_is_as_declared() {
    for engine in Engine::each() {
        let house = House::serving(engine);
        let owner = house.token("owner", "desk");
        let mut callers = callers(&house);
        let routes = crawl::table(&mut house.client());
        let stories = stories(&mut house.client_of(&owner));
        let mut wrong = Vec::new();
        let mut cells = 0;
        for route in routes.iter().filter(|route| asks_by_token(route)) {
            for (state, id) in &stories {
                for caller in &mut callers {
                    cells += 1;
                    wrong.extend(cell(route, state, id, caller));
                }
            }
        }
        println!("{}: {cells} cells, {} wrong", house.engine.name(), wrong.len());
        assert!(cells > 3_000, "only {cells} cells");
        assert!(
            wrong.is_empty(),
            "{} wrong: {:#?}",
            wrong.len(),
            wrong.iter().step_by(wrong.len() / 12 + 1).collect::<Vec<_>>()
        );
        unharmed(&mut house.client_of(&owner), &stories);
    }
}

fn callers(house: &House) -> Vec<Caller> {
    let mut callers = vec![
        Caller {
            name: "nobody".into(),
            role: "",
            scope: "",
            client: house.client(),
        },
        Caller {
            name: "a made-up token".into(),
            role: "",
            scope: "",
            client: house.client_of("wr_0000000000000000000000000000"),
        },
    ];
    for role in ROLES {
        for scope in SCOPES {
            let token = house.token(role, scope);
            callers.push(Caller {
                name: format!("{role} with scope {scope}"),
                role,
                scope,
                client: house.client_of(&token),
            });
        }
    }
    callers
}

/// A story in each state, with a canary that only the desk may see until it is public.
fn stories(desk: &mut Client) -> Vec<(&'static str, String)> {
    let each = STATES.map(|state| {
        let id = desk::make(
            desk,
            &desk::story(&format!("Rights of a {state} story"), "<p>Text.</p>"),
        );
        match state {
            "embargoed" => {
                let timing = json!({ "embargo_until": desk::moment_in(7_200_000) });
                assert_eq!(desk::timed(desk, &id, &timing).status, 202);
            }
            "held" => assert_eq!(
                desk.call("POST", &format!("/api/v1/desk/stories/{id}/hold"), &json!({}))
                    .status,
                204
            ),
            "spiked" => assert_eq!(
                desk.call("POST", &format!("/api/v1/desk/stories/{id}/spike"), &json!({}))
                    .status,
                204
            ),
            "published" => drop(desk::publish(desk, &id)),
            "killed" => {
                desk::publish(desk, &id);
                assert_eq!(desk::kill(desk, &id, "Untrue.").status, 204);
            }
            _ => {}
        }
        (state, id)
    });
    each.into()
}

/// Not those whose own secret is the key, and not those that end somebody's session while we look.
fn asks_by_token(route: &Route) -> bool {
    route.access != "secret link" && !matches!(route.path.as_str(), "/api/v1/live" | "/desk/live")
}

/// Asks, and says what is wrong.
fn cell(route: &Route, state: &str, id: &str, caller: &mut Caller) -> Option<String> {
    let path = crawl::values("/en/news/2026/11/24/x-aaaaaaaaaaaa", id);
    let target = route.filled(&path);
    let body = harmless(route);
    let headers: Vec<(&str, &str)> = body.iter().map(|(kind, _)| ("content-type", *kind)).collect();
    let bytes = body.as_ref().map(|(_, text)| text.as_bytes());
    let answer = caller
        .client
        .send(&route.method, &target, &headers, bytes)
        .unwrap_or_else(|error| panic!("{target}: {error}"));
    let said = || {
        format!(
            "{} {target} ({state}) as {}: {} {}",
            route.method,
            caller.name,
            answer.status,
            answer.code()
        )
    };
    let expected = expected(route, caller);
    let fits = match expected {
        Expected::SignIn => answer.status == 401,
        Expected::Forbidden => {
            answer.status == 403 && matches!(answer.code().as_str(), "web.role" | "web.scope")
        }
        // Some pages are for sessions alone; that a token is not enough for them is stricter than declared.
        Expected::In if answer.code() == "people.session_only" => true,
        Expected::In => !matches!(answer.status, 401 | 403) && answer.status < 500,
        // Without a cookie and without the browser's word, a public form is refused as one from another site.
        Expected::CrossSite => answer.status == 403 && answer.code() == "web.cross_site",
    };
    let leaks = !matches!(state, "published")
        && route.is_public()
        && answer.text().contains(&format!("Rights of a {state} story"));
    (!fits || leaks).then(|| format!("{} where {expected:?} was declared", said()))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Expected {
    In,
    SignIn,
    Forbidden,
    CrossSite,
}

/// What the declarations mean for this caller.
fn expected(route: &Route, caller: &Caller) -> Expected {
    if caller.role.is_empty() && caller.name == "nobody" && route.csrf == "SameOrigin" {
        return Expected::CrossSite;
    }
    if route.is_public() {
        return Expected::In;
    }
    if caller.role.is_empty() {
        return Expected::SignIn;
    }
    let admitted = match &route.access {
        Value::Array(roles) => roles.iter().any(|role| role == caller.role),
        _ => true,
    };
    let reach = |scope: &str| {
        SCOPES
            .iter()
            .position(|known| *known == scope)
            .unwrap_or(SCOPES.len())
    };
    match admitted && reach(caller.scope) >= reach(&route.scope) {
        true => Expected::In,
        false => Expected::Forbidden,
    }
}

/// A body that is understood but refused for what it says, so that who is let in changes nothing.
fn harmless(route: &Route) -> Option<(&'static str, String)> {
    let safe = matches!(route.method.as_str(), "GET" | "HEAD");
    (!safe).then(|| ("application/json", json!({ "no such field": true }).to_string()))
}

/// The stories are as they were, except where the act itself takes no body.
fn unharmed(desk: &mut Client, stories: &[(&str, String)]) {
    for (state, id) in stories
        .iter()
        .filter(|(state, _)| matches!(*state, "published" | "killed"))
    {
        let now = desk.get(&format!("/api/v1/desk/stories/{id}")).json();
        assert_eq!(now["state"], *state, "{now}");
        assert_eq!(now["version"], 1);
    }
}

#[test]
fn nothing_is_changed_for_another_site() {
    let house = House::serving(Engine::Sqlite);
    let mut client = house.client();
    let routes = crawl::table(&mut client);
    let unsafe_ones: Vec<&Route> = routes
        .iter()
        .filter(|route| !matches!(route.method.as_str(), "GET" | "HEAD"))
        .collect();
    assert!(unsafe_ones.len() >= 9, "{} unsafe routes", unsafe_ones.len());
    let own = format!("http://localhost:{}", house.port);
    let signs: [(&str, &[(&str, &str)]); 9] = [
        ("no sign", &[]),
        ("another origin", &[("origin", "https://evil.example")]),
        ("no origin", &[("origin", "null")]),
        ("cross-site", &[("sec-fetch-site", "cross-site")]),
        ("same site only", &[("sec-fetch-site", "same-site")]),
        ("by hand", &[("sec-fetch-site", "none")]),
        (
            "signs that disagree",
            &[
                ("sec-fetch-site", "same-origin"),
                ("origin", "https://evil.example"),
            ],
        ),
        (
            "an origin that begins like ours",
            &[("origin", "http://localhost.evil.example")],
        ),
        (
            "our origin and cross-site",
            &[("sec-fetch-site", "cross-site"), ("origin", &own)],
        ),
    ];
    for route in unsafe_ones {
        let target = route.filled(&crawl::values(
            "/en/news/2026/11/24/x-aaaaaaaaaaaa",
            "aaaaaaaaaaaa",
        ));
        for (what, sign) in signs {
            for kind in [
                "application/json",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
            ] {
                let mut headers = vec![
                    ("cookie", "session=forged; __Host-session=forged"),
                    ("content-type", kind),
                ];
                headers.extend_from_slice(sign);
                let answer = client
                    .send(&route.method, &target, &headers, Some(b"{}"))
                    .unwrap();
                refused(route, what, &answer);
            }
        }
        let token = [
            ("x-http-method-override", "GET"),
            ("origin", own.as_str()),
            ("content-type", "application/json"),
        ];
        let answer = client.send(&route.method, &target, &token, Some(b"{}")).unwrap();
        assert!(
            matches!(answer.status, 401 | 403 | 422),
            "{} {target} with an override: {}",
            route.method,
            answer.status
        );
    }
}

/// A route for tokens does not look at cookies at all, so to it nobody is signed in.
fn refused(route: &Route, what: &str, answer: &Answer) {
    let by_token = route.csrf == "Token" && answer.status == 401;
    let by_sign = route.csrf == "SameOrigin" && answer.status == 403 && answer.code() == "web.cross_site";
    assert!(
        by_token || by_sign,
        "{} {} with {what}: {} {}",
        route.method,
        route.path,
        answer.status,
        answer.text()
    );
}
