//! Kill -9 in mid-run: readers come back by their last id, the publisher sends again what was not answered, and nothing
//! is lost, repeated or out of order.

use super::{Bench, Desk};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const READERS: usize = 100;
const MESSAGES: usize = 300;

pub fn run(bench: &Bench) -> Result<()> {
    let desk = bench.desk()?;
    let (port, done) = (desk.server.port, Arc::new(AtomicBool::new(false)));
    let reader = |_| {
        let done = done.clone();
        std::thread::spawn(move || follow(port, &done))
    };
    let readers: Vec<_> = (0..READERS).map(reader).collect();
    std::thread::sleep(Duration::from_secs(1));
    let (mut answered, mut successor) = (BTreeSet::new(), None);
    for number in 0..MESSAGES {
        if number == MESSAGES / 2 {
            successor = Some(Successor::after_kill(bench, &desk)?);
        }
        answered.insert(publish(&desk, number)?);
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_secs(5));
    done.store(true, Ordering::SeqCst);
    drop(successor);
    let mut faults = 0;
    for reader in readers {
        let heard = reader
            .join()
            .map_err(|_| anyhow::anyhow!("a reader panicked"))??;
        faults += usize::from(!is_whole(&heard, &answered));
    }
    if answered.len() != MESSAGES {
        bail!("{} numbers for {MESSAGES} messages", answered.len());
    }
    println!(
        "live: kill -9 in mid-run: {faults} of {READERS} readers lost or heard twice (must 0; {MESSAGES} messages)"
    );
    Ok(())
}

/// Every number once, in order, and at least all that were answered.
fn is_whole(heard: &[i64], answered: &BTreeSet<i64>) -> bool {
    let unbroken = heard.windows(2).all(|pair| pair[1] == pair[0] + 1);
    unbroken && answered.iter().all(|seq| heard.contains(seq))
}

/// The server that is started on the data of the one that was killed.
struct Successor(Child);

impl Successor {
    fn after_kill(bench: &Bench, desk: &Desk) -> Result<Self> {
        let server = &desk.server;
        crate::shell::run("kill", &["-9", &server.pid().to_string()])?;
        let child = Command::new(bench.binary)
            .arg("serve")
            .env("WIREROOM_DATA", &server.data)
            .env("WIREROOM_LISTEN", format!("127.0.0.1:{}", server.port))
            .env("WIREROOM_ORIGIN", &server.origin)
            .envs(super::UNLIMITED.iter().copied())
            .stdin(Stdio::null())
            .spawn()?;
        Ok(Self(child))
    }
}

impl Drop for Successor {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Sends one flash until it is answered; the key makes a second try harmless. Gives its number on the stream.
fn publish(desk: &Desk, number: usize) -> Result<i64> {
    let body = format!(r#"{{"edition":"en","headline":"message {number}"}}"#);
    let request = format!(
        "POST /api/v1/desk/flashes HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
        Idempotency-Key: crash-{number}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        desk.token,
        body.len()
    );
    let began = Instant::now();
    loop {
        match exchange(desk.server.port, &request) {
            Ok(answer) => return seq_of(&answer).with_context(|| format!("no number in {answer}")),
            Err(error) if began.elapsed() > Duration::from_secs(30) => return Err(error),
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// A whole answer with 201; anything less is tried again.
fn exchange(port: u16, request: &str) -> Result<String> {
    let mut socket = TcpStream::connect(("127.0.0.1", port))?;
    socket.set_read_timeout(Some(Duration::from_secs(5)))?;
    socket.write_all(request.as_bytes())?;
    let mut answer = String::new();
    socket.read_to_string(&mut answer)?;
    if !answer.starts_with("HTTP/1.1 201") {
        bail!("{answer}");
    }
    Ok(answer)
}

/// The numbers one reader hears, over as many connections as it takes.
fn follow(port: u16, done: &AtomicBool) -> Result<Vec<i64>> {
    let (mut heard, mut last_id) = (Vec::new(), String::new());
    while !done.load(Ordering::SeqCst) {
        // An ended connection is what this is about: it comes back.
        let _ = listen(port, done, &mut heard, &mut last_id);
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(heard)
}

fn listen(port: u16, done: &AtomicBool, heard: &mut Vec<i64>, last_id: &mut String) -> Result<()> {
    let mut socket = TcpStream::connect(("127.0.0.1", port))?;
    socket.set_read_timeout(Some(Duration::from_secs(10)))?;
    let again = if last_id.is_empty() {
        String::new()
    } else {
        format!("Last-Event-ID: {last_id}\r\n")
    };
    socket.write_all(
        format!("GET /api/v1/live?edition=en HTTP/1.1\r\nHost: 127.0.0.1\r\n{again}\r\n").as_bytes(),
    )?;
    let (mut id, mut data) = (String::new(), String::new());
    for line in BufReader::new(socket).lines() {
        let line = line?;
        if let Some(text) = line.strip_prefix("id: ") {
            text.clone_into(&mut id);
        } else if let Some(text) = line.strip_prefix("data: ") {
            text.clone_into(&mut data);
        } else if line == "event: reset" {
            heard.push(-1);
        } else if line.is_empty() && !id.is_empty() {
            // An event counts when it is whole, and its id with it.
            heard.extend(seq_of(&std::mem::take(&mut data)));
            *last_id = std::mem::take(&mut id);
        }
        if done.load(Ordering::SeqCst) {
            return Ok(());
        }
    }
    Ok(())
}

/// The number in a JSON object of ours.
fn seq_of(text: &str) -> Option<i64> {
    let object = text.get(text.find('{')?..)?;
    serde_json::from_str::<serde_json::Value>(object).ok()?["seq"].as_i64()
}
