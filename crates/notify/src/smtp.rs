//! The mail server, from `smtp` in the configuration.

use base::{Config, Error, Result};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;

/// Longer than the slowest server greets, shorter than a job is held.
const TIMEOUT: Duration = Duration::from_secs(20);
const CONNECTIONS: u32 = 2;

/// Where mail goes, and from whom.
#[derive(Clone)]
pub struct Smtp {
    /// `None`: there is no server, and mail is shown.
    transport: Option<AsyncSmtpTransport<Tokio1Executor>>,
    pub(crate) sender: Address,
}

/// Why a server did not take a mail.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It will never take it.
    ForGood(String),
    ForNow(String),
}

/// The parts of `smtp://user:password@host:port`.
#[derive(Debug, PartialEq, Eq)]
struct Server {
    wrapped: bool,
    host: String,
    port: u16,
    credentials: Option<(String, String)>,
}

impl Smtp {
    /// Errors: `config.smtp`, `config.mail_from`.
    pub fn of(config: &Config) -> Result<Self> {
        let host = host_of(&config.origin());
        let from = match config.mail_from() {
            "" if host.parse::<std::net::IpAddr>().is_ok() => format!("noreply@[{host}]"),
            "" => format!("noreply@{host}"),
            from => from.to_owned(),
        };
        let sender: Address = from.parse().map_err(|_| {
            Error::invalid(
                "mail-from",
                "config.mail_from",
                format!("{from:?} is no mail address"),
            )
        })?;
        let transport = match config.smtp() {
            "" => None,
            url => Some(connect(&Server::parse(url)?, &host)?),
        };
        Ok(Self { transport, sender })
    }

    pub fn is_there(&self) -> bool {
        self.transport.is_some()
    }

    /// Hands the bytes over; the server has taken them when this is well.
    pub(crate) async fn hand(&self, to: &str, bytes: &[u8]) -> Result<(), Refused> {
        let Some(transport) = &self.transport else {
            return Ok(());
        };
        let to = to
            .parse()
            .map_err(|_| Refused::ForGood("no address".to_owned()))?;
        let envelope = lettre::address::Envelope::new(Some(self.sender.clone()), vec![to]);
        let envelope = envelope.map_err(|error| Refused::ForGood(error.to_string()))?;
        match transport.send_raw(&envelope, bytes).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(Refused::ForGood(error.to_string())),
            Err(error) => Err(Refused::ForNow(error.to_string())),
        }
    }
}

/// A password never goes over an open line: only a server on this machine is spoken to without TLS.
fn connect(server: &Server, own_name: &str) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
    let secured = || TlsParameters::new(server.host.clone()).map_err(Error::internal);
    let tls = match (server.wrapped, is_here(&server.host), &server.credentials) {
        (true, _, _) => Tls::Wrapper(secured()?),
        (false, true, _) => Tls::None,
        (false, false, Some(_)) => Tls::Required(secured()?),
        (false, false, None) => Tls::Opportunistic(secured()?),
    };
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.as_str())
        .port(server.port)
        .tls(tls)
        .timeout(Some(TIMEOUT))
        .hello_name(ClientId::Domain(own_name.to_owned()))
        .pool_config(PoolConfig::new().max_size(CONNECTIONS));
    Ok(match &server.credentials {
        Some((user, password)) => builder
            .credentials(Credentials::new(user.clone(), password.clone()))
            .build(),
        None => builder.build(),
    })
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// `https://news.example:8443` → `news.example`.
fn host_of(origin: &str) -> String {
    let rest = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    };
    host.trim_matches(['[', ']']).to_owned()
}

impl Server {
    fn parse(url: &str) -> Result<Self> {
        let refused = || {
            let message =
                "write smtp://user:password@host:port, or smtps:// for a server that speaks TLS at once";
            Error::invalid("smtp", "config.smtp", message)
        };
        let (wrapped, rest) = match url.split_once("://") {
            Some(("smtp", rest)) => (false, rest),
            Some(("smtps", rest)) => (true, rest),
            _ => return Err(refused()),
        };
        let rest = rest.trim_end_matches('/');
        let (credentials, place) = match rest.rsplit_once('@') {
            Some((login, place)) => {
                let (user, password) = login.split_once(':').ok_or_else(refused)?;
                (Some((decoded(user), decoded(password))), place)
            }
            None => (None, rest),
        };
        let usual = if wrapped { 465 } else { 587 };
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !host.ends_with(':') && !port.contains(']') => {
                (host, port.parse().map_err(|_| refused())?)
            }
            _ => (place, usual),
        };
        let host = host.trim_matches(['[', ']']).to_owned();
        if host.is_empty() || host.contains(['/', '?', '#', ' ']) {
            return Err(refused());
        }
        Ok(Self {
            wrapped,
            host,
            port,
            credentials,
        })
    }
}

/// `%40` → `@`; what is no escape stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = match (first, tail) {
            (b'%', [a, b, ..]) => std::str::from_utf8(&[*a, *b])
                .ok()
                .and_then(|hex| u8::from_str_radix(hex, 16).ok()),
            _ => None,
        };
        bytes.push(escape.unwrap_or(*first));
        rest = if escape.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_by_its_address() {
        let parsed = |url| Server::parse(url).unwrap();
        assert_eq!(
            parsed("smtp://post:p%40ss:w%C3%B6rt@mail.example:2525"),
            Server {
                wrapped: false,
                host: "mail.example".to_owned(),
                port: 2525,
                credentials: Some(("post".to_owned(), "p@ss:wört".to_owned())),
            }
        );
        assert_eq!(
            (parsed("smtps://mail.example").port, parsed("smtp://[::1]").port),
            (465, 587)
        );
        assert_eq!(parsed("smtp://[::1]:25/").host, "::1");
        for wrong in [
            "",
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://user@host",
            "smtp://host:x",
        ] {
            assert!(Server::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_sender_is_at_the_host_of_the_site() {
        assert_eq!(host_of("https://news.example:8443"), "news.example");
        assert_eq!(host_of("http://[::1]:8080"), "::1");
        assert_eq!(host_of("http://localhost"), "localhost");
    }
}
