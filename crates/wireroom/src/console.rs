//! Where a command prints: data on one side, messages on the other; a terminal, or a client of the running server.

use std::io::{self, Write};

/// The two outputs of a command, and what was piped into it.
pub struct Console<'a> {
    out: &'a mut (dyn Write + Send),
    err: &'a mut (dyn Write + Send),
    input: Option<String>,
    /// Relative paths on the command line begin here.
    pub folder: std::path::PathBuf,
}

impl<'a> Console<'a> {
    pub fn new(
        out: &'a mut (dyn Write + Send),
        err: &'a mut (dyn Write + Send),
        folder: std::path::PathBuf,
    ) -> Self {
        Self {
            out,
            err,
            input: None,
            folder,
        }
    }

    pub fn with_input(self, input: String) -> Self {
        Self {
            input: Some(input),
            ..self
        }
    }

    /// A line of data.
    pub fn say(&mut self, line: impl std::fmt::Display) {
        let _ = writeln!(self.out, "{line}");
    }

    /// A line for people.
    pub fn tell(&mut self, line: impl std::fmt::Display) {
        let _ = writeln!(self.err, "{line}");
    }

    /// What was piped in, without the line's end.
    pub fn input(&mut self) -> io::Result<String> {
        match self.input.take() {
            Some(text) => Ok(text.trim_end_matches(['\r', '\n']).to_owned()),
            None => {
                let mut text = String::new();
                io::stdin().read_line(&mut text)?;
                Ok(text.trim_end_matches(['\r', '\n']).to_owned())
            }
        }
    }

    /// A path of the command line, as the program sees it.
    pub fn path(&self, path: &std::path::Path) -> std::path::PathBuf {
        self.folder.join(path)
    }
}
