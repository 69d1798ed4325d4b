//! The parent's side: starts the child, takes its frames with an eye on the time, and finds out how it ended.

use super::feeder::Feeder;
use super::wire::{Kind, read_frame};
use super::{Patience, Refusal, Terms, child};
use crate::{Error, Result};
use std::io::{self, BufReader, Read};
use std::os::fd::AsRawFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How a child ended.
#[derive(Debug)]
pub enum Ending {
    Done,
    Refused(Refusal),
    InputFailed(io::Error),
    OutOfMemory,
    OutOfTime,
    Died(String),
    Garbled,
}

/// One running child. Dropping it ends it.
pub struct Ward {
    child: Child,
    frames: BufReader<Watched>,
    feeder: Feeder,
}

impl Ward {
    pub fn spawn(
        terms: &Terms,
        opening: Vec<u8>,
        input: Box<dyn Read + Send>,
        patience: Patience,
    ) -> Result<Self> {
        let mut command = Command::new(program()?);
        command
            .arg0("wireroom")
            .arg(child::VERB)
            .env_clear()
            .env(child::TERMS, serde_json::to_string(terms)?)
            // The program's allocator would start a thread of its own, and reserve an arena for each processor.
            .env("_RJEM_MALLOC_CONF", "background_thread:false,narenas:1")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Error::internal("a child without pipes"));
        };
        let feeder = Feeder::start(stdin, opening, input).inspect_err(|_| {
            let _ = child.kill().and_then(|()| child.wait());
        })?;
        let watched = Watched {
            pipe: stdout,
            begun: Instant::now(),
            patience,
            feeder: feeder.clone(),
        };
        Ok(Self {
            child,
            frames: BufReader::with_capacity(128 << 10, watched),
            feeder,
        })
    }

    /// Takes frames to the end. Only an error of `each` is an error here.
    pub fn attend(&mut self, each: &mut impl FnMut(Vec<u8>) -> Result<()>) -> Result<Ending> {
        let ending = loop {
            match read_frame(&mut self.frames) {
                Ok((Kind::Result, frame)) => each(frame)?,
                Ok((Kind::Done, _)) => break Ending::Done,
                Ok((Kind::Refused, frame)) => break refused(&frame),
                Err(error) => break self.autopsy(&error)?,
            }
        };
        // The child sees a failed input as a broken file; the cause is on our side.
        Ok(match self.feeder.failure() {
            Some(failure) => Ending::InputFailed(failure),
            None => ending,
        })
    }

    /// Why there are no more frames.
    fn autopsy(&mut self, error: &io::Error) -> Result<Ending> {
        match error.kind() {
            io::ErrorKind::TimedOut => return Ok(Ending::OutOfTime),
            io::ErrorKind::InvalidData => return Ok(Ending::Garbled),
            _ => {}
        }
        // It has closed its output, so it is dead or dying; one that only pretends is ended.
        let status = self.buried()?;
        let words = self.last_words();
        tracing::debug!(target: "base::sandbox", %status, words, "a sandbox child ended by itself");
        Ok(match status.signal() {
            Some(libc::SIGXCPU) => Ending::OutOfTime,
            _ if words.contains("memory allocation of") => Ending::OutOfMemory,
            _ => Ending::Died(status.to_string()),
        })
    }

    fn buried(&mut self) -> io::Result<ExitStatus> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(500) {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        self.child.kill()?;
        self.child.wait()
    }

    /// What a dead child wrote to its standard error, at most a pipe full.
    fn last_words(&mut self) -> String {
        let mut words = Vec::new();
        if let Some(stderr) = self.child.stderr.take() {
            let _ = stderr.take(4096).read_to_end(&mut words);
        }
        String::from_utf8_lossy(&words).into_owned()
    }
}

impl Drop for Ward {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn refused(frame: &[u8]) -> Ending {
    serde_json::from_slice(frame).map_or(Ending::Garbled, Ending::Refused)
}

/// This very program, even after an upgrade has put another file in its place.
fn program() -> io::Result<PathBuf> {
    let running = Path::new("/proc/self/exe");
    if running.exists() {
        Ok(running.to_owned())
    } else {
        std::env::current_exe()
    }
}

/// The child's output, read no longer than patience lasts. Time that the parent takes for a frame does not count.
struct Watched {
    pipe: ChildStdout,
    begun: Instant,
    patience: Patience,
    feeder: Feeder,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.patience {
            Patience::End(deadline) => {
                if !self.readable(deadline.saturating_sub(self.begun.elapsed()))? {
                    return Err(io::ErrorKind::TimedOut.into());
                }
            }
            Patience::Progress(silence) => loop {
                let taken = self.feeder.pieces();
                if self.readable(silence)? {
                    break;
                }
                if self.feeder.pieces() == taken {
                    return Err(io::ErrorKind::TimedOut.into());
                }
            },
        }
        self.pipe.read(buffer)
    }
}

impl Watched {
    /// Waits until something can be read, or the other side is closed.
    fn readable(&self, wait: Duration) -> io::Result<bool> {
        let until = Instant::now() + wait;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let left_ms = i32::try_from(left.as_millis()).unwrap_or(i32::MAX);
            let mut poll = libc::pollfd {
                fd: self.pipe.as_raw_fd(),
                events: libc::POLLIN,
                revents: 0,
            };
            // SAFETY: one pollfd of ours, alive through the call.
            match unsafe { libc::poll(&raw mut poll, 1, left_ms) } {
                0 => return Ok(false),
                -1 if io::Error::last_os_error().kind() == io::ErrorKind::Interrupted => {}
                -1 => return Err(io::Error::last_os_error()),
                _ => return Ok(true),
            }
        }
    }
}
