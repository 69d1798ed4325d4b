//! The command socket: while the server has the database, commands are run by it. Only the data folder's owner can reach it.

use crate::cli::{self, Verb};
use crate::commands;
use crate::console::Console;
use base::{App, Config};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// A command on its way to the server.
#[derive(Deserialize, Serialize)]
struct Errand {
    args: Vec<String>,
    folder: PathBuf,
    input: String,
}

/// What comes back, a line of JSON each.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Out(String),
    Err(String),
    Exit(i32),
}

/// More is no command line.
const LONGEST_BYTES: u64 = 1 << 20;

fn socket(data: &Path) -> PathBuf {
    data.join("wireroom.sock")
}

/// Takes commands until the server stops.
pub async fn listen(app: App, mut stopping: watch::Receiver<bool>) {
    let path = socket(&app.config.data());
    let _ = std::fs::remove_file(&path);
    let listener = match std::os::unix::net::UnixListener::bind(&path) {
        Ok(listener) => listener,
        Err(error) => {
            return tracing::warn!(target: "wireroom", cause = %error, "commands cannot reach this server");
        }
    };
    let _ = std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let app = app.clone();
            std::thread::spawn(move || {
                if let Err(error) = receive(&app, stream) {
                    tracing::warn!(target: "wireroom", cause = %error, "a command was cut off");
                }
            });
        }
    });
    let _ = stopping.wait_for(|stop| *stop).await;
    let _ = std::fs::remove_file(&path);
}

fn receive(app: &App, stream: UnixStream) -> io::Result<()> {
    let mut line = String::new();
    BufReader::new(io::Read::take(stream.try_clone()?, LONGEST_BYTES)).read_line(&mut line)?;
    let errand: Errand = serde_json::from_str(&line)?;
    let wire = Arc::new(Mutex::new(stream));
    let (mut out, mut err) = (
        Side {
            wire: wire.clone(),
            reply: Reply::Out,
        },
        Side {
            wire: wire.clone(),
            reply: Reply::Err,
        },
    );
    let args = std::iter::once("wireroom".to_owned())
        .chain(errand.args)
        .map(Into::into);
    let code = match cli::read(args) {
        Ok((verb, _)) => {
            let mut console = Console::new(&mut out, &mut err, errand.folder).with_input(errand.input);
            commands::run(&verb, &app.db, &app.clock, &app.config, &mut console)
        }
        Err(_) => 2,
    };
    send(&wire, &Reply::Exit(code))
}

/// Has the running server do a command. `None` when no server answers.
pub fn ask(config: &Config, verb: &Verb) -> Option<i32> {
    let mut stream = UnixStream::connect(socket(&config.data())).ok()?;
    let input = if verb.reads_input() {
        io::read_to_string(io::stdin()).unwrap_or_default()
    } else {
        String::new()
    };
    let args = std::env::args().skip(1).collect();
    let errand = Errand {
        args,
        folder: std::env::current_dir().unwrap_or_default(),
        input,
    };
    let line = serde_json::to_string(&errand).ok()?;
    writeln!(stream, "{line}").ok()?;
    for line in BufReader::new(stream).lines() {
        match serde_json::from_str(&line.ok()?).ok()? {
            Reply::Out(text) => drop(io::stdout().write_all(text.as_bytes())),
            Reply::Err(text) => drop(io::stderr().write_all(text.as_bytes())),
            Reply::Exit(code) => return Some(code),
        }
    }
    Some(1)
}

/// One of the console's outputs, going over the socket.
struct Side {
    wire: Arc<Mutex<UnixStream>>,
    reply: fn(String) -> Reply,
}

impl Write for Side {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        send(
            &self.wire,
            &(self.reply)(String::from_utf8_lossy(bytes).into_owned()),
        )?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn send(wire: &Mutex<UnixStream>, reply: &Reply) -> io::Result<()> {
    let line = serde_json::to_string(reply)?;
    writeln!(wire.lock().unwrap_or_else(PoisonError::into_inner), "{line}")
}
