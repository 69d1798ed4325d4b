//! Configuration: one definition a key, from which flag, environment variable, file key, help and the example file come.

use crate::db::Place;
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// One key of the configuration.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As in `wireroom.toml` and `--flag`; the environment has it as `WIREROOM_NAME`.
    pub name: &'static str,
    pub default: &'static str,
    /// May also be given as `…_FILE`, and is never printed.
    pub secret: bool,
    pub about: &'static str,
}

/// Every key, in the order of the example file.
pub const KEYS: &[Key] = &[
    key(
        "data",
        "./wireroom-data",
        "The data folder: database, pictures, search index, keys",
    ),
    key("listen", "127.0.0.1:8080", "Address and port to listen on"),
    key(
        "origin",
        "",
        "The public address, e.g. https://news.example; http:// and the listen address when empty",
    ),
    secret(
        "database",
        "",
        "sqlite: in the data folder when empty, or postgres://user:password@host/name",
    ),
    secret(
        "bus",
        "",
        "In-process when empty, or nats://host for several nodes",
    ),
    secret("blobs", "", "The data folder when empty, or s3://bucket"),
    secret(
        "smtp",
        "",
        "smtp://user:password@host:port, or smtps:// for TLS at once; mail is shown on the terminal when empty",
    ),
    key(
        "mail-from",
        "",
        "The sender of mail; noreply@ and the host of the public address when empty",
    ),
    key(
        "log",
        "info",
        "What is logged: error, warn, info, debug, or targets such as info,stories=debug",
    ),
    key(
        "limits",
        "on",
        "off switches rate limits off; only together with a loopback listener, for load tests",
    ),
    key(
        "theme",
        "ledger",
        "The theme; themes/NAME in the data folder takes the place of the built-in one",
    ),
    key("pages-mib", "64", "Memory for the page store, MiB"),
    key(
        "metrics",
        "",
        "Address of a listener of its own for /metrics, e.g. 127.0.0.1:9090",
    ),
    secret(
        "metrics-token",
        "",
        "Bearer token that opens /metrics on the main listener",
    ),
];

const fn key(name: &'static str, default: &'static str, about: &'static str) -> Key {
    Key {
        name,
        default,
        secret: false,
        about,
    }
}

const fn secret(name: &'static str, default: &'static str, about: &'static str) -> Key {
    Key {
        name,
        default,
        secret: true,
        about,
    }
}

impl Key {
    /// `WIREROOM_PAGES_MIB`.
    pub fn variable(&self) -> String {
        format!("WIREROOM_{}", self.name.replace('-', "_").to_uppercase())
    }
}

/// Where a value came from, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Flag,
    Environment,
    File,
    Default,
}

/// The values of all keys, each with its origin.
#[derive(Clone, Debug)]
pub struct Config {
    values: BTreeMap<&'static str, (String, Origin)>,
}

impl Config {
    /// Resolves every key: flag, then environment, then `wireroom.toml` in the data folder, then default.
    /// Errors: `config.file` (unreadable, unknown key), `config.secret_file`, and those of `check`.
    pub fn resolve(flags: &BTreeMap<String, String>, environment: &BTreeMap<String, String>) -> Result<Self> {
        let mut config = Self {
            values: BTreeMap::new(),
        };
        let no_file = toml::Table::new();
        let (data, origin) = pick(&KEYS[0], flags, environment, &no_file)?;
        let file = read_file(&Path::new(&data).join("wireroom.toml"))?;
        config.values.insert("data", (data, origin));
        for key in &KEYS[1..] {
            config
                .values
                .insert(key.name, pick(key, flags, environment, &file)?);
        }
        config.check()?;
        Ok(config)
    }

    fn text(&self, name: &str) -> &str {
        self.values.get(name).map_or("", |(value, _)| value)
    }

    /// Every key with its value (secrets as `***`) and origin, for `config show`.
    pub fn shown(&self) -> Vec<(&'static Key, String, Origin)> {
        let show = |key: &'static Key| {
            let (value, origin) = self
                .values
                .get(key.name)
                .cloned()
                .unwrap_or((String::new(), Origin::Default));
            let hidden = key.secret && !value.is_empty();
            (key, if hidden { "***".to_owned() } else { value }, origin)
        };
        KEYS.iter().map(show).collect()
    }

    pub fn data(&self) -> PathBuf {
        PathBuf::from(self.text("data"))
    }

    pub fn listen(&self) -> Result<SocketAddr> {
        let text = self.text("listen");
        text.parse()
            .map_err(|_| Error::invalid("listen", "config.listen", format!("{text:?} is not address:port")))
    }

    /// The public address without a slash at its end. Links, mail and security checks use it, never the Host header.
    pub fn origin(&self) -> String {
        match self.text("origin") {
            "" => format!(
                "http://{}",
                self.text("listen")
                    .replace("127.0.0.1", "localhost")
                    .replace("0.0.0.0", "localhost")
            ),
            origin => origin.trim_end_matches('/').to_owned(),
        }
    }

    pub fn database(&self) -> Result<Place> {
        match self.text("database") {
            "" | "sqlite:" => Ok(Place::Sqlite(self.data().join("wireroom.db"))),
            url if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Place::Postgres(url.to_owned()))
            }
            url => match url.strip_prefix("sqlite:") {
                Some(path) => Ok(Place::Sqlite(PathBuf::from(path))),
                None => Err(Error::invalid(
                    "database",
                    "config.database",
                    "must begin with sqlite: or postgres://",
                )),
            },
        }
    }

    /// The mail server, or nothing.
    pub fn smtp(&self) -> &str {
        self.text("smtp")
    }

    /// The sender of mail, or nothing.
    pub fn mail_from(&self) -> &str {
        self.text("mail-from")
    }

    pub fn theme(&self) -> &str {
        self.text("theme")
    }

    pub fn log(&self) -> &str {
        self.text("log")
    }

    /// Whether rate limits hold. They can be off only on a loopback listener.
    pub fn limits(&self) -> bool {
        self.text("limits") != "off"
    }

    pub fn pages_bytes(&self) -> u64 {
        self.text("pages-mib").parse::<u64>().unwrap_or(64) << 20
    }

    pub fn metrics(&self) -> Option<SocketAddr> {
        self.text("metrics").parse().ok()
    }

    pub fn metrics_token(&self) -> Option<&str> {
        Some(self.text("metrics-token")).filter(|token| !token.is_empty())
    }

    fn check(&self) -> Result<()> {
        let listen = self.listen()?;
        self.database()?;
        if !self.limits() && !listen.ip().is_loopback() {
            return Err(Error::invalid(
                "limits",
                "config.limits",
                "off is allowed only on a loopback listener",
            ));
        }
        if self.text("pages-mib").parse::<u64>().is_err() {
            return Err(Error::invalid(
                "pages-mib",
                "config.pages_mib",
                "must be a whole number of MiB",
            ));
        }
        for (name, issue) in [("bus", "nats://"), ("blobs", "s3://")] {
            if !self.text(name).is_empty() {
                let message = format!("{issue} is not in this version; leave it empty");
                return Err(Error::invalid(name, "config.not_here", message));
            }
        }
        Ok(())
    }
}

/// The example file: every key with its meaning and default, commented out.
pub fn example() -> String {
    let mut text =
        String::from("# wireroom.toml, in the data folder. Flags and environment variables are stronger.\n");
    for key in KEYS.iter().filter(|key| key.name != "data") {
        let file = if key.secret {
            format!(" or {}_FILE", key.variable())
        } else {
            String::new()
        };
        text += &format!(
            "\n# {}.\n# Environment: {}{file}\n# {} = {:?}\n",
            key.about,
            key.variable(),
            key.name,
            key.default
        );
    }
    text
}

fn pick(
    key: &Key,
    flags: &BTreeMap<String, String>,
    environment: &BTreeMap<String, String>,
    file: &toml::Table,
) -> Result<(String, Origin)> {
    if let Some(value) = flags.get(key.name) {
        return Ok((value.clone(), Origin::Flag));
    }
    if let Some(value) = environment.get(&key.variable()) {
        return Ok((value.clone(), Origin::Environment));
    }
    if let Some(path) = environment
        .get(&format!("{}_FILE", key.variable()))
        .filter(|_| key.secret)
    {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Error::invalid(
                key.variable() + "_FILE",
                "config.secret_file",
                format!("{path}: {error}"),
            )
        })?;
        return Ok((text.trim_end().to_owned(), Origin::Environment));
    }
    Ok(match file.get(key.name) {
        Some(toml::Value::String(text)) => (text.clone(), Origin::File),
        Some(other) => (other.to_string(), Origin::File),
        None => (key.default.to_owned(), Origin::Default),
    })
}

fn read_file(path: &Path) -> Result<toml::Table> {
    let refuse = |message: String| Error::invalid(path.display().to_string(), "config.file", message);
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(toml::Table::new()),
        Err(error) => return Err(refuse(error.to_string())),
    };
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| refuse(error.to_string()))?;
    match table
        .keys()
        .find(|name| !KEYS.iter().any(|key| key.name == name.as_str()))
    {
        Some(unknown) => Err(refuse(format!("there is no key {unknown:?}"))),
        None => Ok(table),
    }
}
