//! The headers that every answer carries, whoever writes it: the router, the fast lane, a refusal on a raw socket.

use http::header::{HeaderMap, HeaderName, HeaderValue};

/// Strict CSP (level 3) with Trusted Types: no inline script or style, nothing from elsewhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
    trusted-types wireroom";

/// What a page of ours, or a script that got into one, could otherwise ask the reader for.
const PERMISSIONS_POLICY: &str =
    "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/// The one list. An answer may carry a stricter value of its own for one of these; it never lacks one.
pub const SECURITY: [(&str, &str); 6] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", PERMISSIONS_POLICY),
];

/// Two years, as the preload lists ask; only sent when the public address is https (RFC 6797 §7.2).
pub const HSTS: (&str, &str) = ("strict-transport-security", "max-age=63072000; includeSubDomains");

/// The security headers of this site.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shield {
    https: bool,
}

impl Shield {
    /// For the site at `origin` (`https://news.example`).
    pub fn of(origin: &str) -> Self {
        Self {
            https: origin.starts_with("https://"),
        }
    }

    /// Adds what is missing.
    pub fn dress(self, headers: &mut HeaderMap) {
        for (name, value) in self.pairs() {
            headers
                .entry(HeaderName::from_static(name))
                .or_insert(HeaderValue::from_static(value));
        }
    }

    /// The same as header lines, each ended by CRLF, leaving out those that `own` already has.
    pub fn lines(self, own: &[(HeaderName, HeaderValue)]) -> String {
        let mut lines = String::with_capacity(1024);
        for (name, value) in self
            .pairs()
            .filter(|(name, _)| own.iter().all(|(has, _)| has != name))
        {
            lines.extend([name, ": ", value, "\r\n"]);
        }
        lines
    }

    fn pairs(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        SECURITY.into_iter().chain(self.https.then_some(HSTS))
    }
}
