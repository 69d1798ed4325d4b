//! Every route that changes something, against every way another site could make a browser call it (A6).

use super::client::{Answer, post};
use super::house::{House, ORIGIN, table};
use base::web::CsrfClass;
use std::sync::Arc;

const SESSION: &str = "Cookie: session=owner\r\nContent-Type: application/json\r\n";

fn unsafe_routes() -> Vec<(String, String, CsrfClass)> {
    let table = table(&Arc::default());
    let unsafe_routes = table.routes().iter().filter(|route| !route.method.is_safe());
    unsafe_routes
        .map(|route| {
            (
                route.method.to_string(),
                route.path.replace("{id}", "1"),
                route.csrf,
            )
        })
        .collect()
}

fn ask(house: &House, method: &str, path: &str, headers: &str) -> Answer {
    let request = post(path, headers, r#"{"text":"a"}"#);
    house.client().ask(&request.replacen("POST", method, 1))
}

#[test]
fn nothing_is_changed_for_another_site() {
    let house = House::with(|reception, _| reception.rate_limits = false);
    let foreign = [
        "",
        "Origin: null\r\n",
        "Origin: https://evil.example\r\n",
        "Origin: http://news.example\r\n",
        "Origin: https://news.example.evil.example\r\n",
        "Origin: https://news.example:8443\r\n",
        "Origin: https://news.example\r\nOrigin: https://evil.example\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Sec-Fetch-Site: none\r\n",
        "Sec-Fetch-Site: cross-site\r\nOrigin: https://news.example\r\n",
        "Sec-Fetch-Site: same-origin\r\nOrigin: https://evil.example\r\n",
        "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n",
        "Referer: https://news.example/en/\r\n",
        "X-Requested-With: XMLHttpRequest\r\n",
    ];
    let routes = unsafe_routes();
    assert!(routes.len() >= 6);
    for (method, path, class) in &routes {
        for signs in foreign {
            let answer = ask(&house, method, path, &format!("{SESSION}{signs}"));
            let expect = if *class == CsrfClass::Token {
                (401, "people.sign_in")
            } else {
                (403, "web.cross_site")
            };
            let code = answer.json()["code"].as_str().map(str::to_owned);
            assert_eq!(
                (answer.status, code.as_deref()),
                (expect.0, Some(expect.1)),
                "{method} {path} {signs:?}"
            );
        }
    }
}

#[test]
fn our_own_pages_and_tokens_come_through() {
    let house = House::with(|reception, _| reception.rate_limits = false);
    let own = [
        format!("{SESSION}Origin: {ORIGIN}\r\n"),
        format!("{SESSION}Sec-Fetch-Site: same-origin\r\n"),
        format!("{SESSION}Sec-Fetch-Site: same-origin\r\nOrigin: {ORIGIN}\r\n"),
        "Authorization: Bearer owner\r\nContent-Type: application/json\r\n".to_owned(),
    ];
    for (method, path, class) in unsafe_routes() {
        for headers in &own {
            let answer = ask(&house, &method, &path, headers);
            let cookie = headers.contains("Cookie") && class == CsrfClass::Token;
            assert_eq!(
                answer.status == 401,
                cookie,
                "{method} {path} {headers:?}: {}",
                answer.text()
            );
            assert_ne!(answer.status, 403, "{method} {path} {headers:?}");
        }
    }
}

#[test]
fn a_method_cannot_be_overridden_and_text_is_not_json() {
    let house = House::with(|reception, _| reception.rate_limits = false);
    let own = format!("Origin: {ORIGIN}\r\n");
    for (method, path, class) in unsafe_routes() {
        let signed = if class == CsrfClass::Token {
            "Authorization: Bearer owner\r\n"
        } else {
            "Cookie: session=owner\r\n"
        };
        for header in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
            let answer = ask(
                &house,
                &method,
                &path,
                &format!("{signed}{own}{header}: DELETE\r\n"),
            );
            assert_eq!(
                (answer.status, answer.json()["code"].as_str()),
                (422, Some("web.method_override")),
                "{method} {path}"
            );
        }
        let answer = ask(
            &house,
            &method,
            &format!("{path}?_method=DELETE"),
            &format!("{signed}{own}"),
        );
        assert_eq!(answer.status, 422, "{method} {path}");
        if path.contains("notes") && method != "DELETE" {
            let text = format!("{signed}{own}Content-Type: text/plain\r\n");
            assert_eq!(ask(&house, &method, &path, &text).status, 415, "{method} {path}");
        }
    }
}

#[test]
fn a_loopback_site_knows_its_other_names() {
    let house = House::with(|reception, _| reception.origin = "http://127.0.0.1:8080".into());
    for (origin, status) in [
        ("http://localhost:8080", 201),
        ("http://[::1]:8080", 201),
        ("http://localhost:8081", 403),
        ("http://localhost.evil:8080", 403),
    ] {
        let answer = ask(
            &house,
            "POST",
            "/desk/notes",
            &format!("{SESSION}Origin: {origin}\r\n"),
        );
        assert_eq!(answer.status, status, "{origin}");
    }
}
