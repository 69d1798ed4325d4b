//! Logs: text for people on a terminal, JSON lines otherwise. Rotation is left to the system.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts logging to standard error; `filter` as in `wireroom.toml` (`info`, `info,stories=debug`). Only the first call counts.
pub fn start(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let terminal = std::io::stderr().is_terminal();
    let _ = if terminal {
        logs.compact().try_init()
    } else {
        logs.json().flatten_event(true).try_init()
    };
}
