//! The references: scripts that install, start and stop them, on a copy of their own.

use crate::shell::{has, output, run, run_with};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// Where the scripts are, and where they put what they make.
pub struct Peers {
    scripts: PathBuf,
    pub work: PathBuf,
}

impl Peers {
    /// Copies the scripts and installs what they need from Debian, once a machine.
    pub fn install(folder: &Path) -> Result<Self> {
        let peers = Self {
            scripts: std::env::temp_dir().join("wireroom-bench-peers"),
            work: PathBuf::from("/tmp/wireroom-peers"),
        };
        if !peers.scripts.exists() {
            let (from, to) = (folder.to_string_lossy(), peers.scripts.to_string_lossy());
            run("cp", &["-r", &from, &to]).context("the peers are not there")?;
            run("chmod", &["-R", "u+w", &to])?;
        }
        let load_client = peers.scripts.join("sseload/target/release/sseload");
        if !has("wrk") || !has("nginx") || !has("php-fpm8.2") || !load_client.exists() {
            peers.script("install-debian.sh", &[], &[])?;
        }
        Ok(peers)
    }

    /// Runs one of the scripts.
    pub fn script(&self, name: &str, args: &[&str], environment: &[(&str, &str)]) -> Result<()> {
        let script = self.path(name);
        run_with("bash", &[&[script.as_str()], args].concat(), environment)
    }

    /// What one of the Python scripts prints.
    pub fn python(&self, name: &str, args: &[&str]) -> Result<String> {
        let script = self.path(name);
        output("python3", &[&[script.as_str()], args].concat())
    }

    pub fn path(&self, name: &str) -> String {
        self.scripts.join(name).to_string_lossy().into_owned()
    }

    /// Ends everything that the start scripts started, by recorded process id.
    pub fn stop(&self) -> Result<()> {
        self.script("stop-all.sh", &[], &[])
    }
}
