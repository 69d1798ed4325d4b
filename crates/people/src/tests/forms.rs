//! A6 over the routes of this crate: nothing is changed for another site.

use super::house::{FORM, ORIGIN, PASSWORD, on_sqlite, routes};
use base::web::CsrfClass;
use bytes::Bytes;
use http::Request;
use lexicon::Role;

/// Every way another site could make a browser of ours send something.
const FOREIGN: [&[(&str, &str)]; 12] = [
    &[],
    &[("origin", "null")],
    &[("origin", "https://evil.example")],
    &[("origin", "http://news.example")],
    &[("origin", "https://news.example.evil.example")],
    &[("origin", "https://news.example:8443")],
    &[
        ("origin", "https://news.example"),
        ("origin", "https://evil.example"),
    ],
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "none")],
    &[
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://news.example"),
    ],
    &[("referer", "https://news.example/account")],
];

#[test]
fn nothing_is_changed_for_another_site() {
    on_sqlite(async |house| {
        let (_, mut browser, _) = house.staff("olga@news.example", Role::Owner).await;
        let routes = routes(&house.people);
        let changing: Vec<_> = routes.iter().filter(|route| !route.method.is_safe()).collect();
        assert!(changing.len() >= 16, "{}", changing.len());
        for route in &changing {
            for signs in FOREIGN {
                for media_type in [FORM, "text/plain", "application/json"] {
                    let mut request = Request::builder()
                        .method(route.method.clone())
                        .uri(route.path.replace("{id}", "1"))
                        .header("content-type", media_type);
                    for (name, value) in signs {
                        request = request.header(*name, *value);
                    }
                    let answer = browser.send(request, Bytes::from_static(b"{}")).await;
                    let expect = match route.csrf {
                        CsrfClass::Token => (401, "people.sign_in"),
                        _ => (403, "web.cross_site"),
                    };
                    let code = answer.json()["code"].as_str().unwrap_or_default().to_owned();
                    assert_eq!(
                        (answer.status.as_u16(), code.as_str()),
                        expect,
                        "{} {} {signs:?}",
                        route.method,
                        route.path
                    );
                }
            }
        }
        assert_eq!(browser.me().await, 200, "still signed in after all that");
    });
}

#[test]
fn a_method_is_what_it_is() {
    on_sqlite(async |house| {
        house.add("ruth@news.example", Role::Editor).await;
        for path in [
            "/sign-in",
            "/sign-in/code",
            "/sign-out",
            "/account/password",
            "/setup",
        ] {
            for header in ["x-http-method-override", "x-method-override"] {
                let request = Request::post(path)
                    .header("content-type", FORM)
                    .header("origin", ORIGIN)
                    .header(header, "DELETE");
                let answer = house.browser().send(request, Bytes::new()).await;
                assert_eq!(answer.json()["code"], "web.method_override", "{path}");
            }
        }
        let by_get = format!(
            "/sign-in?email=ruth%40news.example&password={}",
            PASSWORD.replace(' ', "+")
        );
        let mut browser = house.browser();
        assert_eq!(browser.get(&by_get).await.status, 200);
        assert!(browser.jar.is_empty(), "a GET signs nobody in");
        assert_eq!(browser.get("/sign-out").await.status, 405);
    });
}

#[test]
fn private_pages_are_kept_by_nobody() {
    on_sqlite(async |house| {
        let (_, mut browser, _) = house.staff("olga@news.example", Role::Owner).await;
        for path in [
            "/account",
            "/account/password",
            "/account/totp",
            "/sign-in",
            "/setup?key=x",
            "/api/v1/desk/me",
        ] {
            assert_eq!(
                browser.get(path).await.header("cache-control"),
                "private, no-store",
                "{path}"
            );
        }
    });
}
