//! `wireroom import`: stories from another system. The file is parsed in the sandbox, and each item is taken in whole or not
//! at all; what was taken in before is found again by its id, so an import that was cut is simply run again.

mod parcel;
mod report;
mod unpack;

use super::Desk;
use crate::cli::ImportArgs;
use crate::console::Console;
use base::sandbox::{Sandbox, Task};
use base::{Error, Result};
use parcel::{Parcel, Sent};
use report::{NotTaken, Report};
use std::fs::File;
use std::io::{BufReader, IsTerminal, Read, Seek};
use stories::ingest::{self, Outcome};
use unpack::Destination;

/// What the sandbox is asked to do for imports.
pub const TASKS: &[(&str, Task)] = &[("import", parcel::send)];

/// So many items wait for one commit.
const BATCH: usize = 128;

/// Runs an import: exit 0 when everything was taken, 1 when something was not.
pub fn run(args: &ImportArgs, desk: &Desk, console: &mut Console) -> Result<i32> {
    if !["jsonl", "wxr", "ghost"].contains(&args.format.as_str()) {
        return Err(Error::invalid(
            "format",
            "import.format",
            format!("{:?} is none of jsonl, wxr, ghost", args.format),
        ));
    }
    let path = console.path(&args.file);
    let destination = Destination::new(desk, args)?;
    let mut import = Import {
        desk,
        destination,
        dry_run: args.dry_run,
        waiting: Vec::new(),
        report: Report::default(),
    };
    let input = open(&path)
        .map_err(|error| Error::invalid("file", "import.file", format!("{}: {error}", path.display())))?;
    let request = serde_json::json!({ "format": args.format });
    let progress = Progress::new(args.json);
    let outcome = Sandbox::new("import").run(&request, input, |frame| {
        import.receive(&frame)?;
        progress.show(&import.report);
        Ok(())
    });
    progress.end();
    import.flush()?;
    if let Err(error) = outcome {
        import.report.refuse("(the file)", error.to_string());
    }
    import.report.print(args.json, console)?;
    Ok(i32::from(!import.report.not_taken.is_empty()))
}

/// The file's bytes, gzip undone.
fn open(path: &std::path::Path) -> std::io::Result<Box<dyn Read + Send>> {
    let mut file = File::open(path)?;
    let mut magic = [0; 2];
    let compressed = file.read_exact(&mut magic).is_ok() && magic == [0x1F, 0x8B];
    file.rewind()?;
    let file = BufReader::with_capacity(256 << 10, file);
    Ok(if compressed {
        Box::new(flate2::read::MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    })
}

struct Import<'a> {
    desk: &'a Desk<'a>,
    destination: Destination,
    dry_run: bool,
    waiting: Vec<Parcel>,
    report: Report,
}

impl Import<'_> {
    /// One frame of the sandbox: an item, or why it is none.
    fn receive(&mut self, frame: &[u8]) -> Result<()> {
        let sent: Sent = serde_json::from_slice(frame)?;
        self.report.read += 1;
        match sent {
            Sent::Refused { item, reason } => self.report.refuse(&item, reason),
            Sent::Item(parcel) => self.waiting.push(*parcel),
        }
        if self.waiting.len() >= BATCH {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Takes in what waits: one commit, a savepoint for each item.
    fn flush(&mut self) -> Result<()> {
        let parcels = std::mem::take(&mut self.waiting);
        let mut names = Vec::with_capacity(parcels.len());
        let mut arrivals = Vec::with_capacity(parcels.len());
        for parcel in parcels {
            let name = parcel.name();
            match self.destination.arrival(self.desk, parcel, self.dry_run) {
                Ok(arrival) => {
                    names.push(name);
                    arrivals.push(arrival);
                }
                Err(error) => self.report.refuse(&name, error.to_string()),
            }
        }
        let outcomes = if self.dry_run {
            self.rehearse(arrivals)?
        } else {
            self.desk.db.write_each(arrivals, ingest::take_in)?
        };
        for (name, outcome) in names.into_iter().zip(outcomes) {
            match outcome {
                Ok(Outcome::Made { redirected }) => {
                    self.report.made += 1;
                    self.report.redirects += u64::from(redirected);
                }
                Ok(Outcome::Unchanged) => self.report.unchanged += 1,
                Err(error @ (Error::Unavailable { .. } | Error::Internal { .. })) => return Err(error),
                Err(error) => self.report.refuse(&name, error.to_string()),
            }
        }
        Ok(())
    }

    /// What would become of the arrivals.
    fn rehearse(&self, arrivals: Vec<ingest::Arrival>) -> Result<Vec<Result<Outcome>>> {
        let look = move |read: &mut base::Read| {
            Ok(arrivals
                .iter()
                .map(|arrival| ingest::rehearse(read, arrival))
                .collect())
        };
        self.desk.db.read_blocking(look)
    }
}

/// A count that moves, on a terminal only.
struct Progress(Option<indicatif::ProgressBar>);

impl Progress {
    fn new(quiet: bool) -> Self {
        let shown = !quiet && std::io::stderr().is_terminal();
        Self(shown.then(indicatif::ProgressBar::new_spinner))
    }

    fn show(&self, report: &Report) {
        if let Some(bar) = self.0.as_ref().filter(|_| report.read % 50 == 0) {
            bar.set_message(format!(
                "{} read, {} made, {} not taken",
                report.read,
                report.made,
                report.not_taken.len()
            ));
            bar.tick();
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

impl Report {
    fn refuse(&mut self, item: &str, reason: String) {
        // The whole file counts as one item that was not taken, so that the sum stays right.
        self.read += u64::from(item == "(the file)");
        self.not_taken.push(NotTaken {
            item: item.to_owned(),
            reason,
        });
    }
}
