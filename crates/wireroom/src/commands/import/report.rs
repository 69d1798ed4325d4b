//! What an import did: every item is made, unchanged, or not taken with a reason.

use crate::console::Console;
use base::Result;
use serde::Serialize;

#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub read: u64,
    pub made: u64,
    pub unchanged: u64,
    pub not_taken: Vec<NotTaken>,
    pub redirects: u64,
}

#[derive(Debug, Serialize)]
pub struct NotTaken {
    pub item: String,
    pub reason: String,
}

impl Report {
    /// For people: a line for each item that was not taken, then the sums. For programs: one line of JSON, the last.
    pub fn print(&self, json: bool, console: &mut Console) -> Result<()> {
        if json {
            console.say(serde_json::to_string(self)?);
            return Ok(());
        }
        for NotTaken { item, reason } in &self.not_taken {
            console.tell(format_args!("not taken: {item}: {reason}"));
        }
        let Self {
            read,
            made,
            unchanged,
            not_taken,
            redirects,
        } = self;
        console.say(format_args!(
            "{read} read: {made} made, {unchanged} unchanged, {} not taken; {redirects} old addresses redirect",
            not_taken.len()
        ));
        Ok(())
    }
}
