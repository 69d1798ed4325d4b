//! Where a command prints: data on one side, messages on the other; a terminal, or a client of the running server.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Where a command says how far it is; an empty text takes the line away.
pub type Meter<'a> = &'a mut (dyn FnMut(&str) + Send);

/// Whether somebody asked the command to stop. Cloning shares it.
#[derive(Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn ask(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// The two outputs of a command, and what was piped into it.
pub struct Console<'a> {
    out: &'a mut (dyn Write + Send),
    err: &'a mut (dyn Write + Send),
    meter: Option<Meter<'a>>,
    input: Option<String>,
    stop: Stop,
    /// Relative paths on the command line begin here.
    folder: PathBuf,
}

impl<'a> Console<'a> {
    pub fn new(out: &'a mut (dyn Write + Send), err: &'a mut (dyn Write + Send), folder: PathBuf) -> Self {
        Self {
            out,
            err,
            meter: None,
            input: None,
            stop: Stop::default(),
            folder,
        }
    }

    pub fn with_input(self, input: String) -> Self {
        Self {
            input: Some(input),
            ..self
        }
    }

    pub fn with_meter(self, meter: Meter<'a>) -> Self {
        Self {
            meter: Some(meter),
            ..self
        }
    }

    pub fn until(self, stop: Stop) -> Self {
        Self { stop, ..self }
    }

    /// A line of data.
    pub fn say(&mut self, line: impl std::fmt::Display) {
        let _ = writeln!(self.out, "{line}");
    }

    /// A line for people.
    pub fn tell(&mut self, line: impl std::fmt::Display) {
        let _ = writeln!(self.err, "{line}");
    }

    /// How far it is, for somebody who watches; `None` when there is nothing new to say.
    pub fn progress(&mut self, text: impl FnOnce() -> Option<String>) {
        if let Some(meter) = &mut self.meter
            && let Some(text) = text()
        {
            meter(&text);
        }
    }

    pub fn progress_ends(&mut self) {
        if let Some(meter) = &mut self.meter {
            meter("");
        }
    }

    /// What a long command looks at between its steps.
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// What was piped in, without the line's end.
    pub fn input(&mut self) -> io::Result<String> {
        let text = match self.input.take() {
            Some(text) => text,
            None => {
                let mut text = String::new();
                io::stdin().read_line(&mut text)?;
                text
            }
        };
        Ok(text.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// A path of the command line, as the program sees it.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }
}
