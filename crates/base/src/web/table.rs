//! The route table: all routes of the program, checked as a whole, made into one router.

use super::gate::{Gate, gate};
use super::reception::{Reception, receive};
use super::route::{Access, CacheClass, CsrfClass, Route};
use crate::{Error, Result};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Every route there is.
pub struct Table {
    routes: Vec<Route>,
}

impl Table {
    /// Takes the routes of all features. Errors: a declaration that is missing or contradicts another, two
    /// routes with one name or one address; all of them are named.
    pub fn new(routes: Vec<Route>) -> Result<Self> {
        let mut faults: Vec<String> = routes.iter().filter_map(fault).collect();
        let mut seen = HashSet::new();
        for route in &routes {
            if !seen.insert(route.id.to_owned()) {
                faults.push(format!("{}: two handlers of this name", route.id));
            }
            if !seen.insert(format!("{} {}", route.method, shape(route.path))) {
                faults.push(format!("{} {}: two routes", route.method, route.path));
            }
        }
        if faults.is_empty() {
            Ok(Self { routes })
        } else {
            Err(Error::internal(faults.join("; ")))
        }
    }

    /// All routes, in the order they were given.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The router that enforces what the table declares.
    pub fn router(&self, reception: &Reception) -> Router {
        let reception = Arc::new(reception.knowing(self));
        let mut by_path = BTreeMap::new();
        for route in &self.routes {
            let gated = Gate::of(route, reception.clone());
            let serves = route
                .serves
                .clone()
                .route_layer(from_fn_with_state(Arc::new(gated), gate));
            let merged = match by_path.remove(route.path) {
                None => serves,
                Some(others) => serves.merge(others),
            };
            by_path.insert(route.path, merged);
        }
        by_path
            .into_iter()
            .fold(Router::new(), |router, (path, serves)| router.route(path, serves))
            .fallback(|| async { Error::not_found("web.not_found") })
            .layer(DefaultBodyLimit::disable())
            .layer(from_fn_with_state(reception, receive))
    }
}

/// What contradicts itself in one route.
fn fault(route: &Route) -> Option<String> {
    let safe = route.method.is_safe();
    let kept = route.cache != CacheClass::Private;
    let open = matches!(route.access, Access::Public | Access::SecretLink);
    let what = if !route.path.starts_with('/') || route.path.contains("//") {
        "its path must begin with one slash"
    } else if route.summary.is_empty() {
        "it lacks a summary"
    } else if kept && !(safe && route.access == Access::Public) {
        "only public reading may be kept"
    } else if safe != (route.csrf == CsrfClass::Safe) && route.csrf != CsrfClass::Token {
        "its CSRF class does not fit its method"
    } else if route.csrf == CsrfClass::Token && open {
        "a token is asked for that admits nobody in particular"
    } else if route.access == Access::Staff(&[]) {
        "it admits nobody"
    } else if !safe && route.body_limit_bytes == 0 && route.method != http::Method::DELETE {
        "it takes no body"
    } else if route.numbered && route.cache != CacheClass::Stored {
        "only stored pages are numbered"
    } else {
        return None;
    };
    Some(format!("{} {} ({}): {what}", route.method, route.path, route.id))
}

/// The path with its parameters' names left out: two such routes would shadow each other.
fn shape(path: &str) -> String {
    let plain = |segment: &str| {
        if segment.starts_with('{') && segment.ends_with('}') {
            "{}".into()
        } else {
            segment.to_owned()
        }
    };
    path.split('/').map(plain).collect::<Vec<_>>().join("/")
}
