//! The sample's front, section and story as a phone sees them, judged by Lighthouse; less than 100 in any category is a failure.

use super::peers::Peers;
use super::server;
use crate::shell::run_with;
use anyhow::Result;
use std::path::Path;

pub fn measure(_: &Peers, binary: &Path) -> Result<()> {
    crate::machine::furnish()?;
    let server = server(binary, &[])?;
    run_with("node", &["tests/lighthouse.mjs"], &[("WIREROOM", &server.origin)])
}
