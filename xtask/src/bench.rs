//! `cargo xtask bench`: speed and memory beside references measured in the same run, as ratios.
//!
//! The references and their clients come from the folder of peers; it is copied, since it may be read-only. Every line says what
//! was reached, what must be and what the goal is; a bench judges nothing, it prints.

mod cold;
mod import;
mod lighthouse;
mod live;
mod page;
mod peers;
mod rooms;
mod visible;
mod wrk;

use crate::server::Server;
use crate::shell::run;
use anyhow::Result;
use peers::Peers;
use std::path::Path;

/// A bench by its name.
type Bench = (&'static str, fn(&Peers, &Path) -> Result<()>);

const BENCHES: &[Bench] = &[
    ("page", page::measure),
    ("import", import::measure),
    ("cold", cold::measure),
    ("visible", visible::measure),
    ("live", live::measure),
    ("rooms", rooms::measure),
    ("lighthouse", lighthouse::measure),
];

/// Runs the benches whose name contains `filter`.
pub fn run_all(peers: &Path, filter: Option<&str>) -> Result<()> {
    run("cargo", &["build", "--release", "--package", "wireroom"])?;
    let binary = std::env::current_dir()?.join("target/release/wireroom");
    let peers = Peers::install(peers)?;
    for (name, bench) in BENCHES {
        if filter.is_none_or(|filter| name.contains(filter)) {
            println!("== {name}");
            bench(&peers, &binary)?;
        }
    }
    Ok(())
}

/// A server as benches want it: nothing limits the load, nothing is in it but what the bench puts there.
fn server(binary: &Path, args: &[&str]) -> Result<Server> {
    Server::start(
        binary,
        &[("WIREROOM_LIMITS", "off"), ("WIREROOM_LOG", "error")],
        args,
    )
}

/// One line of the outcome. `ratio` is ours divided by the reference's, each taken from the same round.
fn tell(what: &str, ratios: &[f64], reference: &str, wanted: &str) {
    let (low, high) = ratios.iter().fold((f64::MAX, f64::MIN), |(low, high), ratio| {
        (low.min(*ratio), high.max(*ratio))
    });
    println!(
        "{what}: {:.3} of {reference} [{low:.3} – {high:.3}, {} rounds]; {wanted}",
        median(ratios),
        ratios.len()
    );
}

/// The middle value; 0 of none.
fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
