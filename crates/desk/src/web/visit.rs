//! Who looks at a page of the desk, how they wish it to look, and how pages are answered.

use crate::frame::Desk;
use crate::look::Look;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::response::Response;
use base::web::Caller;
use base::{Error, Result};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use http::request::Parts;

/// Somebody of the staff in front of a page. The gate has checked the role that the route declares.
#[derive(Clone, Debug)]
pub struct Visit {
    pub caller: Caller,
    pub look: Look,
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self> {
        let caller = parts.extensions.get::<Caller>().cloned();
        Ok(Self {
            caller: caller.ok_or(Error::Unauthenticated)?,
            look: Look::of(&parts.headers),
        })
    }
}

impl Desk {
    /// A page in the frame: `here` is its word in [`crate::frame::PLACES`], `template` a file of `templates/`, `context` a JSON object.
    /// With `zone` (an IANA name) in the context, the filter `clock` writes moments on that zone's clock.
    pub fn page(
        &self,
        visit: &Visit,
        here: &str,
        template: &str,
        context: serde_json::Value,
    ) -> Result<Response> {
        let html = self.render(&visit.caller, &visit.look, here, template, context)?;
        let mut response = Response::new(Body::from(html));
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        Ok(response)
    }

    /// Leads the browser on after a form (RFC 9110 §15.4.4). Only to a path of the desk.
    pub fn lead(&self, to: &str) -> Result<Response> {
        let to = if to.starts_with("/desk/") { to } else { "/desk/" };
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SEE_OTHER;
        let location = HeaderValue::from_str(to).map_err(Error::internal)?;
        response.headers_mut().insert(LOCATION, location);
        Ok(response)
    }
}
