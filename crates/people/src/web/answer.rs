//! How pages and forms are answered: in place with the mistakes marked, or by leading on.

use super::Office;
use crate::limits::{NAME_LONGEST, PASSWORD_LONGEST, PASSWORD_SHORTEST};
use crate::page::{Form, Page, Tongue, Words};
use axum::body::Body;
use axum::response::Response;
use base::web::Shown;
use base::{Error, Result};
use http::StatusCode;
use http::header::{
    ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER, SET_COOKIE,
};
use serde::Deserialize;

/// What may stand in the query of these pages.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// The secret of a link.
    pub key: Option<String>,
    /// The edition whose language and look the page has.
    pub edition: Option<String>,
    /// Where to go after signing in.
    pub next: Option<String>,
    /// What was just done, to be said on the page.
    pub done: Option<String>,
}

impl Asked {
    /// An address of ours that keeps the edition.
    pub fn path(&self, path: &str) -> String {
        match self.edition() {
            Some(edition) => format!("{path}?edition={edition}"),
            None => path.to_owned(),
        }
    }

    pub fn edition(&self) -> Option<&str> {
        let edition = self.edition.as_deref()?;
        lexicon::EditionCode::parse(edition).is_ok().then_some(edition)
    }

    pub fn tongue(&self, headers: &HeaderMap) -> Tongue {
        let wished = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Tongue {
            edition: self.edition().map(str::to_owned),
            wished: wished.unwrap_or_default().to_owned(),
        }
    }
}

/// A path of this site, or nothing: no other site is ever led to (CWE-601).
pub(crate) fn local(next: Option<&str>) -> Option<String> {
    let next = next?;
    let plain = next.len() <= 500 && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (plain && next.starts_with('/') && !next.starts_with("//")).then(|| next.to_owned())
}

impl Office {
    /// A page; a form with mistakes in it has the status of a refusal.
    pub async fn page(&self, page: Page, tongue: Tongue) -> Result<Response> {
        let status = match &page {
            Page::Setup { form }
            | Page::SignIn { form }
            | Page::Code { form }
            | Page::Enrol { form, .. }
            | Page::Password { form, .. }
            | Page::Register { form }
            | Page::ReaderSignIn { form }
            | Page::Forgotten { form }
            | Page::Confirm { form, .. }
            | Page::Deletion { form, .. } => form_status(form),
            Page::Me { me } => form_status(&me.name_form).max(form_status(&me.address_form)),
            Page::Sent | Page::Ignored { .. } | Page::Farewell => StatusCode::OK,
            Page::DeadErrand { why } if why.key == "errand-unknown" => StatusCode::NOT_FOUND,
            Page::DeadErrand { why } if why.key == "errand-elsewhere" => StatusCode::FORBIDDEN,
            Page::DeadErrand { .. } => StatusCode::GONE,
            Page::Account { account } => form_status(&account.form),
            Page::DeadLink { why } if why.key == "link-unknown" => StatusCode::NOT_FOUND,
            Page::DeadLink { .. } => StatusCode::GONE,
        };
        let html = self.pages.render(page, tongue).await?;
        let mut response = Response::new(Body::from(html));
        *response.status_mut() = status;
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        response.headers_mut().insert(CONTENT_TYPE, html);
        response.extensions_mut().insert(Shown);
        Ok(response)
    }
}

fn form_status(form: &Form) -> StatusCode {
    match form.is_wrong() {
        true if form.error.as_ref().is_some_and(|words| words.key == TOO_MANY) => {
            StatusCode::TOO_MANY_REQUESTS
        }
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    }
}

const TOO_MANY: &str = "wrong-too-many";

/// Says in the form what was wrong. What is no mistake of the person's stays an error.
pub(crate) fn marked(mut form: Form, error: Error) -> Result<Form> {
    let (field, words) = match &error {
        Error::TooMany { retry_after_s, .. } => {
            let minutes = i64::from(*retry_after_s).div_euclid(60) + 1;
            form.error = Some(Words::counted(TOO_MANY, minutes));
            return Ok(form);
        }
        _ => match words_of(error.code()) {
            Some(found) => found,
            None => return Err(error),
        },
    };
    form.errors.insert(field, words);
    Ok(form)
}

fn words_of(code: &str) -> Option<(&'static str, Words)> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Some(match code {
        "people.email" => ("email", Words::of("wrong-email")),
        "people.email_disposable" => ("email", Words::of("wrong-email-disposable")),
        "people.email_taken" => ("email", Words::of("wrong-email-taken")),
        "people.name" => ("name", Words::counted("wrong-name", count(NAME_LONGEST))),
        "people.name_taken" => ("name", Words::of("wrong-name-taken")),
        "people.password_short" => (
            "password",
            Words::counted("wrong-password-short", count(PASSWORD_SHORTEST)),
        ),
        "people.password_long" => (
            "password",
            Words::counted("wrong-password-long", count(PASSWORD_LONGEST)),
        ),
        "people.password_common" => ("password", Words::of("wrong-password-common")),
        _ => return None,
    })
}

/// The page for a reader's link that does not work. What is no matter of the link stays an error.
pub(crate) fn dead_errand(error: Error) -> Result<Page> {
    let key = match error.code() {
        "people.link_unknown" | "people.email_taken" => "errand-unknown",
        "people.link_used" => "errand-used",
        "people.link_expired" => "errand-expired",
        "people.link_elsewhere" => "errand-elsewhere",
        _ => return Err(error),
    };
    Ok(Page::DeadErrand { why: Words::of(key) })
}

/// The page for a link that does not work. What is no matter of the link stays an error.
pub(crate) fn dead(error: Error) -> Result<Page> {
    let key = match error.code() {
        "people.link_unknown" => "link-unknown",
        "people.link_used" => "link-used",
        "people.link_expired" => "link-expired",
        "people.has_owner" => "link-has-owner",
        _ => return Err(error),
    };
    Ok(Page::DeadLink { why: Words::of(key) })
}

/// Leads the browser on with a GET (RFC 9110 §15.4.4), with cookies set on the way.
pub(crate) fn lead(to: &str, cookies: Vec<HeaderValue>) -> Result<Response> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let location = HeaderValue::from_str(to).map_err(Error::internal)?;
    response.headers_mut().insert(LOCATION, location);
    Ok(with_cookies(response, cookies))
}

pub(crate) fn with_cookies(mut response: Response, cookies: Vec<HeaderValue>) -> Response {
    for cookie in cookies {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// `Retry-After` for a form that has to wait.
pub(crate) fn retry_after(mut response: Response, seconds: Option<u32>) -> Response {
    if let Some(seconds) = seconds {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_site() {
        for next in ["/en/", "/account?edition=en", "/a//b"] {
            assert_eq!(local(Some(next)).as_deref(), Some(next));
        }
        for next in [
            "",
            "en",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/a\r\nb",
            "/a b",
            "\\/evil",
            "/\t/evil",
        ] {
            assert_eq!(local(Some(next)), None, "{next:?}");
        }
    }
}
