//! Work on the repository itself: `cargo xtask ci` is the CI, `tidy` holds the structure, `gen` writes generated files,
//! `bench` measures, `plant` shows that the proofs see planted bugs.

mod bench;
mod ci;
mod generate;
mod machine;
mod plant;
mod server;
mod shell;
mod tidy;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Work on the repository itself")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything that must hold before a change lands; installs what it needs
    Ci {
        /// Only steps whose name contains this
        only: Option<String>,
    },
    /// Checks levels, owners of tables, places of SQL, and sizes
    Tidy,
    /// Writes the generated files: wireroom.example.toml and docs/openapi.json
    Gen,
    /// Plants each bug in turn and shows that its test turns red
    Plant {
        /// Only features whose name contains this
        filter: Option<String>,
    },
    /// Speed and memory as ratios to a reference measured in the same run
    Bench {
        /// Where the scripts that install and measure the references are
        #[arg(long, default_value = "../shared/peers")]
        peers: std::path::PathBuf,
        /// Only benches whose name contains this
        filter: Option<String>,
    },
}

fn main() -> Result<()> {
    std::env::set_current_dir(shell::root())?;
    match Cli::parse().task {
        Task::Ci { only } => ci::run(only.as_deref()),
        Task::Tidy => tidy::run(),
        Task::Gen => generate::run(false),
        Task::Plant { filter } => plant::run(filter.as_deref()),
        Task::Bench { peers, filter } => bench::run_all(&peers, filter.as_deref()),
    }
}
