//! What CI needs of the machine: installed when it is missing, and a PostgreSQL of our own.

use crate::shell::{has, output, root, run};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Debian packages, each with a program that shows it is there.
const PACKAGES: &[(&str, &str)] = &[
    ("postgresql", "pg_lsclusters"),
    ("chromium", "chromium"),
    ("libxml2-utils", "xmllint"),
    ("default-jre-headless", "java"),
    ("libimage-exiftool-perl", "exiftool"),
];

/// Installs what is missing: Debian packages, npm packages, a Python environment.
pub fn furnish() -> Result<()> {
    let missing: Vec<&str> = PACKAGES
        .iter()
        .filter(|(_, program)| !has(program))
        .map(|(package, _)| *package)
        .collect();
    if !missing.is_empty() {
        let sudo = if output("id", &["-u"])? == "0" {
            ""
        } else {
            "sudo "
        };
        let install = format!(
            "{sudo}apt-get update -qq && DEBIAN_FRONTEND=noninteractive {sudo}apt-get install -y -qq --no-install-recommends {}",
            missing.join(" ")
        );
        run("sh", &["-c", &install])?;
    }
    // No script of a package runs: the checker's would look for a Java of its own elsewhere.
    let npm = [
        "ci",
        "--prefix",
        "tests",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ];
    once_for(
        "tests/package-lock.json",
        "tests/node_modules/.installed.json",
        || run("npm", &npm),
    )?;
    once_for("tests/requirements.txt", "target/python/requirements.txt", || {
        run("python3", &["-m", "venv", "--clear", "target/python"])?;
        let pip = root().join("target/python/bin/pip");
        run(
            &pip.to_string_lossy(),
            &["install", "-q", "-r", "tests/requirements.txt"],
        )
    })
}

/// Installs again only when the list of versions is another than at the last time; `kept` is the copy of that list.
pub fn once_for(list: &str, kept: &str, install: impl FnOnce() -> Result<()>) -> Result<()> {
    let (list, kept) = (root().join(list), root().join(kept));
    if std::fs::read(&list).ok() == std::fs::read(&kept).ok() && kept.exists() {
        return Ok(());
    }
    install()?;
    std::fs::create_dir_all(root().join("target"))?;
    std::fs::copy(list, kept)?;
    Ok(())
}

/// The Python that has the test's packages.
pub fn python() -> PathBuf {
    root().join("target/python/bin/python")
}

/// A PostgreSQL in a folder of its own, on a free port; stopped and removed when dropped.
pub struct Postgres {
    folder: PathBuf,
    binaries: PathBuf,
    pub url: String,
}

impl Postgres {
    pub fn start() -> Result<Self> {
        let binaries = newest("/usr/lib/postgresql")?.join("bin");
        let folder = std::env::temp_dir().join(format!("wireroom-ci-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let port = free_port()?;
        let postgres = Self {
            folder,
            binaries,
            url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
        };
        if output("id", &["-u"])? == "0" {
            run("chown", &["postgres", &postgres.folder.to_string_lossy()])?;
        }
        postgres.command("initdb -A trust -U postgres --locale=C.UTF-8 -E UTF8 >/dev/null")?;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=$PGDATA -c max_connections=400"
        );
        postgres.command(&format!(
            "pg_ctl -o \"{options}\" -l $PGDATA/log -w start >/dev/null"
        ))?;
        Ok(postgres)
    }

    /// A command of PostgreSQL's, as the user that may run it (never root).
    fn command(&self, command: &str) -> Result<()> {
        let data = self.folder.join("data");
        let script = format!(
            "export PGDATA={} PATH={}:$PATH; {command}",
            data.display(),
            self.binaries.display()
        );
        if output("id", &["-u"])? == "0" {
            run("su", &["postgres", "-c", &script])
        } else {
            run("sh", &["-c", &script])
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _ = self.command("pg_ctl -m immediate stop >/dev/null");
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn newest(folder: &str) -> Result<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir(folder)?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    versions.sort();
    versions.pop().context("no PostgreSQL is installed")
}

/// A port that nobody listens on now.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
