//! What an import did: every item is made, unchanged, or not taken with a reason.

use super::parcel::Refused;
use crate::console::Console;
use base::Result;
use serde::Serialize;
use stories::ingest::Outcome;

/// `read = made + unchanged + not_taken`, always: an item that was made anew or changed counts as made.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub read: u64,
    pub made: u64,
    pub unchanged: u64,
    pub not_taken: Vec<NotTaken>,
    pub redirects: u64,
    /// Of those made, how many were here already and have changed there.
    #[serde(skip)]
    changed: u64,
    /// Of those not taken, how many should have been.
    #[serde(skip)]
    refused: u64,
}

#[derive(Debug, Serialize)]
pub struct NotTaken {
    pub item: String,
    pub reason: String,
}

/// A terminal is told of so many items that were not taken; `--json` tells of all.
const NAMED: usize = 200;

impl Report {
    /// Counts an item and what became of it.
    pub fn count(&mut self, outcome: Outcome) {
        self.read += 1;
        let redirected = match outcome {
            Outcome::Unchanged => {
                self.unchanged += 1;
                false
            }
            Outcome::Made { redirected } => {
                self.made += 1;
                redirected
            }
            Outcome::Changed { redirected } => {
                self.made += 1;
                self.changed += 1;
                redirected
            }
        };
        self.redirects += u64::from(redirected);
    }

    /// Counts an item that was not taken. The whole file may be one.
    pub fn refuse(&mut self, refused: Refused) {
        self.read += 1;
        self.refused += u64::from(!refused.by_kind);
        self.not_taken.push(NotTaken {
            item: refused.item,
            reason: refused.reason,
        });
    }

    /// Whether something was not taken that should have been.
    pub fn is_short(&self) -> bool {
        self.refused > 0
    }

    /// For people: a line for each item that was not taken, then the sums. For programs: one line of JSON, the last.
    pub fn print(&self, json: bool, console: &mut Console) -> Result<()> {
        if json {
            console.say(serde_json::to_string(self)?);
            return Ok(());
        }
        for NotTaken { item, reason } in self.not_taken.iter().take(NAMED) {
            console.tell(format_args!("not taken: {item}: {reason}"));
        }
        if self.not_taken.len() > NAMED {
            let more = self.not_taken.len() - NAMED;
            console.tell(format_args!("not taken: {more} more; --json names them all"));
        }
        let made = match self.changed {
            0 => format!("{} made", self.made),
            changed => format!(
                "{} made ({changed} of them changed since they came in)",
                self.made
            ),
        };
        console.say(format_args!(
            "{} read: {made}, {} unchanged, {} not taken; {} old addresses redirect",
            self.read,
            self.unchanged,
            self.not_taken.len(),
            self.redirects
        ));
        Ok(())
    }
}
