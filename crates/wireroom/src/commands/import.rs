//! `wireroom import`: stories from another system. The file is parsed in the sandbox, and each item is taken in whole or not
//! at all; what was taken in before is found again by its id, so an import that was cut is simply run again.

mod input;
mod language;
mod parcel;
mod report;
mod unpack;

use super::Desk;
use crate::cli::ImportArgs;
use crate::console::{Console, Stop};
use base::db::Pending;
use base::sandbox::{Sandbox, Task};
use base::{Error, Result};
use parcel::{Parcel, Refused, Sent};
use report::Report;
use std::collections::VecDeque;
use stories::ingest::{self, Outcome};
use unpack::Destination;

/// What the sandbox is asked to do for imports.
pub const TASKS: &[(&str, Task)] = &[("import", parcel::send)];

const FORMATS: [&str; 4] = ["jsonl", "wxr", "ghost", "blogger"];
/// So many items, or bytes of them, wait for one commit.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 4 << 20;
/// While the writer has so many batches, the next one is unpacked.
const IN_FLIGHT: usize = 2;
/// A file of which so many items cannot be taken is no export.
const MOST_REFUSALS: usize = 100_000;
/// Stopped by Ctrl-C.
const INTERRUPTED: i32 = 130;

/// Runs an import: exit 0 when every story was taken, 1 when one was not, 130 when it was stopped.
pub fn run(args: &ImportArgs, desk: &Desk, console: &mut Console) -> Result<i32> {
    if !FORMATS.contains(&args.format.as_str()) {
        let message = format!("{:?} is none of {}", args.format, FORMATS.join(", "));
        return Err(Error::invalid("format", "import.format", message));
    }
    let path = console.path(&args.file);
    let input = input::open(&path)
        .map_err(|error| Error::invalid("file", "import.file", format!("{}: {error}", path.display())))?;
    let mut import = Import::new(args, desk, console.stop())?;
    let request = serde_json::json!({ "format": args.format });
    let outcome = Sandbox::new("import").run(&request, input, |frame| {
        import.receive(&frame)?;
        console.progress(|| import.progress());
        Ok(())
    });
    console.progress_ends();
    import.end(outcome, args, console)
}

struct Import<'a> {
    desk: &'a Desk<'a>,
    destination: Destination,
    dry_run: bool,
    stop: Stop,
    /// Unpacked, not with the writer yet.
    waiting: Vec<(String, ingest::Prepared)>,
    waiting_bytes: usize,
    /// With the writer: the items' names beside their answers.
    in_flight: VecDeque<(Vec<String>, Pending<Outcome>)>,
    report: Report,
    /// Why it cannot go on: the database is away, the disk is full.
    broken: Option<Error>,
}

impl<'a> Import<'a> {
    fn new(args: &ImportArgs, desk: &'a Desk<'a>, stop: Stop) -> Result<Self> {
        Ok(Self {
            desk,
            destination: Destination::new(desk, args)?,
            dry_run: args.dry_run,
            stop,
            waiting: Vec::new(),
            waiting_bytes: 0,
            in_flight: VecDeque::new(),
            report: Report::default(),
            broken: None,
        })
    }

    /// One frame of the sandbox: an item, or why it is none. An error ends the reading.
    fn receive(&mut self, frame: &[u8]) -> Result<()> {
        match serde_json::from_slice(frame)? {
            Sent::Refused(refused) => self.report.refuse(refused),
            Sent::Item(parcel) => self.unpack(*parcel, frame.len()),
        }
        if self.waiting.len() >= BATCH || self.waiting_bytes >= BATCH_BYTES {
            self.flush(IN_FLIGHT);
        }
        if self.report.not_taken.len() >= MOST_REFUSALS {
            let message =
                format!("{MOST_REFUSALS} items of it could not be taken; the rest was not looked at");
            return Err(Error::invalid("file", "import.no_export", message));
        }
        match self.broken.is_some() || self.stop.is_asked() {
            true => Err(Error::conflict("import.stopped", "stopped")),
            false => Ok(()),
        }
    }

    fn unpack(&mut self, parcel: Parcel, bytes: usize) {
        let name = parcel.name();
        let arrival = self.destination.arrival(self.desk, parcel);
        match arrival.and_then(ingest::Arrival::prepare) {
            Ok(arrival) => {
                self.waiting.push((name, arrival));
                self.waiting_bytes += bytes;
            }
            Err(error) => self.fail(name, error),
        }
    }

    /// Hands what waits to the writer (one commit, a savepoint for each item), and counts the answers to all but the last
    /// `left` batches.
    fn flush(&mut self, left: usize) {
        let (names, arrivals): (Vec<_>, Vec<_>) = std::mem::take(&mut self.waiting).into_iter().unzip();
        self.waiting_bytes = 0;
        if self.dry_run {
            let outcomes = self.rehearse(arrivals);
            self.count(names, outcomes);
        } else if !names.is_empty() {
            match self.desk.db.begin_each(arrivals, ingest::take_in) {
                Ok(pending) => self.in_flight.push_back((names, pending)),
                Err(error) => self.count(names, Err(error)),
            }
        }
        while self.in_flight.len() > left {
            if let Some((names, pending)) = self.in_flight.pop_front() {
                self.count(names, Ok(pending.wait()));
            }
        }
    }

    fn count(&mut self, names: Vec<String>, outcomes: Result<Vec<Result<Outcome>>>) {
        match outcomes {
            Ok(outcomes) => {
                for (name, outcome) in names.into_iter().zip(outcomes) {
                    match outcome {
                        Ok(outcome) => self.report.count(outcome),
                        Err(error) => self.fail(name, error),
                    }
                }
            }
            Err(error) => {
                for item in names {
                    let reason = error.to_string();
                    self.report.refuse(Refused {
                        item,
                        reason,
                        by_kind: false,
                    });
                }
                self.broken.get_or_insert(error);
            }
        }
    }

    /// An item's own fault concerns it alone; one of ours ends the import.
    fn fail(&mut self, item: String, error: Error) {
        let reason = error.to_string();
        self.report.refuse(Refused {
            item,
            reason,
            by_kind: false,
        });
        if matches!(error, Error::Unavailable { .. } | Error::Internal { .. }) {
            self.broken.get_or_insert(error);
        }
    }

    /// What would become of the arrivals.
    fn rehearse(&self, arrivals: Vec<ingest::Prepared>) -> Result<Vec<Result<Outcome>>> {
        let now = self.desk.clock.now();
        let look = move |read: &mut base::Read| {
            let rehearse = |arrival| ingest::rehearse(read, arrival, now);
            Ok(arrivals.iter().map(rehearse).collect())
        };
        self.desk.db.read_blocking(look)
    }

    fn progress(&self) -> Option<String> {
        let report = &self.report;
        report.read.is_multiple_of(50).then(|| {
            let (made, unchanged, not_taken) = (report.made, report.unchanged, report.not_taken.len());
            format!(
                "{} read, {made} made, {unchanged} unchanged, {not_taken} not taken",
                report.read
            )
        })
    }

    /// Lets the writer finish, and says what was done.
    fn end(mut self, outcome: Result<()>, args: &ImportArgs, console: &mut Console) -> Result<i32> {
        self.flush(0);
        let stopped = self.stop.is_asked();
        if let (Err(error), None, false) = (outcome, &self.broken, stopped) {
            self.report.refuse(Refused {
                item: "(the file)".to_owned(),
                reason: error.to_string(),
                by_kind: false,
            });
        }
        self.report.print(args.json, console)?;
        match self.broken {
            Some(error) => Err(error),
            None if stopped => {
                console.tell("wireroom: stopped; run the same command again and it goes on from here");
                Ok(INTERRUPTED)
            }
            None => Ok(i32::from(self.report.is_short())),
        }
    }
}
