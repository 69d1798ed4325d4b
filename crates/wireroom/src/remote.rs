//! The command socket: while the server has the database, commands are run by it. Only the data folder's owner can reach it.

use crate::cli::{self, Verb};
use crate::commands;
use crate::console::{Console, Meter, Stop};
use crate::interrupt;
use base::{App, Config};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
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
    Progress(String),
    Exit(i32),
}

/// More is no command line.
const LONGEST_BYTES: u64 = 1 << 20;

fn socket(data: &Path) -> PathBuf {
    data.join("wireroom.sock")
}

/// Opens the socket, before anybody is told that the server is ready. Without it the server serves all the same.
pub fn open(app: &App) -> Option<UnixListener> {
    let path = socket(&app.config.data());
    let _ = std::fs::remove_file(&path);
    let opened = UnixListener::bind(&path).and_then(|listener| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
        Ok(listener)
    });
    opened
        .inspect_err(
            |error| tracing::warn!(target: "wireroom", cause = %error, "commands cannot reach this server"),
        )
        .ok()
}

/// Takes commands until the server stops.
pub async fn listen(app: App, listener: Option<UnixListener>, mut stopping: watch::Receiver<bool>) {
    let Some(listener) = listener else { return };
    let path = socket(&app.config.data());
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
    let mut lines = BufReader::new(stream.try_clone()?);
    lines.by_ref().take(LONGEST_BYTES).read_line(&mut line)?;
    let errand: Errand = serde_json::from_str(&line)?;
    let (wire, stop) = (Arc::new(Mutex::new(stream)), Stop::default());
    let gone = stop.clone();
    std::thread::spawn(move || {
        // Another line is Ctrl-C, and the end is a client that is gone: in both cases nobody wants more.
        let _ = lines.read_line(&mut String::new());
        gone.ask();
    });
    let code = run(app, errand, &wire, stop);
    send(&wire, &Reply::Exit(code))?;
    wire.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .shutdown(std::net::Shutdown::Both)
}

fn run(app: &App, errand: Errand, wire: &Wire, stop: Stop) -> i32 {
    let side = |reply| Side {
        wire: wire.clone(),
        reply,
    };
    let (mut out, mut err) = (side(Reply::Out), side(Reply::Err));
    let mut meter = |text: &str| drop(send(wire, &Reply::Progress(text.to_owned())));
    let name = std::iter::once("wireroom".to_owned());
    match cli::read(name.chain(errand.args).map(Into::into)) {
        Ok((verb, _)) => {
            let mut console = Console::new(&mut out, &mut err, errand.folder)
                .with_input(errand.input)
                .with_meter(&mut meter)
                .until(stop);
            commands::run(&verb, &app.db, &app.clock, &app.config, &mut console)
        }
        Err(_) => 2,
    }
}

/// Has the running server do a command. `None` when no server answers.
pub fn ask(config: &Config, verb: &Verb, meter: Meter) -> Option<i32> {
    let mut stream = UnixStream::connect(socket(&config.data())).ok()?;
    let input = match verb.reads_input() {
        true => io::read_to_string(io::stdin()).unwrap_or_default(),
        false => String::new(),
    };
    let errand = Errand {
        args: std::env::args().skip(1).collect(),
        folder: std::env::current_dir().unwrap_or_default(),
        input,
    };
    let line = serde_json::to_string(&errand).ok()?;
    writeln!(stream, "{line}").ok()?;
    if verb.is_long()
        && let Ok(mut stream) = stream.try_clone()
    {
        interrupt::watch(move || drop(writeln!(stream, "stop")));
    }
    Some(relay(stream, meter).unwrap_or(1))
}

/// Prints what comes back; the exit code is the last of it.
fn relay(stream: UnixStream, meter: Meter) -> Option<i32> {
    for line in BufReader::new(stream).lines() {
        match serde_json::from_str(&line.ok()?).ok()? {
            Reply::Out(text) => drop(io::stdout().write_all(text.as_bytes())),
            Reply::Err(text) => drop(io::stderr().write_all(text.as_bytes())),
            Reply::Progress(text) => meter(&text),
            Reply::Exit(code) => return Some(code),
        }
    }
    let _ = writeln!(
        io::stderr(),
        "wireroom: the server stopped before the command was done; run it again"
    );
    Some(75)
}

type Wire = Arc<Mutex<UnixStream>>;

/// One of the console's outputs, going over the socket.
struct Side {
    wire: Wire,
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

fn send(wire: &Wire, reply: &Reply) -> io::Result<()> {
    let line = serde_json::to_string(reply)?;
    writeln!(wire.lock().unwrap_or_else(PoisonError::into_inner), "{line}")
}
