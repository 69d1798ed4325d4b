//! Hostile bytes are parsed in a child process of the same binary, which can do nothing but compute.
//!
//! `Sandbox::run` starts `wireroom sandbox`, feeds it the input over a pipe and takes frames back over another, both at once,
//! so that input and results may be of any length and neither side waits for the other for ever. Before the child reads its
//! first byte it has put up the walls of `walls`: no files, no sockets, no programs, no threads, a ceiling on memory. A child
//! that breaks, hangs or asks for too much ends alone, and the caller gets a refusal that says which of these it was.

mod child;
mod feeder;
mod walls;
mod ward;
mod wire;

pub use child::{Frames, Refusal, Task, child_main};

use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::time::Duration;
use ward::{Ending, Ward};

/// Memory that one input may take, in bytes, beyond what the program takes for itself.
const MEMORY_BYTES: u64 = 256 << 20;
/// So long may a child neither take input nor give a frame.
const SILENCE: Duration = Duration::from_secs(30);

/// How to run one kind of task.
#[derive(Clone, Debug)]
pub struct Sandbox {
    task: &'static str,
    refusals: &'static [&'static str],
    patience: Patience,
    terms: Terms,
}

/// How long the parent waits.
#[derive(Clone, Copy, Debug)]
enum Patience {
    /// For the end, whatever happens.
    End(Duration),
    /// For the next frame, or for the next piece of input to be taken.
    Progress(Duration),
}

/// What the child must impose on itself before it reads anything; it travels in the environment.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Terms {
    memory_bytes: u64,
    cpu_s: Option<u64>,
    /// Run only when nobody else wants the processor.
    idle: bool,
    /// For the proof that Landlock holds by itself; nothing outside tests can set it.
    bare_landlock: bool,
}

impl Sandbox {
    /// A sandbox for this task, as imports need it: no deadline as long as it moves.
    pub fn new(task: &'static str) -> Self {
        let terms = Terms {
            memory_bytes: MEMORY_BYTES,
            cpu_s: None,
            idle: false,
            bare_landlock: false,
        };
        Self {
            task,
            refusals: &[],
            patience: Patience::Progress(SILENCE),
            terms,
        }
    }

    /// The task may take so much time of a processor, in whole seconds and at least one; waiting for its turn on a busy
    /// machine is not the input's fault, so the clock on the wall gives it six times as long.
    #[must_use]
    pub fn within(mut self, deadline: Duration) -> Self {
        self.patience = Patience::End(deadline * 6);
        self.terms.cpu_s = Some(deadline.as_secs().max(1));
        self
    }

    /// Another ceiling on memory, in bytes.
    #[must_use]
    pub fn memory(mut self, bytes: u64) -> Self {
        self.terms.memory_bytes = bytes;
        self
    }

    /// The child works only when nobody else wants the processor.
    #[must_use]
    pub fn idle(mut self) -> Self {
        self.terms.idle = true;
        self
    }

    /// The codes that the task may refuse with; any other becomes `sandbox.refused`.
    #[must_use]
    pub fn refusals(mut self, codes: &'static [&'static str]) -> Self {
        self.refusals = codes;
        self
    }

    /// Leaves out seccomp, so that a test can see Landlock at work.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn bare_landlock(mut self) -> Self {
        self.terms.bare_landlock = true;
        self
    }

    /// Runs the task over `input` and hands each of its frames to `each`, in order, while the input is still being read.
    /// Blocks the thread. An error of `each` ends the child and is returned.
    ///
    /// Errors: the task's own refusal, `sandbox.memory`, `sandbox.deadline`, `sandbox.died`, `sandbox.garbled`, and those of
    /// reading the input (`sandbox.input`).
    pub fn run(
        &self,
        args: &serde_json::Value,
        input: Box<dyn Read + Send>,
        mut each: impl FnMut(Vec<u8>) -> Result<()>,
    ) -> Result<()> {
        let opening = serde_json::to_vec(&child::Opening {
            task: self.task.to_owned(),
            args: args.clone(),
        })?;
        let mut ward = Ward::spawn(&self.terms, opening, input, self.patience)?;
        let ending = ward.attend(&mut each)?;
        match ending {
            Ending::Done => Ok(()),
            Ending::InputFailed(cause) => Err(refuse(
                "sandbox.input",
                format!("it could not be read to its end: {cause}"),
            )),
            Ending::Refused(refusal) => Err(self.refusal(refusal)),
            Ending::OutOfMemory => Err(refuse("sandbox.memory", self.memory_message())),
            Ending::OutOfTime => Err(refuse("sandbox.deadline", "it takes too long to read")),
            Ending::Died(how) => Err(refuse(
                "sandbox.died",
                format!("reading it broke the reader ({how})"),
            )),
            Ending::Garbled => Err(refuse("sandbox.garbled", "its reader answered nonsense")),
        }
    }

    fn memory_message(&self) -> String {
        format!(
            "reading it would take more than {} MiB of memory",
            self.terms.memory_bytes >> 20
        )
    }

    fn refusal(&self, refusal: Refusal) -> Error {
        if refusal.code == walls::NO_WALLS {
            return Error::internal(format!("the sandbox could not be closed: {}", refusal.reason));
        }
        let known = self.refusals.iter().find(|code| **code == refusal.code);
        refuse(
            known.copied().unwrap_or("sandbox.refused"),
            readable(&refusal.reason),
        )
    }
}

fn refuse(code: &'static str, message: impl Into<String>) -> Error {
    Error::invalid("file", code, message)
}

/// The reason comes from a process that has read hostile bytes: it is cut, and holds no control characters.
fn readable(reason: &str) -> String {
    reason.chars().filter(|c| !c.is_control()).take(500).collect()
}
