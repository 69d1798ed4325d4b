//! The child's side: walls first, then the opening, then the task.

use super::Terms;
use super::walls;
use super::wire::{Kind, Pieces, write_frame};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::fd::AsFd;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The word on the command line that makes the program a sandbox.
pub const VERB: &str = "sandbox";
/// Where the terms stand in the environment.
pub const TERMS: &str = "WIREROOM_SANDBOX";

/// What is to be done, the first piece on the pipe.
#[derive(Deserialize, Serialize)]
pub struct Opening {
    pub task: String,
    pub args: serde_json::Value,
}

/// Why a task does not take its input: a stable code (`import.format`) and a sentence for people.
#[derive(Debug, Deserialize, Serialize)]
pub struct Refusal {
    pub code: String,
    pub reason: String,
}

impl Refusal {
    pub fn new(code: &str, reason: &str) -> Self {
        Self {
            code: code.to_owned(),
            reason: reason.to_owned(),
        }
    }
}

/// Where a task sends its results.
pub struct Frames(File);

impl Frames {
    /// Sends one result. It waits while the parent is busy with earlier ones.
    pub fn send(&mut self, frame: &[u8]) -> Result<(), Refusal> {
        write_frame(&mut self.0, Kind::Result, frame)
            .map_err(|error| Refusal::new("sandbox.frame", &error.to_string()))
    }
}

/// Work on hostile bytes: reads the input, sends frames, and refuses what it cannot take.
pub type Task = fn(&mut dyn Read, &mut Frames, &serde_json::Value) -> Result<(), Refusal>;

/// The whole life of `wireroom sandbox`. The program calls it before anything else.
pub fn child_main(tasks: &[(&str, Task)]) -> ! {
    // What a panic says would go to the terminal of whoever started the server; the refusal says it instead.
    std::panic::set_hook(Box::new(|_| {}));
    let code = match pipes().map(|(input, output)| live(tasks, input, output)) {
        Ok(Ok(())) => 0,
        _ => 1,
    };
    std::process::exit(code)
}

fn pipes() -> io::Result<(File, File)> {
    let input = io::stdin().as_fd().try_clone_to_owned()?;
    let output = io::stdout().as_fd().try_clone_to_owned()?;
    Ok((File::from(input), File::from(output)))
}

fn live(tasks: &[(&str, Task)], input: File, mut output: File) -> io::Result<()> {
    let terms = std::env::var(TERMS)
        .ok()
        .and_then(|text| serde_json::from_str::<Terms>(&text).ok())
        .ok_or_else(|| io::Error::other("started by hand"))?;
    let keep = [input.as_fd(), output.as_fd()];
    if let Err(reason) = walls::put_up(&terms, &keep) {
        let refusal = serde_json::to_vec(&Refusal::new(walls::NO_WALLS, &reason))?;
        return write_frame(&mut output, Kind::Refused, &refusal);
    }
    let mut pieces = Pieces::new(BufReader::with_capacity(128 << 10, input));
    let opening: Opening = serde_json::from_slice(&pieces.whole()?)?;
    let mut frames = Frames(output);
    let outcome = match tasks.iter().find(|(name, _)| *name == opening.task) {
        Some((_, task)) => catch_unwind(AssertUnwindSafe(|| task(&mut pieces, &mut frames, &opening.args)))
            .unwrap_or_else(|panic| Err(Refusal::new("sandbox.panicked", &said(&*panic)))),
        None => Err(Refusal::new("sandbox.no_task", "there is no such task")),
    };
    match outcome {
        Ok(()) => write_frame(&mut frames.0, Kind::Done, &[]),
        Err(refusal) => write_frame(&mut frames.0, Kind::Refused, &serde_json::to_vec(&refusal)?),
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no words");
    format!("its reader gave up: {text}")
}
